"""The endpoints to look things up: marketplaces, rules, past runs."""

from __future__ import annotations

from typing import Any, Final

from listinglint.marketplaces import Marketplace
from listinglint.model import FIELDS, Text
from listinglint.reports.rule_page import markdown_page
from listinglint.rules.rule import GROUP_NAMES, Rule
from listinglint.web import schemas
from listinglint.web.endpoints import Answer, Call, Endpoint
from listinglint.web.problems import Problem

_UNKNOWN: Final = {
    "rule": Text("there is no rule {name!r}{hint} (see /api/rules)", "没有规则“{name}”{hint}（见 /api/rules）"),
    "marketplace": Text("there is no marketplace {name!r}{hint} (see /api/marketplaces)", "没有平台“{name}”{hint}（见 /api/marketplaces）"),
    "hint": Text("; did you mean {near!r}?", "；您是否想用“{near}”？"),
}


def _unknown(what: str, name: str, known: list[str]) -> Problem:
    import difflib

    near = difflib.get_close_matches(name.lower()[:100], known, n=1, cutoff=0.5)

    def say(lang: str) -> str:
        hint = _UNKNOWN["hint"].format(lang, near=near[0]) if near else ""
        return _UNKNOWN[what].format(lang, name=name[:100], hint=hint)

    return Problem("not-found", Text(say("en"), say("zh")))


async def marketplaces(call: Call) -> dict[str, Any]:
    """GET /api/marketplaces."""
    bench = call.server.workbench
    found = [bench.marketplace(name) for name in bench.marketplaces]
    keep = ("name", "label", "markup", "keywords")
    return {"marketplaces": [{key: _marketplace(one, call.lang)[key] for key in keep} for one in found], "default": bench.own.name, "lang": bench.base.lang}


async def marketplace(call: Call) -> dict[str, Any]:
    """GET /api/marketplaces/{name}."""
    bench = call.server.workbench
    name = call.request.path_params["name"]
    if name not in bench.marketplaces:
        raise _unknown("marketplace", name, bench.marketplaces)
    return _marketplace(bench.marketplace(name), call.lang)


def _marketplace(one: Marketplace, lang: str) -> dict[str, Any]:
    found = one.to_dict()
    limited = [field for field in dict.fromkeys(limit.field for limit in one.limits) if field in FIELDS]
    return {
        **{key: found[key] for key in ("name", "language", "markup", "keywords", "limits")},
        "label": one.label.get(lang),
        "note": one.note.get(lang) if one.note else None,
        "fields": [*limited, *(field for field in FIELDS if field not in limited)],
    }


async def rules(call: Call) -> dict[str, Any]:
    """GET /api/rules."""
    return {"rules": [_rule(one, call.lang) for one in call.server.workbench.rules.values()]}


async def rule(call: Call) -> dict[str, Any]:
    """GET /api/rules/{name}."""
    from markdown_it import MarkdownIt

    known = call.server.workbench.rules
    name = call.request.path_params["name"]
    if name not in known:
        raise _unknown("rule", name, list(known))
    # Without `html` markup in the texts is shown, not run.
    page = MarkdownIt("commonmark", {"html": False}).render(markdown_page(known[name], call.lang))
    return {**_rule(known[name], call.lang), "html": page}


def _rule(one: Rule, lang: str) -> dict[str, Any]:
    found = one.to_dict()
    label = GROUP_NAMES.get(one.group)
    return {
        **{key: found[key] for key in ("name", "group", "severity", "fix", "guidelines", "fields", "default")},
        "group_label": label.get(lang) if label else one.group,
        "summary": one.summary.get(lang),
    }


async def history(call: Call) -> dict[str, Any]:
    """GET /api/history."""
    from listinglint.history import History, document

    path = call.server.options.history
    return await call.server.work.run(lambda deadline: document(History(path, patience=_PATIENCE), last=_MOST_RUNS), 2 * _PATIENCE)


_PATIENCE: Final = 5.0
_MOST_RUNS: Final = 500
_NAME: Final = {"name": {"type": "string", "maxLength": 200}}
ENDPOINTS: Final = (
    Endpoint(
        "GET", "/api/marketplaces", "marketplaces", "The marketplaces", marketplaces, {200: Answer("In alphabetical order", schemas.MARKETPLACES)}, "reference",
    ),
    Endpoint(
        "GET", "/api/marketplaces/{name}", "marketplace", "The limits of a marketplace, each with its source", marketplace,
        {200: Answer("The marketplace", schemas.MARKETPLACE)}, "reference", path_schemas=_NAME, problems=(404,),
    ),
    Endpoint("GET", "/api/rules", "rules", "The rules", rules, {200: Answer("In the order of their groups", schemas.RULES)}, "reference"),
    Endpoint(
        "GET", "/api/rules/{name}", "rule", "The page of a rule", rule, {200: Answer("The rule", schemas.RULE)}, "reference", path_schemas=_NAME, problems=(404,),
    ),
    Endpoint(
        "GET", "/api/history", "history", "Past runs of each catalog, the oldest first", history, {200: Answer("The catalogs, the one that ran last first", schemas.HISTORY)},
        "reference", problems=(422, 504),
    ),
)  # fmt: skip
