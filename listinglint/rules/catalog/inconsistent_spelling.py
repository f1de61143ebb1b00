"""inconsistent-spelling: a brand, an attribute's value or a unit that the catalog writes in several ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from listinglint import lexicons
from listinglint.model import Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.across import letters
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.phrases import read_lexicon
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Resolved, Rule, texts

_LONGEST = 40
_MOST_WORDS = 4
_RIVALS = 3
"""Of two accepted spellings of a unit (l, L) one must be so many times as common as the other to be the catalog's."""
_UNIT = lazy_pattern(r"(?<![\w.])\d+(?:[.,]\d+)?\s*(ml|mm|cm|kg|gm?|mg|ltr|l|w|kw|v|hz|khz|mhz|ghz|ah|mah|rpm|psi|gb|mb|tb|hp|bar|oz|lbs?|ft|inch)(?![\w/²³])", re.I)
_FREE = lazy_pattern(
    r"description|sales package|in the box|content|name|note|remark|other|feature|model|style code|id\Z|number|sku|warranty|care|application|usage|use\Z|"
    r"capacity|dimension|delivery|packaging|packing|service|requirement|working|process"
)
"""Attributes whose values are free text or codes: nothing to be consistent with."""
_NO_VALUE = lazy_pattern(r"\b(?:or|as per|according|depend\w*|equivalent|approx\w*|etc|various|customi[sz]ed|standard)\b", re.I)
"""Values that are a remark, not one of a set."""
_NO_ANSWER = lazy_pattern(r"(?:n\.?/?a\.?|nil|none|null|yes|no)\Z", re.I)
_CODES = lazy_pattern(r"description|sales package|in the box|content|name|note|remark|model|style code|id\Z|sku|compatib|suitable|support|network|configuration")
"""Attributes in whose values a number and a letter may be a code (3G, M8) or somebody else's spelling."""
_BITS = frozenset({"Mb", "Gb", "Tb"})
_RATE = lazy_pattern(r"speed|rate|bus\b|bandwidth|throughput|ethernet|network|density")
"""Attributes that are told in bits: `8 Gb` there is no other spelling of 8 GB."""
_SMALL_WORDS = frozenset({"and", "of", "with", "for", "in", "the", "on", "a", "to"})


@cache
def _expansions() -> dict[str, str]:
    """Abbreviations of attribute values (`ms`) with what they stand for."""
    return {letters(row["abbreviation"]): letters(row["full"]) for row in read_lexicon("value_abbreviations")}


@cache
def _accepted() -> dict[str, frozenset[str]]:
    """Units in lower case with their accepted spellings."""
    return {row["unit"]: frozenset(row["spellings"].split(";")) for row in read_lexicon("unit_spellings")}


def _key(value: str) -> str:
    """What spellings of one value share; a plus or a slash makes another value (PA+, PA++; semi/auto)."""
    return letters(value) + "".join(c for c in value if c in "+/#%")


def _spellings(doc: AnalysedListing) -> Iterator[tuple[str, str, str, str, int, int, int]]:
    """Scope, key, spelling, field, part and place of what this listing writes."""
    for part in doc.parts("brand"):
        text = part.raw.strip()
        if not part.blank and len(text) <= _LONGEST:
            start = part.raw.index(text)
            yield "brand", letters(text), text, "brand", part.part, start, start + len(text)
    expansions = _expansions()
    for name, attribute in doc.attributes.items():
        value = attribute.value
        for match in _UNIT.finditer(value) if not _CODES.search(name) else ():
            if (match[1] == "G" and match[0][-2:-1].isdigit()) or (match[1] in _BITS and _RATE.search(name)):
                continue
            at = attribute.start + match.start(1)
            yield "unit", match[1].lower(), match[1], "attributes", attribute.source.part, at, at + len(match[1])
        if _listed(name, value):
            key = _key(value)
            yield f"attribute {name}", expansions.get(key, key), value, "attributes", attribute.source.part, attribute.start, attribute.end


def _listed(name: str, value: str) -> bool:
    """True for a value that is one of a set that buyers filter by, not free text."""
    if not 1 < len(value) <= _LONGEST or any(c.isdigit() for c in value) or len(value.split()) > _MOST_WORDS:
        return False
    return not _FREE.search(name) and not _NO_VALUE.search(value) and not _NO_ANSWER.match(value)


