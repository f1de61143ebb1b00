"""Finds cells in the XML of a worksheet by their place in the file, so that single cells can be replaced and all else stays.

The parts of a workbook are those of ECMA-376 part 1, §18.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final, NamedTuple
from xml.parsers import expat

from listinglint.catalogs.columns import column_index, column_letter
from listinglint.catalogs.errors import CatalogError
from listinglint.model import Text

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PLACE: Final = re.compile(r"([A-Z]+)(\d+)")
_TEXTS: Final = frozenset({"s", "inlineStr", "str"})
_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ORDER: Final = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter",
    "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions",
    "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""The elements of a worksheet in the order that §18.3.1.99 asks for."""
_RANKS: Final = {name: rank for rank, name in enumerate(_ORDER)} | {"AlternateContent": _ORDER.index("oleObjects")}
_CHUNK: Final = 1 << 20


@dataclass(slots=True)
class SheetCell:
    """One `c` element: where it stands in the part (`end` is its first byte after), and what it is.

    `tag` is the element's name with its prefix, `kind` its type (`s`, `inlineStr`, `str`, `n`, `b`, `e`, `d`), `style`
    the number of its format or None.
    """

    record: int
    column: int
    start: int
    tag: str
    kind: str
    style: str | None
    end: int = 0
    formula: bool = False
    filled: bool = False


class SheetElement(NamedTuple):
    """A child of the worksheet's root: its name without prefix, its tag's, and where it begins and ends in the part."""

    name: str
    tag: str
    start: int
    end: int


class SheetRow(NamedTuple):
    """The tag of a row that has cells: record (from 1), where the tag begins and what follows it, its height in points (None: not said)."""

    record: int
    start: int
    end: int
    height: float | None
    fixed: bool


class Gap(NamedTuple):
    """Where a cell that is not there would stand."""

    record: int
    column: int
    start: int
    tag: str


