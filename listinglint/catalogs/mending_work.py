"""What a process does when a catalog is mended: the first pass over a chunk of listings, and the fixes of each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from listinglint.config import Settings
from listinglint.engine import FixResult, Linter, fix
from listinglint.engine.cache import ListingCache, Noted, why_uncached
from listinglint.engine.collector import begin_process, end_task
from listinglint.engine.packing import pack, unpack
from listinglint.engine.passes import noted_statistics_of, statistics_of
from listinglint.engine.pool import Pool, shares
from listinglint.engine.suppress import Suppressions
from listinglint.engine.warming import warm
from listinglint.language.statistics import CatalogStatistics
from listinglint.model import Edit, InternalError, Listing, ListingReport
from listinglint.model.listing import Value

Cell = tuple[str, int]
"""A field and which of its parts."""
Across = Mapping[str, list[dict[str, Any]]]


class Task(NamedTuple):
    """A chunk of listings, packed. For the fixes also, by the listing's number in it: the cells that cannot be written, and what the rules
    across listings found; `statistics` is a file with those of the catalog."""

    listings: bytes
    first: int
    last: int
    held: Mapping[int, frozenset[Cell]] = {}
    across: Mapping[int, Across] = {}
    statistics: str | None = None

    @classmethod
    def of(cls, listings: Sequence[Listing], **more: Any) -> Task:
        return cls(pack(listings), 0, len(listings), **more)

    def unpacked(self) -> list[Listing]:
        return unpack(self.listings)[self.first : self.last]


class Gathered(NamedTuple):
    """The first pass over a chunk: its statistics, and the values of the rules across listings with the numbers of their listings."""

    listings: int
    statistics: CatalogStatistics
    values: Mapping[str, Sequence[tuple[int, Any]]]


class Mended(NamedTuple):
    """What became of a listing: its values (None: as they were), scores before and after, the rules whose fixes were made and the cells that they
    changed, and crashes. `asked` are the edits that were to be made and could be as far as is known, `refused` those of cells that cannot be
    written, each with the rule that still asks for it at the end (None: none does)."""

    values: Mapping[str, Value] | None
    before: float
    after: float
    rules: tuple[tuple[Cell, str], ...]
    outcome: str
    left_out: tuple[str, ...]
    errors: tuple[InternalError, ...]
    asked: tuple[Edit, ...]
    refused: tuple[tuple[Edit, str | None], ...]

    @classmethod
    def of(cls, listing: Listing, result: FixResult, asked: Iterable[Edit], refused: Iterable[Edit]) -> Mended:
        def still(edit: Edit) -> str | None:
            return next((one.rule for one in result.after.findings if one.fix and edit in one.fix.edits), None)

        rules = dict.fromkeys(((edit.field, edit.part), one.rule) for one in result.findings for edit in (one.fix.edits if one.fix else ()))
        return cls(
            None if result.listing.values == listing.values else result.listing.values, result.before.score, result.after.score, tuple(rules), result.outcome,
            result.left_out, tuple(result.before.errors), tuple(asked), tuple((edit, still(edit)) for edit in dict.fromkeys(refused)),
        )  # fmt: skip


class Fixed(NamedTuple):
    """The second pass over a chunk: what became of its listings, and what there is to keep of them for the next round."""

    listings: Sequence[Mended]
    noted: Noted = Noted()


def mended(
    linter: Linter, listing: Listing, *, unsafe: bool, statistics: CatalogStatistics | None, across: Across, refuses: Callable[[Edit], bool],
    report: ListingReport | None = None,
) -> Mended:  # fmt: skip
    """Mends a listing; `refuses` says which edits cannot be made, `report` is the listing's own where it is known already."""
    asked: dict[Edit, None] = {}
    refused: list[Edit] = []

    def allowed(edit: Edit) -> bool:
        if refuses(edit):
            refused.append(edit)
            return False
        asked[edit] = None
        return True

    result = fix(listing, linter, unsafe=unsafe, statistics=statistics, across=across, allowed=allowed, report=report)
    return Mended.of(listing, result, asked, refused)