def _norm(scope: str, key: str, counts: Counter[str], anywhere: Counter[str], order: list[str]) -> str:
    """The spelling to keep: an accepted one for units, the full word before its abbreviation, else the commonest.

    Among nearly as common ones, that with capitals where they belong, then the commonest `anywhere`, so that two attributes
    rarely have two norms; of equal ones the first of `order`.
    """
    if scope == "unit":
        pool = [spelling for spelling in order if spelling in _accepted().get(key, ())] or order
        return max(pool, key=lambda spelling: counts[spelling])
    pool = [spelling for spelling in order if _key(spelling) == key] or order
    if scope in ("brand", "attribute brand"):
        pool = [spelling for spelling in pool if _known_brand(spelling)] or pool
        return max(pool, key=lambda spelling: (counts[spelling], not spelling.islower()))
    most = max(counts[spelling] for spelling in pool)
    near = [spelling for spelling in pool if 2 * counts[spelling] >= most]
    return max(near, key=lambda spelling: (_capitals(spelling), anywhere[spelling], counts[spelling]))


def _known_brand(spelling: str) -> bool:
    """True for a well-known brand written as it writes itself."""
    brand = lexicons.brands().get(spelling.lower())
    return brand is not None and spelling in brand.spellings


def _capitals(spelling: str) -> int:
    """2 where every word begins as a value's does, 1 for mixed ones, 0 for small letters and for whole words in capitals (short ones may be initials)."""
    if spelling.islower() or (spelling.isupper() and max(map(len, spelling.split())) > 4):
        return 0
    return 2 if all(word[:1].isupper() or word in _SMALL_WORDS for word in spelling.split()) and " And " not in spelling else 1


def extract(doc: AnalysedListing, options: Options) -> Any:
    """Scope, key and spelling of every brand, value and unit of the listing, each once."""
    scopes = options["scopes"]
    found = {(scope, key, spelling) for scope, key, spelling, *_ in _spellings(doc) if key and scope.split(" ")[0] in scopes}
    return sorted(found) or None


