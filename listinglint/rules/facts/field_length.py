"""field-length: highlights, subtitle, SEO title, meta description or an attribute's value over the marketplace's limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from listinglint.marketplaces import measure
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.lengths import items
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule

_FIELDS = ("subtitle", "seo_title", "meta_description", "highlights", "brief")
_NAMES = {
    "subtitle": Text("subtitle", "副标题"), "seo_title": Text("SEO title", "SEO 标题"), "meta_description": Text("meta description", "页面描述"),
    "highlights": Text("highlights", "卖点"), "brief": Text("brief description", "简要描述"),
}  # fmt: skip


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit on each text over its limit; on highlights also by their number."""
    for field in _FIELDS:
        if not doc.has(field):
            continue
        whole = doc.limit(field, "max")
        each = doc.limit(field, "each_max")
        values: dict[str, Any] = {"field": _NAMES[field], "marketplace": doc.marketplace.label}
        count = 0
        for part in doc.parts(field):
            if part.blank:
                continue
            if whole is not None and (length := measure(part.raw, whole.unit)) > whole.value:
                yield part.hit(0, len(part.raw), "whole", length=length, limit=int(whole.value), **values)
            places = items(part) if field == "highlights" else []
            count += len(places)
            if each is not None:
                for start, end in places:
                    text = part.raw[start:end].strip()
                    if (length := measure(text, each.unit)) > each.value:
                        yield part.hit(start, end, "each", length=length, limit=int(each.value), **values)
        most = doc.limit(field, "count_max")
        if most is not None and count > most.value:
            yield Hit(field, message="many", values={"count": count, "limit": int(most.value), **values})
    yield from _attributes(doc)


def _attributes(doc: AnalysedListing) -> Iterator[Hit]:
    every = doc.limit("attributes", "each_max")
    named = {limit.field.split(".", 1)[1]: limit for limit in doc.marketplace.limits if limit.field.startswith("attributes.") and limit.kind == "max" and doc.in_force(limit)}
    if every is None and not named:
        return
    for name, attribute in doc.attributes.items():
        limit = named.get(name, every)
        if limit is not None and (length := measure(attribute.value, limit.unit)) > limit.value:
            yield attribute.source.hit(
                attribute.start, attribute.end, "attribute", name=name, length=length, limit=int(limit.value), marketplace=doc.marketplace.label
            )


RULE = Rule(
    name="field-length",
    group="facts",
    severity="warning",
    summary=Text("Highlights, subtitle, SEO fields or an attribute are over the marketplace's limit", "卖点、副标题、SEO 字段或属性超过平台上限"),
    messages={
        "whole": Text("The {field} has {length} characters; {marketplace} takes {limit}", "{field}有 {length} 个字符；{marketplace} 最多允许 {limit} 个"),
        "each": Text("A line of the {field} has {length} characters; {marketplace} takes {limit} each", "{field}中有一条 {length} 个字符；{marketplace} 每条最多 {limit} 个"),
        "many": Text("{count} {field}; {marketplace} takes {limit}", "{field}共 {count} 条；{marketplace} 最多 {limit} 条"),
        "attribute": Text("The attribute {name} has {length} characters; {marketplace} takes {limit}", "属性 {name} 有 {length} 个字符；{marketplace} 最多允许 {limit} 个"),
    },
    page=Text(
        "Measures highlights, subtitle, SEO title, meta description, brief description and attribute values against the limits of the "
        "marketplace (see `listinglint marketplaces NAME`). What is longer is cut off in search results or refused at upload. Put the "
        "weightiest words first and leave out what another field tells already.",
        "按平台限制（见 `listinglint marketplaces NAME`）检查卖点、副标题、SEO 标题、页面描述、简要描述和属性值的长度。超长的内容会在搜索结果中被截断或上传时被拒。"
        "请把最重要的词放在前面，删去其他字段已有的内容。",
    ),
    check=check,
    fields=(*_FIELDS, "attributes"),
    examples=(
        Good("Yoga Mat", subtitle="Six millimetres thick, free of PVC", on="ebay"),
        Good("Yoga Mat", seo_title="Yoga Mat 6 mm, PVC-free", on="shopify"),
        Bad("Yoga Mat", subtitle="Six millimetres thick, free of PVC, with a strap and a bag", on="ebay"),
        Bad("Yoga Mat", seo_title="Yoga Mat 6 mm, PVC-free, for beginners and teachers, with a strap and a bag of cotton", on="shopify"),
        Bad("Yoga Mat", highlights=["Free of PVC and of latex, " * 8, "Strap included"], on="google"),
        FalseAlarm("Yoga Mat", subtitle="", on="ebay", why=Text("an empty subtitle is not too long", "空副标题不算超长")),
    ),
)  # fmt: skip
