"""How many words a text has, in English and Chinese."""

from __future__ import annotations

import re

from listinglint.rules.analysis import FieldText

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HAN_PER_WORD = 3
"""Sixty Chinese characters say about what twenty English words do."""


def word_count(part: FieldText) -> int:
    """Words of a text; three Chinese characters count as one."""
    if part.text.isascii():
        return len(part.words)
    han = len(_HAN.findall(part.text))
    return len(_HAN.sub(" ", part.text).split()) + han // _HAN_PER_WORD
