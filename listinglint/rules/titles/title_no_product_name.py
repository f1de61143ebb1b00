"""Titles in which no word names a product: `New Products`, `Angel Series`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.language.names import parse_phrase
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule
from listinglint.rules.title_words import TitleWord, fewest_words

_READ: Final = 600
"""How much of a description is read for a product's name: what follows is rarely about what is sold."""


@cache
def _nameless() -> frozenset[str]:
    return frozenset(w.stem(word) for word in lexicons.word_list("nameless"))


def _names_product(phrase: str) -> bool:
    head = parse_phrase(phrase).head
    return head is not None and w.stem(head.lower()) not in _nameless()


def _elsewhere(doc: AnalysedListing) -> str | None:
    """The product's name as category or description tell it; None where they tell none."""
    category = doc.field("category")
    if category is not None:
        last = [part.strip() for part in category.text.replace("»", ">").replace("/", ">").split(">") if part.strip(" []\"'")]
        for part in reversed(last[-2:]):
            if _names_product(part.strip(" []\"'")):
                return part.strip(" []\"'")
    if doc.description is not None and not doc.description.chinese:
        for word in doc.description.text[:_READ].split():
            bare = word.strip(".,;:!?()\"'").lower()
            if w.word_info(bare) & w.HEAD and w.stem(bare) not in _nameless() and not w.word_info(bare) & w.GENERAL:
                return bare
    return None


def _clear(name: str) -> bool:
    """True for a name that ends with a noun of the product list: `Dermacare` or `Home Improvement` would tell a seller nothing."""
    from listinglint.language.thesaurus import thesaurus

    flags = w.word_info(name.lower().split()[-1])
    if thesaurus().groups_of(name.lower()):
        return True
    return bool(flags & w.HEAD) and not flags & (w.GENERAL | w.PART)


def _figure_alone(doc: AnalysedListing) -> bool:
    """True for a title of one word that names a person or an idea and no thing (`Angel`): a personal name for a product."""
    if doc.title is None or fewest_words(doc.title.text) > 1 or doc.field("category") is not None:
        return False
    words = doc.title_words
    if len(words) != 1:
        return False
    flags = words[0].flags
    return bool(flags & w.NOUN) and not flags & (w.HEAD | w.PRODUCT_NOUN | w.ARTIFACT | w.FOOD | w.SUBSTANCE | w.GENERAL | w.MATERIAL)


def _beside_series(doc: AnalysedListing) -> list[TitleWord]:
    """The words that are no part of a series' name: what leads up to `Series` or `Collection` in one breath is its name."""
    out: list[TitleWord] = []
    breath: list[TitleWord] = []
    for word in doc.title_words:
        if word.gap.strip() or any(mark in word.gap for mark in "()"):
            out += breath
            breath = []
        if word.flags & w.SERIES:
            breath = []
        else:
            breath.append(word)
    return out + breath


def _loose_head(doc: AnalysedListing) -> bool:
    """True where some word is a noun of the product list: it may be the name, though the reading found no place for it."""
    if doc.name.head is not None:
        return False
    for word in _beside_series(doc):
        flags = word.flags if not word.number else w.word_info(word.low.rstrip("0123456789.lkgm"))
        if flags & w.HEAD and flags & w.MAIN_NOUN and not flags & (w.COLOUR | w.PART | w.QUANTITY | w.BRAND) and word.stem not in _nameless():
            return True
    return False


@cache
def _foreign() -> frozenset[str]:
    return frozenset(w.stem(word) for word in lexicons.word_list("foreign_products"))


@cache
def _lines() -> frozenset[str]:
    return frozenset(w.stem(word) for word in lexicons.word_list("product_lines"))


_SUBSTANCE: Final = frozenset(["pvc", "hdpe", "ldpe", "lldpe", "opp", "bopp", "ppr", "upvc", "cpvc", "frp", "grp", "mdf", "osb", "hpl", "wpc", "spc", "lvt", "pp", "pe", "abs", "tpu", "eva", "ptfe", "pom", "epdm", "nbr", "tpe"])
_STAND_ALONE: Final = frozenset(["led", "lcd", "ac", "ups", "tv"])


def _computer(doc: AnalysedListing) -> bool:
    """True where `PC` is the computer and not a piece (`2 PC`)."""
    words = doc.title_words
    return any(word.text == "PC" and n > 0 and not words[n - 1].number for n, word in enumerate(words))


