"""One configuration file as it stands: its table, checked against the declared keys, and the lines of its keys."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final, NamedTuple

from listinglint.config.errors import ConfigError
from listinglint.config.keys import KEYS, Key, Kind, nearest
from listinglint.config.lines import KeyPath, lines_of
from listinglint.model import FIELDS, Text
from listinglint.model.listing import UnknownField, field_names

PROJECT_FILE: Final = "pyproject.toml"
_PROJECT_TABLE: Final = ("tool", "listinglint")
_LONGEST: Final = 60
"""More characters of a wrong value are not repeated."""


class Origin(NamedTuple):
    """Where something is said: the file and the line, from 1."""

    path: Path
    line: int | None

    def __str__(self) -> str:
        return str(self.path) if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True)
class ConfigFile:
    """A configuration file. `table` has the declared names of keys (`fail-on`, also where `fail_on` is written).

    `table` has been checked against the declared keys; what names rules, selectors, options and marketplaces has not.
    """

    path: Path
    table: Mapping[str, Any]
    lines: Mapping[KeyPath, int] = field(default_factory=dict, repr=False, compare=False)

    def origin(self, key: KeyPath) -> Origin:
        """Where a key of the file, or else the table that holds it, stands."""
        while key and key not in self.lines:
            key = key[:-1]
        return Origin(self.path, self.lines.get(key))

    def error(self, key: KeyPath, message: Text) -> ConfigError:
        """A complaint about a key: file, line, key, and what is wrong with it."""
        return self.wrong(key, Text(f"{shown(key)}: {message.en}", f"{shown(key)}：{message.zh}"))

    def wrong(self, key: KeyPath, message: Text) -> ConfigError:
        """A complaint that names the key itself."""
        path, line = self.origin(key)
        if line is None:
            return ConfigError(Text(f"{path}: {message.en}", f"{path}：{message.zh}"))
        return ConfigError(Text(f"{path}: line {line}: {message.en}", f"{path}：第 {line} 行：{message.zh}"))


def shown(key: KeyPath) -> str:
    """A key as it is written, with dots; items of lists are counted from 1."""
    out = ""
    for one in key:
        if isinstance(one, int):
            out += f"[{one + 1}]"
        else:
            name = one if one and all(c.isalnum() and c.isascii() or c in "-_" for c in one) else repr(one)
            out += f".{name}" if out else name
    return out


def read_file(path: Path) -> ConfigFile | None:
    """The configuration in a file; None for a pyproject.toml that has none.

    Raises ConfigError for a file that cannot be read, for an unknown key and for a value of the wrong kind.
    """
    text = _text(path)
    try:
        table = tomllib.loads(text)
        lines = lines_of(text)
    except tomllib.TOMLDecodeError as broken:
        raise ConfigError(Text(f"{path}: not TOML: {broken}", f"{path}：不是有效的 TOML：{broken}")) from broken
    except RecursionError:
        raise ConfigError(Text(f"{path}: lists or tables lie too deep in each other", f"{path}：列表或表嵌套过深")) from None
    if path.name != PROJECT_FILE:
        return _checked(ConfigFile(path, table, lines))
    inner: Any = table
    for name in _PROJECT_TABLE:
        if name not in inner:
            return None
        inner = inner[name]
        if not isinstance(inner, dict):
            raise ConfigFile(path, {}, lines).error(("tool", name) if name != "tool" else ("tool",), Text("a table was expected", "应为表（table）"))
    front = len(_PROJECT_TABLE)
    return _checked(ConfigFile(path, inner, {key[front:]: line for key, line in lines.items() if key[:front] == _PROJECT_TABLE}))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise ConfigError(Text(f"{path}: not UTF-8 at byte {broken.start}", f"{path}：第 {broken.start} 字节不是 UTF-8 编码")) from broken
    except (OSError, ValueError) as broken:
        reason = getattr(broken, "strerror", None) or str(broken)
        raise ConfigError(Text(f"{path}: cannot be read: {reason}", f"{path}：无法读取：{reason}")) from broken


def checked_file(path: Path, table: Mapping[str, Any]) -> ConfigFile:
    """A table that stands in no file, as if it stood in one at `path`. Raises ConfigError as `read_file` does."""
    return _checked(ConfigFile(path, table))


def _checked(file: ConfigFile) -> ConfigFile:
    lines = dict(file.lines)
    return ConfigFile(file.path, _table(file, file.table, KEYS, (), (), lines), lines)


def _table(
    file: ConfigFile, table: Mapping[str, Any], keys: Mapping[str, Key], given: KeyPath, declared: KeyPath, lines: dict[KeyPath, int]
) -> dict[str, Any]:
    """The table under the declared names of its keys; `given` is its place as it is written, `declared` with these names."""
    out: dict[str, Any] = {}
    for written, value in table.items():
        name = written.replace("_", "-")
        here, there = (*given, written), (*declared, name)
        if name not in keys:
            near = nearest(name, tuple(keys))
            raise file.wrong(
                here,
                Text(
                    f"unknown key {shown(here)!r}; did you mean {near!r}? (known: {', '.join(keys)})",
                    f"没有“{shown(here)}”这一项；您是否想用“{near}”？（可用：{'、'.join(keys)}）",
                ),
            )
        if name in out:
            raise file.error(here, Text(f"is the same as {name!r}, which is there already", f"与已有的“{name}”重复"))
        _note(lines, here, there)
        out[name] = _value(file, value, keys[name], here, there, lines)
    return out


def _value(file: ConfigFile, value: Any, key: Key, given: KeyPath, declared: KeyPath, lines: dict[KeyPath, int]) -> Any:
    if not key.kind.fits(value):
        raise file.error(given, wrong_value(value, key.kind))
    if key.many:
        for number in range(len(value)):
            _note(lines, (*given, number), (*declared, number))
        return [_table(file, one, key.keys or {}, (*given, number), (*declared, number), lines) for number, one in enumerate(value)]
    if key.keys is not None:
        return _table(file, value, key.keys, given, declared, lines)
    if key.each is not None and isinstance(value, dict):
        out: dict[str, Any] = {}
        for written, one in value.items():
            here = (*given, written)
            name = _field(file, written, here) if key.means == "field" else written
            if name in out:
                raise file.error(here, Text(f"is the same as {name!r}, which is there already", f"与已有的“{name}”重复"))
            _note(lines, here, (*declared, name))
            out[name] = _value(file, one, key.each, here, (*declared, name), lines)
        return out
    return value


def _note(lines: dict[KeyPath, int], given: KeyPath, declared: KeyPath) -> None:
    """A key is found under its declared name too."""
    if given in lines:
        lines.setdefault(declared, lines[given])


def _field(file: ConfigFile, written: str, here: KeyPath) -> str:
    if written == "lint-ignore":
        return written
    try:
        return field_names([written.replace("-", "_")])[0]
    except UnknownField:
        near = nearest(written.replace("-", "_"), FIELDS)
        raise file.wrong(
            here,
            Text(
                f"unknown key {shown(here)!r}; did you mean {near!r}? (known: {', '.join((*FIELDS, 'lint-ignore'))})",
                f"没有“{shown(here)}”这一项；您是否想用“{near}”？（可用：{'、'.join((*FIELDS, 'lint-ignore'))}）",
            ),
        ) from None


def wrong_value(value: Any, kind: Kind) -> Text:
    """What was expected instead of a value; of values that can be listed the nearest."""
    text = str(value) if isinstance(value, (date, datetime, time)) else repr(value)
    text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    near = nearest(value, kind.names, 0.5) if isinstance(value, str) else None
    return Text(
        f"{kind.expected.en} was expected, not {text}" + (f"; did you mean {near!r}?" if near else ""),
        f"{kind.expected.zh}，而不是 {text}" + (f"；您是否想用“{near}”？" if near else ""),
    )
