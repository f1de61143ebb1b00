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
from typing import BinaryIO, Final
from xml.etree import ElementTree

from listinglint.catalogs.annotated_sheet import LAST_COLUMN, AnnotatedSheet
from listinglint.catalogs.catalog import Catalog
from listinglint.catalogs.cell_ranges import CellRange
from listinglint.catalogs.earlier_report import SHEET_NAME, clear_earlier, earlier_report
from listinglint.catalogs.errors import CatalogError
from listinglint.catalogs.number_formats import sheet_parts
from listinglint.catalogs.sheet_xml import SheetScan
from listinglint.catalogs.workbook_overlay import Graft, LaidSheet, Numbers, define
from listinglint.catalogs.workbook_package import TYPES, Package, attributes_of, splice
from listinglint.catalogs.workbook_styles import STYLES, Styles
from listinglint.catalogs.workbooks import SheetSource, sheet_rows
from listinglint.model import Text
from listinglint.spreadsheets import CellMark, Margin

_BOOK: Final = "xl/workbook.xml"
_MOST_COLUMNS: Final = 12
"""Columns that a report may put beside a table."""
_LONGEST_NAME: Final = 31

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
            self._stale: dict[str, CellRange] = {}
            self._before = earlier_report(package.read(_BOOK), tuple(self._parts))
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
        if first + _MOST_COLUMNS > LAST_COLUMN:
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
        clear_earlier(package, self._before.sheets, self._parts)
        for sheet, margin in self.margins.items():
            over = LaidSheet(laid, parts[sheet], numbers)
            work = AnnotatedSheet(self.path, package, styles, self._parts[sheet], sheet, list(self._parts).index(sheet), margin, over, self._stale.get(sheet))
            package.streams[self._parts[sheet]] = splice(work.pieces(marks.get(sheet, {})))
        graft = Graft(package, laid, numbers)
        for place in graft.add(set(self.margins)):
            define(package, f'<definedName name="{SHEET_NAME}" localSheetId="{place}" hidden="1">TRUE</definedName>')
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


def annotator_of(catalog: Catalog) -> Annotator | None:
    """What lays a report over the workbook that is the whole of a catalog; None where it is something else.

    Raises CatalogError, whose `detail` says why, for a workbook that cannot be annotated.
    """
    sheets = [reader for reader in catalog.readers if isinstance(reader, SheetSource)]
    if not sheets or len(sheets) < len(catalog.readers) or len({reader.path for reader in sheets}) > 1 or len({reader.sheet for reader in sheets}) < len(sheets):
        return None
    return Annotator(sheets)
