"""Marketplace files: that each loads, says where its limits come from, and that limits switch on their day."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from listinglint.marketplaces import MARKS, MarketplaceError, marketplace, measure, names
from listinglint.rules.registry import builtin

TODAY = datetime.date(2026, 11, 25)


@pytest.mark.parametrize("name", names())
def test_every_file_loads_with_sources(name: str) -> None:
    found = marketplace(name)
    assert found.name == name
    assert found.limits
    for limit in found.limits:
        assert limit.source.strip(), limit
        assert limit.mark in MARKS
        assert limit.since is None or limit.until is None or limit.since <= limit.until
    assert any("\u4e00" <= c <= "\u9fff" for c in found.label.zh) or found.label.zh == found.label.en
    assert set(found.rules) <= set(builtin())


def test_all_marketplaces_are_there() -> None:
    known = "alibaba aliexpress amazon dhgate ebay etsy google lazada made-in-china openai shopee shopify taobao walmart"
    assert set(known.split()) <= set(names())


@pytest.mark.parametrize(("day", "category", "most"), [("2026-07-26", None, 200), ("2026-07-27", None, 75), ("2026-07-27", "media", 200)])
def test_a_limit_switches_on_its_day(day: str, category: str | None, most: int) -> None:
    limit = marketplace("amazon").limit("title", "max", datetime.date.fromisoformat(day), category)
    assert limit is not None
    assert limit.value == most


@pytest.mark.parametrize(
    ("name", "field", "kind", "value"),
    [("alibaba", "title", "max", 128), ("alibaba", "keywords", "count_max", 3), ("etsy", "keywords", "each_max", 20), ("ebay", "subtitle", "max", 55),
     ("amazon", "keywords", "max", 249), ("taobao", "title", "max", 60), ("shopify", "seo_title", "max", 70), ("google", "title", "max", 150)],
)  # fmt: skip
def test_figures(name: str, field: str, kind: str, value: float) -> None:
    limit = marketplace(name).limit(field, kind, TODAY)
    assert limit is not None
    assert limit.value == value


def test_measure() -> None:
    assert measure("e\u0301a", "characters") == 2
    assert measure("e\u0301a", "bytes") == 3
    assert measure("包丁 A", "width") == 6
    assert measure("包丁 A", "bytes") == 8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[limits]\n", "cannot be read"),
        ('[keywords]\nkind = "heap"\n', "keywords.kind"),
        ('[[limits]]\nfield = "title"\nkind = "max"\nmark = "own"\n', "'value' is missing"),
        ('[[limits]]\nfield = "titel"\nkind = "max"\nvalue = 1\nmark = "own"\n', "no such field"),
        ('[[limits]]\nfield = "title"\nkind = "most"\nvalue = 1\nmark = "own"\n', "kind is one of"),
        ('[[limits]]\nfield = "title"\nkind = "max"\nvalue = "many"\nmark = "own"\n', "value is a number"),
        ('[[limits]]\nfield = "title"\nkind = "max"\nvalue = 1\nmark = "own"\nsince = "2026-01-01"\n', "since is a date"),
    ],
)
def test_a_broken_file_says_what_is_wrong(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MarketplaceError, match=r"mine\.toml") as raised:
        marketplace(str(path))
    assert expected in str(raised.value)


def test_an_unknown_name_is_told_the_nearest() -> None:
    with pytest.raises(MarketplaceError, match="did you mean 'amazon'"):
        marketplace("amazn")
