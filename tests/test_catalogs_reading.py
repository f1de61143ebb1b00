"""Catalog files of every kind are read cell by cell, each with the place it came from."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listinglint.catalogs import Catalog, open_catalog
from listinglint.catalogs.columns import column_index, column_letter, match_columns
from listinglint.catalogs.tables import safe_text, write_table

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "cp1252")


def write(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def titles(catalog: Catalog) -> list[str | None]:
    return [listing.text("title") for listing in catalog]


def workbook(path: Path, sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
    book.save(path)
    return path


# What a seller might type: any characters but control ones, line breaks included.
_texts = st.text(
    alphabet=st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"), exclude_characters="\ufeff\u2028\u2029\x85")
    | st.sampled_from("\n,;|\t\"'"),
    max_size=30,
)
_tables = st.lists(st.lists(_texts, min_size=3, max_size=3), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    _tables,
    st.sampled_from([",", "\t", ";", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(ENCODINGS[:6]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_any_table_is_read_back(
    tmp_path: Path, table: list[list[str]], delimiter: str, end: str, encoding: str, quoting: int
) -> None:
    header = ["title", "description", "sku"]
    lines: list[int] = []
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow(header)
    for row in table:
        lines.append(buffer.getvalue().count("\n") + 1)
        writer.writerow(row)
    path = write(tmp_path / "t.csv", buffer.getvalue(), encoding)
    kept = [(at, row) for at, row in enumerate(table) if "".join(row).strip()]
    if not kept:
        return
    # Without a mark or zero bytes to go by nobody can tell how a few bytes are encoded.
    catalog = open_catalog([path], encoding=None if encoding in ("utf-8", "utf-8-sig", "utf-16") else encoding)
    read = list(catalog)
    assert [[one.values["title"], one.values["description"], one.values["id"]] for one in read] == [
        row for _, row in kept
    ]
    for listing, (at, _) in zip(read, kept, strict=True):
        assert listing.source is not None
        assert (listing.source.record, listing.source.line) == (at + 2, lines[at])
        assert listing.source.cell("description") == f"B{at + 2}"
    assert list(catalog) == read
    assert catalog.position == catalog.total == path.stat().st_size


ENGLISH = [
    ["Stainless Steel Water Bottle", "Keeps drinks cold, for 24 hours"],
    ["Bamboo Cutting Board", "Three boards; one set"],
]
CHINESE = [
    ["不锈钢保温杯", "双层真空，保冷二十四小时，适合户外运动和办公室使用"],
    ["竹制砧板", "三件套，防霉防裂，厨房常用的实木菜板"],
]
FRENCH = [
    ["Bouteille réutilisable – 500 ml", "Très légère, à vis, idéale pour l’été"],
    ["Planche à découper", "Bois massif, prix dès 4 €"],
]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("rows", [ENGLISH, CHINESE, FRENCH], ids=["english", "chinese", "french"])
def test_encoding_and_delimiter_are_found_out(
    tmp_path: Path, encoding: str, delimiter: str, rows: list[list[str]]
) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows([["title", "description"], *rows * 6])
    try:
        path = write(tmp_path / "t.csv", buffer.getvalue(), encoding)
    except UnicodeEncodeError:
        pytest.skip("not writable in this encoding")
    assert [[one.values["title"], one.values["description"]] for one in open_catalog([path])] == rows * 6


def test_record_counts_as_a_spreadsheet_and_line_as_an_editor(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'sku,title,description\r\n1,Mug,"two\r\nlines"\r\n\r\n2,Cup,one\r\n')
    assert [(one.source.record, one.source.line) for one in open_catalog([path]) if one.source] == [(2, 2), (4, 5)]


def test_blank_rows_and_title_rows_above_the_header(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        'Price list of Nordvik Trading,,\n,,\n,,\nItem No.,Product Name,Tags\nA1,Steel Bolt,"bolt, screw"\n,,\nA2,Steel Nut,\n',
    )
    catalog = open_catalog([path])
    assert catalog.sources[0].header == 4
    assert [(one.text("id"), one.text("title"), one.text("keywords")) for one in catalog] == [
        ("A1", "Steel Bolt", "bolt, screw"),
        ("A2", "Steel Nut", ""),
    ]


def test_one_column_of_titles_with_commas(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'title\nWine Glass, Clear\nWine Glass, Red\n"Steel Pot, ""Big"""\n')
    assert titles(open_catalog([path])) == ["Wine Glass, Clear", "Wine Glass, Red", 'Steel Pot, "Big"']


