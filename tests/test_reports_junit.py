"""The JUnit report, read by an XML parser: suites, cases, counts, failures."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import junitparser
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from test_reports import finding, made, rendered, report_of

from listinglint.model import Listing, ListingReport, Source
from listinglint.model.reports import InternalError
from listinglint.reports.junit import xml

SCHEMA = xmlschema.XMLSchema(Path(__file__).parent / "schemas" / "junit-10.xsd")


def read(text: str) -> ElementTree.Element:
    """The document, valid by Jenkins' schema, as another reader counts it, its counts checked against its cases."""
    SCHEMA.validate(text)
    root = ElementTree.fromstring(text)
    known = junitparser.JUnitXml.fromstring(text.encode())
    assert (known.tests, known.failures, known.errors) == tuple(int(root.get(name, -1)) for name in ("tests", "failures", "errors"))
    assert root.tag == "testsuites"
    for scope in (root, *root):
        cases = scope.findall(".//testcase")
        assert int(scope.get("tests", -1)) == len(cases)
        assert int(scope.get("failures", -1)) == sum(case.find("failure") is not None for case in cases)
        assert int(scope.get("errors", -1)) == sum(case.find("error") is not None for case in cases)
        assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(cases)
    return root


@given(st.text(max_size=30), st.text(min_size=1, max_size=30))
def test_any_text_is_well_formed(title: str, message: str) -> None:
    text = title + "\ud800\ufffe\x00]]>"
    report = ListingReport(Listing.of({"id": text, "title": text}, Source(text, text, 2, 2)), (finding(message=message + text),), 50.0, 2, {})
    root = read(rendered("junit", [report, report]))
    assert [case.get("name", "").endswith("(2)") for case in root[0]] == [False, True]
    assert "<U+FFFE>" in root[0].get("name", "")


@given(st.text(alphabet=st.characters(categories=("L", "P", "S", "N")), max_size=30))
def test_visible_text_comes_back(text: str) -> None:
    element = ElementTree.fromstring(f'<a b="{xml(text)}">{xml(text)}</a>')
    assert (element.text or "") == element.get("b") == text


@pytest.mark.parametrize(("fail_on", "failing"), [("error", 1), ("warning", 2), ("info", 3), ("never", 0)])
def test_failures_from_the_severity_on(fail_on: str, failing: int) -> None:
    reports = [made("Hose", finding(severity=level, message=f"an {level}"), finding(severity="info", message="a hint")) for level in ("error", "warning", "info")]
    root = read(rendered("junit", [*reports, made("Hose")], fail_on=fail_on))
    shop, gate = root
    assert (shop.get("name"), shop.get("failures")) == ("a.csv", str(failing))
    first = shop[0]
    failure = first.find("failure")
    assert (failure is not None) == (fail_on != "never")
    if failure is not None:
        assert (failure.get("type"), failure.get("message")) == ("some-rule", "an error")
        assert "an error" in (failure.text or "")
    below = first.findtext("system-out") or ""
    assert ("a hint" in below) == (fail_on != "info")
    assert ("an error" in below) == (fail_on == "never")
    assert below.startswith("★★★☆☆ ")
    assert gate[0].find("failure").get("message") == "because"  # type: ignore[union-attr]


def test_a_suite_a_sheet_and_crashes_are_errors() -> None:
    reports = [ListingReport(Listing.of({"title": "Hose"}, Source("a.xlsx", sheet, row)), (), 90.0, 5, {}) for sheet in ("One", "Two") for row in (2, 3)]
    root = read(rendered("junit", [*reports, made("Hose", finding(), errors=(InternalError("some-rule", "A", 3, "KeyError"),))], lang="zh"))
    assert [suite.get("name") for suite in root] == ["a.xlsx [One]", "a.xlsx [Two]", "a.csv", "listinglint"]
    assert [case.get("name") for case in root[0]] == ["第 2 行", "第 3 行"]
    assert "Mend it" in (root[2][0].findtext("system-out") or "")


def test_it_goes_to_disk_beyond_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("listinglint.reports.junit._IN_MEMORY", 100)
    assert len(read(rendered("junit", [report_of()] * 50))[0]) == 50


def test_as_a_process(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "title"], ["A-1", "Very Pretty New Garden Hose, mail hose@garden-example.com"], ["A-2", "Expandable Garden Hose 15 m"]])
    output = tmp_path / "junit.xml"
    done = subprocess.run(
        [sys.executable, "-m", "listinglint", "check", str(path), "--fail-on", "error", "-o", str(output), "--jobs", "1", "--lang", "en"],
        capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    root = read(output.read_text(encoding="utf-8"))
    first, second = root[0]
    assert first.get("name") == "A-1 · row 2"
    assert first.find("failure") is not None
    assert second.find("failure") is None
