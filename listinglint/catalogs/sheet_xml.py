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

_PLACE: Final = re.compile(r"([A-Z]+)(\d+)")
_TEXTS: Final = frozenset({"s", "inlineStr", "str"})
_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_AFTER_DRAWING: Final = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
)
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


class Gap(NamedTuple):
    """Where a cell that is not there would stand."""

    record: int
    column: int
    start: int
    tag: str


class SheetScan:
    """Goes through a worksheet. `cell` is called for each cell in `columns` (all where None), `gap` for each place of
    `targets` (record → columns from 0) where a row has no cell. `results` holds ranges that array formulas and data tables fill,
    `drawing_at` the place for a `legacyDrawing` element (§18.3.1.99 says what comes after it).

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
        self.drawing_at: int | None = None

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
        if self._depth == 2 and local in _AFTER_DRAWING and self.drawing_at is None:
            self.drawing_at = here
        if local == "c":
            self._begin_cell(name, attributes, here)
        elif local == "row":
            self._record = int(attributes.get("r", self._record + 1))
            self._column = -1
            self._waiting = sorted(self._targets.get(self._record, ()))
        elif self._open is not None and local in ("f", "v", "is"):
            if local == "f":
                self._open.formula = True
                if attributes.get("t") in ("array", "dataTable") and "ref" in attributes:
                    self.results.append(_range(attributes["ref"]))
            else:
                self._open.filled = True

    def _begin_cell(self, name: str, attributes: dict[str, str], here: int) -> None:
        place = _PLACE.match(attributes.get("r", ""))
        column = column_index(place[1]) if place else None
        self._column = self._column + 1 if column is None else column
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
        if self._depth == 0 and self.drawing_at is None:
            self.drawing_at = here
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


def escape(text: str) -> str:
    """A text for XML as workbooks hold it: characters that XML lacks as `_x0001_` (ECMA-376 part 1, §22.9.2.19)."""
    text = _ESCAPED.sub("_x005F_", text)
    text = _CONTROLS.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")
