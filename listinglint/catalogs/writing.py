"""Writes mended cells back into text files: all bytes outside those cells stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from json.decoder import scanstring  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from listinglint.catalogs import limits
from listinglint.catalogs.bytes_of_lines import LinesWithBytes
from listinglint.catalogs.delimited import DelimitedSource, TableRows
from listinglint.catalogs.errors import CatalogError, ListingProblem
from listinglint.catalogs.jsons import CONTAINERS, JsonSource
from listinglint.catalogs.spans import can_hold, cell_spans, written_cell
from listinglint.catalogs.tabular import Row
from listinglint.model import FIELDS, Edit, Listing, Source, Text

Report = Callable[[ListingProblem], None]
Progress = Callable[[int], None]

TOO_LONG: Final = Text("the cell is too long to be read whole", "单元格过长，未能完整读取")
SHARED: Final = Text("the column also feeds another field, which is mended instead", "该列同时用于另一个字段，已按那个字段修改")
UNENCODABLE: Final = Text("the file's encoding ({encoding}) lacks a character of the new text", "文件编码（{encoding}）无法表示新文本中的某个字符")
UNQUOTABLE: Final = Text("the file has no quotation marks to put around the new text", "文件不使用引号，无法写入含分隔符或换行的新文本")
NO_TEXT: Final = Text("the value is no text", "该值不是文本")


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell before and after: `listing` counts the catalog's listings from 0, `part` the cells that feed `field`.

    `rules` are those whose fixes were made in it, in order, each once.
    """

    listing: int
    source: Source
    id: str | None
    field: str
    part: int
    before: str
    after: str
    rules: tuple[str, ...]

    @property
    def cell(self) -> str | None:
        """The cell's name (`C12`), or None where the source has no columns."""
        return self.source.cell(self.field, self.part)


class Block(NamedTuple):
    """A piece of a text file before and after, in order; the pieces make up the whole file."""

    before: str
    after: str
    raw: bytes


class Writer(Protocol):
    """Writes the cells of one file back."""

    def listings(self, report: Report, progress: Progress | None = None) -> Iterator[Listing]:
        """The listings of the file in order."""

    def kept(self, listing: Listing, field: str, part: int) -> Text | None:
        """Why a cell of the listing at hand cannot be written whatever comes there, or None where it can."""

    def unfit(self, listing: Listing, edit: Edit) -> Text | None:
        """Why the new text of a cell that can be written cannot stand in it; any listing of the file may be asked for."""

    def refusal(self, listing: Listing, edit: Edit) -> Text | None:
        """Why an edit of the listing at hand cannot be written, or None where it can."""

    def write(self, changes: Sequence[CellChange], part: Path) -> None:
        """Writes the file with these changes to `part`. Raises CatalogError rather than write anything else."""


class Refusing:
    """What writers share: an edit is refused for its cell, or for its text."""

    def kept(self, listing: Listing, field: str, part: int) -> Text | None:
        raise NotImplementedError

    def unfit(self, listing: Listing, edit: Edit) -> Text | None:
        raise NotImplementedError

    def refusal(self, listing: Listing, edit: Edit) -> Text | None:
        """Why an edit of the listing at hand cannot be written, or None where it can."""
        return self.kept(listing, edit.field, edit.part) or self.unfit(listing, edit)


class TextWriter(Writer, Protocol):
    """A writer of a text file, which can also show what it would write."""

    def blocks(self, changes: Sequence[CellChange]) -> Iterator[Block]:
        """The file piece by piece."""


