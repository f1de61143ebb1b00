"""Finds the brand in a title: a known one, one in brackets or behind `by`, or the words it begins with."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from listinglint import lexicons
from listinglint.language.names.heads import COMPOUNDING, joined, technical
from listinglint.language.names.pieces import Reading, Word

if TYPE_CHECKING:
    from listinglint.language.statistics import CatalogStatistics

Place = tuple[int, int]
"""The brand's first word and the one behind its last."""

_BY: Final = re.compile(r"b([^|,()\-:pbnm_]+)")
_KNOWN: Final = re.compile(r"B+")
_BRACKET: Final = re.compile(r"\(([^()|,n:]{1,4})\)")
_SKIPPED: Final = re.compile(r"(?:[xqRX]|n(?!u)|s(?=[xn]))*")
_RUN: Final = re.compile(r"[^sMTxzqmnpbyo|,\-:()_hK&ut]*")
_SEGMENT: Final = re.compile(r"([^|,\-:()_nmkpybKx]{1,4})[,\-|]")
_LINKED: Final = re.compile(r"[UNWJVlA]&[UNWJVlA]|[UWNf][UW]?o[UWNH]")
_COLOURFUL: Final = frozenset(
    (
        "garment",
        "decor",
        "jewelry",
        "toys",
        "furniture",
        "bedding",
        "accessory",
        "footwear",
        "bags",
        "food",
        "phone-part",
        "watch",
    )
)
_GENERIC: Final = frozenset("MDTscxzaqmnkuIXRKpbof&GQ|,-:()_hty")
_LONGEST_BRAND: Final = 5
_SHORTENED: Final = frozenset(("co", "inc", "ltd", "bros", "corp", "st", "dr", "mr"))
_TRADES: Final = frozenset(
    (
        "coffee",
        "coffees",
        "usa",
        "foods",
        "company",
        "co",
        "llc",
        "inc",
        "shoes",
        "footwear",
        "nutrition",
        "roasters",
        "farms",
    )
)
_GROWN: Final = frozenset(("man", "men", "woman", "women", "lady", "gent"))
"""For whom a shoe or a garment is, behind the brand and its line: `Saucony Originals Men's`."""


def known_brand(reading: Reading, roles: str, given: str | None, catalog: CatalogStatistics | None) -> Place | None:
    """The listing's own brand, or a known one that the title begins with; found before the head is looked for."""
    if given and (place := _place_of(reading, given)):
        return place
    place = _known_at(reading, roles, 0, catalog)
    if place is None:
        first = _first_word(roles)
        if 0 < first < len(roles):
            place = _known_at(reading, roles, first, catalog)
    return place


def _first_word(roles: str) -> int:
    """The first word behind numbers, fillers and what else stands before a brand."""
    skipped = _SKIPPED.match(roles)
    return skipped.end() if skipped is not None else 0


def find_brand(reading: Reading, roles: str, start: int, head: int, known: Place | None, phrase: bool) -> Place | None:
    """The place of the brand, or None.

    `start` and `head` are those of the product name (-1 for none), `known` what `known_brand` found; in a `phrase`
    only known brands count.
    """
    if phrase:
        return known or _known_later(roles)
    if known is not None:
        return _with_partner(reading, roles, _with_company(reading, known, start))
    if reading.roles[0] == "(":
        bracket = _BRACKET.match(reading.roles)
        if bracket is not None and bracket[1].strip("xsczaMqnmk"):
            return bracket.span(1)
    first = _first_word(roles)
    if first == 1 < len(roles) and reading.words[1].low in lexicons.word_list("company_words"):
        first = 0
    found = None
    if first < len(roles) and (first == 0 or roles[0] == "n"):
        found = _first_segment(reading, roles, first, head) or _leading(reading, roles, first, start, head)
    if found is not None:
        return _with_partner(reading, roles, found)
    by = _BY.search(roles, 1)
    if by is not None and reading.words[by.start(1)].capital:
        return by.span(1)
    if head >= 0 and "phone-part" in reading.words[head].groups:
        return None
    return _known_later(roles)


def _first_segment(reading: Reading, roles: str, first: int, head: int) -> Place | None:
    """All of a short first segment that names no product: `Pure Leaf, Organic Iced Tea`."""
    match = _SEGMENT.match(roles, first)
    if match is None or head < match.end() or not reading.words[first].capital:
        return None
    begin, end = match.span(1)
    while end > begin and roles[end - 1] in "sMTxzcaI":
        end -= 1
    return (begin, end) if roles[begin:end].strip("sMTxzcaIJ&") and not reading.words[end - 1].groups else None


