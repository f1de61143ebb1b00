"""The reports: the JSON contract and its schema, the CSV table, and what the terminal shows."""

from __future__ import annotations

import copy
import csv
import io
import json
from importlib import resources
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listinglint.config import Settings
from listinglint.engine import Linter
from listinglint.engine.catalog import Counts
from listinglint.model import Finding, Listing, ListingReport, Source
from listinglint.model.reports import InternalError
from listinglint.reports import BINARY, FORMATS, Run, make_reporter
from listinglint.reports.csv_table import COLUMNS, safe_cell
from listinglint.reports.terminal import cells_of, clean, columns_of, cut, may_colour, wrap_cells

SCHEMA = json.loads(resources.files("listinglint.schema").joinpath("report-1.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
LINTER = Linter(Settings())
SOURCE = Source("shop.csv", None, 7, 9, {"title": ("B",), "keywords": ("C",), "description": ("D",)})
LISTING = Listing.of(
    {
        "id": "=1+1",
        "title": "Very Pretty New Garden Hose \x1b[31m\u202e",
        "keywords": "hose, pipe, garden",
        "description": "Mail us at hose@garden-example.com for a price. " + "The hose is long. " * 8,
    },
    SOURCE,
)


def rendered(form: str, reports: list[ListingReport], *, advice: bool = False, **run: Any) -> str:
    out = io.StringIO()
    reporter = make_reporter(form, out)
    reporter.begin(Run(version="0", **run))
    counts = Counts()
    for report in reports:
        counts.add(report)
        reporter.listing(report, LINTER.advise(report) if advice else None)
    reporter.end(counts.summary(failed=True, reasons=("because",)))
    return out.getvalue()


def report_of(listing: Listing = LISTING) -> ListingReport:
    report = LINTER.lint(listing)
    assert not report.errors
    return report


def finding(**changes: Any) -> Finding:
    values: dict[str, Any] = {"rule": "some-rule", "group": "titles", "severity": "warning", "field": "title", "message": "Mend it", "penalty": 6.0}
    return Finding(**{**values, **changes})


def made(title: str, *findings: Finding, **changes: Any) -> ListingReport:
    values = {"score": 61.5, "stars": 3, "sections": {"titles": 61.5}, **changes}
    return ListingReport(Listing.of({"id": "A-17", "title": title}, Source("a.csv", None, 3, 3)), findings, **values)


def test_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("advice", [False, True])
def test_json_lines_keep_the_contract(advice: bool) -> None:
    lines = [json.loads(line) for line in rendered("jsonl", [report_of()], advice=advice).splitlines()]
    for line in lines:
        VALIDATOR.validate(line)
    listing, summary = lines
    contract = ["type", "source", "sheet", "record", "line", "id", "title", "stars", "score", "sections", "findings"]
    assert [key for key in listing if key in contract] == contract
    assert (listing["sheet"], listing["record"], listing["line"]) == (None, 7, 9)
    assert list(listing["sections"]) == ["titles", "keywords", "descriptions", "claims", "facts", "images"]
    keys = ["rule", "group", "severity", "field", "cell", "start", "end", "text", "message", "guidelines", "penalty", "fix"]
    for one in listing["findings"]:
        assert [key for key in one if key in keys] == keys
        if one["start"] is not None:
            assert LISTING.parts(one["field"])[one["part"]][one["start"] : one["end"]] == one["text"]
    assert ("advice" in listing) == advice
    contract = ["type", "listings", "findings", "by_rule", "by_severity", "stars", "score", "suppressed", "baselined", "failed"]
    assert [key for key in summary if key in contract] == contract
    assert summary["findings"] == len(listing["findings"]) > 3


def test_a_finding_says_which_of_several_columns_it_is_in() -> None:
    source = Source("shop.csv", None, 2, 2, {"title": ("A",), "keywords": ("B", "C")})
    listing = Listing.of({"title": "Garden Hose 15 m", "keywords": ["garden hose", "hose，pipe"]}, source)
    (line, _) = [json.loads(line) for line in rendered("jsonl", [LINTER.lint(listing)]).splitlines()]
    VALIDATOR.validate(line)
    found = {one["rule"]: (one["field"], one["part"], one["cell"]) for one in line["findings"]}
    assert found["fullwidth-characters"] == ("keywords", 1, "C2")
    for one in line["findings"]:
        assert one["start"] is None or listing.parts(one["field"])[one["part"]][one["start"] : one["end"]] == one["text"]


def test_json_is_one_document_with_the_same_objects() -> None:
    document = json.loads(rendered("json", [report_of(), report_of()]))
    VALIDATOR.validate(document)
    lines = [json.loads(line) for line in rendered("jsonl", [report_of(), report_of()]).splitlines()]
    assert [*document["listings"], document["summary"]] == lines
    VALIDATOR.validate(json.loads(rendered("json", [])))


def _spoil(key: str, value: Any) -> Any:
    def change(line: dict[str, Any]) -> None:
        *path, last = key.split(".")
        target: Any = line
        for step in path:
            target = target[int(step) if step.isdigit() else step]
        if value is KeyError:
            del target[last]
        else:
            target[last] = value

    return change


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("stars", 0), ("stars", 3.5), ("score", 101), ("line", KeyError), ("sheet", KeyError), ("type", "other"), ("extra", 1), ("record", 0),
        ("sections.images", KeyError), ("sections.other", 1), ("findings.0.fix", KeyError), ("findings.0.severity", "fatal"),
        ("findings.0.start", None), ("findings.0.start", -1), ("findings.0.penalty", "6"), ("findings.0.unknown", None),
        ("findings.0.message", ""), ("findings.0.fix", {"safety": "safe", "edits": []}), ("findings.0.fix", {"safety": "maybe", "edits": [{}]}),
    ],
)  # fmt: skip
def test_schema_rejects_wrong_listings(key: str, value: Any) -> None:
    line = json.loads(rendered("jsonl", [made("Hose", finding(start=0, end=4, text="Hose"))]).splitlines()[0])
    line["sections"] = dict.fromkeys(SCHEMA["$defs"]["listing"]["properties"]["sections"]["properties"])
    VALIDATOR.validate(line)
    wrong = copy.deepcopy(line)
    _spoil(key, value)(wrong)
    assert not VALIDATOR.is_valid(wrong)


