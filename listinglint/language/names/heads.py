"""Finds the head of a run of words, and how far the product name reaches to its left."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from listinglint.language.names.evidence import name_evidence
from listinglint.language.names.pieces import NEGATIONS, Reading, Word
from listinglint.language.names.second_look import CLOSE, second_look
from listinglint.language.words import ACRONYM, GENERAL, MATERIAL, PART, QUANTITY, STYLE, TYPE_WORD
from listinglint.lexicons import word_list
from listinglint.model.patterns import lazy_pattern

if TYPE_CHECKING:
    from listinglint.language.statistics import CatalogStatistics

BASE: Final = {
    "H": 2.0, "Q": 2.0, "G": 1.0, "D": 1.0, "e": 1.0, "E": 0.1, "N": 0.4, "W": 0.0, "l": 0.5, "U": -0.4, "A": -0.7, "P": -0.8, "I": -0.6,
}  # fmt: skip
"""How much a role speaks for being the head; roles not listed cannot be one."""
AFTER: Final = {
    "|": 1.0, ",": 0.5, "-": 1.5, "(": 1.0, "_": 0.8, "p": 1.4, "b": 1.0, "y": 0.8, "c": 0.8, "n": 0.2, "m": 0.7, "z": -0.4, "k": 0.1,
    "q": -0.2, "a": 0.4, "s": 0.4, "x": 0.1, "J": -0.3, "&": 0.5, "o": 0.2, "K": 0.4, "f": -0.8, "X": -1.1, "R": -2.0, "P": -0.4,
    "V": -0.9, "M": -0.6, "D": -1.2, "T": -0.4, "I": -0.6, "W": -1.0, "N": -0.8, "e": -0.4, "E": -1.3, "U": 0.1, "A": 0.1, "l": -0.3,
    ":": -1.0, "t": 0.0, "B": 0.8,
}  # fmt: skip
"""How much the role behind a word speaks for a name to end there."""
WEIGHTS: Final = {
    "endness": 1.5, "joined_left": 0.8, "joined_right": -1.4, "participle": -1.5, "other_head": -2.1, "kin": -1.7, "piled": -0.5,
    "again": 0.9, "repeated": -1.5, "earlier": -0.35, "segment": -0.4, "function": -0.5, "extra": -1.0, "opening": -0.2, "same": 0.2,
    "kin_earlier": -0.8, "piled_earlier": -1.9, "closed": -0.8, "restart": 0.1, "counted": -1.4, "process": 0.5, "type_word": -0.6, "worked_on": -1.2, "category": 1.6, "material": -1.0, "before_preposition": 0.3, "acronym_before": 1.8, "titled": 0.8, "purpose": -1.0,
}  # fmt: skip
_ENDNESS: Final = WEIGHTS["endness"]
_JOINED_LEFT: Final = WEIGHTS["joined_left"]
_SEGMENT: Final = WEIGHTS["segment"]
_FUNCTION: Final = WEIGHTS["function"]
SURE: Final = 3.4
"""With so much evidence the first segments have named the product; what follows a separator is no longer asked."""
ENOUGH: Final = 2.6
"""With so much evidence for a listed noun, words that no list of products holds are not asked."""
LEAST: Final = 1.1
"""A word that no list of products holds needs this much evidence to be a head; without one a title names no product."""
MOST_MODIFIERS: Final = 7
_INDUSTRIAL: Final = frozenset(
    ("machine", "hardware", "component", "building", "chemical", "auto", "tools", "textile", "agri", "supplies")
)
_CONSUMER: Final = frozenset((
    "appliance", "kitchen-tool", "cookware", "tableware", "electronics", "cleaning", "beauty", "food", "bags", "decor", "toys", "baby",
    "bedding", "stationery", "accessory", "garment", "footwear", "headwear", "jewelry", "watch", "eyewear", "sports", "pet", "health",
    "phone-part", "furniture", "instrument", "media",
))  # fmt: skip
_DEGREES: Final = frozenset(("high", "low", "super", "ultra", "top", "more", "best", "good"))
COMPOUNDING: Final = frozenset(
    [
        "shaped",
        "mounted",
        "cooled",
        "assisted",
        "operated",
        "driven",
        "powered",
        "based",
        "coated",
        "plated",
        "filled",
        "controlled",
        "style",
        "styled",
        "themed",
        "inspired",
        "sized",
        "type",
        "heated",
        "fired",
        "lined",
        "free",
        "proof",
        "resistant",
        "like",
        "look",
        "activated",
        "guided",
        "aided",
        "reinforced",
        "laminated",
        "scented",
        "flavored",
        "flavoured",
        "infused",
        "printed",
        "print",
        "pattern",
        "patterned",
        "inspired",
        "embossed",
        "design",
        "motif",
    ]
)
"""Words that make a modifier of the noun before them: wall mounted, heart shaped."""
_NOUNS: Final = "HQGDNWMTUIAe"
_TO_GENERAL: Final = lazy_pattern(r"[HQDNWIUTAPMeElx]+G")
_PLANTS: Final = frozenset(("machine", "machinery", "plant", "line", "equipment", "system", "unit", "apparatus"))
_PATTERNS: Final = frozenset(
    (
        "print",
        "printed",
        "pattern",
        "patterned",
        "design",
        "motif",
        "style",
        "styled",
        "themed",
        "inspired",
        "shaped",
        "embossed",
    )
)
"""Words of the look of a thing: with what stands before them they are no part of its name."""
_FRAMES: Final = frozenset(("steel", "iron", "brass", "ss", "ms", "metal"))
"""Metals that machines are made of: before what a machine works on they are its body, no part of its name."""
_CHILDREN: Final = frozenset(("kid", "baby", "infant", "toddler", "child", "newborn"))
"""Whom a product is for is part of its name where it makes another product: kids watch, infant t-shirt."""
_HOUSEHOLD: Final = _CONSUMER - {"decor", "footwear", "sports", "pet", "health", "instrument", "garment"}
_FINISHED: Final = frozenset(("hardware", "lighting", "building"))
"""Groups whose metals are finishes where a word says which: `satin nickel knob`."""
_SEWN: Final = frozenset(("bags", "footwear", "headwear", "garment", "phone-part"))
"""On these gold, silver and the like are colours."""
_FIRST_COUNTS: Final = frozenset(("bags", "footwear", "headwear", "garment", "watch", "eyewear"))
_CLASSES: Final = frozenset(
    "furniture jewelry jewellery footwear headwear eyewear cookware bakeware glassware drinkware tableware kitchenware clothing apparel clothes garment accessory".split()
)
"""Classes of goods: behind a thing of the class they only say so (`office chair furniture`)."""
_SEPARATED: Final = frozenset("|,-:")
_PILED: Final = frozenset((
    "bags", "footwear", "headwear", "garment", "watch", "eyewear", "kitchen-tool", "phone-part",
    "cookware",
))  # fmt: skip
"""Groups whose heads sellers pile up side by side (`hat cap`)."""


def joined(one: Word, other: Word) -> bool:
    """True when the two follow each other in a known product name."""
    return other.stem in one.followers


def _kin(one: Word, other: Word) -> bool:
    """True when two heads may stand in for one another in a piled-up title."""
    return one.stem == other.stem or not one.groups.isdisjoint(other.groups)


def endness(word: Word, catalog: CatalogStatistics | None) -> float:
    """How often the word ends a product name, 0–1: by the thesaurus, and by the catalog where it knows the word."""
    if catalog is None:
        return word.endness
    known = catalog.ending(word.low)
    if known is None:
        return word.endness
    own, seen = known
    trust = 0.6 * seen / (seen + 60)
    return word.endness * (1 - trust) + own * trust


def find_head(
    reading: Reading,
    roles: str,
    catalog: CatalogStatistics | None,
    taken: tuple[int, int] | None = None,
    hints: frozenset[str] = frozenset(),
) -> int:
    """The word that is the head, or -1 where the title names no product.

    Every word at which a product name could end gets a score from its own evidence, from what stands beside it and
    from its place; `roles` are those of the reading with what stands in brackets blanked out as `_`; words of the
    brand (`taken`) are no candidates; `hints` are stems of the listing's category.
    """
    words, repeats = reading.words, reading.repeats
    best, top, second = -1, 0.0, -9.0
    segment = function = extra = 0.0
    last = len(roles) - 1
    ends: list[int] = []
    closed = 0
    stems = [word.stem for word in words] if repeats else []
    worked = _worked_on(reading, roles) if "G" in roles else ()
    first, behind = taken or (-1, -1)
    maker = last > 0 and roles[0] in "UAB"
    ware = maker_ware(reading, roles) if last > 3 and roles[0] in "UABWJN" else -1
    for at, role in enumerate(roles):
        base = BASE.get(role)
        if base is None:
            if role in "|,-:":
                if top >= SURE:
                    second = -9.0
                    break
                segment += 1.0
                function = extra = 0.0
            elif role in "pb":
                extra = WEIGHTS["extra" if at else "opening"]
            elif role == "f":
                function = min(function + 1.0, 3.0)
            continue
        if (base < 1.0 and top >= ENOUGH) or first <= at < behind:
            continue
        if at <= ware or (at < 2 and maker and (at == 0 or (last > 1 and words[1].low in word_list("company_words")))):
            # An unknown word that the title begins with, and the word of trade behind it, are a maker: `Rasvanta Jewels …`.
            continue
        word = words[at]
        if role == "Q" and roles[at + 1 : at + 3] == "on" and "set" not in word.groups:
            continue
        if role == "Q" and at == last and _packs(words, roles, at):
            continue
        if base < 0.0 and word.shape == "U" and not word.name_ends and len(word.low) > 4 and not reading.title.isupper():
            # An unknown word in capitals is a code or a name: `Memory Card 64GB SDSQUNB`.
            continue
        fit = _fit_behind(reading, roles, at, last)
        restarts = repeats and fit < 0.0 and at < last and roles[at + 1] in _NOUNS and stems[at + 1] in stems[:at]
        if restarts:
            fit = WEIGHTS["restart"]
        own = _ENDNESS * (word.endness if catalog is None else catalog.endness.get(word.text) or _learn_endness(word, catalog))
        if role == "D" and fit < 0.4:
            own += WEIGHTS["material"]
        if at:
            left = words[at - 1]
            if word.stem in left.followers:
                own += _JOINED_LEFT
            elif role == "G" and left.low.endswith(("ing", "ion")):
                own += WEIGHTS["process"]
        if base < 1.0 and at < last and roles[at + 1] == "p":
            own += WEIGHTS["acronym_before" if role == "A" else "before_preposition"]
        score = base + fit + own
        score += _SEGMENT * segment + extra + _FUNCTION * function
        if ends:
            score += _behind_ends(words, at, ends) + WEIGHTS["closed"] * closed
        if role == "G" and not ends and _of_use(word) and _behind_things(words, roles, at):
            score += WEIGHTS["purpose"]
        if hints and word.stem in hints:
            score += WEIGHTS["category"]
        if at in worked:
            score += WEIGHTS["worked_on"]
        if repeats and word.stem in stems[at + 1 :]:
            score += WEIGHTS["again"]
        if score > top and (base >= 1.0 or score > LEAST):
            best, top, second = at, score, top
        elif score > second:
            second = score
        if role in "HQG" and fit >= -1.1 and not extra:
            ends.append(at)
            closed += restarts
    if best >= 0 and top - second < CLOSE and not (hints and any(word.stem in hints for word in words)):
        barred = [at for at, role in enumerate(roles) if at <= ware or (role == "G" and _of_use(words[at]) and ((ends and ends[0] < at) or _behind_things(words, roles, at)))]
        best = second_look(reading, roles, taken, possible_ends(reading, roles), barred)
    return _first_of_pile(words, best, ends) if len(ends) > 1 else best


def _behind_things(words: list[Word], roles: str, at: int) -> bool:
    """True where other things were named before, none right before (`rug plush bed decor`, but not `cake decoration`)."""
    return words[at].stem not in words[at - 1].followers and any(roles[before] in "HQ" and words[before].endness >= _THING for before in range(at - 1))


_THING: Final = 0.4


def _packs(words: list[Word], roles: str, at: int) -> bool:
    """True for a container at the end of a title that named a food before: what it is packed in (`roast coffee … 1 kg bag`)."""
    if at < 4 or words[at].stem in words[at - 1].followers or roles[at - 1] in "HNDM":
        return False
    return any(roles[before] in "He" and "food" in words[before].groups and words[before].name_ends > 9 for before in range(at - 1))


def maker_ware(reading: Reading, roles: str) -> int:
    """The place of the goods that the maker at the beginning is named after, -1 for none.

    They are named again, or other goods follow, behind figures: `Norvel Faucets 2-Handle Kitchen Faucet`, `River Doors 30 in. Oak Window Frame`.
    """
    words = reading.words
    at = 1
    while at < 3 and roles[at : at + 1] in _MAKING and words[at].capital:
        at += 1
    if roles[at : at + 1] not in ("H", "G", "E") or roles[at + 1 : at + 2] not in ("n", "m", "k") or not words[at].capital:
        return -1
    ware = words[at]
    if ware.low != ware.stem and any(word.stem == ware.stem for word in words[at + 2 :]):
        return at
    if roles[at] == "E" or roles[at + 1] == "k" or ware.stem in words[at - 1].followers or (at > 1 and known_start(reading, at, 0) < at):
        return -1
    for place in range(at + 2, len(roles)):
        role = roles[place]
        if role in "p|,(-:":
            break
        other = words[place]
        if role in "HG" and roles[place + 1 : place + 2] in _ENDING and ware.groups.isdisjoint(other.groups) and other.stem in words[place - 1].followers:
            return at
    return -1


_MAKING: Final = frozenset("UWANJ")
_ENDING: Final = frozenset(("", "p", "(", ",", "|", "_"))


def _learn_endness(word: Word, catalog: CatalogStatistics) -> float:
    """The `endness` of a word in a catalog, kept there for the titles to come."""
    found = catalog.endness[word.text] = endness(word, catalog)
    return found


def possible_ends(reading: Reading, roles: str) -> dict[int, bool]:
    """The listed nouns at which a name could end, and whether it fits well there."""
    last = len(roles) - 1
    fits = {at: _fit_behind(reading, roles, at, last) for at, role in enumerate(roles) if role in "HQGDe"}
    return {at: fit >= -0.5 for at, fit in fits.items() if fit >= -1.1}


def _behind_ends(words: list[Word], at: int, ends: list[int]) -> float:
    """What names that ended before say against word `at`: most where they name the same thing."""
    word = words[at]
    score = WEIGHTS["earlier"] * len(ends)
    if _of_use(word) or word.stem in _CLASSES:
        score += WEIGHTS["purpose"]
    for place in ends:
        end = words[place]
        if end.stem == word.stem:
            return score + WEIGHTS["repeated"]
        kin = end.groups & word.groups
        if kin and (word.role != "G" or end.role == "G"):
            return score + WEIGHTS["kin_earlier" if _PILED.isdisjoint(kin) else "piled_earlier"]
    return score


def _of_use(word: Word) -> bool:
    """True for decoration and the like, which behind a product say what it is for: `string lights Christmas decoration`."""
    return word.stem in ("decoration", "decor")


def _worked_on(reading: Reading, roles: str) -> set[int]:
    """The words of an unbroken run before a machine, plant or line: what it makes or works on (`egg tray machine`)."""
    found: set[int] = set()
    for match in _TO_GENERAL.finditer(roles):
        run = reading.words[match.start() : match.end()]
        if run[-1].stem in _PLANTS and len({word.stem for word in run}) == len(run):
            found.update(range(match.start(), match.end() - 1))
    return found


def _first_of_pile(words: list[Word], best: int, ends: list[int]) -> int:
    """Of names for one thing piled up side by side (`hobo handbag shoulder bag`) the first is the product."""
    if best < 0 or _FIRST_COUNTS.isdisjoint(words[best].groups):
        return best
    for place in ends:
        end = words[place]
        if place < best and end.role in "HQ" and end.endness >= 0.4 and end.name_ends and end.groups & words[best].groups & _FIRST_COUNTS:
            return place
    return best


def _fit_behind(reading: Reading, roles: str, at: int, last: int) -> float:
    """How well a product name could end at word `at`, by what follows it."""
    if at == last:
        return AFTER["|"]
    role = roles[at + 1]
    if role in "|,-(_":
        return AFTER[role]
    one, other = reading.words[at], reading.words[at + 1]
    if (role == "o" and one.flags & (QUANTITY | GENERAL)) or (role in "nm" and one.flags & ACRONYM):
        return WEIGHTS["counted"]
    if role in "HQG":
        if other.stem in _CLASSES and one.groups & other.groups and one.stem not in _CLASSES and roles[at + 2 : at + 3] not in tuple("HGQNW"):
            return AFTER["_"]
        if one.stem == other.stem:
            on = at + 2 <= last and roles[at + 2] in "HQGN" and joined(other, reading.words[at + 2])
            return WEIGHTS["joined_right" if on else "same"]
        if joined(one, other):
            return WEIGHTS["joined_right"]
        kin = one.groups & other.groups
        if not kin or one.flags & TYPE_WORD or (role == "G" and reading.roles[at] != "G"):
            return WEIGHTS["other_head"] * (0.5 + 0.5 * min(1.0, 1.6 * other.endness))
        return WEIGHTS["kin"] if _PILED.isdisjoint(kin) else WEIGHTS["piled"]
    if other.low in COMPOUNDING:
        return WEIGHTS["participle"]
    if role == ":" and at and _SEPARATED.isdisjoint(roles[:at]):
        return WEIGHTS["titled"]
    if role not in "pbfo&:" and other.stem in one.followers:
        return WEIGHTS["joined_right"]
    if role in "NTVWP" and at + 2 <= last and roles[at + 2] in "HG" and _name_follows(reading, at):
        return WEIGHTS["other_head"]
    if one.flags & TYPE_WORD and role in "TNWIMDJ":
        further = at + 2
        while further < last and roles[further] in "TMDc":
            further += 1
        if further <= last and roles[further] in "HG" and one.groups & reading.words[further].groups and joined(one, reading.words[further]):
            return WEIGHTS["joined_right"]
        return AFTER.get(role, 0.0) + WEIGHTS["type_word"]
    return AFTER.get(role, 0.0)


def _name_follows(reading: Reading, at: int) -> bool:
    """True where a whole name follows word `at`, at which none ends: `farmhouse apron front sink`, `solar guard blanket reel`."""
    one, other, further = reading.words[at : at + 3]
    if not one.groups.isdisjoint(further.groups) or f"{other.stem} {further.stem}" not in name_evidence().names:
        return False
    return known_start(reading, at, 0) == at


def technical(word: Word, role: str) -> bool:
    """True for a head whose names are technical: unknown words before it say what type it is, not whose it is."""
    if role == "G" and not word.groups:
        return True
    return _industrial(word.groups)


@cache
def _industrial(groups: frozenset[str]) -> bool:
    if _INDUSTRIAL.isdisjoint(groups):
        return False
    return _CONSUMER.isdisjoint(groups) or ("machine" in groups and _HOUSEHOLD.isdisjoint(groups))


def name_start(reading: Reading, head: int, first: int) -> int:
    """Where the product name begins whose head is `head`: type-defining modifiers to its left, down to `first`."""
    start = head
    words, roles = reading.words, reading.roles
    if start > first and roles[start - 1] == "a" and words[start - 1].stem in _CHILDREN:
        return start - 1
    if (
        "jewelry" in words[head].groups
        and head >= first + 3
        and roles[head - 3] in "MD"
        and roles[head - 2 : head] == "nu"
    ):
        return head - 3
    industrial = technical(words[head], roles[head])
    known = head if industrial else known_start(reading, head, first)
    for at in range(head - 1, max(first, head - MOST_MODIFIERS) - 1, -1):
        if at < known < head:
            if not _extends_known(reading, at, known):
                break
        elif at < known and not _belongs(reading, at, head, industrial):
            break
        start = at
    while roles[start] in "&t" and start < head:
        start += 1
    if first + 1 < start < head and roles[start - 1] == "&" and roles[start - 2] in "NWJTHP" and words[start - 1].text == "/":
        places = reading.starts
        if places[start] == places[start - 1] + 1 == reading.end(start - 2) + 1:
            # One of two that a stroke joins is none of them: `interior/exterior paint`.
            return start - 2
    return start


def _extends_known(reading: Reading, at: int, known: int) -> bool:
    """True when word `at` narrows the known name behind it: a working principle (`telescopic fishing rod`), no occasion."""
    role, word, right = reading.roles[at], reading.words[at], reading.words[at + 1]
    if role == "&" or reading.roles[at + 1] == "&":
        return True
    if word.stem == right.stem:
        return False
    if role in "HGQTAMD" and joined(word, right) and (role not in "MD" or reading.roles[at + 1] in "MD"):
        return True
    return at + 1 == known and role in "TH" and bool(word.flags & TYPE_WORD) and not word.flags & PART


def _coordinated(reading: Reading, at: int) -> bool:
    """True where `and` joins a single word to the words of the name behind it: `fork and spoon set`."""
    roles = reading.roles
    if at == 0 or reading.words[at].low not in ("and", "&", "&amp;", "n") or roles[at - 1] not in "HDNeQGTWM":
        return False
    return at == 1 or roles[at - 2] in "sMaczx|,-:)nmuq"


def known_start(reading: Reading, head: int, first: int) -> int:
    """Where the longest name of the thesaurus begins that ends at `head`; `head` where none of two words does."""
    words, names = reading.words, name_evidence().names
    start, key = head, words[head].stem
    for at in range(head - 1, max(first, head - 4) - 1, -1):
        key = f"{words[at].stem} {key}"
        if key in names and reading.roles[at] != "a":
            start = at
    return start


def _belongs(reading: Reading, at: int, head: int, industrial: bool) -> bool:
    """True when word `at` is part of the name that ends at `head`, the words between them being so already."""
    role, word, right = reading.roles[at], reading.words[at], reading.words[at + 1]
    if word.low in _PATTERNS:
        return False
    adjacent = at + 1 == head
    if word.stem == right.stem and word.low == right.low:
        return False
    if adjacent and role in "NW" and right.stem == "case" and not word.flags & PART and not joined(word, right):
        return False
    if role in "HQGe":
        ended = role == "H" and reading.roles[head] == "H" and _kin(word, reading.words[head]) and not adjacent
        if word.stem == reading.words[head].stem or (ended and not joined(word, right)):
            return False
        if role in "Ge" or industrial or adjacent or reading.roles[at + 1] == "&":
            return True
        return joined(word, right) or bool(word.flags & TYPE_WORD)
    if role == "A" and not industrial and not word.name_before:
        return False
    if role in "TA":
        return industrial or reading.roles[at + 1] not in "TA" or not word.flags & (PART | STYLE) or joined(word, right)
    if role in "MD":
        if word.low.endswith("ed") and not industrial:
            return False
        if adjacent or joined(word, right):
            return True
        if word.low in _FRAMES and reading.roles[head] == "G":
            return False
        return industrial and (reading.roles[at + 1] in "HQN" or right.low.endswith(("ing", "ion")))
    if role == "c":
        groups = reading.words[head].groups
        finish = at > 0 and reading.roles[at - 1] == "c" and not groups.isdisjoint(_FINISHED)
        return adjacent and ((bool(word.flags & MATERIAL) and _SEWN.isdisjoint(groups) and not finish) or "food" in groups)
    if role == "&":
        return _coordinated(reading, at)
    if role in "szx" and at and reading.words[at - 1].low in _DEGREES:
        return False
    if role == "s" and (word.low in NEGATIONS or (at and reading.words[at - 1].low in NEGATIONS)):
        return True
    if role in "szx":
        return word.followers.get(right.stem, 0) > 1
    if role not in "WNIUlhtJVPEX" or len(word.low) < 2 or "+" in word.low:
        return False
    if role == "t":
        return at > 0 and reading.roles[at - 1] in "TAHNMkBUW"
    if role == "U" and at == 0 and reading.roles[1] in "TJsMDczAU":
        return False
    if at == 1 and reading.roles[0] in "UA" and word.low in word_list("company_words"):
        return False
    if role in "PVI" and ((at and reading.words[at - 1].low in _DEGREES) or (role == "V" and not word.name_before)):
        return False
    if (industrial and role != "X") or joined(word, right):
        return True
    if right.flags & MATERIAL or (word.low.endswith("ing") and not word.name_before):
        return False
    if role in "JVPX":
        return role == "P" and adjacent and "decor" in reading.words[head].groups
    if role == "U" and "food" in reading.words[head].groups and at and reading.roles[at - 1] not in "|,-:_":
        return True
    return word.name_before > 0 or (role in "NWE" and adjacent)
