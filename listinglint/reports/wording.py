"""What several reports say of listings and findings: names, places, counts, and which listings are the worst."""

from __future__ import annotations

import heapq
import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from listinglint.model import CatalogSummary, Finding, ListingReport, Severity, Text
from listinglint.model.findings import SEVERITY_ORDER
from listinglint.reports.terminal import clean
from listinglint.scoring import Advice

SIGNS: Final = {"error": "✖", "warning": "▲", "info": "•"}
LEVELS: Final = ("error", "warning", "info")
COUNTED: Final = {
    "listings": (Text("{n:,} listing", "{n:,} 条产品"), Text("{n:,} listings", "{n:,} 条产品")),
    "findings": (Text("{n:,} finding", "{n:,} 个问题"), Text("{n:,} findings", "{n:,} 个问题")),
    "error": (Text("{n:,} error", "{n:,} 个错误"), Text("{n:,} errors", "{n:,} 个错误")),
    "warning": (Text("{n:,} warning", "{n:,} 个警告"), Text("{n:,} warnings", "{n:,} 个警告")),
    "info": (Text("{n:,} hint", "{n:,} 个提示"), Text("{n:,} hints", "{n:,} 个提示")),
}
_ROW: Final = Text("row {row}", "第 {row} 行")
_LINE: Final = Text("row {row} (line {line})", "第 {row} 行（文件第 {line} 行）")


def counted(what: str, n: int, lang: str) -> str:
    """`3 listings`, `1 error`, as the language says it."""
    return COUNTED[what][n != 1].format(lang, n=n)


def stars(n: int) -> str:
    """Five stars, so many of them full."""
    return "★" * n + "☆" * (5 - n)


def row(report: ListingReport, lang: str) -> str:
    """The row that a spreadsheet shows, with the line of the file where that is another; empty where the source has none."""
    source = report.listing.source
    if source is None or source.record is None:
        return ""
    if source.line is not None and source.line != source.record:
        return _LINE.format(lang, row=source.record, line=source.line)
    return _ROW.format(lang, row=source.record)


def name(report: ListingReport, lang: str) -> str:
    """The listing's id and row, cleaned: what a person looks it up by."""
    return " · ".join(part for part in (clean(report.listing.text("id") or "").strip(), row(report, lang)) if part)


def file_name(report: ListingReport, root: str | None) -> str:
    """The listing's file with `/` between its parts, relative to `root` where it lies below; `-` without a file."""
    source = report.listing.source
    shown = source.source if source else None
    if not shown or shown == "-":
        return shown or "-"
    return _named(shown, root, os.getcwd())  # noqa: PTH109 - asked for each listing


@lru_cache(maxsize=1000)
def _named(shown: str, root: str | None, folder: str) -> str:
    if root is not None:
        try:
            return (Path(folder) / shown).resolve().relative_to(Path(root).resolve()).as_posix()
        except (ValueError, OSError):
            pass
    return Path(shown).as_posix()


def gravity(finding: Finding) -> tuple[int, float]:
    """Sorts findings: severity, then what they cost."""
    return SEVERITY_ORDER[finding.severity], finding.penalty


def gravest(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among findings, None where there are none."""
    return max((one.severity for one in findings), key=SEVERITY_ORDER.__getitem__, default=None)


def gravest_first(report: ListingReport) -> list[Finding]:
    """The findings of a listing, the gravest first and equal ones in the listing's order."""
    return sorted(report.findings, key=gravity, reverse=True)


def reasons(summary: CatalogSummary) -> list[str]:
    """Why the run failed, cleaned; empty where it did not."""
    return [clean(reason) for reason in summary.reasons] if summary.failed else []


class Worst:
    """Keeps the `most` worst of any number of listings with findings: fewest stars, then lowest score, then first seen."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._heap: list[tuple[int, float, int, ListingReport, Sequence[Advice] | None]] = []
        self.seen = 0

    def add(self, report: ListingReport, advice: Sequence[Advice] | None = None) -> None:
        """Takes a listing, and lets go of the best one when there are too many."""
        self.seen += 1
        entry = (-report.stars, -report.score, -self.seen, report, advice)
        if len(self._heap) < self._most:
            heapq.heappush(self._heap, entry)
        elif entry[:3] > self._heap[0][:3]:
            heapq.heapreplace(self._heap, entry)

    def entries(self) -> list[tuple[ListingReport, Sequence[Advice] | None]]:
        """Those kept with their advice, worst first."""
        return [entry[3:] for entry in sorted(self._heap, key=lambda entry: entry[:3], reverse=True)]
