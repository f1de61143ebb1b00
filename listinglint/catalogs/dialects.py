"""Finds out which delimiter and quoting a text table uses: the reading under which most rows have equally many cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from listinglint.catalogs import limits
from listinglint.catalogs.columns import recognised

DELIMITERS = (",", "\t", ";", "|")
_NEVER = "\x1f"
_ROWS = 2000


class Dialect(NamedTuple):
    """How the cells of a text table are parted and quoted.

    `quoted` is false where quotation marks are plain characters; `backslash` is true where `\\"` is a quotation
    mark inside a cell (the way some databases export) instead of `""`. `spaced` is true where a space stands between
    a delimiter and a quoted cell (`a, "b, c"`). `skip` counts lines in front of the table
    that a spreadsheet does not show (`sep=;`).
    """

    delimiter: str
    quoted: bool = True
    backslash: bool = False
    spaced: bool = False
    skip: int = 0

    def options(self) -> dict[str, object]:
        """Arguments for `csv.reader`."""
        if not self.quoted:
            return {"delimiter": self.delimiter, "quoting": csv.QUOTE_NONE}
        if self.backslash:
            return {"delimiter": self.delimiter, "doublequote": False, "escapechar": "\\"}
        return {"delimiter": self.delimiter, "skipinitialspace": self.spaced}

    def describe(self) -> str:
        """The dialect in a few words, for the mapping that is shown."""
        name = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe", _NEVER: "one column"}[self.delimiter]
        return name + ("" if self.quoted else ", no quoting") + (", backslash escapes" if self.backslash else "")


class _Reading(NamedTuple):
    dialect: Dialect
    score: float
    columns: int
    faults: int


def detect_dialect(sample: str, complete: bool) -> Dialect:
    """The dialect of a table from its first characters; `complete` says that nothing comes after them."""
    lines = sample.splitlines(keepends=True)
    skip = 0
    if lines and lines[0].strip().lower()[:4] == "sep=" and len(lines[0].strip()) <= 5:
        delimiter = lines[0].strip("\r\n")[4:5]
        if delimiter in DELIMITERS:
            return Dialect(delimiter, skip=1)
        lines, skip = lines[1:], 1
    first = next((line for line in lines if line.strip()), "").strip().strip('"')
    if recognised(first) == "title" and not any(one in first for one in DELIMITERS):
        return Dialect(_NEVER, skip=skip)
    present = [one for one in DELIMITERS if one in sample]
    readings = [reading for one in present if (reading := _best_quoting(one, lines, complete)).columns > 1]
    if not readings:
        return Dialect(_NEVER, skip=skip)
    best = max(readings, key=lambda reading: reading.score)
    return best.dialect._replace(skip=skip)


def _best_quoting(delimiter: str, lines: Sequence[str], complete: bool) -> _Reading:
    plain = _read(Dialect(delimiter), lines, complete)
    if any(f'{delimiter} "' in line for line in lines):
        spaced = _read(Dialect(delimiter, spaced=True), lines, complete)
        if spaced.faults == 0 and spaced.score > plain.score:
            return spaced
    if plain.faults == 0 or '"' not in "".join(lines[:200]):
        return plain
    others = [] if _quotes_cells(delimiter, lines) else [Dialect(delimiter, quoted=False)]
    if any('\\"' in line for line in lines):
        others.append(Dialect(delimiter, backslash=True))
    found = [_read(dialect, lines, complete) for dialect in others]
    better = [one for one in found if one.faults == 0 and one.score > plain.score]
    return max(better, key=lambda reading: reading.score, default=plain)


def _quotes_cells(delimiter: str, lines: Sequence[str]) -> bool:
    """True when some cell has a quotation mark on both its sides: then the marks are no plain characters."""
    cell = re.escape(delimiter)
    pattern = re.compile(rf'(?:^|{cell})"[^"]+"(?:$|{cell})')
    return any(pattern.search(line.rstrip("\r\n")) for line in lines)


def _read(dialect: Dialect, lines: Sequence[str], complete: bool) -> _Reading:
    """Reads the sample and rates it: the share of rows as wide as most rows, and how many columns they have."""
    widths: list[int] = []
    tops: list[list[str]] = []
    faults = 0
    reader = csv.reader(iter(lines), strict=True, **dialect.options())  # type: ignore[arg-type]
    while len(widths) < _ROWS:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error:
            # The sample may end inside a quoted cell; anything else is quoting that does not fit.
            if complete or reader.line_num < len(lines):
                faults += 1
            continue
        if row:
            widths.append(len(row))
            if len(tops) < limits.HEADER_ROWS and len(row) > 1:
                tops.append(row)
    if not complete and len(widths) > 1:
        widths.pop()
    if not widths:
        return _Reading(dialect, 0.0, 0, faults)
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return _Reading(dialect, 0.0, 1, faults)
    # Rows of one cell are titles above the table or empty rows, but only where they come first.
    start = next(at for at, width in enumerate(widths) if width > 1)
    body = widths[start:]
    columns, same = max(counts.items(), key=lambda item: (item[1], item[0]))
    named = any(recognised(cell.strip()) == "title" for row in tops for cell in row)
    share = same / len(body) * (1 if start < 20 else len(body) / len(widths))
    penalty = faults / (len(body) + faults)
    return _Reading(dialect, share * (1 - penalty) * (1 - 0.5 / columns) + named, columns, faults)
