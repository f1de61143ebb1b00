"""One JSON object a line: every listing, then the summary (`listinglint/schema/report-1.json`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TextIO

from listinglint.model import CatalogSummary, Listing, ListingReport, ProductName
from listinglint.reports.reporter import Run
from listinglint.scoring import Advice

_LINE_ENDS = tuple((end.encode(), f"\\u{ord(end):04x}".encode()) for end in ("\x85", "\u2028", "\u2029"))
"""What some readers take for the end of a line, and JSON does not, in UTF-8 and as escapes."""


def to_json(value: Any) -> str:
    """`value` as JSON on one line: never broken by a strange line end, and valid UTF-8 whatever the texts hold."""
    import orjson

    try:
        data = orjson.dumps(value)
    except (TypeError, ValueError):
        # Half a surrogate pair is no UTF-8; JSON can write it as an escape.
        return json.dumps(value, separators=(",", ":"), default=str)
    for end, escape in _LINE_ENDS:
        if end in data:
            data = data.replace(end, escape)
    return data.decode()


def listing_object(report: ListingReport, advice: Sequence[Advice] | None) -> dict[str, Any]:
    """The listing object of the contract, with `advice` where it was asked for."""
    found = report.to_dict()
    if advice is not None:
        found["advice"] = [step.to_dict() for step in advice]
    return found


def name_object(listing: Listing | None, name: ProductName) -> dict[str, Any]:
    """The object of `parse --format jsonl`: a title's parts, with the id and record of its listing where there is one."""
    source = listing.source if listing else None
    front = {"id": listing.text("id"), "record": source.record if source else None} if listing else {}
    return {**front, **name.to_dict()}


def line(report: ListingReport, advice: Sequence[Advice] | None) -> str:
    """The line of one listing."""
    return to_json(listing_object(report, advice)) + "\n"


class JsonLinesReporter:
    """The stream of objects."""

    render = staticmethod(line)

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def begin(self, run: Run) -> None:
        """Nothing stands before the first listing."""

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        self._out.write(line(report, advice))

    def end(self, summary: CatalogSummary) -> None:
        self._out.write(to_json(summary.to_dict()) + "\n")
