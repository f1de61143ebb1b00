"""The cache of unchanged listings: the same results with it and without it, whatever was edited, and whatever became of its file."""

from __future__ import annotations

import ast
import csv
import dataclasses
import datetime
import json
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import listinglint
from listinglint.catalogs import open_catalog
from listinglint.config import Override, Seller, Settings
from listinglint.engine import Linter, check
from listinglint.engine.cache import CacheFile, ListingCache, why_uncached
from listinglint.engine.cache import keys as cache_keys
from listinglint.engine.cache import listings as cache_listings
from listinglint.engine.cache.entries import hits_of, judged_to_bytes, report_of, taken_of, taken_to_bytes
from listinglint.engine.cache.file import Kept
from listinglint.engine.catalog import digested, reports_themselves
from listinglint.engine.suppress import Suppression, Suppressions
from listinglint.language.spelling import catalog_correction, search_catalog
from listinglint.language.statistics import CatalogStatistics, NotedStatistics
from listinglint.model import Listing, ListingReport, Source
from listinglint.rules.registry import builtin

MANY = 1 << 24
TITLES = (
    "Stainless Steel Water Bottle 500 ml", "Stainles Steel Lunch Box", "Cordless Drill 18 V", "Hot Sale Best Quality Ladies Handbag",
    "Nordbeck Garden Hose 20 m", "Nordbeck Hose Reel", "cheap cotton t-shirt", "USB Cable USB Cable USB Cable", "Wooden Chair", "Office Chair with Wheels",
    "Chair Cushion", "Bag", "LED Desk Lamp, Dimmable", "Desk Lamp LED Dimmable", "Running Shoes for Men", "",
)  # fmt: skip
KEYWORDS = ("water bottle, steel bottle", "drill", "chair, chairs, chair", "lamp,,desk lamp", "hose, garden hose, Nordbeck", "")
DESCRIPTIONS = (
    "Made of stainless steel, holds 500 ml and keeps drinks cold for 12 hours.", "We are a leading manufacturer. Contact us!", "<p>Good &amp; cheap</p>",
    "The stainles body does not rust .", "Size: 20 m. Weight: 2 kg.", "",
)  # fmt: skip
BRANDS = ("Nordbeck", "nordbeck", "Acme", "")
CATEGORIES = ("Kitchen & Dining > Cookware", "Tools > Drills", "Fashion > Women > Clothing")


def listings_of(rows: Sequence[dict[str, str]], source: str = "shop.csv") -> list[Listing]:
    columns = {name: (chr(65 + at),) for at, name in enumerate(("id", "title", "keywords", "description", "brand", "category", "updated"))}
    return [Listing.of(row, Source(source, None, at + 2, at + 2, columns, None)) for at, row in enumerate(rows)]


def rows_of(seed: int, count: int) -> list[dict[str, str]]:
    chance = random.Random(seed)
    return [
        {
            "id": f"A{n}", "title": chance.choice(TITLES), "keywords": chance.choice(KEYWORDS), "description": chance.choice(DESCRIPTIONS),
            "brand": chance.choice(BRANDS), "category": chance.choice(CATEGORIES), "updated": "2026-10-01",
        }
        for n in range(count)
    ]  # fmt: skip


class Run:
    """A check with a cache: its reports, how many listings were unchanged, and the notes."""

    def __init__(self, listings: Sequence[Listing], folder: Path, given: Settings | None = None, suppressions: Suppressions | None = None, jobs: int = 1) -> None:
        cache = ListingCache(CacheFile(folder, MANY))
        found = digested(iter(listings), Linter(given, suppressions), reports_themselves, jobs=jobs, cache=cache)
        self.reports: list[ListingReport] = [report for chunk in found for report in chunk]
        cache.close()
        self.unchanged = cache.unchanged
        self.notes = [note.en for note in cache.notes]


def same(run: Run, listings: Sequence[Listing], given: Settings | None = None, suppressions: Suppressions | None = None) -> None:
    wanted = list(check(listings, given, suppressions=suppressions))
    assert [report.listing for report in run.reports] == [report.listing for report in wanted]
    assert run.reports == wanted


EDITS = st.lists(
    st.tuples(st.sampled_from(["title", "keywords", "description", "brand", "category", "id", "delete", "insert", "move"]), st.integers(0, 1000), st.integers(0, 1000)),
    min_size=1,
    max_size=5,
)


