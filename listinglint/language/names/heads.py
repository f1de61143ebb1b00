"""Finds the head of a run of words, and how far the product name reaches to its left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from listinglint.language.names.evidence import name_evidence
from listinglint.language.names.pieces import Reading, Word

if TYPE_CHECKING:
    from listinglint.language.statistics import CatalogStatistics

STRENGTH: Final = {"H": 3.0, "Q": 2.6, "G": 2.5, "D": 2.0, "e": 1.8, "N": 1.6, "W": 1.0, "l": 0.9, "U": 0.8, "A": 0.7, "P": 0.5, "I": 0.4, "T": 0.3}
"""How much a role speaks for being the head; roles not listed cannot be one."""
_STRONG: Final = "HQGD"
_BREAKS: Final = re.compile(r"[xasczmnukqR&Kfpoyb]")
_LEFT: Final = frozenset("TNWHDGIAeQMlUtQ")
"""Roles that may stand inside a product name before its head."""
_MODIFIER_LIKE: Final = 0.35
MOST_MODIFIERS: Final = 6


def _joined(one: Word, other: Word) -> bool:
    """True when the two follow each other in a known product name."""
    return (one.stem, other.stem) in name_evidence().pairs


def _kin(one: Word, other: Word) -> bool:
    """True when two heads may stand in for one another in a piled-up title."""
    return one.stem == other.stem or not one.groups.isdisjoint(other.groups)


def endness(word: Word, catalog: CatalogStatistics | None) -> float:
    """How often the word ends a product name, 0–1: by the thesaurus, and by the catalog where it knows the word."""
    own = catalog.headness(word.low) if catalog is not None else None
    return word.endness if own is None else (word.endness + 2 * own) / 3


def find_head(reading: Reading, first: int, last: int, catalog: CatalogStatistics | None) -> tuple[int, float]:
    """The head among the words `first` … `last - 1` and its strength; (-1, 0) where none can be one."""
    roles, words = reading.roles, reading.words
    strong = [at for at in range(first, last) if roles[at] in _STRONG]
    if not strong:
        return _weak_head(reading, first, last)
    head = strong[0]
    for following in strong[1:]:
        if not _goes_on(reading, head, following, catalog):
            break
        head = following
    return _compound_end(reading, head, last), STRENGTH[roles[head]]


def _weak_head(reading: Reading, first: int, last: int) -> tuple[int, float]:
    """The head of a run without a listed one: the last word of the best kind there is."""
    roles = reading.roles
    for kind in ("e", "N", "W", "lUA", "I"):
        for at in range(last - 1, first - 1, -1):
            if roles[at] in kind:
                return at, STRENGTH[roles[at]]
    return -1, 0.0


def _compound_end(reading: Reading, head: int, last: int) -> int:
    """A noun right behind the head is the real one where it ends the run or makes a known name (`pump impeller`)."""
    roles, words = reading.roles, reading.words
    following = head + 1
    if following < last and roles[following] in "NeW":
        if _joined(words[head], words[following]) and words[following].endness >= 0.3:
            return following
        if roles[following] == "N" and (following + 1 == last or _BREAKS.match(roles, following + 1)):
            return following
    return head


def _goes_on(reading: Reading, head: int, following: int, catalog: CatalogStatistics | None) -> bool:
    """True when `head` is but a modifier of `following` (`tank cleaning machine`); False when a name ends at `head`."""
    roles, words = reading.roles, reading.words
    one, other = words[head], words[following]
    if roles[head] == "D":
        return True
    general = roles[following] == "G"
    if following == head + 1:
        if _joined(one, other):
            return True
        if one.stem == other.stem:
            return False
        if general:
            return roles[head] != "G"
        return not _kin(one, other) or endness(one, catalog) < _MODIFIER_LIKE
    if _BREAKS.search(roles, head + 1, following):
        return endness(one, catalog) < 0.25 and not one.stem == other.stem
    if one.stem == other.stem:
        return False
    if general:
        return roles[head] != "G"
    if roles[head] == "G" or _kin(one, other):
        return False
    return following - head <= 2 or endness(one, catalog) < 0.5


def name_start(reading: Reading, head: int, first: int) -> int:
    """Where the product name begins whose head is `head`: type-defining modifiers to its left, down to `first`."""
    roles, words = reading.roles, reading.words
    start = head
    for at in range(head - 1, max(first, head - MOST_MODIFIERS) - 1, -1):
        role = roles[at]
        word, right = words[at], words[at + 1]
        if role == "M" or role == "D":
            if start != head and roles[at + 1] not in "MD" and not _joined(word, right):
                break
        elif role in "sczPJV" and _joined(word, right):
            pass
        elif role not in _LEFT:
            break
        elif role == "H" and _kin(word, words[head]) and word.endness >= 0.5 and not _joined(word, right):
            break
        start = at
    return start
