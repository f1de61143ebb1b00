"""attribute-contradiction: title, description and attributes say different things of one property."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from listinglint import lexicons
from listinglint.language.thesaurus import thesaurus
from listinglint.language.words import AUDIENCE, BRAND, COLOUR, MATERIAL, SIZE, STYLE, stem, word_info
from listinglint.model import Text
from listinglint.model.memory import PHRASES
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, Attribute
from listinglint.rules.attributes import read_described
from listinglint.rules.materials import family_of
from listinglint.rules.measures import Measure, read_measures
from listinglint.rules.prices import read_quantity
from listinglint.rules.properties import clashes, origin_clash
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts

_MEASURED: Final = (
    # dimension, attribute names that give it for the whole product, word that the title must hold (for dimensions with many meanings)
    ("voltage", re.compile(r"(?:rated |operating |working |supply |nominal |battery |input )?voltage\Z|power supply\Z"), None),
    ("power", re.compile(r"(?:rated |motor |total |output |nominal |engine )?(?:power|wattage)(?: consumption| rating| output)?\Z|watts?\Z"), None),
    ("power", re.compile(r"(?:max(?:imum)?|peak|rated max(?:imum)?) power(?: \(?pmax\)?)?\Z"), re.compile(r"\bsolar (?:panel|module|cell)s?\b", re.I)),
    ("frequency", re.compile(r"frequency\Z|refresh rate\Z"), None),
    ("charge", re.compile(r"(?:battery )?capacity\Z|battery\Z"), None),
    ("mass/h", re.compile(r"(?:production |output )?capacity\Z|output\Z"), None),
    ("count/h", re.compile(r"(?:production |output )?capacity\Z|output\Z"), None),
    ("volume/h", re.compile(r"(?:production )?capacity\Z|flow(?: rate)?\Z|max(?:imum)? flow(?: rate)?\Z"), None),
    ("volume", re.compile(r"(?:tank |bottle |total |bowl |water )?capacity\Z|(?:net )?volume\Z|net contents?\Z|size\Z"), None),
    ("mass", re.compile(r"(?:lifting |load |weight |max(?:imum)? |rated |weighing )?(?:capacity|load)(?: capacity)?\Z"), re.compile(r"\b(?:capacity|jacks?|cranes?|hoists?|lifts?|forklifts?|winch(?:es)?|stackers?|scales?|washing machine|washer|pallet trucks?|chain blocks?|press(?:es)?|ac|air conditioners?)\b", re.I)),
    ("mass", re.compile(r"net (?:weight|contents?|quantity|wt\.?)\Z|(?:pack|package|bag) (?:size|weight)\Z|size\Z"), None),
    ("length", re.compile(r"(?:screen|display|panel|monitor) size\Z"), re.compile(r"\b(?:tv|television|monitor|display|laptop|tablet|screen|phone|smartphone)s?\b", re.I)),
    ("length", re.compile(r"(?:(?:outer |disc |disk |blade |pan |wheel )?(?:diameter|size))\Z"), re.compile(r"\b(?:pans?|skillets?|woks?|plates?|dis[ck]s?|wheels?|saw blades?|grinders?|balloons?|clocks?|hula hoops?)\b", re.I)),
    ("length", re.compile(r"(?:(?:cable|cord|hose|rope|chain|strip|total|product|overall|item|leash|tape|roll) )?length\Z|size\Z"), re.compile(r"\b(?:cables?|cords?|hoses?|ropes?|wires?|strips?|ribbons?|leash(?:es)?|tapes?|chargers?|lanyards?|necklaces?|chains?)\b", re.I)),
    ("length", re.compile(r"(?:(?:material|product|sheet|board|mat|glass|wall|panel|film) )?thickness\Z"), re.compile(r"\b(?:thick(?:ness)?|mats?|sheets?|films?|boards?|plywood|mdf|glass)\b", re.I)),
    ("length", re.compile(r"(?:(?:blade |fan )?sweep(?: size)?|fan size)\Z"), re.compile(r"\bfans?\b", re.I)),
    ("length", re.compile(r"blade (?:length|size)\Z"), re.compile(r"\b(?:blades?|knife|knives|swords?|machetes?)\b", re.I)),
    ("length", re.compile(r"(?:port|connection|pipe|thread|inlet|outlet|nominal|valve) (?:size|diameter)\Z|size\Z"), re.compile(r"\b(?:valves?|elbows?|couplings?|unions?|faucets?|taps?|fittings?|tees?|nipples?|bushings?)\b", re.I)),
    ("memory", re.compile(r"(?:(?:storage|memory|disk|drive|card|flash|ssd|hdd|internal|rom)(?: memory)? )?(?:capacity|size)\Z|storage\Z|internal (?:storage|memory)\Z|rom\Z|memory\Z"), None),
    ("memory", re.compile(r"ram(?: size| memory| capacity)?\Z|memory(?: size| capacity)?\Z"), re.compile(r"\bram\b", re.I)),
    ("speed", re.compile(r"(?:max(?:imum)? |rated |no[- ]load )?speed\Z|rpm\Z"), None),
    ("pressure", re.compile(r"(?:max(?:imum)? |working |operating |rated |nominal )*pressure\Z"), None),
    ("resolution", re.compile(r"(?:effective |camera |photo |still |image |sensor )?(?:pixels?|resolution|megapixels?)\Z|(?:rear |main |primary )?camera\Z"), None),
    ("grammage", re.compile(r"(?:paper |fabric |basis |material )?weight\Z|gsm\Z|grammage\Z"), None),
    ("cooling", re.compile(r"(?:cooling |heating )?capacity\Z|btu\Z|cooling power\Z|(?:cooling |heat(?:ing)? )?output\Z|power\Z"), None),
)  # fmt: skip
_SUPPLY = lazy_pattern(r"\b(?:adapt[eo]rs?|chargers?|power suppl(?:y|ies)|inverters?|transformers?|converters?|stabili[sz]ers?|regulators?|boosters?|drivers?|ups|generators?|welders?|welding)\b", re.I)
"""What turns one voltage or power into another has several of them."""
_SEVERAL = lazy_pattern(r"\b(?:pack|set|box|case|carton|bundle|pair|lot) of\b|\d ?(?:pack|pcs|pieces|pk|ct|count|pairs?)\b|\b\d{1,3} ?x ?\d|\bx ?\d{1,3}\b|\bpair\b", re.I)
"""A title that counts: the weight or the volume may be that of one or of all."""
_SAME_KIND: Final = 6.0
"""Two lengths, or two voltages of one product and its plug, that differ by more than this are not meant to be the same."""
_CLASSES: Final = (
    (
        re.compile(r"automat(?:ion|ic) grade\Z|automation\Z|grade of automation\Z|operation(?: mode| type)?\Z|operating mode\Z|control(?: mode)?\Z|mode of operation\Z|(?:machine |product |equipment )?type\Z|type of (?:machine|operation)\Z|(?:machine )?grade\Z|function type\Z"),
        (("semi-automatic", re.compile(r"\bsemi[- ]?auto(?:matic)?\b|\Asemi\Z", re.I)), ("manual", re.compile(r"\bmanual(?:ly)?\b|\bhand[- ]operated\b", re.I)),
         ("automatic", re.compile(r"\b(?:fully[- ]?|full[- ])?automatic(?:ally)?\b", re.I))),
    ),
    (
        re.compile(r"phase\Z|number of phases?\Z|power phase\Z"),
        (("single phase", re.compile(r"\b(?:single|one|1)[- ]?(?:phase|ph)\b|\Asingle\Z", re.I)), ("three phase", re.compile(r"\b(?:three|3)[- ]?(?:phase|ph)\b|\Athree\Z", re.I))),
    ),
    (
        re.compile(r"(?:display |screen |video |max(?:imum)? )?resolution\Z|hd technology\Z|display technology\Z"),
        (("8K", re.compile(r"\b8k\b", re.I)), ("4K", re.compile(r"\b4k\b|\b2160p\b|\b3840\s?[x×]\s?2160\b", re.I)), ("1080p", re.compile(r"\b1080p\b|\bfull[- ]?hd\b|\b1920\s?[x×]\s?1080\b", re.I)),
         ("720p", re.compile(r"\b720p\b|\bhd ready\b", re.I))),
    ),
    (
        re.compile(r"gender\Z|ideal for\Z|target (?:gender|audience|group)\Z|department(?: name)?\Z|suitable (?:for|gender)\Z|sex\Z|for gender\Z|wearer\Z|age group\Z|applicable (?:gender|people|sex)\Z"),
        (("men", re.compile(r"\b(?:men'?s?|males?|gentlemen|boys?'?s?)\b", re.I)), ("women", re.compile(r"\b(?:wom[ae]n'?s?|females?|lad(?:y|ies)'?s?|girls?'?s?)\b", re.I)),
         ("unisex", re.compile(r"\bunisex\b|\bcouple", re.I))),
    ),
)  # fmt: skip
_MATERIAL_NAMES = lazy_pattern(r"(?:main |body |product |outer |upper |primary |shell )?materials?(?: type| composition)?\Z|(?:fabric|metal)(?: type| composition)?\Z|composition\Z|made of\Z")
_ANY_MATERIAL = lazy_pattern(r"material|fabric|made of|strap|band|lining|sole|surface|filling|metal|composition")
_COLOUR_NAMES = lazy_pattern(r"(?:product |main |primary |base )?colou?rs?(?: name| family| map)?\Z")
_NEAR_SHADES: Final = tuple(frozenset(pair.split()) for pair in ("gray silver", "gold yellow", "gold brown", "pink purple", "pink red", "white silver", "brown orange", "black gray", "blue purple"))
"""Shades that one person calls so and another otherwise."""
_PACK_NAMES = lazy_pattern(
    r"(?:pack|set|box|bag) of\Z|(?:package|pack|unit|piece|item|set)s? (?:quantity|count|size)\Z|number of (?:pieces|items|units|pcs|packs)\Z|(?:pieces|pcs|units|items|quantity|qty) (?:per|in) (?:pack|set|box|package|bag)\Z|"
    r"(?:set includes|package (?:contents?|includes)|pieces|count|pcs|quantity)\Z"
)
_COUNTED = lazy_pattern(r"(\d{1,4})(?:\s?-?(?:pcs?|pieces?|packs?|units?|items?|sheets?|counts?|ct|nos?\.?|bags?|sets?|rolls?|bottles?|boxes))?(?:\s[a-z]{3,15})?\Z", re.I)
_PACK = lazy_pattern(r"\b(?:pack|set|box|bag|case|lot) of (\d{1,4})\b|\b(\d{1,4})[- ]?(?:pack|pcs|pieces?|count|ct|pk|tablets?|capsules?|softgels?|sachets?|tea ?bags?|wipes)(?:\s+(?:set|pack))?\b", re.I)
_WORKED = lazy_pattern(
    r"(?:machines?|machinery|plant|line|equipment|press|mill|lathe|glue|adhesive|cleaner|polish|paint|saw|bit|bits|blade|molds?|moulds?|dies?|tester|detector|scrap|recycling|substitute|"
    r"\w{3,}(?:[^aeiou]er|or|ing))\Z", re.I
)


_MACHINE = lazy_pattern(r"\b(?:machine(?:s|ry)?|cutters?|extruders?|makers?)\b", re.I)
_FIRST_WORD = lazy_pattern(r"\W{0,2}([A-Za-z]+)")
_LAST_WORD = lazy_pattern(r"([A-Za-z]+)\W{1,2}\Z")
_APPENDED = lazy_pattern(r"\s*[,–—-]\s*")
_FILLINGS: Final = frozenset({"foam", "down", "feather"})
"""What is filled with these is covered with something else."""
_WATCH = lazy_pattern(r"watch(?:es)?\Z")
_BESIDE = lazy_pattern(r"\b(?:with|w|for|free|gift|bonus|plus|compatible|includes?|including)\b|\+", re.I)
_STONES: Final = frozenset({"crystal", "crystals", "diamond", "diamonds", "rhinestone", "rhinestones", "pearl", "pearls", "quartz", "stone", "stones", "gemstone", "gemstones", "zircon", "zirconia", "ruby", "turquoise", "agate", "amber", "jade", "opal", "lace", "fur"})
"""What adorns a product is rarely what it is made of."""
_PART_OF: Final = frozenset(
    {"products", "product", "works", "industries", "crafts", "arts", "house", "world", "collection", "collections", "company", "plated", "coated", "coating", "plating", "filled", "lined", "look", "effect", "print", "printed",
     "pattern", "grain", "texture", "style", "stitching", "band", "strap", "legs", "leg", "handle", "trim", "lining", "sole", "soles", "chain", "cord", "cover", "lid", "base", "tip", "blade", "frame", "tone", "colour", "color", "finish",
     "like", "free", "pulp", "floor", "foam", "legged", "case", "wick", "wicks", "filling", "top"}
)
_LONGEST_MATERIAL: Final = 60
_OWN_FIELDS: Final = (
    ("brand", ("brand", "brand name")),
    ("model", ("model", "model number", "model no", "model no.", "model name/number")),
    ("moq", ("moq", "minimum order quantity", "min order quantity", "minimum order", "min. order quantity", "min. order", "min order")),
)
_PIECES: Final = frozenset({"pcs", "pc", "piece", "pieces", "unit", "units", "nos", "no", "件", "个"})
_CODE = lazy_pattern(r"[a-z0-9]*\d[a-z0-9]*")
_PIPED = lazy_pattern(r"\b(?:pipes?|tubes?|valves?|elbows?|couplings?|unions?|faucets?|taps?|fittings?|tees?|nipples?|bushings?|hoses?)\b", re.I)
_BY = lazy_pattern(r"\d\D{0,8}[x×*]\s*\d", re.I)
_MODEL_NAMES: Final = ("model", "model number", "model no", "model no.", "model name", "model name/number", "item model number")
_MODEL = lazy_pattern(r"\b([A-Z]{1,5}-?)(\d{3,6})[A-Z]{0,2}\b", re.I)
_DIMENSION_NAMES = lazy_pattern(r"(?:(?:product|item|overall|panel|sheet|package) )?(?:dimensions?|measurements?|size)(?: \(?l ?x ?w(?: ?x ?h)?\)?)?\Z")
_SIZE = lazy_pattern(r"(?<![\d.])(\d{1,5}(?:\.\d{1,2})?)\s?(?:cm|mm|m|inch(?:es)?|in|\"|ft)?\s?[x×*]\s?(\d{1,5}(?:\.\d{1,2})?)\s?(?:(?:cm|mm|m|inch(?:es)?|in|\"|ft)?\s?[x×*]\s?(\d{1,5}(?:\.\d{1,2})?)\s?)?(cm|mm|m|inch(?:es)?|in\b|\"|ft)", re.I)
_LENGTHS: Final = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "inch": 25.4, "inches": 25.4, "in": 25.4, '"': 25.4, "ft": 304.8}
_IN_BRACKETS = lazy_pattern(r"\s*\([^()]*\)\Z")
_UNIT_IN_NAME = lazy_pattern(r"\(([A-Za-z]{1,3})\)\s*\Z")


class _Said(NamedTuple):
    """What one place says of a property: as a set of classes, with the words and where they stand."""

    values: frozenset[str]
    text: str
    attribute: Attribute | None


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit per property on the value that contradicts the title or another value; attributes first, then the description's own lines."""
    attributes = doc.attributes
    described = _single(read_described(doc)) if options["description"] and doc.description is not None else {}
    if not attributes and not described:
        return
    title = doc.title
    text = title.text if title is not None else ""
    given = {**described, **attributes}
    yield from _measures(text, given)
    yield from _same_names(attributes, described)
    yield from _fields(doc, given)
    rows: dict[int, list[Attribute]] = {}
    kinds = 0
    for name, attribute in given.items():
        kinds |= _kinds(name)
        for row in _classed(name):
            rows.setdefault(row, []).append(attribute)
    for row, asked in sorted(rows.items()):
        yield from _classes(text, asked, _CLASSES[row][1])
    if title is not None and not title.chinese and not doc.name.several:
        if kinds & _OWN_MATERIAL:
            yield from _materials(doc, title.text, given)
        if kinds & _COLOUR:
            yield from _colours(doc, text, given)
        if kinds & _COUNT:
            yield from _packs(text, given)
        yield from _models(text, given)
        yield from _brands(doc, text, given)
        if kinds & _DIMENSIONS:
            yield from _dimensions(text, given)
        for clash in clashes(text, given):
            yield _hit(clash.attribute, clash.attribute.name, clash.told, clash.attribute.value)
    found = origin_clash([text, *(part.text for part in doc.parts("description"))], given)
    if found is not None:
        yield _hit(found.attribute, found.attribute.name, found.told, found.attribute.value)


