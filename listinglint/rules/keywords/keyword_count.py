"""More keywords than the marketplace takes, or fewer than it offers."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """At most one finding; too many marks the first keyword that has no place."""
    keywords = doc.keywords
    most = doc.limit("keywords", "count_max")
    if most is not None and len(keywords) > most.value:
        yield keywords[int(most.value)].source.hit(
            keywords[int(most.value)].start, keywords[int(most.value)].end, "over", variant="over",
            count=len(keywords), limit=int(most.value), marketplace=doc.marketplace.label,
        )  # fmt: skip
        return
    fewest = doc.limit("keywords", "count_min") or doc.limit("keywords", "count_advised_min")
    parts = doc.parts("keywords")
    if fewest is not None and len(keywords) < fewest.value and parts:
        yield parts[0].hit(message="under", variant="under", count=len(keywords), limit=int(fewest.value), marketplace=doc.marketplace.label)


RULE = Rule(
    name="keyword-count",
    group="keywords",
    severity="error",
    variants={"over": "error", "under": "info"},
    whole=True,
    fields=("keywords",),
    guidelines=("GK6",),
    keywords="list",
    summary=Text("More keywords than the marketplace takes, or fewer than it offers", "关键词数量超出平台上限，或没有用满"),
    messages={
        "over": Text("{count} keywords, but {marketplace} takes {limit}; there is no room from '{text}' on: keep the best", "共 {count} 个关键词，{marketplace}最多 {limit} 个，从“{text}”起放不下，请保留最好的"),
        "under": Text("{count} of {limit} keywords are used; add other names of the product", "只用了 {count} 个关键词（{marketplace}可填 {limit} 个），请补充产品的其他名称"),
    },
    page=Text(
        "Counts the keywords against what the marketplace takes. Keywords over the limit are cut off or the upload is refused (error); places that "
        "are left empty give away searches (info). More is not better for its own sake: an unrelated keyword brings unrelated inquiries, so fill "
        "the places with synonyms and near names only. Keywords on a marketplace that counts bytes are not counted.",
        "按平台上限统计关键词数量。超出的关键词会被截掉，或导致上传失败（错误）；空着的位置等于放弃搜索流量（提示）。"
        "关键词不是越多越好，无关的词只会带来无关的询盘，请只用同义词和相近的名称填满。按字节计算的平台不统计个数。",
    ),
    check=check,
    examples=(
        Good("Camping Lantern", keywords="camping lantern, tent light, LED lantern"),
        Good("Camping Lantern", keywords=["camping lantern", "tent light", "LED lantern"]),
        FalseAlarm("Camping Lantern", keywords="lantern tent light bright led hiking", on="amazon", why=Text("this marketplace counts bytes, not keywords", "该平台按字节而不是按个数限制")),
        Bad("Camping Lantern", keywords="camping lantern, tent light, LED lantern, camp lamp", marked="camp lamp"),
        Bad("Camping Lantern", keywords="camping lantern"),
        Bad("Knitted Beanie", keywords=["knitted beanie", "wool hat"], on="etsy"),
    ),
)  # fmt: skip