def test_excel_separator_line_and_backslash_quotes_and_inch_marks(tmp_path: Path) -> None:
    assert titles(open_catalog([write(tmp_path / "a.csv", "sep=;\ntitle;sku\nOak Shelf;1\n")])) == ["Oak Shelf"]
    path = write(tmp_path / "b.csv", 'title,description\n"Oak \\"Lund\\" Shelf","a, b"\n"Oak Table","c, d"\n')
    assert titles(open_catalog([path])) == ['Oak "Lund" Shelf', "Oak Table"]
    path = write(tmp_path / "c.tsv", 'title\tdescription\n"Big" Knife\t5" blade\n10" Pan\tround\n')
    assert titles(open_catalog([path])) == ['"Big" Knife', '10" Pan']


def test_spaces_before_quoted_cells_and_titles_with_commas_above_the_header(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'title, description, sku\nMug, "a, b", 1\nPan, "c, d", 2\n')
    assert [one.text("description") for one in open_catalog([path])] == ["a, b", "c, d"]
    path = write(
        tmp_path / "b.csv", "Price list, May 2026, all rights reserved\n\nSKU;Product name;Price\n1;Mug, red;2,50\n"
    )
    assert [(one.text("title"), one.text("price")) for one in open_catalog([path])] == [("Mug, red", "2,50")]


def test_other_encodings_of_the_trade(tmp_path: Path) -> None:
    text = "產品名稱,產品描述\n" + "不鏽鋼保溫杯,雙層真空保溫杯適合戶外運動使用\n" * 20
    assert set(titles(open_catalog([write(tmp_path / "a.csv", text, "big5")]))) == {"不鏽鋼保溫杯"}
    signs = "Product name,sku\nSteel Mug ℃ 50×30,5\nPan Φ20mm,6\n"
    assert titles(open_catalog([write(tmp_path / "b.csv", signs, "gbk")])) == ["Steel Mug ℃ 50×30", "Pan Φ20mm"]


def test_short_rows_are_filled_and_long_rows_reported(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "title,keywords,sku\nMug,cup\nPan,pot,3,stray\nLid,top,4\n")
    catalog = open_catalog([path])
    assert [(one.text("title"), one.text("id")) for one in catalog] == [("Mug", ""), ("Pan", "3"), ("Lid", "4")]
    assert [(one.record, one.column) for one in catalog.problems] == [(3, "D")]


def test_a_huge_cell_is_cut_and_the_run_goes_on(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "sku,title,description\n1,Mug," + "x" * 5_000_000 + "\n2,Cup,fine\n")
    catalog = open_catalog([path])
    assert [len(one.text("description") or "") for one in catalog] == [1_000_000, 4]
    problem = catalog.problems[0].text()
    assert "record 2 (line 2), column C" in problem.en and "5,000,000" in problem.en and "5,000,000" in problem.zh


def test_keyword_columns_feed_one_field(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "产品名称,关键词3,关键词1,关键词2\nSteel Bolt,c,a,\n")
    (listing,) = open_catalog([path])
    assert listing.values["keywords"] == ("a", "", "c")
    assert listing.source is not None
    assert [listing.source.cell("keywords", part) for part in range(3)] == ["C2", "D2", "B2"]


def test_lint_ignore_column(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "title,忽略规则\nMug,title-case\nCup,\n")
    assert [one.source.ignore for one in open_catalog([path]) if one.source] == ["title-case", None]


