"""The cheap tests with which the rules on keywords begin: none may turn a keyword away of which the rule has something to say."""

from __future__ import annotations

import re
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from listinglint import lexicons
from listinglint.language.plurals import pluralize, singularize
from listinglint.language.words import content_words
from listinglint.rules.analysis import FieldText, Keyword, is_plain
from listinglint.rules.keyword_names import _CUT, _NAME_WORD, _same_machine, core, keyword_stem, last_stem, same_machine
from listinglint.rules.keywords import (
    bare_brand,
    bare_certification,
    bare_specification,
    distant_hypernym,
    keyword_separator,
    redundant_plural,
)

_WORDS = sorted(
    {
        *"bag bags bottle Bottle steel for with and of & 12 V 220V 5.5 kg M8 18650 AA aaa a b size grade phase single xl XXL agm li-ion usb type-c brand Inc co.".split(),
        *"CE RoHS FDA approved certified 9001 ISO 2015 2024 report Bosch bosch DeWalt 3M Apple Levi's home garden kitchen industry products goods technology".split(),
        *"battery batteries knives knife men's -- / x × ½ 50% #10 ( ) ™".split(),
    }
)
_TEXTS = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join)


def _keyword(text: str) -> Keyword:
    return Keyword(text, 0, len(text), FieldText("keywords", text))


@given(_TEXTS)
def test_facts_of_keywords_are_those_of_their_texts(text: str) -> None:
    assert keyword_stem(_keyword(text)) == last_stem(text)
    assert _keyword(text).content == tuple(content_words(text))


_MACHINES = st.lists(st.sampled_from("pipe extrusion line plant machine machines extruder plastic for with recycling-machine machine's set the 2".split()), min_size=1, max_size=4).map(" ".join)


@given(_MACHINES, _MACHINES)
def test_machines_are_told_by_their_heads(one: str, other: str) -> None:
    assert same_machine(one, other) == _same_machine(one, other)


def _asks_for_digit(kind: Any, value: Any) -> bool:
    """True where every text that a node of a pattern matches holds a digit."""
    if kind is kinds.LITERAL:
        return chr(value).isdigit()
    if kind is kinds.RANGE:
        return all(chr(code).isdigit() for code in range(value[0], value[1] + 1))
    if kind is kinds.CATEGORY:
        return value is kinds.CATEGORY_DIGIT
    if kind is kinds.IN:
        return all(_asks_for_digit(*item) for item in value)
    if kind is kinds.BRANCH:
        return all(any(_asks_for_digit(*node) for node in branch) for branch in value[1])
    if kind is kinds.SUBPATTERN:
        return any(_asks_for_digit(*node) for node in value[-1])
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
        return value[0] > 0 and any(_asks_for_digit(*node) for node in value[2])
    return False


def test_forms_say_whether_they_ask_for_a_digit() -> None:
    for row in lexicons.table("specification_forms"):
        asked = any(_asks_for_digit(*node) for node in parser.parse(row["pattern"]))
        assert row["digits"] in ("always", "maybe")
        assert asked or row["digits"] == "maybe", row["pattern"]


@settings(max_examples=400)
@given(_TEXTS)
def test_no_fault_is_screened_out(text: str) -> None:
    keyword = _keyword(text)
    assert bare_specification._may_specify(keyword) or not bare_specification.is_specification(text)
    certified = bare_certification.certificate_kind(text) is not None
    last = keyword.words[-1:] or ["-"]
    assert not certified or last[0] in bare_certification._last_words() or last[0].isdigit()
    key = bare_brand._key(text)
    bare = bare_brand._TAIL.sub("", text).strip().lower()
    assert bare_brand._may_be_brand(keyword, {key}) and (bare_brand._may_be_brand(keyword, set()) or bare not in lexicons.brands())
    low = " ".join(text.lower().replace("-", " ").split())
    assert distant_hypernym._may_jump(keyword) or (distant_hypernym._industry(low) is None and low.split()[-1] not in distant_hypernym._TRADES)


def test_whole_lexica_pass() -> None:
    for brand in lexicons.brands():
        assert bare_brand._may_be_brand(_keyword(brand), set())
    for row in lexicons.table("industries"):
        assert distant_hypernym._may_jump(_keyword(row["name"]))
    for mark in lexicons.certifications():
        for spelling in mark.spellings:
            if bare_certification.certificate_kind(spelling) is not None:
                last = _keyword(spelling).words[-1]
                assert last in bare_certification._last_words() or last.isdigit()


@given(_TEXTS)
def test_plain_texts_have_the_words_that_the_patterns_find(text: str) -> None:
    cut = _CUT.search(text)
    assert core(text) == ((text[: cut.start()].strip(" -–—|,:()") if cut and cut.start() > 2 else text) or text)
    if is_plain(text):
        assert _NAME_WORD.findall(text.lower()) == text.lower().split()


@given(st.lists(st.sampled_from(["red bag", "", " ", "  ", "a/b", "steel | mug", "x;y", "mug • cup", "\n", "big  mug"]), max_size=5))
def test_tidy_cells_have_no_wrong_separator(pieces: list[str]) -> None:
    text = ",".join(pieces)
    if keyword_separator._tidy(text):
        assert not [match for match in keyword_separator._runs((",",)).finditer(text) if keyword_separator._wrong(match, len(text), (",",))]
        assert not keyword_separator._slashes(FieldText("keywords", text))


@given(st.lists(st.sampled_from(["battery", "knife", "woman", "steel", "bag", "of", "glasses", "mother-in-law", "tooth", "box", "series"]), min_size=1, max_size=4))
def test_singulars_begin_alike(words: list[str]) -> None:
    plural = " ".join(re.split("[ -]", pluralize(" ".join(words))))
    assert redundant_plural._may_be_singular(singularize(plural), plural) or singularize(plural) == plural
