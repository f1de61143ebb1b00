"""Finds the brand in a title: the listing's own, a known one, one behind `by`, or the words that read like a maker's name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from listinglint import lexicons
from listinglint.language.names.heads import COMPOUNDING, joined, known_start
from listinglint.language.names.makers import Context, Place, best_maker, hopeless
from listinglint.language.names.pieces import Reading
from listinglint.language.words import COLOUR
from listinglint.model.patterns import lazy_pattern

if TYPE_CHECKING:
    from listinglint.language.statistics import CatalogStatistics

_BY: Final = lazy_pattern(r"b([^|,()\-:pbnm_a]+)")
_KNOWN: Final = lazy_pattern(r"B+")
_SKIPPED: Final = lazy_pattern(r"(?:[xqRX]|n(?!u)|s(?=[xn]))*")
_CLOSED: Final = "aT,kcmMDIKqp(|:_"
"""Roles before which a known brand ends for sure."""
_GENUINE: Final = frozenset(("original", "genuine", "authentic", "import", "imported", "branded"))
"""Praise of a maker's goods that stands before his name."""
_LONGEST_BRAND: Final = 5
_SHORTENED: Final = frozenset(("co", "inc", "ltd", "bros", "corp", "st", "dr", "mr"))


def own_brand(reading: Reading, given: str | None, catalog: CatalogStatistics | None) -> Place | None:
    """The listing's own brand where the title holds it, or one of the catalog's brand column that the title begins with."""
    if given and (place := _place_of(reading, given)):
        return place
    if catalog is None or not catalog.begins_brand(reading.words[0].low):
        return None
    for length in range(min(_LONGEST_BRAND, len(reading.words)), 0, -1):
        if catalog.is_brand(reading.slice(0, length - 1)):
            return 0, length
    return None


def known_brand(reading: Reading, roles: str) -> Place | None:
    """A known brand that the title begins with; found before the head is looked for."""
    place = _known_at(reading, roles, 0) if reading.words[0].brands else None
    if place is None and roles[0] in "xqRXns":
        skipped = _SKIPPED.match(roles)
        first = skipped.end() if skipped is not None else 0
        if 0 < first < len(roles):
            place = _known_at(reading, roles, first)
    return place


def find_brand(
    reading: Reading, roles: str, start: int, head: int, own: Place | None, known: Place | None, phrase: bool
) -> Place | None:
    """The place of the brand, or None.

    `start` and `head` are those of the product name (-1 for none), `own` and `known` what `own_brand` and
    `known_brand` found; in a `phrase` only known brands count.
    """
    if own is not None:
        return own
    if phrase:
        return known or _known_later(roles)
    if roles[0] == "p" and reading.words[0].low in ("for", "with", "fits"):
        # What the title begins with is whom the product is for: `For Lenovo A369 Touch Screen`.
        return None
    if start == 0 and head == len(roles) - 1 and known is None and len(roles) < 6 and known_start(reading, head, 0) == 0 < head:
        return None
    if known is not None and known[0] == 0 and known[1] < len(roles) and roles[known[1]] in _CLOSED:
        return known
    if known is None and hopeless(reading, roles):
        return later_brand(reading, roles, head)
    found = best_maker(Context(reading, roles, start, head, known))
    if found is None:
        return later_brand(reading, roles, head)
    first, last = found
    if known is None and reading.roles[first] == "c" and last == first + 2 == head and "food" in reading.words[head].groups:
        # A colour and a name right before a food are its variety: `Red Fuji Apple`.
        return None
    return (first + (last - first > 1 and reading.words[first].low in _GENUINE), last)


def later_brand(reading: Reading, roles: str, head: int) -> Place | None:
    """A name behind `by`, or a known brand further back; no device's brand that a phone part is for."""
    if "b" in roles:
        by = _BY.search(roles, 1)
        if by is not None and reading.words[by.start(1)].capital:
            return by.span(1)
    if "B" not in roles or (head >= 0 and "phone-part" in reading.words[head].groups):
        return None
    return _known_later(roles)


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
    wanted = _lows_of(text)
    if not wanted:
        return None
    lows = [word.low for word in reading.words]
    if wanted[0] not in lows:
        return None
    length = len(wanted)
    for at in range(len(lows) - length + 1):
        if lows[at] == wanted[0] and lows[at : at + length] == wanted:
            return at, at + length
    return None


@lru_cache(maxsize=20_000)
def _lows_of(text: str) -> list[str]:
    """The words of a brand in lower case, separators left out."""
    return [word.low for word in Reading(text).words if word.role not in ",|-(:)"]


def _known_at(reading: Reading, roles: str, first: int) -> Place | None:
    """A known brand that begins at word `first`."""
    words = reading.words
    for parts, ambiguous in words[first].brands:
        length = len(parts)
        if first + length > len(words) or (length > 1 and any(words[first + k].low.rstrip(".") != parts[k] for k in range(1, length))):
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
    if words[at].flags & COLOUR and roles[at + 1] in "MDc":
        return False
    return not joined(words[at], words[at + 1]) and words[at + 1].low not in COMPOUNDING


def _known_later(roles: str) -> Place | None:
    """A known brand further back in the title; behind `for` it is whom the product fits, not who made it."""
    match = _KNOWN.search(roles)
    if match is None or "p" in roles[: match.start()] or "y" in roles:
        return None
    return match.span()
