"""Shows numbers of a workbook as their cells show them: leading zeros, decimals, thousands, signs of currency.

The fast reader gives values without formats. Where a workbook has cells with a number format, the styles and the
sheet's cells are looked up beside it, row by row. Format codes are those of ECMA-376 part 1, §18.8.30 and §18.8.31.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import IO, NamedTuple
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
}
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|(\[[^\]]*\])|_.|\*.|([0#?][0#?,]*(?:\.[0#?]*,*)?|\.[0#?]+)|(.)', re.DOTALL
)
_CELL = re.compile(r"([A-Z]+)(\d+)")
_PLAIN = frozenset(" $€£¥￥+-()%/:：¢₹")


class _Pattern(NamedTuple):
    """One section of a format: what stands before and after the digits, and how the digits are written."""

    before: str
    after: str
    whole: int
    decimals: int
    optional: int
    thousands: bool
    divide: int
    percent: bool


class SheetFormats:
    """The number formats of one workbook's cells; `of(sheet)` gives them row by row."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with zipfile.ZipFile(path) as archive:
                self.codes = _style_codes(archive)
                self.parts = sheet_parts(archive) if self.codes else {}
        except (KeyError, ElementTree.ParseError, zipfile.BadZipFile, ValueError):
            # Without readable styles numbers are shown plainly; whether the workbook opens is the reader's to say.
            self.codes, self.parts = {}, {}

    def of(self, sheet: str) -> Iterator[tuple[int, dict[int, str]]]:
        """Row numbers (from 1) with the formats of their number cells by column (from 0); rows without any are left out."""
        part = self.parts.get(sheet)
        if part is None:
            return
        with zipfile.ZipFile(self.path) as archive, archive.open(part) as file:
            try:
                yield from self._rows(file)
            except ElementTree.ParseError:
                return

    def _rows(self, file: IO[bytes]) -> Iterator[tuple[int, dict[int, str]]]:
        codes = self.codes
        number = 0
        found: dict[int, str] = {}
        events = ElementTree.iterparse(file, events=("start", "end"))
        data: ElementTree.Element | None = None
        for event, element in events:
            if event == "start":
                if element.tag == f"{_MAIN}sheetData":
                    data = element
                continue
            if element.tag == f"{_MAIN}c":
                code = codes.get(element.get("s", ""))
                if code and element.get("t", "n") == "n" and (place := _CELL.match(element.get("r", ""))):
                    found[_column(place[1])] = code
            elif element.tag == f"{_MAIN}row":
                number = int(element.get("r", number + 1))
                if found:
                    yield number, found
                    found = {}
                element.clear()
                if data is not None:
                    data.clear()


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _style_codes(archive: zipfile.ZipFile) -> dict[str, str]:
    """Style numbers of cells (as the sheet writes them) to their format codes, for formats that shape a number."""
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    custom = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iter(f"{_MAIN}numFmt")}
    formats = root.find(f"{_MAIN}cellXfs")
    codes: dict[str, str] = {}
    for at, style in enumerate(formats if formats is not None else ()):
        number = style.get("numFmtId", "0")
        code = custom.get(number) or _BUILT_IN.get(int(number), "")
        if code and code.lower() != "general" and _patterns(code):
            codes[str(at)] = code
    return codes


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The sheets of a workbook by name, with the member of the archive that holds each."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations}
    parts = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION, ""), "")
        parts[sheet.get("name", "")] = (
            target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        )
    return parts


@lru_cache(maxsize=500)
def _patterns(code: str) -> tuple[_Pattern, ...]:
    """The sections of a format, or () for one that is not understood (dates, fractions, exponents, conditions)."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)[:3]
    out = []
    for section in sections:
        pattern = _pattern(section)
        if pattern is None:
            return ()
        out.append(pattern)
    return tuple(out)


def _pattern(section: str) -> _Pattern | None:
    before = after = ""
    digits: str | None = None
    for token in _TOKEN.finditer(section):
        quoted, escaped, currency, bracket, number, other = token.groups()
        if bracket is not None:
            if not re.fullmatch(r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color\s?\d+)\]", bracket, re.I):
                return None
            continue
        if number is not None:
            if digits is not None:
                return None
            digits = number
            continue
        text = next((one for one in (quoted, escaped, currency) if one is not None), None)
        if text is None and other is not None:
            if other not in _PLAIN and ord(other) < 0x2E80:
                return None
            text = other
        if text:
            before, after = (before + text, after) if digits is None else (before, after + text)
    if digits is None:
        return None
    scaled = len(digits) - len(digits.rstrip(","))
    whole, _, decimals = digits.rstrip(",").partition(".")
    percent = "%" in before + after
    return _Pattern(
        before,
        after,
        whole.count("0"),
        len(decimals),
        len(decimals) - decimals.count("0"),
        "," in whole,
        scaled,
        percent,
    )


def format_number(value: float, code: str) -> str | None:
    """The number as a cell of this format shows it, or None for a format that is not understood."""
    patterns = _patterns(code)
    if not patterns:
        return None
    sign = ""
    if value < 0:
        if len(patterns) > 1:
            pattern = patterns[1]
        else:
            pattern, sign = patterns[0], "-"
    elif value == 0 and len(patterns) > 2:
        pattern = patterns[2]
    else:
        pattern = patterns[0]
    exact = abs(Decimal(repr(value)))
    if pattern.percent:
        exact *= 100
    exact /= 1000**pattern.divide
    try:
        shown = str(exact.quantize(Decimal(1).scaleb(-pattern.decimals), rounding=ROUND_HALF_UP))
    except ArithmeticError:
        return None
    whole, _, decimals = shown.partition(".")
    for _ in range(pattern.optional):
        if decimals.endswith("0"):
            decimals = decimals[:-1]
    whole = whole.lstrip("0").rjust(pattern.whole, "0") if pattern.whole else whole.lstrip("0")
    if pattern.thousands and len(whole) > 3:
        whole = f"{int(whole):,}" if not whole.startswith("0") else whole
    return f"{sign}{pattern.before}{whole}{'.' + decimals if decimals else ''}{pattern.after}".strip()
