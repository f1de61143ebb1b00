"""attribute-contradiction: title, description and attributes say different things of one property."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from listinglint import lexicons
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing, Attribute
from listinglint.rules.measures import Measure, read_measures
from listinglint.rules.phrases import read_lexicon
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule, texts

_MEASURED: Final = (
    # dimension, attribute names that give it for the whole product, word that the title must hold (for dimensions with many meanings)
    ("voltage", re.compile(r"(?:rated |input |operating |working |supply )?voltage(?: \(v\))?\Z|power supply\Z"), None),
    ("power", re.compile(r"(?:rated |motor |input |total )?(?:power|wattage)(?: consumption| rating)?(?: \(k?w\))?\Z"), None),
    ("frequency", re.compile(r"frequency\Z"), None),
    ("charge", re.compile(r"(?:battery )?capacity\Z|battery\Z"), None),
    ("mass/h", re.compile(r"(?:production |output )?capacity\Z|output\Z"), None),
    ("count/h", re.compile(r"(?:production |output )?capacity\Z|output\Z"), None),
    ("volume/h", re.compile(r"(?:production )?capacity\Z|flow rate\Z"), None),
    ("volume", re.compile(r"(?:tank |bottle )?capacity\Z|volume\Z"), None),
    ("mass", re.compile(r"(?:lifting |load )?capacity\Z"), re.compile(r"\bcapacity\b", re.I)),
    ("length", re.compile(r"screen size\Z|display size\Z"), re.compile(r"\b(?:tv|monitor|display|laptop|tablet|screen|phone)\b", re.I)),
    ("memory", re.compile(r"(?:storage |memory )?capacity\Z|storage\Z|internal (?:storage|memory)\Z"), None),
    ("speed", re.compile(r"(?:max(?:imum)? |rated |no[- ]load )?speed\Z|rpm\Z"), None),
)  # fmt: skip
_CLASSES: Final = (
    (
        re.compile(r"automat(?:ion|ic) grade\Z|automation\Z|grade of automation\Z|operation(?: mode| type)?\Z|operating mode\Z|control(?: mode)?\Z|mode of operation\Z"),
        (("semi-automatic", re.compile(r"\bsemi[- ]?auto(?:matic)?\b", re.I)), ("manual", re.compile(r"\bmanual(?:ly)?\b|\bhand[- ]operated\b", re.I)),
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
        re.compile(r"gender\Z|ideal for\Z|target gender\Z"),
        (("men", re.compile(r"\bmen'?s?\b|\bmale\b|\bgentlemen\b", re.I)), ("women", re.compile(r"\bwom[ae]n'?s?\b|\bfemale\b|\blad(?:y|ies)'?s?\b", re.I)),
         ("boys", re.compile(r"\bboys?'?s?\b", re.I)), ("girls", re.compile(r"\bgirls?'?s?\b", re.I)), ("unisex", re.compile(r"\bunisex\b|\bcouple", re.I))),
    ),
)  # fmt: skip
_MATERIAL_NAMES = re.compile(r"(?:main |body |product |outer |upper |shell |frame |case |primary )?materials?(?: type)?\Z|fabric(?: type)?\Z|made of\Z")
_COLOUR_NAMES = re.compile(r"(?:product |main )?colou?r\Z")
_PACK_NAMES = re.compile(r"pack of\Z|package quantity\Z|pack size\Z|number of pieces\Z|pieces per (?:pack|set)\Z")
_PACK = re.compile(r"\b(?:pack|set) of (\d{1,3})\b|\b(\d{1,3})[- ]?(?:pack|pcs|pieces?)(?:\s+(?:set|pack))?\b", re.I)
_WORKED = re.compile(
    r"(?:machines?|machinery|plant|line|equipment|press|mill|lathe|glue|adhesive|cleaner|polish|paint|saw|bit|bits|blade|mold|mould|die|tester|detector|scrap|recycling|substitute|"
    r"\w{3,}(?:[^aeiou]er|or|ing))\Z", re.I
)


class _Said(NamedTuple):
    """What one place says of a property: as a set of classes, with the words and where they stand."""

    values: frozenset[str]
    text: str
    attribute: Attribute | None


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit per property on the attribute that contradicts the title, the description's own table or another attribute."""
    attributes = doc.attributes
    if not attributes:
        return
    title = doc.title.text if doc.title is not None else ""
    yield from _measures(title, attributes)
    for names, classes in _CLASSES:
        yield from _classes(title, attributes, names, classes)
    if title and not doc.title.chinese:  # type: ignore[union-attr]
        yield from _materials(doc, attributes)
        yield from _colours(title, attributes)
        yield from _packs(title, attributes)


