"""Search-term reports: what buyers typed, how often, and how contested it is, from whatever tool exported them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from listinglint import lexicons
from listinglint.language.words import FUNCTION_WORD, stem, word_info

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*", re.UNICODE)
_NUMBER = re.compile(r"-?\d[\d,. ]*\d|\d")
_LEVELS = {"low": 0.2, "medium": 0.5, "mid": 0.5, "high": 0.9, "低": 0.2, "中": 0.5, "高": 0.9}


class SearchTermsError(ValueError):
    """A search-term report that cannot be used; the message names the columns found and those expected."""


class SearchTerm(NamedTuple):
    """A search: its text, how often it was made, its competition (0–1, None where unknown), and the clicks it brought."""

    text: str
    volume: float
    competition: float | None
    clicks: float | None


def key_of(text: str) -> str:
    """What searches compare by: the stems of the words, sorted."""
    return " ".join(sorted(stem(word) for word in _WORD.findall(text.lower())))


@cache
def _headers() -> dict[str, str]:
    return {" ".join(row["header"].lower().split()): row["column"] for row in lexicons.table("search_term_columns")}


def match_columns(header: Sequence[str]) -> dict[str, int]:
    """Which column holds keyword, volume, competition, clicks. Raises SearchTermsError where none holds keywords."""
    known = _headers()
    found: dict[str, int] = {}
    for at, cell in enumerate(header):
        text = " ".join(str(cell).lower().replace("_", " ").split())
        bare = re.sub(r"\s*[(（].*?[)）]", "", text).strip()
        column = known.get(text) or known.get(bare)
        if column is not None:
            found.setdefault(column, at)
    if "keyword" not in found:
        names = ", ".join(repr(str(cell)) for cell in header if str(cell).strip()) or "none"
        raise SearchTermsError(f"no column with search terms among {names}; expected one named keyword, search term, query, 关键词 or 搜索词")
    return found


def _number(text: str) -> float | None:
    low = text.strip().lower()
    if low in _LEVELS:
        return _LEVELS[low]
    match = _NUMBER.search(low)
    if match is None:
        return None
    digits = match[0].replace(" ", "")
    value = float(digits.replace(",", "")) if re.fullmatch(r"-?\d{1,3}(?:,\d{3})*(?:\.\d+)?|-?\d+(?:\.\d+)?", digits) else float(digits.split(",")[0].replace(".", "") or 0)
    if low.endswith("k"):
        value *= 1_000
    elif low.endswith(("m", "mio")):
        value *= 1_000_000
    elif low.endswith("万"):
        value *= 10_000
    return value / 100 if low.endswith("%") else value


@dataclass
class SearchTerms:
    """The searches of one or more reports, merged by their words; the same search in several reports adds up."""

    terms: dict[str, SearchTerm]

    @classmethod
    def of(cls, tables: Iterable[tuple[Sequence[str], Iterable[Sequence[str]]]]) -> SearchTerms:
        """From tables (header, rows). Rows without a search are left out; a report without volumes counts clicks, or 1 each."""
        merged: dict[str, SearchTerm] = {}
        for header, rows in tables:
            columns = match_columns(header)
            for row in rows:
                term = _term(row, columns)
                if term is None:
                    continue
                key = key_of(term.text)
                if key:
                    known = merged.get(key)
                    merged[key] = term if known is None else _add(known, term)
        contested = [term.competition for term in merged.values() if term.competition is not None]
        if contested and max(contested) > 1:
            top = max(contested)
            merged = {key: term._replace(competition=None if term.competition is None else term.competition / top) for key, term in merged.items()}
        return cls(merged)

    @classmethod
    def of_mapping(cls, volumes: Mapping[str, float]) -> SearchTerms:
        """From searches with their volumes."""
        return cls.of([(("keyword", "volume"), [(text, str(volume)) for text, volume in volumes.items()])])

    def __len__(self) -> int:
        return len(self.terms)

    def get(self, text: str) -> SearchTerm | None:
        """The search with these words, in any order and number."""
        return self.terms.get(key_of(text))

    def by_word(self) -> dict[str, list[SearchTerm]]:
        """Stems of content words with the searches that hold them, the most frequent first."""
        index = self.__dict__.get("_by_word")
        if index is None:
            index = {}
            for term in sorted(self.terms.values(), key=lambda t: (-t.volume, t.text)):
                for word in set(_WORD.findall(term.text.lower())):
                    if not word_info(word) & FUNCTION_WORD:
                        index.setdefault(stem(word), []).append(term)
            self.__dict__["_by_word"] = index
        return index

    @property
    def highest(self) -> float:
        """The largest volume."""
        known = self.__dict__.get("_highest")
        if known is None:
            known = self.__dict__["_highest"] = max((term.volume for term in self.terms.values()), default=0.0)
        return known


def _term(row: Sequence[str], columns: Mapping[str, int]) -> SearchTerm | None:
    def cell(name: str) -> str:
        at = columns.get(name)
        return str(row[at]) if at is not None and at < len(row) and row[at] is not None else ""

    text = " ".join(cell("keyword").split()).strip("\"'“”[]+")
    if not text or not any(c.isalpha() for c in text):
        return None
    clicks = _number(cell("clicks")) if "clicks" in columns else None
    volume = _number(cell("volume")) if "volume" in columns else None
    if volume is None:
        volume = clicks if clicks is not None else 1.0
    competition = _number(cell("competition")) if "competition" in columns else None
    return SearchTerm(text, max(0.0, volume), competition, clicks)


def _add(one: SearchTerm, other: SearchTerm) -> SearchTerm:
    first = one if one.volume >= other.volume else other
    known = [c for c in (one.competition, other.competition) if c is not None]
    clicks = [c for c in (one.clicks, other.clicks) if c is not None]
    return SearchTerm(first.text, one.volume + other.volume, max(known) if known else None, sum(clicks) if clicks else None)


class Uncovered(NamedTuple):
    """A search that no listing of the catalog answers, with the relevance of the nearest one."""

    term: SearchTerm
    nearest: str | None
    relevance: float


_CERTAIN = 0.85
"""Of so much relevance a title answers a search even when it does not hold the search's head (a synonym stands for it)."""


