"""Says where in the text of a record each cell stands, and writes a cell as the file around it writes cells."""

from __future__ import annotations

from typing import NamedTuple

from listinglint.catalogs.dialects import Dialect


class CellSpan(NamedTuple):
    """One cell: `[start, end)` in the text of its record, quotation marks included, and what it holds."""

    start: int
    end: int
    value: str
    quoted: bool


def cell_spans(text: str, dialect: Dialect) -> list[CellSpan]:
    """The cells of one record with its line end, as `csv.reader` reads them; a blank line has none.

    The csv module does not say where its cells stand, so the text is gone through once more. Callers compare the
    values with those that were read: this is the check that both understand the file alike.
    """
    if not text.rstrip("\r\n"):
        return []
    spans: list[CellSpan] = []
    at = 0
    while True:
        span = _cell(text, at, dialect)
        spans.append(span)
        at = span.end
        if at >= len(text) or text[at] != dialect.delimiter:
            return spans
        at += 1


def _cell(text: str, at: int, dialect: Dialect) -> CellSpan:
    size, escape = len(text), dialect.backslash
    if dialect.spaced:
        while at < size and text[at] == " ":
            at += 1
    start, value = at, list[str]()
    quoted = dialect.quoted and at < size and text[at] == '"'
    if quoted:
        at = _inside_quotes(text, at + 1, escape, value)
    # What follows a closing quotation mark belongs to the cell all the same.
    while at < size and text[at] != dialect.delimiter and text[at] not in "\r\n":
        if escape and text[at] == "\\" and at + 1 < size:
            at += 1
        value.append(text[at])
        at += 1
    return CellSpan(start, at, "".join(value), quoted)


def _inside_quotes(text: str, at: int, escape: bool, value: list[str]) -> int:
    """Reads on to the closing quotation mark; returns the place after it."""
    size = len(text)
    while at < size:
        one = text[at]
        if escape and one == "\\" and at + 1 < size:
            at += 1
            one = text[at]
        elif one == '"':
            if escape or text[at + 1 : at + 2] != '"':
                return at + 1
            at += 1
        value.append(one)
        at += 1
    return at


def can_hold(value: str, dialect: Dialect) -> bool:
    """Whether the dialect has a way to write this value: without quotation marks, delimiters and line ends have none."""
    return dialect.quoted or not any(one in value for one in (dialect.delimiter, "\r", "\n"))


def written_cell(value: str, span: CellSpan, dialect: Dialect, *, alone: bool = False) -> str:
    """A new value for a cell, as the file writes it: quoted where the cell was, or where the value asks for it.

    `alone` says that the record has no other cell: empty, it would be a blank line.
    """
    if not dialect.quoted:
        return value
    quoted = (
        span.quoted
        or any(one in value for one in (dialect.delimiter, '"', "\r", "\n"))
        or (dialect.spaced and value.startswith(" "))
        or (alone and not value)
    )
    if dialect.backslash:
        body = value.replace("\\", "\\\\").replace('"', '\\"')
    else:
        body = value.replace('"', '""') if quoted else value
    return f'"{body}"' if quoted else body