class DelimitedWriter(Refusing):
    """Writes cells of a text table. `asked` is the encoding that was asked for, None where it was found out."""

    def __init__(self, source: DelimitedSource, asked: str | None = None) -> None:
        self.source, self.asked = source, asked
        fields = source.header.mapping.fields
        self._columns = {(name, part): at for name, places in fields.items() for part, at in enumerate(places)}
        self._owners = {at: key for key, at in reversed(self._columns.items())}
        with self._lines() as lines:
            self._codec = lines.codec

    def listings(self, report: Report, progress: Progress | None = None) -> Iterator[Listing]:
        """The listings of the table in order."""
        return self.source.listings(report, progress)

    def kept(self, listing: Listing, field: str, part: int) -> Text | None:
        """Why a cell cannot be written whatever comes there."""
        if self._owners[self._columns[field, part]] != (field, part):
            return SHARED
        return TOO_LONG if len(listing.parts(field)[part]) >= limits.MAX_CELL else None

    def unfit(self, listing: Listing, edit: Edit) -> Text | None:
        """Why a text cannot be written."""
        if not can_hold(edit.text, self.source.dialect):
            return UNQUOTABLE
        try:
            edit.text.encode(self._codec)
        except UnicodeError:
            return Text(*(one.format(encoding=self.source.encoding.name) for one in (UNENCODABLE.en, UNENCODABLE.zh)))
        return None

    def write(self, changes: Sequence[CellChange], part: Path) -> None:
        """Writes the table, then reads it again: each cell must be what it was or what it was to become."""
        with part.open("wb") as out:
            for block in self.blocks(changes):
                out.write(block.raw)
        source = self.source
        again = DelimitedSource(part, source.shown, None, self.asked, Path(source.shown).suffix.lower(), headed=False)
        compare_rows(source.rows(), again.rows(), self._by_record(changes), source.shown, None)

    def blocks(self, changes: Sequence[CellChange]) -> Iterator[Block]:
        """The table record by record, in its own bytes but for the changed cells."""
        wanted = self._by_record(changes)
        with self._lines() as lines:
            yield Block("", "", lines.head)
            for row in TableRows(lines, self.source.dialect, self.source.shown).read(None, None):
                taken = lines.take()
                cells = wanted.get(row.record)
                text, raw = "".join(line for line, _ in taken), b"".join(one for _, one in taken)
                yield Block(text, text, raw) if not cells else self._rewritten(lines, row, text, taken, cells)
            rest = lines.take()
            text = "".join(line for line, _ in rest)
            yield Block(text, text, b"".join(one for _, one in rest) + lines.rest())

    def _lines(self) -> LinesWithBytes:
        return LinesWithBytes(self.source.path, self.source.shown, self.source.encoding.name)

    def _by_record(self, changes: Iterable[CellChange]) -> dict[int, dict[int, CellChange]]:
        found: dict[int, dict[int, CellChange]] = {}
        for change in changes:
            if change.source.record is not None:
                found.setdefault(change.source.record, {})[self._columns[change.field, change.part]] = change
        return found

    def _rewritten(
        self, lines: LinesWithBytes, row: Row, text: str, taken: Sequence[tuple[str, bytes]], cells: Mapping[int, CellChange]
    ) -> Block:
        dialect = self.source.dialect
        # The lines in front of the table come with its first record.
        skipped = sum(len(line) for line, _ in taken[: dialect.skip]) if row.record == 1 else 0
        spans = cell_spans(text[skipped:], dialect)
        if [span.value for span in spans] != list(row.cells):
            raise self._refused(row, None)
        offsets = _Offsets(lines, taken)
        raw = b"".join(one for _, one in taken)
        after = text
        for at in sorted(cells, reverse=True):
            change = cells[at]
            if at < len(spans):
                span = spans[at]
                start, end, found = span.start + skipped, span.end + skipped, span.value
                new = written_cell(change.after, span, dialect, alone=len(spans) == 1)
            else:
                # The record ends before this cell: the cells in between are there once one behind them is.
                start = end = spans[-1].end + skipped
                bare, found = spans[-1]._replace(quoted=False), ""
                new = dialect.delimiter * (at + 1 - len(spans)) + written_cell(change.after, bare, dialect)
                if any(len(spans) <= other < at for other in cells):
                    raise self._refused(row, change)
            if found != change.before:
                raise self._refused(row, change)
            after = after[:start] + new + after[end:]
            raw = raw[: offsets.of(start)] + lines.encode(new) + raw[offsets.of(end) :]
        return Block(text, after, raw)

    def _refused(self, row: Row, change: CellChange | None) -> CatalogError:
        return CatalogError(
            Text(
                "it is not clear where the cells of this record begin and end, so that nothing is written; tidy its quotation marks",
                "无法确定该记录各单元格的起止位置，因此不写入任何内容；请整理引号后重试",
            ),
            file=self.source.shown,
            record=row.record,
            line=row.line,
            column=None if change is None else change.cell,
        )


