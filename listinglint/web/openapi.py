"""The OpenAPI 3.1 document, made from the declarations of the endpoints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from listinglint import __version__
from listinglint.web.endpoints import LANG, Answer, Endpoint
from listinglint.web.problems import KINDS, MEDIA
from listinglint.web.schemas import COMPONENTS, ref, report_schemas

TAGS: Final = {
    "listings": "Check, mend, understand and complete listings.",
    "editor": "What the page asks for at a keystroke.",
    "files": "Catalog files: upload, check in the background, filter, download.",
    "reference": "Marketplaces, rules, past runs.",
}
_ALWAYS: Final = (401, 403, 503)
"""Statuses that every request may be answered with."""
_OF_BODY: Final = (400, 408, 413, 415, 422)


def document(endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    """The document as plain JSON types."""
    every = list(endpoints)
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in every:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    named = {id(schema): name for name, schema in COMPONENTS.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "listinglint",
            "version": __version__,
            "summary": "A linter and keyword optimizer for product catalogs, on your own machine.",
            "description": "Listings are objects with the field names of listinglint; reports are those of the command line's `--format jsonl`. "
            "Errors are problem documents (RFC 9457). With `--token` every request bears it.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"token": []}],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": _shared(paths, named),
        "components": {
            "schemas": {**report_schemas(), **{name: _shared_below(schema, named) for name, schema in COMPONENTS.items()}},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "The token that the server was started with."}},
        },
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    out: dict[str, Any] = {"operationId": endpoint.name, "summary": endpoint.summary, "tags": [endpoint.tag]}
    parameters = [{"name": name, "in": "path", "required": True, "schema": schema} for name, schema in endpoint.path_schemas.items()]
    parameters += [
        {"name": one.name, "in": "query", "required": False, "schema": one.schema, "description": one.description} for one in (*endpoint.query, LANG)
    ]
    out["parameters"] = parameters
    statuses = {*_ALWAYS, *endpoint.problems}
    if endpoint.body is not None:
        out["requestBody"] = {"required": True, "content": {endpoint.media: {"schema": endpoint.body}}}
        statuses.update(_OF_BODY)
    if endpoint.query:
        statuses.add(422)
    answers = {str(status): _answer(answer) for status, answer in endpoint.answers.items()}
    for status in sorted(statuses):
        titles = " / ".join(kind.title.en for kind in KINDS.values() if kind.status == status)
        answers[str(status)] = {"description": titles, "content": {MEDIA: {"schema": ref("Problem")}}}
    out["responses"] = answers
    return out


def _answer(answer: Answer) -> dict[str, Any]:
    if not answer.media:
        return {"description": answer.description}
    return {"description": answer.description, "content": {media: {"schema": answer.schema or {}} for media in answer.media}}


def _shared(value: Any, named: Mapping[int, str]) -> Any:
    """The value with references in the place of schemas that have a name."""
    if isinstance(value, Mapping):
        name = named.get(id(value))
        return ref(name) if name is not None else _shared_below(value, named)
    return [_shared(one, named) for one in value] if isinstance(value, (list, tuple)) else value


def _shared_below(schema: Mapping[str, Any], named: Mapping[int, str]) -> dict[str, Any]:
    return {key: _shared(one, named) for key, one in schema.items()}
