"""The configuration of a run: the nearest file, with those that it extends below it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from listinglint.config.files import ConfigFile, read_file
from listinglint.config.finding import find_config
from listinglint.config.keys import day_of, share_of
from listinglint.config.layers import Layer, beside, layer_of, seller_values, texts_of
from listinglint.config.settings import Limits, Selection, Seller, Settings
from listinglint.model import Text

DEEPEST: Final = 10
"""So many files may extend each other in a row."""
_MOST_FILES: Final = 200


@dataclass(frozen=True)
class Config:
    """A configuration as read. `path` is None where there is no file; `lang` is None where none names a language.

    `files` are those that were read, the farthest first, the file at `path` last; `layer` is what they say together.
    """

    settings: Settings = field(default_factory=Settings)
    limits: Limits = field(default_factory=Limits)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    suppressions: str | None = None
    catalog: str | None = None
    baseline: str | None = None
    lang: str | None = None
    path: Path | None = None
    files: tuple[ConfigFile, ...] = field(default=(), repr=False)
    layer: Layer = field(default_factory=Layer, repr=False)


def load_config(start: Path | None = None, explicit: Path | None = None) -> Config:
    """The configuration for a catalog at `start` (a file or folder), or of the file `explicit`.

    Raises ConfigError, with file, line and key, for one that cannot be used. Without a file all is as by default. What is
    named in it (rules, selectors, options, marketplaces) is checked by `listinglint.rules.config_check`.
    """
    path = explicit if explicit is not None else find_config(start or Path.cwd())
    if path is None:
        return Config()
    chain = _Chain()
    file = read_file(path) or ConfigFile(path, {})
    layer = chain.read(file, ())
    return _config(layer, path, tuple(chain.files))


class _Chain:
    """Reads a file and those that it extends, depth first."""

    def __init__(self) -> None:
        self.files: list[ConfigFile] = []

    def read(self, file: ConfigFile, above: tuple[Path, ...]) -> Layer:
        """What a file says over those that it extends; `above` are the files that led to it."""
        way = (*above, file.path.resolve())
        layer = Layer()
        names = file.table.get("extends", [])
        for number, name in enumerate([names] if isinstance(names, str) else names):
            at = ("extends",) if isinstance(names, str) else ("extends", number)
            layer = self.read(self._extended(file, name, at, way), way).over(layer)
        if len(self.files) == _MOST_FILES:
            raise file.wrong((), Text(f"more than {_MOST_FILES} files are extended in all", f"继承的文件总数超过 {_MOST_FILES} 个"))
        self.files.append(file)
        return layer_of(file).over(layer)

    def _extended(self, file: ConfigFile, name: str, at: tuple[str | int, ...], way: tuple[Path, ...]) -> ConfigFile:
        path = Path(beside(file, name, at))
        whole = path.resolve()
        plain = Path(os.path.normpath(path))
        if plain.resolve() == whole:
            path = plain
        shown = " → ".join(str(one) for one in (*way, whole))
        if whole in way:
            raise file.error(at, Text(f"the files extend each other in a circle: {shown}", f"配置文件循环继承：{shown}"))
        if len(way) > DEEPEST:
            raise file.error(at, Text(f"more than {DEEPEST} files extend each other in a row: {shown}", f"连续继承超过 {DEEPEST} 层：{shown}"))
        if not path.is_file():
            raise file.error(at, Text(f"{name!r}: there is no such file ({whole})", f"“{name}”：没有这个文件（{whole}）"))
        found = read_file(path)
        if found is None:
            raise file.error(at, Text(f"{name!r} has no table [tool.listinglint]", f"“{name}”中没有 [tool.listinglint] 表"))
        return found


def _config(layer: Layer, path: Path, files: tuple[ConfigFile, ...]) -> Config:
    table = layer.table
    limits: dict[str, Any] = {
        key.replace("-", "_"): table[key] for key in ("fail-on", "min-stars", "min-score", "min-catalog-score", "max-findings") if key in table
    }
    if "max-failing" in table:
        limits["max_failing"] = share_of(table["max-failing"])
    return Config(
        settings=_settings(layer),
        limits=Limits(**limits),
        columns={name: texts_of(value) for name, value in table.get("columns", {}).items()},
        suppressions=table.get("suppressions"),
        catalog=table.get("catalog"),
        baseline=table.get("baseline"),
        lang=table.get("lang"),
        path=path,
        files=files,
        layer=layer,
    )


def _settings(layer: Layer) -> Settings:
    table = layer.table
    *beneath, top = layer.selections or (Selection(),)
    return Settings(
        marketplace=table.get("marketplace", "alibaba"),
        select=top.select,
        ignore=top.ignore,
        extend_select=top.extend_select,
        severity=dict(table.get("severity", {})),
        options={name: dict(options) for name, options in table.get("rules", {}).items()},
        seller=Seller().changed(seller_values(table.get("seller", {}))),
        lang=table.get("lang", "en"),
        date=day_of(table.get("date")),
        plugins=texts_of(table.get("plugins")),
        rule_files=texts_of(table.get("rule-files")),
        thesaurus_files=texts_of(table.get("thesaurus-files")),
        category_file=table.get("category-file"),
        beneath=tuple(beneath),
        overrides=tuple(one.override for one in layer.overrides),
        rule_set=table.get("rule-set"),
    )
