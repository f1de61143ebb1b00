"""Misspelt words, in three layers: a list of known ones, words close to a common word of the same catalog, words close
to a word of the trade.

Close is one edit: a letter left out, put in or changed, or two neighbours that changed places. A word counts as misspelt only when nothing knows it: no lexicon, no brand list, no word-frequency list.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.language.languages import is_foreign
from listinglint.model.memory import WORDS

if TYPE_CHECKING:
    from listinglint.language.statistics import CatalogStatistics

_RARE: Final = 2
_VOWELS: Final = frozenset("aeiou")
_LONGEST: Final = 24
_LONG: Final = 9
"""From so many letters on a changed vowel is a slip; shorter words become other words by it."""
_SHORTEST: Final = {"catalog": 5, "trade": 7}
_UNUSED: Final = 1e-8
"""Relative frequency (zipf 1.0) up to which a word of the frequency list may still be a misspelling."""
_PREFIXES: Final = ("dis", "de", "re", "un", "bi", "pre", "mono", "auto", "semi")
"""With these any verb or noun reads as derived (`diswasher`), so that being derived proves nothing."""
_DESCRIPTIVE: Final = ("ed", "ing", "able", "ible", "ic", "ical", "less", "proof", "ful", "ous", "al")
_USUAL: Final = 1e-7
"""Relative frequency (zipf 2.0) that the right word must have: a rarer one may itself be a foreign name."""


@cache
def known_misspellings() -> dict[str, str]:
    """Known misspellings in lower case with the right word; none that a lexicon or brand list has as a word of its own."""
    words = w.lexicon()
    return {row["wrong"]: row["right"] for row in lexicons.table("misspellings") if row["wrong"] not in words}


class NearWords:
    """Words by their first letter and length; answers which of them are one edit away."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words: frozenset[str] = frozenset(words)
        self._shelves: dict[tuple[str, int], list[str]] = {}
        for word in self.words:
            self._shelves.setdefault((word[:1], len(word)), []).append(word)
        self._in_reach: dict[tuple[str, int], list[str]] = {}

    def near(self, word: str) -> list[str]:
        """The words that are one edit from `word` and begin with its letter, in alphabetical order."""
        place = word[:1], len(word)
        reach = self._in_reach.get(place)
        if reach is None:
            reach = self._in_reach[place] = [one for step in (-1, 0, 1) for one in self._shelves.get((place[0], place[1] + step), ())]
        found = extract(word, reach, scorer=OSA.distance, score_cutoff=1, limit=None)
        return sorted(one for one, distance, _ in found if distance)


def is_slip(wrong: str, right: str) -> bool:
    """True for an edit that fingers and ears make: neighbours swapped, a letter left out or put in before the last, one
    vowel for another. A changed consonant or ending is mostly another word, a name or another language."""
    if len(wrong) == len(right):
        at = next(i for i, (x, y) in enumerate(zip(wrong, right, strict=True)) if x != y)
        swapped = wrong[at + 1 : at + 2] != right[at + 1 : at + 2]
        return swapped or (_LONG <= len(wrong) > at + 1 and wrong[at] in _VOWELS and right[at] in _VOWELS)
    longer, shorter = (wrong, right) if len(wrong) > len(right) else (right, wrong)
    return longer[-1] == shorter[-1] and (longer[-2] == shorter[-2] or longer[-1] == longer[-2] or len(wrong) < len(right))


@cache
def _trade_index() -> NearWords:
    """Words of the trade of five letters or more."""
    own = set(known_misspellings().values())
    for name in ("type_words", "materials", "colours", "audience", "styles"):
        own.update(lexicons.word_list(name))
    own.update(lexicons.head_groups())
    return NearWords(word for word in own if len(word) > 4 and word.isalpha() and word.isascii())


def _is_everyday(word: str) -> bool:
    """True for a word that everybody uses (zipf 3.3 and more): near it even a bold slip is one."""
    return lexicons.word_frequency(word) >= _EVERYDAY


def everyday_correction(word: str) -> str | None:
    """The everyday word of the trade that `word` (lower case) is one edit from, where nothing else explains it; else None."""
    found = _everyday.get(word, "")
    if found == "":
        if len(_everyday) > WORDS:
            _everyday.clear()
        found = _everyday[word] = _everyday_search(word)
    return found


_everyday: dict[str, str | None] = {}


def _everyday_search(word: str) -> str | None:
    if not 5 <= len(word) <= _LONGEST or not word.isalpha() or not word.isascii():
        return None
    index = _trade_index()
    stem = word[:-1] if word.endswith("s") and not word.endswith("ss") else ""
    for one, ending in ((word, ""), (stem, "s")):
        near = [right for right in index.near(one) if _is_everyday(right)] if len(one) > 4 else []
        if len(near) != 1 or not is_unknown(word) or is_foreign(one):
            continue
        right, often = near[0], lexicons.word_frequency(word)
        if often > _HEARD or often * _RATIO > lexicons.word_frequency(right) or not _bold_slip(one, right, often) or ending and right.endswith(("y", "s", "x", "h")):
            return None
        return right + ending
    return None