class SheetScan:
    """Goes through a worksheet. `cell` is called for each cell in `columns` (all where None), `gap` for each place of
    `targets` (record → columns from 0) where a row has no cell, `row` for each row that has cells, before them, `other` for each
    element outside of rows (name without prefix, attributes). `results` holds ranges that array formulas and data tables fill,
    `elements` the children of the root, `last_column` the last column that has a cell (from 0; -1: none).

    Raises CatalogError for XML that does not parse or declares a document type.
    """

    def __init__(
        self,
        shown: str,
        sheet: str,
        *,
        cell: Callable[[SheetCell], None],
        columns: Container[int] | None = None,
        gap: Callable[[Gap], None] | None = None,
        targets: Mapping[int, Sequence[int]] | None = None,
        row: Callable[[SheetRow], None] | None = None,
        other: Callable[[str, Mapping[str, str]], None] | None = None,
    ) -> None:
        self.shown, self.sheet = shown, sheet
        self.results: list[tuple[int, int, int, int]] = []
        self._cell, self._gap, self._columns = cell, gap, columns
        self._targets = targets or {}
        self._record, self._column = 0, -1
        self._open: SheetCell | None = None
        self._closed: SheetCell | None = None
        self._waiting: list[int] = []
        self._tag = "c"
        self._depth = 0
        self._row, self._other = row, other
        self.last_column = -1
        self._row_tag: tuple[int, dict[str, str]] | None = None
        self._child: tuple[str, str, int] | None = None
        self._over = False
        self._end_of_root = 0
        self.elements: list[SheetElement] = []

    @property
    def prefix(self) -> str:
        """What stands in front of the names of the sheet's elements (`x:`), or nothing."""
        return self._tag[: -len("c")]

    def element(self, name: str) -> SheetElement | None:
        """The first child of this name."""
        return next((one for one in self.elements if one.name == name), None)

    def place(self, name: str) -> int:
        """Where a further element of this name would stand: behind those that come before it."""
        rank = _RANKS[name]
        return next((one.start for one in self.elements if _RANKS.get(one.name, -1) > rank), self._end_of_root)

    def run(self, file: IO[bytes]) -> None:
        """Reads the whole part."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse
        parser.XmlDeclHandler = self._declared
        self._parser = parser
        try:
            while chunk := file.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise self._broken(str(error)) from None

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii", "ascii"):
            raise self._broken(f"encoding {encoding}")

    def _refuse(self, *_: Any) -> None:
        raise self._broken("DOCTYPE")

    def _broken(self, why: str) -> CatalogError:
        return CatalogError(
            Text(
                f"the sheet's XML cannot be mended ({why[:80]}); open the workbook in Excel and save it again",
                f"无法修改该工作表的 XML（{why[:80]}）；请用 Excel 打开后重新保存",
            ),
            file=self.shown,
            sheet=self.sheet,
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        here = self._parser.CurrentByteIndex
        if self._closed is not None:
            self._settle(here)
        local = name.rpartition(":")[2]
        self._depth += 1
        if self._depth == 1:
            self._tag = name[: len(name) - len(local)] + "c"
        elif self._depth == 2:
            self._close_child(here)
            self._child = (local, name, here)
        if local == "c":
            if self._row_tag is not None:
                self._tell_row(here)
            self._begin_cell(name, attributes, here)
        elif local == "row":
            self._record = int(attributes.get("r", self._record + 1))
            self._column = -1
            self._waiting = sorted(self._targets.get(self._record, ()))
            self._row_tag = (here, attributes)
        elif self._open is None:
            if self._other is not None:
                self._other(local, attributes)
        elif local in ("f", "v", "is"):
            if local == "f":
                self._open.formula = True
                if attributes.get("t") in ("array", "dataTable") and "ref" in attributes:
                    self.results.append(_range(attributes["ref"]))
            else:
                self._open.filled = True

    def _tell_row(self, here: int) -> None:
        assert self._row_tag is not None
        start, attributes = self._row_tag
        self._row_tag = None
        if self._row is not None:
            height = attributes.get("ht")
            fixed = attributes.get("customHeight", "0") in ("1", "true")
            self._row(SheetRow(self._record, start, here, float(height) if height is not None else None, fixed))

    def _close_child(self, here: int) -> None:
        if self._child is not None and self._over:
            self.elements.append(SheetElement(*self._child, here))
            self._child, self._over = None, False

    def _begin_cell(self, name: str, attributes: dict[str, str], here: int) -> None:
        place = _PLACE.match(attributes.get("r", ""))
        column = column_index(place[1]) if place else None
        self._column = self._column + 1 if column is None else column
        self.last_column = max(self.last_column, self._column)
        self._tag = name
        while self._waiting and self._waiting[0] < self._column:
            self._missing(self._waiting.pop(0), here)
        if self._waiting and self._waiting[0] == self._column:
            self._waiting.pop(0)
        self._open = SheetCell(self._record, self._column, here, name, attributes.get("t", "n"), attributes.get("s"))

    def _end(self, name: str) -> None:
        here = self._parser.CurrentByteIndex
        if self._closed is not None:
            self._settle(here)
        local = name.rpartition(":")[2]
        self._depth -= 1
        if self._depth == 1:
            self._over = True
        elif self._depth == 0:
            self._close_child(here)
            self._end_of_root = here
        if local == "c":
            self._closed, self._open = self._open, None
        elif local == "row":
            while self._waiting:
                self._missing(self._waiting.pop(0), here)

    def _settle(self, here: int) -> None:
        closed, self._closed = self._closed, None
        if closed is not None and (self._columns is None or closed.column in self._columns):
            closed.end = here
            self._cell(closed)

    def _missing(self, column: int, here: int) -> None:
        if self._gap is not None:
            self._gap(Gap(self._record, column, here, self._tag))


def _range(text: str) -> tuple[int, int, int, int]:
    """First record, first column, last record, last column of `B2:C9`."""
    first, _, last = text.replace("$", "").partition(":")
    corners = []
    for corner in (first, last or first):
        place = _PLACE.match(corner)
        corners.append((int(place[2]), column_index(place[1]) or 0) if place else (0, 0))
    return (*corners[0], *corners[1])


def is_text(cell: SheetCell) -> bool:
    """Whether a cell holds a text, or nothing."""
    return cell.kind in _TEXTS or not cell.filled


def text_cell(tag: str, record: int, column: int, text: str, style: str | None) -> bytes:
    """The XML of a cell with a text in it."""
    prefix = tag[: -len("c")]
    styled = f' s="{style}"' if style is not None else ""
    place = f"{column_letter(column)}{record}"
    body = escape(text)
    return (
        f'<{tag} r="{place}"{styled} t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">{body}</{prefix}t></{prefix}is></{tag}>'
    ).encode()


def legacy_drawing(name: str) -> bytes:
    """The element that names the drawing of a sheet's comments."""
    return f'<legacyDrawing xmlns="{MAIN}" xmlns:r="{RELATIONS}" r:id="{name}"/>'.encode()


def escape(text: str) -> str:
    """A text for XML as workbooks hold it: characters that XML lacks as `_x0001_` (ECMA-376 part 1, §22.9.2.19)."""
    text = _ESCAPED.sub("_x005F_", text)
    text = _CONTROLS.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")
