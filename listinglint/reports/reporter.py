"""What every report is told of a run, and what it must be able to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from listinglint.model import CatalogSummary, ListingReport
from listinglint.scoring import Advice


@dataclass(frozen=True)
class Run:
    """How a run is to be shown.

    `width` in columns and `colour` count for text only; `several` says that the catalog has more than one source;
    `quiet` leaves out listings without findings, `statistics` adds the table of all rules. `summaries` maps rule names
    to their summary in `lang`.
    """

    version: str = ""
    marketplace: str = "alibaba"
    lang: str = "en"
    width: int = 80
    colour: bool = False
    several: bool = False
    quiet: bool = False
    statistics: bool = False
    summaries: dict[str, str] | None = None


class Reporter(Protocol):
    """Writes one report: `begin`, then `listing` for each that is shown, in order, then `end`."""

    def begin(self, run: Run) -> None:
        """Called once before any listing."""
        ...

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        """One listing; `advice` is None where it was not asked for."""
        ...

    def end(self, summary: CatalogSummary) -> None:
        """The counts over all listings, those that are not shown among them."""
        ...
