"""SARIF 2.1.0 for code scanning: rules with their pages, results with exact places, at most as much as GitHub takes."""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TextIO
from urllib.parse import quote

from listinglint.model import CatalogSummary, Finding, InternalError, ListingReport, Text
from listinglint.model.findings import SEVERITY_ORDER
from listinglint.reports import wording
from listinglint.reports.fingerprints import Fingerprints
from listinglint.reports.json_lines import to_json
from listinglint.reports.reporter import Run
from listinglint.reports.rule_page import markdown_page, terminal_page
from listinglint.reports.terminal import clean
from listinglint.rules.rule import Rule
from listinglint.scoring import Advice

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS: Final = 25_000
"""GitHub rejects a run with more."""
MOST_COMPRESSED: Final = 9_500_000
"""GitHub takes 10 MB of gzip; the rest is room for the rules and for another compressor."""
_LONGEST: Final = 1_024
"""Code points of a rule's description that GitHub shows."""
_LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS: Final = {"error": "error", "warning": "warning", "info": "recommendation"}
_SAY: Final = {
    "cut": Text(
        "{left:,} of {all:,} findings are left out, the least grave: code scanning takes {most:,} results and 10 MB in a run.",
        "共 {all:,} 个问题，其中影响最小的 {left:,} 个未写入：代码扫描每次最多接受 {most:,} 条结果和 10 MB。",
    ),
    "internal": Text("internal error in {rule} on listing {id}: {error}", "规则 {rule} 在产品 {id} 上出错：{error}"),
    "sheet": Text("sheet {sheet}", "工作表“{sheet}”"),
}


