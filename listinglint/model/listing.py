"""One product offer as the source holds it: texts, never interpreted, each with the cell it came from."""

from __future__ import annotations

import difflib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from listinglint.model.errors import SpokenError
from listinglint.model.text import Text

FIELDS = (
    "id",
    "title",
    "keywords",
    "brief",
    "description",
    "brand",
    "model",
    "category",
    "attributes",
    "certifications",
    "price",
    "moq",
    "images",
    "gtin",
    "updated",
    "group",
    "highlights",
    "subtitle",
    "seo_title",
    "meta_description",
)
TEXT_FIELDS = ("title", "subtitle", "keywords", "brief", "description", "highlights", "seo_title", "meta_description")
"""Fields whose text buyers read; the rules of group `text` look at these."""

_ALIASES = {"tags": "keywords"}
_BLANK = frozenset({"", "nan", "null", "none", "n/a", "na", "-", "."})
_BLANK_ENTITIES = ("&nbsp;", "&#160;", "&#xa0;", "&ensp;", "&emsp;", "&zwnj;", "&#8203;")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))

Value = str | tuple[str, ...]


class UnknownField(SpokenError):
    """A key of a listing that is no field; the message names the nearest one."""


def is_blank(text: str) -> bool:
    """True for what means "present and empty": white space, a blank entity, `nan NULL None N/A NA - .`."""
    if len(text) > 64 and not text.isspace() and "&" not in text:
        return False
    stripped = text.strip()
    if len(stripped) > 4 and stripped.isascii() and "&" not in stripped:
        return False
    if stripped.lower() in _BLANK:
        return True
    if stripped[:1].isalnum():
        return False
    if "&" in stripped:
        for entity in _BLANK_ENTITIES:
            stripped = stripped.replace(entity, " ")
    return not stripped.isascii() and not stripped.translate(_INVISIBLE).strip() or not stripped.strip()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a listing came from.

    `record` is 1-based and counts the header, as a spreadsheet shows it; `line` is the physical line where the
    record begins (None where the format has no lines). `columns` maps a field to the letters of the columns
    that feed it, in order. `ignore` is the record's `lint-ignore` cell.
    """

    source: str | None = None
    sheet: str | None = None
    record: int | None = None
    line: int | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignore: str | None = None

    def cell(self, name: str, part: int = 0) -> str | None:
        """The cell's name as a spreadsheet shows it (`C12`), or None where the source has no columns."""
        letters = self.columns.get(name)
        if not letters or self.record is None:
            return None
        return f"{letters[part if part < len(letters) else 0]}{self.record}"


@dataclass(frozen=True, slots=True)
class Listing:
    """One product offer. `values` maps a field to its text, or to the texts of the cells that feed it.

    A field that is not in `values` is one that the source does not have. `keys` names the parts of a field
    that is fed by named values (the attribute names of `attributes`), in the order of the parts.
    """

    values: Mapping[str, Value]
    source: Source | None = None
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, mapping: Mapping[str, Any] | Listing, source: Source | None = None) -> Listing:
        """A listing from any mapping with field names (design §1); numbers are read as their text.

        Raises UnknownField for a key that is no field.
        """
        if isinstance(mapping, Listing):
            return mapping
        values: dict[str, Value] = {}
        keys: dict[str, tuple[str, ...]] = {}
        for key, value in mapping.items():
            name = _ALIASES.get(key, key)
            if name not in FIELDS:
                raise UnknownField(_unknown(key))
            if value is None:
                continue
            if isinstance(value, Mapping):
                keys[name] = tuple(str(k) for k in value)
                values[name] = tuple(_as_text(v) for v in value.values())
            elif isinstance(value, (list, tuple, set, frozenset)) or bool(getattr(value, "ndim", False)):
                values[name] = tuple(_as_text(v) for v in value)
            else:
                values[name] = _as_text(value)
        return cls(values, source, keys)

    def has(self, name: str) -> bool:
        """True when the source has the field, be it empty."""
        return name in self.values

    def parts(self, name: str) -> tuple[str, ...]:
        """The raw texts of the cells that feed a field; empty where the source does not have it."""
        value = self.values.get(name)
        if value is None:
            return ()
        return (value,) if isinstance(value, str) else value

    def text(self, name: str) -> str | None:
        """The field as one text (parts joined by `, `, attributes as `Key: value` lines), or None."""
        value = self.values.get(name)
        if value is None or isinstance(value, str):
            return value
        names = self.keys.get(name)
        if names:
            return "\n".join(f"{key}: {part}" for key, part in zip(names, value, strict=True))
        return ", ".join(part for part in value if part)

    def filled(self, name: str) -> bool:
        """True when the field is there and holds more than blank text."""
        value = self.values.get(name)
        if value is None:
            return False
        if isinstance(value, str):
            return not is_blank(value)
        return any(not is_blank(part) for part in value)

    def with_values(self, values: Mapping[str, Value]) -> Listing:
        """A copy with some fields replaced."""
        return Listing({**self.values, **values}, self.source, self.keys)

    def to_dict(self) -> dict[str, Any]:
        """Field names to texts, lists or (named parts) mappings, as `Listing.of` takes them."""
        out: dict[str, Any] = {}
        for name, value in self.values.items():
            if isinstance(value, str):
                out[name] = value
            elif name in self.keys:
                out[name] = dict(zip(self.keys[name], value, strict=True))
            else:
                out[name] = list(value)
        return out


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float) and math.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (Mapping, list, tuple)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _unknown(key: object) -> Text:
    near = difflib.get_close_matches(str(key).lower(), [*FIELDS, "tags"], n=1, cutoff=0.0)
    return Text(
        f"unknown field {key!r} in the listing" + (f"; did you mean {near[0]!r}?" if near else ""),
        f"产品没有名为“{key}”的字段" + (f"；您是否想用“{near[0]}”？" if near else ""),
    )


def field_names(names: Iterable[str]) -> tuple[str, ...]:
    """Field names with aliases resolved; raises UnknownField for a name that is no field."""
    out = []
    for name in names:
        resolved = _ALIASES.get(name, name)
        if resolved not in FIELDS:
            raise UnknownField(_unknown(name))
        out.append(resolved)
    return tuple(out)
