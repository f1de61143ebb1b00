"""Misspelt words: known ones, and slips of words that are common in the catalog or the trade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from listinglint.language.languages import language_of
from listinglint.language.spelling import (
    catalog_correction,
    everyday_correction,
    is_descriptive,
    known_misspellings,
    trade_correction,
)
from listinglint.language.vocabulary import MISSPELT, UNKNOWN, word_flags
from listinglint.model import TEXT_FIELDS, Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FieldText
from listinglint.rules.bounds import bounded
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_MOST: Final = 5
_BEFORE_NOUN: Final = lazy_pattern(r"[ -](?!(?:of|is|in|and|x|from|to|about|approx|max|min|adjust\w*)\b)[A-Za-z]{2}", re.I)
"""What follows `hight` where it stands for `high` (hight quality) and not for `height` (hight: 20 cm)."""


def _names(doc: AnalysedListing) -> frozenset[str]:
    """Words of the listing's and the seller's own names, which are never misspelt."""
    given = [doc.listing.text(field) or "" for field in ("brand", "model")]
    given.extend((*doc.seller.brands, *doc.seller.models, *doc.seller.authorised_brands, doc.seller.name or ""))
    return frozenset(word for text in given if text and len(text) < 200 for word in text.lower().replace("-", " ").split())


def _like_a_name(part: FieldText, start: int, end: int) -> bool:
    """True for capitals within a word, short capitals, the first word of a title, parts of codes and addresses."""
    word = part.raw[start:end]
    before, after = part.raw[start - 1 : start], part.raw[end : end + 1]
    if (before in ("@", "#", ".", "/", "_") and before) or (after in ("@", "_", "™", "®") and after):
        return True
    if after == "." and part.raw[end + 1 : end + 2].isalnum():
        return True
    rest = word[1:]
    return not rest.islower() and not (word.isupper() and (len(word) > 5 or part.raw.isupper()))


def _first_of_title(part: FieldText, start: int) -> bool:
    return part.field in ("title", "subtitle", "seo_title", "keywords") and not part.raw[:start].strip(" ([\"'")


def _opening(title: FieldText) -> str | None:
    """The first word of the title in lower case where it is capitalised."""
    first = title.tokens[0] if title.tokens else None
    return first.word if first is not None and title.raw[first.start].isupper() else None


def _cased(right: str, word: str) -> str:
    if word.isupper():
        return right.upper()
    return right[:1].upper() + right[1:] if word[:1].isupper() else right


def _misspelt(doc: AnalysedListing, part: FieldText, distance: bool) -> Iterator[tuple[int, int, str, str]]:
    suspects: dict[str, tuple[str, str]] = {}
    for word in set(part.with_flag(MISSPELT if doc.statistics is None or not distance else MISSPELT | UNKNOWN)):
        right = known_misspellings().get(word)
        if right is not None:
            suspects[word] = (right, "default")
        elif distance and word_flags(word) & MISSPELT:
            right = trade_correction(word) or everyday_correction(word)
            if right is not None:
                suspects[word] = (right, "trade")
        elif doc.statistics is not None:
            right = catalog_correction(word, doc.statistics)
            if right is not None:
                suspects[word] = (right, "catalog")
    if not suspects or language_of(part.words) is not None:
        return
    names = _names(doc)
    # The first word of the title is often a brand, which the description then repeats.
    opening = _opening(doc.title) if doc.title is not None and part.field != "title" else None
    for start, end, word in part.tokens:
        found = suspects.get(word)
        if found is None or word in names or _like_a_name(part, start, end):
            continue
        right, message = found
        if word == "hight" and _BEFORE_NOUN.match(part.raw, end):
            right = "high"
        if message != "default":
            if word == opening:
                continue
            capital = part.raw[start].isupper()
            if (capital and _first_of_title(part, start) and not is_descriptive(word, right)) or (doc.statistics is not None and doc.statistics.more_than(word, 4)):
                continue
        yield start, end, right, message


@bounded()
def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding for each misspelt word, at most five a text; in one text each word once, with a fix for all its places."""
    words = frozenset(word.lower() for word in options["words"])
    for part in doc.texts(english=True):
        places: dict[str, list[tuple[int, int, str, str]]] = {}
        for start, end, right, message in _misspelt(doc, part, options["distance"]):
            word = part.raw[start:end]
            if len(places) == _MOST and word.lower() not in places:
                continue
            if word.lower() not in words:
                places.setdefault(word.lower(), []).append((start, end, _cased(right, word), message))
        for found in places.values():
            start, end, right, message = found[0]
            yield part.hit(start, end, message, edits=[(s, e, r) for s, e, r, _ in found], right=right)


