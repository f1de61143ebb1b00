"""A workbook for people who mend in a spreadsheet: a summary with charts, the listings with what to mend beside them, and every finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO, Final

from listinglint.model import CatalogSummary, Finding, ListingReport
from listinglint.model.listing import FIELDS
from listinglint.model.reports import SECTIONS
from listinglint.reports import wording
from listinglint.reports.html import SECTION_LABELS
from listinglint.reports.marks import Span, pieces
from listinglint.reports.reporter import Column, Run
from listinglint.reports.xlsx_findings import FindingsSheet
from listinglint.reports.xlsx_looks import SCALE, WIDE, Looks, limits
from listinglint.reports.xlsx_summary import write_summary
from listinglint.scoring import Advice
from listinglint.spreadsheets import MOST_ROWS, Book, Table, lines_of

_MOST_MARKS: Final = 200
"""Marks in one cell: a text of more pieces is no help to anybody."""
_WIDTHS: Final = {
    "id": 14, "title": 48, "keywords": 34, "brief": 34, "description": 44, "highlights": 34, "subtitle": 30, "category": 26, "attributes": 34,
    "seo_title": 30, "meta_description": 34, "certifications": 18, "images": 22,
}  # fmt: skip
_WRAPPED: Final = ("title", "keywords", "subtitle", "seo_title")
"""Fields whose cells show all of their text; the longer ones would make rows too high to go through."""

class XlsxReporter:
    """Writes listings and findings as they come, the summary in front of them at the end."""

    def __init__(self, out: BinaryIO, most: int = MOST_ROWS) -> None:
        self._out, self._most = out, most
        self._files: dict[str, None] = {}

    def begin(self, run: Run) -> None:
        self._run = run
        self._book = Book(self._out, run.lang)
        self._looks = Looks(self._book, run)
        self._summary = self._book.sheet(self._looks.say("summary"))
        self._columns = tuple(run.columns)
        self._headed = False
        self._advised = False

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        if self._run.quiet and not report.findings and not report.errors:
            return
        self._files[wording.file_name(report, self._run.root)] = None
        self._open(report, advice)
        sheet, row = self._listings.next()
        self._listing_row(sheet, row, report, advice)
        self._findings.add((sheet.name, row), report)

    def end(self, summary: CatalogSummary) -> None:
        self._open(None, None)
        self._listings.finish()
        self._findings.table.finish()
        how = self._looks.say("how", listings=self._listings.name, findings=self._findings.table.name)
        notes = [how, *limits(self._looks, self._book, (self._listings, self._findings.table))]
        write_summary(self._book, self._summary, self._run, summary, list(self._files), notes)
        self._book.close()

    def _open(self, first: ListingReport | None, advice: Sequence[Advice] | None) -> None:
        """Begins the tables; which columns they have shows with the first listing where the run does not say."""
        if self._headed:
            return
        self._headed, self._advised = True, advice is not None
        if not self._columns and first is not None:
            self._columns = tuple(Column(name, None, name) for name in FIELDS if first.listing.has(name))
        self._place = [label for label in ("file", "sheet") if self._run.several]
        self._front = [*self._place, "row", "stars", "score", "count", "mend"]
        self._back = ["capped", *(["advice"] if self._advised else [])]
        self._listings = Table(self._book, self._looks.say("listings"), self._begin_listings, self._end_listings, self._most)
        self._findings = FindingsSheet(self._book, self._looks, self._run, self._looks.say("findings"), self._columns, self._most)

    # --- the sheet of listings ---

    def _begin_listings(self, sheet: Any) -> None:
        widths = {"file": 22, "sheet": 14, "row": 7, "stars": 11, "score": 8, "count": 9, "mend": WIDE, "capped": 22, "advice": 50}
        sections = [self._looks.say("section", name=SECTION_LABELS[name].get(self._run.lang)) for name in SECTIONS]
        heads = [
            *((self._looks.say(label), widths[label], self._looks.ours) for label in self._front),
            *((column.header, _WIDTHS.get(column.field, 16), self._looks.theirs) for column in self._columns),
            *((label, 11, self._looks.ours) for label in sections),
            *((self._looks.say(label), widths[label], self._looks.ours) for label in self._back),
        ]
        self._looks.head(sheet, heads, frozen=len(self._front) - 2)

    def _end_listings(self, sheet: Any, last: int) -> None:
        first = len(self._front) + len(self._columns)
        sheet.autofilter(0, 0, last, first + len(SECTIONS) + len(self._back) - 1)
        score = self._front.index("score")
        self._looks.line_blanks(sheet, last, first + len(SECTIONS) + len(self._back) - 1)
        for left, right in ((score, score), (first, first + len(SECTIONS) - 1)):
            sheet.conditional_format(1, left, max(last, 1), right, SCALE)

    def _listing_row(self, sheet: Any, row: int, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        book, source, column = self._book, report.listing.source, len(self._place)
        self._looks.place_cells(sheet, row, 0, report)
        book.number(sheet, row, column, source.record if source else None, self._looks.number)
        self._looks.count_cells(sheet, row, column + 1, report, self._findings.table.ahead)
        lines = self._looks.mend_cell(sheet, row, column + 4, report, self._findings.table.name)
        column += 5
        by_field: dict[str, list[Finding]] = {}
        for finding in report.findings:
            by_field.setdefault(finding.field, []).append(finding)
        for one in self._columns:
            lines = max(lines, self._field_cell(sheet, row, column, report, one, by_field.get(one.field, ())))
            column += 1
        for name in SECTIONS:
            book.number(sheet, row, column, report.sections.get(name), self._looks.score)
            column += 1
        book.text(sheet, row, column, report.capped_by or "", self._looks.text[False, None])
        if self._advised:
            lines = max(lines, self._looks.advice_cell(sheet, row, column + 1, advice))
        book.height(sheet, row, lines)

    def _field_cell(self, sheet: Any, row: int, column: int, report: ListingReport, wanted: Column, findings: Sequence[Finding]) -> int:
        """A cell of the source: filled by the gravest finding in it, the faulty words coloured. Returns the lines that must be seen."""
        parts = report.listing.parts(wanted.field)
        part = wanted.part
        found = [one for one in findings if part is None or one.part == part]
        if part is None:
            text, part = report.listing.text(wanted.field) or "", 0 if len(parts) == 1 else -1
        else:
            text = parts[part] if part < len(parts) else ""
        level = wording.gravest(found)
        if not text and level is not None:
            self._book.blank(sheet, row, column, self._looks.text[False, level])
        wraps = wanted.field in _WRAPPED
        style = self._looks.text[wraps, level]
        lines = lines_of(text, _WIDTHS[wanted.field]) if wraps else 1
        spans: list[Span] = [
            (one.start, one.end, one.severity)
            for one in found
            if one.part == part and one.start is not None and one.end is not None and (one.start > 0 or one.end < len(text.rstrip()))
        ]
        if not spans:
            self._book.text(sheet, row, column, text, style)
            return lines
        runs = [(piece, None if grave is None else self._looks.mark[grave]) for piece, grave in pieces(text, spans[:_MOST_MARKS])]
        self._book.rich(sheet, row, column, runs, style)
        return lines
