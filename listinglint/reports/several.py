"""Several reports of one run."""

from __future__ import annotations

from collections.abc import Sequence

from listinglint.model import CatalogSummary, ListingReport
from listinglint.reports.reporter import Reporter
from listinglint.scoring import Advice


class Several:
    """Passes on to each of several reporters, which have begun already, each with a Run of its own."""

    def __init__(self, reporters: Sequence[Reporter]) -> None:
        self._reporters = tuple(reporters)

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        for one in self._reporters:
            one.listing(report, advice)

    def end(self, summary: CatalogSummary) -> None:
        for one in self._reporters:
            one.end(summary)
