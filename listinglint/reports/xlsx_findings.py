"""The sheet of findings of the workbook report: one row a finding, with a link to its listing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from listinglint.model import Finding, ListingReport
from listinglint.reports import wording
from listinglint.reports.reporter import Column, Run
from listinglint.reports.terminal import clean
from listinglint.reports.xlsx_looks import LABELS, WIDE, Looks
from listinglint.spreadsheets import Book, Table, lines_of

_WORDS: Final = 28
_CHANGE: Final = 34
_LONGEST_WORDS: Final = 240
_LONGEST_NAME: Final = 80


class FindingsSheet:
    """A table of findings, called `name`, which goes on in further sheets where one is full; `columns` are those of the source."""

    def __init__(self, book: Book, looks: Looks, run: Run, name: str, columns: Sequence[Column], most: int) -> None:
        self._book, self._looks, self._run, self._columns = book, looks, run, columns
        self.table = Table(book, name, self._begin, self._end, most)

    def add(self, target: tuple[str, int], report: ListingReport) -> None:
        """The findings of a listing, the gravest first; `target` is its sheet and row (from 0)."""
        for finding in wording.gravest_first(report):
            self._finding_row(target, report, finding)
        for error in report.errors:
            self._error_row(target, report, error.rule, error.error)

    @property
    def _last(self) -> int:
        return 12 + 2 * self._run.several

    def _begin(self, sheet: Any) -> None:
        widths = {
            "listing": 16, "row": 7, "title": 34, "stars": 11, "severity": 12, "field": 14, "cell": 9, "words": _WORDS, "message": WIDE, "fix": _CHANGE,
            "kind": 14, "cost": 8, "rule": 26, "file": 22, "sheet": 14,
        }  # fmt: skip
        heads = [(self._looks.say(label), width, self._looks.ours) for label, width in widths.items() if label not in ("file", "sheet") or self._run.several]
        self._looks.head(sheet, heads, frozen=2)

    def _end(self, sheet: Any, last: int) -> None:
        sheet.autofilter(0, 0, last, self._last)
        self._looks.line_blanks(sheet, last, self._last)

    def _front_cells(self, target: tuple[str, int], report: ListingReport, level: Any, word: str) -> tuple[Any, int]:
        book = self._book
        sheet, row = self.table.next()
        source = report.listing.source
        title = clean(report.listing.text("title") or "").strip()
        name = clean(report.listing.text("id") or "").strip() or title or str(source.record if source else target[1] + 1)
        book.link(sheet, row, 0, target, _short(name, _LONGEST_NAME), self._looks.link)
        book.number(sheet, row, 1, source.record if source else None, self._looks.number)
        book.text(sheet, row, 2, _short(title, _LONGEST_NAME), self._looks.text[False, None])
        book.number(sheet, row, 3, report.stars, self._looks.stars[report.stars])
        book.text(sheet, row, 4, f"{wording.SIGNS[level]} {self._looks.say(word)}", self._looks.level[level])
        self._looks.place_cells(sheet, row, 13, report)
        return sheet, row

    def _finding_row(self, target: tuple[str, int], report: ListingReport, finding: Finding) -> None:
        book, plain, wrapped = self._book, self._looks.text[False, None], self._looks.text[True, None]
        sheet, row = self._front_cells(target, report, finding.severity, finding.severity)
        header = next((one.header for one in self._columns if one.field == finding.field and one.part in (None, finding.part)), finding.field)
        # A header alone would be taken for the header of a table when the workbook is checked.
        where = LABELS["in"].format("en" if header.isascii() else self._run.lang, header=clean(header))
        book.text(sheet, row, 5, where, plain)
        book.text(sheet, row, 6, clean(finding.cell or ""), plain)
        words, message, change = _short(clean(finding.text or "")), clean(finding.message), self._change(finding)
        book.text(sheet, row, 7, words, wrapped)
        book.text(sheet, row, 8, message, wrapped)
        book.text(sheet, row, 9, change, wrapped)
        book.height(sheet, row, max(lines_of(words, _WORDS), lines_of(message, WIDE), lines_of(change, _CHANGE)))
        book.text(sheet, row, 10, self._looks.say(finding.fix.safety) if finding.fix else "", plain)
        book.number(sheet, row, 11, round(finding.penalty, 1), self._looks.cost)
        book.text(sheet, row, 12, finding.selector, plain)

    def _change(self, finding: Finding) -> str:
        """The new text of a fix of one edit; edits in several places make no sense without the text around them."""
        if finding.fix is None or len(finding.fix.edits) != 1:
            return ""
        text = finding.fix.edits[0].text
        return _short(clean(text)) if text.strip() else self._looks.say("remove") if not text else "␣"

    def _error_row(self, target: tuple[str, int], report: ListingReport, rule: str, error: str) -> None:
        sheet, row = self._front_cells(target, report, "error", "internal")
        self._book.text(sheet, row, 8, self._looks.say("crashed", error=clean(error)), self._looks.text[True, None])
        self._book.text(sheet, row, 12, rule, self._looks.text[False, None])


def _short(text: str, most: int = _LONGEST_WORDS) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
