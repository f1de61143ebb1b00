"""Shows two texts against each other: the changed places of a cell, and a file as a unified diff."""

from __future__ import annotations

import difflib
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from listinglint.catalogs.differences import changes
from listinglint.catalogs.writing import Block

_AROUND: Final = 30
"""Characters of a cell shown on both sides of a change."""
_CONTEXT: Final = 3


def hunks(before: str, after: str) -> list[tuple[str, str]]:
    """The changed places of a text, old and new, each with a little of what stands around it; short texts come whole."""
    if before == after:
        return []
    if max(len(before), len(after)) <= 4 * _AROUND:
        return [(before, after)]
    out: list[tuple[str, str]] = []
    places = _merged(list(changes(before, after)))
    for a, b, c, d in places:
        left, right = min(a, c, _AROUND), min(len(before) - b, len(after) - d, _AROUND)
        out.append((_excerpt(before, a - left, b + right), _excerpt(after, c - left, d + right)))
    return out


def _excerpt(text: str, start: int, end: int) -> str:
    return ("…" if start > 0 else "") + text[start:end] + ("…" if end < len(text) else "")


def _merged(places: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Changes whose surroundings would overlap, as one."""
    out: list[tuple[int, int, int, int]] = []
    for a, b, c, d in places:
        if out and a - out[-1][1] <= 2 * _AROUND:
            out[-1] = (out[-1][0], b, out[-1][2], d)
        else:
            out.append((a, b, c, d))
    return out


def unified(name: str, blocks: Iterable[Block]) -> Iterator[str]:
    """A unified diff of a file that comes block by block, with the file's own line ends; nothing where nothing changes."""
    ops = _lines(blocks)
    before: deque[str] = deque(maxlen=_CONTEXT)
    old = new = 1
    body: list[str] = []
    counts, starts, quiet = [0, 0], (1, 1), 0
    shown = inside = False
    for sign, line in ops:
        if sign != " " and not inside:
            inside = True
            body = [f" {one}" for one in before]
            counts = [len(body), len(body)]
            starts = (old - len(body), new - len(body))
        if inside:
            body.append(sign + line)
            counts[0] += sign != "+"
            counts[1] += sign != "-"
            quiet = quiet + 1 if sign == " " else 0
            if quiet > 2 * _CONTEXT:
                yield from _hunk(name, shown, starts, counts, body, quiet - _CONTEXT)
                shown, inside, body, quiet = True, False, [], 0
        if sign != "+":
            old += 1
        if sign != "-":
            new += 1
        if sign == " ":
            before.append(line)
        else:
            before.clear()
    if body:
        yield from _hunk(name, shown, starts, counts, body, max(0, quiet - _CONTEXT))


def _hunk(name: str, shown: bool, starts: tuple[int, int], counts: list[int], body: list[str], spare: int) -> Iterator[str]:
    if spare:
        body = body[:-spare]
    if not shown:
        yield f"--- {name}\n+++ {name}\n"
    sizes = [count - spare for count in counts]
    places = [start if size else start - 1 for start, size in zip(starts, sizes, strict=True)]
    yield f"@@ -{places[0]},{sizes[0]} +{places[1]},{sizes[1]} @@\n"
    for line in body:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """Lines with their sign; blocks that do not end with a line are taken together with those behind them."""
    old = new = ""
    for block in blocks:
        old, new = old + block.before, new + block.after
        if old.endswith("\n") and new.endswith("\n"):
            yield from _signed(old, new)
            old = new = ""
    yield from _signed(old, new)


def _signed(old: str, new: str) -> Iterator[tuple[str, str]]:
    before, after = _split(old), _split(new)
    if old == new:
        yield from ((" ", line) for line in before)
        return
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((" ", line) for line in before[a:b])
        else:
            yield from (("-", line) for line in before[a:b])
            yield from (("+", line) for line in after[c:d])


def _split(text: str) -> list[str]:
    """Lines by `\\n` alone, as diff programs count them."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
