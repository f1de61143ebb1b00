"""Marketplaces: dated limits, what keywords are, options of rules, weights of the score; one TOML file each.

The files are `data/marketplaces/NAME.toml`; what they leave out comes from `data/marketplaces/defaults.toml`. A seller's
own marketplace is a file of the same form, named by its path.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from listinglint.lexicons import data_dir
from listinglint.model import FIELDS, Text
from listinglint.model.errors import SpokenError

Unit = Literal["characters", "bytes", "width", "words", "items", "days", "currency"]
UNITS: Final = ("characters", "bytes", "width", "words", "items", "days", "currency")
MARKS: Final = ("verified", "secondary", "unconfirmed", "own")
KINDS: Final = ("max", "min", "advised_max", "advised_min", "shown", "count_max", "count_min", "count_advised_max", "count_advised_min", "each_max", "each_min")
_SECTION_KEYS = ("sections", "penalties", "gates", "bands", "repeats")


class MarketplaceError(SpokenError):
    """A marketplace that does not exist, or a file of one that cannot be used; the message says what and where."""


class Limit(NamedTuple):
    """One limit of one field and where it was read.

    `kind`: `max` and `min` are lengths of the field, `each_…` of one item of it, `count_…` numbers of items;
    `advised_…` and `shown` are no hard limits. `mark`: verified (first party), secondary, unconfirmed, own. A limit
    with `category` holds only for listings of that kind (`media`).
    """

    field: str
    kind: str
    value: float
    unit: Unit
    mark: str
    source: str
    since: Date | None
    until: Date | None
    category: str | None = None

    def holds(self, day: Date) -> bool:
        """True on the days from `since` to `until`, both included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def to_dict(self) -> dict[str, Any]:
        return {**self._asdict(), "since": str(self.since) if self.since else None, "until": str(self.until) if self.until else None}


def measure(text: str, unit: str) -> int:
    """The length of `text` after NFC in code points, UTF-8 bytes, or columns (East Asian wide characters count two)."""
    if text.isascii():
        return len(text)
    composed = unicodedata.normalize("NFC", text)
    if unit == "bytes":
        return len(composed.encode("utf-8", "surrogatepass"))
    if unit == "width":
        return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in composed)
    return len(composed)


@dataclass(frozen=True)
class ScoreModel:
    """Weights of sections, penalties per rule (or `rule:variant`), gates and star bands."""

    sections: Mapping[str, float]
    penalties: Mapping[str, float]
    gates: Mapping[str, Any]
    bands: Mapping[str, float]
    repeats: Mapping[str, float]


