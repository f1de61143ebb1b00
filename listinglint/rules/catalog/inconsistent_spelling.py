"""inconsistent-spelling: a brand, an attribute's value or a unit that the catalog writes in several ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from listinglint.model import Text
from listinglint.rules.across import KeyGroups, key_of, letters
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.phrases import read_lexicon
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Resolved, Rule, texts

_LONGEST = 40
_UNIT = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)?\s*(ml|mm|cm|kg|gm?|mg|ltr|l|w|kw|v|hz|khz|mhz|ghz|ah|mah|rpm|psi|gb|mb|tb|hp|bar|oz|lbs?|ft|inch)(?![\w/²³])", re.I)
_FREE = re.compile(r"description|sales package|in the box|content|name|note|remark|other|feature|model|style code|id\Z|number|sku|warranty|care|application|usage|use\Z")
"""Attributes whose values are free text or codes: nothing to be consistent with."""


@cache
def _expansions() -> dict[str, str]:
    """Abbreviations of attribute values (`ms`) with what they stand for."""
    return {letters(row["abbreviation"]): letters(row["full"]) for row in read_lexicon("value_abbreviations")}


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
        for match in _UNIT.finditer(value):
            at = attribute.start + match.start(1)
            yield "unit", match[1].lower(), match[1], "attributes", attribute.source.part, at, at + len(match[1])
        if len(value) <= _LONGEST and not any(c.isdigit() for c in value) and not _FREE.search(name) and len(value) > 1:
            key = letters(value)
            yield f"attribute {name}", expansions.get(key, key), value, "attributes", attribute.source.part, attribute.start, attribute.end


def extract(doc: AnalysedListing, options: Options) -> Any:
    """Scope, key and spelling of every brand, value and unit of the listing, each once."""
    scopes = options["scopes"]
    found = {(scope, key, spelling) for scope, key, spelling, *_ in _spellings(doc) if key and scope.split(" ")[0] in scopes}
    return sorted(found) or None


def resolve(values: Iterable[tuple[int, Any]], options: Options) -> Resolved:
    """The listings that write a thing otherwise than most do; of equally common spellings the first is the norm."""
    groups = KeyGroups()
    for ordinal, found in values:
        for scope, key, spelling in found:
            groups.add(key_of(scope, key), ordinal, spelling, f"{scope}\x1f{key}".encode())
    out: dict[int, list[dict[str, Any]]] = {}
    for members in groups.groups():
        counts = Counter(spelling for _, spelling, _ in members)
        if len(counts) < 2:
            continue
        order = list(dict.fromkeys(spelling for _, spelling, _ in members))
        norm = max(order, key=lambda spelling: (counts[spelling], -order.index(spelling)))
        for ordinal, spelling, data in members:
            if spelling != norm and data is not None:
                scope, key = data.decode().split("\x1f")
                out.setdefault(ordinal, []).append({"scope": scope, "key": key, "spelling": spelling, "norm": norm, "count": counts[norm]})
    groups.close()
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
            source = doc.parts(field)[part]
            yield source.hit(start, end, norm=values["norm"], count=values["count"])


RULE = Rule(
    name="inconsistent-spelling",
    group="catalog",
    severity="warning",
    summary=Text("A brand, value or unit is written in several ways", "品牌、属性值或单位写法不一致"),
    messages=texts(
        "“{text}” is written “{norm}” in most of the catalog ({count} times); use one spelling throughout",
        "“{text}”在目录中多数写作“{norm}”（{count} 次）；请统一写法",
    ),
    page=Text(
        "Compares how the catalog writes its brands, the values of its attributes and its units. Two spellings of one thing (case, spaces, hyphens, "
        "a known abbreviation such as MS for mild steel) split the filters of a shop in two, and a buyer who ticks one does not see the other. "
        "The commoner spelling is the norm. Values that differ in more than spelling (cotton, organic cotton; grade 304, 316) are two values.",
        "比较目录中品牌、属性值和单位的写法。同一事物的两种写法（大小写、空格、连字符、常见缩写如 MS 表示低碳钢）会把店铺的筛选项一分为二，买家勾选其中一个就看不到另一个。"
        "以较常见的写法为准。含义不同的值（棉与有机棉、304 与 316）不在此列。",
    ),
    check=check,
    extract=extract,
    resolve=resolve,
    fields=("brand", "attributes"),
    options=(Option("scopes", list, ["brand", "unit", "attribute"], Text("what is compared", "比较的范围")),),
    examples=(
        Good(listings=[{"title": "Kettle", "brand": "Heatwell"}, {"title": "Toaster", "brand": "Heatwell"}]),
        Good(listings=[{"title": "Scarf", "attributes": {"Material": "Wool"}}, {"title": "Hat", "attributes": {"Material": "Wool"}}]),
        Bad(listings=[{"title": "Kettle", "brand": "Heatwell"}, {"title": "Toaster", "brand": "HeatWell"}, {"title": "Iron", "brand": "Heatwell"}]),
        Bad(listings=[{"title": "Pan", "attributes": {"Material": "Stainless Steel"}}, {"title": "Pot", "attributes": {"Material": "stainless-steel"}}]),
        Bad(listings=[{"title": "Press", "attributes": "Frame Material: Mild Steel"}, {"title": "Mixer", "attributes": "Frame Material: MS"}]),
        Bad(listings=[{"title": "Jug", "attributes": {"Capacity": "500 ml"}}, {"title": "Cup", "attributes": {"Capacity": "300ML"}}]),
        FalseAlarm(
            listings=[{"title": "Kettle", "brand": "Heatwell"}, {"title": "Toaster", "brand": "Heatwall"}],
            why=Text("two brands that differ by a letter", "只差一个字母的两个品牌"),
        ),
        FalseAlarm(
            listings=[{"title": "Bolt", "attributes": {"Material": "Steel 8.8"}}, {"title": "Nut", "attributes": {"Material": "Steel 10.9"}}],
            why=Text("two grades are two values", "两个等级是两个值"),
        ),
    ),
)  # fmt: skip
