"""What every check asks of a word, found out once for each distinct word: texts are read by look-ups in this table.

The flags of a word are those of `language.words` and, above them, the ones here; a text's mask is all flags of its words, so
that a check sees at once whether the text can have any word that it looks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, reduce
from operator import or_
from typing import Final

from listinglint import lexicons
from listinglint.language.languages import is_listed_foreign, tells_foreign
from listinglint.language.spelling import everyday_correction, is_unknown, known_misspellings, trade_correction
from listinglint.language.words import COLOUR, FILLER, FUNCTION_WORD, MATERIAL, stem, word_info

MISSPELT: Final = 1 << 40
"""A known misspelling, or a slip of a word of the trade."""
UNKNOWN: Final = 1 << 41
"""5–24 letters that no lexicon, brand list or joining of two words explains: only such words are slips of the catalog's own words."""
FOREIGN: Final = 1 << 42
"""A function word or trade word of another language (`languages.language_of`)."""
FOREIGN_NAME: Final = 1 << 43
"""A word that tells another language within a short text (`languages.foreign_run`)."""
EMPTY: Final = 1 << 44
"""A word that tells nothing of a product (`empty_words`)."""
TELLING: Final = 1 << 45
"""Three letters or more, and neither empty, function word nor filler."""
FEATURE: Final = 1 << 46
"""Names a feature, a material or a colour."""
DIGITS: Final = 1 << 47
"""Holds a digit."""

_MOST: Final = 200_000


@cache
def _features() -> frozenset[str]:
    return frozenset(word for word in lexicons.word_list("features") if " " not in word)


def _flags_of(word: str) -> int:
    flags = info = word_info(word)
    if word in known_misspellings():
        flags |= MISSPELT
    elif 4 < len(word) < 25 and word.isalpha() and word.isascii() and is_unknown(word):
        flags |= UNKNOWN
        if trade_correction(word) is not None or everyday_correction(word) is not None:
            flags |= MISSPELT
    if is_listed_foreign(word):
        flags |= FOREIGN
    if tells_foreign(word):
        flags |= FOREIGN_NAME
    if word in lexicons.word_list("empty_words"):
        flags |= EMPTY
    elif len(word) > 2 and not info & (FUNCTION_WORD | FILLER):
        flags |= TELLING
    if word in _features() or stem(word) in _features() or (info & (MATERIAL | COLOUR) and not info & FILLER):
        flags |= FEATURE
    if any(map(str.isdigit, word)):
        flags |= DIGITS
    return flags


class _Flags(dict[str, int]):
    def __missing__(self, word: str) -> int:
        if len(self) > _MOST:
            self.clear()
        flags = self[word] = _flags_of(word)
        return flags


word_flags: Final[Callable[[str], int]] = _Flags().__getitem__
"""The flags of a word in lower case; each distinct word is looked at once."""


def mask_of(words: Iterable[str]) -> int:
    """All flags of the words together."""
    return reduce(or_, set(map(word_flags, words)), 0)
