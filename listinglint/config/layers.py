"""What configuration files say, laid over each other: the nearer over the farther, lists that add up added, tables key by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from listinglint.config.files import ConfigFile, Origin, checked_file
from listinglint.config.finding import FILE_NAME
from listinglint.config.keys import CONDITIONS, KEYS, OVERRIDE_KEYS, Key
from listinglint.config.lines import KeyPath
from listinglint.config.settings import Override, Selection
from listinglint.model import Text

_SELECTING: Final = ("select", "ignore", "extend-select")


@dataclass(frozen=True)
class Layer:
    """What one file or several together say. Paths in it are relative to no file any more.

    `table` holds neither `extends` nor what follows: the `selections` and the overrides of the files, the farthest first.
    `origins` tells for each key where it is said; of lists that add up, each place.
    """

    table: Mapping[str, Any] = field(default_factory=dict)
    selections: tuple[Selection, ...] = ()
    overrides: tuple[OverrideLayer, ...] = ()
    origins: Mapping[KeyPath, tuple[Origin, ...]] = field(default_factory=dict)

    def over(self, farther: Layer) -> Layer:
        """This layer laid over another. It makes no difference in which order several are laid over each other in pairs."""
        origins = dict(farther.origins)
        for key, places in self.origins.items():
            origins[key] = (*origins.get(key, ()), *places) if _adds(key) else places
        return Layer(
            _merged(farther.table, self.table, KEYS), (*farther.selections, *self.selections), (*farther.overrides, *self.overrides), origins
        )


@dataclass(frozen=True)
class OverrideLayer:
    """An override: its conditions, what it says, and where it stands."""

    override: Override
    layer: Layer
    origin: Origin


def layer_of(file: ConfigFile) -> Layer:
    """What one file says, whatever it extends. Raises ConfigError for a path or a condition that cannot be."""
    table = {name: _beside(file, value, KEYS[name], (name,)) for name, value in file.table.items() if name not in ("extends", "overrides")}
    overrides = tuple(_override(file, one, ("overrides", at)) for at, one in enumerate(file.table.get("overrides", ())))
    return _layer(file, table, (), overrides)


def _layer(file: ConfigFile, table: Mapping[str, Any], front: KeyPath, overrides: tuple[OverrideLayer, ...] = ()) -> Layer:
    selection = Selection(*(texts_of(table.get(name)) for name in _SELECTING))
    rest = {name: value for name, value in table.items() if name not in _SELECTING}
    origins = {key: (file.origin((*front, *key)),) for key in _leaves(table)}
    return Layer(rest, (selection,) if selection else (), overrides, origins)


def _override(file: ConfigFile, given: Mapping[str, Any], front: KeyPath) -> OverrideLayer:
    table = {name: _beside(file, value, OVERRIDE_KEYS[name], (*front, name)) for name, value in given.items()}
    conditions = {name: texts_of(table.pop(name)) for name in CONDITIONS if name in table}
    if not any(conditions.values()):
        raise file.error(front, Text(f"says for which listings it is by none of {', '.join(CONDITIONS)}", f"没有用 {'、'.join(CONDITIONS)} 说明适用于哪些产品"))
    layer = _layer(file, table, front)
    override = Override(
        **conditions,
        marketplace=layer.table.get("marketplace"),
        selection=layer.selections[0] if layer.selections else Selection(),
        severity=dict(layer.table.get("severity", {})),
        options={name: dict(options) for name, options in layer.table.get("rules", {}).items()},
        seller=seller_values(layer.table.get("seller", {})),
        folder=str(file.path.parent),
    )
    return OverrideLayer(override, layer, file.origin(front))


def override_of(given: Mapping[str, Any], folder: str | Path = ".") -> Override:
    """An override from a mapping with the keys of `[[overrides]]`; paths and file patterns start from `folder`.

    Raises ConfigError for an unknown key, a value of the wrong kind, or no condition.
    """
    file = checked_file(Path(folder) / FILE_NAME, {"overrides": [dict(given)]})
    return layer_of(file).overrides[0].override


def seller_values(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table `[seller]` under the names that Seller has for its keys."""
    single = ("name", "region", "preferred-words")
    return {name.replace("-", "_"): value if name in single else texts_of(value) for name, value in table.items()}


def _merged(farther: Mapping[str, Any], nearer: Mapping[str, Any], keys: Mapping[str, Key] | None, each: Key | None = None) -> dict[str, Any]:
    out = dict(farther)
    for name, value in nearer.items():
        key = keys[name] if keys is not None else each
        if name not in farther or key is None:
            out[name] = value
        elif key.merge == "add":
            out[name] = list(dict.fromkeys((*texts_of(farther[name]), *texts_of(value))))
        elif key.keys is not None or key.each is not None:
            out[name] = _merged(farther[name], value, key.keys, key.each)
        else:
            out[name] = value
    return out


def _adds(path: KeyPath) -> bool:
    """True for a key whose values add up."""
    keys: Mapping[str, Key] = KEYS
    key: Key | None = None
    for name in path:
        if not isinstance(name, str) or name not in keys:
            return False
        key = keys[name]
        keys = key.keys or {}
    return key is not None and key.merge == "add"


def _leaves(table: Mapping[str, Any], front: KeyPath = ()) -> list[KeyPath]:
    out: list[KeyPath] = []
    for name, value in table.items():
        key = (*front, name)
        out += _leaves(value, key) if isinstance(value, dict) and value else [key]
    return out


def _beside(file: ConfigFile, value: Any, key: Key, at: KeyPath) -> Any:
    """The value with the paths in it as seen from the current folder."""
    if key.means not in ("path", "marketplace", "plugin"):
        return value
    if isinstance(value, list):
        return [_beside(file, one, key, (*at, number)) for number, one in enumerate(value)]
    if key.means == "marketplace":
        return beside(file, value, at) if value.endswith(".toml") else value
    return beside(file, value, at) if key.means == "path" else _plugin(file, value, at)


def beside(file: ConfigFile, name: str, at: KeyPath) -> str:
    """A path that is written in a file, from where the file is. Raises ConfigError for one that cannot be."""
    try:
        path = file.path.parent / Path(name).expanduser()
    except RuntimeError:
        raise file.error(at, Text(f"{name!r}: there is no such home folder", f"“{name}”：没有这个用户主目录")) from None
    if "\0" in name:
        raise file.error(at, Text(f"{name!r} cannot be a path", f"{name!r} 不能作为路径"))
    return str(path)


def _plugin(file: ConfigFile, name: str, at: KeyPath) -> str:
    """A module beside the file is meant by its name; others are found as Python finds modules."""
    if name.endswith(".py"):
        return beside(file, name, at)
    parts = name.split(".")
    if not all(part.isidentifier() for part in parts):
        raise file.error(at, Text(f"the name of a module, or the path of a .py file, was expected, not {name!r}", f"应为模块名或 .py 文件路径，而不是 {name!r}"))
    local = file.path.parent.joinpath(*parts).with_suffix(".py")
    return str(local) if local.is_file() else name


def texts_of(value: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """The texts of a value that is one or a list; none where the key is missing."""
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)
