"""Mending a catalog in several processes: the same changes, refusals and reports as in one."""

from __future__ import annotations

import datetime
import json
import multiprocessing
import os
import re
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from test_cli import process

from listinglint.catalogs import mending, open_catalog
from listinglint.catalogs.mending import Mending, mend
from listinglint.config import Settings
from listinglint.engine import Linter
from listinglint.model import Text
from listinglint.rules.rule import Rule, texts

DAY = datetime.date(2026, 11, 25)
TITLES = (
    "Very Pretty New Garden Hose", "Garden  Hose，15 m", "HOT SALE Steel Garlic Press", "Oak Coat Rack, 5 Hooks ", "Velvet Cushon Cover, Green, 45 x 45 cm",
    "Stainless Steel Kettle 1.7 L", "naïve Tea  Pot", "Best Best Best Kettle (", "", "Colour  Pencil Set，24 pcs",
)  # fmt: skip
KEYWORDS = ("hose，pipe，garden", "garden hose; hose", "coat rack,  oak rack", "rack", "", "mug , coffee mug", "bike, bicycle, bell")


def rows(count: int) -> Iterator[dict[str, str]]:
    for at in range(count):
        yield {"id": f"A-{at}", "title": TITLES[at % len(TITLES)], "keywords": KEYWORDS[at % len(KEYWORDS)], "brand": ("Ovo", "OVO", "Acme")[at % 3]}


def csv_file(folder: Path) -> Path:
    """Windows-1252: what a fix would write in other letters cannot be."""
    path = folder / "shop.csv"
    lines = ["id;title;keywords;brand", *(";".join('"' + one.replace('"', '""') + '"' for one in row.values()) for row in rows(90))]
    path.write_bytes("\r\n".join(lines).replace("，", ", ").encode("cp1252"))
    return path


def json_file(folder: Path) -> Path:
    path = folder / "shop.jsonl"
    path.write_text("".join(json.dumps(row | ({"title": 7} if at % 9 == 0 else {})) + "\n" for at, row in enumerate(rows(60))), encoding="utf-8")
    return path


def workbook(folder: Path) -> Path:
    """Some cells hold formulas, which are never written."""
    path = folder / "shop.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["id", "title", "keywords", "brand"])
    for at, row in enumerate(rows(60)):
        book.active.append([row["id"], '="Hose  "&A2' if at % 7 == 0 else row["title"], row["keywords"], row["brand"]])
    book.save(path)
    # With the values that were saved with them, as Excel writes them.
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name], count = re.subn(rb'<c r="(B\d+)"><f>(.*?)</f><v ?/?>(?:</v>)?</c>', rb'<c r="\1" t="str"><f>\2</f><v>Hose  red</v></c>', parts[name])
    assert count == 9
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def told(found: Mending) -> Any:
    """All that mending says, in words that can be compared."""
    return (
        [(one.listing, one.id, one.field, one.part, one.before, one.after, one.rules) for one in found.changes],
        [(one.listing.text("id"), one.edit, one.rule, one.why) for one in found.refusals],
        [(listing.text("id"), rules) for listing, rules in found.worse], [one.text("id") for one in found.unsettled],
        found.errors, found.listings, found.before, found.after,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "_FEW", 0)
    monkeypatch.setattr(mending, "_CHUNK", 7)


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("make", [csv_file, json_file, workbook])
def test_any_number_of_processes_finds_the_same(tmp_path: Path, make: Any, unsafe: bool) -> None:
    path = make(tmp_path)
    linter = Linter(Settings(date=DAY, extend_select=("inconsistent-spelling",)))
    seen: list[tuple[str, int]] = []
    found = [mend(open_catalog([path]), linter, unsafe=unsafe, jobs=jobs, progress=lambda *one: seen.append(one)) for jobs in (1, 3)]
    assert told(found[0]) == told(found[1]) and found[0].changes
    half = len(seen) // 2
    assert seen[:half] == seen[half:]
    if make is workbook:
        assert found[0].refusals and {one.why.en for one in found[0].refusals} == {"the cell holds a formula"}
    for number, one in enumerate(found):
        one.write(tmp_path / f"{number}{path.suffix}")
    assert (tmp_path / f"0{path.suffix}").read_bytes() == (tmp_path / f"1{path.suffix}").read_bytes()
    assert not mend(open_catalog([tmp_path / f"0{path.suffix}"]), linter, unsafe=unsafe, jobs=2).changes


def test_what_the_file_cannot_hold_is_refused_in_all_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = csv_file(tmp_path)
    catalog = open_catalog([path])
    linter = Linter(Settings(date=DAY))
    whole = mend(catalog, linter)
    monkeypatch.setattr(mending.DelimitedWriter, "unfit", lambda self, listing, edit: Text("no", "不") if listing.text("id") in ("A-1", "A-8") else None)
    some = [mend(open_catalog([path]), linter, jobs=jobs) for jobs in (1, 2)]
    assert told(some[0]) == told(some[1])
    assert {one.id for one in whole.changes} - {one.id for one in some[0].changes} == {"A-1", "A-8"} & {one.id for one in whole.changes}
    assert {one.listing.text("id") for one in some[0].refusals} == {"A-1", "A-8"} & {one.id for one in whole.changes}


def _kill(doc: Any, options: Any) -> Iterator[Any]:
    if doc.listing.text("id") == "A-5" and multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    yield from ()


RULE = Rule(
    name="kills", group="titles", severity="info", summary=Text("a", "b"), messages=texts("a", "b"), page=Text("a", "b"), check=_kill, examples=()
)  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_a_listing_that_processes_die_of_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    path = csv_file(tmp_path)
    found = mend(open_catalog([path]), Linter(Settings(date=DAY, plugins=(__file__,))), jobs=2)
    assert {error.listing for error in found.errors} == {"A-5"} and found.listings == 90
    assert found.changes and "A-5" not in {one.id for one in found.changes}


def test_the_command(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_text("id,title,keywords\n" + "".join(f'{row["id"]},"{row["title"]}","{row["keywords"]}"\n' for row in rows(450)), encoding="utf-8")
    for jobs in ("1", "2"):
        done = process("fix", path, "-o", tmp_path / f"{jobs}.csv", "--jobs", jobs, "--date", "2026-11-25")
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes() != path.read_bytes()