class SarifReporter:
    """Keeps the gravest results as JSON texts, at most `most` of them, and writes at the end."""

    def __init__(self, out: TextIO, most: int = MOST_RESULTS, most_compressed: int = MOST_COMPRESSED) -> None:
        self._out = out
        self._most, self._most_compressed = most, most_compressed
        self._heap: list[tuple[int, float, int, str]] = []
        self._fingerprints = Fingerprints()
        self._count = 0
        self._errors: list[InternalError] = []

    def begin(self, run: Run) -> None:
        self._run = run
        self._rules = {rule.name: at for at, rule in enumerate(run.rules)}

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        self._errors.extend(report.errors)
        for finding in report.findings:
            self._add(report, finding, {"baselineState": "new", "suppressions": []} if self._run.baseline and not self._for_github else {})
        # GitHub reads neither state nor suppression: it would open an alert for each.
        for finding, reason in report.forgiven if not self._for_github else ():
            self._add(report, finding, {"baselineState": "unchanged", "suppressions": [_suppression(reason)]})

    @property
    def _for_github(self) -> bool:
        return self._run.service == "github"

    def _add(self, report: ListingReport, finding: Finding, more: dict[str, Any]) -> None:
        self._count += 1
        fingerprint = self._fingerprints.of(report.listing, finding)
        forgiven = more.get("baselineState") == "unchanged"
        rank = (0 if forgiven else SEVERITY_ORDER[finding.severity], finding.penalty, -self._count)
        if len(self._heap) < self._most:
            heapq.heappush(self._heap, (*rank, to_json(self._result(report, finding, fingerprint) | more)))
        elif rank > self._heap[0][:3]:
            heapq.heapreplace(self._heap, (*rank, to_json(self._result(report, finding, fingerprint) | more)))

    def end(self, summary: CatalogSummary) -> None:
        kept = self._kept()
        head = {"driver": self._driver()}
        self._out.write(f'{{"$schema":{to_json(SCHEMA)},"version":"2.1.0","runs":[{{"tool":{to_json(head)},"columnKind":"unicodeCodePoints","newlineSequences":["\\r\\n","\\n","\\r"],')
        self._out.write(f'"language":"{"zh-CN" if self._run.lang == "zh" else "en-US"}","invocations":[{to_json(self._invocation(summary, len(kept)))}],"results":[')
        for at, result in enumerate(kept):
            self._out.write((",\n" if at else "\n") + result)
        self._out.write("\n]}]}\n")

    def _kept(self) -> list[str]:
        """The results that have room, in the catalog's order."""
        gravest = sorted(self._heap, key=lambda entry: entry[:3], reverse=True)
        packer = zlib.compressobj(6)
        size, room = 0, len(gravest)
        for at, (_, _, _, text) in enumerate(gravest):
            size += len(packer.compress(text.encode("utf-8", "backslashreplace")))
            if size > self._most_compressed:
                room = at
                break
        return [text for _, _, _, text in sorted(gravest[:room], key=lambda entry: -entry[2])]

    def _say(self, word: str, **values: object) -> str:
        return _SAY[word].format(self._run.lang, **values)

    # --- the tool ---

    def _driver(self) -> dict[str, Any]:
        return {
            "name": "listinglint",
            "semanticVersion" if self._run.version.count(".") == 2 else "version": self._run.version or "0",
            "rules": [self._rule(rule) for rule in self._run.rules],
        }

    def _rule(self, rule: Rule) -> dict[str, Any]:
        lang = self._run.lang
        summary, page = clean(rule.summary.get(lang)), rule.page.get(lang)
        return {
            "id": rule.name,
            "name": "".join(part.capitalize() for part in rule.name.split("-")),
            "shortDescription": {"text": summary[:_LONGEST]},
            "fullDescription": {"text": (page if len(page) <= _LONGEST else page[: _LONGEST - 1] + "…") or summary},
            "help": {"text": terminal_page(rule, lang, 100), "markdown": markdown_page(rule, lang)},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
            "properties": {"tags": [rule.group, *rule.guidelines][:20], "problem.severity": _PROBLEMS[rule.severity]},
        }

    def _invocation(self, summary: CatalogSummary, kept: int) -> dict[str, Any]:
        notes = [{"level": "note", "message": {"text": clean(note)}} for note in summary.notes]
        if kept < self._count:
            text = self._say("cut", left=self._count - kept, all=self._count, most=self._most)
            notes.insert(0, {"level": "warning", "message": {"text": text}})
        for error in self._errors:
            text = clean(self._say("internal", rule=error.rule, id=error.listing or "-", error=error.error))
            notes.append({"level": "error", "message": {"text": text}})
        return {"executionSuccessful": not self._errors, "toolExecutionNotifications": notes}

    # --- a result ---

    def _result(self, report: ListingReport, finding: Finding, fingerprint: str) -> dict[str, Any]:
        where = " · ".join(part for part in (wording.name(report, self._run.lang), finding.cell or finding.field) if part)
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "level": _LEVELS[finding.severity],
            "message": {"text": f"{where}: {clean(finding.message)}"},
            "locations": [self._location(report, finding)],
            "partialFingerprints": {"primaryLocationLineHash": fingerprint},
            "properties": dict(self._properties(report, finding)),
        }
        if finding.rule in self._rules:
            result["ruleIndex"] = self._rules[finding.rule]
        return result

    def _location(self, report: ListingReport, finding: Finding) -> dict[str, Any]:
        physical: dict[str, Any] = {"artifactLocation": {"uri": self._uri(report)}}
        region = self._region(report, finding)
        if region:
            physical["region"] = region
        return {"physicalLocation": physical, "logicalLocations": [dict(self._logical(report, finding))]}

    def _uri(self, report: ListingReport) -> str:
        name = wording.file_name(report, self._run.root)
        if name == "-":
            return "stdin"
        path = Path(name.encode("utf-8", "backslashreplace").decode())
        return path.as_uri() if path.is_absolute() else quote(path.as_posix())

    def _region(self, report: ListingReport, finding: Finding) -> dict[str, int] | None:
        """The place in a text file; its first line where the columns cannot be told. A workbook has no lines.

        GitHub takes no result without all four numbers: there a workbook's row counts as a line.
        """
        source = report.listing.source
        region = self._run.locate(report, finding) if self._run.locate else None
        if region is not None:
            return {"startLine": region.line, "startColumn": region.column, "endLine": region.end_line, "endColumn": region.end_column}
        line = source.line if source else None
        if self._run.service == "github":
            line = line or (source.record if source else None) or 1
            return {"startLine": line, "startColumn": 1, "endLine": line, "endColumn": 2}
        return {"startLine": line} if line else None

    def _logical(self, report: ListingReport, finding: Finding) -> Iterator[tuple[str, Any]]:
        source = report.listing.source
        sheet = source.sheet if source else None
        place = finding.cell or finding.field
        yield "name", clean(place)
        if sheet and finding.cell:
            yield "fullyQualifiedName", clean("'" + sheet.replace("'", "''") + "'!" + finding.cell)
        else:
            yield "fullyQualifiedName", clean(f"{wording.file_name(report, self._run.root)}#{place}")
        yield "kind", "cell" if finding.cell else "member"

    def _properties(self, report: ListingReport, finding: Finding) -> Iterator[tuple[str, Any]]:
        source = report.listing.source
        yield "listing", report.listing.text("id")
        yield "record", source.record if source else None
        yield "sheet", source.sheet if source else None
        yield "field", finding.field
        yield "stars", report.stars
        yield "penalty", finding.penalty
        yield "text", finding.text
        yield "fix", finding.fix.to_dict() if finding.fix else None
        if finding.variant:
            yield "variant", finding.variant


def _suppression(reason: str) -> dict[str, str]:
    """A finding that the baseline forgives, and why."""
    return {"kind": "external", "status": "accepted"} | ({"justification": clean(reason)} if reason else {})
