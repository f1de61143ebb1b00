"""The endpoints that take listings: check, mend, suggest, parse, and what the editor asks for at a keystroke."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from starlette.requests import ClientDisconnect

from listinglint.engine import check as lint_all
from listinglint.engine import fix as mend
from listinglint.engine.catalog import Counts
from listinglint.engine.counters import counters, keyword_budget
from listinglint.engine.linter import Linter
from listinglint.language.names import parse_title
from listinglint.model import Listing, ListingReport, Source
from listinglint.model.findings import SEVERITY_ORDER
from listinglint.reports.json_lines import listing_object, name_object, to_json
from listinglint.suggestions.candidate import suggestions_object
from listinglint.web import schemas
from listinglint.web.endpoints import Answer, Call, Endpoint
from listinglint.web.lanes import Deadline
from listinglint.web.problems import Problem

SECONDS: Final = 30.0
_MOST_ADVISED: Final = 2_000
"""Findings of a listing up to which the way to five stars is looked for: the search takes the square of their number."""


def _listings(body: dict[str, Any]) -> list[Listing]:
    return [Listing.of(one) for one in (body["listings"] if "listings" in body else [body["listing"]])]


def report_object(linter: Linter, report: ListingReport, advice: bool) -> dict[str, Any]:
    """The listing object of the command line, with advice where it is asked for."""
    return listing_object(report, (linter.advise(report) if len(report.findings) <= _MOST_ADVISED else ()) if advice else None)


def _passing(deadline: Deadline) -> Callable[[str, int], None]:
    def tell(stage: str, count: int) -> None:
        deadline.check()

    return tell


async def check(call: Call) -> bytes:
    """POST /api/check."""

    def work(deadline: Deadline) -> bytes:
        settings = call.server.workbench.settings(call.body, call.lang)
        linter = call.server.workbench.linter(settings)
        counts, found, failed = Counts(), [], False
        least = SEVERITY_ORDER.get(call.server.options.fail_on, 99)
        listings = _listings(call.body)
        # One listing is judged by itself; of several those are told that are alike.
        reports = lint_all(listings, settings, progress=_passing(deadline)) if "listings" in call.body else map(linter.lint, listings)
        for report in reports:
            deadline.check()
            counts.add(report)
            failed = failed or any(SEVERITY_ORDER[finding.severity] >= least and not finding.preview for finding in report.findings)
            found.append(report_object(linter, report, call.body.get("advice", False)))
        return to_json({"listings": found, "summary": counts.summary(failed=failed or bool(counts.errors)).to_dict()}).encode()

    return await call.server.work.run(work, SECONDS)


async def fix(call: Call) -> bytes:
    """POST /api/fix."""

    def work(deadline: Deadline) -> bytes:
        linter = call.server.workbench.linter(call.server.workbench.settings(call.body, call.lang))
        out = []
        for listing in _listings(call.body):
            deadline.check()
            result = mend(listing, linter, unsafe=call.body.get("unsafe", False))
            out.append(
                {
                    "listing": result.listing.to_dict(), "edits": [edit.to_dict() for edit in result.edits], "before": result.before.to_dict(),
                    "after": result.after.to_dict(), "outcome": result.outcome, "left_out": list(result.left_out),
                }
            )  # fmt: skip
        return to_json({"listings": out}).encode()

    return await call.server.work.run(work, SECONDS)


async def suggest(call: Call) -> bytes:
    """POST /api/suggest."""

    def work(deadline: Deadline) -> bytes:
        suggester = call.server.workbench.suggester(call.server.workbench.settings(call.body, call.lang))
        out = []
        for listing in _listings(call.body):
            deadline.check()
            found = suggester.suggest(listing, call.body.get("candidates"), call.body.get("limit"), titles=call.body.get("titles", True))
            out.append(suggestions_object(listing, found, call.lang))
        return to_json({"suggestions": out}).encode()

    return await call.server.work.run(work, SECONDS)


async def parse(call: Call) -> bytes:
    """POST /api/parse."""

    def work(deadline: Deadline) -> bytes:
        listing = Listing.of(call.body["listing"]) if "listing" in call.body else None
        out = []
        for title in call.body["titles"] if "titles" in call.body else [call.body["title"]]:
            deadline.check()
            out.append(name_object(None, parse_title(title, listing)))
        return to_json({"names": out}).encode()

    return await call.server.work.run(work, SECONDS)


async def edit(call: Call) -> bytes:
    """POST /api/edit. Of the waiting requests of one editor the latest alone is worked on."""
    editor = call.body.get("editor")
    turn = call.server.turns.get(editor, 0) + 1 if editor else 0
    if editor:
        call.server.turns.take(editor, turn)

    async def wanted() -> None:
        if editor and call.server.turns.get(editor, 0) != turn:
            raise Problem("superseded")
        if await call.request.is_disconnected():
            raise ClientDisconnect

    def work(deadline: Deadline) -> bytes:
        ignored = call.body.get("ignored")
        listing = Listing.of(call.body["listing"], Source(ignore=ignored) if ignored else None)
        linter = call.server.workbench.linter(call.server.workbench.settings(call.body, call.lang)).of(listing)
        doc = linter.analyse(listing)
        report = linter.judge(doc)
        deadline.check()
        answer = {"report": report_object(linter, report, True), "counters": counters(linter, doc, call.lang), "keywords": keyword_budget(doc)}
        return to_json(answer).encode()

    return await call.server.editing.run(work, SECONDS, wanted)


class Turns:
    """The latest request of each editor; those not heard of for longest are forgotten."""

    _MOST: Final = 1_000

    def __init__(self) -> None:
        self._latest: dict[str, int] = {}

    def get(self, editor: str, default: int) -> int:
        """The number of the editor's latest request."""
        return self._latest.get(editor, default)

    def take(self, editor: str, turn: int) -> None:
        """Makes this the latest one."""
        self._latest.pop(editor, None)
        self._latest[editor] = turn
        if len(self._latest) > self._MOST:
            del self._latest[next(iter(self._latest))]


_SLOW: Final = (504,)
ENDPOINTS: Final = (
    Endpoint(
        "POST", "/api/check", "check", "What is wrong in one listing or many, and how many stars each has", check,
        {200: Answer("The reports in order, then the summary", schemas.CHECKED)}, body=schemas.CHECK, problems=_SLOW,
    ),
    Endpoint(
        "POST", "/api/fix", "fix", "Listings mended by their safe fixes, or by all", fix,
        {200: Answer("The mended listings in order", schemas.FIXED)}, body=schemas.FIX, problems=_SLOW,
    ),
    Endpoint(
        "POST", "/api/suggest", "suggest", "Keywords and titles for listings, and what each is worth", suggest,
        {200: Answer("The suggestions in order", schemas.SUGGESTED)}, body=schemas.SUGGEST, problems=_SLOW,
    ),
    Endpoint(
        "POST", "/api/parse", "parse", "How titles are understood", parse,
        {200: Answer("The parts of each title", schemas.PARSED)}, body=schemas.PARSE, problems=_SLOW,
    ),
    Endpoint(
        "POST", "/api/edit", "edit", "Report, counters and keywords of a listing that is being written", edit,
        {200: Answer("What the editor shows", schemas.EDITED)}, "editor", body=schemas.EDIT, problems=(409, 504),
    ),
)  # fmt: skip
