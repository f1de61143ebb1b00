"""The garbage collector rests while listings are judged, and passes over what processes load for good."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SETTLED: Final = 12
"""After so many tasks the tables of words hardly grow any more."""


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keeps the garbage collector from going through the objects of a chunk of listings: nearly all are about to go by themselves."""
    works = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if works:
            gc.enable()


def begin_process() -> None:
    """To be called by a process of a pool when it has made what it works with."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def end_task(tasks: int) -> None:
    """To be called by it after each task; `tasks` is how many it has done."""
    if tasks <= _SETTLED:
        # What was loaded stays for good: the collector need not look through it again, and pages shared with the parent stay shared.
        gc.collect(0)
        gc.freeze()
