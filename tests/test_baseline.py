"""Baselines: what they forgive and what not, however the catalog is sorted; their file; the command line."""

from __future__ import annotations

import csv
import datetime
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import listinglint
from listinglint.config import Settings
from listinglint.engine import Linter, check
from listinglint.engine.baseline import Baseline, BaselineError, Entry, Head, Place, Places, read_baseline, text_of
from listinglint.model import Finding, Listing, ListingReport, Source
from listinglint.model.identity import finding_value, listing_identity

DAY = datetime.date(2026, 11, 25)
SETTINGS = Settings(date=DAY)
LINTER = Linter(SETTINGS)


def judged(listings: Sequence[Listing], entries: Sequence[Entry] = (), **how: Any) -> tuple[Baseline, list[Finding]]:
    """The baseline after a run over the listings, and the findings that it did not forgive."""
    baseline = Baseline(entries, LINTER, DAY, **how)
    return baseline, [finding for report in check(listings, SETTINGS) for finding in baseline.judge(report).findings]


def accepted(listings: Sequence[Listing]) -> list[Entry]:
    baseline, new = judged(listings, accepts=True)
    assert not new
    return baseline.rewritten()


def shown(findings: Sequence[Finding]) -> list[str]:
    return [f"{finding.selector} {finding.field} {finding.text}" for finding in findings]


# --- properties -------------------------------------------------------------------------------------------------------

TITLES = (
    "Very Pretty New Garden Hose", "Garden Hose", "garden  hose 15 m", "HOT SALE Steel Garlic Press", "Oak Coat Rack, 5 Hooks", "Coat Rack with 5 Hooks, Oak",
    "oak coat rack,  5 hooks", "Velvet Cushion Cover, Green, 45 x 45 cm", "Velvet Cushon Cover, Green, 45 x 45 cm", "Velvet Cushon Covar, Green, 45 x 45 cm",
    "Green Velvet Cushion Cover 45 x 45 cm", "", "产品", "Best Best Best Kettle (", "Stainless Steel Kettle 1.7 L FDA Approved",
)  # fmt: skip
KEYWORDS = ("hose, pipe, garden", "garden hose", "Hoses; garden hose", "coat rack, oak coat rack", "rack", "", "mug, coffee mug", "Coffee Mugs, mug")
listing_values = st.fixed_dictionaries(
    {"title": st.sampled_from(TITLES), "keywords": st.sampled_from(KEYWORDS)},
    optional={
        "id": st.sampled_from([f"A-{n}" for n in range(8)]),
        "brand": st.sampled_from(("Acme", "ACME", "acme", "Beta")),
        "attributes": st.sampled_from(("Material: Steel", "Material: steel\nVolume: 5 ML", "Volume: 5 ml")),
        "group": st.sampled_from(("G1", "G2")),
    },
)
catalogs = st.lists(listing_values.map(Listing.of), max_size=12)
slowly = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@slowly
@given(catalogs, st.randoms(use_true_random=False))
def test_another_order_changes_nothing(listings: list[Listing], random: Any) -> None:
    entries = accepted(listings)
    moved = list(listings)
    random.shuffle(moved)
    baseline, new = judged(moved, entries, prunes=True)
    assert not new
    assert baseline.gone == 0
    assert baseline.rewritten() == entries
    assert accepted(moved) == entries


@slowly
@given(catalogs, catalogs, st.randoms(use_true_random=False))
def test_inserted_rows_are_judged_and_the_others_are_not(listings: list[Listing], more: list[Listing], random: Any) -> None:
    # Rules across listings speak of old rows when a new one joins them; those that look at one listing never do.
    more = [Listing.of({**one.values, "id": f"new {at}"}) for at, one in enumerate(more)]
    entries = accepted(listings)
    mixed = list(listings)
    for one in more:
        mixed.insert(random.randint(0, len(mixed)), one)
    baseline = Baseline(entries, LINTER, DAY)
    for report in check(mixed, SETTINGS):
        alone = [finding for finding in baseline.judge(report).findings if finding.group != "catalog"]
        if (report.listing.text("id") or "").startswith("new "):
            assert alone == [finding for finding in report.findings if finding.group != "catalog"]
        else:
            assert not alone


