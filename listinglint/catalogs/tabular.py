"""What all tables share: finding the header, and turning rows of cells into listings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from listinglint.catalogs import limits
from listinglint.catalogs.columns import (
    IGNORE,
    ColumnMapping,
    column_index,
    column_letter,
    list_headers,
    map_columns,
    recognised,
    resolve_asked,
)
from listinglint.catalogs.errors import CatalogError, ListingProblem, NoTitleColumnError
from listinglint.model import Listing, Source, Text
from listinglint.model.listing import Value

Asked = Mapping[str, Sequence[str]]


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it, the physical line where it begins (or None), its cells."""

    record: int
    line: int | None
    cells: Sequence[str]


@dataclass
class SourceInfo:
    """What was found out about one file, or one sheet of a workbook, when it was opened.

    `header` is the record number of the header row (None where the format has none), `fields` maps fields to the
    headers that feed them, `ignored` lists headers that are no field. `headers` are all of them, `samples` the first texts under each.
    """

    file: str
    format: str
    sheet: str | None = None
    encoding: str | None = None
    dialect: str | None = None
    header: int | None = None
    fields: dict[str, list[str]] = field(default_factory=dict)
    letters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    samples: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def see(self, mapping: ColumnMapping) -> None:
        """Takes over what the source's header holds."""
        self.headers = list(mapping.headers)
        self.samples = dict(mapping.samples)

    def columns(self) -> list[tuple[str, int | None, str]]:
        """Field, part and header of each column that feeds a field, from left to right; the part is None where there are no columns."""
        found: list[tuple[int, str, int | None, str]] = []
        for name, headers in self.fields.items():
            letters = self.letters.get(name)
            if name == IGNORE:
                continue
            if letters is None:
                found.append((0, name, None, " + ".join(headers)))
            else:
                found += [(column_index(letter) or 0, name, part, header) for part, (letter, header) in enumerate(zip(letters, headers, strict=False))]
        return [(name, part, header) for _, name, part, header in sorted(found, key=lambda one: one[0])]


class Header(NamedTuple):
    """The header of a table: its row, and the columns it maps."""

    row: Row
    mapping: ColumnMapping


