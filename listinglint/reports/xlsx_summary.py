"""The first sheet of the workbook report: counts, the stars and the commonest rules with their charts, why the run failed, notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from listinglint.model import CatalogSummary, Text
from listinglint.reports import wording
from listinglint.reports.html import SECTION_LABELS
from listinglint.reports.reporter import Run
from listinglint.reports.terminal import clean, cut
from listinglint.spreadsheets import MARK_FILLS, Book, lines_of

COLOURS: Final = {"error": "#C0392B", "warning": "#B9770E", "info": "#2E6DA4"}
FILLS: Final = {level: f"#{colour}" for level, colour in MARK_FILLS.items()}
STAR_COLOURS: Final = {5: "#1E8449", 4: "#58A55C", 3: "#D39E00", 2: "#DD7A1F", 1: "#C0392B"}
RULE_LINE: Final = "#D5DBDF"
_INK: Final = "#1F3540"
_TEAL: Final = "#1F4E5F"
_MOST_RULES: Final = 10
_CHART_WIDTH: Final = 470
_ABOUT: Final = 76
_LABELS: Final = {
    "heading": Text("Catalog report", "商品目录检查报告"),
    "line": Text("{files} · marketplace {marketplace} · listinglint {version}", "{files} · 平台 {marketplace} · listinglint {version}"),
    "files": Text("{first} and {n} more files", "{first} 等 {n} 个文件"),
    "score": Text("Catalog score", "目录总分"),
    "listings": Text("Listings", "产品数"),
    "findings": Text("Findings", "问题数"),
    "error": Text("Errors", "错误"),
    "warning": Text("Warnings", "警告"),
    "info": Text("Hints", "提示"),
    "suppressed": Text("Suppressed", "已忽略"),
    "passed": Text("✔ Passed", "✔ 通过"),
    "failed": Text("✖ Failed", "✖ 未通过"),
    "stars": Text("Stars", "星级分布"),
    "count": Text("Listings", "产品数"),
    "share": Text("Share", "占比"),
    "sections": Text("Sections (mean)", "各部分平均分"),
    "mean": Text("Score", "得分"),
    "rules": Text("Commonest rules", "最常见的规则"),
    "all": Text("All rules", "全部规则"),
    "rule": Text("Rule", "规则"),
    "about": Text("What it finds", "检查内容"),
    "times": Text("Findings", "问题数"),
    "notes": Text("Notes", "说明"),
}


def write_summary(book: Book, sheet: Any, run: Run, summary: CatalogSummary, files: Sequence[str], notes: Sequence[str]) -> None:
    """Fills the sheet, row by row; the first of the `notes` says how to use the workbook, the others come last with those of the run."""
    _Summary(book, sheet, run, summary).write(files, notes)


class _Summary:
    """The rows in order, as a streamed sheet wants them, and the charts beside them."""

    def __init__(self, book: Book, sheet: Any, run: Run, summary: CatalogSummary) -> None:
        self._book, self._sheet, self._run, self._summary = book, sheet, run, summary
        self._row = 0
        self._plain = book.style(font_color=_INK, valign="top")
        self._wrapped = book.style(font_color=_INK, valign="top", text_wrap=True)
        self._heading = book.style(font_color=_TEAL, bold=True, font_size=13, bottom=2, bottom_color=_TEAL)
        line = {"bottom": 1, "bottom_color": RULE_LINE, "font_color": _INK, "valign": "top"}
        self._cell = book.style(**line)
        self._about = book.style(**line, align="left", indent=1)
        self._count = book.style(**line, num_format="#,##0", align="right")
        self._share = book.style(**line, num_format="0%", align="right")
        self._mean = book.style(**line, num_format="0.0", align="right")
        self._head = book.style(font_color="#5B7480", bottom=1, bottom_color=RULE_LINE)
        self._head_about = book.style(font_color="#5B7480", bottom=1, bottom_color=RULE_LINE, indent=1)
        self._head_right = book.style(font_color="#5B7480", bottom=1, bottom_color=RULE_LINE, align="right")

    def _say(self, word: str, **values: object) -> str:
        return _LABELS[word].format(self._run.lang, **values)

    def _text(self, column: int, text: str, style: Any) -> None:
        self._book.text(self._sheet, self._row, column, text, style)

    def _number(self, column: int, number: float | None, style: Any) -> None:
        self._book.number(self._sheet, self._row, column, number, style)

    def write(self, files: Sequence[str], notes: Sequence[str]) -> None:
        """The whole sheet."""
        sheet = self._sheet
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 2)
        sheet.set_column(1, 1, 30)
        sheet.set_column(2, 2, 12)
        sheet.set_column(3, 7, 14)
        sheet.set_column(8, 8, 3)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        self._top(files)
        self._reasons()
        self._wide(notes[0], self._book.style(font_color="#5B7480", text_wrap=True, valign="top"))
        self._row += 1
        first = self._stars()
        self._sections()
        rules = self._rules()
        self._notes(notes[1:])
        self._charts(first, rules)

    def _top(self, files: Sequence[str]) -> None:
        sheet, summary = self._sheet, self._summary
        sheet.set_row(self._row, 30)
        self._text(1, self._say("heading"), self._book.style(font_color=_TEAL, bold=True, font_size=20, valign="vcenter"))
        self._row += 1
        named = [clean(one) for one in files]
        shown = ", ".join(named) if len(named) <= 2 else self._say("files", first=named[0], n=len(named) - (self._run.lang != "zh"))
        line = self._say("line", files=shown or "-", marketplace=clean(self._run.marketplace), version=self._run.version)
        self._text(1, line, self._book.style(font_color="#5B7480"))
        self._row += 2
        figures = [
            ("score", summary.score if summary.listings else None, "0.0", _TEAL),
            ("listings", summary.listings, "#,##0", _INK),
            ("findings", summary.findings, "#,##0", _INK),
            *((level, summary.by_severity.get(level, 0), "#,##0", COLOURS[level]) for level in wording.LEVELS),
            *([("suppressed", summary.suppressed, "#,##0", "#5B7480")] if summary.suppressed else []),
        ]
        box = {"bg_color": "#F1F6F8", "align": "left", "indent": 1}
        for at, (word, _, _, _) in enumerate(figures):
            self._text(1 + at, self._say(word), self._book.style(**box, font_color="#5B7480", font_size=10))
        self._row += 1
        sheet.set_row(self._row, 32)
        for at, (_, value, form, colour) in enumerate(figures):
            self._number(1 + at, value, self._book.style(**box, font_color=colour, bold=True, font_size=20, num_format=form, valign="vcenter"))
        self._row += 2

    def _reasons(self) -> None:
        failed = self._summary.failed
        colour = COLOURS["error"] if failed else STAR_COLOURS[5]
        self._text(1, self._say("failed" if failed else "passed"), self._book.style(font_color=colour, bold=True, font_size=13))
        self._row += 1
        for reason in wording.reasons(self._summary):
            self._text(1, reason, self._plain)
            self._row += 1
        self._row += 1

    def _wide(self, text: str, style: Any) -> None:
        """A text over the whole width of the tables, in as many lines as it takes."""
        lines = lines_of(text, 98)
        self._sheet.set_row(self._row, 16 * lines)
        self._sheet.merge_range(self._row, 1, self._row, 7, "", style.plain)
        self._text(1, text, style)
        self._row += 1

    def _heads(self, title: str, heads: Sequence[tuple[int, str]], last: int) -> None:
        for column in range(1, last + 1):
            if column == 1:
                self._text(1, title, self._heading)
            else:
                self._book.blank(self._sheet, self._row, column, self._heading)
        self._sheet.set_row(self._row, 22)
        self._row += 1
        for column, label in heads:
            self._text(column, label, self._head_about if label == self._say("about") else self._head if column == 1 else self._head_right)
        self._row += 1

    def _stars(self) -> int:
        """The table of stars, five first; returns its first row."""
        summary = self._summary
        self._heads(self._say("stars"), [(1, self._say("stars")), (2, self._say("count")), (3, self._say("share"))], 3)
        first = self._row
        for n in (5, 4, 3, 2, 1):
            count = summary.stars.get(n, 0)
            self._text(1, wording.stars(n), self._book.style(bottom=1, bottom_color=RULE_LINE, font_color=STAR_COLOURS[n], font_size=12))
            self._number(2, count, self._count)
            self._number(3, count / summary.listings if summary.listings else None, self._share)
            self._row += 1
        self._row += 1
        return first

    def _sections(self) -> None:
        means = self._summary.statistics
        known = [name for name in SECTION_LABELS if name in means]
        if not known:
            return
        self._heads(self._say("sections"), [(1, ""), (2, self._say("mean"))], 3)
        first = self._row
        for name in known:
            self._text(1, SECTION_LABELS[name].get(self._run.lang), self._cell)
            self._number(2, means[name], self._mean)
            self._book.blank(self._sheet, self._row, 3, self._cell)
            self._row += 1
        bar = {"type": "data_bar", "bar_solid": True, "bar_color": "#9FC5D1", "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 100}
        self._sheet.conditional_format(first, 2, self._row - 1, 2, bar)
        self._row += 1

    def _rules(self) -> tuple[int, int]:
        """The table of all rules with findings; returns its first row and how many of its rows the chart takes."""
        texts = self._run.summaries or {}
        counts = list(self._summary.by_rule.items())
        if not counts:
            return 0, 0
        self._heads(self._say("rules" if len(counts) <= _MOST_RULES else "all"), [(1, self._say("rule")), (2, self._say("times")), (3, self._say("about"))], 7)
        first = self._row
        for rule, count in counts:
            self._text(1, rule, self._cell)
            self._number(2, count, self._count)
            for column in range(3, 8):
                self._book.blank(self._sheet, self._row, column, self._about)
            self._text(3, cut(clean(texts.get(rule, "")), _ABOUT), self._about)
            self._row += 1
        self._row += 1
        return first, min(len(counts), _MOST_RULES)

    def _notes(self, limits: Sequence[str]) -> None:
        notes = [*limits, *map(clean, self._summary.notes)]
        if not notes:
            return
        self._heads(self._say("notes"), [], 7)
        for note in notes:
            self._wide(note, self._wrapped)

    # --- charts ---

    def _charts(self, stars: int, rules: tuple[int, int]) -> None:
        counts = [self._summary.stars.get(n, 0) for n in (5, 4, 3, 2, 1)]
        chart = self._chart(self._say("stars"), stars, 5, [wording.stars(n) for n in (5, 4, 3, 2, 1)], counts, [STAR_COLOURS[n] for n in (5, 4, 3, 2, 1)])
        chart.set_size({"width": _CHART_WIDTH, "height": 250})
        self._sheet.insert_chart(3, 9, chart, {"object_position": 3})
        first, most = rules
        if most:
            named = list(self._summary.by_rule.items())[:most]
            chart = self._chart(self._say("rules"), first, most, [rule for rule, _ in named], [count for _, count in named], None)
            chart.set_size({"width": _CHART_WIDTH, "height": 110 + 24 * most})
            self._sheet.insert_chart(17, 9, chart, {"object_position": 3})

    def _chart(self, title: str, first: int, rows: int, names: Sequence[str], counts: Sequence[int], colours: Sequence[str] | None) -> Any:
        """Bars of the counts in column C, named by column B, the first on top."""
        chart = self._book.book.add_chart({"type": "bar"})
        name = self._sheet.name
        chart.add_series(
            {
                "name": title,
                "categories": [name, first, 1, first + rows - 1, 1],
                "values": [name, first, 2, first + rows - 1, 2],
                # A streamed sheet cannot be read back, so that viewers which do not calculate would show no bars.
                "categories_data": list(names),
                "values_data": list(counts),
                "points": [{"fill": {"color": colour}} for colour in colours] if colours else None,
                "fill": {"color": "#4E8A9C"},
                "gap": 45,
                "data_labels": {"value": True, "num_format": "#,##0", "font": {"color": _INK}},
            }
        )
        chart.set_title({"name": title, "name_font": {"size": 12, "color": _TEAL}, "overlay": False})
        chart.set_legend({"none": True})
        font = {"color": _INK, "size": 10}
        chart.set_y_axis({"reverse": True, "num_font": font, "line": {"none": True}, "major_tick_mark": "none"})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
        chart.set_chartarea({"border": {"color": RULE_LINE}})
        return chart
