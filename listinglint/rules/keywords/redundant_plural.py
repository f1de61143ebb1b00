"""A keyword and its regular plural both."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.language.plurals import plural_kind, singularize
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing, Keyword
from listinglint.rules.keyword_edits import added_hit, taken_out
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule


def _may_be_singular(other: str, low: str) -> bool:
    """A cheap test: a plural has the words and the first letter of its singular."""
    return other[:1] == low[:1] and other is not low and other.count(" ") == low.count(" ")


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """A finding for each keyword that is the plural of another one."""
    if len(doc.keywords) < 2:
        return
    whole: dict[str, Keyword] = {}
    for keyword in doc.keywords:
        whole.setdefault(" ".join(keyword.text.lower().replace("-", " ").split()), keyword)
    for low, keyword in whole.items():
        if not low.endswith("s") or not any(_may_be_singular(other, low) for other in whole):
            continue
        single = singularize(low)
        other = whole.get(single)
        if other is None or single == low or plural_kind(single) != "regular":
            continue
        yield added_hit(keyword, [taken_out(keyword)], other=other.text)


RULE = Rule(
    name="redundant-plural",
    group="keywords",
    severity="warning",
    fields=("keywords",),
    guidelines=("GK8",),
    fix="unsafe",
    english=True,
    keywords="list",
    summary=Text("Both the singular and the regular plural as keywords", "单数和规则复数同时作关键词"),
    messages={"default": Text("'{text}' is only the plural of '{other}', which search finds anyway; put another name in its place", "“{text}”只是“{other}”的规则复数，搜索时本来就能匹配，请换成别的名称")},
    page=Text(
        "Finds keywords that are the regular plural (with -s) of another keyword: product, products. Search engines of marketplaces take the two for "
        "one word, so the place is wasted. Plurals that are formed otherwise (batteries, knives, brushes) are worth a place and are not reported, nor are "
        "singular and plural inside different names (headphone stand, headphones holder). The fix takes the plural out; use the place for a synonym.",
        "检查是另一关键词规则复数（加 -s）的关键词，如 product、products。平台搜索会把两者当成同一个词，白占一个位置。"
        "不规则变化的复数（batteries、knives、brushes）值得单独占位，不报告；不同名称里的单复数（headphone stand、headphones holder）也不报告。修复会删掉复数，请把位置留给同义词。",
    ),
    check=check,
    examples=(
        Good("Product", keywords="product"),
        Good("Lithium Battery", keywords="battery, batteries"),
        FalseAlarm("Bamboo Knife Block", keywords="knife block, knives holder", why=Text("singular and plural inside different names", "单复数出现在不同的名称里")),
        FalseAlarm("Fabric Scissors", keywords="scissors, fabric scissors", why=Text("scissors has no singular", "scissors 没有单数")),
        Bad("Product", keywords="product, products", fixed={"keywords": "product"}),
        Bad("Garden Lantern", keywords="Garden Lanterns, solar lamp, garden lantern", fixed={"keywords": "solar lamp, garden lantern"}),
        Bad("Key Ring", keywords=["key-ring", "key rings"], marked="key rings"),
    ),
)  # fmt: skip
