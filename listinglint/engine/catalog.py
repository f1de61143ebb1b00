"""Lints a catalog: a first pass gathers what needs all of it, a second lints listing by listing, in order, in processes.

Results depend neither on the number of processes nor on how the listings are parted: chunks have one size, and what the
first pass gathers is merged in the catalog's order. The source is read once; between the passes its listings lie packed in
a temporary file, from which the processes take their chunks, so that memory does not grow with the catalog.
"""

from __future__ import annotations

import dataclasses
import pickle
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from listinglint.config import Settings
from listinglint.engine.cache import ListingCache, Noted, why_uncached
from listinglint.engine.collector import begin_process, collector_at_rest, end_task
from listinglint.engine.errors import EngineError
from listinglint.engine.linter import Linter, internal_error
from listinglint.engine.packing import pack, unpack
from listinglint.engine.passes import ENOUGH, chunks, noted_statistics_of, statistics_of
from listinglint.engine.suppress import Suppressions
from listinglint.language.statistics import CatalogStatistics
from listinglint.model import CatalogSummary, InternalError, Listing, ListingReport, Text
from listinglint.model.reports import SECTIONS
from listinglint.rules.rule import Resolved

if TYPE_CHECKING:
    from listinglint.engine.pool import Pool

CHUNK: Final = 250
_FEW: Final = 400
"""Up to so many listings are kept in memory and linted here: a pool would cost more than it saves."""

Digested = TypeVar("Digested")
Digest = Callable[[Linter, list[ListingReport]], Digested]
Progress = Callable[[str, int], None]