def edit(rows: list[dict[str, str]], what: str, where: int, how: int) -> None:
    choices = {"title": TITLES, "keywords": KEYWORDS, "description": DESCRIPTIONS, "brand": BRANDS, "category": CATEGORIES, "id": ("A1", "A2", "B1", "")}
    at = where % len(rows)
    if what in choices:
        rows[at] = {**rows[at], what: choices[what][how % len(choices[what])]}
    elif what == "delete":
        del rows[at : at + how % 7]
    elif what == "insert":
        rows.insert(at, {**rows[how % len(rows)], "id": f"N{how}"})
    else:
        rows.insert(how % len(rows), rows.pop(at))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 99), st.sampled_from([15, 45, 140]), st.lists(EDITS, min_size=1, max_size=3))
def test_the_same_is_found_whatever_was_edited(tmp_path_factory: pytest.TempPathFactory, seed: int, count: int, rounds: list[Any]) -> None:
    folder = tmp_path_factory.mktemp("cache")
    rows = rows_of(seed, count)
    Run(listings_of(rows), folder)
    for edits in rounds:
        for one in edits:
            if rows:
                edit(rows, *one)
        listings = listings_of(rows)
        same(Run(listings, folder), listings)
        again = Run(listings, folder)
        same(again, listings)
        assert again.unchanged == len(listings)


def test_rows_that_move_and_files_that_are_renamed_stay_known(tmp_path: Path) -> None:
    rows = rows_of(1, 60)
    # Duplicates name the row of the first of them; here all differ.
    rows = [{**row, "title": f"{row['title']} {chr(65 + n // 8)}{n}", "keywords": f"{row['keywords']}, item {n}"} for n, row in enumerate(rows)]
    Run(listings_of(rows), tmp_path)
    moved = listings_of(rows[::-1], "other.csv")
    run = Run(moved, tmp_path)
    same(run, moved)
    assert run.unchanged == len(rows)
    for report in run.reports:
        assert report.listing.source is not None
        assert {finding.cell[1:] for finding in report.findings if finding.cell} <= {str(report.listing.source.record)}


def test_an_edit_reaches_the_listings_that_hang_on_it(tmp_path: Path) -> None:
    title = "Stainless Steel Bracket"
    rows = [{"id": f"A{n}", "title": f"{title} {n} mm", "description": f"For rail {n}."} for n in range(30)]
    rows.append({"id": "X", "title": "Stainlees Steel Hook", "description": "Holds coats."})
    listings = listings_of(rows)
    run = Run(listings, tmp_path)
    same(run, listings)
    slips = [finding.text for finding in run.reports[-1].findings if finding.rule == "misspelling"]
    assert slips == ["Stainlees"]
    others = listings_of([{**row, "title": row["title"].replace("Stainless", "Galvanised")} if n < 15 else row for n, row in enumerate(rows)])
    run = Run(others, tmp_path)
    same(run, others)


def test_a_duplicate_that_goes_frees_the_other(tmp_path: Path) -> None:
    rows = [{"id": f"A{n}", "title": title, "description": "Sturdy."} for n, title in enumerate(("Oak Garden Bench 120 cm", "Steel Pan 20 cm", "Oak Garden Bench 120 cm"))]
    first = Run(listings_of(rows), tmp_path)
    assert any(finding.rule == "duplicate-listing" for finding in first.reports[2].findings)
    rows[0]["title"] = "Pine Shelf 80 cm"
    run = Run(listings_of(rows), tmp_path)
    same(run, listings_of(rows))
    assert not any(finding.rule == "duplicate-listing" for finding in run.reports[2].findings)


def test_it_can_tell_whether_there_is_much_to_do(tmp_path: Path) -> None:
    listings = listings_of(rows_of(5, 40))
    cache = ListingCache(CacheFile(tmp_path, MANY))
    assert not cache.knows(Linter(), listings)
    Run(listings[:30], tmp_path)
    assert cache.knows(Linter(), listings)
    assert not cache.knows(Linter(Settings(lang="zh")), listings)


def test_results_do_not_hang_on_the_number_of_processes(tmp_path: Path) -> None:
    rows = rows_of(5, 900)
    listings = listings_of(rows)
    first = Run(listings, tmp_path, jobs=2)
    assert first.unchanged < 900
    for jobs in (1, 2):
        run = Run(listings, tmp_path, jobs=jobs)
        same(run, listings)
        assert run.unchanged == 900


