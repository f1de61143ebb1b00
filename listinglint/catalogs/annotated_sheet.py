"""A sheet of a workbook with columns of a report beside its table, and its faulty cells marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Final

from listinglint.catalogs.cell_ranges import CellRange
from listinglint.catalogs.columns import column_index, column_letter
from listinglint.catalogs.earlier_report import COLUMNS_NAME
from listinglint.catalogs.sheet_xml import Gap, SheetCell, SheetRow, SheetScan, legacy_drawing
from listinglint.catalogs.workbook_comments import Note, Sizes, add_comments, remove_comments
from listinglint.catalogs.workbook_overlay import LaidSheet, define
from listinglint.catalogs.workbook_package import MAIN, Package, Piece, attribute, attributes_of, related, relations_of
from listinglint.catalogs.workbook_styles import Styles
from listinglint.catalogs.workbooks import sheet_rows
from listinglint.spreadsheets import MARK_FILLS, CellMark, Margin, lines_of

_BOOK: Final = "xl/workbook.xml"
LAST_COLUMN: Final = 16_383
"""The last column that a sheet of Excel has, from 0."""
_CELL: Final = re.compile(r"([A-Z]{1,3})(\d+)")
_ROW_TAG: Final = re.compile(rb"""\s(?:spans|ht|customHeight)=(?:"[^"]*"|'[^']*')""")
_CELL_TAG: Final = re.compile(rb"""^<[^\s/>]+(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*""")
_CELL_STYLE: Final = re.compile(rb"""\ss=(?:"[^"]*"|'[^']*')""")
_PRIORITY: Final = re.compile(rb'\bpriority="(\d+)"')
_TABLE_COLUMN: Final = re.compile(r"<(?:\w+:)?tableColumn\b[^>]*?(?:/>|(?<!/)>.*?</(?:\w+:)?tableColumn\s*>)", re.DOTALL)
_POINTS: Final = 15.0
_HIGHEST: Final = 409.0
"""Points: the height of a line, and of the highest row."""
_WIDTH: Final = 8.43
"""The width of a column that says none."""


class AnnotatedSheet:
    """One sheet on its way into the copy of the workbook at `path`.

    `member` is its part, `number` its place among the sheets (from 0); `over` has the cells that come into the `margin` beside its table.
    `stale` is the header of the columns that an earlier report put there, None where none did.
    """

    def __init__(
        self, path: Path, package: Package, styles: Styles, member: str, sheet: str, number: int, margin: Margin, over: LaidSheet, stale: CellRange | None
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
        define(self._package, f'<definedName name="{COLUMNS_NAME}" localSheetId="{self._number}" hidden="1">{name}</definedName>')
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
        edge = first if self._stale is not None else LAST_COLUMN + 1

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
        table = CellRange.of(attributes_of(found).get("ref", "")) if found else None
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
                table = CellRange(self._margin.header, left, self._last, self._right)
                self._replace(scan, "autoFilter", f'<autoFilter xmlns="{MAIN}" ref="{table.reference}"/>')
                define(self._package, self._filter_name(table))
            return
        found = CellRange.of(attributes_of(old.partition(">")[0]).get("ref", ""))
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

    def _header(self) -> CellRange:
        """The cells of the header beside the table."""
        return CellRange(self._margin.header, self._margin.column, self._margin.header, self._right)

    def _is_stale(self, reference: str) -> bool:
        """Whether a place lies in the columns that an earlier report put there."""
        table = CellRange.of(reference)
        return self._stale is not None and table is not None and self._margin.column <= table.left <= table.right <= self._stale.right

    def _filter_name(self, table: CellRange) -> str:
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
        table = CellRange.of(attributes_of(head[0]).get("ref", "")) if head else None
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
