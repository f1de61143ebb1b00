"""Reports for GitHub and GitLab jobs: escaping, limits, fingerprints, and that they are chosen by themselves."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_reports import finding, made, rendered, report_of

from listinglint.model import Listing, ListingReport, Source
from listinglint.model.reports import InternalError
from listinglint.reports import Region
from listinglint.reports.fingerprints import Fingerprints
from listinglint.reports.github import command

# What GitLab's documentation requires of each object.
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {"path": {"type": "string"}, "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}}},
            },
        },
    },
}


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner takes it apart: the name, the properties, the message."""
    match = re.fullmatch(r"::(\w+)(?: ([^:]*))?::(.*)", line)
    assert match, line

    def decoded(text: str) -> str:
        for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            text = text.replace(code, char)
        return text

    properties = dict(one.split("=", 1) for one in (match[2] or "").split(",") if one)
    return match[1], {key: decoded(value) for key, value in properties.items()}, decoded(match[3])


@given(st.text(), st.text(min_size=1))
def test_commands_survive_any_text(message: str, name: str) -> None:
    line = command("error", message, file=name, line=3)
    assert not re.search(r"[\r\n]", line)
    assert parsed(line) == ("error", {"file": name, "line": "3"}, message)


@given(st.text(max_size=30), st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_no_listing_adds_a_command(title: str, message: str, rule_text: str) -> None:
    text = rendered("github", [made(title, finding(message=f"::stop-commands::x\n::error::{message}", text=rule_text, start=0, end=1))])
    commands = [line for line in text.split("\n") if line.lstrip().startswith("::")]
    assert len(commands) == 1
    assert parsed(commands[0])[0] == "warning"


def test_worst_first_one_a_listing_and_the_rest_counted() -> None:
    reports = [made("Hose", finding(severity="info"), finding(severity="error", message=f"no {n}"), stars=2, score=50 - n) for n in range(25)]
    reports += [made("Hose", finding(severity="info")), made("Hose", errors=(InternalError("some-rule", "A-17", 3, "KeyError: 'x'"),), stars=1)]
    lines = rendered("github", reports).splitlines()
    commands = [parsed(line) for line in lines if line.startswith("::")]
    assert [name for name, _, _ in commands] == ["error"] * 10 + ["notice"]
    assert "internal error in some-rule" in commands[0][2]
    assert [re.findall(r"no \d+", text) for _, _, text in commands[1:10]] == [[f"no {n}"] for n in range(24, 15, -1)]
    assert commands[1][1] == {"file": "a.csv", "line": "3", "title": "some-rule ★★☆☆☆"}
    assert commands[1][2] == "A-17 · row 3 · title: no 24 (and 1 more)"
    assert "11 of 27 listings with findings are annotated, the worst first." in lines
    assert "Failed: because" in lines


@pytest.mark.parametrize(
    ("region", "expected"),
    [(Region(9, 4, 9, 8), {"line": "9", "endLine": "9", "col": "4", "endColumn": "8"}), (Region(9, 4, 11, 2), {"line": "9", "endLine": "11"}), (None, {"line": "3"})],
)
def test_columns_only_within_a_line(region: Region | None, expected: dict[str, str]) -> None:
    text = rendered("github", [made("Hose", finding())], locate=lambda report, one: region)
    properties = parsed(text.splitlines()[0])[1]
    assert {key: value for key, value in properties.items() if key not in ("file", "title")} == expected


def test_the_summary_is_added_to_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("# Others\n", encoding="utf-8")
    text = rendered("github", [made("Hose", finding())], job_summary=str(path), lang="zh")
    assert path.read_text(encoding="utf-8").startswith("# Others\n## listinglint：未通过")
    assert "更多内容见作业摘要" in text
    path.write_bytes(b"x" * ((1 << 20) - 100))
    assert "already" in rendered("github", [made("Hose", finding())], job_summary=str(path))
    assert path.stat().st_size == (1 << 20) - 100
    assert "could not be written" in rendered("github", [made("Hose", finding())], job_summary=str(tmp_path / "none" / "summary.md"))


def issues(reports: list[ListingReport], **run: Any) -> list[dict[str, Any]]:
    found = json.loads(rendered("gitlab", reports, **run))
    jsonschema.validate(found, CODE_QUALITY)
    return list(found)


def test_code_quality_objects() -> None:
    assert issues([]) == []
    report = report_of()
    found = issues([report])
    assert len(found) == len(report.findings) == len({one["fingerprint"] for one in found})
    assert {one["location"]["path"] for one in found} == {"shop.csv"}
    assert {one["location"]["lines"]["begin"] for one in found} == {9}
    (crashed,) = issues([made("Hose", errors=(InternalError("some-rule", "A-17", 3, "KeyError"),))])
    assert (crashed["severity"], crashed["check_name"]) == ("critical", "internal-error")


def test_rows_that_move_keep_their_fingerprints() -> None:
    def at(record: int) -> ListingReport:
        return ListingReport(Listing.of({"id": "A", "title": "Hose"}, Source("a.csv", None, record, record)), (finding(start=0, end=4, text="Hose"),) * 2, 1.0, 1, {})

    first, moved = issues([at(2), at(3)]), issues([at(70), at(80)])
    assert [one["fingerprint"] for one in first] == [one["fingerprint"] for one in moved]
    assert len({one["fingerprint"] for one in first}) == 4


@given(st.lists(st.tuples(*[st.text(max_size=3)] * 3), min_size=2, max_size=6, unique=True))
def test_other_findings_have_other_fingerprints(keys: list[tuple[str, str, str]]) -> None:
    made_of = Fingerprints()
    prints = {made_of.of(Listing.of({"id": a}), finding(rule="r" + b, text=c)) for a, b, c in keys}
    assert len(prints) == len(keys)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "files" / "shop, 1.csv"
    path.parent.mkdir()
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "title"], ["A-1", "Very Pretty New Garden Hose, mail hose@garden-example.com"]])
    return path


