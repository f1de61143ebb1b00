"""Finds the brand in a title: a known one, one in brackets or behind `by`, or the unknown words it begins with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from listinglint import lexicons
from listinglint.language.names.pieces import Reading

if TYPE_CHECKING:
    from listinglint.language.statistics import CatalogStatistics

_BY: Final = re.compile(r"b([^|,()\-:pb]+)")
_KNOWN: Final = re.compile(r"B+")
_LEAD: Final = re.compile(r"[UABWNJVHIlPDe&k]+")


def find_brand(reading: Reading, roles: str, start: int, head: int, given: str | None,
               catalog: CatalogStatistics | None, phrase: bool) -> tuple[int, int] | None:  # fmt: skip
    """The brand's first word and the one behind its last, or None.

    `start` and `head` are those of the product name (-1 for none), `given` the listing's own brand.
    """
    if given and (place := _place_of(reading, given)):
        return place
    known = _known_brand(reading, roles)
    if known is not None or phrase:
        return known
    by = _BY.search(roles)
    if by is not None and reading.words[by.start(1)].capital:
        return by.span(1)
    return _leading(reading, roles, start, head)


def _place_of(reading: Reading, text: str) -> tuple[int, int] | None:
    wanted = text.lower().split()
    lows = [word.low for word in reading.words]
    for at in range(len(lows) - len(wanted) + 1):
        if lows[at : at + len(wanted)] == wanted:
            return at, at + len(wanted)
    return None


def _known_brand(reading: Reading, roles: str) -> tuple[int, int] | None:
    words = reading.words
    known = lexicons.brands()
    for length in (3, 2, 1):
        if len(words) > length and words[0].capital:
            found = known.get(" ".join(word.low for word in words[:length]))
            if found is not None:
                return 0, length
    match = _KNOWN.search(roles)
    if match is not None and "p" not in roles[: match.start()]:
        return match.span()
    return None


def _leading(reading: Reading, roles: str, start: int, head: int) -> tuple[int, int] | None:
    stop = start if start >= 0 else len(roles)
    if start == 0:
        stop = head
    match = _LEAD.match(roles, 0, max(stop, 0))
    if match is None:
        return None
    end = match.end()
    if not any(roles[at] in "UAB" for at in range(end)):
        return None
    if start == 0:
        end = 1 if roles[0] in "UA" and head > 1 else 0
    if end == 0 or not reading.words[0].capital:
        return None
    return 0, end