def _bold_slip(wrong: str, right: str, often: float) -> bool:
    """True for one edit within an everyday word; at its end only a letter doubled, `c` written `ck`, or one lost from a long word."""
    if len(wrong) == len(right):
        at = next(i for i, (x, y) in enumerate(zip(wrong, right, strict=True)) if x != y)
        if wrong[at + 1 : at + 2] != right[at + 1 : at + 2]:
            return True
        alike = {wrong[at], right[at]} in _ALIKE or (wrong[at] in _VOWELS and right[at] in _VOWELS)
        return often <= _UNUSED and at < len(wrong) - 1 and alike and len(right) > 5
    if len(wrong) > len(right):
        if wrong[:-1] == right:
            return wrong[-1] == right[-1] or wrong.endswith("ck")
        return len(right) > 5 or any(a == b for a, b in pairwise(wrong))
    if right[:-1] == wrong:
        return len(right) > 7 and often == 0.0
    return len(right) > 5


_ALIKE: Final = ({"c", "k"}, {"c", "s"}, {"s", "z"}, {"m", "n"}, {"g", "j"}, {"i", "y"}, {"t", "d"}, {"f", "v"}, {"s", "t"}, {"w", "v"})
"""Letters that are taken for one another by ear."""
_EVERYDAY: Final = 2e-6
_HEARD: Final = 1e-7
_RATIO: Final = 500


_catalogs: WeakKeyDictionary[CatalogStatistics, NearWords] = WeakKeyDictionary()


def _catalog_index(statistics: CatalogStatistics) -> NearWords:
    known = _catalogs.get(statistics)
    if known is None:
        common = (word for word in statistics.common if len(word) >= _SHORTEST["catalog"])
        known = _catalogs[statistics] = NearWords(word for word in common if w.lexicon().get(word, 0) & ~w.BRAND)
    return known


def is_unknown(word: str) -> bool:
    """True for a word that no lexicon, brand list or joining of two known words explains."""
    table = w.lexicon()
    if word in table or word in lexicons.brands() or (w.word_info(word) and not word.startswith(_PREFIXES)):
        return False
    if word.endswith("s") and (w.word_info(word[:-1]) or word[:-1] in lexicons.brands()):
        return False
    return not any(table.get(word[:at], 0) & w.KNOWN and table.get(word[at:], 0) & w.KNOWN for at in range(4, len(word) - 3))


_trade: dict[str, str | None] = {}


def trade_correction(word: str) -> str | None:
    """The word of the trade that `word` (lower case) is a slip of; None where it is known or nothing is close."""
    found = _trade.get(word, "")
    if found == "":
        if len(_trade) > WORDS:
            _trade.clear()
        found = _trade[word] = _search(word, _trade_index(), _SHORTEST["trade"] - 1, _SHORTEST["trade"])
    return found


def catalog_correction(word: str, statistics: CatalogStatistics) -> str | None:
    """The common word of the catalog that a rare `word` (lower case) is a slip of, or None."""
    if len(word) < _SHORTEST["catalog"] or statistics.more_than(word, _RARE):
        return None
    return statistics.correction(word, search_catalog)


def search_catalog(word: str, statistics: CatalogStatistics) -> str | None:
    """The word among the common ones of the catalog that `word` (lower case) is a slip of, or None."""
    index = _catalog_index(statistics)
    return _search(word, index, _SHORTEST["catalog"], _SHORTEST["catalog"]) if index.words else None


def is_descriptive(wrong: str, right: str) -> bool:
    """True for a slip of a describing word of eight or more letters, which is no brand even as the first word of a title."""
    return len(wrong) > 7 and wrong[-2:] == right[-2:] and right.endswith(_DESCRIPTIVE)


def _search(word: str, index: NearWords, shortest: int, least: int) -> str | None:
    """The word of the index of at least `least` letters that `word`, of at least `shortest`, is a slip of."""
    if not shortest <= len(word) <= _LONGEST or not word.isalpha() or not word.isascii():
        return None
    stem = word[:-1] if word.endswith("s") and not word.endswith("ss") else ""
    for one, ending in ((word, ""), (stem, "s")):
        near = [right for right in index.near(one) if len(right) >= least and is_slip(one, right)] if len(one) >= shortest else []
        if len(near) == 1 and is_unknown(word) and lexicons.word_frequency(word) <= _UNUSED:
            right = near[0]
            if lexicons.word_frequency(right) < _USUAL:
                return None
            if ending and right.endswith(("y", "s", "x", "ch", "sh")):
                return None if right[-1] != "y" or right[-2] in _VOWELS else right[:-1] + "ies"
            return right + ending
    return None
