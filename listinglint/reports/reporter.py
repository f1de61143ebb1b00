"""What every report is told of a run, and what it must be able to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

from listinglint.model import CatalogSummary, Finding, ListingReport
from listinglint.scoring import Advice
from listinglint.spreadsheets import CellMark, Margin

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


class Original(Protocol):
    """The workbook that is the catalog, of which a report can be a copy with more in it."""

    @property
    def sheets(self) -> Sequence[str]:
        """The names of all its sheets."""
        ...

    @property
    def margins(self) -> Mapping[str, Margin]:
        """For each sheet with listings, where columns can be put beside them."""
        ...

    def write(self, overlay: Path, marks: Mapping[str, Mapping[str, CellMark]], out: BinaryIO) -> None:
        """Writes the copy: `overlay` is a workbook whose sheets are laid over those of the same name, or come behind all; `marks` are
        the marked cells of each sheet by name (`C12`)."""
        ...


@dataclass(frozen=True)
class Run:
    """How a run is to be shown.

    `width` in columns and `colour` count for text only; `several` says that the catalog has more than one source;
    `quiet` leaves out listings without findings, `statistics` adds the table of all rules. `summaries` maps rule names
    to their summary in `lang`; `rules` are those of the run. `fail_on` is the severity from which findings fail the run.
    Reports name files relative to `root`. `service` is where the run takes place and what reads its report (`github`,
    `gitlab` or None); `job_summary` is the file that GitHub shows as the job's summary. `locate` finds the place of a
    finding in a text file, or None where it cannot be told. `columns` are those that feed fields, in the source's order. `baseline` says that findings
    which were there before are forgiven. `original` is the workbook that a workbook report is a copy of; without one the report is a new workbook.
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
    original: Original | None = None


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
