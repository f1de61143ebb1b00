"""What is kept of one run of `check`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from listinglint.history.identity import CatalogIdentity
from listinglint.model import CatalogSummary


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """The counts of one run, the same in every language; no text of any listing.

    `at` is when it began, aware, in UTC. `sources` are pairs of file and sheet, as the run named them. `by_rule` has every
    rule that judged, those that found nothing with 0; a rule that is not there did not judge. `sections` are means from 0
    to 100 over the listings that they apply to. `failed` says what the gate said.
    """

    at: datetime
    catalog: CatalogIdentity
    marketplace: str
    version: str
    listings: int
    findings: int
    score: float
    stars: Mapping[int, int]
    by_rule: Mapping[str, int]
    by_severity: Mapping[str, int]
    sections: Mapping[str, float] = field(default_factory=dict)
    sources: tuple[tuple[str, str | None], ...] = ()
    rule_set: str | None = None
    suppressed: int = 0
    baselined: int = 0
    internal_errors: int = 0
    failed: bool = False

    @classmethod
    def of(
        cls,
        summary: CatalogSummary,
        catalog: CatalogIdentity,
        *,
        at: datetime,
        marketplace: str,
        version: str,
        rules: tuple[str, ...] = (),
        sources: tuple[tuple[str, str | None], ...] = (),
        rule_set: str | None = None,
    ) -> RecordedRun:
        """The record of a run that ended with this summary; `rules` are the names of all that judged."""
        return cls(
            at=at.astimezone(UTC),
            catalog=catalog,
            marketplace=marketplace,
            version=version,
            listings=summary.listings,
            findings=summary.findings,
            score=summary.score,
            stars={level: summary.stars.get(level, 0) for level in range(1, 6)},
            by_rule={**dict.fromkeys(sorted(rules), 0), **summary.by_rule},
            by_severity=dict(summary.by_severity),
            sections=dict(summary.statistics),
            sources=sources,
            rule_set=rule_set,
            suppressed=summary.suppressed,
            baselined=summary.baselined,
            internal_errors=len(summary.internal_errors),
            failed=summary.failed,
        )

    def to_dict(self) -> dict[str, Any]:
        """The run as plain JSON types, with names as the summary of a report has them; `rules` counts those that judged."""
        return {
            "at": timestamp(self.at),
            "marketplace": self.marketplace,
            "version": self.version,
            "rule_set": self.rule_set,
            "sources": [{"source": file, "sheet": sheet} for file, sheet in self.sources],
            "listings": self.listings,
            "findings": self.findings,
            "score": self.score,
            "stars": {str(level): self.stars.get(level, 0) for level in range(1, 6)},
            "by_rule": {rule: count for rule, count in self.by_rule.items() if count},
            "by_severity": dict(self.by_severity),
            "sections": dict(self.sections),
            "rules": len(self.by_rule),
            "suppressed": self.suppressed,
            "baselined": self.baselined,
            "internal_errors": self.internal_errors,
            "failed": self.failed,
        }


def timestamp(at: datetime) -> str:
    """`2026-11-25T10:30:00.000000Z`: of one length, so that texts sort as times do."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
