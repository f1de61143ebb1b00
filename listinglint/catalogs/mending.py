"""Mends a catalog file: finds what its listings' fixes change, cell by cell, and writes a copy with those cells changed."""

from __future__ import annotations

import pickle
import tempfile
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from listinglint.catalogs.catalog import Catalog
from listinglint.catalogs.delimited import DelimitedSource
from listinglint.catalogs.errors import CatalogError
from listinglint.catalogs.jsons import JsonSource
from listinglint.catalogs.mending_work import Across, Cell, Mended, Task, Workers, mended
from listinglint.catalogs.tables import replace_file
from listinglint.catalogs.workbook_writing import WorkbookWriter
from listinglint.catalogs.workbooks import SheetSource
from listinglint.catalogs.writing import CellChange, DelimitedWriter, JsonWriter, Writer
from listinglint.engine import Linter
from listinglint.engine.cache import listing_cache
from listinglint.engine.passes import ENOUGH, chunks
from listinglint.language.statistics import CatalogStatistics
from listinglint.model import Edit, InternalError, Listing, Text
from listinglint.model.listing import Value
from listinglint.rules.registry import ActiveRule

_MOST_ROUNDS: Final = 6
_CHUNK: Final = 100
_FEW: Final = 200
"""So few listings are done before another process is there."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A fix that was not made, since the cell cannot be written."""

    listing: Listing
    edit: Edit
    rule: str
    why: Text


@dataclass
class Mending:
    """What mending a catalog comes to. `before` and `after` are its mean scores; nothing has been written yet.

    `worse` holds listings with the rules whose fixes were left out since the score would fall, `unsettled` listings whose
    fixes undo each other, `errors` the crashes of rules.
    """

    writer: Writer
    changes: list[CellChange] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    worse: list[tuple[Listing, tuple[str, ...]]] = field(default_factory=list)
    unsettled: list[Listing] = field(default_factory=list)
    errors: list[InternalError] = field(default_factory=list)
    listings: int = 0
    before: float = 0.0
    after: float = 0.0

    @property
    def mended(self) -> int:
        """How many listings change."""
        return len({change.listing for change in self.changes})

    def write(self, target: Path) -> None:
        """Writes the mended file, whole or not at all. Raises CatalogError where that would not be what was meant."""
        replace_file(target, lambda part: self.writer.write(self.changes, part))


def writer_of(catalog: Catalog, encoding: str | None = None, *, mark: bool = False, lang: str = "en") -> Writer:
    """What writes to the file of a catalog. `encoding` is the one that was asked for on opening; `mark` gives the
    mended cells of a workbook a fill, and a comment in `lang`.

    Raises CatalogError for several files, and for formats that cannot be mended.
    """
    readers = catalog.readers
    files = {info.file for info in catalog.sources}
    if len(files) > 1:
        raise CatalogError(Text("one file at a time can be mended", "一次只能修改一个文件"), file=", ".join(sorted(files)[:3]))
    first = readers[0]
    if isinstance(first, DelimitedSource):
        return DelimitedWriter(first, encoding)
    if isinstance(first, JsonSource):
        return JsonWriter(first)
    sheets = [reader for reader in readers if isinstance(reader, SheetSource)]
    if sheets:
        return WorkbookWriter(sheets, mark=mark, lang=lang)
    raise CatalogError(
        Text(
            "a Parquet file can be checked but not mended: it has no cells to change in place; save it as CSV, XLSX or JSON lines",
            "Parquet 文件可以检查，但无法逐格修改；请另存为 CSV、XLSX 或 JSON Lines",
        ),
        file=first.info.file,
    )


def mend(
    catalog: Catalog,
    linter: Linter,
    *,
    unsafe: bool = False,
    encoding: str | None = None,
    mark: bool = False,
    lang: str = "en",
    progress: Callable[[str, int], None] | None = None,
    jobs: int = 1,
) -> Mending:
    """What the fixes of a catalog's listings change. Nothing is written; `Mending.write` does that.

    What the catalog itself says (words, spellings) counts as in a check. Since mending changes that too, the catalog is
    gone through until no listing changes any more, so that mending the mended file finds nothing left to do. Any number of
    processes (`jobs`) finds the same. Raises CatalogError for a file that cannot be read or mended.
    """
    writer = writer_of(catalog, encoding, mark=mark, lang=lang)
    if jobs > 1 and len(list(islice(catalog, _FEW + 1))) <= _FEW:
        jobs = 1
    return _Mender(catalog, linter, writer, unsafe, progress, jobs).rounds()


