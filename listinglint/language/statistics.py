"""What a catalog itself says about words, gathered in one streaming pass: heads, brands, frequencies.

Memory is bounded: when a table outgrows twice its limit, its rarest entries go. Statistics merge, so shards can be counted
apart, and pickle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

import xxhash

from listinglint.model import Listing
from listinglint.model.patterns import lazy_pattern

_SEGMENT = lazy_pattern(r"\s[-–—|/]\s|[,;|(\[{:]|\s(?:for|with|in|by|from|to|on)\s", re.I)
_TOKEN = lazy_pattern(r"[^\s,;|()\[\]{}:/]+")
_STEPS: Final = 16
_COMMON: Final = 30
_SEEN: Final = 5
"""How often a word must have been seen to say how often it ends a segment."""

Correction = Callable[[str, "CatalogStatistics"], str | None]
Question = tuple[Any, ...]
"""The name of a method of CatalogStatistics with its arguments."""


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
        """What readers of titles have worked out from the counts, by spelling; forgotten when more is counted, like the next."""
        self.corrections: dict[str, str | None] = {}

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "endness": {}, "corrections": {}}

    def _forget(self) -> None:
        if self.endness or self.corrections:
            self.endness.clear()
            self.corrections.clear()

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
        self._forget()
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
        self._bound()

    def merge(self, other: CatalogStatistics) -> CatalogStatistics:
        """Adds the counts of `other` to these; returns self."""
        self.titles += other.titles
        self._forget()
        self.branded += other.branded
        for mine, theirs in zip(self._tables(), other._tables(), strict=True):
            for key, count in theirs.items():
                mine[key] = mine.get(key, 0) + count
        self._bound()
        return self

    def told(self) -> CatalogStatistics:
        """The same without the counts that no answer depends on: most words of a large catalog stand in one title only."""
        other = CatalogStatistics(self.limit)
        other.titles, other.branded = self.titles, self.branded
        other.words = {word: count for word, count in self.words.items() if count > 1}
        other.segments = {word: count for word, count in self.segments.items() if count >= _SEEN}
        other.last = {word: count for word, count in self.last.items() if word in other.segments}
        other.brands, other.brand_first = dict(self.brands), dict(self.brand_first)
        return other

    # Rules and readers put only these questions. Their answers are coarse: a listing more or less changes few of them, so that
    # what was found out about the other listings mostly stays true.

    def ending(self, word: str) -> tuple[float, int] | None:
        """How often the word (lower case) ends the segment it stands in, 0–1 in sixteenths, and how often it was seen, by the octave.

        None when it was seen fewer than five times.
        """
        seen = self.segments.get(word, 0)
        if seen < _SEEN:
            return None
        return round(_STEPS * self.last.get(word, 0) / seen) / _STEPS, 3 << seen.bit_length() - 2

    def more_than(self, word: str, titles: int) -> bool:
        """True when the word, in any case, stands in more titles than that (one at least)."""
        return self.words.get(word.lower(), 0) > titles

    def is_brand(self, text: str) -> bool:
        """True when the catalog's brand column held this text."""
        return " ".join(text.lower().split()) in self.brands

    def begins_brand(self, word: str) -> bool:
        """True when a title began with its given brand and that with this word (lower case)."""
        return word in self.brand_first

    @property
    def common(self) -> list[str]:
        """The words of plain letters that stand in thirty titles or more, in order."""
        return sorted(word for word, count in self.words.items() if count >= _COMMON and word.isascii() and word.isalpha())

    def correction(self, word: str, search: Correction) -> str | None:
        """What `search` finds for a word (lower case) among those of this catalog; remembered."""
        if word not in self.corrections:
            self.corrections[word] = search(word, self)
        return self.corrections[word]

    def _tables(self) -> tuple[dict[str, int], ...]:
        return self.words, self.segments, self.last, self.first, self.brands, self.brand_first

    def _bound(self) -> None:
        for counts in self._tables():
            if len(counts) > 2 * self.limit:
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


class NotedStatistics(CatalogStatistics):
    """The statistics of a catalog that note which questions are put to them, so that it can be seen later whether the answers still hold.

    They share the tables of `plain`, which must not change any more. `search` is what `correction` will be asked with.
    """

    def __init__(self, plain: CatalogStatistics, search: Correction) -> None:
        self.__dict__.update(plain.__dict__)
        self._plain = plain
        self._search = search
        self._common: list[str] = []
        self._note()

    def apart(self) -> NotedStatistics:
        """The same with notes of its own, for one listing of several that are looked at by turns."""
        other = object.__new__(NotedStatistics)
        other.__dict__.update(self.__dict__)
        other._note()
        return other

    def _note(self) -> None:
        self._asked: set[Question] = set()
        self.endness = _NotedWords(self._plain.endness, self._asked)

    def more_than(self, word: str, titles: int) -> bool:
        """See CatalogStatistics; noted."""
        self._asked.add(("more_than", word, titles))
        return super().more_than(word, titles)

    def is_brand(self, text: str) -> bool:
        """See CatalogStatistics; noted."""
        self._asked.add(("is_brand", text))
        return super().is_brand(text)

    def begins_brand(self, word: str) -> bool:
        """See CatalogStatistics; noted."""
        self._asked.add(("begins_brand", word))
        return super().begins_brand(word)

    def correction(self, word: str, search: Correction) -> str | None:
        """See CatalogStatistics; noted."""
        self._asked.update((("common_words",), ("correction", word)))
        return self._plain.correction(word, search)

    def take_answers(self) -> list[tuple[Question, Any]]:
        """The questions since the last call, in order, with their answers of plain JSON types."""
        taken = [(question, self._answer(question)) for question in sorted(self._asked)]
        self._asked.clear()
        return taken

    def hold(self, answers: Iterable[tuple[Sequence[Any], Any]]) -> bool:
        """True where all these questions would be answered so today. Raises KeyError or TypeError for what are no questions."""
        corrected = False
        for question, answer in answers:
            if question[0] == "correction" and corrected:
                continue
            same = self._answer(question) == answer
            if question[0] == "common_words":
                # Of the same words the same corrections come; other words must be tried.
                corrected = same
            elif not same:
                return False
        return True

    def _answer(self, question: Sequence[Any]) -> Any:
        name, *arguments = question
        return self._ANSWERS[name](self, *arguments)

    def _ending(self, word: str) -> list[float] | None:
        known = super().ending(word)
        return None if known is None else list(known)

    def _correction(self, word: str) -> str | None:
        return self._plain.correction(word, self._search)

    def _common_words(self) -> str:
        if not self._common:
            self._common.append(xxhash.xxh3_128_hexdigest("\n".join(self.common).encode()))
        return self._common[0]

    _ANSWERS: ClassVar[Mapping[str, Callable[..., Any]]] = {
        "ending": _ending,
        "more_than": CatalogStatistics.more_than,
        "is_brand": CatalogStatistics.is_brand,
        "begins_brand": CatalogStatistics.begins_brand,
        "common_words": _common_words,
        "correction": _correction,
    }


class _NotedWords(dict[str, float]):
    """The memory of readers of titles, by spelling, as one listing sees it: who looks there asks how often the word ends a segment."""

    def __init__(self, memory: dict[str, float], asked: set[Question]) -> None:
        super().__init__()
        self._memory, self._asked = memory, asked

    def get(self, text: str, default: Any = None) -> Any:
        self._asked.add(("ending", text.lower().replace("’", "'")))
        return self._memory.get(text, default)

    def __setitem__(self, text: str, value: float) -> None:
        self._memory[text] = value
