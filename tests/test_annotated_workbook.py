"""The report as a copy of the seller's own workbook: what was there stays, what was found stands beside it, and it can be checked again."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import warnings
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from test_cli import process, run

from listinglint.catalogs import CatalogError, open_catalog
from listinglint.catalogs.workbook_annotating import annotator_of
from listinglint.reports import xlsx_annotated

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HEADER = ["SKU", "Product Name", "Keywords", "Price", "Qty", "Total"]
ROWS = [
    ["A-1", "Garden Hose 25 m with Brass Fittings", "garden hose, water hose, hose pipe", 9.8],
    ["A-2", "Very Pretty New Teddy Bear", "teddy bear", 4.5],
    ["A-3", None, "wire whisk", 2],
    ["A-4", "Oak  Tray，Large", None, 12.25],
]


def build(path: Path, *, table: bool = False, filtered: bool = False, protected: bool = False, header: list[str] | None = None) -> Path:
    """A workbook as a seller may have it: the table begins in row 3, with nearly everything that a workbook can hold around it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Bob's Products"
    sheet["A1"] = "Spring catalogue"
    sheet["A1"].font = Font(size=18, bold=True)
    sheet.merge_cells("A1:F1")
    for column, name in enumerate(header or HEADER, 1):
        sheet.cell(3, column, name).fill = PatternFill("solid", fgColor="7030A0")
    for record, row in enumerate(ROWS, 4):
        for column, value in enumerate([*row, 3], 1):
            sheet.cell(record, column, value)
        sheet.cell(record, 4).number_format = '"US$"0.00'
        sheet.cell(record, 6, f"=D{record}*E{record}").border = Border(bottom=Side("thin"))
    sheet["B5"].font = Font(bold=True, color="FF0000")
    sheet["B5"].comment = Comment("ask the factory", "Bob")
    sheet["B7"].alignment = Alignment(wrap_text=True)
    sheet["A4"].hyperlink = "https://example.com/"
    sheet.row_dimensions[5].height = 80
    sheet.column_dimensions["B"].width = 44
    sheet.column_dimensions["E"].hidden = True
    sheet.freeze_panes = "C4"
    choice = DataValidation(type="list", formula1='"1,2,3"')
    choice.add("E4:E7")
    sheet.add_data_validation(choice)
    sheet.conditional_formatting.add("D4:D7", CellIsRule(operator="greaterThan", formula=["5"], fill=PatternFill(bgColor="C6EFCE")))
    if table:
        sheet.add_table(Table(displayName="Prods", ref="A3:F7"))
    if filtered:
        sheet.auto_filter.ref = "A3:F7"
    book.defined_names["Prices"] = DefinedName("Prices", attr_text="'Bob''s Products'!$D$4:$D$7")
    other = book.create_sheet("Summary")
    other["A1"], other["B2"] = "our own sheet", "='Bob''s Products'!D5*2"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=4, max_row=7))
    other.add_chart(chart, "D2")
    book.create_sheet("Secret")["A1"] = "hidden"
    book["Secret"].sheet_state = "hidden"
    if protected:
        book.security = WorkbookProtection(workbookPassword="x", lockStructure=True)
    book.save(path)
    return path


def annotated(path: Path, out: Path, *options: str) -> Any:
    result = run("check", path, "-o", out, "--exit-zero", *options)
    assert result.code == 0, result.err
    return opened(out)


