"""Phrase lexicons, all matched in one Aho–Corasick pass over normalised text.

A phrase is normalised as the text is (lower case, punctuation to spaces, single spaces), so that `factory-direct`
and `Factory Direct!` meet the phrase `factory direct`. A match always covers whole words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from listinglint import lexicons
from listinglint.model.patterns import lazy_pattern

Entry = Mapping[str, str]

_SEPARATORS = "".join(chr(code) for code in range(128) if not chr(code).isalnum())
_SEPARATORS += "\u00a0\u2002\u2003\u2009\u200b\u3000‘’“”–—…•·★☆™®©，。、；：！？（）【】"
TO_SPACE = str.maketrans(dict.fromkeys(_SEPARATORS, " "))


def flatten(text: str) -> str:
    """`text` in lower case with every separator turned into a space; same length as `text`."""
    if text.isascii():
        return text.encode("ascii").translate(_BYTES).decode("ascii")
    try:
        return text.encode("latin-1").translate(_BYTES).decode("latin-1")
    except UnicodeEncodeError:
        return _with_wide(text.encode("latin-1", "replace").translate(_BYTES).decode("latin-1"), text)


def _with_wide(flat: str, text: str) -> str:
    """`flat` with the letters of `text` beyond Latin-1, which are spaces in it, in their places."""
    pieces: list[str] = []
    last = 0
    for match in _WIDE.finditer(text):
        start, end = match.span()
        lower = match[0].lower()
        if len(lower) != end - start or "Σ" in match[0]:
            return _flatten(text)  # what becomes of a letter depends on others
        pieces += flat[last:start], lower
        last = end
    return "".join(pieces) + flat[last:] if pieces else flat


def _flatten(text: str) -> str:
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.translate(TO_SPACE)


_BYTES = _flatten("".join(map(chr, range(256)))).encode("latin-1")
"""What `flatten` does to each character of Latin-1, which most texts keep to: nothing is faster than a table of bytes."""


_WIDE = lazy_pattern(f"[^\x00-\xff{re.escape(''.join(one for one in _SEPARATORS if one > chr(255)))}]+")
"""Characters beyond Latin-1 that part no words."""


def normal(phrase: str) -> str:
    """The words of `phrase` as they stand in normalised text, parted by single spaces."""
    return " ".join(flatten(phrase).split())


class PhraseMatch(NamedTuple):
    """A phrase found in normalised text: the word it begins with (counted from 0), how many words, its entry."""

    lexicon: str
    first: int
    length: int
    entry: Entry


def read_lexicon(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `data/lexicons/NAME.csv`."""
    return lexicons.table(name)


def _rows(name: str) -> Iterable[tuple[str, Entry]]:
    """Phrases with their entries: the first column, or each spelling of a `spellings` column (parted by `;`)."""
    for row in read_lexicon(name):
        first = next(iter(row.values()))
        spellings = [first, *(s for s in (row.get("spellings") or "").split(";") if s.strip())]
        for spelling in spellings:
            key = normal(spelling)
            if key:
                yield key, row


Raw = tuple[int, int, int]
"""A match as the automaton gives it: the number of the phrase, and the characters between which it stands."""


class PhraseMatcher:
    """All phrases of some lexicons in one automaton. `bits` has a bit for each lexicon."""

    def __init__(self, phrases: Mapping[str, Iterable[tuple[str, Entry]]]) -> None:
        import ahocorasick_rs

        self.bits: dict[str, int] = {name: 1 << at for at, name in enumerate(phrases)}
        self._entries: dict[str, dict[int, Entry]] = {name: {} for name in phrases}
        index: dict[str, int] = {}
        self._masks: list[int] = []
        for name, rows in phrases.items():
            for phrase, entry in rows:
                at = index.setdefault(f" {phrase} ", len(index))
                if at == len(self._masks):
                    self._masks.append(0)
                self._masks[at] |= self.bits[name]
                self._entries[name].setdefault(at, entry)
        patterns = list(index)
        self.lengths = [pattern.count(" ") - 1 for pattern in patterns]
        """How many words each phrase has."""
        self._find: Any = ahocorasick_rs.AhoCorasick(patterns).find_matches_as_indexes if patterns else None

    def scan(self, norm: str) -> tuple[list[Raw], int]:
        """All matches in `norm` (single spaced, with a space at either end), and the bits of their lexicons together."""
        found: list[Raw] = self._find(norm, overlapping=True) if self._find is not None else []
        mask = 0
        for pattern, _, _ in found:
            mask |= self._masks[pattern]
        return found, mask

    def raw(self, lexicon: str, scanned: Sequence[Raw]) -> tuple[Mapping[int, Entry], list[Raw]]:
        """The entries of a lexicon by the number of their phrase, and its matches among those that `scan` found, by place; of overlapping ones the longest only."""
        entries = self._entries[lexicon]
        found = [match for match in scanned if match[0] in entries]
        if len(found) > 1:
            found.sort(key=_by_place)
            last_end = -1
            kept = []
            for match in found:
                if match[2] > last_end:
                    last_end = match[2]
                    kept.append(match)
            found = kept
        return entries, found

    def pick(self, lexicon: str, norm: str, scanned: Sequence[Raw]) -> list[PhraseMatch]:
        """The same with the words of `norm` between which they stand."""
        entries, found = self.raw(lexicon, scanned)
        out: list[PhraseMatch] = []
        words = counted = 0
        for pattern, start, _ in found:
            words += norm.count(" ", counted, start)
            counted = start
            out.append(PhraseMatch(lexicon, words, self.lengths[pattern], entries[pattern]))
        return out


def _by_place(match: Raw) -> tuple[int, int]:
    return match[1], -match[2]


@cache
def matcher(names: tuple[str, ...]) -> PhraseMatcher:
    """The shared automaton of these lexicons."""
    return PhraseMatcher({name: tuple(_rows(name)) for name in names})
