"""Who may talk to the server: the names it answers under, the sites it answers to, the token, and the headers it sends.

A web site must not reach a server on its visitor's machine. A page can send requests anywhere, and by rebinding its own
name to 127.0.0.1 it even becomes "the same site"; so the Host header must name this server by a name that nobody
else can point at it, every request must say that it comes from the server's own page or from no page at all, and no
answer carries a header that would let other sites read it.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import socket
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from listinglint.model import Text
from listinglint.web.problems import Problem

PAGES: Final = frozenset({"/", "/docs"})
"""What a link on another site may lead to."""
LEAST_TOKEN: Final = 16
"""Characters that a token must have where others can reach the server."""
SECURITY_HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_DETAILS: Final = {
    "host": Text(
        "the Host header names {host}; this server answers under {names} (--allow-host adds a name)",
        "Host 头为 {host}；本服务器只接受 {names}（可用 --allow-host 添加）",
    ),
    "origin": Text("the request comes from {origin}, not from this server's own page", "请求来自 {origin}，而不是本服务器自己的页面"),
    "site": Text("the browser says that another site sent this request", "浏览器表明该请求由其他网站发出"),
    "token": Text(
        "open the page as /?token=… with the token that the server was started with, or send it as Authorization: Bearer …",
        "请用启动服务器时的令牌打开 /?token=…，或在请求头中发送 Authorization: Bearer …",
    ),
}


def is_loopback(host: str) -> bool:
    """True for addresses and names that only this machine reaches."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Access:
    """Decides on requests by their headers alone, before anything of them is read.

    `host` is the address the server is bound to, `port` its port, `names` further names that it is reached under (on any
    port, as behind a proxy). With a `token` every request must bear it.
    """

    def __init__(self, host: str, port: int, token: str | None = None, names: Iterable[str] = ()) -> None:
        self.host, self.port, self.token = host, port, token
        self.cookie = f"listinglint-{port}"
        self._session = secrets.token_urlsafe(32)
        self._names = {"localhost", "127.0.0.1", "::1"} if is_loopback(host) or _everywhere(host) else set()
        self._names.add(host.lower())
        self._declared = {name.lower() for name in names}
        self._everywhere = _everywhere(host)
        if self._everywhere:
            self._names.add(socket.gethostname().lower())

    @property
    def url(self) -> str:
        """Where the page is, without the token."""
        host = "127.0.0.1" if self._everywhere else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def refusal(self, scope: Scope) -> Problem | None:
        """Why a request is refused, or None."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._answers_to(hosts[0]):
            shown = hosts[0][:100] if len(hosts) == 1 else "–"
            names = ", ".join(f"{name}:{self.port}" for name in sorted(self._names) if ":" not in name)
            detail = Text(_DETAILS["host"].format("en", host=shown, names=names), _DETAILS["host"].format("zh", host=shown, names=names))
            return Problem("forbidden-host", detail)
        return self._foreign(scope, headers, hosts[0]) or self._without_token(scope, headers)

    def _answers_to(self, host: str) -> bool:
        name, port = split_host(host)
        if name in self._declared:
            return True
        if (port if port is not None else 80) != self.port:
            return False
        return name in self._names or self._everywhere and _is_address(name)

    def _foreign(self, scope: Scope, headers: Headers, host: str) -> Problem | None:
        """Requests that pages of other sites send, whatever their method."""
        origins = headers.getlist("origin")
        if origins and (len(origins) > 1 or origins[0].lower() not in (f"http://{host.lower()}", f"https://{host.lower()}")):
            shown = origins[0][:100]
            return Problem("forbidden-origin", Text(_DETAILS["origin"].format("en", origin=shown), _DETAILS["origin"].format("zh", origin=shown)))
        site = headers.get("sec-fetch-site")
        if site in (None, "same-origin", "none"):
            return None
        followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        if followed and scope["method"] in ("GET", "HEAD") and scope["path"] in PAGES and not origins:
            return None
        return Problem("forbidden-origin", _DETAILS["site"])

    def _without_token(self, scope: Scope, headers: Headers) -> Problem | None:
        if self.token is None or self.opens(scope):
            return None
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _same(given.strip(), self.token):
            return None
        if _same(_cookie(headers, self.cookie), self._session):
            return None
        return Problem("unauthorized", _DETAILS["token"], headers={"www-authenticate": 'Bearer realm="listinglint"'})

    def opens(self, scope: Scope) -> bool:
        """True for the page opened with the right token in its address, which is answered with the cookie."""
        if self.token is None or scope["path"] != "/" or scope["method"] != "GET":
            return False
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])
        return len(given) == 1 and _same(given[0], self.token)

    def session_cookie(self) -> str:
        """The Set-Cookie header of a page that was opened with the token; what it holds is not the token itself."""
        return f"{self.cookie}={self._session}; Path=/; HttpOnly; SameSite=Strict"


def split_host(host: str) -> tuple[str, int | None]:
    """Name (lower case, without brackets) and port of a Host header; an empty name for what is none."""
    text = host.strip().lower()
    name, mark, port = text.rpartition(":")
    if text.startswith("["):
        closing = text.find("]")
        name, rest = text[1:closing], text[closing + 1 :]
        if closing < 0 or (rest and not rest.startswith(":")):
            return "", None
        mark, port = rest[:1], rest[1:]
    elif not mark:
        name, port = text, ""
    elif ":" in name:
        return "", None
    if not mark:
        return name, None
    return (name, int(port)) if port.isascii() and port.isdigit() and len(port) <= 5 else ("", None)


def _everywhere(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return host == ""


def _is_address(name: str) -> bool:
    """An address is no name that could be pointed here."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _same(given: str, right: str) -> bool:
    """Compares in a time that does not tell how much was right."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))


def _cookie(headers: Headers, name: str) -> str:
    return next((found[name] for header in headers.getlist("cookie") if name in (found := cookie_parser(header))), "")
