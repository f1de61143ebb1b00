"""The SARIF report: valid by the committee's schema, places in the file, fingerprints, limits."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_reports import LINTER, finding, made, rendered, report_of

from listinglint.engine.catalog import Counts
from listinglint.model import Listing, ListingReport, Source
from listinglint.model.reports import InternalError
from listinglint.reports import Region, Run
from listinglint.reports.sarif import SarifReporter

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)
RULES = tuple(active.rule for active in LINTER.rules)


def valid(text: str) -> dict[str, Any]:
    document = json.loads(text)
    VALIDATOR.validate(document)
    (run,) = document["runs"]
    return dict(run)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_rules_and_results(lang: str) -> None:
    report = report_of()
    run = valid(rendered("sarif", [report], rules=RULES, lang=lang))
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) == len(RULES)
    for rule in rules:
        assert all(len(rule[part]["text"]) <= 1024 for part in ("shortDescription", "fullDescription"))
        assert rule["help"]["markdown"].startswith(f"# {rule['id']}")
    for one, result in zip(report.findings, run["results"], strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == one.rule
        assert result["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": "shop.csv"}, "region": {"startLine": 9}}
        assert result["locations"][0]["logicalLocations"][0]["name"] == (one.cell or one.field)
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


@given(st.text(max_size=20), st.text(min_size=1, max_size=20), st.text(max_size=10))
def test_any_text_is_valid(title: str, message: str, source: str) -> None:
    report = ListingReport(Listing.of({"title": title}, Source(source + "\ud800", "Sheet'1", 2)), (finding(message=message, text=title, cell="B2"),), 50.0, 2, {})
    run = valid(rendered("sarif", [report]))
    location = run["results"][0]["locations"][0]
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "'Sheet''1'!B2"
    assert "region" not in location["physicalLocation"]
    assert location["physicalLocation"]["artifactLocation"]["uri"].isascii()


def test_a_workbook_has_its_row_for_a_line_only_for_github() -> None:
    report = ListingReport(Listing.of({"title": "Hose"}, Source("a b.xlsx", "Sheet1", 12)), (finding(cell="B12"),), 50.0, 2, {})
    place = valid(rendered("sarif", [report], service="github"))["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "a%20b.xlsx"}, "region": {"startLine": 12, "startColumn": 1, "endLine": 12, "endColumn": 2}}


def test_regions_are_those_of_the_file() -> None:
    run = valid(rendered("sarif", [made("Hose", finding())], locate=lambda report, one: Region(3, 11, 4, 5)))
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 11, "endLine": 4, "endColumn": 5}


def with_limits(reports: list[ListingReport], **limits: int) -> dict[str, Any]:
    out = io.StringIO()
    reporter = SarifReporter(out, **limits)
    reporter.begin(Run(version="1.2.3"))
    counts = Counts()
    for report in reports:
        counts.add(report)
        reporter.listing(report, None)
    reporter.end(counts.summary())
    return valid(out.getvalue())


@pytest.mark.parametrize("limits", [{"most": 10}, {"most_compressed": 20_000}])
def test_the_gravest_are_kept_in_order_and_the_rest_is_said(limits: dict[str, int]) -> None:
    reports = [made(f"Hose {n}", finding(message=f"no {n}", severity="error" if n % 10 == 0 else "info", text=os.urandom(200).hex())) for n in range(2_000)]
    run = with_limits(reports, **limits)
    numbers = [int(result["message"]["text"].rsplit(" ", 1)[1]) for result in run["results"]]
    assert numbers == sorted(numbers)
    assert 0 < len(numbers) < 200
    assert len(numbers) == limits.get("most", len(numbers))
    assert all(n % 10 == 0 for n in numbers)
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith(f"{2_000 - len(numbers):,} of 2,000 findings are left out")


def test_crashed_rules_are_notifications() -> None:
    run = valid(rendered("sarif", [made("Hose", errors=(InternalError("some-rule", "A-17", 3, "KeyError: 'x'"),))]))
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    assert invocation["toolExecutionNotifications"][0]["level"] == "error"


def run_check(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "listinglint", "check", *arguments, "-q", "--jobs", "1", "--lang", "en"], capture_output=True, text=True, encoding="utf-8", timeout=60
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


def test_places_inside_quoted_cells_and_rows_that_move(tmp_path: Path) -> None:
    description = 'A "good" hose,\r\nsold by us.\r\nMail hose@garden-example.com for it.'
    row = ["A-1", "Expandable Garden Hose 15 m", description]
    other = ["A-2", "Brass Tap Connector\n1/2 inch", "A connector for the tap."]
    texts = []
    for number, rows in enumerate(([row, other], [other, row])):
        path = tmp_path / f"shop{number}.csv"
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            csv.writer(file).writerows([["id", "title", "description"], *rows])
        texts.append(valid(run_check(str(path), "--format", "sarif")))
    (first,) = [one for one in texts[0]["results"] if one["ruleId"] == "contact-data"]
    (moved,) = [one for one in texts[1]["results"] if one["ruleId"] == "contact-data"]
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 4, "startColumn": 6, "endLine": 4, "endColumn": 29}
    assert moved["locations"][0]["physicalLocation"]["region"]["startLine"] == 6
    assert sorted(one["partialFingerprints"]["primaryLocationLineHash"] for one in texts[0]["results"]) == sorted(
        one["partialFingerprints"]["primaryLocationLineHash"] for one in texts[1]["results"]
    )
