"""Mends a catalog file: finds what its listings' fixes change, cell by cell, and writes a copy with those cells changed."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from listinglint.catalogs.catalog import Catalog
from listinglint.catalogs.delimited import DelimitedSource
from listinglint.catalogs.errors import CatalogError
from listinglint.catalogs.jsons import JsonSource
from listinglint.catalogs.tables import replace_file
from listinglint.catalogs.workbook_writing import WorkbookWriter
from listinglint.catalogs.workbooks import SheetSource
from listinglint.catalogs.writing import CellChange, DelimitedWriter, JsonWriter, Writer
from listinglint.engine import FixResult, Linter, fix
from listinglint.language.statistics import CatalogStatistics
from listinglint.model import Edit, InternalError, Listing, Text
from listinglint.model.listing import Value
from listinglint.rules.registry import ActiveRule

_MOST_ROUNDS: Final = 6
_CHUNK: Final = 500
_ENOUGH: Final = 20
"""Of so many titles on the catalog's statistics say something about words, as in a check."""


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
) -> Mending:
    """What the fixes of a catalog's listings change. Nothing is written; `Mending.write` does that.

    What the catalog itself says (words, spellings) counts as in a check. Since mending changes that too, the catalog is
    gone through until no listing changes any more, so that mending the mended file finds nothing left to do. Raises CatalogError for a
    file that cannot be read or mended.
    """
    work = _Mender(catalog, linter, writer_of(catalog, encoding, mark=mark, lang=lang), unsafe, progress)
    for number in range(_MOST_ROUNDS):
        if not work.round(first=number == 0):
            break
    return work.result()


def across_rules(linter: Linter, kinds: Container[str]) -> list[ActiveRule]:
    """The rules across listings whose fixes are of these kinds."""
    return [active for active in linter.across if active.rule.fix in kinds]


def gathered(
    catalog: Iterable[Listing], linter: Linter, rules: Sequence[ActiveRule], progress: Callable[[str, int], None] | None = None
) -> tuple[CatalogStatistics | None, dict[str, Mapping[int, list[dict[str, Any]]]]]:
    """The first pass over a catalog: its statistics, and what these rules find across its listings."""
    statistics = CatalogStatistics()
    values: dict[str, list[tuple[int, Any]]] = {}
    listings = iter(catalog)
    done = 0
    while chunk := list(islice(listings, _CHUNK)):
        statistics.merge(CatalogStatistics.of(chunk))
        if rules:
            for at, listing in enumerate(chunk):
                for name, value in linter.extract(listing).values.items():
                    values.setdefault(name, []).append((done + at, value))
        done += len(chunk)
        if progress:
            progress("read", done)
    across = {}
    for active in rules:
        if active.rule.resolve is not None:
            across[active.rule.name] = active.rule.resolve(iter(values.get(active.rule.name, ())), active.options)
    return statistics if statistics.titles >= _ENOUGH else None, across


class _Mender:
    """Rounds over a catalog, with what the rounds before have changed laid over its listings."""

    def __init__(
        self, catalog: Catalog, linter: Linter, writer: Writer, unsafe: bool, progress: Callable[[str, int], None] | None
    ) -> None:
        self.catalog, self.linter, self.writer, self.unsafe, self.progress = catalog, linter, writer, unsafe, progress
        self.across = across_rules(linter, ("safe", "unsafe", "both") if unsafe else ("safe", "both"))
        self.mending = Mending(writer)
        self.values: dict[int, dict[str, Value]] = {}
        self.originals: dict[int, Listing] = {}
        self.rules: dict[int, dict[tuple[str, int], dict[str, None]]] = {}
        self.scores: dict[int, float] = {}

    def round(self, *, first: bool) -> bool:
        """One round; says whether it changed anything."""
        statistics, across = gathered(self._overlaid(self.catalog), self.linter, self.across, self.progress)
        mending = self.mending
        mending.worse, mending.unsettled, mending.errors, mending.refusals = [], [], [], []
        mending.listings, total, before, changed = 0, 0.0, 0.0, False
        for at, listing in enumerate(self._listings()):
            refused: list[tuple[Edit, Text]] = []
            found = {name: hits[at] for name, hits in across.items() if at in hits}
            result = fix(listing, self.linter, unsafe=self.unsafe, statistics=statistics, across=found, allowed=self._allowed(listing, refused))
            changed |= self._keep(at, listing, result)
            self._note(listing, result, refused)
            mending.listings += 1
            before += result.before.score
            total += result.after.score
            if self.progress:
                self.progress("check", mending.listings)
        if mending.listings:
            if first:
                mending.before = before / mending.listings
            mending.after = total / mending.listings
        return changed

    def _listings(self) -> Iterator[Listing]:
        # The catalog's own pass has reported what could not be read.
        return self._overlaid(self.writer.listings(lambda problem: None))

    def _overlaid(self, listings: Iterable[Listing]) -> Iterator[Listing]:
        for at, listing in enumerate(listings):
            values = self.values.get(at)
            yield listing if values is None else listing.with_values(values)

    def _allowed(self, listing: Listing, refused: list[tuple[Edit, Text]]) -> Callable[[Edit], bool]:
        def allowed(edit: Edit) -> bool:
            why = self.writer.refusal(listing, edit)
            if why is not None:
                refused.append((edit, why))
            return why is None

        return allowed

    def _keep(self, at: int, listing: Listing, result: FixResult) -> bool:
        """Remembers what a listing became, and the rules that changed each of its cells."""
        if result.listing.values == listing.values:
            return False
        if at not in self.originals:
            self.originals[at] = listing
        self.values[at] = {name: value for name, value in result.listing.values.items() if value != self.originals[at].values.get(name)} | {
            name: result.listing.values[name] for name in self.values.get(at, {})
        }
        rules = self.rules.setdefault(at, {})
        for finding in result.findings:
            for edit in finding.fix.edits if finding.fix else ():
                rules.setdefault((edit.field, edit.part), {})[finding.rule] = None
        return True

    def _note(self, listing: Listing, result: FixResult, refused: list[tuple[Edit, Text]]) -> None:
        mending = self.mending
        mending.errors.extend(result.before.errors)
        if result.outcome == "worse":
            mending.worse.append((listing, result.left_out))
        elif result.outcome == "unsettled":
            mending.unsettled.append(listing)
        # What is still asked for at the end, and cannot be written.
        for edit, why in refused:
            rule = next((one.rule for one in result.after.findings if one.fix and edit in one.fix.edits), None)
            if rule is not None and not any(one.listing is listing and one.edit == edit for one in mending.refusals[-8:]):
                mending.refusals.append(Refusal(listing, edit, rule, why))

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
