"""Properties of the configuration: lines of keys, laying files over each other, and that any table is read or refused."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listinglint.config import Config, ConfigError, load_config
from listinglint.config.files import ConfigFile, read_file
from listinglint.config.keys import KEYS, OVERRIDE_KEYS
from listinglint.config.layers import Layer, layer_of, texts_of
from listinglint.config.lines import lines_of

# --- lines of keys ----------------------------------------------------------------------------------------------------

BARE = frozenset(string.ascii_letters + string.digits + "-_")
names = st.one_of(st.text(string.ascii_lowercase + "-_", min_size=1, max_size=6), st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=6))
scalars = st.one_of(
    st.integers(-(10**6), 10**6),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(),
    st.datetimes(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(['"', "'", '"""', "'''", "# no comment", "a = 1", "[x]", "\\", "a\nb\nc", "]", "}", ","]),
)
inner = st.recursive(scalars, lambda one: st.one_of(st.lists(one, max_size=3), st.dictionaries(names, one, max_size=3)), max_leaves=8)
tables = st.dictionaries(names, st.one_of(inner, st.dictionaries(names, inner, max_size=3), st.lists(st.dictionaries(names, inner, max_size=2), max_size=3)), max_size=5)


def basic(text: str) -> str:
    """A basic string of TOML."""
    return '"' + "".join(f"\\{c}" if c in '"\\' else c if c.isprintable() else f"\\U{ord(c):08x}" for c in text) + '"'


class Writer:
    """Writes a document in one of the many ways that TOML has, and keeps the line of each key that it writes."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.out: list[str] = []
        self.lines: dict[tuple[str | int, ...], int] = {}

    def write(self, text: str) -> None:
        self.out.append(text)

    def note(self, path: tuple[str | int, ...]) -> None:
        self.lines.setdefault(path, "".join(self.out).count("\n") + 1)

    def flip(self) -> bool:
        return bool(self.draw(st.booleans()))

    def between(self) -> None:
        self.write(self.draw(st.sampled_from(["", " ", "\n", "\r\n", "\n# it = 'so'\n", "  # [x]\n\t"])))

    def name(self, name: str) -> None:
        if name and set(name) <= BARE and self.flip():
            self.write(name)
        elif "'" not in name and name.isprintable() and self.flip():
            self.write(f"'{name}'")
        else:
            self.write(basic(name))

    def key(self, path: tuple[str | int, ...], front: int) -> None:
        for at in range(front, len(path)):
            if at > front:
                self.write(self.draw(st.sampled_from([".", " . "])))
            self.note(path[: at + 1])
            self.name(str(path[at]))

    def text(self, text: str) -> str:
        plain = all(c == "\n" or c.isprintable() for c in text)
        kind = self.draw(st.integers(0, 3))
        if kind == 0 and plain and "'" not in text and "\n" not in text:
            return f"'{text}'"
        if kind == 1 and plain and "''" not in text and not text.startswith("\n"):
            return f"'''{text}'''"
        if kind == 2 and plain and not text.startswith("\n"):
            return '"""' + text.replace("\\", "\\\\").replace('"""', '""\\"') + '"""'
        return basic(text)

    def value(self, value: Any, path: tuple[str | int, ...]) -> None:
        if isinstance(value, dict):
            self.write("{")
            for number, (name, one) in enumerate(value.items()):
                self.write(", " if number else " ")
                self.pair((*path, name), one, len(path))
            self.write(" }")
        elif isinstance(value, list):
            self.write("[")
            for number, one in enumerate(value):
                self.between()
                self.note((*path, number))
                self.value(one, (*path, number))
                self.between()
                if number < len(value) - 1 or self.flip():
                    self.write(",")
            self.between()
            self.write("]")
        elif isinstance(value, str):
            self.write(self.text(value))
        elif isinstance(value, bool):
            self.write(str(value).lower())
        else:
            self.write(str(value) if isinstance(value, (int, float)) else value.isoformat())

    def pair(self, path: tuple[str | int, ...], value: Any, front: int) -> None:
        while isinstance(value, dict) and len(value) == 1 and self.flip():
            ((name, value),) = value.items()
            path = (*path, name)
        self.key(path, front)
        self.write(self.draw(st.sampled_from(["=", " = ", "\t=  "])))
        self.value(value, path)

    def document(self, table: dict[str, Any]) -> str:
        late = {name for name, one in table.items() if isinstance(one, dict) or (isinstance(one, list) and one and all(isinstance(x, dict) for x in one))}
        late = {name for name in late if self.flip()}
        self.between()
        self.write("\n")
        for name, value in table.items():
            if name not in late:
                self.pair((name,), value, 0)
                self.write(self.draw(st.sampled_from(["\n", " # so\n", "\r\n\n"])))
        for name in table:
            if name not in late:
                continue
            value = table[name]
            for number, one in enumerate(value if isinstance(value, list) else [value]):
                path: tuple[str | int, ...] = (name, number) if isinstance(value, list) else (name,)
                self.note((name,))
                self.note(path)
                self.write("[[" if isinstance(value, list) else "[")
                self.name(name)
                self.write("]]\n" if isinstance(value, list) else "] # head\n")
                for key, held in one.items():
                    self.pair((*path, key), held, len(path))
                    self.write("\n")
        return "".join(self.out)


