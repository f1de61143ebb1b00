"""Writes mended cells back into a workbook: only those cells change, everything else is copied as it is."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from listinglint.catalogs import limits
from listinglint.catalogs.columns import column_letter
from listinglint.catalogs.errors import CatalogError
from listinglint.catalogs.number_formats import sheet_parts
from listinglint.catalogs.sheet_xml import Gap, SheetCell, SheetScan, is_text, legacy_drawing, text_cell
from listinglint.catalogs.workbook_comments import Note, add_comments
from listinglint.catalogs.workbook_package import Package, Piece, splice
from listinglint.catalogs.workbook_styles import Styles
from listinglint.catalogs.workbooks import SheetSource, sheet_rows
from listinglint.catalogs.writing import SHARED, TOO_LONG, CellChange, Progress, Refusing, Report, compare_rows
from listinglint.model import Edit, Listing, Text

EXCEL_CELL: Final = 32_767
"""Characters that a cell of Excel may hold."""
FORMULA: Final = Text("the cell holds a formula", "单元格是公式")
NUMBER: Final = Text("the cell holds a number or a date, not a text", "单元格是数字或日期，不是文本")
EXCEL_LIMIT: Final = Text(f"a cell of Excel holds at most {EXCEL_CELL:,} characters", f"Excel 单元格最多容纳 {EXCEL_CELL:,} 个字符")
_RECALCULATE: Final = re.compile(rb"<((?:\w+:)?calcPr)\b(?![^>]*fullCalcOnLoad)([^>]*?)(/?)>")

_NOTE: Final = Text("listinglint: {rules}\nBefore: {before}", "listinglint：{rules}\n修改前：{before}")
_NOTE_TEXT: Final = 2000
_COLOUR: Final = "FFF2CC"
_UNMARKABLE: Final = Text(
    "the mended cells cannot be marked ({part} is not as expected); leave --mark out", "无法标记修改过的单元格（{part} 与预期不符）；请去掉 --mark"
)

Places = dict[int, dict[int, CellChange]]


class WorkbookWriter(Refusing):
    """Writes cells of a workbook's sheets (`sources`, all of one file); `mark` gives them a fill and a comment in `lang`."""

    def __init__(self, sources: Sequence[SheetSource], *, mark: bool = False, lang: str = "en") -> None:
        self.sources = {source.sheet: source for source in sources}
        self.path, self.shown, self.mark, self.lang = sources[0].path, sources[0].shown, mark, lang
        with zipfile.ZipFile(self.path) as archive:
            self._parts = sheet_parts(archive)
        self._kept: dict[str, dict[tuple[int, int], Text]] = {}
        self._owners: dict[str, dict[int, tuple[str, int]]] = {}
        for source in sources:
            self._kept[source.sheet] = self._protected(source)
            fields = source.header.mapping.fields
            owners = [(at, (name, part)) for name, places in fields.items() for part, at in enumerate(places)]
            self._owners[source.sheet] = dict(reversed(owners))

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

    def kept(self, listing: Listing, field: str, part: int) -> Text | None:
        """Why a cell cannot be written whatever comes there."""
        source = listing.source
        assert source is not None and source.sheet is not None and source.record is not None
        column = self._column(source.sheet, field, part)
        if self._owners[source.sheet][column] != (field, part):
            return SHARED
        if len(listing.parts(field)[part]) >= limits.MAX_CELL:
            return TOO_LONG
        return self._kept[source.sheet].get((source.record, column))

    def unfit(self, listing: Listing, edit: Edit) -> Text | None:
        """Why a text cannot be written."""
        before = listing.parts(edit.field)[edit.part]
        return EXCEL_LIMIT if len(before) - (edit.end - edit.start) + len(edit.text) > EXCEL_CELL else None

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
        package = Package(old, self.shown, _UNMARKABLE)
        styles = Styles(package) if self.mark else None
        for sheet, cells in places.items():
            package.streams[self._part(sheet)] = splice(self._pieces(package, sheet, cells, styles))
        if styles is not None:
            styles.finish()
        if "xl/calcChain.xml" in package:
            # Formulas over mended cells would go on showing what was saved with them.
            package.parts["xl/workbook.xml"] = _RECALCULATE.sub(rb'<\1\2 fullCalcOnLoad="1"\3>', old.read("xl/workbook.xml"))
        package.write(new)

    def _pieces(self, package: Package, sheet: str, places: Places, styles: Styles | None) -> list[Piece]:
        """What is to be replaced in a sheet's part, in order."""
        pieces: list[Piece] = []

        def put(one: SheetCell | Gap, end: int, style: str | None) -> None:
            change = places.get(one.record, {}).get(one.column)
            if change is not None:
                shown = styles.filled(style, _COLOUR) if styles is not None else style
                pieces.append((one.start, end, text_cell(one.tag, one.record, one.column, change.after, shown)))

        scan = SheetScan(
            self.shown,
            sheet,
            cell=lambda cell: put(cell, cell.end, cell.style),
            gap=lambda gap: put(gap, gap.start, None),
            targets={record: tuple(cells) for record, cells in places.items()},
        )
        member = self._part(sheet)
        with package.archive.open(member) as file:
            scan.run(file)
        if styles is not None:
            drawing = add_comments(package, member, self._notes(places))
            if drawing is not None:
                at = scan.place("legacyDrawing")
                pieces.append((at, at, legacy_drawing(drawing)))
        return sorted(pieces, key=lambda piece: piece[:2])

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

