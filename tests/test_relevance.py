"""How well a keyword fits a listing, and why."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import listinglint

CLOSER = [
    ("bag", "Canvas Tote Bag", "Bag Parts"),
    ("couch", "Fabric Sofa with Oak Legs", "Fabric Curtain with Oak Rings"),
    ("wrench", "Adjustable Spanner 10 Inch", "Adjustable Bed Frame"),
    ("mouse", "Wireless Mouse", "Wireless Mouse Pad"),
    ("12 v drill", "Cordless Drill 12V", "Cordless Drill 18V"),
    ("tyre pump", "Portable Tire Pump", "Portable Water Pump"),
]


@pytest.mark.parametrize(("keyword", "near", "far"), CLOSER)
def test_the_product_itself_fits_better(keyword: str, near: str, far: str) -> None:
    assert listinglint.keyword_relevance(keyword, near) > listinglint.keyword_relevance(keyword, far)


def test_the_head_counts_most() -> None:
    title = "Leather Bag"
    assert listinglint.keyword_relevance("canvas bag", title) > listinglint.keyword_relevance("leather sofa", title)


def test_reasons() -> None:
    found = listinglint.explain_relevance("leather purse", "Leather Handbag")
    assert [(match.word, match.how) for match in found.words] == [("leather", "same"), ("purse", "synonym")]
    assert "other-product" in listinglint.explain_relevance("mouse pad", "Wireless Mouse").reasons
    assert listinglint.explain_relevance("pump", {"title": ""}).score == 0.0


def test_other_fields_count() -> None:
    listing = {"title": "Desk Lamp", "attributes": {"Material": "Brass"}}
    assert listinglint.keyword_relevance("brass lamp", listing) > listinglint.keyword_relevance("brass lamp", "Desk Lamp")


@given(st.text(max_size=40), st.text(max_size=80))
def test_any_texts_score_between_nothing_and_one_and_are_explained(keyword: str, title: str) -> None:
    score = listinglint.keyword_relevance(keyword, title)
    assert 0.0 <= score <= 1.0
    assert listinglint.explain_relevance(keyword, {"title": title}).score == pytest.approx(score)


def test_documented_examples() -> None:
    page = Path(__file__).parent.parent / "docs" / "language.md"
    text = page.read_text(encoding="utf-8")
    section = text[text.index("## Relevance") : text.index("## Learning")].replace("```", "")
    test = doctest.DocTestParser().get_doctest(section, {}, page.name, str(page), 0)
    assert test.examples
    runner = doctest.DocTestRunner()
    assert runner.run(test).failed == 0