class _Offsets:
    """Bytes of a record's characters, found out as they are asked for."""

    def __init__(self, lines: LinesWithBytes, taken: Sequence[tuple[str, bytes]]) -> None:
        self._lines, self._taken = lines, taken
        self._exact: dict[int, list[int]] = {}

    def of(self, place: int) -> int:
        """The offset in bytes of a character of the record's text."""
        done = 0
        for number, (line, raw) in enumerate(self._taken):
            if place <= len(line):
                return done + self._within(number, line, raw, place)
            place -= len(line)
            done += len(raw)
        return done

    def _within(self, number: int, line: str, raw: bytes, place: int) -> int:
        if number not in self._exact:
            if self._lines.spells(line, raw):
                return len(self._lines.encode(line[:place]))
            self._exact[number] = self._lines.offsets(line, raw)
        return self._exact[number][place]


def compare_rows(
    before: Iterable[Row], after: Iterable[Row], changes: Mapping[int, Mapping[int, CellChange]], shown: str, sheet: str | None
) -> None:
    """Raises CatalogError unless the rows written are the rows read with these changes, cell by cell."""
    for old, new in zip_longest(before, after):
        cells = changes.get(old.record, {}) if old is not None else {}
        wanted = list(old.cells) if old is not None else []
        for at, change in cells.items():
            wanted.extend([""] * (at + 1 - len(wanted)))
            wanted[at] = change.after
        if old is None or new is None or list(new.cells) != wanted:
            raise CatalogError(
                Text(
                    "read again, the mended table is not what it was to be, so that nothing is written; name its encoding with --encoding, "
                    "or leave this record out",
                    "修改后的表格重新读取时与预期不符，因此不写入任何内容；请用 --encoding 指定编码，或不修改该记录",
                ),
                file=shown,
                sheet=sheet,
                record=(old or new).record if old or new else None,
            )


# --- JSON -------------------------------------------------------------------------------------------------------------

Path_ = tuple[str | int, ...]
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_DECODER: Final = json.JSONDecoder()


def value_span(text: str, path: Path_, start: int = 0) -> tuple[int, int]:
    """Where a value stands in a JSON text: `path` holds keys and (of arrays) places. Of equal keys the last counts.

    Raises KeyError where there is none.
    """
    at = _after_space(text, start)
    if not path:
        return at, _DECODER.raw_decode(text, at)[1]
    found = None
    for name, begin, _ in _members(text, at):
        if name == path[0]:
            found = begin
    if found is None:
        raise KeyError(path[0])
    return value_span(text, path[1:], found)


def _members(text: str, at: int) -> Iterator[tuple[str | int, int, int]]:
    """The members of the object or array that begins at `at`: key or place, begin and end of the value."""
    keyed = text[at] == "{"
    number = 0
    at = _after_space(text, at + 1)
    while text[at] not in "}]":
        name: str | int = number
        if keyed:
            name, end = scanstring(text, at + 1)
            at = _after_space(text, _after_space(text, end) + 1)
        end = _DECODER.raw_decode(text, at)[1]
        yield name, at, end
        number += 1
        at = _after_space(text, end)
        if text[at] == ",":
            at = _after_space(text, at + 1)


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


