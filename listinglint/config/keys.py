"""The keys of the configuration: what their values must be, how files that extend each other share them, what they are for.

Reading, checking and the JSON Schema all go by these declarations.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from typing import Any, Final, Literal

from listinglint.config.settings import FAIL_ON, SEVERITIES
from listinglint.model import Text
from listinglint.model.text import LANGUAGES

Schema = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """What a value must be: a test, what was expected in words, the same as JSON Schema, and the values if they can be listed."""

    fits: Callable[[Any], bool]
    expected: Text
    schema: Schema = field(default_factory=dict)
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Key:
    """One key. A table has `keys` (these names and no others) or `each` (any names, each with such a value); `many` is a list of tables.

    `merge` says what becomes of the value of a file that is extended: the nearer file's stands in its place (`nearer`), or
    comes behind it (`add`); tables are merged key by key. `means` says what a text, the items of a list or names stand for where
    that needs the file or the rules to tell: a path, a marketplace, a plugin, selectors.
    """

    kind: Kind
    help: Text
    merge: Literal["nearer", "add"] = "nearer"
    means: Literal["path", "marketplace", "plugin", "selector", "rule", "field"] | None = None
    default: Any = None
    keys: Mapping[str, Key] | None = None
    each: Key | None = None
    many: bool = False


def nearest(name: str, known: tuple[str, ...] | list[str], cutoff: float = 0.0) -> str | None:
    """The name that is most like a misspelt one; None where none is like it by `cutoff` (0–1)."""
    found = difflib.get_close_matches(name, known, n=1, cutoff=cutoff)
    return found[0] if found else None


def share_of(value: Any) -> float | None:
    """A percentage from 0 to 100, given as a number or as `2%`; None for anything else."""
    if isinstance(value, str):
        try:
            value = float(value.strip().removesuffix("%"))
        except ValueError:
            return None
    return float(value) if _is_number(value) and 0 <= value <= 100 else None


def day_of(value: Any) -> Date | None:
    """A date, given as such or as its text; None for anything else."""
    if isinstance(value, str):
        try:
            return Date.fromisoformat(value)
        except ValueError:
            return None
    return value if type(value) is Date else None


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _one_of(names: tuple[str, ...]) -> Kind:
    return Kind(lambda value: value in names, Text(f"one of {', '.join(names)}", f"应为 {'、'.join(names)} 之一"), {"enum": list(names)}, names)


def _number(least: float, most: float | None = None, *, whole: bool = False) -> Kind:
    en, zh = ("a whole number", "整数") if whole else ("a number", "数字")
    expected = (
        Text(f"{en} from {least:g}", f"应为不小于 {least:g} 的{zh}")
        if most is None
        else Text(f"{en} from {least:g} to {most:g}", f"应为 {least:g} 到 {most:g} 的{zh}")
    )
    schema: Schema = {"type": "integer" if whole else "number", "minimum": least, **({} if most is None else {"maximum": most})}
    return Kind(
        lambda value: _is_number(value) and (not whole or isinstance(value, int)) and least <= value and (most is None or value <= most),
        expected,
        schema,
    )


_TEXT_SCHEMA: Final[Schema] = {"type": "string", "pattern": r"\S"}

TEXT: Final = Kind(_is_text, Text("a text that is not empty", "应为非空文本"), _TEXT_SCHEMA)
TEXTS: Final = Kind(
    lambda value: _is_text(value) or (isinstance(value, list) and all(map(_is_text, value))),
    Text("a text or a list of texts, none of them empty,", "应为非空文本或非空文本的列表"),
    {"anyOf": [_TEXT_SCHEMA, {"type": "array", "items": _TEXT_SCHEMA}]},
)
TABLE: Final = Kind(lambda value: isinstance(value, dict), Text("a table", "应为表（table）"), {"type": "object"})
TABLES: Final = Kind(
    lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value),
    Text("a list of tables, such as [[overrides]],", "应为表的列表，例如 [[overrides]]"),
    {"type": "array"},
)
PAIRS: Final = Kind(
    lambda value: isinstance(value, dict) and all(isinstance(one, str) for one in value.values()),
    Text('a table of texts, such as { colour = "color" },', '应为文本对照表，例如 { colour = "color" }'),
    {"type": "object", "additionalProperties": {"type": "string"}},
)
SHARE: Final = Kind(
    lambda value: share_of(value) is not None,
    Text('a percentage from 0 to 100, such as 2 or "2%",', "应为 0 到 100 的百分比，例如 2 或 \"2%\""),
    {"anyOf": [{"type": "number", "minimum": 0, "maximum": 100}, {"type": "string", "pattern": r"^\s*\d+(\.\d+)?\s*%?$"}]},
)
DATE: Final = Kind(
    lambda value: day_of(value) is not None,
    Text("a date, such as 2026-11-25,", "应为日期，例如 2026-11-25"),
    {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
)
VALUE: Final = Kind(lambda value: True, Text("a value", "应为值"))

_SELECTORS: Final = Text("rule names, rule:variant, groups or ALL", "规则名、规则:变体、分组或 ALL")


def _selectors(en: str, zh: str) -> Key:
    return Key(TEXTS, Text(f"{en}: {_SELECTORS.en}.", f"{zh}：{_SELECTORS.zh}。"), "add", "selector")


_SELLER: Final[Mapping[str, Key]] = {
    "name": Key(TEXT, Text("The seller's name.", "公司名称。")),
    "region": Key(TEXT, Text("Where the goods come from.", "所在地区。")),
    "certifications": Key(TEXTS, Text("Certificates that the seller holds.", "已持有的认证。")),
    "brands": Key(TEXTS, Text("The seller's own brands.", "自有品牌。")),
    "models": Key(TEXTS, Text("The seller's own model numbers.", "自有型号。")),
    "authorised-brands": Key(TEXTS, Text("Brands of others that the seller may name.", "已获授权的品牌。")),
    "banned-words": Key(TEXTS, Text("Words that are never to be written; files that extend each other add theirs.", "禁用词；相互继承的配置会累加。"), "add"),
    "preferred-words": Key(PAIRS, Text("Words and what to write instead of them.", "用词对照：左边改为右边。"), each=Key(VALUE, Text("", ""))),
    "categories": Key(TEXTS, Text("The paths of the seller's own category tree.", "自有类目树的路径。")),
}
_MARKETPLACE: Final = Key(
    TEXT, Text("Whose limits hold: the name of a marketplace, or the path of a .toml file.", "采用哪个平台的限制：平台名，或 .toml 文件路径。"), means="marketplace", default="alibaba"
)
_SELECTING: Final[Mapping[str, Key]] = {
    "select": _selectors("Only these rules", "只使用这些规则"),
    "ignore": _selectors("Not these rules", "不使用这些规则"),
    "extend-select": _selectors("These rules too", "额外使用这些规则"),
}
_JUDGING: Final[Mapping[str, Key]] = {
    "severity": Key(
        TABLE, Text("Severities of rules, rule:variant or groups.", "规则、规则:变体或分组的级别。"), means="selector",
        each=Key(_one_of(SEVERITIES), Text("error, warning or info.", "error、warning 或 info。")),
    ),
    "rules": Key(
        TABLE, Text("Options of rules; listinglint explain RULE names them.", "规则的选项；用 listinglint explain 规则名 查看。"), means="rule",
        each=Key(TABLE, Text("Options of a rule.", "规则的选项。"), each=Key(VALUE, Text("", ""))),
    ),
    "seller": Key(TABLE, Text("What the seller holds and how he writes.", "卖家的资质与用词。"), keys=_SELLER),
}  # fmt: skip
OVERRIDE_KEYS: Final[Mapping[str, Key]] = {
    "files": Key(
        TEXTS, Text("For catalogs whose paths, from the folder of this file, match one of these patterns (as in .gitignore).", "适用于路径匹配这些模式的目录文件（相对于本文件所在文件夹，写法同 .gitignore）。")
    ),
    "categories": Key(
        TEXTS, Text("For listings whose category has such a level, or such levels in a row: Bike*, Kitchen > *.", "适用于类目含有这样一级或连续几级的产品：Bike*、Kitchen > *。")
    ),
    "marketplaces": Key(TEXTS, Text("For runs on a marketplace that matches one of these patterns.", "适用于平台名匹配这些模式的检查。")),
    "marketplace": _MARKETPLACE,
    **_SELECTING,
    **_JUDGING,
}
CONDITIONS: Final = ("files", "categories", "marketplaces")
KEYS: Final[Mapping[str, Key]] = {
    "extends": Key(
        TEXTS, Text("Configuration files that this one builds on, from the folder of this file; the later over the earlier, this one over all.", "本文件所继承的配置文件（相对于本文件所在文件夹）；后面的优先于前面的，本文件优先于全部。"), means="path"
    ),
    "rule-set": Key(TEXT, Text("The rule set that counts: rules newer than it only report, as previews.", "所用的规则集：比它新的规则只作预览，不影响评分和结果。")),
    "marketplace": _MARKETPLACE,
    "lang": Key(_one_of(LANGUAGES), Text("The language of messages.", "提示语言。")),
    "date": Key(DATE, Text("A fixed day for limits with dates.", "用于带日期限制的固定日期。")),
    **_SELECTING,
    "fail-on": Key(_one_of(FAIL_ON), Text("check fails on findings of this severity or above.", "出现该级别及以上的问题时 check 判为未通过。"), default="warning"),
    "min-stars": Key(_number(1, 5, whole=True), Text("check fails if a listing has fewer stars.", "有产品低于此星级时判为未通过。")),
    "min-score": Key(_number(0, 100), Text("check fails if a listing scores less.", "有产品低于此分数时判为未通过。")),
    "min-catalog-score": Key(_number(0, 100), Text("check fails if the catalog scores less.", "目录总分低于此值时判为未通过。")),
    "max-findings": Key(_number(0, whole=True), Text("check fails on more findings.", "问题多于此数时判为未通过。")),
    "max-failing": Key(SHARE, Text("The share of failing listings that is forgiven.", "允许不通过的产品比例。"), default=0),
    "suppressions": Key(TEXT, Text("A file of findings that were accepted (CSV: id, rule, value, reason, until).", "已确认可忽略的问题文件（CSV：id, rule, value, reason, until）。"), means="path"),
    "baseline": Key(TEXT, Text("A file of findings that were there before; only others are shown and can fail the run.", "基线文件：其中已有的问题不再显示，也不影响结果。"), means="path"),
    "plugins": Key(TEXTS, Text("Python modules with more rules; they are run.", "包含更多规则的 Python 模块（会被执行）。"), "add", "plugin"),
    "rule-files": Key(TEXTS, Text("TOML files with more rules.", "包含更多规则的 TOML 文件。"), "add", "path"),
    "thesaurus-files": Key(TEXTS, Text("The seller's own thesaurus files.", "自有同义词文件。"), "add", "path"),
    "category-file": Key(TEXT, Text("A file of the seller's own categories, one path a line.", "自有类目文件，每行一个路径。"), means="path"),
    "catalog": Key(TEXT, Text("The name that the history knows all catalogs under this file by.", "历史记录中本文件夹目录所用的名称。")),
    **_JUDGING,
    "columns": Key(
        TABLE, Text("Which columns feed which fields.", "哪一列对应哪个字段。"), means="field", each=Key(TEXTS, Text("A header, or several.", "一个或多个表头。"))
    ),
    "overrides": Key(
        TABLES, Text("Other settings for some files, categories or marketplaces; the later over the earlier.", "针对部分文件、类目或平台的设置；后面的优先。"), keys=OVERRIDE_KEYS, many=True
    ),
}  # fmt: skip
