"""Writes tables (CSV, TSV, XLSX) whole or not at all, with cells that a spreadsheet would run as formulas kept as text."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from listinglint.catalogs.errors import CatalogError
from listinglint.model import Text
from listinglint.spreadsheets import Book, Table

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

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

    Whatever goes wrong, Ctrl-C included, `target` is as it was and the temporary file is gone. A link stays one: the file
    that it leads to is replaced. A device or a pipe (`/dev/stdout`) is written to when all is done.
    """
    if target.exists() and not target.is_file() and not target.is_dir():
        _write_through(target, write)
        return
    try:
        target = target.resolve() if target.is_symlink() else target
        handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=target.suffix, dir=target.parent)
        os.close(handle)
    except (OSError, RuntimeError) as error:
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


def _write_through(target: Path, write: Callable[[Path], None]) -> None:
    """What `write` makes, copied into something that is no file and must stay what it is."""
    with tempfile.TemporaryDirectory(prefix="listinglint-") as folder:
        part = Path(folder) / f"part{target.suffix}"
        write(part)
        try:
            with part.open("rb") as made, target.open("wb") as out:
                shutil.copyfileobj(made, out)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _unwritable(target, error) from None


def _keep_mode(target: Path, part: Path) -> None:
    if target.exists():
        mode = target.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    part.chmod(mode)


def _unwritable(target: Path, error: Exception) -> CatalogError:
    reason = getattr(error, "strerror", None) or str(error)
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
    with part.open("wb") as file:
        book = Book(file)
        head = book.style(bold=True, bottom=1, bg_color="#E8EEF4")
        wrapped = book.style(text_wrap=True, valign="top")

        def begin(sheet: Any) -> None:
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(header):
                sheet.set_column(column, column, min(60, max(10, len(name) + 4)))
                book.text(sheet, 0, column, name, head)

        table = Table(book, "Sheet1", begin)
        for row in rows:
            sheet, at = table.next()
            for column, cell in enumerate(row):
                if isinstance(cell, bool):
                    sheet.write_boolean(at, column, cell, wrapped.plain)
                elif isinstance(cell, str):
                    book.text(sheet, at, column, cell, wrapped)
                else:
                    book.number(sheet, at, column, cell, wrapped)
        table.finish()
        book.close()
