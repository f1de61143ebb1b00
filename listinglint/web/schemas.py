"""JSON Schemas (draft 2020-12) of what the HTTP API takes and answers; the report's own come from the published schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from listinglint.model import FIELDS

Schema = Mapping[str, Any]

MOST_LISTINGS: Final = 1_000
"""Listings in one request; larger catalogs are sent as files."""
LONGEST: Final = 20_000
LONGEST_TEXTS: Final = {"title": 5_000, "description": 200_000}
_MOST_PARTS: Final = 500


def record(properties: Schema, *, optional: tuple[str, ...] = (), description: str | None = None) -> dict[str, Any]:
    """An object with exactly these properties, all of them there but the optional ones."""
    out: dict[str, Any] = {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }
    if description:
        out["description"] = description
    return out


def listed(items: Schema, **more: Any) -> dict[str, Any]:
    """A list of such items."""
    return {"type": "array", "items": items, **more}


def maybe(kind: str, **more: Any) -> dict[str, Any]:
    """A value that may be null."""
    return {"type": [kind, "null"], **more}


STRING: Final[Schema] = {"type": "string"}
NUMBER: Final[Schema] = {"type": "number"}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
FLAG: Final[Schema] = {"type": "boolean"}
SCORE: Final[Schema] = {"type": "number", "minimum": 0, "maximum": 100}
COUNTS: Final[Schema] = {"type": "object", "additionalProperties": COUNT}
TEXT: Final[Schema] = record({"en": STRING, "zh": STRING}, description="A text in both languages.")


def _field(longest: int) -> Schema:
    part: Schema = {"type": ["string", "number", "boolean", "null"], "maxLength": longest}
    return {
        "anyOf": [
            part,
            {"type": "array", "items": part, "maxItems": _MOST_PARTS},
            {
                "type": "object",
                "maxProperties": _MOST_PARTS,
                "propertyNames": {"maxLength": 500},
                "additionalProperties": {"anyOf": [part, {"type": "array", "items": part, "maxItems": _MOST_PARTS}]},
            },
        ]
    }


LISTING: Final[Schema] = {
    "type": "object",
    "description": "A listing: fields to texts as people write them (numbers, lists and, for attributes, objects are read as well). null: the source does not have the field.",
    "properties": {name: _field(LONGEST_TEXTS.get(name, LONGEST)) for name in (*FIELDS, "tags")},
    "additionalProperties": False,
}  # fmt: skip

_SELECTORS: Final[Schema] = {
    "type": "array", "items": {"type": "string", "maxLength": 100}, "maxItems": 200,
    "description": "Rule names, `rule:variant`, groups or ALL, added to those of the server's configuration.",
}  # fmt: skip
_LANG: Final[Schema] = {"type": "string", "enum": ["en", "zh"], "description": "Language of the messages."}
_MARKETPLACE: Final[Schema] = {"type": "string", "maxLength": 100, "description": "Name of a marketplace; that of the server where none is given."}
_DATE: Final[Schema] = {
    "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "a date such as 2026-11-25", "examples": ["2026-11-25"],
}  # fmt: skip
SETTINGS: Final[Mapping[str, Schema]] = {"marketplace": _MARKETPLACE, "lang": _LANG, "date": _DATE, "select": _SELECTORS, "ignore": _SELECTORS}
_LISTINGS: Final[Schema] = {"type": "array", "items": LISTING, "minItems": 1, "maxItems": MOST_LISTINGS}
_EITHER: Final = [{"required": ["listing"]}, {"required": ["listings"]}]


def _asked(properties: Schema, **more: Any) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False, **more}


CHECK: Final = _asked({"listing": LISTING, "listings": _LISTINGS, **SETTINGS, "advice": FLAG}, oneOf=_EITHER)
FIX: Final = _asked({"listing": LISTING, "listings": _LISTINGS, **SETTINGS, "unsafe": FLAG}, oneOf=_EITHER)
SUGGEST: Final = _asked(
    {
        "listing": LISTING, "listings": {**_LISTINGS, "maxItems": 200}, "marketplace": _MARKETPLACE, "lang": _LANG, "date": _DATE,
        "limit": {"type": "integer", "minimum": 1, "maximum": 200, "description": "So many keywords, whatever the marketplace takes."},
        "candidates": {"type": "array", "items": {"type": "string", "maxLength": 200}, "maxItems": 200, "description": "Keywords to be ranked in place of those found."},
        "region": {"type": "string", "maxLength": 100, "description": "The seller's region, for keywords that name it."},
        "titles": {"type": "boolean", "description": "false: no title proposals (faster)."},
    },
    oneOf=_EITHER,
)  # fmt: skip
_TITLE: Final[Schema] = {"type": "string", "maxLength": LONGEST_TEXTS["title"]}
PARSE: Final = _asked(
    {"title": _TITLE, "titles": {"type": "array", "items": _TITLE, "minItems": 1, "maxItems": MOST_LISTINGS}, "listing": LISTING, "lang": _LANG},
    oneOf=[{"required": ["title"]}, {"required": ["titles"]}],
)
EDIT: Final = _asked(
    {
        "listing": LISTING, "marketplace": _MARKETPLACE, "lang": _LANG, "date": _DATE,
        "editor": {"type": "string", "minLength": 1, "maxLength": 64, "description": "Names the editor: of its requests that wait, the latest alone is answered, the others get 409."},
        "ignored": {"type": ["string", "null"], "maxLength": 2_000, "description": "The listing's `lint-ignore` cell: rules that the seller has looked at and wants no more."},
    },
    required=["listing"],
)  # fmt: skip


# --- answers ----------------------------------------------------------------------------------------------------------


@cache
def report_schemas() -> dict[str, Any]:
    """The definitions of the published report schema, under the names and references of an OpenAPI document."""
    published = json.loads(resources.files("listinglint.schema").joinpath("report-1.json").read_text(encoding="utf-8"))
    names = {name: REPORT_NAMES.get(name, name.title().replace("_", "")) for name in published["$defs"]}

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: f"#/components/schemas/{names[one.removeprefix('#/$defs/')]}" if key == "$ref" else renamed(one) for key, one in value.items()}
        return [renamed(one) for one in value] if isinstance(value, list) else value

    return {names[name]: renamed(schema) for name, schema in published["$defs"].items() if name != "report"}


REPORT_NAMES: Final = {"listing": "ListingReport"}


def ref(name: str) -> dict[str, str]:
    """A reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


