"""A workbook for people who mend in a spreadsheet: a summary with charts, the listings with what to mend beside them, and every finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO, Final

from listinglint.model import CatalogSummary, Finding, ListingReport, Text
from listinglint.model.listing import FIELDS
from listinglint.model.reports import SECTIONS
from listinglint.reports import wording
from listinglint.reports.html import SECTION_LABELS
from listinglint.reports.marks import Span, pieces
from listinglint.reports.reporter import Column, Run
from listinglint.reports.terminal import clean
from listinglint.reports.xlsx_summary import COLOURS, FILLS, RULE_LINE, STAR_COLOURS, write_summary
from listinglint.scoring import Advice
from listinglint.spreadsheets import MOST_ROWS, Book, Style, Table, lines_of

MOST_BESIDE: Final = 8
"""Findings told beside a listing; all stand in the sheet of findings."""
_A3: Final = 8
_WIDE: Final = 64
_WORDS: Final = 28
_LONGEST_WORDS: Final = 240
_LONGEST_NAME: Final = 80
_MOST_MARKS: Final = 200
"""Marks in one cell: a text of more pieces is no help to anybody."""
_WIDTHS: Final = {
    "id": 14, "title": 48, "keywords": 34, "brief": 34, "description": 44, "highlights": 34, "subtitle": 30, "category": 26, "attributes": 34,
    "seo_title": 30, "meta_description": 34, "certifications": 18, "images": 22,
}  # fmt: skip
_WRAPPED: Final = ("title", "keywords", "subtitle", "seo_title")
"""Fields whose cells show all of their text; the longer ones would make rows too high to go through."""
# No label of ours names a field, so that the workbook, mended, can be checked like any catalog.
_LABELS: Final = {
    "summary": Text("Summary", "汇总"),
    "listings": Text("Listings", "产品"),
    "findings": Text("Findings", "问题"),
    "file": Text("File", "文件"),
    "sheet": Text("Sheet", "工作表"),
    "row": Text("Row", "行号"),
    "stars": Text("Stars", "星级"),
    "score": Text("Score", "得分"),
    "count": Text("Findings", "问题数"),
    "mend": Text("What to mend", "需要修改的内容"),
    "advice": Text("To more stars", "如何升星"),
    "capped": Text("Held down by", "受限规则"),
    "listing": Text("Listing", "产品"),
    "title": Text("Title now", "现标题"),
    "section": Text("{name} score", "{name}得分"),
    "severity": Text("Severity", "级别"),
    "field": Text("Where", "位置"),
    "in": Text("in {header}", "列：{header}"),
    "cell": Text("Cell", "单元格"),
    "words": Text("Words", "原文"),
    "message": Text("What is wrong", "问题说明"),
    "fix": Text("Change to", "修改为"),
    "kind": Text("Fix", "修改方式"),
    "cost": Text("Costs", "扣分"),
    "rule": Text("Rule", "规则"),
    "error": Text("Error", "错误"),
    "warning": Text("Warning", "警告"),
    "info": Text("Hint", "提示"),
    "internal": Text("Internal error", "内部错误"),
    "crashed": Text("the rule crashed: {error}", "规则内部出错：{error}"),
    "safe": Text("safe", "可自动修改"),
    "unsafe": Text("please review", "请人工复核"),
    "remove": Text("(remove)", "（删除）"),
    "more": Text("… and {n} more, see “{sheet}”", "……另有 {n} 个，见“{sheet}”"),
    "reaches": Text("{stars} {score:.0f}: {rules}", "{stars} {score:.0f}：{rules}"),
    "how": Text(
        "Filter “{listings}” by stars and go down the list: what to mend stands beside each listing, the faulty words are coloured. “{findings}” has one row "
        "a finding. Links lead to rows: filter as you like, but sorting moves rows away from under the links.",
        "在“{listings}”中按星级筛选，逐条修改：每个产品旁边写明需要修改的内容，有问题的词已标色。“{findings}”中每个问题一行。链接指向固定的行：可以放心筛选，但排序后链接会对不上。",
    ),
    "further": Text(
        "There are more rows than a sheet of Excel holds: “{name}” goes on in {n} sheets.", "行数超过 Excel 单个工作表的上限：“{name}”分为 {n} 个工作表。"
    ),
    "unlinked": Text(
        "Excel holds at most 65,530 links a sheet: {n:,} cells further down have none.", "Excel 每个工作表最多 65,530 个链接：后面的 {n:,} 个单元格没有链接。"
    ),
    "shortened": Text("A cell of Excel holds at most 32,767 characters: {n:,} texts are cut (“…”).", "Excel 单元格最多 32,767 个字符：{n:,} 处文本已截断（“…”）。"),
}


class XlsxReporter:
    """Writes listings and findings as they come, the summary in front of them at the end."""

    def __init__(self, out: BinaryIO, most: int = MOST_ROWS) -> None:
        self._out, self._most = out, most
        self._files: dict[str, None] = {}

    def begin(self, run: Run) -> None:
        self._run = run
        self._book = book = Book(self._out, run.lang)
        self._summary = book.sheet(self._say("summary"))
        self._columns = tuple(run.columns)
        self._headed = False
        self._advised = False
        top = {"valign": "top", "bottom": 1, "bottom_color": RULE_LINE}
        self._text = {
            (wrap, level): book.style(**top, align="left", indent=1, **({"text_wrap": True} if wrap else {}), **({"bg_color": FILLS[level]} if level else {}))
            for wrap in (False, True)
            for level in (None, *wording.LEVELS)
        }
        self._stars = {n: book.style(**top, num_format=f'"{wording.stars(n)}"', font_color=STAR_COLOURS[n], align="center") for n in range(1, 6)}
        self._number = book.style(**top, align="center")
        self._score = book.style(**top, num_format="0.0", align="center")
        self._cost = book.style(**top, num_format='"−"0.0;;', align="center")
        self._link = book.style(**top, font_color="#1F5FA8", underline=1)
        self._linked = book.style(**top, font_color="#1F5FA8", underline=1, align="center")
        self._level = {level: book.style(**top, font_color=COLOURS[level], bold=True) for level in wording.LEVELS}
        self._mark = {level: book.style(font_color=COLOURS[level], bold=True, underline=1) for level in wording.LEVELS}
        self._sign = {level: book.style(font_color=COLOURS[level], bold=True) for level in wording.LEVELS}
        self._ours = book.style(bold=True, font_color="#FFFFFF", bg_color="#1F4E5F", valign="vcenter", text_wrap=True, border=1, border_color="#FFFFFF")
        self._theirs = book.style(bold=True, font_color="#1F3540", bg_color="#CFE0E8", valign="vcenter", text_wrap=True, border=1, border_color="#FFFFFF")

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        if self._run.quiet and not report.findings and not report.errors:
            return
        self._files[wording.file_name(report, self._run.root)] = None
        self._open(report, advice)
        sheet, row = self._listings.next()
        self._listing_row(sheet, row, report, advice)
        for finding in wording.gravest_first(report):
            self._finding_row((sheet.name, row), report, finding)
        for error in report.errors:
            self._error_row((sheet.name, row), report, error.rule, error.error)

    def end(self, summary: CatalogSummary) -> None:
        self._open(None, None)
        self._listings.finish()
        self._findings.finish()
        notes = [self._say("how", listings=self._listings.name, findings=self._findings.name), *self._limits()]
        write_summary(self._book, self._summary, self._run, summary, list(self._files), notes)
        self._book.close()

    def _say(self, word: str, **values: object) -> str:
        return _LABELS[word].format(self._run.lang, **values)

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
        self._listings = Table(self._book, self._say("listings"), self._begin_listings, self._end_listings, self._most)
        self._findings = Table(self._book, self._say("findings"), self._begin_findings, self._end_findings, self._most)

    def _limits(self) -> list[str]:
        """What the limits of Excel took away."""
        out = [self._say("further", name=table.name, n=table.sheets) for table in (self._listings, self._findings) if table.sheets > 1]
        if self._book.unlinked:
            out.append(self._say("unlinked", n=self._book.unlinked))
        if self._book.shortened:
            out.append(self._say("shortened", n=self._book.shortened))
        return out

    # --- the sheet of listings ---

    def _begin_listings(self, sheet: Any) -> None:
        widths = {"file": 22, "sheet": 14, "row": 7, "stars": 11, "score": 8, "count": 9, "mend": _WIDE, "capped": 22, "advice": 50}
        sections = [self._say("section", name=SECTION_LABELS[name].get(self._run.lang)) for name in SECTIONS]
        heads = [
            *((self._say(label), widths[label], self._ours) for label in self._front),
            *((column.header, _WIDTHS.get(column.field, 16), self._theirs) for column in self._columns),
            *((label, 11, self._ours) for label in sections),
            *((self._say(label), widths[label], self._ours) for label in self._back),
        ]
        self._head(sheet, heads, frozen=len(self._front) - 2)

    def _head(self, sheet: Any, heads: Iterable[tuple[str, int, Style]], frozen: int) -> None:
        for at, (label, width, style) in enumerate(heads):
            sheet.set_column(at, at, width)
            self._book.text(sheet, 0, at, label, style)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, frozen)
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _end_listings(self, sheet: Any, last: int) -> None:
        first = len(self._front) + len(self._columns)
        sheet.autofilter(0, 0, last, first + len(SECTIONS) + len(self._back) - 1)
        score = self._front.index("score")
        self._lines_of_blanks(sheet, last, first + len(SECTIONS) + len(self._back) - 1)
        scale = {
            "type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num", "min_value": 0, "mid_value": 65, "max_value": 100,
            "min_color": "#F4B6AE", "mid_color": "#FFEDB3", "max_color": "#B5DDBD",
        }  # fmt: skip
        for left, right in ((score, score), (first, first + len(SECTIONS) - 1)):
            sheet.conditional_format(1, left, max(last, 1), right, scale)

    def _listing_row(self, sheet: Any, row: int, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        book, source, column = self._book, report.listing.source, len(self._place)
        self._place_cells(sheet, row, 0, report)
        book.number(sheet, row, column, source.record if source else None, self._number)
        book.number(sheet, row, column + 1, report.stars, self._stars[report.stars])
        book.number(sheet, row, column + 2, report.score, self._score)
        count = len(report.findings) + len(report.errors)
        if count:
            book.linked_number(sheet, row, column + 3, self._findings.ahead, count, self._linked)
        else:
            book.number(sheet, row, column + 3, 0, self._number)
        lines = self._mend_cell(sheet, row, column + 4, report)
        column += 5
        by_field: dict[str, list[Finding]] = {}
        for finding in report.findings:
            by_field.setdefault(finding.field, []).append(finding)
        for one in self._columns:
            lines = max(lines, self._field_cell(sheet, row, column, report, one, by_field.get(one.field, ())))
            column += 1
        for name in SECTIONS:
            book.number(sheet, row, column, report.sections.get(name), self._score)
            column += 1
        book.text(sheet, row, column, report.capped_by or "", self._text[False, None])
        if self._advised:
            steps = [self._say("reaches", stars=wording.stars(step.stars), score=step.score, rules=step.rule) for step in advice or ()]
            book.text(sheet, row, column + 1, "\n".join(steps), self._text[True, None])
            lines = max(lines, len(steps))
        book.height(sheet, row, lines)

    def _place_cells(self, sheet: Any, row: int, column: int, report: ListingReport) -> None:
        if not self._run.several:
            return
        source = report.listing.source
        self._book.text(sheet, row, column, clean(wording.file_name(report, self._run.root)), self._text[False, None])
        self._book.text(sheet, row, column + 1, clean(source.sheet or "") if source else "", self._text[False, None])

    def _mend_cell(self, sheet: Any, row: int, column: int, report: ListingReport) -> int:
        """The findings of a listing, the gravest first, each on a new line; returns how many lines they take."""
        runs: list[tuple[str, Style | None]] = []
        plain = self._text[True, None]
        findings = wording.gravest_first(report)
        for finding in findings[:MOST_BESIDE]:
            where = finding.cell or finding.field
            runs.append((f"{chr(10) if runs else ''}{wording.SIGNS[finding.severity]} {clean(where)}  ", self._sign[finding.severity]))
            runs.append((clean(finding.message), plain))
        if len(findings) > MOST_BESIDE:
            runs.append(("\n" + self._say("more", n=len(findings) - MOST_BESIDE, sheet=self._findings.name), plain))
        for error in report.errors:
            runs.append((f"{chr(10) if runs else ''}{wording.SIGNS['error']} {error.rule}  ", self._sign["error"]))
            runs.append((self._say("crashed", error=clean(error.error)), plain))
        self._book.rich(sheet, row, column, runs, plain)
        return lines_of("".join(text for text, _ in runs), _WIDE)

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
            self._book.blank(sheet, row, column, self._text[False, level])
        wraps = wanted.field in _WRAPPED
        style = self._text[wraps, level]
        lines = lines_of(text, _WIDTHS[wanted.field]) if wraps else 1
        spans: list[Span] = [
            (one.start, one.end, one.severity)
            for one in found
            if one.part == part and one.start is not None and one.end is not None and (one.start > 0 or one.end < len(text.rstrip()))
        ]
        if not spans:
            self._book.text(sheet, row, column, text, style)
            return lines
        runs = [(piece, None if grave is None else self._mark[grave]) for piece, grave in pieces(text, spans[:_MOST_MARKS])]
        self._book.rich(sheet, row, column, runs, style)
        return lines

    # --- the sheet of findings ---

    def _begin_findings(self, sheet: Any) -> None:
        widths = {
            "listing": 16, "row": 7, "title": 34, "stars": 11, "severity": 12, "field": 14, "cell": 9, "words": _WORDS, "message": _WIDE, "fix": 34,
            "kind": 14, "cost": 8, "rule": 26, "file": 22, "sheet": 14,
        }  # fmt: skip
        self._head(sheet, [(self._say(label), width, self._ours) for label, width in widths.items() if label not in ("file", "sheet") or self._place], frozen=2)

    def _end_findings(self, sheet: Any, last: int) -> None:
        sheet.autofilter(0, 0, last, 12 + len(self._place))
        self._lines_of_blanks(sheet, last, 12 + len(self._place))

    def _lines_of_blanks(self, sheet: Any, last: int, column: int) -> None:
        """The line under each row goes on under the cells that hold nothing and are not written."""
        line = self._book.style(bottom=1, bottom_color=RULE_LINE)
        sheet.conditional_format(1, 0, max(last, 1), column, {"type": "blanks", "format": line.plain})

    def _front_cells(self, target: tuple[str, int], report: ListingReport, level: Any, word: str) -> tuple[Any, int]:
        book = self._book
        sheet, row = self._findings.next()
        source = report.listing.source
        title = clean(report.listing.text("title") or "").strip()
        name = clean(report.listing.text("id") or "").strip() or title or str(source.record if source else target[1] + 1)
        book.link(sheet, row, 0, target, _short(name, _LONGEST_NAME), self._link)
        book.number(sheet, row, 1, source.record if source else None, self._number)
        book.text(sheet, row, 2, _short(title, _LONGEST_NAME), self._text[False, None])
        book.number(sheet, row, 3, report.stars, self._stars[report.stars])
        book.text(sheet, row, 4, f"{wording.SIGNS[level]} {self._say(word)}", self._level[level])
        self._place_cells(sheet, row, 13, report)
        return sheet, row

    def _finding_row(self, target: tuple[str, int], report: ListingReport, finding: Finding) -> None:
        book, plain, wrapped = self._book, self._text[False, None], self._text[True, None]
        sheet, row = self._front_cells(target, report, finding.severity, finding.severity)
        header = next((one.header for one in self._columns if one.field == finding.field and one.part in (None, finding.part)), finding.field)
        # A header alone would be taken for the header of a table when the workbook is checked.
        where = _LABELS["in"].format("en" if header.isascii() else self._run.lang, header=clean(header))
        book.text(sheet, row, 5, where, plain)
        book.text(sheet, row, 6, clean(finding.cell or ""), plain)
        words, message, change = _short(clean(finding.text or "")), clean(finding.message), self._change(finding)
        book.text(sheet, row, 7, words, wrapped)
        book.text(sheet, row, 8, message, wrapped)
        book.text(sheet, row, 9, change, wrapped)
        book.height(sheet, row, max(lines_of(words, _WORDS), lines_of(message, _WIDE), lines_of(change, 34)))
        book.text(sheet, row, 10, self._say(finding.fix.safety) if finding.fix else "", plain)
        book.number(sheet, row, 11, round(finding.penalty, 1), self._cost)
        book.text(sheet, row, 12, finding.selector, plain)

    def _change(self, finding: Finding) -> str:
        """The new text of a fix of one edit; edits in several places make no sense without the text around them."""
        if finding.fix is None or len(finding.fix.edits) != 1:
            return ""
        text = finding.fix.edits[0].text
        return _short(clean(text)) if text.strip() else self._say("remove") if not text else "␣"

    def _error_row(self, target: tuple[str, int], report: ListingReport, rule: str, error: str) -> None:
        sheet, row = self._front_cells(target, report, "error", "internal")
        self._book.text(sheet, row, 8, self._say("crashed", error=clean(error)), self._text[True, None])
        self._book.text(sheet, row, 12, rule, self._text[False, None])


def _short(text: str, most: int = _LONGEST_WORDS) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
