"""Markdown for a pull request's comment: counts, stars, commonest rules, and the worst listings as far as there is room."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, TextIO

from listinglint.model import CatalogSummary, Finding, ListingReport, Text
from listinglint.reports import wording
from listinglint.reports.reporter import Run
from listinglint.reports.terminal import clean
from listinglint.scoring import Advice

COMMENT_BYTES: Final = 65_000
"""GitHub takes 65,536 characters for a comment, GitLab a million; counted in bytes, so that no receiver counts more."""
_MOST_LISTINGS: Final = 2_000
_COMMONEST: Final = 10
_LONGEST: Final = 400
_SAY: Final = {
    "failed": Text("failed", "未通过"),
    "passed": Text("passed", "通过"),
    "head": Text("listinglint: {outcome}, catalog score {score:.1f} / 100", "listinglint：{outcome}，目录总分 {score:.1f} / 100"),
    "empty": Text("listinglint: no listings", "listinglint：没有产品"),
    "stars": Text("Stars", "星级"),
    "listings": Text("Listings", "产品数"),
    "share": Text("Share", "占比"),
    "rule": Text("Rule", "规则"),
    "findings": Text("Findings", "问题数"),
    "meaning": Text("What it finds", "检查内容"),
    "rules": Text("Commonest rules", "最常见的规则"),
    "more rules": Text("… and {n} more rules", "……另有 {n} 条规则"),
    "worst": Text("Worst listings", "最差的产品"),
    "no title": Text("(no title)", "（无标题）"),
    "sheet": Text("sheet {sheet}", "工作表“{sheet}”"),
    "internal": Text("internal error in {rule}: {error}", "规则 {rule} 内部出错：{error}"),
    "cut": Text(
        "Shown are the {n:,} worst of {all:,} listings with findings: the report is cut at the size that a comment may have. `--format html` or `jsonl` has them all.",
        "有问题的产品共 {all:,} 条，这里只列出最差的 {n:,} 条：评论长度有限，其余未列出。完整结果请用 `--format html` 或 `jsonl`。",
    ),
    "suppressed": Text("{n:,} suppressed", "已忽略 {n:,} 个"),
    "baselined": Text("{n:,} in the baseline", "基线内 {n:,} 个"),
    "finding": Text("{front}: {message}{cost}", "{front}：{message}{cost}"),
    "cost": Text(" (−{n:.1f})", "（−{n:.1f}）"),
    "advice": Text("To {stars} stars: {rules}", "升到 {stars} 星：{rules}"),
}
_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>#+|~&$@]|(?<=:)//|(?<=www)\.|^\s*[-=]|^\s*\d+[.)]", re.IGNORECASE)
_BREAKS: Final = {"@": "@&#8203;", "#": "#&#8203;", "<": "&lt;", ">": "&gt;", "&": "&amp;", "//": "\\/\\/"}


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it is: no markup, no table cell, no HTML, no link, nobody mentioned.

    GitHub looks for mentions and issue numbers after Markdown is rendered, so a zero-width space stands behind `@` and `#`.
    """
    return _SPECIAL.sub(_replacement, clean(text))


def _replacement(match: re.Match[str]) -> str:
    found = match[0]
    return _BREAKS.get(found, f"{found[:-1]}\\{found[-1]}")


def code(text: str) -> str:
    """`text` as a code span, also where it holds backquotes or the bar of a table."""
    text = clean(text).replace("|", "¦")
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{fence}{space}{text}{space}{fence}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """`text` escaped, the spans in bold; spans may overlap."""
    edges = sorted({0, len(text), *(min(at, len(text)) for span in spans for at in span)})
    out = ""
    for start, end in pairwise(edges):
        piece = escaped(text[start:end])
        inside = any(first <= start and end <= last for first, last in spans)
        out += f"<b>{piece}</b>" if inside else piece
    return out.replace("</b><b>", "")