PROBLEM: Final = record(
    {
        "type": {"type": "string", "description": "urn:listinglint:problem:…"}, "title": STRING, "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": STRING,
        "errors": listed(record({"pointer": {"type": "string", "description": "JSON pointer into the body, or ?name of the query."}, "detail": STRING})),
    },
    description="RFC 9457, in the language asked for.",
)  # fmt: skip
_EDITS: Final = listed(ref("Edit"))
CHECKED: Final = record({"listings": listed(ref("ListingReport")), "summary": ref("Summary")})
FIXED: Final = record(
    {
        "listings": listed(
            record(
                {
                    "listing": LISTING, "edits": _EDITS, "before": ref("ListingReport"), "after": ref("ListingReport"),
                    "outcome": {"type": "string", "enum": ["unchanged", "mended", "worse", "unsettled"]}, "left_out": listed(STRING),
                }
            )
        )
    }
)  # fmt: skip
CANDIDATE: Final = record(
    {
        "text": STRING, "source": STRING, "kind": STRING, "relevance": NUMBER, "score": NUMBER, "demand": NUMBER, "volume": maybe("number"),
        "competition": maybe("number"), "commonness": NUMBER, "distance": {"type": "integer"}, "added": listed(STRING), "why": STRING,
    }
)  # fmt: skip
SUGGESTIONS: Final = record(
    {
        "type": {"const": "suggestions"}, "source": maybe("string"), "record": maybe("integer"), "id": maybe("string"), "title": maybe("string"),
        "keywords": listed(ref("Candidate")), "keyword_text": STRING,
        "titles": listed(record({"text": STRING, "score": SCORE, "stars": COUNT, "gain": NUMBER, "why": STRING, "added": {"type": "object", "additionalProperties": STRING}})),
        "ranked": listed(ref("Candidate")), "method": STRING, "bound": NUMBER,
    }
)  # fmt: skip
SUGGESTED: Final = record({"suggestions": listed(ref("Suggestions"))})
NAME: Final = record(
    {
        "id": maybe("string"), "record": maybe("integer"), "title": STRING, "head": maybe("string"), "product": maybe("string"), "brand": maybe("string"),
        "model": maybe("string"), "series": maybe("string"), "modifiers": {"type": "object", "additionalProperties": listed(STRING)},
        "extras": listed(STRING), "fillers": listed(STRING), "several": FLAG, "products": listed(STRING),
        "spans": {"type": "object", "additionalProperties": listed(listed(COUNT, minItems=2, maxItems=2))},
    },
    optional=("id", "record"),
)  # fmt: skip
PARSED: Final = record({"names": listed(ref("ProductName"))})
COUNTER: Final = record(
    {
        "value": COUNT, "unit": STRING, "least": maybe("integer"), "most": maybe("integer"), "ideal": {"type": ["array", "null"], "items": COUNT, "minItems": 2, "maxItems": 2},
        "text": STRING,
    }
)  # fmt: skip
EDITED: Final = record(
    {
        "report": ref("ListingReport"),
        "counters": {"type": "object", "additionalProperties": COUNTER},
        "keywords": record(
            {
                "items": listed(record({"text": STRING, "start": COUNT, "end": COUNT, "part": COUNT})),
                "budget": record({"kind": STRING, "used": COUNT, "most": maybe("integer"), "tag_length": maybe("integer")}),
            }
        ),
    }
)
LIMIT: Final = record(
    {
        "field": STRING, "kind": STRING, "value": NUMBER, "unit": STRING, "mark": STRING, "source": STRING, "since": maybe("string"), "until": maybe("string"),
        "category": maybe("string"),
    }
)  # fmt: skip
KEYWORD_STYLE: Final = record({"kind": {"type": "string", "enum": ["list", "bag"]}, "separators": listed(STRING)})
MARKETPLACES: Final = record(
    {
        "marketplaces": listed(record({"name": STRING, "label": STRING, "markup": STRING, "keywords": KEYWORD_STYLE})),
        "default": {"type": "string", "description": "The one that is used where a request names none."},
        "lang": {"type": "string", "description": "The language of the server."},
    }
)
MARKETPLACE: Final = record(
    {
        "name": STRING, "label": STRING, "language": STRING, "markup": STRING, "keywords": KEYWORD_STYLE, "limits": listed(ref("Limit")), "note": maybe("string"),
        "fields": listed(STRING, description="The fields of a listing, those that the marketplace limits first."),
    }
)  # fmt: skip
_RULE: Final = {
    "name": STRING, "group": STRING, "group_label": STRING, "severity": STRING, "summary": STRING, "fix": STRING, "guidelines": listed(STRING), "fields": listed(STRING),
    "default": FLAG,
}  # fmt: skip
RULES: Final = record({"rules": listed(record(_RULE))})
RULE: Final = record({**_RULE, "html": {"type": "string", "description": "The rule's page; all texts in it are escaped."}})

