"""Writes new workbooks as streams: texts stay texts whatever they begin with, words in them may be coloured, full sheets go on in further ones."""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO, Final, NamedTuple

MOST_CHARACTERS: Final = 32_767
"""UTF-16 units that a cell of Excel holds."""
MOST_ROWS: Final = 1_048_576
MOST_LINKS: Final = 65_530
"""Links that a sheet of Excel holds."""

_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS: Final = re.compile(r"\r\n?")
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDE: Final = "\u2e80"
_LINE: Final = 15.0
_HIGHEST: Final = 409.0
"""Points: of one line, and of the highest row that Excel shows."""
_FONTS: Final = {"zh": {"font_name": "Microsoft YaHei", "font_size": 10}}
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_urls": False,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "use_zip64": True,
}

Run = tuple[str, "Style | None"]
"""A piece of a text and the font it is written in; None is the cell's own."""


MARK_FILLS: Final = {"error": "FCE8E6", "warning": "FFF4D6", "info": "EAF2FB"}
"""The colours that fill faulty cells, by severity."""


class Margin(NamedTuple):
    """Where columns can be put beside the table of a sheet that is there already.

    `header` is the record of its header (from 1), `column` the first column (from 0) with nothing in it or right of it, `headers` are what the header says,
    `links` how many links the sheet has.
    """

    header: int
    column: int
    headers: tuple[str, ...]
    links: int


class CellMark(NamedTuple):
    """How a cell that is there already is marked: the colour that fills it (`FCE8E6`), the text of its comment (empty: none)."""

    colour: str
    comment: str


def writable(text: str) -> str:
    """The text as a workbook can hold it: characters that XML lacks are shown by their number (`<U+0001>`), lines end with `\\n`."""
    if text.isascii() and text.isprintable():
        return text
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    return _UNWRITABLE.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def cut(text: str, most: int = MOST_CHARACTERS) -> str:
    """The text in at most so many UTF-16 units, with `…` where it was cut."""
    if len(text) <= most // 2 or units(text) <= most:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (most - 1)].decode("utf-16-le", "ignore")
    return kept + "…"


def units(text: str) -> int:
    """The length of a text as Excel counts it."""
    return len(text) + sum(one > "\uffff" for one in text) if not text.isascii() else len(text)


def columns_of(text: str) -> int:
    """About how many columns a text takes: wide characters (Chinese, Japanese, Korean, full-width) take two."""
    return len(text) if text.isascii() else len(text) + sum(map(_WIDE.__le__, text))


def lines_of(text: str, width: float) -> int:
    """About how many lines a text takes in a cell that is so many columns wide; most letters are narrower than the digits that columns are counted in."""
    return sum(max(1, math.ceil(columns_of(line) / (1.08 * width))) for line in text.split("\n"))


class Style:
    """How cells look. Cells whose text looks like a formula get the same with the mark that keeps Excel from running it after an edit."""

    __slots__ = ("_add", "_quoted", "plain", "properties")

    def __init__(self, add: Callable[[Mapping[str, Any]], Any], properties: Mapping[str, Any]) -> None:
        self.properties = dict(properties)
        self._add = add
        self._quoted: Any = None
        self.plain = add(self.properties)

    def of(self, text: str) -> Any:
        """The format for a cell with this text."""
        if not text.startswith(_FORMULA_STARTS):
            return self.plain
        if self._quoted is None:
            self._quoted = self._add({**self.properties, "quote_prefix": True})
        return self._quoted


