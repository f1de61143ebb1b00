"""The work on an uploaded file, done in a process of its own: it may be stopped at any moment and takes no time from the page.

A task is a value; `run` does it and yields what is to be told meanwhile, the result last.
"""

from __future__ import annotations

import dataclasses
import datetime
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from listinglint.config import Settings
from listinglint.model import CatalogSummary, Text

if TYPE_CHECKING:
    from listinglint.catalogs import Catalog, CatalogError, SourceInfo
    from listinglint.catalogs.workbook_annotating import Annotator

Columns = Mapping[str, Sequence[str]]
Tell = Callable[[dict[str, Any]], None]
_PREVIEW: Final = 5
_LONGEST: Final = 300
_MOST_HEADERS: Final = 500
_EVERY: Final = 0.1
"""Seconds between two reports of progress."""


@dataclass(frozen=True)
class Source:
    """An uploaded file: where it lies, the name it came with, and how it is read."""

    path: Path
    name: str
    columns: Columns | None = None
    sheet: str | None = None

    def open(self) -> Catalog:
        """The catalog. Raises CatalogError."""
        from listinglint.catalogs import open_catalog

        return open_catalog([self.path], columns=self.columns or None, sheet=self.sheet, shown=self.name)


@dataclass(frozen=True)
class Inspect:
    """Finds out the sheets, the columns and the first listings of a file."""

    source: Source

    def run(self, tell: Tell) -> dict[str, Any]:
        """What is told of the upload; a table whose title is not found has a source without fields. Raises CatalogError."""
        from listinglint.catalogs.errors import NoTitleColumnError

        sheets = _sheets(self.source.path)
        try:
            catalog = self.source.open()
        except NoTitleColumnError as error:
            return {"sheets": sheets, "sources": [self._untitled(error)], "preview": [], "notes": [_both(error.message)]}
        preview = [{name: _cut(value) for name, value in listing.to_dict().items()} for listing in islice(catalog, _PREVIEW)]
        return {"sheets": sheets, "sources": [_source(info) for info in catalog.sources], "preview": preview, "notes": [_both(note) for note in catalog.notes]}

    def _untitled(self, error: CatalogError) -> dict[str, Any]:
        """The columns of a table without a title, so that a person can say which one it is. Raises the error for what is no table."""
        from listinglint.catalogs import CatalogError, limits
        from listinglint.catalogs.columns import map_columns
        from listinglint.catalogs.rows import read_rows
        from listinglint.catalogs.tabular import SourceInfo

        sheet = error.sheet
        try:
            first = list(islice(read_rows(self.source.path, sheet=sheet), limits.HEADER_ROWS + limits.SAMPLE_ROWS))
        except CatalogError:
            raise error from None
        best = max(range(min(len(first), limits.HEADER_ROWS)), key=lambda at: (sum(bool(str(cell).strip()) for cell in first[at].cells), -at), default=None)
        if best is None:
            raise error
        mapping = map_columns([str(cell) for cell in first[best].cells], [row.cells for row in first[best + 1 :]])
        info = SourceInfo(self.source.name, "table", sheet=sheet, fields=mapping.names(), ignored=list(mapping.unknown))
        info.see(mapping)
        return _source(info)


@dataclass(frozen=True)
class Check:
    """Checks a file; the reports go to the database at `results`. `record` names what keeps the run's counts."""

    source: Source
    settings: Settings
    results: Path
    jobs: int = 1
    fail_on: str = "warning"
    record: Record | None = None

    def run(self, tell: Tell) -> dict[str, Any]:
        """Tells of progress, gives the summary object. Raises what `Linter` and `open_catalog` do."""
        from listinglint.engine import check
        from listinglint.engine.catalog import Counts
        from listinglint.model.findings import SEVERITY_ORDER
        from listinglint.web.results import ResultWriter

        begun = datetime.datetime.now(datetime.UTC)
        catalog = self.source.open()
        writer, counts, failed = ResultWriter(self.results), Counts(), False
        least = SEVERITY_ORDER.get(self.fail_on, 99)
        for report in check(catalog, self.settings, jobs=self.jobs, progress=_Progress(catalog, tell)):
            counts.add(report)
            failed = failed or any(SEVERITY_ORDER[finding.severity] >= least and not finding.preview for finding in report.findings)
            writer.add(report)
        lang = self.settings.lang
        notes = [note.get(lang) for note in catalog.notes] + [problem.text().get(lang) for problem in catalog.problems]
        summary = counts.summary(failed=failed or bool(counts.errors), notes=notes)
        if self.record is not None and (trouble := self.record.keep(summary, self.settings, catalog, begun)) is not None:
            summary = dataclasses.replace(summary, notes=(*summary.notes, trouble.get(lang)))
        writer.finish(summary)
        return summary.to_dict()


