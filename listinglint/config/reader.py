"""Reads a configuration file; every complaint names the file and the key."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from listinglint.config.errors import ConfigError
from listinglint.config.finding import find_config
from listinglint.config.keys import KEYS, SELLER_KEYS, TABLE, TEXTS, Kind, day_of, one_of, share_of
from listinglint.config.settings import SEVERITIES, Limits, Seller, Settings
from listinglint.model import FIELDS, Severity, Text
from listinglint.model.listing import UnknownField, field_names


@dataclass(frozen=True)
class Config:
    """A configuration file as read. `path` is None where there is none; `lang` is None where it names no language."""

    settings: Settings = field(default_factory=Settings)
    limits: Limits = field(default_factory=Limits)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    suppressions: str | None = None
    catalog: str | None = None
    baseline: str | None = None
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


class _Reader:
    """Makes a Config of the table of one file; every complaint names the file and the key."""

    def __init__(self, path: Path, table: Mapping[str, Any]) -> None:
        self.path = path
        self.table = self._checked(table, KEYS, "")

    def config(self) -> Config:
        table = self.table
        shares = {"max-failing": share_of}
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
            catalog=table.get("catalog"),
            baseline=self._beside(table["baseline"]) if "baseline" in table else None,
            lang=table.get("lang"),
            path=self.path,
        )

    def _settings(self) -> Settings:
        table = self.table
        market = table.get("marketplace", "alibaba")
        seller = self._checked(table.get("seller", {}), SELLER_KEYS, "seller.")
        return Settings(
            marketplace=self._beside(market) if market.endswith(".toml") else market,
            select=_tuple(table.get("select")),
            ignore=_tuple(table.get("ignore")),
            extend_select=_tuple(table.get("extend-select")),
            severity=self._severity(),
            options=self._options(),
            seller=Seller.of({key.replace("-", "_"): value for key, value in seller.items()}),
            lang=table.get("lang", "en"),
            date=day_of(table.get("date")),
            plugins=tuple(self._plugin(name) for name in _tuple(table.get("plugins"))),
            rule_files=tuple(map(self._beside, _tuple(table.get("rule-files")))),
            thesaurus_files=tuple(map(self._beside, _tuple(table.get("thesaurus-files")))),
            category_file=self._beside(table["category-file"]) if "category-file" in table else None,
            rule_set=table.get("rule-set"),
        )

    def _severity(self) -> dict[str, Severity]:
        kind = one_of(SEVERITIES)
        for key, value in self.table.get("severity", {}).items():
            self._check(f"severity.{key}", value, kind)
        return dict(self.table.get("severity", {}))

    def _options(self) -> dict[str, dict[str, Any]]:
        for key, value in self.table.get("rules", {}).items():
            self._check(f"rules.{key}", value, TABLE)
        return {name: dict(options) for name, options in self.table.get("rules", {}).items()}

    def _columns(self) -> dict[str, tuple[str, ...]]:
        out: dict[str, tuple[str, ...]] = {}
        for key, value in self.table.get("columns", {}).items():
            self._check(f"columns.{key}", value, TEXTS)
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

    def _checked(self, table: Mapping[str, Any], kinds: Mapping[str, Kind], front: str) -> dict[str, Any]:
        out = {}
        for given, value in table.items():
            key = given.replace("_", "-")
            if key not in kinds:
                raise self._unknown(front + given, key, tuple(kinds))
            self._check(front + given, value, kinds[key])
            out[key] = value
        return out

    def _check(self, key: str, value: Any, kind: Kind) -> None:
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