def brand_text(reading: Reading, place: Place) -> tuple[int, int]:
    """The brand's span in the title: with the point, apostrophe or sign that belongs to its last word."""
    title = reading.title
    begin, end = reading.starts[place[0]], reading.end(place[1] - 1)
    last = reading.words[place[1] - 1].text
    if (
        title[end : end + 1] in ("®", "™")
        or (title[end : end + 1] == "." and ("." in last or last.lower() in _SHORTENED))
        or (
            title[end : end + 1] in ("'", "’", "!")
            and title[begin : end + 1].lower().replace("’", "'") in lexicons.brands()
        )
    ):
        end += 1
    return begin, end


def _place_of(reading: Reading, text: str) -> Place | None:
    """Where the listing's own brand stands in the title; None where it does not."""
    wanted = [word.low for word in Reading(text).words if word.role not in ",|-(:)"]
    if not wanted:
        return None
    lows = [word.low for word in reading.words]
    length = len(wanted)
    for at in range(len(lows) - length + 1):
        if lows[at] == wanted[0] and lows[at : at + length] == wanted:
            return at, at + length
    return None


@cache
def _brand_words() -> dict[str, tuple[tuple[tuple[str, ...], bool], ...]]:
    """Known brands by their first word: the words of each spelling, the longest first, and whether it is ambiguous."""
    table: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for name, brand in lexicons.brands().items():
        parts = tuple(part.rstrip(",.") for part in name.split())
        table.setdefault(parts[0], []).append((parts, brand.ambiguous))
    return {first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in table.items()}


def _known_at(reading: Reading, roles: str, first: int, catalog: CatalogStatistics | None) -> Place | None:
    """A known brand, or one of the catalog's brand column, that begins at word `first`."""
    words = reading.words
    word = words[first]
    if catalog is not None and word.low in catalog.brand_first:
        for length in range(min(_LONGEST_BRAND, len(words) - first), 0, -1):
            if catalog.is_brand(reading.slice(first, first + length - 1)):
                return first, first + length
    for parts, ambiguous in _brand_words().get(word.low.rstrip("."), ()):
        length = len(parts)
        if first + length > len(words) or any(words[first + k].low.rstrip(".") != parts[k] for k in range(1, length)):
            continue
        if ambiguous and length == 1 and not _used_as_name(reading, roles, first):
            continue
        return first, first + length
    return None


def _used_as_name(reading: Reading, roles: str, at: int) -> bool:
    """True when an ordinary word that is also a brand stands where a brand would: with a capital, before a whole name."""
    words = reading.words
    if len(words) < at + 3 or not words[at].capital or roles[at + 1] in "|,-:(&pyofX":
        return False
    return not joined(words[at], words[at + 1]) and words[at + 1].low not in COMPOUNDING


def _with_company(reading: Reading, place: Place, start: int) -> Place:
    """A known brand goes on through the word for its trade where that is not yet the product: Two Rivers Coffee."""
    end = place[1]
    words, roles = reading.words, reading.roles
    if end < start and words[end].low in _TRADES:
        return place[0], end + 1
    if end + 1 < len(roles) and roles[end] in "UNWA" and words[end + 1].stem in _GROWN:
        return place[0], end + 1
    return place


def _known_later(roles: str) -> Place | None:
    """A known brand further back in the title; behind `for` it is whom the product fits, not who made it."""
    match = _KNOWN.search(roles)
    if match is None or "p" in roles[: match.start()] or "y" in roles:
        return None
    return match.span()


def _with_partner(reading: Reading, roles: str, place: Place) -> Place:
    """`JSport by Jambu`, `Arm & Hammer`: the brand goes on behind `by` where another name follows."""
    end = place[1]
    if end + 1 < len(roles) and roles[end] == "b" and reading.words[end + 1].capital and end <= 4:
        following = _RUN.match(roles, end + 1)
        if following is not None and following.end() > end + 1:
            stop = end + 1
            while stop < following.end() and stop < end + 4 and roles[stop] in "UABWNl":
                stop += 1
            return place[0], max(stop, end + 2)
    return place


def _generic(word: Word, role: str) -> bool:
    """True for the vocabulary of products, which a maker's name is seldom made of."""
    return role in _GENERIC or word.name_before + word.name_ends >= 3


