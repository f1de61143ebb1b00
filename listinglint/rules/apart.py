"""Names that do not fit a listing: of another material, of an opposite kind, or of another sense of a word with many."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from listinglint import lexicons
from listinglint.language.plurals import singularize
from listinglint.language.thesaurus import Group
from listinglint.language.words import stem
from listinglint.model.memory import PHRASES
from listinglint.rules.materials import family_of

_MANY: Final = 2
"""A noun of so many senses in the dictionary may mean a thing of another trade: tee, dolly, primer."""


@cache
def _opposites() -> tuple[tuple[frozenset[str], ...], ...]:
    """Classes of words of which a product is only one."""
    return tuple(tuple(frozenset(words.split()) for words in row["classes"].split("|")) for row in lexicons.table("opposites"))


def contradicts(name: str, told: Iterable[str], materials: Iterable[str]) -> bool:
    """True for a name of another thing than the one that words in small letters tell of (`robusta` for arabica beans), or that is made of `materials`."""
    words, own = name.lower().split(), frozenset(told)
    for classes in _opposites():
        for at, one in enumerate(classes):
            if not one.isdisjoint(words) and one.isdisjoint(own) and any(not other.isdisjoint(own) for n, other in enumerate(classes) if n != at):
                return True
    before = " ".join(word for word in words[:-1] if word not in own)
    families = family_of(before)[0] if before else frozenset()
    if not families:
        return False
    mine = frozenset[str]().union(*(family_of(material)[0] for material in materials))
    return bool(mine) and mine.isdisjoint(families)


@lru_cache(maxsize=PHRASES)
def _senses(word: str) -> int:
    return len(lexicons.nouns().senses(singularize(word), 99))


def other_sense(matched: str, group: Group, told: Iterable[str]) -> bool:
    """True where a group is known by one word of many senses, and no other word of its names is among `told`: a copper tee is no T-shirt."""
    if " " in matched or "-" in matched or _senses(matched.lower()) < _MANY:
        return False
    own = stem(matched.lower())
    return _stems_of(group).isdisjoint(stem(word) for word in told if stem(word) != own)


@lru_cache(maxsize=PHRASES)
def _stems_of(group: Group) -> frozenset[str]:
    """The stems of all words of a group's names, broader and narrower ones too, and of its category."""
    names = (*group.names, *group.broader, *group.narrower, group.category.replace(">", " ").replace(",", " "))
    return frozenset(stem(word) for name in names for word in name.lower().replace("-", " ").split())