RULE = Rule(
    name="misspelling",
    group="text",
    severity="warning",
    fields=TEXT_FIELDS,
    screen=lambda doc: doc.mask & (MISSPELT | UNKNOWN) != 0,
    fix="unsafe",
    options=(
        Option("words", list, (), Text("words that are right", "视为正确的词")),
        Option("distance", bool, True, Text("also look for words close to common ones, not only for known misspellings", "除已知错词外，也检查与常用词相近的词")),
    ),
    summary=Text("A misspelt word", "拼写错误的单词"),
    messages={
        "default": Text("'{text}' is misspelt: '{right}'", "“{text}”拼写有误，应为“{right}”"),
        "trade": Text("'{text}' is no word; '{right}' is meant, it seems", "“{text}”不是单词，应该是“{right}”"),
        "catalog": Text("'{text}' stands nowhere else; this catalog writes '{right}'", "“{text}”只在此处出现，目录里其他地方都写作“{right}”"),
    },
    page=Text(
        "Finds misspelt words in three ways: by a list of misspellings that are common in listings (accesories, stainles), by "
        "closeness to a word of the trade, and, when a whole catalog is checked, by closeness to a word that many other titles "
        "of it spell otherwise. A misspelt word is not found by search and costs trust. Brands, models, units, proper names, "
        "British and American spellings, foreign product names and trade spellings (lite, xtra) are left alone: a word that any "
        "lexicon or frequency list knows is never suspected for its looks. Look at the fix, and add a word of your own to the "
        "option 'words' (or to the seller's brands).",
        "用三种方式检查拼写错误：产品信息里常见的错词表（accesories、stainles）；与行业用词相近但并不存在的词；检查整个目录时，还包括与目录里其他标题"
        "普遍写法相近的词。拼错的词搜不到，也会让买家不信任。品牌、型号、单位、专有名词、英式和美式拼写、外来产品名以及行业习惯写法（lite、xtra）不报告；"
        "任何词表收录的词都不会仅凭形似而被怀疑。请人工确认修复；自有词语可以加入 words 选项（或写进卖家品牌）。",
    ),
    examples=(
        Good("Stainless Steel Lunch Box"),
        Good("Aluminium Ladder with Grey Handle, Jewellery Box, Colour Chart"),
        FalseAlarm("Lite Xtra Kool Water Bottle", why=Text("spellings of the trade and of brands", "行业和品牌的习惯写法")),
        FalseAlarm("Leathr Phone Case", brand="Leathr", why=Text("the brand", "这是品牌")),
        FalseAlarm("Masala Dabba, Thali Plate, Jhoomar", why=Text("foreign product names", "外来产品名")),
        Bad("Waterproof Hikking Backpac", marked="Hikking", fixed="Waterproof Hiking Backpack"),
        Bad("Gray Wool Blankit", fixed="Gray Wool Blanket"),
        Bad("Stainles Steel Lunch Box", fixed="Stainless Steel Lunch Box", marked="Stainles"),
        Bad("BICYCLE ACCESORIES", fixed="BICYCLE ACCESSORIES"),
        Bad("Camping Tent with Adjustabble Poles", fixed="Camping Tent with Adjustable Poles"),
        Bad("Lunch Box", description="Made of durable and recylced material", fixed={"description": "Made of durable and recycled material"}),
    ),
    check=check,
)
