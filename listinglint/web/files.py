"""The endpoints of catalog files: upload, check in the background, watch, filter, open one, download."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, Final

from starlette.responses import FileResponse, Response, StreamingResponse

from listinglint.catalogs.columns import UNUSED, column_letter
from listinglint.model import Text
from listinglint.reports.json_lines import to_json
from listinglint.web import schemas
from listinglint.web.endpoints import Answer, Call, Endpoint, Parameter
from listinglint.web.lanes import Deadline
from listinglint.web.listings import report_object
from listinglint.web.problems import Problem
from listinglint.web.receiving import receive
from listinglint.web.results import Filter, words
from listinglint.web.tasks import Columns, Record
from listinglint.web.uploads import REPORTS, Upload

SECONDS: Final = 30.0
_BEAT: Final = 15.0
"""Seconds of silence after which a stream says that it lives."""
_PACE: Final = 0.2
"""Seconds between two events."""
_STARS: Final = Text("a number of stars such as 2 or a range such as 1-3 was expected", "应为星级，例如 2，或范围，例如 1-3")
_NO_LISTING: Final = Text("the file has no listing of this number", "文件中没有这个序号的产品")
_NO_KIND: Final = Text("there is no such download; the downloads are {names}", "没有这种下载；可用：{names}")
_BYTES: Final = "application/octet-stream"
_MEDIA: Final = {
    ".csv": "text/csv; charset=utf-8", ".tsv": "text/tab-separated-values; charset=utf-8", ".jsonl": "application/jsonl", ".html": "text/html; charset=utf-8",
    ".json": "application/json", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


def _upload(call: Call) -> Upload:
    return call.server.uploads.get(call.request.path_params["id"])


# --- upload -----------------------------------------------------------------------------------------------------------


async def upload(call: Call) -> dict[str, Any]:
    """POST /api/files."""
    uploads = call.server.uploads
    made = uploads.new()
    try:
        with made.used():
            made.name, made.path, made.size = await receive(call.request, lambda suffix: made.folder / f"catalog{suffix}")
            if made.size > call.server.options.most_upload:
                raise Problem("too-large")
            await uploads.inspect(made)
    except BaseException:
        uploads.delete(made.id)
        raise
    found = made.inspected
    return {
        "id": made.id, "name": made.name, "size": made.size, "sheets": found["sheets"], "sources": found["sources"], "preview": found["preview"],
        "notes": [note[call.lang] for note in found["notes"]],
    }  # fmt: skip


async def delete(call: Call) -> Response:
    """DELETE /api/files/{id}."""
    call.server.uploads.delete(_upload(call).id)
    return Response(status_code=204)


# --- check ------------------------------------------------------------------------------------------------------------


async def check(call: Call) -> dict[str, Any]:
    """POST /api/files/{id}/check."""
    found = _upload(call)
    settings = call.server.workbench.settings(call.body, call.lang)
    # Names that nothing has are told at once, not when the file's turn comes.
    await call.server.work.run(lambda deadline: call.server.workbench.linter(settings), SECONDS)
    options = call.server.options
    record = Record(options.history, found.name) if options.record else None
    columns = call.body.get("columns")
    chosen = _columns(found, columns, call.body.get("sheet")) if columns is not None else None
    call.server.uploads.check(found, settings, chosen, call.body.get("sheet"), record)
    return {"id": found.id, "state": found.state}


def _columns(found: Upload, columns: Columns, sheet: str | None) -> dict[str, list[str]]:
    """The columns as they are asked for, and that all others are not read. Columns of one header are told apart by their letters."""
    sources = found.inspected["sources"]
    headers: list[str] = next((one["headers"] for one in sources if one["sheet"] == sheet), sources[0]["headers"] if sources else [])
    places: dict[str, list[int]] = {}
    for at, header in enumerate(headers):
        places.setdefault(header, []).append(at)

    def named(header: str) -> str:
        at = places.get(header, [])
        return column_letter(at.pop(0)) if at and (header in repeated or not header) else header

    repeated = {header for header, at in places.items() if len(at) > 1}
    out = {field: [named(header) for header in names] for field, names in columns.items() if names}
    taken = {header for names in columns.values() for header in names}
    out[UNUSED] = [header for header in places if header and header not in taken]
    return out


async def status(call: Call) -> dict[str, Any]:
    """GET /api/files/{id}."""
    return _status(call, _upload(call))


def _status(call: Call, found: Upload) -> dict[str, Any]:
    return {
        "id": found.id, "name": found.name, "size": found.size, "state": found.state, "phase": found.phase, "done": found.done, "total": found.total,
        "waiting": call.server.uploads.ahead(found), "summary": found.summary, "problem": found.problem.document(call.lang) if found.problem else None,
    }  # fmt: skip


async def cancel(call: Call) -> dict[str, Any]:
    """POST /api/files/{id}/cancel."""
    found = _upload(call)
    call.server.uploads.cancel(found)
    return {"id": found.id, "state": found.state}


async def events(call: Call) -> Response:
    """GET /api/files/{id}/events."""
    found = _upload(call)
    # A proxy must not hold events back.
    return StreamingResponse(_events(call, found), media_type="text/event-stream", headers={"x-accel-buffering": "no"})


async def _events(call: Call, found: Upload) -> AsyncIterator[bytes]:
    """Progress as it comes, and at last how it ended; a file that is not being checked ends at once."""
    last: Any = None
    spoken = time.monotonic()
    with found.used():
        while found.state == "running" and not call.server.stopping.is_set():
            now = {"phase": found.phase, "done": found.done, "total": found.total, "waiting": call.server.uploads.ahead(found)}
            if now != last or time.monotonic() - spoken > _BEAT:
                yield _event("progress", now) if now != last else b": \n\n"
                last, spoken = now, time.monotonic()
            await asyncio.sleep(_PACE)
    if call.server.stopping.is_set():
        return
    if found.state == "failed" and found.problem is not None:
        yield _event("failed", {"problem": found.problem.document(call.lang)})
    else:
        yield _event(found.state, {"summary": found.summary})


def _event(name: str, value: Mapping[str, Any]) -> bytes:
    return f"event: {name}\ndata: {to_json(value)}\n\n".encode()


# --- what was found ---------------------------------------------------------------------------------------------------


async def listings(call: Call) -> bytes:
    """GET /api/files/{id}/listings."""
    found = _upload(call)
    query = call.query
    chosen = Filter(*_stars(query.get("stars")), rules=tuple(rule.strip() for rule in query.get("rule", "").split(",") if rule.strip())[:100], words=tuple(words(query.get("text", ""))))
    offset, results = query.get("offset", 0), found.results

    def work(deadline: Deadline) -> bytes:
        total, rows = results.page(chosen, offset, query.get("limit", 50), worst=query.get("sort") == "score")
        return to_json({"total": total, "offset": offset, "listings": rows}).encode()

    with found.used():
        return await call.server.work.run(work, SECONDS)


def _stars(text: str | None) -> tuple[int, int]:
    if text is None:
        return 1, 5
    low, dash, high = text.partition("-")
    levels = [one for one in (low, high if dash else low) if one in ("1", "2", "3", "4", "5")]
    if len(levels) < 2 or levels[0] > levels[1]:
        raise Problem("invalid-value", _STARS, errors=[("?stars", _STARS)])
    return int(levels[0]), int(levels[1])


async def listing(call: Call) -> bytes:
    """GET /api/files/{id}/listings/{ordinal}."""
    found, text = _upload(call), call.request.path_params["ordinal"]
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise Problem("not-found", _NO_LISTING)
    results = found.results
    assert found.settings is not None
    settings = found.settings

    def work(deadline: Deadline) -> bytes:
        report = results.report(int(text))
        if report is None:
            raise Problem("not-found", _NO_LISTING)
        linter = call.server.workbench.linter(settings)
        ignored = report.listing.source.ignore if report.listing.source else None
        return to_json({"ordinal": int(text), "listing": report.listing.to_dict(), "ignored": ignored, "report": report_object(linter, report, True)}).encode()

    with found.used():
        return await call.server.work.run(work, SECONDS)


async def download(call: Call) -> Response:
    """GET /api/files/{id}/download/{kind}."""
    found, kind = _upload(call), call.request.path_params["kind"]
    stem, suffix = Path(found.name).stem, Path(found.name).suffix
    with found.used():
        if kind == "mended":
            path = await call.server.uploads.mended(found, call.query.get("unsafe", False))
            name = f"{stem}-mended{suffix}"
        elif kind in REPORTS:
            path = await call.server.uploads.report(found, kind)
            name = f"{stem}-{kind}"
        else:
            names = ", ".join((*REPORTS, "mended"))
            raise Problem("not-found", Text(_NO_KIND.format("en", names=names), _NO_KIND.format("zh", names=names)))
        media = _MEDIA.get(Path(name).suffix.lower(), _BYTES)
        return FileResponse(path, filename=name, media_type=media, content_disposition_type="attachment")


# --- declarations -----------------------------------------------------------------------------------------------------

_ID: Final[dict[str, Any]] = {"id": {"type": "string", "maxLength": 64}}
_QUERY: Final = (
    Parameter("stars", {"type": "string", "maxLength": 3}, "A number of stars, or a range such as 1-2."),
    Parameter("rule", {"type": "string", "maxLength": 4_000}, "Rules parted by commas: listings with a finding of any of them."),
    Parameter("text", {"type": "string", "maxLength": 500}, "Words that must all stand in id, title, keywords, brand, model or category."),
    Parameter("sort", {"type": "string", "enum": ["file", "score"]}, "In the order of the file, or the worst first."),
    Parameter("offset", {"type": "integer", "minimum": 0, "maximum": 10**9}, "Listings to pass over."),
    Parameter("limit", {"type": "integer", "minimum": 1, "maximum": 500}, "So many listings at most (default 50)."),
)
ENDPOINTS: Final = (
    Endpoint(
        "POST", "/api/files", "uploadFile", "Upload a catalog file: the multipart field `file`", upload,
        {201: Answer("How it is read: columns to fields, the first listings", schemas.UPLOADED)}, "files", body=schemas.FORM, media="multipart/form-data", problems=(504, 507),
    ),
    Endpoint(
        "GET", "/api/files/{id}", "file", "What is being done with a file, and how far it has come", status, {200: Answer("Its state", schemas.JOB)}, "files",
        path_schemas=_ID, problems=(404,),
    ),
    Endpoint(
        "DELETE", "/api/files/{id}", "deleteFile", "Remove a file and all that was made of it", delete, {204: Answer("Removed", media=())}, "files", path_schemas=_ID,
        problems=(404,),
    ),
    Endpoint(
        "POST", "/api/files/{id}/check", "checkFile", "Check a file in the background; a check that is under way is stopped", check,
        {202: Answer("Begun", schemas.STARTED)}, "files", body=schemas.FILE_CHECK, path_schemas=_ID, problems=(404, 504),
    ),
    Endpoint(
        "GET", "/api/files/{id}/events", "fileEvents", "Server-sent events: `progress` {phase, done, total, waiting}, then `done` {summary}, `failed` {problem} or `cancelled`",
        events, {200: Answer("The events", schemas.EVENT, ("text/event-stream",))}, "files", path_schemas=_ID, problems=(404,),
    ),
    Endpoint(
        "POST", "/api/files/{id}/cancel", "cancelFile", "Stop the check of a file", cancel, {200: Answer("Its state", schemas.STARTED)}, "files", path_schemas=_ID,
        problems=(404,),
    ),
    Endpoint(
        "GET", "/api/files/{id}/listings", "fileListings", "The listings of a checked file, filtered and paged", listings,
        {200: Answer("How many fit, and some of them", schemas.FOUND)}, "files", query=_QUERY, path_schemas=_ID, problems=(404, 409, 504),
    ),
    Endpoint(
        "GET", "/api/files/{id}/listings/{ordinal}", "fileListing", "One listing of a checked file with its report", listing,
        {200: Answer("The listing", schemas.ONE)}, "files", path_schemas={**_ID, "ordinal": {"type": "integer", "minimum": 0}}, problems=(404, 409, 504),
    ),
    Endpoint(
        "GET", "/api/files/{id}/download/{kind}", "download", "A report of a checked file, or its mended copy", download,
        {200: Answer("The file", media=(*(one.partition(";")[0] for one in _MEDIA.values()), _BYTES))}, "files",
        query=(Parameter("unsafe", {"type": "boolean"}, "mended: make the fixes too that a person should look at."),),
        path_schemas={**_ID, "kind": {"type": "string", "enum": [*REPORTS, "mended"]}}, problems=(404, 409, 422, 504, 507),
    ),
)  # fmt: skip
