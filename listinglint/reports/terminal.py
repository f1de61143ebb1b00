"""Writes texts on a terminal: visible stand-ins for control characters, wide characters counted as two, colours, wrapping."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SHORT: Final = {"\n": "⏎", "\r": "⏎", "\t": " "}

STYLES: Final = {
    "bold": "1", "dim": "2", "underline": "4", "red": "31", "green": "32", "yellow": "33", "blue": "34", "magenta": "35", "cyan": "36",
}  # fmt: skip


def visible(char: str) -> str:
    """A character as it may be sent to a terminal: what would steer it, or hide, is shown by its number."""
    if " " <= char <= "~":
        return char
    if char in _SHORT:
        return _SHORT[char]
    if unicodedata.category(char) in _HIDDEN:
        return f"<U+{ord(char):04X}>"
    return char


def clean(text: str) -> str:
    """`text` with every character visible."""
    return text if text.isascii() and text.isprintable() else "".join(map(visible, text))


_NARROW: Final = dict.fromkeys(map(ord, "★☆…·–—−‘’“”←→↑↓×●✓✗│"), "x")
"""The marks of our own reports, which take one column each; with these alone the table of all characters stays closed."""


def columns_of(text: str) -> int:
    """The columns that a text takes on a terminal."""
    if text.isascii() or text.translate(_NARROW).isascii():
        return len(text)
    from wcwidth import wcwidth

    return sum(max(wcwidth(char), 0) for char in text)


def cut(text: str, width: int) -> str:
    """`text` in at most `width` columns, with `…` where it was cut."""
    if columns_of(text) <= width:
        return text
    out, used = "", 0
    for char in text:
        wide = columns_of(char)
        if used + wide > width - 1:
            break
        out, used = out + char, used + wide
    return out + "…"


def pad(text: str, width: int) -> str:
    """`text` with spaces behind it up to `width` columns."""
    return text + " " * max(0, width - columns_of(text))


class Cell(NamedTuple):
    """One character of a text to be wrapped: what is shown for it, its columns, and the mark it bears."""

    shown: str
    width: int
    mark: str | None = None


def cells_of(text: str, marks: Sequence[str | None] | None = None) -> list[Cell]:
    """The cells of a text; `marks` holds one for each character."""
    shown = [visible(char) for char in text]
    return [Cell(one, columns_of(one), marks[at] if marks else None) for at, one in enumerate(shown)]


def wrap_cells(cells: Sequence[Cell], first: int, rest: int) -> list[list[Cell]]:
    """Lines of cells: the first at most `first` columns wide, the others `rest`; broken at spaces and beside wide characters."""
    lines: list[list[Cell]] = []
    line: list[Cell] = []
    used, last_break, limit = 0, 0, max(first, 4)
    for cell in cells:
        if line and _may_break(line[-1], cell):
            last_break = len(line)
        while used + cell.width > limit and line and cell.shown != " ":
            at = last_break or len(line)
            lines.append(line[:at])
            line = line[at:]
            used, last_break, limit = sum(one.width for one in line), 0, max(rest, 4)
        line.append(cell)
        used += cell.width
    if line:
        lines.append(line)
    return lines or [[]]


def _may_break(before: Cell, after: Cell) -> bool:
    """Lines end after spaces and beside wide characters, but neither after an opening mark nor before a closing one."""
    if after.shown == " " or after.shown in _NO_BREAK_BEFORE or before.shown in _NO_BREAK_AFTER:
        return False
    return before.shown == " " or before.width == 2 or after.width == 2


_NO_BREAK_AFTER: Final = frozenset("“‘（《【")
_NO_BREAK_BEFORE: Final = frozenset("”’）》】，。；：！？、,.;:!?)")


def wrap(text: str, first: int, rest: int) -> list[str]:
    """The lines of a cleaned text; see `wrap_cells`."""
    return ["".join(cell.shown for cell in line).rstrip() for line in wrap_cells(cells_of(text), first, rest)]


class Paint:
    """Colours texts, or leaves them."""

    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, text: str, *styles: str) -> str:
        """`text` in these `STYLES`."""
        if not self.on or not styles or not text:
            return text
        return f"\x1b[{';'.join(STYLES[one] for one in styles)}m{text}\x1b[0m"


def may_colour(terminal: bool, environment: dict[str, str]) -> bool:
    """Whether to colour: NO_COLOR and FORCE_COLOR decide where they are set, else whether it is a terminal."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return terminal and environment.get("TERM") != "dumb"
