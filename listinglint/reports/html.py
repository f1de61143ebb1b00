"""One HTML file that needs nothing else: stars, commonest rules, filters, and the listings as cards with marked words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from importlib import resources
from typing import Any, Final, TextIO

from listinglint.model import CatalogSummary, Finding, ListingReport, Text
from listinglint.reports import wording
from listinglint.reports.json_lines import to_json
from listinglint.reports.marks import Span, pieces
from listinglint.reports.reporter import Run
from listinglint.reports.terminal import clean
from listinglint.scoring import Advice

_CHUNK: Final = 500
"""Listings in one data block, so that neither the writer nor the browser's parser needs all of them at once."""
_AROUND: Final = 40
_LONGEST_MARK: Final = 160
_LONGEST_TITLE: Final = 600
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LABELS: Final = {
    "heading": Text("Catalog report", "商品目录检查报告"),
    "passed": Text("Passed", "通过"),
    "failed": Text("Failed", "未通过"),
    "score": Text("Catalog score", "目录总分"),
    "listings": Text("Listings", "产品"),
    "findings": Text("Findings", "问题"),
    "error": Text("Errors", "错误"),
    "warning": Text("Warnings", "警告"),
    "info": Text("Hints", "提示"),
    "suppressed": Text("Suppressed", "已忽略"),
    "baselined": Text("In the baseline", "基线内"),
    "stars": Text("Stars", "星级分布"),
    "sections": Text("Sections (mean)", "各部分平均分"),
    "rules": Text("Commonest rules", "最常见的规则"),
    "allRules": Text("All rules", "全部规则"),
    "more": Text("Show all", "显示全部"),
    "allStars": Text("All stars", "全部星级"),
    "starOption": Text("{n} stars", "{n} 星"),
    "search": Text("Search id, title, message …", "搜索编号、标题、问题……"),
    "starFilter": Text("Filter by stars", "按星级筛选"),
    "ruleFilter": Text("Filter by rule", "按规则筛选"),
    "order": Text("Order", "排序"),
    "worst": Text("Worst first", "最差的在前"),
    "catalog": Text("Order of the catalog", "按目录顺序"),
    "faulty": Text("Only with findings", "仅显示有问题的"),
    "shown": Text("{n} of {all} listings", "{all} 条产品中的 {n} 条"),
    "page": Text("Page {n} of {all}", "第 {n} / {all} 页"),
    "previous": Text("Previous", "上一页"),
    "next": Text("Next", "下一页"),
    "clear": Text("Clear filters", "清除筛选"),
    "none": Text("No listing fits these filters.", "没有符合条件的产品。"),
    "noTitle": Text("(no title)", "（无标题）"),
    "noFindings": Text("No findings", "没有问题"),
    "capped": Text("held down by {rule}", "受 {rule} 限制"),
    "fix": Text("Fix", "修改为"),
    "review": Text("Proposal, please review", "建议（请人工复核）"),
    "files": Text("{first} and {n} more files", "{first} 等 {n} 个文件"),
    "remove": Text("(remove)", "（删除）"),
    "advice": Text("To {stars} stars", "升到 {stars} 星"),
    "notes": Text("Notes", "说明"),
    "script": Text("This report needs JavaScript to show its data.", "显示本报告需要启用 JavaScript。"),
    "loading": Text("Loading …", "正在加载……"),
}
SECTION_LABELS: Final = {
    "titles": Text("Titles", "标题"),
    "keywords": Text("Keywords", "关键词"),
    "descriptions": Text("Descriptions", "描述"),
    "claims": Text("Claims", "资质声明"),
    "facts": Text("Facts", "产品信息"),
    "images": Text("Images", "图片"),
}
_INTERNAL: Final = Text("internal error in {rule}: {error}", "规则 {rule} 内部出错：{error}")
Runs = list[list[Any]]


_NOT_IN_HTML: Final = re.compile("[<>&\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF)) + "]")
"""What would end the script element or open a comment, and the characters that are an error in every HTML document."""


def embedded(value: Any) -> str:
    """`value` as JSON that can stand in a script element of a document without errors."""
    return _NOT_IN_HTML.sub(_escaped, to_json(value))


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


