"""What a catalog itself says about words, gathered in one streaming pass: heads, brands, frequencies.

Memory is bounded: when a table outgrows its limit, its rarest entries go. Statistics merge, so shards can be counted
apart, and pickle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from listinglint.model import Listing

_SEGMENT = re.compile(r"\s[-–—|/]\s|[,;|(\[{:]|\s(?:for|with|in|by|from|to|on)\s", re.I)
_TOKEN = re.compile(r"[^\s,;|()\[\]{}:/]+")


class CatalogStatistics:
    """Counts over the titles of a catalog.

    `words` holds in how many titles a word stands (lower case), `segments` how often a word stands in a segment
    before a separator or preposition, `last` how often it ends one, `first` how often it begins a title, `brands` how
    often a brand text was given, `brand_first` how often a title begins with the first word of its given brand.
    """

    def __init__(self, limit: int = 200_000) -> None:
        self.limit = limit
        self.titles = 0
        self.branded = 0
        self.words: dict[str, int] = {}
        self.segments: dict[str, int] = {}
        self.last: dict[str, int] = {}
        self.first: dict[str, int] = {}
        self.brands: dict[str, int] = {}
        self.brand_first: dict[str, int] = {}
        self.endness: dict[str, float] = {}
        """What readers of titles have worked out from the counts, by spelling; forgotten when more is counted."""

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "endness": {}}

    @classmethod
    def of(cls, listings: Iterable[Any]) -> CatalogStatistics:
        """Statistics of an iterable of titles, mappings or listings."""
        found = cls()
        for one in listings:
            title, brand = title_and_brand(one)
            if title:
                found.add(title, brand)
        return found

    def add(self, title: str, brand: str | None = None) -> None:
        """Counts one title, and its brand where the source has one."""
        low = title.lower()
        tokens = _TOKEN.findall(low)
        if not tokens:
            return
        self.titles += 1
        if self.endness:
            self.endness.clear()
        for word in set(tokens):
            self.words[word] = self.words.get(word, 0) + 1
        self.first[tokens[0]] = self.first.get(tokens[0], 0) + 1
        for segment in _SEGMENT.split(low):
            words = _TOKEN.findall(segment)
            for word in words:
                self.segments[word] = self.segments.get(word, 0) + 1
            if len(words) > 1:
                self.last[words[-1]] = self.last.get(words[-1], 0) + 1
        if brand and brand.strip():
            self.branded += 1
            key = " ".join(brand.lower().split())
            self.brands[key] = self.brands.get(key, 0) + 1
            if low.startswith(key):
                word = key.split(" ")[0]
                self.brand_first[word] = self.brand_first.get(word, 0) + 1
        if len(self.words) > 2 * self.limit:
            self._shrink()

    def merge(self, other: CatalogStatistics) -> CatalogStatistics:
        """Adds the counts of `other` to these; returns self."""
        self.titles += other.titles
        self.endness.clear()
        self.branded += other.branded
        for mine, theirs in zip(self._tables(), other._tables(), strict=True):
            for key, count in theirs.items():
                mine[key] = mine.get(key, 0) + count
        self._shrink()
        return self

    def headness(self, word: str) -> float | None:
        """How often the word ends the segment it stands in, 0–1; None when it was seen fewer than five times."""
        key = word.lower()
        seen = self.segments.get(key, 0)
        return self.last.get(key, 0) / seen if seen >= 5 else None

    def frequency(self, word: str) -> int:
        """In how many titles the word stands."""
        return self.words.get(word.lower(), 0)

    def is_brand(self, text: str) -> bool:
        """True when the catalog's brand column held this text."""
        return " ".join(text.lower().split()) in self.brands

    def _tables(self) -> tuple[dict[str, int], ...]:
        return self.words, self.segments, self.last, self.first, self.brands, self.brand_first

    def _shrink(self) -> None:
        for counts in self._tables():
            if len(counts) > self.limit:
                keep = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[: self.limit]
                counts.clear()
                counts.update(keep)


def title_and_brand(one: Any) -> tuple[str, str | None]:
    """The title and brand of a title text, a mapping or a Listing."""
    if isinstance(one, str):
        return one, None
    if isinstance(one, Listing):
        return one.text("title") or "", one.text("brand")
    if isinstance(one, Mapping):
        brand = one.get("brand")
        return str(one.get("title") or ""), str(brand) if brand else None
    raise TypeError(f"a title, a mapping or a Listing is wanted, not {type(one).__name__}")