def _hit(attribute: Attribute, name: str, one: str, other: str) -> Hit:
    return attribute.source.hit(attribute.start, attribute.end, name=name, one=one.strip(), other=other.strip())


def _measures(title: str, attributes: dict[str, Attribute]) -> Iterator[Hit]:
    told = read_measures(title)
    if not told:
        return
    for dimension, names, needed in _MEASURED:
        mine = [one for one in told if one.dimension == dimension]
        if len(mine) != 1 or (needed is not None and not needed.search(title)):
            continue
        for name, attribute in attributes.items():
            if not names.match(name):
                continue
            theirs: list[Measure] = [one for one in read_measures(attribute.value) if one.dimension == dimension]
            if theirs and not any(mine[0].agrees(one, 0.1) for one in theirs):
                yield _hit(attribute, name, title[mine[0].start : mine[0].end], attribute.value)
                break


def _classes(title: str, attributes: dict[str, Attribute], names: re.Pattern[str], classes: tuple[tuple[str, re.Pattern[str]], ...]) -> Iterator[Hit]:
    first: _Said | None = None
    if title:
        values, text = _classify(title, classes)
        if len(values) == 1:
            first = _Said(values, text, None)
        elif len(values) > 1:
            return
    for name, attribute in attributes.items():
        if not names.match(name):
            continue
        values, _ = _classify(attribute.value, classes)
        if not values:
            continue
        if first is None:
            first = _Said(values, attribute.value, attribute)
        elif not values & first.values and "unisex" not in values | first.values:
            yield _hit(attribute, name, first.text, attribute.value)
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


@cache
def _families() -> dict[str, frozenset[str]]:
    """Materials (lower case) with the families that they belong to."""
    return {row["material"]: frozenset(row["families"].split(";")) for row in read_lexicon("material_families")}


def _family_of(text: str) -> tuple[frozenset[str], str]:
    families = _families()
    words = re.findall(r"[a-z0-9]+", text.lower().replace("-", " "))
    found: set[str] = set()
    first = ""
    at = 0
    while at < len(words):
        for size in (3, 2, 1):
            phrase = " ".join(words[at : at + size])
            if phrase in families and at + size <= len(words):
                found |= families[phrase]
                first = first or phrase
                at += size - 1
                break
        at += 1
    return frozenset(found), first


def _materials(doc: AnalysedListing, attributes: dict[str, Attribute]) -> Iterator[Hit]:
    name = doc.name
    words = (name.product or "").lower().split()
    named = words[-2:] if words and words[-1] in ("set", "sets", "kit", "pair", "box") else words[-1:]
    told = " ".join(word for word in name.modifiers.get("material", ()) if word.lower() not in named)
    if not told or name.several or (name.head and _WORKED.search(name.head)) or (name.product and re.search(r"\b(?:machines?|cutters?|extruders?|makers?)\b", name.product, re.I)):
        return
    mine, _ = _family_of(told)
    given = [attribute for label, attribute in attributes.items() if _MATERIAL_NAMES.match(label)]
    if not mine or not given:
        return
    theirs = frozenset[str]().union(*(_family_of(attribute.value)[0] for attribute in given))
    colours = lexicons.word_list("colours")
    if theirs and not mine & theirs and not all(word in colours for word in told.lower().split()):
        yield _hit(given[0], given[0].name, told, given[0].value)


_SHADES: Final = {"grey": "gray", "golden": "gold", "silvery": "silver", "navy": "blue", "maroon": "red", "burgundy": "red", "beige": "white", "ivory": "white", "cream": "white", "off-white": "white"}
_BASIC = frozenset("black white red blue green yellow orange purple pink brown gray gold silver".split())