_OWN_MATERIAL, _SOME_MATERIAL, _COLOUR, _COUNT, _DIMENSIONS = (1 << at for at in range(5))


@lru_cache(maxsize=PHRASES)
def _kinds(name: str) -> int:
    """What an attribute of this name gives, as bits; catalogs use few names many times."""
    return (
        (_OWN_MATERIAL if _MATERIAL_NAMES.match(name) else 0)
        | (_SOME_MATERIAL if _ANY_MATERIAL.search(name) else 0)
        | (_COLOUR if _COLOUR_NAMES.match(name) else 0)
        | (_COUNT if _PACK_NAMES.match(name) else 0)
        | (_DIMENSIONS if _DIMENSION_NAMES.match(_bare(name)) else 0)
    )


def _single(described: dict[str, list[Attribute]]) -> dict[str, Attribute]:
    """The lines whose name stands once: a name that comes again belongs to several variants or parts."""
    return {name: found[0] for name, found in described.items() if len(found) == 1}


def _hit(attribute: Attribute, name: str, one: str, other: str) -> Hit:
    return attribute.source.hit(attribute.start, attribute.end, name=name, one=one.strip(), other=other.strip())


def _values(attribute: Attribute) -> list[Measure]:
    """The measures of a value; a bare number has the unit that its name gives (`Voltage (V)`)."""
    found = read_measures(attribute.value)
    unit = _UNIT_IN_NAME.search(attribute.name)
    if not found and unit is not None and attribute.value[-1:].isdigit():
        found = read_measures(f"{attribute.value} {unit[1]}")
    return found


