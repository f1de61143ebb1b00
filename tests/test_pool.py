"""The processes of a check: packing, order, processes that die, Ctrl-C, and results that do not depend on how many there are."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listinglint.config import Settings
from listinglint.engine import Linter, check
from listinglint.engine import catalog as catalog_module
from listinglint.engine.catalog import digested
from listinglint.engine.errors import EngineError
from listinglint.engine.packing import pack, unpack
from listinglint.engine.pool import Pool, shares
from listinglint.engine.warming import warm
from listinglint.language.words import lexicon
from listinglint.model import FIELDS, Listing, ListingReport, Source, Text
from listinglint.rules.registry import builtin
from listinglint.rules.rule import Bad, Good, Hit, Rule, texts

TEXTS = st.text(st.characters(blacklist_categories=()), max_size=30)
SOURCES = st.none() | st.builds(
    Source,
    source=st.none() | TEXTS,
    sheet=st.none() | TEXTS,
    record=st.none() | st.integers(1, 10**9),
    line=st.none() | st.integers(1, 10**9),
    columns=st.dictionaries(st.sampled_from(FIELDS), st.lists(TEXTS, max_size=2).map(tuple), max_size=3),
    ignore=st.none() | TEXTS,
)
LISTINGS = st.builds(
    Listing,
    values=st.dictionaries(st.sampled_from(FIELDS), TEXTS | st.lists(TEXTS, max_size=3).map(tuple), max_size=6),
    source=SOURCES,
    keys=st.dictionaries(st.just("attributes"), st.lists(TEXTS, max_size=3).map(tuple), max_size=1),
)


@given(st.lists(LISTINGS, max_size=8))
def test_packing_gives_the_listings_back(listings: list[Listing]) -> None:
    again = unpack(pack(listings))
    assert again == listings
    assert [list(one.values) for one in again] == [list(one.values) for one in listings]


def test_texts_of_another_class_are_packed_too() -> None:
    class Name(str):
        pass

    globals()["Name"] = Name
    Name.__qualname__ = "Name"
    listing = Listing.of({"title": Name("Bell")})
    assert unpack(pack([listing])) == [listing]


# --- the pool itself ---------------------------------------------------------------------------------------------------


def begin(how: str) -> str:
    if how == "die":
        os._exit(3)
    if how == "raise":
        raise LookupError("no such state")
    return how


def toil(state: str, step: str, task: list[int]) -> list[str]:
    if 13 in task:
        os._exit(1)
    if 21 in task:
        raise ValueError("twenty-one")
    return [f"{state} {step} {n}" for n in task]


def halves(task: list[int]) -> list[list[int]]:
    return [task[: len(task) // 2], task[len(task) // 2 :]] if len(task) > 1 else []


def mapped(tasks: list[list[int]], how: str = "fit", jobs: int = 3) -> list[str]:
    pool = Pool(jobs, begin, (how,), toil)
    try:
        return [line for answer in pool.map("say", tasks, halves, lambda step, task: [f"lost {task[0]}"]) for line in answer]
    finally:
        pool.close()


def test_answers_come_in_order_whatever_their_size() -> None:
    tasks = [list(range(1000 * n, 1000 * n + (60_000 if n % 3 else 1))) for n in range(100, 112)]
    assert mapped(tasks) == [f"fit say {n}" for task in tasks for n in task]


def test_a_task_that_kills_is_told_apart_and_the_rest_is_done() -> None:
    tasks = [[1, 2], [11, 12, 13, 14], [5], [13], [6, 7]]
    assert mapped(tasks) == ["fit say 1", "fit say 2", "fit say 11", "fit say 12", "lost 13", "fit say 14", "fit say 5", "lost 13", "fit say 6", "fit say 7"]


def test_an_exception_of_a_task_is_raised() -> None:
    with pytest.raises(ValueError, match="twenty-one"):
        mapped([[1], [21], [2]])


def test_processes_that_never_come_up_are_an_error_not_an_endless_wait() -> None:
    with pytest.raises(EngineError, match="ended with 3"):
        mapped([[1]], "die")
    with pytest.raises(LookupError, match="no such state"):
        mapped([[1]], "raise")


# --- a catalog in processes --------------------------------------------------------------------------------------------


def listings(count: int) -> list[Listing]:
    names = ("Bicycle Bell", "Garden Hose", "LED Desk Lamp", "Cotton Apron")
    return [
        Listing.of({"id": str(n), "title": f"{names[n % 4]} {n // 9} cm{' FREE SHIPPING' if n % 5 == 0 else ''}", "description": "Good. " * (n % 7)})
        for n in range(count)
    ]


@pytest.fixture
def deadly(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rule]:
    """A rule that ends its process on some listings, as a fault of native code would."""
    parent = os.getpid()

    def die(doc: Any, options: Any) -> Iterator[Hit]:
        if doc.listing.text("id") in ("301", "777") and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        yield doc.title.hit(0, 1)

    rule = Rule("deadly", "titles", "info", Text("x", "x"), texts("m", "m"), Text("p", "p"), die, (Good("a"), Bad("b")), fields=("title",))
    monkeypatch.setitem(builtin(), rule.name, rule)
    yield rule


def test_a_listing_that_processes_die_of_becomes_an_internal_error(deadly: Rule) -> None:
    reports = list(check(listings(900), Settings(select=("deadly",)), jobs=2))
    assert [report.listing.text("id") for report in reports] == [str(n) for n in range(900)]
    lost = [report for report in reports if report.errors]
    assert [(report.listing.text("id"), report.errors[0].rule) for report in lost] == [("301", "(process)"), ("777", "(process)")]
    assert all(len(report.findings) == 1 for report in reports if not report.errors)


def ids_and_findings(linter: Linter, reports: list[ListingReport]) -> list[tuple[str | None, int]]:
    return [(report.listing.text("id"), len(report.findings)) for report in reports]


def test_digests_are_made_where_the_reports_are() -> None:
    catalog = listings(700)
    linter = Linter(Settings(select=("titles", "duplicate-listing")))
    found = [[row for part in digested(catalog, linter, ids_and_findings, jobs=jobs) for row in part] for jobs in (1, 2, 5)]
    assert found[0] == found[1] == found[2]
    assert [row[0] for row in found[0]] == [str(n) for n in range(700)]
    assert sum(row[1] for row in found[0]) > 0


def test_a_stream_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def stream() -> Iterator[Listing]:
        for n, listing in enumerate(listings(600)):
            read.append(n)
            yield listing

    one = list(check(stream(), Settings(select=("titles",)), jobs=1))
    two = list(check(stream(), Settings(select=("titles",)), jobs=2))
    assert len(read) == 1200 and [r.findings for r in one] == [r.findings for r in two]


def test_times_are_taken_only_when_asked_and_in_all_processes() -> None:
    catalog = listings(600)
    for jobs in (1, 2):
        linter = Linter(Settings(select=("title-length", "title-filler")), timed=True)
        list(digested(catalog, linter, ids_and_findings, jobs=jobs))
        times = linter.take_times()
        assert set(times) == {"title-length", "title-filler"} and all(seconds > 0 for seconds in times.values())
    linter = Linter(Settings(select=("title-length",)))
    list(digested(catalog, linter, ids_and_findings))
    assert linter.take_times() == {}


# --- the command -------------------------------------------------------------------------------------------------------


def catalog_file(folder: Path, count: int) -> Path:
    path = folder / "catalog.csv"
    rows = [f'{one.text("id")},"{one.text("title")}","{one.text("description")}"' for one in listings(count)]
    path.write_text("\n".join(["id,title,description", *rows]) + "\n", encoding="utf-8")
    return path


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "listinglint", *arguments], capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


@pytest.mark.parametrize("form", ["jsonl", "csv", "text", "json"])
def test_output_is_the_same_for_any_number_of_processes(tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = catalog_file(tmp_path, 620)
    out = [run("check", str(path), "--format", form, "--jobs", jobs, "--date", "2026-11-25", "--exit-zero").stdout for jobs in ("1", "2", "3")]
    assert out[0] == out[1] == out[2] and len(out[0]) > 1000


def test_advice_and_the_range_of_stars_work_in_processes(tmp_path: Path) -> None:
    path = catalog_file(tmp_path, 620)
    done = run("check", str(path), "--format", "jsonl", "--jobs", "2", "--advice", "--stars", "2", "--exit-zero")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows[-1]["listings"] == 620
    assert len(rows) - 1 == rows[-1]["stars"]["2"] > 0
    assert all(row["stars"] == 2 and row["advice"] for row in rows[:-1])


PLUGIN = '''
import os
from listinglint.model import Text
from listinglint.rules.rule import Rule, texts

PARENT = os.environ["LISTINGLINT_TEST_PARENT"]

def check(doc, options):
    if doc.title.raw.startswith("Deadly"):
        os._exit(9)
    return ()

RULE = Rule("deadly", "titles", "info", Text("x", "x"), texts("m", "m"), Text("p", "p"), check, (), fields=("title",))
'''


def test_the_command_reports_the_death_and_ends_with_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISTINGLINT_TEST_PARENT", "1")
    (tmp_path / "deadly.py").write_text(PLUGIN, encoding="utf-8")
    path = catalog_file(tmp_path, 600)
    path.write_text(path.read_text(encoding="utf-8").replace('444,"', '444,"Deadly '), encoding="utf-8")
    done = run("check", str(path), "--rules-from", str(tmp_path / "deadly.py"), "--format", "jsonl", "--jobs", "2", "--no-progress")
    assert done.returncode == 2, done.stderr
    assert "444" in done.stderr and "Traceback" not in done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 601
    assert [error["id"] for error in rows[-1]["internal_errors"]] == ["444"]


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups")
def test_ctrl_c_stops_at_once_and_leaves_no_process_and_no_file(tmp_path: Path) -> None:
    path = catalog_file(tmp_path, 60_000)
    out = tmp_path / "report.jsonl"
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-m", "listinglint", "check", str(path), "--jobs", "2", "-o", str(out), "--no-progress"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True, env={**os.environ, "TMPDIR": str(temporary)})
    deadline = time.monotonic() + 60
    while not any(temporary.rglob("listings")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.0)
    assert process.poll() is None
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert time.monotonic() - began < 5
    assert process.returncode not in (0, 1) and "Traceback" not in told
    with pytest.raises(ProcessLookupError):
        for _ in range(50):
            os.killpg(process.pid, 0)
            time.sleep(0.1)
    assert not out.exists() and list(tmp_path.glob(".report*")) == [] and list(temporary.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_temporary_folder_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Any, chunks: Any, path: Path) -> None:
        self._chunks, self._path, self._slices = chunks, Path("/dev/full"), []

    monkeypatch.setattr(catalog_module._Spooled, "__init__", full)
    with pytest.raises(EngineError, match="make room"):
        list(check(iter(listings(600)), Settings(select=("titles",))))


def test_few_listings_need_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("listinglint.engine.pool.Pool", None)
    assert len(list(check(listings(40), Settings(select=("titles",)), jobs=8))) == 40


def look(state: str, step: str, task: None) -> tuple[int, int]:
    return lexicon.cache_info().misses, gc.get_freeze_count()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
def test_processes_share_what_their_parent_has_loaded() -> None:
    frozen = gc.get_freeze_count()
    warm()
    loaded = lexicon.cache_info().misses
    assert loaded and shares()
    pool = Pool(2, begin, ("fit",), look)
    try:
        for theirs, kept in pool.map("look", [None] * 4, lambda task: (), lambda step, task: None):
            assert theirs == loaded
            assert kept > 10_000
    finally:
        pool.close()
    assert gc.get_freeze_count() == frozen
