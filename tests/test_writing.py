"""Writing mended cells back: every byte and every cell that was not to change stays."""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

import listinglint
from listinglint.catalogs import CatalogError, open_catalog
from listinglint.catalogs.dialects import Dialect
from listinglint.catalogs.mending import Mending, mend, writer_of
from listinglint.catalogs.spans import cell_spans, written_cell
from listinglint.catalogs.writing import CellChange, DelimitedWriter, value_span
from listinglint.cli.diffs import hunks, unified
from listinglint.config import Settings
from listinglint.engine import Linter

DAY = datetime.date(2026, 11, 25)
TIDY = Settings(select=("untidy-spacing", "fullwidth-characters", "invisible-characters"), date=DAY)
HEADER = ["id", "title", "keywords", "note"]


def mended(path: Path, *, unsafe: bool = False, **options: Any) -> Mending:
    return mend(open_catalog([path], **options), Linter(TIDY), unsafe=unsafe, encoding=options.get("encoding"))


def rows_of(path: Path, encoding: str, delimiter: str) -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


words = st.sampled_from(["Garden Hose", "Hose  25 m", "brass", "“Oak” tray", 'pipe 5" long', "红色", "cup ，mug", "naïve", "a;b", "x|y", "two\nlines", " end ", "", "tab\tbed", "1,5 m", "é"])
cells = st.lists(words, min_size=1, max_size=3).map(" ".join)


@st.composite
def tables(draw: st.DrawFn) -> tuple[bytes, str, str]:
    """A text table as some program may have written it: its bytes, encoding and delimiter."""
    delimiter = draw(st.sampled_from([",", "\t", ";", "|"]))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
    rows = draw(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=6))
    texts = [delimiter.join(HEADER)]
    for number, row in enumerate(rows, 1):
        written = [f"A-{number}"]
        for cell in ("Hose " + row[0], *row[1:]):
            cell = cell.replace("\r", "")
            must = any(one in cell for one in (delimiter, '"', "\n", "\r"))
            quoted = must or draw(st.booleans())
            written.append('"' + cell.replace('"', '""') + '"' if quoted else cell)
        if draw(st.booleans()):
            written = written[:3] if len(written) > 3 else written
        texts.append(delimiter.join(written))
        if draw(st.integers(0, 4)) == 0:
            texts.append("")
    text = end.join(texts) + (end if draw(st.booleans()) else "")
    return text.encode(encoding), encoding, delimiter


