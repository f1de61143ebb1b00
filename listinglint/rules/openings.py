"""Sentences of a description, and its opening and ending: what buyers and search engines read first and last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count, islice

from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FieldText

_BLOCK = lazy_pattern(r"</?(?:p|br|li|ul|ol|div|h[1-6]|table|tr|td|th|dd|dt|section)\b[^<>]{0,2000}>", re.I)
_END = lazy_pattern(r"[.!?。！？\n\r](?:(?<=[.!?])(?=[\s\"'“‘(A-Z\u4e00-\u9fff])|(?<=[。！？])|(?<=[\n\r])[\n\r]*)")
_ABBREVIATED = frozenset({"rs", "no", "nos", "approx", "vs", "inc", "ltd", "pvt", "max", "min", "dia", "in", "ft", "lbs", "oz", "e.g", "i.e", "etc", "cm", "mm", "fig", "vol", "wt", "pcs", "qty"})
"""What ends in a full stop without ending a sentence, unless a word with a capital follows."""
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "st", "co"})
_LONGEST = 8
"""No abbreviation has so many letters."""
_NEXT = lazy_pattern(r"\s+[A-Z][a-z]")
_NEW_PARAGRAPH = lazy_pattern(r"\n[ \t\r]{0,20}\n|</p>|<p\b", re.I)
_PARAGRAPH = 8
"""A paragraph of so many words is an opening by itself."""
READ = 3_000
"""So many characters are read, from the beginning or up to the end."""
Span = tuple[int, int]


class Sentences:
    """The places of sentences, made out as they are asked for."""

    __slots__ = ("_found", "_rest")

    def __init__(self, rest: Iterator[Span]) -> None:
        self._found: list[Span] = []
        self._rest = rest

    def __iter__(self) -> Iterator[Span]:
        for at in count():
            if at == len(self._found):
                self._found.extend(islice(self._rest, 1))
            if at == len(self._found):
                return
            yield self._found[at]

    def all(self) -> list[Span]:
        """The places of all of them."""
        self._found.extend(self._rest)
        return self._found


def each_sentence(part: FieldText) -> Sentences:
    """The places of the sentences (list items, paragraphs, cells) in the first few thousand characters."""
    if part.sentences is None:
        part.sentences = Sentences(_cut(part, False))
    return part.sentences


def sentences(part: FieldText, *, last: bool = False) -> list[Span]:
    """The places of all sentences in the first (or last) few thousand characters."""
    return list(_cut(part, last)) if last and len(part.text) > READ else each_sentence(part).all()


def _cut(part: FieldText, last: bool) -> Iterator[Span]:
    raw, text = part.raw, part.text
    low, high = (max(0, len(text) - READ), len(text)) if last else (0, min(len(text), READ))
    piece = text[low:high]
    if "<" in raw:
        breaks = [match.span() for match in _BLOCK.finditer(raw, low, high)]
        characters = list(piece)
        for start, _ in breaks:
            characters[start - low] = "\n"
        piece = "".join(characters)
    at = 0
    for match in _END.finditer(piece):
        mark = match[0]
        if mark == "." and _abbreviates(piece, match.start()):
            continue
        yield from _kept(piece, at, match.end() if mark in ".!?" else match.start(), low)
        at = match.end()
    yield from _kept(piece, at, len(piece), low)


def _abbreviates(piece: str, at: int) -> bool:
    """True when the full stop at `at` belongs to an abbreviation inside a sentence."""
    before = piece[max(0, at - _LONGEST) : at]
    if not before or before[-1].isspace():
        return False
    bare = before.rsplit(None, 1)[-1].rpartition("(")[2].lower()
    return bare in _TITLES or (bare in _ABBREVIATED and _NEXT.match(piece, at + 1) is None)


def _kept(piece: str, start: int, end: int, base: int) -> tuple[Span, ...]:
    """The place without spaces around it; none where no letter and no figure stands in it."""
    while start < end and piece[start].isspace():
        start += 1
    while end > start and piece[end - 1].isspace():
        end -= 1
    told = end > start and (piece[start].isalnum() or any(map(str.isalnum, piece[start:end])))
    return ((base + start, base + end),) if told else ()


def idle(doc: AnalysedListing, part: FieldText, found: list[Span]) -> list[bool]:
    """For each of these sentences of a text: does it speak of the seller or the sale rather than of the product?

    Rules that ask must name `company_talk` and `promotional` among their lexicons.
    """
    if "company_talk" not in doc.found and "promotional" not in doc.found:
        return [False] * len(found)
    places = [phrase.start for name in ("company_talk", "promotional") for phrase in doc.found.each(name, (part.field,)) if phrase.source is part]
    return [any(start <= place < end for place in places) for start, end in found]


def opening(part: FieldText, fewest_sentences: int = 2, fewest_words: int = 12, *, paragraph: bool = False) -> Span:
    """The place of the first sentences, so many at least and with so many words; with `paragraph` a first paragraph of some words is enough."""
    return _gather(part, each_sentence(part), fewest_sentences, fewest_words, paragraph)


def ending(part: FieldText, fewest_sentences: int = 2, fewest_words: int = 12, *, paragraph: bool = False) -> Span:
    """The place of the last sentences."""
    return _gather(part, sentences(part, last=True)[::-1], fewest_sentences, fewest_words, paragraph)


def _gather(part: FieldText, found: Iterable[Span], fewest_sentences: int, fewest_words: int, paragraph: bool) -> Span:
    words = told = 0
    start, end = len(part.text), 0
    stream = iter(found)
    following = next(stream, None)
    while following is not None:
        low, high = following
        start, end = min(start, low), max(end, high)
        words += part.text.count(" ", low, high) + 1
        told += 1
        if told >= fewest_sentences and words >= fewest_words:
            break
        following = next(stream, None)
        if paragraph and words >= _PARAGRAPH and following is not None and _parted(part, (low, high), following):
            break
    return (start, end) if end else (0, 0)


def _parted(part: FieldText, one: Span, other: Span) -> bool:
    """True when a new paragraph begins between two sentences."""
    low, high = min(one[1], other[1]), max(one[0], other[0])
    return low < high and _NEW_PARAGRAPH.search(part.raw, low, high) is not None
