"""The command line: what it prints where, exit codes, gates, mistakes; some of it as a process."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import pty
import signal
import stat
import subprocess
import sys
import time
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

import listinglint
from listinglint.cli import COMMANDS, cli, failures

ROWS = [
    ["id", "title", "keywords", "description"],
    ["A-1", "Very Pretty New Garden Hose", "hose, pipe, garden", "Mail hose@garden-example.com"],
    ["A-2", "Expandable Garden Hose 15 m with Brass Fittings", "garden hose, expandable hose, water hose", "Expandable Garden Hose. " + "A hose of latex in a polyester sleeve with brass fittings for the garden tap at home. " * 4],
]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(ROWS)
    return path


class Outcome:
    """What a run left: exit code, standard output, standard error."""

    def __init__(self, result: Result, code: int) -> None:
        self.code, self.out, self.err = code, result.stdout, result.stderr


def run(*arguments: object, stdin: str | None = None) -> Outcome:
    codes: list[int] = []

    class Whole:
        """Runs as the program does, errors included."""

        name = "listinglint"

        def main(self, args: Any = None, prog_name: Any = None, **extra: Any) -> None:
            codes.append(failures.run(cli, args))

    result = CliRunner().invoke(Whole(), [str(one) for one in arguments], input=stdin, catch_exceptions=False)  # type: ignore[arg-type]
    return Outcome(result, codes[0])


def process(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "listinglint", *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", timeout=60, **options)


def test_version_as_a_process_imports_little() -> None:
    code = "import sys; sys.argv = ['listinglint', '--version']\nfrom listinglint.cli import main\ntry: main()\nexcept SystemExit as left: assert left.code == 0\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    first, modules = done.stdout.split("\n", 1)
    assert first == f"listinglint {listinglint.__version__}"
    assert not {"pandas", "pyarrow", "inflect", "openpyxl", "listinglint.engine", "listinglint.catalogs"} & set(modules.split())


def test_help_lists_the_commands() -> None:
    text = run("--help").out
    assert all(name in text for name in ("check", "rules", "explain", "marketplaces", "parse", "init", "schema"))
    assert set(COMMANDS) >= {"check", "suggest"}


def test_check_as_a_process(shop: Path) -> None:
    done = process("check", shop, "--format", "jsonl", "--quiet")
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    schema = json.loads(resources.files("listinglint.schema").joinpath("report-1.json").read_text(encoding="utf-8"))
    for line in lines:
        jsonschema.validate(line, schema)
    assert [line.get("id") for line in lines] == ["A-1", "A-2", None]
    assert lines[-1]["failed"] is True
    assert lines[-1]["findings"] == sum(len(line["findings"]) for line in lines[:-1])
    assert set(lines[-1]["statistics"]) == {"titles", "keywords", "descriptions"}
    assert done.stderr == ""


def test_mapping_goes_to_standard_error(shop: Path) -> None:
    done = run("check", shop)
    assert "title" in done.err and "shop.csv" in done.err
    assert "★" in done.out and "★" not in done.err
    assert run("check", shop, "--quiet").err == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--fail-on", "never"), 0),
        (("--exit-zero",), 0),
        (("--select", "title-filler"), 1),
        (("--select", "title-filler", "--fail-on", "error"), 0),
        (("--select", "title-filler", "--severity", "title-filler=error", "--fail-on", "error"), 1),
        (("--select", "title-filler", "--max-failing", "50%"), 0),
        (("--select", "title-filler", "--max-failing", "49%"), 1),
        (("--fail-on", "never", "--min-stars", "5"), 1),
        (("--fail-on", "never", "--min-score", "99"), 1),
        (("--fail-on", "never", "--min-catalog-score", "99"), 1),
        (("--fail-on", "never", "--min-catalog-score", "1", "--min-stars", "1"), 0),
        (("--fail-on", "never", "--max-findings", "1"), 1),
        (("--select", "title-filler", "--fail-on", "never", "--max-findings", "1"), 0),
        (("--select", "title-filler", "--ignore", "title-filler"), 1),
        (("--ignore", "ALL"), 0),
    ],
)
def test_gates(shop: Path, arguments: tuple[str, ...], code: int) -> None:
    if arguments[-1:] == ("title-filler",) and "--ignore" in arguments:
        # One rule both selected and ignored: the later word wins, so nothing is left to fail by.
        code = 0
    assert run("check", shop, "-q", *arguments).code == code


def test_stars_choose_what_is_shown_not_what_is_judged(shop: Path) -> None:
    every = [json.loads(line) for line in run("check", shop, "-q", "--format", "jsonl").out.splitlines()]
    best = max(line["stars"] for line in every[:-1])
    some = [json.loads(line) for line in run("check", shop, "-q", "--format", "jsonl", "--stars", f"{best}-5").out.splitlines()]
    assert 1 <= len(some) - 1 < len(every) - 1
    assert some[-1] == every[-1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check",), "name a file"),
        (("check", "none.csv"), "error: none.csv: there is no such file"),
        (("check", "SHOP", "--stars", "3-1"), "'3-1' was given"),
        (("check", "SHOP", "--stars", "-"), "was given"),
        (("check", "SHOP", "--select", "titel-filler"), "did you mean 'title-filler'"),
        (("check", "SHOP", "--marketplace", "alibab"), "did you mean 'alibaba'"),
        (("check", "SHOP", "--columns", "title"), "NAME=VALUE"),
        (("check", "SHOP", "--columns", "title=Nowhere"), "there is no column 'Nowhere'"),
        (("check", "SHOP", "--columns", "titel=title"), "titel"),
        (("check", "SHOP", "--severity", "title-filler=bad"), "one of error, warning, info"),
        (("check", "SHOP", "--date", "now"), "a date such as"),
        (("check", "SHOP", "--max-failing", "101"), "percentage"),
        (("check", "SHOP", "--suppressions", "none.csv"), "error: none.csv"),
        (("check", "SHOP", "--config", "none.toml"), "error: none.toml: cannot be read"),
        (("check", "SHOP", "--rules-from", "no_such_module"), "'no_such_module' cannot be loaded"),
        (("check", "SHOP", "-o", "no/such/folder/out.csv"), "cannot be written"),
        (("explain", "titel-filler"), "did you mean 'title-filler'"),
        (("marketplaces", "nowhere"), "unknown marketplace"),
        (("parse",), "give a title"),
        (("chek",), "did you mean 'check'"),
    ],
)
def test_mistakes_exit_2_with_one_message(shop: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(*(shop if one == "SHOP" else one for one in arguments))
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


def test_chinese(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "未通过" in run("check", shop, "--lang", "zh").out
    assert run("check", "none.csv", "--lang", "zh").err.startswith("错误：")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "未通过" in run("check", shop).out
    assert "文件不存在" in run("check", "none.csv").err
    assert "Failed" in run("check", shop, "--lang", "en").out


def test_configuration_is_added_to(shop: Path) -> None:
    (shop.parent / "listinglint.toml").write_text('select = ["title-filler"]\nlang = "zh"\nfail-on = "error"\n[seller]\nbanned-words = ["hose"]\n', encoding="utf-8")
    done = run("check", shop, "-q", "--format", "jsonl")
    assert json.loads(done.out.splitlines()[-1])["by_rule"] == {"title-filler": 1}
    assert done.code == 0
    done = run("check", shop, "-q", "--format", "jsonl", "--extend-select", "banned-words", "--fail-on", "warning")
    assert set(json.loads(done.out.splitlines()[-1])["by_rule"]) == {"title-filler", "banned-words"}
    assert done.code == 1
    (shop.parent / "listinglint.toml").write_text("selct = []", encoding="utf-8")
    assert "did you mean 'select'" in run("check", shop).err


def test_columns_with_commas(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text('Nr,"Name, long"\n1,Very Pretty Hose\n', encoding="utf-8")
    done = run("check", path, "-q", "--format", "jsonl", "--columns", 'title="Name, long",id=Nr')
    assert json.loads(done.out.splitlines()[0])["title"] == "Very Pretty Hose"
    assert json.loads(done.out.splitlines()[0])["id"] == "1"


def test_output_appears_whole_or_not_at_all(shop: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.csv"
    out.write_text("old")
    assert run("check", shop, tmp_path / "none.csv", "-o", out).code == 2
    assert out.read_text() == "old"
    done = run("check", shop, "-o", out)
    assert (done.code, done.out) == (1, "")
    assert out.read_bytes().startswith(b"\xef\xbb\xbfsource,sheet,record")
    assert {path.name for path in tmp_path.iterdir()} == {"shop.csv", "report.csv"}


def test_several_reports_of_one_run(shop: Path, tmp_path: Path) -> None:
    names = ("a.jsonl", "b.sarif", "c.html", "d.xlsx", "gl-code-quality.json", "e.csv", "f.txt")
    reports = [part for name in names for part in ("--report", tmp_path / name)]
    done = run("check", shop, "-q", *reports)
    assert (done.code, done.out) == (1, run("check", shop, "-q").out)
    for name in names:
        alone = tmp_path / f"alone-{name}" if not name.startswith("gl-") else tmp_path / "gl-code-quality-alone.json"
        run("check", shop, "-q", "-o", alone)
        if name not in ("d.xlsx", "c.html"):
            assert (tmp_path / name).read_bytes() == alone.read_bytes(), name
        assert (tmp_path / name).stat().st_size > 300
    first = run("check", shop, "-q", "-o", tmp_path / "x.jsonl", "--report", tmp_path / "y.md", "--stars", "5")
    assert (first.code, first.out) == (1, "") and (tmp_path / "y.md").exists()
    assert len((tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()) < 3


def test_reports_that_cannot_be_written(shop: Path, tmp_path: Path) -> None:
    def left() -> set[str]:
        return {path.name for path in tmp_path.iterdir()}

    for arguments, said in (
        (("--report", tmp_path / "a.html", "--report", tmp_path / "a.html"), "is named for two reports"),
        (("-o", tmp_path / "a.html", "--report", tmp_path / "." / "a.html"), "is named for two reports"),
        (("--report", shop), "is the catalog itself"),
        (("--report", tmp_path / "a.html", "--report", tmp_path / "none" / "b.html"), "cannot be written"),
        (("--report", tmp_path / "a.html", "--report", tmp_path), "is a directory"),
    ):
        done = run("check", shop, *arguments)
        assert (done.code, done.out) == (2, "") and said in done.err
    assert run("check", shop, tmp_path / "none.csv", "--report", tmp_path / "a.html").code == 2
    assert left() == {"shop.csv"}


def test_output_to_links_pipes_and_devices(shop: Path, tmp_path: Path) -> None:
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    link.symlink_to(real)
    run("check", shop, "-o", link)
    assert link.is_symlink() and real.read_text(encoding="utf-8").count("\n") == 3
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert run("check", shop, "-o", pipe).code == 1
        assert reader.communicate(timeout=20)[0] == real.read_bytes()
    done = process("check", shop, "-q", "--format", "jsonl", "-o", "/dev/stdout")
    assert (done.returncode, done.stdout) == (1, real.read_text(encoding="utf-8"))
    null = tmp_path / "null"
    try:
        os.mknod(null, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
    except PermissionError:
        return
    run("check", shop, "-o", null)
    assert stat.S_ISCHR(null.stat().st_mode)
    assert {path.name for path in tmp_path.iterdir()} == {"shop.csv", "real.jsonl", "link.jsonl", "pipe.jsonl", "null"}


def test_suppressions_and_those_not_needed(shop: Path) -> None:
    path = shop.parent / "ignore.csv"
    path.write_text("id,rule,value,reason,until\nA-1,title-filler,,agreed,\nA-9,claims,,old,\n", encoding="utf-8")
    done = run("check", shop, "--format", "jsonl", "--select", "title-filler", "--suppressions", path)
    summary = json.loads(done.out.splitlines()[-1])
    assert (summary["suppressed"], summary["findings"], done.code) == (1, 0, 0)
    assert "ignore.csv: line 3: this suppression of claims covered nothing" in done.err
    assert "line 2" not in done.err


def test_standard_input(shop: Path) -> None:
    done = process("check", "-", "--stdin-filename", "live.csv", "--format", "jsonl", "-q", input=shop.read_text(encoding="utf-8"))
    assert json.loads(done.stdout.splitlines()[0])["source"] == "live.csv"


def test_advice(shop: Path) -> None:
    lines = run("check", shop, "-q", "--format", "jsonl", "--advice").out.splitlines()
    advice = json.loads(lines[0])["advice"]
    assert advice and advice[0]["score"] >= json.loads(lines[0])["score"]
    text = run("check", shop, "-q", "--advice").out
    assert "To five stars:" in text or "the most that mending" in text


def test_other_commands() -> None:
    rules = json.loads(run("rules", "--format", "json").out)
    assert {"name", "group", "severity", "fix", "guidelines"} <= set(rules[0])
    assert all(rule["name"] in run("rules", "--lang", "zh").out for rule in rules[:5])
    page = run("explain", "title-filler", "--lang", "zh").out
    assert "级别" in page and "title-filler" in page
    limits = json.loads(run("marketplaces", "alibaba", "--format", "json").out)["limits"]
    assert {"mark", "source", "since", "until"} <= set(limits[0])
    assert "128" in run("marketplaces", "alibaba").out
    assert json.loads(run("schema").out)["$schema"].endswith("2020-12/schema")


def test_parse(shop: Path) -> None:
    lines = run("parse", "Steel Garden Hose").out.splitlines()
    assert lines[0] == "Steel Garden Hose"
    assert any(line.endswith("head") and line.index("─") == 13 for line in lines[1:])
    rows = [json.loads(line) for line in run("parse", "--file", shop, "--format", "jsonl").out.splitlines()]
    assert [row["id"] for row in rows] == ["A-1", "A-2"]
    assert rows[0]["head"] == "Hose"


def test_init_writes_what_check_reads(shop: Path) -> None:
    path = shop.parent / "listinglint.toml"
    assert run("init", shop).code == 0
    text = path.read_text(encoding="utf-8")
    assert 'title = "title"' in text
    again = run("init", shop)
    assert again.code == 2 and "--force" in again.err and path.read_text(encoding="utf-8") == text
    assert run("init", shop, "--force", "--marketplace", "etsy", "--lang", "zh").code == 0
    assert 'marketplace = "etsy"' in path.read_text(encoding="utf-8")
    plain = "\n".join(line.removeprefix("# ") if " = " in line or "[" in line else line for line in text.splitlines())
    path.write_text(plain.replace('suppressions = "suppressions.csv"', "").replace('extends = "../listinglint.toml"', "").replace('plugins = ["our_rules"]', "").replace('rule-files = ["our-rules.toml"]', "").replace('baseline = "listinglint.baseline"', ""), encoding="utf-8")
    assert run("check", shop, "-q").code in (0, 1), run("check", shop, "-q").err


@pytest.mark.parametrize("after", [0.3, 0.9])
def test_ctrl_c_leaves_nothing(tmp_path: Path, after: float) -> None:
    big = tmp_path / "big.csv"
    with big.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([ROWS[0], *([f"B-{at}", f"Very Pretty New Garden Hose {at}", *ROWS[1][2:]] for at in range(60_000))])
    command = [sys.executable, "-m", "listinglint", "check", str(big), "-j", "2", "-o", str(tmp_path / "out.jsonl")]
    started = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 20
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(after)
    os.killpg(started.pid, signal.SIGINT)
    try:
        _, err = started.communicate(timeout=20)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
    assert started.returncode == 130
    assert b"Traceback" not in err
    assert [path.name for path in tmp_path.iterdir()] == ["big.csv"]


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    many = tmp_path / "many.csv"
    with many.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([ROWS[0], *([ROWS[1]] * 400)])
    started = subprocess.Popen([sys.executable, "-m", "listinglint", "check", str(many), "-q", "--no-progress"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert started.stdout is not None and started.stderr is not None
    started.stdout.read(10)
    started.stdout.close()
    assert started.stderr.read() == b""
    assert started.wait(timeout=30) == 141


def test_colours_on_a_terminal(shop: Path) -> None:
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "listinglint", "check", str(shop), "-q"]
    started = subprocess.Popen(command, stdout=terminal, stderr=subprocess.DEVNULL, env={**os.environ, "TERM": "xterm", "COLUMNS": "80"})
    os.close(terminal)
    shown = b""
    try:
        while chunk := os.read(controller, 65536):
            shown += chunk
    except OSError:
        pass
    finally:
        os.close(controller)
    assert started.wait(timeout=30) == 1
    assert b"\x1b[" in shown and b"^^^" not in shown