@dataclass
class Counts:
    """What the summary adds up, report by report. Scores have one decimal and are added as whole tenths: exact in any order."""

    listings: int = 0
    findings: int = 0
    tenths: int = 0
    suppressed: int = 0
    baselined: int = 0
    previews: int = 0
    by_rule: dict[str, int] = field(default_factory=dict)
    by_severity: dict[str, int] = field(default_factory=dict)
    stars: dict[int, int] = field(default_factory=lambda: dict.fromkeys(range(1, 6), 0))
    errors: list[InternalError] = field(default_factory=list)
    sections: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Tenths of score and number of listings of each section that applied."""

    def add(self, report: ListingReport) -> None:
        """Counts one report."""
        self.listings += 1
        self.findings += len(report.findings)
        self.tenths += round(10 * report.score)
        self.suppressed += report.suppressed
        self.baselined += report.baselined
        self.stars[report.stars] += 1
        self.errors.extend(report.errors)
        for name, value in report.sections.items():
            if value is not None:
                tenths, count = self.sections.get(name, (0, 0))
                self.sections[name] = (tenths + round(10 * value), count + 1)
        for finding in report.findings:
            self.by_rule[finding.rule] = self.by_rule.get(finding.rule, 0) + 1
            self.by_severity[finding.severity] = self.by_severity.get(finding.severity, 0) + 1
            self.previews += finding.preview

    def merge(self, other: Counts) -> None:
        """Adds what was counted elsewhere, of listings that come after these."""
        self.listings += other.listings
        self.findings += other.findings
        self.tenths += other.tenths
        self.suppressed += other.suppressed
        self.baselined += other.baselined
        self.previews += other.previews
        self.errors.extend(other.errors)
        for mine, theirs in ((self.by_rule, other.by_rule), (self.by_severity, other.by_severity)):
            for name, count in theirs.items():
                mine[name] = mine.get(name, 0) + count
        for level, count in other.stars.items():
            self.stars[level] += count
        for name, (tenths, count) in other.sections.items():
            before = self.sections.get(name, (0, 0))
            self.sections[name] = (before[0] + tenths, before[1] + count)

    def summary(self, *, failed: bool = False, reasons: Sequence[str] = (), notes: Sequence[str] = ()) -> CatalogSummary:
        """The summary of all that was counted; the score of an empty catalog is 0."""
        return CatalogSummary(
            listings=self.listings,
            findings=self.findings,
            by_rule=dict(sorted(self.by_rule.items(), key=lambda item: (-item[1], item[0]))),
            by_severity={level: self.by_severity.get(level, 0) for level in ("error", "warning", "info")},
            stars=self.stars,
            score=round(self.tenths / 10 / self.listings, 1) if self.listings else 0.0,
            suppressed=self.suppressed,
            baselined=self.baselined,
            previews=self.previews,
            failed=failed,
            reasons=tuple(reasons),
            notes=tuple(notes),
            internal_errors=tuple(self.errors),
            statistics={name: round(tenths / 10 / count, 1) for name, (tenths, count) in self.sections.items()},
        )


def check(
    catalog: Iterable[Listing],
    settings: Settings | None = None,
    *,
    jobs: int = 1,
    suppressions: Suppressions | None = None,
    progress: Progress | None = None,
    cache: ListingCache | None = None,
) -> Iterator[ListingReport]:
    """The reports of a catalog's listings, in order.

    `progress` is called with the pass (`read` or `check`) and the number of listings done so far.
    """
    linter = Linter(settings, suppressions)
    for reports in digested(catalog, linter, reports_themselves, jobs=jobs, progress=progress, cache=cache):
        yield from reports


def reports_themselves(linter: Linter, reports: list[ListingReport]) -> list[ListingReport]:
    """The digest that leaves reports as they are."""
    return reports


def lint_catalog(listings: Sequence[Listing], settings: Settings | None = None, *, jobs: int = 1) -> list[ListingReport]:
    """The reports of listings that are in memory, with the findings across listings."""
    return list(check(listings, settings, jobs=jobs))


def digested(
    catalog: Iterable[Listing],
    linter: Linter,
    digest: Digest[Digested],
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    cache: ListingCache | None = None,
) -> Generator[Digested, None, None]:
    """What `digest` makes of the reports, chunk by chunk in the catalog's order, in the process that made the reports.

    A report has many small objects; where only its text or its counts are wanted, these alone go from process to process.
    `digest` must pickle, and so must what it returns. A listing that processes die of gets an internal error in place of
    findings. What `cache` holds of listings is not found out again. Raises EngineError where no process
    comes up, or the temporary folder has no room for the listings.
    """
    stream = iter(catalog)
    few = list(islice(stream, _FEW + 1))
    with tempfile.TemporaryDirectory(prefix="listinglint-") as folder:
        store: _Held | _Spooled
        if len(few) <= _FEW or (jobs == 1 and isinstance(catalog, Sequence)):
            store, jobs = _Held(chunks(chain(few, stream), CHUNK)), 1
        else:
            store = _Spooled(chunks(chain(few, stream), CHUNK), Path(folder) / "listings")
        if cache is not None and why_uncached(linter) is not None:
            cache = None
        # Where most listings are known there is little to load for the others.
        fresh = jobs > 1 and (cache is None or not cache.knows(linter, few[:CHUNK]))
        del few
        with _Executor(linter, digest, jobs, cache, warmed=fresh) as pool, _Spill() as spill:
            yield from _two_passes(linter, pool, store, spill, Path(folder) / "statistics", progress)


def _two_passes(
    linter: Linter, pool: _Executor, store: _Held | _Spooled, spill: _Spill, shared: Path, progress: Progress | None
) -> Iterator[Any]:
    statistics = CatalogStatistics()
    errors: dict[int, list[InternalError]] = {}
    done = 0
    for gathered in pool.map("gather", (_Task(chunk) for chunk in store.filled())):
        statistics.merge(gathered.statistics)
        for name, values in gathered.values.items():
            spill.add(name, done, values)
        for at, error in gathered.errors:
            errors.setdefault(done + at, []).append(error)
        done += gathered.listings
        if progress:
            progress("read", done)
    across: dict[str, Resolved] = {}
    for active in linter.across:
        try:
            across[active.rule.name] = active.rule.resolve(spill.values(active.rule.name), active.options) if active.rule.resolve else {}
        except Exception as crash:
            errors.setdefault(0, []).append(internal_error(active.rule.name, None, crash))
    statistics_file = None
    if statistics.titles >= ENOUGH:
        shared.write_bytes(pickle.dumps(statistics.told(), protocol=pickle.HIGHEST_PROTOCOL))
        statistics_file = str(shared)
    del statistics
    done = 0
    for linted in pool.map("lint", _with_across(store.again(), across, errors, statistics_file)):
        done += linted.listings
        if linter.suppressions is not None:
            linter.suppressions.used |= linted.used
        yield linted.digest
        if progress:
            progress("check", done)


class _Slice(NamedTuple):
    """A chunk in the file of packed listings, or the listings from `first` to before `last` of it."""

    path: str
    offset: int
    length: int
    first: int
    last: int


class _Task(NamedTuple):
    """A chunk, and for the second pass what the first found out; places count from the chunk's first listing."""

    chunk: list[Listing] | _Slice
    across: Mapping[int, Mapping[str, list[dict[str, Any]]]] = {}
    errors: Mapping[int, Sequence[InternalError]] = {}
    statistics: str | None = None


class _Held:
    """The chunks of a small catalog, or of one that is in memory anyway."""

    def __init__(self, chunks: Iterable[list[Listing]]) -> None:
        self._chunks = list(chunks)

    def filled(self) -> Iterator[list[Listing]]:
        """The chunks as they come in."""
        return iter(self._chunks)

    again = filled