@dataclass
class Worker:
    """A process's linter, and the names of the rules across listings whose fixes are wanted; `tasks` counts those done in a pool.

    `cache` has the reports of the rounds before: most listings are judged the same in the next one.
    """

    linter: Linter
    unsafe: bool
    across: tuple[str, ...]
    cache: ListingCache | None = None
    tasks: int = 0

    def gather(self, task: Task) -> Gathered:
        """The first pass."""
        listings = task.unpacked()
        values: dict[str, list[tuple[int, Any]]] = {}
        if self.across:
            for at, (found, _, _) in enumerate(self.linter.extract_all(listings, self.across)):
                for name, value in found.items():
                    values.setdefault(name, []).append((at, value))
        return Gathered(len(listings), CatalogStatistics.of(listings), values)

    def fix(self, task: Task) -> Fixed:
        """The second pass. Listings that have nothing to mend, most of them, are done with their first report."""
        listings, statistics = task.unpacked(), statistics_of(task.statistics)
        numbers = range(task.first, task.last)
        across = [task.across.get(at, {}) for at in numbers]
        noted = Noted()
        if self.cache is None:
            reports = self.linter.lint_all(listings, statistics, across)
        else:
            reports, noted = self.cache.reports(self.linter, listings, noted_statistics_of(task.statistics), across)
        done = [
            mended(self.linter, listing, unsafe=self.unsafe, statistics=statistics, across=found, report=report, refuses=_in(task.held.get(at, frozenset())))
            for at, listing, found, report in zip(numbers, listings, across, reports, strict=True)
        ]
        return Fixed(done, noted)

    def lost(self, step: str, task: Task) -> Gathered | Fixed:
        """What stands for a single listing that processes die of."""
        (listing,) = task.unpacked()
        if step == "gather":
            return Gathered(1, CatalogStatistics(), {})
        record = listing.source.record if listing.source is not None else None
        error = InternalError("(process)", listing.text("id"), record, "the process that worked on this listing died, twice")
        return Fixed((Mended(None, 0.0, 0.0, (), "unchanged", (), (error,), (), ()),))


def _in(cells: frozenset[Cell]) -> Callable[[Edit], bool]:
    return lambda edit: (edit.field, edit.part) in cells


class Workers:
    """Maps the passes over chunks in order, in this process or in a pool of `jobs`; what `cache` holds of listings is not found out again."""

    def __init__(self, linter: Linter, unsafe: bool, across: tuple[str, ...], jobs: int, cache: ListingCache | None = None) -> None:
        if cache is not None and why_uncached(linter) is not None:
            cache = None
        self._worker = Worker(linter, unsafe, across, cache)
        if jobs > 1 and shares():
            warm()
        self._pool = Pool(jobs, _start, (linter.settings, linter.suppressions, unsafe, across, cache), _work) if jobs > 1 else None

    def map(self, step: str, tasks: Iterable[Task]) -> Iterator[Any]:
        """What a step (`gather` or `fix`) makes of each task, in order."""
        if self._pool is None:
            answers: Iterator[Any] = map(getattr(self._worker, step), tasks)
        else:
            answers = self._pool.map(step, tasks, _part, self._worker.lost)
        for answer in answers:
            if self._worker.cache is not None and isinstance(answer, Fixed):
                self._worker.cache.add(answer.noted)
            yield answer

    def close(self, *, kill: bool = False) -> None:
        """Ends the processes."""
        if self._pool is not None:
            self._pool.close(kill=kill)


def _start(settings: Settings, suppressions: Suppressions | None, unsafe: bool, across: tuple[str, ...], cache: ListingCache | None) -> Worker:
    worker = Worker(Linter(settings, suppressions), unsafe, across, cache)
    begin_process()
    return worker


def _work(worker: Worker, step: str, task: Task) -> Any:
    answer = getattr(worker, step)(task)
    worker.tasks += 1
    end_task(worker.tasks)
    return answer


def _part(task: Task) -> list[Task]:
    """The halves of a task; none where it is a single listing."""
    if task.last - task.first < 2:
        return []
    middle = (task.first + task.last) // 2
    return [task._replace(last=middle), task._replace(first=middle)]
