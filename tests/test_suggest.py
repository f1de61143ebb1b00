"""Suggestions as a whole: sources, what may be said, budgets, titles, batch, command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import listinglint
from listinglint.cli import cli
from listinglint.config import Seller, Settings
from listinglint.engine import Linter
from listinglint.language.thesaurus import thesaurus
from listinglint.model import Listing
from listinglint.suggestions import KeyphraseGraph, SearchTerms, Suggester, suggest_many
from listinglint.suggestions.sources import OFF_BY_DEFAULT, sources
from listinglint.suggestions.titles import content_words


def texts(listing: dict[str, Any], **options: Any) -> list[str]:
    return [one.text for one in listinglint.suggest(listing, **options).ranked]


def keywords(listing: dict[str, Any], **options: Any) -> list[str]:
    return [one.text for one in listinglint.suggest(listing, **options).keywords]


def test_own_name_comes_first_then_synonyms() -> None:
    found = keywords({"title": "Frying Pan"}, limit=6)
    assert found[0].lower() == "frying pan"
    assert "skillet" in found


def test_irregular_plural_is_asked_for() -> None:
    assert {"car battery", "car batteries"} <= {text.lower() for text in keywords({"title": "Car Battery"})}


def test_pieces_of_the_name_are_not_proposed() -> None:
    found = {text.lower() for text in texts({"title": "Bicycle Bell"})}
    assert not found & {"bell", "bicycle", "bike"}


def test_name_that_the_thesaurus_lacks_is_worded_otherwise() -> None:
    assert "bike mirror holder" in texts({"title": "Bicycle Mirror Holder"})


def test_facts_stand_before_the_name() -> None:
    found = texts({"title": "Bicycle Bell", "attributes": {"Material": "Brass"}, "certifications": "CE, ISO 9001"})
    assert "brass bicycle bell" in found
    assert "CE bicycle bell" in found
    assert not any("ISO" in text for text in found)


def test_mark_and_brand_not_held_are_never_proposed() -> None:
    terms = SearchTerms.of_mapping({"bosch bicycle bell": 900, "CE bicycle bell": 500, "cheap bicycle bell": 400, "brass bicycle bell": 300})
    found = {text.lower() for text in texts({"title": "Brass Bicycle Bell"}, terms=terms)}
    assert "brass bicycle bell" in found
    assert not found & {"bosch bicycle bell", "ce bicycle bell", "cheap bicycle bell"}


def test_own_brand_needs_to_be_the_sellers() -> None:
    listing = {"title": "Ringwell Bicycle Bell", "brand": "Ringwell"}
    assert "Ringwell bicycle bell" not in texts(listing)
    assert "Ringwell bicycle bell" in texts(listing, seller=Seller.of({"brands": "Ringwell"}))


def test_region_of_the_seller() -> None:
    assert "Shenzhen luggage" in texts({"title": "Luggage"}, seller=Seller.of({"region": "Shenzhen"}))


def test_searches_rank_by_volume_and_competition() -> None:
    terms = SearchTerms.of([(("keyword", "volume", "competition"), [("water bottle insulated", "900", "0.1"), ("steel water bottle", "900", "0.9"), ("garden hose", "9000", "0")])])
    found = listinglint.suggest({"title": "Insulated Steel Water Bottle"}, terms=terms).ranked
    scores = {one.text: one.score for one in found if one.source == "searches" or one.volume}
    assert "garden hose" not in scores
    assert scores["water bottle insulated"] > scores["steel water bottle"]


def test_catalog_graph_is_a_source() -> None:
    others = [Listing.of({"title": f"Brass Bicycle Bell {n}", "keywords": "brass bell, vintage bike bell"}) for n in range(4)]
    found = listinglint.suggest({"title": "Brass Bicycle Bell"}, graph=KeyphraseGraph.of(others)).ranked
    assert ("brass bell", "catalog") in {(one.text, one.source) for one in found}


@pytest.mark.parametrize("name", sorted(sources()))
def test_each_source_can_be_switched(name: str) -> None:
    listing = {"title": "Stainless Steel Colour Pencil Box", "attributes": {"Material": "Steel", "Place of Origin": "Zhejiang"}}
    without = {one.source for one in listinglint.suggest(listing, without=[name]).ranked}
    assert name not in without
    only = {one.source for one in listinglint.suggest(listing, only=[name]).ranked}
    assert only <= {name, "listing"}


def test_unknown_source_is_told() -> None:
    with pytest.raises(ValueError, match="unknown source 'synonym'"):
        listinglint.suggest({"title": "Bell"}, without=["synonym"])
    assert set(sources()) > OFF_BY_DEFAULT


def test_given_candidates_come_back_verbatim_and_all() -> None:
    given_texts = ["Bicycle  bell", "garden hose", "bell for bikes", "Bicycle  bell"]
    ranked = listinglint.suggest({"title": "Brass Bicycle Bell"}, candidates=given_texts).ranked
    assert sorted(one.text for one in ranked) == sorted(given_texts)
    score = {one.text: one.score for one in ranked}
    assert score["bell for bikes"] > score["garden hose"]


def test_no_product_no_suggestions() -> None:
    found = listinglint.suggest({"title": "New Products"})
    assert (found.keywords, found.titles) == ((), ())


@pytest.mark.parametrize(("market", "count", "each"), [("alibaba", 3, 128), ("etsy", 13, 20)])
def test_budget_of_a_list(market: str, count: int, each: int) -> None:
    found = keywords({"title": "Stainless Steel Insulated Water Bottle"}, marketplace=market)
    assert 1 <= len(found) <= count
    assert all(len(text) <= each for text in found)


def test_budget_of_a_bag() -> None:
    found = listinglint.suggest({"title": "Insulated Water Bottle"}, marketplace="amazon")
    words = found.keyword_text.split()
    assert len("".join(words).encode()) < 250
    assert len(set(words)) == len(words)
    assert not {"insulated", "water", "bottle"} & set(words)


NAMES = [group.name for group in list(thesaurus())[::97]]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_chosen_passes_our_own_rules(name: str) -> None:
    listing = Listing.of({"title": name.title()})
    found = Suggester(Settings()).suggest(listing)
    if not found.keyword_text:
        return
    report = Linter(Settings(select=("keywords", "claims"), ignore=("keyword-count",))).lint(listing.with_values({"keywords": found.keyword_text}))
    wrong = [(f.rule, f.text) for f in report.findings if f.severity != "info" and f.field == "keywords" and f.rule != "missing-irregular-plural" and f.text not in name]
    assert wrong == [], found.keyword_text


TITLES = (
    "Very Pretty New Teddy Bear Plush Toy High Quality", "Faucet Kitchen Stainless Steel", "Hot Sale 12V Portable Car Vacuum Cleaner for Home and Car 2026 New",
    "Acme X200 Cordless Drill 18 V with Two Batteries (Blue) - Intl", "Women's Summer Cotton Dress Free Shipping", "Bicycle Bell",
)  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_title_proposals_invent_nothing(title: str) -> None:
    attributes = {"Material": "Brass", "Usage": "Garden Sheds"}
    found = listinglint.suggest({"title": title, "attributes": attributes})
    said = content_words(title)
    for proposal in found.titles:
        added = {word for text in proposal.added for word in content_words(text)}
        assert content_words(proposal.text) <= said | added
        assert proposal.gain >= -0.05
        assert proposal.text != title


def test_title_proposals_keep_brand_model_and_figures() -> None:
    found = listinglint.suggest({"title": "Hot Sale Acme X200 Cordless Drill 18 V 1500 rpm Free Shipping", "brand": "Acme", "model": "X200"})
    assert found.titles
    for proposal in found.titles:
        assert all(part in proposal.text for part in ("Acme", "X200", "18", "1500"))
        assert "Free" not in proposal.text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_title_is_survived(title: str) -> None:
    found = listinglint.suggest({"title": title})
    assert len(found.keywords) <= 3


def test_batch_keeps_order_and_does_not_depend_on_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("listinglint.suggestions.batch._FEW", 2)
    monkeypatch.setattr("listinglint.suggestions.batch.CHUNK", 5)
    listings = [Listing.of({"id": str(n), "title": f"{name.title()} {n} cm"}) for n, name in enumerate(NAMES[:23])]
    one = [(listing.text("id"), found.keyword_text) for listing, found in suggest_many(listings, titles=False)]
    two = [(listing.text("id"), found.keyword_text) for listing, found in suggest_many(listings, titles=False, jobs=2)]
    assert one == two
    assert [name for name, _ in one] == [str(n) for n in range(23)]


def test_frame_gets_new_columns() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"Product Name": ["Bicycle Bell", "Frying Pan"], "Price": ["1", "2"]}, index=["a", "b"])
    out = listinglint.suggest_frame(frame)
    assert list(out.columns) == ["Product Name", "Price", "suggested_keywords", "suggested_title", "title_gain", "added_words"]
    assert list(out.index) == ["a", "b"]
    assert "bike bell" in out.loc["a", "suggested_keywords"]


def run(*arguments: str, given_input: str | None = None) -> Any:
    return CliRunner().invoke(cli, ["suggest", *arguments], input=given_input)


def test_command_line_for_one_title() -> None:
    shown = run("Bicycle Bell", "--fact", "Material=Brass", "--explain").output
    assert "bike bell" in shown
    assert "relevance" in shown
    line = json.loads(run("Bicycle Bell", "--format", "jsonl").output)
    assert line["keywords"][0]["text"] == "bicycle bell"


def test_command_line_for_a_table_keeps_the_old_columns(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("Our catalog,,\nsku,Product Name,Note\n001,Bicycle Bell,\"a, b\"\n002,,x\n003,Frying Pan,y\n", encoding="utf-8")
    result = run("--file", str(source), "-o", str(target))
    assert result.exit_code == 0, result.output
    with target.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    assert rows[0] == ["sku", "Product Name", "Note", "suggested_keywords", "suggested_title", "title_gain", "added_words"]
    assert [row[:3] for row in rows[1:]] == [["001", "Bicycle Bell", "a, b"], ["002", "", "x"], ["003", "Frying Pan", "y"]]
    assert "bike bell" in rows[1][3]
    assert rows[2][3] == ""


def test_command_line_with_search_terms(tmp_path: Path) -> None:
    catalog, terms, missing = tmp_path / "c.csv", tmp_path / "t.csv", tmp_path / "m.csv"
    catalog.write_text("title\nBrass Bicycle Bell\n", encoding="utf-8")
    terms.write_text("报告\n关键词,搜索量\nbrass bike bell,800\ngarden gnome,70\n", encoding="utf-8")
    result = run("--file", str(catalog), "--terms", str(terms), "--uncovered", str(missing), "--format", "jsonl")
    assert result.exit_code == 0, result.output
    assert "brass bike bell" in result.output
    assert "garden gnome" in missing.read_text(encoding="utf-8-sig")
    assert "brass bike bell" not in missing.read_text(encoding="utf-8-sig")


def test_report_without_searches_is_one_message(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("campaign,cost\na,1\n", encoding="utf-8")
    from listinglint.cli.failures import run as run_command

    assert run_command(cli, ["suggest", "Bell", "--terms", str(path)]) == 2


@pytest.mark.parametrize("title", ["Customised Machines Equipment", "Wire Mesh Mesh Welder", "Key Chain Key Ring"])
def test_no_proposal_says_a_word_twice(title: str) -> None:
    from listinglint.language.words import stem

    found = listinglint.suggest({"title": title}, limit=30)
    for one in found.keywords:
        stems = [stem(word) for word in one.text.lower().split()]
        assert one.kind == "name" or len(set(stems)) == len(stems), one.text


@pytest.mark.parametrize(
    ("title", "unsaid"),
    [
        ("Leather Bookmark", ("metal", "brass", "paper")),
        ("Arabica Green Coffee Beans", ("robusta",)),
        ("Ladies Handbag for Women", ("women's ladies",)),
    ],
)
def test_nothing_that_contradicts_the_listing_is_proposed(title: str, unsaid: tuple[str, ...]) -> None:
    found = [text.lower() for text in texts({"title": title})]
    assert found
    assert not [text for text in found for word in unsaid if word in text]


def test_names_listed_in_the_plural_stay_as_they_are_said() -> None:
    assert "green coffees" not in texts({"title": "Arabica Green Coffee Beans"})


def test_a_title_proposal_parts_no_words_that_belong_together() -> None:
    found = listinglint.suggest({"title": "Vietnam Arabica Green Coffee Beans Fully Washed"})
    assert all("Fully Washed" in one.text for one in found.titles)


def test_a_proposal_keeps_the_unit_at_its_end_and_keywords_are_in_small_letters() -> None:
    assert listinglint.suggest({"title": "Double Bowl Kitchen Sink Stainless Steel 33 in"}).titles[0].text == "Double Bowl Stainless Steel Kitchen Sink 33 in"
    keywords = [one.text for one in listinglint.suggest({"title": "5 gal Matte White Interior/Exterior Paint"}).keywords]
    assert keywords[:2] == ["interior/exterior paint", "matte interior/exterior paint"]
