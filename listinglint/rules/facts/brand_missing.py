"""brand-missing: the listing has no brand."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule, texts


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit where the field is there and empty."""
    if not doc.listing.filled("brand"):
        yield Hit("brand")


RULE = Rule(
    name="brand-missing",
    group="facts",
    severity="warning",
    summary=Text("The brand is empty", "品牌为空"),
    messages=texts("No brand; name the brand, or say “Unbranded” or “OEM” where there is none", "品牌为空；请填写品牌，没有品牌时填 “Unbranded” 或 “OEM”"),
    page=Text(
        "Finds listings whose brand cell is empty. Buyers filter by brand, and several marketplaces ask for brand and part number where there is no GTIN. Write the brand as it is registered, or say that the goods are unbranded.",
        "找出品牌单元格为空的产品。买家会按品牌筛选，部分平台在没有 GTIN 时要求填写品牌和零件号。请按注册写法填写品牌，或注明无品牌。",
    ),
    check=check,
    fields=("brand",),
    screen=lambda doc: not doc.listing.filled("brand"),
    guidelines=("GD4",),
    examples=(
        Good("Bicycle Bell", brand="Ringwell"),
        Good("Bicycle Bell", brand="OEM"),
        Bad("Bicycle Bell", brand=""),
        Bad("Bicycle Bell", brand="N/A"),
        Bad("Bicycle Bell", brand="  "),
        FalseAlarm("Bicycle Bell", why=Text("the source has no such column, which is said once for the catalog", "数据源没有该列，只对整个目录提示一次")),
    ),
)  # fmt: skip
