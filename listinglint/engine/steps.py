"""What a run does with a rule: what decides whether it is run on a listing, and how its hits become findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from listinglint.model import Edit, Finding, Fix, Listing, Text
from listinglint.model.findings import made
from listinglint.rules.registry import ActiveRule
from listinglint.rules.rule import Hit

_PREVIEW: Final = Text("(preview of rule set {since}) ", "（规则集 {since} 预览）")


class Step:
    """A rule with what decides whether it is run.

    `english`: the fields whose first present one must not be mostly Chinese; `needs`: the rule across listings that must have
    found something; `phrases` (bits of lexicons, one of which must have a match) and `screen`: the triggers, which can be
    switched off.
    """

    __slots__ = ("_front", "_messages", "_rule", "active", "check", "english", "needs", "options", "phrases", "screen")

    def __init__(self, active: ActiveRule, phrases: int | None, lang: str) -> None:
        rule = active.rule
        self.active = active
        self.check = rule.check
        self.options = active.options
        self.english = (rule.fields or ("title",)) if rule.english else ()
        self.needs = rule.name if rule.extract is not None and not rule.alone else None
        self.phrases = phrases
        self.screen = rule.screen
        self._rule = rule
        self._front = _PREVIEW.format(lang, since=rule.since) if active.preview else ""
        self._messages = {name: text.get(lang) for name, text in rule.messages.items()}

    def finding(self, hit: Hit, listing: Listing, lang: str) -> Finding | None:
        """The finding that a hit is, without its price; None where its variant is switched off."""
        active, field, part, start, end = self.active, hit.field, hit.part, hit.start, hit.end
        severity = active.severity_of(hit.variant)
        if severity is None:
            return None
        rule, source = self._rule, listing.source
        text = None
        if start is not None and end is not None:
            parts = listing.parts(field)
            text = parts[part][start:end] if part < len(parts) else None
        fix = None
        if hit.edits:
            edits = hit.edits if source is None else tuple([edit if edit.cell else _placed(edit, source.cell(edit.field, edit.part)) for edit in hit.edits])
            fix = Fix(hit.safety or "unsafe", edits)
        message = self._messages[hit.message].format(**_in_language(hit.values, lang))
        return made(
            rule.name, rule.group, severity, field, self._front + message if self._front else message, start, end, text,
            source.cell(field, part) if source is not None else None,
            part, rule.guidelines, 0.0, fix, hit.variant, hit.weight, active.preview, rule.whole, hit.other,
        )  # fmt: skip


def _in_language(values: Mapping[str, Any], lang: str) -> Mapping[str, Any]:
    if Text not in map(type, values.values()):
        return values
    return {name: value.get(lang) if isinstance(value, Text) else value for name, value in values.items()}


def _placed(edit: Edit, cell: str | None) -> Edit:
    return Edit(edit.field, edit.start, edit.end, edit.text, edit.part, cell) if cell is not None else edit