def _measures(title: str, given: dict[str, Attribute]) -> Iterator[Hit]:
    rows: dict[int, list[Attribute]] = {}
    for name, attribute in given.items():
        for row in _measured(name):
            rows.setdefault(row, []).append(attribute)
    told = read_measures(title) if rows else []
    if not told:
        return
    done: set[str] = set()
    for row, asked in sorted(rows.items()):
        dimension, _, needed = _MEASURED[row]
        mine = [one for one in told if one.dimension == dimension]
        if len(mine) != 1 or dimension in done or _BESIDE.search(title, 0, mine[0].start) or (needed is not None and not needed.search(title)):
            continue
        if dimension in ("mass", "volume") and _SEVERAL.search(title):
            continue
        if any(mine[0].agrees(one, 0.1) for attribute in given.values() for one in _values(attribute) if one.dimension == dimension):
            continue
        for attribute in asked:
            values = [one for one in _values(attribute) if one.dimension == dimension]
            if values and not _nominal(title, attribute, dimension) and (dimension != "length" or (len(values) == 1 and _BY.search(attribute.value) is None)) and _comparable(title, dimension, mine[0], values):
                yield _hit(attribute, attribute.name, title[mine[0].start : mine[0].end], attribute.value)
                done.add(dimension)
                break


def _nominal(title: str, attribute: Attribute, dimension: str) -> bool:
    """True for pipe sizes in inches beside millimetres: 1/2 inch is called 15 or 20 mm."""
    return dimension == "length" and _PIPED.search(title) is not None and ("mm" in title.lower()) != ("mm" in attribute.value.lower())


