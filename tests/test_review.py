"""`fix --review` and `--apply`: what is accepted is made, exactly that, and nothing of it where the catalog has changed since."""

from __future__ import annotations

import io
import json
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_fix_cli import plain_environment, run  # noqa: F401 - a fixture
from test_writing import _outside, rows_of, tables

import listinglint
from listinglint.catalogs import CatalogError, open_catalog
from listinglint.catalogs.applying import Applied, apply_review
from listinglint.catalogs.review import Plan, Review, as_shown, digest_of
from listinglint.catalogs.review_sheet import KEY, read_review, write_review
from listinglint.config import Settings
from listinglint.engine import Linter
from listinglint.model import Edit, Text
from listinglint.rules.registry import builtin
from listinglint.rules.rule import Hit, Rule, texts

TABLE = (
    "id,title,keywords,description\r\n"
    'A-1,Very Pretty Garden Hose 25 m with Brass Nozzle,"garden hose, pipe",Stainles hose\r\n\r\n'
    "A-2,Stainles Steel Oak Tray,oak tray,\r\n"
    "A-3,Very Pretty Kichen Knife,kitchen knife,\r\n"
)
RULES = ("title-filler", "misspelling")
SELECT = ("--select", ",".join(RULES))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.csv"
    path.write_bytes(TABLE.encode())
    return path


def reviewed(path: Path, *arguments: object) -> Path:
    """A review of a catalog, written beside it."""
    out = path.parent / "review.xlsx"
    done = run(path, "--review", out, *SELECT, *arguments)
    assert done.code == 0, done.err
    return out


def answered(review: Path, answer: Any = "yes", *, only: str | None = None, after: str | None = None) -> None:
    """Answers in a sheet as a person does; `only` rows whose text before holds this."""
    book = openpyxl.load_workbook(review)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if only is None or only in str(sheet.cell(row, heads.get("Before") or heads["修改前"]).value):
            sheet.cell(row, heads.get("Accept") or heads["采纳"]).value = answer
            if after is not None:
                sheet.cell(row, heads["After"]).value = after
    book.save(review)


def table(review: Path) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(review).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


# --- the sheet ---


