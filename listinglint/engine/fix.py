"""Mends a listing by the fixes of its findings: safe ones, or unsafe ones too; never to a worse score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from listinglint.engine.linter import Linter
from listinglint.model import Edit, Finding, Listing, ListingReport

_MOST_PASSES: Final = 10


@dataclass(frozen=True)
class FixResult:
    """The mended listing, all edits in the order they were made, and the reports before and after."""

    listing: Listing
    edits: tuple[Edit, ...]
    before: ListingReport
    after: ListingReport


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


def _without_overlaps(findings: Sequence[Finding], unsafe: bool) -> list[Edit]:
    """The edits of one pass: safe fixes first, then by place; a fix that touches a taken place waits for the next pass."""
    taken: dict[tuple[str, int], list[tuple[int, int]]] = {}
    out: list[Edit] = []
    wanted = [f for f in findings if f.fix is not None and (unsafe or f.fix.safety == "safe")]
    for finding in sorted(wanted, key=lambda f: f.fix is not None and f.fix.safety != "safe"):
        assert finding.fix is not None
        edits = finding.fix.edits
        free = all(
            not _overlap(edit.start, edit.end, start, end)
            for edit in edits
            for start, end in taken.get((edit.field, edit.part), ())
        )
        if free:
            out.extend(edits)
            for edit in edits:
                taken.setdefault((edit.field, edit.part), []).append((edit.start, edit.end))
    return out


def _overlap(a: int, b: int, c: int, d: int) -> bool:
    """Two places that share a character; two insertions at one place do too."""
    return (a < d and c < b) or (a == b and c <= a <= d) or (c == d and a <= c <= b)


def fix(listing: Listing, linter: Linter, *, unsafe: bool = False) -> FixResult:
    """Mends until nothing changes (bounded, cycles end it); a listing that would score worse comes back as it was."""
    before = after = linter.lint(listing)
    current, made = listing, list[Edit]()
    seen = {_key(listing)}
    for _ in range(_MOST_PASSES):
        edits = _without_overlaps(after.findings, unsafe)
        if not edits:
            break
        mended = apply_edits(current, edits)
        key = _key(mended)
        if key in seen:
            break
        seen.add(key)
        current, after = mended, linter.lint(mended)
        made.extend(edits)
    if after.score < before.score:
        return FixResult(listing, (), before, before)
    return FixResult(current, tuple(made), before, after)


def _key(listing: Listing) -> tuple[tuple[str, object], ...]:
    return tuple(sorted(listing.values.items(), key=lambda item: item[0]))
