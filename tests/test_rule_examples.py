"""Every example of every rule: it fires or stays silent, marks what it says, and its fix gives what it says."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from listinglint.config import Seller, Settings
from listinglint.engine import Linter, apply_edits, lint_catalog
from listinglint.engine.fix import edits_of_one_pass
from listinglint.model import Listing, ListingReport
from listinglint.rules.registry import builtin
from listinglint.rules.rule import Bad, Example, FalseAlarm, Good, Rule

RULES = builtin()
CASES = [(rule, example) for rule in RULES.values() for example in rule.examples]


def settings_for(rule: Rule, example: Example, **changes: Any) -> Settings:
    return Settings(
        marketplace=example.marketplace,
        select=(rule.name,),
        options={rule.name: example.options} if example.options else {},
        seller=Seller.of(example.seller),
        date=datetime.date.fromisoformat(example.date) if example.date else datetime.date(2026, 11, 25),
        **changes,
    )


def reports_of(rule: Rule, example: Example, **changes: Any) -> list[ListingReport]:
    settings = settings_for(rule, example, **changes)
    listings = [Listing.of(one) for one in example.listings]
    if rule.extract is not None:
        return lint_catalog(listings, settings)
    return [Linter(settings).lint(listing) for listing in listings]


def mended(rule: Rule, example: Example) -> Listing:
    if rule.extract is not None:
        report = next(report for report in reports_of(rule, example) if report.findings)
        return apply_edits(report.listing, edits_of_one_pass(report.findings, unsafe=True))
    linter = Linter(settings_for(rule, example))
    listing = Listing.of(example.listings[0])
    for _ in range(5):
        edits = edits_of_one_pass(linter.lint(listing).findings, unsafe=True)
        if not edits:
            break
        listing = apply_edits(listing, edits)
    return listing


@pytest.mark.parametrize(("rule", "example"), CASES, ids=[f"{r.name}-{n}" for n, (r, _) in enumerate(CASES)])
def test_example(rule: Rule, example: Example) -> None:
    reports = reports_of(rule, example)
    assert not [error for report in reports for error in report.errors]
    findings = [finding for report in reports for finding in report.findings]
    assert bool(findings) == example.expect, [f.message for f in findings]
    for report in reports:
        for finding in report.findings:
            assert finding.rule == rule.name
            if finding.start is not None:
                assert finding.end is not None
                assert report.listing.parts(finding.field)[finding.part][finding.start : finding.end] == finding.text
    if example.marked is not None:
        assert findings[0].text == example.marked
    if example.fixed is not None:
        after = mended(rule, example)
        assert {field: after.text(field) for field in example.fixed} == dict(example.fixed)


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_rule_is_complete(rule: Rule) -> None:
    assert sum(isinstance(e, Good) for e in rule.examples) >= 2
    assert sum(isinstance(e, Bad) for e in rule.examples) >= 2
    assert all(e.why is not None for e in rule.examples if isinstance(e, FalseAlarm))
    for text in (rule.summary, rule.page, *rule.messages.values(), *(option.help for option in rule.options)):
        assert text.en.strip()
        assert any("\u4e00" <= c <= "\u9fff" for c in text.zh), text.en
    if rule.fix == "none":
        assert all(e.fixed is None for e in rule.examples)
    else:
        assert any(e.fixed is not None for e in rule.examples)


@pytest.mark.parametrize(("rule", "example"), CASES, ids=[f"{r.name}-{n}" for n, (r, _) in enumerate(CASES)])
def test_triggers_are_only_a_speed_up(rule: Rule, example: Example) -> None:
    with_triggers = [report.findings for report in reports_of(rule, example)]
    without = [report.findings for report in reports_of(rule, example, triggers=False)]
    assert with_triggers == without


@pytest.mark.parametrize(("rule", "example"), [c for c in CASES if c[1].expect], ids=lambda v: getattr(v, "name", ""))
def test_chinese_messages_fill(rule: Rule, example: Example) -> None:
    for report in reports_of(rule, example, lang="zh"):
        for finding in report.findings:
            assert any("\u4e00" <= c <= "\u9fff" for c in finding.message)