def _taken_over(doc: AnalysedListing) -> bool:
    """True where a product's foreign name or the acronym of a product stands in the title, or a word of its category."""
    brand = frozenset((doc.listing.text("brand") or "").lower().split())
    stems = {word.stem for word in doc.title_words if word.low not in brand}
    free = _beside_series(doc)
    beside = {word.stem for word in free} | {one.low + other.low for one, other in pairwise(free)}
    if (stems & _foreign() | beside & _lines()) - _SUBSTANCE - _STAND_ALONE or _computer(doc):
        return True
    category = doc.field("category")
    if category is None:
        return False
    for part in category.text.lower().split(">")[-2:]:
        for word in part.replace("&", " ").replace("/", " ").replace(",", " ").split():
            stem = w.stem(word.strip("[]\"'()."))
            if stem in stems and stem not in _nameless() and word not in brand and len(stem) > 2 and w.word_info(stem) & (w.NOUN | w.HEAD) | (stem not in w.lexicon()):
                return True
    return False


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding on the whole title where its reading has no head, or one that names nothing."""
    title = doc.title
    if title is None:
        return
    head = doc.name.head
    if head is not None and (w.stem(head.lower()) not in _nameless() or " " in (doc.product or "")) and not _figure_alone(doc):
        # A cooking range, a lip colour: together with what is said before it the word names a thing.
        return
    if (head is None and _taken_over(doc)) or _loose_head(doc):
        return
    raw = title.raw
    start = len(raw) - len(raw.lstrip())
    end = len(raw.rstrip())
    name = _elsewhere(doc)
    if name is None:
        yield title.hit(start, end, variant="nowhere")
    elif not _clear(name):
        yield title.hit(start, end, "untold", variant="elsewhere")
    else:
        yield title.hit(start, end, "elsewhere", variant="elsewhere", name=name)


RULE = Rule(
    name="title-no-product-name",
    group="titles",
    severity="error",
    variants={"nowhere": "error", "elsewhere": "warning"},
    degrees=("nowhere", "elsewhere"),
    whole=True,
    fields=("title",),
    guidelines=("GT3", "GT4"),
    english=True,
    summary=Text("No word of the title names a product", "标题里没有产品名"),
    messages={
        "default": Text(
            "no word of '{text}' says what is sold, and neither category nor description does; write the product's name",
            "“{text}”没有写出卖的是什么，类目和描述里也看不出，请写上产品名",
        ),
        "untold": Text("no word of '{text}' says what is sold; write the product's name", "“{text}”没有写出卖的是什么，请写上产品名"),
        "elsewhere": Text(
            "no word of '{text}' says what is sold; write the product's name (elsewhere the listing speaks of '{name}')",
            "“{text}”没有写出卖的是什么，请写上产品名（产品的其他信息里提到“{name}”）",
        ),
    },
    page=Text(
        "Finds titles that consist of a series, a brand, a model code or talk of trade, and hold no noun that says what is sold. "
        "Buyers search for products by name, so such a listing is found by no one. The name of a series supplements the product's "
        "name and never replaces it: 'Angel Series Stone Statue', not 'Angel Series'. Where category and description do not tell "
        "either (variant nowhere), the fault is an error and the listing is worth one star at most; where they do, as with a phone sold by its line's name, it is a warning. Write the product's complete name, the series, brand and "
        "model beside it. A foreign product word (tagine), a trade's acronym (VFD) or a line that has become the word for the thing (iPhone) is a name.",
        "检查只有系列名、品牌、型号或套话、没有名词说明卖什么的标题。买家按产品名搜索，这样的产品没人能搜到。系列名只能补充产品名，不能代替它："
        "应写“Angel Series Stone Statue”，而不是“Angel Series”。如果类目和描述也看不出是什么产品（变体 nowhere），属于错误，这条产品最多一星；如果能看出来（如只写系列名的手机），则为警告。"
        "请写上完整的产品名，再加系列、品牌和型号。外来的产品词（如 tagine）、行业缩写（如 VFD）以及已成为产品代名词的系列（如 iPhone）都算产品名。",
    ),
    examples=(
        Good("Angel Series Stone Statue"),
        Good("Stone Statue (Angel Series)"),
        Good("Squirrel Plush Toy (New Design)"),
        FalseAlarm("Norvel N90 Five Burner Cooking Range", why=Text("a cooking range is a stove", "cooking range 就是炉灶")),
        FalseAlarm("Terracotta Tagine 28 cm", why=Text("a foreign word, but a product's name", "外来词也是产品名")),
        FalseAlarm("Zentek 32GB Micro SD (Class 10 Series)", why=Text("short for the memory card", "存储卡的简称")),
        FalseAlarm("Zentek Z15 (Notebook) 8GB, 5th Generation", why=Text("the name stands in brackets", "产品名写在括号里")),
        Bad("New Products"),
        Bad("Angel"),
        Bad("Angel Series", marked="Angel Series"),
        Bad("Hot Selling Items 2026"),
        Bad("Aurora Collection", category="Home > Lighting > Table Lamp"),
    ),
    check=check,
)
