"""Copies a workbook with what a check says of it laid over: columns beside the listings, marked cells, further sheets behind its own.

Everything else is copied as it is, part by part, as mending does.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import IO, BinaryIO, Final, NamedTuple
from xml.etree import ElementTree

from listinglint.catalogs.catalog import Catalog
from listinglint.catalogs.columns import column_index, column_letter
from listinglint.catalogs.errors import CatalogError
from listinglint.catalogs.number_formats import sheet_parts
from listinglint.catalogs.sheet_xml import Gap, SheetCell, SheetRow, SheetScan, legacy_drawing
from listinglint.catalogs.workbook_comments import Note, Sizes, add_comments, remove_comments
from listinglint.catalogs.workbook_overlay import Graft, LaidSheet, Numbers, define
from listinglint.catalogs.workbook_package import (
    MAIN,
    TYPES,
    Package,
    Piece,
    attribute,
    attributes_of,
    related,
    relations_of,
    splice,
)
from listinglint.catalogs.workbook_styles import STYLES, Styles
from listinglint.catalogs.workbooks import SheetSource, sheet_rows
from listinglint.model import Text
from listinglint.spreadsheets import MARK_FILLS, CellMark, Margin, lines_of

_BOOK: Final = "xl/workbook.xml"
_LAST_COLUMN: Final = 16_383
_MOST_COLUMNS: Final = 12
"""Columns that a report may put beside a table."""
_LONGEST_NAME: Final = 31
_PLACE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_CELL: Final = re.compile(r"([A-Z]{1,3})(\d+)")
_ROW_TAG: Final = re.compile(rb"""\s(?:spans|ht|customHeight)=(?:"[^"]*"|'[^']*')""")
_CELL_TAG: Final = re.compile(rb"""^<[^\s/>]+(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*""")
_CELL_STYLE: Final = re.compile(rb"""\ss=(?:"[^"]*"|'[^']*')""")
_PRIORITY: Final = re.compile(rb'\bpriority="(\d+)"')
_TABLE_COLUMN: Final = re.compile(r"<(?:\w+:)?tableColumn\b[^>]*?(?:/>|(?<!/)>.*?</(?:\w+:)?tableColumn\s*>)", re.DOTALL)
_COLUMNS_NAME: Final = "_listinglint.columns"
_SHEET_NAME: Final = "_listinglint.sheet"
"""Hidden names in an annotated workbook: the header of the columns beside a table, and that a sheet is the report's. The next report takes their place."""
_DEFINED: Final = re.compile(r"<((?:\w+:)?)definedName\b([^>]*)>([^<]*)</\1definedName\s*>")
_POINTS: Final = 15.0
_HIGHEST: Final = 409.0
"""Points: the height of a line, and of the highest row."""
_WIDTH: Final = 8.43
"""The width of a column that says none."""

_UNEXPECTED: Final = Text("{part} is not as expected", "{part} 与预期不符")
_REASONS: Final = {
    "macros": Text("it holds macros, and a copy of it could not be an .xlsx file", "它含有宏，副本无法保存为 .xlsx 文件"),
    "signed": Text("it is signed, and a change would break the signature", "它带有数字签名，改动会使签名失效"),
    "structure": Text("its structure is protected: no sheets can be added", "工作簿结构受保护，无法添加工作表"),
    "shared": Text("it is shared with a history of changes", "它是带修订记录的共享工作簿"),
    "room": Text("sheet {sheet!r} has no room for further columns", "工作表“{sheet}”没有空间增加列"),
    "name": Text("sheet {sheet!r} has a name that Excel does not take", "工作表“{sheet}”的名称不符合 Excel 的要求"),
}
_BROKEN: Final = Text(
    "read again, the annotated workbook is not what it was to be, so that nothing is written; save the workbook in Excel and check it again",
    "带批注的工作簿重新读取时与预期不符，因此不写入任何内容；请用 Excel 重新保存该工作簿后再检查",
)