@given(st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_every_key_is_found_on_its_line(data: st.DataObject) -> None:
    table = data.draw(tables)
    writer = Writer(data.draw)
    text = writer.document(table)
    tomllib.loads(text)
    found = lines_of(text)
    assert found == writer.lines
    rows = text.split("\n")
    for path, line in found.items():
        name = path[-1]
        if isinstance(name, str) and set(name) <= BARE:
            assert name in rows[line - 1]


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("a = 1\n[b]\nc.d = 2\n", ("b", "c", "d"), 3),
        ("[[a]]\nx = 1\n[[a]]\n[a.b]\ny = 1\n[[a.c]]\n[[a.c]]\nz = 1", ("a", 1, "c", 1, "z"), 8),
        ("[[a]]\nx = 1\n[[a]]\n[a.b]\ny = 1", ("a", 1, "b", "y"), 5),
        ('x = """\na = 1\n"""\na = 2', ("a",), 4),
        ('x = """"a"""""\na = 2', ("a",), 2),
        ("x = '''''a'''''\na = 2", ("a",), 2),
        ('x = "\\""\na = 2', ("a",), 2),
        ("x = ['#', # ]\n 1979-05-27 07:32:00Z, 2]\na = 2", ("x", 2), 2),
        ('"a.b".c = 1', ("a.b", "c"), 1),
        ("x = 1\r\ny = 2\r\nz = 3", ("z",), 3),
        ("x = {a = [1,\n2], b = 3}", ("x", "b"), 2),
        ("", ("a",), None),
    ],
)
def test_lines_of_hard_cases(text: str, key: tuple[str | int, ...], line: int | None) -> None:
    assert lines_of(text).get(key) == line


# --- any table --------------------------------------------------------------------------------------------------------

known = sorted({*KEYS, *OVERRIDE_KEYS, "name", "brands", "banned-words", "preferred_words", "title", "tags", "title-length", "titles", "ALL", "near_percent"})
likely: st.SearchStrategy[Any] = st.one_of(
    scalars, st.sampled_from(["error", "info", "en", "amazon", "own.toml", "2%", "2026.11", "titles", "title-length", "a.py", "~x/y", "\0", "*.csv"]), st.integers(0, 6)
)
values = st.recursive(likely, lambda one: st.one_of(st.lists(one, max_size=3), st.dictionaries(st.one_of(st.sampled_from(known), names), one, max_size=3)), max_leaves=10)
documents = st.dictionaries(st.one_of(st.sampled_from(known), st.sampled_from(sorted(KEYS)), names), values, max_size=6)


def dumped(table: dict[str, Any], draw: Any) -> str:
    return Writer(draw).document(table)


@given(st.data())
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_table_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "listinglint.toml"
    text = dumped(data.draw(documents), data.draw)
    path.write_text(text, encoding="utf-8", newline="")
    try:
        assert isinstance(load_config(explicit=path), Config)
    except ConfigError as wrong:
        said = str(wrong)
        assert said.startswith(f"{path}: line ")
        line = int(said.removeprefix(f"{path}: line ").split(":")[0])
        assert 1 <= line <= text.count("\n") + 1
        assert wrong.message.zh.startswith(f"{path}：第 {line} 行：")


