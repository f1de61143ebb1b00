"""The workbook report: its sheets, links and limits, and that no text of a listing becomes anything but text."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_cli import run, shop  # noqa: F401 - a fixture
from test_reports import LINTER, finding, report_of

from listinglint import spreadsheets
from listinglint.catalogs import open_catalog
from listinglint.engine.catalog import Counts
from listinglint.model import Edit, Fix, Listing, ListingReport, Source
from listinglint.model.reports import InternalError
from listinglint.reports import Column, Run, make_reporter
from listinglint.reports.xlsx import XlsxReporter
from listinglint.spreadsheets import MOST_CHARACTERS, columns_of, cut, lines_of, units, writable

COLUMNS = (Column("id", 0, "SKU"), Column("title", 0, "Product Name"), Column("keywords", 0, "Keyword 1"), Column("keywords", 1, "Keyword 2"))


def written(reports: list[ListingReport], *, advice: bool = False, make: Callable[[Any], Any] | None = None, **given: Any) -> bytes:
    out = io.BytesIO()
    reporter = (make or (lambda out: make_reporter("xlsx", out)))(out)
    reporter.begin(Run(**{"version": "0", "columns": COLUMNS, **given}))
    counts = Counts()
    for report in reports:
        counts.add(report)
        reporter.listing(report, LINTER.advise(report) if advice else None)
    reporter.end(counts.summary(failed=True, reasons=("too few stars",), notes=("a note",)))
    return out.getvalue()


def opened(data: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl leaves extensions of data bars out
        return openpyxl.load_workbook(io.BytesIO(data), rich_text=True)


def table(sheet: Any) -> list[dict[str, Any]]:
    rows = list(sheet.iter_rows(values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def listing(title: str, *findings: Any, record: int = 3, id_: str = "A-17", **changes: Any) -> ListingReport:
    source = Source("shop.xlsx", "Products", record, None, {"id": ("A",), "title": ("B",), "keywords": ("C", "D")})
    values = {"score": 61.5, "stars": 3, "sections": {"titles": 61.5, "images": None}, **changes}
    return ListingReport(Listing.of({"id": id_, "title": title, "keywords": ["hose", "pipe"]}, source), findings, **values)


def test_the_sheets_say_what_was_found() -> None:
    fix = Fix("unsafe", (Edit("title", 0, 12, ""),))
    faulty = listing(
        "Very Pretty Garden Hose",
        finding(severity="info", message="Add a colour", penalty=1.0),
        finding(start=0, end=11, text="Very Pretty", cell="B3", severity="error", fix=fix, penalty=9.0),
        finding(field="keywords", part=1, start=0, end=4, text="pipe", cell="D3"),
    )
    book = opened(written([listing("Oak Tray", record=2, id_="A-1", stars=5, score=98.0), faulty]))
    assert book.sheetnames == ["Summary", "Listings", "Findings"]
    first, second = table(book["Listings"])
    assert list(first)[:5] == ["Row", "Stars", "Score", "Findings", "What to mend"] and list(first)[5:9] == ["SKU", "Product Name", "Keyword 1", "Keyword 2"]
    assert (first["Row"], first["Stars"], first["Score"], first["Findings"], first["What to mend"]) == (2, 5, 98.0, 0, None)
    assert (second["SKU"], str(second["Product Name"]), second["Keyword 2"], second["Titles score"], second["Images score"]) == ("A-17", "Very Pretty Garden Hose", "pipe", 61.5, None)
    assert str(second["What to mend"]).split("\n") == ["✖ B3  Mend it", "▲ D3  Mend it", "• title  Add a colour"]
    marked = second["Product Name"]
    assert [str(piece) for piece in marked] == ["Very Pretty", " Garden Hose"] and marked[0].font.color.rgb == "FFC0392B"
    sheet = book["Listings"]
    assert sheet["B3"].number_format == '"★★★☆☆"' and sheet["G3"].fill.fgColor.rgb == "FFFCE8E6" and sheet["G2"].fill.fill_type is None
    assert sheet["I3"].fill.fgColor.rgb == "FFFFF4D6" and sheet["H3"].fill.fill_type is None
    assert sheet.freeze_panes == "D2" and sheet.auto_filter.ref == "A1:P3"
    assert {rule.type for rules in sheet.conditional_formatting for rule in rules.rules} == {"colorScale", "containsBlanks"}
    found = table(book["Findings"])
    assert [one["Severity"] for one in found] == ["✖ Error", "▲ Warning", "• Hint"]
    assert [one["Where"] for one in found] == ["in Product Name", "in Keyword 2", "in Product Name"]
    worst = found[0]
    assert (worst["Words"], worst["Change to"], worst["Fix"], worst["Costs"], worst["Rule"]) == ("Very Pretty", "(remove)", "please review", 9.0, "some-rule")
    assert book["Findings"]["A2"].hyperlink.location == "'Listings'!A3" and book["Listings"]["D3"].hyperlink.location == "'Findings'!A2"
    assert book["Listings"]["D3"].value == 3 and book["Listings"]["D2"].hyperlink is None


def test_the_summary_counts_all_and_draws() -> None:
    reports = [listing("Hose", finding(), finding(rule="other-rule", severity="error"), record=number + 2, stars=1 + number % 5) for number in range(12)]
    book = opened(written(reports, summaries={"some-rule": "What it is"}))
    sheet = book["Summary"]
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {"Catalog report", "✖ Failed", "too few stars", "a note", "What it is"} <= set(cells)
    assert "shop.xlsx · marketplace alibaba · listinglint 0" in cells
    stars = [(row[1].value, row[2].value) for row in sheet.iter_rows() if str(row[1].value).startswith(("★", "☆"))]
    assert stars == [("★★★★★", 2), ("★★★★☆", 2), ("★★★☆☆", 2), ("★★☆☆☆", 3), ("★☆☆☆☆", 3)]
    assert len(sheet._charts) == 2
    shown = [chart.series[0].val.numRef for chart in sheet._charts]
    assert [[int(point.v) for point in one.numCache.pt] for one in shown] == [[2, 2, 2, 3, 3], [12, 12]]
    first, _, last = shown[0].f.rpartition("!")[2].replace("$", "").partition(":")
    assert [row[0].value for row in sheet[f"{first}:{last}"]] == [2, 2, 2, 3, 3]


def test_a_run_without_listings_is_a_whole_workbook() -> None:
    for columns in (COLUMNS, ()):
        book = opened(written([], columns=columns))
        assert book.sheetnames == ["Summary", "Listings", "Findings"]
        assert [sheet.max_row for sheet in (book["Listings"], book["Findings"])] == [1, 1]
        assert len(book["Summary"]._charts) == 1


def test_chinese() -> None:
    book = opened(written([listing("Hose", finding(message="请修改"))], lang="zh"))
    assert book.sheetnames == ["汇总", "产品", "问题"]
    assert list(table(book["产品"])[0])[:5] == ["行号", "星级", "得分", "问题数", "需要修改的内容"]
    assert str(table(book["产品"])[0]["需要修改的内容"]) == "▲ title  请修改"
    assert table(book["问题"])[0]["级别"] == "▲ 警告" and book["问题"]["A2"].hyperlink.location == "'产品'!A2"
    assert book["产品"]["F2"].font.name == "Microsoft YaHei"


def test_quiet_several_files_advice_and_crashes() -> None:
    crashed = listing("Hose", errors=(InternalError("bad-rule", "A-17", 3, "oops"),))
    clean = listing("Oak Tray", record=2)
    book = opened(written([clean, crashed], quiet=True, several=True))
    (row,) = table(book["Listings"])
    assert list(row)[:3] == ["File", "Sheet", "Row"] and (row["File"], row["Sheet"], row["Findings"]) == ("shop.xlsx", "Products", 1)
    (told,) = table(book["Findings"])
    assert told["Severity"] == "✖ Internal error" and told["What is wrong"] == "the rule crashed: oops" and told["Rule"] == "bad-rule" and told["File"] == "shop.xlsx"
    book = opened(written([report_of()], advice=True, columns=()))
    (row,) = table(book["Listings"])
    steps = LINTER.advise(report_of())
    assert [line.partition(": ")[2] for line in row["To more stars"].split("\n")] == [step.rule for step in steps]
    assert list(row)[5:9] == ["id", "title", "keywords", "description"]


HOSTILE = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "<r><t>x</t></r>", "<r>&</r>", "http://example.com", "_x0041_", "\x00\x1b[31m", "\ud800", "\ufffe", "a\rb\r\nc", "", " ", "{=1}", "1e5", "<r>"]


@given(st.text() | st.sampled_from(HOSTILE), st.text() | st.sampled_from(HOSTILE), st.integers(0, 9), st.integers(0, 9))
@example("<r><t>x</t></r>", "<r></r>", 0, 3)
@example("Oak\r\nTray", "m", 0, 4)
@example("\r\n", "m", 1, 1)
@settings(max_examples=60)
def test_texts_stay_texts(title: str, message: str, start: int, size: int) -> None:
    start = min(start, len(title))
    end = min(start + size, len(title))
    data = written([listing(title, finding(start=start, end=end, text=title[start:end], message=message or "m"), id_="=1+1")])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(re.search(rb"<c\b[^>]*>\s*<f", sheet) for sheet in sheets) and len(sheets) == 3
    book = opened(data)
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    # Read back by a reader that knows how workbooks escape characters.
    found = list(_read(data))
    assert found == [("=1+1", writable(title))]


def _read(data: bytes) -> Any:
    import python_calamine

    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Listings").to_python()
    return [(row[5], row[6]) for row in rows[1:]]


def test_rows_beyond_a_sheet_go_on_in_the_next() -> None:
    reports = [listing(f"Hose {number}", *([finding()] * 2), record=number, id_=f"A-{number}") for number in range(2, 9)]
    book = opened(written(reports, make=lambda out: XlsxReporter(out, most=5)))
    assert book.sheetnames[:3] == ["Summary", "Listings", "Findings"]
    assert sorted(book.sheetnames[3:]) == ["Findings 2", "Findings 3", "Findings 4", "Listings 2"]
    rows = [row for name in ("Listings", "Listings 2") for row in table(book[name])]
    assert [row["SKU"] for row in rows] == [f"A-{number}" for number in range(2, 9)]
    assert sum(len(table(book[name])) for name in book.sheetnames if name.startswith("Findings")) == 14
    links = 0
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.hyperlink is not None):
            name, _, place = cell.hyperlink.location.replace("'", "").partition("!")
            there, at = book[name], int(place[1:])
            ids = (cell.value, there[f"F{at}"].value) if sheet.title.startswith("Findings") else (sheet[f"F{cell.row}"].value, there[f"A{at}"].value)
            assert ids[0] == ids[1]
            links += 1
    assert links == 21
    assert any("goes on in 4 sheets" in str(cell.value) for row in book["Summary"].iter_rows() for cell in row)


def test_limits_of_excel_are_kept_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_LINKS", 3)
    long = "😀" * 20_000
    reports = [listing(long if number == 2 else "Hose", finding(start=2, end=4, text="xx"), record=number, id_=f"A-{number}") for number in range(2, 8)]
    book = opened(written(reports))
    title = str(book["Listings"]["G2"].value)
    assert units(title) <= MOST_CHARACTERS and title.endswith("…") and long.startswith(title[:-1])
    assert len([1 for row in book["Findings"].iter_rows() for cell in row if cell.hyperlink]) == 3
    assert book["Findings"]["A7"].value == "A-7"
    told = " ".join(str(cell.value) for row in book["Summary"].iter_rows() for cell in row)
    assert "6 cells further down have none" in told and "1 texts are cut" in told


@given(st.text(alphabet=st.sampled_from("a漢😀\n"), max_size=60), st.integers(2, 40))
def test_lengths_as_excel_counts_them(text: str, most: int) -> None:
    kept = cut(text, most)
    assert units(kept) <= most and (kept == text or (kept.endswith("…") and text.startswith(kept[:-1])))
    assert units(text) == len(text.encode("utf-16-le")) // 2
    assert columns_of(text) == sum(2 if char in "漢😀" else 1 for char in text)
    assert lines_of(text, most) >= text.count("\n") + 1


def test_memory_does_not_grow_with_the_rows() -> None:
    reporter = XlsxReporter(io.BytesIO())
    reporter.begin(Run(columns=COLUMNS))
    for number in range(2, 500):
        reporter.listing(listing("Hose", finding(), record=number), None)
    for one in (reporter._listings.sheet, reporter._findings.table.sheet):
        assert len(one.row_info) <= 2 and len(one.row_sizes) <= 2 and len(one.table) <= 2


# --- the command ---


def test_the_report_can_be_checked_like_the_catalog(shop: Path, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "annotated.xlsx"
    assert run("check", shop, "-o", out, "--exit-zero", "-q").code == 0
    before, after = ([one.to_dict() for one in open_catalog([path])] for path in (shop, out))
    assert before == after and len(after) == 2
    assert run("check", shop, "-o", out, "--exit-zero", "-q", "--lang", "zh").code == 0
    assert [one.to_dict() for one in open_catalog([out])] == before
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".xlsx"] == ["annotated.xlsx"]


def test_a_workbook_needs_a_file_of_its_own(shop: Path, tmp_path: Path) -> None:  # noqa: F811
    missing = run("check", shop, "--format", "xlsx")
    assert missing.code == 2 and "needs a file" in missing.err and missing.out == ""
    assert "需要指定输出文件" in run("check", shop, "--format", "xlsx", "--lang", "zh").err
    wrong = run("check", shop, "--format", "xlsx", "-o", tmp_path / "out.csv")
    assert wrong.code == 2 and "must end in .xlsx" in wrong.err and not (tmp_path / "out.csv").exists()
    held = shop.read_bytes()
    itself = run("check", shop, "-o", shop)
    assert itself.code == 2 and "the catalog itself" in itself.err and shop.read_bytes() == held
    assert [one.name for one in tmp_path.iterdir()] == ["shop.csv"]
    assert run("check", shop, "-o", tmp_path / "no" / "such.xlsx").code == 2
