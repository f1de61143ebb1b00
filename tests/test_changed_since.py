"""`--changed-since` against real git repositories: which listings count as changed, renames, formats, and what is said where it cannot work."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import listinglint
from listinglint.catalogs import CatalogError
from listinglint.catalogs.changes import EarlierListings, hash_of
from listinglint.model import CatalogSummary, Listing, ListingReport, Source

ROWS = [
    ["id", "title", "keywords"],
    ["A-1", "Very Pretty New Garden Hose", "hose, pipe"],
    ["A-2", "Hot Sale 花园 Hose 15 m", "garden hose, hose"],
    ["A-3", "Best Price Garlic Press", "press"],
]
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_") and name not in ("LANG", "LC_ALL", "LC_MESSAGES")},
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com",
}  # fmt: skip


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


def commit(folder: Path, message: str = "more") -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository with a catalog in a folder whose name has spaces and Chinese in it."""
    folder = tmp_path / "repo"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    path = folder / "我的 店铺 'a" / "产品 目录.csv"
    path.parent.mkdir()
    write(path, ROWS)
    commit(folder)
    return path


def write(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> None:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file).writerows(rows)


def check(*arguments: object, code: int, folder: Path | None = None, environment: dict[str, str] | None = None, **options: Any) -> tuple[list[str], dict[str, Any], str]:
    """The ids that are shown, the summary, and what was said."""
    done = subprocess.run(
        [sys.executable, "-m", "listinglint", "check", *map(str, arguments), "--format", "jsonl", "--lang", "en"], cwd=folder,
        env={**ENVIRONMENT, **(environment or {})}, capture_output=True, text=True, encoding="utf-8", timeout=120, **options,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return [line["id"] for line in lines[:-1]], lines[-1] if lines else {}, done.stderr


def test_only_changed_listings_are_shown_and_judged(shop: Path) -> None:
    shown, summary, said = check(shop, "--changed-since", "HEAD", code=0)
    assert (shown, summary["listings"], summary["failed"]) == ([], 0, False)
    assert "0 of 3 listings differ from HEAD" in said
    write(shop, [ROWS[0], ["N-1", "Hot Sale Kettle", "kettle"], ROWS[3], ROWS[2], [*ROWS[1][:2], "hose"]])
    for jobs in ("1", "2"):
        shown, summary, said = check(shop, "--changed-since", "HEAD", "-j", jobs, code=1)
        assert (shown, summary["listings"]) == (["N-1", "A-1"], 2)
        assert "2 of 4 listings differ from HEAD" in said
    assert any("2 of 4 listings differ" in note for note in summary["notes"])
    assert check(shop, code=1)[1]["listings"] == 4
    commit(shop.parent)
    assert check(shop.name, "--changed-since", "HEAD", code=0, folder=shop.parent)[0] == []
    assert check(shop.name, "--changed-since", "HEAD~1", code=1, folder=shop.parent)[0] == ["N-1", "A-1"]


def test_a_row_that_stands_twice_is_a_changed_one(shop: Path) -> None:
    write(shop, [*ROWS, ROWS[1]])
    assert check(shop, "--changed-since", "HEAD", code=1)[0] == ["A-1"]


def test_a_copy_fires_wherever_it_stands(shop: Path) -> None:
    copy = ["C-1", *ROWS[3][1:]]
    select = ("--select", "duplicate-listing")
    write(shop, [*ROWS, copy])
    assert check(shop, "--changed-since", "HEAD", *select, code=1)[1]["findings"] == 1
    write(shop, [ROWS[0], copy, *ROWS[1:]])
    shown, summary, _ = check(shop, "--changed-since", "HEAD", *select, code=1)
    assert (shown, summary["findings"]) == (["C-1", "A-3"], 1)


def test_ignoring_a_finding_changes_a_listing(shop: Path) -> None:
    rows = [[*row, "lint-ignore" if at == 0 else ""] for at, row in enumerate(ROWS)]
    write(shop, rows)
    commit(shop.parent)
    rows[1][3] = "title-filler"
    write(shop, rows)
    assert check(shop, "--changed-since", "HEAD", code=0)[0] == ["A-1"]


def test_another_order_of_columns_is_no_change(shop: Path) -> None:
    write(shop, [row[::-1] for row in ROWS])
    assert check(shop, "--changed-since", "HEAD", code=0)[0] == []


def test_renamed_files_are_followed(shop: Path) -> None:
    moved = shop.parent.parent / "new name.csv"
    git(shop.parent, "mv", shop.name, "../new name.csv")
    assert check(moved, "--changed-since", "HEAD", code=0)[0] == []
    write(moved, [*ROWS[:3], ["A-3", "Best Price Steel Garlic Press", "press"]])
    shown, _, said = check(moved, "--changed-since", "HEAD", code=1)
    assert shown == ["A-3"]
    assert "产品 目录.csv at HEAD" in said


def test_a_new_file_is_all_changed(shop: Path) -> None:
    other = shop.parent / "other.csv"
    write(other, [ROWS[0], ["X-1", "Kettle", "kettle"]])
    shown, _, said = check(other, shop, "--changed-since", "HEAD", "--exit-zero", code=0)
    assert shown == ["X-1"]
    assert "other.csv is new since HEAD; all its listings count as changed" in said


def test_an_earlier_version_that_is_no_catalog(shop: Path) -> None:
    shop.write_text("a,b\n1,2\n", encoding="utf-8")
    commit(shop.parent)
    write(shop, ROWS)
    shown, _, said = check(shop, "--changed-since", "HEAD", code=1)
    assert len(shown) == 3
    assert "cannot be read as it was at HEAD, so that all its listings count as changed" in said
    assert "listinglint-" not in said


def test_a_link_is_followed(shop: Path) -> None:
    link = shop.parent.parent.parent / "link.csv"
    link.symlink_to(shop)
    assert check(link, "--changed-since", "HEAD", code=0)[0] == []


def test_standard_input_is_compared_with_the_file_it_is_named_after(shop: Path) -> None:
    text = shop.read_text(encoding="utf-8").replace("Garlic Press", "Steel Garlic Press")
    assert check("-", "--stdin-filename", shop, "--changed-since", "HEAD", code=1, input=text)[0] == ["A-3"]
    assert "--stdin-filename names the file" in check("-", "--changed-since", "HEAD", code=2, input=text)[2]


@pytest.mark.parametrize("kind", ["xlsx", "tsv", "jsonl", "json", "parquet", "gb18030"])
def test_every_format(shop: Path, kind: str) -> None:
    suffix = "csv" if kind == "gb18030" else kind
    path = shop.parent / f"catalog.{suffix}"

    def put(rows: list[list[str]]) -> None:
        objects = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
        if kind == "xlsx":
            book = openpyxl.Workbook()
            assert book.active is not None
            for row in rows:
                book.active.append(row)
            book.save(path)
        elif kind == "parquet":
            pyarrow.parquet.write_table(pa.Table.from_pylist(objects), path)
        elif kind == "json":
            path.write_text(json.dumps(objects), encoding="utf-8")
        elif kind == "jsonl":
            path.write_text("".join(json.dumps(one) + "\n" for one in objects), encoding="utf-8")
        elif kind == "tsv":
            path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-16")
        else:
            write(path, rows, "gb18030")

    put(ROWS)
    commit(shop.parent)
    put([*ROWS[:2], ROWS[3], [*ROWS[2][:2], "hose"]])
    assert check(path, "--changed-since", "HEAD", code=1)[0] == ["A-2"]


def test_columns_that_are_named_hold_for_both_versions(shop: Path) -> None:
    rows = [["nr", "what", "keys"], *ROWS[1:]]
    write(shop, rows)
    commit(shop.parent)
    write(shop, [*rows[:3], ["A-3", "Best Price Steel Garlic Press", "press"]])
    assert check(shop, "--changed-since", "HEAD", "--columns", "id=nr,title=what,keywords=keys", code=1)[0] == ["A-3"]


def test_line_ends_of_the_checkout_are_those_of_the_earlier_version(shop: Path) -> None:
    (shop.parent / ".gitattributes").write_text("*.csv text eol=crlf working-tree-encoding=UTF-16\n", encoding="utf-8")
    write(shop, [*ROWS[:3], ["A-3", "Two\nlines", "press"]], "utf-16")
    commit(shop.parent)
    shop.unlink()
    git(shop.parent, "checkout", "--", shop.name)
    assert check(shop, "--changed-since", "HEAD", code=0)[0] == []


@pytest.mark.parametrize("rev", ["nowhere", "--upload-pack=touch x", "-h", "", "HEAD:", "HEAD\nHEAD", "main..main", "$(touch x)"])
def test_no_such_revision(shop: Path, rev: str) -> None:
    said = check(shop, f"--changed-since={rev}", code=2)[2]
    assert "is no revision of the repository" in said
    assert not list(shop.parent.rglob("x"))


def test_where_there_is_nothing_to_compare_with(shop: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    write(outside / "shop.csv", ROWS)
    assert "shop.csv: the file is not in a git repository" in check(outside / "shop.csv", "--changed-since", "HEAD", code=2)[2]
    assert "git was not found" in check(shop, "--changed-since", "HEAD", code=2, environment={"PATH": str(outside)})[2]
    empty = tmp_path / "empty"
    empty.mkdir()
    git(empty, "init", "-q")
    write(empty / "shop.csv", ROWS)
    assert "is no revision" in check(empty / "shop.csv", "--changed-since", "HEAD", code=2)[2]
    assert "leave" in check(shop, "--changed-since", "HEAD", "--record-to", tmp_path / "h.sqlite", code=2)[2].lower()


def test_a_shallow_clone_says_what_to_fetch(shop: Path, tmp_path: Path) -> None:
    write(shop, ROWS[:3])
    commit(shop.parent)
    first = git(shop.parent, "rev-parse", "HEAD~1")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{shop.parent.parent}", "shallow")
    copy = tmp_path / "shallow" / shop.relative_to(shop.parent.parent)
    assert check(copy, "--changed-since", "HEAD", code=0)[0] == []
    for rev in (first, "HEAD~1"):
        said = check(copy, "--changed-since", rev, code=2)[2]
        assert "fetch-depth: 0" in said and "git fetch --unshallow" in said


def test_hooks_may_set_the_repository(shop: Path) -> None:
    environment = {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index", "GIT_PREFIX": ""}
    assert check(shop, "--changed-since", "HEAD", code=0, folder=shop.parent.parent, environment=environment)[0] == []


def test_a_baseline_sees_the_whole_catalog(shop: Path) -> None:
    base = shop.parent / "b"
    check(shop, "--write-baseline", base, "--changed-since", "HEAD", code=0)
    assert "A-1" in base.read_text(encoding="utf-8")
    write(shop, [*ROWS[:2], [*ROWS[2][:2], "hose"], ["A-3", "Best Price Best Sale Steel Garlic Press", "press"]])
    check(shop, "--baseline", base, "--changed-since", "HEAD", code=1)
    check(shop, "--write-baseline", base, code=0)
    shown, summary, _ = check(shop, "--baseline", base, "--changed-since", "HEAD", code=0)
    assert shown == ["A-2", "A-3"] and summary["baselined"] > 0


def test_from_python(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"):
        monkeypatch.delenv(name, raising=False)
    write(shop, [*ROWS[:2], [*ROWS[2][:2], "hose"], ROWS[3]])
    *reports, summary = listinglint.check_catalog(shop, changed_since="HEAD")
    assert [report.listing.text("id") for report in reports if isinstance(report, ListingReport)] == ["A-2"] and len(reports) == 1
    assert isinstance(summary, CatalogSummary) and summary.listings == 1
    assert summary.notes == ("1 of 3 listings differ from HEAD; the others are neither shown nor judged",)
    *_, chinese = listinglint.check_catalog(shop, changed_since="HEAD", lang="zh")
    assert isinstance(chinese, CatalogSummary) and "与 HEAD 不同" in chinese.notes[0]
    *shown, whole = listinglint.check_catalog(shop)
    assert len(shown) == 3 and isinstance(whole, CatalogSummary) and whole.notes == ()
    with pytest.raises(CatalogError, match="no revision"):
        next(listinglint.check_catalog(shop, changed_since="nowhere"))


# --- hashes -----------------------------------------------------------------------------------------------------------

VALUES = st.dictionaries(st.sampled_from(("id", "title", "keywords", "attributes")), st.text(max_size=4) | st.lists(st.text(max_size=2), max_size=3) | st.dictionaries(st.text(max_size=2), st.text(max_size=2), max_size=2))


@given(VALUES, VALUES)
@settings(deadline=None)
def test_listings_are_told_apart_by_what_they_hold_alone(one: dict[str, Any], other: dict[str, Any]) -> None:
    left, right = Listing.of(one, Source("a.csv", record=2)), Listing.of(other, Source("b.csv", record=9))
    alike = all(left.parts(name) == right.parts(name) and left.keys.get(name, ()) == right.keys.get(name, ()) for name in {*left.values, *right.values})
    assert (hash_of(left) == hash_of(right)) == (alike and left.values.keys() == right.values.keys())


@given(st.lists(st.integers(0, 6), max_size=20), st.lists(st.integers(0, 6), max_size=20))
def test_each_is_found_as_often_as_it_was_there(before: list[int], now: list[int]) -> None:
    made = [Listing.of({"title": str(n)}) for n in range(7)]
    earlier = EarlierListings(hash_of(made[n]) for n in before)
    found = [n for n in now if earlier.holds(made[n])]
    assert sorted(found) == sorted(n for value in range(7) for n in [value] * min(before.count(value), now.count(value)))
