"""Finds a seller's own words in texts: whole words, whatever their case and spacing, in linear time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from listinglint.rules.analysis import FieldText


@lru_cache(maxsize=64)
def words_pattern(words: tuple[str, ...]) -> Any:
    """A compiled RE2 pattern for any of the words, the longest first; None for no words."""
    import re2

    wanted = sorted({" ".join(word.split()) for word in words if word.strip()}, key=lambda word: (-len(word), word))
    if not wanted:
        return None
    return re2.compile(f"(?i)(?:{'|'.join(map(_whole, wanted))})")


def _whole(word: str) -> str:
    import re2

    # Chinese writes no spaces between words, so only Latin letters and digits have word ends.
    start = r"\b" if word[0].isascii() and word[0].isalnum() else ""
    end = r"\b" if word[-1].isascii() and word[-1].isalnum() else ""
    return start + r"\s+".join(re2.escape(piece) for piece in word.split()) + end


def find_words(part: FieldText, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of the words in a text, markup left out, in order and without overlaps."""
    pattern = words_pattern(tuple(words))
    if pattern is None:
        return
    for match in pattern.finditer(part.text):
        yield match.span()


def in_case_of(model: str, word: str) -> str:
    """`word` with the capitals of `model`: `Cell Phone` makes `mobile phone` to `Mobile Phone`."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    if not model[:1].isupper() or not word.islower():
        return word
    words = model.split()
    if all(one[:1].isupper() for one in words):
        return " ".join(one[:1].upper() + one[1:] for one in word.split(" "))
    return word[:1].upper() + word[1:]