def test_workbook_values_are_the_text_of_their_cells(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["sku", "title", "gtin", "price", "moq", "updated", "brand"],
        [17, "Steel Bolt", "0036000291452", 9.8, 500.0, datetime.date(2026, 3, 4), None],
        ["A", "Steel Nut", 4006381333931, 0.1 + 0.2, True, datetime.datetime(2026, 3, 4, 5, 6), "Nordvik"],
    ]
    catalog = open_catalog([workbook(tmp_path / "a.xlsx", {"Goods": rows})])
    first, second = catalog
    assert dict(first.values) == {
        "id": "17", "title": "Steel Bolt", "gtin": "0036000291452", "price": "9.8", "moq": "500", "updated": "2026-03-04", "brand": "",
    }  # fmt: skip
    assert (second.text("gtin"), second.text("price"), second.text("moq")) == ("4006381333931", "0.3", "TRUE")
    assert second.source is not None and second.source.sheet == "Goods" and second.source.line is None
    assert second.source.cell("price") == "D3"


def test_sheets_that_are_catalogs_are_read_and_others_named(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "Readme": [["Please fill in the sheets"], ["Thank you"]],
            "Bolts": [[None, None], [None, None], ["No.", "Product Name"], [1, "Steel Bolt"]],
            "Old": [["title"], ["Rusty Bolt"]],
            "Nuts": [["Title", "SKU"], ["Steel Nut", 2]],
        },
        hidden=("Old",),
    )
    catalog = open_catalog([path])
    assert [(one.text("title"), one.source.record) for one in catalog if one.source] == [
        ("Steel Bolt", 4),
        ("Steel Nut", 2),
    ]
    notes = " ".join(note.en for note in catalog.notes)
    assert "'Old' is not read: it is hidden" in notes and "'Readme' is not read" in notes
    assert titles(open_catalog([path], sheet="Old")) == ["Rusty Bolt"]
    assert catalog.position == catalog.total


def test_json_lines_arrays_and_parquet(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    objects = [
        {
            "sku": "1",
            "product_name": "Mug",
            "tags": ["cup", "mug"],
            "attributes": {"Color": "red"},
            "price": 5.0,
            "extra": 1,
        },
        {"sku": "2", "product_name": "Pan", "price": None},
    ]
    path = write(
        tmp_path / "a.jsonl", "\n".join(json.dumps(one) for one in objects[:1]) + "\n\n" + json.dumps(objects[1])
    )
    array = write(tmp_path / "b.json", json.dumps(objects, indent=1))
    wrapped = write(tmp_path / "c.json", json.dumps({"products": objects}))
    for one in (path, array, wrapped):
        first, second = open_catalog([one])
        assert first.to_dict() == {
            "id": "1", "title": "Mug", "keywords": ["cup", "mug"], "attributes": {"Color": "red"}, "price": "5",
        }  # fmt: skip
        assert second.to_dict() == {"id": "2", "title": "Pan"}
    assert [(one.source.record, one.source.line) for one in open_catalog([path]) if one.source] == [(1, 1), (2, 3)]
    assert open_catalog([path]).sources[0].ignored == ["extra"]
    pq.write_table(
        pa.table({"title": ["Mug", "Pan"], "tags": [["a", "b"], None], "moq": [5, 6]}), tmp_path / "d.parquet"
    )
    assert [one.to_dict() for one in open_catalog([tmp_path / "d.parquet"])] == [
        {"title": "Mug", "keywords": ["a", "b"], "moq": "5"},
        {"title": "Pan", "keywords": "", "moq": "6"},
    ]


def test_folders_globs_and_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "b.csv", "title\nPan\n")
    write(tmp_path / "a.csv", "title\nMug\n")
    write(tmp_path / "volumes.csv", "term,searches\nmug,100\n")
    write(tmp_path / "~$a.xlsx", "lock")
    folder = open_catalog([tmp_path])
    assert titles(folder) == ["Mug", "Pan"]
    assert any("volumes.csv is not read" in note.en for note in folder.notes)
    assert titles(open_catalog([str(tmp_path / "[ab].csv")])) == ["Mug", "Pan"]
    assert titles(open_catalog([tmp_path / "b.csv", tmp_path / "a.csv"])) == ["Pan", "Mug"]

    class Stdin:
        buffer = io.BytesIO(b"title;sku\nMug;1\n")

    monkeypatch.setattr("sys.stdin", Stdin())
    catalog = open_catalog(["-"], stdin_filename="feed.csv")
    assert titles(catalog) == titles(catalog) == ["Mug"]
    assert catalog.sources[0].file == "feed.csv"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["Product_Name*", "productBrand", "Model No."], {"title": ["Product_Name*"], "brand": ["productBrand"], "model": ["Model No."]}),
        (["title", "keyword 1", "keyword 2", "Bullet Point 1", "bullet_point2"], {
            "title": ["title"], "keywords": ["keyword 1", "keyword 2"], "highlights": ["Bullet Point 1", "bullet_point2"]}),
        (["商品標題", "關鍵字", "起訂量", "條碼"], {"title": ["商品標題"], "keywords": ["關鍵字"], "moq": ["起訂量"], "gtin": ["條碼"]}),
        (["产品名称", "Product Name"], {"title": ["Product Name"]}),
        (["title (CN)", "title (EN)"], {"title": ["title (EN)"]}),
        (["标题（中文）", "标题（英文）", "FOB Price (USD)"], {"title": ["标题（英文）"], "price": ["FOB Price (USD)"]}),
        (["产品标题 Title", "最小起订量/MOQ"], {"title": ["产品标题 Title"], "moq": ["最小起订量/MOQ"]}),
        (["title", "product_name"], {"title": ["title"]}),
        (["titel", "Descripton"], {"description": ["Descripton"]}),
        (["title", "image_link", "additional_image_link"], {"title": ["title"], "images": ["image_link", "additional_image_link"]}),
        (["name", "Meta: Title Tag", "weight"], {"title": ["name"]}),
    ],
)  # fmt: skip
def test_headers_are_matched(headers: list[str], expected: dict[str, list[str]]) -> None:
    assert match_columns(headers) == expected