def uncovered(terms: SearchTerms, titles: Iterable[tuple[str, str]], *, least: float = 0.5, most: int = 10_000) -> list[Uncovered]:
    """The searches (the most frequent first) that no listing answers.

    A listing answers a search when it holds the search's last content word, the thing asked for, and reaches `least` in
    relevance. `titles` yields label and text of each listing. A search is compared only with listings that share a word.
    """
    from listinglint.language.relevance import keyword_relevance

    wanted = sorted(terms.terms.values(), key=lambda t: (-t.volume, t.text))[:most]
    index: dict[str, list[int]] = {}
    kept: list[tuple[str, str]] = []
    for label, text in titles:
        for word in {stem(w) for w in _WORD.findall(text.lower()) if not word_info(w) & FUNCTION_WORD}:
            index.setdefault(word, []).append(len(kept))
        kept.append((label, text))
    out: list[Uncovered] = []
    for term in wanted:
        counts: dict[int, float] = {}
        for word in {stem(w) for w in _WORD.findall(term.text.lower())}:
            places = index.get(word, ())
            for at in places[:5_000]:
                counts[at] = counts.get(at, 0.0) + 1.0 / len(places)
        near = sorted(counts, key=lambda at: (-counts[at], at))[:20]
        best = 0.0
        nearest: str | None = None
        asked = stem(_WORD.findall(term.text.lower())[-1])
        holders = set(index.get(asked, ()))
        for at in near:
            relevance = keyword_relevance(term.text, kept[at][1])
            if at not in holders and relevance < _CERTAIN:
                relevance = min(relevance, 0.99 * least)
            if relevance > best:
                best, nearest = relevance, kept[at][0]
        if best < least:
            out.append(Uncovered(term, nearest, best))
    return out