# --- what belongs to the key --------------------------------------------------------------------------------------------

TODAY = datetime.date(2026, 11, 25)
ONE = {"id": "A1", "title": "Hot Sale Stainless Steel Water Bottle", "keywords": "bottle, water bottle", "description": "Holds water.", "brand": "Acme", "category": "Kitchen", "updated": "2026-11-01"}


@pytest.mark.parametrize(
    "other",
    [
        {"lang": "zh"}, {"marketplace": "amazon"}, {"ignore": ("title-filler",)}, {"severity": {"title-filler": "info"}}, {"options": {"title-filler": {"words": ["Water"]}}},
        {"seller": Seller(banned_words=("bottle",))}, {"rule_set": "2026.11"}, {"triggers": False},
    ],
)  # fmt: skip
def test_settings_are_part_of_the_key(tmp_path: Path, other: dict[str, Any]) -> None:
    if "options" in other:
        rule = next(rule for rule in builtin().values() if any(option.type is list for option in rule.options))
        option = next(option for option in rule.options if option.type is list)
        other = {"options": {rule.name: {option.name: ["Water"]}}}
    base = Settings(date=TODAY)
    listings = listings_of([ONE])
    Run(listings, tmp_path, base)
    changed = base.replace(**other)
    run = Run(listings, tmp_path, changed)
    assert run.unchanged == 0
    same(run, listings, changed)
    assert Run(listings, tmp_path, base).unchanged == 1


def test_contents_of_files_are_part_of_the_key(tmp_path: Path) -> None:
    rules, names, tree = tmp_path / "rules.toml", tmp_path / "names.csv", tmp_path / "tree.txt"
    rules.write_text('[[rule]]\nname = "no-bottle"\npattern = "Bottle"\nmessage = "no bottle"\n', encoding="utf-8")
    names.write_text("name,synonyms\nwater bottle,hydration flask\n", encoding="utf-8")
    tree.write_text("Kitchen > Bottles\n", encoding="utf-8")
    given = Settings(date=TODAY, category_file=str(tree))
    listings = listings_of([ONE])
    Run(listings, tmp_path, given)
    assert Run(listings, tmp_path, given).unchanged == 1
    tree.write_text("Garden > Hoses\n", encoding="utf-8")
    run = Run(listings, tmp_path, given)
    assert run.unchanged == 0
    same(run, listings, given)
    digests = []
    for text in ("a = 1\n", "a = 2\n"):
        rules.write_text(text, encoding="utf-8")
        linter = Linter(Settings(date=TODAY))
        linter.settings = linter.settings.replace(rule_files=(str(rules),))
        digests.append(cache_keys.linter_digest(linter))
    assert digests[0] != digests[1]


def test_the_program_is_part_of_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listings = listings_of([ONE])
    Run(listings, tmp_path)
    monkeypatch.setattr(cache_keys, "program_stamp", lambda: b"another program.")
    assert Run(listings, tmp_path).unchanged == 0


def test_a_file_of_the_program_that_changes_changes_its_stamp(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "one.py").write_text("A = 1\n", encoding="utf-8")
    before = cache_keys._states(tmp_path)
    (tmp_path / "rules" / "one.py").write_text("A = 12\n", encoding="utf-8")
    assert cache_keys._states(tmp_path) != before
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "one.pyc").write_bytes(b"x")
    assert len(cache_keys._states(tmp_path)) == 1


def test_only_listings_that_ask_for_the_day_hang_on_it(tmp_path: Path) -> None:
    rows = [{"title": "Oak Garden Bench", "description": "Sturdy."}, {"title": "Steel Pan", "updated": "2026-01-01"}]
    for days, unchanged in ((0, 0), (0, 2), (1, 1), (400, 1)):
        given = Settings(date=TODAY + datetime.timedelta(days), extend_select=("stale-listing",))
        run = Run(listings_of(rows), tmp_path, given)
        assert run.unchanged == unchanged
        same(run, listings_of(rows), given)


def test_a_limit_that_comes_into_force_changes_the_key() -> None:
    linter = Linter(Settings(marketplace="amazon", date=TODAY))
    bound = next(limit for limit in linter.marketplace.limits if limit.since is not None)
    assert bound.since is not None
    digests = set()
    for day in (bound.since - datetime.timedelta(1), bound.since, bound.since + datetime.timedelta(1)):
        digests.add(cache_keys.linter_digest(Linter(Settings(marketplace="amazon", date=day))))
    assert len(digests) == 2


