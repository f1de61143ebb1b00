"""Reads a title as a product name: segments, the head of the best one, brand, and what all other words are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from listinglint.language.names.brand import brand_text, find_brand, known_brand, own_brand
from listinglint.language.names.evidence import name_evidence
from listinglint.language.names.heads import find_head, joined, maker_ware, name_start
from listinglint.language.names.pieces import Reading
from listinglint.language.names.several import SETS, listed_products
from listinglint.language.words import stem
from listinglint.model import Listing, ProductName
from listinglint.model.memory import PHRASES
from listinglint.model.patterns import lazy_pattern
from listinglint.model.product_name import Span

if TYPE_CHECKING:
    from listinglint.language.statistics import CatalogStatistics

_SEGMENT: Final = lazy_pattern(r"[^|,()\-:_]+")
_EXTRA: Final = lazy_pattern(r"[py]+[^|,()\-:_pby]+")
_LEVEL: Final = lazy_pattern(r"\s*(?:>+|»|/|\|)\s*")
_PART: Final = lazy_pattern(r"[&,;]|\band\b")
_SET_LIST: Final = lazy_pattern(r"(?:^|(?<=[|:\-,UB]))((?:[TMD]?[HQ],)+[TMD]?[HQ]&[TMD]?[HQe])([QG])(?![HQ])")
"""What a set holds, one by one, and the set: `Spoon, Fork and Chopsticks Set`."""
_NO_HINTS: Final[frozenset[str]] = frozenset()
_KINDS: Final = {
    "M": "material", "D": "material", "c": "colour", "T": "function", "I": "function", "s": "style", "K": "certificate",
    "m": "specification", "u": "specification", "x": "fillers", "k": "model", "q": "quantity", "a": "audience", "z": "specification", "n": "quantity",
}  # fmt: skip
_RUN: Final = lazy_pattern("[MD]+|[TI]+|c+|s+|z+|K+|q+|a+|x+|(?:m|nu)+|nq+|k|Qon")
"""Words that modify together; the last one tells the kind."""
_SERIES: Final = lazy_pattern(r"[UNWABHeEPlnJTQVIk]{0,3}R")


class Core(NamedTuple):
    """What a title names, and what it takes to make out the other parts."""

    reading: Reading
    roles: str
    brackets: list[tuple[int, int]]
    head: int
    maker: tuple[int, int] | None
    model: str | None
    texts: tuple[str | None, str | None, str | None]
    """Head, product and brand."""
    spans: dict[str, tuple[Span, ...]]
    products: tuple[str, ...]


class Details(NamedTuple):
    """The parts of a title beside what it names."""

    model: str | None
    series: str | None
    modifiers: dict[str, tuple[str, ...]]
    extras: tuple[str, ...]
    fillers: tuple[str, ...]
    spans: dict[str, tuple[Span, ...]]
    """The places of all parts, those of the core among them."""


def parse(title: str, brand: str | None = None, model: str | None = None, category: str | None = None,
          catalog: CatalogStatistics | None = None, phrase: bool = False) -> ProductName:  # fmt: skip
    """The parts of a title; `brand`, `model` and `category` are what the listing's own fields say."""
    core = read(title, brand, model, category, catalog, phrase)
    if core is None:
        return ProductName(title)
    details = detail(core)
    head, product, brand_name = core.texts
    return ProductName(title, head, product, brand_name, details.model, details.series, details.modifiers, details.extras, details.fillers,
                       len(core.products) > 1, core.products, details.spans)  # fmt: skip


