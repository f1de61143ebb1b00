"""Mends a listing by the fixes of its findings: safe ones, or unsafe ones too; never to a worse score."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from listinglint.engine.linter import Across, Linter
from listinglint.language.statistics import CatalogStatistics
from listinglint.model import Edit, Finding, Listing, ListingReport

_MOST_PASSES: Final = 40

Outcome = Literal["unchanged", "mended", "worse", "unsettled"]


@dataclass(frozen=True)
class FixResult:
    """The mended listing, all edits in the order they were made, and the reports before and after.

    `findings` are those whose fixes were made, in the same order. `outcome` says how it went: there was nothing to mend
    (`unchanged`), all was mended (`mended`), the fixes of some rules were left out since the score would have fallen
    (`worse`: the rules are `left_out`), or fixes undo each other (`unsettled`: what came before them was made).
    """

    listing: Listing
    edits: tuple[Edit, ...]
    before: ListingReport
    after: ListingReport
    findings: tuple[Finding, ...] = ()
    outcome: Outcome = "unchanged"
    left_out: tuple[str, ...] = ()


def apply_edits(listing: Listing, edits: Iterable[Edit]) -> Listing:
    """The listing with these edits made; they must not overlap."""
    by_cell: dict[tuple[str, int], list[Edit]] = {}
    for edit in edits:
        by_cell.setdefault((edit.field, edit.part), []).append(edit)
    values = dict(listing.values)
    for (field, part), group in by_cell.items():
        value = values.get(field, "")
        cells = [value] if isinstance(value, str) else list(value)
        text = cells[part]
        for edit in sorted(group, key=lambda e: (e.start, e.end), reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        cells[part] = text
        values[field] = cells[0] if isinstance(value, str) else tuple(cells)
    return Listing(values, listing.source, listing.keys)


def _without_overlaps(findings: Sequence[Finding], unsafe: bool, allowed: Callable[[Edit], bool] | None) -> list[Finding]:
    """The findings to mend in one pass: safe fixes first, then by place; one that touches a taken place waits for the next pass."""
    taken: dict[tuple[str, int], list[tuple[int, int]]] = {}
    out: list[Finding] = []
    wanted = [f for f in findings if f.fix is not None and not f.preview and (unsafe or f.fix.safety == "safe")]
    for finding in sorted(wanted, key=lambda f: f.fix is not None and f.fix.safety != "safe"):
        assert finding.fix is not None
        edits = finding.fix.edits
        free = all(
            not overlap(edit.start, edit.end, start, end)
            for edit in edits
            for start, end in taken.get((edit.field, edit.part), ())
        )
        if free and (allowed is None or all(map(allowed, edits))):
            out.append(finding)
            for edit in edits:
                taken.setdefault((edit.field, edit.part), []).append((edit.start, edit.end))
    return out


def edits_of_one_pass(findings: Sequence[Finding], *, unsafe: bool = False) -> list[Edit]:
    """The edits that can be made together at once: of fixes that overlap the first, safe ones before unsafe ones."""
    return _edits(_without_overlaps(findings, unsafe, None))


def overlap(a: int, b: int, c: int, d: int) -> bool:
    """Two places that share a character; two insertions at one place do too."""
    return (a < d and c < b) or (a == b and c <= a <= d) or (c == d and a <= c <= b)


def fix(
    listing: Listing,
    linter: Linter,
    *,
    unsafe: bool = False,
    statistics: CatalogStatistics | None = None,
    across: Across | None = None,
    allowed: Callable[[Edit], bool] | None = None,
    report: ListingReport | None = None,
) -> FixResult:
    """Mends until nothing changes; a listing that never settles comes back as it was.

    Where the score would fall, the rules whose fixes bring it down are left out; where that does not help, the listing
    comes back as it was. `statistics` and `across` are those of the listing's catalog; `allowed` says which edits can be made where the
    listing came from (a fix with one that cannot is left out); `report` is the listing's own, where it has been linted already. Where fixes lead back to an earlier text, the listing
    stays at that text, so that mending it again changes nothing.
    """
    run = _Run(linter, unsafe, statistics, across, allowed)
    best = found = run.settle(_State(listing, report or linter.lint(listing, statistics, across), ()), frozenset())
    left_out: tuple[str, ...] = ()
    while best.after.score < best.before.score:
        made = dict.fromkeys(finding.rule for finding in best.findings)
        tries = [(run.settle(_State(listing, found.before, ()), frozenset((*left_out, rule))), (*left_out, rule)) for rule in made]
        best, left_out = max(tries, key=lambda one: one[0].after.score)
    if not left_out:
        return best
    return dataclasses.replace(best, outcome="worse", left_out=left_out)


@dataclass(frozen=True)
class _State:
    """A listing on its way: its report, and the findings that had been mended by then."""

    listing: Listing
    report: ListingReport
    mended: tuple[Finding, ...]


@dataclass(frozen=True)
class _Run:
    """How listings are mended in one run."""

    linter: Linter
    unsafe: bool
    statistics: CatalogStatistics | None
    across: Across | None
    allowed: Callable[[Edit], bool] | None

    def settle(self, first: _State, without: frozenset[str]) -> FixResult:
        """Mends until nothing changes, leaving the fixes of some rules out; the score may fall."""
        seen = {_key(first.listing): first}
        state = first
        for _ in range(_MOST_PASSES):
            wanted = [finding for finding in state.report.findings if finding.rule not in without]
            findings = _without_overlaps(wanted, self.unsafe, self.allowed)
            mended = apply_edits(state.listing, _edits(findings)) if findings else state.listing
            if mended.values == state.listing.values:
                return _result(first, state, "unchanged" if state is first else "mended")
            earlier = seen.get(_key(mended))
            if earlier is not None:
                return _result(first, earlier, "unsettled")
            # What the rules across listings found stands at places of the first text.
            report = self.linter.lint(mended, self.statistics, None if self.across is None else {})
            state = seen[_key(mended)] = _State(mended, report, (*state.mended, *findings))
        return _result(first, first, "unsettled")


def _result(first: _State, last: _State, outcome: Outcome) -> FixResult:
    return FixResult(last.listing, tuple(_edits(last.mended)), first.report, last.report, last.mended, outcome)


def _edits(findings: Iterable[Finding]) -> list[Edit]:
    return [edit for finding in findings if finding.fix for edit in finding.fix.edits]


def _key(listing: Listing) -> tuple[tuple[str, object], ...]:
    return tuple(sorted(listing.values.items(), key=lambda item: item[0]))
