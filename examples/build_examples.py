"""Writes the example catalogs: an invented export company's listings, good ones and ones with the usual faults.

Run it in any folder: `python examples/build_examples.py`. Everything in it is made up.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from example_listings import HEADER, LISTINGS, LISTINGS_ZH, ZH_HEADER

HERE = Path(__file__).resolve().parent
WIDTHS = {"id": 9, "title": 46, "brief": 40, "description": 70, "category": 34, "attributes": 34, "images": 26}


def rows() -> list[list[str]]:
    """The listings as rows in the order of `HEADER`; a field that a listing leaves out is an empty cell."""
    return [[str(listing.get(name, "")) for name in HEADER] for listing in LISTINGS]


def write_csv(path: Path) -> None:
    """The catalog as UTF-8 CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows())


def _book(path: Path) -> Any:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"title": "Example catalog", "company": "Harborline Export"})
    return book


def _fill(book: Any, sheet: Any, header: list[str], body: list[list[str]], first: int) -> None:
    head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "valign": "vcenter", "border": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_row(first, 24)
    for column, name in enumerate(header):
        sheet.set_column(column, column, WIDTHS.get(name, 18))
        sheet.write_string(first, column, name, head)
    for at, row in enumerate(body, first + 1):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(at, column, cell, text)
    sheet.freeze_panes(first + 1, 2)
    sheet.autofilter(first, 0, first + len(body), len(header) - 1)


def write_xlsx(path: Path) -> None:
    """The catalog as a workbook with a styled header."""
    book = _book(path)
    _fill(book, book.add_worksheet("Products"), list(HEADER), rows(), 0)
    book.close()


def write_chinese(path: Path) -> None:
    """A workbook as a Chinese sales team keeps it: two rows above the header, Chinese and English columns."""
    book = _book(path)
    sheet = book.add_worksheet("产品资料")
    big = book.add_format({"bold": True, "font_size": 16})
    sheet.write_string(0, 0, "港航出口公司 产品资料表", big)
    sheet.write_string(1, 0, "请填写全部英文栏目；中文栏目仅供内部参考")
    _fill(book, sheet, list(ZH_HEADER), [[str(cell) for cell in row] for row in LISTINGS_ZH], 2)
    book.close()


def main() -> None:
    """Writes all three files beside this script."""
    write_csv(HERE / "products.csv")
    write_xlsx(HERE / "products.xlsx")
    write_chinese(HERE / "products_zh.xlsx")


if __name__ == "__main__":
    main()
