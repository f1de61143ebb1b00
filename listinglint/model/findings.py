"""What a rule says: findings, and the fixes they carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, cast

Severity = Literal["error", "warning", "info"]
Safety = Literal["safe", "unsafe"]

SEVERITY_ORDER: dict[str, int] = {"error": 3, "warning": 2, "info": 1}


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `[start, end)` of one field by `text`. Offsets are code points of the raw cell.

    `part` says which cell is meant where several columns feed the field, `cell` its name (`C12`) where known.
    """

    field: str
    start: int
    end: int
    text: str
    part: int = 0
    cell: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "part": self.part,
            "cell": self.cell,
            "start": self.start,
            "end": self.end,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together: all are applied or none."""

    safety: Safety
    edits: tuple[Edit, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"safety": self.safety, "edits": [edit.to_dict() for edit in self.edits]}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place of one listing.

    `start`, `end` and `text` are None for a fault without a place (a missing field). `part` counts the cells
    that feed the field from 0. `penalty` is what the fault takes off its section, in points of 100, after the
    rule that of two findings on one span the dearer alone counts; `weight` (0–1) is the share of the rule's penalty
    that a fault of this degree costs. A `preview` comes from a rule newer than the pinned rule set: it costs nothing, fails
    nothing and is not mended. `whole` says that the field is judged as a whole, whichever words
    are marked; `other` is the identity of the listing that a finding across listings names.
    """

    rule: str
    group: str
    severity: Severity
    field: str
    message: str
    start: int | None = None
    end: int | None = None
    text: str | None = None
    cell: str | None = None
    part: int = 0
    guidelines: tuple[str, ...] = ()
    penalty: float = 0.0
    fix: Fix | None = None
    variant: str | None = None
    weight: float = 1.0
    preview: bool = False
    whole: bool = False
    other: str | None = None

    def with_penalty(self, penalty: float) -> Finding:
        """The finding at this price: what `dataclasses.replace` makes, several times faster."""
        if penalty == self.penalty:
            return self
        return made(
            self.rule, self.group, self.severity, self.field, self.message, self.start, self.end, self.text, self.cell, self.part, self.guidelines, penalty, self.fix, self.variant, self.weight, self.preview, self.whole, self.other,
        )  # fmt: skip

    @property
    def selector(self) -> str:
        """The rule's name, with its variant where it has one (`title-length:over`)."""
        return f"{self.rule}:{self.variant}" if self.variant else self.rule

    def to_dict(self) -> dict[str, Any]:
        """The finding object of the JSON lines contract."""
        return {
            "rule": self.rule,
            "variant": self.variant,
            "group": self.group,
            "severity": self.severity,
            "field": self.field,
            "part": self.part,
            "cell": self.cell,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "message": self.message,
            "guidelines": list(self.guidelines),
            "penalty": self.penalty,
            "fix": self.fix.to_dict() if self.fix else None,
            "preview": self.preview,
        }


class _Draft:
    """A finding in the making: laid out as one in memory, but open to assignments."""

    __slots__ = tuple(Finding.__dataclass_fields__)


def made(
    rule: str, group: str, severity: Severity, field: str, message: str, start: int | None, end: int | None, text: str | None, cell: str | None, part: int,
    guidelines: tuple[str, ...], penalty: float, fix: Fix | None, variant: str | None, weight: float, preview: bool, whole: bool, other: str | None,
) -> Finding:  # fmt: skip
    """The Finding of these values, in a sixth of the time that its constructor takes: that must get past its own lock for each."""
    draft: Any = _Draft()
    draft.rule = rule
    draft.group = group
    draft.severity = severity
    draft.field = field
    draft.message = message
    draft.start = start
    draft.end = end
    draft.text = text
    draft.cell = cell
    draft.part = part
    draft.guidelines = guidelines
    draft.penalty = penalty
    draft.fix = fix
    draft.variant = variant
    draft.weight = weight
    draft.preview = preview
    draft.whole = whole
    draft.other = other
    draft.__class__ = Finding
    return cast(Finding, draft)
