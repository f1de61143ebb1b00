"""The keys of the configuration, and what their values must be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date as Date
from typing import Any, Final

from listinglint.config.settings import FAIL_ON, Seller
from listinglint.model import Text
from listinglint.model.text import LANGUAGES


@dataclass(frozen=True)
class Kind:
    """What a value must be: a test, and what was expected in words."""

    fits: Callable[[Any], bool]
    expected: Text


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_texts(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def one_of(names: tuple[str, ...]) -> Kind:
    return Kind(lambda value: value in names, Text(f"one of {', '.join(names)}", f"应为 {'、'.join(names)} 之一"))


def _number(least: float, most: float, *, whole: bool = False) -> Kind:
    what = ("a whole number", "整数") if whole else ("a number", "数字")
    upto = ("", "") if most == float("inf") else (f" to {most:g}", f" 到 {most:g}")
    return Kind(
        lambda value: _is_number(value) and (not whole or isinstance(value, int)) and least <= value <= most,
        Text(f"{what[0]} from {least:g}{upto[0]}", f"应为 {least:g}{upto[1]} 的{what[1]}" if upto[1] else f"应为不小于 {least:g} 的{what[1]}"),
    )


TEXT = Kind(lambda value: isinstance(value, str) and bool(value.strip()), Text("a text", "应为文本"))
TEXTS = Kind(_is_texts, Text("a text or a list of texts", "应为文本或文本列表"))
TABLE = Kind(lambda value: isinstance(value, dict), Text("a table", "应为表（table）"))
PAIRS = Kind(
    lambda value: isinstance(value, dict) and all(isinstance(one, str) for one in value.values()),
    Text('a table of texts, such as { colour = "color" }', '应为文本对照表，例如 { colour = "color" }'),
)
SHARE = Kind(
    lambda value: share_of(value) is not None, Text('a percentage from 0 to 100, such as 2 or "2%"', "应为 0 到 100 的百分比，例如 2 或 \"2%\"")
)
DATE = Kind(lambda value: day_of(value) is not None, Text("a date, such as 2026-11-25", "应为日期，例如 2026-11-25"))

KEYS: Final[Mapping[str, Kind]] = {
    "marketplace": TEXT,
    "lang": one_of(LANGUAGES),
    "date": DATE,
    "select": TEXTS,
    "ignore": TEXTS,
    "extend-select": TEXTS,
    "fail-on": one_of(FAIL_ON),
    "min-stars": _number(1, 5, whole=True),
    "min-score": _number(0, 100),
    "min-catalog-score": _number(0, 100),
    "max-findings": _number(0, float("inf"), whole=True),
    "max-failing": SHARE,
    "severity": TABLE,
    "rules": TABLE,
    "columns": TABLE,
    "seller": TABLE,
    "plugins": TEXTS,
    "rule-files": TEXTS,
    "thesaurus-files": TEXTS,
    "category-file": TEXT,
    "rule-set": TEXT,
    "suppressions": TEXT,
    "catalog": TEXT,
    "baseline": TEXT,
}
SELLER_KEYS: Final[Mapping[str, Kind]] = {
    **{name.replace("_", "-"): TEXTS for name in Seller.__dataclass_fields__},
    "name": TEXT,
    "region": TEXT,
    "preferred-words": PAIRS,
}


def share_of(value: Any) -> float | None:
    if isinstance(value, str):
        try:
            value = float(value.strip().removesuffix("%"))
        except ValueError:
            return None
    return float(value) if _is_number(value) and 0 <= value <= 100 else None


def day_of(value: Any) -> Date | None:
    if isinstance(value, str):
        try:
            return Date.fromisoformat(value)
        except ValueError:
            return None
    return value if type(value) is Date else None
