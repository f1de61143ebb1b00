"""What a check keeps of a chunk of reports: counts, what the gate needs, and what the report shows of it.

It is made in the process that linted the chunk, so that a report whose listings do not depend on each other (JSON lines, CSV)
is written there too, and mere text goes from process to process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from listinglint.cli.gate import Gate
from listinglint.config import Limits
from listinglint.engine import Linter
from listinglint.engine.catalog import Counts
from listinglint.model import ListingReport
from listinglint.scoring import Advice

Render = Callable[[ListingReport, Sequence[Advice] | None], str]


@dataclass
class Tally:
    """All that the summary and the gate need of some listings."""

    gate: Gate
    counts: Counts = field(default_factory=Counts)

    def add(self, report: ListingReport) -> None:
        """Counts one report."""
        self.counts.add(report)
        self.gate.add(report)

    def merge(self, other: Tally) -> None:
        """Adds the listings that come after these."""
        self.counts.merge(other.counts)
        self.gate.merge(other.gate)


@dataclass(frozen=True)
class Part:
    """A chunk as the check goes on with it: its tally, and the shown listings, as text or as reports with their advice."""

    tally: Tally
    text: str | None
    shown: Sequence[tuple[ListingReport, Sequence[Advice] | None]]


@dataclass(frozen=True)
class ChunkDigest:
    """Makes the Part of a chunk: shows the listings with stars in the range, with advice where it is asked for, as `render` writes them."""

    limits: Limits
    stars: tuple[int, int]
    advice: bool
    render: Render | None

    def __call__(self, linter: Linter, reports: list[ListingReport]) -> Part:
        return self.of(linter, [(report, report) for report in reports])

    def of(self, linter: Linter, reports: Sequence[tuple[ListingReport, ListingReport]]) -> Part:
        """The Part of reports as they are to be shown and counted, each with the whole one that advice is given on."""
        tally = Tally(Gate(self.limits))
        shown: list[tuple[ListingReport, Sequence[Advice] | None]] = []
        low, high = self.stars
        for report, whole in reports:
            tally.add(report)
            if low <= report.stars <= high:
                shown.append((report, linter.advise(whole) if self.advice else None))
        if self.render is None:
            return Part(tally, None, shown)
        return Part(tally, "".join([self.render(report, advice) for report, advice in shown]), ())
