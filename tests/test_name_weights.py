"""The fast sums of the brand model are those of its named features, and its weights name kinds of words, no words."""

from __future__ import annotations

import pytest

from listinglint.language.names.brand import known_brand
from listinglint.language.names.makers import Context, features, scored
from listinglint.language.names.parse import blank_brackets, full_name
from listinglint.language.names.pieces import Reading
from listinglint.language.names.weights import weights

TITLES = [
    "Zorvanta Men's Denim Jacket, Blue",
    "2 Packs of Quibbly® Roasted Almonds 200 g",
    "[ Home Joy ] Frying Pan 28cm by Kluff",
    "Automatic Bottle Filling Machine, Capacity: 40 BPM",
    "Sharp Bread Maker 2L (Pack of 1) - intl",
    "NEW Vornix-Pro 4K Action Camera",
]


@pytest.mark.parametrize("title", TITLES)
def test_sums_are_those_of_the_features(title: str) -> None:
    reading = Reading(title)
    roles = blank_brackets(reading.roles)[1]
    known = known_brand(reading, roles)
    head, start = full_name(reading, roles, None, known, frozenset())
    context = Context(reading, roles, start, head, known)
    table = weights("brand")
    named = {place: sum(table.get(name, 0.0) for name in names) for place, names in features(context)}
    fast = {place: score for score, place in scored(context, everything=True)}
    assert fast.keys() == named.keys()
    # the sums kept with a word are rounded to a tenth
    assert all(abs(fast[place] - named[place]) < 0.06 * (2 + place[1] - place[0]) for place in fast)


def test_weights_are_small_numbers() -> None:
    assert len(weights("brand")) > 1000
    assert all(abs(weight) < 20 for weight in weights("brand").values())
