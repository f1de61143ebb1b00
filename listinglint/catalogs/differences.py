"""Finds the places where two texts differ, by whole words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Final

_MOST_WORDS: Final = 3000
"""Texts with more words than this between their first and last change are shown as one change: comparing words takes squared time."""
_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")


def changes(before: str, after: str) -> Iterator[tuple[int, int, int, int]]:
    """Places `[a, b)` of the old and `[c, d)` of the new text that differ, in order, by whole words."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    start = sum(map(len, old[:head]))
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    starts_old, starts_new = _starts(old, start), _starts(new, start)
    if max(len(old), len(new)) > _MOST_WORDS:
        yield start, starts_old[-1], start, starts_new[-1]
        return
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield starts_old[a], starts_old[b], starts_new[c], starts_new[d]


def _starts(words: list[str], start: int) -> list[int]:
    places = [start]
    for word in words:
        places.append(places[-1] + len(word))
    return places