@slowly
@given(catalogs, st.data())
def test_dropped_rows_let_nothing_new_fire(listings: list[Listing], data: st.DataObject) -> None:
    entries = accepted(listings)
    left = [one for one in listings if data.draw(st.booleans())]
    baseline, new = judged(left, entries, prunes=True)
    # A norm of spelling may move with the rows that set it.
    assert not [finding for finding in new if finding.rule != "inconsistent-spelling"]
    pruned = baseline.rewritten()
    again, still = judged(left, pruned, prunes=True)
    assert shown(still) == shown(new)
    assert again.rewritten() == pruned
    assert again.gone == 0


@slowly
@given(catalogs.filter(bool), st.data())
def test_a_row_that_stands_twice_fires_as_often_as_its_faults(listings: list[Listing], data: st.DataObject) -> None:
    entries = accepted(listings)
    twice = data.draw(st.sampled_from(listings))
    alone = LINTER.lint(twice).findings
    _, new = judged([*listings, twice], entries)
    assert len([finding for finding in new if finding.group != "catalog"]) == len([finding for finding in alone if finding.group != "catalog"])
    if twice.filled("title"):
        assert any(finding.group == "catalog" for finding in new) or not alone or twice.has("group") or _says_nothing(twice)


def _says_nothing(listing: Listing) -> bool:
    from listinglint.rules.catalog import duplicate_listing

    return not duplicate_listing.extract(LINTER.analyse(listing), {})


@slowly
@given(catalogs.filter(bool), st.data())
def test_an_added_fault_fires(listings: list[Listing], data: st.DataObject) -> None:
    listings = [Listing.of({**one.values, "id": f"A-{at}"}) for at, one in enumerate(listings)]
    entries = accepted(listings)
    at = data.draw(st.integers(0, len(listings) - 1))
    old = listings[at]
    faulty = old.with_values({"title": f"{old.text('title')} for Whatsapp 0086-13912345678"})
    _, new = judged([*listings[:at], faulty, *listings[at + 1 :]], entries)
    assert any(finding.rule == "contact-data" for finding in new)


# --- sets of listings -------------------------------------------------------------------------------------------------


def duplicates(names: str, title: str = "Oak Coat Rack, 5 Hooks") -> list[Listing]:
    return [Listing.of({"id": name, "title": title}) for name in names]


def fired(new: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in new if finding.rule == "duplicate-listing"]


@pytest.mark.parametrize("order", ["DABC", "ADBC", "ABDC", "ABCD", "CBAD", "DCBA"])
def test_one_that_joins_a_set_fires_once_wherever_it_stands(order: str) -> None:
    entries = accepted(duplicates("ABC"))
    _, new = judged(duplicates(order), entries)
    (finding,) = fired(new)
    assert "D" in (finding.message, finding.other) or order.index("D") > 0


@pytest.mark.parametrize("order", ["AB", "BA", "BC", "CB", "AC", "CA"])
def test_a_set_may_shrink(order: str) -> None:
    entries = accepted(duplicates("ABC"))
    baseline, new = judged(duplicates(order), entries, prunes=True)
    assert not fired(new)
    pruned = baseline.rewritten()
    assert not fired(judged(duplicates(order[::-1]), pruned)[1])
    assert len(fired(judged(duplicates("ABC"), pruned)[1])) == 1


def test_two_sets_that_become_one_fire() -> None:
    apart = [*duplicates("AB"), *duplicates("EF", "Linen Apron, Blue")]
    entries = accepted(apart)
    _, new = judged([*duplicates("A"), *duplicates("BEF", "Linen Apron, Blue")], entries)
    assert len(fired(new)) == 1


def test_listings_that_cannot_be_told_apart_are_counted() -> None:
    alike = [Listing.of({"title": "Oak Coat Rack, 5 Hooks"})] * 3
    other = duplicates("A")
    entries = accepted([*alike, *other])
    for order in ([*other, *alike], [*alike[:1], *other, *alike[1:]]):
        assert not judged(order, entries)[1]
        assert len(fired(judged([*order, alike[0]], entries)[1])) == 1


def test_a_near_duplicate_that_becomes_identical_is_new() -> None:
    near = [*duplicates("A"), *duplicates("B", "Coat Rack, Oak, 5 Hooks")]
    entries = accepted(near)
    assert [entry.rule for entry in entries if entry.other] == ["duplicate-listing:near"]
    assert len(fired(judged(duplicates("AB"), entries)[1])) == 1
    assert not fired(judged(near, accepted(duplicates("AB")))[1])


def test_chains_of_near_duplicates_are_one_set_in_any_order() -> None:
    chain = {"A": "Velvet Cushion Cover, Green, 45 x 45 cm", "B": "Velvet Cushon Cover, Green, 45 x 45 cm", "C": "Velvet Cushon Covar, Green, 45 x 45 cm"}
    for order in ("ABC", "ACB", "CAB", "CBA", "BAC", "BCA"):
        _, new = judged([Listing.of({"id": name, "title": chain[name]}) for name in order])
        assert len(fired(new)) == 2, order


