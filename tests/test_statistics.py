"""What a catalog says about its words: bounded, merged in any parts, and without the counts that no answer depends on."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from listinglint.language.statistics import CatalogStatistics

_WORDS = st.sampled_from(["bell", "bike", "Lamp", "for", "desk", "acme", "x1", "-", "oak"])
_TITLES = st.lists(st.lists(_WORDS, min_size=1, max_size=6).map(" ".join), max_size=60)


@settings(max_examples=60, deadline=None)
@given(_TITLES, st.integers(1, 7))
def test_what_is_told_answers_as_the_whole(titles: list[str], size: int) -> None:
    rows = [{"title": title, "brand": "Acme" if at % 3 else None} for at, title in enumerate(titles)]
    whole = CatalogStatistics()
    for first in range(0, len(rows), size):
        whole.merge(CatalogStatistics.of(rows[first : first + size]))
    told = whole.told()
    assert (told.titles, told.branded, told.common) == (whole.titles, whole.branded, whole.common)
    for word in {"unseen", *whole.words, *whole.segments}:
        assert told.ending(word) == whole.ending(word)
        assert told.is_brand(word) == whole.is_brand(word) and told.begins_brand(word) == whole.begins_brand(word)
        assert all(told.more_than(word, least) == whole.more_than(word, least) for least in range(1, 40))
    assert all(count > 1 for count in told.words.values())


def test_tables_are_cut_seldom_and_keep_the_commonest() -> None:
    whole = CatalogStatistics(limit=100)
    largest = cuts = 0
    for chunk in range(200):
        before = len(whole.words)
        whole.merge(CatalogStatistics.of([f"Bicycle Bell no{chunk}x{n}" for n in range(5)]))
        largest = max(largest, len(whole.words))
        cuts += len(whole.words) < before
    assert largest <= 200 and 0 < cuts <= 10
    assert whole.words["bicycle"] == 1000 and whole.titles == 1000