def test_the_sheet_shows_each_unsafe_fix(shop: Path) -> None:
    review = reviewed(shop)
    rows = table(review)
    assert [(row["Cell"], row["Id"], row["Where"], row["Before"], row["After"]) for row in rows] == [
        ("B2", "A-1", "in title", "Very Pretty Garden Hose 25 m with Brass Nozzle", "Garden Hose 25 m with Brass Nozzle"),
        ("D2", "A-1", "in description", "Stainles hose", "Stainless hose"),
        ("B4", "A-2", "in title", "Stainles Steel Oak Tray", "Stainless Steel Oak Tray"),
        ("B5", "A-3", "in title", "Very Pretty Kichen Knife", "Kichen Knife"),
        ("B5", "A-3", "in title", "Very Pretty Kichen Knife", "Very Pretty Kitchen Knife"),
    ]
    assert [row["Rule"] for row in rows] == ["title-filler", "misspelling", "misspelling", "title-filler", "misspelling"]
    assert all(row["Accept"] is None and row["Why"] and isinstance(row["Gain"], (int, float)) for row in rows) and rows[0]["Gain"] > 0
    book = openpyxl.load_workbook(review, rich_text=True)
    sheet = book["Fixes"]
    before, after = sheet["G2"].value, sheet["H4"].value
    assert [str(piece) for piece in before if getattr(piece, "font", None) is not None and piece.font.strike] == ["Very Pretty "]
    assert [str(piece) for piece in after if getattr(piece, "font", None) is not None and piece.font.b] == ["Stainless"]
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("A2:A6", '"yes,no"')
    assert sheet.column_dimensions["K"].hidden and sheet["K1"].value == KEY and sheet.auto_filter.ref == "A1:K6" and sheet.freeze_panes == "B2"
    assert book.sheetnames == ["Fixes", "Help"] and "--apply" in str(book["Help"]["A5"].value)
    assert {cell.data_type for one in book for row in one.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_chinese(shop: Path) -> None:
    done = run(shop, "--review", "r.xlsx", "--lang", "zh", *SELECT)
    assert done.code == 0 and "需人工确认" in done.err
    assert openpyxl.load_workbook("r.xlsx").sheetnames == ["修改建议", "说明"]
    answered(Path("r.xlsx"), "是")
    applied = run(shop, "--apply", "r.xlsx", "-o", "out.csv", "--lang", "zh")
    assert applied.code == 0 and "已采纳 5 处，实际修改 5 处" in applied.err and "已写入 out.csv" in applied.err
    assert "Stainless Steel Oak Tray" in Path("out.csv").read_text(encoding="utf-8")


def test_nothing_to_review_is_a_sheet_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "tidy.csv"
    path.write_text("id,title\n1,Oak Tray 30 cm\n", encoding="utf-8")
    review = reviewed(path)
    assert table(review) == [] and read_review(review) == []
    assert run(path, "--apply", review, "-o", "out.csv").code == 0
    assert Path("out.csv").read_bytes() == path.read_bytes()


# --- what is accepted is made ---


def test_accepted_fixes_are_made_and_no_others(shop: Path) -> None:
    review = reviewed(shop)
    for answer, made in (("", 0), ("no", 0), ("yes", 5)):
        answered(review, answer)
        done = run(shop, "--apply", review, "-o", f"out{made}.csv", "--force")
        assert done.code == 0 and f"{made} of {made} accepted fixes made" in done.err.splitlines()[-1]
        wanted = TABLE.replace("Very Pretty ", "").replace("Stainles ", "Stainless ").replace("Kichen", "Kitchen") if made else TABLE
        assert Path(f"out{made}.csv").read_bytes() == wanted.encode()
    answered(review, None)
    answered(review, "yes", only="Oak")
    before = shop.read_bytes()
    shown = run(shop, "--apply", review, "--diff")
    assert "B4 title: misspelling  (A-2)\n- Stainles Steel Oak Tray\n+ Stainless Steel Oak Tray\n" in shown.out and shop.read_bytes() == before
    assert "+A-2,Stainless Steel" in run(shop, "--apply", review, "--unified").out
    assert run(shop, "--apply", review, "--in-place").code == 0
    assert shop.read_bytes() == TABLE.replace("Stainles Steel", "Stainless Steel").encode()
    again = run(shop, "--apply", review, "--in-place")
    assert again.code == 0 and "no longer what was reviewed" in again.err and "no accepted fix to make" in again.err


@pytest.mark.parametrize("answer", [True, 1, "TRUE", "Y", "Yes", " yes ", "x", "是", "✓", "ＹＥＳ", "ok"])
def test_many_ways_to_say_yes(shop: Path, answer: Any) -> None:
    review = reviewed(shop)
    answered(review, answer)
    assert [one.accepted for one in read_review(review)] == [True] * 5


@pytest.mark.parametrize("answer", [False, 0, "FALSE", "No", "n", "否", None, "  ", "-"])
def test_many_ways_to_say_no(shop: Path, answer: Any) -> None:
    review = reviewed(shop)
    answered(review, answer)
    assert [one.accepted for one in read_review(review)] == [False] * 5


def test_the_sheet_may_be_sorted_filtered_and_written_in(shop: Path) -> None:
    review = reviewed(shop)
    answered(review, "yes")
    book = openpyxl.load_workbook(review)
    sheet = book.worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    body = [row for row in rows[1:] if "Oak" not in str(row[6])]
    random.Random(7).shuffle(body)
    other = openpyxl.Workbook()
    first = other.active
    assert first is not None
    first.append(["my notes"])
    sheet = other.create_sheet("answers")
    sheet.append(["made by Li"])
    sheet.append(["note", *rows[0][:3], "mine", *rows[0][3:]])
    for row in body:
        sheet.append(["look", *row[:3], 7, *row[3:]])
    sheet.append(["a remark below"])
    sheet.column_dimensions["G"].width = 90
    other.save(review)
    done = run(shop, "--apply", review, "-o", "out.csv")
    assert done.code == 0 and "4 of 4 accepted fixes made" in done.err
    assert Path("out.csv").read_bytes() == TABLE.replace("Very Pretty ", "").replace("Stainles hose", "Stainless hose").replace("Kichen", "Kitchen").encode()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_the_sheet_may_be_saved_by_libreoffice(shop: Path, tmp_path: Path) -> None:
    review = reviewed(shop)
    answered(review, "是")
    (tmp_path / "saved").mkdir()
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", "saved", str(review)], check=True, capture_output=True, timeout=120)
    assert run(shop, "--apply", "saved/review.xlsx", "-o", "out.csv").code == 0
    assert Path("out.csv").read_bytes() == TABLE.replace("Very Pretty ", "").replace("Stainles ", "Stainless ").replace("Kichen", "Kitchen").encode()


def test_a_persons_own_text_is_taken(shop: Path) -> None:
    review = reviewed(shop)
    answered(review, "yes", only="Oak", after="Stainless Steel Serving Tray, =Oak=")
    done = run(shop, "--apply", review, "-o", "out.csv")
    assert done.code == 0 and "(1 with your own text)" in done.err
    assert Path("out.csv").read_bytes() == TABLE.replace("Stainles Steel Oak Tray", '"Stainless Steel Serving Tray, =Oak="').encode()
    answered(review, None)
    left = run(shop, "--apply", review, "-o", "out.csv", "--force")
    assert "in 1 rows the text after was changed, but not accepted" in left.err and Path("out.csv").read_bytes() == TABLE.encode()


def test_own_text_beside_other_fixes_of_the_cell(shop: Path) -> None:
    review = reviewed(shop)
    book = openpyxl.load_workbook(review)
    sheet = book.worksheets[0]
    sheet["A5"], sheet["A6"] = "yes", "yes"
    sheet["H6"] = "Very Pretty Kitchen Knife 20 cm"
    book.save(review)
    assert run(shop, "--apply", review, "-o", "out.csv").code == 0
    assert "A-3,Kitchen Knife 20 cm,kitchen knife,\r\n" in Path("out.csv").read_bytes().decode()
    # The same wish written out in both rows is one wish.
    sheet["H5"], sheet["H6"] = "Kitchen Knife", "Kitchen Knife"
    book.save(review)
    both = run(shop, "--apply", review, "-o", "out.csv", "--force")
    assert "2 of 2 accepted" in both.err and "A-3,Kitchen Knife,kitchen knife,\r\n" in Path("out.csv").read_bytes().decode()
    sheet["H5"] = "Bread Knife"
    book.save(review)
    clash = run(shop, "--apply", review, "-o", "out.csv", "--force")
    assert "1 of 2 accepted" in clash.err and "the same words as row 5 of the review" in clash.err
    assert "A-3,Bread Knife,kitchen knife,\r\n" in Path("out.csv").read_bytes().decode()


def test_own_text_in_a_long_cell_keeps_what_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    head, tail = "A hose for the garden.\r\n" * 30, "\r\nIt is long and green." * 30
    path.write_bytes(f'id,title,description\r\n1,Oak Tray,"{head}Made of stainles steel.{tail}"\r\n'.encode())
    review = reviewed(path)
    (row,) = table(review)
    assert len(row["After"]) < 400 and "stainless steel" in row["After"] and "_x000D_" not in row["After"]
    answered(review, "yes", after=row["After"].replace("Made of stainless steel.", "Made of brass.\nNot of steel."))
    assert run(path, "--apply", review, "-o", "out.csv").code == 0
    assert Path("out.csv").read_bytes() == path.read_bytes().replace(b"Made of stainles steel.", b"Made of brass.\r\nNot of steel.")


def test_neighbouring_words_are_taken_out_together(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text("id,title\n1,OEM Premium Quality Bulk Order Discount Vietnamese Coffee\n", encoding="utf-8")
    assert run(path, "--review", "r.xlsx", "--select", "title-filler,promotional-text").code == 0
    assert len(table(Path("r.xlsx"))) == 2
    answered(Path("r.xlsx"))
    done = run(path, "--apply", "r.xlsx", "--in-place")
    assert "2 of 2 accepted" in done.err and path.read_text(encoding="utf-8") == "id,title\n1,OEM Vietnamese Coffee\n"


# --- what is refused ---


def refusal(shop: Path, review: Path) -> str:
    done = run(shop, "--apply", review, "-o", "out.csv", "--force")
    assert done.code == 0
    return done.err


def test_what_has_changed_since_is_left_and_named(shop: Path) -> None:
    review = reviewed(shop)
    answered(review, "yes")
    rows = TABLE.split("\r\n")
    # Moved rows, a new one, a changed title, one listing gone.
    shop.write_bytes("\r\n".join([rows[0], "A-9,New One,new one,", rows[4], rows[1].replace("Brass", "Steel"), ""]).encode())
    told = refusal(shop, review)
    assert "row 2 of the review, listing A-1 title: title-filler: the text of the cell is no longer what was reviewed" in told
    assert "row 4 of the review, listing A-2 title: misspelling: no listing with this id" in told
    assert "3 of 5 accepted fixes made" in told
    assert Path("out.csv").read_bytes() == shop.read_bytes().replace(b"Very Pretty Kichen", b"Kitchen").replace(b"Stainles hose", b"Stainless hose")


def test_listings_that_cannot_be_told_apart(shop: Path) -> None:
    review = reviewed(shop)
    answered(review, "yes", only="Oak")
    row = b"A-2,Stainles Steel Oak Tray,oak tray,\r\n"
    # At its own place the listing is known; moved, two of them are two too many.
    shop.write_bytes(TABLE.encode() + row)
    assert "1 of 1 accepted" in refusal(shop, review)
    assert Path("out.csv").read_bytes() == TABLE.replace("Stainles Steel", "Stainless Steel").encode() + row
    shop.write_bytes(b"id,title,keywords,description\r\n" + row + row)
    assert "2 listings have this id and text" in refusal(shop, review)
    shop.write_bytes(b"id,title,keywords,description\r\n" + row + row.replace(b"Oak", b"Ash"))
    assert "1 of 1 accepted" in refusal(shop, review)


def test_listings_without_an_id_are_found_by_title(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text("title,keywords\nStainles Steel Tray,tray\nOak Tray,oak tray\n", encoding="utf-8")
    review = reviewed(path)
    answered(review)
    path.write_text("title,keywords\nOak Tray,oak tray\nNew,new\nStainles Steel Tray,tray\n", encoding="utf-8")
    assert "1 of 1" in refusal(path, review)
    assert Path("out.csv").read_text(encoding="utf-8").endswith("\nStainless Steel Tray,tray\n")
    path.write_text("title,keywords\nOak Tray,oak tray\n", encoding="utf-8")
    assert "it has no id" in refusal(path, review)


def test_damaged_rows_are_named(shop: Path) -> None:
    review = reviewed(shop)
    answered(review, "yes")
    book = openpyxl.load_workbook(review)
    sheet = book.worksheets[0]
    sheet["A2"], sheet["K3"], sheet["H4"] = "maybe", "{}", None
    book.save(review)
    told = refusal(shop, review)
    assert "row 2 of the review, listing A-1 title: title-filler: “maybe” is neither yes nor no" in told
    assert "row 3 of the review, -: -: the hidden key" in told and "row 4 of the review" in told and "the text after is empty" in told
    assert "2 of 5 accepted fixes made" in told


def test_cells_that_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("id,title\n1,Café Stainles Tray\n".encode("cp1252"))
    review = reviewed(path, "--encoding", "cp1252")
    answered(review, "yes", after="Café 红 Tray")
    done = run(path, "--apply", review, "-o", "out.csv", "--encoding", "cp1252")
    assert done.code == 0 and "lacks a character" in done.err and Path("out.csv").read_bytes() == path.read_bytes()


def test_fixes_of_several_cells(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def check(doc: Any, options: Any) -> Iterator[Hit]:
        edits = (Edit("title", 0, 3, "Ash"), Edit("keywords", 0, 3, "ash"))
        if doc.title.raw.startswith("Oak"):
            yield Hit("title", 0, 3, edits=edits, safety="unsafe")

    monkeypatch.setitem(builtin(), "two-cells", Rule("two-cells", "titles", "warning", Text("x", "x"), texts("m", "m"), Text("p", "p"), check, (), fields=("title",), fix="unsafe", penalty=50.0))
    path = tmp_path / "shop.csv"
    path.write_text("id,title,keywords\n1,Oak Tray,oak tray\n", encoding="utf-8")
    assert run(path, "--review", "r.xlsx", "--select", "two-cells").code == 0
    (row,) = table(Path("r.xlsx"))
    assert (row["Cell"], row["After"]) == ("B2, C2", "B2: Ash Tray\nC2: ash tray")
    answered(Path("r.xlsx"))
    assert "1 of 1" in refusal(path, Path("r.xlsx")) and Path("out.csv").read_text(encoding="utf-8").endswith("1,Ash Tray,ash tray\n")
    path.write_text("id,title,keywords\n1,Oak Tray,oak trays\n", encoding="utf-8")
    assert "0 of 1" in refusal(path, Path("r.xlsx")) and Path("out.csv").read_bytes() == path.read_bytes()
    answered(Path("r.xlsx"), after="B2: Elm Tray\nC2: ash tray")
    path.write_text("id,title,keywords\n1,Oak Tray,oak tray\n", encoding="utf-8")
    assert "changes several cells" in refusal(path, Path("r.xlsx"))


def test_a_file_that_is_no_review(shop: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "empty.xlsx")
    (tmp_path / "text.xlsx").write_text("no workbook", encoding="utf-8")
    review = reviewed(shop)
    broken = openpyxl.load_workbook(review)
    broken.worksheets[0]["A1"] = "Decision"
    broken.save(tmp_path / "headless.xlsx")
    for name, words in (("empty.xlsx", "no review sheet"), ("text.xlsx", "not an Excel workbook"), (str(shop), "no review sheet"), ("none.xlsx", "no such file"), ("headless.xlsx", "“Accept” is missing")):
        done = run(shop, "--apply", name, "-o", "out.csv")
        assert done.code == 2 and words in done.err and "Traceback" not in done.err and not Path("out.csv").exists()
    assert "审核表" in run(shop, "--apply", str(shop), "-o", "out.csv", "--lang", "zh").err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--review", "r.xlsx", "-o", "x.csv"), "leave -o out"),
        (("--review", "r.xlsx", "--unsafe"), "leave --unsafe out"),
        (("--review", "r.xlsx", "--apply", "r.xlsx"), "leave --apply out"),
        (("--review", "r.csv"), "must end in .xlsx"),
        (("--review", "held.xlsx"), "--force"),
        (("--review", "no/such/r.xlsx"), "cannot be written"),
        (("shop.csv", "--apply", "held.xlsx", "--in-place"), "one catalog"),
        (("shop.csv", "--review", "r.xlsx"), "one catalog"),
        (("--apply", "held.xlsx"), "say where to write"),
        (("--apply", "held.xlsx", "-o", "x.csv", "--unsafe"), "leave --unsafe out"),
        (("--apply", "held.xlsx", "-o", "x.csv", "--select", "text"), "leave --select out"),
        (("--apply", "held.xlsx", "-o", "held.xlsx", "--force"), "the review itself"),
    ],
)
def test_wrong_usage(shop: Path, arguments: tuple[str, ...], words: str) -> None:
    reviewed(shop).rename("held.xlsx")
    held = Path("held.xlsx").read_bytes()
    done = run(shop, *arguments)
    assert done.code == 2 and words in done.err
    assert sorted(one.name for one in Path().iterdir()) == ["held.xlsx", "shop.csv"] and Path("held.xlsx").read_bytes() == held


# --- other formats ---


def test_workbooks(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["id", "title", "price"], ["A-1", "Stainles Steel Tray", 9.5], ["A-2", '="Stainles"&" Tray"', 8]):
        sheet.append(row)
    sheet["B2"].style = "Good"
    book.save(tmp_path / "shop.xlsx")
    review = reviewed(tmp_path / "shop.xlsx")
    answered(review, "yes")
    done = run("shop.xlsx", "--apply", review, "-o", "out.xlsx", "--mark")
    assert done.code == 0 and "Sheet!B2 title: 'Stainles Steel Tray' → 'Stainless Steel Tray'" in done.err
    mended = openpyxl.load_workbook("out.xlsx")["Sheet"]
    assert mended["B2"].value == "Stainless Steel Tray" and mended["C2"].value == 9.5 and mended["B3"].value == '="Stainles"&" Tray"'
    assert mended["B2"].comment is not None and "misspelling" in mended["B2"].comment.text


def test_json_lines(tmp_path: Path) -> None:
    lines = '{"title":"Stainles Steel  Tray","price":9.50}\n\n{"id":2,"title":"Oak Tray","keywords":["stainles tray", "tray"]}\n'
    path = tmp_path / "shop.jsonl"
    path.write_text(lines, encoding="utf-8")
    review = reviewed(path)
    answered(review, "yes")
    assert run(path, "--apply", review, "-o", "out.jsonl").code == 0
    assert Path("out.jsonl").read_text(encoding="utf-8") == lines.replace("Stainles ", "Stainless ").replace("stainles ", "stainless ")


# --- properties ---

SWAPS = {"Hose": "Pipe", "brass": "", "pipe": "pipe and tube", "25": "30", "红色": "red", "cup ": "mug ", "  ": " "}


def swapping() -> Rule:
    """A rule whose fixes replace, remove and insert words, some of them over the places of others."""

    def check(doc: Any, options: Any) -> Iterator[Hit]:
        for name in ("title", "keywords"):
            for part, raw in enumerate(doc.listing.parts(name)):
                for match in re.finditer("|".join(map(re.escape, SWAPS)), raw):
                    yield Hit(name, match.start(), match.end(), part=part, edits=(Edit(name, match.start(), match.end(), SWAPS[match[0]], part),), safety="unsafe")
                for match in re.finditer(r"\w+ Hose|oak”\s", raw):
                    yield Hit(name, match.start(), match.end(), part=part, edits=(Edit(name, match.start(), match.end(), "Long, \"wide\"\nHose", part),), safety="unsafe")
                if "tray" in raw:
                    yield Hit(name, 0, 0, part=part, edits=(Edit(name, 0, 0, "New ", part), Edit(name, len(raw), len(raw), "!", part)), safety="unsafe")

    return Rule("swap", "titles", "warning", Text("x", "x"), texts("m", "m"), Text("p", "p"), check, (), fields=("title",), fix="unsafe", penalty=50.0)


def review_of(path: Path, **options: Any) -> bytes:
    catalog = open_catalog([path], **options)
    review = Review(catalog, Linter(Settings(select=("swap",))), encoding=options.get("encoding"))
    out = io.BytesIO()
    write_review(out, review, {}, "en", "in.csv", "review.xlsx")
    return out.getvalue()


@given(tables(), st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_apply_makes_exactly_the_accepted_edits(tmp_path: Path, made: tuple[bytes, str, str], data: st.DataObject) -> None:
    raw, encoding, delimiter = made
    path, review, out = tmp_path / "in.csv", tmp_path / "review.xlsx", tmp_path / "out.csv"
    path.write_bytes(raw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(builtin(), "swap", swapping())
        review.write_bytes(review_of(path, encoding=encoding))
    book = openpyxl.load_workbook(review)
    sheet = book.worksheets[0]
    plans = [json.loads(str(row[10])) for row in sheet.iter_rows(min_row=2, values_only=True)]
    accepted = [data.draw(st.booleans()) for _ in plans]
    for at, yes in enumerate(accepted):
        sheet.cell(at + 2, 1).value = "yes" if yes else None
    book.save(review)
    applied = apply_review(open_catalog([path], encoding=encoding), read_review(review), encoding=encoding)
    applied.mending.write(out)
    wanted, changed = _by_hand(rows_of(path, encoding, delimiter), plans, accepted, applied)
    assert rows_of(out, encoding, delimiter) == wanted
    assert _outside(raw, encoding, delimiter, changed) == _outside(out.read_bytes(), encoding, delimiter, changed)


def _by_hand(rows: list[list[str]], plans: list[Any], accepted: list[bool], applied: Applied) -> tuple[list[list[str]], set[tuple[int, str | None]]]:
    """The table with the accepted fixes made, those left out that touch what an earlier one changes."""
    taken: dict[tuple[int, int], set[tuple[int, int, str]]] = {}
    refused = 0
    for (_, _, record, _, _, ((field, _, _, _, _, edits),), _, _), yes in zip(plans, accepted, strict=True):
        cell = taken.setdefault((record, rows[0].index(field)), set())
        fresh = {(start, end, new) for start, end, new in edits} - cell
        if yes and any(_touch(one, other) for one in fresh for other in cell):
            refused += 1
        elif yes:
            cell |= fresh
    assert refused == len(applied.refused) and applied.made == sum(accepted) - refused
    out, changed = [list(row) for row in rows], set()
    for (record, column), edits in taken.items():
        row = out[record - 1]
        before = row[column] if column < len(row) else ""
        pieces, at = "", 0
        for start, end, new in sorted(edits):
            pieces, at = pieces + before[at:start] + new, end
        if pieces + before[at:] != before:
            row[column] = pieces + before[at:]
            changed.add((record, f"{'ABCD'[column]}{record}"))
    return out, changed


def _touch(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether two edits share a character, or one inserts where the other begins, ends or inserts."""
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return first < last or (first == last and (one[0] == one[1] or other[0] == other[1]))


@given(st.text())
def test_any_key_is_a_plan_or_none(text: str) -> None:
    with pytest.raises(ValueError, match="no plan"):
        Plan.read(text)


plans = st.recursive(st.none() | st.booleans() | st.integers(-2, 9) | st.text(max_size=3) | st.sampled_from(["title", "keywords"]), lambda inner: st.lists(inner, max_size=8), max_leaves=12)


@given(st.lists(plans, min_size=8, max_size=8))
def test_plans_are_believed_only_whole(held: list[Any]) -> None:
    try:
        plan = Plan.read(json.dumps([1, *held[1:]]))
    except ValueError:
        return
    assert Plan.read(plan.write()) == plan
    for cell in plan.cells:
        edges = [cell.left, *(at for start, end, _ in cell.edits for at in (start, end)), cell.right]
        assert edges == sorted(edges) and cell.left >= 0


@given(st.text(alphabet=st.sampled_from("a b\r\n\x00_x0041漢"), max_size=20))
def test_shown_texts_come_back(text: str) -> None:
    assert as_shown(as_shown(text)) == as_shown(text)
    assert digest_of(as_shown(text)) == digest_of(as_shown(re.sub("\r\n?", "\n", text) + "  "))


def test_a_review_of_several_files_is_refused(shop: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_bytes(TABLE.encode())
    with pytest.raises(CatalogError, match="one file at a time"):
        Review(open_catalog([shop, other]), Linter(Settings()))


def test_from_python(shop: Path, tmp_path: Path) -> None:
    review, out = tmp_path / "review.xlsx", tmp_path / "out.csv"
    found = listinglint.review_catalog(shop, review, select=RULES)
    assert (found.proposals, found.concerned, found.listings) == (5, 3, 3)
    with pytest.raises(FileExistsError):
        listinglint.review_catalog(shop, review, select=RULES)
    with pytest.raises(FileExistsError):
        listinglint.review_catalog(shop, shop, select=RULES, force=True)
    answered(review, "yes", only="Oak")
    applied = listinglint.apply_review(shop, review, out)
    assert applied.made == 1 and applied.refused == [] and [change.cell for change in applied.mending.changes] == ["B4"]
    with pytest.raises(FileExistsError):
        listinglint.apply_review(shop, review, out)
    listinglint.apply_review(shop, review, shop)
    assert shop.read_bytes() == out.read_bytes()
    (again,) = listinglint.apply_review(shop, review, out, force=True).refused
    assert again.decision.row == 4 and "no longer" in again.why.en
