"""Search-term reports of any tool, and what they ask for that the catalog does not have."""

from __future__ import annotations

import pytest

from listinglint.model import Listing
from listinglint.suggestions.demand import SearchTerms, SearchTermsError, key_of, match_columns, uncovered
from listinglint.suggestions.graph import KeyphraseGraph


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (("Keyword", "Avg. monthly searches", "Competition (indexed value)"), {"keyword": 0, "volume": 1, "competition": 2}),
        (("序号", "关键词", "搜索量", "卖家竞争度", "点击量"), {"keyword": 1, "volume": 2, "competition": 3, "clicks": 4}),
        (("Customer Search Term", "Impressions", "Clicks"), {"keyword": 0, "volume": 1, "clicks": 2}),
        (("Search_Term", "Search Volume (US)"), {"keyword": 0, "volume": 1}),
    ],
)
def test_columns_of_common_reports(header: tuple[str, ...], found: dict[str, int]) -> None:
    assert match_columns(header) == found


def test_report_without_searches_is_refused_with_its_columns() -> None:
    with pytest.raises(SearchTermsError, match="'Campaign', 'Cost'"):
        match_columns(("Campaign", "Cost"))


@pytest.mark.parametrize(
    ("text", "volume"), [("1,234", 1234), ("12.5K", 12500), ("3万", 30000), ("1 000", 1000), ("900-1200", 900), ("", 1), ("1.2m", 1_200_000), ("45%", 0.45)]
)
def test_volumes_as_reports_write_them(text: str, volume: float) -> None:
    header = ("keyword", "clicks") if not text else ("keyword", "volume")
    terms = SearchTerms.of([(header, [("bike bell", text)])])
    assert terms.get("bike bells").volume == pytest.approx(volume)  # type: ignore[union-attr]


def test_reports_are_merged_by_words() -> None:
    terms = SearchTerms.of([(("keyword", "volume"), [("bike bell", "100"), ("Bell Bike", "20"), ("", "7")]), (("关键词", "搜索量"), [("bike bells", "30")])])
    assert len(terms) == 1
    assert terms.get("bike bell").volume == 150  # type: ignore[union-attr]
    assert terms.get("bike bell").text == "bike bell"  # type: ignore[union-attr]


def test_competition_is_scaled_to_one() -> None:
    terms = SearchTerms.of([(("keyword", "volume", "competition"), [("a bell", "1", "30"), ("a horn", "1", "60"), ("a lamp", "1", "low")])])
    assert terms.get("a horn").competition == 1.0  # type: ignore[union-attr]
    assert terms.get("a bell").competition == 0.5  # type: ignore[union-attr]


def test_demand_that_no_listing_answers() -> None:
    terms = SearchTerms.of_mapping({"bike bell": 500, "bike helmet": 900, "garden gnome": 50})
    found = uncovered(terms, [("A1", "Brass Bicycle Bell, Bike Bell"), ("A2", "Garden Hose 20 m")])
    assert [one.term.text for one in found] == ["bike helmet", "garden gnome"]


def test_graph_gives_phrases_of_the_same_kind_that_the_title_answers() -> None:
    listings = [Listing.of({"title": f"Brass Bicycle Bell {n}", "keywords": "bicycle bell, brass bell, loud bell"}) for n in range(3)]
    graph = KeyphraseGraph.of([*listings, Listing.of({"title": "Garden Hose", "keywords": "water hose"})])
    phrases = [text for text, _, found in graph.phrases_for("Brass Bell for Bicycles", "Bell") if found == 1.0]
    assert "brass bell" in phrases
    assert "loud bell" not in phrases
    assert "water hose" not in phrases


def test_key_ignores_order_and_number() -> None:
    assert key_of("bells for bikes") == key_of("bike bell for")
