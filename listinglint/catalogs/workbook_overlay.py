"""A workbook that XlsxWriter has written to be laid over another one: its rows, and its sheets as parts of the other workbook."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Final, NamedTuple

from listinglint.catalogs.number_formats import sheet_parts
from listinglint.catalogs.workbook_package import (
    MAIN,
    PACKAGE,
    RELATIONS,
    TYPES,
    Package,
    add_part,
    attribute,
    attributes_of,
    related,
    relations_of,
)

_BLOCK: Final = 1 << 20
_ROW: Final = re.compile(rb'<row r="(\d+)"([^>]*?)(?:/>|>(.*?)</row>)', re.DOTALL)
_STYLED: Final = re.compile(rb'(<(?:c|row) r="[A-Z]*\d+"[^>]*?) s="(\d+)"')
_COLUMN_STYLE: Final = re.compile(rb'(<col [^>]*?) style="(\d+)"')
_CONDITIONAL: Final = re.compile(rb'\bdxfId="(\d+)"')
_HEIGHT: Final = re.compile(rb'\bht="([\d.]+)"')
_SELECTED: Final = re.compile(rb'\s(?:tabSelected)="1"')
_NAMES: Final = {"drawing": "xl/drawings/drawing{}.xml", "chart": "xl/charts/chart{}.xml"}
_EXPLICIT: Final = (
    (
        b'<c:showVal val="1"/>',
        b'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>',
    ),
    (b"</c:scaling><c:axPos", b'</c:scaling><c:delete val="0"/><c:axPos'),
    (b'<c:grouping val="clustered"/><c:ser>', b'<c:grouping val="clustered"/><c:varyColors val="0"/><c:ser>'),
)
"""What XlsxWriter leaves out of charts since it says that Excel 2007 has made the workbook; where another program has, other defaults hold."""
_BOOK: Final = "xl/workbook.xml"
_BEHIND_NAMES: Final = (
    "calcPr|oleSize|customWorkbookViews|pivotCaches|smartTagPr|smartTagTypes|webPublishing|fileRecoveryPr|webPublishObjects|extLst"
)


class LaidRow(NamedTuple):
    """A row of the overlay: record (from 1), height in points (None: not said), and its cells as XML."""

    record: int
    height: float | None
    cells: bytes


class Numbers(NamedTuple):
    """What the overlay's formats are called in the other workbook: the numbers of its format 0 of cells, and of conditions."""

    cells: int
    conditional: int

    def restyled(self, xml: bytes) -> bytes:
        """XML of the overlay with the formats of the other workbook."""
        xml = _STYLED.sub(lambda match: b'%s s="%d"' % (match[1], int(match[2]) + self.cells), xml)
        xml = _COLUMN_STYLE.sub(lambda match: b'%s style="%d"' % (match[1], int(match[2]) + self.cells), xml)
        return _CONDITIONAL.sub(lambda match: b'dxfId="%d"' % (int(match[1]) + self.conditional), xml)


class LaidSheet:
    """A sheet of the overlay that is laid over one of the other workbook.

    `heights` has all its rows, `headers` the texts of the first one, `head` and `tail` are what is around them.
    """

    def __init__(self, overlay: zipfile.ZipFile, member: str, numbers: Numbers) -> None:
        self._overlay, self._member, self._numbers = overlay, member, numbers
        self.head = self.tail = b""
        self.heights = {row.record: row.height for row in self._rows()}
        self._sequence = self._rows()
        self._row = next(self._sequence, None)
        self.headers = _texts(self._row.cells if self._row is not None else b"")

    def restyled(self, xml: bytes) -> bytes:
        """XML of the sheet with the formats of the other workbook."""
        return self._numbers.restyled(xml)

    def cells(self, record: int, prefixed: bool) -> bytes:
        """The cells of a row, for a sheet whose elements have names with a prefix or not. Rows are asked for in order."""
        while self._row is not None and self._row.record < record:
            self._row = next(self._sequence, None)
        if self._row is None or self._row.record != record:
            return b""
        cells = self._numbers.restyled(self._row.cells)
        return cells.replace(b"<c r=", f'<c xmlns="{MAIN}" r='.encode()) if prefixed else cells

    def _rows(self) -> Iterator[LaidRow]:
        with self._overlay.open(self._member) as file:
            held = b""
            begun = False
            while block := file.read(_BLOCK):
                held += block
                if not begun and (at := held.find(b"<sheetData")) >= 0:
                    self.head, held, begun = held[:at], held[at:], True
                end = 0
                for match in _ROW.finditer(held) if begun else ():
                    height = _HEIGHT.search(match[2])
                    yield LaidRow(int(match[1]), float(height[1]) if height else None, match[3] or b"")
                    end = match.end()
                held = held[end:]
            self.tail = held


