"""The star model: sections, penalties, gates, bands, advice."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from listinglint.marketplaces import ScoreModel
from listinglint.model import Finding, Listing, ListingReport
from listinglint.scoring import advise, penalised, score_listing, stars_of

MODEL = ScoreModel(
    sections={"titles": 50, "keywords": 30, "descriptions": 20, "claims": 10, "facts": 10},
    penalties={"error": 40, "warning": 20, "info": 5, "typo": 10, "length:over": 60},
    gates={"claims_error": 2, "rules": {"no-title": 1, "no-name:nowhere": 1}},
    bands={"5": 90, "4": 75, "3": 60, "2": 40},
    repeats={"share": 0.5, "most": 2.0},
)


def finding(rule: str = "typo", field: str = "title", **more: Any) -> Finding:
    return Finding(**{"rule": rule, "group": "titles", "severity": "warning", "field": field, "message": "", **more})


def test_listing_without_findings_has_five_stars() -> None:
    score = score_listing(Listing({"title": "Mug"}), [], MODEL)
    assert (score.score, score.stars) == (100.0, 5)
    assert score.sections == {"titles": 100.0, "keywords": None, "descriptions": None, "claims": None, "facts": None, "images": None}


def test_no_section_at_all_is_zero_and_one_star() -> None:
    assert score_listing(Listing({"id": "7"}), [], MODEL).score == 0
    assert score_listing(Listing({"id": "7"}), [], MODEL).stars == 1


def test_sections_are_weighted_and_absent_ones_do_not_count() -> None:
    listing = Listing({"title": "Mug", "keywords": "mug"})
    found = penalised([finding(field="keywords", severity="error", rule="gap")], MODEL, {})
    score = score_listing(listing, found, MODEL)
    assert score.sections["keywords"] == 60.0
    assert score.score == pytest.approx((50 * 100 + 30 * 60) / 80, abs=0.05)


def test_penalty_of_variant_rule_then_severity() -> None:
    over, plain, other = penalised(
        [finding("length", variant="over"), finding("typo", start=1, end=2), finding("odd", severity="info", start=3, end=4)], MODEL, {}
    )
    assert [f.penalty for f in (over, plain, other)] == [60.0, 10.0, 5.0]


def test_of_two_rules_on_one_span_the_dearer_counts() -> None:
    found = penalised([finding("typo", start=0, end=5), finding("odd", start=0, end=5)], MODEL, {})
    assert [f.penalty for f in found] == [0.0, 20.0]


def test_further_findings_of_a_rule_cost_less_up_to_a_bound() -> None:
    found = penalised([finding("typo", start=n, end=n + 1) for n in range(30)], MODEL, {})
    assert [f.penalty for f in found[:3]] == [10.0, 5.0, 2.5]
    assert sum(f.penalty for f in found) <= 20.0


def test_catalog_findings_cost_nothing() -> None:
    assert penalised([finding("twice", group="catalog", severity="error")], MODEL, {})[0].penalty == 0


def test_own_rule_brings_its_penalty() -> None:
    assert penalised([finding("mine")], MODEL, {"mine": 33.0})[0].penalty == 33.0


def test_error_in_claims_caps_at_two_stars() -> None:
    found = penalised([finding("false-mark", group="claims", severity="error", field="title")], MODEL, {})
    score = score_listing(Listing({"title": "Mug", "description": "x"}), found, MODEL)
    assert score.stars == 2
    assert score.capped_by == "false-mark"


def test_gate_by_variant() -> None:
    nowhere = penalised([finding("no-name", variant="nowhere")], MODEL, {})
    elsewhere = penalised([finding("no-name", variant="elsewhere")], MODEL, {})
    listing = Listing({"title": "New"})
    assert score_listing(listing, nowhere, MODEL).stars == 1
    assert score_listing(listing, elsewhere, MODEL).stars > 1


@pytest.mark.parametrize(("score", "stars"), [(100, 5), (90, 5), (89.9, 4), (75, 4), (74.9, 3), (60, 3), (40, 2), (39.9, 1), (0, 1)])
def test_bands(score: float, stars: int) -> None:
    assert stars_of(score, MODEL) == stars


def test_advice_orders_by_gain_and_ends_at_five_stars() -> None:
    listing = Listing({"title": "Mug", "keywords": "mug"})
    found = penalised(
        [finding("small", severity="info", start=0, end=1), finding("large", severity="error", start=1, end=2), finding("gap", field="keywords")], MODEL, {}
    )
    score = score_listing(listing, found, MODEL)
    report = ListingReport(listing, tuple(found), score.score, score.stars, score.sections)
    steps = advise(report, MODEL)
    assert steps[0].rule == "large"
    assert [step.gain for step in steps] == sorted((step.gain for step in steps), reverse=True)
    assert steps[-1].stars == 5
    assert steps[-1].score == pytest.approx(report.score + sum(step.gain for step in steps), abs=0.2)


def test_advice_leads_through_a_gate() -> None:
    listing = Listing({"title": "Mug"})
    found = penalised(
        [finding("false-mark", group="claims", severity="error"), finding("large", severity="error", start=1, end=2)], MODEL, {}
    )
    score = score_listing(listing, found, MODEL)
    report = ListingReport(listing, tuple(found), score.score, score.stars, score.sections, score.capped_by)
    assert {step.rule for step in advise(report, MODEL)} == {"false-mark", "large"}


def test_with_penalty_is_replace() -> None:
    """Every field is carried over, also those that come later."""
    values: dict[str, Any] = {field.name: f"<{field.name}>" for field in dataclasses.fields(Finding)}
    finding = Finding(**values)
    assert finding.with_penalty(3.5) == dataclasses.replace(finding, penalty=3.5)
    assert finding.with_penalty(finding.penalty) is finding
    priced = finding.with_penalty(3.5)
    assert type(priced) is Finding and hash(priced) == hash(dataclasses.replace(finding, penalty=3.5))
    assert pickle.loads(pickle.dumps(priced)) == priced == copy.deepcopy(priced)
    with pytest.raises(dataclasses.FrozenInstanceError):
        priced.rule = "other"  # type: ignore[misc]
