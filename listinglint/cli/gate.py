"""Decides whether a run fails, and says why."""

from __future__ import annotations

from typing import Final

from listinglint.config import Limits
from listinglint.model import CatalogSummary, ListingReport, Text
from listinglint.model.findings import SEVERITY_ORDER

_REASONS: Final = {
    "severity": Text("{n:,} of {all:,} listings have findings of severity {level} or above (--fail-on {level})", "{all:,} 条产品中有 {n:,} 条存在 {level} 及以上级别的问题（--fail-on {level}）"),
    "severity error": Text("{n:,} of {all:,} listings have errors (--fail-on error)", "{all:,} 条产品中有 {n:,} 条存在错误（--fail-on error）"),
    "stars": Text("{n:,} of {all:,} listings have fewer than {least} stars (--min-stars {least})", "{all:,} 条产品中有 {n:,} 条低于 {least} 星（--min-stars {least}）"),
    "score": Text("{n:,} of {all:,} listings score below {least:g} (--min-score {least:g})", "{all:,} 条产品中有 {n:,} 条低于 {least:g} 分（--min-score {least:g}）"),
    "share": Text(
        "{share:.1f}% of the listings fail, more than the {most:g}% forgiven (--max-failing)", "{share:.1f}% 的产品未通过，超过允许的 {most:g}%（--max-failing）"
    ),
    "catalog": Text("the catalog scores {score:.1f}, below {least:g} (--min-catalog-score)", "目录总分 {score:.1f}，低于 {least:g}（--min-catalog-score）"),
    "findings": Text("{n:,} findings, more than {most:,} (--max-findings)", "共 {n:,} 个问题，超过 {most:,} 个（--max-findings）"),
    "internal": Text("{n:,} internal errors; their listings were not judged by all rules", "出现 {n:,} 个内部错误，相关产品未经全部规则检查"),
}


class Gate:
    """Counts the listings that fail, one by one, and judges at the end.

    A listing fails by a finding of `fail_on` or above, or by stars or score below the least; so many per cent of the
    listings as `max_failing` says may. The catalog's own gates forgive nothing. Stars and scores count what a baseline forgives; a listing
    below the least fails only where that is not the baseline's doing alone: when something new costs it points, or holds it down.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._failing = 0
        self._severity = 0
        self._stars = 0
        self._score = 0

    def add(self, report: ListingReport) -> None:
        """Judges one listing."""
        limits = self.limits
        least = SEVERITY_ORDER.get(limits.fail_on, 99)
        grave = any(SEVERITY_ORDER[finding.severity] >= least for finding in report.findings if not finding.preview)
        judged = not report.forgiven or any(finding.penalty or finding.rule == report.capped_by for finding in report.findings)
        few = judged and limits.min_stars is not None and report.stars < limits.min_stars
        low = judged and limits.min_score is not None and report.score < limits.min_score
        self._severity += grave
        self._stars += few
        self._score += low
        self._failing += grave or few or low

    def merge(self, other: Gate) -> None:
        """Adds the listings that were judged elsewhere."""
        self._failing += other._failing
        self._severity += other._severity
        self._stars += other._stars
        self._score += other._score

    def reasons(self, summary: CatalogSummary, lang: str) -> list[str]:
        """Why the run fails; empty where it does not."""
        limits, count = self.limits, summary.listings
        out: list[str] = []

        def say(reason: str, **values: object) -> None:
            out.append(_REASONS[reason].format(lang, **values))

        share = 100 * self._failing / count if count else 0.0
        if share > limits.max_failing:
            if self._severity:
                name = "severity error" if limits.fail_on == "error" else "severity"
                say(name, n=self._severity, all=count, level=limits.fail_on)
            if self._stars:
                say("stars", n=self._stars, all=count, least=limits.min_stars)
            if self._score:
                say("score", n=self._score, all=count, least=limits.min_score)
            if limits.max_failing:
                say("share", share=share, most=limits.max_failing)
        if limits.min_catalog_score is not None and count and summary.score < limits.min_catalog_score:
            say("catalog", score=summary.score, least=limits.min_catalog_score)
        counted = summary.findings - summary.previews
        if limits.max_findings is not None and counted > limits.max_findings:
            say("findings", n=counted, most=limits.max_findings)
        if summary.internal_errors:
            say("internal", n=len(summary.internal_errors))
        return out
