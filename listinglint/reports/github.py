"""Workflow commands that GitHub shows as annotations, worst listings first; all that has no room goes to the job's summary."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, TextIO

from listinglint.model import CatalogSummary, Finding, ListingReport, Text
from listinglint.reports import wording
from listinglint.reports.markdown import MarkdownReporter
from listinglint.reports.reporter import Run
from listinglint.reports.terminal import clean
from listinglint.scoring import Advice

MOST: Final = 10
"""GitHub shows so many errors, warnings and notices of a step each, and drops the rest without a word."""
SUMMARY_BYTES: Final = 1_000_000
"""The most that is added to the job's summary."""
_SUMMARY_LIMIT: Final = 1 << 20
"""The summary of a step may have so many bytes; one that is larger is not shown at all."""
_COMMANDS: Final = {"error": "error", "warning": "warning", "info": "notice"}
_LONGEST: Final = 1_000
_SAY: Final = {
    "more findings": Text("{message} (and {n} more)", "{message}（另有 {n} 个问题）"),
    "cut": Text(
        "{n:,} of {all:,} listings with findings are annotated, the worst first.", "有问题的产品共 {all:,} 条，这里标注最差的 {n:,} 条。"
    ),
    "summary": Text("The job summary says more.", "更多内容见作业摘要。"),
    "internal": Text("internal error in {rule}: {error}", "规则 {rule} 内部出错：{error}"),
    "full": Text("The job summary is full already; nothing was added.", "作业摘要已满，未再写入。"),
    "unwritable": Text("The job summary could not be written: {error}", "作业摘要无法写入：{error}"),
    "failed": Text("Failed: {reason}", "未通过：{reason}"),
    "passed": Text("Passed", "通过"),
}


def escape_message(text: str) -> str:
    """The message of a workflow command: `%` and line ends as the runner decodes them."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """A property of a workflow command, where `:` and `,` would end it too."""
    return escape_message(text).replace(":", "%3A").replace(",", "%2C")


def command(name: str, message: str, **properties: object) -> str:
    """One workflow command; properties that are None are left out."""
    given = ",".join(f"{key}={escape_property(str(value))}" for key, value in properties.items() if value is not None)
    return f"::{name}{' ' if given else ''}{given}::{escape_message(message)}"


class GithubReporter:
    """One annotation a listing, for its gravest finding; keeps the worst `MOST` of each level."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._worst = {level: wording.Worst(MOST) for level in wording.LEVELS}
        self._summary = MarkdownReporter(out, SUMMARY_BYTES)

    def begin(self, run: Run) -> None:
        self._run = run
        self._summary.begin(run)

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        self._summary.listing(report, advice)
        if report.errors:
            self._worst["error"].add(report)
        elif report.findings:
            self._worst[wording.gravest_first(report)[0].severity].add(report)

    def end(self, summary: CatalogSummary) -> None:
        shown = 0
        for worst in self._worst.values():
            for report, _ in worst.entries():
                self._write(self._annotation(report))
                shown += 1
        told = self._run.job_summary is not None and self._add_to_summary(summary)
        counts = [wording.counted("listings", summary.listings, self._run.lang), wording.counted("findings", summary.findings, self._run.lang)]
        self._write(" · ".join(counts))
        if shown:
            note = self._say("cut", n=shown, all=sum(worst.seen for worst in self._worst.values()))
            self._write(note + (" " + self._say("summary") if told else ""))
        for reason in wording.reasons(summary):
            self._write(self._say("failed", reason=reason))
        if not summary.failed:
            self._write(self._say("passed"))

    def _say(self, word: str, **values: object) -> str:
        return _SAY[word].format(self._run.lang, **values)

    def _write(self, line: str) -> None:
        self._out.write(line + "\n")

    def _annotation(self, report: ListingReport) -> str:
        if report.errors:
            error = report.errors[0]
            text = clean(self._say("internal", rule=error.rule, error=error.error))
            return command("error", self._message(report, text), file=self._file(report), line=_line(report), title=error.rule)
        finding = wording.gravest_first(report)[0]
        text = clean(finding.message)
        if len(report.findings) > 1:
            text = self._say("more findings", message=text, n=len(report.findings) - 1)
        title = f"{finding.selector} {wording.stars(report.stars)}"
        place = self._place(report, finding)
        return command(_COMMANDS[finding.severity], self._message(report, text, finding), file=self._file(report), **place, title=title)

    def _message(self, report: ListingReport, text: str, finding: Finding | None = None) -> str:
        where = " · ".join(part for part in (wording.name(report, self._run.lang), finding and (finding.cell or finding.field)) if part)
        text = f"{where}: {text}" if where else text
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def _file(self, report: ListingReport) -> str | None:
        name = wording.file_name(report, self._run.root)
        return None if name == "-" else clean(name)

    def _place(self, report: ListingReport, finding: Finding) -> dict[str, int | None]:
        """Line and columns; columns only within one line, for GitHub refuses them elsewhere."""
        region = self._run.locate(report, finding) if self._run.locate else None
        if region is None:
            return {"line": _line(report)}
        if region.line != region.end_line:
            return {"line": region.line, "endLine": region.end_line}
        return {"line": region.line, "endLine": region.end_line, "col": region.column, "endColumn": region.end_column}

    def _add_to_summary(self, summary: CatalogSummary) -> bool:
        """Appends the Markdown report to the job's summary, if there is room; other steps may have written there."""
        data = (self._summary.text(summary) + "\n").encode("utf-8", "backslashreplace")
        try:
            with Path(self._run.job_summary or "").open("ab") as file:
                if file.tell() + len(data) > _SUMMARY_LIMIT:
                    self._write(self._say("full"))
                    return False
                file.write(data)
        except OSError as error:
            # The annotations and the exit code count, whatever becomes of the summary.
            self._write(self._say("unwritable", error=error.strerror or error))
            return False
        return True


def _line(report: ListingReport) -> int | None:
    source = report.listing.source
    return source.line if source else None
