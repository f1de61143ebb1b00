"""On which lines the keys of a TOML text stand. No TOML library of Python's says that; the text has been read by one before."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from typing import Final

KeyPath = tuple[str | int, ...]
"""A place in a document: names of keys, and numbers (from 0) of items of lists."""

_BLANK: Final = re.compile(r"[ \t]*")
_BETWEEN: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_QUOTED: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})' r"|'''.*?'''(?:'{0,2})" r'|"(?:\\.|[^"\\])*"' r"|'[^']*'",
    re.S,
)
_PLAIN: Final = re.compile(r"[^,\]}\n#]+")


def lines_of(text: str) -> dict[KeyPath, int]:
    """The lines (from 1) of all keys, table headers and list items of a valid TOML text; of a key that stands in several the first."""
    scanner = _Scanner(text)
    scanner.document()
    return scanner.lines


class _Scanner:
    """Walks over a valid text once; it need not find out what is wrong with any other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[KeyPath, int] = {}
        self._ends = [at for at, character in enumerate(text) if character == "\n"]
        self._counts: dict[KeyPath, int] = {}

    def document(self) -> None:
        """Notes all keys of the text."""
        table: KeyPath = ()
        self._pass(_BETWEEN)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._pass(_BETWEEN)

    def _pass(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise ValueError(f"no TOML at character {self.at}")
        self.at = found.end()
        return found.group()

    def _note(self, path: KeyPath, at: int) -> None:
        self.lines.setdefault(path, bisect_left(self._ends, at) + 1)

    def _header(self) -> KeyPath:
        """`[table]` or `[[item of a list]]`; the path that the keys below it have in front."""
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        names = self._names()
        self.at += brackets
        path: KeyPath = ()
        for number, (name, at) in enumerate(names, 1):
            path = (*path, name)
            self._note(path, at)
            if brackets == 2 and number == len(names):
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
                self._note(path, at)
        return path

    def _names(self) -> list[tuple[str, int]]:
        """A key with dots, as its parts and where they stand."""
        out = []
        while True:
            self._pass(_BLANK)
            at = self.at
            quoted = self.text[at] in "\"'"
            raw = self._pass(_QUOTED if quoted else _BARE)
            out.append((str(tomllib.loads(f"name = {raw}")["name"]) if quoted else raw, at))
            self._pass(_BLANK)
            if self.text[self.at] != ".":
                return out
            self.at += 1

    def _pair(self, path: KeyPath) -> None:
        for name, at in self._names():
            path = (*path, name)
            self._note(path, at)
        self.at += 1
        self._pass(_BLANK)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        first = self.text[self.at]
        if first == "[":
            self._items(path)
        elif first == "{":
            self._inline(path)
        else:
            self._pass(_QUOTED if first in "\"'" else _PLAIN)

    def _items(self, path: KeyPath) -> None:
        self.at += 1
        number = 0
        while True:
            self._pass(_BETWEEN)
            if self.text[self.at] == "]":
                break
            self._note((*path, number), self.at)
            self._value((*path, number))
            number += 1
            self._comma()
        self.at += 1

    def _inline(self, path: KeyPath) -> None:
        self.at += 1
        while True:
            self._pass(_BETWEEN)
            if self.text[self.at] == "}":
                break
            self._pair(path)
            self._comma()
        self.at += 1

    def _comma(self) -> None:
        self._pass(_BETWEEN)
        if self.text[self.at] == ",":
            self.at += 1
