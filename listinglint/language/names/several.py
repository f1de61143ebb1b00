"""Tells a title that sells several products from one that joins words in one name (`salt and pepper grinder`)."""

from __future__ import annotations

from typing import Final

from listinglint.language.names.heads import joined, name_start
from listinglint.language.names.pieces import Reading
from listinglint.model.patterns import lazy_pattern

_LIST: Final = lazy_pattern(r"[^pby|():_\-]*")
_PIECE: Final = lazy_pattern(r"[^,&]+")
_TRAILING: Final = "cMzsnmukqKax"
SETS: Final = frozenset(
    ("set", "kit", "combo", "pack", "bundle", "collection", "suit", "pair", "system", "package", "hamper")
)

Item = tuple[int, int]
"""The first word of a product name and its head."""


def listed_products(reading: Reading, roles: str, head: int) -> list[Item]:
    """The products of a title that lists two or more of them; empty for a title that sells one thing.

    Every part between commas, `&`, `and`, `/` must be a whole name, or a plural; a set, a kit or a counted pack is one.
    """
    match = _LIST.match(roles)
    if match is None or head >= match.end() or not ("," in match[0] or "&" in match[0]):
        return []
    items: list[Item] = []
    bare = 0
    pieces = list(_PIECE.finditer(roles, 0, match.end()))
    if len(pieces) < 2 or (len(pieces) == 2 and not _pair(reading, roles, pieces[0].end(), len(roles), head)):
        return []
    for at, piece in enumerate(pieces):
        item = _item(reading, roles, piece.start(), piece.end())
        if item is None:
            return []
        items.append(item)
        word = reading.words[item[1]]
        alone = item[0] == item[1] and not any(role in "sMcT" for role in roles[piece.start() : item[1]])
        if alone:
            bare += 1
            if at + 1 < len(pieces) and word.stem == word.low:
                return []
    if len(items) < 2 or (bare and len(items) < 3):
        return []
    return items if _different(reading, roles, items) else []


def _pair(reading: Reading, roles: str, link: int, end: int, head: int) -> bool:
    """True where the sign between two names parts two products: `+`, a comma between short names, `and` behind the head."""
    sign = reading.words[link].low
    if sign == "/" or (roles[link] == "," and (link > 5 or end - link > 6)):
        return False
    return roles[link] == "," or head < link <= 6


def _item(reading: Reading, roles: str, begin: int, end: int) -> Item | None:
    """The product name that a part of a list ends with, or None where it is none."""
    last = end - 1
    while last > begin and roles[last] in _TRAILING:
        last -= 1
    if roles[last] not in "HQGDe" or not reading.words[last].groups:
        return None
    if (roles[last] == "G" and last == begin) or "f" in roles[begin:last]:
        return None
    return name_start(reading, last, begin), last


def _different(reading: Reading, roles: str, items: list[Item]) -> bool:
    """True when the items are different things, not one set or other names of one thing."""
    words = reading.words
    heads = {words[last].stem for _, last in items}
    if len(heads) < len(items) or heads & SETS or "q" in roles or any(word.stem in SETS for word in words):
        return False
    first, second = items[0], items[1]
    if len(items) == 2:
        link = words[second[0] - 1].low
        kin = words[first[1]].groups & words[second[1]].groups
        whole = first[0] < first[1] and second[0] < second[1]
        if joined(words[first[1]], words[second[0]]) or (kin and link in ("and", "&") and not whole):
            return False
    from listinglint.language.thesaurus import thesaurus

    names = [reading.slice(*item) for item in items]
    known = thesaurus()
    return not any(known.same(names[0], other) for other in names[1:])
