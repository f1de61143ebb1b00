"""Writes mended cells back into a workbook: only those cells change, everything else is copied as it is."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Final

from listinglint.catalogs import limits
from listinglint.catalogs.columns import column_letter
from listinglint.catalogs.errors import CatalogError
from listinglint.catalogs.number_formats import sheet_parts
from listinglint.catalogs.sheet_xml import Gap, SheetCell, SheetScan, is_text, text_cell
from listinglint.catalogs.workbook_marks import Marks, Note
from listinglint.catalogs.workbooks import SheetSource, sheet_rows
from listinglint.catalogs.writing import SHARED, TOO_LONG, CellChange, Progress, Report, compare_rows
from listinglint.model import Edit, Listing, Text

EXCEL_CELL: Final = 32_767
"""Characters that a cell of Excel may hold."""
FORMULA: Final = Text("the cell holds a formula", "单元格是公式")
NUMBER: Final = Text("the cell holds a number or a date, not a text", "单元格是数字或日期，不是文本")
EXCEL_LIMIT: Final = Text(f"a cell of Excel holds at most {EXCEL_CELL:,} characters", f"Excel 单元格最多容纳 {EXCEL_CELL:,} 个字符")
_RECALCULATE: Final = re.compile(rb"<((?:\w+:)?calcPr)\b(?![^>]*fullCalcOnLoad)([^>]*?)(/?)>")

_NOTE: Final = Text("listinglint: {rules}\nBefore: {before}", "listinglint：{rules}\n修改前：{before}")
_NOTE_TEXT: Final = 2000
_DRAWING: Final = '<legacyDrawing xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{}"/>'

Places = dict[int, dict[int, CellChange]]
Piece = tuple[int, int, bytes]
"""Begin and end of what is replaced in a part, and what comes there."""


class WorkbookWriter:
    """Writes cells of a workbook's sheets (`sources`, all of one file); `mark` gives them a fill and a comment in `lang`."""

    def __init__(self, sources: Sequence[SheetSource], *, mark: bool = False, lang: str = "en") -> None:
        self.sources = {source.sheet: source for source in sources}
        self.path, self.shown, self.mark, self.lang = sources[0].path, sources[0].shown, mark, lang
        with zipfile.ZipFile(self.path) as archive:
            self._parts = sheet_parts(archive)
        self._kept: dict[str, dict[tuple[int, int], Text]] = {}
        self._formulas = False
        for source in sources:
            self._kept[source.sheet] = self._protected(source)

    def _protected(self, source: SheetSource) -> dict[tuple[int, int], Text]:
        """The cells of a sheet's fields that are not overwritten, and why."""
        found: dict[tuple[int, int], Text] = {}
        columns = {at for places in source.header.mapping.fields.values() for at in places}

        def look(cell: SheetCell) -> None:
            if cell.formula:
                found[cell.record, cell.column] = FORMULA
            elif not is_text(cell):
                found[cell.record, cell.column] = NUMBER

        scan = SheetScan(self.shown, source.sheet, cell=look, columns=columns)
        with zipfile.ZipFile(self.path) as archive, archive.open(self._part(source.sheet)) as file:
            scan.run(file)
        for top, left, bottom, right in scan.results:
            for column in columns:
                if left <= column <= right:
                    found.update(dict.fromkeys(((record, column) for record in range(top, min(bottom, 1_048_576) + 1)), FORMULA))
        return found

    def _part(self, sheet: str) -> str:
        try:
            return self._parts[sheet]
        except KeyError:
            raise CatalogError(
                Text("the sheet is not found in the workbook's archive", "在工作簿文件中找不到该工作表"), file=self.shown, sheet=sheet
            ) from None

    def listings(self, report: Report, progress: Progress | None = None) -> Iterator[Listing]:
        """The listings of all sheets in order."""
        for source in self.sources.values():
            yield from source.listings(report, progress)

    def _column(self, sheet: str, field: str, part: int) -> int:
        return self.sources[sheet].header.mapping.fields[field][part]

    def refusal(self, listing: Listing, edit: Edit) -> Text | None:
        """Why an edit cannot be written."""
        source = listing.source
        assert source is not None and source.sheet is not None and source.record is not None
        column = self._column(source.sheet, edit.field, edit.part)
        fields = self.sources[source.sheet].header.mapping.fields
        owner = next((name, part) for name, places in fields.items() for part, at in enumerate(places) if at == column)
        if owner != (edit.field, edit.part):
            return SHARED
        before = listing.parts(edit.field)[edit.part]
        if len(before) >= limits.MAX_CELL:
            return TOO_LONG
        if len(before) - (edit.end - edit.start) + len(edit.text) > EXCEL_CELL:
            return EXCEL_LIMIT
        return self._kept[source.sheet].get((source.record, column))

    def write(self, changes: Sequence[CellChange], part: Path) -> None:
        """Writes the workbook, then reads its sheets again: each cell must be what it was or what it was to become."""
        places: dict[str, Places] = {}
        for change in changes:
            source = change.source
            assert source.sheet is not None and source.record is not None
            column = self._column(source.sheet, change.field, change.part)
            places.setdefault(source.sheet, {}).setdefault(source.record, {})[column] = change
        if not places:
            shutil.copyfile(self.path, part)
            return
        with zipfile.ZipFile(self.path) as old, zipfile.ZipFile(part, "w") as new:
            self._copy_archive(old, new, places)
        for sheet, cells in places.items():
            compare_rows(sheet_rows(self.path, self.shown, sheet), sheet_rows(part, self.shown, sheet), cells, self.shown, sheet)

    def _copy_archive(self, old: zipfile.ZipFile, new: zipfile.ZipFile, places: Mapping[str, Places]) -> None:
        """Copies all parts as they are, but for the sheets with changes and what marks need."""
        new.comment = old.comment
        marks = Marks(old, self.shown) if self.mark else None
        pieces = {self._part(sheet): self._pieces(old, sheet, cells, marks) for sheet, cells in places.items()}
        if marks is not None:
            marks.finish()
        parts = marks.parts if marks is not None else {}
        formulas = "xl/calcChain.xml" in old.namelist()
        for info in old.infolist():
            with old.open(info) as source, new.open(_like(info), "w", force_zip64=info.file_size > 1 << 31) as target:
                if info.filename in pieces:
                    _splice(source, target, pieces[info.filename])
                elif info.filename in parts:
                    target.write(parts[info.filename])
                elif info.filename == "xl/workbook.xml" and formulas:
                    # Formulas over mended cells would go on showing what was saved with them.
                    target.write(_RECALCULATE.sub(rb'<\1\2 fullCalcOnLoad="1"\3>', source.read()))
                else:
                    shutil.copyfileobj(source, target, 1 << 20)
        for name in parts.keys() - set(old.namelist()):
            new.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)

    def _pieces(self, archive: zipfile.ZipFile, sheet: str, places: Places, marks: Marks | None) -> list[Piece]:
        """What is to be replaced in a sheet's part, in order."""
        pieces: list[Piece] = []

        def put(one: SheetCell | Gap, end: int, style: str | None) -> None:
            change = places.get(one.record, {}).get(one.column)
            if change is not None:
                shown = marks.style(style) if marks is not None else style
                pieces.append((one.start, end, text_cell(one.tag, one.record, one.column, change.after, shown)))

        scan = SheetScan(
            self.shown,
            sheet,
            cell=lambda cell: put(cell, cell.end, cell.style),
            gap=lambda gap: put(gap, gap.start, None),
            targets={record: tuple(cells) for record, cells in places.items()},
        )
        member = self._part(sheet)
        with archive.open(member) as file:
            scan.run(file)
        if marks is not None:
            drawing = marks.comment(member, self._notes(places))
            if drawing is not None and scan.drawing_at is not None:
                pieces.append((scan.drawing_at, scan.drawing_at, _DRAWING.format(drawing).encode()))
        return sorted(pieces)

    def _notes(self, places: Places) -> list[Note]:
        return [
            Note(
                f"{column_letter(column)}{record}",
                record,
                column,
                _NOTE.format(self.lang, rules=", ".join(change.rules), before=change.before[:_NOTE_TEXT] + ("…" if len(change.before) > _NOTE_TEXT else "")),
            )
            for record, cells in sorted(places.items())
            for column, change in sorted(cells.items())
        ]


def _splice(source: IO[bytes], target: IO[bytes], pieces: Sequence[Piece]) -> None:
    """Copies a part with pieces of it replaced."""
    at = 0
    for start, end, xml in pieces:
        _copy(source, target, start - at)
        source.read(end - start)
        target.write(xml)
        at = end
    shutil.copyfileobj(source, target, 1 << 20)


def _copy(source: IO[bytes], target: IO[bytes], size: int) -> None:
    while size > 0:
        block = source.read(min(size, 1 << 20))
        if not block:
            return
        target.write(block)
        size -= len(block)


def _like(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """An entry with the name, date, attributes and compression of another."""
    made = zipfile.ZipInfo(info.filename, info.date_time)
    made.compress_type, made.external_attr, made.create_system, made.comment = info.compress_type, info.external_attr, info.create_system, info.comment
    return made