@pytest.mark.parametrize(("key", "value"), [("stars.5", KeyError), ("failed", None), ("by_severity.fatal", 1), ("score", KeyError), ("listings", -1)])
def test_schema_rejects_wrong_summaries(key: str, value: Any) -> None:
    line = json.loads(rendered("jsonl", []))
    VALIDATOR.validate(line)
    _spoil(key, value)(line)
    assert not VALIDATOR.is_valid(line)


@given(st.text(alphabet=st.characters(categories=("L", "Cc", "Cf", "Cs", "Z", "P")), max_size=40))
def test_any_title_makes_one_line_of_json(title: str) -> None:
    lines = rendered("jsonl", [made(title + "\u2028\x85")]).splitlines()
    assert len(lines) == 2
    assert json.loads(lines[0])["title"] == title + "\u2028\x85"


def test_csv_rows_and_formulas() -> None:
    report = report_of()
    rows = list(csv.DictReader(io.StringIO(rendered("csv", [report], lang="en"), newline="")))
    assert len(rows) == len(report.findings)
    assert list(rows[0]) == list(COLUMNS)
    assert {row["id"] for row in rows} == {"'=1+1"}
    assert [row["rule"] for row in rows] == [one.rule for one in report.findings]
    assert float(rows[0]["penalty"]) == report.findings[0].penalty


@given(st.text(max_size=20))
def test_no_cell_is_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in (text, "'" + text)


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in BINARY])
def test_a_lone_surrogate_breaks_no_format(form: str) -> None:
    text = rendered(form, [made("Hose \ud800", finding(message="\ud800"))])
    assert text.encode("utf-8", "strict") or form == "text"


