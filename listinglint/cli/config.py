"""`listinglint config`: shows the settings that hold for a catalog, and where each is said."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from listinglint.cli import options as opt
from listinglint.config.files import Origin, shown
from listinglint.config.keys import KEYS
from listinglint.config.layers import Layer
from listinglint.config.lines import KeyPath
from listinglint.model import Text

if TYPE_CHECKING:
    from listinglint.config import Config

_SAY: Final = {
    "none": Text("no configuration file; all is as by default", "没有配置文件；全部采用默认值"),
    "files": Text("read, the later over the earlier: {files}", "已读取（后面的优先）：{files}"),
    "default": Text("default", "默认"),
    "override": Text("override {number} ({origin}) {fits}: {conditions}", "第 {number} 个 overrides（{origin}）{fits}：{conditions}"),
    "fits": Text("fits", "适用"),
    "not": Text("does not fit", "不适用"),
    "category": Text("does not fit without a category (--category)", "未指定类目时不适用（--category）"),
    "rules": Text("{on} of {all} rules on; off: {off}", "共 {all} 条规则，启用 {on} 条；未启用：{off}"),
    "nothing": Text("none", "无"),
}


@dataclass(frozen=True)
class _Said:
    """A setting and the places that say it; none where it is as by default."""

    key: str
    value: Any
    origins: tuple[Origin, ...] = ()


@click.command()
@click.argument("path", required=False)
@click.option("--category", metavar="TEXT", help="Show what holds for listings of this category.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Format of the list.")
@opt.config_option
@opt.lang_option
def config(path: str | None, category: str | None, form: str, config: str | None, lang: str | None) -> int:
    """Show the settings that hold for the catalog PATH (or for the current folder), and the file and line that say each.

    Options of other commands come on top of these.
    """
    from listinglint.engine.overrides import Overrides, with_overrides
    from listinglint.marketplaces import marketplace
    from listinglint.rules.registry import choose, load

    found = opt.read_config(config, (path,) if path else (), lang)
    settings = opt.merged(found, {"lang": lang})
    fitting = Overrides(settings, None, lambda _: None).fitting(path, (category,) if category else ())
    effective = with_overrides(settings, fitting)
    known = load(settings)
    on = [active.rule.name for active in choose(effective, marketplace(effective.marketplace), known)]
    off = [name for name in known if name not in on]
    said = list(_said(found, fitting))
    if form == "json":
        click.echo(json.dumps(_document(found, said, fitting, on, off), ensure_ascii=False, indent=2))
        return 0
    for line in _lines(found, said, fitting, category, settings.lang):
        click.echo(line)
    click.echo("# " + _SAY["rules"].format(settings.lang, on=len(on), all=len(known), off=", ".join(off) or _SAY["nothing"].get(settings.lang)))
    return 0


def _said(found: Config, fitting: tuple[int, ...]) -> Iterator[_Said]:
    """All settings in force, in the order of the declared keys; of selectors each layer, the lowest first."""
    layer = found.layer
    layers: list[tuple[Mapping[str, Any], Mapping[KeyPath, tuple[Origin, ...]]]] = [
        (file.table, {(name,): (file.origin((name,)),) for name in file.table}) for file in found.files
    ]
    for at in fitting:
        over = found.layer.overrides[at]
        layer = over.layer.over(layer)
        for one in over.layer.selections:
            layers.append(({"select": one.select, "ignore": one.ignore, "extend-select": one.extend_select}, over.layer.origins))
    for name, key in KEYS.items():
        if key.means == "selector" and key.each is None:
            for table, origins in layers:
                if table.get(name):
                    value = table[name]
                    yield _Said(name, [value] if isinstance(value, str) else list(value), origins[(name,)])
        elif name in layer.table:
            yield from _leaves((name,), layer.table[name], layer)
        elif key.default is not None:
            yield _Said(name, key.default)


def _leaves(key: tuple[str, ...], value: Any, layer: Layer) -> Iterator[_Said]:
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield from _leaves((*key, name), one, layer)
    else:
        yield _Said(shown(key), value, layer.origins.get(key, ()))


def _short(origin: Origin) -> str:
    """The place with its file as seen from the current folder, where that is shorter."""
    try:
        near = os.path.relpath(origin.path)
    except ValueError:
        near = str(origin.path)
    return str(Origin(Path(min(near, str(origin.path), key=len)), origin.line))


def _value(value: Any) -> str:
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False, default=str)


def _lines(found: Config, said: list[_Said], fitting: tuple[int, ...], category: str | None, lang: str) -> Iterator[str]:
    from listinglint.reports.terminal import clean, columns_of, pad

    if not found.files:
        yield "# " + _SAY["none"].get(lang)
    else:
        yield "# " + _SAY["files"].format(lang, files=" → ".join(clean(_short(Origin(file.path, None))) for file in found.files))
    rows = [(clean(f"{one.key} = {_value(one.value)}"), ", ".join(map(_short, one.origins)) or _SAY["default"].get(lang)) for one in said]
    width = min(max((columns_of(left) for left, _ in rows), default=0), 60)
    for left, right in rows:
        yield f"{pad(left, width)}  # {clean(right)}"
    for number, over in enumerate(found.layer.overrides, 1):
        one = over.override
        fits = "fits" if number - 1 in fitting else "category" if one.categories and category is None else "not"
        parts = (("files", one.files), ("categories", one.categories), ("marketplaces", one.marketplaces))
        conditions = "; ".join(f"{name} {', '.join(values)}" for name, values in parts if values)
        yield "# " + _SAY["override"].format(lang, number=number, origin=clean(_short(over.origin)), fits=_SAY[fits].get(lang), conditions=clean(conditions))


def _document(found: Config, said: list[_Said], fitting: tuple[int, ...], on: list[str], off: list[str]) -> dict[str, Any]:
    return {
        "files": [str(file.path) for file in found.files],
        "settings": [{"key": one.key, "value": json.loads(_json(one.value)), "origins": list(map(_place, one.origins))} for one in said],
        "overrides": [
            {"origin": _place(over.origin), "fits": at in fitting, "files": list(over.override.files), "categories": list(over.override.categories),
             "marketplaces": list(over.override.marketplaces)}
            for at, over in enumerate(found.layer.overrides)
        ],
        "rules": {"on": on, "off": off},
    }  # fmt: skip


def _json(value: Any) -> str:
    return json.dumps(value, default=str)


def _place(origin: Origin) -> dict[str, Any]:
    return {"file": str(origin.path), "line": origin.line}
