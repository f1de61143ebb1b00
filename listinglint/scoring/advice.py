"""What would raise a listing's stars: its findings in the order of what mending each would gain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from listinglint.marketplaces import ScoreModel
from listinglint.model import Finding, ListingReport
from listinglint.scoring.score import costs, score_at


@dataclass(frozen=True, slots=True)
class Advice:
    """One step: mend these findings of one rule and the listing gains so many points; the score and stars reached then."""

    rule: str
    field: str
    message: str
    gain: float
    score: float
    stars: int
    findings: tuple[Finding, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "rule": self.rule, "field": self.field, "message": self.message, "gain": self.gain, "score": self.score, "stars": self.stars,
            "findings": len(self.findings),
        }  # fmt: skip


def advise(report: ListingReport, model: ScoreModel, penalties: Mapping[str, float] | None = None) -> tuple[Advice, ...]:
    """The shortest greedy way to five stars: at each step the rule whose findings cost most, until five stars or none is left.

    Steps that gain nothing (gates that another finding holds shut) come last, since they are needed together.
    """
    left = list(report.findings)
    steps: list[Advice] = []
    score = report.score
    stars = report.stars
    while left and stars < 5:
        best: tuple[float, str, str, Any, list[Finding]] | None = None
        for rule, field in dict.fromkeys((f.rule, f.field) for f in left):
            rest = [f for f in left if (f.rule, f.field) != (rule, field)]
            after = score_at(report.listing, rest, costs(rest, model, penalties or {}), model)
            lost = sum(f.penalty for f in left if (f.rule, f.field) == (rule, field))
            rank = (after.score - score) + lost / 1000
            if best is None or rank > best[0]:
                best = (rank, rule, field, after, rest)
        assert best is not None
        if best[0] <= 0:
            break
        _, rule, field, after, rest = best
        mended = tuple(f for f in left if f not in rest)
        steps.append(Advice(rule, field, mended[0].message, round(after.score - score, 1), after.score, after.stars, mended))
        left, score, stars = rest, after.score, after.stars
    return tuple(steps)
