"""Grouping listings by keys: the same groups in memory and on disk, in the catalog's order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listinglint.rules import across
from listinglint.rules.across import KeyGroups, Member, key_of, key_of_set, word_key

KEYED = st.lists(st.lists(st.integers(-3, 3) | st.integers(-(1 << 63), (1 << 63) - 1), max_size=3), max_size=30)


def grouped(keyed: list[list[int]], least: int = 2) -> list[list[int]]:
    groups = KeyGroups()
    for ordinal, keys in enumerate(keyed):
        groups.note(ordinal, f"no. {ordinal}", (ordinal, ["ä"]))
        for key in keys:
            groups.add(key, ordinal)
    found = list(groups.groups(least))
    groups.close()
    assert all(member == Member(member.ordinal, f"no. {member.ordinal}", (member.ordinal, ["ä"])) for group in found for member in group)
    return [[member.ordinal for member in group] for group in found]


def expected(keyed: list[list[int]], least: int) -> list[list[int]]:
    by_key: dict[int, list[int]] = {}
    for ordinal, keys in enumerate(keyed):
        for key in keys:
            by_key.setdefault(key, []).append(ordinal)
    return sorted({tuple(ordinals): ordinals for ordinals in by_key.values() if len(ordinals) >= least}.values())


@given(KEYED, st.integers(2, 4))
def test_groups_are_those_that_share_a_key(keyed: list[list[int]], least: int) -> None:
    assert grouped(keyed, least) == expected(keyed, least)


@given(KEYED)
def test_on_disk_as_in_memory(keyed: list[list[int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(across, "_IN_MEMORY", 5)
        assert grouped(keyed) == expected(keyed, 2)


@given(st.lists(st.text(max_size=5), min_size=1, max_size=6, unique=True))
def test_a_set_less_one_word_has_the_key_of_the_rest(words: list[str]) -> None:
    total = sum(map(word_key, words))
    assert key_of_set(total - word_key(words[0])) == key_of_set(sum(map(word_key, reversed(words[1:]))))
    assert -(1 << 63) <= key_of_set(total) < 1 << 63 and -(1 << 63) <= key_of(*words) < 1 << 63
