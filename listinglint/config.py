"""The seller's configuration: what is selected, what is overridden, what the seller holds, and the file it stands in.

The file is `listinglint.toml`, or the table `[tool.listinglint]` of a `pyproject.toml`, in the catalog's folder or the
nearest folder above it. Paths in it are relative to the file.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date as Date
from pathlib import Path
from typing import Any, Final

from listinglint.model import FIELDS, Severity, Text
from listinglint.model.listing import UnknownField, field_names
from listinglint.model.text import LANGUAGES

FILE_NAME: Final = "listinglint.toml"
SEVERITIES: Final = ("error", "warning", "info")
FAIL_ON: Final = (*SEVERITIES, "never")


class ConfigError(ValueError):
    """A configuration that cannot be used. `message` says in each language which file and key, and what was expected."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


@dataclass(frozen=True)
class Seller:
    """What the seller holds and asks for, over all listings (`[seller]`)."""

    certifications: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    authorised_brands: tuple[str, ...] = ()
    banned_words: tuple[str, ...] = ()
    preferred_words: Mapping[str, str] = field(default_factory=dict)
    name: str | None = None
    region: str | None = None
    categories: tuple[str, ...] = ()

    @classmethod
    def of(cls, mapping: Mapping[str, Any]) -> Seller:
        """A seller from a mapping with these names; one text stands for a list of one."""
        known = {f: mapping[f] for f in cls.__dataclass_fields__ if f in mapping}
        unknown = set(mapping) - set(cls.__dataclass_fields__)
        if unknown:
            raise ValueError(f"unknown seller setting {sorted(unknown)[0]!r}; known: {', '.join(cls.__dataclass_fields__)}")
        for key, value in known.items():
            if key in ("name", "region", "preferred_words"):
                continue
            known[key] = (value,) if isinstance(value, str) else tuple(value)
        return cls(**known)


