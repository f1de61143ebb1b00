"""Stands before every request: refuses who may not talk, bounds what is sent and how much happens at once, adds the headers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from listinglint.model import Text
from listinglint.web.access import PAGES, SECURITY_HEADERS, Access
from listinglint.web.problems import Problem, preferred_language

SLOWEST: Final = 30.0
"""Seconds that may pass between two pieces of a body."""
_DRAINED: Final = 8 << 20
"""Bytes of a refused body that are read all the same: a browser reads the answer only when it has sent what it had to send."""
_SIZE: Final = Text("the body may have {most:,} bytes", "请求内容最多 {most:,} 字节")


class Guard:
    """The outermost layer of the application.

    `most_bytes` gives the bound on the body of a path, `at_once` how many requests may be under way.
    """

    def __init__(self, app: ASGIApp, access: Access, most_bytes: Callable[[str], int], lang: str, at_once: int = 256) -> None:
        self.app, self.access, self.most_bytes, self.lang, self.at_once = app, access, most_bytes, lang, at_once
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        scope.setdefault("state", {})["lang"] = self._language(scope)
        body = _Body(receive, self.most_bytes(scope["path"]))
        guarded = _guarded(send, body)
        problem = self.access.refusal(scope) or body.refusal(scope)
        if problem is None and self._under_way >= self.at_once:
            problem = Problem("busy", headers={"retry-after": "1"})
        if problem is not None:
            opened = scope["path"] in PAGES and "text/html" in Headers(scope=scope).get("accept", "")
            await (problem.page if opened else problem.response)(scope["state"]["lang"])(scope, receive, guarded)
            return
        self._under_way += 1
        try:
            await self.app(scope, body.receive, guarded)
        finally:
            self._under_way -= 1

    def _language(self, scope: Scope) -> str:
        asked = QueryParams(scope["query_string"]).get("lang")
        if asked in ("en", "zh"):
            return asked
        return preferred_language(Headers(scope=scope).get("accept-language")) or self.lang


def _guarded(send: Send, body: _Body) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            if message["status"] >= 400:
                await body.drain()
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY_HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sent


class _Body:
    """The body of one request, counted as it comes in."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most = receive, most
        self._read = 0
        self._ended = False

    def refusal(self, scope: Scope) -> Problem | None:
        """A body that is said to be too large is not waited for."""
        length = Headers(scope=scope).get("content-length", "")
        if length.isascii() and length.isdigit() and int(length[:20]) > self._most:
            return self._too_large()
        return None

    async def receive(self) -> Message:
        """The next piece. Raises Problem for a body that is too large, or too slow."""
        if self._ended:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), SLOWEST)
        except TimeoutError:
            self._ended = True
            raise Problem("timeout", headers={"connection": "close"}) from None
        self._count(message)
        if self._read > self._most:
            raise self._too_large()
        return message

    async def drain(self) -> None:
        """Reads on to the end of the body, or so far as is reasonable."""
        most = self._read + _DRAINED
        while not self._ended and self._read < most:
            try:
                self._count(await asyncio.wait_for(self._receive(), 1))
            except TimeoutError:
                return

    def _count(self, message: Message) -> None:
        self._read += len(message.get("body", b""))
        self._ended = message["type"] != "http.request" or not message.get("more_body", False)

    def _too_large(self) -> Problem:
        return Problem("too-large", Text(_SIZE.format("en", most=self._most), _SIZE.format("zh", most=self._most)))
