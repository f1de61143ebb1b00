"""How long texts are: words in English and Chinese, and the measures of marketplaces."""

from __future__ import annotations

import unicodedata

from listinglint.marketplaces import measure
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import FieldText, is_wide

_HAN = lazy_pattern(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HAN_PER_WORD = 3
"""Sixty Chinese characters say about what twenty English words do."""
_ITEM = lazy_pattern(r"[^\n|•]+")


def word_count(part: FieldText) -> int:
    """Words of a text; three Chinese characters count as one."""
    if part.text.isascii():
        return len(part.words)
    if not is_wide(part.text):
        return len(part.text.split())
    han = len(_HAN.findall(part.text))
    return len(_HAN.sub(" ", part.text).split()) + han // _HAN_PER_WORD


def length_of(text: str, unit: str) -> int:
    """The length of a text in the unit of a limit: words, or what `measure` takes."""
    return len(text.split()) if unit == "words" else measure(text, unit)


def counted(text: str) -> str:
    """What a bag of words is measured by: spaces and punctuation do not count."""
    return "".join(c for c in unicodedata.normalize("NFC", text) if not c.isspace() and unicodedata.category(c)[0] not in "PZC")


def items(part: FieldText) -> list[tuple[int, int]]:
    """The places of the single highlights of a cell, one a line."""
    return [match.span() for match in _ITEM.finditer(part.raw) if match[0].strip()]
