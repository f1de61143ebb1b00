"""How well a keyword fits a listing: a number from 0 to 1, with its reasons.

Each content word of the keyword looks for its match in the title: the same root, a compound written open or closed, a
close spelling, a part of a word, a word near in meaning (vectors built from WordNet glosses and our thesaurus), or a
word of another field. Words weigh by their rarity. What the two heads are to each other, numbers with their units, the
order of the words and the thesaurus (same product in other words; easily confused products) complete the picture.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

from rapidfuzz.distance import OSA

from listinglint import lexicons
from listinglint.language.plurals import _singular_word
from listinglint.language.thesaurus import Group, american_spelling, thesaurus
from listinglint.model import Listing
from listinglint.model.memory import PHRASES, WORDS
from listinglint.model.patterns import lazy_pattern

DIMENSIONS: Final = 64
STOP_WORDS: Final = frozenset(
    "the a an of for with and or in on to by from at as is are be it its this that these those my your our how do does can i you "
    "we not no what which where who when per w o x without into than then so if any all".split()
)
_CUTS = frozenset("for with without in to from by on of w".split())
_TOKEN = lazy_pattern(r"\d+(?:\.\d+)?(?:/\d+)?|\.\d+|[^\W\d_]+(?:'[^\W\d_]+)?")
_INCH = lazy_pattern(r"(\d)\s*(?:\"|″|”|''|in\.)")
_FOOT = lazy_pattern(r"(\d)\s*(?:'|′|’|ft\.)(?![^\W\d_])")
_THOUSANDS = lazy_pattern(r"(\d),(\d{3})")
_SEGMENT = lazy_pattern(r"\s+(?:with|for|in|by|from|featuring|includes?|including)\s+(?=\D)|,|\(|\s[-–—|/]\s|;|\|", re.I)
_FRACTIONS = str.maketrans({"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3", "⅛": " 1/8", "⅜": " 3/8", "⅝": " 5/8", "⅞": " 7/8"})
_UNIT_NAMES: Final = {
    "in": "in inch inches", "ft": "ft foot feet", "gal": "gal gals gallon gallons", "lb": "lb lbs pound pounds", "oz": "oz ounce ounces",
    "volt": "v volt volts", "watt": "w watt watts", "amp": "amp amps a ampere", "qt": "qt qts qrt quart quarts", "yd": "yd yds yard yards",
    "mm": "mm millimeter", "cm": "cm centimeter", "m": "m meter meters", "sq": "sq square", "cu": "cu cubic", "btu": "btu btus", "gpm": "gpm",
    "hp": "hp horsepower", "pc": "pc pcs piece pieces", "pk": "pk pack packs ct count", "kg": "kg kgs kilogram", "g": "g gram grams",
    "ml": "ml milliliter", "l": "l liter liters litre", "gb": "gb", "tb": "tb", "mah": "mah", "hz": "hz", "ton": "ton tons tonne", "psi": "psi",
}  # fmt: skip
_UNITS: Final = {word: unit for unit, words in _UNIT_NAMES.items() for word in words.split()}

NUMBER, UNIT, WORD, STOP = range(4)
_CLOSE = 0.70
_NEAR = 0.30


class Token(NamedTuple):
    """A piece of a text: its key to compare by and its kind (number, unit, word, stop word)."""

    key: str
    kind: int


class WordMatch(NamedTuple):
    """How one word of a keyword was found: `how` is same, compound, spelling, part, meaning, elsewhere or none."""

    word: str
    how: str
    found: str | None
    degree: float
    weight: float


@dataclass(frozen=True, slots=True)
class Relevance:
    """The relevance of a keyword (0–1), the match of each of its words, and other reasons in short English codes."""

    score: float
    words: tuple[WordMatch, ...]
    reasons: tuple[str, ...]


# --- words ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=WORDS)
def root(word: str) -> str:
    """The root by which words compare: singular, American, without -ing, -ed, -er, -or, -e; `word` in lower case."""
    base = word[:-2] if word.endswith("'s") else word.replace("'", "")
    base = american_spelling(base)
    if len(base) > 3:
        base = _singular_word(base)
    for ending in ("ing", "ed", "er", "or"):
        if base.endswith(ending) and len(base) - len(ending) >= 4:
            base = base[: -len(ending)]
            if len(base) > 4 and base[-1] == base[-2] and base[-1] not in "ls":
                base = base[:-1]
            break
    if base.endswith("e") and len(base) > 4:
        base = base[:-1]
    return base[:-1] + "i" if base.endswith("y") and len(base) > 4 else base


class _Words(NamedTuple):
    place: dict[str, int]
    rarity: dict[str, float]
    vectors: Any


@cache
def _words() -> _Words:
    """Rarity and vectors of word roots, from the built tables."""
    import numpy

    folder = lexicons.data_dir() / "lexicons"
    place: dict[str, int] = {}
    rarity: dict[str, float] = {}
    with (folder / "word_vectors.txt").open(encoding="utf-8") as lines:
        next(lines)
        for at, line in enumerate(lines):
            word, _, value = line.partition("\t")
            place[word] = at
            rarity[word] = float(value)
    table = numpy.fromfile(folder / "word_vectors.bin", dtype=numpy.int8).reshape(len(place), DIMENSIONS)
    return _Words(place, rarity, table)


@lru_cache(maxsize=WORDS)
def _weight(key: str) -> float:
    """How much a word root says, by its rarity in product texts; unknown words say most."""
    return max(0.5, min(10.0, _words().rarity.get(key, 10.0)) - 1.5)


@lru_cache(maxsize=WORDS)
def _vector(key: str) -> Any:
    """The unit vector of a word root (float32, DIMENSIONS), or None."""
    import numpy

    words = _words()
    at = words.place.get(key)
    return None if at is None else words.vectors[at].astype(numpy.float32) / 127.0


def nearness(one: str, other: str) -> float:
    """How near two words (lower case) are in meaning: the cosine of their vectors, 0 where it is below or a word is unknown."""
    mine, theirs = _vector(root(one)), _vector(root(other))
    return max(0.0, float(mine @ theirs)) if mine is not None and theirs is not None else 0.0


@cache
def _accessories() -> frozenset[str]:
    """Roots of the heads that turn the product named before them into another one (cover, part, charger)."""
    return frozenset(root(word) for word in lexicons.word_list("accessory_words"))


# --- texts ------------------------------------------------------------------------------------------------------------


def _number(text: str) -> str:
    try:
        if "/" in text:
            above, below = text.split("/")
            return f"{float(above) / float(below):g}"
        return f"{float(text):g}"
    except (ValueError, ZeroDivisionError):
        return text


def tokens(text: str) -> list[Token]:
    """The pieces of a text, numbers and units in one form (`5ft`, `5 ft.`, `5'` are alike)."""
    low = text.lower()
    if "&" in low:
        low = html.unescape(low)
    if not low.isascii():
        low = low.translate(_FRACTIONS)
    low = _INCH.sub(r"\1 in ", low)
    low = _FOOT.sub(r"\1 ft ", low)
    if "," in low:
        low = _THOUSANDS.sub(r"\1\2", low)
    out: list[Token] = []
    after_number = False
    for piece in _TOKEN.findall(low):
        first = piece[0]
        if first.isdigit() or first == ".":
            out.append(Token(_number(piece), NUMBER))
            after_number = True
            continue
        if after_number and piece in _UNITS:
            out.append(Token(_UNITS[piece], UNIT))
        elif piece in STOP_WORDS:
            out.append(Token(piece, STOP))
        else:
            out.append(Token(piece, WORD))
        after_number = False
    return out


class _Title(NamedTuple):
    """A title prepared for matching."""

    words: tuple[str, ...]
    roots: tuple[str, ...]
    first: dict[str, int]
    joined: dict[str, str]
    surface: tuple[str, ...]
    numbers: frozenset[str]
    units: frozenset[str]
    measures: frozenset[tuple[str, str]]
    head: str
    segment: tuple[str, ...]
    group: Group | None
    matrix: Any
    matrix_roots: tuple[str, ...]
    centroid: Any


class _Keyword(NamedTuple):
    """A keyword prepared for matching."""

    words: tuple[str, ...]
    roots: tuple[str, ...]
    weights: tuple[float, ...]
    total: float
    numbers: tuple[str, ...]
    units: tuple[str, ...]
    measures: tuple[tuple[str, str], ...]
    head: int
    group: Group | None
    named: range
    centroid: Any


def _measures(pieces: list[Token]) -> list[tuple[str, str]]:
    return [(a.key, b.key) for a, b in pairwise(pieces) if a.kind == NUMBER and b.kind == UNIT]


def _directions(keys: tuple[str, ...]) -> tuple[Any, tuple[str, ...], Any]:
    """The vectors of the known among some roots (one row each), these roots, and their weighted mean direction."""
    import numpy

    words = _words()
    known = tuple(key for key in keys if key in words.place)
    if not known:
        return None, (), None
    matrix = words.vectors[[words.place[key] for key in known]].astype(numpy.float32) / 127.0
    total = numpy.array([_weight(key) for key in known], dtype=numpy.float32) @ matrix
    length = math.sqrt(float(total @ total))
    return matrix, known, total / length if length else None


def _main_segment(title: str) -> list[str]:
    """The words of the first segment of a title that names more than a brand."""
    text = html.unescape(title) if "&" in title else title
    segments = _SEGMENT.split(text)
    last: list[str] = []
    for segment in segments:
        words = [piece.key for piece in tokens(segment) if piece.kind == WORD]
        if len(words) > 1:
            return words
        last = last or words
    return last


@lru_cache(maxsize=1_000)
def _prepare_title(title: str) -> _Title:
    pieces = tokens(title)
    words = tuple(piece.key for piece in pieces if piece.kind == WORD)
    roots = tuple(root(word) for word in words)
    first: dict[str, int] = {}
    for at, key in enumerate(roots):
        first.setdefault(key, at)
    joined = {left + right: f"{left} {right}" for left, right in pairwise(words)}
    segment = _main_segment(title) or list(words)
    name = " ".join(segment)
    found = thesaurus().match(name) if name else None
    return _Title(
        words,
        roots,
        first,
        joined,
        tuple(dict.fromkeys(word for word in words if len(word) > 3)),
        frozenset(piece.key for piece in pieces if piece.kind == NUMBER),
        frozenset(piece.key for piece in pieces if piece.kind == UNIT),
        frozenset(_measures(pieces)),
        root(segment[-1]) if segment else "",
        tuple(root(word) for word in segment),
        found.group if found else None,
        *_directions(tuple(first)),
    )


@lru_cache(maxsize=10_000)
def _prepare_keyword(keyword: str) -> _Keyword:
    pieces = tokens(keyword)
    words = tuple(piece.key for piece in pieces if piece.kind == WORD)
    roots = tuple(root(word) for word in words)
    weights = tuple(_weight(key) for key in roots)
    head = len(words) - 1
    seen = 0
    for piece in pieces:
        if piece.kind == WORD:
            seen += 1
        elif piece.kind == STOP and piece.key in _CUTS and seen:
            head = seen - 1
            break
    name = " ".join(words[: head + 1])
    found = thesaurus().match(name) if name else None
    named = range(head + 1 - len(found.matched.split()), head + 1) if found else range(0)
    return _Keyword(
        words,
        roots,
        weights,
        sum(weights) or 1.0,
        tuple(piece.key for piece in pieces if piece.kind == NUMBER),
        tuple(piece.key for piece in pieces if piece.kind == UNIT),
        tuple(_measures(pieces)),
        head,
        found.group if found else None,
        named,
        _directions(roots)[2],
    )


_TEXTS = ("subtitle", "keywords", "brief", "description", "highlights", "category", "attributes", "brand", "model")
_MOST_CHARACTERS = 4_000


@lru_cache(maxsize=4_000)
def _prepare_rest(text: str) -> frozenset[str]:
    """The roots and numbers of the fields beside the title."""
    return frozenset(root(piece.key) if piece.kind == WORD else piece.key for piece in tokens(text) if piece.kind != STOP)


# --- matching ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=WORDS)
def _alike(word: str, other: str) -> tuple[str, float] | None:
    """How far two words of four letters or more are one in spelling, or one a part of the other."""
    similar = OSA.normalized_similarity(word, other, score_cutoff=_CLOSE)
    if similar >= _CLOSE:
        return "spelling", similar
    if word in other or other in word:
        return "part", 0.6
    return None


@lru_cache(maxsize=WORDS)
def _trigrams(word: str) -> frozenset[str]:
    return frozenset(word[at : at + 3] for at in range(len(word) - 2))


def _match_words(keyword: _Keyword, title: _Title, rest: frozenset[str]) -> list[tuple[str, str | None, float]]:
    """For each word of the keyword: how it is found, as what, and to what degree."""
    first, joined = title.first, title.joined
    found: list[tuple[str, str | None, float] | None] = []
    for word, key in zip(keyword.words, keyword.roots, strict=True):
        if key in first:
            found.append(("same", key, 1.0))
        else:
            parts = joined.get(word) or (joined.get(_singular_word(word)) if len(word) > 5 else None)
            found.append(("compound", parts, 1.0) if parts else None)
    if None not in found:
        return found  # type: ignore[return-value]
    for at in range(len(found) - 1):
        if found[at] is None or found[at + 1] is None:
            whole = root(keyword.words[at] + keyword.words[at + 1])
            if whole in first:
                found[at] = found[at + 1] = ("compound", whole, 1.0)
    return [one or _look_further(keyword.words[at], keyword.roots[at], title, rest) for at, one in enumerate(found)]


def _look_further(word: str, key: str, title: _Title, rest: frozenset[str]) -> tuple[str, str | None, float]:
    """The best match of a word that the title does not hold as it is."""
    best: tuple[str, str | None, float] = ("none", None, 0.0)
    if len(word) > 3:
        for other in title.surface:
            like = _alike(word, other)
            if like is not None and like[1] > best[2]:
                best = (like[0], other, like[1])
    if key in rest:
        return ("elsewhere", key, 0.5)
    if best[2] or len(word) < 4:
        return best
    mine = _trigrams(word)
    for other in title.surface:
        theirs = _trigrams(other)
        shared = len(mine & theirs)
        if shared:
            degree = shared / (len(mine) + len(theirs) - shared)
            if degree > best[2]:
                best = ("letters", other, degree)
    return best


def _meaning(key: str, title: _Title) -> tuple[float, str | None]:
    """The closest title word in meaning: cosine and root."""
    vector = _vector(key)
    if vector is None or title.matrix is None:
        return 0.0, None
    similar = title.matrix @ vector
    at = int(similar.argmax())
    return float(similar[at]), title.matrix_roots[at]


def evidence(keyword: _Keyword, title: _Title, rest: frozenset[str]) -> tuple[dict[str, float], list[WordMatch]]:
    """The facts that the score adds up, by name, and how each word was found."""
    matches = _match_words(keyword, title, rest)
    facts = _FACTS.copy()
    relation = _relation(keyword.group, title.group)
    if relation == "same":
        for at in keyword.named:
            if matches[at][0] not in ("same", "compound"):
                matches[at] = ("synonym", title.group.name if title.group else None, 0.95)
    elif relation is not None:
        facts[relation] = 1.0
    total = keyword.total
    words: list[WordMatch] = []
    known = _words().rarity
    for at, (how, found, degree) in enumerate(matches):
        weight, key = keyword.weights[at], keyword.roots[at]
        share = weight / total
        if how in ("same", "compound"):
            facts[how] += share
        elif how == "spelling":
            facts["spelling" if key in known else "misspelt"] += share * degree
        elif how != "none":
            facts[how] += share * degree
        if how not in ("same", "compound", "synonym"):
            near, nearest = _meaning(key, title)
            if near > _NEAR:
                facts["meaning"] += share * (near - _NEAR)
                if how in ("none", "letters") and near > 0.5:
                    how, found, degree = "meaning", nearest, near
            if how in ("none", "letters"):
                facts["missing"] += 1
        words.append(WordMatch(keyword.words[at], how, found, degree, weight))
    _add_heads(facts, keyword, title, matches)
    _add_numbers(facts, keyword, title, rest)
    count = len(keyword.words)
    facts["length"] = min(count, 8) / 8
    facts["title length"] = min(len(title.words), 25) / 25
    if keyword.centroid is not None and title.centroid is not None:
        facts["subject"] = float(keyword.centroid @ title.centroid)
    return facts, words


def _add_heads(facts: dict[str, float], keyword: _Keyword, title: _Title, matches: list[tuple[str, str | None, float]]) -> None:
    if not keyword.roots:
        return
    first, roots = title.first, keyword.roots
    head = roots[keyword.head]
    how, _, degree = matches[keyword.head]
    facts["head found"] = degree if how not in ("none", "letters") else 0.0
    facts["heads agree"] = float(head == title.head)
    facts["title head asked"] = float(title.head in roots)
    if head != title.head:
        segment, accessories = title.segment, _accessories()
        if title.head in accessories and len(segment) > 1 and segment[-2] == head and title.head not in roots:
            facts["head modifies"] = 1.0
        elif head in accessories and how in ("none", "letters") and keyword.head and roots[keyword.head - 1] == title.head:
            facts["title head modifies"] = 1.0
    facts["begins alike"] = matches[0][2] if matches[0][0] not in ("none", "letters") else 0.0
    places = [first.get(key, -1) for key in roots]
    size = len(title.roots) + 1
    facts["early"] = sum(1 - at / size for at in places if at >= 0) / len(roots)
    if len(roots) > 1:
        facts["in order"] = sum(b - a == 1 and a >= 0 for a, b in pairwise(places)) / (len(roots) - 1)
    if title.segment:
        distinct = set(title.segment)
        facts["name covered"] = len(distinct.intersection(roots)) / len(distinct)
    if head != title.head:
        mine, theirs = _vector(head), _vector(title.head)
        if mine is not None and theirs is not None:
            facts["heads near"] = max(0.0, float(mine @ theirs))


def _add_numbers(facts: dict[str, float], keyword: _Keyword, title: _Title, rest: frozenset[str]) -> None:
    if keyword.numbers:
        facts["has numbers"] = 1.0
        facts["numbers"] = sum(number in title.numbers for number in keyword.numbers) / len(keyword.numbers)
        if not keyword.words:
            facts["only numbers"] = facts["numbers"]
    if keyword.measures:
        facts["has measures"] = 1.0
        facts["measures"] = sum(one in title.measures for one in keyword.measures) / len(keyword.measures)


@lru_cache(maxsize=PHRASES)
def _relation_of(one: str, other: str) -> str | None:
    return thesaurus().relation(one, other)


def _relation(one: Group | None, other: Group | None) -> str | None:
    """What the thesaurus says of the keyword's product and the title's: same, broader, narrower, unlike or nothing."""
    if one is None or other is None:
        return None
    return "same" if one is other else _relation_of(one.name, other.name)


_WEIGHTS: Final[dict[str, float]] = {
    # how much of the keyword (by weight of its words) is found, and how
    "same": 0.20, "compound": 0.25, "synonym": 0.25, "misspelt": 0.17, "spelling": 0.14, "part": 0.25, "letters": 0.18, "elsewhere": 0.15,
    "meaning": 0.0, "missing": -0.08,
    # heads and order
    "head found": 0.02, "heads agree": 0.06, "heads near": 0.04, "title head asked": 0.07, "head modifies": -0.20, "title head modifies": -0.30, "begins alike": 0.02,
    "early": 0.06, "in order": 0.03, "name covered": 0.0, "subject": 0.03,
    # numbers with their units
    "has numbers": -0.12, "numbers": 0.17, "only numbers": 0.50, "has measures": -0.07, "measures": 0.10,
    # what the thesaurus says of the two products
    "broader": 0.05, "narrower": 0.0, "unlike": -0.15,
    # a long keyword that is met says more, a long title meets keywords by chance
    "length": 0.14, "title length": -0.36,
}  # fmt: skip
_FACTS: Final[dict[str, float]] = dict.fromkeys(_WEIGHTS, 0.0)
_BASE: Final = 0.20
_COVERED: Final = {"same": 1.0, "compound": 1.0, "synonym": 1.0, "misspelt": 0.8, "spelling": 0.6, "part": 0.5, "letters": 0.5, "elsewhere": 0.6, "meaning": 1.0}
_COVER_MOST: Final = 0.3
_COVER_WEIGHT: Final = 1.23
_STEEPNESS: Final = 5.0
_MIDDLE: Final = 0.45


def _score(facts: dict[str, float]) -> float:
    """The facts as one number from 0 to 1.

    Whether the keyword meets the title at all counts most (up to `_COVER_MOST` of its weight), the rest is fine print.
    """
    covered = min(_COVER_MOST, sum(facts[name] * part for name, part in _COVERED.items()))
    total = _BASE + _COVER_WEIGHT * covered + sum(weight * facts[name] for name, weight in _WEIGHTS.items())
    return 1.0 / (1.0 + math.exp(-_STEEPNESS * (total - _MIDDLE)))


# --- the public calls ---------------------------------------------------------------------------------------------------


def _texts(listing: Listing | Mapping[str, Any] | str) -> tuple[str, str]:
    """The title of a listing and the text of its other fields."""
    if isinstance(listing, str):
        return listing, ""
    if isinstance(listing, Listing):
        read = listing.text
    else:
        if not any(listing.get(name) for name in _TEXTS) and isinstance(listing.get("title"), str):
            return listing["title"], ""
        read = Listing.of(listing).text
    rest = "\n".join(text for name in _TEXTS if (text := read(name)))
    return read("title") or "", rest[:_MOST_CHARACTERS]


def keyword_relevance(keyword: str, listing: Listing | Mapping[str, Any] | str) -> float:
    """How well `keyword` fits `listing` (a Listing, a mapping with its field names, or a title), from 0 to 1.

    The title counts in full, what only other fields say counts half. An empty keyword or listing has relevance 0.
    """
    title, rest = _texts(listing)
    prepared = _prepare_keyword(keyword)
    if not prepared.words and not prepared.numbers or not title and not rest:
        return 0.0
    facts, _ = evidence(prepared, _prepare_title(title), _prepare_rest(rest) if rest else frozenset())
    return _score(facts)


_REASONS: Final = {
    "heads agree": "same-head", "head modifies": "head-is-modifier", "title head modifies": "title-head-is-modifier", "title head asked": "asks-for-head", "unlike": "other-product",
    "broader": "broader-name", "narrower": "narrower-name", "measures": "measure-found", "numbers": "number-found",
}  # fmt: skip


def explain_relevance(keyword: str, listing: Listing | Mapping[str, Any] | str) -> Relevance:
    """The relevance of a keyword with how each of its words was found and what else spoke for or against it."""
    title, rest = _texts(listing)
    prepared = _prepare_keyword(keyword)
    if not prepared.words and not prepared.numbers or not title and not rest:
        return Relevance(0.0, (), ())
    facts, words = evidence(prepared, _prepare_title(title), _prepare_rest(rest) if rest else frozenset())
    return Relevance(_score(facts), tuple(words), tuple(text for name, text in _REASONS.items() if facts[name]))