@dataclass(frozen=True)
class Record:
    """Keeps the counts of a check in a history (None: the user's own) under the name of the file that was uploaded."""

    history: str | None
    name: str

    def keep(self, summary: CatalogSummary, settings: Settings, catalog: Catalog, begun: datetime.datetime) -> Text | None:
        """Keeps the run; gives what to say where that cannot be."""
        from listinglint import __version__
        from listinglint.engine import Linter
        from listinglint.history import History, HistoryError, RecordedRun, identify
        from listinglint.history.identity import without_dates
        from listinglint.rules.rule_sets import RULE_SETS

        run = RecordedRun.of(
            summary, identify([], name=without_dates(self.name)), at=begun, marketplace=Path(settings.marketplace).name, version=__version__,
            rule_set=settings.rule_set or RULE_SETS[-1], rules=tuple(rule.rule.name for rule in Linter(settings).rules),
            sources=tuple((info.file, info.sheet) for info in catalog.sources)[:100],
        )  # fmt: skip
        try:
            History(self.history).add(run)
        except HistoryError as error:
            return error.message
        return None


@dataclass(frozen=True)
class Render:
    """Writes a report of a checked file in one of the formats of `check`."""

    source: Source
    settings: Settings
    results: Path
    form: str
    target: Path

    def run(self, tell: Tell) -> dict[str, Any]:
        """Gives nothing; the file is there whole when this returns."""
        from listinglint.catalogs.tables import replace_file
        from listinglint.reports import BINARY
        from listinglint.web.results import Results

        def write(part: Path) -> None:
            if self.form in BINARY:
                with part.open("wb") as binary:
                    self._write(binary, Results(self.results))
            else:
                # The mark tells Excel that a CSV file is UTF-8.
                encoding = "utf-8-sig" if self.form == "csv" else "utf-8"
                with part.open("w", encoding=encoding, errors="backslashreplace", newline="") as text:
                    self._write(text, Results(self.results))

        replace_file(self.target, write)
        return {}

    def _write(self, out: Any, results: Any) -> None:
        from listinglint import __version__
        from listinglint.engine import Linter
        from listinglint.reports import Column, Run, make_reporter

        linter, catalog = Linter(self.settings), self.source.open()
        lang = self.settings.lang
        reporter = make_reporter(self.form, out)
        reporter.begin(
            Run(
                version=__version__, marketplace=self.settings.marketplace, lang=lang, several=len(catalog.sources) > 1,
                summaries={rule.name: rule.summary.get(lang) for rule in linter.reported}, rules=linter.reported,
                columns=tuple(Column(*one) for one in catalog.columns), original=_original(catalog) if self.form == "xlsx" else None,
            )
        )  # fmt: skip
        for report in results.reports():
            reporter.listing(report, None)
        reporter.end(results.summary())


@dataclass(frozen=True)
class Mend:
    """Writes a mended copy of a file."""

    source: Source
    settings: Settings
    target: Path
    unsafe: bool = False

    def run(self, tell: Tell) -> dict[str, Any]:
        """Gives nothing; the copy is there whole when this returns. Raises CatalogError for a file that cannot be mended."""
        from listinglint.catalogs.mending import mend
        from listinglint.engine import Linter

        catalog = self.source.open()
        mend(catalog, Linter(self.settings), unsafe=self.unsafe, lang=self.settings.lang, progress=_Progress(catalog, tell)).write(self.target)
        return {}


Task = Inspect | Check | Render | Mend


@dataclass
class _Progress:
    """Tells how far a pass has come, not more often than one can see."""

    catalog: Catalog
    tell: Tell
    last: float = 0.0
    seen: dict[str, int] = field(default_factory=dict)

    def __call__(self, phase: str, done: int) -> None:
        self.seen[phase] = done
        now = time.monotonic()
        if now - self.last >= _EVERY:
            self.last = now
            # The first pass counts what the second one is told of.
            self.tell({"phase": phase, "done": done, "total": self.seen.get("read") if phase == "check" else None})


def _original(catalog: Catalog) -> Annotator | None:
    """The workbook that the workbook report is a copy of, where it can be."""
    from listinglint.catalogs import CatalogError
    from listinglint.catalogs.workbook_annotating import annotator_of

    try:
        return annotator_of(catalog)
    except CatalogError:
        return None


def _sheets(path: Path) -> list[str]:
    """The names of the visible sheets of a workbook; none for other files, and for one that cannot be read."""
    from listinglint.catalogs import CatalogError
    from listinglint.catalogs.workbooks import sheet_names

    try:
        return sheet_names(path, str(path)) if path.suffix in (".xlsx", ".xlsm") else []
    except CatalogError:
        return []


def _source(info: SourceInfo) -> dict[str, Any]:
    headers = info.headers[:_MOST_HEADERS]
    return {
        "sheet": info.sheet, "headers": headers, "fields": {name: list(columns) for name, columns in info.fields.items()}, "ignored": list(info.ignored)[:_MOST_HEADERS],
        "samples": {header: list(info.samples.get(header, ())) for header in dict.fromkeys(headers)},
    }  # fmt: skip


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def _cut(value: Any) -> Any:
    if isinstance(value, str):
        return value[:_LONGEST]
    if isinstance(value, list):
        return [_cut(one) for one in value[:50]]
    return {str(name)[:_LONGEST]: _cut(one) for name, one in list(value.items())[:50]} if isinstance(value, dict) else value

