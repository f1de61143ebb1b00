"""`listinglint fix` as a program: what it writes where, what it says, what it refuses."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from listinglint.cli import cli, failures

TABLE = "id,title,keywords\r\nA-1,Garden  Hose 25 m,\"hose，pipe\"\r\n\r\nA-2,Oak Tray,oak tray\r\n"
MENDED = "id,title,keywords\r\nA-1,Garden Hose 25 m,\"hose, pipe\"\r\n\r\nA-2,Oak Tray,oak tray\r\n"


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.csv"
    path.write_bytes(TABLE.encode())
    return path


class Outcome:
    """What a run left: exit code, standard output, standard error."""

    def __init__(self, result: Result, code: int) -> None:
        self.code, self.out, self.err = code, result.stdout, result.stderr


def run(*arguments: object, stdin: bytes | None = None) -> Outcome:
    codes: list[int] = []

    class Whole:
        """Runs as the program does, errors included."""

        name = "listinglint"

        def main(self, args: Any = None, prog_name: Any = None, **extra: Any) -> None:
            codes.append(failures.run(cli, args))

    result = CliRunner().invoke(Whole(), ["fix", *map(str, arguments)], input=stdin, catch_exceptions=False)  # type: ignore[arg-type]
    return Outcome(result, codes[0])


def process(*arguments: object, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "listinglint", "fix", *map(str, arguments)], capture_output=True, timeout=60, **options)


def test_a_copy_is_written_and_the_source_stays(shop: Path) -> None:
    done = process(shop, "-o", "out.csv")
    assert (done.returncode, done.stdout) == (0, b"")
    assert Path("out.csv").read_bytes() == MENDED.encode() and shop.read_bytes() == TABLE.encode()
    told = done.stderr.decode()
    assert "B2 title: 'Garden  Hose 25 m' → 'Garden Hose 25 m'  [untidy-spacing]" in told
    assert "2 cells of 1 of 2 listings mended" in told.splitlines()[-1]


def test_standard_input_to_standard_output_byte_for_byte() -> None:
    data = b"\xff\xfe" + TABLE.encode("utf-16-le")
    done = process("-", "--quiet", input=data)
    assert (done.returncode, done.stdout) == (0, b"\xff\xfe" + MENDED.encode("utf-16-le"))
    assert len(done.stderr.decode().splitlines()) == 1
    lines = b'{"title":"Garden  Hose","id":1}\n{"id":2,"title":"Tray"}\n'
    assert process("-", "-q", input=lines).stdout == lines.replace(b"n  H", b"n H")


def test_never_over_a_file_without_being_told(shop: Path, tmp_path: Path) -> None:
    other = tmp_path / "out.csv"
    other.write_text("mine", encoding="utf-8")
    for arguments in ((shop, "-o", other), (shop, "-o", shop), (shop, "-o", shop, "--force"), (shop,)):
        refused = run(*arguments)
        assert refused.code == 2 and "Error" in refused.err and refused.out == ""
        assert other.read_text(encoding="utf-8") == "mine" and shop.read_bytes() == TABLE.encode()
    assert run(shop, "-o", other, "--force").code == 0
    assert other.read_bytes() == MENDED.encode()


def test_in_place_twice(shop: Path, tmp_path: Path) -> None:
    shop.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(shop)
    assert run(link, "--in-place").code == 0
    assert link.is_symlink() and shop.read_bytes() == MENDED.encode()
    assert stat.S_IMODE(shop.stat().st_mode) == 0o640
    before = shop.stat()
    again = run(shop, "--in-place")
    assert again.code == 0 and "nothing to mend" in again.err
    assert (shop.stat().st_mtime_ns, shop.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["link.csv", "shop.csv"]


def test_several_are_mended_where_they_are(shop: Path, tmp_path: Path) -> None:
    other, clean = tmp_path / "other.csv", tmp_path / "clean.csv"
    other.write_bytes(TABLE.encode())
    clean.write_bytes(MENDED.encode())
    refused = run(shop, other, "-o", "out.csv")
    assert refused.code == 2 and "--in-place" in refused.err and shop.read_bytes() == TABLE.encode()
    assert "原地修改" in run(shop, other, "--lang", "zh").err
    shown = run(shop, other, "--diff")
    assert shown.code == 0 and shown.out.count("+ Garden Hose 25 m") == 2
    done = run(shop, other, clean, "--in-place", "-q")
    assert done.code == 0 and len(done.err.splitlines()) == 3
    assert {path.read_bytes() for path in (shop, other, clean)} == {MENDED.encode()}
    assert run(shop, "none.csv", "--in-place").code == 2


def test_diffs_write_nothing(shop: Path, tmp_path: Path) -> None:
    cells = run("--diff", shop)
    assert cells.code == 0
    assert "B2 title: untidy-spacing  (A-1)\n- Garden  Hose 25 m\n+ Garden Hose 25 m\n" in cells.out
    assert "would be mended" in cells.err
    diff = process(shop, "--unified", "-q").stdout
    assert diff.startswith(b"--- ") and b'\n-A-1,Garden  Hose 25 m,"hose\xef\xbc\x8cpipe"\r\n+A-1,Garden Hose 25 m,"hose, pipe"\r\n' in diff
    assert [one.name for one in tmp_path.iterdir()] == ["shop.csv"] and shop.read_bytes() == TABLE.encode()
    for wrong in (("--diff", "--in-place"), ("--diff", "-o", "x.csv"), ("--in-place", "-o", "x.csv"), ("--diff", "--unified")):
        assert run(shop, *wrong).code == (0 if wrong == ("--diff", "--unified") else 2)


def test_selection_and_unsafe_fixes(shop: Path) -> None:
    assert run(shop, "-o", "a.csv", "--select", "fullwidth-characters").code == 0
    assert Path("a.csv").read_bytes() == TABLE.replace("hose，pipe", "hose, pipe").encode()
    assert run(shop, "-o", "b.csv", "--ignore", "fullwidth-characters,keywords").code == 0
    assert "hose，pipe" in Path("b.csv").read_text(encoding="utf-8")
    filler = Path("filler.csv")
    filler.write_text("id,title\n1,Very Pretty New Garden Hose 25 m\n", encoding="utf-8")
    assert "Very Pretty" not in run(filler, "--diff", "--select", "title-filler").out
    assert "+ Garden Hose 25 m" in run(filler, "--diff", "--select", "title-filler", "--unsafe").out


def test_suppressed_findings_are_not_mended() -> None:
    path = Path("ignored.csv")
    path.write_text("id,title,lint-ignore\n1,Garden  Hose,untidy-spacing\n2,Oak  Tray,\n", encoding="utf-8")
    assert run(path, "--in-place").code == 0
    assert path.read_text(encoding="utf-8") == "id,title,lint-ignore\n1,Garden  Hose,untidy-spacing\n2,Oak Tray,\n"


@pytest.mark.parametrize(
    ("name", "data", "arguments", "words"),
    [
        ("none.csv", None, ("-o", "x.csv"), "no such file"),
        ("empty.csv", b"", ("-o", "x.csv"), "empty"),
        ("open.csv", b'id,title\n0,"Bell"\n1,"Hose\n2,Tray\n', ("-o", "x.csv"), "never closed"),
        ("bad.csv", "id,title\n1,Café  Tray and a Caf".encode() + b"\xe9 cup\n" + "2,Café Café Café Café Café Café Café Café Café Café\n".encode(), ("-o", "x.csv"), "not valid"),
        ("shop.csv", TABLE.encode(), ("-o", "x.xlsx"), "must end in .csv"),
        ("shop.txt", TABLE.encode(), ("-o", "x.jsonl"), "must end in .txt"),
        ("shop.jsonl", b'{"title":"Hose"}\n', ("-o", "x.csv"), "must end in .jsonl"),
        ("shop.csv", TABLE.encode(), ("-o", "no/such/x.csv"), "cannot be written"),
        ("shop.csv", TABLE.encode(), ("-o", "x.csv", "--mark"), "workbooks"),
        ("shop.csv", TABLE.encode(), ("-o", "x.csv", "--columns", "title=Nome"), "no column"),
        ("shop.csv", TABLE.encode(), ("-o", "x.csv", "--select", "no-such-rule"), "no-such-rule"),
        ("shop.csv", TABLE.encode(), ("-o", "x.csv", "--encoding", "klingon"), "unknown encoding"),
    ],
)
def test_wrong_input_is_one_line_and_leaves_nothing(name: str, data: bytes | None, arguments: tuple[str, ...], words: str) -> None:
    if data is not None:
        Path(name).write_bytes(data)
    done = run(name, *arguments)
    assert done.code == 2 and words in done.err and "Traceback" not in done.err
    assert [one.name for one in Path().iterdir()] == ([name] if data is not None else [])


def test_a_pattern_may_name_one_file(shop: Path, tmp_path: Path) -> None:
    assert run("sh*.csv", "-o", "shop.csv", "--force").code == 2 and shop.read_bytes() == TABLE.encode()
    assert run("sh*.csv", "--in-place").code == 0
    assert shop.read_bytes() == MENDED.encode() and [one.name for one in tmp_path.iterdir()] == ["shop.csv"]
    (tmp_path / "shed.csv").write_bytes(TABLE.encode())
    refused = run("sh*.csv", "--in-place")
    assert refused.code == 2 and "one file at a time" in refused.err


def test_a_workbook_from_standard_input_goes_to_a_file() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "title"])
    sheet.append(["A-1", "Garden  Hose"])
    book.save("shop.xlsx")
    data = Path("shop.xlsx").read_bytes()
    assert process("-", "--mark", "-o", "out.xlsx", input=data).returncode == 0
    mended = openpyxl.load_workbook("out.xlsx").active
    assert mended is not None and mended["B2"].value == "Garden Hose" and mended["B2"].comment is not None
    assert process("-", input=data).returncode == 2


def test_folders_and_standard_input_in_place_are_refused(tmp_path: Path) -> None:
    assert "folder" in run(tmp_path, "--diff").err
    assert run("-", "--in-place", stdin=b"id,title\n1,Hose\n").code == 2


def test_spaces_before_numbers_and_signs_stay() -> None:
    path = Path("signs.csv")
    path.write_text("id,title\n1,Chain & Co.  .925 Silver\n2,Filter Ring: ?37 mm\n3,Oak Tray ! Round ?\n", encoding="utf-8")
    assert run(path, "--in-place", "--select", "untidy-spacing").code == 0
    assert path.read_text(encoding="utf-8") == "id,title\n1,Chain & Co. .925 Silver\n2,Filter Ring: ?37 mm\n3,Oak Tray! Round?\n"


def test_the_reader_of_a_diff_may_go_away() -> None:
    rows = "".join(f"{number},Garden  Hose {number} m\n" for number in range(3000))
    Path("long.csv").write_text("id,title\n" + rows, encoding="utf-8")
    done = subprocess.run(
        f"{sys.executable} -m listinglint fix long.csv --diff --select untidy-spacing | head -n 1; exit ${{PIPESTATUS[0]}}",
        shell=True, executable="/bin/bash", capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 141 and "Traceback" not in done.stderr


def test_json_lines_in_another_encoding() -> None:
    text = '{"title": "Garden  Hose", "brand": "红"}\n\n{"title": "Café  Tray"}'
    Path("wide.jsonl").write_bytes(text.encode("utf-16"))
    assert run("wide.jsonl", "--in-place", "--select", "text").code == 0
    assert Path("wide.jsonl").read_bytes().decode("utf-16") == text.replace("  ", " ")
    Path("latin.jsonl").write_bytes('{"title": "Café  Tray（red）"}\n'.encode("gb18030"))
    assert run("latin.jsonl", "--in-place", "--select", "text", "--encoding", "gb18030").code == 0
    assert Path("latin.jsonl").read_bytes().decode("gb18030") == '{"title": "Café Tray (red)"}\n'


def test_chinese(shop: Path) -> None:
    done = run(shop, "-o", "x.csv", "--lang", "zh")
    assert done.code == 0 and "已写入 x.csv" in done.err and "B2 title：'Garden  Hose 25 m' → 'Garden Hose 25 m'" in done.err
    assert "已存在" in run(shop, "-o", "x.csv", "--lang", "zh").err


def test_workbooks(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["id", "title"], ["A-1", "Garden  Hose"], ["A-2", "Oak Tray"]):
        sheet.append(row)
    book.save("shop.xlsx")
    assert run("shop.xlsx", "-o", "out.xlsx").code == 0
    mended = openpyxl.load_workbook("out.xlsx").active
    assert mended is not None and mended["B2"].value == "Garden Hose"
    assert "Sheet!B2" in run("shop.xlsx", "--diff").out
    assert run("shop.xlsx", "-o", "-").code == 2 and run("shop.xlsx", "-o", "x.csv").code == 2
    assert run("shop.xlsx", "--unified").code == 2
    assert run("out.xlsx", "-o", "again.xlsx").code == 0
    assert Path("again.xlsx").read_bytes() == Path("out.xlsx").read_bytes()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that cannot be written")
def test_a_folder_that_cannot_be_written(shop: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert run(shop, "--in-place").code == 2
    finally:
        tmp_path.chmod(0o700)


def test_notes_on_reading_are_told(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("id,title,Warehouse\n1,Garden  Hose,7\n2,Oak Tray,7,8,9\n", encoding="utf-8")
    for arguments in (("--diff",), ("--review", "r.xlsx"), ("--apply", "r.xlsx", "--diff")):
        done = run(path, *arguments)
        assert done.code == 0 and "note: " in done.err and "Warehouse" in done.err and "cells but the header has" in done.err
