"""GitLab's code quality report: a JSON array that the merge request widget compares between branches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TextIO

from listinglint.model import CatalogSummary, Finding, InternalError, ListingReport
from listinglint.reports import wording
from listinglint.reports.fingerprints import Fingerprints
from listinglint.reports.json_lines import to_json
from listinglint.reports.reporter import Run
from listinglint.reports.terminal import clean
from listinglint.scoring import Advice

_SEVERITIES: Final = {"error": "major", "warning": "minor", "info": "info"}


class GitlabReporter:
    """One object a finding, written as they come."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._fingerprints = Fingerprints()
        self._count = 0

    def begin(self, run: Run) -> None:
        self._run = run
        self._out.write("[")

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        for finding in report.findings:
            self._write(self._issue(report, finding))
        for error in report.errors:
            self._write(self._internal(report, error))

    def end(self, summary: CatalogSummary) -> None:
        self._out.write("\n]\n" if self._count else "]\n")

    def _write(self, issue: dict[str, Any]) -> None:
        self._out.write((",\n" if self._count else "\n") + to_json(issue))
        self._count += 1

    def _issue(self, report: ListingReport, finding: Finding) -> dict[str, Any]:
        region = self._run.locate(report, finding) if self._run.locate else None
        lines = {"begin": region.line, "end": region.end_line} if region else {"begin": _line(report)}
        where = " · ".join(part for part in (wording.name(report, self._run.lang), finding.cell or finding.field) if part)
        return {
            "description": f"{finding.selector}: {where}: {clean(finding.message)}",
            "check_name": finding.selector,
            "fingerprint": self._fingerprints.of(report.listing, finding),
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": wording.file_name(report, self._run.root), "lines": lines},
        }

    def _internal(self, report: ListingReport, error: InternalError) -> dict[str, Any]:
        made = Finding(error.rule, "internal", "error", "title", f"{error.rule}: {error.error}")
        return self._issue(report, made) | {"severity": "critical", "check_name": "internal-error"}


def _line(report: ListingReport) -> int:
    """The line of the file where the record begins; the row where the file has no lines, 1 where nothing is known."""
    source = report.listing.source
    return (source.line or source.record or 1) if source else 1
