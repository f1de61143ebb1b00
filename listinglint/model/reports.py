"""What the engine says of a listing and of a catalog: the result document that every report renders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from listinglint.model.findings import Finding
from listinglint.model.listing import Listing

SECTIONS = ("titles", "keywords", "descriptions", "claims", "facts", "images")


@dataclass(frozen=True, slots=True)
class Score:
    """0–100 with the stars it earns; a section that does not apply is None. `capped_by` names the gate that cut it."""

    score: float
    stars: int
    sections: Mapping[str, float | None]
    capped_by: str | None = None


@dataclass(frozen=True, slots=True)
class InternalError:
    """A rule that crashed on a listing: reported, never passed over."""

    rule: str
    listing: str | None
    record: int | None
    error: str

    def to_dict(self) -> dict[str, Any]:
        return {"rule": self.rule, "id": self.listing, "record": self.record, "error": self.error}


class Forgiven(NamedTuple):
    """A finding that a baseline holds, and why it was accepted (empty where no reason was given)."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class ListingReport:
    """The findings and the stars of one listing.

    Score and stars count every fault, also those that a baseline forgives: these stand under `forgiven`, not under `findings`.
    """

    listing: Listing
    findings: tuple[Finding, ...]
    score: float
    stars: int
    sections: Mapping[str, float | None]
    capped_by: str | None = None
    suppressed: int = 0
    baselined: int = 0
    errors: tuple[InternalError, ...] = ()
    forgiven: tuple[Forgiven, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The listing object of the JSON lines contract."""
        source = self.listing.source
        return {
            "type": "listing",
            "source": source.source if source else None,
            "sheet": source.sheet if source else None,
            "record": source.record if source else None,
            "line": source.line if source else None,
            "id": self.listing.text("id"),
            "title": self.listing.text("title"),
            "stars": self.stars,
            "score": self.score,
            "sections": dict(self.sections),
            "capped_by": self.capped_by,
            "findings": [finding.to_dict() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class CatalogSummary:
    """Counts over a whole run; the last line of the JSON lines contract. `previews` are those of the findings that fail nothing.

    `statistics` are the mean scores of the sections; `times` the seconds that each rule took over all processes, with what
    it was the first to ask of the shared analysis; empty where they were not measured.
    """

    listings: int
    findings: int
    by_rule: Mapping[str, int]
    by_severity: Mapping[str, int]
    stars: Mapping[int, int]
    score: float
    suppressed: int = 0
    baselined: int = 0
    failed: bool = False
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    internal_errors: tuple[InternalError, ...] = ()
    statistics: Mapping[str, float] = field(default_factory=dict)
    previews: int = 0
    times: Mapping[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The summary object of the JSON lines contract."""
        return {
            "type": "summary",
            "listings": self.listings,
            "findings": self.findings,
            "by_rule": dict(self.by_rule),
            "by_severity": dict(self.by_severity),
            "stars": {str(level): self.stars.get(level, 0) for level in range(1, 6)},
            "score": self.score,
            "suppressed": self.suppressed,
            "baselined": self.baselined,
            "previews": self.previews,
            "failed": self.failed,
            "reasons": list(self.reasons),
            "notes": list(self.notes),
            "internal_errors": [error.to_dict() for error in self.internal_errors],
            "statistics": dict(self.statistics),
            "times": {name: round(seconds, 6) for name, seconds in self.times.items()},
        }
