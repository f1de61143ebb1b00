"""Lints a catalog: a first pass gathers what needs all of it, a second lints listing by listing, in order, in processes.

Results depend neither on the number of processes nor on how the listings are parted: chunks have one size, and what the
first pass gathers is merged in the catalog's order.
"""

from __future__ import annotations

import contextlib
import dataclasses
import pickle
import signal
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from listinglint.config import Settings
from listinglint.engine.linter import Linter, internal_error
from listinglint.engine.suppress import Suppressions
from listinglint.language.statistics import CatalogStatistics
from listinglint.model import CatalogSummary, InternalError, Listing, ListingReport
from listinglint.rules.rule import Resolved

CHUNK: Final = 250
_FEW: Final = 400
"""Below so many listings a pool costs more than it saves."""


@dataclass
class Counts:
    """What the summary adds up, report by report."""

    listings: int = 0
    findings: int = 0
    total: float = 0.0
    suppressed: int = 0
    baselined: int = 0
    previews: int = 0
    by_rule: dict[str, int] = field(default_factory=dict)
    by_severity: dict[str, int] = field(default_factory=dict)
    stars: dict[int, int] = field(default_factory=lambda: dict.fromkeys(range(1, 6), 0))
    errors: list[InternalError] = field(default_factory=list)
    sections: dict[str, tuple[float, int]] = field(default_factory=dict)
    """Sum of scores and number of listings of each section that applied."""

    def add(self, report: ListingReport) -> None:
        """Counts one report."""
        self.listings += 1
        self.findings += len(report.findings)
        self.total += report.score
        self.suppressed += report.suppressed
        self.baselined += report.baselined
        self.stars[report.stars] += 1
        self.errors.extend(report.errors)
        for name, value in report.sections.items():
            if value is not None:
                total, count = self.sections.get(name, (0.0, 0))
                self.sections[name] = (total + value, count + 1)
        for finding in report.findings:
            self.by_rule[finding.rule] = self.by_rule.get(finding.rule, 0) + 1
            self.by_severity[finding.severity] = self.by_severity.get(finding.severity, 0) + 1
            self.previews += finding.preview

    def summary(self, *, failed: bool = False, reasons: Sequence[str] = (), notes: Sequence[str] = ()) -> CatalogSummary:
        """The summary of all that was counted; the score of an empty catalog is 0."""
        return CatalogSummary(
            listings=self.listings,
            findings=self.findings,
            by_rule=dict(sorted(self.by_rule.items(), key=lambda item: (-item[1], item[0]))),
            by_severity={level: self.by_severity.get(level, 0) for level in ("error", "warning", "info")},
            stars=self.stars,
            score=round(self.total / self.listings, 1) if self.listings else 0.0,
            suppressed=self.suppressed,
            baselined=self.baselined,
            previews=self.previews,
            failed=failed,
            reasons=tuple(reasons),
            notes=tuple(notes),
            internal_errors=tuple(self.errors),
            statistics={name: round(total / count, 1) for name, (total, count) in self.sections.items()},
        )


