"""attribute-missing: no attributes, empty ones, or few of those that this kind of product is expected to have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from listinglint.language.thesaurus import thesaurus
from listinglint.model import Text
from listinglint.model.listing import is_blank
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.phrases import normal, read_lexicon
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule


@cache
def _expected() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Kinds of product (category paths of the thesaurus) with the attributes expected, each with its names."""
    return {
        row["kind"]: tuple(tuple(normal(name) for name in one.split("/")) for one in row["attributes"].split(";"))
        for row in read_lexicon("expected_attributes")
    }


def _expected_of(product: str) -> tuple[tuple[str, ...], ...]:
    table = _expected()
    for category in thesaurus().categories(product)[:1]:
        parts = category.split(" > ")
        for size in range(len(parts), 0, -1):
            found = table.get(" > ".join(parts[:size]))
            if found:
                return found
    return ()


def _named(names: tuple[str, ...], given: set[str]) -> bool:
    """True when an attribute bears one of the names, alone or with words around it (`Frame Material`)."""
    return any(name in given or any(f" {name} " in f" {one} " for one in given) for name in names)


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit where all attributes are empty; one on each empty value; one naming what most products of this kind tell."""
    if not doc.listing.filled("attributes"):
        yield Hit("attributes", message="none")
        return
    labels = doc.listing.keys.get("attributes", ())
    for at, part in enumerate(doc.parts("attributes")):
        if labels and at < len(labels) and is_blank(part.raw):
            yield part.hit(0, len(part.raw), "empty", name=labels[at])
    if not doc.attributes or not doc.product:
        return
    expected = _expected_of(doc.product)
    given = {normal(name) for name in doc.attributes} | {normal(name) for name in labels}
    if doc.listing.filled("model"):
        given.add("model")
    missing = [names[0] for names in expected if not _named(names, given)]
    if expected and len(missing) > options["share"] * len(expected) and len(missing) > 1:
        yield Hit("attributes", message="few", values={"missing": ", ".join(missing), "product": doc.product})


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
        "buyers expect of this kind of product (voltage and power of a machine, material and sizes of a garment). Attributes feed the filters "
        "of a marketplace: what is not filled in is not found. Fill in what you know, with units.",
        "找出属性单元格为空、某个属性没有值，以及填写的属性不到该类产品应有属性一半的产品（如机器的电压和功率、服装的材质和尺码）。平台的筛选功能依赖属性，"
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
    ),
)  # fmt: skip
