"""price-missing: the listing has no price."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule, texts


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit where the field is there and empty."""
    if not doc.listing.filled("price"):
        yield Hit("price")


RULE = Rule(
    name="price-missing",
    group="facts",
    severity="warning",
    summary=Text("The price is empty", "价格为空"),
    messages=texts("No price; give a price, a range, or tiers by quantity", "价格为空；请填写价格、价格区间或按数量的阶梯价"),
    page=Text(
        "Finds listings without a price. A product without a price or a range cannot be ordered online and is passed over by buyers who compare. Give one price, a range (`USD 1.20-1.50`) or tiers by quantity (`1-99: 1.50; 100+: 1.20`).",
        "找出没有价格的产品。没有价格的产品无法在线下单，比价的买家会直接略过。请填写单价、区间（`USD 1.20-1.50`）或阶梯价（`1-99: 1.50; 100+: 1.20`）。",
    ),
    check=check,
    fields=("price",),
    screen=lambda doc: not doc.listing.filled("price"),
    guidelines=("GD6",),
    examples=(
        Good("Bicycle Bell", price="USD 1.20-1.50"),
        Good("Bicycle Bell", price="1-99: 1.50; 100+: 1.20"),
        Bad("Bicycle Bell", price=""),
        Bad("Bicycle Bell", price="N/A"),
        Bad("Bicycle Bell", price="  "),
        FalseAlarm("Bicycle Bell", why=Text("the source has no such column, which is said once for the catalog", "数据源没有该列，只对整个目录提示一次")),
    ),
)  # fmt: skip