class _Spooled:
    """The chunks of a large catalog, packed in a file as they are read."""

    def __init__(self, chunks: Iterable[list[Listing]], path: Path) -> None:
        self._chunks = chunks
        self._path = path
        self._slices: list[_Slice] = []

    def filled(self) -> Iterator[_Slice]:
        """The chunks as they come in; each is in the file when it is given out."""
        with self._path.open("wb", buffering=0) as file:
            offset = 0
            for chunk in self._chunks:
                data = pack(chunk)
                _write(file, data)
                self._slices.append(_Slice(str(self._path), offset, len(data), 0, len(chunk)))
                offset += len(data)
                yield self._slices[-1]

    def again(self) -> Iterator[_Slice]:
        """The same chunks once more."""
        return iter(self._slices)


def _write(file: IO[bytes], data: bytes) -> None:
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[file.write(rest) :]
    except OSError as error:
        folder, reason = tempfile.gettempdir(), error.strerror or str(error)
        raise EngineError(
            Text(
                f"the listings cannot be kept in the temporary folder {folder}: {reason}; make room there, or set TMPDIR to another folder",
                f"无法在临时文件夹 {folder} 中暂存产品数据：{reason}；请清理空间，或用 TMPDIR 指定其他文件夹",
            )
        ) from None


def _with_across(
    chunks: Iterable[list[Listing] | _Slice], across: Mapping[str, Resolved], errors: Mapping[int, list[InternalError]], statistics: str | None
) -> Iterator[_Task]:
    start = 0
    for chunk in chunks:
        count = chunk.last if isinstance(chunk, _Slice) else len(chunk)
        found: dict[int, dict[str, list[dict[str, Any]]]] = {}
        for name, resolved in across.items():
            if resolved:
                for at in range(count):
                    hits = resolved.get(start + at)
                    if hits:
                        found.setdefault(at, {})[name] = hits
        crashed = {at: errors[start + at] for at in range(count) if start + at in errors} if errors else {}
        yield _Task(chunk, found, crashed, statistics)
        start += count


# --- what a process does ----------------------------------------------------------------------------------------------

class _Gathered(NamedTuple):
    """The first pass over a chunk: its statistics, the pickled values of each rule across listings, and crashes with their places."""

    listings: int
    statistics: CatalogStatistics
    values: Mapping[str, bytes]
    errors: Sequence[tuple[int, InternalError]]
    noted: Noted = Noted()


class _Linted(NamedTuple):
    """The second pass over a chunk: the digest of its reports, the suppressions used so far, and the seconds that rules took."""

    listings: int
    digest: Any
    used: set[int]
    times: Mapping[str, float]
    noted: Noted = Noted()


@dataclass
class _Worker:
    """The two passes over a chunk, with all that they need; `tasks` counts those done in a process of the pool."""

    linter: Linter
    digest: Digest[Any]
    cache: ListingCache | None = None
    tasks: int = 0

    @collector_at_rest()
    def gather(self, task: _Task) -> _Gathered:
        """The first pass."""
        listings = _listings(task.chunk)
        values: dict[str, list[tuple[int, Any]]] = {}
        errors: list[tuple[int, InternalError]] = []
        noted = Noted()
        if self.linter.across:
            if self.cache is None:
                extracted = self.linter.extract_all(listings)
            else:
                extracted, noted = self.cache.extracted(self.linter, listings)
            for at, (found, crashed, _) in enumerate(extracted):
                for name, value in found.items():
                    values.setdefault(name, []).append((at, value))
                errors.extend((at, error) for error in crashed)
        packed = {name: pickle.dumps(of_rule, protocol=pickle.HIGHEST_PROTOCOL) for name, of_rule in values.items()}
        return _Gathered(len(listings), CatalogStatistics.of(listings), packed, errors, noted)

    @collector_at_rest()
    def lint(self, task: _Task) -> _Linted:
        """The second pass."""
        linter = self.linter
        listings = _listings(task.chunk)
        first = task.chunk.first if isinstance(task.chunk, _Slice) else 0
        across = [task.across.get(at, {}) for at in range(first, first + len(listings))]
        noted = Noted()
        if self.cache is None:
            reports = linter.lint_all(listings, statistics_of(task.statistics), across)
        else:
            reports, noted = self.cache.reports(linter, listings, noted_statistics_of(task.statistics), across)
        for at, errors in task.errors.items():
            if 0 <= at - first < len(reports):
                report = reports[at - first]
                reports[at - first] = dataclasses.replace(report, errors=(*errors, *report.errors))
        used = set(linter.suppressions.used) if linter.suppressions else set()
        return _Linted(len(reports), self.digest(linter, reports), used, linter.take_times(), noted)

    def lost(self, step: str, task: _Task) -> _Gathered | _Linted:
        """What stands for a single listing that processes die of."""
        listing = _listings(task.chunk)[0]
        record = listing.source.record if listing.source is not None else None
        error = InternalError("(process)", listing.text("id"), record, "the process that worked on this listing died, twice")
        if step == "gather":
            return _Gathered(1, CatalogStatistics(), {}, [(0, error)])
        known = task.errors.get(task.chunk.first, ()) if isinstance(task.chunk, _Slice) else ()
        report = ListingReport(listing, (), 0.0, 1, dict.fromkeys(SECTIONS), errors=tuple(dict.fromkeys((*known, error))))
        return _Linted(1, self.digest(self.linter, [report]), set(), {})


