"""Promotion where marketplaces want facts: free shipping, hot sale, best price, factory direct."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from listinglint import lexicons
from listinglint.language.vocabulary import flag_for
from listinglint.model import TEXT_FIELDS, Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FieldText
from listinglint.rules.bounds import bounded
from listinglint.rules.removal import removal
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts

_SHORT: Final = frozenset({"title", "keywords", "subtitle", "seo_title"})
_PERCENT: Final = lazy_pattern(
    r"\b(?:up\s?to\s)?(?:flat\s|extra\s)?\d{1,2}\s?%\s?(?:off|discount|rebate|sale)\b|"
    r"\bsav(?:e|ing)\s(?:up\s?to\s)?(?:\d{1,2}\s?%(?=\s?(?:[!.,)\]|*]|\Z|now|today|off|when|if|with\s+code))|(?:US\s?)?[$€£₹]\s?\d{1,5})|"
    r"\bbuy\s\d{1,2}\s?(?:,\s?)?(?:get|take|free)\s\d{1,2}(?:\sfree)?\b",
    re.I,
)
_CRY: Final = lazy_pattern(
    r"(?:\A|[\[(*])\s?(?:clearance|sale|promo|hot)\s?(?:[!\])*]|:\s)|\b(?:clearance|sale)\s?!|"
    r"\A\s?(?:big\s|hot\s)?(?:sale|clearance)\b(?!\s(?:of|counter|light|lamp|lights|lamps|marker|hole|bolt|fit|kit|bearing|book|point))|"
    r"(?<!garage\s)(?<!yard\s)(?<!bake\s)(?<!estate\s)(?<!for\s)(?<!jumble\s)(?<!rummage\s)\bsale\s?\Z",
    re.I,
)
"""SALE! at the beginning or the end of a title."""
_OFFER_WORDS: Final = frozenset({"off", "save", "saving", "buy", "discount", "rebate"})
_CRY_WORDS: Final = frozenset({"sale", "clearance", "promo", "hot"})
_OFFER: Final = flag_for(lambda: _OFFER_WORDS)
_CRIES: Final = flag_for(lambda: _CRY_WORDS)
_BREAKS: Final = frozenset("()[]{},;|.:")
"""Signs that end a phrase: words on both sides of one are not said together."""
_FOR_ORDERS: Final = lazy_pattern(
    r"\s+(?:(?:with|for|on|in|by|of)\s+)?(?:a\s+|your\s+|all\s+|any\s+)?(?:bulk|large|larger|big|bigger|huge|volume|wholesale|mass|sample|trial|small)\s+"
    r"(?:orders?|purchases?|quantit(?:y|ies)|buyers?|buys?)\b",
    re.I,
)
_DANGLING: Final = lazy_pattern(r"(?<=[\w)])\s+(?:with|at|for|in|and|&)\s+(?:a\s+|an\s+|the\s+|very\s+|our\s+)?\Z", re.I)
_LINKS: Final = lazy_pattern(r"\s+(?:with|for|in|on|by|from|and|to)\b", re.I)
"""What a price or an offer is said with (`at … for bulk orders`) says nothing without it."""
_NOT_BEFORE: Final = {
    "cheap": frozenset({"not", "no", "dirt"}),
    "discount": frozenset({"no", "not"}),
    "for sale": frozenset({"not"}),
    "coupon": frozenset({"coupon"}),
}


_LARGE: Final = frozenset({"ton", "tons", "tonne", "tonnes", "mt", "container", "containers", "fcl", "pallet", "pallets", "truckload"})
"""Behind `MOQ 1`: no small quantity at all."""


def _about(source: FieldText, end: int) -> bool:
    """True where the phrase names a product made for promotion (`clearance sale banner`)."""
    following = source.flat[end : end + 40].split()[:2]
    return any(word in lexicons.word_list("promotion_products") for word in following) or (following[:1] != [] and following[0] in _LARGE)


@bounded()
def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding for each phrase; in titles and keywords with a fix that takes it out."""
    allowed = frozenset(word.lower() for word in options["allowed"])
    brand = f" {(doc.listing.text('brand') or '').lower()} "
    taken: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for found in doc.phrases("promotional", TEXT_FIELDS):
        entry, source = found.entry, found.source
        low = " ".join(found.text.lower().split())
        if source.chinese or not _BREAKS.isdisjoint(found.text) or entry["kind"] in allowed or low in allowed or f" {low} " in brand:
            continue
        if entry["where"] == "title" and source.field not in _SHORT:
            continue
        before = source.flat[max(0, found.start - 16) : found.start].split()[-1:]
        if (before and before[0] in _NOT_BEFORE.get(entry["phrase"], ())) or _about(source, found.end):
            continue
        taken.setdefault((source.field, source.part), []).append((found.start, found.end))
        yield _hit(source, found.start, found.end, entry["kind"])
    if "offer" in allowed:
        return
    for part in doc.texts(english=True):
        for match in _offers(part):
            start, end = match.span()
            if f" {match[0].strip().lower()} " in brand or _about(part, end):
                continue
            if not any(s < end and start < e for s, e in taken.get((part.field, part.part), ())):
                yield _hit(part, start, end, "offer")