COMPONENTS: Final[Mapping[str, Schema]] = {
    "Listing": LISTING, "Problem": PROBLEM, "Candidate": CANDIDATE, "Suggestions": SUGGESTIONS, "ProductName": NAME, "Limit": LIMIT,
}  # fmt: skip
"""Schemas with a name of their own in the document."""


# --- files ------------------------------------------------------------------------------------------------------------

_COLUMNS: Final[Schema] = {
    "type": ["object", "null"], "propertyNames": {"enum": list(FIELDS)}, "maxProperties": len(FIELDS),
    "additionalProperties": {"type": "array", "items": {"type": "string", "maxLength": 2_000}, "maxItems": 200},
    "description": "Fields to the headers that feed them; columns that are not named are not read. null: as recognised.",
}  # fmt: skip
FORM: Final = record({"file": {"type": "string", "contentMediaType": "application/octet-stream", "format": "binary"}})
FILE_CHECK: Final = _asked(
    {**SETTINGS, "columns": _COLUMNS, "sheet": {"type": ["string", "null"], "maxLength": 200, "description": "The sheet of a workbook; null: all that are catalogs."}}
)
_TEXTS: Final[Schema] = {"type": "object", "additionalProperties": listed(STRING)}
UPLOADED: Final = record(
    {
        "id": STRING, "name": STRING, "size": COUNT, "sheets": listed(STRING),
        "sources": listed(record({"sheet": maybe("string"), "headers": listed(STRING), "fields": _TEXTS, "ignored": listed(STRING), "samples": _TEXTS})),
        "preview": listed({"type": "object", "description": "The first listings, long texts cut."}), "notes": listed(STRING),
    }
)  # fmt: skip
_STATE: Final[Schema] = {"type": "string", "enum": ["new", "running", "done", "failed", "cancelled"]}
STARTED: Final = record({"id": STRING, "state": _STATE})
JOB: Final = record(
    {
        "id": STRING, "name": STRING, "size": COUNT, "state": _STATE, "phase": {"type": ["string", "null"], "enum": ["read", "check", None]},
        "done": COUNT, "total": maybe("integer"), "waiting": {**COUNT, "description": "Files that are checked before it."},
        "summary": {"anyOf": [ref("Summary"), {"type": "null"}]}, "problem": {"anyOf": [ref("Problem"), {"type": "null"}]},
    }
)  # fmt: skip
EVENT: Final[Schema] = {
    "type": "object", "description": "One event of the stream.",
    "properties": {
        "event": {"type": "string", "enum": ["progress", "new", "done", "failed", "cancelled"]},
        "data": {"type": "string", "contentMediaType": "application/json", "description": "progress: phase, done, total, waiting; failed: problem; else: summary."},
    },
}  # fmt: skip
_LEVEL: Final[Schema] = {"type": "integer", "minimum": 1, "maximum": 5}
FOUND: Final = record(
    {
        "total": COUNT, "offset": COUNT,
        "listings": listed(
            record({"ordinal": COUNT, "id": maybe("string"), "title": maybe("string"), "stars": _LEVEL, "score": SCORE, "findings": COUNT, "rules": listed(STRING)})
        ),
    }
)  # fmt: skip
ONE: Final = record({"ordinal": COUNT, "listing": {"type": "object", "description": "The fields as the file has them."}, "ignored": maybe("string"), "report": ref("ListingReport")})
RUN: Final = record(
    {
        "at": STRING, "marketplace": STRING, "version": STRING, "rule_set": maybe("string"), "sources": listed(record({"source": STRING, "sheet": maybe("string")})),
        "listings": COUNT, "findings": COUNT, "score": SCORE, "stars": COUNTS, "by_rule": COUNTS, "by_severity": COUNTS,
        "sections": {"type": "object", "additionalProperties": SCORE}, "rules": COUNT, "suppressed": COUNT, "baselined": COUNT, "internal_errors": COUNT, "failed": FLAG,
    }
)  # fmt: skip
HISTORY: Final = record({"catalogs": listed(record({"key": STRING, "name": STRING, "runs": listed(RUN)}))})
