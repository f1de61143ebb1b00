"""Places of cells in text tables: lines and columns, in any dialect, against the file itself."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listinglint.catalogs.catalog import open_catalog
from listinglint.catalogs.dialects import Dialect
from listinglint.catalogs.places import CellPlaces, Place
from listinglint.model import Listing, Source


def cut_out(text: str, place: Place) -> str:
    """The words of a file at a place, line ends as they are."""
    lines = [match[0] for match in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n|$)", text)]
    span = lines[place.line - 1 : place.end_line]
    span[-1] = span[-1][: place.end_column - 1]
    span[0] = span[0][place.column - 1 :]
    return "".join(span)


CELLS = st.text(alphabet=st.sampled_from('ab,;" \n\r\té漢🙂'), max_size=12)
DIALECTS = st.sampled_from([Dialect(","), Dialect(";"), Dialect("\t"), Dialect(",", backslash=True)])


def written(rows: list[list[str]], dialect: Dialect, quoting: int) -> str:
    out = io.StringIO()
    options = {key: value for key, value in dialect.options().items() if key != "skipinitialspace"}
    csv.writer(out, quoting=quoting, lineterminator="\r\n", **options).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


@settings(max_examples=150)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5),
    DIALECTS,
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.data(),
)
def test_every_span_is_found_again(rows: list[list[str]], dialect: Dialect, quoting: int, encoding: str, data: st.DataObject) -> None:
    text = written(rows, dialect, quoting)
    columns = {"title": ("A",), "keywords": ("B", "C")}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shop.csv"
        path.write_bytes(text.encode(encoding))
        places = CellPlaces(path, encoding, dialect)
        reader = csv.reader(io.StringIO(text, newline=""), **dialect.options())  # type: ignore[arg-type]
        line = 1
        for record, cells in enumerate(reader, 1):
            if len(cells) == 3:
                listing = Listing.of({"title": cells[0], "keywords": cells[1:]}, Source("shop.csv", None, record, line, columns))
                for field, part, cell in (("keywords", 1, cells[2]), ("title", 0, cells[0])):
                    start = data.draw(st.integers(0, len(cell)))
                    end = data.draw(st.integers(start, len(cell)))
                    place = places.place(listing, field, part, start, end)
                    assert place is not None
                    found = cut_out(text, place)
                    decoded = re.sub(r"\\(.)", r"\1", found, flags=re.DOTALL) if dialect.backslash else found.replace('""', '"')
                    assert decoded == cell[start:end]
            line = reader.line_num + 1
        places.close()


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.csv"
    path.write_bytes('sep=;\r\nid;title;description\r\nA-1;"Hose ""Long""\r\n5 m red";x\r\nA-2;5" Pipe blue;"y\nz"\r\n'.encode("utf-8-sig"))
    return path


def test_quoted_cells_over_lines(shop: Path) -> None:
    catalog = open_catalog([shop])
    first, second = list(catalog)
    assert catalog.place(first, "title", 0, 5, 11) == (3, 11, 3, 19)
    assert catalog.place(first, "title", 0, 17, 20) == (4, 5, 4, 8)
    assert catalog.place(first, "title", 0, 0, 20) == (3, 6, 4, 8)
    assert catalog.place(second, "title", 0, 8, 12) == (5, 13, 5, 17)
    assert catalog.place(second, "description", 0, None, None) == (5, 19, 6, 2)
    assert catalog.place(first, "id", 0, 0, 3) == (3, 1, 3, 4)
    assert catalog.place(first, "keywords", 0, None, None) is None


def test_a_file_that_has_changed_gives_no_place(shop: Path) -> None:
    catalog = open_catalog([shop])
    first, second = list(catalog)
    shop.write_text("id;title\nA-1;Other\n", encoding="utf-8")
    assert catalog.place(first, "title", 0, 0, 4) is None
    assert catalog.place(second, "title", 0, 0, 4) is None
    shop.unlink()
    assert catalog.place(first, "title", 0, 0, 4) is None


def test_other_files_have_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "shop.jsonl"
    path.write_text('{"title": "Hose"}\n', encoding="utf-8")
    catalog = open_catalog([path])
    (listing,) = catalog
    assert catalog.place(listing, "title", 0, 0, 4) is None