def test_like_named_columns_are_told_apart_by_what_they_hold() -> None:
    sample = [["不锈钢螺栓", "Steel Bolt"], ["不锈钢螺母", "Steel Nut"]]
    assert match_columns(["品名1", "品名2"], sample) == {"title": ["品名2"]}


def test_overrides_by_header_and_by_letter(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "Was,Ist,Worte\n1,Steel Bolt,a\n")
    for columns in ({"title": ["Ist"]}, {"title": ["B"]}):
        (listing,) = open_catalog([path], columns=columns)
        assert listing.text("title") == "Steel Bolt"
    (listing,) = open_catalog([path], columns={"title": ["Ist"], "keywords": ["Worte", "A"]})
    assert listing.values["keywords"] == ("a", "1")


def test_a_doubtful_header_is_asked_for(tmp_path: Path) -> None:
    catalog = open_catalog([write(tmp_path / "a.csv", "title,certifcats\nMug,CE\n")])
    assert "certifications" not in catalog.sources[0].fields
    assert any("--columns certifications=certifcats" in note.en and "--columns" in note.zh for note in catalog.notes)


@given(st.integers(min_value=0, max_value=16_383))
def test_column_letters_round_trip(index: int) -> None:
    assert column_index(column_letter(index)) == index


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".tsv"])
def test_written_tables_hold_no_formulas_and_appear_whole(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    write_table(path, ["title", "price"], [["=HYPERLINK(1)", 5], ["@x", None], ["Mug\nTwo", 2.5]])
    read = list(open_catalog([path]))
    guard = "" if suffix == ".xlsx" else "'"
    assert [one.text("title") for one in read] == [f"{guard}=HYPERLINK(1)", f"{guard}@x", "Mug\nTwo"]
    assert [one.text("price") for one in read] == ["5", "", "2.5"]

    def broken() -> list[list[str]]:
        raise KeyboardInterrupt

    before = path.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        write_table(path, ["title"], (row for _ in range(1) for row in broken()))
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("text", ["=1+1", "+49", "-x", "@SUM", "\tx", "\rx"])
def test_formula_starts_are_guarded(text: str) -> None:
    assert safe_text(text) == f"'{text}" and safe_text(f"a{text}") == f"a{text}"