class _Table(NamedTuple):
    """A range of cells: first record, first column (from 0), last record, last column."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, reference: str) -> _Table | None:
        found = _PLACE.fullmatch(reference)
        if found is None:
            return None
        left, right = column_index(found[1]) or 0, column_index(found[3] or found[1]) or 0
        return cls(int(found[2]), left, int(found[4] or found[2]), right)

    @property
    def reference(self) -> str:
        return f"{column_letter(self.left)}{self.top}:{column_letter(self.right)}{self.bottom}"

    def absolute(self, sheet: str) -> str:
        """The range as a defined name has it."""
        quoted = sheet.replace("'", "''")
        return f"'{quoted}'!${column_letter(self.left)}${self.top}:${column_letter(self.right)}${self.bottom}"


class _Earlier(NamedTuple):
    """What an earlier report left in a workbook: columns by sheet, and sheets at the end."""

    columns: Mapping[str, _Table]
    sheets: tuple[str, ...]


def _earlier(book: str, sheets: Sequence[str]) -> _Earlier:
    columns: dict[str, _Table] = {}
    ours: set[str] = set()
    for _, tag, value in _DEFINED.findall(book):
        attributes = attributes_of(tag)
        number = int(attributes.get("localSheetId", "-1"))
        if not 0 <= number < len(sheets):
            continue
        if attributes.get("name") == _COLUMNS_NAME and (table := _Table.of(value.rpartition("!")[2])) is not None:
            columns[sheets[number]] = table
        elif attributes.get("name") == _SHEET_NAME:
            ours.add(sheets[number])
    last = len(sheets)
    while last > 1 and sheets[last - 1] in ours:
        last -= 1
    return _Earlier(columns, tuple(sheets[last:]))


def _clear(package: Package, sheets: Sequence[str], parts: Mapping[str, str]) -> None:
    """Takes the last sheets of a workbook out of it, and what earlier reports noted in it."""
    book = package.read(_BOOK)
    count = len(parts) - len(sheets)

    def left(found: re.Match[str]) -> str:
        attributes = attributes_of(found[2])
        gone = attributes.get("name") in (_COLUMNS_NAME, _SHEET_NAME) or int(attributes.get("localSheetId", "-1")) >= count
        return "" if gone else found[0]

    book = re.sub(r"<((?:\w+:)?)definedNames\b[^>]*>\s*</\1definedNames\s*>", "", _DEFINED.sub(left, book))
    if sheets:
        entries = list(re.finditer(r"<(?:\w+:)?sheet\b[^>]*/>", book))[count:]
        book = book[: entries[0].start()] + book[entries[-1].end() :]
        package.unrelate(_BOOK, [parts[sheet] for sheet in sheets])
        for sheet in sheets:
            package.drop(parts[sheet])
    package.put(_BOOK, book)


class Annotator:
    """A workbook that a report can be laid over. `sheets` are the names of all its sheets, `margins` the places beside those that are catalogs.

    Raises CatalogError, whose `detail` says why, for a workbook that cannot be copied with more in it.
    """

    def __init__(self, sources: Sequence[SheetSource]) -> None:
        self.path, self.shown = sources[0].path, sources[0].shown
        with zipfile.ZipFile(self.path) as archive:
            package = Package(archive, self.shown, _UNEXPECTED)
            self._refuse(package)
            Styles(package)
            try:
                self._parts = sheet_parts(archive)
            except (KeyError, ElementTree.ParseError):
                raise package.unexpected(_BOOK) from None
            self._stale: dict[str, _Table] = {}
            self._before = _earlier(package.read(_BOOK), tuple(self._parts))
            self.sheets = tuple(self._parts)[: len(self._parts) - len(self._before.sheets)]
            self.margins = {source.sheet: self._margin(package, source) for source in sources}

    def _refuse(self, package: Package) -> None:
        names = package.archive.namelist()
        kinds = package.read(TYPES)
        if re.search(r'PartName="/xl/workbook\.xml"[^>]*macroEnabled|macroEnabled[^>]*PartName="/xl/workbook\.xml"', kinds):
            raise self._refused("macros")
        if any(name.startswith("_xmlsignatures/") for name in names):
            raise self._refused("signed")
        if any(name.startswith("xl/revisions/") for name in names):
            raise self._refused("shared")
        protection = re.search(r"<(?:\w+:)?workbookProtection\b[^>]*>", package.read(_BOOK))
        if protection is not None and attributes_of(protection[0]).get("lockStructure", "0") not in ("0", "false"):
            raise self._refused("structure")

    def _refused(self, why: str, **values: object) -> CatalogError:
        reason = _REASONS[why]
        return CatalogError(Text(reason.format("en", **values), reason.format("zh", **values)), file=self.shown)

    def _margin(self, package: Package, source: SheetSource) -> Margin:
        sheet = source.sheet
        if len(sheet) > _LONGEST_NAME or re.search(r"[\[\]:*?/\\]|^'|'$", sheet):
            raise self._refused("name", sheet=sheet)
        member = self._parts.get(sheet)
        if member is None:
            raise package.unexpected(_BOOK)
        links = 0

        def look(name: str, attributes: Mapping[str, str]) -> None:
            nonlocal links
            links += name == "hyperlink"

        scan = SheetScan(self.shown, sheet, cell=lambda _: None, columns=(), other=look)
        with package.archive.open(member) as file:
            scan.run(file)
        first = max(scan.last_column, self._drawn(package, member)) + 1
        earlier = self._before.columns.get(sheet)
        if earlier is not None and earlier.top == source.header.row.record and 0 < earlier.left <= scan.last_column <= earlier.right:
            self._stale[sheet], first = earlier, earlier.left
        if first + _MOST_COLUMNS > _LAST_COLUMN:
            raise self._refused("room", sheet=sheet)
        headers = tuple(str(cell).strip() for cell in source.header.row.cells[:first])
        return Margin(source.header.row.record, first, headers, links)

    def _drawn(self, package: Package, member: str) -> int:
        """The last column (from 0) that a chart or a picture of the sheet covers; -1 where there is none."""
        drawing = package.targets(member).get("drawing")
        if drawing is None or drawing not in package:
            return -1
        return max((int(one) for one in re.findall(r"<(?:\w+:)?to>\s*<(?:\w+:)?col>(\d+)", package.read(drawing))), default=-1)

    def write(self, overlay: Path, marks: Mapping[str, Mapping[str, CellMark]], out: BinaryIO) -> None:
        """Writes the copy. `overlay` is a workbook of XlsxWriter: its sheets that are called like those of `margins` hold the cells beside their
        listings, in the same rows; its other sheets come behind those of the workbook. `marks` are the marked cells of each sheet by name (`C12`).

        The copy is read again before it is given out: each cell must be what it was. Raises CatalogError where it is not.
        """
        with tempfile.TemporaryDirectory(prefix="listinglint-") as folder:
            part = Path(folder) / "annotated.xlsx"
            with zipfile.ZipFile(self.path) as old, zipfile.ZipFile(overlay) as laid, zipfile.ZipFile(part, "w") as new:
                self._copy(Package(old, self.shown, _UNEXPECTED), laid, marks, new)
            for sheet, margin in self.margins.items():
                self._compare(part, sheet, margin.column)
            with part.open("rb") as made:
                shutil.copyfileobj(made, out, 1 << 20)

    def _copy(self, package: Package, laid: zipfile.ZipFile, marks: Mapping[str, Mapping[str, CellMark]], new: zipfile.ZipFile) -> None:
        styles = Styles(package)
        theirs = laid.read(STYLES).decode()
        numbers = Numbers(styles.adopt(theirs), styles.adopt_conditional(theirs))
        parts = sheet_parts(laid)
        _clear(package, self._before.sheets, self._parts)
        for sheet, margin in self.margins.items():
            over = LaidSheet(laid, parts[sheet], numbers)
            work = _Annotated(self.path, package, styles, self._parts[sheet], sheet, list(self._parts).index(sheet), margin, over, self._stale.get(sheet))
            package.streams[self._parts[sheet]] = splice(work.pieces(marks.get(sheet, {})))
        graft = Graft(package, laid, numbers)
        for place in graft.add(set(self.margins)):
            define(package, f'<definedName name="{_SHEET_NAME}" localSheetId="{place}" hidden="1">TRUE</definedName>')
        styles.finish()
        package.write(new)
        graft.write(new)

    def _compare(self, part: Path, sheet: str, width: int) -> None:
        for old, new in zip_longest(sheet_rows(self.path, self.shown, sheet), sheet_rows(part, self.shown, sheet)):
            before = list(old.cells)[:width] if old is not None else []
            after = list(new.cells)[:width] if new is not None else []
            wide = max(len(before), len(after))
            if before + [""] * (wide - len(before)) != after + [""] * (wide - len(after)):
                raise CatalogError(_BROKEN, file=self.shown, sheet=sheet, record=(old or new).record if old or new else None)


class _Annotated:
    """One sheet on its way."""

    def __init__(self, path: Path, package: Package, styles: Styles, member: str, sheet: str, number: int, margin: Margin, over: LaidSheet, stale: _Table | None
    ) -> None:
        self._path, self._package, self._styles, self._member, self._sheet, self._number = path, package, styles, member, sheet, number
        self._margin, self._over, self._stale = margin, over, stale
        self._painted = styles.with_fills(MARK_FILLS.values()) if stale is not None else frozenset()
        self._conditions: list[str] = []
        self._pieces: list[Piece] = []
        self._heights: dict[int, float] = {}
        self._wide: dict[int, float] = {}
        self._priority = 0
        self._default = _POINTS
        self._last = max(over.heights, default=margin.header)
        widths = [attributes_of(one.decode()) for one in re.findall(rb"<col [^>]*>", over.head)]
        self._widths = {int(one["min"]) - 1: one for one in widths}
        self._right = max(self._widths, default=margin.column)

    def pieces(self, marks: Mapping[str, CellMark]) -> list[Piece]:
        """What is to be replaced in the sheet's part, in order."""
        wanted: dict[int, dict[int, CellMark]] = {}
        for name, mark in marks.items():
            place = _CELL.fullmatch(name)
            if place is not None and (column := column_index(place[1])) is not None and column < self._margin.column:
                wanted.setdefault(int(place[2]), {})[column] = mark
        scan = self._scan(wanted)
        self._columns(scan)
        self._size(scan)
        self._filter(scan)
        self._tail(scan)
        notes = [
            Note(f"{column_letter(column)}{record}", record, column, mark.comment)
            for record, cells in sorted(wanted.items())
            for column, mark in sorted(cells.items())
            if mark.comment
        ]
        name = attribute(self._header().absolute(self._sheet))
        define(self._package, f'<definedName name="{_COLUMNS_NAME}" localSheetId="{self._number}" hidden="1">{name}</definedName>')
        if self._stale is not None:
            remove_comments(self._package, self._member)
        if (drawing := add_comments(self._package, self._member, notes, self._sizes())) is not None:
            self._insert(scan.place("legacyDrawing"), legacy_drawing(drawing))
        return sorted(self._pieces, key=lambda piece: piece[:2])

    def _scan(self, wanted: Mapping[int, Mapping[int, CellMark]]) -> SheetScan:
        """Goes through the sheet: its rows get their further cells and heights, the marked cells their fill."""
        first = self._margin.column
        prefixed = False

        wrapped: dict[int, list[int]] = {}
        edge = first if self._stale is not None else _LAST_COLUMN + 1

        def cell(one: SheetCell) -> None:
            nonlocal prefixed
            if one.column >= edge and one.record >= self._margin.header:
                # What an earlier report put there.
                prefixed = one.tag != "c"
                again = one.column == first and one.record in self._over.heights
                self._pieces.append((one.start, one.end, (lambda _: self._over.cells(one.record, prefixed)) if again else b""))
                return
            if one.style in self._styles.wrapping and one.record not in self._heights:
                wrapped.setdefault(one.record, []).append(one.column)
            mark = wanted.get(one.record, {}).get(one.column)
            if mark is not None:
                style = self._styles.filled(one.style, mark.colour)
                self._pieces.append((one.start, one.end, lambda old: _restyled(old, style)))
            elif one.style is not None and one.style in self._painted:
                bare = self._styles.unfilled(one.style)
                self._pieces.append((one.start, one.end, lambda old: _restyled(old, bare)))

        def gap(one: Gap) -> None:
            nonlocal prefixed
            at, prefixed = one.start, one.tag != "c"
            if one.column == first:
                self._pieces.append((at, at, lambda _: self._over.cells(one.record, prefixed)))
            else:
                style = self._styles.filled(None, wanted[one.record][one.column].colour)
                self._insert(at, f'<{one.tag} r="{column_letter(one.column)}{one.record}" s="{style}"/>'.encode())

        def row(one: SheetRow) -> None:
            if one.height is not None:
                self._heights[one.record] = one.height
            asked = self._over.heights.get(one.record)
            if one.record in self._over.heights:
                self._pieces.append((one.start, one.end, lambda old: self._heightened(old, one, asked)))

        def other(name: str, attributes: Mapping[str, str]) -> None:
            if name == "cfRule" and attributes.get("priority", "").isdecimal():
                self._priority = max(self._priority, int(attributes["priority"]))
            elif name == "conditionalFormatting":
                self._conditions.append(attributes.get("sqref", ""))
            elif name == "sheetFormatPr" and attributes.get("defaultRowHeight"):
                self._default = float(attributes["defaultRowHeight"])

        targets = {record: (*wanted.get(record, ()), first) for record in self._over.heights} | {
            record: tuple(cells) for record, cells in wanted.items() if record not in self._over.heights
        }
        scan = SheetScan(self._package.shown, self._sheet, cell=cell, gap=gap, targets=targets, row=row, other=other)
        with self._package.archive.open(self._member) as file:
            scan.run(file)
        self._widths_of(scan)
        self._fit(wrapped)
        return scan

    def _heightened(self, old: bytes, row: SheetRow, asked: float | None) -> bytes:
        """The tag of a row, so high that what stands beside it can be read. Not every program fits rows of wrapped texts when it opens them."""
        end = old.index(b">")
        before = self._heights.get(row.record, self._default)
        height = max(before, asked or 0.0)
        fixed = b' customHeight="1"' if row.fixed or height > before else b""
        return _ROW_TAG.sub(b"", old[:end]) + b' ht="%g"' % height + fixed + old[end:]

    def _fit(self, wrapped: Mapping[int, Sequence[int]]) -> None:
        """About how high rows are that say nothing of it and have wrapped cells (record → columns)."""
        if not wrapped:
            return
        last = max(wrapped)
        for row in sheet_rows(self._path, self._package.shown, self._sheet):
            if row.record > last:
                break
            found = (column for column in wrapped.get(row.record, ()) if column < len(row.cells) and self._width(column))
            lines = [lines_of(row.cells[column], max(self._width(column) - 1, 1)) for column in found]
            # One more where there are several: letters are not all of one width.
            if lines and max(lines) > 1:
                self._heights[row.record] = min(_HIGHEST, _POINTS * (max(lines) + 1))

    def _insert(self, at: int, made: bytes) -> None:
        if made:
            self._pieces.append((at, at, made))

    def _replace(self, scan: SheetScan, name: str, made: str) -> None:
        """Puts an element in the place of the one of its name, or where it would stand."""
        found = scan.element(name)
        if found is None:
            self._insert(scan.place(name), made.encode())
        else:
            self._pieces.append((found.start, found.end, made.encode()))

    def _element(self, scan: SheetScan, name: str) -> str | None:
        """The text of an element that is there."""
        found = scan.element(name)
        if found is None:
            return None
        with self._package.archive.open(self._member) as file:
            _skip(file, found.start)
            return file.read(found.end - found.start).decode()

    def _columns(self, scan: SheetScan) -> None:
        """Gives the further columns their widths; columns of the sheet that go on under them end before, and go on behind."""
        first, last = self._margin.column + 1, self._right + 1
        old = self._element(scan, "cols") or ""
        made: list[tuple[int, str]] = []
        for tag in re.findall(r"<(?:\w+:)?col\b[^>]*>", old):
            attributes = dict(attributes_of(tag))
            low, high = int(attributes["min"]), int(attributes["max"])
            for start, end in ((low, min(high, first - 1)), (max(low, last + 1), high)) if low <= last and high >= first else ((low, high),):
                if start <= end:
                    made.append((start, _tag("col", {**attributes, "min": str(start), "max": str(end)})))
        made += [(at + 1, _tag("col", {name: one[name] for name in ("min", "max", "width", "customWidth") if name in one})) for at, one in self._widths.items()]
        body = "".join(one for _, one in sorted(made, key=lambda one: one[0]))
        if body:
            self._replace(scan, "cols", f'<cols xmlns="{MAIN}">{body}</cols>')

    def _size(self, scan: SheetScan) -> None:
        found = self._element(scan, "dimension")
        table = _Table.of(attributes_of(found).get("ref", "")) if found else None
        if table is not None:
            grown = table._replace(right=max(table.right, self._right), bottom=max(table.bottom, self._last))
            self._replace(scan, "dimension", f'<dimension xmlns="{MAIN}" ref="{grown.reference}"/>')

    def _filter(self, scan: SheetScan) -> None:
        """Lets the sheet be filtered by stars, and keeps the further columns beside their listings where it is sorted."""
        tables = self._tables()
        old = self._element(scan, "autoFilter")
        if tables:
            for part, text in tables.items():
                self._grow_table(part, text)
        if old is None:
            if not tables and self._margin.headers:
                left = next((at for at, header in enumerate(self._margin.headers) if header), 0)
                table = _Table(self._margin.header, left, self._last, self._right)
                self._replace(scan, "autoFilter", f'<autoFilter xmlns="{MAIN}" ref="{table.reference}"/>')
                define(self._package, self._filter_name(table))
            return
        found = _Table.of(attributes_of(old.partition(">")[0]).get("ref", ""))
        if found is None or found.top != self._margin.header:
            return
        grown = found._replace(right=self._right, bottom=max(found.bottom, self._last))
        self._replace(scan, "autoFilter", re.sub(r'(\bref=)(["\']).*?\2', rf'\1"{grown.reference}"', old, count=1))
        book = self._package.read(_BOOK)
        name = re.compile(
            rf'(<(?:\w+:)?definedName\b(?=[^>]*\bname="_xlnm\._FilterDatabase")(?=[^>]*\blocalSheetId="{self._number}")[^>]*>)[^<]*', re.DOTALL
        )
        text = attribute(grown.absolute(self._sheet))
        self._package.put(_BOOK, name.sub(lambda match: match[1] + text, book))

    def _header(self) -> _Table:
        """The cells of the header beside the table."""
        return _Table(self._margin.header, self._margin.column, self._margin.header, self._right)

    def _is_stale(self, reference: str) -> bool:
        """Whether a place lies in the columns that an earlier report put there."""
        table = _Table.of(reference)
        return self._stale is not None and table is not None and self._margin.column <= table.left <= table.right <= self._stale.right

    def _filter_name(self, table: _Table) -> str:
        return f'<definedName name="_xlnm._FilterDatabase" localSheetId="{self._number}" hidden="1">{attribute(table.absolute(self._sheet))}</definedName>'

    def _tables(self) -> dict[str, str]:
        """The tables of the sheet: their parts and texts."""
        relations = relations_of(self._member)
        if relations not in self._package:
            return {}
        found = related(self._package.read(relations), self._member)
        return {part: self._package.read(part) for _, kind, part in found if kind == "table"}

    def _grow_table(self, part: str, text: str) -> None:
        """Takes the further columns into a table that ends beside them, so that sorting it moves them too."""
        head = re.search(r"<((?:\w+:)?)table\b[^>]*>", text)
        table = _Table.of(attributes_of(head[0]).get("ref", "")) if head else None
        if head is None or table is None or table.top != self._margin.header or table.bottom < self._last:
            return
        if self._stale is not None and table.right == self._stale.right:
            kept = _TABLE_COLUMN.findall(text)[: self._margin.column - table.left]
            text = re.sub(rf"(?:{_TABLE_COLUMN.pattern}\s*)+", lambda _: "".join(kept), text, count=1, flags=re.DOTALL)
        elif table.right != self._margin.column - 1:
            return
        attributes = attributes_of(head[0])
        if attributes.get("headerRowCount", "1") != "1" or attributes.get("tableType", "worksheet") != "worksheet":
            return
        grown = table._replace(right=self._right).reference
        filtered = table._replace(bottom=table.bottom - int(attributes.get("totalsRowCount", "0")))
        text = text.replace(head[0], re.sub(r'(\sref=)(["\']).*?\2', rf'\1"{grown}"', head[0]), 1)
        text = re.sub(
            rf'(<(?:\w+:)?autoFilter\b[^>]*?\sref=)(["\']){re.escape(filtered.reference)}\2', rf'\1"{filtered._replace(right=self._right).reference}"', text, count=1
        )
        ids = [int(one) for one in re.findall(r'<(?:\w+:)?tableColumn\b[^>]*?\sid="(\d+)"', text)]
        made = "".join(f'<{head[1]}tableColumn id="{max(ids, default=0) + at}" name="{name}"/>' for at, name in enumerate(self._over.headers, 1))
        text = re.sub(r'(<(?:\w+:)?tableColumns\b[^>]*?\scount=)"\d+"', rf'\1"{len(ids) + self._right - self._margin.column + 1}"', text, count=1)
        self._package.put(part, self._package.at_end(text, "tableColumns", made, part))

    def _tail(self, scan: SheetScan) -> None:
        """The conditions and links of the further columns."""
        tail = self._over.tail
        for element, places in zip((one for one in scan.elements if one.name == "conditionalFormatting"), self._conditions, strict=False):
            if all(self._is_stale(place) for place in places.split()):
                self._pieces.append((element.start, element.end, b""))
        conditions = b"".join(re.findall(rb"<conditionalFormatting\b.*?</conditionalFormatting>", tail, re.DOTALL))
        conditions = _PRIORITY.sub(lambda match: b'priority="%d"' % (int(match[1]) + self._priority), self._over.restyled(conditions))
        # Elements without a prefix are of the namespace that is said for them.
        said = f' xmlns="{MAIN}"' if scan.prefix else ""
        self._insert(scan.place("conditionalFormatting"), conditions.replace(b"<conditionalFormatting", f"<conditionalFormatting{said}".encode()))
        links = b"".join(re.findall(rb"<hyperlink\b[^>]*>", tail)).decode()
        if links:
            old = self._element(scan, "hyperlinks")
            if old and self._stale is not None:
                old = re.sub(r"<(?:\w+:)?hyperlink\b[^>]*/>", lambda one: "" if self._is_stale(attributes_of(one[0]).get("ref", "")) else one[0], old)
            inside = links.replace("<hyperlink", f"<hyperlink{said}")
            made = self._package.at_end(old, "hyperlinks", inside, self._member) if old else f'<hyperlinks xmlns="{MAIN}">{links}</hyperlinks>'
            self._replace(scan, "hyperlinks", made)

    def _widths_of(self, scan: SheetScan) -> None:
        for tag in re.findall(r"<(?:\w+:)?col\b[^>]*>", self._element(scan, "cols") or ""):
            one = attributes_of(tag)
            width = 0.0 if one.get("hidden") in ("1", "true") else float(one.get("width", _WIDTH))
            self._wide.update(dict.fromkeys(range(int(one["min"]) - 1, min(int(one["max"]), self._right + 1)), width))
        self._wide.update({at: float(one["width"]) for at, one in self._widths.items() if "width" in one})

    def _width(self, column: int) -> float:
        """How many digits wide a column is; 0 where it is hidden."""
        return self._wide.get(column, _WIDTH)

    def _sizes(self) -> Sizes:
        """The sizes of rows and columns for comments beside cells."""

        def height(record: int) -> int:
            return round(max(self._heights.get(record, self._default), self._over.heights.get(record) or 0.0) * 4 / 3)

        return Sizes(height, lambda column: round(7 * self._width(column) + 5) if self._width(column) else 0)


def annotator_of(catalog: Catalog) -> Annotator | None:
    """What lays a report over the workbook that is the whole of a catalog; None where it is something else.

    Raises CatalogError, whose `detail` says why, for a workbook that cannot be annotated.
    """
    sheets = [reader for reader in catalog.readers if isinstance(reader, SheetSource)]
    if not sheets or len(sheets) < len(catalog.readers) or len({reader.path for reader in sheets}) > 1 or len({reader.sheet for reader in sheets}) < len(sheets):
        return None
    return Annotator(sheets)


def _restyled(cell: bytes, style: str) -> bytes:
    """A cell as it is but for the number of its format."""
    tag = _CELL_TAG.match(cell)
    if tag is None:
        return cell
    return _CELL_STYLE.sub(b"", tag[0]) + f' s="{style}"'.encode() + cell[tag.end() :]


def _tag(name: str, attributes: Mapping[str, str]) -> str:
    return f"<{name} " + " ".join(f'{one}="{value}"' for one, value in attributes.items()) + "/>"


def _skip(file: IO[bytes], size: int) -> None:
    while size > 0 and (block := file.read(min(size, 1 << 20))):
        size -= len(block)