def across_rules(linter: Linter, kinds: Container[str]) -> list[ActiveRule]:
    """The rules across listings whose fixes are of these kinds."""
    return [active for active in linter.across if active.rule.fix in kinds]


def gathered(
    catalog: Iterable[Listing], linter: Linter, rules: Sequence[ActiveRule], progress: Callable[[str, int], None] | None = None
) -> tuple[CatalogStatistics | None, dict[str, Mapping[int, list[dict[str, Any]]]]]:
    """The first pass over a catalog: its statistics, and what these rules find across its listings."""
    return _gathered(catalog, Workers(linter, False, _names(rules), 1), rules, progress)


def _names(rules: Sequence[ActiveRule]) -> tuple[str, ...]:
    return tuple(active.rule.name for active in rules)


def _gathered(
    catalog: Iterable[Listing], workers: Workers, rules: Sequence[ActiveRule], progress: Callable[[str, int], None] | None
) -> tuple[CatalogStatistics | None, dict[str, Mapping[int, list[dict[str, Any]]]]]:
    statistics = CatalogStatistics()
    values: dict[str, list[tuple[int, Any]]] = {}
    done = 0
    for found in workers.map("gather", (Task.of(chunk) for chunk in chunks(catalog, _CHUNK))):
        statistics.merge(found.statistics)
        for name, some in found.values.items():
            values.setdefault(name, []).extend((done + at, value) for at, value in some)
        done += found.listings
        if progress:
            progress("read", done)
    across = {}
    for active in rules:
        if active.rule.resolve is not None:
            across[active.rule.name] = active.rule.resolve(iter(values.get(active.rule.name, ())), active.options)
    return statistics if statistics.titles >= ENOUGH else None, across


class _Waiting(NamedTuple):
    """A listing whose fixes are being looked for: its number, itself, what rules across listings found, and the cells that cannot be written."""

    at: int
    listing: Listing
    across: Across
    held: Mapping[Cell, Text]


