"""Reads text tables (CSV, TSV, `;` and `|`) as a stream, with the record number and the physical line of each row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from listinglint.catalogs import limits
from listinglint.catalogs.dialects import Dialect, detect_dialect
from listinglint.catalogs.encodings import Encoding, detect_encoding, undecodable
from listinglint.catalogs.errors import CatalogError, ListingProblem
from listinglint.catalogs.tabular import Asked, Header, Row, SourceInfo, describe, find_header, listings
from listinglint.model import Listing, Text

_SAMPLE = 64 << 10


class DelimitedSource:
    """A text table. Opening finds encoding, dialect and header; iterating streams the listings, any number of times."""

    def __init__(
        self, path: Path, shown: str, columns: Asked | None, encoding: str | None, suffix: str, *, headed: bool = True
    ) -> None:
        self.path, self.shown = path, shown
        self.encoding: Encoding = detect_encoding(path, shown, encoding)
        self.dialect: Dialect = self._dialect(suffix)
        if not headed:
            return
        first = list(islice(self.rows(), limits.HEADER_ROWS + limits.SAMPLE_ROWS))
        self.header: Header = find_header(first, columns, shown, None)
        self.info = SourceInfo(shown, "csv", encoding=self.encoding.name, dialect=self.dialect.describe())
        describe(self.info, self.header)

    def _dialect(self, suffix: str) -> Dialect:
        try:
            with self.path.open(encoding=self.encoding.name, newline="") as file:
                sample = file.read(_SAMPLE)
        except UnicodeDecodeError:
            raise undecodable(self.path, self.shown, self.encoding.name) from None
        complete = len(sample) < _SAMPLE
        return detect_dialect(sample, complete)

    def rows(self, progress: Callable[[int], None] | None = None) -> Iterator[Row]:
        """All rows with their numbers; `progress` is told the bytes read so far.

        Raises CatalogError for an undecodable byte and for a quote that is never closed.
        """
        csv.field_size_limit(max(csv.field_size_limit(), limits.MAX_PARSED_CELL))
        with self.path.open("rb") as binary:
            text = io.TextIOWrapper(binary, encoding=self.encoding.name, newline="")
            try:
                yield from TableRows(text, self.dialect, self.shown).read(binary, progress)
            except UnicodeDecodeError:
                raise undecodable(self.path, self.shown, self.encoding.name) from None

    def listings(
        self, report: Callable[[ListingProblem], None], progress: Callable[[int], None] | None = None
    ) -> Iterator[Listing]:
        """The listings in order."""
        start = self.header.row.record
        body = (row for row in self.rows(progress) if row.record > start)
        return listings(body, self.header, self.shown, None, report)

    def size(self) -> int:
        """Bytes to read."""
        return self.path.stat().st_size


class Lines(Protocol):
    """What gives the lines of a text, line ends kept."""

    def readline(self) -> str: ...

    def __iter__(self) -> Iterator[str]: ...


class TableRows:
    """Reads rows strictly, so that a quote out of place is seen, and leniently where it does no harm."""

    def __init__(self, text: Lines, dialect: Dialect, shown: str) -> None:
        self.text, self.dialect, self.shown = text, dialect, shown
        self.buffer: list[str] = []

    def read(self, binary: Any, progress: Callable[[int], None] | None) -> Iterator[Row]:
        """The rows with their numbers; `progress` is told how far `binary` has been read."""
        for _ in range(self.dialect.skip):
            self.text.readline()
        reader = csv.reader(self._lines(), strict=True, **self.dialect.options())  # type: ignore[arg-type]
        buffer, skip = self.buffer, self.dialect.skip
        record, before = 0, 0
        while True:
            buffer.clear()
            record += 1
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                cells = self._mend(error, record, skip + before + 1)
            yield Row(record, skip + before + 1, cells)
            before = reader.line_num
            if progress is not None and not record & 255:
                progress(binary.tell())

    def _lines(self) -> Iterator[str]:
        remember = self.buffer.append
        for line in self.text:
            remember(line)
            yield line

    def _mend(self, error: csv.Error, record: int, line: int) -> list[str]:
        """The cells of a row whose quoting is untidy but plain to see: it stands on one line. Else a CatalogError."""
        lines = self.buffer
        options: dict[str, Any] = self.dialect.options()
        if len(lines) == 1 and "unexpected end" not in str(error):
            return next(csv.reader(lines, **options), [])
        opened = line + _opening_line(lines, options)
        if "field larger" in str(error):
            raise CatalogError(
                Text(
                    f"a cell of this record is longer than {limits.MAX_PARSED_CELL // 1_000_000} million characters; "
                    "a quotation mark that opens it is probably never closed",
                    f"该记录中有单元格超过 {limits.MAX_PARSED_CELL // 1_000_000} 百万字符；很可能有引号没有闭合",
                ),
                file=self.shown,
                record=record,
                line=opened,
            )
        raise CatalogError(
            Text(
                "the quotation mark that opens in this line is never closed, or closes in the middle of a later cell; "
                'close it with ", and write a quotation mark inside a cell as ""',
                '该行开始的引号没有闭合，或在后面的单元格中间才闭合；请补上 "，单元格内的引号应写成 ""',
            ),
            file=self.shown,
            record=record,
            line=opened,
        )


def _opening_line(lines: list[str], options: dict[str, Any]) -> int:
    """How many lines after the record's first the quoted cell begins that is never (or wrongly) closed."""
    text = "".join(lines)
    ends = (options["delimiter"], "\r", "\n", "")
    at, opened, inside = text.find('"'), 0, False
    while at >= 0:
        after = text[at + 1 : at + 2]
        if not inside:
            if at == 0 or text[at - 1] in ends:
                opened, inside = at, True
        elif after == '"':
            at += 1
        elif after in ends:
            inside = False
        else:
            break
        at = text.find('"', at + 1)
    return text.count("\n", 0, opened)