@lru_cache(maxsize=PHRASES)
def _measured(name: str) -> tuple[int, ...]:
    """The rows of the table of measures that an attribute's name belongs to; catalogs use few names many times."""
    bare = _bare(name)
    return tuple(row for row, (_, names, _) in enumerate(_MEASURED) if names.match(bare))


def _bare(name: str) -> str:
    """An attribute's name without its unit in brackets."""
    return _IN_BRACKETS.sub("", name)


def _comparable(title: str, dimension: str, mine: Measure, values: list[Measure]) -> bool:
    """False where two measures of a dimension are likely of two things: the plug's voltage and the lamp's, a length and a width."""
    if dimension in ("voltage", "power") and _SUPPLY.search(title) and not any(one.agrees(mine, 1.5) for one in values):
        return False
    return dimension not in ("length", "voltage") or any(one.low <= mine.high * _SAME_KIND and mine.low <= one.high * _SAME_KIND for one in values)


def _same_names(attributes: dict[str, Attribute], described: dict[str, Attribute]) -> Iterator[Hit]:
    """Measures that the description's own lines give otherwise than the attribute of the same name."""
    for name, line in described.items():
        attribute = attributes.get(name)
        if attribute is None or not _measured(name):
            continue
        mine, theirs = _values(attribute), _values(line)
        shared = {one.dimension for one in mine} & {one.dimension for one in theirs}
        if shared and not any(one.agrees(other, 0.1) for one in mine for other in theirs if one.dimension == other.dimension):
            yield _hit(line, name, attribute.value, line.value)