def _leading(reading: Reading, roles: str, first: int, start: int, head: int) -> Place | None:
    """The words that a title begins with, where they read like a maker's name."""
    words = reading.words
    if not words[first].capital and not (roles[first] == "l" and len(words) > 2 and words[1].capital):
        return None
    run = _RUN.match(roles, first)
    end = run.end() if run is not None else first
    before = _before_audience(reading, roles, first)
    if before is not None:
        return before
    linked = _linked(reading, roles, first, start)
    if linked is not None:
        return linked
    if head >= 0:
        end = min(end, head)
    if end <= first or roles[first] in "IKa" or (end < len(roles) and roles[end] == "R"):
        return None
    capitals = _capitals(reading, first, end)
    if capitals:
        more = capitals < end and words[capitals].low in lexicons.word_list("company_words") and capitals != head
        return first, capitals + more
    named = roles[first] in "UABl" or words[first].low.endswith(("'s", "s'"))
    company = lexicons.word_list("company_words")
    if first + 1 < end and words[first + 1].low in company and first + 1 < start:
        named = True
    if head >= 0 and technical(words[head], roles[head]):
        if roles[first] not in "UB" or start < first + 1:
            return None
    elif _coloured(reading, roles, first, start, head):
        return first, first + 2
    elif not named and (start <= first + 1 or _generic(words[first], roles[first])) and roles[first] != "f":
        return None
    if not named and end < len(roles) and roles[end] in "ftpo" and end == first + 1:
        return None
    stop = first
    closed = False
    while stop < end and stop < first + 4:
        one, role = words[stop], roles[stop]
        ends_name = one.low in company and stop != head
        if stop == first or ends_name or (stop == first + 1 and words[first].low.endswith("'s") and one.capital):
            closed = stop > first and ends_name
        elif closed or not one.capital or named or stop >= start or _generic(one, role):
            break
        stop += 1
    if roles[first] == "f" and stop < first + 2:
        return None
    return first, stop


def _linked(reading: Reading, roles: str, first: int, start: int) -> Place | None:
    """Two names joined: `Noodle & Boo`, `Taylors of Harrogate`, before the product name begins."""
    match = _LINKED.match(roles, first)
    if match is None or 0 <= start < match.end() or not reading.words[match.end() - 1].capital:
        return None
    return match.span()


def _coloured(reading: Reading, roles: str, first: int, start: int, head: int) -> bool:
    """True for a colour or quality and a noun that are no product vocabulary together: `Pink Stork`."""
    if head < 0 or roles[first] not in "csJ" or start < first + 3 or roles[first + 1] not in "WNUV":
        return False
    one, other = reading.words[first], reading.words[first + 1]
    plain = reading.words[head].groups.isdisjoint(_COLOURFUL)
    return plain and one.capital and other.capital and not _generic(other, roles[first + 1]) and not joined(one, other)


def _before_audience(reading: Reading, roles: str, first: int) -> Place | None:
    """All words before the first mark of an audience, which in retail titles follows the brand: `Ellie Shoes Women's`."""
    words = reading.words
    end = first
    while end < len(roles) and end < first + 5 and roles[end] not in "asxMzqmnpbyo|,-:()_hKt":
        end += 1
    if end == first or end >= len(roles) or roles[end] != "a" or not words[end - 1].capital:
        return None
    if any(joined(words[at], words[at + 1]) for at in range(first, end - 1)):
        return None
    last = words[end - 1]
    product = (end == first + 1 and roles[first] in "HGTPQEe") or (last.groups and last.endness > 0.6)
    if product and not last.brand and last.low not in lexicons.word_list("company_words"):
        return None
    return (first, end) if roles[first] != "f" or end > first + 1 else None


def _capitals(reading: Reading, first: int, end: int) -> int:
    """Where a run of words in capitals ends that begins a title otherwise written small; 0 where there is none."""
    at = first
    words = reading.words
    while at < end and words[at].text.isupper() and len(words[at].text) > 1:
        at += 1
    if at == first or at - first > 3 or at >= len(words):
        return 0
    rest = [word.text for word in words[at:] if word.text.isalpha() and len(word.text) > 3]
    if not rest or sum(text.isupper() for text in rest) * 2 > len(rest):
        return 0
    return at if words[first].role in "UABWNlVJ" else 0