def test_overrides_have_keys_of_their_own(tmp_path: Path) -> None:
    given = Settings(date=TODAY, overrides=(Override(categories=("Kitchen",), severity={"title-filler": "info"}), Override(files=("other.csv",), marketplace="amazon")))
    rows = [ONE, {**ONE, "id": "A2", "category": "Garden"}]
    Run(listings_of(rows), tmp_path, given)
    assert Run(listings_of(rows), tmp_path, given).unchanged == 2
    other = listings_of(rows, "other.csv")
    run = Run(other, tmp_path, given)
    assert run.unchanged == 0
    same(run, other, given)


def test_options_of_the_run_count_under_an_override_too(tmp_path: Path) -> None:
    rows = [{**ONE, "id": f"A{n}", "title": f"Oak Shelf {n} cm", "keywords": f"shelf {n}", "brand": "nordbeck" if n == 7 else "Nordbeck"} for n in range(24)]
    override = Override(categories=("Kitchen",), options={"inconsistent-spelling": {"scopes": ["unit"]}})
    for scope, found in (("attribute", 0), ("brand", 1)):
        given = Settings(date=TODAY, options={"inconsistent-spelling": {"scopes": [scope]}}, overrides=(override,))
        run = Run(listings_of(rows), tmp_path, given)
        same(run, listings_of(rows), given)
        assert sum(finding.rule == "inconsistent-spelling" for report in run.reports for finding in report.findings) == found


def test_a_digest_is_the_same_in_every_process() -> None:
    code = "from listinglint.engine import Linter; from listinglint.engine.cache.keys import linter_digest; print(linter_digest(Linter()).hex())"
    assert len({subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout for _ in range(2)}) == 1


def test_suppressions_hold_for_what_comes_from_the_cache(tmp_path: Path) -> None:
    listings = listings_of([ONE, {**ONE, "id": "A2"}])
    plain = Run(listings, tmp_path)
    assert plain.reports[0].findings
    rule = plain.reports[0].findings[0].rule
    row = Suppression("A1", rule, "", "accepted", None, 2)
    unused = Suppression("A9", rule, "", "", None, 3)
    suppressions = Suppressions([row, unused])
    run = Run(listings, tmp_path, suppressions=suppressions)
    assert run.unchanged == 2
    assert run.reports[0].suppressed == 1
    same(run, listings, suppressions=Suppressions([row, unused]))
    assert suppressions.unused(TODAY) == [unused]
    ignoring = [dataclasses.replace(listings[0], source=dataclasses.replace(listings[0].source, ignore=rule)), listings[1]]  # type: ignore[type-var]
    run = Run(ignoring, tmp_path)
    assert run.unchanged == 2
    same(run, ignoring)


def test_foreign_rules_are_not_kept(tmp_path: Path) -> None:
    module = tmp_path / "own_rules.py"
    module.write_text(
        "from listinglint.model import Text\nfrom listinglint.rules.rule import Bad, Good, Hit, Rule, texts\n"
        "RULE = Rule(name='own', group='titles', severity='info', summary=Text('a', 'b'), messages=texts('a', 'b'), page=Text('a', 'b'), "
        "check=lambda doc, options: [Hit('title')], examples=(Good('x'), Bad('y')))\n",
        encoding="utf-8",
    )
    assert why_uncached(Linter(Settings(plugins=(str(module),)))) is not None
    assert why_uncached(Linter(Settings())) is None


def test_listings_that_a_rule_crashes_on_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: Any) -> Any:
        raise ZeroDivisionError("no")

    listings = listings_of([ONE])
    with monkeypatch.context() as patched:
        patched.setattr("listinglint.engine.steps.Step.finding", crash)
        assert Run(listings, tmp_path).reports[0].errors
    run = Run(listings, tmp_path)
    assert run.unchanged == 0
    assert not run.reports[0].errors


# --- what rules may go by ------------------------------------------------------------------------------------------------


