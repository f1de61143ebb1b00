"""One JSON document: the run, the listings and the summary; written as it goes, so that memory does not grow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from listinglint.model import CatalogSummary, ListingReport
from listinglint.reports.json_lines import listing_object, to_json
from listinglint.reports.reporter import Run
from listinglint.scoring import Advice


class JsonReporter:
    """The objects of the JSON lines report within one document."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._count = 0

    def begin(self, run: Run) -> None:
        head = to_json({"type": "report", "schema": 1, "version": run.version, "marketplace": run.marketplace, "lang": run.lang})
        self._out.write(head[:-1] + ',"listings":[')

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        self._out.write((",\n" if self._count else "\n") + to_json(listing_object(report, advice)))
        self._count += 1

    def end(self, summary: CatalogSummary) -> None:
        self._out.write("\n],\n" + '"summary":' + to_json(summary.to_dict()) + "}\n")
