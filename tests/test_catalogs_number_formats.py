"""Numbers of workbooks are read as their cells show them."""

from __future__ import annotations

from pathlib import Path

import pytest

from listinglint.catalogs import open_catalog
from listinglint.catalogs.number_formats import format_number


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (9.8, "0.00", "9.80"),
        (36000291452.0, "0000000000000", "0036000291452"),
        (36000291452.0, "0", "36000291452"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1234.5, "#,##0", "1,235"),
        (0.5, "#.##", ".5"),
        (12.5, "0.0##", "12.5"),
        (0.125, "0.0%", "12.5%"),
        (9.8, '"US$"0.00', "US$9.80"),
        (9.8, "[$€-407] #,##0.00", "€ 9.80"),
        (9.8, '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)', "$9.80"),
        (500.0, '0" pcs"', "500 pcs"),
        (-3.0, "0.0", "-3.0"),
        (-3.0, "0.0;[Red](0.0)", "(3.0)"),
        (2.5, "0.00E+00", None),
        (45000.0, "yyyy-mm-dd", None),
        (1.5, "# ?/?", None),
        (2_500_000.0, '0.0,,"M"', "2.5M"),
    ],
)
def test_format_codes(value: float, code: str, expected: str | None) -> None:
    assert format_number(value, code) == expected


def test_cells_with_formats(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([])
    sheet.append(["title", "gtin", "price", "moq", "updated"])
    for row in range(3, 6):
        sheet.append([f"Steel Bolt {row}", 36000291452, 9.8, 500, None])
        sheet.cell(row, 2).number_format = "0000000000000"
        sheet.cell(row, 3).number_format = "0.00"
        if row == 4:
            sheet.cell(row, 4).number_format = '0" pieces"'
    path = tmp_path / "a.xlsx"
    book.save(path)
    read = list(open_catalog([path]))
    assert [(one.text("gtin"), one.text("price"), one.text("moq")) for one in read] == [
        ("0036000291452", "9.80", "500"),
        ("0036000291452", "9.80", "500 pieces"),
        ("0036000291452", "9.80", "500"),
    ]