def _fields(doc: AnalysedListing, given: dict[str, Attribute]) -> Iterator[Hit]:
    """Brand, model and minimum order that an attribute or a line of the description gives otherwise than the field of its own."""
    for field, names in _OWN_FIELDS:
        if given.keys().isdisjoint(names):
            continue
        own = doc.field(field)
        if own is None or own.chinese:
            continue
        for name in names:
            attribute = given.get(name)
            if attribute is not None and not _same(field, own.text.strip(), attribute.value):
                yield _hit(attribute, name, own.text, attribute.value)
                break


def _same(field: str, one: str, other: str) -> bool:
    """True when two values of a field can both hold: one holds the other, or one says nothing."""
    if field == "moq":
        mine, theirs = read_quantity(one), read_quantity(other)
        if mine is None or theirs is None or mine.value == theirs.value:
            return True
        units = {"piece" if one.unit in _PIECES else one.unit.removesuffix("s") for one in (mine, theirs) if one.unit}
        return len(units) > 1
    left, right = ("".join(c for c in text.lower().replace("&", "and") if c.isalnum()) for text in (one, other))
    nothing = lexicons.word_list("no_brand")
    if len(left) < 2 or len(right) < 2 or one.lower() in nothing or other.lower().strip(" .") in nothing:
        return True
    return left in right or right in left or (field == "model" and _shares_code(one, other))


def _shares_code(one: str, other: str) -> bool:
    return not set(_CODE.findall(one.lower())).isdisjoint(_CODE.findall(other.lower()))


@lru_cache(maxsize=PHRASES)
def _classed(name: str) -> tuple[int, ...]:
    """The rows of `_CLASSES` that an attribute of this name gives."""
    return tuple(row for row, (names, _) in enumerate(_CLASSES) if names.match(name))


def _classes(title: str, asked: list[Attribute], classes: tuple[tuple[str, re.Pattern[str]], ...]) -> Iterator[Hit]:
    first: _Said | None = None
    if title:
        values, text = _classify(title, classes)
        if len(values) == 1:
            first = _Said(values, text, None)
        elif len(values) > 1:
            return
    for attribute in asked:
        values, _ = _classify(attribute.value, classes)
        if not values:
            continue
        if first is None:
            first = _Said(values, attribute.value, attribute)
        elif not values & first.values and "unisex" not in values | first.values:
            yield _hit(attribute, attribute.name, first.text, attribute.value)
            return


def _classify(text: str, classes: tuple[tuple[str, re.Pattern[str]], ...]) -> tuple[frozenset[str], str]:
    """The classes that a text names (a longer reading hides the shorter one inside it), and the words of the first."""
    rest = text
    found: list[str] = []
    words = ""
    for name, pattern in classes:
        match = pattern.search(rest)
        if match:
            found.append(name)
            words = words or match[0]
            rest = pattern.sub(" ", rest)
    return frozenset(found), words


