"""category-missing: the listing has no category."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule, texts


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit where the field is there and empty."""
    if not doc.listing.filled("category"):
        yield Hit("category")


RULE = Rule(
    name="category-missing",
    group="facts",
    severity="error",
    summary=Text("The category is empty", "未选择类目"),
    messages=texts("No category; choose the one that buyers look under, by the product name", "未选择类目；请按产品名查找并选择买家会浏览的类目"),
    page=Text(
        "Finds listings without a category. A listing that stands in no category is not found by browsing, and filters on attributes leave it out. Look the category up by the product's name and choose the deepest one that fits.",
        "找出没有类目的产品。没有类目的产品无法通过浏览找到，也不会出现在属性筛选结果里。请按产品名查找并选择最贴切的末级类目。",
    ),
    check=check,
    fields=("category",),
    screen=lambda doc: not doc.listing.filled("category"),
    guidelines=("GD5",),
    examples=(
        Good("Bicycle Bell", category="Sports & Entertainment > Cycling > Bicycle Accessories"),
        Good("Bicycle Bell", category="Bicycle Bells"),
        Bad("Bicycle Bell", category=""),
        Bad("Bicycle Bell", category="N/A"),
        Bad("Bicycle Bell", category="  "),
        FalseAlarm("Bicycle Bell", why=Text("the source has no such column, which is said once for the catalog", "数据源没有该列，只对整个目录提示一次")),
    ),
)  # fmt: skip