def process(shop: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "listinglint", "check", str(shop), "-q", "--jobs", "1", "--lang", "en", *arguments],
        capture_output=True, text=True, encoding="utf-8", timeout=60, env={**os.environ, **environment},
    )  # fmt: skip


def test_a_github_job_gets_annotations_by_itself(shop: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    done = process(shop, GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary), GITHUB_WORKSPACE=str(tmp_path))
    assert done.returncode == 1
    name, properties, message = parsed(done.stdout.splitlines()[0])
    assert name == "error"
    assert (properties["file"], properties["line"]) == ("files/shop, 1.csv", "2")
    assert message.startswith("A-1 · row 2 · ")
    assert "contact-data" in summary.read_text(encoding="utf-8")
    assert not process(shop, "--format", "text", GITHUB_ACTIONS="true").stdout.startswith("::")


def test_a_gitlab_job_gets_code_quality_by_itself(shop: Path, tmp_path: Path) -> None:
    done = process(shop, GITLAB_CI="true", CI_PROJECT_DIR=str(tmp_path))
    found = json.loads(done.stdout)
    jsonschema.validate(found, CODE_QUALITY)
    assert {one["location"]["path"] for one in found} == {"files/shop, 1.csv"}
    output = tmp_path / "gl-code-quality-report.json"
    process(shop, "-o", str(output))
    assert [one["fingerprint"] for one in json.loads(output.read_text(encoding="utf-8"))] == [one["fingerprint"] for one in found]


@pytest.mark.parametrize(("name", "start"), [("a.md", "## listinglint"), ("a.json", '{"type":"report"'), ("a.jsonl", '{"type":"listing"'), ("a.txt", "★")])
def test_the_name_of_the_output_tells_the_format(shop: Path, tmp_path: Path, name: str, start: str) -> None:
    process(shop, "-o", str(tmp_path / name), GITHUB_ACTIONS="true")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