def find_header(rows: Sequence[Row], columns: Asked | None, file: str, sheet: str | None) -> Header:
    """The header among the first rows of a table: the first row that names a title column and most fields.

    `rows` holds at least the first `HEADER_ROWS` rows and the sample under them. Raises NoTitleColumnError when no row
    will do, CatalogError when `--columns` names what is not there or nothing stands under the header.
    """
    filled = [at for at, row in enumerate(rows) if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise CatalogError(
            Text(
                "there are no rows; a header and at least one listing were expected",
                "没有任何数据行；至少应有一行表头和一条商品",
            ),
            file=file,
            sheet=sheet,
        )
    candidates = [at for at in filled if rows[at].record <= limits.HEADER_ROWS] or filled[:1]
    best = max(candidates, key=lambda at: (_rating(rows[at].cells, columns), -at))
    row = rows[best]
    sample = [one.cells for one in rows[best + 1 : best + 1 + limits.SAMPLE_ROWS]]
    mapping = map_columns(row.cells, sample, columns=columns, file=file, sheet=sheet)
    if "title" not in mapping.fields:
        raise _no_title(rows, candidates, best, file, sheet)
    if filled[-1] == best:
        raise CatalogError(
            Text(
                f"there is a header (record {row.record}) but no listing under it",
                f"只有表头（第 {row.record} 行），下面没有商品",
            ),
            file=file,
            sheet=sheet,
        )
    return Header(row, mapping)


def _rating(cells: Sequence[str], columns: Asked | None) -> tuple[int, int]:
    """Whether the row has a title column, and how many fields its cells name."""
    found = {name for cell in cells if (name := recognised(cell.strip()))}
    if columns:
        try:
            asked = resolve_asked([cell.strip() for cell in cells], columns, None, None)
        except CatalogError:
            # The override does not fit this row: another one may be the header.
            return (0, len(found))
        found.update(asked)
        named = sum(
            any(cell.strip() == name for cell in cells)
            for names in columns.values()
            for name in ([names] if isinstance(names, str) else names)
        )
        return (int("title" in found), len(found) + named)
    return (int("title" in found), len(found))


def _no_title(
    rows: Sequence[Row], candidates: Sequence[int], best: int, file: str, sheet: str | None
) -> NoTitleColumnError:
    if _rating(rows[best].cells, None)[1] == 0:
        best = max(candidates, key=lambda at: (sum(bool(cell.strip()) for cell in rows[at].cells), -at))
    headers = [cell.strip() for cell in rows[best].cells if cell.strip()]
    return NoTitleColumnError(
        Text(
            f"no column is recognised as the title; the columns of record {rows[best].record} are: {list_headers(headers)}. "
            "Name it with --columns title=HEADER (or a letter, --columns title=B)",
            f"没有识别出标题列；第 {rows[best].record} 行的列为：{list_headers(headers)}。请用 --columns title=列名 指定（也可用列号，如 --columns title=B）",
        ),
        file=file,
        sheet=sheet,
    )


def listings(
    rows: Iterable[Row], header: Header, file: str, sheet: str | None, report: Callable[[ListingProblem], None]
) -> Iterator[Listing]:
    """The listings of the rows under a header; empty rows are passed over, what cannot be read whole is reported."""
    mapping = header.mapping
    columns = mapping.letters()
    single = [(name, places[0]) for name, places in mapping.fields.items() if len(places) == 1]
    several = [(name, places) for name, places in mapping.fields.items() if len(places) > 1]
    ignore = mapping.ignore
    width = len(header.row.cells)
    needed = max([at for places in mapping.fields.values() for at in places] + [ignore or 0]) + 1
    limit = limits.MAX_CELL
    for row in rows:
        record, line, cells = row
        count = len(cells)
        if not any(cells) or not "".join(cells).strip():
            continue
        if count > width and any(cells[width:]):
            report(_too_wide(row, width, file, sheet))
        if count < needed:
            cells = [*cells, *[""] * (needed - count)]
        if sum(map(len, cells)) > limit:
            cells = [_cut(cell, at, row, file, sheet, report) for at, cell in enumerate(cells)]
        values: dict[str, Value] = {name: cells[at] for name, at in single}
        for name, places in several:
            values[name] = tuple([cells[at] for at in places])
        passed_over = (cells[ignore].strip() or None) if ignore is not None else None
        yield Listing(values, Source(file, sheet, record, line, columns, passed_over))


def _cut(cell: str, at: int, row: Row, file: str, sheet: str | None, report: Callable[[ListingProblem], None]) -> str:
    if len(cell) <= limits.MAX_CELL:
        return cell
    report(
        ListingProblem(
            Text(
                f"the cell holds {len(cell):,} characters; only the first {limits.MAX_CELL:,} are read",
                f"单元格有 {len(cell):,} 个字符；只读取前 {limits.MAX_CELL:,} 个",
            ),
            file,
            sheet,
            row.record,
            row.line,
            column_letter(at),
        )
    )
    return cell[: limits.MAX_CELL]


def _too_wide(row: Row, width: int, file: str, sheet: str | None) -> ListingProblem:
    return ListingProblem(
        Text(
            f"the row has {len(row.cells)} cells but the header has {width}; a delimiter may stand in a text without quotation marks",
            f"该行有 {len(row.cells)} 个单元格，而表头只有 {width} 个；文本中可能有未加引号的分隔符",
        ),
        file,
        sheet,
        row.record,
        row.line,
        column_letter(width),
    )


def describe(info: SourceInfo, header: Header) -> None:
    """Puts what the header says into a source's description."""
    mapping = header.mapping
    info.header = header.row.record
    info.see(mapping)
    info.fields = mapping.names()
    info.letters = mapping.letters()
    info.ignored = list(mapping.unknown)
    info.notes.extend(mapping.notes)
    if mapping.unknown:
        info.notes.append(
            Text(
                f"columns that are no field of a listing are not read: {list_headers(mapping.unknown)}",
                f"以下列不是商品字段，不读取：{list_headers(mapping.unknown)}",
            )
        )
    if mapping.ignore is not None:
        info.fields[IGNORE] = [mapping.headers[mapping.ignore]]