def read(title: str, brand: str | None = None, model: str | None = None, category: str | None = None,
         catalog: CatalogStatistics | None = None, phrase: bool = False) -> Core | None:  # fmt: skip
    """What a title names; None for a title without words."""
    reading = Reading(title)
    roles = reading.roles
    if not roles:
        return None
    spans: dict[str, tuple[Span, ...]] = {}
    brackets: list[tuple[int, int]] = []
    open_roles = roles
    if "(" in roles:
        brackets, open_roles = blank_brackets(roles)
    if "pp" in roles:
        open_roles = _without_gift(reading, open_roles)
    own = own_brand(reading, brand, catalog) if brand or catalog is not None else None
    known = own or known_brand(reading, open_roles)
    hints = _category_heads(category) if category else _NO_HINTS
    head, start = full_name(reading, open_roles, catalog, known, hints)
    found = find_brand(reading, open_roles, start, head, own, known, phrase or (brand is not None and own is None))
    if found is not None and found[0] <= head < found[1]:
        # What was taken for the head belongs to the maker's name (`Saba Garments …`): the product is named behind it, or not at all.
        head, start = full_name(reading, open_roles, catalog, found, hints) if len(roles) > found[1] - found[0] else (-1, -1)
        if found[0] <= head < found[1]:
            head = -1
    head_text = product = None
    if head >= 0:
        if found is not None and found[0] <= start < found[1] <= head:
            start = found[1]
        head_text = reading.words[head].text
        end = reading.end(head)
        product = title[reading.starts[start] : end]
        spans["head"] = ((reading.starts[head], end),)
        spans["product"] = ((reading.starts[start], end),)
    brand_name = None
    if found is not None:
        place = brand_text(reading, found)
        brand_name = title[place[0] : place[1]]
        spans["brand"] = (place,)
    products: tuple[str, ...] = (product,) if product else ()
    if head >= 0 and ("&" in roles or "," in roles):
        items = listed_products(reading, open_roles, head)
        if items:
            products = tuple(reading.slice(*item) for item in items)
            head_text, product = reading.words[items[0][1]].text, products[0]
            places = tuple((reading.starts[first], reading.end(last)) for first, last in items)
            spans.update(products=places, product=places[:1], head=((reading.starts[items[0][1]], places[0][1]),))
    return Core(reading, open_roles, brackets, head, found, model, (head_text, product, brand_name), spans, products)


def detail(core: Core) -> Details:
    """All other parts of the title."""
    reading, roles = core.reading, core.reading.roles
    spans = core.spans.copy()
    products = spans.pop("products", None)
    modifiers, fillers, model = _modifiers(reading, core.head, core.model, spans)
    series = _series(reading, core.maker, spans) if "R" in roles else None
    extras = _extras(reading, roles, core.roles, core.brackets, spans) if "p" in roles or "y" in roles or core.brackets else ()
    if products is not None:
        spans["products"] = products
    return Details(model, series, modifiers, extras, fillers, spans)


def full_name(
    reading: Reading, roles: str, catalog: CatalogStatistics | None, known: tuple[int, int] | None, hints: frozenset[str]
) -> tuple[int, int]:
    """The head of a title and where its product name begins, -1 both where it names none; see `find_head`."""
    if _is_name(reading, roles):
        return len(roles) - 1, 0
    if "," in roles and "&" in roles and (match := _SET_LIST.search(roles)) and reading.words[match.start(2)].stem in SETS:
        return match.start(2), match.start(1)
    head = find_head(reading, roles, catalog, known, hints)
    if head < 0:
        return -1, -1
    start = name_start(reading, head, _core_start(roles, head))
    return _fullest(reading, roles, head, start) if reading.repeats else (head, start)


def _is_name(reading: Reading, roles: str) -> bool:
    """True where the whole title is a name of the thesaurus that a product noun ends: `Petri Dish`."""
    if not 1 < len(roles) < 6 or roles[-1] not in "HQGDeE":
        return False
    return " ".join([word.stem for word in reading.words]) in name_evidence().names


def blank_brackets(roles: str) -> tuple[list[tuple[int, int]], str]:
    """The places of brackets, and the roles with those blanked out as `_`; one that does not close ends the title."""
    places: list[tuple[int, int]] = []
    begin = roles.find("(")
    while begin >= 0:
        close = roles.find(")", begin)
        end = close + 1 if close >= 0 else len(roles)
        places.append((begin, end))
        roles = roles[:begin] + "_" * (end - begin) + roles[end:]
        begin = roles.find("(", end)
    return places, roles


def _without_gift(reading: Reading, roles: str) -> str:
    """The roles with what is given away (`+ Free Cable`) blanked out as `_`, up to the next separator."""
    for at, word in enumerate(reading.words):
        if word.low == "free" and roles[at - 1 : at + 1] == "pp":
            end = at + 1
            while end < len(roles) and roles[end] not in "|,-:(":
                end += 1
            return roles[: at - 1] + "_" * (end - at + 1) + roles[end:]
    return roles