def test_rules_ask_for_day_and_place_where_it_is_noted() -> None:
    """The cache knows what a report hangs on only if rules ask the analysis for it, not the listing's source, the clock or the machine."""
    package = Path(listinglint.__file__).parent
    found = []
    for path in (*package.glob("rules/**/*.py"), *package.glob("scoring/*.py"), *package.glob("language/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                inner = node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id if isinstance(node.value, ast.Name) else ""
                if (node.attr == "source" and inner == "listing") or node.attr in ("today", "now", "environ", "getenv", "_date") or (inner == "random"):
                    found.append((str(path.relative_to(package)), node.attr, node.lineno))
    assert {name for name, *_ in found} == {"rules/analysis.py"}
    tables = {"words", "segments", "last", "first", "brands", "brand_first"}
    for path in (*package.glob("rules/**/*.py"), *package.glob("language/names/*.py"), package / "language" / "spelling.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in tables:
                inner = node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id if isinstance(node.value, ast.Name) else ""
                assert inner not in ("statistics", "catalog"), f"{path}: {node.lineno}"


def test_statistics_note_what_they_are_asked() -> None:
    titles = [f"Acme Stainless Steel Bottle {n}" for n in range(40)] + ["Stainles Flask"]
    listings = [{"title": title, "brand": "Acme"} for title in titles]
    plain = CatalogStatistics.of(listings)
    noted = NotedStatistics(plain, search_catalog)
    assert catalog_correction("stainles", noted) == catalog_correction("stainles", plain) == "stainless"
    assert noted.is_brand("ACME")
    assert noted.begins_brand("acme")
    assert noted.endness.get("Bottle") is None
    answers = json.loads(json.dumps(noted.take_answers()))
    assert noted.take_answers() == []
    assert noted.hold(answers)
    assert NotedStatistics(CatalogStatistics.of([*listings, {"title": "Copper Vase", "brand": "Acme"}]), search_catalog).hold(answers)
    for changed in (listings[20:], [{**one, "brand": "Bolt"} for one in listings], [*listings, *[{"title": "Stainles Pan"}] * 3], [*listings, *[{"title": "Stainlez Stainler"}] * 50]):
        other = NotedStatistics(CatalogStatistics.of(changed), search_catalog)
        said = [(question, other._answer(question)) for question, _ in answers if question[0] != "common_words"]
        assert other.hold(answers) == (json.loads(json.dumps(said)) == [[q, a] for q, a in answers if q[0] != "common_words"])
    with pytest.raises(KeyError):
        noted.hold([(["no question"], 1)])


def test_reports_of_all_examples_come_back_as_they_were() -> None:
    seen = 0
    for rule in builtin().values():
        for example in rule.examples:
            given = Settings(
                marketplace=example.marketplace, extend_select=(rule.name,), options={rule.name: example.options}, seller=Seller.of(example.seller),
                date=datetime.date.fromisoformat(example.date) if example.date else TODAY,
            )  # fmt: skip
            linter = Linter(given)
            columns = {"title": ("B",), "keywords": ("C", "D")}
            for at, one in enumerate(example.listings):
                listing = Listing.of(one, Source("x.csv", None, at + 2, None, columns))
                [(_, report, judged)] = cache_listings.judge(linter, [(listing, {})], None)
                assert report == linter.lint(listing, None, {})
                assert judged is not None
                data = judged_to_bytes(judged)
                assert data is not None
                assert report_of(data, listing, linter, "", None) == report
                assert report_of(data, listing, linter, "other", None) is None
                extracted = linter.extract(listing)
                values = {name: value for name, value in extracted.values.items() if name not in extracted.placed}
                taken = taken_to_bytes(cache_listings.Taken(values, extracted.placed))
                assert taken is not None
                assert list(taken_of(taken, frozenset(active.rule.name for active in linter.across)).values) == list(values)
                seen += 1
    assert seen > 700


@given(st.dictionaries(st.text(max_size=5), st.lists(st.dictionaries(st.text(max_size=5), st.none() | st.integers(-(2**70), 2**70) | st.text(), max_size=2), max_size=2), max_size=2))
def test_hits_are_told_apart(across: dict[str, list[dict[str, Any]]]) -> None:
    text = hits_of(across)
    assert text is None or (json.loads(text) == across if across else text == "")


# --- the file -----------------------------------------------------------------------------------------------------------


@given(st.dictionaries(st.binary(min_size=16, max_size=16), st.tuples(st.binary(max_size=600), st.none() | st.binary(max_size=600)), max_size=20))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_entries_come_back(tmp_path_factory: pytest.TempPathFactory, held: dict[bytes, tuple[bytes, bytes | None]]) -> None:
    # Two keys with one first half share a row; the later has it.
    held = {key: value for key, value in held.items() if sum(other[:8] == key[:8] for other in held) == 1}
    file = CacheFile(tmp_path_factory.mktemp("cache"), MANY)
    file.write([Kept(key, taken=taken or None) for key, (taken, _) in held.items()])
    file.write([Kept(key, found=found) for key, (_, found) in held.items() if found])
    assert {key: data for key, (data, _) in file.read(held, "taken").items()} == {key: taken for key, (taken, _) in held.items() if taken}
    assert {key: data for key, (data, _) in file.read(held, "found").items()} == {key: found for key, (_, found) in held.items() if found}
    assert file.read([b"\xff" * 16], "found") == {} or b"\xff" * 16 in held
    assert not file.notes
    file.close()


def entry(n: int, size: int = 2000) -> Kept:
    return Kept(n.to_bytes(8, "big") + bytes(8), found=random.Random(n).randbytes(size))


def test_its_size_is_bounded_and_the_oldest_go_first(tmp_path: Path) -> None:
    file = CacheFile(tmp_path, 1_000_000)
    file.write([entry(n) for n in range(300)], today=TODAY - datetime.timedelta(2))
    file.write([entry(n) for n in range(300, 600)], used=[entry(0).key], today=TODAY)
    file.trim()
    size = file.size()
    assert 100 < size.entries < 600
    assert size.bytes <= 1_000_000
    left = file.read([entry(n).key for n in range(600)], "found")
    assert entry(0).key in left
    assert entry(599).key in left
    assert entry(1).key not in left
    # One run writes no more than the limit, however much it finds.
    file = CacheFile(tmp_path / "other", 100_000)
    for first in range(0, 1000, 20):
        file.write([entry(n) for n in range(first, first + 20)])
    assert file.size().bytes < 400_000
    file.trim()
    assert file.size().bytes <= 100_000


@pytest.mark.parametrize("where", [0, 40, 4096, 9000, -3000])
def test_a_damaged_file_is_thrown_away(tmp_path: Path, where: int) -> None:
    listings = listings_of(rows_of(2, 60))
    Run(listings, tmp_path)
    file = CacheFile(tmp_path, MANY)
    # All of it in the one file.
    with sqlite3.connect(file.path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    data = bytearray(file.path.read_bytes())
    place = where % len(data)
    data[place : place + 700] = random.Random(1).randbytes(min(700, len(data) - place))
    file.path.write_bytes(data)
    run = Run(listings, tmp_path)
    same(run, listings)
    if where in (0, 40):
        assert run.unchanged == 0
        assert ("thrown away" if where == 0 else "goes on without") in run.notes[0]
    third = Run(listings, tmp_path)
    same(third, listings)
    fourth = Run(listings, tmp_path)
    same(fourth, listings)
    assert fourth.unchanged == len(listings) or third.notes


def test_a_damaged_entry_is_passed_over(tmp_path: Path) -> None:
    listings = listings_of(rows_of(2, 20))
    Run(listings, tmp_path)
    with sqlite3.connect(CacheFile(tmp_path, MANY).path) as connection:
        connection.execute("UPDATE entries SET found = substr(found, 1, length(found) - 1) || x'00', taken = x'00'")
    connection.close()
    run = Run(listings, tmp_path)
    same(run, listings)
    assert run.unchanged == 0
    assert [note for note in run.notes if "passed over" in note]
    assert Run(listings, tmp_path).unchanged == len(listings)


def test_an_entry_of_another_make_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listings = listings_of(rows_of(2, 20))
    for held in (b"[]", b"{}", b"[1,2,3,4,5,6,7,8]", b"no json", b'["",null,null,90,5,{},null,[["no-rule","info","title","x",0,1,0,1,null,null,1,false,null]]]'):
        with monkeypatch.context() as patched:
            patched.setattr(cache_listings, "judged_to_bytes", lambda _, held=held: held)
            patched.setattr(cache_listings, "taken_to_bytes", lambda _, held=held: held)
            Run(listings, tmp_path)
        run = Run(listings, tmp_path)
        same(run, listings)
        assert run.unchanged == 0
        CacheFile(tmp_path, MANY).clean()


@pytest.mark.parametrize("how", ["file in place of the folder", "folder in place of the file", "foreign database", "locked"])
def test_a_file_that_cannot_be_used_costs_a_note(tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cache"
    path = CacheFile(folder, MANY).path
    holder = None
    if how == "file in place of the folder":
        folder.write_text("mine", encoding="utf-8")
    else:
        folder.mkdir()
        if how == "folder in place of the file":
            path.mkdir()
        else:
            holder = sqlite3.connect(path)
            holder.execute("CREATE TABLE entries (a)" if how == "foreign database" else "CREATE TABLE other (a)")
            holder.commit()
            if how == "locked":
                monkeypatch.setattr("listinglint.engine.cache.file._PATIENCE", 0.05)
                holder.execute("BEGIN EXCLUSIVE")
    listings = listings_of(rows_of(2, 20))
    run = Run(listings, folder)
    same(run, listings)
    assert run.unchanged == 0
    assert len(run.notes) == 1
    assert "goes on without" in run.notes[0]
    if holder is not None:
        holder.close()


def test_the_folder_says_what_it_is(tmp_path: Path) -> None:
    Run(listings_of([ONE]), tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b" / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert (tmp_path / "a" / "b" / "CACHEDIR.TAG").read_text(encoding="utf-8").startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


# --- the command line -----------------------------------------------------------------------------------------------------


def program(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "listinglint", *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", timeout=120, env={**os.environ, "LANG": "C", **environment}
    )


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.csv"
    rows = rows_of(3, 50)
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_check_uses_it_and_says_so(shop: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    wanted = program("check", shop, "--no-cache", "--format", "csv", "--quiet")
    assert not folder.exists()
    for n in (0, 50):
        done = program("check", shop, "--cache-dir", folder, "--format", "csv", "--statistics")
        assert done.stdout == wanted.stdout
        assert done.returncode == wanted.returncode == 1
        assert f"{n} of 50 listings were unchanged" in done.stderr
    done = program("check", shop, "--format", "csv", "--statistics", "--lang", "zh", LISTINGLINT_CACHE_DIR=str(folder))
    assert "50 个产品中有 0 个" in done.stderr
    assert program("cache", "dir", LISTINGLINT_CACHE_DIR=str(folder)).stdout == f"{folder}\n"
    assert "50 listings" not in program("cache", "--cache-dir", tmp_path).stdout
    assert "100 listings" in program("cache", "size", "--cache-dir", folder).stdout
    assert "emptied" in program("cache", "clean", "--cache-dir", folder).stdout
    assert "已清空" in program("cache", "clean", "--cache-dir", folder, "--lang", "zh").stdout
    assert "empty" in program("cache", "--cache-dir", folder).stdout
    assert program("cache", "burn").returncode == 2


def test_runs_at_the_same_time(shop: Path, tmp_path: Path) -> None:
    wanted = program("check", shop, "--no-cache", "--format", "csv", "--quiet").stdout
    command = [sys.executable, "-m", "listinglint", "check", str(shop), "--cache-dir", str(tmp_path / "kept"), "--format", "csv", "--quiet"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") for _ in range(4)]
    assert {one.communicate(timeout=120)[0] for one in running} == {wanted}
    assert "50 of 50" in program("check", shop, "--cache-dir", tmp_path / "kept", "--format", "csv", "--statistics").stderr


def test_every_format_and_a_baseline_are_the_same(shop: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    for _ in range(2):
        program("check", shop, "--cache-dir", tmp_path / "kept", "--write-baseline", baseline, "--quiet")
        first = baseline.read_text(encoding="utf-8")
        baseline.unlink()
        program("check", shop, "--no-cache", "--write-baseline", baseline, "--quiet")
        assert first == baseline.read_text(encoding="utf-8")
    for form in ("text", "jsonl", "json", "sarif", "junit", "github", "gitlab", "markdown"):
        outputs = {program("check", shop, *extra, "--format", form, "--quiet", "--advice").stdout for extra in (("--no-cache",), ("--cache-dir", str(tmp_path / "kept")))}
        assert len(outputs) == 1, form


def test_api(shop: Path, tmp_path: Path) -> None:
    wanted = list(listinglint.check_catalog(shop))
    for _ in range(2):
        assert list(listinglint.check_catalog(shop, cache=tmp_path / "kept")) == wanted
    assert CacheFile(tmp_path / "kept", MANY).size().entries == 50
    assert [report.listing for report in wanted[:-1]] == list(open_catalog([shop]))  # type: ignore[union-attr]
