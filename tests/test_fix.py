"""Mending one listing: what happens where fixes loop, harm, or cannot be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listinglint.config import Settings
from listinglint.engine import FixResult, Linter, fix
from listinglint.model import Edit, Listing, Text
from listinglint.rules.registry import builtin
from listinglint.rules.rule import Hit, Rule, texts


def rewriting(name: str, rewrites: Mapping[str, str], *, faults: Mapping[str, float] | None = None, safety: Any = "safe") -> Rule:
    """A rule that finds a fault in some titles and mends it by writing another; `faults` says what each title costs."""

    def check(doc: Any, options: Any) -> Iterator[Hit]:
        raw = doc.title.raw
        edits = (Edit("title", 0, len(raw), rewrites[raw]),) if raw in rewrites else ()
        if edits or raw in (faults or {}):
            yield Hit("title", 0, len(raw), edits=edits, safety=safety if edits else None, weight=(faults or {}).get(raw, 0.1))

    return Rule(name, "titles", "warning", Text("x", "x"), texts("m", "m"), Text("p", "p"), check, (), fields=("title",), fix="safe", penalty=50.0)


def mended(monkeypatch: pytest.MonkeyPatch, title: str, *rules: Rule, **options: Any) -> FixResult:
    for rule in rules:
        monkeypatch.setitem(builtin(), rule.name, rule)
    return fix(Listing.of({"title": title}), Linter(Settings(select=tuple(rule.name for rule in rules))), **options)


@pytest.mark.parametrize(
    ("rewrites", "start", "end", "outcome"),
    [
        ({"a": "b", "b": "c"}, "a", "c", "mended"),
        ({"a": "b", "b": "a"}, "a", "a", "unsettled"),
        ({"a": "b", "b": "c", "c": "b"}, "a", "b", "unsettled"),
        ({"a": "a"}, "a", "a", "unchanged"),
        ({"x" * n: "x" * (n + 1) for n in range(1, 200)}, "x", "x", "unsettled"),
        ({}, "a", "a", "unchanged"),
    ],
)
def test_loops_end_where_mending_again_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, rewrites: dict[str, str], start: str, end: str, outcome: str
) -> None:
    rule = rewriting("loop", rewrites)
    result = mended(monkeypatch, start, rule)
    assert (result.listing.text("title"), result.outcome) == (end, outcome)
    assert mended(monkeypatch, end, rule).listing.text("title") == end


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef"), max_size=6), st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([0.2, 0.5, 1.0]), max_size=6))
def test_any_fixes_settle_and_never_harm(rewrites: dict[str, str], faults: dict[str, float]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        rule = rewriting("loop", rewrites, faults=faults)
        for start in "abcdef":
            result = mended(patch, start, rule)
            assert result.after.score >= result.before.score
            again = mended(patch, result.listing.text("title") or "", rule)
            assert again.listing.values == result.listing.values


def test_the_rule_that_harms_is_left_out_and_the_others_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    harms = rewriting("harms", {"a": "bad", "good": "bad"}, faults={"bad": 1.0, "a": 0.1, "good": 0.1})
    helps = rewriting("helps", {"a": "good"})
    result = mended(monkeypatch, "a", harms, helps)
    assert (result.listing.text("title"), result.outcome, result.left_out) == ("good", "worse", ("harms",))
    assert [finding.rule for finding in result.findings] == ["helps"]
    alone = mended(monkeypatch, "a", harms)
    assert (alone.listing.text("title"), alone.outcome, alone.edits) == ("a", "worse", ())


def test_edits_that_cannot_be_written_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = rewriting("loop", {"a": "b", "b": "c"})
    result = mended(monkeypatch, "a", rule, allowed=lambda edit: edit.text != "c")
    assert (result.listing.text("title"), result.outcome) == ("b", "mended")


def test_unsafe_fixes_wait_to_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = rewriting("loop", {"a": "b"}, safety="unsafe")
    assert mended(monkeypatch, "a", rule).outcome == "unchanged"
    assert mended(monkeypatch, "a", rule, unsafe=True).listing.text("title") == "b"
