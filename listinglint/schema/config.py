"""The JSON Schema of the configuration, made of the declarations that check it: keys, rules with their options, marketplaces, fields.

`python -m listinglint.schema.config` writes it to `config-1.json`. It is draft 7, which the editors' TOML servers know.
Names of rules from outside cannot be known here: selectors and tables of options of unknown rules are let through.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from listinglint.config.keys import CONDITIONS, KEYS, Key, Schema
from listinglint.marketplaces import names
from listinglint.model import FIELDS, Text
from listinglint.rules.registry import builtin, groups_of
from listinglint.rules.rule import Option, Rule
from listinglint.rules.rule_sets import RULE_SETS

FILE: Final = Path(__file__).parent / "config-1.json"
_TYPES: Final[Mapping[type[Any], Schema]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    list: {"type": "array", "items": {"type": "string"}},
}
_ANY_SELECTOR: Final = r"^(ALL|[A-Za-z0-9_-]+(:[A-Za-z0-9_-]+)?)$"


def config_schema(rules: Mapping[str, Rule] | None = None) -> Schema:
    """The schema, with these rules (those that come with the program, unless given)."""
    known = builtin() if rules is None else rules
    maker = _Maker(known)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "urn:listinglint:config:1",
        "title": "listinglint.toml",
        **_told(Text("The configuration of listinglint.", "listinglint 的配置。")),
        **maker.table(KEYS),
        "definitions": maker.definitions(),
    }


def schema_text() -> str:
    """The schema as it is written to its file."""
    return json.dumps(config_schema(), ensure_ascii=False, indent=1) + "\n"


class _Maker:
    """Makes schemas of keys."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self.rules = rules

    def table(self, keys: Mapping[str, Key]) -> Schema:
        """A table with these keys and no others."""
        return {"type": "object", "properties": {name: self.key(name, key) for name, key in keys.items()}, "additionalProperties": False}

    def key(self, name: str, key: Key) -> Schema:
        """What the value of a key may be."""
        default = {} if key.default is None else {"default": key.default}
        return {**_told(key.help), **default, **self._value(name, key)}

    def _value(self, name: str, key: Key) -> Schema:
        if name == "rule-set":
            return {"enum": list(RULE_SETS)}
        if key.many:
            conditions = [{"required": [one]} for one in CONDITIONS]
            return {"type": "array", "items": {**self.table(key.keys or {}), "anyOf": conditions}}
        if key.keys is not None:
            return self.table(key.keys)
        if key.means == "rule":
            return {"$ref": "#/definitions/rules"}
        if key.means == "selector":
            return {"$ref": "#/definitions/severities" if key.each is not None else "#/definitions/selectors"}
        if key.means == "marketplace":
            return {"anyOf": [{"enum": names()}, {"type": "string", "pattern": r"\.toml$"}]}
        if key.means == "field" and key.each is not None:
            fields = dict.fromkeys(one for field in (*FIELDS, "tags", "lint-ignore") for one in (field.replace("_", "-"), field))
            return {"type": "object", "properties": dict.fromkeys(fields, key.each.kind.schema), "additionalProperties": False}
        return key.kind.schema

    def definitions(self) -> Schema:
        """What several keys share."""
        level = (KEYS["severity"].each or KEYS["severity"]).kind.schema
        selectors = list(self._selectors())
        one: Schema = {"anyOf": [{"enum": [name for name, _ in selectors]}, {"type": "string", "pattern": _ANY_SELECTOR}]}
        return {
            "selectors": {"anyOf": [one, {"type": "array", "items": one}]},
            "severities": {
                "type": "object",
                "properties": {name: {**_told(summary), **level} for name, summary in selectors},
                "propertyNames": {"pattern": _ANY_SELECTOR},
                "additionalProperties": level,
            },
            "rules": {
                "type": "object",
                "properties": {rule.name: {**_told(rule.summary), **_options(rule.options)} for rule in self.rules.values()},
                "additionalProperties": {"type": "object"},
            },
        }

    def _selectors(self) -> Iterable[tuple[str, Text]]:
        yield "ALL", Text("All rules.", "全部规则。")
        for group in groups_of(self.rules):
            yield group, Text(f"All rules of the group {group}.", f"分组 {group} 的全部规则。")
        for rule in self.rules.values():
            yield rule.name, rule.summary
            for variant in rule.variants:
                yield f"{rule.name}:{variant}", rule.summary


def _options(options: Iterable[Option]) -> Schema:
    return {"type": "object", "properties": {option.name: _option(option) for option in options}, "additionalProperties": False}


def _option(option: Option) -> Schema:
    default = list(option.default) if isinstance(option.default, tuple) else option.default
    least = {} if option.minimum is None else {"minimum": option.minimum}
    return {**_told(option.help), **_TYPES[option.type], **least, "default": default}


def _told(text: Text) -> Schema:
    """The description that an editor shows, in both languages."""
    return {"description": f"{text.en}\n{text.zh}"}


if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8")
