"""The report on a terminal: per listing its stars, its title with the faulty words marked and a line per finding; then a summary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TextIO

from listinglint.model import CatalogSummary, Finding, ListingReport, Text
from listinglint.model.findings import SEVERITY_ORDER
from listinglint.model.reports import SECTIONS
from listinglint.reports import wording
from listinglint.reports.reporter import Run
from listinglint.reports.terminal import Cell, Paint, cells_of, clean, columns_of, cut, pad, wrap, wrap_cells
from listinglint.scoring import Advice

_COLOURS: Final = {"error": "red", "warning": "yellow", "info": "blue"}
_MARKERS: Final = {"error": "^", "warning": "^", "info": "~"}
_STAR_COLOURS: Final = {5: "green", 4: "green", 3: "yellow", 2: "red", 1: "red"}
_EXCERPT_FIELDS: Final = ("brief", "description", "highlights", "seo_title", "meta_description", "attributes")
_COST: Final = 7
_AROUND: Final = 28
_COMMONEST: Final = 10
_NARROWEST: Final = 60
"""Below so many columns the terminal had better break the lines itself."""
SECTION_NAMES: Final = {
    "titles": Text("titles", "标题"),
    "keywords": Text("keywords", "关键词"),
    "descriptions": Text("descriptions", "描述"),
    "claims": Text("claims", "资质声明"),
    "facts": Text("facts", "产品信息"),
    "images": Text("images", "图片"),
}
_WORDS: Final = {
    "sheet": Text("sheet {sheet}", "工作表“{sheet}”"),
    "no title": Text("(no title)", "（无标题）"),
    "capped": Text("held down by {rule}", "受 {rule} 限制"),
    "internal": Text("internal error in {rule}: {error}", "规则 {rule} 内部出错：{error}"),
    "advice": Text("To five stars:", "升到五星："),
    "advice end": Text("To {stars} stars, the most that mending these findings gives:", "修正以下问题最多可到 {stars} 星："),
    "reaches": Text("+{gain:.1f} → {score:.1f} {stars}", "+{gain:.1f} → {score:.1f} {stars}"),
    "suppressed": Text("{n:,} suppressed", "已忽略 {n:,} 个"),
    "baselined": Text("{n:,} in the baseline", "基线内 {n:,} 个"),
    "score": Text("Catalog score", "目录总分"),
    "stars": Text("Stars", "星级分布"),
    "sections": Text("Sections (mean)", "各部分平均分"),
    "rules": Text("Commonest rules", "最常见的规则"),
    "all rules": Text("Findings by rule", "各规则的问题数"),
    "more": Text("… and {n} more rules (--statistics lists all)", "……另有 {n} 条规则（--statistics 列出全部）"),
    "times": Text("Time by rule (with what it was the first to ask of the listing's analysis)", "各规则用时（含首次触发的共用分析）"),
    "time": Text("{seconds:.2f} s  {each:,.1f} µs a listing", "{seconds:.2f} 秒  每条 {each:,.1f} 微秒"),
    "failed": Text("Failed: {reason}", "未通过：{reason}"),
    "passed": Text("Passed", "通过"),
}


class TextReporter:
    """The report for people."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._shown = 0
        self._last_compact = False
        self._place: tuple[str | None, str | None] | None = None

    def begin(self, run: Run) -> None:
        self._run = run
        self._paint = Paint(run.colour)
        self._width = max(_NARROWEST, min(run.width, 160))

    def _say(self, word: str, **values: object) -> str:
        return _WORDS[word].format(self._run.lang, **values)

    def _write(self, line: str = "") -> None:
        # Half a surrogate pair cannot be written at all.
        self._out.write(line.rstrip() + "\n")

    # --- one listing ---

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        if not report.findings and not report.errors:
            if not self._run.quiet:
                self._source(report)
                self._compact(report)
            return
        self._source(report)
        if self._last_compact:
            self._write()
        self._last_compact = False
        self._write(self._head(report))
        self._title(report)
        where = max((columns_of(_where(finding)) for finding in report.findings), default=0)
        rule = max((len(finding.selector) for finding in report.findings), default=0)
        for finding in report.findings:
            self._finding(finding, report, where, rule if self._width >= 110 else 0)
        for error in report.errors:
            for line in wrap(self._say("internal", rule=error.rule, error=error.error), self._width - 4, self._width - 4):
                self._write("    " + self._paint(line, "magenta"))
        if advice:
            self._advice(advice)
        self._write()

    def _source(self, report: ListingReport) -> None:
        """A heading where another file or sheet begins, in a catalog of several."""
        source = report.listing.source
        place = (source.source, source.sheet) if source else (None, None)
        if not self._run.several or place == self._place:
            return
        self._place = place
        if self._last_compact:
            self._write()
        self._last_compact = False
        name = clean(place[0] or "-") + (f" · {self._say('sheet', sheet=clean(place[1]))}" if place[1] else "")
        self._write(self._paint(f"── {name} " + "─" * max(0, self._width - 4 - columns_of(name)), "dim"))

    def _stars(self, stars: int) -> str:
        return self._paint(wording.stars(stars), _STAR_COLOURS[stars])

    def _compact(self, report: ListingReport) -> None:
        head = self._head(report)
        plain = self._plain_width(report)
        title = clean(report.listing.text("title") or "")
        room = self._width - plain - 2
        self._write(head + ("  " + cut(title, room) if room > 12 and title else ""))
        self._last_compact = True

    def _plain_width(self, report: ListingReport) -> int:
        colour, self._paint.on = self._paint.on, False
        width = columns_of(self._head(report))
        self._paint.on = colour
        return width

    def _head(self, report: ListingReport) -> str:
        parts = [f"{self._stars(report.stars)} {self._paint(f'{report.score:5.1f}', 'bold')}"]
        name = report.listing.text("id")
        if name:
            parts.append(self._paint(cut(clean(name), 30), "bold"))
        record = wording.row(report, self._run.lang)
        if record:
            parts.append(self._paint(record, "dim"))
        if report.capped_by:
            parts.append(self._paint(self._say("capped", rule=report.capped_by), "dim"))
        return "  ".join(parts)

    def _title(self, report: ListingReport) -> None:
        parts = report.listing.parts("title")
        if not parts or not parts[0].strip():
            if report.listing.has("title"):
                self._write("  " + self._paint(self._say("no title"), "dim"))
            return
        title = parts[0]
        cells = cells_of(title, _marks_of(title, report.findings))
        for line in wrap_cells(cells, self._width - 2, self._width - 2):
            self._marked_line(line)

    def _marked_line(self, line: Sequence[Cell]) -> None:
        if self._paint.on:
            self._write("  " + "".join(self._runs(line)))
            return
        self._write("  " + "".join(cell.shown for cell in line))
        markers = "".join((_MARKERS[cell.mark] if cell.mark else " ") * cell.width for cell in line)
        if markers.strip():
            self._write("  " + markers)

    def _runs(self, line: Sequence[Cell], plain: str = "bold") -> list[str]:
        """The line's pieces of one mark each, coloured as wholes; `plain` is the style of unmarked ones."""
        out: list[str] = []
        at = 0
        while at < len(line):
            end = at
            while end < len(line) and line[end].mark == line[at].mark:
                end += 1
            mark = line[at].mark
            text = "".join(cell.shown for cell in line[at:end])
            out.append(self._paint(text, "underline", _COLOURS[mark]) if mark else self._paint(text, plain))
            at = end
        return out

    def _finding(self, finding: Finding, report: ListingReport, where: int, align: int) -> None:
        colour = _COLOURS[finding.severity]
        place = pad(_where(finding), where)
        name = pad(finding.selector, align)
        indent = 2 + 2 + where + (2 if where else 0)
        lead = indent + columns_of(name) + 2
        rest = lead if align else indent
        room = self._width - _COST
        lines = wrap(clean(finding.message), room - lead, room - rest)
        cost = f"−{finding.penalty:.1f}" if finding.penalty else ""
        first = (
            f"  {self._paint(wording.SIGNS[finding.severity], colour)} " + (self._paint(place, "cyan") + "  " if where else "") + self._paint(name, colour)
        )
        gap = " " * max(1, self._width - lead - columns_of(lines[0]) - columns_of(cost))
        self._write(f"{first}  {lines[0]}{gap if cost else ''}{self._paint(cost, 'dim')}")
        for line in lines[1:]:
            self._write(" " * rest + line)
        if finding.field in _EXCERPT_FIELDS and finding.start is not None:
            self._excerpt(finding, report, rest)

    def _excerpt(self, finding: Finding, report: ListingReport, indent: int) -> None:
        """A few words around a place in a long text, the place marked."""
        parts = report.listing.parts(finding.field)
        if finding.part >= len(parts) or finding.start is None or finding.end is None:
            return
        text = parts[finding.part]
        end = min(finding.end, finding.start + 60)
        left, right = max(0, finding.start - _AROUND), min(len(text), end + _AROUND)
        marks = [finding.severity if finding.start <= at < end else None for at in range(left, right)]
        cells = cells_of(text[left:right], marks)
        if left:
            cells.insert(0, Cell("…", 1))
        if right < len(text):
            cells.append(Cell("…", 1))
        line = wrap_cells(cells, self._width - indent - 2, self._width - indent - 2)
        bar = self._paint("│", "dim")
        for piece in line[:3]:
            shown = "".join(self._runs(piece, "dim"))
            self._write(" " * indent + f"{bar} {shown}")
            markers = "".join((_MARKERS[cell.mark] if cell.mark else " ") * cell.width for cell in piece)
            if not self._paint.on and markers.strip():
                self._write(" " * indent + f"{bar} {markers}")

    def _advice(self, advice: Sequence[Advice]) -> None:
        last = advice[-1]
        self._write("  " + self._paint(self._say("advice") if last.stars == 5 else self._say("advice end", stars=last.stars), "bold"))
        for number, step in enumerate(advice, 1):
            gain = self._say("reaches", gain=step.gain, score=step.score, stars="★" * step.stars)
            lead = f"    {number}. "
            room = self._width - len(lead) - columns_of(gain) - 2
            lines = wrap(f"{step.rule}: {clean(step.message)}", room, room)
            space = " " * max(2, self._width - len(lead) - columns_of(lines[0]) - columns_of(gain))
            self._write(lead + lines[0] + space + self._paint(gain, "green"))
            for line in lines[1:]:
                self._write(" " * len(lead) + line)

    # --- the summary ---

    def end(self, summary: CatalogSummary) -> None:
        if self._last_compact:
            self._write()
        self._write(self._paint("─" * self._width, "dim"))
        self._counts(summary)
        if summary.listings:
            self._write(f"{self._say('score')}  {self._paint(f'{summary.score:.1f}', 'bold')} / 100")
            self._write()
            self._bars(summary)
            self._sections(summary)
        if summary.by_rule:
            self._rules(summary)
        if summary.times:
            self._times(summary)
        self._write()
        if summary.failed:
            for reason in summary.reasons:
                for line in wrap(self._say("failed", reason=clean(reason)), self._width, self._width):
                    self._write(self._paint(line, "red", "bold"))
        else:
            self._write(self._paint(self._say("passed"), "green", "bold"))

    def _counts(self, summary: CatalogSummary) -> None:
        levels = []
        for level in wording.LEVELS:
            text = wording.counted(level, summary.by_severity.get(level, 0), self._run.lang)
            levels.append((f"{wording.SIGNS[level]} {text}", _COLOURS[level]))
        if summary.suppressed:
            levels.append((self._say("suppressed", n=summary.suppressed), "dim"))
        if summary.baselined:
            levels.append((self._say("baselined", n=summary.baselined), "dim"))
        listings = wording.counted("listings", summary.listings, self._run.lang)
        findings = wording.counted("findings", summary.findings, self._run.lang)
        self._write(self._paint(f"{listings} · {findings}", "bold"))
        self._write("  ".join(self._paint(text, colour) for text, colour in levels))

    def _bars(self, summary: CatalogSummary) -> None:
        self._write(self._paint(self._say("stars"), "bold"))
        most = max(max(summary.stars.values()), 1)
        digits = len(f"{most:,}")
        room = max(10, min(50, self._width - 5 - digits - 14))
        for level in (5, 4, 3, 2, 1):
            count = summary.stars.get(level, 0)
            share = f"{100 * count / summary.listings:.0f}%"
            bar = self._paint(_bar(count / most * room), _STAR_COLOURS[level])
            self._write(f"  {self._stars(level)}  {count:>{digits},}  {share:>4}  {bar}")
        self._write()

    def _sections(self, summary: CatalogSummary) -> None:
        means = [(name, summary.statistics[name]) for name in SECTIONS if name in summary.statistics]
        if not means:
            return
        self._write(self._paint(self._say("sections"), "bold"))
        texts = [f"{SECTION_NAMES[name].get(self._run.lang)} {value:.1f}" for name, value in means]
        line = ""
        for text in texts:
            if line and columns_of(line) + columns_of(text) + 5 > self._width:
                self._write("  " + line)
                line = ""
            line += ("   " if line else "") + text
        self._write("  " + line)
        self._write()

    def _rules(self, summary: CatalogSummary) -> None:
        rows = list(summary.by_rule.items())
        shown = rows if self._run.statistics else rows[:_COMMONEST]
        self._write(self._paint(self._say("all rules" if self._run.statistics else "rules"), "bold"))
        names = max(len(name) for name, _ in shown)
        digits = len(f"{max(count for _, count in shown):,}")
        for name, count in shown:
            text = (self._run.summaries or {}).get(name, "")
            room = self._width - 2 - digits - 2 - names - 2
            self._write(f"  {count:>{digits},}  {pad(name, names)}  {self._paint(cut(clean(text), room), 'dim') if room > 8 else ''}")
        if len(shown) < len(rows):
            self._write("  " + self._paint(self._say("more", n=len(rows) - len(shown)), "dim"))


    def _times(self, summary: CatalogSummary) -> None:
        """How long each rule took, the slowest first."""
        rows = sorted(summary.times.items(), key=lambda row: (-row[1], row[0]))
        self._write()
        self._write(self._paint(self._say("times"), "bold"))
        names = max(len(name) for name, _ in rows)
        most = max(rows[0][1], 1e-9)
        for name, seconds in rows:
            told = self._say("time", seconds=seconds, each=1e6 * seconds / max(summary.listings, 1))
            room = max(0, min(30, self._width - 2 - names - 2 - columns_of(told) - 2))
            self._write(f"  {pad(name, names)}  {told}  {self._paint(_bar(seconds / most * room), 'dim')}".rstrip())


def _where(finding: Finding) -> str:
    """The cell, or where the source has no cells the field."""
    return finding.cell or finding.field


def _marks_of(title: str, findings: Sequence[Finding]) -> list[str | None]:
    """For each character of the title the gravest severity that marks it. A finding on the whole title marks nothing."""
    marks: list[str | None] = [None] * len(title)
    for finding in findings:
        if finding.field != "title" or finding.part or finding.start is None or finding.end is None:
            continue
        if finding.start == 0 and finding.end >= len(title.rstrip()):
            continue
        for at in range(finding.start, min(finding.end, len(title))):
            known = marks[at]
            if known is None or SEVERITY_ORDER[known] < SEVERITY_ORDER[finding.severity]:
                marks[at] = finding.severity
    return marks


def _bar(length: float) -> str:
    """A bar of so many columns, to an eighth of one."""
    whole, part = divmod(round(length * 8), 8)
    return "█" * whole + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[part]
