"""What the runs of a catalog say over time: one run a period, and what moved between two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from listinglint.history.run import RecordedRun
from listinglint.model.reports import SECTIONS

PERIODS: Final = ("run", "day", "week", "month")

_BEGINS: Final[dict[str, Callable[[datetime], object]]] = {
    "day": lambda at: at.date(),
    "week": lambda at: at.date() - timedelta(days=at.weekday()),
    "month": lambda at: (at.year, at.month),
}


def latest_of_each(runs: Iterable[RecordedRun], period: str, zone: tzinfo | None = None) -> list[RecordedRun]:
    """Of runs in the order of their time, the last of each period (one of `PERIODS`); days are those of `zone`, by default the machine's."""
    if period == "run":
        return list(runs)
    begins = _BEGINS[period]
    return list({begins(run.at.astimezone(zone)): run for run in runs}.values())


@dataclass(frozen=True, slots=True)
class RuleChange:
    """How the findings of a rule moved; None on the side where the rule did not judge."""

    rule: str
    before: int | None
    after: int | None

    @property
    def by(self) -> int:
        """How many more findings there are; those of a rule that did not judge count as none."""
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True, slots=True)
class Changes:
    """What moved from one run to another: differences, `after` less `before`.

    `rules` holds those that judged both times and moved, the largest change first; `begun` and `ended` those that judged
    only the second or only the first time and found something there. `sections` holds those that applied both times.
    """

    score: float
    listings: int
    findings: int
    stars: dict[int, int]
    sections: dict[str, float]
    rules: tuple[RuleChange, ...]
    begun: tuple[RuleChange, ...]
    ended: tuple[RuleChange, ...]


def changes(before: RecordedRun, after: RecordedRun) -> Changes:
    """What moved from one run to another of the same catalog."""
    names = sorted(before.by_rule.keys() | after.by_rule.keys())
    every = [RuleChange(name, before.by_rule.get(name), after.by_rule.get(name)) for name in names]
    moved = sorted((one for one in every if one.by), key=lambda one: -abs(one.by))
    return Changes(
        score=round(after.score - before.score, 1),
        listings=after.listings - before.listings,
        findings=after.findings - before.findings,
        stars={level: after.stars.get(level, 0) - before.stars.get(level, 0) for level in range(1, 6)},
        sections={name: round(after.sections[name] - before.sections[name], 1) for name in SECTIONS if name in before.sections and name in after.sections},
        rules=tuple(one for one in moved if one.before is not None and one.after is not None),
        begun=tuple(one for one in moved if one.before is None),
        ended=tuple(one for one in moved if one.after is None),
    )
