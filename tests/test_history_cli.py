"""`check --record` and `listinglint history`: what is kept, what is drawn where, and what goes wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cli import ROWS, Outcome, plain_environment, run  # noqa: F401
from test_history import SHOP, recorded

from listinglint import __version__
from listinglint.cli.history_text import Picture, shares
from listinglint.history import CatalogIdentity, History
from listinglint.reports.terminal import columns_of


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return export(tmp_path / "shop-2026-11-24.csv")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "h.sqlite3"


def export(path: Path, rows: list[list[str]] = ROWS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def runs_of(path: Path) -> list[Any]:
    return History(path).runs()


# --- recording ---


def test_a_run_is_kept_as_its_summary_says(shop: Path, kept: Path) -> None:
    done = run("check", shop, "-q", "--format", "jsonl", "--stars", "5", "--record-to", kept)
    summary = json.loads(done.out.splitlines()[-1])
    (one,) = runs_of(kept)
    assert (done.code, done.err) == (1, "")
    values = one.to_dict()
    for name in ("listings", "findings", "score", "stars", "by_rule", "by_severity", "suppressed", "baselined", "failed"):
        assert values[name] == summary[name], name
    assert values["sections"] == summary["statistics"]
    assert abs(one.at - datetime.now(UTC)) < timedelta(minutes=1)
    assert (one.marketplace, one.version, one.rule_set) == ("alibaba", __version__, "2026.11")
    assert one.sources == ((str(shop), None),)
    assert one.catalog.name == "shop-{date}.csv"
    assert len(one.by_rule) > 50 and one.by_rule["title-filler"] > 0
    assert not any(text in kept.read_bytes().decode("utf-8", "replace") for text in ("Garden Hose", "A-1"))


def test_language_and_format_leave_no_trace(shop: Path, kept: Path) -> None:
    run("check", shop, "--record-to", kept, "--lang", "zh", "--format", "markdown")
    run("check", shop, "--record-to", kept, "-o", shop.parent / "out.json")
    first, second = (one.to_dict() | {"at": None} for one in runs_of(kept))
    assert first == second


def test_record_keeps_in_the_users_folder(shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert run("history").code == 2
    assert run("check", shop, "--record", "--exit-zero").code == 0
    run("check", export(tmp_path / "shop-2026-11-25.csv"), "--record")
    done = run("history")
    assert done.code == 0 and "shop-{date}.csv · alibaba" in done.out and "2 runs" in done.out
    assert run("history", tmp_path / "shop-2030-01-01.csv").out == done.out


def test_names_of_catalogs(shop: Path, kept: Path, tmp_path: Path) -> None:
    other = export(tmp_path / "other.csv")
    run("check", shop, "--record-to", kept, "--catalog", "garden")
    (tmp_path / "listinglint.toml").write_text('catalog = "garden"\n', encoding="utf-8")
    run("check", other, "--record-to", kept)
    run("check", other, "--record-to", kept, "--catalog", "hoses")
    assert [one.catalog.key for one in runs_of(kept)] == ["garden", "garden", "hoses"]
    assert "2 runs" in run("history", shop, "--from", kept).out
    assert "1 run," in run("history", shop, "--catalog", "hoses", "--from", kept).out
    assert {"garden", "hoses"} <= set(run("history", "--from", kept).out.split())


def test_rules_that_did_not_judge_are_told_apart(shop: Path, kept: Path) -> None:
    run("check", shop, "--record-to", kept, "--select", "keywords")
    run("check", shop, "--record-to", kept, "--select", "title-filler,banned-words,contact-data")
    text = run("history", "--from", kept).out
    assert re.search(r"Did not judge before: contact-data \d", text)
    assert re.search(r"No longer judging: .*[a-z]-[a-z]+ \d", text)
    assert "Rules that moved most" not in text


def test_a_history_that_cannot_be_written_costs_a_warning(shop: Path, kept: Path) -> None:
    kept.write_text("id,title\n" * 500, encoding="utf-8")
    for arguments, code in (((), 1), (("--fail-on", "never"), 2), (("--exit-zero",), 2)):
        done = run("check", shop, "-q", "--format", "jsonl", "--record-to", kept, *arguments)
        assert json.loads(done.out.splitlines()[-1])["listings"] == 2
        assert "warning: this run is not recorded" in done.err and "is no history" in done.err
        assert done.code == code
    assert "本次运行未能记录" in run("check", shop, "-q", "--record-to", kept, "--lang", "zh").err
    assert kept.read_text(encoding="utf-8") == "id,title\n" * 500


def test_a_part_of_a_catalog_is_not_recorded(shop: Path, kept: Path) -> None:
    done = run("check", shop, "--record-to", kept, "--changed-since", "HEAD")
    assert done.code == 2 and "the history keeps whole runs" in done.err and not kept.exists()


def test_a_folder_that_is_not_there_is_said_before_the_run(shop: Path, tmp_path: Path) -> None:
    done = run("check", shop, "--record-to", tmp_path / "none" / "h.sqlite3")
    assert done.code == 2 and done.out == "" and "there is no folder" in done.err


@pytest.mark.slow
def test_a_run_that_fails_or_is_killed_records_nothing(kept: Path, tmp_path: Path) -> None:
    assert run("check", tmp_path / "none.csv", "--record-to", kept).code == 2
    assert not kept.exists()
    run("check", export(tmp_path / "small.csv"), "--record-to", kept)
    big = export(tmp_path / "big.csv", [ROWS[0], *([f"B-{at}", f"Very Pretty New Garden Hose {at}", *ROWS[1][2:]] for at in range(3_000))])
    for number in (signal.SIGKILL, signal.SIGINT):
        command = [sys.executable, "-m", "listinglint", "check", str(big), "-q", "-j", "1", "--format", "jsonl", "--record-to", str(kept)]
        started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
        # The report is more than the pipe holds, so that the run stands still in the middle.
        assert started.stdout is not None and started.stdout.readline().startswith(b'{"type":"listing"')
        os.killpg(started.pid, number)
        started.stdout.close()
        assert started.wait(timeout=30) != 0
    assert len(runs_of(kept)) == 1
    assert run("history", "--from", kept).code == 0


@pytest.mark.slow
def test_checks_that_end_at_once_are_all_kept(shop: Path, kept: Path) -> None:
    command = [sys.executable, "-m", "listinglint", "check", str(shop), "-q", "-j", "1", "--record-to", str(kept)]
    started = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(4)]
    assert [one.communicate(timeout=100)[1] for one in started] == [b""] * 4
    assert len(runs_of(kept)) == 4


# --- showing ---


@pytest.fixture
def month(kept: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run a day over thirty days, the last two of one day, and one run of another catalog and one for another marketplace."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    history = History(kept)
    for day in range(30):
        stars = {1: 30 - day, 2: 20, 3: 40, 4: 30 + day // 2, 5: day - day // 2}
        history.add(
            recorded(
                datetime(2026, 11, 1, 20, tzinfo=UTC) + timedelta(days=day if day < 29 else 28, hours=day - 28 if day > 28 else 0), 50.0 + day, listings=120,
                stars=stars, findings=300 - day, by_rule={"split-phrase": 200 - 2 * day, "title-filler": 100 + day, "title-case": 0},
                sections={"titles": 60.0 + day, "facts": 70.0}, failed=day < 20,
            )
        )  # fmt: skip
    history.add(recorded(datetime(2026, 10, 1, tzinfo=UTC), 33.3, marketplace="amazon"))
    history.add(recorded(datetime(2026, 10, 2, tzinfo=UTC), 44.4, CatalogIdentity("shoes", "女鞋"), listings=0, stars={}, by_rule={}, findings=0))
    return kept


@pytest.fixture(autouse=True)
def clock() -> Any:
    yield
    os.environ.pop("TZ", None)
    time.tzset()


def shown(*arguments: object) -> Outcome:
    return run("history", *arguments, "--catalog", SHOP.key)


def test_the_trend(month: Path) -> None:
    lines = shown("--from", month, "-m", "alibaba").out.splitlines()
    assert lines[0] == "products.csv · alibaba"
    assert lines[1] == "30 runs, 2026-11-02 – 2026-11-30"
    assert "… and 10 earlier (--last 30 shows all)" in lines[3]
    bars = [line for line in lines if re.match(r"  2026-11-\d\d \d\d:\d\d", line)]
    assert len(bars) == 20
    # 20:00 UTC is four in the morning of the next day in Shanghai.
    assert bars[0].startswith("  2026-11-12 04:00       120   60.0  +1.0  ✖  ")
    assert bars[-1].startswith("  2026-11-30 05:00       120   79.0  +1.0     ")
    assert bars[-1].split("     ")[-1] == "█" * 6 + "▓" * 18 + "▒" * 17 + "░" * 8 + "·"
    text = "\n".join(lines)
    assert "Since 2026-11-30 04:00" in text
    assert re.search(r"★★★★★  15   12%  +\+1  █+\n", text) and re.search(r"★☆☆☆☆   1    1%  +−1", text)
    assert re.search(r"score +78\.0 → 79\.0  \+1\.0", text) and re.search(r"titles +88\.0 → 89\.0  \+1\.0", text) and "facts" not in text
    assert re.search(r"Rules that moved most\n  split-phrase +144 → 142  −2\n  title-filler +128 → 129  \+1$", text)


def test_marketplaces_are_kept_apart(month: Path) -> None:
    text = shown("--from", month).out
    assert text.index("products.csv · alibaba") < text.index("products.csv · amazon")
    assert "The next run will show what moved." in text
    assert "amazon" not in shown("--from", month, "-m", "alibaba").out
    nothing = shown("--from", month, "-m", "etsy")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "no recorded run fits these options\n")


def test_periods_and_limits(month: Path) -> None:
    def rows(*arguments: object) -> list[str]:
        return re.findall(r"^  (20\d\d-\S+(?: \d\d:\d\d)?)  ", shown("--from", month, "-m", "alibaba", *arguments).out, re.MULTILINE)

    assert rows("--by", "day", "--last", "2") == ["2026-11-29", "2026-11-30"]
    assert rows("--by", "week") == ["2026-W45", "2026-W46", "2026-W47", "2026-W48", "2026-W49"]
    assert rows("--by", "month") == ["2026-11"]
    assert len(rows("--last", "99")) == 30
    assert rows("--since", "2026-11-30") == ["2026-11-30 04:00", "2026-11-30 05:00"]
    assert "more than" not in shown("--from", month, "--last", "1").out


def test_overview(month: Path) -> None:
    lines = run("history", "--from", month).out.splitlines()
    assert lines[0] == "2 catalogs; name one to see its trend"
    assert re.search(r"products\.csv · alibaba +2026-11-30 +120 +79\.0  \+1\.0  [▁-█]{24}$", lines[3])
    assert re.search(r"products\.csv · amazon +2026-10-01 +10 +33\.3$", lines[4])
    assert re.search(r"女鞋 · alibaba +2026-10-02 +0 +44\.4$", lines[5])
    assert "指定其中一个" in run("history", "--from", month, "--lang", "zh").out


def test_chinese(month: Path) -> None:
    text = shown("--from", month, "--lang", "zh").out
    for words in ("30 次运行", "检查未通过", "与 2026-11-30 04:00 相比", "变化最大的规则", "总分", "标题"):
        assert words in text
    assert not re.search(r"\b(runs|score|listings|Since|stars)\b", text)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [40, 50, 63, 64, 80, 120])
def test_no_line_is_wider_than_the_terminal(month: Path, monkeypatch: pytest.MonkeyPatch, width: int, lang: str) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = (shown("--from", month, "--lang", lang).out + run("history", "--from", month, "--lang", lang).out).splitlines()
    assert [line for line in lines if columns_of(line) > width] == []
    assert any("█▓" in line for line in lines)


def on_terminal(path: Path, **environment: str) -> str:
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "listinglint", "history", "--from", str(path), "--catalog", SHOP.key]
    started = subprocess.Popen(command, stdout=terminal, stderr=subprocess.DEVNULL, env={**os.environ, "TERM": "xterm", "COLUMNS": "80", **environment})
    os.close(terminal)
    out = b""
    try:
        while chunk := os.read(controller, 65536):
            out += chunk
    except OSError:
        pass
    finally:
        os.close(controller)
    assert started.wait(timeout=30) == 0
    return out.decode()


def test_colours_on_a_terminal_unless_they_are_not_wanted(month: Path) -> None:
    assert "\x1b[32m█" in on_terminal(month)
    plain = on_terminal(month, NO_COLOR="1")
    assert "\x1b" not in plain and "█▓" in plain.replace("█", "█")


def test_a_terminal_without_these_characters_gets_others(month: Path) -> None:
    text = on_terminal(month, PYTHONIOENCODING="ascii", NO_COLOR="1")
    assert text.isascii() and "\\" not in text
    assert re.search(r"2026-11-30 05:00 +120 +79\.0 +\+1\.0 +5+4+3+2+1\r\n", text)
    assert "*****" in text and "->" in text


def test_names_steer_no_terminal(kept: Path) -> None:
    History(kept).add(recorded(catalog=CatalogIdentity("k", "a\x1b[2Jb"), by_rule={"r\x1b[31m": 1}))
    History(kept).add(recorded(catalog=CatalogIdentity("k", "a\x1b[2Jb"), by_rule={"r\x1b[31m": 2, "n\x07": 1}))
    assert "\x1b" not in run("history", "--from", kept).out and "\x07" not in run("history", "--from", kept).out


def test_json_and_csv(month: Path) -> None:
    document = json.loads(run("history", "--from", month, "--format", "json").out)
    assert [(one["key"], len(one["runs"])) for one in document["catalogs"]] == [(SHOP.key, 31), ("shoes", 1)]
    assert document["catalogs"][0]["runs"][-1]["at"] == "2026-11-29T21:00:00.000000Z"
    rows = list(csv.DictReader(io.StringIO(run("history", "--from", month, "--format", "csv").out)))
    assert len(rows) == 32
    assert [row["score"] for row in rows[-3:]] == ["78.0", "79.0", "44.4"]
    assert (rows[-2]["stars_5"], rows[-2]["split-phrase"], rows[-2]["failed"], rows[-2]["titles"], rows[-2]["images"]) == ("15", "142", "false", "89.0", "")
    assert rows[-1]["split-phrase"] == ""
    few = json.loads(run("history", "--from", month, "--format", "json", "--last", "2", "--by", "day", "--catalog", SHOP.key).out)
    assert [run["score"] for run in few["catalogs"][0]["runs"]] == [77.0, 79.0]


def test_what_is_not_recorded(month: Path, kept: Path, tmp_path: Path) -> None:
    done = run("history", "product.csv", "--from", month)
    assert (done.code, done.out) == (2, "") and "no run of 'product.csv'" in done.err and "recorded are products.csv" in done.err
    done = run("history", "--from", tmp_path / "none.sqlite3")
    assert done.code == 2 and "no run is recorded" in done.err and not (tmp_path / "none.sqlite3").exists()
    broken = tmp_path / "broken"
    broken.write_text("nothing" * 100, encoding="utf-8")
    done = run("history", "--from", broken, "--lang", "zh")
    assert done.code == 2 and "不是 listinglint 的历史文件" in done.err and done.out == ""
    assert run("history", "--from", month, "--since", "yesterday").code == 2


@given(st.lists(st.integers(0, 10**7), min_size=5, max_size=5), st.integers(8, 50))
def test_shares_fill_the_bar(counts: list[int], width: int) -> None:
    parts = shares(counts, width)
    assert sum(parts) == (width if any(counts) else 0)
    for count, part in zip(counts, parts, strict=True):
        assert (part > 0) == (count > 0)
        assert not count or abs(part - count / sum(counts) * width) <= 4


def test_glyphs_follow_the_encoding() -> None:
    assert Picture("en", 80, encoding="utf-8").glyphs.full == "★"
    for encoding in ("ascii", "latin-1", "cp1252", "no-such-encoding", None):
        glyphs = Picture("en", 80, encoding=encoding).glyphs
        assert all(getattr(glyphs, name).isascii() for name in glyphs.__slots__)