@dataclass(frozen=True)
class Settings:
    """All that decides what a run says. Selectors are rule names, `rule:variant`, groups or `ALL`."""

    marketplace: str = "alibaba"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    seller: Seller = field(default_factory=Seller)
    lang: str = "en"
    date: Date | None = None
    triggers: bool = True
    plugins: tuple[str, ...] = ()
    rule_files: tuple[str, ...] = ()
    thesaurus_files: tuple[str, ...] = ()
    category_file: str | None = None

    def replace(self, **changes: Any) -> Settings:
        """A copy with some settings changed."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Limits:
    """What makes a run fail. None: no such gate. `max_failing` is the percentage of listings that is forgiven."""

    fail_on: str = "warning"
    min_stars: int | None = None
    min_score: float | None = None
    min_catalog_score: float | None = None
    max_findings: int | None = None
    max_failing: float = 0.0


@dataclass(frozen=True)
class Config:
    """A configuration file as read. `path` is None where there is none; `lang` is None where it names no language."""

    settings: Settings = field(default_factory=Settings)
    limits: Limits = field(default_factory=Limits)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    suppressions: str | None = None
    lang: str | None = None
    path: Path | None = None


def load_config(start: Path | None = None, explicit: Path | None = None) -> Config:
    """The configuration for a catalog at `start` (a file or folder), or of the file `explicit`.

    Raises ConfigError, with file and key, for one that cannot be used. Without a file all is as by default.
    """
    path = explicit if explicit is not None else find_config(start or Path.cwd())
    if path is None:
        return Config()
    table = _read(path)
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("listinglint", {})
        if not isinstance(table, dict):
            raise ConfigError(Text(f"{path}: tool.listinglint: a table was expected", f"{path}：tool.listinglint 应为表（table）"))
    return _Reader(path, table).config()


def find_config(start: Path) -> Path | None:
    """The nearest configuration file in the folder of `start` or above it."""
    try:
        folder = start.resolve()
    except OSError:
        return None
    if not folder.is_dir():
        folder = folder.parent
    for one in (folder, *folder.parents):
        own = one / FILE_NAME
        if own.is_file():
            return own
        project = one / "pyproject.toml"
        if project.is_file() and _has_table(project):
            return project
    return None


def _has_table(path: Path) -> bool:
    """True where a pyproject.toml speaks to this program; one that cannot be read is the business of others."""
    try:
        text = path.read_text(encoding="utf-8")
        return "listinglint" in text and "listinglint" in tomllib.loads(text).get("tool", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError):
        return False


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as broken:
        reason = broken.strerror or str(broken)
        raise ConfigError(Text(f"{path}: cannot be read: {reason}", f"{path}：无法读取：{reason}")) from broken
    except UnicodeDecodeError as broken:
        raise ConfigError(Text(f"{path}: not UTF-8 at byte {broken.start}", f"{path}：第 {broken.start} 字节不是 UTF-8 编码")) from broken
    except tomllib.TOMLDecodeError as broken:
        raise ConfigError(Text(f"{path}: not TOML: {broken}", f"{path}：不是有效的 TOML：{broken}")) from broken


@dataclass(frozen=True)
class _Kind:
    """What a value must be: a test, and what was expected in words."""

    fits: Callable[[Any], bool]
    expected: Text


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_texts(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _one_of(names: tuple[str, ...]) -> _Kind:
    return _Kind(lambda value: value in names, Text(f"one of {', '.join(names)}", f"应为 {'、'.join(names)} 之一"))


def _number(least: float, most: float, *, whole: bool = False) -> _Kind:
    what = ("a whole number", "整数") if whole else ("a number", "数字")
    upto = ("", "") if most == float("inf") else (f" to {most:g}", f" 到 {most:g}")
    return _Kind(
        lambda value: _is_number(value) and (not whole or isinstance(value, int)) and least <= value <= most,
        Text(f"{what[0]} from {least:g}{upto[0]}", f"应为 {least:g}{upto[1]} 的{what[1]}" if upto[1] else f"应为不小于 {least:g} 的{what[1]}"),
    )


_TEXT = _Kind(lambda value: isinstance(value, str) and bool(value.strip()), Text("a text", "应为文本"))
_TEXTS = _Kind(_is_texts, Text("a text or a list of texts", "应为文本或文本列表"))
_TABLE = _Kind(lambda value: isinstance(value, dict), Text("a table", "应为表（table）"))
_PAIRS = _Kind(
    lambda value: isinstance(value, dict) and all(isinstance(one, str) for one in value.values()),
    Text('a table of texts, such as { colour = "color" }', '应为文本对照表，例如 { colour = "color" }'),
)
_SHARE = _Kind(
    lambda value: _share(value) is not None, Text('a percentage from 0 to 100, such as 2 or "2%"', "应为 0 到 100 的百分比，例如 2 或 \"2%\"")
)
_DATE = _Kind(lambda value: _day(value) is not None, Text("a date, such as 2026-11-25", "应为日期，例如 2026-11-25"))

_KEYS: Final[Mapping[str, _Kind]] = {
    "marketplace": _TEXT,
    "lang": _one_of(LANGUAGES),
    "date": _DATE,
    "select": _TEXTS,
    "ignore": _TEXTS,
    "extend-select": _TEXTS,
    "fail-on": _one_of(FAIL_ON),
    "min-stars": _number(1, 5, whole=True),
    "min-score": _number(0, 100),
    "min-catalog-score": _number(0, 100),
    "max-findings": _number(0, float("inf"), whole=True),
    "max-failing": _SHARE,
    "severity": _TABLE,
    "rules": _TABLE,
    "columns": _TABLE,
    "seller": _TABLE,
    "plugins": _TEXTS,
    "rule-files": _TEXTS,
    "thesaurus-files": _TEXTS,
    "category-file": _TEXT,
    "suppressions": _TEXT,
}
_SELLER_KEYS: Final[Mapping[str, _Kind]] = {
    **{name.replace("_", "-"): _TEXTS for name in Seller.__dataclass_fields__},
    "name": _TEXT,
    "region": _TEXT,
    "preferred-words": _PAIRS,
}


def _share(value: Any) -> float | None:
    if isinstance(value, str):
        try:
            value = float(value.strip().removesuffix("%"))
        except ValueError:
            return None
    return float(value) if _is_number(value) and 0 <= value <= 100 else None


def _day(value: Any) -> Date | None:
    if isinstance(value, str):
        try:
            return Date.fromisoformat(value)
        except ValueError:
            return None
    return value if type(value) is Date else None


class _Reader:
    """Makes a Config of the table of one file; every complaint names the file and the key."""

    def __init__(self, path: Path, table: Mapping[str, Any]) -> None:
        self.path = path
        self.table = self._checked(table, _KEYS, "")

    def config(self) -> Config:
        table = self.table
        shares = {"max-failing": _share}
        limits: dict[str, Any] = {
            key.replace("-", "_"): shares[key](table[key]) if key in shares else table[key]
            for key in ("fail-on", "min-stars", "min-score", "min-catalog-score", "max-findings", "max-failing")
            if key in table
        }
        return Config(
            settings=self._settings(),
            limits=Limits(**limits),
            columns=self._columns(),
            suppressions=self._beside(table["suppressions"]) if "suppressions" in table else None,
            lang=table.get("lang"),
            path=self.path,
        )

    def _settings(self) -> Settings:
        table = self.table
        market = table.get("marketplace", "alibaba")
        seller = self._checked(table.get("seller", {}), _SELLER_KEYS, "seller.")
        return Settings(
            marketplace=self._beside(market) if market.endswith(".toml") else market,
            select=_tuple(table.get("select")),
            ignore=_tuple(table.get("ignore")),
            extend_select=_tuple(table.get("extend-select")),
            severity=self._severity(),
            options=self._options(),
            seller=Seller.of({key.replace("-", "_"): value for key, value in seller.items()}),
            lang=table.get("lang", "en"),
            date=_day(table.get("date")),
            plugins=tuple(self._plugin(name) for name in _tuple(table.get("plugins"))),
            rule_files=tuple(map(self._beside, _tuple(table.get("rule-files")))),
            thesaurus_files=tuple(map(self._beside, _tuple(table.get("thesaurus-files")))),
            category_file=self._beside(table["category-file"]) if "category-file" in table else None,
        )

    def _severity(self) -> dict[str, Severity]:
        kind = _one_of(SEVERITIES)
        for key, value in self.table.get("severity", {}).items():
            self._check(f"severity.{key}", value, kind)
        return dict(self.table.get("severity", {}))

    def _options(self) -> dict[str, dict[str, Any]]:
        for key, value in self.table.get("rules", {}).items():
            self._check(f"rules.{key}", value, _TABLE)
        return {name: dict(options) for name, options in self.table.get("rules", {}).items()}

    def _columns(self) -> dict[str, tuple[str, ...]]:
        out: dict[str, tuple[str, ...]] = {}
        for key, value in self.table.get("columns", {}).items():
            self._check(f"columns.{key}", value, _TEXTS)
            try:
                name = key if key == "lint-ignore" else field_names([key.replace("-", "_")])[0]
            except UnknownField:
                raise self._unknown(f"columns.{key}", key, FIELDS) from None
            out[name] = _tuple(value)
        return out

    def _plugin(self, name: str) -> str:
        """A module beside the file is meant by its name; others are found as Python finds modules."""
        if name.endswith(".py"):
            return self._beside(name)
        local = self.path.parent.joinpath(*name.split(".")).with_suffix(".py")
        return str(local) if local.is_file() else name

    def _beside(self, name: str) -> str:
        return str(self.path.parent / Path(name).expanduser())

    def _checked(self, table: Mapping[str, Any], kinds: Mapping[str, _Kind], front: str) -> dict[str, Any]:
        out = {}
        for given, value in table.items():
            key = given.replace("_", "-")
            if key not in kinds:
                raise self._unknown(front + given, key, tuple(kinds))
            self._check(front + given, value, kinds[key])
            out[key] = value
        return out

    def _check(self, key: str, value: Any, kind: _Kind) -> None:
        if not kind.fits(value):
            raise ConfigError(
                Text(f"{self.path}: {key}: {kind.expected.en} was expected, not {value!r}", f"{self.path}：{key}：{kind.expected.zh}，而不是 {value!r}")
            )

    def _unknown(self, key: str, name: str, known: tuple[str, ...]) -> ConfigError:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
        return ConfigError(
            Text(
                f"{self.path}: unknown key {key!r}; did you mean {near!r}? (known: {', '.join(known)})",
                f"{self.path}：没有“{key}”这一项；您是否想用“{near}”？（可用：{'、'.join(known)}）",
            )
        )


def _tuple(value: str | list[str] | None) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def read_categories(path: str | Path) -> tuple[str, ...]:
    """The category paths of a seller's own tree: one a line (`Tools > Hand Tools > Hammers`), `#` begins a comment.

    Raises ConfigError for a file that cannot be read or holds no path.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as broken:
        raise ConfigError(Text(f"{path}: the category file cannot be read: {broken}", f"{path}：无法读取类目文件：{broken}")) from broken
    found = tuple(line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))
    if not found:
        raise ConfigError(Text(f"{path}: the category file holds no category; one path a line was expected", f"{path}：类目文件为空；应每行一个类目路径"))
    return found
