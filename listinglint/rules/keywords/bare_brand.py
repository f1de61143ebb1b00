"""A brand alone as a keyword."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.model import Text
from listinglint.model.memory import PHRASES
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, Keyword
from listinglint.rules.keyword_edits import added_hit, head_stem, replaced_or_taken_out, short_name, stems_of
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule

_TAIL = lazy_pattern(r"[®™©]+|(?:['’]s)?\s+(?:brand|inc|ltd|llc|co)\.?$", re.I)
_TAILS = frozenset({"brand", "inc", "ltd", "llc", "co"})


@lru_cache(maxsize=PHRASES)
def _key(text: str) -> str:
    return re.sub(r"[^\w]", "", _TAIL.sub("", text).casefold())


def _own(doc: AnalysedListing) -> set[str]:
    """The brands of the listing and of the seller."""
    given = [part.text for part in doc.parts("brand") if not part.blank] + list(doc.seller.brands)
    return {key for text in given if len(text) < 60 and (key := _key(text))}


def _may_be_brand(keyword: Keyword, own: set[str]) -> bool:
    """A cheap test, true for every keyword of which `_brand` says anything."""
    if not keyword.plain:
        return True
    words = keyword.words
    return words[-1] in _TAILS or " ".join(words) in lexicons.brands() or "".join(words) in own


def _brand(doc: AnalysedListing, keyword: Keyword, own: set[str]) -> str | None:
    """`own` or `other` where the keyword is a brand and nothing else."""
    key = _key(keyword.text)
    if key in own:
        return "own"
    text = _TAIL.sub("", keyword.text).strip()
    known = lexicons.brands().get(text.lower())
    in_title = doc.name.brand
    if in_title is not None and key == _key(in_title) and known is not None and text[:1].isupper():
        return "own" if not own else "other"
    if known is None or known.ambiguous:
        return None
    flags = w.word_info(text.lower()) if " " not in text else 0
    return None if flags & (w.HEAD | w.PRODUCT_NOUN) else "other"


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """A finding for each keyword that is a brand; a known own brand gets the product's name, others go."""
    own = _own(doc)
    suspects = [keyword for keyword in doc.keywords if _may_be_brand(keyword, own) and len(keyword.text) <= 60]
    if not suspects:
        return
    head = head_stem(doc)
    product = set(stems_of(doc.product))
    for keyword in suspects:
        stem = w.stem(keyword.text.lower())
        if stem == head or stem in product:
            continue
        kind = _brand(doc, keyword, own)
        if kind is None:
            continue
        name = short_name(doc)
        famous = keyword.text.lower() in lexicons.brands() or keyword.text in doc.seller.authorised_brands
        text = f"{keyword.text} {name}" if name and kind == "own" and famous else None
        message = "default" if text else "out"
        yield added_hit(keyword, [replaced_or_taken_out(doc, keyword, text)], message=message, better=text)


RULE = Rule(
    name="bare-brand",
    group="keywords",
    severity="warning",
    fields=("keywords",),
    guidelines=("GK5",),
    fix="unsafe",
    english=True,
    keywords="list",
    summary=Text("A brand alone as a keyword", "关键词只有品牌名"),
    messages={
        "default": Text("'{text}' is a brand alone; say what it is: '{better}'", "“{text}”只有品牌名，请加上产品名称：“{better}”"),
        "out": Text("'{text}' is a brand alone; buyers search for products: put a product name in its place", "“{text}”只有品牌名，买家搜的是产品，请换成产品名称"),
    },
    page=Text(
        "Finds keywords that consist of a brand: the listing's, the seller's, or a well-known one. A well-known brand brings buyers of everything else that "
        "it makes; a little-known one is typed by nobody; another company's is an infringement besides. A brand belongs into a keyword only together with the "
        "product's name, and only when buyers know it. Words that are brands and ordinary words (apple, orange, ring) are reported only where the brand field says so. "
        "The fix adds the product's name to a well-known own brand and takes other brands out.",
        "检查只有品牌名的关键词：产品自己的品牌、卖家的品牌或知名品牌。知名品牌会带来找该品牌其他产品的买家；不知名的品牌没有人搜；别人的品牌还涉嫌侵权。"
        "品牌只能与产品名称一起作关键词，而且要是买家熟悉的品牌。既是品牌又是普通词的（apple、orange、ring），只有品牌字段写明时才报告。"
        "修复会给知名的自有品牌补上产品名称，其他品牌则删掉。",
    ),
    check=check,
    examples=(
        Good("Bosch Rotary Hammer GBH 2-26", brand="Bosch", keywords="Bosch rotary hammer, rotary hammer"),
        Good("Rotary Hammer", brand="Tolvex", keywords="rotary hammer, hammer drill"),
        FalseAlarm("Fresh Kiwi Fruit", keywords="kiwi, kiwi fruit", why=Text("the fruit, not the shoe polish", "指水果，不是鞋油品牌")),
        FalseAlarm("Gold Plated Ring", keywords="ring, gold ring", why=Text("the product itself", "指产品本身")),
        Bad("Bosch Rotary Hammer GBH 2-26", brand="Bosch", keywords="rotary hammer, Bosch", marked="Bosch"),
        Bad("Drill Chuck for DeWalt Drills", brand="Tolvex", keywords="DeWalt, drill chuck", fixed={"keywords": "drill chuck"}),
        Bad("Rotary Hammer", brand="Tolvex", keywords="rotary hammer, tolvex", fixed={"keywords": "rotary hammer"}),
    ),
)  # fmt: skip
