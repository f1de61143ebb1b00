"""invalid-moq: a minimum order that names no number, is zero, lies outside the marketplace's limits, or is at odds with the price tiers."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing, FieldText
from listinglint.rules.prices import read_quantity, read_tiers
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """At most one hit, on the quantity."""
    part = doc.field("moq")
    if part is None:
        return
    quantity = read_quantity(part.text)
    least, most = doc.limit("moq", "min"), doc.limit("moq", "max")
    place = (0, len(part.raw))
    if quantity is None:
        if least is not None:
            yield part.hit(*place, message="unread", marketplace=doc.marketplace.label)
    elif quantity.value <= 0:
        yield part.hit(*place, message="zero", quantity=f"{quantity.value:g}")
    elif most is not None and quantity.value > most.value:
        yield part.hit(*place, message="over", quantity=f"{quantity.value:,g}", limit=f"{most.value:,.0f}", marketplace=doc.marketplace.label)
    elif least is not None and quantity.value < least.value:
        yield part.hit(*place, message="under", quantity=f"{quantity.value:g}", limit=f"{least.value:,.0f}", marketplace=doc.marketplace.label)
    else:
        yield from _tiers(doc, part, quantity.value)


def _tiers(doc: AnalysedListing, part: FieldText, quantity: float) -> Iterator[Hit]:
    """A hit where a tier ends below the minimum order, so that nobody can buy at its price."""
    price = doc.field("price")
    if price is None:
        return
    tier = next((one for one in read_tiers(price.text) if one.high is not None and one.high > one.low and one.high < quantity), None)
    if tier is not None:
        yield part.hit(0, len(part.raw), message="tier", quantity=f"{quantity:g}", low=tier.low, high=tier.high)


RULE = Rule(
    name="invalid-moq",
    group="facts",
    severity="error",
    summary=Text("The minimum order is not a number, is zero, lies outside the marketplace's limits, or contradicts the price tiers", "起订量不是数字、为零、超出平台限制或与阶梯价矛盾"),
    messages={
        "unread": Text("“{text}” names no quantity; {marketplace} takes a number, such as `100 pieces`", "“{text}”不是数量；{marketplace} 要求填写数字，例如 `100 pieces`"),
        "zero": Text("The minimum order is {quantity}; the least is 1", "起订量为 {quantity}；至少应为 1"),
        "over": Text("The minimum order {quantity} is over {limit}, the most that {marketplace} takes; choose a larger unit", "起订量 {quantity} 超过 {marketplace} 的上限 {limit}；请改用更大的单位"),
        "under": Text("The minimum order {quantity} is under {limit}, the least that {marketplace} takes; choose a smaller unit", "起订量 {quantity} 低于 {marketplace} 的下限 {limit}；请改用更小的单位"),
        "tier": Text("The minimum order is {quantity}, so nobody can buy in the price tier {low}–{high}; correct one of them", "起订量为 {quantity}，{low}–{high} 件的阶梯价无人能用；请更正其中一处"),
    },
    page=Text(
        "Reads the minimum order in the forms people write (`500 pieces`, `10 Sets (Min. order)`, `1,000 pcs`) and fires where it names no "
        "number, is zero, lies outside the marketplace's limits, or is larger than a whole price tier. Buyers filter by the minimum order, and a "
        "marketplace refuses what it cannot read. Write a number with its unit, choose a unit in which the number is handy, and let the first "
        "price tier begin at the minimum order.",
        "读取常见写法的起订量（`500 pieces`、`10 Sets (Min. order)`、`1,000 pcs`），在没有数字、为零、超出平台限制或大于整个阶梯价区间时报告。买家会按起订量筛选，"
        "平台也会拒收无法识别的内容。请填写数字和单位，选用合适的单位，并让第一个阶梯价从起订量开始。",
    ),
    check=check,
    fields=("moq",),
    guidelines=("GD2", "GD6"),
    examples=(
        Good("Ceramic Mug", moq="500 pieces"),
        Good("Ceramic Mug", moq="10 Sets (Min. order)"),
        Good("Ceramic Mug", moq="100", price="100-499: 2.10; 500+: 1.85"),
        Bad("Ceramic Mug", moq="0 pieces"),
        Bad("Ceramic Mug", moq="250,000 pieces"),
        Bad("Ceramic Mug", moq="negotiable"),
        Bad("Ceramic Mug", moq="500 pcs", price="1-99: 2.40; 100-499: 2.10; 500+: 1.85"),
        FalseAlarm("Ceramic Mug", moq="", why=Text("an empty one is reported as missing", "空值由 moq-missing 报告")),
        FalseAlarm("Ceramic Mug", moq="One set", why=Text("a number in words is a number", "用单词写的数字也是数字")),
        FalseAlarm("Ceramic Mug", moq="on request", on="etsy", why=Text("a marketplace without minimum orders asks for no number", "该平台没有起订量要求")),
    ),
)  # fmt: skip
