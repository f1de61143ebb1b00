"""Phrase lexicons, all matched in one Aho–Corasick pass over normalised text.

A phrase is normalised as the text is (lower case, punctuation to spaces, single spaces), so that `factory-direct`
and `Factory Direct!` meet the phrase `factory direct`. A match always covers whole words.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from listinglint import lexicons

Entry = Mapping[str, str]

_SEPARATORS = "".join(chr(code) for code in range(128) if not chr(code).isalnum())
_SEPARATORS += "\u00a0\u2002\u2003\u2009\u200b\u3000‘’“”–—…•·★☆™®©，。、；：！？（）【】"
_TO_SPACE = str.maketrans(dict.fromkeys(_SEPARATORS, " "))


def flatten(text: str) -> str:
    """`text` in lower case with every separator turned into a space; same length as `text`."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.translate(_TO_SPACE)


def normal(phrase: str) -> str:
    """The words of `phrase` as they stand in normalised text, parted by single spaces."""
    return " ".join(flatten(phrase).split())


class PhraseMatch(NamedTuple):
    """A phrase found in normalised text: the word it begins with (counted from 0), how many words, its entry."""

    lexicon: str
    first: int
    length: int
    entry: Entry


@cache
def read_lexicon(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `data/lexicons/NAME.csv` (UTF-8, header; lines that begin with `#` are comments)."""
    path = lexicons.data_dir() / "lexicons" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(line for line in handle if not line.startswith("#")))


def _rows(name: str) -> Iterable[tuple[str, Entry]]:
    """Phrases with their entries: the first column, or each spelling of a `spellings` column (parted by `;`)."""
    for row in read_lexicon(name):
        first = next(iter(row.values()))
        spellings = [first, *(s for s in (row.get("spellings") or "").split(";") if s.strip())]
        for spelling in spellings:
            key = normal(spelling)
            if key:
                yield key, row


class PhraseMatcher:
    """All phrases of some lexicons in one automaton."""

    def __init__(self, phrases: Mapping[str, Iterable[tuple[str, Entry]]]) -> None:
        import ahocorasick_rs

        self._entries: list[list[tuple[str, Entry]]] = []
        index: dict[str, int] = {}
        for name, rows in phrases.items():
            for phrase, entry in rows:
                at = index.setdefault(f" {phrase} ", len(index))
                if at == len(self._entries):
                    self._entries.append([])
                if all(known != name for known, _ in self._entries[at]):
                    self._entries[at].append((name, entry))
        self._patterns = list(index)
        self._automaton: Any = ahocorasick_rs.AhoCorasick(self._patterns) if self._patterns else None

    def find(self, norm: str) -> list[PhraseMatch]:
        """Matches in `norm` (single spaced, with a space at either end), by place; of one lexicon the longest only."""
        if self._automaton is None:
            return []
        found = self._automaton.find_matches_as_indexes(norm, overlapping=True)
        if not found:
            return []
        out: list[PhraseMatch] = []
        last_end: dict[str, int] = {}
        words = counted = 0
        for pattern, start, end in sorted(found, key=lambda m: (m[1], -m[2])):
            words += norm.count(" ", counted, start)
            counted = start
            for name, entry in self._entries[pattern]:
                if end <= last_end.get(name, -1):
                    continue
                last_end[name] = end
                out.append(PhraseMatch(name, words, self._patterns[pattern].count(" ") - 1, entry))
        return out


@cache
def matcher(names: tuple[str, ...]) -> PhraseMatcher:
    """The shared automaton of these lexicons."""
    return PhraseMatcher({name: tuple(_rows(name)) for name in names})