def _own_materials(doc: AnalysedListing, title: str) -> str:
    """The materials that the title gives the product itself: in its name or right before it, and neither a stone nor a part's nor a maker's."""
    name = doc.name
    words = (name.product or "").lower().split()
    named = words[-2:] if words and words[-1] in ("set", "sets", "kit", "pair", "box") else words[-1:]
    places = name.spans.get("product", ())
    out: list[str] = []
    for start, end in name.spans.get("material", ()):
        following = _FIRST_WORD.match(title, end)
        after = following[1].lower() if following is not None else ""
        inside = any(start <= high and (low <= end + 1 or _between(title, end, low)) for low, high in places)
        if not inside and (after or not any(_APPENDED.fullmatch(title, high, start) for _, high in places)):
            continue
        if after in _PART_OF or _names_a_thing(title, start, end, name.head or ""):
            continue
        found = title[start:end].lower().split()
        out += [
            word for word, then in zip(found, [*found[1:], ""], strict=True) if word not in named and word not in _STONES and word not in _PART_OF and then not in _PART_OF
        ]
    return " ".join(out)


def _between(title: str, start: int, end: int) -> bool:
    """True when nothing but words for whom, which colour or which size stand between a material and the product (Leather Men's Wallet)."""
    words = re.findall(r"[\w'’]+", title[start:end])
    return 0 < len(words) <= 2 and title[start:end].count(",") == 0 and all(word_info(word.lower()) & (AUDIENCE | COLOUR | SIZE) for word in words)


def _names_a_thing(title: str, start: int, end: int, head: str) -> bool:
    """True when the material is part of another product's name (toilet paper, aluminium foil) inside this one's."""
    before = _LAST_WORD.search(title, max(0, start - 30), start)
    following = _FIRST_WORD.match(title, end)
    material = title[start:end]
    pairs = [f"{before[1]} {material}"] if before is not None else []
    if following is not None and following[1].lower() != head.lower():
        pairs.append(f"{material} {following[1]}")
    return any(thesaurus().groups_of(pair) for pair in pairs)


def _made(head: str) -> bool:
    """True for a head that ends like a worker's name and is made of a material (ladder, container)."""
    word = head.split()[-1] if head.split() else ""
    return word in lexicons.word_list("made_things") or word.removesuffix("s") in lexicons.word_list("made_things")


def _materials(doc: AnalysedListing, title: str, attributes: dict[str, Attribute]) -> Iterator[Hit]:
    name = doc.name
    head = (name.head or "").lower()
    if not name.product or _WATCH.search(head) or _MACHINE.search(title) or (_WORKED.search(head) and not _made(head)):
        return
    given = [attribute for label, attribute in attributes.items() if _kinds(label) & _OWN_MATERIAL]
    if not given or not family_of(given[0].value)[0]:
        return
    everywhere, _ = family_of(title)
    values = [attribute.value[:_LONGEST_MATERIAL] for label, attribute in attributes.items() if _kinds(label) & _SOME_MATERIAL]
    if any(not everywhere.isdisjoint(family_of(value)[0]) for value in values):
        return
    told = _own_materials(doc, title)
    mine, _ = family_of(told)
    if not mine or (told == "glass" and lexicons.head_groups().get(stem(head), "").rstrip("*") in ("furniture", "building")):
        # Panes are set in a frame: a glass cabinet of steel is no contradiction.
        return
    colours = lexicons.word_list("colours")
    if not mine <= _FILLINGS and not all(word in colours for word in told.lower().split()):
        yield _hit(given[0], given[0].name, told, given[0].value)


_SHADES: Final = {"grey": "gray", "golden": "gold", "silvery": "silver", "navy": "blue", "maroon": "red", "burgundy": "red", "beige": "white", "ivory": "white", "cream": "white", "off-white": "white"}
_BASIC = frozenset({"black", "white", "red", "blue", "green", "yellow", "orange", "purple", "pink", "brown", "gray", "gold", "silver"})


def _basic(text: str) -> set[str]:
    return {_SHADES.get(word, word) for word in re.findall(r"[a-z-]+", text.lower()) if _SHADES.get(word, word) in _BASIC}


def _colours(doc: AnalysedListing, title: str, attributes: dict[str, Attribute]) -> Iterator[Hit]:
    mine = _basic(title)
    if len(mine) != 1 or mine <= {"gold", "silver", "orange"}:
        return
    colour = next(iter(mine))
    for name, attribute in attributes.items():
        if _kinds(name) & _COLOUR:
            words = re.findall(r"[A-Za-z-]+", attribute.value)
            theirs = _basic(attribute.value)
            if len(words) <= 2 and len(theirs) == 1 and mine != theirs and (mine | theirs) not in _NEAR_SHADES and _of_product(doc, title, colour):
                yield _hit(attribute, name, colour, attribute.value)
            return


