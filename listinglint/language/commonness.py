"""How common a product name is, and whether a far commoner name of the same thing exists.

`rarer_than` reads a list of pairs made at build time (`data/lexicons/rare_names.csv`, see
`data/build/build_rare_names.py`); it needs no frequency table, so an ordinary title costs a few dictionary look-ups.
Only `commonness` asks for frequencies.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from listinglint import lexicons
from listinglint.language.plurals import _singular_word, find_head, is_plural, pluralize, singularize
from listinglint.language.words import FUNCTION_WORD, stem, word_info
from listinglint.model.memory import PHRASES
from listinglint.model.patterns import lazy_pattern

_ALNUM = lazy_pattern(r"[^\W_]+")
_LONGEST = 3
"""The most words of a rare alias."""


class Rival(NamedTuple):
    """A rare alias as written in the name, the common name for it, and the whole name with that in its place."""

    rare: str
    common: str
    name: str


def commonness(name: str) -> float:
    """How common a product name is, as a zipf value (0–8): its head's, lowered by half of what its rarest word lacks.

    Frequencies are wordfreq's. A name without letters has 0.
    """
    words = [w for w in name.lower().replace("-", " ").split() if any(c.isalpha() for c in w) and not word_info(w) & FUNCTION_WORD]
    if not words:
        return 0.0
    span = find_head(name)
    head = zipf(name[slice(*span)].lower() if span else words[-1])
    rarest = min(map(zipf, words))
    return head - max(0.0, head - rarest) / 2


def zipf(word: str) -> float:
    """How common a word in lower case is (0–8, by wordfreq); 0 for one that it does not know."""
    known = lexicons.zipf_frequency(word)
    if known is not None:
        return known
    # Figures, accents and apostrophes are read by wordfreq's own rules; it takes 0.2 s and 45 MB to load.
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word, "en"))


@cache
def _aliases() -> dict[str, str]:
    return {row["rare"].replace("-", " "): row["common"] for row in lexicons.table("rare_names")}


@cache
def _parted() -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The rare aliases of one word, and the last two words of all others as they are and in stems; punctuation parts words."""
    words = [_ALNUM.findall(rare) for rare in _aliases()]
    pairs = [(one, other) for *_, first, last in (parts for parts in words if len(parts) > 1) for one in {first, stem(first)} for other in {last, stem(last)}]
    return frozenset(parts[0] for parts in words if len(parts) == 1), frozenset(pairs)


def is_rare_name(word: str) -> bool:
    """True for a word in lower case that is a rare alias."""
    return word in _parted()[0] or _singular_word(word) in _parted()[0]


def may_hold_rare_pair(stems: Sequence[str]) -> bool:
    """A cheap test, true wherever a text whose words have these stems holds a rare alias of several words."""
    return not _parted()[1].isdisjoint(pairwise(stems))


@lru_cache(maxsize=PHRASES)
def rarer_than(name: str) -> Rival | None:
    """The far commoner name for a product name whose head, or last two or three words, are a rare alias; else None.

    `PVC Baboosh` gives `Rival("Baboosh", "Slippers", "PVC Slippers")`. Words before the alias, capitals and number are
    kept. Two common names are never rivals: the list holds no name that goods are sold under.
    """
    if " of " in name.lower():
        return _of_phrase(name)
    span = find_head(name)
    if span is None:
        return None
    end = span[1]
    before = name[:end].split()
    for count in range(min(_LONGEST, len(before)), 0, -1):
        rare = " ".join(before[-count:])
        key = rare.lower().replace("’", "'").replace("-", " ")
        common = _aliases().get(key) or _aliases().get(singularize(key))
        if common is None:
            continue
        start = end - len(rare)
        if name[start:end] != rare:
            return None
        common = _fitting(common, rare)
        return Rival(rare, common, f"{name[:start]}{common}{name[end:]}")
    return None


def _of_phrase(name: str) -> Rival | None:
    """A rare alias with `of` in it (`oil of vitriol`), which is one name although its head stands first."""
    words = name.split()
    for count in range(min(_LONGEST + 1, len(words)), 2, -1):
        for at in range(len(words) - count + 1):
            rare = " ".join(words[at : at + count])
            common = _aliases().get(rare.lower()) if " of " in rare.lower() else None
            if common is not None:
                common = _fitting(common, words[at])
                return Rival(rare, common, " ".join([*words[:at], common, *words[at + count :]]))
    return None


def _fitting(common: str, rare: str) -> str:
    """The common name in the number and capitals of the rare one; names always sold in the plural stay so."""
    if is_plural(rare.lower()) and not is_plural(common):
        common = pluralize(common)
    if rare.isupper() and len(rare) > 1:
        return common.upper()
    if rare[:1].isupper():
        return " ".join(word[:1].upper() + word[1:] for word in common.split())
    return common