def test_text_marks_the_words_under_the_title() -> None:
    lines = rendered("text", [made("Very Pretty Hose", finding(start=0, end=11, text="Very Pretty"))], width=80).splitlines()
    assert lines[0] == "★★★☆☆  61.5  A-17  row 3"
    assert lines[1:3] == ["  Very Pretty Hose", "  ^^^^^^^^^^^"]
    assert lines[3].startswith("  ▲ title  some-rule  Mend it")
    assert lines[3].endswith("−6.0")
    assert columns_of(lines[3]) == 80


def test_markers_stand_under_wide_characters() -> None:
    lines = rendered("text", [made("不锈钢水管 Hose", finding(start=3, end=5, text="水管"))], width=80, lang="zh").splitlines()
    assert lines[1:3] == ["  不锈钢水管 Hose", "  " + " " * 6 + "^^^^"]


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_line_is_wider_than_the_terminal(width: int, lang: str) -> None:
    report = Linter(Settings(lang=lang)).lint(LISTING)
    text = rendered("text", [report, made("好" * 200), made("Hose " * 60)], width=width, lang=lang, advice=True)
    assert max(columns_of(line) for line in text.splitlines()) <= width


def test_hostile_texts_cannot_steer_the_terminal() -> None:
    text = rendered("text", [report_of(), made("x\x1b]0;owned\x07\u202ey", finding(message="\x1b[2J", cell="\x9b"))], lang="en")
    assert not any(ord(char) < 32 and char != "\n" for char in text)
    assert not set("\x1b\x07\x9b\u202e\u200b") & set(text)
    assert "<U+001B>" in text


def test_colour_marks_without_marker_lines() -> None:
    text = rendered("text", [made("Very Hose", finding(start=0, end=4, text="Very"))], colour=True)
    assert "\x1b[4;33mVery\x1b[0m" in text
    assert "^^^^" not in text


def test_quiet_leaves_out_clean_listings() -> None:
    assert "Hose" in rendered("text", [made("Hose")])
    assert "Hose" not in rendered("text", [made("Hose")], quiet=True)


def test_description_is_shown_by_an_excerpt() -> None:
    text = rendered("text", [report_of()], width=100)
    assert "│ Mail us at hose@garden-example.com for a price." in text
    assert "│            ^^^^^^^^^^^^^^^^^^^^^^^" in text


def test_internal_errors_are_shown() -> None:
    error = InternalError("some-rule", "A-17", 3, "KeyError: 'x'")
    assert "internal error in some-rule: KeyError: 'x'" in rendered("text", [made("Hose", errors=(error,))])
    lines = rendered("jsonl", [made("Hose", errors=(error,))]).splitlines()
    assert json.loads(lines[1])["internal_errors"] == [error.to_dict()]


def test_summary_bars_are_to_scale() -> None:
    reports = [made("Hose", stars=5)] * 4 + [made("Hose", stars=1)] * 1
    lines = rendered("text", reports, width=80).splitlines()
    bars = {line.strip()[:5]: line.count("█") for line in lines if line.startswith("  ★") and "%" in line}
    assert bars["★★★★★"] >= 10
    assert abs(bars["★★★★★"] / 4 - bars["★☆☆☆☆"]) <= 1
    assert bars["★★★☆☆"] == 0


@given(st.text(max_size=60), st.integers(6, 30))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    lines = wrap_cells(cells_of(text), width, width)
    assert "".join(cell.shown for line in lines for cell in line).replace(" ", "") == clean(text).replace(" ", "")
    assert columns_of(cut(clean(text), width)) <= width


def test_colour_choice() -> None:
    assert may_colour(True, {})
    assert not may_colour(False, {})
    assert not may_colour(True, {"NO_COLOR": "1", "FORCE_COLOR": "1"})
    assert may_colour(False, {"FORCE_COLOR": "1"})
    assert not may_colour(True, {"TERM": "dumb"})
