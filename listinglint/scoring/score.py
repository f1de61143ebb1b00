"""The star model: penalties per finding, section scores, gates and bands (design §2). All numbers are the marketplace's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from listinglint.marketplaces import ScoreModel
from listinglint.model import Finding, Listing, Score
from listinglint.model.reports import SECTIONS

SECTION_OF_FIELD: Final = {
    "title": "titles",
    "subtitle": "titles",
    "keywords": "keywords",
    "brief": "descriptions",
    "description": "descriptions",
    "highlights": "descriptions",
}
_FACT_FIELDS: Final = ("category", "attributes", "brand", "model", "price", "moq", "gtin", "updated")
_FIELDS_OF: Final = {
    "titles": ("title", "subtitle"),
    "keywords": ("keywords",),
    "descriptions": ("brief", "description", "highlights"),
    "claims": ("certifications",),
    "facts": _FACT_FIELDS,
}


Place = tuple[str, int, int | None, int | None]


def section_of(finding: Finding) -> str | None:
    """The section whose score a finding lowers; None for findings across listings, which cost nothing."""
    if finding.group == "catalog":
        return None
    if finding.group in ("claims", "images"):
        return finding.group
    return SECTION_OF_FIELD.get(finding.field, "facts")


def penalised(findings: Sequence[Finding], model: ScoreModel, penalties: Mapping[str, float]) -> list[Finding]:
    """The findings with what each takes off its section; see `costs`."""
    return [finding.with_penalty(cost) for finding, cost in zip(findings, costs(findings, model, penalties), strict=True)]


def costs(findings: Sequence[Finding], model: ScoreModel, penalties: Mapping[str, float]) -> list[float]:
    """What each finding takes off its section, in points of 100.

    `penalties` are those of rules from outside. Of two rules that hit one span the dearer alone counts; each
    further finding of a rule costs `repeats.share` of the one before, up to `repeats.most` times the first.
    """
    if not findings:
        return []
    points: list[float] = []
    sections = list(map(section_of, findings))
    dearest: dict[Place, tuple[float, str]] = {}
    for finding, section in zip(findings, sections, strict=True):
        cost = 0.0 if finding.preview or section is None else _points(finding, model, penalties) * finding.weight
        points.append(cost)
        if finding.start is not None:
            place: Place = (finding.field, finding.part, finding.start, finding.end)
            known = dearest.get(place)
            if known is None or cost > known[0]:
                dearest[place] = (cost, finding.rule)
    share, most = model.repeats.get("share", 0.5), model.repeats.get("most", 2.0)
    spent: dict[tuple[str, str | None], tuple[int, float]] = {}
    out = []
    for finding, section, cost in zip(findings, sections, points, strict=True):
        if cost and finding.start is not None and dearest[finding.field, finding.part, finding.start, finding.end][1] != finding.rule:
            cost = 0.0
        if cost:
            key = (finding.rule, section)
            count, before = spent.get(key, (0, 0.0))
            paid = min(cost * share**count, cost * most - before)
            spent[key] = (count + 1, before + paid)
            cost = max(0.0, paid)
        out.append(round(cost, 2))
    return out


def _points(finding: Finding, model: ScoreModel, penalties: Mapping[str, float]) -> float:
    own = model.penalties
    for key in (finding.selector, finding.rule) if finding.variant else (finding.rule,):
        if key in own:
            return float(own[key])
        if key in penalties:
            return float(penalties[key])
    return float(own.get(finding.severity, 0.0))


def score_listing(listing: Listing, findings: Sequence[Finding], model: ScoreModel) -> Score:
    """Section scores, score and stars of a listing whose findings bear their penalties."""
    return score_at(listing, findings, [finding.penalty for finding in findings], model)


def score_at(listing: Listing, findings: Sequence[Finding], points: Sequence[float], model: ScoreModel) -> Score:
    """The same where the findings cost so many points each."""
    lost: dict[str, float] = {}
    for finding, cost in zip(findings, points, strict=True):
        section = section_of(finding)
        if section is not None:
            lost[section] = lost.get(section, 0.0) + cost
    sections: dict[str, float | None] = {}
    applying = _applying(tuple(listing.values))
    total = weights = 0.0
    for section in SECTIONS:
        if section not in applying:
            sections[section] = None
            continue
        value = max(0.0, 100.0 - lost.get(section, 0.0))
        sections[section] = round(value, 1)
        weight = float(model.sections.get(section, 0.0))
        total += weight * value
        weights += weight
    score = total / weights if weights else 0.0
    capped_by = None
    for name, cap in _caps(findings, model):
        highest = _below(cap, model)
        if score > highest:
            score, capped_by = highest, name
    score = round(score, 1)
    return Score(score, stars_of(score, model), sections, capped_by)


@lru_cache(maxsize=1024)
def _applying(fields: tuple[str, ...]) -> frozenset[str]:
    """The sections that a listing with these fields has."""
    return frozenset(section for section, wanted in _FIELDS_OF.items() if not set(wanted).isdisjoint(fields))


def _caps(findings: Sequence[Finding], model: ScoreModel) -> list[tuple[str, int]]:
    """The gates that a listing runs into, with the stars that each leaves."""
    caps: list[tuple[str, int]] = []
    gates = model.gates
    of_rules, of_claims = gates.get("rules", {}), gates.get("claims_error")
    for finding in findings:
        if finding.preview:
            continue
        if of_claims is not None and finding.group == "claims" and finding.severity == "error":
            caps.append((finding.rule, int(of_claims)))
        for key in {finding.selector, finding.rule} if finding.variant else (finding.rule,):
            if key in of_rules:
                caps.append((finding.rule, int(of_rules[key])))
    return caps


def _below(stars: int, model: ScoreModel) -> float:
    """The highest score (one decimal) that still has so many stars."""
    above = model.bands.get(str(stars + 1))
    return 100.0 if above is None else float(above) - 0.1


def stars_of(score: float, model: ScoreModel) -> int:
    """One to five stars for a score of 0–100."""
    for stars in (5, 4, 3, 2):
        if score >= model.bands[str(stars)]:
            return stars
    return 1
