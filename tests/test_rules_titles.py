"""Rules on titles: what their examples cannot show — dates, fixes that hold, hostile texts."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listinglint.config import Seller, Settings
from listinglint.engine import Linter, apply_edits
from listinglint.engine.fix import edits_of_one_pass
from listinglint.marketplaces import Limit, marketplace
from listinglint.model import Finding, Listing
from listinglint.rules.registry import builtin

TITLES = tuple(name for name, rule in builtin().items() if rule.group == "titles")
BANNED = "!$?_{}^¬¦"
PIECES = (
    "Mug", "Mugs", "steel", "Stainless", "very", "New", "High Quality", "for", "with", "and", "&", ",", "/", "|", "★", "🔥", "【", "】", "**",
    "(", ")", '"', "!", "$5", "_", "iPhone", "220V", "10 x 20 cm", "&amp;", "<b>", "&#9733;", "不锈钢", "Café", "Ⅷ", "ß", "İ", "\u00a0", "\u200b",
    "-", "’s", "T-Shirt", "Faucet", "Kitchen", "Shelf, Rack and Hook", "Series", "Baboosh", "x", ".", "…", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
)  # fmt: skip


def findings(rule: str, title: str, *, options: dict[str, Any] | None = None, day: str = "2026-11-25", **fields: Any) -> list[Finding]:
    """What one rule says about a listing on alibaba."""
    chosen = Settings(select=(rule,), options={rule: options} if options else {}, date=datetime.date.fromisoformat(day))
    report = Linter(chosen).lint(Listing.of({"title": title, **fields}))
    assert report.errors == ()
    return list(report.findings)


def mended(rule: str, title: str, *, options: dict[str, Any] | None = None) -> str:
    """The title after the fixes of one rule have been applied until nothing changes."""
    linter = Linter(Settings(select=(rule,), options={rule: options} if options else {}))
    listing = Listing.of({"title": title})
    for _ in range(6):
        edits = edits_of_one_pass(linter.lint(listing).findings, unsafe=True)
        if not edits:
            break
        listing = apply_edits(listing, edits)
    return listing.text("title") or ""


def with_limits(*limits: Limit) -> Any:
    return dataclasses.replace(marketplace("alibaba"), limits=limits)


def limit(value: int, since: str | None, until: str | None, unit: Any = "characters") -> Limit:
    day = datetime.date.fromisoformat
    return Limit("title", "max", value, unit, "own", "test", day(since) if since else None, day(until) if until else None)


def length_variant(title: str, day: str, *limits: Limit) -> str | None:
    """The variant that `title-length` reports on a day under these limits."""
    linter = Linter(Settings(select=("title-length",), date=datetime.date.fromisoformat(day)))
    linter.marketplace = with_limits(*limits)
    found = linter.lint(Listing.of({"title": title})).findings
    return found[0].variant if found else None


AMAZON = (limit(200, None, "2026-07-26"), limit(75, "2026-07-27", None))


@pytest.mark.parametrize(
    ("length", "day", "expected"),
    [
        (100, "2026-07-26", None),
        (100, "2026-07-27", "over"),
        (200, "2026-07-26", "near"),
        (201, "2026-07-26", "over"),
        (75, "2026-07-27", "near"),
        (73, "2026-07-27", "near"),
        (72, "2026-07-27", None),
        (76, "2030-01-01", "over"),
    ],
)
def test_length_follows_the_limit_of_the_day(length: int, day: str, expected: str | None) -> None:
    title = ("Enamel Camping Mug " * 20)[:length].rstrip().ljust(length, "x")
    assert length_variant(title, day, *AMAZON) == expected


def test_length_counts_in_the_unit_of_the_limit() -> None:
    width = limit(20, None, None, "width")
    assert length_variant("不锈钢水龙头厨房水槽", "2026-11-25", width) == "near"
    assert length_variant("不锈钢水龙头厨房水槽架", "2026-11-25", width) == "over"
    assert length_variant("Cafe\u0301 Cups of Tin", "2026-11-25", limit(16, None, None, "bytes")) == "over"
    assert length_variant("Cafe\u0301 Cups of Tin", "2026-11-25", limit(16, None, None)) == "near"


def test_length_marks_what_is_too_much() -> None:
    (found,) = findings("title-length", "  " + "Enamel Camping Mug " * 7)
    assert found.start == 2 + 128
    assert found.text is not None and found.end == found.start + len(found.text)


def test_no_product_name_tells_where_the_name_is() -> None:
    assert [f.selector for f in findings("title-no-product-name", "Aurora Series")] == ["title-no-product-name:nowhere"]
    (found,) = findings("title-no-product-name", "Aurora Series", category="Furniture > Office Chair")
    assert found.variant == "elsewhere" and "Office Chair" in found.message
    (found,) = findings("title-no-product-name", "Aurora Series", description="A chandelier of hand-blown glass.")
    assert found.variant == "elsewhere" and "chandelier" in found.message


@pytest.mark.parametrize("day", ["2026-07-01", "2026-11-25"])
def test_no_product_name_nowhere_is_worth_one_star(day: str) -> None:
    linter = Linter(Settings(date=datetime.date.fromisoformat(day), select=("titles",)))
    report = linter.lint(Listing.of({"title": "Aurora Series"}))
    assert report.stars == 1


def test_filler_leaves_what_the_listing_calls_its_brand() -> None:
    assert findings("title-filler", "Nice Leather Wallet", brand="Nice") == []
    assert findings("title-filler", "Nice Leather Wallet") != []
    assert findings("title-filler", "Nice Leather Wallet", options={"allowed": ["nice"]}) == []


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Very Nice, Leather Wallet", "Leather Wallet"),
        ("Leather Wallet (High Quality) Brown", "Leather Wallet (High Quality) Brown"),
        ("[Best Quality] Leather Wallet", "Leather Wallet"),
        ("Leather Wallet, New Design, Brown", "Leather Wallet, Brown"),
        ("Leather Wallet **Awesome**", "Leather Wallet"),
    ],
)
def test_filler_leaves_no_rubble(title: str, expected: str) -> None:
    assert mended("title-filler", title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("★★★ Mug ★★★", "Mug"),
        ("Mug★Blue", "Mug Blue"),
        ("Tray ● 20 cm ● Oak", "Tray - 20 cm - Oak"),
        ("Board 20✖30 cm", "Board 20×30 cm"),
        ("Family 👨‍👩‍👧 Mug", "Family Mug"),
        ("Mug ⭐️ 🔥 Blue", "Mug Blue"),
        ("「Acme」 Mug", "[Acme] Mug"),
    ],
)
def test_decorations_go_safely(title: str, expected: str) -> None:
    assert mended("special-characters", title) == expected
    assert all(f.fix is not None and f.fix.safety == "safe" for f in findings("special-characters", title))


def test_banned_characters_want_a_look() -> None:
    (found,) = findings("special-characters", "Sale! Mug_Blue", options={"banned": BANNED})
    assert found.fix is not None and found.fix.safety == "unsafe"
    assert mended("special-characters", "Sale! Mug_Blue", options={"banned": BANNED}) == "Sale Mug Blue"
    assert findings("special-characters", "Sale! Mug_Blue") == []
    assert findings("special-characters", "Oak Tray • 20 cm", options={"allowed": "•"}) == []
    assert findings("special-characters", "Tempered Glass™ ½ Inch", options={"banned": "™½"}) != []


def test_stuffing_follows_the_marketplace() -> None:
    title = "Garden Hose 20 m, Flexible Hose"
    assert findings("title-keyword-stuffing", title) != []
    assert findings("title-keyword-stuffing", title, options={"most": 2}) == []
    for three in ("Garden Hose, Water Hoses, Flexible Hose", "Tea Pot, Tea Cup and Tea Tray for Tea"):
        assert findings("title-keyword-stuffing", three, options={"most": 2}) != []
    assert findings("title-keyword-stuffing", "Color Box, Colour Boxes, Box", options={"most": 2}) != []


def test_case_style_any_says_nothing() -> None:
    assert findings("title-case", "enamel camping mug") != []
    assert findings("title-case", "enamel camping mug", options={"style": "any"}) == []
    assert findings("title-case", "enamel Mug", brand="enamel") == []
    linter = Linter(Settings(select=("title-case",), seller=Seller.of({"brands": ["enamel"]})))
    assert linter.lint(Listing.of({"title": "enamel Mug"})).findings == ()


def test_missing_keyword_reads_every_cell() -> None:
    title = "Enamel Camping Mug"
    assert findings("title-missing-keyword", title, keywords=["drinkware", "mug"]) == []
    assert findings("title-missing-keyword", title, keywords=["drinkware", "tableware"]) != []
    assert findings("title-missing-keyword", title, keywords="") == []


@pytest.mark.parametrize("rule", [name for name in TITLES if builtin()[name].fix != "none"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
def test_a_fix_mends_and_comes_to_rest(rule: str, pieces: list[str]) -> None:
    options = {"banned": BANNED} if rule == "special-characters" else None
    once = mended(rule, " ".join(pieces), options=options)
    assert mended(rule, once, options=options) == once


@settings(max_examples=120, deadline=None)
@given(title=st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)))
def test_no_text_crashes_a_rule_and_places_lie_inside(title: str) -> None:
    linter = Linter(Settings(select=TITLES, options={"special-characters": {"banned": BANNED}}))
    listing = Listing.of({"title": title, "keywords": "enamel mug, camping cup", "category": "Kitchen > Mugs", "description": title})
    report = linter.lint(listing)
    assert report.errors == ()
    for found in report.findings:
        if found.start is not None:
            assert found.end is not None
            assert 0 <= found.start <= found.end <= len(title)
        for edit in found.fix.edits if found.fix else ():
            assert 0 <= edit.start <= edit.end <= len(title)
