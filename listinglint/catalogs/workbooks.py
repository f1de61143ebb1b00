"""Reads Excel workbooks: all sheets that look like catalogs, every value as the text that its cell shows."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from listinglint.catalogs import limits
from listinglint.catalogs.errors import CatalogError, ListingProblem, NoTitleColumnError
from listinglint.catalogs.formats import broken_workbook
from listinglint.catalogs.number_formats import SheetFormats, format_number
from listinglint.catalogs.tabular import Asked, Header, Row, SourceInfo, describe, find_header, listings
from listinglint.model import Listing, Text


class SheetSource:
    """One sheet of a workbook. The workbook is read again for every pass, so that nothing is held between passes."""

    def __init__(self, path: Path, shown: str, sheet: str, header: Header, info: SourceInfo, share: int) -> None:
        self.path, self.shown, self.sheet, self.header, self.info = path, shown, sheet, header, info
        self._share = share

    def listings(
        self, report: Callable[[ListingProblem], None], progress: Callable[[int], None] | None = None
    ) -> Iterator[Listing]:
        """The listings in order."""
        workbook = _open(self.path, self.shown)
        try:
            start = self.header.row.record
            rows = _rows(workbook, self.sheet, self.shown, SheetFormats(self.path))
            body = (row for row in _told(rows, progress, self._share, self._height(workbook)) if row.record > start)
            yield from listings(body, self.header, self.shown, self.sheet, report)
        finally:
            workbook.close()

    def _height(self, workbook: Any) -> int:
        return max(1, int(workbook.get_sheet_by_name(self.sheet).total_height)) if self._share else 1

    def size(self) -> int:
        """Bytes of the file that count as this sheet's."""
        return self._share


def open_workbook(
    path: Path, shown: str, columns: Asked | None, sheet: str | None
) -> tuple[list[SheetSource], list[Text]]:
    """The sheets of a workbook that are catalogs, and notes on those that are passed over.

    `sheet` picks one by name. Raises CatalogError for a broken workbook, an unknown sheet, and when no sheet has a
    title column.
    """
    workbook = _open(path, shown)
    try:
        names = _visible(workbook)
        notes: list[Text] = []
        if sheet is not None:
            chosen = [_named(workbook.sheet_names, sheet, shown)]
        else:
            chosen = [name for name, visible in names if visible]
            notes.extend(_skipped(shown, name, "it is hidden", "已隐藏") for name, visible in names if not visible)
        found, refused = _catalog_sheets(workbook, chosen, shown, columns, SheetFormats(path))
    finally:
        workbook.close()
    if not found:
        raise (
            refused[0][1]
            if refused
            else CatalogError(
                Text("the workbook has no visible sheet with cells", "工作簿中没有可见且有内容的工作表"), file=shown
            )
        )
    for name, error in refused:
        untitled = isinstance(error, NoTitleColumnError)
        reason = ("it has no title column", "没有标题列") if untitled else (error.detail.en, error.detail.zh)
        notes.append(_skipped(shown, name, *reason))
    share = path.stat().st_size // len(found)
    sources = []
    for name, header in found:
        info = SourceInfo(shown, "xlsx", sheet=name)
        describe(info, header)
        sources.append(SheetSource(path, shown, name, header, info, share))
    return sources, notes


def sheet_names(path: Path, shown: str | None = None) -> list[str]:
    """The names of the visible sheets. Raises CatalogError for a broken workbook."""
    workbook = _open(path, shown or str(path))
    try:
        return [name for name, visible in _visible(workbook) if visible]
    finally:
        workbook.close()


def sheet_rows(path: Path, shown: str, sheet: str | None) -> Iterator[Row]:
    """All rows of one sheet (the first visible one unless named), whatever they hold."""
    workbook = _open(path, shown)
    try:
        visible = [name for name, seen in _visible(workbook) if seen]
        name = _named(workbook.sheet_names, sheet, shown) if sheet is not None else visible[0] if visible else None
        if name is not None:
            yield from _rows(workbook, name, shown, SheetFormats(path))
    finally:
        workbook.close()


def _catalog_sheets(
    workbook: Any, chosen: list[str], shown: str, columns: Asked | None, formats: SheetFormats
) -> tuple[list[tuple[str, Header]], list[tuple[str, CatalogError]]]:
    found: list[tuple[str, Header]] = []
    refused: list[tuple[str, CatalogError]] = []
    for name in chosen:
        first = list(islice(_rows(workbook, name, shown, formats), limits.HEADER_ROWS + limits.SAMPLE_ROWS))
        try:
            found.append((name, find_header(first, columns, shown, name)))
        except CatalogError as error:
            refused.append((name, error))
    return found, refused


def _skipped(shown: str, name: str, reason: str, reason_zh: str) -> Text:
    return Text(f"{shown}: sheet {name!r} is not read: {reason}", f"{shown}：不读取工作表“{name}”：{reason_zh}")


def _open(path: Path, shown: str) -> Any:
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError:
        raise CatalogError(
            Text(
                "the workbook is protected by a password; remove it and save again",
                "工作簿有密码保护；请取消密码后重新保存",
            ),
            file=shown,
        ) from None
    except (python_calamine.CalamineError, OSError) as error:
        raise broken_workbook(shown, str(error)[:120]) from None


def _visible(workbook: Any) -> list[tuple[str, bool]]:
    import python_calamine

    return [
        (one.name, one.visible == python_calamine.SheetVisibleEnum.Visible)
        for one in workbook.sheets_metadata
        if one.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]


def _named(names: list[str], sheet: str, shown: str) -> str:
    for name in names:
        if name == sheet:
            return name
    for name in names:
        if name.strip().casefold() == sheet.strip().casefold():
            return name
    listed = ", ".join(names)
    raise CatalogError(
        Text(f"there is no sheet {sheet!r}; the sheets are: {listed}", f"没有工作表“{sheet}”；现有工作表：{listed}"),
        file=shown,
    )


def _rows(workbook: Any, name: str, shown: str, formats: SheetFormats) -> Iterator[Row]:
    import python_calamine

    try:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.height == 0:
            return
        styled = formats.of(name)
        at, codes = next(styled, (0, {}))
        for record, values in enumerate(sheet.iter_rows(), 1):
            cells = [value if isinstance(value, str) else cell_text(value) for value in values]
            while at and at < record:
                at, codes = next(styled, (0, {}))
            if at == record:
                for column, code in codes.items():
                    value = values[column] if column < len(values) else None
                    if isinstance(value, (int, float)) and not isinstance(value, bool):
                        cells[column] = format_number(value, code) or cells[column]
            yield Row(record, None, cells)
    except python_calamine.CalamineError as error:
        raise broken_workbook(shown, f"{name}: {str(error)[:100]}") from None


def _told(rows: Iterator[Row], progress: Callable[[int], None] | None, share: int, height: int) -> Iterator[Row]:
    for row in rows:
        yield row
        if progress is not None and not row.record & 255:
            progress(share * row.record // height)


def cell_text(value: Any) -> str:
    """The text of a cell's value: whole numbers without `.0`, dates as ISO 8601, TRUE and FALSE, empty as ``."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if math.isfinite(value) and value == int(value) and abs(value) < 1e18:
            return str(int(value))
        return f"{value:.15g}" if abs(value) >= 1e-4 else f"{value:.15f}".rstrip("0")
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return value.date().isoformat()
        return value.isoformat(sep=" ", timespec="seconds")
    return str(value)