def resolve(values: Iterable[tuple[int, Any]], options: Options) -> Resolved:
    """The listings that write a thing otherwise than the catalog's norm for it."""
    again = list(values) if isinstance(values, Iterator) else values
    # Nearly all things are written in one way: only of the others are spellings counted and places kept.
    one_way: dict[int, int] = {}
    mixed: set[int] = set()
    for _, found in again:
        for scope, key, spelling in found:
            thing, written = hash((scope, key)), hash(spelling)
            if one_way.setdefault(thing, written) != written:
                mixed.add(thing)
    if not mixed:
        return {}
    counts: dict[tuple[str, str], Counter[str]] = {}
    for _, found in again:
        for scope, key, spelling in found:
            if hash((scope, key)) in mixed:
                counts.setdefault((scope, key), Counter())[spelling] += 1
    anywhere: dict[str, Counter[str]] = {}
    for (_, key), of_thing in counts.items():
        anywhere.setdefault(key, Counter()).update(of_thing)
    norms = {
        # Whatever order the catalog is in, the norm is the same.
        thing: _norm(*thing, of_thing, anywhere[thing[1]], sorted(of_thing, key=lambda spelling: (-_capitals(spelling), spelling)))
        for thing, of_thing in counts.items()
        if len(of_thing) > 1
    }
    out: dict[int, list[dict[str, Any]]] = {}
    for ordinal, found in again:
        for scope, key, spelling in found:
            norm = norms.get((scope, key))
            if norm is None or spelling == norm:
                continue
            of_thing = counts[scope, key]
            accepted = scope == "unit" and spelling in _accepted().get(key, ())
            if not (accepted and of_thing[norm] < _RIVALS * of_thing[spelling]):
                out.setdefault(ordinal, []).append({"scope": scope, "key": key, "spelling": spelling, "norm": norm, "count": of_thing[norm]})
    return out


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit on each place that is written otherwise; a value that can be respelt gets an edit."""
    wanted = {(v["scope"], v["key"], v["spelling"]): v for v in doc.across["inconsistent-spelling"]}
    done: set[tuple[str, str, str]] = set()
    for scope, key, spelling, field, part, start, end in _spellings(doc):
        seen = (scope, key, spelling)
        if seen in wanted and seen not in done:
            done.add(seen)
            values = wanted[seen]
            source, norm, count = doc.parts(field)[part], values["norm"], values["count"]
            others = Text("another listing" if count == 1 else f"{count} listings", f"{count} 个产品")
            plain = not any(c in norm for c in "\"'\\<>&;|\n")
            yield source.hit(start, end, norm=norm, others=others, replace=norm if plain else None)


RULE = Rule(
    name="inconsistent-spelling",
    group="catalog",
    severity="warning",
    fix="unsafe",
    summary=Text("A brand, value or unit is written in several ways", "品牌、属性值或单位写法不一致"),
    messages=texts(
        "'{text}' is written '{norm}' in {others}; use one spelling throughout",
        "“{text}”在{others}中写作“{norm}”，请统一写法",
    ),
    page=Text(
        "Compares how the catalog writes its brands, the values of its attributes and its units. Two spellings of one thing (case, spaces, hyphens, "
        "a known abbreviation such as MS for mild steel) split the filters of a shop in two, and a buyer who ticks one does not see the other. "
        "The commoner spelling is the norm; for units one that standards accept (kW, not KW), for abbreviations the full word. The fix writes the norm. Values that differ in more than spelling (cotton, organic cotton; grade 304, 316) are two values.",
        "比较目录中品牌、属性值和单位的写法。同一事物的两种写法（大小写、空格、连字符、常见缩写如 MS 表示低碳钢）会把店铺的筛选项一分为二，买家勾选其中一个就看不到另一个。"
        "以较常见的写法为准；单位以标准写法为准（kW 而不是 KW），缩写以全称为准。修复会改成统一的写法。含义不同的值（棉与有机棉、304 与 316）不在此列。",
    ),
    check=check,
    extract=extract,
    resolve=resolve,
    fields=("brand", "attributes"),
    options=(Option("scopes", list, ["brand", "unit", "attribute"], Text("what is compared", "比较的范围")),),
    examples=(
        Good(listings=[{"title": "Kettle", "brand": "Heatwell"}, {"title": "Toaster", "brand": "Heatwell"}]),
        Good(listings=[{"title": "Scarf", "attributes": {"Material": "Wool"}}, {"title": "Hat", "attributes": {"Material": "Wool"}}]),
        Bad(
            listings=[{"title": "Kettle", "brand": "Heatwell"}, {"title": "Toaster", "brand": "HeatWell"}, {"title": "Iron", "brand": "Heatwell"}],
            marked="HeatWell",
            fixed={"brand": "Heatwell"},
        ),
        Bad(listings=[{"title": "Pan", "attributes": {"Material": "Stainless Steel"}}, {"title": "Pot", "attributes": {"Material": "stainless-steel"}}]),
        Bad(
            listings=[{"title": "Mixer", "attributes": "Frame Material: MS"}, {"title": "Press", "attributes": "Frame Material: Mild Steel"}],
            fixed={"attributes": "Frame Material: Mild Steel"},
        ),
        Bad(listings=[{"title": "Jug", "attributes": {"Capacity": "500 ml"}}, {"title": "Cup", "attributes": {"Capacity": "300ML"}}]),
        FalseAlarm(
            listings=[{"title": "Kettle", "brand": "Heatwell"}, {"title": "Toaster", "brand": "Heatwall"}],
            why=Text("two brands that differ by a letter", "只差一个字母的两个品牌"),
        ),
        FalseAlarm(
            listings=[{"title": "Day Cream", "attributes": {"PA Rating": "PA+"}}, {"title": "Sun Milk", "attributes": {"PA Rating": "PA+++"}}],
            why=Text("the plus signs tell two grades apart", "加号的个数表示不同等级"),
        ),
        FalseAlarm(
            listings=[{"title": "Bolt", "attributes": {"Material": "Steel 8.8"}}, {"title": "Nut", "attributes": {"Material": "Steel 10.9"}}],
            why=Text("two grades are two values", "两个等级是两个值"),
        ),
    ),
)  # fmt: skip