def check(
    catalog: Iterable[Listing],
    settings: Settings | None = None,
    *,
    jobs: int = 1,
    suppressions: Suppressions | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Iterator[ListingReport]:
    """The reports of a catalog's listings, in order; `catalog` is gone through twice.

    `progress` is called with the pass (`read` or `check`) and the number of listings done so far.
    """
    linter = Linter(settings, suppressions)
    yield from _check(catalog, linter, jobs, progress)


def lint_catalog(listings: Sequence[Listing], settings: Settings | None = None, *, jobs: int = 1) -> list[ListingReport]:
    """The reports of listings that are in memory, with the findings across listings."""
    return list(check(listings, settings, jobs=jobs))


def _check(
    catalog: Iterable[Listing], linter: Linter, jobs: int, progress: Callable[[str, int], None] | None
) -> Iterator[ListingReport]:
    if jobs > 1 and _at_most(catalog, _FEW):
        jobs = 1
    with _Executor(linter, jobs) as pool, _Spill() as spill:
        statistics = CatalogStatistics()
        errors: dict[int, list[InternalError]] = {}
        done = 0
        for count, partial, values, crashed in pool.map("gather", _chunks(catalog)):
            statistics.merge(partial)
            for at, name, value in values:
                spill.add(name, done + at, value)
            for at, error in crashed:
                errors.setdefault(done + at, []).append(error)
            done += count
            if progress:
                progress("read", done)
        across: dict[str, Resolved] = {}
        for active in linter.across:
            try:
                across[active.rule.name] = active.rule.resolve(spill.values(active.rule.name), active.options) if active.rule.resolve else {}
            except Exception as crash:
                errors.setdefault(0, []).append(internal_error(active.rule.name, None, crash))
        pool.share(statistics if statistics.titles >= _ENOUGH else None)
        done = 0
        for reports, used in pool.map("lint", _with_across(_chunks(catalog), across)):
            done += len(reports)
            if linter.suppressions is not None:
                linter.suppressions.used |= used
            if errors:
                reports = [_with_errors(report, errors.get(done - len(reports) + at)) for at, report in enumerate(reports)]
            yield from reports
            if progress:
                progress("check", done)


def _with_errors(report: ListingReport, errors: list[InternalError] | None) -> ListingReport:
    return dataclasses.replace(report, errors=(*errors, *report.errors)) if errors else report


_ENOUGH: Final = 20
"""Of so many titles on the catalog's statistics say something about words."""


def _at_most(catalog: Iterable[Listing], few: int) -> bool:
    return sum(1 for _ in islice(iter(catalog), few + 1)) <= few


def _chunks(catalog: Iterable[Listing]) -> Iterator[list[Listing]]:
    listings = iter(catalog)
    while chunk := list(islice(listings, CHUNK)):
        yield chunk


Chunk = tuple[list[Listing], dict[int, dict[str, list[dict[str, Any]]]]]


def _with_across(chunks: Iterable[list[Listing]], across: dict[str, Resolved]) -> Iterator[Chunk]:
    start = 0
    for chunk in chunks:
        found: dict[int, dict[str, list[dict[str, Any]]]] = {}
        for name, resolved in across.items():
            if resolved:
                for at in range(len(chunk)):
                    hits = resolved.get(start + at)
                    if hits:
                        found.setdefault(at, {})[name] = hits
        yield chunk, found
        start += len(chunk)


# --- what a process does ----------------------------------------------------------------------------------------------

Gathered = tuple[int, CatalogStatistics, list[tuple[int, str, Any]], list[tuple[int, InternalError]]]


@dataclass(frozen=True)
class _Worker:
    """The two passes over a chunk, with all that they need."""

    linter: Linter
    statistics: CatalogStatistics | None

    def gather(self, chunk: list[Listing]) -> Gathered:
        """The first pass: the chunk's statistics, and the values of the rules across listings (and crashes) with their places."""
        values: list[tuple[int, str, Any]] = []
        errors: list[tuple[int, InternalError]] = []
        if self.linter.across:
            for at, listing in enumerate(chunk):
                found, crashed = self.linter.extract(listing)
                values.extend((at, name, value) for name, value in found.items())
                errors.extend((at, error) for error in crashed)
        return len(chunk), CatalogStatistics.of(chunk), values, errors

    def lint(self, chunk: Chunk) -> tuple[list[ListingReport], set[int]]:
        """The second pass: the chunk's reports, and which suppressions were used."""
        listings, across = chunk
        reports = [self.linter.lint(listing, self.statistics, across.get(at, {})) for at, listing in enumerate(listings)]
        return reports, self.linter.suppressions.used if self.linter.suppressions else set()


_here: _Worker
"""The worker of a process of the pool."""


def _start(settings: Settings, suppressions: Suppressions | None, path: str | None) -> None:
    global _here
    # Ctrl-C reaches the whole group of processes; one that it ends in the middle of a queue leaves the others waiting.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    statistics = None
    if path is not None:
        with Path(path).open("rb") as handle:
            statistics = pickle.load(handle)
    _here = _Worker(Linter(settings, suppressions), statistics)


def _work(step: str, chunk: Any) -> Any:
    """A step of this process's worker."""
    return getattr(_here, step)(chunk)


def _awake() -> None:
    """Work for a pool that is to start its processes now."""


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Holds Ctrl-C back, also from processes started meanwhile, which inherit that."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Executor:
    """Maps a step of the worker over chunks in order, in this process or in a pool, with few chunks under way."""

    def __init__(self, linter: Linter, jobs: int) -> None:
        self._linter = linter
        self._statistics: CatalogStatistics | None = None
        self._jobs = jobs
        self._file: IO[bytes] | None = None
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> _Executor:
        self._open(None)
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        if self._file is not None:
            self._file.close()

    def _open(self, path: str | None) -> None:
        if self._jobs > 1:
            self._pool = ProcessPoolExecutor(
                self._jobs, initializer=_start, initargs=(self._linter.settings, self._linter.suppressions, path)
            )
            with _without_interrupts():
                self._pool.submit(_awake)

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def share(self, statistics: CatalogStatistics | None) -> None:
        """Gives every process the statistics of the whole catalog."""
        self._close()
        path = None
        if self._jobs > 1 and statistics is not None:
            self._file = tempfile.NamedTemporaryFile(suffix=".statistics")  # noqa: SIM115 (closed on exit)
            pickle.dump(statistics, self._file, protocol=pickle.HIGHEST_PROTOCOL)
            self._file.flush()
            path = self._file.name
        self._statistics = statistics
        self._open(path)

    def map(self, step: str, chunks: Iterable[Any]) -> Iterator[Any]:
        """A step (`gather` or `lint`) of every chunk, in order."""
        if self._pool is None:
            # No state of the module: several catalogs may be under way in threads.
            yield from map(getattr(_Worker(self._linter, self._statistics), step), chunks)
            return
        under_way: deque[Future[Any]] = deque()
        source = iter(chunks)
        try:
            for chunk in source:
                under_way.append(self._pool.submit(_work, step, chunk))
                if len(under_way) >= 3 * self._jobs:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()


class _Spill:
    """Values per rule with their ordinals, in order; on disk, so that memory does not grow with the catalog."""

    _IN_MEMORY = 1 << 24

    def __init__(self) -> None:
        self._files: dict[str, IO[bytes]] = {}
        self._counts: dict[str, int] = {}

    def __enter__(self) -> _Spill:
        return self

    def __exit__(self, *_: object) -> None:
        for handle in self._files.values():
            handle.close()

    def add(self, name: str, ordinal: int, value: Any) -> None:
        """Keeps one value of a rule."""
        handle = self._files.get(name)
        if handle is None:
            handle = self._files[name] = tempfile.SpooledTemporaryFile(max_size=self._IN_MEMORY)  # noqa: SIM115 (closed on exit)
        pickle.dump((ordinal, value), handle, protocol=pickle.HIGHEST_PROTOCOL)
        self._counts[name] = self._counts.get(name, 0) + 1

    def values(self, name: str) -> Iterator[tuple[int, Any]]:
        """The values of a rule in the catalog's order."""
        handle = self._files.get(name)
        if handle is None:
            return
        handle.seek(0)
        for _ in range(self._counts[name]):
            yield pickle.load(handle)