def _basic(text: str) -> set[str]:
    return {_SHADES.get(word, word) for word in re.findall(r"[a-z-]+", text.lower()) if _SHADES.get(word, word) in _BASIC}


def _colours(title: str, attributes: dict[str, Attribute]) -> Iterator[Hit]:
    mine = _basic(title)
    if len(mine) != 1 or mine <= {"gold", "silver", "orange"}:
        return
    for name, attribute in attributes.items():
        if _COLOUR_NAMES.match(name):
            words = re.findall(r"[A-Za-z-]+", attribute.value)
            theirs = _basic(attribute.value)
            if len(words) == 1 and len(theirs) == 1 and mine != theirs and re.search(rf"[(,/-]\s*{next(iter(mine))}\s*\)?\Z", title.lower()):
                yield _hit(attribute, name, next(iter(mine)), attribute.value)
            return


def _packs(title: str, attributes: dict[str, Attribute]) -> Iterator[Hit]:
    mine = [match for match in _PACK.finditer(title)]
    if len(mine) != 1:
        return
    count = int(mine[0][1] or mine[0][2])
    for name, attribute in attributes.items():
        if _PACK_NAMES.match(name) and attribute.value.strip().isdigit() and int(attribute.value) not in (count, 1):
            yield _hit(attribute, name, mine[0][0], attribute.value)
            return


RULE = Rule(
    name="attribute-contradiction",
    group="facts",
    severity="error",
    summary=Text("An attribute contradicts the title or another attribute", "属性与标题或其他属性矛盾"),
    messages=texts(
        "{name} is “{other}” here, but “{one}” elsewhere in the listing; correct the one that is wrong",
        "此处 {name} 为“{other}”，而产品其他位置写的是“{one}”；请更正错误的一处",
    ),
    page=Text(
        "Compares what the title says with the attributes, and attributes with each other: voltage, power, capacity and other measures "
        "(whatever the unit, ranges included), degree of automation, phases, resolution, gender, material, colour, pieces in a pack. Materials "
        "are compared by family, so that `304 stainless steel` and `steel` agree; a machine that works a material need not be made of it. "
        "A buyer who reads two voltages asks for neither. Correct the wrong one.",
        "把标题与属性、属性与属性相互对照：电压、功率、产能等数值（不同单位和区间都能比较）、自动化程度、相数、分辨率、性别、材质、颜色和包装数量。材质按大类比较，"
        "`304 stainless steel` 与 `steel` 视为一致；加工某种材料的机器不必由该材料制成。出现两个电压值时买家往往直接放弃。请更正错误的一处。",
    ),
    check=check,
    fields=("attributes",),
    guidelines=("GD4",),
    examples=(
        Good("12 V Car Vacuum Cleaner", attributes={"Voltage": "12 volts", "Material": "ABS"}),
        Good("Stainless Steel Lunch Box 800 ml", attributes="Material: SUS304; Capacity: 0.8 L"),
        Good("Semi-Automatic Capping Machine", attributes={"Automation Grade": "Semi Automatic"}),
        Bad("12 V Car Vacuum Cleaner", attributes={"Voltage": "24 V"}, marked="24 V"),
        Bad("Stainless Steel Lunch Box", attributes={"Material": "Plastic"}),
        Bad("Fully Automatic Capping Machine", attributes={"Automation Grade": "Manual"}),
        Bad("Electric Kettle 1500 W", attributes='{"Power": "2.2 kW", "Voltage": "220 V"}'),
        Bad("55 Inch Television", attributes={"Resolution": "Full HD 1080p", "Display Resolution": "4K"}),
        FalseAlarm(
            "Aluminium Can Crusher Machine", attributes={"Material": "Mild Steel"},
            why=Text("the machine crushes aluminium and is made of steel", "机器压的是铝罐，机身是钢"),
        ),
        FalseAlarm("36 V Cordless Drill", attributes={"Voltage": "18-40 V"}, why=Text("the value lies in the range", "数值在范围之内")),
        FalseAlarm(
            "Gold Brass Door Handle", attributes={"Material": "Brass", "Color": "Gold"},
            why=Text("gold is the colour here", "此处 gold 是颜色"),
        ),
    ),
)  # fmt: skip