class JsonWriter(Refusing):
    """Writes texts of JSON lines or of a JSON document; in an object only the changed texts are rewritten."""

    def __init__(self, source: JsonSource) -> None:
        self.source = source
        self._known = {key for keys in source.fields.values() for key in keys} | set(source.mapping.headers)
        self._here: dict[tuple[str, int], Path_] = {}

    def listings(self, report: Report, progress: Progress | None = None) -> Iterator[Listing]:
        """The listings of the file in order."""
        for listing, record in zip(self.source.listings(report, progress), self.source.records(None), strict=True):
            self._here = self._paths(record.values)
            yield listing

    def kept(self, listing: Listing, field: str, part: int) -> Text | None:
        """Why a text of the listing read last cannot be written whatever comes there."""
        if (field, part) not in self._here:
            return NO_TEXT
        path = self._here[field, part]
        if next(key for key, other in self._here.items() if other == path) != (field, part):
            return SHARED
        return TOO_LONG if len(listing.parts(field)[part]) >= limits.MAX_CELL else None

    def unfit(self, listing: Listing, edit: Edit) -> Text | None:
        """Any text can be written."""
        return None

    def write(self, changes: Sequence[CellChange], part: Path) -> None:
        """Writes the file."""
        with part.open("wb") as out:
            for block in self.blocks(changes):
                out.write(block.raw)

    def blocks(self, changes: Sequence[CellChange]) -> Iterator[Block]:
        """The file line by line (a document object by object)."""
        wanted: dict[int, list[CellChange]] = {}
        for change in changes:
            if change.source.record is not None:
                wanted.setdefault(change.source.record, []).append(change)
        with LinesWithBytes(self.source.path, self.source.shown, self.source.encoding, "\n") as lines:
            yield Block("", "", lines.head)
            yield from self._lines(lines, wanted) if self.source.lines else self._document(lines, wanted)
            yield Block("", "", lines.rest())

    def _lines(self, lines: LinesWithBytes, wanted: Mapping[int, list[CellChange]]) -> Iterator[Block]:
        number = 0
        for text in lines:
            raw = b"".join(one for _, one in lines.take())
            number += bool(text.strip())
            changes = wanted.get(number, ()) if text.strip() else ()
            if not changes:
                yield Block(text, text, raw)
                continue
            mark = "\ufeff" if text.startswith("\ufeff") else ""
            after = mark + self._object(text.removeprefix(mark), changes, lines)
            yield Block(text, after, lines.encode(after))

    def _document(self, lines: LinesWithBytes, wanted: Mapping[int, list[CellChange]]) -> Iterator[Block]:
        whole = "".join(lines)
        raw = b"".join(one for _, one in lines.take())
        if not wanted:
            yield Block(whole, whole, raw)
            return
        done = 0
        for number, (start, end) in enumerate(self._objects(whole), 1):
            if number in wanted:
                after = self._object(whole[start:end], wanted[number], lines)
                yield Block(whole[done:start], whole[done:start], lines.encode(whole[done:start]))
                yield Block(whole[start:end], after, lines.encode(after))
                done = end
        yield Block(whole[done:], whole[done:], lines.encode(whole[done:]))

    def _objects(self, text: str) -> Iterator[tuple[int, int]]:
        at = _after_space(text, 1 if text.startswith("\ufeff") else 0)
        if text[at] == "{":
            places = {name: begin for name, begin, _ in _members(text, at)}
            held = next((places[key] for key in CONTAINERS if key in places and text[places[key]] == "["), None)
            if held is None:
                yield at, _DECODER.raw_decode(text, at)[1]
                return
            at = held
        yield from ((begin, end) for _, begin, end in _members(text, at))

    def _object(self, text: str, changes: Iterable[CellChange], lines: LinesWithBytes) -> str:
        import orjson

        values = orjson.loads(text)
        paths = self._paths(values)
        escaped = text.isascii() and "\\u" in text
        edits = []
        for change in changes:
            path = paths[change.field, change.part]
            if _at(values, path) != change.before:
                raise self._refused(change)
            start, end = value_span(text, path)
            edits.append((start, end, _token(change.after, escaped, lines)))
            holder = _at(values, path[:-1])
            holder[path[-1]] = change.after
        for start, end, token in sorted(edits, reverse=True):
            text = text[:start] + token + text[end:]
        if orjson.loads(text) != values:
            raise self._refused(next(iter(changes)))
        return text

    def _refused(self, change: CellChange) -> CatalogError:
        return CatalogError(
            Text("it is not clear where this text stands in the line, so that nothing is written", "无法确定该文本在行中的位置，因此不写入任何内容"),
            file=self.source.shown,
            record=change.source.record,
            line=change.source.line,
            column=change.field,
        )

    def _paths(self, values: Mapping[str, Any]) -> dict[tuple[str, int], Path_]:
        """Where the texts of an object are that became parts of fields; numbers and nested values are no texts."""
        found: dict[tuple[str, int], Path_] = {}
        extra = {key: [key] for key in values if key not in self._known and key in FIELDS and key not in self.source.fields}
        for name, keys in chain(self.source.fields.items(), extra.items()):
            present = [key for key in keys if key in values]
            if len(keys) > 1:
                places: list[tuple[Path_, Any]] = [((key,), values[key]) for key in present]
            elif not present:
                continue
            elif isinstance(values[keys[0]], dict):
                places = [((keys[0], key), value) for key, value in values[keys[0]].items()]
            elif isinstance(values[keys[0]], list):
                places = [((keys[0], at), value) for at, value in enumerate(values[keys[0]])]
            else:
                places = [((keys[0],), values[keys[0]])]
            found.update({(name, part): path for part, (path, value) in enumerate(places) if isinstance(value, str)})
        return found


def _at(values: Any, path: Path_) -> Any:
    for key in path:
        values = values[key]
    return values


def _token(text: str, escaped: bool, lines: LinesWithBytes) -> str:
    token = json.dumps(text, ensure_ascii=escaped)
    try:
        lines.encode(token)
    except UnicodeError:
        return json.dumps(text)
    return token