def _of_product(doc: AnalysedListing, title: str, colour: str) -> bool:
    """True when a colour is the product's own: it ends the title, follows the head, or stands before it with nothing but materials and the like between (not Red Wine Glass)."""
    words = re.findall(r"[A-Za-z'-]+", title.lower())
    low = next((at for at, word in enumerate(words) if _SHADES.get(word, word) == colour), None)
    if low is None:
        return False
    if re.search(rf"(?:[(,/-]\s*|[a-z]\s){words[low]}\s*\)?\Z", title.lower()):
        return True
    head = (doc.name.head or "").lower().split()[-1:]
    if not head:
        return False
    if low and words[low - 1] == head[0] and words[low + 1] in ("with", "for", "in", "and"):
        return True
    high = next((at for at in range(low + 1, len(words)) if words[at] == head[0]), None)
    if high is None or not all(word_info(word) & (MATERIAL | STYLE | SIZE | AUDIENCE) for word in words[low + 1 : high]):
        return False
    return not any(thesaurus().groups_of(" ".join(words[low : low + size])) for size in (2, 3))


def _brands(doc: AnalysedListing, title: str, attributes: dict[str, Attribute]) -> Iterator[Hit]:
    """A well-known brand that begins the title beside another one in the attributes."""
    attribute = attributes.get("brand") or attributes.get("brand name")
    first = _FIRST_WORD.match(title)
    if attribute is None or first is None or doc.field("brand") is not None:
        return
    other = attribute.value.strip().lower()
    if word_info(first[1].lower()) & BRAND and word_info(other) & BRAND and other not in title.lower() and first[1].lower() not in other:
        yield _hit(attribute, attribute.name, first[1], attribute.value)


def _models(title: str, attributes: dict[str, Attribute]) -> Iterator[Hit]:
    """A model code of the title beside another of the same make-up (M185, M220) in the attributes."""
    for name in _MODEL_NAMES:
        attribute = attributes.get(name)
        own = _MODEL.fullmatch(attribute.value.strip()) if attribute is not None else None
        if attribute is None or own is None:
            continue
        told = [one for one in _MODEL.finditer(title) if one[1].lower() == own[1].lower() and len(one[2]) == len(own[2])]
        if len(told) == 1 and told[0][2] != own[2] and not _BESIDE.search(title, 0, told[0].start()) and own[2] not in title:
            yield _hit(attribute, name, told[0][0], attribute.value)
        return


def _dimensions(title: str, attributes: dict[str, Attribute]) -> Iterator[Hit]:
    """Sizes of two or three lengths (140 x 240 cm), in whatever order and unit."""
    told = _sizes(title)
    if len(told) != 1 or _BESIDE.search(title, 0, title.find(told[0][1])):
        return
    for name, attribute in attributes.items():
        if not _kinds(name) & _DIMENSIONS:
            continue
        given = _sizes(attribute.value)
        if len(given) == 1 and len(given[0][0]) == len(told[0][0]) and any(max(one, other) > 1.15 * min(one, other) for one, other in zip(told[0][0], given[0][0], strict=True)):
            yield _hit(attribute, name, told[0][1], attribute.value)
        return


def _sizes(text: str) -> list[tuple[tuple[float, ...], str]]:
    """The sizes `a x b (x c) unit` of a text in mm, sorted, with their words."""
    out: list[tuple[tuple[float, ...], str]] = []
    for match in _SIZE.finditer(text):
        factor = _LENGTHS.get(match[4].lower().rstrip("."), 0.0)
        numbers = tuple(sorted(float(one) * factor for one in (match[1], match[2], match[3]) if one))
        if factor and numbers[0] > 0:
            out.append((numbers, match[0]))
    return out


def _packs(title: str, attributes: dict[str, Attribute]) -> Iterator[Hit]:
    mine = list(_PACK.finditer(title))
    if len(mine) != 1:
        return
    count = int(mine[0][1] or mine[0][2])
    for name, attribute in attributes.items():
        counted = _COUNTED.match(attribute.value.strip()) if _kinds(name) & _COUNT else None
        if counted is None:
            continue
        other = int(counted[1])
        # a bare `quantity` above the title's count is the stock or the order
        if other not in (count, 1) and (name not in ("quantity", "count") or other < count):
            yield _hit(attribute, name, mine[0][0], attribute.value)
        return


