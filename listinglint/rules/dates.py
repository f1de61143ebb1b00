"""Reads days as catalogs write them."""

from __future__ import annotations

import datetime
import re

from listinglint.model.patterns import lazy_pattern

_ISO = lazy_pattern(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_DAY_FIRST = lazy_pattern(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_NAMED = lazy_pattern(r"(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?,?\s+(\d{4})|([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})")
_MONTHS = {name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_EXCEL_EPOCH = datetime.date(1899, 12, 30)


def read_date(text: str) -> datetime.date | None:
    """The day that a text names; None where it names none, or could be two (`03/04/2025` is read month first only when it must)."""
    match = _ISO.search(text)
    if match:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    match = _DAY_FIRST.search(text)
    if match:
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if first > 12:
            return _day(year, second, first)
        if second > 12 or first == second:
            return _day(year, first, second)
        return _later(_day(year, first, second), _day(year, second, first))
    match = _NAMED.search(text)
    if match:
        number, name, of = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        month = _MONTHS.get(name.lower())
        return _day(int(of), month, int(number)) if month else None
    bare = text.strip()
    if re.fullmatch(r"\d{5}(?:\.\d+)?", bare):
        return _EXCEL_EPOCH + datetime.timedelta(days=int(float(bare)))
    if re.fullmatch(r"\d{8}", bare):
        return _day(int(bare[:4]), int(bare[4:6]), int(bare[6:]))
    if re.fullmatch(r"1\d{9}(?:\d{3})?", bare):
        return datetime.datetime.fromtimestamp(int(bare[:10]), datetime.UTC).date()
    return None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _later(one: datetime.date | None, other: datetime.date | None) -> datetime.date | None:
    """Of two readings the later: a listing is not called stale on a doubt."""
    return max((day for day in (one, other) if day is not None), default=None)
