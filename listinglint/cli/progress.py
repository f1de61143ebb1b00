"""A progress bar on standard error: for long runs on a terminal, over both passes of a check."""

from __future__ import annotations

import sys
import time
from typing import Final, Protocol, TextIO

from listinglint.model import Text

_PATIENCE: Final = 0.7
"""Seconds that a run may last before a bar is worth showing."""
_EVERY: Final = 0.1
_WIDTH: Final = 24
_READ: Final = 0.25
"""The share of a run that the first pass takes, roughly."""
_PASSES: Final = {"read": Text("reading", "读取"), "check": Text("checking", "检查")}
_COUNT: Final = Text("{n:,} listings", "{n:,} 条")


class Positioned(Protocol):
    """What knows how much of it has been read."""

    position: int
    total: int


class Progress:
    """Draws where a run is; silent where it is switched off.

    `yields` says that the report goes to the same terminal: the bar then ends with the first pass, since the report
    itself shows how far the second has come.
    """

    def __init__(self, catalog: Positioned, lang: str, *, on: bool, yields: bool = False, out: TextIO | None = None) -> None:
        self._catalog = catalog
        self._lang = lang
        self._on = on
        self._yields = yields
        self._out = out or sys.stderr
        self._count = 0
        self._start = time.monotonic()
        self._last = 0.0
        self._drawn = False

    def __call__(self, stage: str, count: int) -> None:
        """Called by the engine with the pass and the number of listings done; the first pass tells how many there are."""
        if stage == "read":
            self._count = count
        if not self._on or (self._yields and stage == "check"):
            return
        now = time.monotonic()
        if now - self._start < _PATIENCE or now - self._last < _EVERY:
            return
        self._last = now
        if stage == "read":
            done = min(1.0, self._catalog.position / self._catalog.total) if self._catalog.total else 0.0
            share = done if self._yields else done * _READ
        else:
            share = _READ + (1 - _READ) * min(1.0, count / max(self._count, 1))
        full = round(share * _WIDTH)
        bar = "━" * full + "╌" * (_WIDTH - full)
        self._out.write(f"\r{bar} {share:4.0%}  {_PASSES[stage].get(self._lang)} {_COUNT.format(self._lang, n=count)}\x1b[K")
        self._out.flush()
        self._drawn = True

    def clear(self) -> None:
        """Takes the bar away."""
        if self._drawn:
            self._out.write("\r\x1b[K")
            self._out.flush()
            self._drawn = False
