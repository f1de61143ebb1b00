"""The page /docs: the OpenAPI document for people, as plain HTML without a script."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any, Final

from listinglint.model import Text

STYLE: Final = Path(__file__).with_name("docs.css")
_SAY: Final = {
    "heading": Text("HTTP API", "HTTP 接口"),
    "lead": Text("The API of this server. Nothing that is sent to it leaves this machine.", "本服务器的接口。发送到这里的内容不会离开本机。"),
    "page": Text("the page", "返回页面"),
    "raw": Text("OpenAPI document", "OpenAPI 文档"),
    "query": Text("Query and path", "查询参数与路径参数"),
    "body": Text("Body", "请求内容"),
    "answers": Text("Answers", "响应"),
    "schemas": Text("Objects", "对象"),
}


def page(document: Mapping[str, Any], lang: str) -> str:
    """The page in one language; what the document itself says is English."""
    return "\n".join(_lines(document, lang))


def _say(word: str, lang: str) -> str:
    return escape(_SAY[word].get(lang))


def _lines(document: Mapping[str, Any], lang: str) -> Iterator[str]:
    yield f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<title>{_say("heading", lang)} · listinglint</title>\n<link rel="stylesheet" href="/docs/style.css">\n</head>\n<body>\n<main>'
    yield f"<h1>listinglint {escape(document['info']['version'])}: {_say('heading', lang)}</h1>"
    yield f'<p>{_say("lead", lang)} <a href="/">{_say("page", lang)}</a> · <a href="/openapi.json">{_say("raw", lang)}</a></p>'
    for tag in document["tags"]:
        yield f"<h2>{escape(tag['name'])}</h2>\n<p>{escape(tag['description'])}</p>"
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                if tag["name"] in operation["tags"]:
                    yield from _operation(method, path, operation, lang)
    yield f"<h2>{_say('schemas', lang)}</h2>"
    for name, schema in sorted(document["components"]["schemas"].items()):
        yield f'<details id="{escape(name)}"><summary><code>{escape(name)}</code></summary><div>{_json(schema)}</div></details>'
    yield "</main>\n</body>\n</html>"


def _operation(method: str, path: str, operation: Mapping[str, Any], lang: str) -> Iterator[str]:
    yield f'<details id="{escape(operation["operationId"])}"><summary><span class="method">{method.upper()}</span> <code>{escape(path)}</code>'
    yield f'<span class="what"> {escape(operation["summary"])}</span></summary><div>'
    if operation.get("parameters"):
        yield f"<h3>{_say('query', lang)}</h3>\n<table>"
        for one in operation["parameters"]:
            yield f"<tr><th><code>{escape(one['name'])}</code></th><td>{escape(one.get('description', one['in']))}</td><td>{_kind(one['schema'])}</td></tr>"
        yield "</table>"
    if "requestBody" in operation:
        for media, content in operation["requestBody"]["content"].items():
            yield f"<h3>{_say('body', lang)}: <code>{escape(media)}</code></h3>{_json(content['schema'])}"
    yield f"<h3>{_say('answers', lang)}</h3>\n<table>"
    for status, answer in operation["responses"].items():
        kinds = " ".join(f"<code>{escape(media)}</code> {_kind(content['schema'])}" for media, content in answer.get("content", {}).items())
        yield f"<tr><th>{escape(status)}</th><td>{escape(answer['description'])}</td><td>{kinds}</td></tr>"
    yield "</table></div></details>"


def _kind(schema: Mapping[str, Any]) -> str:
    """A schema in a word or two, or a link to it."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f'<a href="#{escape(name)}">{escape(name)}</a>'
    if "properties" in schema:
        return ", ".join(f"<code>{escape(name)}</code>: {_kind(one)}" for name, one in schema["properties"].items())
    if schema.get("type") == "array":
        return f"[{_kind(schema['items'])}]"
    if "enum" in schema:
        return escape(" | ".join(map(str, schema["enum"])))
    kind = schema.get("type", "")
    return escape(" | ".join(kind) if isinstance(kind, list) else str(kind))


def _json(value: Any) -> str:
    return f"<pre>{escape(json.dumps(value, ensure_ascii=False, indent=2))}</pre>"
