"""The report as a workbook: a copy of the seller's own with what was found in it, or a new one where the catalog is something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from listinglint.model import CatalogSummary, ListingReport
from listinglint.reports.reporter import Run
from listinglint.reports.xlsx import XlsxReporter
from listinglint.reports.xlsx_annotated import AnnotatedReporter
from listinglint.scoring import Advice


class WorkbookReporter:
    """Writes the one or the other, as the run says."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def begin(self, run: Run) -> None:
        self._reporter = XlsxReporter(self._out) if run.original is None else AnnotatedReporter(self._out, run.original)
        self._reporter.begin(run)

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        self._reporter.listing(report, advice)

    def end(self, summary: CatalogSummary) -> None:
        self._reporter.end(summary)
