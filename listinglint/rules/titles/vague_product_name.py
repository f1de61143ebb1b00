"""Titles whose product name is only a general head: `Shelves`, `Agricultural Equipment`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.model import Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule, texts
from listinglint.rules.title_words import TitleWord, fewest_words

_MOST_WORDS: Final = 9
"""A longer title tells enough around its head."""
_EMPTY: Final = w.COLOUR | w.SIZE | w.FILLER | w.QUANTITY | w.AUDIENCE | w.FUNCTION_WORD | w.UNIT | w.SERIES | w.NUMBER | w.MEASURE | w.MODEL
_TELLS: Final = w.MATERIAL | w.TYPE_WORD | w.HEAD
_LABELS: Final = frozenset(["color", "colour", "size", "type", "grade", "usage", "material", "brand", "model", "design", "style", "quality", "shape", "pattern", "weight", "name", "no", "code", "item"])
_CONNECTS: Final = frozenset({"adapter", "adaptor", "cable", "connector"})
_CONNECTED: Final = lazy_pattern(r"\b(?:\d+(?:\.\d+)?\s?(?:v|a|w|kw|awg)|[a-z]{1,4}\d{1,2})\b", re.I)
"""Volts, amperes and sockets (E14, RJ45), which tell what a cable or an adapter is for."""


@cache
def _stems(name: str) -> frozenset[str]:
    return frozenset(w.stem(word) for word in lexicons.word_list(name))


def _tells(word: TitleWord, trades: bool) -> bool:
    """True when the word narrows down what the head is."""
    if word.number or word.low in _LABELS or len(word.low) < 2:
        return False
    if trades and word.stem in _stems("trade_words"):
        return False
    if word.flags & _TELLS:
        return True
    style = word.flags & (w.STYLE | _EMPTY)
    return not style and word.stem not in _stems("empty_words")


_WORKERS: Final = frozenset({"machine", "machinery", "equipment"})


def _of_shapes(words: Sequence[TitleWord], stem: str) -> bool:
    """True for a machine named after nothing but a general shape (`board machine`)."""
    before = [word for word in words if word.stem != stem]
    return stem in _WORKERS and len(before) == 1 and before[0].stem in _stems("bare_shapes") and words[-1].stem == stem


def _headless(doc: AnalysedListing) -> TitleWord | None:
    """The last word of a title that names a trade and goods in general (`household items`), or the one general word of a title."""
    words = doc.title_words
    last = words[-1] if words else None
    if last is None or len(words) > 4 or not all(word.joined for word in words[1:]) or doc.listing.text("brand"):
        return None
    if len(words) == 1:
        return last if last.stem in _stems("vague_alone") or last.stem in _stems("vague_heads") else None
    if last.stem not in _stems("vague_heads"):
        return None
    others = [word for word in words[:-1] if word.stem not in _stems("empty_words") and not word.flags & w.FILLER]
    return last if others and all(word.stem in _stems("trade_words") or word.flags & w.MATERIAL or word.stem in _stems("vague_heads") for word in others) else None


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding on the head where no word beside it says what it is for, does or is made of."""
    title, name = doc.title, doc.name
    if title is None:
        return
    if name.head is None or "head" not in name.spans:
        bare = _headless(doc)
        if bare is not None:
            yield title.hit(bare.start, bare.end)
        return
    stem = w.stem(name.head.lower())
    trades = stem in _stems("vague_heads")
    if not trades and stem not in _stems("vague_alone"):
        return
    words = doc.title_words
    if len(words) > _MOST_WORDS:
        return
    start, end = name.spans["head"][0]
    shapes = trades and _of_shapes(words, stem)
    brand = name.spans.get("brand", ())
    for word in words:
        if (word.start < end and word.end > start) or any(s <= word.start < e for s, e in brand):
            continue
        if word.stem == stem or (word.stem in _stems("vague_heads") and trades) or (stem in _SETS and word.stem in _SETS):
            continue
        if _tells(word, trades) and not shapes:
            return
    if name.head.lower() in _CONNECTS and _CONNECTED.search(title.text):
        return
    if (_known(doc) and not _mere_set(doc, stem)) or (not trades and title.flat[end:].split()[:1] in (["of"], ["in"])):
        return
    yield title.hit(start, end)


_SETS: Final = frozenset({"set", "kit", "combo", "bundle", "pack", "package", "gift", "collection"})
"""Of these two say no more than one: `combo set`, `gift set`."""


def _mere_set(doc: AnalysedListing, stem: str) -> bool:
    return stem in _SETS and all(w.stem(word) in _SETS for word in (doc.product or "").lower().split())


def _known(doc: AnalysedListing) -> bool:
    """True where the thesaurus has the whole product name: what has a name of its own is not vague."""
    product = doc.product
    if not product or " " not in product:
        return False
    from listinglint.language.thesaurus import thesaurus

    words = [w.stem(word) for word in product.lower().split()]
    return not all(word in _stems("trade_words") or word in _stems("vague_heads") for word in words) and bool(thesaurus().groups_of(product))


RULE = Rule(
    name="vague-product-name",
    group="titles",
    severity="warning",
    fields=("title",),
    guidelines=("GT2",),
    english=True,
    screen=lambda doc: doc.title is None or fewest_words(doc.title.text) <= _MOST_WORDS,
    summary=Text("The product's name is so general that it could be anything", "产品名太笼统"),
    messages=texts(
        "'{text}' could be anything; say its function, material or use, as in 'Bathroom Rack' or 'Glass Shelf'",
        "“{text}”太笼统，看不出是什么产品；请写明功能、材质或用途，如“Bathroom Rack”“Glass Shelf”",
    ),
    page=Text(
        "Finds titles whose product name is a general noun (shelves, toy, machine, parts) with nothing that tells its function, "
        "material or use; the name of a trade alone (agricultural equipment, auto parts) does not tell it either. Such a name is "
        "searched for by few and matches thousands of other products. Put what the thing does, is made of or is used for before the "
        "noun: 'Riveting Machine', 'Glass Shelf', 'Bathroom Rack'. A noun that is itself specific (squeegee, evaporator) needs no "
        "more. Colours, sizes, numbers, brands and praise do not make a name specific.",
        "检查产品名只是一个泛称（shelves、toy、machine、parts），没有说明功能、材质或用途的标题；只加上行业名（agricultural equipment、auto parts）同样不够具体。"
        "很少有人搜这样的词，而且会和成千上万的其他产品混在一起。请在名词前写明用途、功能或材质，如“Riveting Machine”“Glass Shelf”“Bathroom Rack”。"
        "本身就很具体的名词（squeegee、evaporator）不必再加。颜色、尺寸、数字、品牌和赞美的话不能让产品名更具体。",
    ),
    examples=(
        FalseAlarm("Adapter 12V 2A", why=Text("the voltage tells what it feeds", "写明电压，用途就清楚了")),
        Good("Bathroom Rack"),
        Good("Glass Shelf"),
        Good("Riveting Machine"),
        FalseAlarm("Squeegee", why=Text("the noun is itself specific", "这个名词本身就很具体")),
        FalseAlarm("Spare Parts for Concrete Mixer", why=Text("what they are for is told", "写明了用于什么")),
        Bad("Norvel 12 Combo Set", marked="Set"),
        Bad("Shelves", marked="Shelves"),
        Bad("Toys"),
        Bad("New Style Blue Machine"),
        Bad("Medical Equipment", marked="Equipment"),
        Bad("Panel Machinery", marked="Machinery"),
        Bad("Household Articles", marked="Articles"),
        Bad("Hotel Supplies"),
    ),
    check=check,
)
