"""Heads that are a rare alias of a far commoner name: `PVC Baboosh` for PVC slippers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from listinglint.language.commonness import may_hold_rare_pair
from listinglint.language.vocabulary import RARE
from listinglint.model import Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts

_CUT: Final = lazy_pattern(r"[,;:|/(\[{–—]|\s-\s")


def _like(model: str, text: str) -> str:
    """`text` in capitals as `model` has them."""
    if model.isupper() and len(model) > 1:
        return text.upper()
    if model[:1].isupper():
        return " ".join(word[:1].upper() + word[1:] for word in text.split())
    return text


def _names(doc: AnalysedListing) -> Iterator[tuple[str, int]]:
    """The product's name and where it begins; then the words before the first number, separator or `with`.

    A rare noun is often unknown to the reading of the title, which then takes another word for the head.
    """
    if doc.product:
        yield doc.product, doc.name.spans["product"][0][0]
    assert doc.title is not None
    start = end = None
    for word in doc.title_words:
        if start is not None and ((word.opens_extra and word.low != "of") or word.number or _CUT.search(word.gap)):
            break
        if not word.number:
            start = word.start if start is None else start
            end = word.end
    if start is not None:
        name = doc.title.text[start:end]
        yield name, start
        if " of " in name:
            yield name.partition(" of ")[0], start


def _screen(doc: AnalysedListing) -> bool:
    title = doc.title
    return title is not None and (bool(title.mask & RARE) or may_hold_rare_pair(title.stems) or not title.text.isascii())


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding on the rare name, with a fix that puts the common one in its place."""
    title = doc.title
    if title is None:
        return
    from listinglint.language.commonness import rarer_than

    allowed = {word.lower() for word in options["allowed"]}
    brand = (doc.listing.text("brand") or "").lower()
    for name, begin in _names(doc):
        rival = rarer_than(name)
        if rival is None or rival.rare.lower() in allowed or rival.rare.lower() in brand:
            continue
        pattern = r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", rival.rare)))
        match = re.compile(rf"(?<!\w){pattern}(?:e?s)?(?!\w)", re.I).search(title.text, begin)
        if match is not None:
            if f" {rival.common.lower()} " in title.norm:
                # The common name stands in the title already: one of the two is too many, which is another matter.
                continue
            start, end = match.span()
            yield title.hit(start, end, replace=_like(title.raw[start:end], rival.common), common=rival.common)
            return


RULE = Rule(
    name="rare-product-name",
    group="titles",
    severity="warning",
    fields=("title",),
    guidelines=("GT1",),
    fix="unsafe",
    english=True,
    options=(Option("allowed", list, (), Text("rare names that are accepted", "允许使用的生僻名称")),),
    summary=Text("The product's name is a rare alias of a far commoner one", "产品名用了生僻的别名"),
    messages=texts(
        "'{text}' is a rare name; buyers search for '{common}'",
        "“{text}”是生僻的叫法，买家搜的是“{common}”",
    ),
    page=Text(
        "Finds product names that few buyers know although the thing has a far commoner name: baboosh for slippers, bumbershoot for "
        "umbrella. Buyers type the common name, so the listing is not found. The rule compares how often both names are used and "
        "speaks only where the one is far rarer; of two common names (sofa and couch, wrench and spanner) either is right, and the "
        "exact name of a special thing (anemometer, kaftan) is right however rare. Use the common name in the title; the rare one may "
        "stand among the keywords. The fix replaces the name.",
        "检查产品明明有常用名、标题却用了少有人知的别名的情况：如把拖鞋（slippers）写成 baboosh，把雨伞（umbrella）写成 bumbershoot。买家搜的是常用名，这样的产品搜不到。"
        "本规则比较两个名称的使用频率，只在相差悬殊时报告；两个名称都常用的（sofa 和 couch、wrench 和 spanner）用哪个都对，"
        "专用品的准确名称（anemometer、kaftan）再少见也没问题。标题请用常用名，生僻的名称可以放进关键词。修复会替换名称。",
    ),
    examples=(
        Good("PVC Slippers"),
        Good("Velvet Sofa 3 Seater"),
        FalseAlarm("Velvet Couch 3 Seater", why=Text("sofa and couch are both common", "sofa 和 couch 都常用")),
        Bad("PVC Baboosh", fixed="PVC Slippers", marked="Baboosh"),
        Bad("Windproof Golf Bumbershoot", marked="Bumbershoot", fixed="Windproof Golf Umbrella"),
        Bad("Children's Wooden Velocipede", marked="Velocipede"),
        Bad("Leather Portmanteau 24 Inch", marked="Portmanteau", fixed="Leather Suitcase 24 Inch"),
        Bad("Sugar of Lead 99% Powder", marked="Sugar of Lead"),
        Bad("Golf Bumbershoot with Rubber Handle", fixed="Golf Umbrella with Rubber Handle"),
        FalseAlarm("Golf Umbrella, Windproof Bumbershoot", why=Text("the common name is there", "常用名已在标题里")),
        FalseAlarm("Bumbershoot Straight Handle Umbrella", brand="Bumbershoot", why=Text("the rare word is the brand", "这个生僻词是品牌名")),
    ),
    screen=_screen,
    check=check,
)