class _Mender:
    """Rounds over a catalog, with what the rounds before have changed laid over its listings."""

    def __init__(
        self, catalog: Catalog, linter: Linter, writer: Writer, unsafe: bool, progress: Callable[[str, int], None] | None, jobs: int
    ) -> None:
        self.catalog, self.linter, self.writer, self.unsafe, self.progress = catalog, linter, writer, unsafe, progress
        self.across = across_rules(linter, ("safe", "unsafe", "both") if unsafe else ("safe", "both"))
        self.jobs = jobs
        self.mending = Mending(writer)
        self.values: dict[int, dict[str, Value]] = {}
        self.originals: dict[int, Listing] = {}
        self.rules: dict[int, dict[Cell, dict[str, None]]] = {}

    def rounds(self) -> Mending:
        """Goes through the catalog until nothing changes any more."""
        with tempfile.TemporaryDirectory(prefix="listinglint-", ignore_cleanup_errors=True) as folder:
            cache = listing_cache(Path(folder) / "reports")
            self.workers = Workers(self.linter, self.unsafe, _names(self.across), self.jobs, cache)
            try:
                for number in range(_MOST_ROUNDS):
                    if not self._round(Path(folder) / f"statistics-{number}", first=number == 0):
                        break
                self.workers.close()
            except BaseException:
                self.workers.close(kill=True)
                raise
            finally:
                cache.close()
        return self.result()

    def _round(self, shared: Path, *, first: bool) -> bool:
        """One round; says whether it changed anything."""
        statistics, across = _gathered(self._overlaid(self.catalog), self.workers, self.across, self.progress)
        if statistics is not None:
            shared.write_bytes(pickle.dumps(statistics, protocol=pickle.HIGHEST_PROTOCOL))
        mending = self.mending
        mending.worse, mending.unsettled, mending.errors, mending.refusals = [], [], [], []
        mending.listings, total, before, changed = 0, 0.0, 0.0, False
        for one, done in self._mended(statistics, across, None if statistics is None else str(shared)):
            changed |= self._keep(one, done)
            self._note(one, done)
            mending.listings += 1
            before += done.before
            total += done.after
            if self.progress:
                self.progress("check", mending.listings)
        if mending.listings:
            if first:
                mending.before = before / mending.listings
            mending.after = total / mending.listings
        return changed

    def _mended(
        self, statistics: CatalogStatistics | None, across: Mapping[str, Mapping[int, list[dict[str, Any]]]], shared: str | None
    ) -> Iterator[tuple[_Waiting, Mended]]:
        """Each listing with what became of it. The processes know which cells cannot be written; whether a text can, the writer alone does, so
        that a listing with one that cannot is mended once more here."""
        waiting: deque[_Waiting] = deque()

        def tasks() -> Iterator[Task]:
            for chunk in chunks(self._waiting(across), _CHUNK):
                waiting.extend(chunk)
                held = {at: frozenset(one.held) for at, one in enumerate(chunk) if one.held}
                found = {at: one.across for at, one in enumerate(chunk) if one.across}
                yield Task.of([one.listing for one in chunk], held=held, across=found, statistics=shared)

        for fixed in self.workers.map("fix", tasks()):
            for done in fixed.listings:
                one = waiting.popleft()
                if any(self.writer.unfit(one.listing, edit) is not None for edit in done.asked):
                    done = self._again(one, statistics)
                yield one, done

    def _again(self, one: _Waiting, statistics: CatalogStatistics | None) -> Mended:
        def refuses(edit: Edit) -> bool:
            return (edit.field, edit.part) in one.held or self.writer.unfit(one.listing, edit) is not None

        return mended(self.linter, one.listing, unsafe=self.unsafe, statistics=statistics, across=one.across, refuses=refuses)

    def _waiting(self, across: Mapping[str, Mapping[int, list[dict[str, Any]]]]) -> Iterator[_Waiting]:
        # The catalog's own pass has reported what could not be read.
        for at, listing in enumerate(self._overlaid(self.writer.listings(lambda problem: None))):
            cells = ((name, part) for name in listing.values for part in range(len(listing.parts(name))))
            held = {cell: why for cell in cells if (why := self.writer.kept(listing, *cell)) is not None}
            yield _Waiting(at, listing, {name: hits[at] for name, hits in across.items() if at in hits}, held)

    def _overlaid(self, listings: Iterable[Listing]) -> Iterator[Listing]:
        for at, listing in enumerate(listings):
            values = self.values.get(at)
            yield listing if values is None else listing.with_values(values)

    def _keep(self, one: _Waiting, done: Mended) -> bool:
        """Remembers what a listing became, and the rules that changed each of its cells."""
        if done.values is None:
            return False
        at = one.at
        if at not in self.originals:
            self.originals[at] = one.listing
        self.values[at] = {name: value for name, value in done.values.items() if value != self.originals[at].values.get(name)} | {
            name: done.values[name] for name in self.values.get(at, {})
        }
        rules = self.rules.setdefault(at, {})
        for cell, rule in done.rules:
            rules.setdefault(cell, {})[rule] = None
        return True

    def _note(self, one: _Waiting, done: Mended) -> None:
        mending = self.mending
        mending.errors.extend(done.errors)
        if done.outcome == "worse":
            mending.worse.append((one.listing, done.left_out))
        elif done.outcome == "unsettled":
            mending.unsettled.append(one.listing)
        # What is still asked for at the end, and cannot be written.
        for edit, rule in done.refused:
            if rule is not None:
                why = one.held.get((edit.field, edit.part)) or self.writer.unfit(one.listing, edit)
                assert why is not None
                mending.refusals.append(Refusal(one.listing, edit, rule, why))

    def result(self) -> Mending:
        """The changes of all rounds together, cell by cell in the catalog's order."""
        for at in sorted(self.values):
            listing, values = self.originals[at], self.values[at]
            assert listing.source is not None
            for name in (one for one in listing.values if one in values):
                new = values[name]
                for part, (before, after) in enumerate(zip(listing.parts(name), (new,) if isinstance(new, str) else new, strict=True)):
                    if before != after:
                        rules = tuple(self.rules[at].get((name, part), ()))
                        self.mending.changes.append(
                            CellChange(at, listing.source, listing.text("id"), name, part, before, after, rules)
                        )
        return self.mending
