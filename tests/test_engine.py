"""Linting a catalog: order, processes, crashes, suppressions, fixes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from listinglint.config import Seller, Settings
from listinglint.engine import Linter, check, fix, lint_catalog
from listinglint.engine import catalog as catalog_module
from listinglint.engine.suppress import SuppressionError, Suppressions, parse_ignore
from listinglint.model import Edit, Listing, Source, Text
from listinglint.rules.registry import RuleError, builtin, choose
from listinglint.rules.rule import Bad, Good, Hit, Rule, texts

DAY = datetime.date(2026, 11, 25)
PRODUCTS = ("Bicycle Bell", "Garden Hose", "LED Desk Lamp", "Cotton Apron", "Steel Bucket", "Wooden Spoon")
FAULTS = ("", " very nice", " FREE SHIPPING", "，new", "  ", " !!!")


def listings(count: int) -> list[Listing]:
    out = []
    for n in range(count):
        title = f"{PRODUCTS[n % 6]} {n // 11} cm{FAULTS[n % 5]}"
        out.append(
            Listing.of(
                {"id": str(n), "title": title, "keywords": f"{PRODUCTS[n % 6].lower()}, tool", "description": "Good. " * (n % 30), "brand": "Acme" if n % 9 else "ACME"}
            )
        )
    return out


@pytest.fixture
def crashing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rule]:
    def crash(doc: Any, options: Any) -> Iterator[Hit]:
        if "7" in doc.title.raw:
            raise ZeroDivisionError("seven")
        yield doc.title.hit(0, 1)

    rule = Rule("crashing", "titles", "info", Text("x", "x"), texts("m", "m"), Text("p", "p"), crash, (Good("a"), Bad("b")), fields=("title",))
    monkeypatch.setitem(builtin(), rule.name, rule)
    yield rule


def test_reports_come_in_order_and_do_not_depend_on_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog_module, "_FEW", 0)
    catalog = listings(620)
    settings = Settings(date=DAY)
    one = lint_catalog(catalog, settings, jobs=1)
    two = lint_catalog(catalog, settings, jobs=2)
    assert [r.listing.text("id") for r in one] == [str(n) for n in range(620)]
    assert [(r.score, r.findings) for r in one] == [(r.score, r.findings) for r in two]
    assert any(f.rule == "inconsistent-spelling" for r in one for f in r.findings)


def test_triggers_change_nothing_over_a_catalog() -> None:
    catalog = listings(120)
    with_them = lint_catalog(catalog, Settings(date=DAY))
    without = lint_catalog(catalog, Settings(date=DAY, triggers=False))
    assert [r.findings for r in with_them] == [r.findings for r in without]


def test_listings_judged_together_are_judged_as_each_alone() -> None:
    linter = Linter(Settings(date=DAY))
    some = [*listings(90), Listing.of({"title": "自行车铃", "keywords": "bell"}), Listing.of({}), Listing.of({"description": "Mug"})]
    alone = [linter.lint(listing, None, {}) for listing in some]
    assert linter.lint_all(some, None, [{}] * len(some)) == alone
    assert linter.extract_all(some) == [linter.extract(listing) for listing in some]
    assert linter.lint_all([]) == []


def test_crashing_screen_is_an_internal_error_of_its_listing_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def screen(doc: Any) -> bool:
        return int(doc.title.raw) > 1

    def find(doc: Any, options: Any) -> Iterator[Hit]:
        yield doc.title.hit(0, 1)

    rule = Rule("screened", "titles", "info", Text("x", "x"), texts("m", "m"), Text("p", "p"), find, (Good("a"), Bad("b")), fields=("title",), screen=screen)
    monkeypatch.setitem(builtin(), "screened", rule)
    reports = Linter(Settings(select=("screened",))).lint_all([Listing.of({"title": title}) for title in ("1", "Mug", "2")])
    assert [[finding.text for finding in report.findings] for report in reports] == [[], [], ["2"]]
    assert [[error.rule for error in report.errors] for report in reports] == [[], ["screened"], []]


def test_crash_becomes_an_internal_error_of_its_listing(crashing: Rule) -> None:
    reports = lint_catalog([Listing.of({"id": "a", "title": "Mug 7"}), Listing.of({"title": "Mug"})], Settings(select=("crashing",)))
    assert [len(r.errors) for r in reports] == [1, 0]
    error = reports[0].errors[0]
    assert (error.rule, error.listing) == ("crashing", "a")
    assert "ZeroDivisionError: seven" in error.error
    assert reports[1].findings[0].rule == "crashing"


def test_crash_while_gathering_is_reported_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def extract(doc: Any, options: Any) -> Any:
        if doc.title.raw == "bad":
            raise KeyError("gone")
        return 1

    def resolve(values: Any, options: Any) -> Any:
        return {at: [{}] for at, _ in values}

    rule = Rule(
        "gathering", "catalog", "info", Text("x", "x"), texts("m", "m"), Text("p", "p"), lambda doc, options: iter([Hit("title")]), (),
        fields=("title",), extract=extract, resolve=resolve,
    )  # fmt: skip
    monkeypatch.setitem(builtin(), rule.name, rule)
    reports = lint_catalog([Listing.of({"title": t}) for t in ("good", "bad", "fine")], Settings(select=("gathering",)))
    assert [len(r.findings) for r in reports] == [1, 0, 1]
    assert [e.rule for r in reports for e in r.errors] == ["gathering"]


def test_most_specific_selector_wins_then_the_later() -> None:
    linter = Linter()
    names = lambda **given: {a.rule.name for a in choose(Settings(**given), linter.marketplace)}  # noqa: E731
    assert names(select=("facts",)) >= {"invalid-gtin", "price-tiers"}
    assert "invalid-gtin" not in names(select=("facts",), ignore=("invalid-gtin",))
    assert names(ignore=("ALL",), extend_select=("invalid-gtin",)) == {"invalid-gtin"}
    assert "invalid-gtin" in names(ignore=("facts",), extend_select=("invalid-gtin",))
    assert "invalid-gtin" not in names(ignore=("invalid-gtin",), extend_select=("facts",))


def test_variant_can_be_switched_off_and_severity_set() -> None:
    long = {"title": "Bicycle Bell", "description": "One word."}
    on = Linter(Settings(select=("description-length",), severity={"description-length:short": "error"})).lint(Listing.of(long))
    assert [(f.variant, f.severity) for f in on.findings] == [("short", "error")]
    off = Linter(Settings(select=("description-length",), ignore=("description-length:short",))).lint(Listing.of(long))
    assert off.findings == ()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"select": ("invalid-gtim",)}, "did you mean 'invalid-gtin'"),
        ({"ignore": ("title-length:upper",)}, "has no variant 'upper'"),
        ({"options": {"stale-listing": {"day": 3}}}, "did you mean 'days'"),
        ({"options": {"stale-listing": {"days": "three"}}}, "takes a whole number"),
        ({"options": {"stale-listing": {"days": 0}}}, "takes 1 or more"),
        ({"plugins": ("no_such_module_here",)}, "no_such_module_here"),
    ],
)
def test_unusable_settings_are_told(given: dict[str, Any], told: str) -> None:
    with pytest.raises(RuleError, match=told):
        Linter(Settings(**given))


def test_fix_loops_until_nothing_changes_and_never_worsens() -> None:
    listing = Listing.of({"title": "  Bicycle   Bell ，Brass  ", "keywords": "bicycle bell，bike bell、cycle bell"})
    result = fix(listing, Linter(Settings(date=DAY)))
    assert result.after.score >= result.before.score
    assert result.listing.text("keywords") == "bicycle bell, bike bell, cycle bell"
    again = fix(result.listing, Linter(Settings(date=DAY)))
    assert again.edits == ()


def test_fix_drops_overlapping_edits(monkeypatch: pytest.MonkeyPatch) -> None:
    def twice(doc: Any, options: Any) -> Iterator[Hit]:
        if doc.title.raw == "abcd":
            yield Hit("title", 0, 3, edits=(Edit("title", 0, 3, "x"),), safety="safe")
            yield Hit("title", 2, 4, edits=(Edit("title", 2, 4, "y"),), safety="safe")

    rule = Rule("overlap", "titles", "info", Text("x", "x"), texts("m", "m"), Text("p", "p"), twice, (), fields=("title",), fix="safe")
    monkeypatch.setitem(builtin(), rule.name, rule)
    result = fix(Listing.of({"title": "abcd"}), Linter(Settings(select=("overlap",))))
    assert result.listing.text("title") == "xd"


def test_ignore_cell_with_value() -> None:
    listing = Listing({"title": "Bell", "gtin": "123", "description": ""}, Source(ignore="invalid-gtin=12, descriptions"))
    report = Linter(Settings(select=("invalid-gtin", "description-missing"))).lint(listing)
    assert report.findings == ()
    assert report.suppressed == 2
    assert parse_ignore('misspelling="two words"; ALL') == (("misspelling", "two words"), ("ALL", None))


def test_suppression_file(tmp_path: Path) -> None:
    path = tmp_path / "ignore.csv"
    path.write_text("id,rule,value,reason,until\nA,invalid-gtin,,own code,\n*,description-missing,,,2020-01-01\nB,facts,,,\n", encoding="utf-8")
    rows = Suppressions.read(path)
    settings = Settings(select=("invalid-gtin", "description-missing"), date=DAY)
    catalog = [Listing.of({"id": name, "title": "Bell", "gtin": "123", "description": ""}) for name in "AC"]
    reports = list(check(catalog, settings, suppressions=rows))
    assert [[f.rule for f in r.findings] for r in reports] == [["description-missing"], ["description-missing", "invalid-gtin"]]
    assert [row.line for row in rows.unused(DAY)] == [3, 4]


@pytest.mark.parametrize(("text", "told"), [("rule\nx\n", "columns id and rule"), ("id,rule,until\nA,x,soon\n", "line 2, column until"), ("id,rule\nA,\n", "column rule: empty")])
def test_broken_suppression_file(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "ignore.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SuppressionError, match=told):
        Suppressions.read(path)


def test_seller_holds_certificates_for_all_listings() -> None:
    seller = Seller.of({"certifications": "CE", "brands": ["Acme"]})
    assert seller.certifications == ("CE",)
    with pytest.raises(ValueError, match="unknown seller setting"):
        Seller.of({"certificate": "CE"})
