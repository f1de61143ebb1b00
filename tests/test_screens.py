"""Screens are a speed-up only: whatever the text, the same is found with them and without."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listinglint.config import Settings
from listinglint.engine import Linter
from listinglint.model import Listing
from listinglint.rules import screens
from listinglint.rules.phrases import _flatten, flatten
from listinglint.rules.text import untidy_spacing

_WITH = Linter(Settings())
_WITHOUT = Linter(Settings(triggers=False))
_PIECES = [
    " ", "  ", "\n", "\t", ".", "..", "...", ",", ";", "!", "!!!", "?", ":", "::", "(", ")", "[", "]", "-", " - ", "\xa0", "“", "’", "°", "Â°", "é", "，", "＄", "中文", "\u200b", "&amp;", "<b>",
    "</p>", "w/", "steel", "STEEL", "YOU'RE", "DON’T", "stainles", "hikking", "12", "00 86 138", "+86 138 1234 5678", "1-800-555-1234", "(212) 555-1234", "Tel: 021 555 1234", "@", "me@mail.com",
    "shop.com", "www.shop", "dot com", "(at)", "line id", "wechat", "F*ck", "\"", "5\"", "pour", "für", "jardin", "gartenschlauch", "red", "a", "The best", "hot sale", "Sale", "buy 2 get 1 free", "20% off",
    "Nike", "replica", "CE certified", "AB-1234", "M:", "yrs", "pls", "cotton", "220V", "$5", "exquisite", "we are a leading manufacturer",
]  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=14).map(lambda pieces: "".join(pieces)) | st.lists(st.sampled_from(_PIECES), min_size=1, max_size=14).map(" ".join)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(_TEXTS, _TEXTS, _TEXTS, st.sampled_from(["alibaba", "amazon", "google"]))
def test_screens_hide_nothing(title: str, keywords: str, description: str, on: str) -> None:
    listing = Listing.of({"title": title, "keywords": keywords, "description": description, "brand": "Acme", "model": "AB-1234", "moq": "10", "price": "5"})
    with_, without = _on(on)
    found, wanted = with_.lint(listing), without.lint(listing)
    assert not found.errors
    assert found.findings == wanted.findings


def _on(name: str) -> tuple[Linter, Linter]:
    if name not in _LINTERS:
        _LINTERS[name] = Linter(Settings(marketplace=name)), Linter(Settings(marketplace=name, triggers=False))
    return _LINTERS[name]


_LINTERS: dict[str, tuple[Linter, Linter]] = {"alibaba": (_WITH, _WITHOUT)}


@pytest.mark.parametrize("text", ["Wait!!! Here", "now:: then", "a ,b", "well .. so", "end !", "( a)", "a - - b"])
def test_untidy_texts_pass_the_screen(text: str) -> None:
    report = _WITH.lint(Listing.of({"title": "Steel Pan", "description": f"This pan of steel is good; {text}"}))
    assert "untidy-spacing" in {finding.rule for finding in report.findings}


@given(st.text())
def test_flatten_by_table_is_flatten(text: str) -> None:
    assert flatten(text) == _flatten(text)
    assert len(flatten(text)) == len(text)


@given(st.binary())
def test_any_of_and_shapes(text: bytes) -> None:
    assert screens.any_of("@é")(text) == (b"@" in text or b"\xe9" in text)
    shaped = screens.shapes({"A": screens.CAPITALS, "0": screens.DIGITS})(text)
    assert len(shaped) == len(text)
    assert [chr(sign) for sign in shaped] == ["A" if 65 <= one <= 90 else "0" if 48 <= one <= 57 else "_" for one in text]


_SPACING = st.lists(st.sampled_from([*" \t\n\xa0\u2003\u3000,;.!?:()[]-ab9'\"%é中—&", "  ", "   ", "...", "..", "::", " - ", "- -", "word"]), min_size=1, max_size=12).map("".join)


@given(_SPACING)
def test_untidy_places_are_those_of_the_patterns(text: str) -> None:
    for pattern in (untidy_spacing._LONG, untidy_spacing._HTML):
        assert [match.span() for match in untidy_spacing._found(pattern, text)] == [match.span() for match in pattern.finditer(text)]
    assert not untidy_spacing._TIGHT.search(text) or untidy_spacing._may_be_tight(text.encode("latin-1", "replace"))
