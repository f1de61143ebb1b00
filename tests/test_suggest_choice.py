"""Choosing under a budget: never worse than greedy, as good as trying all sets, within the limits."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listinglint.model import Text
from listinglint.suggestions.candidate import Candidate
from listinglint.suggestions.choice import Budget, Choice, _value, choose, coverage

WORDS = ("bike", "bell", "brass", "ring", "kids", "loud", "retro", "handlebar")


def candidate(text: str, score: float, kind: str = "synonym") -> Candidate:
    return Candidate(text, "test", kind, score, score, Text("", ""), volume=score * 1000)


candidates = st.lists(
    st.builds(candidate, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True).map(" ".join), st.floats(0.05, 1.0).map(lambda x: round(x, 3))),
    min_size=1, max_size=8, unique_by=lambda c: "".join(c.text.split()),
)  # fmt: skip


def worth(chosen: tuple[Candidate, ...], all_of_them: list[Candidate]) -> float:
    return _value([all_of_them.index(c) for c in chosen], coverage(all_of_them), all_of_them)


@settings(max_examples=60, deadline=None)
@given(candidates, st.integers(1, 4))
def test_list_choice_is_the_best_of_all_sets(found: list[Candidate], count: int) -> None:
    choice = choose(found, Budget(count, None, None))
    best = max(worth(chosen, found) for size in range(1, min(count, len(found)) + 1) for chosen in combinations(found, size))
    assert choice.method == "optimal"
    assert len(choice.chosen) <= count
    assert worth(choice.chosen, found) == pytest.approx(best, abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(candidates, st.integers(4, 40))
def test_bag_choice_is_the_best_of_all_word_sets(found: list[Candidate], total: int) -> None:
    choice = choose(found, Budget(None, None, total, bag=True), title="retro bell")
    held = {"retro", "bell"}
    words = sorted({w for c in found for w in c.text.split()} - held)

    def value(taken: set[str]) -> float:
        return sum(c.score for c in found if set(c.text.split()) <= taken | held and not set(c.text.split()) <= held)

    best = max(
        value(set(taken)) for size in range(len(words) + 1) for taken in combinations(words, size) if sum(map(len, taken)) <= total
    )
    assert sum(len(word) for word in choice.words) <= total
    assert not held & set(choice.words)
    assert value(set(choice.words)) == pytest.approx(best, abs=1e-4)


def test_each_and_total_length_hold() -> None:
    found = [candidate("brass bicycle bell", 0.9), candidate("bike bell", 0.8), candidate("cycle bell", 0.7), candidate("ringer", 0.6)]
    choice = choose(found, Budget(3, 10, 22))
    texts = [c.text for c in choice.chosen]
    assert all(len(text) <= 10 for text in texts)
    assert len(", ".join(texts)) <= 22


def test_spellings_of_one_name_are_taken_once() -> None:
    found = [candidate("power bank", 0.9), candidate("powerbank", 0.89), candidate("portable charger", 0.5)]
    texts = {c.text for c in choose(found, Budget(2, None, None)).chosen}
    assert texts == {"power bank", "portable charger"}


def test_required_name_is_in_even_when_worth_less() -> None:
    found = [candidate("bike bell", 0.9), candidate("cycle ring", 0.8), candidate("brass gong", 0.1)]
    choice = choose(found, Budget(2, None, None), required=("brass gong",))
    assert "brass gong" in {c.text for c in choice.chosen}


def test_many_candidates_are_chosen_greedily_with_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("listinglint.suggestions.choice.EXACT_UP_TO", 2)
    found = [candidate("brass bike bell", 0.9), candidate("bike bell", 0.8), candidate("brass bell", 0.7), candidate("loud ring", 0.6)]
    choice: Choice = choose(found, Budget(2, None, None))
    assert choice.method == "greedy"
    assert 0.0 <= choice.bound < 1.0


def test_same_input_same_choice() -> None:
    found = [candidate(f"{a} {b}", 0.5) for a, b in combinations(WORDS, 2)]
    assert choose(found, Budget(5, None, None)) == choose(found, Budget(5, None, None))