@given(st.sampled_from(sorted(KEYS)), st.data())
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_the_line_named_holds_the_key(tmp_path: Path, key: str, data: st.DataObject) -> None:
    """A misspelt key anywhere between right ones is told with its own line, and with the right name."""
    letters = list(key)
    letters.insert(data.draw(st.integers(1, len(letters) - 1)), "q")
    misspelt = "".join(letters)
    before = data.draw(st.lists(st.sampled_from(["", "# note", "min-stars = 2", "lang = 'en'", "ignore = [\n'ALL',\n]"]), unique=True, max_size=5))
    path = tmp_path / "listinglint.toml"
    path.write_text("\n".join([*before, f"{misspelt} = 1"]), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(explicit=path)
    said = str(caught.value)
    line = int(said.removeprefix(f"{path}: line ").split(":")[0])
    assert misspelt in path.read_text(encoding="utf-8").split("\n")[line - 1]
    assert f"did you mean {key!r}?" in said


# --- files over files -------------------------------------------------------------------------------------------------

words = st.sampled_from(["a", "b", "c", "d"])
lists = st.one_of(words, st.lists(words, max_size=3))
selecting = dict.fromkeys(("select", "ignore", "extend-select"), lists)
judging = {
    "marketplace": st.sampled_from(["ebay", "own.toml"]),
    "severity": st.dictionaries(words, st.sampled_from(["error", "info"]), max_size=3),
    "rules": st.dictionaries(words, st.dictionaries(words, st.integers(0, 3), max_size=2), max_size=2),
    "seller": st.fixed_dictionaries(
        {}, optional={"brands": lists, "name": words, "banned-words": lists, "preferred-words": st.dictionaries(words, words, max_size=2)}
    ),
}
one_override = st.fixed_dictionaries({"categories": st.lists(words, min_size=1, max_size=2)}, optional={**selecting, **judging})
said_by_a_file = st.fixed_dictionaries(
    {},
    optional={
        **selecting, **judging, "min-stars": st.integers(1, 5), "lang": st.sampled_from(["en", "zh"]), "plugins": lists, "rule-files": lists,
        "columns": st.dictionaries(st.sampled_from(["title", "id"]), lists, max_size=2), "overrides": st.lists(one_override, max_size=2),
    },
)  # fmt: skip


def layer(folder: str, table: dict[str, Any]) -> Layer:
    return layer_of(ConfigFile(Path(folder, "listinglint.toml"), table))


def plain(one: Layer) -> Any:
    return one.table, one.selections, [over.override for over in one.overrides], one.origins


@given(said_by_a_file, said_by_a_file, said_by_a_file)
def test_laying_files_over_each_other_is_associative(a: dict[str, Any], b: dict[str, Any], c: dict[str, Any]) -> None:
    first, second, third = layer("x", a), layer("y", b), layer("z", c)
    assert plain(third.over(second).over(first)) == plain(third.over(second.over(first)))


@given(said_by_a_file, said_by_a_file)
def test_what_the_nearer_says_holds_and_nothing_is_lost(a: dict[str, Any], b: dict[str, Any]) -> None:
    farther, nearer = layer("x", a), layer("y", b)
    both = nearer.over(farther)
    assert plain(nearer.over(Layer())) == plain(nearer) == plain(Layer().over(nearer))
    assert set(both.table) == set(farther.table) | set(nearer.table)
    assert both.selections == farther.selections + nearer.selections
    for key in ("min-stars", "lang", "marketplace"):
        assert both.table.get(key) == nearer.table.get(key, farther.table.get(key))
    for name, level in nearer.table.get("severity", {}).items():
        assert both.table["severity"][name] == level
    for key in ("plugins", "rule-files"):
        for side in (farther, nearer):
            assert set(texts_of(side.table.get(key))) <= set(texts_of(both.table.get(key)))
    assert set(both.origins) >= set(nearer.origins)


@given(said_by_a_file, st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_is_written_is_what_is_read(tmp_path: Path, table: dict[str, Any], data: st.DataObject) -> None:
    path = tmp_path / "listinglint.toml"
    path.write_text(dumped(table, data.draw), encoding="utf-8", newline="")
    found = read_file(path)
    assert found is not None
    assert found.table == table
    for key in _leaves(table):
        assert found.origin(key).line is not None


def _leaves(table: dict[str, Any], front: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    for name, value in table.items():
        yield (*front, name)
        if isinstance(value, dict):
            yield from _leaves(value, (*front, name))