class Book:
    """A workbook in the making, written to a binary file. Rows of each sheet come in order; sheets may take turns.

    Memory does not grow with the rows but for the links (at most `MOST_LINKS` a sheet). `shortened` counts texts that did not fit a
    cell, `unlinked` the links that did not fit a sheet. Nothing is in the file before `close`.
    """

    def __init__(self, out: BinaryIO, lang: str = "en") -> None:
        import xlsxwriter

        # The folder goes even where the workbook is never closed; XlsxWriter leaves its rows behind then.
        self._folder = tempfile.TemporaryDirectory(prefix="listinglint-", ignore_cleanup_errors=True)
        options = {**_OPTIONS, "tmpdir": self._folder.name}
        if lang in _FONTS:
            options["default_format_properties"] = _FONTS[lang]
        self.book = xlsxwriter.Workbook(out, options)
        self._styles: dict[tuple[tuple[str, Any], ...], Style] = {}
        self._links: dict[str, int] = {}
        self.shortened = 0
        self.unlinked = 0

    def style(self, **properties: Any) -> Style:
        """A style of XlsxWriter's format properties; equal ones are one."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            self._styles[key] = Style(self.book.add_format, properties)
        return self._styles[key]

    def sheet(self, name: str, links: int = 0) -> Any:
        """A new sheet at the end, which goes where so many links are already. No cell of it is told off for a number that is a text."""
        sheet = self.book.add_worksheet(name)
        self._links[name] = links
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
        return sheet

    def text(self, sheet: Any, row: int, column: int, text: str, style: Style) -> None:
        """A text, never a formula, link or number; an empty one writes nothing."""
        shown = self._fitting(text)
        if not shown:
            return
        if shown.startswith("<r>") and shown.endswith("</r>"):
            # XlsxWriter would take this for the XML of a coloured text.
            self._pieces(sheet, row, column, [(shown[:1], style), (shown[1:], style)], style)
        else:
            sheet.write_string(row, column, shown, style.of(shown))

    def rich(self, sheet: Any, row: int, column: int, runs: Sequence[Run], style: Style) -> None:
        """A text of pieces in fonts of their own."""
        given = [(text, font) for text, font in runs if text]
        pieces = []
        for at, (text, font) in enumerate(given):
            # A line end of two characters that a mark cuts in the middle is one all the same.
            broken = text.endswith("\r") and at + 1 < len(given) and given[at + 1][0].startswith("\n")
            if shown := writable(text[:-1] if broken else text):
                pieces.append((shown, font))
        whole = "".join(text for text, _ in pieces)
        if len(pieces) < 2 or units(whole) > MOST_CHARACTERS:
            font = pieces[0][1] if len(pieces) == 1 else None
            self.text(sheet, row, column, whole, style if font is None else self.style(**{**style.properties, **font.properties}))
            return
        self._pieces(sheet, row, column, pieces, style)

    def _pieces(self, sheet: Any, row: int, column: int, pieces: Sequence[Run], style: Style) -> None:
        tokens: list[Any] = []
        for text, font in pieces:
            tokens += [(font or style).plain, text]
        sheet.write_rich_string(row, column, *tokens, style.of(pieces[0][0]))

    def blank(self, sheet: Any, row: int, column: int, style: Style) -> None:
        """A cell that holds nothing but its look."""
        sheet.write_blank(row, column, None, style.plain)

    def number(self, sheet: Any, row: int, column: int, number: float | None, style: Style) -> None:
        """A number; None writes nothing."""
        if number is not None:
            sheet.write_number(row, column, number, style.plain)

    def link(self, sheet: Any, row: int, column: int, target: tuple[str, int], text: str, style: Style) -> None:
        """A text that leads to a row (from 0) of another sheet; a plain text where the sheet holds no more links."""
        shown = self._fitting(text)
        if not shown or shown.startswith("<r>"):
            self.text(sheet, row, column, text, style)
            return
        if not self._count_link(sheet):
            self.text(sheet, row, column, text, style)
            return
        sheet.write_url(row, column, _address(target), style.of(shown), shown)

    def linked_number(self, sheet: Any, row: int, column: int, target: tuple[str, int], number: float, style: Style) -> None:
        """A number that leads to a row of another sheet."""
        if self._count_link(sheet):
            sheet.write_url(row, column, _address(target), style.plain, str(number))
        # The number takes the place of the link's text.
        sheet.write_number(row, column, number, style.plain)

    def height(self, sheet: Any, row: int, lines: int) -> None:
        """Makes the row at hand high enough for so many lines: rows of wrapped texts are not everywhere fitted on opening."""
        sheet.set_row(row, min(_HIGHEST, _LINE * lines + 3))
        # XlsxWriter keeps what it knows of rows that are written already; a chart is placed by it, and long tables have none.
        for known in (sheet.row_info, sheet.row_sizes):
            known.pop(row - 1, None)

    def _count_link(self, sheet: Any) -> bool:
        count = self._links.get(sheet.name, 0) + 1
        if count > MOST_LINKS:
            self.unlinked += 1
            return False
        self._links[sheet.name] = count
        return True

    def _fitting(self, text: str) -> str:
        shown = writable(text)
        if len(shown) <= MOST_CHARACTERS // 2:
            return shown
        fitted = cut(shown)
        self.shortened += fitted is not shown
        return fitted

    def close(self) -> None:
        """Writes the file. Raises OSError where it cannot be written."""
        import xlsxwriter.exceptions

        try:
            self.book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(str(error)) from error
        self._folder.cleanup()


def _address(target: tuple[str, int]) -> str:
    name, row = target
    quoted = name.replace("'", "''")
    return f"internal:'{quoted}'!A{row + 1}"


class Table:
    """A table with a header in a sheet of a book, which goes on in further sheets of the same columns where one is full.

    The sheets are called `name`, `name 2` and so on. `begin` writes the first row of a sheet, `end` is told each sheet and its last
    row (from 0).
    """

    def __init__(
        self, book: Book, name: str, begin: Callable[[Any], None], end: Callable[[Any, int], None] | None = None, most: int = MOST_ROWS
    ) -> None:
        self.name = name
        self._book, self._begin, self._end, self._most = book, begin, end, most
        self._number = 1
        self._row = 1
        self.sheet = book.sheet(name)
        self._begun = False

    @property
    def sheets(self) -> int:
        """How many sheets the table has come to."""
        return self._number

    def next(self) -> tuple[Any, int]:
        """The sheet and the row (from 0) to write next."""
        if not self._begun:
            self._begin(self.sheet)
            self._begun = True
        if self._row >= self._most:
            self._ended()
            self._number += 1
            self.sheet = self._book.sheet(f"{self.name} {self._number}")
            self._begin(self.sheet)
            self._row = 1
        self._row += 1
        return self.sheet, self._row - 1

    @property
    def ahead(self) -> tuple[str, int]:
        """The name of the sheet and the row that `next` gives when it is called the next time."""
        return (self.sheet.name, self._row) if self._row < self._most else (f"{self.name} {self._number + 1}", 1)

    def finish(self) -> None:
        """Ends the last sheet; a table without rows has its header all the same."""
        if not self._begun:
            self._begin(self.sheet)
            self._begun = True
        self._ended()

    def _ended(self) -> None:
        if self._end is not None:
            self._end(self.sheet, self._row - 1)
