"""JUnit XML: a suite a file or sheet, a case a listing, a failure where the listing has findings at or above `--fail-on`."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TextIO

from listinglint.model import CatalogSummary, Finding, ListingReport, Text
from listinglint.model.findings import SEVERITY_ORDER
from listinglint.reports import wording
from listinglint.reports.reporter import Run
from listinglint.reports.terminal import clean
from listinglint.scoring import Advice

_IN_MEMORY: Final = 16 << 20
"""Bytes of cases that are kept in memory before they go to a temporary file."""
_FORBIDDEN: Final = re.compile("[\ufffe\uffff]")
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_SAY: Final = {
    "gate": Text("gate of the run", "整体检查"),
    "nameless": Text("listing without row", "未知行的产品"),
    "internal": Text("internal error in {rule}: {error}", "规则 {rule} 内部出错：{error}"),
}


def xml(text: str) -> str:
    """`text` for an attribute or an element: escaped, and what XML cannot hold shown by its number."""
    shown = "\n".join(clean(line) for line in text.split("\n"))
    return _FORBIDDEN.sub(lambda found: f"&lt;U+{ord(found[0]):04X}&gt;", shown.translate(_ENTITIES))


@dataclass
class _Suite:
    """One file or sheet: its counts, and where in the temporary file its cases end."""

    name: str
    file: str | None = None
    tests: int = 0
    failures: int = 0
    errors: int = 0
    end: int = 0
    names: Counter[str] = field(default_factory=Counter)


def _tag(element: str, name: str, suites: Sequence[_Suite]) -> str:
    """The opening tag with the counts of these suites; its attributes are those that the schema of Jenkins knows."""
    counts = {key: sum(getattr(one, key) for one in suites) for key in ("tests", "failures", "errors")}
    file = f' file="{xml(suites[0].file)}"' if element == "testsuite" and suites[0].file else ""
    return f'<{element} name="{xml(name)}" ' + " ".join(f'{key}="{n}"' for key, n in counts.items()) + f"{file}>"


class JunitReporter:
    """Holds the cases back (beyond some size on disk), for the counts stand in front of them."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._suites: list[_Suite] = []

    def begin(self, run: Run) -> None:
        self._run = run
        self._least = SEVERITY_ORDER.get(run.fail_on, 99)
        self._cases = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115

    def listing(self, report: ListingReport, advice: Sequence[Advice] | None) -> None:
        suite = self._suite(report)
        grave = [one for one in wording.gravest_first(report) if SEVERITY_ORDER[one.severity] >= self._least and not one.preview]
        suite.errors += bool(report.errors)
        suite.failures += bool(grave) and not report.errors
        self._write(suite, self._case(report, suite, grave))

    def end(self, summary: CatalogSummary) -> None:
        self._gate(summary)
        self._out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        self._out.write(_tag("testsuites", "listinglint", self._suites) + "\n")
        self._cases.seek(0)
        at = 0
        for suite in self._suites:
            self._out.write(_tag("testsuite", suite.name, [suite]) + "\n")
            while at < suite.end:
                piece = self._cases.readline()
                self._out.write(piece.decode())
                at += len(piece)
            self._out.write("</testsuite>\n")
        self._out.write("</testsuites>\n")
        self._cases.close()

    def _suite(self, report: ListingReport) -> _Suite:
        """The suite of a listing; a new one where another file or sheet begins."""
        sheet = report.listing.source.sheet if report.listing.source else None
        file = wording.file_name(report, self._run.root)
        name = f"{file} [{sheet}]" if sheet else file
        if not self._suites or self._suites[-1].name != name:
            self._suites.append(_Suite(name, file))
        return self._suites[-1]

    def _write(self, suite: _Suite, lines: Iterable[str]) -> None:
        suite.tests += 1
        self._cases.write(("\n".join(lines) + "\n").encode())
        suite.end = self._cases.tell()

    def _say(self, word: str, **values: object) -> str:
        return _SAY[word].format(self._run.lang, **values)

    def _case(self, report: ListingReport, suite: _Suite, grave: Sequence[Finding]) -> Iterator[str]:
        name = wording.name(report, self._run.lang) or clean(report.listing.text("title") or "").strip() or self._say("nameless")
        # Readers keep one of several cases of one name.
        suite.names[name] += 1
        if suite.names[name] > 1:
            name += f" ({suite.names[name]})"
        yield f'<testcase classname="{xml(suite.name)}" name="{xml(name)}">'
        if report.errors:
            text = "\n".join(self._say("internal", rule=one.rule, error=one.error) for one in report.errors)
            yield f'<error type="internal" message="{xml(text)}"/>'
        elif grave:
            yield f'<failure type="{xml(grave[0].selector)}" message="{xml(grave[0].message)}">{xml(_lines(grave))}</failure>'
        others = [one for one in wording.gravest_first(report) if report.errors or one not in grave]
        stars = f"{wording.stars(report.stars)} {report.score:.1f}"
        yield f"<system-out>{xml(_lines(others, stars))}</system-out>"
        yield "</testcase>"

    def _gate(self, summary: CatalogSummary) -> None:
        """A case for the run as a whole, so that the gates over the catalog count too."""
        suite = _Suite("listinglint", failures=int(summary.failed))
        self._suites.append(suite)
        text = "\n".join(wording.reasons(summary))
        failure = f'<failure type="gate" message="{xml(text)}"/>' if summary.failed else ""
        self._write(suite, [f'<testcase classname="listinglint" name="{xml(self._say("gate"))}">{failure}</testcase>'])


def _lines(findings: Sequence[Finding], *first: str) -> str:
    return "\n".join([*first, *(f"{one.cell or one.field}: {one.selector}: {clean(one.message)}" for one in findings)])
