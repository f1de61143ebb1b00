"""moq-missing: the listing has no minimum order."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule, texts


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit where the field is there and empty."""
    if not doc.listing.filled("moq"):
        yield Hit("moq")


RULE = Rule(
    name="moq-missing",
    group="facts",
    severity="warning",
    summary=Text("The minimum order is empty", "起订量为空"),
    messages=texts("No minimum order quantity; say how many the buyer must take at least", "起订量为空；请填写买家最少需订购的数量"),
    page=Text(
        "Finds listings without a minimum order quantity. Trade buyers ask for it first, since it decides whether the offer is for them. Give a number with its unit, such as `500 pieces`; a small trial order may be named in the description.",
        "找出没有起订量的产品。贸易买家最先问的就是起订量，它决定该产品是否适合自己。请填写数量和单位，例如 `500 pieces`；可在描述中说明接受试订单。",
    ),
    check=check,
    fields=("moq",),
    screen=lambda doc: not doc.listing.filled("moq"),
    guidelines=("GD6", "GD2"),
    examples=(
        Good("Bicycle Bell", moq="500 pieces"),
        Good("Bicycle Bell", moq="1"),
        Bad("Bicycle Bell", moq=""),
        Bad("Bicycle Bell", moq="N/A"),
        Bad("Bicycle Bell", moq="  "),
        FalseAlarm("Bicycle Bell", why=Text("the source has no such column, which is said once for the catalog", "数据源没有该列，只对整个目录提示一次")),
    ),
)  # fmt: skip
