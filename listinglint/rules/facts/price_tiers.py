"""price-tiers: prices that rise with the quantity, tiers that overlap, prices of zero."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from listinglint.model import Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FieldText
from listinglint.rules.prices import Tier, read_prices, read_tiers
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule

_ZERO = lazy_pattern(r"(?<![\d.,])0+(?:[.,]0+)?(?![\d.,]*\d)")

_NEGATIVE = lazy_pattern(r"\s*([-−]\s?(?:[A-Z]{2,3}\s?)?[$€£¥₹]?\s?\d[\d.,]*)\s*\Z")


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """A hit on each tier that is at odds with one before it, and on a price of zero or outside the marketplace's limits."""
    part = doc.field("price")
    if part is None:
        return
    text = part.text
    below = _NEGATIVE.match(text) if "-" in text or "−" in text else None
    if below is not None:
        yield part.hit(*below.span(1), message="negative", price=below[1])
        return
    tiers = read_tiers(text)
    if not tiers:
        prices = read_prices(text)
        zero = _ZERO.search(text) if prices and not any(prices) else None
        if zero:
            yield part.hit(*zero.span(), message="zero", price=zero[0])
        else:
            yield from _limits(doc, part, [(price, 0, len(part.raw)) for price in prices])
        return
    yield from _limits(doc, part, [(tier.price, tier.start, tier.end) for tier in tiers])
    ordered = sorted(tiers, key=lambda tier: tier.low)
    for at, tier in enumerate(ordered):
        if tier.price == 0:
            yield part.hit(tier.start, tier.end, message="zero", price="0")
            continue
        if at:
            yield from _against(part, ordered[at - 1], tier)


def _limits(doc: AnalysedListing, part: FieldText, prices: list[tuple[float, int, int]]) -> Iterator[Hit]:
    """A hit on the first price that the marketplace does not take; zero is a fault of its own."""
    most, least = doc.limit("price", "max"), doc.limit("price", "min")
    for price, start, end in prices:
        if most is not None and price > most.value:
            yield part.hit(start, end, message="limit", limit=f"{most.value:,.0f}", marketplace=doc.marketplace.label)
            return
        if least is not None and 0 < price < least.value:
            yield part.hit(start, end, message="least", limit=f"{least.value:g}", marketplace=doc.marketplace.label)
            return


def _against(part: FieldText, before: Tier, tier: Tier) -> Iterator[Hit]:
    values: dict[str, Any] = {"quantity": tier.low, "price": f"{tier.price:g}", "other": f"{before.price:g}", "from_": before.low}
    if before.low == tier.low or (before.high is not None and tier.low <= before.high):
        yield part.hit(tier.start, tier.end, message="overlap", **values)
    elif before.price and tier.price > before.price:
        yield part.hit(tier.start, tier.end, message="rise", **values)


RULE = Rule(
    name="price-tiers",
    group="facts",
    severity="error",
    summary=Text("Prices rise with the quantity, tiers overlap, or a price is zero or outside the marketplace's limits", "阶梯价随数量上涨、区间重叠，或价格为零、超出平台限制"),
    messages={
        "rise": Text(
            "From {quantity} pieces the price is {price}, more than {other} from {from_}; prices fall as quantity rises",
            "起订 {quantity} 件时单价 {price}，高于 {from_} 件时的 {other}；数量越多价格应越低",
        ),
        "overlap": Text(
            "The tier from {quantity} overlaps the one from {from_}; each quantity needs one price",
            "从 {quantity} 件开始的区间与从 {from_} 件开始的区间重叠；每个数量只能对应一个价格",
        ),
        "negative": Text("The price “{price}” is negative; correct it", "价格“{price}”为负数；请更正"),
        "zero": Text("The price is zero; give a price or a range, or leave the field out", "价格为零；请填写价格或价格区间"),
        "least": Text("The price is under {limit}, the least that {marketplace} takes", "价格低于 {marketplace} 的下限 {limit}"),
        "limit": Text("The price is over {limit}, the most that {marketplace} takes", "价格超过 {marketplace} 的上限 {limit}"),
    },
    page=Text(
        "Reads tiered prices in the forms people write (`1-99: 5.00; 100+: 4.50`, `≥500 pieces: US$0.80`) and fires where the price rises "
        "with the quantity, two tiers cover one quantity, or a price is zero or outside the marketplace's limits. Such tiers are slips of the hand, and a marketplace refuses "
        "them or sells at the wrong price. Put the tiers in order and check the decimal points.",
        "读取常见写法的阶梯价（如 `1-99: 5.00; 100+: 4.50`、`≥500 pieces: US$0.80`），在价格随数量上涨、区间重叠、价格为零或超出平台限制时报告。这类错误多为笔误，"
        "平台会拒收，或以错误价格成交。请按数量排列区间并检查小数点。",
    ),
    check=check,
    fields=("price",),
    guidelines=("GD6",),
    examples=(
        Good("Ceramic Mug", price="1-99: 2.40; 100-499: 2.10; 500+: 1.85"),
        Good("Ceramic Mug", price="US $1.2 - 1.5 / Piece"),
        Good("Ceramic Mug", price="≥100 pieces: $2.10; ≥1,000 pieces: $1.90"),
        Bad("Ceramic Mug", price="1-99: 2.10; 100-499: 2.40; 500+: 1.85", marked="100-499: 2.40"),
        Bad("Ceramic Mug", price="1-100: 2.40; 100-499: 2.10"),
        Bad("Ceramic Mug", price="1-99: $2.40; 100+: $0.00"),
        Bad("Ceramic Mug", price="0"),
        Bad("Ceramic Mug", price="-5.00"),
        Bad("Ceramic Mug", price="10 - 99 sets $2.10; 100 - 499 sets $2.40", marked="100 - 499 sets $2.40"),
        Bad("Ceramic Mug", price='[{"min": 1, "max": 99, "price": 2.1}, {"min": 50, "price": 1.9}]'),
        FalseAlarm("Ceramic Mug", price="<100: 2.40; 100-499: 2.10; >499: 1.85", why=Text("under 100 leaves 100 to the next tier", "“<100”不含 100")),
        FalseAlarm("Ceramic Mug", price="500+: 1.85; 1-99: 2.40; 100-499: 2.10", why=Text("out of order, but sound", "顺序不同但没有错误")),
        FalseAlarm("Ceramic Mug", price="2.40-1.85", why=Text("a range without quantities", "没有数量的价格区间")),
    ),
)  # fmt: skip