RULE = Rule(
    name="attribute-contradiction",
    group="facts",
    severity="error",
    summary=Text("An attribute contradicts the title, the description or another attribute", "属性与标题、描述或其他属性矛盾"),
    messages=texts(
        "{name} is “{other}” here, but “{one}” elsewhere in the listing; correct the one that is wrong",
        "此处 {name} 为“{other}”，而产品其他位置写的是“{one}”；请更正错误的一处",
    ),
    page=Text(
        "Compares what the title says with the attributes and with the `Key: value` lines of the description, and these with each other: voltage, power, capacity and other measures "
        "(whatever the unit, ranges included), dimensions, degree of automation, phases, resolution, gender, material, colour, shape, sleeves, fuel, connector, lamp base, thread, protection class, country of origin, pieces in a pack, and brand, model and minimum order with the fields of their own. Materials "
        "are compared by family, so that `304 stainless steel` and `steel` agree; a machine that works a material need not be made of it. "
        "A buyer who reads two voltages asks for neither. Correct the wrong one.",
        "把标题、属性以及描述中的 `Key: value` 行相互对照：电压、功率、产能等数值（不同单位和区间都能比较）、外形尺寸、自动化程度、相数、分辨率、性别、材质、颜色、形状、袖长、燃料、接口、灯头、螺纹、防护等级、原产国和包装数量，以及品牌、型号、起订量与各自字段是否一致。材质按大类比较，"
        "`304 stainless steel` 与 `steel` 视为一致；加工某种材料的机器不必由该材料制成。出现两个电压值时买家往往直接放弃。请更正错误的一处。",
    ),
    check=check,
    fields=("attributes", "description"),
    guidelines=("GD4",),
    screen=lambda doc: doc.has("attributes") or any(":" in part.raw or "：" in part.raw for part in doc.parts("description")),
    options=(Option("description", bool, True, Text("read `Key: value` lines of the description too", "也读取描述中的 `Key: value` 行")),),
    examples=(
        Good("12 V Car Vacuum Cleaner", attributes={"Voltage": "12 volts", "Material": "ABS"}),
        Good("Stainless Steel Lunch Box 800 ml", attributes="Material: SUS304; Capacity: 0.8 L"),
        Good("Semi-Automatic Capping Machine", attributes={"Automation Grade": "Semi Automatic"}),
        Bad("12 V Car Vacuum Cleaner", attributes={"Voltage": "24 V"}, marked="24 V"),
        Bad("Stainless Steel Lunch Box", attributes={"Material": "Plastic"}),
        Bad("Fully Automatic Capping Machine", attributes={"Automation Grade": "Manual"}),
        Bad("Electric Kettle 1500 W", attributes='{"Power": "2.2 kW", "Voltage": "220 V"}'),
        Bad("12 V Car Vacuum Cleaner", description="A small cleaner for the car.\nVoltage: 24V\nCord: 3 m", marked="24V"),
        Bad("Garden Pump", attributes={"Power": "750 W"}, description="<ul><li>Power: 1.1 kW</li><li>Hose: 25 mm</li></ul>", marked="1.1 kW"),
        Bad("Garden Pump", moq="100 pieces", description="Pump for gardens.\nMOQ: 500 pieces", marked="500 pieces"),
        Bad("55 Inch Television", attributes={"Resolution": "Full HD 1080p", "Display Resolution": "4K"}),
        Bad("Frying Pan 28 cm", attributes={"Diameter": "24 cm"}, marked="24 cm"),
        Bad("LED Bulb 9 W E27", attributes="Base Type: B22; Wattage: 9 W", marked="B22"),
        Bad("Hex Bolt M8 x 40", attributes={"Thread Size": "M10"}),
        Bad("Long Sleeve T-Shirt for Men", attributes={"Sleeve Length": "Short"}),
        Bad("Red Umbrella Folding", attributes={"Colour": "Navy Blue"}),
        Bad("Curtain 140x240 cm", attributes={"Dimensions": "200 x 250 cm"}),
        Bad("Made in Italy Leather Handbag", attributes={"Country of Origin": "China"}, marked="China"),
        FalseAlarm("Red Wine Glass", attributes={"Color": "Transparent Blue"}, why=Text("the wine is red", "红的是葡萄酒")),
        FalseAlarm("12 V Car Charger", attributes={"Input Voltage": "100-240 V"}, why=Text("it turns one voltage into another", "它把一种电压变成另一种")),
        FalseAlarm("Vintage Glass Cabinet", attributes={"Material": "Steel"}, why=Text("its panes are glass, its frame is steel", "玻璃是柜门，框架是钢的")),
        FalseAlarm("Italian Style Sofa", attributes={"Country of Origin": "China"}, why=Text("a style is no origin", "风格不是产地")),
        FalseAlarm(
            "Aluminium Can Crusher Machine", attributes={"Material": "Mild Steel"},
            why=Text("the machine crushes aluminium and is made of steel", "机器压的是铝罐，机身是钢"),
        ),
        FalseAlarm(
            "PVC Garden Hose with Brass Fittings", attributes={"Material": "PVC"},
            why=Text("the fittings are of brass, not the hose", "黄铜的是接头，不是水管"),
        ),
        FalseAlarm("36 V Cordless Drill", attributes={"Voltage": "18-40 V"}, why=Text("the value lies in the range", "数值在范围之内")),
        FalseAlarm(
            "Gold Brass Door Handle", attributes={"Material": "Brass", "Color": "Gold"},
            why=Text("gold is the colour here", "此处 gold 是颜色"),
        ),
    ),
)  # fmt: skip