def opened(path: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl leaves extensions of data bars out
        return openpyxl.load_workbook(path)


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None and len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def look(cell: Any) -> tuple[Any, ...]:
    return cell.font.b, cell.font.color and cell.font.color.rgb, cell.number_format, cell.border.bottom.style, cell.alignment.wrap_text


def test_everything_that_was_there_is_there(tmp_path: Path) -> None:
    path = build(tmp_path / "in.xlsx")
    book, before = annotated(path, tmp_path / "out.xlsx"), openpyxl.load_workbook(path)
    assert book.sheetnames == ["Bob's Products", "Summary", "Secret", "Summary (2)", "Findings"]
    for name in before.sheetnames:
        for row in before[name].iter_rows():
            for cell in row:
                after = book[name][cell.coordinate]
                assert after.value == cell.value and look(after) == look(cell), cell.coordinate
    sheet = book["Bob's Products"]
    assert sheet["F4"].value == "=D4*E4" and str(sheet.merged_cells) == "A1:F1" and sheet.freeze_panes == "C4"
    assert sheet.column_dimensions["B"].width == 44 and sheet.column_dimensions["E"].hidden
    assert str(sheet.data_validations.dataValidation[0].sqref) == "E4:E7" and sheet["A4"].hyperlink.target == "https://example.com/"
    assert book.defined_names["Prices"].attr_text == "'Bob''s Products'!$D$4:$D$7"
    assert book["Secret"].sheet_state == "hidden" and len(book["Summary"]._charts) == 1
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["D4:D7", "H4:H7"]
    priorities = [rule.priority for one in sheet.conditional_formatting for rule in one.rules]
    assert len(set(priorities)) == len(priorities)
    # Of the parts only those change that have to.
    old, new = members(path), members(tmp_path / "out.xlsx")
    changed = {name for name in old if old[name] != new[name] and "omment" not in name}
    assert changed == {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml"}
    assert list(new)[: len(old)] == list(old)


def test_findings_stand_beside_their_listings(tmp_path: Path) -> None:
    book = annotated(build(tmp_path / "in.xlsx"), tmp_path / "out.xlsx")
    sheet = book["Bob's Products"]
    assert [cell.value for cell in sheet[3]][6:] == ["Stars", "Score", "Findings", "What to mend"]
    assert sheet["G5"].number_format.startswith('"★') and isinstance(sheet["H5"].value, float | int)
    found = book["Findings"]
    rows = list(found.iter_rows(min_row=2))
    counts = [sheet[f"I{record}"].value for record in range(4, 8)]
    assert sum(counts) == len(rows)
    for record in range(4, 8):
        told = str(sheet[f"J{record}"].value or "").split("\n")
        assert len(told) == min(counts[record - 4], 9) or not counts[record - 4]
        link = sheet[f"I{record}"].hyperlink
        if counts[record - 4]:
            assert found[link.location.partition("!")[2]].value == sheet[f"A{record}"].value
    assert {row[0].hyperlink.location for row in rows} <= {f"'Bob''s Products'!A{record}" for record in range(4, 8)}
    assert "B6" in sheet["J6"].value and sheet["B6"].value is None
    # Where the table had no filter it has one, over the new columns too.
    assert sheet.auto_filter.ref == "A3:J7"
    assert len(book["Summary (2)"]._charts) == 2


def test_faulty_cells_are_filled_and_say_why(tmp_path: Path) -> None:
    book = annotated(build(tmp_path / "in.xlsx"), tmp_path / "out.xlsx")
    sheet = book["Bob's Products"]
    assert sheet["B6"].fill.fgColor.rgb == "FFFCE8E6" and "✖" in sheet["B6"].comment.text
    mine = sheet["B5"].comment.text
    assert mine.startswith("ask the factory\n") and "▲" in mine and sheet["B5"].fill.fgColor.rgb == "FFFFF4D6" and sheet["B5"].font.b
    assert sheet["A4"].comment is None and sheet["A4"].fill.fill_type is None
    zh = annotated(tmp_path / "in.xlsx", tmp_path / "zh.xlsx", "--lang", "zh")["Bob's Products"]
    assert [cell.value for cell in zh[3]][6:] == ["星级", "得分", "问题数", "需要修改的内容"] and re.search("[\u4e00-\u9fff]", zh["B6"].comment.text)


def test_rows_are_high_enough_and_never_lower(tmp_path: Path) -> None:
    path = build(tmp_path / "in.xlsx")
    sheet = annotated(path, tmp_path / "out.xlsx")["Bob's Products"]
    assert sheet.row_dimensions[5].height >= 80
    for record in (5, 6, 7):
        assert sheet.row_dimensions[record].height >= 15 * (1 + str(sheet[f"J{record}"].value).count("\n"))
    assert sheet.row_dimensions[1].height is None


@pytest.mark.parametrize("kind", ["table", "filtered"])
def test_what_sorts_the_listings_sorts_the_new_columns_too(tmp_path: Path, kind: str) -> None:
    path = build(tmp_path / "in.xlsx", **{kind: True})  # type: ignore[arg-type]
    book = annotated(path, tmp_path / "out.xlsx")
    sheet = book["Bob's Products"]
    if kind == "filtered":
        assert sheet.auto_filter.ref == "A3:J7"
        assert "'Bob''s Products'!$A$3:$J$7" in members(tmp_path / "out.xlsx")["xl/workbook.xml"].decode()
        return
    table = sheet.tables["Prods"]
    assert (table.ref, table.autoFilter.ref, sheet.auto_filter.ref) == ("A3:J7", "A3:J7", None)
    assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[3]]
    assert len({column.id for column in table.tableColumns}) == 10


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    path = build(tmp_path / "in.xlsx")
    annotated(path, tmp_path / "one.xlsx")
    result = process("check", path, "-o", tmp_path / "two.xlsx", "--exit-zero", "--jobs", "2")
    assert result.returncode == 0 and (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.xlsx", "one.xlsx", "two.xlsx"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_annotated_workbook_can_be_checked_and_annotated_again(tmp_path: Path, lang: str) -> None:
    path = build(tmp_path / "in.xlsx")
    annotated(path, tmp_path / "out.xlsx", "--lang", lang)
    before, after = ([one.to_dict() for one in open_catalog([one])] for one in (path, tmp_path / "out.xlsx"))
    assert before == after and len(after) == 4
    assert [info.sheet for info in open_catalog([tmp_path / "out.xlsx"]).sources] == ["Bob's Products"]
    # The new report takes the place of the old one.
    annotated(tmp_path / "out.xlsx", tmp_path / "again.xlsx", "--lang", lang)
    old, new = opened(tmp_path / "out.xlsx"), opened(tmp_path / "again.xlsx")
    assert [[told(cell) for cell in row] for row in new["Bob's Products"].iter_rows()] == [[told(cell) for cell in row] for row in old["Bob's Products"].iter_rows()]
    assert new.sheetnames == old.sheetnames and len(new[new.sheetnames[-2]]._charts) == 2
    assert [str(one.sqref) for one in new["Bob's Products"].conditional_formatting] == ["D4:D7", "H4:H7"]
    assert "Catalog report" not in {str(sheet["B1"].value) for sheet in new.worksheets[:-2]}
    assert len(members(tmp_path / "again.xlsx")) == len(members(tmp_path / "out.xlsx"))
    for data in (data for name, data in members(tmp_path / "again.xlsx").items() if name.endswith((".xml", ".rels", ".vml"))):
        ElementTree.fromstring(data)


def told(cell: Any) -> tuple[Any, ...]:
    comment = cell.comment.text if cell.comment is not None else None
    return cell.value, cell.fill.fgColor.rgb if cell.fill.fill_type else None, look(cell), comment if comment is None or "ask the" not in comment else "ask"


@pytest.mark.parametrize("table", [False, True])
def test_what_was_mended_in_the_copy_is_unmarked_by_the_next(tmp_path: Path, table: bool) -> None:
    annotated(build(tmp_path / "in.xlsx", table=table), tmp_path / "out.xlsx", "--advice")
    book = opened(tmp_path / "out.xlsx")
    sheet = book["Bob's Products"]
    assert sheet["B6"].fill.fill_type and sheet["B6"].comment is not None and sheet["G6"].value == 1
    sheet["B6"] = "Stainless Steel Balloon Wire Whisk 30 cm with Wooden Handle"
    # As another program writes it.
    book.save(tmp_path / "mended.xlsx")
    again = annotated(tmp_path / "mended.xlsx", tmp_path / "again.xlsx", "--lang", "zh")
    sheet = again["Bob's Products"]
    assert [cell.value for cell in sheet[3]][6:] == ["星级", "得分", "问题数", "需要修改的内容", *([None] if sheet.max_column > 10 else [])]
    assert sheet["G6"].value > 1 and "B6" not in str(sheet["J6"].value)
    assert sheet["B6"].comment is None and not sheet["B6"].fill.fill_type and sheet["B5"].fill.fill_type and sheet["B5"].comment.text.startswith("ask the factory")
    assert again.sheetnames[:3] == ["Bob's Products", "Summary", "Secret"] and again.sheetnames[3:] == ["汇总", "问题"]
    if table:
        assert sheet.tables["Prods"].ref == "A3:J7" and [one.name for one in sheet.tables["Prods"].tableColumns] == [cell.value for cell in sheet[3]][:10]
    assert len({cell.hyperlink.location for cell in sheet["I"] if cell.hyperlink is not None}) == sum(bool(cell.hyperlink) for cell in sheet["I"])


def test_names_that_are_taken_are_not_taken_again(tmp_path: Path) -> None:
    path = build(tmp_path / "in.xlsx", header=["SKU", "Product Name", "Keywords", "Price", "STARS", "Score"])
    sheet = annotated(path, tmp_path / "out.xlsx")["Bob's Products"]
    assert [cell.value for cell in sheet[3]][4:] == ["STARS", "Score", "Stars (2)", "Score (2)", "Findings", "What to mend"]


@pytest.mark.parametrize(
    ("why", "change"),
    [
        ("structure is protected", lambda parts: None),
        ("macros", lambda parts: parts.update({"[Content_Types].xml": parts["[Content_Types].xml"].replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")})),
        ("signed", lambda parts: parts.update({"_xmlsignatures/sig1.xml": b"<x/>"})),
        ("xl/styles.xml is not as expected", lambda parts: parts.update({"xl/styles.xml": re.sub(rb"<fills.*</fills>", b"", parts["xl/styles.xml"], flags=re.DOTALL)})),
    ],
)  # fmt: skip
def test_a_workbook_that_cannot_be_annotated_gets_a_new_one(tmp_path: Path, why: str, change: Any) -> None:
    path = build(tmp_path / "in.xlsx", protected=why.startswith("structure"))
    parts = members(path)
    change(parts)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    result = run("check", path, "-o", tmp_path / "out.xlsx", "--exit-zero")
    assert result.code == 0 and why in result.err and "new workbook" in result.err
    assert "新建的工作簿" in run("check", path, "-o", tmp_path / "zh.xlsx", "--exit-zero", "--lang", "zh").err
    assert opened(tmp_path / "out.xlsx").sheetnames == ["Summary", "Listings", "Findings"]


def test_several_files_and_texts_get_a_new_workbook(tmp_path: Path) -> None:
    one, two = build(tmp_path / "one.xlsx"), build(tmp_path / "two.xlsx")
    table = tmp_path / "shop.csv"
    table.write_text("id,title\nA-1,Hose\n")
    for paths in ((one, two), (table,), (one, one)):
        result = run("check", *paths, "-o", tmp_path / "out.xlsx", "--exit-zero")
        assert result.code == 0 and "new workbook" not in result.err
        assert opened(tmp_path / "out.xlsx").sheetnames == ["Summary", "Listings", "Findings"]


def test_only_what_is_shown_is_annotated(tmp_path: Path) -> None:
    path = build(tmp_path / "in.xlsx")
    sheet = annotated(path, tmp_path / "out.xlsx", "--stars", "1", "--advice")["Bob's Products"]
    stars = [sheet[f"G{record}"].value for record in range(4, 8)]
    assert set(stars) == {1, None} and [cell.value for cell in sheet[3]][10] == "To more stars"
    assert sheet["B5"].comment.text == "ask the factory"


def test_comments_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_annotated, "MOST_COMMENTS", 1)
    book = annotated(build(tmp_path / "in.xlsx"), tmp_path / "out.xlsx")
    sheet = book["Bob's Products"]
    commented = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment is not None]
    filled = [cell.coordinate for row in sheet.iter_rows(min_row=4, max_col=6) for cell in row if cell.fill.fill_type]
    assert len(filled) > len(commented) and len(commented) <= 2
    told = " ".join(str(cell.value) for row in book["Summary (2)"].iter_rows() for cell in row)
    assert f"{len(filled) - 1} faulty cells further down" in told


def test_standard_input(tmp_path: Path) -> None:
    with build(tmp_path / "in.xlsx").open("rb") as data:
        assert process("check", "-", "-o", tmp_path / "out.xlsx", "--exit-zero", stdin=data).returncode == 0
    assert opened(tmp_path / "out.xlsx").sheetnames[0] == "Bob's Products"


def test_prefixed_elements(tmp_path: Path) -> None:
    """Some programs write `x:row` for `row`."""
    path = build(tmp_path / "in.xlsx")
    parts = members(path)
    types = parts["[Content_Types].xml"].decode()
    parts["[Content_Types].xml"] = re.sub(r"(</?)(Types|Default|Override)", r"\1ct:\2", types).replace("xmlns=", "xmlns:ct=").encode()
    for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"):
        ElementTree.register_namespace("x", MAIN[1:-1])
        ElementTree.register_namespace("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
        root = ElementTree.fromstring(parts[name])
        parts[name] = ElementTree.tostring(root, encoding="utf-8")
        assert b"<x:" in parts[name]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    book = annotated(path, tmp_path / "out.xlsx")
    sheet = book["Bob's Products"]
    assert [cell.value for cell in sheet[3]][6:] == ["Stars", "Score", "Findings", "What to mend"] and sheet["B6"].fill.fgColor.rgb == "FFFCE8E6"
    assert sheet["F4"].value == "=D4*E4" and book.sheetnames[-1] == "Findings" and sheet.auto_filter.ref == "A3:J7"
    kinds = ElementTree.fromstring(members(tmp_path / "out.xlsx")["[Content_Types].xml"])
    assert {one.tag.partition("}")[0] for one in kinds} == {"{http://schemas.openxmlformats.org/package/2006/content-types"}
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["D4:D7", "H4:H7"] and sheet.column_dimensions["J"].width > 60


def test_columns_stand_right_of_charts_and_of_all_cells(tmp_path: Path) -> None:
    path = build(tmp_path / "in.xlsx")
    book = openpyxl.load_workbook(path)
    chart = BarChart()
    chart.add_data(Reference(book["Bob's Products"], min_col=4, min_row=4, max_row=7))
    book["Bob's Products"].add_chart(chart, "H9")
    book["Bob's Products"]["K1"] = "a remark"
    book.save(path)
    annotator = annotator_of(open_catalog([path]))
    assert annotator is not None
    (margin,) = annotator.margins.values()
    assert margin.header == 3 and margin.column >= 11 and margin.links == 1 and set(margin.headers) == {*HEADER, ""}
    sheet = annotated(path, tmp_path / "out.xlsx")["Bob's Products"]
    assert sheet["K1"].value == "a remark" and sheet.cell(3, margin.column + 1).value == "Stars" and len(sheet._charts) == 1


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    annotated(build(tmp_path / "in.xlsx", table=True), tmp_path / "out.xlsx")
    convert = ["soffice", f"-env:UserInstallation={(tmp_path / 'home').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(tmp_path / "out.xlsx")], check=True, capture_output=True, timeout=120)
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_no_room(tmp_path: Path) -> None:
    path = build(tmp_path / "in.xlsx")
    book = openpyxl.load_workbook(path)
    book["Bob's Products"]["XFC1"] = "far"
    book.save(path)
    with pytest.raises(CatalogError, match="no room"):
        annotator_of(open_catalog([path]))


texts = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30) | st.sampled_from(["=1+1", "<r>&\"'</r>", "_x0041_", "  two  ", "100"])


@given(st.lists(st.tuples(texts, texts, texts, st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)), min_size=1, max_size=6))
@example([("A", "]]>", "", None)])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_cells_stay(tmp_path: Path, rows: list[tuple[str, str, str, float | None]]) -> None:
    path, out = tmp_path / "any.xlsx", tmp_path / "out.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["id", "title", "keywords", "price"])
    book.active["A1"].number_format = "@"
    for number, (title, keywords, brief, price) in enumerate(rows):
        for column, value in enumerate([f"A-{number}", title, keywords, price if price is not None else brief], 1):
            cell = book.active.cell(number + 2, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)
    assert run("check", path, "-o", out, "--exit-zero", "-q").code == 0
    before, after = openpyxl.load_workbook(path).active, opened(out).worksheets[0]
    assert [[cell.value for cell in row] for row in before.iter_rows()] == [[cell.value for cell in row][:4] for row in after.iter_rows(max_row=before.max_row)]
    for name, data in members(out).items():
        if name.endswith((".xml", ".rels", ".vml")):
            ElementTree.parse(io.BytesIO(data))
