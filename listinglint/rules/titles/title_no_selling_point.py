"""The bare product name with nothing that sets it apart: `Microwave Oven`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts
from listinglint.rules.title_words import TitleWord, fewest_words

_TELLS: Final = w.MATERIAL | w.COLOUR | w.SIZE | w.QUANTITY | w.AUDIENCE | w.MARK | w.SERIES | w.UNIT
_TYPE: Final = w.TYPE_WORD | w.HEAD | w.GENERAL


def _distinguishes(word: TitleWord) -> bool:
    """True for a material, size, feature, audience and the like."""
    flags = word.flags
    if flags & w.TYPE_WORD and flags & w.MAIN_NOUN and not flags & w.STYLE:
        return False
    if word.low in lexicons.word_list("features"):
        return True
    if flags & w.STYLE and not flags & w.FILLER:
        return True
    if flags & _TELLS and not flags & (w.HEAD | w.TYPE_WORD):
        return True
    return bool(flags & w.MATERIAL)


_PROCESSED: Final = 2
"""So many words more may a machine's name have, for what it processes."""
_PLANTS: Final = frozenset({"machine", "plant", "line", "equipment", "machinery", "system", "press", "mill", "unit"})


def _processes(words: Sequence[TitleWord]) -> bool:
    """True for the bare name of a machine: what it processes, the process, the noun (`corrugated box stitching machine`)."""
    if len(words) < 3 or words[-1].stem not in _PLANTS or not all(word.joined for word in words[1:]):
        return False
    objects = words[:-2] if words[-2].low.endswith("ing") else words[:-1]
    if objects is not words[:-1] and words[-2].flags & w.STYLE:
        return False
    if objects is words[:-1] and words[-1].stem not in ("machine", "plant", "mill"):
        return False
    return bool(objects) and all(_object(word) for word in objects) and bool(objects[-1].flags & (w.NOUN | w.MATERIAL))


def _object(word: TitleWord) -> bool:
    """True for a word that says what a machine processes: a noun, or the material or make of the thing."""
    if word.low in lexicons.word_list("features") - lexicons.word_list("parts") and not word.flags & w.HEAD:
        return False
    named = word.flags & w.BRAND and not word.flags & w.AMBIGUOUS_BRAND
    if (named or word.flags & (w.SIZE | w.QUANTITY | w.AUDIENCE | w.SERIES | w.MARK | w.FILLER | w.MODEL | w.ACRONYM)) and not word.flags & (w.HEAD | w.MATERIAL):
        return False
    if word.flags & w.MATERIAL or word.flags & w.HEAD:
        return True
    return bool(word.flags & w.NOUN) and not word.flags & (w.STYLE | w.TYPE_WORD | w.MAIN_ADJECTIVE)


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding on a title that is nothing but a product's name."""
    title, name = doc.title, doc.name
    if title is None or fewest_words(title.text) > options["most_words"] + _PROCESSED:
        return
    if name.head is None or name.brand or "(" in title.text:
        return
    words = doc.title_words
    processes = _processes(words)
    if not words or len(words) > options["most_words"] + (_PROCESSED if processes else 0):
        return
    if name.model or name.series or (doc.listing.text("brand") and (doc.listing.text("brand") or "").lower() in title.text.lower()):
        return
    if any(word.number or word.opens_extra or (not word.joined and word.start > words[0].start) for word in words):
        return
    last = words[-1]
    if not last.flags & (w.HEAD | w.PRODUCT_NOUN) or w.stem(name.head.lower()) not in (last.stem, w.stem(last.low.split("-")[-1])):
        return
    for word in () if processes else words[:-1]:
        if _distinguishes(word) or not word.flags & (_TYPE | w.KNOWN | w.FILLER):
            return
    yield title.hit(words[0].start, last.end)


RULE = Rule(
    name="title-no-selling-point",
    group="titles",
    severity="info",
    whole=True,
    fields=("title",),
    guidelines=("GT5",),
    english=True,
    options=(Option("most_words", int, 3, Text("a name of more words is taken to tell something", "超过几个词就认为已有特点"), minimum=1),),
    summary=Text("The title is the bare product name; nothing sets it apart", "只有产品名，没有卖点"),
    messages=texts(
        "'{text}' is the bare name; add what sets it apart: a material, size, function, or a remark in brackets",
        "“{text}”只是产品名，请加上特点：材质、尺寸、功能，或在括号里注明",
    ),
    page=Text(
        "Finds titles that are nothing but the product's name. The name is right, but thousands of listings bear the same, so nothing "
        "makes a buyer choose this one, and searches for a material, size or function pass it by. A good title is the exact, complete "
        "name and a brief distinguishing feature: 'Evaporator for Refrigerator (environmental)', 'Foldable Electric Wheelchair'. This is "
        "advice, no fault. The word that makes the product what it is (wet grinder, kitchen faucet) is part of the name and no feature.",
        "检查只有产品名的标题。名称没错，但同名的产品成千上万，买家没有理由选这一个，按材质、尺寸、功能的搜索也找不到它。"
        "好标题是准确完整的产品名加一个简短的特点：“Evaporator for Refrigerator (environmental)”“Foldable Electric Wheelchair”。这是建议，不是错误。"
        "决定产品种类的词（wet grinder、kitchen faucet）属于产品名，不算特点。",
    ),
    examples=(
        Good("Evaporator for Refrigerator (environmental)"),
        Good("Bamboo Cutting Board"),
        Good("Foldable Baby Stroller"),
        FalseAlarm("Hand Blender 800W", why=Text("the power is told", "写明了功率")),
        FalseAlarm("Mini Sewing Machine", why=Text("the size is told", "写明了大小")),
        Bad("Sewing Machine"),
        Bad("Kitchen Faucet", marked="Kitchen Faucet"),
        Bad("Hand Blender"),
        Bad("Paper Straw Winding Machine"),
        Bad("Rubber Tile Making Machine", marked="Rubber Tile Making Machine"),
        FalseAlarm("Automatic Noodle Making Machine", why=Text("it works by itself", "写明了自动")),
    ),
    check=check,
)
