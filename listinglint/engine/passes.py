"""What checking and mending share: listings in chunks, and the catalog's statistics as the processes of the second pass read them."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from listinglint.language.spelling import search_catalog
from listinglint.language.statistics import CatalogStatistics, NotedStatistics

ENOUGH: Final = 20
"""Of so many titles on the catalog's statistics say something about words."""

_One = TypeVar("_One")


def chunks(listings: Iterable[_One], size: int) -> Iterator[list[_One]]:
    """So many of them at a time, in order; the last chunk may be shorter."""
    stream = iter(listings)
    while chunk := list(islice(stream, size)):
        yield chunk


@lru_cache(maxsize=4)
def statistics_of(path: str | None) -> CatalogStatistics | None:
    """The statistics in a file that this run wrote between the passes; None where there are none."""
    if path is None:
        return None
    found: CatalogStatistics = pickle.loads(Path(path).read_bytes())
    return found


@lru_cache(maxsize=4)
def noted_statistics_of(path: str | None) -> NotedStatistics | None:
    """The same, noting what they are asked."""
    statistics = statistics_of(path)
    return NotedStatistics(statistics, search_catalog) if statistics is not None else None
