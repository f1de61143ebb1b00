"""The table of words: its flags must be set wherever the slower look says that a word is of the kind."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from listinglint.language import vocabulary as v
from listinglint.language.commonness import _aliases, may_hold_rare_pair, rarer_than
from listinglint.language.languages import NAMES, foreign_run, language_of
from listinglint.language.plurals import pluralize
from listinglint.language.spelling import known_misspellings, trade_correction
from listinglint.language.words import stem
from listinglint.model.lazy import lazy
from listinglint.rules.phrases import flatten

_WORDS = ["steel", "stainles", "accesories", "hikking", "qwrtzk", "the", "pour", "avec", "para", "rouge", "gartenschlauch", "red", "12mm", "waterproof", "quality"]


def test_flags_of_words() -> None:
    assert v.word_flags("accesories") & v.MISSPELT
    assert v.word_flags("stainles") & v.MISSPELT
    assert v.word_flags("qwrtzk") & v.UNKNOWN
    assert not v.word_flags("steel") & (v.MISSPELT | v.UNKNOWN | v.FOREIGN | v.FOREIGN_NAME | v.DIGITS)
    assert v.word_flags("steel") & v.FEATURE and v.word_flags("steel") & v.TELLING
    assert not v.word_flags("the") & v.TELLING
    assert v.word_flags("12mm") & v.DIGITS


@given(st.lists(st.sampled_from(_WORDS)))
def test_mask_has_all_flags_of_the_words(words: list[str]) -> None:
    mask = 0
    for word in words:
        mask |= v.word_flags(word)
    assert v.mask_of(words) == mask


@given(st.lists(st.sampled_from([*_WORDS, *"de la con per mit und für ohne der die das w kg zum les des".split()]), min_size=1))
def test_without_the_flags_no_text_is_foreign_or_misspelt(words: list[str]) -> None:
    mask = v.mask_of(words)
    if not mask & v.FOREIGN:
        assert language_of(words) is None
    if not mask & v.FOREIGN_NAME:
        assert foreign_run(" ".join(words)) is None
    if not mask & v.MISSPELT:
        assert all(word not in known_misspellings() and trade_correction(word) is None for word in words)
    assert language_of(words) in (None, *NAMES)


def test_lazy_is_computed_once() -> None:
    calls = []

    class One:
        @lazy
        def value(self) -> int:
            """A value."""
            calls.append(1)
            return 7

    one = One()
    assert (one.value, one.value, one.__dict__["value"], len(calls)) == (7, 7, 7, 1)
    assert isinstance(One.value, lazy) and One.value.__doc__ == "A value."


def test_every_rare_name_is_told() -> None:
    for rare in _aliases():
        for name in (rare, pluralize(rare), f"Blue {rare.title()}", f"{rare.replace(' ', '-')} 10 cm"):
            words = flatten(name).split()
            told = bool(v.mask_of(words) & v.RARE) or may_hold_rare_pair(list(map(stem, words)))
            assert told or not name.isascii() or rarer_than(name) is None, name