@given(tables())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_only_the_mended_cells_change(tmp_path: Path, table: tuple[bytes, str, str]) -> None:
    data, encoding, delimiter = table
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_bytes(data)
    options = {"encoding": encoding}
    found = mended(path, **options)
    found.write(out)
    before, after = rows_of(path, encoding, delimiter), rows_of(out, encoding, delimiter)
    changed = {(change.source.record or 0, change.cell) for change in found.changes}
    for record, (old, new) in enumerate(zip(before, after, strict=True), 1):
        assert len(old) == len(new)
        for at, (one, other) in enumerate(zip(old, new, strict=True)):
            assert one == other or (record, f"{'ABCD'[at]}{record}") in changed
    assert _outside(data, encoding, delimiter, changed) == _outside(out.read_bytes(), encoding, delimiter, changed)
    again = mended(out, **options)
    assert again.changes == []
    again.write(tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == out.read_bytes()


def _outside(data: bytes, encoding: str, delimiter: str, changed: set[tuple[int, str | None]]) -> bytes:
    """The bytes of a table without those of some cells. An own reading of CSV, so that the test does not trust the code."""
    text = data.decode(encoding)
    out, record, column, at = "", 1, 0, 0
    while at < len(text):
        end = at
        if text[at] == '"':
            end = at + 1
            while not (text[end] == '"' and text[end + 1 : end + 2] != '"'):
                end += 2 if text[end] == '"' else 1
            end += 1
        else:
            while end < len(text) and text[end] not in (delimiter, "\r", "\n"):
                end += 1
        if (record, f"{chr(65 + column)}{record}") not in changed:
            out += text[at:end]
        if end < len(text):
            out += text[end]
            if text[end] == delimiter:
                column += 1
            elif text[end : end + 2] == "\r\n":
                out, end, record, column = out + "\n", end + 1, record + 1, 0
            else:
                record, column = record + 1, 0
        at = end + 1
    return out.encode("utf-8", "surrogatepass")


DIALECTS = [Dialect(","), Dialect("\t"), Dialect(";", quoted=False), Dialect(",", backslash=True), Dialect(",", spaced=True)]


@given(st.text(alphabet='a ,;\t"\\\r\n', max_size=30), st.sampled_from(DIALECTS))
def test_spans_hold_what_the_csv_module_reads(text: str, dialect: Dialect) -> None:
    rows = list(csv.reader(io.StringIO(text, newline=""), **dialect.options()))  # type: ignore[arg-type]
    if len(rows) == 1 and not text.endswith("\\"):
        assert [span.value for span in cell_spans(text, dialect)] == rows[0]


@given(st.text(alphabet='a ,;\t"\\\r\n', max_size=12), st.sampled_from(DIALECTS), st.booleans())
def test_a_written_cell_reads_back(value: str, dialect: Dialect, quoted: bool) -> None:
    if not dialect.quoted and any(one in value for one in (dialect.delimiter, "\r", "\n")):
        return
    text = 'x,"y",z' if quoted else "x,y,z"
    span = cell_spans(text.replace(",", dialect.delimiter), dialect)[1]
    row = dialect.delimiter.join(["x", written_cell(value, span, dialect), "z"])
    assert list(csv.reader(io.StringIO(row, newline=""), strict=True, **dialect.options())) == [["x", value, "z"]]  # type: ignore[arg-type]


def test_separators_notes_and_untidy_quotes_stay(tmp_path: Path) -> None:
    data = b'sep=;\r\nPrice list; 2026\r\n\r\nid;title;note\r\n1;"Hose  25 m";"say ""hi"""\r\n2;Tray  of 5" oak;\'x\'\r\n\r\n3;plain;"a\r\n\r\nb"'
    path = tmp_path / "in.csv"
    path.write_bytes(data)
    found = mended(path)
    found.write(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == data.replace(b"Hose  25", b"Hose 25").replace(b'Tray  of 5" oak', b'"Tray of 5"" oak"')


def test_without_quoting_what_cannot_be_written_is_left(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    text = 'id,title,brand\n1,"Tray" of oak，walnut,Ovo\n2,"Hose"  red,"Ovo" Works\n'
    path.write_text(text, encoding="utf-8")
    found = mended(path)
    assert [(one.edit.cell, one.why.en) for one in found.refusals] == [("B2", "the file has no quotation marks to put around the new text")]
    found.write(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == text.replace("  red", " red")
    assert mended(tmp_path / "out.csv").changes == []


def test_a_character_that_the_encoding_lacks_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes("id,title\n1,Café  tray\n".encode("cp1252"))
    catalog = open_catalog([path], encoding="cp1252")
    writer = writer_of(catalog, "cp1252")
    assert isinstance(writer, DelimitedWriter)
    listing = next(iter(catalog))
    from listinglint.model import Edit

    assert writer.refusal(listing, Edit("title", 0, 4, "猫")) is not None
    assert writer.refusal(listing, Edit("title", 0, 4, "Cafés")) is None
    found = mended(path, encoding="cp1252")
    found.write(path)
    assert path.read_bytes() == "id,title\n1,Café tray\n".encode("cp1252")


def test_two_spellings_of_a_character_keep_their_bytes(tmp_path: Path) -> None:
    # cp932 has two codes for this sign; only one of them comes out of encoding it.
    sign = b"\x87\x90"
    assert sign.decode("cp932").encode("cp932") != sign
    path = tmp_path / "in.csv"
    path.write_bytes(b"id,title,note\n1,Hose  red," + sign + b"\n2,plain," + sign + b"\n")
    found = mended(path, encoding="cp932")
    found.write(path)
    assert path.read_bytes() == b"id,title,note\n1,Hose red," + sign + b"\n2,plain," + sign + b"\n"


def test_shifting_encodings_and_parquet_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes("id,title\n1,Hose  红\n".encode("iso2022_jp_2"))
    with pytest.raises(CatalogError, match="UTF-8"):
        mended(path, encoding="iso2022_jp_2")
    import pyarrow
    import pyarrow.parquet as parquet

    parquet.write_table(pyarrow.table({"id": ["1"], "title": ["Hose  red"]}), tmp_path / "in.parquet")
    with pytest.raises(CatalogError, match="Parquet"):
        mended(tmp_path / "in.parquet")


def test_a_changed_source_is_not_damaged(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id,title\n1,Hose  red\n", encoding="utf-8")
    found = mended(path)
    path.write_text("id,title\n1,Something else\n", encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        found.write(tmp_path / "out.csv")
    assert caught.value.record == 2 and not (tmp_path / "out.csv").exists()
    assert [one.name for one in tmp_path.iterdir()] == ["in.csv"]


def test_a_field_of_several_columns_is_mended_in_its_own(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id,title,keyword 1,keyword 2,keyword 3\n1,Hose,hose,garden  hose\n", encoding="utf-8")
    found = mended(path)
    assert [(change.cell, change.part) for change in found.changes] == [("D2", 1)]
    found.write(path)
    assert path.read_text(encoding="utf-8").endswith("1,Hose,hose,garden hose\n")


def test_a_short_record_grows_to_the_cell(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id,title,keywords,brand\n1,Hose\r\n2,Tray,oak tray,Ovo\n", encoding="utf-8", newline="")
    catalog = open_catalog([path])
    source = next(iter(catalog)).source
    assert source is not None
    writer = writer_of(catalog)
    writer.write([CellChange(0, source, "1", "keywords", 0, "", "garden hose", ())], tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == b"id,title,keywords,brand\n1,Hose,garden hose\r\n2,Tray,oak tray,Ovo\n"


def test_from_python(tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text("id,title\n1,Hose  red\n", encoding="utf-8")
    found = listinglint.fix_catalog(path, out, select="untidy-spacing")
    assert [(change.cell, change.before, change.after, change.rules) for change in found.changes] == [("B2", "Hose  red", "Hose red", ("untidy-spacing",))]
    assert out.read_text(encoding="utf-8") == "id,title\n1,Hose red\n"
    with pytest.raises(FileExistsError):
        listinglint.fix_catalog(path, out)
    listinglint.fix_catalog(path, path, select="untidy-spacing")
    assert path.read_bytes() == out.read_bytes()


# --- JSON ---

LINES = (
    '\ufeff{"id": 1, "title" : "Hose  red", "price": 1.50, "keywords": ["a  b", "c"], "x": {"title": "Hose  red"}}\r\n'
    "\n"
    '{"price":1e3,"title":"plain","id":2}\n'
    '{"id":3,"title":"Caf\\u00e9  \\u7ea2 tray","attributes":{"Color":"red","Finish":"matt"}}'
)


def test_json_lines_keep_all_but_the_texts(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(LINES.encode())
    found = mended(path)
    found.write(tmp_path / "out.jsonl")
    wanted = LINES.replace('"title" : "Hose  red"', '"title" : "Hose red"').replace("a  b", "a b").replace("\\u00e9  \\u7ea2", "\\u00e9 \\u7ea2")
    assert (tmp_path / "out.jsonl").read_bytes().decode() == wanted
    assert mended(tmp_path / "out.jsonl").changes == []


@pytest.mark.parametrize("frame", ['[%s]', '{"total": 2, "products": [\n  %s\n], "page": {"products": []}}', "%s"])
def test_json_documents(tmp_path: Path, frame: str) -> None:
    first, second = '{"title": "Hose  red", "note": "a  b"}', '{ "title": "Tray" }'
    held = f"{first} , {second}" if frame != "%s" else '{\n"title": "Hose  red", "note": "a  b"}'
    path = tmp_path / "in.json"
    path.write_text(frame % held, encoding="utf-8")
    mended(path).write(path)
    assert path.read_text(encoding="utf-8") == frame % held.replace("Hose  red", "Hose red")


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12), st.sampled_from([None, 2]), st.booleans())
def test_json_places(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)

    def visit(part: Any, path: tuple[Any, ...]) -> None:
        start, end = value_span(text, path)
        assert json.loads(text[start:end]) == part
        for key, inner in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
            visit(inner, (*path, key))

    visit(value, ())


# --- workbooks ---


def workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Products"
    sheet.append(["id", "title", "keywords", "price", "brand", "title length"])
    sheet.append(["A-1", "Hose  red", "hose，pipe", 9.8, None, "=LEN(B2)"])
    sheet.append(["A-2", '="Hose  "&A3', "garden hose", 1200, "Ovo", None])
    sheet.append(["A-3", "_x0041_ Tray  <oak> & \u200bash", "tray", 3, "Ovo", None])
    sheet["B2"].font = Font(bold=True)
    sheet["B2"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["D2"].number_format = "0.00"
    sheet["B2"].comment = Comment("keep", "editor")
    sheet.column_dimensions["B"].width = 44
    sheet.column_dimensions["E"].hidden = True
    sheet.freeze_panes = "A2"
    rule = DataValidation(type="list", formula1='"Ovo,Other"')
    rule.add("E2:E9")
    sheet.add_data_validation(rule)
    other = book.create_sheet("Other")
    other["A1"] = "Hose  red"
    other["B2"] = "=Products!D2*2"
    book.save(path)


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_workbook_keeps_everything_else(tmp_path: Path) -> None:
    path, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    workbook(path)
    found = mended(path)
    found.write(out)
    assert {change.cell for change in found.changes} == {"B2", "C2", "B4"}
    old, new = members(path), members(out)
    assert [name for name in old if old[name] != new[name]] == ["xl/worksheets/sheet1.xml"] and list(old) == list(new)
    book = openpyxl.load_workbook(out)
    sheet = book["Products"]
    assert sheet["B2"].value == "Hose red" and sheet["B2"].font.b and sheet["B2"].fill.fgColor.rgb == "00FFFF00"
    assert sheet["B2"].comment is not None and sheet["B2"].comment.text == "keep"
    assert sheet["C2"].value == "hose, pipe"
    assert sheet["F2"].value == "=LEN(B2)" and sheet["B3"].value == '="Hose  "&A3'
    assert sheet["D2"].value == 9.8 and sheet["D2"].number_format == "0.00"
    assert sheet.column_dimensions["B"].width == 44 and sheet.column_dimensions["E"].hidden and sheet.freeze_panes == "A2"
    assert sheet.data_validations.dataValidation[0].formula1 == '"Ovo,Other"'
    assert book["Other"]["A1"].value == "Hose  red" and book["Other"]["B2"].value == "=Products!D2*2"
    again = mended(out)
    assert again.changes == []


def test_formulas_and_numbers_are_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path)
    # A formula with the value that was saved with it, as Excel writes it.
    parts = members(path)
    sheet = parts["xl/worksheets/sheet1.xml"]
    at = sheet.index(b'<c r="B3"')
    end = sheet.index(b"</c>", at)
    parts["xl/worksheets/sheet1.xml"] = sheet[:at] + b'<c r="B3" t="str"><f>"Hose  "&amp;A3</f><v>Hose  A-2</v>' + sheet[end:]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    found = mended(path)
    assert [(one.edit.cell, one.rule) for one in found.refusals] == [("B3", "untidy-spacing")]
    assert "formula" in found.refusals[0].why.en
    found.write(tmp_path / "out.xlsx")
    assert b'<f>"Hose  "&amp;A3</f><v>Hose  A-2</v>' in members(tmp_path / "out.xlsx")["xl/worksheets/sheet1.xml"]


def test_empty_and_absent_cells_of_a_workbook_are_filled(tmp_path: Path) -> None:
    path, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    workbook(path)
    catalog = open_catalog([path])
    listings = list(catalog)
    source = listings[0].source
    assert source is not None
    change = CellChange(0, source, "A-1", "brand", 0, "", "Ovo", ())
    writer_of(catalog).write([change], out)
    sheet = openpyxl.load_workbook(out)["Products"]
    assert sheet["E2"].value == "Ovo" and sheet["F2"].value == "=LEN(B2)" and sheet["D2"].value == 9.8


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=40))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_goes_into_a_workbook_or_nothing_does(tmp_path: Path, text: str) -> None:
    path, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    if not path.exists():
        workbook(path)
    catalog = open_catalog([path])
    source = next(iter(catalog)).source
    assert source is not None
    writer = writer_of(catalog)
    change = CellChange(0, source, "A-1", "title", 0, "Hose  red", text, ())
    try:
        writer.write([change], out)
    except CatalogError:
        # Only texts with characters that XML lacks may be refused.
        assert any(ord(one) < 32 or one in "\ufffe\uffff" for one in text)
        return
    assert openpyxl.load_workbook(out)["Products"]["A2"].value == "A-1"
    assert next(iter(open_catalog([out]))).text("title") == text


@pytest.mark.parametrize("commented", [True, False])
def test_marks(tmp_path: Path, commented: bool) -> None:
    path, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    workbook(path)
    if not commented:
        book = openpyxl.load_workbook(path)
        book["Products"]["B2"].comment = None
        book.save(path)
    found = mend(open_catalog([path]), Linter(TIDY), mark=True)
    found.write(out)
    sheet = openpyxl.load_workbook(out)["Products"]
    for cell, before in (("B2", "Hose  red"), ("C2", "hose，pipe")):
        comment = sheet[cell].comment
        assert comment is not None and comment.text.endswith(f"Before: {before}") and sheet[cell].fill.fgColor.rgb == "FFFFF2CC"
        assert comment.text.startswith("keep") == (commented and cell == "B2")
    assert sheet["B2"].font.b and sheet["A2"].comment is None and sheet["A2"].fill.fill_type is None
    assert sheet["D2"].number_format == "0.00" and sheet["F2"].value == "=LEN(B2)"
    assert openpyxl.load_workbook(out)["Other"]["A1"].comment is None
    assert [name for name in members(path) if name not in members(out)] == []
    again = mend(open_catalog([out]), Linter(TIDY), mark=True)
    again.write(tmp_path / "again.xlsx")
    assert again.changes == [] and (tmp_path / "again.xlsx").read_bytes() == out.read_bytes()


# --- diffs ---


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=30), st.data())
def test_unified_diffs_apply(words_: list[str], data: st.DataObject) -> None:
    from listinglint.catalogs.writing import Block

    ends = [word + "\n" for word in words_]
    if ends and data.draw(st.booleans()):
        ends[-1] = ends[-1].rstrip("\n")
    new = [line.replace("a", "x\ny") if data.draw(st.booleans()) else line for line in ends]
    text = "".join(unified("f", [Block(old, other, b"") for old, other in zip(ends, new, strict=True)]))
    assert _patched("".join(ends), text) == "".join(new)


def _patched(text: str, diff: str) -> str:
    """Applies a unified diff by its numbers."""
    old = text.splitlines(keepends=True)
    out: list[str] = []
    at = 0
    lines = diff.splitlines(keepends=True)[2:]
    for number, line in enumerate(lines):
        bare = number + 1 < len(lines) and lines[number + 1].startswith("\\")
        body = line[1:].rstrip("\n") if bare else line[1:]
        if line.startswith("@@"):
            start, size = (int(one) for one in line.split()[1][1:].split(","))
            start = start - 1 if size else start
            out += old[at:start]
            at = start
        elif line.startswith((" ", "-")):
            assert old[at] == body
            out += [body] if line[0] == " " else []
            at += 1
        elif line.startswith("+"):
            out.append(body)
    return "".join(out + old[at:])


def test_hunks_show_the_changed_places_only() -> None:
    filler = " ".join(f"word{number}" for number in range(60))
    before, after = f"one  two {filler} three four {filler} end", f"one two {filler} three five {filler} end"
    found = hunks(before, after)
    assert len(found) == 2 and all(len(one) < 90 for pair in found for one in pair)
    assert "four" in found[1][0] and "five" in found[1][1]
    assert hunks("a", "a") == [] and hunks("a  b", "a b") == [("a  b", "a b")]
