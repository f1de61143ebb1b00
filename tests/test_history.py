"""The history: which catalog a run is of, the file that keeps runs, many writers at once, and what moved."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listinglint.history import (
    CatalogIdentity,
    History,
    HistoryError,
    RecordedRun,
    changes,
    default_path,
    document,
    identify,
    latest_of_each,
)
from listinglint.history.identity import without_dates
from listinglint.history.store import _MIGRATIONS
from listinglint.model import CatalogSummary

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SHOP = CatalogIdentity("/shop/products.csv", "products.csv")


def recorded(at: datetime = NOON, score: float = 70.0, catalog: CatalogIdentity = SHOP, **other: Any) -> RecordedRun:
    values: dict[str, Any] = {
        "marketplace": "alibaba", "version": "0.1.0", "listings": 10, "findings": 12, "stars": {1: 1, 2: 2, 3: 3, 4: 3, 5: 1},
        "by_rule": {"split-phrase": 12, "title-filler": 0}, "by_severity": {"warning": 12},
    } | other  # fmt: skip
    return RecordedRun(at=at, catalog=catalog, score=score, **values)


# --- which catalog ---


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("products-2026-11-25.csv", "products-{date}.csv"),
        ("products_20261125.csv", "products_{date}.csv"),
        ("products 25.11.2026 (3).xlsx", "products {date}.xlsx"),
        ("products 11-25-2026.xlsx", "products {date}.xlsx"),
        ("products-2026-11-25_10-30-05.csv.gz", "products-{date}.csv.gz"),
        ("products-20261125T103000Z.csv", "products-{date}.csv"),
        ("export_1764073200.csv", "export_{date}.csv"),
        ("目录2026年11月25日.xlsx", "目录{date}.xlsx"),
        ("stock-2026-11.csv", "stock-{date}.csv"),
        ("stock-2026-W48.csv", "stock-{date}.csv"),
        ("price list 25 Nov 2026.csv", "price list {date}.csv"),
        ("products (2).csv", "products.csv"),
        ("2026-11-25", "{date}"),
        ("products.csv", "products.csv"),
        ("sku-12345678.csv", "sku-12345678.csv"),
        ("sku-20269925.csv", "sku-20269925.csv"),
        ("spring-2026.csv", "spring-2026.csv"),
        ("marble 2026.csv", "marble 2026.csv"),
        ("tables-120-80.csv", "tables-120-80.csv"),
        ("(1)", "(1)"),
        ("v1.2", "v1.2"),
    ],
)
def test_dates_in_names(name: str, shown: str) -> None:
    assert without_dates(name) == shown
    assert without_dates(shown) == shown


@given(st.text(st.characters(exclude_characters="/\0"), min_size=1))
def test_any_name_has_one_form(name: str) -> None:
    once = without_dates(name)
    assert once and without_dates(once) == once


def test_the_export_of_another_day_is_the_same_catalog(tmp_path: Path) -> None:
    assert identify([str(tmp_path / "p-2026-11-24.csv")]) == identify([str(tmp_path / "p-2026-11-25.csv")])
    assert identify([str(tmp_path / "2026-11-24" / "p.csv")]) == identify([str(tmp_path / "2026-11-25" / "p.csv")])
    assert identify([str(tmp_path / "p.csv")]) != identify([str(tmp_path / "q.csv")])
    assert identify([str(tmp_path / "p.csv")]) != identify([str(tmp_path / "p.csv")], sheet="Sheet2")
    assert identify([str(tmp_path / "p.csv"), str(tmp_path / "q.csv")]) == identify([str(tmp_path / "q.csv"), str(tmp_path / "p.csv")])
    assert identify(["x.csv"], name="shop") == identify(["y.csv"], name="shop") == CatalogIdentity("shop", "shop")
    # A pattern over the exports of all days is another catalog than one day's.
    assert identify([str(tmp_path / "p-*.csv")]) != identify([str(tmp_path / "p-2026-11-24.csv")])


def test_a_catalog_is_known_however_its_path_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "link").symlink_to("feeds")
    monkeypatch.chdir(tmp_path)
    wanted = identify([str(tmp_path / "feeds" / "p.csv")])
    assert {identify([path]) for path in ("feeds/p.csv", "./feeds/../feeds/p.csv", "link/p.csv")} == {wanted}
    monkeypatch.chdir(tmp_path / "feeds")
    assert identify(["p.csv"]) == identify(["-"], stdin_filename="p.csv") == wanted
    assert identify(["."]).key == identify([str(tmp_path / "feeds")]).key == (tmp_path / "feeds").resolve().as_posix()


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("git@code.example.com:acme/shop.git", "code.example.com/acme/shop"),
        ("https://seller:secret@code.example.com/acme/shop.git", "code.example.com/acme/shop"),
        ("ssh://git@code.example.com:2222/acme/shop/", "code.example.com/acme/shop"),
        ("/srv/git/shop.git", "/srv/git/shop"),
    ],
)
def test_clones_of_a_repository_are_one_catalog(tmp_path: Path, url: str, key: str) -> None:
    for name in ("one", "two"):
        subprocess.run(["git", "init", "-q", str(tmp_path / name)], check=True)
        (tmp_path / name / "data").mkdir()
        subprocess.run(["git", "-C", str(tmp_path / name), "remote", "add", "origin", url], check=True)
    found = {identify([str(tmp_path / name / "data" / "p-2026-11-25.csv")]) for name in ("one", "two")}
    assert found == {CatalogIdentity(f"{key}/data/p-{{date}}.csv", "data/p-{date}.csv")}
    assert identify([str(tmp_path / "one")]).key == key


def test_a_repository_without_an_address_is_known_by_its_place(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path / "one")], check=True)
    assert identify([str(tmp_path / "one" / "p.csv")]) == CatalogIdentity(f"{(tmp_path / 'one').resolve().as_posix()}/p.csv", "p.csv")


# --- the file ---


def test_what_was_added_comes_back(tmp_path: Path) -> None:
    history = History(tmp_path / "h.sqlite3")
    assert history.runs() == [] and history.catalogs() == [] and not history.path.exists()
    first = recorded(sections={"titles": 81.5}, sources=(("a.csv", None), ("b.xlsx", "表1")), rule_set="2026.11", failed=True, internal_errors=1, suppressed=2, baselined=3)
    later = recorded(NOON + timedelta(days=1), 80.0, CatalogIdentity("/shop/products.csv", "products"), marketplace="amazon")
    other = recorded(NOON + timedelta(hours=1), 50.0, CatalogIdentity("其他", "其他"))
    for run in (later, first, other):
        history.add(run)
    assert history.runs(SHOP.key) == [first, later]
    assert history.runs() == [first, other, later]
    assert history.runs(last=2) == [other, later]
    assert history.runs(SHOP.key, marketplace="amazon") == history.runs(SHOP.key, since=NOON + timedelta(minutes=1)) == [later]
    assert history.runs("nothing") == []
    assert [(one.identity, one.runs, one.first, one.last) for one in history.catalogs()] == [
        (CatalogIdentity(SHOP.key, "products"), 2, first.at, later.at),
        (CatalogIdentity("其他", "其他"), 1, other.at, other.at),
    ]


def test_times_are_kept_in_utc(tmp_path: Path) -> None:
    history = History(tmp_path / "h.sqlite3")
    summary = CatalogSummary(3, 1, {"split-phrase": 1}, {"error": 1}, {5: 3}, 91.0, statistics={"titles": 90.0}, failed=True)
    there = datetime(2026, 11, 26, 2, 0, tzinfo=timezone(timedelta(hours=8)))
    history.add(RecordedRun.of(summary, SHOP, at=there, marketplace="alibaba", version="1", rules=("split-phrase", "title-case")))
    (run,) = history.runs()
    assert run.at == there and run.to_dict()["at"] == "2026-11-25T18:00:00.000000Z"
    assert run.by_rule == {"split-phrase": 1, "title-case": 0}
    assert run.to_dict()["by_rule"] == {"split-phrase": 1} and run.to_dict()["rules"] == 2
    assert run.stars == {1: 0, 2: 0, 3: 0, 4: 0, 5: 3} and run.failed


def test_document(tmp_path: Path) -> None:
    history = History(tmp_path / "h.sqlite3")
    assert document(history) == {"catalogs": []}
    for hours in range(5):
        history.add(recorded(NOON + timedelta(hours=hours), 60.0 + hours))
    history.add(recorded(NOON, catalog=CatalogIdentity("b", "b")))
    whole = document(history)
    assert [(one["key"], one["name"], len(one["runs"])) for one in whole["catalogs"]] == [(SHOP.key, SHOP.name, 5), ("b", "b", 1)]
    assert [run["score"] for run in document(history, SHOP.key, last=2)["catalogs"][0]["runs"]] == [63.0, 64.0]
    assert {"at", "listings", "score", "stars", "findings", "by_rule", "marketplace"} <= set(whole["catalogs"][0]["runs"][0])
    assert json.loads(json.dumps(whole)) == whole
    assert document(history, marketplace="etsy") == {"catalogs": []}


def test_the_default_file_lies_in_the_users_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert tmp_path in default_path().parents
    History().add(recorded())
    assert [path.name for path in default_path().parent.iterdir()] == ["history.sqlite3"]
    assert default_path().parent.stat().st_mode & 0o077 == 0


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (a)")
    connection.close()


def newer(path: Path) -> None:
    History(path).add(recorded())
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def damaged(path: Path) -> None:
    for hours in range(300):
        History(path).add(recorded(NOON + timedelta(hours=hours)))
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)


def truncated(path: Path) -> None:
    for hours in range(60):
        History(path).add(recorded(NOON + timedelta(hours=hours)))
    path.write_bytes(path.read_bytes()[:5000])


def wrong_values(path: Path) -> None:
    History(path).add(recorded())
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE runs SET stars = 'none'")
    connection.close()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_text("id,title\n" * 100), "no history"),
        (foreign, "no history"),
        (newer, "newer version"),
        (damaged, "damaged"),
        (truncated, "damaged"),
        (wrong_values, "damaged"),
        (lambda path: path.mkdir(), "cannot be"),
    ],
)
def test_a_file_that_cannot_be_used_is_left_as_it_is(tmp_path: Path, make: Any, said: str) -> None:
    path = tmp_path / "h.sqlite3"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(HistoryError, match=said) as raised:
        History(path).runs()
    assert str(path) in raised.value.message.zh
    if make is not wrong_values:
        with pytest.raises(HistoryError, match=said):
            History(path).add(recorded(NOON))
    if before is not None and make is not wrong_values:
        assert path.read_bytes() == before


def test_a_file_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    path = tmp_path / "h.sqlite3"
    History(path).add(recorded())
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        assert len(History(path).runs()) == 1
        if os.geteuid():
            with pytest.raises(HistoryError, match="cannot be written"):
                History(path).add(recorded())
    finally:
        tmp_path.chmod(0o755)


def test_an_older_file_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "h.sqlite3"
    path.touch()
    History(path).add(recorded())
    monkeypatch.setattr("listinglint.history.store._MIGRATIONS", (*_MIGRATIONS, "CREATE TABLE more (a);", "ALTER TABLE more ADD COLUMN b; INSERT INTO more VALUES (1, 2);"))
    assert len(History(path).runs()) == 1
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(_MIGRATIONS) + 2,)
        assert connection.execute("SELECT a, b FROM more").fetchall() == [(1, 2)]
    connection.close()
    monkeypatch.setattr("listinglint.history.store._MIGRATIONS", (*_MIGRATIONS, "CREATE TABLE more (a);", "ALTER TABLE more ADD COLUMN b; INSERT INTO more VALUES (1, 2);", "CREATE TABLE last (a); CREATE TABLE runs (a);"))
    with pytest.raises(HistoryError):
        History(path).runs()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(_MIGRATIONS) + 2,)
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'last'").fetchone()
    connection.close()


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path) -> None:
    path = tmp_path / "h.sqlite3"
    History(path).add(recorded())
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    with pytest.raises(HistoryError, match="in use by another program"):
        History(path, patience=0.1).add(recorded())
    connection.execute("ROLLBACK")
    connection.close()
    History(path, patience=0.1).add(recorded())
    assert len(History(path).runs()) == 2


WRITER = """
import sys
from datetime import UTC, datetime
from listinglint.history import CatalogIdentity, History, RecordedRun
history, name = History(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
at = 0
while at < int(sys.argv[3]):
    rules = {f"rule-{n}": at for n in range(300)}
    history.add(RecordedRun(datetime.now(UTC), CatalogIdentity(name, name), "alibaba", "1", at, at, 50.0, {3: at}, rules, {}))
    print(at, flush=True)
    at += 1
"""


def writers(path: Path, count: int, runs: int) -> list[subprocess.Popen[str]]:
    """Processes that have all loaded the program and then begin to write at once."""
    command = [sys.executable, "-c", WRITER, str(path)]
    started = [subprocess.Popen([*command, f"w{n}", str(runs)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for n in range(count)]
    for one in started:
        assert one.stdout is not None and one.stdout.readline() == "ready\n"
    for one in started:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    return started


def test_many_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "h.sqlite3"
    started = writers(path, 8, 10)
    for one in started:
        one.communicate(timeout=100)
    assert [one.returncode for one in started] == [0] * 8
    kept = {(run.catalog.key, run.listings) for run in History(path).runs()}
    assert kept == {(f"w{n}", at) for n in range(8) for at in range(10)}
    assert [one.name for one in tmp_path.iterdir()] == ["h.sqlite3"]


@pytest.mark.parametrize("after", [0.05, 0.2, 0.5])
def test_killed_writers_leave_whole_runs_only(tmp_path: Path, after: float) -> None:
    path = tmp_path / "h.sqlite3"
    started = writers(path, 3, 100_000)
    time.sleep(after)
    for one in started:
        one.send_signal(signal.SIGKILL)
    told = {(f"w{n}", int(line)) for n, one in enumerate(started) for line in one.communicate(timeout=20)[0].splitlines()}
    runs = History(path).runs()
    kept = {(run.catalog.key, run.listings) for run in runs}
    assert told <= kept and len(kept - told) <= 3
    assert all(len(run.by_rule) == 300 and set(run.by_rule.values()) == {run.listings} for run in runs)
    History(path).add(recorded())
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


# --- what moved ---


def test_one_run_a_period() -> None:
    at = [NOON, NOON + timedelta(hours=5), NOON + timedelta(hours=14), NOON + timedelta(days=5), NOON + timedelta(days=40)]
    runs = [recorded(when, float(n)) for n, when in enumerate(at)]

    def scores(period: str, hours: int = 0) -> list[float]:
        return [run.score for run in latest_of_each(runs, period, timezone(timedelta(hours=hours)))]

    assert scores("run") == [0, 1, 2, 3, 4]
    assert scores("day") == [1, 2, 3, 4]
    assert scores("day", 8) == [0, 2, 3, 4]
    assert scores("week") == [2, 3, 4]
    assert scores("month") == [3, 4]


def test_changes() -> None:
    before = recorded(score=70.0, by_rule={"a": 5, "b": 0, "c": 7, "d": 9, "e": 2}, sections={"titles": 80.0, "facts": 50.0})
    after = recorded(score=71.25, listings=12, findings=30, by_rule={"a": 1, "b": 20, "c": 7, "f": 2, "g": 0}, stars={5: 12}, sections={"titles": 81.5, "images": 3.0})
    moved = changes(before, after)
    assert (moved.score, moved.listings, moved.findings) == (1.2, 2, 18)
    assert [(one.rule, one.by) for one in moved.rules] == [("b", 20), ("a", -4)]
    assert [(one.rule, one.by) for one in moved.begun] == [("f", 2)]
    assert [(one.rule, one.by) for one in moved.ended] == [("d", -9), ("e", -2)]
    assert moved.stars == {1: -1, 2: -2, 3: -3, 4: -3, 5: 11}
    assert moved.sections == {"titles": 1.5}
    assert not changes(before, before).rules
