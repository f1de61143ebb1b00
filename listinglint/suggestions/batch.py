"""Suggestions for many listings, in order, in processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from listinglint.config import Settings
from listinglint.model import Listing
from listinglint.suggestions.candidate import Suggestions
from listinglint.suggestions.demand import SearchTerms
from listinglint.suggestions.graph import KeyphraseGraph
from listinglint.suggestions.propose import Suggester, rows_of

if TYPE_CHECKING:
    import pandas

CHUNK: Final = 100
_FEW: Final = 300

_suggester: Suggester


def _start(settings: Settings, terms: SearchTerms | None, graph: KeyphraseGraph | None, only: tuple[str, ...] | None, without: tuple[str, ...]) -> None:
    global _suggester
    _suggester = Suggester(settings, terms=terms, graph=graph, only=only, without=without)


def _work(job: tuple[list[Listing], bool]) -> list[Suggestions]:
    listings, titles = job
    return [_suggester.suggest(listing, titles=titles) for listing in listings]


def suggest_many(
    listings: Iterable[Listing], settings: Settings | None = None, *, terms: SearchTerms | None = None, graph: KeyphraseGraph | None = None,
    only: Iterable[str] | None = None, without: Iterable[str] = (), titles: bool = True, jobs: int = 1, progress: Callable[[int], None] | None = None,
) -> Iterator[tuple[Listing, Suggestions]]:  # fmt: skip
    """Each listing with its suggestions, in order. `progress` is called with the number done so far."""
    source = iter(listings)
    first = list(islice(source, _FEW))
    setup = (settings or Settings(), terms, graph, tuple(only) if only is not None else None, tuple(without))
    done = 0
    if jobs <= 1 or len(first) < _FEW:
        suggester = Suggester(setup[0], terms=terms, graph=graph, only=setup[3], without=setup[4])
        for at, listing in enumerate(_chained(first, source), 1):
            yield listing, suggester.suggest(listing, titles=titles)
            if progress and at % 50 == 0:
                progress(at)
        return
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=setup) as pool:
        under_way: deque[tuple[list[Listing], Future[list[Suggestions]]]] = deque()
        rest = iter(_chained(first, source))
        while True:
            chunk = list(islice(rest, CHUNK))
            if chunk:
                under_way.append((chunk, pool.submit(_work, (chunk, titles))))
            if under_way and (not chunk or len(under_way) >= 3 * jobs):
                members, future = under_way.popleft()
                yield from zip(members, future.result(), strict=True)
                done += len(members)
                if progress:
                    progress(done)
            if not chunk and not under_way:
                return


def _chained(first: list[Listing], rest: Iterator[Listing]) -> Iterator[Listing]:
    yield from first
    yield from rest


def suggest_frame(frame: pandas.DataFrame, listings: Sequence[Listing], *, marketplace: str = "alibaba", jobs: int = 1, **options: Any) -> pandas.DataFrame:
    """A copy of `frame` with the suggested keywords and title of each row's listing in new columns."""
    rows = [rows_of(found) for _, found in suggest_many(listings, Settings(marketplace=marketplace), jobs=jobs, **options)]
    out = frame.copy()
    for name in ("suggested_keywords", "suggested_title", "title_gain", "added_words"):
        out[name] = [row[name] for row in rows]
    return out
