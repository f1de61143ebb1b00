"""The families that materials belong to: two materials contradict each other when no family is shared."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from listinglint.model.memory import PHRASES
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.phrases import read_lexicon

_JOINED: Final = lazy_pattern(r"(?<=[a-z])(?=[A-Z][a-z])|-")


@cache
def _families() -> dict[str, frozenset[str]]:
    """Materials (lower case) with the families that they belong to."""
    return {row["material"]: frozenset(row["families"].split(";")) for row in read_lexicon("material_families")}


@lru_cache(maxsize=PHRASES)
def family_of(text: str) -> tuple[frozenset[str], str]:
    """The families of all materials that a text names, and the first material."""
    families = _families()
    words = re.findall(r"[a-z0-9]+", _JOINED.sub(" ", text).lower())
    found: set[str] = set()
    first = ""
    at = 0
    while at < len(words):
        for size in (3, 2, 1):
            phrase = " ".join(words[at : at + size])
            if phrase in families and at + size <= len(words):
                found |= families[phrase]
                first = first or phrase
                at += size - 1
                break
        at += 1
    return frozenset(found), first
