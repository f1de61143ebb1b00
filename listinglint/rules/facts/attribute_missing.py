"""attribute-missing: no attributes, empty ones, or few of those that this kind of product is expected to have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from listinglint.language.thesaurus import thesaurus
from listinglint.language.words import AUDIENCE, COLOUR, MATERIAL, word_info
from listinglint.model import Text
from listinglint.model.listing import is_blank
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.categories import branch_of, shares_of_category
from listinglint.rules.measures import read_measures
from listinglint.rules.phrases import normal, read_lexicon
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_FIRM = 0.25
"""A category that speaks less than this for the kind of product puts the kind in doubt."""
_INDUSTRIAL = "industrial"


class _Property(NamedTuple):
    """What buyers filter by: its names as catalogs write them, and what in a title tells it."""

    label: Text
    names: tuple[str, ...]
    told: frozenset[str]


@cache
def _properties() -> dict[str, _Property]:
    return {row["attribute"]: _property(row) for row in read_lexicon("attribute_names")}


def _property(row: dict[str, str]) -> _Property:
    label = Text(row["attribute"].split(" (")[0], row["zh"])
    return _Property(label, tuple(f" {normal(name)} " for name in row["names"].split(";")), frozenset(row["told"].split()))


@cache
def _expected() -> dict[str, tuple[_Property, ...]]:
    """Kinds of product (category paths of the thesaurus) with the properties expected."""
    known = _properties()
    return {row["kind"]: tuple(known[one.strip()] for one in row["attributes"].split(";")) for row in read_lexicon("expected_attributes")}


def expected_of(category: str) -> tuple[str, ...]:
    """The names of the properties that buyers expect of a product of this category path; empty where none are known."""
    return tuple(one.label.en for one in _of_path(category))


def _of_path(category: str) -> tuple[_Property, ...]:
    parts = category.split(" > ")
    table = _expected()
    for size in range(len(parts), 0, -1):
        found = table.get(" > ".join(parts[:size]))
        if found:
            return found
    return table.get(branch_of(category), ())


def _kind(doc: AnalysedListing, product: str) -> str | None:
    """The category path of the product where it is sure: by its whole name, or by part of it that the listing's category bears out."""
    found = thesaurus().match(product)
    if found is None or doc.name.several:
        return None
    path = found.group.category
    part = doc.field("category")
    shares = shares_of_category(part.text) if part is not None else None
    borne_out = None if shares is None else shares.get(branch_of(path), 0.0)
    if borne_out is not None and borne_out < _FIRM:
        return None
    if borne_out is None and found.modifiers and len(found.matched.split()) < 2:
        return None
    if path.startswith("Home") and _for_industry(doc):
        return "Machinery"
    return path


def _for_industry(doc: AnalysedListing) -> bool:
    """True where title or attributes say that a thing which homes have too is made for industry."""
    title = doc.title
    return (title is not None and _INDUSTRIAL in title.word_set) or any(
        _INDUSTRIAL in one.value.lower() for name, one in doc.attributes.items() if "us" in name or "type" in name
    )


def _told_by_title(doc: AnalysedListing) -> frozenset[str]:
    """Dimensions of the measures in the title, and `material`, `colour`, `audience` where it names one."""
    title = doc.title
    if title is None:
        return frozenset()
    out = {one.dimension for one in read_measures(title.text)}
    for word in title.word_set:
        info = word_info(word)
        if info & MATERIAL:
            out.add("material")
        if info & COLOUR:
            out.add("colour")
        if info & AUDIENCE:
            out.add("audience")
    return frozenset(out)


def _named(one: _Property, given: str) -> bool:
    """True when a label bears one of the names, alone or with words around it (`Frame Material`)."""
    return any(name in given for name in one.names)


def _joined(labels: list[Text]) -> Text:
    return Text(", ".join(label.en for label in labels), "、".join(label.zh for label in labels))


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit where all attributes are empty; one on each empty value; one naming what most products of this kind tell."""
    if not doc.listing.filled("attributes"):
        yield Hit("attributes", message="none")
        return
    labels = doc.listing.keys.get("attributes", ())
    for at, part in enumerate(doc.parts("attributes")):
        if labels and at < len(labels) and is_blank(part.raw):
            yield part.hit(0, len(part.raw), "empty", name=labels[at])
    product = doc.product
    kind = _kind(doc, product) if product and doc.attributes else None
    expected = _of_path(kind) if kind else ()
    if not expected:
        return
    told = _told_by_title(doc)
    texts = [*doc.attributes, *labels, doc.title.norm if doc.title is not None else ""]
    given = f" {' | '.join(map(normal, texts))} {'model' if doc.listing.filled('model') else ''} "
    missing = [one.label for one in expected if not one.told & told and not _named(one, given)]
    if len(missing) > options["share"] * len(expected) and len(missing) > 1:
        yield Hit("attributes", message="few", values={"missing": _joined(missing), "product": product})


RULE = Rule(
    name="attribute-missing",
    group="facts",
    severity="warning",
    summary=Text("Expected attributes are not filled in", "缺少该类产品应有的属性"),
    messages={
        "none": Text("No attributes are filled in; give material, size, model and what else buyers filter by", "未填写任何属性；请填写材质、尺寸、型号等买家常用的筛选项"),
        "empty": Text("The attribute {name} is empty; fill it in or remove it", "属性 {name} 为空；请填写或删除"),
        "few": Text("Most of what buyers expect of “{product}” is missing: {missing}", "“{product}”缺少买家最关心的属性：{missing}"),
    },
    page=Text(
        "Finds listings whose attribute cell is empty, named attributes without a value, and listings with fewer than half of the attributes that "
        "buyers expect of this kind of product (power and capacity of a machine, pressure and connection of a valve, material and sizes of a garment); "
        "what the title tells counts as told. Attributes feed the filters of a marketplace: what is not filled in is not found. Fill in what you "
        "know, with units.",
        "找出属性单元格为空、某个属性没有值，以及填写的属性不到该类产品应有属性一半的产品（如机器的功率和产能、阀门的压力和连接方式、服装的材质和尺码；标题已写明的不算缺少）。平台的筛选功能依赖属性，"
        "没填的产品就搜不到。请尽量填写完整并注明单位。",
    ),
    check=check,
    fields=("attributes",),
    guidelines=("GD4",),
    options=(Option("share", float, 0.5, Text("fires when more than this share of the expected attributes is missing", "缺失比例超过此值时报告"), minimum=0.0),),
    examples=(
        Good("Canvas Tote Bag", attributes={"Material": "Canvas", "Size": "38 x 40 cm", "Color": "Natural"}),
        Good("Frying Pan", attributes="Material: aluminium; Diameter: 28 cm"),
        Bad("Canvas Tote Bag", attributes=""),
        Bad("Canvas Tote Bag", attributes={"Material": "", "Size": "38 x 40 cm", "Color": "Natural"}),
        Bad("Frying Pan", attributes={"Place of Origin": "Zhejiang"}),
        FalseAlarm("Canvas Tote Bag", why=Text("the source has no attributes", "数据源没有属性列")),
        FalseAlarm(
            "Stainless Steel Ball Valve", attributes={"Port Size": "DN25", "Working Pressure": "16 bar", "Connection": "Flange"},
            why=Text("a valve has no voltage or power", "阀门没有电压和功率"),
        ),
        FalseAlarm(
            "Fresh Fuji Apple", attributes={"Variety": "Fuji", "Origin": "Shandong", "Packing": "18 kg carton"},
            why=Text("fresh fruit has no list of ingredients", "新鲜水果没有配料表"),
        ),
    ),
)  # fmt: skip
