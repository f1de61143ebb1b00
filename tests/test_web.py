"""The HTTP API on listings: answers as the command line gives them, problems as RFC 9457 has them, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import listinglint
from listinglint.cli import cli
from listinglint.web import openapi, schemas
from listinglint.web.server import ENDPOINTS, create_app

BASE = "http://127.0.0.1:8765"
FAUCET = {"id": "A-1", "title": "Faucet Kitchen Stainless Steel", "keywords": "faucet, tap", "description": "A faucet.", "price": 9.8}
LONG = {"title": "x" * 5_001}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(), base_url=BASE) as made:
        yield made


DOCUMENT = openapi.document(ENDPOINTS)


def fits(value: Any, schema: Any) -> None:
    """The value is as the document says."""
    jsonschema.Draft202012Validator({**schema, "components": DOCUMENT["components"]}).validate(value)


def answered(response: Any, path: str | None = None, status: int = 200) -> Any:
    """The JSON of an answer, which is as the document says."""
    assert response.status_code == status, response.text
    method = response.request.method.lower()
    operation = DOCUMENT["paths"][path or response.request.url.path][method]
    media, content = next(iter(operation["responses"][str(status)]["content"].items()))
    assert response.headers["content-type"].partition(";")[0] == media
    fits(response.json(), content["schema"])
    return response.json()


# --- listings ---------------------------------------------------------------------------------------------------------


def test_check_of_one_listing_is_the_report_of_the_library(client: TestClient) -> None:
    answer = answered(client.post("/api/check", json={"listing": FAUCET, "advice": True}))
    report = listinglint.lint(FAUCET)
    (found,) = answer["listings"]
    advice = found.pop("advice")
    assert found == report.to_dict()
    assert [step["rule"] for step in advice] == [step.rule for step in listinglint.advise(report)]
    assert answer["summary"]["listings"] == 1 and answer["summary"]["findings"] == len(report.findings)


def test_check_of_many_listings_is_the_report_of_the_command_line(client: TestClient, tmp_path: Any) -> None:
    listings = [FAUCET, {**FAUCET, "id": "A-2"}, {"id": "A-3", "title": "Brass Bicycle Bell", "keywords": "bicycle bell", "description": "", "price": "1"}]
    path = tmp_path / "shop.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in listings), encoding="utf-8")
    lines = CliRunner().invoke(cli, ["check", str(path), "--format", "jsonl", "--lang", "en"], standalone_mode=False).stdout.splitlines()
    told = [json.loads(line) for line in lines]
    answer = answered(client.post("/api/check", json={"listings": listings}))
    apart = {"source", "record", "line", "cell"}
    assert [_without(one, apart) for one in answer["listings"]] == [_without(one, apart) for one in told[:-1]]
    assert any(finding["rule"] == "duplicate-listing" for one in answer["listings"] for finding in one["findings"])
    kept = ("listings", "findings", "by_rule", "by_severity", "stars", "score", "statistics", "failed")
    assert {key: answer["summary"][key] for key in kept} == {key: told[-1][key] for key in kept}


def _without(value: Any, names: set[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(one, names) for key, one in value.items() if key not in names}
    return [_without(one, names) for one in value] if isinstance(value, list) else value


def test_settings_of_a_request(client: TestClient) -> None:
    def rules(**more: Any) -> set[str]:
        answer = answered(client.post("/api/check", json={"listing": FAUCET, **more}))
        return {finding["rule"] for finding in answer["listings"][0]["findings"]}

    assert rules(select=["titles"]) <= {"title-word-order", "title-no-selling-point", "title-missing-keyword"}
    assert "title-word-order" not in rules(ignore=["title-word-order"])
    long = {"title": "Stainless Steel Kitchen Faucet with Pull-Out Spray and Ceramic Cartridge for Sinks of 60 cm"}
    over = [
        "title-length" in {f["rule"] for f in client.post("/api/check", json={"listing": long, "marketplace": "amazon", "date": day}).json()["listings"][0]["findings"]}
        for day in ("2026-07-26", "2026-07-28")
    ]
    assert over == [False, True]


def test_messages_in_the_language_asked_for(client: TestClient) -> None:
    body = {"listing": FAUCET}
    english = client.post("/api/check", json=body).json()["listings"][0]["findings"][0]["message"]
    chinese = client.post("/api/check", json={**body, "lang": "zh"}).json()["listings"][0]["findings"][0]["message"]
    assert english != chinese
    by_query, by_header = client.post("/api/check?lang=zh", json=body), client.post("/api/check", json=body, headers={"accept-language": "fr, zh-CN;q=0.9, en;q=0.5"})
    for response in (by_query, by_header):
        assert response.json()["listings"][0]["findings"][0]["message"] == chinese
        assert response.headers["content-language"] == "zh"


def test_fix_says_what_was_mended(client: TestClient) -> None:
    listing = {"title": "Kitchen Faucet ， Brass", "keywords": "faucet; tap；mixer"}
    (found,) = answered(client.post("/api/fix", json={"listing": listing}))["listings"]
    result = listinglint.fix(listing)
    assert found["listing"] == result.listing.to_dict() != listing
    assert found["edits"] and found["outcome"] == "mended"
    assert found["after"]["score"] >= found["before"]["score"]
    (unsafe,) = answered(client.post("/api/fix", json={"listing": FAUCET, "unsafe": True}))["listings"]
    assert unsafe["listing"]["title"] == "Stainless Steel Kitchen Faucet"


def test_suggestions_are_those_of_the_command_line(client: TestClient) -> None:
    told = json.loads(CliRunner().invoke(cli, ["suggest", "Bicycle Bell", "--format", "jsonl", "--lang", "en"], standalone_mode=False).stdout)
    (found,) = answered(client.post("/api/suggest", json={"listing": {"title": "Bicycle Bell"}}))["suggestions"]
    assert found == told
    (limited,) = answered(client.post("/api/suggest", json={"listing": {"title": "Bicycle Bell"}, "limit": 2, "titles": False}))["suggestions"]
    assert len(limited["keywords"]) == 2 and limited["titles"] == []
    (ranked,) = answered(client.post("/api/suggest", json={"listing": {"title": "Bicycle Bell"}, "candidates": ["bike bell", "sofa"]}))["suggestions"]
    assert [one["text"] for one in ranked["ranked"]] == ["bike bell", "sofa"]
    (regional,) = answered(client.post("/api/suggest", json={"listing": {"title": "Bicycle Bell"}, "region": "Ningbo"}))["suggestions"]
    assert any("ningbo" in one["text"].lower() for one in regional["ranked"])


def test_parse_is_that_of_the_command_line(client: TestClient) -> None:
    title = "Stainless Steel Kitchen Faucet with Pull-Out Spray"
    told = json.loads(CliRunner().invoke(cli, ["parse", title, "--format", "jsonl"], standalone_mode=False).stdout)
    assert answered(client.post("/api/parse", json={"title": title}))["names"] == [told]
    assert [one["head"] for one in answered(client.post("/api/parse", json={"titles": [title, "Brass Bicycle Bell"]}))["names"]] == ["Faucet", "Bell"]


def test_edit_has_report_counters_and_keywords(client: TestClient) -> None:
    answer = answered(client.post("/api/edit", json={"listing": FAUCET}))
    report = listinglint.lint(FAUCET)
    assert {key: value for key, value in answer["report"].items() if key != "advice"} == report.to_dict()
    title = answer["counters"]["title"]
    assert (title["value"], title["unit"], title["most"]) == (30, "characters", 128) and "30 of 128" in title["text"]
    assert answer["keywords"] == {
        "items": [{"text": "faucet", "start": 0, "end": 6, "part": 0}, {"text": "tap", "start": 8, "end": 11, "part": 0}],
        "budget": {"kind": "slots", "used": 2, "most": 3, "tag_length": 128},
    }


@pytest.mark.parametrize(
    ("marketplace", "budget"),
    [
        ("amazon", {"kind": "bytes", "used": 10, "most": 249, "tag_length": None}),
        ("etsy", {"kind": "tags", "used": 2, "most": 13, "tag_length": 20}),
        ("taobao", {"kind": "slots", "used": 2, "most": None, "tag_length": None}),
    ],
)
def test_the_room_for_keywords_is_the_marketplaces(client: TestClient, marketplace: str, budget: dict[str, Any]) -> None:
    body = {"listing": {"title": "Mug 马克杯", "keywords": "café, tasse"}, "marketplace": marketplace}
    answer = answered(client.post("/api/edit", json=body))
    assert answer["keywords"]["budget"] == budget
    if marketplace == "taobao":
        assert (answer["counters"]["title"]["value"], answer["counters"]["title"]["unit"]) == (10, "width")


def test_edit_forgives_what_the_row_of_the_listing_ignores(client: TestClient) -> None:
    def rules(**more: Any) -> set[str]:
        report = answered(client.post("/api/edit", json={"listing": {"title": "KIDS RUBBER RAIN BOOTS"}, **more}))["report"]
        return {finding["rule"] for finding in report["findings"]}

    assert "all-caps" in rules() and "all-caps" in rules(ignored=None)
    assert "all-caps" not in rules(ignored="all-caps, claims")


def test_edit_of_an_empty_listing(client: TestClient) -> None:
    answer = answered(client.post("/api/edit", json={"listing": {}}))
    assert answer["report"]["stars"] == 1 and answer["keywords"]["items"] == []


# --- what cannot be used ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "pointer", "word"),
    [
        ({}, "", "listing, listings"),
        ({"listing": FAUCET, "listings": [FAUCET]}, "", "listing, listings"),
        ({"listing": {"tilte": "Mug"}}, "/listing/tilte", "'title'"),
        ({"listing": "Mug"}, "/listing", "an object"),
        ({"listing": FAUCET, "lang": "fr"}, "/lang", "en, zh"),
        ({"listing": FAUCET, "adivce": True}, "/adivce", "'advice'"),
        ({"listing": FAUCET, "advice": "yes"}, "/advice", "true or false"),
        ({"listing": FAUCET, "date": "tomorrow"}, "/date", "2026-11-25"),
        ({"listing": FAUCET, "date": "2026-13-45"}, "/date", "2026-11-25"),
        ({"listing": LONG}, "/listing/title", "5,000"),
        ({"listing": {"keywords": ["a"] * 501}}, "/listing/keywords", "500"),
        ({"listing": {"attributes": {"Size": {"a": 1}}}}, "/listing/attributes", "a text, a number"),
        ({"listings": []}, "/listings", "1"),
        ({"listings": [{}] * 1001}, "/listings", "1,000"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(client: TestClient, body: Any, pointer: str, word: str) -> None:
    problem = answered(client.post("/api/check", json=body), status=422)
    assert problem["type"] == "urn:listinglint:problem:invalid-value" and problem["status"] == 422
    assert any(error["pointer"].startswith(pointer) and word in error["detail"] for error in problem["errors"]), problem
    chinese = answered(client.post("/api/check?lang=zh", json=body), status=422)
    assert chinese["title"] == "有值无法使用" and chinese["detail"] != problem["detail"]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({"listing": FAUCET, "marketplace": "amazn"}, "'amazon'"),
        ({"listing": FAUCET, "marketplace": "/etc/passwd.toml"}, "unknown marketplace"),
        ({"listing": FAUCET, "marketplace": "../defaults"}, "unknown marketplace"),
        ({"listing": FAUCET, "select": ["split-phrse"]}, "'split-phrase'"),
        ({"listing": FAUCET, "ignore": ["title-length:never"]}, "no variant"),
    ],
)
def test_names_that_nothing_has(client: TestClient, body: Any, word: str) -> None:
    assert word in answered(client.post("/api/check", json=body), status=422)["detail"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b'{"listing": {"title": "\xff"}}', b'{"listing": {"title": "\\ud800"}}', b"[" * 200_000, b'{"a":' * 5_000, b'{"listing": NaN}', b"\x00"],
)
def test_bodies_that_are_no_json(client: TestClient, content: bytes) -> None:
    problem = answered(client.post("/api/check", content=content, headers={"content-type": "application/json"}), status=400)
    assert problem["type"] == "urn:listinglint:problem:invalid-request"


@pytest.mark.parametrize("content", [b"[]", b"1", b"null", b'"x"'])
def test_json_that_is_no_object(client: TestClient, content: bytes) -> None:
    answered(client.post("/api/check", content=content, headers={"content-type": "application/json"}), status=422)


@pytest.mark.parametrize("text", ["a\x00b", "\x1b[31m", "=1+1", "<script>alert(1)</script>", "\u202e\u2028", "👩‍👩‍👧", "\ufffe"])
def test_strange_texts_are_judged_like_others(client: TestClient, text: str) -> None:
    listing = {"title": text, "keywords": [text, text], "attributes": {text: [text, 1, None, True]}, "price": 1e308, "moq": -0.0, "description": text * 100}
    for path in ("check", "fix", "suggest", "edit"):
        answered(client.post(f"/api/{path}", json={"listing": listing}))
    answered(client.post("/api/parse", json={"title": text, "listing": listing}))


def test_other_content_types_methods_and_addresses(client: TestClient) -> None:
    for media in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        problem = answered(client.post("/api/check", content=json.dumps({"listing": FAUCET}), headers={"content-type": media}), status=415)
        assert "application/json" in problem["detail"]
    wrong = client.get("/api/check")
    assert wrong.status_code == 405 and wrong.headers["allow"] == "POST" and wrong.json()["type"].endswith("method-not-allowed")
    nowhere = client.get("/api/nothing?lang=zh")
    assert nowhere.status_code == 404 and nowhere.json()["title"] == "没有找到"
    assert nowhere.headers["content-type"] == "application/problem+json"


# --- reference --------------------------------------------------------------------------------------------------------


def test_marketplaces(client: TestClient) -> None:
    answer = answered(client.get("/api/marketplaces?lang=zh"))
    assert answer["default"] == "alibaba" and {"alibaba", "amazon", "etsy"} <= {one["name"] for one in answer["marketplaces"]}
    one = answered(client.get("/api/marketplaces/amazon"), "/api/marketplaces/{name}")
    assert one["keywords"] == {"kind": "bag", "separators": [" "]} and one["fields"][0] == "title" and set(one["fields"]) == set(schemas.FIELDS)
    problem = answered(client.get("/api/marketplaces/amazom"), "/api/marketplaces/{name}", 404)
    assert "'amazon'" in problem["detail"]


def test_rules(client: TestClient) -> None:
    every = answered(client.get("/api/rules"))["rules"]
    assert len(every) > 60
    for lang in ("en", "zh"):
        page = answered(client.get(f"/api/rules/html-in-text?lang={lang}"), "/api/rules/{name}")
        assert page["html"].startswith("<h1>html-in-text</h1>") and page["summary"] in page["html"]
    assert "'split-phrase'" in answered(client.get("/api/rules/split-phras"), "/api/rules/{name}", 404)["detail"]


def test_a_rule_page_holds_no_markup_of_its_examples(client: TestClient) -> None:
    import re

    for rule in client.get("/api/rules").json()["rules"]:
        html = client.get(f"/api/rules/{rule['name']}").json()["html"]
        assert set(re.findall(r"</?([a-z0-9]+)", html)) <= {"h1", "h2", "p", "ul", "li", "strong", "em", "code", "pre", "br", "a", "ol"}, rule["name"]


# --- the document -----------------------------------------------------------------------------------------------------


def test_the_document_has_every_route_and_is_served(client: TestClient) -> None:
    assert client.get("/openapi.json").json() == json.loads(json.dumps(DOCUMENT))
    routes = {(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods}
    served = {
        (route.path, method.lower())
        for route in client.app.routes  # type: ignore[attr-defined]
        if route.path.startswith("/api/")
        for method in route.methods - {"HEAD"}
    }
    assert routes == served
    assert len({operation["operationId"] for methods in DOCUMENT["paths"].values() for operation in methods.values()}) == len(routes)


def test_the_document_refers_to_nothing_that_is_not_there() -> None:
    def references(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            if "$ref" in value:
                yield value["$ref"]
            for one in value.values():
                yield from references(one)
        elif isinstance(value, list):
            for one in value:
                yield from references(one)

    found = set(references(DOCUMENT))
    assert found and {one.removeprefix("#/components/schemas/") for one in found} <= set(DOCUMENT["components"]["schemas"])
    for schema in DOCUMENT["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_of_the_document(client: TestClient, lang: str) -> None:
    page = client.get(f"/docs?lang={lang}")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<script" not in page.text and "style=" not in page.text and "//" not in page.text.replace("urn:", "").split("<pre>")[0]
    assert all(endpoint.path in page.text for endpoint in ENDPOINTS)
    assert client.get("/docs/style.css").headers["content-type"].startswith("text/css")