class HtmlReporter:
    """Writes blocks of listings as they come; what is counted stands behind them, and the page's script puts it in front."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._chunk: list[list[Any]] = []
        self._files: dict[str, None] = {}
        self._rules: dict[str, int] = {}

    def begin(self, run: Run) -> None:
        self._run = run
        page = resources.files("listinglint.reports").joinpath("page")
        language = "zh-CN" if run.lang == "zh" else "en"
        title = escape(f"{self._say('heading')} · listinglint")
        self._script = page.joinpath("report.js").read_text(encoding="utf-8")
        self._out.write(
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n<title>{title}</title>\n'
            f"<style>\n{page.joinpath('report.css').read_text(encoding='utf-8')}</style>\n</head>\n<body>\n"
            f'<noscript><p class="empty">{escape(self._say("script"))}</p></noscript>\n'
            f'<div id="report"><p class="empty">{escape(self._say("loading"))}</p></div>\n'
        )

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        if self._run.quiet and not report.findings and not report.errors:
            return
        self._files[wording.file_name(report, self._run.root)] = None
        self._chunk.append(self._card(report, advice))
        if len(self._chunk) >= _CHUNK:
            self._flush()

    def end(self, summary: CatalogSummary) -> None:
        self._flush()
        self._out.write(f'<script type="application/json" id="summary">{embedded(self._summary(summary))}</script>\n')
        self._out.write(f"<script>\n{self._script}</script>\n</body>\n</html>\n")

    def _say(self, word: str, **values: object) -> str:
        return _LABELS[word].format(self._run.lang, **values)

    def _flush(self) -> None:
        if self._chunk:
            self._out.write(f'<script type="application/json" class="listings">{embedded(self._chunk)}</script>\n')
            self._chunk = []

    def _rule(self, selector: str) -> int:
        """The rule's number, so that its name is not written with every finding."""
        return self._rules.setdefault(selector, len(self._rules))

    def _summary(self, summary: CatalogSummary) -> dict[str, Any]:
        lang = self._run.lang
        texts = self._run.summaries or {}
        return {
            "lang": "zh-CN" if lang == "zh" else "en",
            "labels": {key: text.get(lang) for key, text in _LABELS.items()},
            "files": self._named(),
            "version": self._run.version,
            "marketplace": self._run.marketplace,
            "failed": summary.failed,
            "reasons": wording.reasons(summary),
            "notes": [clean(note) for note in summary.notes],
            "listings": summary.listings,
            "findings": summary.findings,
            "suppressed": summary.suppressed,
            "baselined": summary.baselined,
            "severities": [summary.by_severity.get(level, 0) for level in wording.LEVELS],
            "stars": [summary.stars.get(level, 0) for level in range(1, 6)],
            "score": summary.score,
            "sections": [[text.get(lang), summary.statistics[name]] for name, text in SECTION_LABELS.items() if name in summary.statistics],
            "rules": [[rule, count, clean(texts.get(rule, ""))] for rule, count in summary.by_rule.items()],
            "selectors": list(self._rules),
        }

    def _named(self) -> str:
        """The file of the catalog, or the first of several and how many more there are; empty where no listing was shown."""
        names = [clean(name) for name in self._files if name != "-"]
        return ", ".join(names) if len(names) <= 2 else self._say("files", first=names[0], n=len(names) - (self._run.lang != "zh"))

    # --- a card ---

    def _card(self, report: ListingReport, advice: Sequence[Advice] | None) -> list[Any]:
        """Stars, score, id, place, title in runs, findings, gate, advice; the script knows them by their order."""
        source = report.listing.source
        place = [wording.file_name(report, self._run.root)] if self._run.several and source else []
        if self._run.several and source and source.sheet:
            place.append(source.sheet)
        place.append(wording.row(report, self._run.lang))
        findings = [self._finding(report, finding) for finding in wording.gravest_first(report)]
        findings += [[-1, 0, "", clean(_INTERNAL.format(self._run.lang, rule=one.rule, error=one.error)), 0, None, None] for one in report.errors]
        return [
            report.stars, report.score, clean(report.listing.text("id") or ""), clean(" · ".join(filter(None, place))),
            _title(report), findings, report.capped_by,
            [advice[-1].stars, list(dict.fromkeys(step.rule for step in advice))] if advice else None,
        ]  # fmt: skip

    def _finding(self, report: ListingReport, finding: Finding) -> list[Any]:
        """Rule, level, place, message, cost, the words in runs (those of the title are marked there), the fix."""
        level = wording.LEVELS.index(finding.severity)
        fix = finding.fix
        mended = None
        if fix is not None and len(fix.edits) == 1:
            parts = report.listing.parts(fix.edits[0].field)
            edit = fix.edits[0]
            before = parts[edit.part][edit.start : edit.end] if edit.part < len(parts) else ""
            mended = [fix.safety == "safe", _seen(before), _seen(edit.text)]
        return [
            self._rule(finding.selector), level, clean(finding.cell or finding.field), clean(finding.message), round(finding.penalty, 1),
            None if finding.field == "title" and not finding.part else _excerpt(report, finding), mended,
        ]  # fmt: skip


def _seen(text: str) -> str:
    """A text of an edit, so that spaces alone are seen too."""
    return _short(clean(text)) if text.strip() else "␣" * len(text[:_LONGEST_MARK])


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_MARK else text[: _LONGEST_MARK - 1] + "…"


def _title(report: ListingReport) -> Runs | None:
    """The title in runs of text and level, None where the source has none; a finding on the whole title marks nothing."""
    parts = report.listing.parts("title")
    if not parts:
        return None
    title = parts[0][:_LONGEST_TITLE]
    spans = [(one.start, one.end, one.severity) for one in report.findings if one.field == "title" and not one.part and one.start is not None and one.end is not None]
    spans = [(start, end, level) for start, end, level in spans if start or end < len(title.rstrip())]
    return list(_runs(title, spans)) + ([["…", -1]] if len(parts[0]) > len(title) else [])


def _runs(text: str, spans: Sequence[Span]) -> Iterator[list[Any]]:
    """Pieces of a text with the gravest level that marks them (-1: none)."""
    for piece, grave in pieces(text, spans):
        yield [clean(piece), -1 if grave is None else wording.LEVELS.index(grave)]


def _excerpt(report: ListingReport, finding: Finding) -> Runs | None:
    """The marked words with a few around them."""
    parts = report.listing.parts(finding.field)
    if finding.start is None or finding.end is None or finding.part >= len(parts) or finding.start == finding.end:
        return None
    text, level = parts[finding.part], wording.LEVELS.index(finding.severity)
    left = max(0, finding.start - _AROUND)
    end = min(finding.end, finding.start + _LONGEST_MARK)
    right = min(len(text), finding.end + _AROUND)
    rest = "…" if end < finding.end else ""
    return [
        [("…" if left else "") + clean(text[left : finding.start]), -1],
        [clean(text[finding.start : end]) + rest, level],
        [clean(text[finding.end : right]) + ("…" if right < len(text) else ""), -1],
    ]
