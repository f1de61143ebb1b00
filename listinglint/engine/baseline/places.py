"""Which file and sheet the entries of a baseline come from, and which of them a run reads.

Entries forgive wherever their listing stands. Where it stood matters only to what is taken out of a baseline: a run that did not read a
file cannot say that its findings are gone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from listinglint.model import Source


class Place(NamedTuple):
    """A file, as seen from the folder of the baseline and with `/` between its parts, and a sheet of it; empty where there is none."""

    file: str = ""
    sheet: str = ""


NOWHERE = Place()


class Places:
    """The places of one run. `baseline` is the baseline's path (None: places play no part), `read` are the files and sheets that the run reads.

    With `parts` it reads only these sheets of its files (one was asked for), else all that there is in them.
    """

    def __init__(self, baseline: str | Path | None = None, read: Iterable[tuple[str, str | None]] = (), *, parts: bool = False) -> None:
        self._folder = None if baseline is None else os.path.dirname(os.path.abspath(baseline))  # noqa: PTH100, PTH120 - links stay what they are
        self._name = lru_cache(maxsize=1000)(self._name_of)
        self._there = lru_cache(maxsize=1000)(self._is_there)
        self._read = {Place(self._name(file), sheet or "") for file, sheet in read}
        self._whole = frozenset() if parts else frozenset(place.file for place in self._read)

    def of(self, source: Source | None) -> Place:
        """The place of a listing."""
        if source is None or not source.source or self._folder is None:
            return NOWHERE
        return Place(self._name(source.source), source.sheet or "")

    @property
    def read(self) -> frozenset[Place]:
        """The places that the run reads, those without a name left out."""
        return frozenset(place for place in self._read if place.file)

    def elsewhere(self, place: Place) -> bool:
        """True for a place that the run does not read though its file is there."""
        return bool(place.file) and place not in self._read and place.file not in self._whole and self._there(place.file)

    def _name_of(self, shown: str) -> str:
        if self._folder is None or shown == "-":
            return ""
        try:
            return Path(os.path.relpath(os.path.abspath(shown), self._folder)).as_posix()  # noqa: PTH100
        except ValueError:  # another drive
            return Path(os.path.abspath(shown)).as_posix()  # noqa: PTH100

    def _is_there(self, file: str) -> bool:
        return self._folder is not None and os.path.exists(os.path.join(self._folder, file))  # noqa: PTH110, PTH118