def _offers(part: FieldText) -> Iterator[re.Match[str]]:
    """Offers with a figure anywhere, cries of SALE in short fields."""
    if part.mask & _OFFER and any(c in part.text for c in "%$€£₹123"):
        yield from _PERCENT.finditer(part.text)
    if part.field in _SHORT and part.mask & _CRIES:
        yield from _CRY.finditer(part.text)


def _hit(source: FieldText, start: int, end: int, kind: str) -> Hit:
    edits = [removal(source.raw, *_with_company(source, start, end, kind))] if source.field in _SHORT else []
    return source.hit(start, end, edits=edits, what=_KINDS[kind])


def _with_company(source: FieldText, start: int, end: int, kind: str) -> tuple[int, int]:
    """The place with the words that mean nothing once the phrase is gone."""
    raw = source.raw
    orders = _FOR_ORDERS.match(raw, end) if kind in ("price", "offer") else None
    if orders is not None:
        end = orders.end()
    lead = _DANGLING.search(raw[:start])
    if lead is not None and (_LINKS.match(raw, end) or not raw[end:].lstrip()[:1].isalnum()):
        start = lead.start()
    return start, end


_KINDS: Final = {
    "price": Text("praise of the price", "价格宣传"),
    "shipping": Text("a promise about shipping", "物流承诺"),
    "offer": Text("an offer", "优惠信息"),
    "urgency": Text("pressure to buy", "催促购买"),
    "sale": Text("sales talk", "促销用语"),
    "seller": Text("praise of the seller", "卖家自夸"),
}

RULE = Rule(
    name="promotional-text",
    group="text",
    severity="warning",
    fields=TEXT_FIELDS,
    screen=lambda doc: "promotional" in doc.found or doc.mask & (_OFFER | _CRIES) != 0,
    fix="unsafe",
    lexicons=("promotional",),
    options=(
        Option(
            "allowed", list, (),
            Text("phrases or kinds (price, shipping, offer, urgency, sale, seller) that are accepted", "允许的词语或类别（price、shipping、offer、urgency、sale、seller）"),
        ),
    ),
    summary=Text("Promotion: free shipping, hot sale, best price, limited time", "促销用语：free shipping、hot sale、best price、limited time、factory direct 等"),
    messages=texts(
        "'{text}' is {what}, not a fact about the product; take it out",
        "“{text}”属于{what}，不是产品信息，请删除",
    ),
    page=Text(
        "Finds promotion in what should describe the product: free shipping, hot sale, best price, limited time, factory direct, "
        "buy 2 get 1 free, 20 % off. Most marketplaces ban it in titles, search ignores it, and it takes the place of words that "
        "buyers search for. Prices, discounts and delivery have their own fields. Some phrases (new arrival, cheap, for sale, "
        "ready to ship) are reported in titles and keywords only. Properties (sugar free, free-standing), parts (clearance light) "
        "and products made for promotion (a sale sign, a coupon book) are none. The fix takes the words out of titles and "
        "keywords; look at what is left.",
        "检查本该介绍产品的文本里的促销用语：free shipping、hot sale、best price、limited time、factory direct、buy 2 get 1 free、20% off 等。"
        "多数平台禁止在标题里出现这类词，搜索也会忽略它们，还占了买家真正会搜索的词的位置。价格、折扣和物流都有各自的字段。"
        "部分说法（new arrival、cheap、for sale、ready to ship）只在标题和关键词里报告。产品属性（sugar free、free-standing）、部件（clearance light）"
        "以及本身就是促销用品的产品（促销牌、优惠券册）不算。修复会从标题和关键词里删掉这些词，请检查剩下的内容。",
    ),
    examples=(
        Good("Sugar-Free Herbal Tea, 20 Bags"),
        Good("Free-Standing Towel Rack, Stainless Steel"),
        FalseAlarm("Clearance Light for Trucks, Amber", why=Text("a clearance light is a lamp", "clearance light 是示廓灯")),
        FalseAlarm("Green Mung Beans MOQ 1 Ton", why=Text("the quantity is told and is not small", "写明了起订量，而且并不小")),
        Bad("Cast Iron Pan with Factory Price in Gift Box", fixed="Cast Iron Pan in Gift Box"),
        FalseAlarm("Clearance Sale Banner, 3 x 1 m", why=Text("the banner is the product", "产品就是促销横幅")),
        FalseAlarm("Hot Sale Barbecue Sauce", brand="Hot Sale", why=Text("the words are the brand", "这两个词是品牌")),
        Bad("Hot Sale Cast Iron Pan", fixed="Cast Iron Pan", marked="Hot Sale"),
        Bad("Cast Iron Pan (FREE SHIPPING)", fixed="Cast Iron Pan"),
        Bad("Cast Iron Pan, Factory Direct, 26 cm", fixed="Cast Iron Pan, 26 cm"),
        Bad("Cast Iron Pan Grade A+ Competitive Price", fixed="Cast Iron Pan Grade A+"),
        Bad("Cast Iron Pan - Buy 2 Get 1 Free", fixed="Cast Iron Pan"),
        Bad("Cast Iron Pan with Lid at Good Price for Bulk Order, 26 cm", fixed="Cast Iron Pan with Lid, 26 cm", marked="Good Price"),
        Bad("Cast Iron Pan 30% Off", fixed="Cast Iron Pan", marked="30% Off"),
        Bad("Cast Iron Pan", description="We offer the best price and free samples of this pan for every buyer.", marked="the best price"),
    ),
    check=check,
)
