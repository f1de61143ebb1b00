"""The application: routes, the page, and the state that they share."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from listinglint.config import Settings
from listinglint.model import Text
from listinglint.web import docs, files, listings, openapi, reference
from listinglint.web.access import Access
from listinglint.web.endpoints import Endpoint, endpoint_of, json_response
from listinglint.web.guard import Guard
from listinglint.web.lanes import Lane
from listinglint.web.listings import Turns
from listinglint.web.problems import Problem
from listinglint.web.uploads import Uploads
from listinglint.web.workbench import Workbench

PAGE: Final = Path(__file__).parent / "page"
MOST_JSON: Final = 8 << 20
"""Bytes of a JSON body."""
_ENVELOPE: Final = 64 << 10
"""What a multipart body may have beyond its file."""
_NOT_FOUND: Final = Text("there is nothing at this address", "此地址没有内容")


@dataclass(frozen=True)
class Options:
    """How the server runs.

    `jobs` is the number of processes that check a file, `most_upload` bytes of one; `columns` and `fail_on` are the configuration's.
    With `record` the counts of each check of a file are kept in the file `history` (None: the history of the user).
    """

    settings: Settings = field(default_factory=Settings)
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    names: tuple[str, ...] = ()
    jobs: int = 1
    most_upload: int = 200 << 20
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    fail_on: str = "warning"
    record: bool = False
    history: str | None = None


class Server:
    """What the endpoints share. Made before the event loop runs; `start` and `close` are called within it."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.access = Access(options.host, options.port, options.token, options.names)
        self.workbench = Workbench(options.settings)
        self.turns = Turns()
        self.stopping = threading.Event()
        self.editing: Lane
        self.work: Lane
        self.uploads: Uploads

    def start(self) -> None:
        """Opens the lanes and the private folder, and warms the engine beside."""
        self.editing = Lane("edit", 2, 200)
        self.work = Lane("work", 2, 200)
        self.uploads = Uploads(self.options.jobs, self.options.fail_on, self.options.columns)
        self.uploads.open()
        threading.Thread(target=self._warm, name="warm", daemon=True).start()

    def _warm(self) -> None:
        # What goes wrong here goes wrong at the first request too, which tells of it.
        with contextlib.suppress(Exception):
            self.workbench.warm()

    def stop(self) -> None:
        """Tells all that is under way that the server stops. Called from a signal handler."""
        self.stopping.set()

    async def close(self) -> None:
        """Ends all work, and leaves nothing behind."""
        self.stop()
        self.editing.close()
        self.work.close()
        await self.uploads.close()

    def remove(self) -> None:
        """Removes what lies on disk, for an end that was no `close`."""
        if hasattr(self, "uploads"):
            self.uploads.remove()


ENDPOINTS: Final[tuple[Endpoint, ...]] = (*listings.ENDPOINTS, *files.ENDPOINTS, *reference.ENDPOINTS)


def create_app(options: Options | None = None) -> Starlette:
    """The application. `app.state.server` is its Server."""
    server = Server(options or Options())

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        server.start()
        try:
            yield
        finally:
            await server.close()

    def most_bytes(path: str) -> int:
        return server.options.most_upload + _ENVELOPE if path == "/api/files" else MOST_JSON

    app = Starlette(
        routes=_routes(server),
        middleware=[Middleware(Guard, access=server.access, most_bytes=most_bytes, lang=server.options.settings.lang)],
        exception_handlers={HTTPException: _http_problem, Problem: _problem},  # type: ignore[dict-item]
        lifespan=lifespan,
    )
    app.state.server = server
    return app


def _routes(server: Server) -> list[Route]:
    document = openapi.document(ENDPOINTS)

    async def index(request: Request) -> Response:
        if server.access.token is not None and server.access.opens(request.scope):
            return RedirectResponse("/", 303, {"set-cookie": server.access.session_cookie()})
        return _page_file("index.html", request) or RedirectResponse("/docs", 307)

    async def static(request: Request) -> Response:
        found = _page_file(request.path_params["name"], request)
        if found is None:
            raise Problem("not-found", _NOT_FOUND)
        return found

    async def described(request: Request) -> Response:
        return json_response(document)

    async def documentation(request: Request) -> Response:
        return Response(docs.page(document, request.scope["state"]["lang"]), media_type="text/html", headers={"content-language": request.scope["state"]["lang"]})

    async def style(request: Request) -> Response:
        return Response(docs.STYLE.read_bytes(), media_type="text/css", headers={"cache-control": "no-cache"})

    return [
        Route("/", index),
        Route("/openapi.json", described),
        Route("/docs", documentation),
        Route("/docs/style.css", style),
        *(Route(one.path, endpoint_of(one, server), methods=[one.method]) for one in ENDPOINTS),
        Route("/static/{name:path}", static),
    ]


def _page_file(name: str, request: Request) -> Response | None:
    """A file of the page by its exact name, so that no name leads elsewhere; browsers ask each time whether theirs is still the same."""
    path = {one.relative_to(PAGE).as_posix(): one for one in PAGE.rglob("*") if one.is_file()}.get(name)
    if path is None:
        return None
    stat = path.stat()
    headers = {"cache-control": "no-cache", "etag": f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, headers=headers)


async def _problem(request: Request, problem: Problem) -> Response:
    return problem.response(request.scope["state"]["lang"])


async def _http_problem(request: Request, error: HTTPException) -> Response:
    kind = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, "invalid-request")
    detail = _NOT_FOUND if kind == "not-found" else None
    return Problem(kind, detail, headers=error.headers).response(request.scope["state"]["lang"])
