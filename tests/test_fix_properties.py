"""Properties of fixing any catalog with all rules: places lie in their cells, what is not mended stays, and once is enough."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_writing import _outside

from listinglint.catalogs import open_catalog
from listinglint.catalogs.mending import Mending, mend
from listinglint.config import Settings
from listinglint.engine import Linter, lint_catalog
from listinglint.model import Listing, ListingReport

DAY = datetime.date(2026, 11, 25)
MARKETS = ("alibaba", "amazon", "etsy", "google", "ebay")
LINTERS = {name: Linter(Settings(marketplace=name, date=DAY)) for name in MARKETS}
FIELDS = ("title", "keywords", "brief", "description", "brand", "model", "category", "attributes", "certifications", "price", "moq", "gtin", "updated")

WORDS = st.sampled_from(
    ["Hot Sale", "Very Pretty", "New", "High Quality", "garden hose", "Garden  Hose", "hoses", "STAINLESS STEEL", "stainles", "Kichen", "Oak Tray", "bicycle bell",
     "CE certified", "FDA approved", "ISO 9001", "Nike", "iPhone", "w/", "pls", "asap", "25 m", "2 x 3 cm", "12V", "100-499: 9.50", "US$ 1-2", "500 pieces",
     "Material: Steel", "\n", "\r\n", "，", "；", "（red）", "【", "<b>", "&amp;", "&nbsp;", "\u200b", "\u00a0", "Ã©", "â€™", "ﬁ", "Ａ", "★", "😀", "…", "!!", "???",
     "a@b.example", "www.shop.example", "+86 138 0000 0000", "产品", "红色", "best price", "shit", "colour", "color", ",", ", ,", ";", "|", "-", "N/A", "4006381333931",
     "2023-02-11", "é", "e\u0301", "\u202e", "\t", "'", '"', "“", "=1+1", "bike, bicycle, bell", "phone case, case", "HL-100", "the", "and", "for"]
)  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=4), max_size=9).flatmap(lambda words: st.sampled_from([" ", ", ", ""]).map(lambda mark: mark.join(words)))
LISTINGS = st.fixed_dictionaries({"title": TEXTS}, optional={name: (st.lists(TEXTS, max_size=3) if name in ("keywords", "certifications") else TEXTS) for name in FIELDS[1:]} | {"keywords": TEXTS | st.lists(TEXTS, max_size=3)})


def assert_inside(report: ListingReport) -> None:
    """Every place of every finding and every edit lies in its cell, and says what stands there."""
    for one in report.findings:
        parts = report.listing.parts(one.field)
        if one.start is not None:
            assert one.end is not None and 0 <= one.part < len(parts) and 0 <= one.start <= one.end <= len(parts[one.part]), one
            assert one.text == parts[one.part][one.start : one.end]
        else:
            assert one.end is None and one.text is None
        edits = one.fix.edits if one.fix else ()
        for edit in edits:
            held = report.listing.parts(edit.field)
            assert 0 <= edit.part < len(held) and 0 <= edit.start <= edit.end <= len(held[edit.part]), (one, edit)
        for at, edit in enumerate(edits):
            for other in edits[at + 1 :]:
                same = (edit.field, edit.part) == (other.field, other.part)
                assert not same or max(edit.start, other.start) >= min(edit.end, other.end), (one.rule, edit, other)


@given(st.lists(LISTINGS, min_size=1, max_size=4), st.sampled_from(MARKETS))
@settings(max_examples=60)
def test_places_lie_in_their_cells(fields: list[dict[str, Any]], market: str) -> None:
    for report in lint_catalog([Listing.of(one) for one in fields], LINTERS[market].settings):
        assert not report.errors
        assert_inside(report)


@st.composite
def csv_catalogs(draw: st.DrawFn) -> tuple[bytes, list[str]]:
    """A CSV file of listings as some program may have written it, and its header."""
    names = ["id", "title", *draw(st.lists(st.sampled_from(FIELDS[1:]), unique=True, max_size=5)), "note"]
    rows = draw(st.lists(st.tuples(*[TEXTS] * (len(names) - 1)), min_size=1, max_size=4))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = [",".join(names)]
    for number, row in enumerate(rows, 1):
        cells = [f"A-{number}", *(cell.encode("utf-8", "ignore").decode().replace("\x00", "") for cell in row)]
        written = []
        for cell in cells:
            quoted = any(one in cell for one in ',"\r\n') or draw(st.booleans())
            written.append('"' + cell.replace('"', '""') + '"' if quoted else cell)
        lines.append(",".join(written))
    return (end.join(lines) + end).encode(), names


def fixed(path: Path, unsafe: bool, market: str) -> Mending:
    return mend(open_catalog([path], encoding="utf-8" if path.suffix == ".csv" else None), LINTERS[market], unsafe=unsafe, encoding="utf-8" if path.suffix == ".csv" else None)


@pytest.mark.parametrize("unsafe", [False, True])
@given(made=csv_catalogs(), market=st.sampled_from(MARKETS))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_csv(tmp_path: Path, unsafe: bool, made: tuple[bytes, list[str]], market: str) -> None:
    data, names = made
    path, out, again = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "again.csv"
    path.write_bytes(data)
    found = fixed(path, unsafe, market)
    assert not found.errors and found.after >= found.before - 1e-9
    found.write(out)
    changed = {(one.source.record, one.cell) for one in found.changes}
    before, after = (list(csv.reader(io.StringIO(one.read_bytes().decode(), newline=""))) for one in (path, out))
    for record, (old, new) in enumerate(zip(before, after, strict=True), 1):
        assert len(old) == len(new)
        for at, (was, now) in enumerate(zip(old, new, strict=True)):
            assert was == now or (record, f"{chr(65 + at)}{record}") in changed
            assert was == now or names[at] not in ("id", "note")
    shape = {(record or 0, cell) for record, cell in changed}
    assert outside(data, shape) == outside(out.read_bytes(), shape)
    # Once is enough.
    second = fixed(out, unsafe, market)
    second.write(again)
    assert [(one.cell, one.before, one.after, one.rules) for one in second.changes] == [] and again.read_bytes() == out.read_bytes()


def outside(data: bytes, changed: set[tuple[int, str | None]]) -> bytes:
    return _outside(data, "utf-8", ",", changed)


@given(rows=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=3), unsafe=st.booleans())
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_workbooks(tmp_path: Path, rows: list[tuple[str, str, str]], unsafe: bool) -> None:
    path, out, again = tmp_path / "in.xlsx", tmp_path / "out.xlsx", tmp_path / "again.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "title", "keywords", "description", "price", "note"])
    for number, row in enumerate(rows, 1):
        clean = ["".join(char for char in text if char in "\t\n" or " " <= char < "\ud800" or "\ue000" <= char < "\ufffe" or char > "\uffff").lstrip("=") for text in row]
        sheet.append([f"A-{number}", *clean, 9.5, f"=LEN(B{number + 1})"])
    book.save(path)
    found = fixed(path, unsafe, "alibaba")
    found.write(out)
    changed = {one.cell for one in found.changes}
    old, new = (openpyxl.load_workbook(one)["Sheet"] for one in (path, out))
    for row_ in old.iter_rows():
        for cell in row_:
            assert cell.coordinate in changed or new[cell.coordinate].value == cell.value
    second = fixed(out, unsafe, "alibaba")
    second.write(again)
    assert second.changes == [] and again.read_bytes() == out.read_bytes()