# --- one listing ------------------------------------------------------------------------------------------------------


def test_an_edited_listing_with_the_same_missing_fault_stays_forgiven() -> None:
    before = Listing.of({"id": "1", "title": "Garden Hose", "description": "", "keywords": "hose"})
    entries = accepted([before])
    assert any(entry.rule == "description-missing" for entry in entries)
    after = before.with_values({"title": "Rubber Garden Hose", "keywords": "rubber garden hose, hose"})
    assert not [finding for finding in judged([after], entries)[1] if finding.rule == "description-missing"]


def test_a_field_judged_as_a_whole_stays_forgiven_when_it_is_edited() -> None:
    words = " ".join(f"Expandable Garden Hose Number {n}" for n in range(6))
    before = Listing.of({"id": "1", "title": words})
    entries = accepted([before])
    assert ("title-length:over", "") in {(entry.rule, entry.value) for entry in entries}
    after = before.with_values({"title": f"Blue {words}"})
    assert not [finding for finding in judged([after], entries)[1] if finding.rule == "title-length"]


def test_other_words_of_the_same_rule_are_new() -> None:
    entries = accepted([Listing.of({"id": "1", "title": "Very Pretty Garden Hose"})])
    _, new = judged([Listing.of({"id": "1", "title": "Hot Sale Garden Hose"})], entries)
    assert any(finding.rule in ("title-filler", "promotional-text") for finding in new)


def test_two_equal_findings_are_forgiven_and_a_third_is_not() -> None:
    row = Listing.of({"id": "1", "title": "Very Pretty Garden Hose"})
    entries = accepted([row, row])
    assert {entry.count for entry in entries if entry.rule == "title-filler"} == {2}
    once = [finding.text for finding in LINTER.lint(row).findings if finding.rule == "title-filler"]
    assert [finding.text for finding in judged([row, row, row], entries)[1] if finding.rule == "title-filler"] == once


def test_a_milder_degree_is_forgiven_and_a_graver_one_is_not() -> None:
    listing = Listing.of({"id": "1", "title": "Garden Hose", "description": "A hose."})
    found = next(finding for finding in LINTER.lint(listing).findings if finding.rule == "description-says-little")
    graver = [Entry("1", "description-says-little:nothing", "description")]
    milder = [Entry("1", "description-says-little:more", "description")]
    assert found.variant in ("nothing", "little", "some")
    baseline, new = judged([listing], graver, prunes=True)
    assert "description-says-little" not in {finding.rule for finding in new}
    assert [entry.rule for entry in baseline.rewritten()] == [found.selector]
    assert "description-says-little" in {finding.rule for finding in judged([listing], milder)[1]}


def test_expired_entries_forgive_nothing_and_stay_while_they_occur() -> None:
    listing = Listing.of({"id": "1", "title": "Very Pretty Garden Hose"})
    entry = next(entry for entry in accepted([listing]) if entry.rule == "title-filler")
    due = Entry(*entry.fault[:4], reason="agreed", until=DAY - datetime.timedelta(days=1))
    baseline, new = judged([listing], [due], prunes=True)
    assert any(finding.rule == "title-filler" for finding in new)
    assert baseline.expired == [due]
    assert due in baseline.rewritten()
    assert not judged([Listing.of({"id": "2", "title": "Garden Hose"})], [due], prunes=True)[0].rewritten()
    last_day = Entry(*entry.fault[:4], until=DAY)
    assert not [finding for finding in judged([listing], [last_day])[1] if finding.rule == "title-filler"]


def test_writing_keeps_reasons_and_lets_expired_entries_hold_again() -> None:
    listing = Listing.of({"id": "1", "title": "Very Pretty New Garden Hose"})
    filler = [entry for entry in accepted([listing]) if entry.rule == "title-filler"]
    old = [Entry(*filler[0].key[:4], reason="agreed", until=datetime.date(2027, 1, 1)), Entry("gone", "title-filler", "title", "x", reason="no more")]
    if len(filler) > 1:
        old.append(Entry(*filler[1].key[:4], reason="late", until=datetime.date(2020, 1, 1)))
    baseline, new = judged([listing], old, accepts=True)
    assert not new
    written = {entry.key: entry for entry in baseline.rewritten()}
    assert (written[filler[0].key].reason, written[filler[0].key].until) == ("agreed", datetime.date(2027, 1, 1))
    assert old[1].key not in written
    if len(filler) > 1:
        assert (written[filler[1].key].reason, written[filler[1].key].until) == ("late", None)
    assert not judged([listing], list(written.values()))[1]


