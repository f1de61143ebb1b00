"""Who reaches the server: names, sites, tokens, sizes, headers; what a web site on the same machine's browser may not do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from listinglint.web.access import SECURITY_HEADERS, Access, split_host
from listinglint.web.server import MOST_JSON, Options, create_app

BASE = "http://127.0.0.1:8765"
TOKEN = "a-token-of-25-characters!"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(), base_url=BASE, follow_redirects=False) as made:
        yield made


@pytest.fixture
def guarded() -> Iterator[TestClient]:
    with TestClient(create_app(Options(token=TOKEN)), base_url=BASE, follow_redirects=False) as made:
        yield made


def problem(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["type"].removeprefix("urn:listinglint:problem:")


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_own_names(client: TestClient, host: str) -> None:
    assert client.get("/api/rules", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:8765", "localhost", "127.0.0.1", "127.0.0.1:80", "localhost.evil.example:8765", "localhost.:8765", "127.0.0.1:8765:8765", "127.0.0.1.nip.io:8765",
        "0.0.0.0:8765", "192.168.1.2:8765", "[::1]:8765x", "[::1", "", "localhost:8765,evil.example", "user@localhost:8765", "localhost:٨٧٦٥",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/api/rules", "/openapi.json", "/docs", "/static/app.js", "/nothing"])
def test_other_names_are_refused_everywhere(client: TestClient, host: str, path: str) -> None:
    assert problem(client.get(path, headers={"host": host.encode()})) == (403, "forbidden-host")


def test_a_request_without_a_name_or_with_two(client: TestClient) -> None:
    two = client.get("/api/rules", headers=[("host", "127.0.0.1:8765"), ("host", "evil.example")])  # type: ignore[arg-type]
    assert problem(two) == (403, "forbidden-host")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:3000", "http://127.0.0.1", "http://127.0.0.1:8765.evil.example", "file://", "http://localhost:8765"])
def test_other_origins_are_refused(client: TestClient, origin: str) -> None:
    headers = {"origin": origin}
    assert problem(client.post("/api/check", json={"listing": {}}, headers=headers)) == (403, "forbidden-origin")
    assert problem(client.get("/api/rules", headers=headers)) == (403, "forbidden-origin")
    assert problem(client.options("/api/check", headers={**headers, "access-control-request-method": "POST"})) == (403, "forbidden-origin")


def test_the_own_origin_is_answered(client: TestClient) -> None:
    headers = {"origin": BASE, "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}
    assert client.post("/api/check", json={"listing": {"title": "Mug"}}, headers=headers).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "something-new"])
def test_requests_that_another_site_sends_are_refused(client: TestClient, site: str) -> None:
    for mode, destination in (("no-cors", "script"), ("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe")):
        headers = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": destination}
        for path in ("/api/rules", "/", "/openapi.json"):
            assert problem(client.get(path, headers=headers)) == (403, "forbidden-origin")
    followed = {"sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert client.get("/docs", headers=followed).status_code == 200
    assert problem(client.get("/api/rules", headers=followed)) == (403, "forbidden-origin")
    assert problem(client.post("/docs", headers=followed)) == (403, "forbidden-origin")


def test_security_headers_on_every_answer(client: TestClient) -> None:
    answers = [
        client.get("/"), client.get("/docs"), client.get("/docs/style.css"), client.get("/openapi.json"), client.get("/api/rules"), client.get("/nothing"), client.delete("/"),
        client.post("/api/check", json={"listing": {}}), client.post("/api/check", json={}), client.get("/", headers={"host": "evil.example"}),
        client.get("/static/nothing.js"), client.options("/api/check"),
    ]  # fmt: skip
    for answer in answers:
        for name, value in SECURITY_HEADERS.items():
            assert answer.headers[name] == value, answer.request.url
        assert answer.headers["cache-control"] in ("no-store", "no-cache")
        assert not any(name.startswith("access-control-") for name in answer.headers)
        assert "server" not in answer.headers
    policy = SECURITY_HEADERS["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy and "*" not in policy
    assert client.get("/api/rules").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    ["../server.py", "..%2fserver.py", "%2e%2e/server.py", "..%5cserver.py", "/etc/passwd", "%2fetc%2fpasswd", "....//server.py", "%00", "a%00.js", "\u4e2d", "x" * 3000, ""],
)
def test_static_files_are_those_of_the_page_alone(client: TestClient, path: str) -> None:
    answer = client.get(f"/static/{path}")
    assert answer.status_code == 404 and answer.headers["content-type"] == "application/problem+json"


# --- the token --------------------------------------------------------------------------------------------------------


def test_without_the_token_nothing_is_answered(guarded: TestClient) -> None:
    for path in ("/", "/docs", "/openapi.json", "/api/rules", "/static/app.js", "/nothing", "/?token=", "/?token=wrong", f"/api/rules?token={TOKEN}", f"/?token={TOKEN}&token=x"):
        answer = guarded.get(path)
        assert problem(answer) == (401, "unauthorized"), path
        assert answer.headers["www-authenticate"].startswith("Bearer")
    for value in ("Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x"):
        assert problem(guarded.get("/api/rules", headers={"authorization": value})) == (401, "unauthorized")
    assert guarded.get("/api/rules", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_a_person_without_the_token_is_told_in_words(guarded: TestClient) -> None:
    for lang, word in (("en", "A token is needed"), ("zh", "需要访问令牌")):
        page = guarded.get("/", headers={"accept": "text/html,*/*", "accept-language": lang})
        assert page.status_code == 401 and page.headers["content-type"].startswith("text/html") and word in page.text
        assert page.headers["content-security-policy"] == SECURITY_HEADERS["content-security-policy"]
    refused = guarded.get("/", headers={"accept": "text/html", "host": "<script>.example"})
    assert refused.status_code == 403 and "<script>" not in refused.text


def test_the_page_opened_with_the_token_sets_a_cookie(guarded: TestClient) -> None:
    opened = guarded.get("/", params={"token": TOKEN})
    assert (opened.status_code, opened.headers["location"]) == (303, "/")
    cookie = opened.headers["set-cookie"]
    assert cookie.startswith("listinglint-8765=") and {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert TOKEN not in cookie
    assert guarded.get("/api/rules").status_code == 200
    guarded.cookies.clear()
    assert guarded.get("/api/rules", headers={"cookie": 'other="a;b; =; listinglint-8765=x'}).status_code == 401
    value = cookie.split(";")[0]
    assert guarded.get("/api/rules", headers={"cookie": f"other={{bad}}; {value}"}).status_code == 200
    assert guarded.get("/api/rules", headers={"cookie": value, "host": "evil.example:8765"}).status_code == 403


def test_a_server_that_others_reach() -> None:
    everywhere = Access("0.0.0.0", 8765, TOKEN, ("shop.example",))

    def refused(host: str) -> bool:
        found = everywhere.refusal({"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [(b"host", host.encode()), (b"authorization", f"Bearer {TOKEN}".encode())]})
        return found is not None

    # An address cannot be pointed elsewhere; a name can, unless it was declared.
    assert not any(map(refused, ["192.168.1.2:8765", "[fe80::1]:8765", "localhost:8765", "shop.example", "shop.example:443"]))
    assert all(map(refused, ["evil.example:8765", "192.168.1.2:80", "shop.example.evil.example"]))
    assert everywhere.url == "http://127.0.0.1:8765/"
    bound = Access("192.168.1.2", 8765, TOKEN)
    assert bound.url == "http://192.168.1.2:8765/"


@pytest.mark.parametrize(
    ("host", "found"),
    [("a:1", ("a", 1)), ("A", ("a", None)), ("[::1]:2", ("::1", 2)), ("[::1]", ("::1", None)), ("a:", ("", None)), ("::1", ("", None)), ("a:1:2", ("", None)), ("a:999999", ("", None))],
)
def test_host_headers(host: str, found: tuple[str, int | None]) -> None:
    assert split_host(host) == found


# --- sizes and numbers ------------------------------------------------------------------------------------------------


def test_a_body_that_is_too_large_is_not_read(client: TestClient) -> None:
    large = b'{"listing": {"title": "' + b"x" * MOST_JSON + b'"}}'
    told = client.post("/api/check", content=large, headers={"content-type": "application/json"})
    assert problem(told) == (413, "too-large") and f"{MOST_JSON:,}" in told.json()["detail"]

    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * (1 << 20)

    untold = client.post("/api/check", content=pieces(), headers={"content-type": "application/json"})
    assert problem(untold) == (413, "too-large")
