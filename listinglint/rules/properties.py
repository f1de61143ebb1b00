"""Properties of which a product has one value, as titles and attributes give them: sleeves, shape, fuel, connector, lamp base, thread, origin …

The table is `data/lexicons/properties.toml`. Titles name many things; a property counts only where the title names one value of it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from listinglint import lexicons
from listinglint.model.memory import PHRASES
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import Attribute

_ORIGIN_NAMES = lazy_pattern(r"(?:country|place|region)(?:/region)? of (?:origin|manufacture)(?: of goods)?\Z|(?:product )?origin\Z|made in\Z|manufactured in\Z", re.I)


_MAKING = ("made", "manufactured", "produced", "crafted")
_MORE = lazy_pattern(r"\s{0,2}(?:[/,&+–-]|\bto\b|\bor\b|\band\b)\s{0,2}\w{0,3}\d")
"""A code that others follow (`iPhone SE/5S/5`) is one of several."""


class Clash(NamedTuple):
    """An attribute, what it says, and what the title says instead."""

    attribute: Attribute
    told: str


class _Class(NamedTuple):
    name: str
    title: re.Pattern[str]
    value: re.Pattern[str]


class _Property(NamedTuple):
    names: re.Pattern[str]
    classes: tuple[_Class, ...]


class _Code(NamedTuple):
    names: re.Pattern[str]
    title: re.Pattern[str]
    value: re.Pattern[str]


class _Table(NamedTuple):
    properties: tuple[_Property, ...]
    codes: tuple[_Code, ...]
    origins: Mapping[str, str]
    made: re.Pattern[str]
    country: re.Pattern[str]


def _whole(source: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{source})(?![\w])", re.I)


@cache
def _table() -> _Table:
    path = lexicons.data_dir() / "lexicons" / "properties.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    properties = tuple(
        _Property(re.compile(rf"(?:{row['names']})\Z"), tuple(_Class(one["class"], _whole(one["title"]), _whole(one["value"])) for one in row["values"])) for row in rows["classes"]
    )
    codes = tuple(_Code(re.compile(rf"(?:{row['names']})\Z"), _whole(row["title"]), _whole(row["value"])) for row in rows["codes"])
    origins = {word: row["country"] for row in rows["origins"] for word in row["words"]}
    countries = "|".join(map(re.escape, sorted(origins, key=len, reverse=True)))
    made = re.compile(rf"\b(?:(?:made|manufactured|produced|handmade|handcrafted) in (?:the )?({countries})\b|({countries})[- ]made\b)", re.I)
    return _Table(properties, codes, origins, made, _whole(f"({countries})"))


def clashes(title: str, attributes: Mapping[str, Attribute]) -> Iterator[Clash]:
    """The attributes that give another value of a property than the one which the title names; at most one a property."""
    rows: dict[int, list[Attribute]] = {}
    for name, attribute in attributes.items():
        for row in _asked(name):
            rows.setdefault(row, []).append(attribute)
    table = _table()
    for row, asked in sorted(rows.items()):
        if row < len(table.properties):
            yield from _by_class(title, asked, table.properties[row].classes)
        else:
            yield from _by_code(title, asked, table.codes[row - len(table.properties)])


@lru_cache(maxsize=PHRASES)
def _asked(name: str) -> tuple[int, ...]:
    """The properties, and after them the codes, that an attribute's name gives."""
    table = _table()
    every = [*(one.names for one in table.properties), *(one.names for one in table.codes)]
    return tuple(row for row, names in enumerate(every) if names.match(name))


def _by_class(title: str, asked: list[Attribute], classes: tuple[_Class, ...]) -> Iterator[Clash]:
    told = [(one, match) for one in classes if (match := one.title.search(title)) is not None]
    if len(told) != 1 or told[0][0].name.startswith("*"):
        return
    wanted, match = told[0]
    for attribute in asked:
        found = [one.name for one in classes if one.value.search(attribute.value) is not None]
        if found and wanted.name not in found and not any(name.startswith("*") for name in found):
            yield Clash(attribute, match[0])
            return


def _by_code(title: str, asked: list[Attribute], code: _Code) -> Iterator[Clash]:
    matches = list(code.title.finditer(title))
    told = {_code(match) for match in matches}
    if len(told) != 1 or _MORE.match(title, matches[-1].end()) is not None:
        return
    found = [(attribute, {_code(match) for match in code.value.finditer(attribute.value)}) for attribute in asked]
    if any(told & codes for _, codes in found):
        return
    for attribute, codes in found:
        if codes:
            yield Clash(attribute, matches[0][0])
            return


def _code(match: re.Match[str]) -> str:
    """A code to compare by; the American and the European socket of one size are interchangeable."""
    return match[1].upper().removesuffix("D").replace("E26", "E27").replace(" ", "")


@lru_cache(maxsize=PHRASES)
def _gives_origin(name: str) -> bool:
    return _ORIGIN_NAMES.match(name) is not None


def origin_clash(texts: list[str], attributes: Mapping[str, Attribute]) -> Clash | None:
    """The attribute that gives another country of origin than `made in …` in the title or the description."""
    asked = [attribute for name, attribute in attributes.items() if _gives_origin(name)]
    if not asked:
        return None
    table = _table()
    for text in texts:
        # the search is slow and few texts speak of making
        told = list(table.made.finditer(text)) if _speaks_of_making(text.lower()) else []
        countries = {table.origins.get((match[1] or match[2]).lower(), "") for match in told}
        if not countries:
            continue
        given = {_country(match, table) for attribute in asked for match in table.country.finditer(attribute.value)}
        return Clash(asked[0], told[0][0]) if len(countries) == len(given) == 1 and "" not in countries and not countries & given else None
    return None


def _speaks_of_making(low: str) -> bool:
    return any(word in low for word in _MAKING)


def _country(match: re.Match[str], table: _Table) -> str:
    return table.origins.get(match[1].lower(), match[1])
