"""What every check asks of a word, found out once for each distinct word: texts are read by look-ups in this table.

The flags of a word say for which checks it matters; a text's mask is all flags of its words, so that a check sees at once whether
the text can have any word that it looks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, reduce
from operator import or_
from typing import Final

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.language.commonness import is_rare_name
from listinglint.language.languages import is_listed_foreign, tells_foreign
from listinglint.language.spelling import everyday_correction, is_unknown, known_misspellings, trade_correction
from listinglint.model.memory import WORDS
from listinglint.model.patterns import lazy_pattern

MISSPELT: Final = 1
"""A known misspelling, or a slip of a word of the trade."""
UNKNOWN: Final = 2
"""5–24 letters that no lexicon, brand list or joining of two words explains: only such words are slips of the catalog's own words."""
FOREIGN: Final = 4
"""A function word or trade word of another language (`languages.language_of`)."""
FOREIGN_NAME: Final = 8
"""A word that tells another language within a short text (`languages.foreign_run`)."""
TELLING: Final = 16
"""Three letters or more, and neither empty talk (`empty_words`), function word nor filler."""
FEATURE: Final = 32
"""Names a feature, a material or a colour."""
MATERIAL: Final = 64
"""Names a material."""
DIGITS: Final = 128
"""Holds a digit."""
MEASURE: Final = 256
"""A number with its unit (`220v`)."""
RARE: Final = 512
"""A rare alias of a product's name (`commonness.rarer_than`)."""

_FIRST_DECLARED: Final = 10
_PIECE: Final = lazy_pattern(r"[^\W_]+")
_declared: dict[int, Callable[[], Iterable[str]]] = {}
_tests: dict[int, Callable[[str], bool]] = {}


def flag_for(words: Callable[[], Iterable[str]]) -> int:
    """A flag of its own for the words (lower case) that a check looks for: without it in a text's mask none of them stands there.

    `words` is called when the first word is looked up. Letters and digits that signs such as `°` or `€` join to others count.
    """
    bit = 1 << (_FIRST_DECLARED + len(_declared) + len(_tests))
    _declared[bit] = words
    _records.clear()
    _sets.cache_clear()
    return bit


def flag_where(test: Callable[[str], bool]) -> int:
    """A flag of its own for the words (lower case) of which `test` is true; each distinct word is tested once."""
    bit = 1 << (_FIRST_DECLARED + len(_declared) + len(_tests))
    _tests[bit] = test
    _records.clear()
    return bit


@cache
def _sets() -> tuple[tuple[int, frozenset[str]], ...]:
    return tuple((bit, frozenset(words())) for bit, words in _declared.items())


@cache
def _features() -> frozenset[str]:
    return frozenset(word for word in lexicons.word_list("features") if " " not in word)


def _flags_of(word: str) -> int:
    flags, info = 0, w.word_info(word)
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
    if len(word) > 2 and word not in lexicons.word_list("empty_words") and not info & (w.FUNCTION_WORD | w.FILLER):
        flags |= TELLING
    if word in _features() or w.stem(word) in _features() or (info & (w.MATERIAL | w.COLOUR) and not info & w.FILLER):
        flags |= FEATURE
    if (info & w.MATERIAL and len(word) > 3) or word in lexicons.word_list("materials"):
        flags |= MATERIAL
    if info & w.MEASURE and word[0].isdigit():
        flags |= MEASURE
    if any(map(str.isdigit, word)):
        flags |= DIGITS
    if is_rare_name(word):
        flags |= RARE
    for one in (word,) if word.isascii() else (word, *_PIECE.findall(word)):
        for bit, words in _sets():
            if one in words:
                flags |= bit
    for bit, test in _tests.items():
        if test(word):
            flags |= bit
    return flags


Record = tuple[int, str]


class _Records(dict[str, Record]):
    def __missing__(self, word: str) -> Record:
        if len(self) > WORDS:
            self.clear()
        record = self[word] = _flags_of(word), w.stem(word)
        return record


_records: Final = _Records()
word_record: Final[Callable[[str], Record]] = _records.__getitem__
"""The flags and the stem of a word in lower case; each distinct word is looked at once."""


def word_flags(word: str) -> int:
    """The flags of a word in lower case."""
    return word_record(word)[0]


def mask_of(words: Iterable[str]) -> int:
    """All flags of the words together."""
    return reduce(or_, {flags for flags, _ in map(word_record, words)}, 0)