def test_entries_of_rules_that_are_not_run_are_left_alone() -> None:
    listing = Listing.of({"id": "1", "title": "Very Pretty Garden Hose"})
    entries = [Entry("1", "title-filler", "title", "Very"), Entry("9", "claims-nothing", "title"), Entry("9", "misspelling", "title", "hoose")]
    linter = Linter(SETTINGS.replace(select=("misspelling",)))
    for how, left in (({"prunes": True}, ["title-filler"]), ({"accepts": True}, ["title-filler", "claims-nothing"])):
        baseline = Baseline(entries, linter, DAY, **how)
        baseline.judge(linter.lint(listing))
        assert [entry.rule for entry in baseline.rewritten()] == left
    assert [entry.rule for entry in Baseline(entries, linter, DAY).unknown] == ["claims-nothing"]


def test_stars_stay_as_they_are() -> None:
    listing = Listing.of({"id": "1", "title": "Very Pretty New Garden Hose hose hose"})
    report = LINTER.lint(listing)
    forgiven: ListingReport = Baseline((), LINTER, DAY, accepts=True).judge(report)
    assert (forgiven.score, forgiven.stars, forgiven.sections) == (report.score, report.stars, report.sections)
    assert (forgiven.baselined, forgiven.findings) == (len(report.findings), ())
    assert [one.finding for one in forgiven.forgiven] == list(report.findings)


# --- identities -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["Garden Hose, 15 m", "GARDEN HOSE 15 M", "Ｇarden  Hose (15 m)", "Garden\u200b Hose — 15\u00a0m"])
def test_a_title_is_known_again_whatever_its_case_marks_and_width(title: str) -> None:
    assert listing_identity(Listing.of({"title": title})) == listing_identity(Listing.of({"title": "garden hose 15 m", "id": "N/A"}))
    assert listing_identity(Listing.of({"title": title, "id": " K  1 "})) == "K 1"


def test_long_values_are_cut_and_still_told_apart() -> None:
    one, other = (Finding("r", "text", "info", "title", "", 0, 300, "word " * 60 + end) for end in ("a", "b"))
    assert finding_value(one) != finding_value(other)
    assert max(len(finding_value(one)), len(finding_value(other))) < 100


# --- the file ---------------------------------------------------------------------------------------------------------

TEXT = st.text(max_size=12)
ENTRIES = st.lists(
    st.builds(
        Entry, TEXT.filter(bool), TEXT.filter(bool), st.sampled_from(("title", "keywords")), TEXT, TEXT, st.integers(1, 9), TEXT,
        st.none() | st.dates(), st.just(0), st.builds(Place, TEXT, TEXT),
    ),
    unique_by=lambda entry: entry.key, max_size=6,
)  # fmt: skip