@lru_cache(maxsize=PHRASES)
def _category_heads(category: str) -> frozenset[str]:
    """The stems of the words that end the parts of a category's last level: `Home > Mugs & Cups` gives mug and cup."""
    level = _LEVEL.split(category.strip())[-1]
    parts = (part.split() for part in _PART.split(level))
    return frozenset(stem(words[-1]) for words in parts if words)


def _core_start(roles: str, head: int) -> int:
    """The first word of the run that the head stands in: behind the separator or preposition before it."""
    at = head
    while at and roles[at - 1] not in "|,-:_()pby":
        at -= 1
    return at


def _fullest(reading: Reading, roles: str, head: int, start: int) -> tuple[int, int]:
    """The head and start of the first full name where the title names the head several times (`lure … fishing lure`)."""
    stem = reading.words[head].stem
    again = [at for at, word in enumerate(reading.words) if word.stem == stem and roles[at] != "_"]
    if len(again) < 2:
        return head, start
    for at in again:
        if at == head and start < head:
            return head, start
        first = _core_start(roles, at)
        if at < 3 and at <= maker_ware(reading, roles):
            continue
        if (first and roles[first - 1] in "pby") or (
            at + 1 < len(roles) and (roles[at + 1] in "XR" or joined(reading.words[at], reading.words[at + 1]))
        ):
            continue
        begin = name_start(reading, at, first)
        if begin < at:
            return at, begin
    return head, start


@lru_cache(maxsize=PHRASES)
def _runs(roles: str) -> list[tuple[int, int, str]]:
    """The runs of words that modify, each with its kind: one part of speech again and again, measures, counts, `box of 4`."""
    return [(match.start(), match.end(), _KINDS[match[0][-1]]) for match in _RUN.finditer(roles)]


def _modifiers(
    reading: Reading, head: int, model: str | None, spans: dict[str, tuple[Span, ...]]
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...], str | None]:
    """The modifiers by kind, the fillers and the model."""
    found: dict[str, list[Span]] = {}
    title, roles, starts, words = reading.title, reading.roles, reading.starts, reading.words
    for first, last, kind in _runs(roles):
        if first <= head < last:
            last = head
            if first == last:
                continue
            kind = _KINDS[roles[last - 1]]
        place = (starts[first], starts[last - 1] + len(words[last - 1].text))
        if kind in found:
            found[kind].append(place)
        else:
            found[kind] = [place]
    models = found.pop("model", None)
    if model and (at := title.lower().find(model.lower())) >= 0:
        models = [(at, at + len(model))]
    texts: dict[str, tuple[str, ...]] = {}
    for kind, places in found.items():
        spans[kind] = tuple(places)
        texts[kind] = tuple([title[start:end] for start, end in places])
    fillers = texts.pop("fillers", ())
    if models is None:
        return texts, fillers, None
    start, end = models[0]
    spans["model"] = ((start, end),)
    return texts, fillers, title[start:end]


def _series(reading: Reading, brand: tuple[int, int] | None, spans: dict[str, tuple[Span, ...]]) -> str | None:
    """The words that name a series (`Angel Series`), the brand left out."""
    match = _SERIES.search(reading.roles, brand[1] if brand is not None and brand[1] < len(reading.roles) else 0)
    if match is None:
        return None
    first, last = match.start(), match.end() - 1
    spans["series"] = ((reading.starts[first], reading.end(last)),)
    return reading.slice(first, last)


def _extras(
    reading: Reading, roles: str, open_roles: str, brackets: list[tuple[int, int]], spans: dict[str, tuple[Span, ...]]
) -> tuple[str, ...]:
    places: list[Span] = []
    for match in _EXTRA.finditer(open_roles):
        places.append((reading.starts[match.start()], reading.end(match.end() - 1)))
    for begin, end in brackets:
        inner = end - 1 if roles[end - 1] == ")" else end
        if inner > begin + 1:
            places.append((reading.starts[begin + 1], reading.end(inner - 1)))
    if not places:
        return ()
    places.sort()
    spans["extras"] = tuple(places)
    return tuple(reading.title[start:end] for start, end in places)


def fields_of(listing: Listing | Mapping[str, Any] | None) -> tuple[str | None, str | None, str | None]:
    """The brand, model and category of a listing, where given."""
    if listing is None:
        return None, None, None
    if not isinstance(listing, Listing):
        listing = Listing.of(listing)
    brand = listing.text("brand") if listing.filled("brand") else None
    model = listing.text("model") if listing.filled("model") else None
    return brand, model, listing.text("category")
