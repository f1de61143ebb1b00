"""Reads any table row by row, without looking for listings in it: search-term reports, and tables that get new columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from listinglint.catalogs.delimited import DelimitedSource
from listinglint.catalogs.errors import CatalogError
from listinglint.catalogs.formats import detect_format
from listinglint.catalogs.tabular import Row
from listinglint.catalogs.workbooks import sheet_rows
from listinglint.model import Text


def read_rows(path: str | Path, *, sheet: str | None = None, encoding: str | None = None) -> Iterator[Row]:
    """The rows of a CSV, TSV or XLSX file, with their numbers. Raises CatalogError for a file that is none of these."""
    file, shown = Path(path), str(path)
    if not file.is_file():
        raise CatalogError(Text("there is no such file", "没有这个文件"), file=shown)
    kind = detect_format(file, shown, shown, encoding)
    if kind == "xlsx":
        yield from sheet_rows(file, shown, sheet)
    elif kind == "table":
        yield from DelimitedSource(file, shown, None, encoding, file.suffix.lower(), headed=False).rows()
    else:
        raise CatalogError(Text("a CSV, TSV or XLSX file is wanted here", "此处需要 CSV、TSV 或 XLSX 文件"), file=shown)
