"""Measures in texts: value, unit and dimension, comparable over the units that people write (12 V and 12 volts, 30 cm and 300 mm)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from listinglint.model.patterns import lazy_pattern

_UNIT_TABLE: Final = {
    # dimension: (unit spellings, factor to the base unit) …
    "voltage": (("v volt volts vac vdc vlt", 1.0), ("kv", 1000.0), ("mv", 0.001)),
    "power": (("w watt watts", 1.0), ("kw kilowatt kilowatts", 1000.0), ("hp", 745.7), ("mw", 1e6)),
    "frequency": (("hz hertz", 1.0), ("khz", 1e3), ("mhz", 1e6), ("ghz", 1e9)),
    "current": (("amp amps ampere amperes", 1.0), ("ma milliamp", 0.001)),
    "charge": (("mah", 1.0), ("ah", 1000.0)),
    "length": (
        ("mm millimeter millimeters millimetre millimetres", 1.0), ("cm cms centimeter centimeters centimetre centimetres", 10.0),
        ("m meter meters metre metres mtr mtrs", 1000.0), ("in inch inches \" ″", 25.4), ("ft feet foot", 304.8), ("yd yard yards", 914.4),
    ),
    "mass": (
        ("mg", 0.001), ("g gm gms gram grams", 1.0), ("kg kgs kilogram kilograms", 1000.0), ("lb lbs pound pounds", 453.592), ("oz ounce ounces", 28.3495),
        ("ton tons tonne tonnes", 1e6),
    ),
    "volume": (("ml", 1.0), ("cl", 10.0), ("l ltr ltrs liter liters litre litres", 1000.0), ("gal gallon gallons", 3785.4), ("cc", 1.0), ("qt quart quarts", 946.35)),
    "memory": (("mb", 1.0), ("gb", 1024.0), ("tb", 1048576.0)),
    "speed": (("rpm", 1.0),),
    "pressure": (("bar", 1.0), ("psi", 0.0689476), ("mpa", 10.0), ("kpa", 0.01)),
    "grammage": (("gsm", 1.0),),
    "cooling": (("btu btus", 1.0),),
    "resolution": (("mp megapixel megapixels", 1.0),),
}  # fmt: skip
_RATE: Final = {"h": 1.0, "hr": 1.0, "hrs": 1.0, "hour": 1.0, "hours": 1.0, "min": 60.0, "minute": 60.0, "minutes": 60.0, "day": 1 / 24, "shift": 1 / 8, "s": 3600.0, "sec": 3600.0, "second": 3600.0}
_COUNTS = "pcs pieces piece pc units unit sheets bags bottles rolls boxes cups pieces/pcs plates cans pouches strokes nos"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,9})?|\d{1,15},\d{1,2}(?!\d)|\d{1,15}(?:\.\d{1,9})?|\.\d{1,9}"
_UNIT_NAMES = sorted({u for table in _UNIT_TABLE.values() for names, _ in table for u in names.split()} | set(_COUNTS.split()), key=len, reverse=True)
_MEASURE = lazy_pattern(
    rf"(?:(?<![\w.])|(?<=\b[AD]C))(?<!\d,)({_NUMBER})(?:\s{{0,3}}(-|–|~|to|/)\s{{0,3}}({_NUMBER}))?\s{{0,3}}-?({'|'.join(map(re.escape, _UNIT_NAMES))})(?![a-z²³2-9])"
    rf"(?!(?<=in)\s*-?\d)(?:\s{{0,3}}(?:/|per|a|an)\s{{0,3}}({'|'.join(sorted(_RATE, key=len, reverse=True))})\b)?",
    re.I,
)  # fmt: skip
_DIGIT = lazy_pattern(r"\d")
_DECIMAL_COMMA = lazy_pattern(r"\d+,\d{1,2}")
_PARTED: Final = frozenset({"in", "inch", "inches", '"', "″", "hp"})
_WHOLE = lazy_pattern(r"(?<![\d.,])(\d{1,2})[- ]\Z")
_PARTS: Final = frozenset({2.0, 4.0, 8.0, 16.0, 32.0, 64.0})
"""What inches and horsepower are parted into: 3/8 inch is a fraction and no range."""


class Measure(NamedTuple):
    """A value (or a range) in the base unit of its dimension; `/h` ends the dimension of a rate; with its place."""

    dimension: str
    low: float
    high: float
    start: int
    end: int

    def agrees(self, other: Measure, tolerance: float = 0.06) -> bool:
        """True when the two ranges meet, with a tolerance for rounding between units."""
        return self.low <= other.high * (1 + tolerance) and other.low <= self.high * (1 + tolerance)


@cache
def _units() -> dict[str, tuple[str, float]]:
    table = {u: (dimension, factor) for dimension, rows in _UNIT_TABLE.items() for names, factor in rows for u in names.split()}
    table.update(dict.fromkeys(_COUNTS.split(), ("count", 1.0)))
    return table


def _value(text: str) -> float:
    """The value of a number with thousands (`1,200`) or a decimal comma (`5,5`)."""
    return float(text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text.replace(",", ""))


def read_measures(text: str) -> list[Measure]:
    """All measures of a text in order. `110V/220V` and `12-24 V` are one range each, `3/8 inch` is a fraction."""
    out: list[Measure] = []
    if _DIGIT.search(text) is None:
        return out
    for match in _MEASURE.finditer(text):
        dimension, factor = _units()[match[4].lower()]
        if match[5]:
            factor *= _RATE[match[5].lower()]
            dimension += "/h"
        numbers = [_value(n) for n in (match[1], match[3]) if n]
        start = match.start()
        if match[2] == "/" and match[4].lower() in _PARTED and numbers[1] in _PARTS and numbers[0] < numbers[1]:
            whole = _WHOLE.search(text, max(0, start - 4), start)
            numbers = [numbers[0] / numbers[1] + (float(whole[1]) if whole is not None else 0.0)]
            start = whole.start() if whole is not None else start
        values = sorted(number * factor for number in numbers)
        found = Measure(dimension, values[0], values[-1], start, match.end())
        before = out[-1] if out else None
        if before is not None and before.dimension == dimension and text[before.end : found.start].strip() in ("/", "-", "~", "–", "to", "or", "and", ","):
            out[-1] = Measure(dimension, min(before.low, found.low), max(before.high, found.high), before.start, found.end)
        else:
            out.append(found)
    return out
