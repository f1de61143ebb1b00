"""Errors of the HTTP API: problem documents (RFC 9457) in the language of the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final, NamedTuple

from starlette.responses import Response

from listinglint.model import Text
from listinglint.reports.json_lines import to_json

MEDIA: Final = "application/problem+json"
TYPE: Final = "urn:listinglint:problem:"


class Kind(NamedTuple):
    """A kind of problem: the status it is answered with, and its title."""

    status: int
    title: Text


KINDS: Final[Mapping[str, Kind]] = {
    "invalid-request": Kind(400, Text("The request cannot be read", "无法读取请求")),
    "unauthorized": Kind(401, Text("A token is needed", "需要访问令牌")),
    "forbidden-host": Kind(403, Text("This server does not answer under this name", "服务器不接受此主机名")),
    "forbidden-origin": Kind(403, Text("Requests from other web sites are refused", "拒绝来自其他网站的请求")),
    "not-found": Kind(404, Text("There is nothing here", "没有找到")),
    "method-not-allowed": Kind(405, Text("This method is not allowed here", "此处不允许该方法")),
    "timeout": Kind(408, Text("The request came in too slowly", "请求发送过慢")),
    "conflict": Kind(409, Text("Not in this state", "当前状态下无法执行")),
    "superseded": Kind(409, Text("A later request of the same editor took its place", "已被同一编辑器的后续请求取代")),
    "too-large": Kind(413, Text("Too large", "内容过大")),
    "unsupported-media-type": Kind(415, Text("This content type is not taken", "不支持该内容类型")),
    "invalid-value": Kind(422, Text("A value cannot be used", "有值无法使用")),
    "unreadable-file": Kind(422, Text("The file cannot be read", "无法读取文件")),
    "internal": Kind(500, Text("Something went wrong in the server", "服务器内部出错")),
    "busy": Kind(503, Text("Too many requests at once", "同时请求过多")),
    "stopping": Kind(503, Text("The server is stopping", "服务器正在关闭")),
    "no-space": Kind(507, Text("No room is left on the disk", "磁盘空间不足")),
    "too-slow": Kind(504, Text("The work took too long", "处理超时")),
}


class Problem(Exception):
    """A request that is answered with a problem document.

    `errors` are faults of single values: a JSON pointer into the body (or `?name` of the query) and what is wrong there.
    """

    def __init__(
        self, kind: str, detail: Text | None = None, *, errors: Sequence[tuple[str, Text]] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(kind if detail is None else f"{kind}: {detail.en}")
        self.kind = kind
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    @property
    def status(self) -> int:
        """The HTTP status."""
        return KINDS[self.kind].status

    def document(self, lang: str) -> dict[str, Any]:
        """The problem document in one language."""
        kind = KINDS[self.kind]
        return {
            "type": TYPE + self.kind,
            "title": kind.title.get(lang),
            "status": kind.status,
            "detail": (self.detail or kind.title).get(lang),
            "errors": [{"pointer": pointer, "detail": text.get(lang)} for pointer, text in self.errors],
        }

    def response(self, lang: str) -> Response:
        """The answer to the request."""
        headers = {"content-language": lang, **self.headers}
        return Response(to_json(self.document(lang)).encode(), self.status, headers, media_type=MEDIA)

    def page(self, lang: str) -> Response:
        """The same for a person whose browser opened the address."""
        title, detail = (escape(text) for text in (self.document(lang)["title"], self.document(lang)["detail"]))
        html = (
            f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8"><title>listinglint</title>'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><h1>{title}</h1><p>{detail}</p></body></html>\n'
        )
        return Response(html, self.status, {"content-language": lang, **self.headers}, media_type="text/html")


def preferred_language(header: str | None) -> str | None:
    """The language of an Accept-Language header: the first of the best rated ones that the program speaks, None where it speaks none."""
    best: tuple[float, str] | None = None
    for piece in (header or "").lower()[:500].split(","):
        name, _, parameters = piece.strip().partition(";")
        quality = 1.0
        if parameters.strip().startswith("q="):
            try:
                quality = float(parameters.strip()[2:])
            except ValueError:
                continue
        lang = name.strip().split("-")[0]
        if lang in ("en", "zh") and 0 < quality <= 1 and (best is None or quality > best[0]):
            best = (quality, lang)
    return best[1] if best else None