@dataclass(frozen=True)
class Marketplace:
    """All that a marketplace asks for.

    `keywords` says what its keyword field is: a `list` parted by `separators`, or a `bag` of words. `markup` is what the
    description may be. `rules` maps rule names to option defaults, with `severity` or `enabled` where it differs.
    """

    name: str
    label: Text
    language: str
    markup: Literal["html", "text"]
    keywords: Literal["list", "bag"]
    separators: tuple[str, ...]
    limits: tuple[Limit, ...]
    rules: Mapping[str, Mapping[str, Any]]
    score: ScoreModel
    note: Text | None = None

    def limit(self, field: str, kind: str, day: Date, category: str | None = None) -> Limit | None:
        """The limit of a field that holds on `day`; of several the latest to have come into force.

        A limit that is bound to a `category` (`media`) holds for listings of that category only, and goes before others there.
        """
        key = field, kind, day, category
        if key not in self._limits:
            self._limits[key] = self._find_limit(field, kind, day, category)
        return self._limits[key]

    @cached_property
    def _limits(self) -> dict[tuple[str, str, Date, str | None], Limit | None]:
        """The limits that were asked for; a run asks for those of one day."""
        return {}

    def _find_limit(self, field: str, kind: str, day: Date, category: str | None) -> Limit | None:
        found: Limit | None = None
        places = self._by_place.get((field, kind), ())
        if category is not None and any(one.category == category and one.holds(day) for one in places):
            places = tuple(one for one in places if one.category == category)
        for one in places:
            if one.category not in (None, category):
                continue
            if one.holds(day) and (found is None or (one.since or Date.min) >= (found.since or Date.min)):
                found = one
        return found

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], tuple[Limit, ...]]:
        places: dict[tuple[str, str], tuple[Limit, ...]] = {}
        for one in self.limits:
            places[(one.field, one.kind)] = (*places.get((one.field, one.kind), ()), one)
        return places

    @cached_property
    def keyword_pattern(self) -> re.Pattern[str]:
        """Finds the keywords in a cell. A list is also cut at separators that are none, so that rules see its pieces."""
        if self.keywords == "bag":
            return re.compile(r"[^\s,;，、；|]+")
        marks = {*self.separators, ",", "，", "、", ";", "；", "|", "\n"}
        return re.compile(f"[^{''.join(re.escape(mark) for mark in sorted(marks))}]+")

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, for `marketplaces --format json`."""
        return {
            "name": self.name,
            "label": {"en": self.label.en, "zh": self.label.zh},
            "language": self.language,
            "markup": self.markup,
            "keywords": {"kind": self.keywords, "separators": list(self.separators)},
            "limits": [limit.to_dict() for limit in self.limits],
            "rules": {name: dict(options) for name, options in self.rules.items()},
        }


def names() -> list[str]:
    """The names of the marketplaces that come with the program, in alphabetical order."""
    return sorted(path.stem for path in _folder().glob("*.toml") if path.stem != "defaults")


def marketplace(name: str) -> Marketplace:
    """The marketplace of this name, or of this TOML file. Raises MarketplaceError with the known names."""
    return _load(name)


@cache
def _load(name: str) -> Marketplace:
    path = _folder() / f"{name}.toml"
    if name.endswith(".toml"):
        path = Path(name)
    elif name not in names():
        import difflib

        near = difflib.get_close_matches(name.lower(), names(), n=1, cutoff=0.5)
        raise MarketplaceError(
            Text(
                f"unknown marketplace {name!r}{f'; did you mean {near[0]!r}?' if near else ''} (known: {', '.join(names())}, or the path of a .toml file)",
                f"没有平台“{name}”{f'；您是否想用“{near[0]}”？' if near else ''}（可用：{'、'.join(names())}，或 .toml 文件路径）",
            )
        )
    defaults = _read(_folder() / "defaults.toml")
    try:
        return _make(_read(path), defaults, path)
    except (KeyError, TypeError, AttributeError) as broken:
        why = f"{type(broken).__name__}: {broken}"
        raise MarketplaceError(Text(f"{path}: not a marketplace file: {why}", f"{path}：不是平台文件：{why}")) from broken


def _folder() -> Path:
    return data_dir() / "marketplaces"


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as handle:
            return tomllib.load(handle)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise MarketplaceError(Text(f"{path}: cannot be read: {broken}", f"{path}：无法读取：{broken}")) from broken


def _make(raw: Mapping[str, Any], defaults: Mapping[str, Any], path: Path) -> Marketplace:
    keywords = raw.get("keywords", {})
    kind = keywords.get("kind", "list")
    if kind not in ("list", "bag"):
        raise MarketplaceError(
            Text(f"{path}: keywords.kind is 'list' or 'bag', not {kind!r}", f"{path}：keywords.kind 应为 list 或 bag，而不是 {kind!r}")
        )
    label = raw.get("label", {})
    note = raw.get("note")
    rules = {name: dict(options) for name, options in defaults.get("rules", {}).items()}
    for name, options in raw.get("rules", {}).items():
        rules[name] = {**rules.get(name, {}), **options}
    score = {
        key: {**defaults.get("score", {}).get(key, {}), **raw.get("score", {}).get(key, {})} for key in _SECTION_KEYS
    }
    return Marketplace(
        name=raw.get("name", path.stem),
        label=Text(label.get("en", path.stem), label.get("zh", label.get("en", path.stem))),
        language=raw.get("language", "en"),
        markup=raw.get("markup", "text"),
        keywords=kind,
        separators=tuple(keywords.get("separators", [","])),
        limits=tuple(_limit(entry, path) for entry in raw.get("limits", [])),
        rules=rules,
        score=ScoreModel(**score),
        note=Text(note["en"], note["zh"]) if note else None,
    )


def _wrong(path: Path, field: object, en: str, zh: str) -> MarketplaceError:
    return MarketplaceError(Text(f"{path}: limit of {field}: {en}", f"{path}：{field} 的限制：{zh}"))


def _limit(entry: Mapping[str, Any], path: Path) -> Limit:
    for key in ("field", "kind", "value", "mark"):
        if key not in entry:
            raise MarketplaceError(Text(f"{path}: limit {dict(entry)}: {key!r} is missing", f"{path}：限制 {dict(entry)} 缺少“{key}”"))
    field, kind, unit, mark = entry["field"], entry["kind"], entry.get("unit", "characters"), entry["mark"]
    for value, known, what in ((kind, KINDS, "kind"), (unit, UNITS, "unit"), (mark, MARKS, "mark")):
        if value not in known:
            raise _wrong(path, field, f"{what} is one of {', '.join(known)}, not {value!r}", f"{what} 应为 {'、'.join(known)} 之一，而不是 {value!r}")
    if field.split(".")[0] not in FIELDS:
        raise _wrong(path, field, "no such field", "没有这个字段")
    if isinstance(entry["value"], bool) or not isinstance(entry["value"], (int, float)) or entry["value"] < 0:
        raise _wrong(path, field, f"value is a number from 0 on, not {entry['value']!r}", f"value 应为 0 或更大的数，而不是 {entry['value']!r}")
    for key in ("since", "until"):
        if key in entry and type(entry[key]) is not Date:
            raise _wrong(
                path, field, f"{key} is a date such as 2026-07-27 without quotes, not {entry[key]!r}", f"{key} 应为不带引号的日期，例如 2026-07-27，而不是 {entry[key]!r}"
            )
    return Limit(
        field, kind, entry["value"], unit, mark, entry.get("source", ""), entry.get("since"), entry.get("until"), entry.get("category")
    )
