"""Whatever is wrong with a source is said once, in both languages, with its place and what to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listinglint.catalogs import CatalogError, open_catalog
from listinglint.catalogs.formats import _check_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
Make = Callable[[Path], Path]


def fault(path: str | Path, **options: object) -> CatalogError:
    with pytest.raises(CatalogError) as caught:
        for _ in open_catalog([path], **options):  # type: ignore[arg-type]
            pass
    error = caught.value
    assert str(error) == error.message.en
    assert any("\u4e00" <= one <= "\u9fff" for one in error.message.zh)
    return error


def archive(names: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in names.items():
            # A fixed time, so that the bytes (and the names of the cases) are the same in every process.
            fixed = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            file.writestr(fixed, content, compress_type=zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\xef\xbb\xbf\r\n \r\n", "empty"),
        ("a.csv", b"title,sku\n", "no listing under it"),
        ("a.csv", b"\n\ntitle,sku\n\n,\n", "no listing under it"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "PNG image"),
        ("a.csv", bytes(range(256)) * 8, "binary file"),
        ("a.csv", archive({"readme.txt": b"x"}), "zip archive"),
        ("a.csv", archive({"word/document.xml": b"x"}), "Word document"),
        ("a.ods", archive({"mimetype": b"x", "content.xml": b"x"}), "OpenDocument"),
        ("a.xlsb", archive({"xl/workbook.bin": b"x"}), "xlsb"),
        ("a.xlsx", archive({"xl/workbook.xml": b"<workbook"}), "damaged"),
        ("a.xlsx", archive({"xl/workbook.xml": b"x" * 9000})[:80], "damaged"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "save it as .xlsx"),
        ("a.xlsx", b"title,sku\nMug,1\n", "not an Excel workbook"),
        ("a.doc", OLE, "old Office document"),
        ("a.parquet", b"PAR1nonsensePAR1", "damaged"),
        ("a.xml", b"<?xml version='1.0'?><rss/>", "XML"),
        ("a.csv", b"searches,term\n5,mug\n", "no column is recognised as the title"),
        ("a.json", b'[{"title": "a"},', "not valid JSON"),
        ("a.json", b'[{"title": "a"}, 5]', "an object was expected for each listing, not a number"),
        ("a.json", b"[]", "no objects"),
        ("a.jsonl", b"[1, 2]\n", "not an array"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    error = fault(path)
    assert expected in str(error)
    assert str(path) in str(error) and str(path) in error.message.zh


def test_missing_files_and_empty_folders(tmp_path: Path) -> None:
    (tmp_path / "products.csv").write_text("title\nMug\n")
    assert "products.csv?" in str(fault(tmp_path / "prodcuts.csv"))
    assert "no file matches" in str(fault(str(tmp_path / "*.xlsx")))
    (tmp_path / "empty").mkdir()
    assert "no catalog file in this folder" in str(fault(tmp_path / "empty"))


def test_a_quote_that_never_closes_is_named_where_it_opens(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('sku,title,description\n1,Mug,"fine\ntwo lines"\n2,Cup,"open\nmore\n3,Pan,text\n')
    error = fault(path)
    assert (error.record, error.line) == (3, 4) and "never closed" in str(error)
    path.write_text('sku,title,description\n1,Mug,"open\n2,Cup,"fine"\n3,Pan,"fine"\n')
    error = fault(path)
    assert (error.record, error.line) == (2, 2)
    path.write_text('sku,title,description\n1,"Mug\nred","open\n2,Cup,text\n')
    assert fault(path).line == 3


def test_a_quote_left_open_in_a_large_file_stops_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text('sku,title\n1,Mug\n2,"Cup\n' + "3,Pan\n" * 6_000_000)
    error = fault(path)
    assert (error.record, error.line) == (3, 3)


def test_an_undecodable_byte_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "".join(f"{n},Café Crème Mug №{n}\n" for n in range(400)).encode()
    path.write_bytes(b"sku,title\n" + rows + b"400,Bad \xff Mug\n" + rows)
    error = fault(path)
    at = path.read_bytes().index(b"\xff")
    assert error.line == 402 and f"offset {at}" in str(error) and "0xFF" in str(error) and "--encoding" in str(error)
    error = fault(path, encoding="gb18030")
    assert "gb18030" in str(error)
    assert "unknown encoding" in str(fault(path, encoding="klingon"))
    (tmp_path / "b.jsonl").write_bytes('{"title":"Café"}\n'.encode() * 30 + b'{"title":"\xff"}\n')
    assert "0xFF" in str(fault(tmp_path / "b.jsonl"))


def test_an_undecodable_byte_beyond_the_samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from listinglint.catalogs import encodings

    monkeypatch.setattr(encodings, "_WHOLE", 1 << 12)
    monkeypatch.setattr(encodings, "_WINDOW", 1 << 10)
    monkeypatch.setattr(encodings, "_WINDOWS", 2)
    path = tmp_path / "a.csv"
    row = "1,Café Mug\n".encode()
    path.write_bytes(b"sku,title\n" + row * 5000 + b"2,\xe9\xff\n" + row * 5000)
    error = fault(path)
    assert error.line == 5002 and f"offset {path.read_bytes().index(bytes([0xE9, 0xFF]))}" in str(error)


def test_columns_and_sheets_that_are_not_there(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "a.csv"
    path.write_text("Product Name,Stichworte\nMug,cup\n")
    error = fault(path, columns={"keywords": ["Stichwort"]})
    assert "did you mean 'Stichworte'?" in str(error) and "Product Name" in str(error)
    assert "did you mean 'keywords'" in str(fault(path, columns={"keyword": ["Stichworte"]}))
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["title"])
    book.active.append(["Mug"])
    book.save(tmp_path / "a.xlsx")
    assert "the sheets are: Sheet" in str(fault(tmp_path / "a.xlsx", sheet="Goods"))


def test_headers_are_listed_when_no_title_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Report of May\nterm,searches,clicks\nmug,5,1\n")
    assert "term, searches, clicks" in str(fault(path)) and "--columns title=" in str(fault(path))


def test_a_broken_json_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title":"Mug"}\n\n' * 150 + '{"title":"Cup",}\n')
    # Three hundred lines lie beyond the sample, so that opening succeeds and reading fails.
    path.write_text('{"title":"Mug"}\n' * 300 + '{"title":"Cup",}\n')
    catalog = open_catalog([path])
    with pytest.raises(CatalogError) as caught:
        list(catalog)
    assert caught.value.line == 301 and "not valid JSON" in str(caught.value)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(archive({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"\x00" * 120_000_000}))
    with pytest.raises(CatalogError, match="unpack to 120 MB"):
        _check_workbook(path, "a.xlsx")


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title\nMug\n")
    real = Path.open

    def refuse(self: Path, *args: object, **kwargs: object) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    assert "cannot be opened: Permission denied" in str(fault(path))


_PIECES = st.sampled_from(
    [b"title", b",", b";", b"\t", b'"', b"\n", b"\r\n", b"\r", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"PAR1", b"{", b"}", b"[", b":",
     b'{"title":"Mug"}', "标题".encode(), "标题".encode("gb18030"), "标题,".encode("utf-16"), b"\\", b"'", b"sep=", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
) | st.binary(max_size=6)  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(_PIECES, max_size=30).map(b"".join),
    st.sampled_from([".csv", ".tsv", ".xlsx", ".jsonl", ".json", ".parquet", ".dat"]),
)
def test_whatever_bytes_come_nothing_but_a_catalog_error_is_raised(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"fuzz{suffix}"
    path.write_bytes(content)
    try:
        catalog = open_catalog([path])
        for listing in catalog:
            assert listing.has("title")
    except CatalogError as error:
        assert str(path) in str(error)


def test_a_damaged_workbook_never_ends_in_a_traceback(tmp_path: Path) -> None:
    import random

    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    for row in [["title", "price"], ["Mug", 2.5], ["Pan", 3]]:
        book.active.append(row)
    book.active["B2"].number_format = "0.00"
    path = tmp_path / "a.xlsx"
    book.save(path)
    sound = path.read_bytes()
    chance = random.Random(7)
    for _ in range(150):
        damaged = bytearray(sound)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(bytes(damaged[: chance.choice([len(damaged), chance.randrange(1, len(damaged))])]))
        try:
            list(open_catalog([path]))
        except CatalogError as error:
            assert str(path) in str(error)
