"""Profanity and slurs, written out or with a letter starred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from listinglint.model import TEXT_FIELDS, Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FoundPhrase
from listinglint.rules.bounds import bounded
from listinglint.rules.phrases import normal, read_lexicon
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts
from listinglint.rules.screens import any_of

_STARRED: Final = lazy_pattern(
    r"(?<![\w*])(?:mother)?(?:f[*@#!]{1,3}(?:c?k|k)(?:ing|in|ed|er|s)?|fu[*@#]k(?:ing|ed|er|s)?|f\*{3}|s[h]?[*@#!]{1,2}t(?:s|ty|show)?|"
    r"b[*@#!]{1,4}(?:tch|ch)(?:es|y)?|b!tch(?:es)?|a[*@$]{2}(?:hole)?|@ss(?:hole)?|c[*@#]nt|d[*@#!]ck(?:head)?|p[*@#]ssy|wh[*@#]re|n[*@#!]gg(?:er|a))(?![\w*])",
    re.I,
)
_may_be_starred: Final = any_of("*@#!")
_WINDOW: Final = 40
_ABBREVIATION: Final = lazy_pattern(r"[.:]|\s*[-/]\s*\d")


@cache
def _exceptions() -> dict[str, tuple[str, ...]]:
    return {row["word"]: tuple(normal(e) for e in row["except"].split(";") if e) for row in read_lexicon("coarse")}


def _harmless(found: FoundPhrase, brand: str) -> bool:
    low = found.text.lower()
    if brand and low in brand.split():
        return True
    if low == "ass" and (_ABBREVIATION.match(found.source.raw[found.end : found.end + 4]) or (found.text == "ASS" and not found.source.raw.isupper())):
        return True
    about = f" {' '.join(found.source.flat[max(0, found.start - _WINDOW) : found.end + _WINDOW].split())} "
    return any(f" {phrase} " in about for phrase in _exceptions().get(found.entry["word"], ()))


@bounded()
def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding for each word."""
    allowed = frozenset(word.lower() for word in options["allowed"])
    brand = (doc.listing.text("brand") or "").lower()
    for found in doc.phrases("coarse", TEXT_FIELDS):
        if found.text.lower() not in allowed and not _harmless(found, brand):
            yield found.hit()
    for part in doc.texts():
        if "*" in part.raw or "@" in part.raw or "#" in part.raw or "!" in part.raw:
            for match in _STARRED.finditer(part.text):
                if match[0].lower() not in allowed:
                    yield part.hit(*match.span())


RULE = Rule(
    name="coarse-language",
    group="text",
    severity="error",
    fields=TEXT_FIELDS,
    screen=lambda doc: "coarse" in doc.found or _may_be_starred(doc.latin),
    guidelines=("GD8",),
    lexicons=("coarse",),
    options=(Option("allowed", list, (), Text("words that are accepted", "可以接受的词")),),
    summary=Text("Profanity or a slur", "脏话和侮辱性用语"),
    messages=texts("'{text}' is a coarse word; marketplaces take listings down for it", "“{text}”是粗俗用语，平台会因此下架产品"),
    page=Text(
        "Finds profanity and slurs, also with a letter starred. Marketplaces take such listings out of search or down, and "
        "business buyers are put off, even where the word is printed on the product: describe the print otherwise. Words that "
        "are mostly harmless (cocktail, shuttlecock, bastard file, pussy willow, 'cum' in Indian English) and brands are "
        "left alone. There is no fix: choose another word.",
        "检查脏话和侮辱性用语，包括用星号遮住字母的写法。平台会屏蔽或下架这样的产品，商务买家也会反感；即使这个词印在产品上，也请换一种方式描述图案。"
        "多数情况下无害的词（cocktail、shuttlecock、bastard file、pussy willow、印度英语里的 cum）以及品牌不报告。没有自动修复：请换一个词。",
    ),
    examples=(
        Good("Cocktail Shaker, Stainless Steel"),
        Good("Badminton Set with Nylon Shuttlecock"),
        FalseAlarm("Bastard File 10 Inch, Half Round", why=Text("bastard is the cut of a file", "bastard 是锉刀的齿纹规格")),
        FalseAlarm("Pussy Willow Wreath", why=Text("a plant", "是一种植物")),
        FalseAlarm("Sofa Cum Bed with Storage", why=Text("'cum' is Indian English for 'and also'", "cum 在印度英语里是“兼”的意思")),
        FalseAlarm("Socks Box, 12 Ass. Colors", why=Text("short for assorted", "是 assorted 的缩写")),
        Bad("Holy Shit Ceramic Mug", marked="Shit"),
        Bad("F*ck Mondays Wall Sign", marked="F*ck"),
        Bad("Boss Mug", description="For every badass woman you know.", marked="badass"),
    ),
    check=check,
)