def _start(settings: Settings, suppressions: Suppressions | None, digest: Digest[Any], timed: bool, cache: ListingCache | None) -> _Worker:
    worker = _Worker(Linter(settings, suppressions, timed=timed), digest, cache)
    begin_process()
    return worker


def _work(worker: _Worker, step: str, task: _Task) -> Any:
    """A step (`gather` or `lint`) of a worker in a process of its own."""
    answer = getattr(worker, step)(task)
    worker.tasks += 1
    end_task(worker.tasks)
    return answer


def _listings(chunk: list[Listing] | _Slice) -> list[Listing]:
    if isinstance(chunk, list):
        return chunk
    with Path(chunk.path).open("rb") as file:
        file.seek(chunk.offset)
        return unpack(file.read(chunk.length))[chunk.first : chunk.last]


def _part(task: _Task) -> list[_Task]:
    """The halves of a task; none where it is a single listing."""
    chunk = task.chunk
    if not isinstance(chunk, _Slice) or chunk.last - chunk.first < 2:
        return []
    middle = (chunk.first + chunk.last) // 2
    return [task._replace(chunk=chunk._replace(last=middle)), task._replace(chunk=chunk._replace(first=middle))]


class _Executor:
    """Maps the two passes over chunks in order, in this process or in a pool."""

    def __init__(self, linter: Linter, digest: Digest[Any], jobs: int, cache: ListingCache | None, *, warmed: bool) -> None:
        # No state of the module: several catalogs may be under way in threads.
        self._worker = _Worker(linter, digest, cache)
        self._pool: Pool | None = None
        if jobs > 1:
            from listinglint.engine.pool import Pool, shares
            from listinglint.engine.warming import warm

            if warmed and shares():
                warm()
            self._pool = Pool(jobs, _start, (linter.settings, linter.suppressions, digest, linter.timed, cache), _work)

    def __enter__(self) -> _Executor:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool is not None:
            self._pool.close(kill=kind is not None)

    def map(self, step: str, tasks: Iterable[_Task]) -> Iterator[Any]:
        """What a step makes of every task, in order."""
        if self._pool is None:
            answers: Iterator[Any] = map(getattr(self._worker, step), tasks)
        else:
            answers = self._pool.map(step, tasks, _part, self._worker.lost)
        for answer in answers:
            if self._worker.cache is not None:
                self._worker.cache.add(answer.noted)
            if isinstance(answer, _Linted):
                self._worker.linter.add_times(answer.times)
            yield answer


class _Spill:
    """Values per rule with their ordinals, in order; on disk, so that memory does not grow with the catalog."""

    _IN_MEMORY = 1 << 22

    def __init__(self) -> None:
        self._files: dict[str, IO[bytes]] = {}
        self._blocks: dict[str, list[tuple[int, int]]] = {}

    def __enter__(self) -> _Spill:
        return self

    def __exit__(self, *_: object) -> None:
        for handle in self._files.values():
            handle.close()

    def add(self, name: str, start: int, values: bytes) -> None:
        """Keeps the pickled values of a rule over a chunk that begins at `start`."""
        handle = self._files.get(name)
        if handle is None:
            handle = self._files[name] = tempfile.SpooledTemporaryFile(max_size=self._IN_MEMORY)  # noqa: SIM115 (closed on exit)
        handle.write(values)
        self._blocks.setdefault(name, []).append((start, len(values)))

    def values(self, name: str) -> _Values:
        """The values of a rule in the catalog's order; they can be gone through again."""
        return _Values(self._files.get(name), self._blocks.get(name, ()))


class _Values:
    """The values that a rule took from listings, with the listings' places in the catalog."""

    def __init__(self, file: IO[bytes] | None, blocks: Sequence[tuple[int, int]]) -> None:
        self._file, self._blocks = file, blocks

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        if self._file is None:
            return
        place = 0
        for start, length in self._blocks:
            self._file.seek(place)
            place += length
            for at, value in pickle.loads(self._file.read(length)):
                yield start + at, value