@given(ENTRIES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_written_is_read(tmp_path: Path, entries: list[Entry]) -> None:
    path = tmp_path / "b"
    head = Head("0.1.0", "alibaba", "2026.11", (Place("a.csv"), Place("b.xlsx", "S")))
    text = text_of(head, entries)
    assert len(text.splitlines()) == len(text.split("\n")) - 1 == len(entries) + 1
    path.write_text(text, encoding="utf-8", newline="\n")
    found, read = read_baseline(path)
    assert found == head
    assert [(entry.key, entry.place, entry.count, entry.reason, entry.until) for entry in read] == [
        (entry.key, entry.place, entry.count, entry.reason, entry.until) for entry in sorted(entries, key=lambda entry: entry.key)
    ]


HEAD = '{"listinglint-baseline": 1, "version": "0.1.0", "marketplace": "alibaba", "rule-set": "2026.11"}\n'
ONE = '{"listing": "1", "rule": "title-filler", "field": "title"}\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "this is no baseline"),
        ("id,title\n1,Hose\n", "line 1: this is no baseline"),
        ('{"title": "Hose"}\n', "line 1: this is no baseline"),
        ('{"listinglint-baseline": true}\n', "line 1: this is no baseline"),
        ('{"listinglint-baseline": 2}\n', "line 1: written by a newer listinglint (format 2, known: 1)"),
        (HEAD.replace("}", ', "files": ["a.csv"]}'), "line 1: files: a list such as"),
        (HEAD.replace("}", ', "files": [{"file": 1}]}'), "line 1: files: a list such as"),
        (HEAD + "{\n", "line 2: no JSON object"),
        (HEAD + "[" * 200_000 + "\n", "line 2: no JSON object"),
        (HEAD + "[]\n", "line 2: no JSON object: list"),
        (HEAD + "\n<<<<<<< HEAD\n" + ONE, "line 3: a merge conflict is left"),
        (HEAD + ONE + ONE, "line 3: the same entry stands in line 2"),
        (HEAD + ONE.replace("field", "feild"), "line 2: unknown key 'feild'; did you mean 'field'?"),
        (HEAD + '{"listing": "1", "rule": "title-filler"}\n', "line 2: field is needed"),
        (HEAD + ONE.replace('"1"', "1"), "line 2: listing: a text was expected, not 1"),
        (HEAD + ONE.replace("}", ', "count": 0}'), "line 2: count: a whole number"),
        (HEAD + ONE.replace("}", ', "count": true}'), "line 2: count: a whole number"),
        (HEAD + ONE.replace("}", ', "until": "soon"}'), "line 2: until: a date such as 2026-11-25 was expected, not 'soon'"),
        (HEAD + ONE.replace("}", ', "until": 7}'), "line 2: until: a date"),
        (HEAD + '{"listing": "' + "x" * (1 << 20) + '"}\n', "line 2: longer than"),
    ],
)
def test_a_broken_file_is_one_error_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "b.baseline"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError) as broken:
        read_baseline(path)
    assert said in broken.value.message.en
    assert broken.value.message.zh != broken.value.message.en
    path.write_bytes(text.encode() + b"\xff\xfe")
    with pytest.raises(BaselineError):
        read_baseline(path)


# --- the command line -------------------------------------------------------------------------------------------------

ROWS = [
    ["id", "title", "keywords", "description"],
    ["A-1", "Very Pretty New Garden Hose", "hose, pipe, garden", "Mail hose@garden-example.com"],
    ["A-2", "Expandable Garden Hose 15 m with Brass Fittings", "garden hose, hose", "A hose."],
    ["A-3", "HOT SALE Steel Garlic Press", "press", ""],
]


