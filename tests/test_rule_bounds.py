"""Equal faults are told once, a field gets a few findings, and the fix still mends every place."""

from __future__ import annotations

from listinglint.config import Settings
from listinglint.engine import Linter, apply_edits
from listinglint.model import Finding, Listing


def findings(rule: str, **fields: object) -> list[Finding]:
    report = Linter(Settings(marketplace="alibaba", select=(rule,))).lint(Listing.of({"title": "Oak Stool", **fields}))
    assert not report.errors
    return list(report.findings)


def mended(found: list[Finding], field: str, **fields: object) -> list[str]:
    listing = apply_edits(Listing.of({"title": "Oak Stool", **fields}), [edit for one in found if one.fix for edit in one.fix.edits])
    return list(listing.parts(field))


def test_the_same_word_again_is_one_finding_that_mends_all() -> None:
    text = "Pls wash by hand. " * 30
    found = findings("nonstandard-abbreviation", description=text)
    assert len(found) == 1 and found[0].text == "Pls"
    assert mended(found, "description", description=text) == ["Please wash by hand. " * 30]


def test_a_field_of_many_cells_gets_five_findings_that_mend_all() -> None:
    cells = [f"oak stool {n}\u00a0cm" for n in range(20)]
    found = findings("invisible-characters", keywords=cells)
    assert len(found) == 5
    assert mended(found, "keywords", keywords=cells) == [f"oak stool {n} cm" for n in range(20)]


def test_fields_are_bounded_apart() -> None:
    found = findings("invisible-characters", keywords=["oak\u00a0stool"] * 9, highlights=["oak\u00a0stool"] * 9)
    assert sorted(one.field for one in found) == ["highlights"] * 5 + ["keywords"] * 5


def test_one_address_is_told_once_and_taken_out_everywhere() -> None:
    text = "Oakhouse.com: order this stool from Oakhouse.com. Solid oak."
    found = findings("contact-data", description=text)
    assert [one.text for one in found] == ["Oakhouse.com"]
    assert mended(found, "description", description=text) == ["order this stool. Solid oak."]


def test_a_long_title_of_repeated_words_gets_three_findings() -> None:
    title = "Oak Stool Bench Seat " * 6
    assert len(findings("title-keyword-stuffing", title=title)) == 3


def test_promotion_is_told_by_one_rule() -> None:
    report = Linter(Settings(marketplace="alibaba", select=("title-filler", "promotional-text"))).lint(Listing.of({"title": "Hot Sale High Quality Oak Stool Best Value"}))
    assert sorted((one.rule, one.text) for one in report.findings) == [
        ("promotional-text", "Best Value"), ("promotional-text", "Hot Sale"), ("title-filler", "High Quality"),
    ]  # fmt: skip


def test_spaces_within_a_tag_are_no_untidy_text() -> None:
    text = '<p style="margin: 2px  4px">An oak stool for the kitchen.</p>'
    report = Linter(Settings(marketplace="etsy", select=("untidy-spacing",))).lint(Listing.of({"title": "Oak Stool", "description": text}))
    assert not report.findings
