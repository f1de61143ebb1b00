"""Rules on keywords: what their examples cannot show."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listinglint.config import Seller, Settings
from listinglint.engine import Linter, apply_edits
from listinglint.engine.fix import edits_of_one_pass
from listinglint.model import Listing
from listinglint.rules.registry import builtin

NAMES = tuple(name for name, rule in builtin().items() if rule.group == "keywords")
LINTERS = {market: Linter(Settings(marketplace=market, select=NAMES)) for market in ("alibaba", "etsy", "amazon", "made-in-china")}
WORDS = st.sampled_from(
    ["bike", "bicycle", "bell", "ATV", "200cc", "M8", "CE", "certified", "DOT", "approved", "battery", "batteries", "knife", "Bosch", "food", "electronics", "SGS", "ISO", "9001", "a,b", "，、", ";", "|", "/", "14K", "\u200b", "é", "包丁", "'", '"', "1/2"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=14).map(" ".join), st.lists(WORDS, max_size=9).map(", ".join))
TITLES = st.sampled_from(("Bicycle Bell", "200cc ATV", "Lithium Battery for Drill", "", "Garlic Press, Garlic Crusher", "三徳包丁"))


def lint(name: str, market: str = "alibaba", seller: dict[str, Any] | None = None, **fields: Any) -> list[Any]:
    chosen = Linter(Settings(marketplace=market, select=(name,), seller=Seller.of(seller or {})))
    return list(chosen.lint(Listing.of(fields)).findings)


def mended(name: str, market: str = "alibaba", **fields: Any) -> Any:
    chosen = Linter(Settings(marketplace=market, select=(name,)))
    listing = Listing.of(fields)
    for _ in range(5):
        edits = edits_of_one_pass(chosen.lint(listing).findings, unsafe=True)
        if not edits:
            break
        listing = apply_edits(listing, edits)
    return listing.values["keywords"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TITLES, st.one_of(TEXTS, st.lists(TEXTS, max_size=4)), st.sampled_from(sorted(LINTERS)))
def test_any_keywords_are_judged_and_marked_inside(title: str, keywords: Any, market: str) -> None:
    listing = Listing.of({"title": title, "keywords": keywords})
    report = LINTERS[market].lint(listing)
    assert not report.errors
    for finding in report.findings:
        raw = listing.parts("keywords")[finding.part] if listing.parts("keywords") else ""
        if finding.start is not None:
            assert 0 <= finding.start <= finding.end <= len(raw)
        for edit in finding.fix.edits if finding.fix else ():
            assert 0 <= edit.start <= edit.end <= len(listing.parts("keywords")[edit.part])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_separators_are_mended_at_once(keywords: str) -> None:
    chosen = Linter(Settings(select=("keyword-separator",)))
    listing = Listing.of({"keywords": keywords})
    edits = edits_of_one_pass(chosen.lint(listing).findings, unsafe=True)
    assert not chosen.lint(apply_edits(listing, edits)).findings


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("market", sorted(LINTERS))
def test_silent_without_the_field(name: str, market: str) -> None:
    assert lint(name, market, title="200cc ATV", description="An ATV.") == []


def test_a_bag_of_words_is_no_list() -> None:
    found = LINTERS["amazon"].lint(Listing.of({"title": "Bicycle Bell", "keywords": "bike ringer ringers; food"})).findings
    assert {finding.rule for finding in found} == {"search-term-waste"}


def test_keywords_in_several_cells() -> None:
    found = lint("duplicate-keyword", title="Desk Lamp", keywords=["desk lamp", "reading lamp", "Desk Lamp"])
    assert [(f.part, f.text) for f in found] == [(2, "Desk Lamp")]
    assert mended("bare-specification", title="200cc ATV", keywords=["quad bike", "200cc"]) == ("quad bike", "200cc ATV")


def test_a_fix_makes_no_repetition() -> None:
    assert mended("bare-specification", title="200cc ATV", keywords="200cc, 200cc ATV") == "200cc ATV"


def test_brands_of_the_seller() -> None:
    assert lint("bare-brand", title="Hammer Drill", keywords="tolvex, hammer drill", seller={"brands": ["Tolvex"]})
    assert not lint("bare-brand", title="Hammer Drill", keywords="tolvex, hammer drill")


def test_bytes_are_counted_without_spaces() -> None:
    assert not lint("keyword-length", "amazon", title="Lamp", keywords=" ".join(["é" * 31] * 4) + " x")
    over = lint("keyword-length", "amazon", title="Lamp", keywords=" ".join(["é" * 31] * 4) + " xx")
    assert [(f.variant, f.text) for f in over] == [("total", "x")]


def test_an_unconfirmed_limit_is_no_error() -> None:
    found = lint("keyword-length", title="Lamp", keywords="lamp " * 30)
    assert [(f.variant, f.severity) for f in found] == [("unconfirmed", "info")]


def test_a_phrase_of_waste_at_the_end_of_the_bag() -> None:
    report = LINTERS["amazon"].lint(Listing.of({"title": "Dog Bed", "keywords": "pet sofa cushion best"}))
    assert not report.errors
    assert [f.text for f in report.findings if f.rule == "search-term-waste"] == ["best"]


@pytest.mark.parametrize(
    ("keyword", "title"),
    [
        ("205/55R16", "Radial Car Tyre"), ("AISI 304", "Steel Sheet"), ("2.5 sq mm", "Copper Wire"), ("HRC 58", "Chef Knife"), ("12VDC", "Relay"), ("PN16", "Flange"),
        ("1/2 NPT", "Ball Valve"), ("40HQ", "Container"), ("99% purity", "Citric Acid"), ("RAL 9010", "Powder Paint"), ("8mm thick", "Float Glass"), ("2835", "LED Strip"),
    ],
)  # fmt: skip
def test_labelled_measures_are_specifications(keyword: str, title: str) -> None:
    assert [f.text for f in lint("bare-specification", title=title, keywords=f"{title}, {keyword}")] == [keyword]


@pytest.mark.parametrize("keyword", ["24/7", "1990s", "2 in 1", "7 up", "12-18", "king size", "fifth grade", "365"])
def test_numbers_that_are_no_measure(keyword: str) -> None:
    assert lint("bare-specification", title="Cotton Tee", keywords=f"cotton tee, {keyword}") == []


@pytest.mark.parametrize(
    ("title", "keyword"),
    [("Yoga Mat", "dumbbell"), ("Diesel Generator", "forklift"), ("Ceramic Flower Vase", "car charger"), ("Tomato Paste", "olive oil"), ("Smart Watch", "electric scooter")],
)
def test_whole_names_of_other_products(title: str, keyword: str) -> None:
    name = title.lower()
    assert [f.text for f in lint("irrelevant-keyword", title=title, keywords=f"{name}, best {name}, {keyword}")] == [keyword]


@pytest.mark.parametrize("keyword", ["lights & lighting", "minerals and metallurgy", "technology products", "textile industry", "health & wellness"])
def test_departments_of_marketplaces(keyword: str) -> None:
    assert [f.text for f in lint("distant-hypernym", title="Ceramic Coffee Mug", keywords=f"ceramic coffee mug, {keyword}")] == [keyword]