class Graft:
    """Puts the sheets of an overlay, but for those laid over others, behind the sheets of a workbook."""

    def __init__(self, package: Package, overlay: zipfile.ZipFile, numbers: Numbers) -> None:
        self._package, self._overlay, self._numbers = package, overlay, numbers
        self._kinds = {
            one["PartName"].lstrip("/"): one["ContentType"]
            for one in map(attributes_of, re.findall(r"<Override\b[^>]*>", overlay.read(TYPES).decode()))
        }
        self._sheets: list[tuple[str, str]] = []
        """Parts of the overlay, and what they are called in the workbook."""

    def add(self, laid_over: set[str]) -> list[int]:
        """All sheets, with their charts, into the package and the list of sheets; returns their places there. `write` puts the sheets
        themselves into the copy."""
        package = self._package
        parts = {name: member for name, member in sheet_parts(self._overlay).items() if name not in laid_over}
        for member in parts.values():
            self._sheets.append((member, self._adopted(member, "xl/worksheets/sheet{}.xml")))
        ids = package.relate(_BOOK, [("worksheet", name) for _, name in self._sheets])
        book = package.read(_BOOK)
        count = len(re.findall(r"<(?:\w+:)?sheet\b", book))
        numbers = [int(one) for one in re.findall(r'\bsheetId="(\d+)"', book)]
        made = "".join(
            f'<sheet xmlns="{MAIN}" xmlns:r="{RELATIONS}" name="{attribute(name)}" sheetId="{max(numbers, default=0) + at}" r:id="{relation}"/>'
            for at, (name, relation) in enumerate(zip(parts, ids, strict=True), 1)
        )
        package.put(_BOOK, package.at_end(book, "sheets", made, _BOOK))
        places = {list(sheet_parts(self._overlay)).index(name): count + at for at, name in enumerate(parts)}
        for one in re.findall(r"<definedName\b.*?</definedName>", self._overlay.read(_BOOK).decode(), re.DOTALL):
            place = places.get(int(attributes_of(one.partition(">")[0]).get("localSheetId", "-1")))
            if place is not None:
                define(package, re.sub(r'localSheetId="\d+"', f'localSheetId="{place}"', one, count=1))
        return sorted(places.values())

    def write(self, out: zipfile.ZipFile) -> None:
        """Writes the sheets, a block at a time."""
        for member, name in self._sheets:
            with self._overlay.open(member) as source:
                add_part(out, name, source, partial(_restyle, self._numbers.restyled))

    def _adopted(self, member: str, pattern: str) -> str:
        """Gives a part of the overlay a name in the workbook; all but sheets are taken over now, with what they name."""
        package = self._package
        name = package.free(pattern)
        package.parts[name] = b""
        package.declare(name, self._kinds[member])
        relations = relations_of(member)
        if relations in self._overlay.namelist():
            made = "".join(
                f'<Relationship Id="{one}" Type="{RELATIONS}/{kind}" Target="/{self._adopted(target, _NAMES[kind])}"/>'
                for one, kind, target in related(self._overlay.read(relations).decode(), member)
            )
            package.put(relations_of(name), f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{PACKAGE}">{made}</Relationships>')
        if posixpath.dirname(member) == "xl/worksheets":
            del package.parts[name]
            package.reserved.add(name)
        else:
            data = self._overlay.read(member)
            for short, explicit in _EXPLICIT:
                data = data.replace(short, explicit)
            package.parts[name] = data
        return name


def define(package: Package, made: str) -> None:
    """Adds a defined name, given its element, to a workbook."""
    book = package.read(_BOOK)
    made = made.replace("<definedName", f'<definedName xmlns="{MAIN}"', 1)
    if re.search(r"<(?:\w+:)?definedNames\b", book):
        package.put(_BOOK, package.at_end(book, "definedNames", made, _BOOK))
        return
    behind = re.search(rf"<(?:\w+:)?(?:{_BEHIND_NAMES})\b|</(?:\w+:)?workbook\s*>", book[(first := _end_of_sheets(book)) :])
    if behind is None:
        raise package.unexpected(_BOOK)
    at = first + behind.start()
    package.put(_BOOK, f'{book[:at]}<definedNames xmlns="{MAIN}">{made}</definedNames>{book[at:]}')


def _end_of_sheets(book: str) -> int:
    found = re.search(r"</(?:\w+:)?sheets\s*>", book)
    return found.end() if found else 0


def _restyle(restyled: Callable[[bytes], bytes], source: IO[bytes], target: IO[bytes]) -> None:
    """Copies a sheet with other numbers of formats, and not as one that is selected: two of them would be typed into at once."""
    held = b""
    while block := source.read(_BLOCK):
        held += block
        # A tag is not cut in two: all up to the last end of one.
        at = held.rfind(b">") + 1
        target.write(_SELECTED.sub(b"", restyled(held[:at])))
        held = held[at:]
    target.write(held)


def _texts(cells: bytes) -> list[str]:
    """The texts of cells, as XML has them."""
    return [re.sub(r"<[^>]*>", "", one) for one in re.findall(r"<is>(.*?)</is>", cells.decode(), re.DOTALL)]
