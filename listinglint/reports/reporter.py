"""What every report is told of a run, and what it must be able to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from listinglint.model import CatalogSummary, Finding, ListingReport
from listinglint.scoring import Advice

if TYPE_CHECKING:
    from listinglint.rules.rule import Rule


class Region(NamedTuple):
    """A place in a text file: lines and columns from 1, columns in code points, `end_column` just behind the last."""

    line: int
    column: int
    end_line: int
    end_column: int


class Column(NamedTuple):
    """A column of the source that feeds a field: which of its parts (None: the field as one text), and the header as it stands."""

    field: str
    part: int | None
    header: str


@dataclass(frozen=True)
class Run:
    """How a run is to be shown.

    `width` in columns and `colour` count for text only; `several` says that the catalog has more than one source;
    `quiet` leaves out listings without findings, `statistics` adds the table of all rules. `summaries` maps rule names
    to their summary in `lang`; `rules` are those of the run. `fail_on` is the severity from which findings fail the run.
    Reports name files relative to `root`. `service` is where the run takes place and what reads its report (`github`,
    `gitlab` or None); `job_summary` is the file that GitHub shows as the job's summary. `locate` finds the place of a
    finding in a text file, or None where it cannot be told. `columns` are those that feed fields, in the source's order. `baseline` says that findings
    which were there before are forgiven.
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
    rules: tuple[Rule, ...] = ()
    fail_on: str = "warning"
    root: str | None = None
    service: str | None = None
    job_summary: str | None = None
    baseline: bool = False
    locate: Callable[[ListingReport, Finding], Region | None] | None = None
    columns: tuple[Column, ...] = ()


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