class MarkdownReporter:
    """Keeps the worst listings and writes at the end, at most `limit` bytes of UTF-8."""

    def __init__(self, out: TextIO, limit: int = COMMENT_BYTES) -> None:
        self._out = out
        self._limit = limit
        self._worst = wording.Worst(_MOST_LISTINGS)

    def begin(self, run: Run) -> None:
        self._run = run

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        if report.findings or report.errors:
            self._worst.add(report, advice)

    def end(self, summary: CatalogSummary) -> None:
        self._out.write(self.text(summary))

    def text(self, summary: CatalogSummary) -> str:
        """The whole report."""
        head = "\n".join(self._head(summary)) + "\n"
        if not self._worst.seen:
            return head
        head += f"\n### {self._say('worst')}\n"
        room = self._limit - _size(head) - 2 * _size(self._say("cut", n=10**9, all=10**9))
        shown: list[str] = []
        for report, advice in self._worst.entries():
            block = "\n" + "\n".join(self._listing(report, advice)) + "\n"
            room -= _size(block)
            if room < 0:
                break
            shown.append(block)
        tail = "" if len(shown) == self._worst.seen else f"\n_{self._say('cut', n=len(shown), all=self._worst.seen)}_\n"
        return head + "".join(shown) + tail

    def _say(self, word: str, **values: object) -> str:
        return _SAY[word].format(self._run.lang, **values)

    def _head(self, summary: CatalogSummary) -> Iterator[str]:
        lang = self._run.lang
        outcome = self._say("failed" if summary.failed else "passed")
        yield "## " + (self._say("head", outcome=outcome, score=summary.score) if summary.listings else self._say("empty"))
        yield ""
        for reason in wording.reasons(summary):
            yield f"- {escaped(_short(reason))}"
        if summary.failed:
            yield ""
        counts = [wording.counted(what, n, lang) for what, n in (("listings", summary.listings), ("findings", summary.findings))]
        counts += [f"{wording.SIGNS[level]} {wording.counted(level, summary.by_severity.get(level, 0), lang)}" for level in wording.LEVELS]
        if summary.suppressed:
            counts.append(self._say("suppressed", n=summary.suppressed))
        if summary.baselined:
            counts.append(self._say("baselined", n=summary.baselined))
        yield " · ".join(counts)
        if summary.listings:
            yield from self._stars(summary)
        if summary.by_rule:
            yield from self._rules(summary)

    def _stars(self, summary: CatalogSummary) -> Iterator[str]:
        yield ""
        yield f"| {self._say('stars')} | {self._say('listings')} | {self._say('share')} | |"
        yield "|:--|--:|--:|:--|"
        for level in (5, 4, 3, 2, 1):
            count = summary.stars.get(level, 0)
            share = count / summary.listings
            yield f"| {wording.stars(level)} | {count:,} | {share:.0%} | {'█' * round(20 * share)} |"

    def _rules(self, summary: CatalogSummary) -> Iterator[str]:
        rows = list(summary.by_rule.items())
        shown = rows if self._run.statistics else rows[:_COMMONEST]
        yield ""
        yield f"### {self._say('rules')}"
        yield ""
        yield f"| {self._say('rule')} | {self._say('findings')} | {self._say('meaning')} |"
        yield "|:--|--:|:--|"
        for rule, count in shown:
            yield f"| {code(rule)} | {count:,} | {escaped((self._run.summaries or {}).get(rule, ''))} |"
        if len(shown) < len(rows):
            yield ""
            yield self._say("more rules", n=len(rows) - len(shown))

    def _listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> Iterator[str]:
        source = report.listing.source
        place = [wording.file_name(report, self._run.root)] if self._run.several else []
        if self._run.several and source is not None and source.sheet:
            place.append(self._say("sheet", sheet=source.sheet))
        place.append(wording.name(report, self._run.lang))
        yield f"**{wording.stars(report.stars)} {report.score:.1f}** {escaped(_short(' · '.join(filter(None, place))))}  "
        title = (report.listing.parts("title") or ("",))[0]
        if report.listing.has("title"):
            yield marked(_short(title), _spans(report, len(title))) if title.strip() else self._say("no title")
        yield ""
        for finding in wording.gravest_first(report):
            cost = self._say("cost", n=finding.penalty) if finding.penalty else ""
            front = f"- {wording.SIGNS[finding.severity]} {code(finding.selector)} {escaped(finding.cell or finding.field)}"
            yield self._say("finding", front=front, message=escaped(_short(finding.message)), cost=cost)
        for error in report.errors:
            yield "- " + escaped(_short(self._say("internal", rule=error.rule, error=error.error)))
        if advice:
            rules = ", ".join(dict.fromkeys(code(step.rule) for step in advice))
            yield "- " + self._say("advice", stars=advice[-1].stars, rules=rules)


def _spans(report: ListingReport, length: int) -> list[tuple[int, int]]:
    """What findings mark of the title; a finding on the whole title marks nothing."""
    return [(start, end) for start, end in map(_title_span, report.findings) if end > start and not (start == 0 and end >= length)]


def _title_span(finding: Finding) -> tuple[int, int]:
    if finding.field != "title" or finding.part or finding.start is None or finding.end is None:
        return 0, 0
    return finding.start, finding.end


def _size(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))
