"""The seller's own workbook with the report in it: columns beside the listings, faulty cells filled, a summary and all findings behind its sheets."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from listinglint.model import CatalogSummary, Finding, ListingReport
from listinglint.model.findings import SEVERITY_ORDER
from listinglint.reports import wording
from listinglint.reports.reporter import Original, Run
from listinglint.reports.terminal import clean
from listinglint.reports.xlsx_findings import FindingsSheet
from listinglint.reports.xlsx_looks import SCALE, WIDE, Looks, limits
from listinglint.reports.xlsx_summary import write_summary
from listinglint.scoring import Advice
from listinglint.spreadsheets import MARK_FILLS, MOST_ROWS, Book, CellMark

MOST_COMMENTS: Final = 5_000
"""Comments in a sheet: with many more of them Excel takes long to open it."""
_LONGEST_COMMENT: Final = 1_500
_WIDTHS: Final = {"stars": 11, "score": 8, "count": 9, "mend": WIDE, "advice": 50}


class AnnotatedReporter:
    """Lays what was found over a copy of `original`. What is laid over it is a workbook of its own at first, in a file that goes at the end."""

    def __init__(self, out: BinaryIO, original: Original, most: int = MOST_ROWS) -> None:
        self._out, self._original, self._most = out, original, most
        self._folder = tempfile.TemporaryDirectory(prefix="listinglint-", ignore_cleanup_errors=True)
        self._path = Path(self._folder.name) / "overlay.xlsx"
        self._file = self._path.open("wb")
        self._marks: dict[str, dict[str, tuple[int, str]]] = {name: {} for name in original.margins}
        self._uncommented = 0
        self._files: dict[str, None] = {}
        self._begun = False

    def begin(self, run: Run) -> None:
        self._run = run
        self._book = Book(self._file, run.lang)
        self._looks = Looks(self._book, run)
        self._sheets = {name: self._book.sheet(name, margin.links) for name, margin in self._original.margins.items()}
        self._last = {name: margin.header for name, margin in self._original.margins.items()}
        taken = {name.casefold() for name in self._original.sheets}
        self._summary = self._book.sheet(_free(self._looks.say("summary"), taken, most=31))
        self._findings = FindingsSheet(self._book, self._looks, run, _series(self._looks.say("findings"), taken), run.columns, self._most)

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        self._heads(advised=advice is not None)
        self._files[wording.file_name(report, self._run.root)] = None
        source = report.listing.source
        sheet = source.sheet if source else None
        if source is None or sheet not in self._sheets or source.record is None or (self._run.quiet and not report.findings and not report.errors):
            return
        row, column = source.record - 1, self._original.margins[sheet].column
        self._last[sheet] = source.record
        beside = self._sheets[sheet]
        self._looks.count_cells(beside, row, column, report, self._findings.table.ahead)
        lines = self._looks.mend_cell(beside, row, column + 3, report, self._findings.table.name)
        if self._advised:
            lines = max(lines, self._looks.advice_cell(beside, row, column + 4, advice))
        self._book.height(beside, row, lines)
        self._findings.add((sheet, row), report)
        self._mark(sheet, report.findings)

    def end(self, summary: CatalogSummary) -> None:
        self._heads(advised=False)
        for name, sheet in self._sheets.items():
            margin = self._original.margins[name]
            sheet.conditional_format(margin.header, margin.column + 1, max(self._last[name] - 1, margin.header), margin.column + 1, SCALE)
        self._findings.table.finish()
        labels = self._labels[next(iter(self._sheets))]
        notes = [self._looks.say("beside", first=labels[0], last=labels[-1], findings=self._findings.table.name)]
        notes += limits(self._looks, self._book, (self._findings.table,))
        if self._uncommented:
            notes.append(self._looks.say("uncommented", n=self._uncommented))
        write_summary(self._book, self._summary, self._run, summary, list(self._files), notes)
        self._book.close()
        self._file.close()
        marks = {sheet: {cell: CellMark(_FILLS[level], text) for cell, (level, text) in cells.items()} for sheet, cells in self._marks.items()}
        self._original.write(self._path, marks, self._out)
        self._folder.cleanup()

    def _heads(self, *, advised: bool) -> None:
        """The headers of the columns beside each table; which columns there are shows with the first listing."""
        if self._begun:
            return
        self._begun, self._advised = True, advised
        self._labels: dict[str, list[str]] = {}
        for name, sheet in self._sheets.items():
            margin = self._original.margins[name]
            taken = {header.casefold() for header in margin.headers}
            self._labels[name] = []
            for at, (word, width) in enumerate(one for one in _WIDTHS.items() if advised or one[0] != "advice"):
                label = _free(self._looks.say(word), taken)
                self._labels[name].append(label)
                sheet.set_column(margin.column + at, margin.column + at, width)
                self._book.text(sheet, margin.header - 1, margin.column + at, label, self._looks.ours)
            self._book.height(sheet, margin.header - 1, 1)

    def _mark(self, sheet: str, findings: Iterable[Finding]) -> None:
        """Fills the cells that findings name by the gravest one; their comments say them all."""
        marks = self._marks[sheet]
        by_cell: dict[str, list[Finding]] = {}
        for finding in findings:
            if finding.cell is not None:
                by_cell.setdefault(finding.cell, []).append(finding)
        for cell, found in by_cell.items():
            found.sort(key=wording.gravity, reverse=True)
            text = ""
            if len(marks) < MOST_COMMENTS:
                text = "\n".join(f"{wording.SIGNS[one.severity]} {clean(one.message)}" for one in found)
                text = text if len(text) <= _LONGEST_COMMENT else text[: _LONGEST_COMMENT - 1] + "…"
            else:
                self._uncommented += 1
            marks[cell] = (SEVERITY_ORDER[found[0].severity], text)


_FILLS: Final = {SEVERITY_ORDER[level]: colour for level, colour in MARK_FILLS.items()}


def _series(name: str, taken: set[str]) -> str:
    """The name, with a number behind it where it or one that goes on with a number (`Findings 2`) is taken."""
    number, found = 1, name
    while any(one == found.casefold() or one.startswith(f"{found.casefold()} ") for one in taken):
        number += 1
        found = f"{name} ({number})"
    return found


def _free(name: str, taken: set[str], most: int | None = None) -> str:
    """The name, with a number behind it where it is taken; it is taken then."""
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{name[: most - 4] if most else name} ({number})"
    taken.add(found.casefold())
    return found
