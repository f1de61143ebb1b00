"""description-missing-facts: too few of the facts that buyers ask for stand in description and attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from listinglint.language.vocabulary import DIGITS, MATERIAL, MEASURE
from listinglint.model import Text
from listinglint.model.memory import PHRASES
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.phrases import normal, read_lexicon
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts

FACTS = {
    "specification": Text("specification", "规格"),
    "material": Text("material", "材质"),
    "model": Text("model", "型号"),
    "moq": Text("minimum order", "起订量"),
    "price": Text("price", "价格"),
    "certificates": Text("certificates", "认证"),
    "parameters": Text("technical parameters", "技术参数"),
    "packaging": Text("packaging", "包装"),
    "use": Text("use", "用途"),
    "instructions": Text("instructions", "使用说明"),
    "after-sales": Text("after-sales service", "售后服务"),
}
_FIELD_FACTS = (("model", "model"), ("moq", "moq"), ("price", "price"), ("certifications", "certificates"))
_SOURCES = ("description", "brief", "highlights", "attributes")
_UNIT_AFTER = lazy_pattern(r"\d\s*(?:x|×|\*)?\s*(?:mm|cm|m|km|in|inch|inches|ft|kg|g|lb|lbs|oz|ml|l|w|kw|v|volts?|hz|a|mah|hp|rpm|bar|psi|db|gb|tb|pcs|pieces|sets|years?|months?|hours?|tonnes?|tons?|litres?|liters?|gsm|°c|mp)\b|\d\s*[\"″]", re.I)
_MONEY = lazy_pattern(r"(?:US\s?\$|[$€£¥₹]|\b(?:USD|EUR|RMB|CNY|INR|GBP|Rs\.?)\s?)\s?\d", re.I)
_PARAMETERS_FROM = 3
"""So many measures in a text are technical parameters and not only a size."""


@cache
def _name_facts() -> dict[str, str]:
    return {normal(row["phrase"]): row["fact"] for row in read_lexicon("facts")}


@lru_cache(maxsize=PHRASES)
def _facts_of_name(name: str) -> tuple[str, ...]:
    """The facts that an attribute tells by its name, alone or with words around it."""
    known = _name_facts()
    words = normal(name).split()
    places = [" ".join(words[at : at + size]) for size in range(1, len(words) + 1) for at in range(len(words) - size + 1)]
    return tuple(known[place] for place in places if known.get(place))


def _facts(doc: AnalysedListing) -> Iterator[str]:
    """The facts of `facts_of`, those first that are found with least effort; some more than once."""
    yield from (fact for field, fact in _FIELD_FACTS if doc.listing.filled(field))
    parts = doc.texts(fields=_SOURCES)
    if any(part.mask & MATERIAL for part in parts):
        yield "material"
    for name in doc.attributes:
        yield from _facts_of_name(name)
    yield from (entry["fact"] for entry in doc.found.entries("facts", _SOURCES))
    measures = 0
    for part in parts:
        if measures < _PARAMETERS_FROM and part.mask & DIGITS:
            measures += len(_UNIT_AFTER.findall(part.text[:4000]))
    if measures or any(part.mask & MEASURE for part in parts):
        yield "specification"
    if measures >= _PARAMETERS_FROM:
        yield "parameters"
    if any(_MONEY.search(part.text[:4000]) for part in parts):
        yield "price"


def facts_of(doc: AnalysedListing) -> set[str]:
    """The expected facts that description, brief, highlights, attributes and the fields for them tell."""
    return set(_facts(doc))


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit, with all that misses, where fewer than `fewest` of the expected facts are told."""
    description = doc.description
    if description is None or description.chinese:
        return
    expected = [fact for fact in options["facts"] if fact in FACTS]
    enough = min(options["fewest"], len(expected))
    wanted = set(expected)
    found: set[str] = set()
    for fact in _facts(doc) if enough else ():
        if fact in wanted:
            found.add(fact)
            if len(found) >= enough:
                return
    if not enough:
        return
    told = [fact for fact in expected if fact in found]
    missing = [FACTS[fact] for fact in expected if fact not in found]
    names = Text(", ".join(text.en for text in missing), "、".join(text.zh for text in missing))
    variant = "bare" if len(told) <= 1 else "few" if len(told) <= 3 else "some"
    yield Hit("description", variant=variant, weight=round(1 - len(told) / enough, 3), values={"count": len(told), "of": len(expected), "missing": names})


RULE = Rule(
    name="description-missing-facts",
    group="descriptions",
    severity="warning",
    variants={"bare": "warning", "few": "warning", "some": "warning"},
    degrees=("bare", "few", "some"),
    summary=Text("The description tells too few of the facts that buyers ask for", "描述缺少买家关心的关键信息"),
    messages=texts(
        "Description and attributes tell {count} of {of} expected facts; missing: {missing}",
        "描述与属性只包含 {of} 项关键信息中的 {count} 项；缺少：{missing}",
    ),
    page=Text(
        "Reads the description, the brief, the highlights and the attributes together with the fields for model, minimum order, price and "
        "certificates, and looks for eleven facts: specification, material, model, minimum order, price, certificates, technical "
        "parameters, packaging, use, instructions, after-sales service. It fires where fewer than five are told and lists all that "
        "miss. Buyers compare offers by these facts; a text of praise answers none of their questions. Add the facts in sentences, a table, "
        "or attributes.",
        "综合描述、简要描述、卖点和属性以及型号、起订量、价格、认证等字段，检查十一项信息：规格、材质、型号、起订量、价格、认证、技术参数、包装、用途、"
        "使用说明、售后服务。少于五项时报告，并列出全部缺项。买家靠这些信息比较产品，只有赞美之词回答不了任何问题。请用文字、表格或属性补充。",
    ),
    check=check,
    fields=("description",),
    guidelines=("GD2", "GD3"),
    lexicons=("facts",),
    options=(
        Option("facts", list, list(FACTS), Text("the facts that are expected", "应包含的信息项")),
        Option("fewest", int, 5, Text("the fewest of them that are enough", "最少应包含的项数"), minimum=1),
    ),
    examples=(
        Good(
            "Electric Meat Grinder",
            description="Meat grinder with a body of stainless steel, model MG-300. Power 800 W, 220 V, 1.5 kg a minute. For butchers and "
            "kitchens. Packed in a colour box; a manual in English is included. Two years of warranty.",
        ),
        Good(
            "Cotton Apron", description="Apron for cooks, size 70 x 85 cm, 200 gsm.", price="USD 2.10", moq="300 pieces",
            attributes={"Material": "100% cotton", "Packaging": "polybag"},
        ),
        Bad("Cotton Apron", description="Our aprons are loved by all cooks for their good quality and their fashionable look. You will be glad."),
        Bad(
            "Hydraulic Press",
            description="We are a well-known firm and serve our clients with a wide range of presses, made under the eyes of experts.",
            attributes={"Voltage": "380 V"},
        ),
        FalseAlarm(
            "Cast Iron Skillet", description="Pre-seasoned cast iron, 26 cm, suitable for all stoves and ovens. Wash by hand. Gift box.",
            why=Text("short, but material, size, use, care and packaging are all there", "虽短，但材质、尺寸、用途、保养和包装俱全"),
        ),
        FalseAlarm(
            "Hydraulic Press", description="", why=Text("an empty description is reported as missing", "空描述由 description-missing 报告")
        ),
    ),
)  # fmt: skip
