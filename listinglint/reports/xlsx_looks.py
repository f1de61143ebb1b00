"""How the sheets of the workbook report look, and what they say: styles, labels, and the cell that tells what to mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from listinglint.model import ListingReport, Text
from listinglint.reports import wording
from listinglint.reports.reporter import Run
from listinglint.reports.terminal import clean
from listinglint.reports.xlsx_summary import COLOURS, FILLS, RULE_LINE, STAR_COLOURS
from listinglint.scoring import Advice
from listinglint.spreadsheets import Book, Style, Table, lines_of

_A3: Final = 8
MOST_BESIDE: Final = 8
"""Findings told beside a listing; all stand in the sheet of findings."""
WIDE: Final = 64
"""How many columns wide the cell is that says what to mend."""
SCALE: Final = {
    "type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num", "min_value": 0, "mid_value": 65, "max_value": 100,
    "min_color": "#F4B6AE", "mid_color": "#FFEDB3", "max_color": "#B5DDBD",
}  # fmt: skip
"""The colours of scores."""
# No label of ours names a field, so that the workbook, mended, can be checked like any catalog.
LABELS: Final = {
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
    "beside": Text(
        "In your own sheets the columns “{first}” to “{last}” are new: filter by stars and go down the list. Cells with faults are filled, their comments say what is "
        "wrong; everything else is as it was. “{findings}” has one row a finding.",
        "在您原来的工作表中，“{first}”至“{last}”各列是新增的：按星级筛选后逐条修改。有问题的单元格已填色，批注中写明了问题；其余内容保持不变。“{findings}”中每个问题一行。",
    ),
    "uncommented": Text(
        "{n:,} faulty cells further down are filled but have no comment: so many comments make a workbook slow.", "后面有 {n:,} 个有问题的单元格只填色、不加批注：批注过多会使工作簿变慢。"
    ),
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



class Looks:
    """The styles of one workbook. Cells of rows (`text` wrapped or not, filled by severity or not) stand at the top, with a line under them."""

    def __init__(self, book: Book, run: Run) -> None:
        self._book, self._run = book, run
        top = {"valign": "top", "bottom": 1, "bottom_color": RULE_LINE}
        self.text = {
            (wrap, level): book.style(**top, align="left", indent=1, **({"text_wrap": True} if wrap else {}), **({"bg_color": FILLS[level]} if level else {}))
            for wrap in (False, True)
            for level in (None, *wording.LEVELS)
        }
        self.stars = {n: book.style(**top, num_format=f'"{wording.stars(n)}"', font_color=STAR_COLOURS[n], align="center") for n in range(1, 6)}
        self.number = book.style(**top, align="center")
        self.score = book.style(**top, num_format="0.0", align="center")
        self.cost = book.style(**top, num_format='"−"0.0;;', align="center")
        self.link = book.style(**top, font_color="#1F5FA8", underline=1)
        self.linked = book.style(**top, font_color="#1F5FA8", underline=1, align="center")
        self.level = {level: book.style(**top, font_color=COLOURS[level], bold=True) for level in wording.LEVELS}
        self.mark = {level: book.style(font_color=COLOURS[level], bold=True, underline=1) for level in wording.LEVELS}
        self.sign = {level: book.style(font_color=COLOURS[level], bold=True) for level in wording.LEVELS}
        head = {"valign": "vcenter", "text_wrap": True, "border": 1, "border_color": "#FFFFFF", "bold": True}
        self.ours = book.style(**head, font_color="#FFFFFF", bg_color="#1F4E5F")
        self.theirs = book.style(**head, font_color="#1F3540", bg_color="#CFE0E8")

    def say(self, word: str, **values: object) -> str:
        """A label in the language of the run."""
        return LABELS[word].format(self._run.lang, **values)

    def head(self, sheet: Any, heads: Iterable[tuple[str, int, Style]], frozen: int) -> None:
        """The first row of a table: label, width and style of each column, so many of which stay in view."""
        for at, (label, width, style) in enumerate(heads):
            sheet.set_column(at, at, width)
            self._book.text(sheet, 0, at, label, style)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, frozen)
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def line_blanks(self, sheet: Any, last: int, column: int) -> None:
        """The line under each row goes on under the cells that hold nothing and are not written, up to a row and a column."""
        line = self._book.style(bottom=1, bottom_color=RULE_LINE)
        sheet.conditional_format(1, 0, max(last, 1), column, {"type": "blanks", "format": line.plain})

    def place_cells(self, sheet: Any, row: int, column: int, report: ListingReport) -> None:
        """File and sheet of a listing, where the run has several."""
        if not self._run.several:
            return
        source = report.listing.source
        self._book.text(sheet, row, column, clean(wording.file_name(report, self._run.root)), self.text[False, None])
        self._book.text(sheet, row, column + 1, clean(source.sheet or "") if source else "", self.text[False, None])

    def count_cells(self, sheet: Any, row: int, column: int, report: ListingReport, ahead: tuple[str, int]) -> None:
        """Stars, score and the number of findings, which leads to the first of them."""
        book = self._book
        book.number(sheet, row, column, report.stars, self.stars[report.stars])
        book.number(sheet, row, column + 1, report.score, self.score)
        count = len(report.findings) + len(report.errors)
        if count:
            book.linked_number(sheet, row, column + 2, ahead, count, self.linked)
        else:
            book.number(sheet, row, column + 2, 0, self.number)

    def mend_cell(self, sheet: Any, row: int, column: int, report: ListingReport, findings_sheet: str) -> int:
        """The findings of a listing, the gravest first, each on a new line; returns how many lines they take."""
        runs: list[tuple[str, Style | None]] = []
        plain = self.text[True, None]
        findings = wording.gravest_first(report)
        for finding in findings[:MOST_BESIDE]:
            where = finding.cell or finding.field
            runs.append((f"{chr(10) if runs else ''}{wording.SIGNS[finding.severity]} {clean(where)}  ", self.sign[finding.severity]))
            runs.append((clean(finding.message), plain))
        if len(findings) > MOST_BESIDE:
            runs.append(("\n" + self.say("more", n=len(findings) - MOST_BESIDE, sheet=findings_sheet), plain))
        for error in report.errors:
            runs.append((f"{chr(10) if runs else ''}{wording.SIGNS['error']} {error.rule}  ", self.sign["error"]))
            runs.append((self.say("crashed", error=clean(error.error)), plain))
        self._book.rich(sheet, row, column, runs, plain)
        return lines_of("".join(text for text, _ in runs), WIDE)

    def advice_cell(self, sheet: Any, row: int, column: int, advice: Sequence[Advice] | None) -> int:
        """What would raise the stars, a step a line; returns how many lines."""
        steps = [self.say("reaches", stars=wording.stars(step.stars), score=step.score, rules=step.rule) for step in advice or ()]
        self._book.text(sheet, row, column, "\n".join(steps), self.text[True, None])
        return len(steps)


def limits(looks: Looks, book: Book, tables: Iterable[Table]) -> list[str]:
    """What the limits of Excel took away."""
    out = [looks.say("further", name=table.name, n=table.sheets) for table in tables if table.sheets > 1]
    if book.unlinked:
        out.append(looks.say("unlinked", n=book.unlinked))
    if book.shortened:
        out.append(looks.say("shortened", n=book.shortened))
    return out
