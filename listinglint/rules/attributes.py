"""Reads the attributes of a listing, in whatever form people keep them, and the `Key: value` lines of its description, with the place of every value.

Forms: named columns or a mapping; `Key: value` lines (also parted by `;` or `|`); JSON; a Python dict's text; Ruby hashes
(`"key"=>"value"`); lists of objects with a name and a value; each may be cut off in the middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from listinglint.model.memory import PHRASES
from listinglint.model.patterns import lazy_pattern

if TYPE_CHECKING:
    from listinglint.rules.analysis import AnalysedListing, Attribute, FieldText

_QUOTED = r"""(?:"([^"\\]*(?:\\.[^"\\]*)*)(?:"|\Z)|'([^'\\]*(?:\\.[^'\\]*)*)(?:'|\Z))"""
_PAIR = lazy_pattern(rf"""{_QUOTED}\s*(?:=>|:)\s*(?:{_QUOTED}|([^\s"'\[\]{{}},][^,\]}}\n]*))""")
_QUOTED_LIST = lazy_pattern(rf"""{_QUOTED}\s*(?:=>|:)\s*\[\s*{_QUOTED}""")
_LIST_BEGINS = lazy_pattern(r"""(?:=>|:)\s*\[\s*["']""")
_NEWLINE = lazy_pattern(r"[^\n]+")
_LINE = lazy_pattern(r"[^\n;|]+")
_NAME_KEYS = frozenset({"key", "name", "attribute", "attr", "label", "attrname", "attributename"})
_VALUE_KEYS = frozenset({"value", "val", "values", "attrvalue", "attributevalue"})
_BLOCK = lazy_pattern(r"</?(?:p|br|li|ul|ol|div|h[1-6]|table|tr|dd|dt|dl)\b[^<>]{0,500}>", re.I)
_DESCRIBED = lazy_pattern(r"[^A-Za-z\n]{0,40}([A-Za-z][A-Za-z /()&-]{1,38}?)[ \t]*[:：][ \t]*([^\n]{1,120})")
_DESCRIBED_FROM = 6_000
"""So many characters of a description are read for lines."""
_MOST = 200
"""So many attributes are read; a cell with more is no list of attributes."""


def read_attributes(doc: AnalysedListing) -> dict[str, Attribute]:
    """The attributes by their name in lower case; of two with one name the first."""
    from listinglint.rules.analysis import Attribute

    out: dict[str, Attribute] = {}
    names = doc.listing.keys.get("attributes")
    parts = doc.parts("attributes")
    for at, part in enumerate(parts):
        if part.blank:
            continue
        if names and at < len(names):
            found: Iterator[tuple[str, int, int]] = iter([(names[at], 0, len(part.raw))])
        else:
            found = _pairs(part)
        for name, start, end in found:
            key = _key(name)
            raw = part.raw
            while start < end and raw[start].isspace():
                start += 1
            while end > start and raw[end - 1].isspace():
                end -= 1
            if key and end > start and key not in out:
                out[key] = Attribute(key, part.text[start:end].strip(), part, start, end)
            if len(out) >= _MOST:
                return out
    return out


@lru_cache(maxsize=PHRASES)
def _key(name: str) -> str:
    """The name of an attribute as it is looked up: names repeat over a catalog."""
    return " ".join(name.lower().replace("_", " ").split()).strip(" :*•-")


def read_described(doc: AnalysedListing) -> dict[str, list[Attribute]]:
    """The `Key: value` lines of the description, in text or HTML: all values of a name (lower case) in order."""
    from listinglint.rules.analysis import Attribute

    out: dict[str, list[Attribute]] = {}
    for part in doc.parts("description"):
        if part.blank or (":" not in part.raw and "：" not in part.raw):
            continue
        text = part.text[:_DESCRIBED_FROM]
        if "<" in part.raw:
            characters = list(text)
            for tag in _BLOCK.finditer(part.raw[:_DESCRIBED_FROM]):
                characters[tag.start()] = "\n"
            text = "".join(characters)
        for line in _NEWLINE.finditer(text):
            match = _DESCRIBED.match(text, line.start(), min(line.end(), line.start() + 400))
            if match is None:
                continue
            start, end = match.span(2)
            value = text[start:end].rstrip()
            if value:
                key = " ".join(match[1].lower().split())
                out.setdefault(key, []).append(Attribute(key, value, part, start, start + len(value)))
    return out


def _pairs(part: FieldText) -> Iterator[tuple[str, int, int]]:
    """Names with the places of their values in one cell."""
    text = part.text
    begin = text.lstrip()[:1]
    if begin in "{[" or "=>" in text:
        yield from _quoted(text)
    else:
        yield from _lines(text)


def _quoted(text: str) -> Iterator[tuple[str, int, int]]:
    name: str | None = None
    for match in _PAIR.finditer(text):
        key = match[1] if match[1] is not None else match[2] or ""
        group = match.lastindex or 0
        if group < 3:
            continue
        start, end = match.span(group)
        low = key.lower().replace("_", "")
        if low in _NAME_KEYS:
            name = match[group]
        elif low in _VALUE_KEYS and name is not None:
            yield name, start, end
            name = None
        elif low in _VALUE_KEYS:
            continue
        else:
            yield key, start, end
    for match in _QUOTED_LIST.finditer(text) if "[" in text and _LIST_BEGINS.search(text) is not None else ():
        group = 3 if match[3] is not None else 4
        key = match[1] if match[1] is not None else match[2] or ""
        if match[group] and match[group].lower() not in _NAME_KEYS:
            yield key, *match.span(group)


def _lines(text: str) -> Iterator[tuple[str, int, int]]:
    for line in _LINE.finditer(text):
        content = line[0]
        for mark in (":", "：", "="):
            at = content.find(mark)
            if 0 < at <= 60:
                if content[at + 1 : at + 3] != "//":
                    yield content[:at], line.start() + at + 1, line.end()
                break
        else:
            if "\t" in content:
                at = content.index("\t")
                yield content[:at], line.start() + at + 1, line.end()
