"""What an earlier report left in a workbook: hidden names say which columns and sheets are its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from listinglint.catalogs.cell_ranges import CellRange
from listinglint.catalogs.workbook_package import Package, attributes_of

_BOOK: Final = "xl/workbook.xml"
COLUMNS_NAME: Final = "_listinglint.columns"
SHEET_NAME: Final = "_listinglint.sheet"
"""Hidden names in an annotated workbook: the header of the columns beside a table, and that a sheet is the report's. The next report takes their place."""
_DEFINED: Final = re.compile(r"<((?:\w+:)?)definedName\b([^>]*)>([^<]*)</\1definedName\s*>")


class Earlier(NamedTuple):
    """What an earlier report left in a workbook: columns by sheet, and sheets at the end."""

    columns: Mapping[str, CellRange]
    sheets: tuple[str, ...]


def earlier_report(book: str, sheets: Sequence[str]) -> Earlier:
    """What a workbook, given the text of its main part and the names of its sheets, has of an earlier report."""
    columns: dict[str, CellRange] = {}
    ours: set[str] = set()
    for _, tag, value in _DEFINED.findall(book):
        attributes = attributes_of(tag)
        number = int(attributes.get("localSheetId", "-1"))
        if not 0 <= number < len(sheets):
            continue
        if attributes.get("name") == COLUMNS_NAME and (table := CellRange.of(value.rpartition("!")[2])) is not None:
            columns[sheets[number]] = table
        elif attributes.get("name") == SHEET_NAME:
            ours.add(sheets[number])
    last = len(sheets)
    while last > 1 and sheets[last - 1] in ours:
        last -= 1
    return Earlier(columns, tuple(sheets[last:]))


def clear_earlier(package: Package, sheets: Sequence[str], parts: Mapping[str, str]) -> None:
    """Takes the last sheets of a workbook out of it, and what earlier reports noted in it."""
    book = package.read(_BOOK)
    count = len(parts) - len(sheets)

    def left(found: re.Match[str]) -> str:
        attributes = attributes_of(found[2])
        gone = attributes.get("name") in (COLUMNS_NAME, SHEET_NAME) or int(attributes.get("localSheetId", "-1")) >= count
        return "" if gone else found[0]

    book = re.sub(r"<((?:\w+:)?)definedNames\b[^>]*>\s*</\1definedNames\s*>", "", _DEFINED.sub(left, book))
    if sheets:
        entries = list(re.finditer(r"<(?:\w+:)?sheet\b[^>]*/>", book))[count:]
        book = book[: entries[0].start()] + book[entries[-1].end() :]
        package.unrelate(_BOOK, [parts[sheet] for sheet in sheets])
        for sheet in sheets:
            package.drop(parts[sheet])
    package.put(_BOOK, book)
