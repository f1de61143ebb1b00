"""Writes tables (CSV, TSV, XLSX) whole or not at all, with cells that a spreadsheet would run as formulas kept as text."""

from __future__ import annotations

import csv
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from listinglint.catalogs.errors import CatalogError
from listinglint.model import Text

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XLSX_CELL = 32_767
_XLSX_ROWS = 1_048_576

Cell = str | int | float | bool | None


def safe_text(text: str) -> str:
    """The text with `'` in front where a spreadsheet would take it for a formula; other texts as they are."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def write_table(path: str | Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Writes a table; the ending of `path` says how (`.xlsx`, `.tsv`, else CSV: UTF-8 with a mark, for Excel).

    Numbers stay numbers; texts never become formulas. The file appears whole or not at all. Raises CatalogError
    when it cannot be written.
    """
    target = Path(path)
    suffix = target.suffix.lower()
    if suffix in (".xlsx", ".xlsm"):
        replace_file(target, lambda part: _write_xlsx(part, header, rows))
    else:
        replace_file(target, lambda part: _write_csv(part, header, rows, "\t" if suffix in (".tsv", ".tab") else ","))


def replace_file(target: Path, write: Callable[[Path], None]) -> None:
    """Calls `write` with a temporary path in the same folder, then renames that to `target`.

    Whatever goes wrong, Ctrl-C included, `target` is as it was and the temporary file is gone.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=target.suffix, dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise _unwritable(target, error) from None
    part = Path(name)
    try:
        write(part)
        _keep_mode(target, part)
        part.replace(target)
    except OSError as error:
        raise _unwritable(target, error) from None
    finally:
        part.unlink(missing_ok=True)


def _keep_mode(target: Path, part: Path) -> None:
    if target.exists():
        mode = target.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    part.chmod(mode)


def _unwritable(target: Path, error: OSError) -> CatalogError:
    reason = error.strerror or str(error)
    return CatalogError(Text(f"the file cannot be written: {reason}", f"无法写入文件：{reason}"), file=str(target))


def _write_csv(part: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], delimiter: str) -> None:
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow([safe_text(name) for name in header])
        for row in rows:
            writer.writerow(
                [safe_text(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row]
            )


def _write_xlsx(part: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_urls": False,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(str(part), options)
    try:
        bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheets = 0
        sheet: Any = None
        at = _XLSX_ROWS
        for row in rows:
            if at >= _XLSX_ROWS:
                sheets += 1
                sheet, at = _new_sheet(book, header, bold, sheets), 1
            for column, cell in enumerate(row):
                _write_cell(sheet, at, column, cell, wrapped)
            at += 1
        if sheet is None:
            _new_sheet(book, header, bold, 1)
    finally:
        book.close()


def _new_sheet(book: Any, header: Sequence[str], bold: Any, number: int) -> Any:
    sheet = book.add_worksheet("Sheet1" if number == 1 else f"Sheet{number}")
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(header):
        sheet.set_column(column, column, min(60, max(10, len(name) + 4)))
        sheet.write_string(0, column, _CONTROLS.sub("", name), bold)
    return sheet


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, style)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell, style)
    else:
        # A string cell of a workbook is never run, so no mark is needed in front.
        sheet.write_string(row, column, _CONTROLS.sub("", cell)[:_XLSX_CELL], style)