def process(folder: Path, *arguments: str, code: int, **options: Any) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if name not in ("LANG", "LC_ALL", "LC_MESSAGES", "GITHUB_ACTIONS", "GITLAB_CI")}
    done = subprocess.run(
        [sys.executable, "-m", "listinglint", *arguments], capture_output=True, text=True, encoding="utf-8", timeout=120, cwd=folder, env=plain, **options
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


def write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_day_one_is_green_and_only_new_findings_fail(tmp_path: Path) -> None:
    shop = tmp_path / "shop.csv"
    write(shop, ROWS)
    process(tmp_path, "check", "shop.csv", code=1)
    done = process(tmp_path, "init", "shop.csv", "--baseline", code=0)
    assert "findings of 3 listings" in done.stderr
    first = process(tmp_path, "check", "shop.csv", "--format", "jsonl", "-q", code=0)
    *listings, summary = lines(first)
    assert summary["findings"] == 0 and summary["baselined"] > 3 and summary["failed"] is False
    assert all(not one["findings"] for one in listings)
    whole = lines(process(tmp_path, "check", "shop.csv", "--format", "jsonl", "-q", "--no-baseline", code=1))
    assert [(one["stars"], one["score"]) for one in whole[:-1]] == [(one["stars"], one["score"]) for one in listings]
    write(shop, [ROWS[0], ["B-0", "Best Best Kettle", "kettle", ""], ROWS[3], ROWS[1], ROWS[2]])
    done = process(tmp_path, "check", "shop.csv", "--format", "jsonl", "-q", "-j", "2", code=1)
    assert [one["id"] for one in lines(done)[:-1] if one["findings"]] == ["B-0"]
    again = process(tmp_path, "init", "shop.csv", "--baseline", code=2)
    assert "--force" in again.stderr
    done = process(tmp_path, "check", "-", "--stdin-filename", "shop.csv", "--config", "listinglint.toml", "--format", "jsonl", "-q", code=1, input=shop.read_text(encoding="utf-8"))
    assert [one["id"] for one in lines(done)[:-1] if one["findings"]] == ["B-0"]


def test_writing_pruning_and_their_messages(tmp_path: Path) -> None:
    write(tmp_path / "shop.csv", ROWS)
    done = process(tmp_path, "check", "shop.csv", "--baseline", "b.baseline", code=2)
    assert "b.baseline: there is no such file" in done.stderr
    process(tmp_path, "check", "shop.csv", "--write-baseline", "b.baseline", code=0)
    path = tmp_path / "b.baseline"
    first = path.read_text(encoding="utf-8")
    process(tmp_path, "check", "shop.csv", "--write-baseline", "b.baseline", "-j", "2", code=0)
    assert path.read_text(encoding="utf-8") == first
    filler = next(line for line in first.splitlines() if "title-filler" in line and "A-1" in line)
    text = first.replace(filler, filler[:-1] + ', "reason": "agreed with 市场部", "until": "2099-01-01"}')
    text += '{"listing": "Z", "rule": "no-such-rule", "field": "title"}\n{"listing": "Z", "rule": "title-filler", "field": "title", "reason": "sold out", "until": "2020-01-01"}\n'
    path.write_text(text, encoding="utf-8")
    done = process(tmp_path, "check", "shop.csv", "--baseline", "b.baseline", code=0)
    count = len(text.splitlines())
    assert f"b.baseline: line {count - 1}: there is no rule no-such-rule" in done.stderr
    assert f"b.baseline: line {count}: expired on 2020-01-01: title-filler of Z (sold out)" in done.stderr
    write(tmp_path / "shop.csv", ROWS[:-1])
    done = process(tmp_path, "check", "shop.csv", "--baseline", "b.baseline", code=0)
    assert "no longer occur; --prune-baseline" in done.stderr
    assert "no longer occur" not in process(tmp_path, "check", "shop.csv", "--baseline", "b.baseline", "-q", code=0).stderr
    done = process(tmp_path, "check", "shop.csv", "--baseline", "b.baseline", "--prune-baseline", code=0)
    assert "taken out" in done.stderr
    pruned = path.read_text(encoding="utf-8")
    assert "A-3" not in pruned and "no-such-rule" not in pruned and '"Z"' not in pruned and "agreed with 市场部" in pruned
    process(tmp_path, "check", "shop.csv", "--baseline", "b.baseline", "--prune-baseline", code=0)
    assert path.read_text(encoding="utf-8") == pruned
    write(tmp_path / "shop.csv", ROWS)
    process(tmp_path, "check", "shop.csv", "--baseline", "b.baseline", code=1)
    process(tmp_path, "check", "shop.csv", "--write-baseline", "b.baseline", code=0)
    assert "agreed with 市场部" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--write-baseline", "shop.csv"), "shop.csv: line 1: this is no baseline"),
        (("--baseline", "shop.csv"), "shop.csv: line 1: this is no baseline"),
        (("--prune-baseline",), "--prune-baseline needs a baseline"),
        (("--write-baseline", "b", "--prune-baseline"), "exclude each other"),
        (("--no-baseline", "--write-baseline", "b"), "--no-baseline excludes"),
        (("--write-baseline", "no/such/folder/b"), "cannot be written"),
    ],
)
def test_mistakes(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    write(tmp_path / "shop.csv", ROWS)
    before = (tmp_path / "shop.csv").read_bytes()
    assert said in process(tmp_path, "check", "shop.csv", *arguments, code=2).stderr
    assert (tmp_path / "shop.csv").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["shop.csv"]


def test_gates_by_stars_forgive_what_the_baseline_does_alone(tmp_path: Path) -> None:
    write(tmp_path / "shop.csv", ROWS)
    process(tmp_path, "check", "shop.csv", "--write-baseline", "b", code=0)
    gate = ("--baseline", "b", "--fail-on", "never", "--min-stars", "5", "-q", "--format", "jsonl")
    process(tmp_path, "check", "shop.csv", *gate, code=0)
    write(tmp_path / "shop.csv", [*ROWS[:3], ["A-3", "HOT SALE Steel Garlic Press Mail a@garden-example.com", "press", ""]])
    reasons = lines(process(tmp_path, "check", "shop.csv", *gate, code=1))[-1]["reasons"]
    assert reasons == ["1 of 3 listings have fewer than 5 stars (--min-stars 5)"]
    process(tmp_path, "check", "shop.csv", "--baseline", "b", "--fail-on", "never", "--min-catalog-score", "99", code=1)


def test_a_crashing_rule_keeps_the_baseline_as_it_was(tmp_path: Path) -> None:
    write(tmp_path / "shop.csv", ROWS)
    process(tmp_path, "check", "shop.csv", "--write-baseline", "b", code=0)
    before = (tmp_path / "b").read_text(encoding="utf-8")
    (tmp_path / "broken.py").write_text(
        "from listinglint.model import Text\nfrom listinglint.rules.rule import Bad, Good, Rule, texts\n"
        "def check(doc, options):\n    raise RuntimeError('no')\n    yield\n"
        "RULE = Rule(name='crash', group='titles', severity='info', summary=Text('a', 'b'), messages=texts('a', 'b'), page=Text('a', 'b'), check=check, examples=())\n",
        encoding="utf-8",
    )
    done = process(tmp_path, "check", "shop.csv", "--write-baseline", "b", "--rules-from", "broken.py", "--select", "crash", code=2)
    assert "b is not written" in done.stderr
    assert (tmp_path / "b").read_text(encoding="utf-8") == before


def test_several_files_share_a_baseline_and_may_change_places(tmp_path: Path) -> None:
    write(tmp_path / "one.csv", ROWS[:3])
    write(tmp_path / "two.csv", [ROWS[0], ROWS[3]])
    process(tmp_path, "check", "one.csv", "two.csv", "--write-baseline", "b", code=0)
    process(tmp_path, "check", "two.csv", "one.csv", "--baseline", "b", code=0)
    write(tmp_path / "one.csv", [ROWS[0], ROWS[3], ROWS[2]])
    write(tmp_path / "two.csv", [ROWS[0], ROWS[1]])
    process(tmp_path, "check", ".", "--baseline", "b", "--stars", "1-2", code=0)


def test_sarif_tells_old_from_new(tmp_path: Path) -> None:
    write(tmp_path / "shop.csv", ROWS)
    process(tmp_path, "check", "shop.csv", "--write-baseline", "b", code=0)
    path = tmp_path / "b"
    head, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head, *(line[:-1] + ', "reason": "agreed"}' for line in rest)]), encoding="utf-8")
    write(tmp_path / "shop.csv", [*ROWS, ["A-4", "Very Pretty Kettle", "kettle", ""]])
    schema = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    document = json.loads(process(tmp_path, "check", "shop.csv", "--baseline", "b", "--format", "sarif", code=1).stdout)
    jsonschema.Draft4Validator(schema).validate(document)
    results = document["runs"][0]["results"]
    new = [one for one in results if one["baselineState"] == "new"]
    old = [one for one in results if one["baselineState"] == "unchanged"]
    assert len(new) + len(old) == len(results) and new and old
    assert {one["properties"]["listing"] for one in new} == {"A-4"}
    assert all(one["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "agreed"}] for one in old)
    plain = json.loads(process(tmp_path, "check", "shop.csv", "--format", "sarif", code=1).stdout)["runs"][0]["results"]
    assert not any("baselineState" in one or "suppressions" in one for one in plain)
    assert sorted(one["partialFingerprints"]["primaryLocationLineHash"] for one in plain) == sorted(one["partialFingerprints"]["primaryLocationLineHash"] for one in results)


def test_the_api_forgives_too(tmp_path: Path) -> None:
    write(tmp_path / "shop.csv", ROWS)
    process(tmp_path, "check", "shop.csv", "--write-baseline", "b", code=0)
    *reports, summary = listinglint.check_catalog(tmp_path / "shop.csv", baseline=tmp_path / "b")
    assert summary.findings == 0 and summary.baselined == sum(len(report.forgiven) for report in reports) > 3


# --- a run over some of the files -------------------------------------------------------------------------------------


@slowly
@given(catalogs, st.data(), st.sampled_from(["prunes", "accepts"]))
def test_what_is_not_read_is_left_alone(tmp_path_factory: pytest.TempPathFactory, listings: list[Listing], data: st.DataObject, how: str) -> None:
    folder = tmp_path_factory.mktemp("files")
    files = [str(folder / name) for name in ("one.csv", "two.csv")]
    for file in files:
        Path(file).touch()
    whole = [Listing.of(one.values, Source(data.draw(st.sampled_from(files)), None, at)) for at, one in enumerate(listings, 2)]
    whole.sort(key=lambda one: one.source.source if one.source else "")
    base = folder / "b.baseline"
    everything = Places(base, [(file, None) for file in files])
    first, new = judged(whole, accepts=True, places=everything)
    assert not new
    entries = first.rewritten()
    assert {entry.place.file for entry in entries} <= {"", "one.csv", "two.csv"}
    read = data.draw(st.sampled_from(files))
    some = [one for one in whole if one.source and one.source.source == read]
    second, _ = judged(some, entries, places=Places(base, [(read, None)]), known=everything.read, **{how: True})
    after = second.rewritten()
    # Links between listings are kept too, yet not always in the words that they had.
    others = [entry for entry in entries if entry.place.file and entry.place.file != Path(read).name and not entry.other]
    assert set(others) <= set(after)
    # All together again there is nothing new.
    _, new = judged(whole, after, places=everything, prunes=True)
    assert not [finding for finding in new if finding.rule != "inconsistent-spelling"]
    # Where the other file is gone nothing speaks for its entries any more.
    Path(next(file for file in files if file != read)).unlink()
    last, _ = judged(some, after, places=Places(base, [(read, None)]), known=everything.read, prunes=True)
    assert {entry.place.file for entry in last.rewritten() if not entry.other} <= {"", Path(read).name}


def test_pruning_some_of_the_files_keeps_the_others(tmp_path: Path) -> None:
    (tmp_path / "shops").mkdir()
    write(tmp_path / "shops" / "one.csv", ROWS[:3])
    write(tmp_path / "shops" / "two.csv", [ROWS[0], ROWS[3]])
    process(tmp_path, "check", "shops", "--write-baseline", "b", code=0)
    before = (tmp_path / "b").read_text(encoding="utf-8")
    head, *entries = map(json.loads, before.splitlines())
    assert head["files"] == [{"file": "shops/one.csv"}, {"file": "shops/two.csv"}]
    assert {(entry["listing"], entry["file"]) for entry in entries} >= {("A-1", "shops/one.csv"), ("A-3", "shops/two.csv")}
    for options in (("--baseline", "b", "--prune-baseline"), ("--write-baseline", "b")):
        done = process(tmp_path / "shops", "check", "one.csv", *[one if one != "b" else "../b" for one in options], code=0)
        assert (tmp_path / "b").read_text(encoding="utf-8") == before
        assert "in files that this run did not read; they stay" in done.stderr and "no longer occur" not in done.stderr
    # What was mended in the file that is read goes, and what is gone with its file does.
    write(tmp_path / "shops" / "one.csv", [ROWS[0], ROWS[2]])
    process(tmp_path, "check", "shops/one.csv", "--baseline", "b", "--prune-baseline", code=0)
    left = [json.loads(line) for line in (tmp_path / "b").read_text(encoding="utf-8").splitlines()[1:]]
    assert "A-1" not in {one["listing"] for one in left} and [one for one in left if one["file"] == "shops/two.csv"] == [one for one in entries if one["file"] == "shops/two.csv"]
    (tmp_path / "shops" / "two.csv").unlink()
    process(tmp_path, "check", "shops/one.csv", "--baseline", "b", "--prune-baseline", code=0)
    assert "two.csv" not in (tmp_path / "b").read_text(encoding="utf-8")


def test_listings_that_move_to_another_file_are_forgiven_there(tmp_path: Path) -> None:
    write(tmp_path / "one.csv", ROWS)
    process(tmp_path, "check", "one.csv", "--write-baseline", "b", code=0)
    write(tmp_path / "one.csv", ROWS[:3])
    write(tmp_path / "two.csv", [ROWS[0], ROWS[3]])
    process(tmp_path, "check", "one.csv", "two.csv", "--baseline", "b", "--prune-baseline", code=0)
    entries = [json.loads(line) for line in (tmp_path / "b").read_text(encoding="utf-8").splitlines()[1:]]
    assert {entry["file"] for entry in entries if entry["listing"] == "A-3"} == {"two.csv"}
    process(tmp_path, "check", "two.csv", "--baseline", "b", code=0)


def test_sheets_are_told_apart(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for name, rows in (("Spring", ROWS[:3]), ("Autumn", [ROWS[0], ROWS[3]])):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book["Sheet"])
    book.save(tmp_path / "shop.xlsx")
    process(tmp_path, "check", "shop.xlsx", "--write-baseline", "b", code=0)
    before = (tmp_path / "b").read_text(encoding="utf-8")
    assert '"sheet": "Spring"' in before and '"sheet": "Autumn"' in before
    process(tmp_path, "check", "shop.xlsx", "--sheet", "Spring", "--baseline", "b", "--prune-baseline", code=0)
    assert (tmp_path / "b").read_text(encoding="utf-8") == before
    del book["Autumn"]
    book.save(tmp_path / "shop.xlsx")
    process(tmp_path, "check", "shop.xlsx", "--baseline", "b", "--prune-baseline", code=0)
    assert "Autumn" not in (tmp_path / "b").read_text(encoding="utf-8")
