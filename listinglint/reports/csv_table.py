"""A table of findings, one row each, that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, Final, TextIO

from listinglint.model import CatalogSummary, Finding, ListingReport
from listinglint.reports.json_lines import to_json
from listinglint.reports.reporter import Run
from listinglint.scoring import Advice

COLUMNS: Final = (
    "source", "sheet", "record", "line", "id", "title", "stars", "score", "rule", "variant", "group", "severity", "field", "cell",
    "start", "end", "text", "message", "guidelines", "penalty", "fix_safety", "fix_edits",
)  # fmt: skip
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets `'` in front; None is an empty cell, numbers stay numbers."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    # Half a surrogate pair cannot be written as UTF-8.
    text = value.encode("utf-8", "backslashreplace").decode()
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def rows(report: ListingReport, advice: Sequence[Advice] | None = None) -> str:
    """The rows of one listing as text; none for a listing without findings."""
    out = io.StringIO()
    source = report.listing.source
    front = [
        *((source.source, source.sheet, source.record, source.line) if source else (None,) * 4),
        report.listing.text("id"), report.listing.text("title"), report.stars, report.score,
    ]  # fmt: skip
    csv.writer(out).writerows([safe_cell(value) for value in (*front, *_values(finding))] for finding in report.findings)
    return out.getvalue()


class CsvReporter:
    """Rows as RFC 4180 has them; listings without findings have none."""

    render = staticmethod(rows)

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def begin(self, run: Run) -> None:
        csv.writer(self._out).writerow(COLUMNS)

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        self._out.write(rows(report))

    def end(self, summary: CatalogSummary) -> None:
        """The table has no row for the summary."""


def _values(finding: Finding) -> list[Any]:
    fix = finding.fix
    return [
        finding.rule, finding.variant, finding.group, finding.severity, finding.field, finding.cell, finding.start, finding.end,
        finding.text, finding.message, " ".join(finding.guidelines), finding.penalty, fix.safety if fix else None,
        to_json([edit.to_dict() for edit in fix.edits]) if fix else None,
    ]  # fmt: skip
