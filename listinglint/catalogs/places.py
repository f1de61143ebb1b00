"""Finds cells of text tables again in the file itself: the exact lines and columns of words inside a cell."""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from listinglint.catalogs import limits
from listinglint.catalogs.dialects import Dialect
from listinglint.model import Listing

_MOST_LINES: Final = 20_000
"""A cell of more physical lines is not searched through."""
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_SPACES: Final = re.compile(" *")
_DOUBLED: Final = re.compile(r'[^"]*(?:""[^"]*)*')
_ESCAPED: Final = re.compile(r'[^"\\]*(?:\\.[^"\\]*)*', re.DOTALL)


class Place(NamedTuple):
    """Lines and columns from 1, columns in code points of the decoded file; `end_column` is just behind the last one."""

    line: int
    column: int
    end_line: int
    end_column: int


class CellPlaces:
    """The places of cells of one text table. Asking in the order of the records reads the file once, a record at a time.

    `encoding` and `dialect` are those that the table was read with. A byte order mark is no column. Lines end with LF, CRLF
    or CR, as for the line numbers of listings.
    """

    def __init__(self, path: Path, encoding: str, dialect: Dialect) -> None:
        self._path, self._encoding, self._dialect = path, encoding, dialect
        self._file: io.TextIOWrapper | None = None
        self._ahead: deque[str] = deque()
        self._next = 1

    def place(self, listing: Listing, field: str, part: int, start: int | None, end: int | None) -> Place | None:
        """Where `[start, end)` of a part of a field stands (without them: the whole cell); None where it is not found.

        Offsets are code points of the decoded cell. The cell is compared with what was read before, so that a file that
        has changed meanwhile, or a record with untidy quotes, gives no wrong place.
        """
        source, parts = listing.source, listing.parts(field)
        letters = source.columns.get(field, ()) if source else ()
        if source is None or source.line is None or part >= len(parts) or part >= len(letters):
            return None
        try:
            record = self._record(source.line)
            cell = record.cell(_index(letters[part]), self._dialect)
        except (UnicodeDecodeError, OSError):
            return None
        if cell is None or not _same(cell.value, parts[part]):
            return None
        first, last = (0, len(cell.value)) if start is None or end is None else (start, end)
        if not 0 <= first <= last <= len(cell.value):
            return None
        return _place(record.text, source.line, cell.position(first), cell.position(last))

    def close(self) -> None:
        """Closes the file; a further question opens it anew."""
        if self._file is not None:
            self._file.close()
        self._file = None
        self._ahead.clear()
        self._next = 1

    def _record(self, line: int) -> _Record:
        """The record that begins in the physical line `line`; it reads on as it needs to."""
        if line < self._next or self._file is None:
            self.close()
            self._file = self._path.open(encoding=self._encoding, newline="")
        while self._next < line and self._take(0):
            self._ahead.popleft()
            self._next += 1
        return _Record(self._take)

    def _take(self, number: int) -> str:
        """The line so many below the record's first; empty behind the end. What was read stays for the next record."""
        assert self._file is not None
        while len(self._ahead) <= number < _MOST_LINES:
            line = self._file.readline()
            if not line:
                return ""
            self._ahead.append(line)
        return self._ahead[number] if number < len(self._ahead) else ""


class _Cell(NamedTuple):
    """A cell's decoded value, where its raw text begins in the record, and, if they differ, where each code point stands in it."""

    value: str
    at: int
    offsets: list[int] | None

    def position(self, number: int) -> int:
        """Where the code point of this number (or what follows the last) stands in the record."""
        return self.at + (number if self.offsets is None else self.offsets[number])


class _Record:
    """Takes the physical text of a record apart, cell by cell, as Python's `csv` does; `take(n)` gives its n-th line."""

    def __init__(self, take: Callable[[int], str]) -> None:
        self._take = take
        self._lines = 1
        self.text = take(0)

    def cell(self, number: int, dialect: Dialect) -> _Cell | None:
        """The cell of this number from 0; None where the record has fewer, or text stands beside a quoted cell."""
        at = 0
        for left in range(number, -1, -1):
            if dialect.spaced:
                at = _end(_SPACES, self.text, at)
            quoted = dialect.quoted and self.text.startswith('"', at)
            begin = at + quoted
            end = self._closing(begin, dialect) if quoted else _end(_plain(dialect.delimiter, dialect.backslash), self.text, at)
            if end is None:
                return None
            at = end + quoted
            followed = self.text.startswith(dialect.delimiter, at)
            if not followed and at < len(self.text) and self.text[at] not in "\r\n":
                return None
            if not left:
                return _decoded(self.text[begin:end], begin, quoted, dialect)
            if not followed:
                return None
            at += 1
        return None

    def _closing(self, at: int, dialect: Dialect) -> int | None:
        """Where the quotation mark stands that closes the cell whose text begins at `at`; reads further lines for it."""
        while True:
            at = _end(_ESCAPED if dialect.backslash else _DOUBLED, self.text, at)
            if at < len(self.text) and self.text[at] == '"':
                return at
            line = self._take(self._lines)
            if not line:
                return None
            self._lines += 1
            self.text += line


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


@lru_cache(maxsize=16)
def _plain(delimiter: str, backslash: bool) -> re.Pattern[str]:
    """What a cell without quotation marks may hold."""
    unescaped = rf"[^{re.escape(delimiter)}\r\n]*"
    return re.compile(rf"(?:\\.|[^{re.escape(delimiter)}\r\n\\])*" if backslash else unescaped, re.DOTALL)


def _decoded(raw: str, at: int, quoted: bool, dialect: Dialect) -> _Cell:
    escape = "\\" if dialect.backslash else '"'
    if not dialect.quoted or not (quoted or dialect.backslash) or escape not in raw:
        return _Cell(raw, at, None)
    offsets: list[int] = []
    value: list[str] = []
    position = 0
    while position < len(raw):
        offsets.append(position)
        if raw[position] == escape and position + 1 < len(raw):
            position += 1
        value.append(raw[position])
        position += 1
    offsets.append(len(raw))
    return _Cell("".join(value), at, offsets)


def _same(value: str, read: str) -> bool:
    """Whether this is the cell that was read; cells that are too long were cut."""
    return value == read or (len(read) == limits.MAX_CELL and value.startswith(read))


def _place(text: str, line: int, start: int, end: int) -> Place:
    """Lines and columns of `[start, end)` of a record that begins in `line`."""
    first_line, first_column = _line_and_column(text, start)
    if end <= start:
        return Place(line + first_line, first_column, line + first_line, first_column)
    last_line, last_column = _line_and_column(text, end - 1)
    return Place(line + first_line, first_column, line + last_line, last_column + 1)


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    """The line from 0 and the column from 1 of a character; the LF of a CRLF stands on the line that it ends."""
    lines, begin = 0, 0
    for found in _LINE_END.finditer(text):
        if found.end() > at:
            break
        lines, begin = lines + 1, found.end()
    return lines, at - begin + 1


def _index(letters: str) -> int:
    """The number from 0 of a column."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
