"""What an entry holds, as JSON: what the rules across listings took from a listing, and its findings with the questions they hang on.

Places are left out and filled in anew: a listing that was moved has the same findings in other cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from listinglint.language.statistics import NotedStatistics, Question
from listinglint.model import Edit, Finding, Fix, Listing, ListingReport

if TYPE_CHECKING:
    from listinglint.engine.linter import Linter

Across = Mapping[str, list[dict[str, Any]]]


class Taken(NamedTuple):
    """What the rules across listings took from a listing, by rule, and those that must look again, since they ask where it stands."""

    values: dict[str, Any]
    placed: Sequence[str]


class Judged(NamedTuple):
    """What a listing was found to be, and what that hangs on beside its key.

    `report` is the one before suppressions. `hits` is `hits_of` what rules found across listings, `day` that of the run, None where
    no rule asked for it; `answers` are those of the catalog's statistics, None where there were none.
    """

    report: ListingReport
    hits: str
    day: str | None
    answers: Sequence[tuple[Question, Any]] | None


def hits_of(across: Across) -> str | None:
    """What rules found across listings for one of them, as a text; None where it cannot be told from a text."""
    if not across:
        return ""
    try:
        return orjson.dumps(across, default=_plain).decode("utf-8")
    except TypeError:
        return None


def taken_to_bytes(taken: Taken) -> bytes | None:
    """The entry's first part; None where a value cannot be told from its JSON."""
    try:
        data = orjson.dumps((taken.values, taken.placed), default=_plain)
    except TypeError:
        # Texts with half a surrogate pair, numbers beyond 64 bits, and values of classes that JSON has no form for.
        return None
    return data if _frozen(orjson.loads(data)[0]) == _frozen(taken.values) else None


def taken_of(data: bytes, rules: frozenset[str]) -> Taken:
    """The entry's first part; `rules` are those across listings. Raises ValueError, TypeError or KeyError for what is none."""
    values, placed = orjson.loads(data)
    if not (values.keys() <= rules and rules.issuperset(placed)):
        raise ValueError("rules that are not applied")
    return Taken({name: _frozen(value) for name, value in values.items()}, placed)


def judged_to_bytes(judged: Judged) -> bytes | None:
    """The entry's second part; None where the report cannot be told from its JSON."""
    report = judged.report
    source = report.listing.source
    findings = []
    for one in report.findings:
        edits = None
        if one.fix is not None:
            if any(edit.cell != (source.cell(edit.field, edit.part) if source is not None else None) for edit in one.fix.edits):
                return None
            edits = one.fix.safety, [(edit.field, edit.start, edit.end, edit.text, edit.part) for edit in one.fix.edits]
        findings.append(
            (one.rule, one.severity, one.field, one.message, one.start, one.end, one.part, one.penalty, edits, one.variant, one.weight, one.preview, one.other)
        )
    held = judged.hits, judged.day, judged.answers, report.score, report.stars, report.sections, report.capped_by, findings
    try:
        return orjson.dumps(held)
    except TypeError:
        return None


def report_of(data: bytes, listing: Listing, linter: Linter, hits: str | None, statistics: NotedStatistics | None) -> ListingReport | None:
    """The report of a listing before suppressions, from the entry's second part, or None where what it hangs on is not the same.

    Raises ValueError, TypeError, KeyError or IndexError for what is no such part.
    """
    held_hits, day, answers, score, stars, sections, capped_by, findings = orjson.loads(data)
    if held_hits != hits or (day is not None and day != str(linter.date)) or (answers is None) != (statistics is None):
        return None
    if statistics is not None and not statistics.hold(answers):
        return None
    return ListingReport(listing, tuple([_finding(one, listing, linter) for one in findings]), score, stars, sections, capped_by)


def _finding(held: Sequence[Any], listing: Listing, linter: Linter) -> Finding:
    name, severity, field, message, start, end, part, penalty, edits, variant, weight, preview, other = held
    rule = linter.known[name]
    source = listing.source
    text = None
    if start is not None and end is not None:
        parts = listing.parts(field)
        text = parts[part][start:end] if part < len(parts) else None
    fix = None
    if edits is not None:
        safety, places = edits
        fix = Fix(safety, tuple([Edit(f, s, e, t, p, source.cell(f, p) if source is not None else None) for f, s, e, t, p in places]))
    return Finding(
        name, rule.group, severity, field, message, start, end, text, source.cell(field, part) if source is not None else None, part,
        rule.guidelines, penalty, fix, variant, weight, preview, rule.whole, other,
    )  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(value)
    raise TypeError(type(value).__name__)


def _frozen(value: Any) -> Any:
    """The value with tuples for lists, however deep."""
    if isinstance(value, (list, tuple)):
        return tuple([_frozen(one) for one in value])
    if isinstance(value, dict):
        return {name: _frozen(one) for name, one in value.items()}
    return value
