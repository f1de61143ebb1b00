"""Other wordings of a product name that the thesaurus does not hold as a whole.

Wherever two names of one thesaurus group differ in one place only (`bicycle pump`, `bike pump`), the two words stand for
each other there. A pair that many groups bear out is good for names that no group holds. Nothing but the thesaurus is used.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Final, NamedTuple

from listinglint import lexicons
from listinglint.language.plurals import is_plural, pluralize, singularize
from listinglint.language.thesaurus import spelling_variants, thesaurus

_LEAST_GROUPS: Final = 3
_LEAST_SHARE: Final = 0.2
_MOST_WORDS: Final = 6


class Substitution(NamedTuple):
    """`old` may be said as `new`; `groups` bear it out, a `share` of all groups that hold `old` in that place."""

    old: str
    new: str
    head: bool
    groups: int
    share: float


def _differing(one: list[str], other: list[str]) -> tuple[tuple[str, ...], tuple[str, ...], bool] | None:
    """The one run in which two word lists differ, and whether it ends them; None where they differ in more."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = tuple(one[start : len(one) - end]), tuple(other[start : len(other) - end])
    if not left or not right or len(left) > 2 or len(right) > 2 or (start == 0 and end == 0):
        return None
    return left, right, end == 0


@cache
def substitutions() -> dict[str, tuple[Substitution, ...]]:
    """Words (or pairs of words, parted by a space) with what may stand for them, the best first.

    They are read from the built table; where the thesaurus has been extended by a seller's file they are derived anew.
    """
    if thesaurus().extended:
        return derived()
    out: dict[str, list[Substitution]] = {}
    for row in lexicons.table("substitutions"):
        found = Substitution(row["old"], row["new"], row["head"] == "1", int(row["groups"]), float(row["share"]))
        out.setdefault(found.old, []).append(found)
    return {old: tuple(found) for old, found in out.items()}


def derived() -> dict[str, tuple[Substitution, ...]]:
    """The substitutions as the thesaurus in memory bears them out (0.4 s)."""
    pairs: Counter[tuple[str, str, bool]] = Counter()
    places: Counter[tuple[str, bool]] = Counter()
    for group in thesaurus():
        names = [name.lower().split() for name in group.names[:10]]
        seen: set[tuple[str, str, bool]] = set()
        held: set[tuple[str, bool]] = set()
        for words in names:
            for at in range(len(words)):
                for size in (1, 2):
                    if at + size <= len(words) and size < len(words):
                        held.add((" ".join(words[at : at + size]), at + size == len(words)))
        for at, one in enumerate(names):
            for other in names[at + 1 :]:
                found = _differing(one, other)
                if found is not None:
                    left, right, head = " ".join(found[0]), " ".join(found[1]), found[2]
                    seen.add((left, right, head))
                    seen.add((right, left, head))
        pairs.update(seen)
        places.update(held)
    out: dict[str, list[Substitution]] = {}
    for (old, new, head), groups in pairs.items():
        share = groups / max(1, places[(old, head)])
        if groups >= _LEAST_GROUPS and share >= _LEAST_SHARE:
            out.setdefault(old, []).append(Substitution(old, new, head, groups, min(1.0, share)))
    return {old: tuple(sorted(found, key=lambda s: (-s.share, -s.groups, s.new))) for old, found in out.items()}


class Wording(NamedTuple):
    """Another wording of a name, how far it can be trusted (0–1), and what was put for what."""

    text: str
    trust: float
    old: str
    new: str


def wordings(name: str, most: int = 8) -> list[Wording]:
    """Other wordings of a product name, the most trusted first; number (plural) is kept."""
    plural = is_plural(name)
    single = singularize(name) if plural else name
    words = single.lower().split()
    if not 2 <= len(words) <= _MOST_WORDS:
        return []
    table = substitutions()
    found: dict[str, Wording] = {}
    for size in (2, 1):
        for at in range(len(words) - size + 1):
            if size == len(words):
                continue
            old = " ".join(words[at : at + size])
            for one in table.get(old, ()):
                if one.head != (at + size == len(words)):
                    continue
                made = " ".join([*words[:at], one.new, *words[at + size :]])
                if len(set(made.split())) < len(made.split()):
                    continue
                text = pluralize(made) if plural else made
                if text != name.lower() and (text not in found or found[text].trust < one.share):
                    found[text] = Wording(text, one.share, old, one.new)
    return sorted(found.values(), key=lambda w: (-w.trust, w.text))[:most]


def spellings(name: str) -> tuple[str, ...]:
    """The same name in its other spellings (British or American, open or closed)."""
    return tuple(text.lower() for text in spelling_variants(name.lower()))
