"""Pieces of the product's name stand alone as keywords."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from listinglint.language import words as w
from listinglint.language.thesaurus import thesaurus
from listinglint.language.wording import substitutions
from listinglint.model import Edit, Text
from listinglint.model.memory import WORDS
from listinglint.rules.analysis import AnalysedListing, Keyword
from listinglint.rules.keyword_edits import added_hit, all_taken_out, as_keyword, lone_stem, replaced, same_place
from listinglint.rules.keyword_names import group_of, heads_of_kind
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule

_LOOKS = w.MATERIAL | w.COLOUR | w.STYLE | w.AUDIENCE | w.SIZE
_FREE = w.FUNCTION_WORD | w.NUMBER | w.MEASURE | w.FILLER


@lru_cache(maxsize=WORDS)
def _others(word: str) -> frozenset[str]:
    """Stems of words that may stand for `word` in a name (bike for bicycle)."""
    return frozenset(w.stem(one.new) for one in substitutions().get(word, ()) if " " not in one.new and one.share >= 0.4)


def _stand_ins(names: list[str]) -> dict[str, str]:
    """Stems of the name's words and of their stand-ins, each to the stem of the word that it stands for."""
    found = {w.stem(name): w.stem(name) for name in names}
    for name in names:
        for other in _others(name):
            found.setdefault(other, w.stem(name))
    return found


def _pieces(doc: AnalysedListing, product: str) -> list[tuple[Keyword, str]]:
    """The one-word keywords that are words of the name, or of the modifiers right before it, with the word's stem."""
    names = [word for word in product.lower().replace("-", " ").split() if not w.word_info(word) & _FREE]
    found = _stand_ins(names)
    extra = {w.stem(text.lower()) for kind in ("material", "function") for text in doc.name.modifiers.get(kind, ()) if " " not in text}
    out = []
    for keyword in doc.keywords:
        stem = lone_stem(keyword.text)
        if stem is None:
            continue
        if stem in found and (found[stem] == stem or stem not in heads_of_kind("broad")):
            out.append((keyword, found[stem]))
        elif stem in extra:
            out.append((keyword, stem))
    return out


def _run_before(doc: AnalysedListing, head: str) -> str:
    """The head with the words right before it in the title, where two or more of them stand alone as keywords; else the head."""
    lone = {stem for keyword in doc.keywords if (stem := lone_stem(keyword.text)) is not None}
    before = _before(doc)
    first = len(before)
    while first and w.stem(before[first - 1].lower()) in lone and not w.word_info(before[first - 1].lower()) & (_LOOKS | _FREE | w.BRAND):
        first -= 1
    return " ".join([*before[first:], head]) if len(before) - first >= 2 else head


def _before(doc: AnalysedListing) -> list[str]:
    spans = doc.name.spans.get("head", ())
    return doc.title.text[: spans[0][0]].split() if spans and doc.title is not None else []


def _texts(doc: AnalysedListing, product: str, pieces: list[tuple[Keyword, str]]) -> list[str]:
    """The complete names that the pieces make, in order, each once."""
    words = product.split()
    stems = [w.stem(word.lower()) for word in words]
    out: dict[str, None] = {}
    for keyword, stem in pieces:
        own = lone_stem(keyword.text)
        if stem in stems:
            made = [keyword.text if stems[at] == stem and own != stem and _fits(keyword.text, words, at) else word for at, word in enumerate(words)]
        else:
            made = [keyword.text, *words]
        if stem != stems[-1] or own != stem:
            out[as_keyword(doc, " ".join(made))] = None
    return list(out) or [as_keyword(doc, product)]


def _fits(text: str, words: list[str], at: int) -> bool:
    """True where a stand-in can take a word's place: a noun for the head, and no part of a verb (`zip up`)."""
    if at + 1 == len(words):
        return bool(w.word_info(text.lower()) & (w.HEAD | w.PRODUCT_NOUN))
    return not w.word_info(words[at + 1].lower()) & w.FUNCTION_WORD


def _edits(doc: AnalysedListing, pieces: list[Keyword], texts: list[str]) -> list[Edit]:
    put = [replaced(keyword, text) for keyword, text in zip(pieces, texts, strict=False)]
    return put + all_taken_out(doc, pieces[len(texts) :])


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """At most one finding: from the first lone piece to the last, with the names that belong in their place."""
    if sum([" " not in keyword.text for keyword in doc.keywords]) < 2 or sum(lone_stem(keyword.text) is not None for keyword in doc.keywords) < 2:
        return
    product = doc.product
    if product is None or doc.title is None:
        return
    found = _own_words(doc, product) or _other_name(doc, product)
    if found is None:
        return
    keywords, texts = found
    first, last = keywords[0], keywords[-1]
    at = doc.keywords.index(first)
    together = same_place(keywords) and list(doc.keywords[at : at + len(keywords)]) == keywords
    edits = _edits(doc, keywords, texts)
    if together:
        mark = doc.marketplace.separators[0]
        edits = [Edit("keywords", first.start, last.end, f"{mark} ".join(texts), first.source.part)]
    shown = ", ".join(keyword.text for keyword in keywords)
    yield added_hit(first, edits, end=last.end if together else None, text=shown, better=", ".join(texts))


def _looks(stem: str) -> bool:
    """True for a word of looks or material; a food that is a colour too (coffee, wine) is what the thing is for."""
    flags = w.word_info(stem)
    return bool(flags & _LOOKS) and not (flags & w.COLOUR and flags & w.FOOD)


def _own_words(doc: AnalysedListing, product: str) -> tuple[list[Keyword], list[str]] | None:
    """The keywords that are pieces of the title's name, and the names that they make."""
    if " " not in product:
        product = _run_before(doc, product)
    words = product.replace("-", " ").split()
    if len(words) < 2:
        return None
    pieces = _pieces(doc, product)
    stems = {w.stem(word.lower()) for word in words}
    head = w.stem(words[-1].lower())
    said = {stem for _, stem in pieces}
    defining = {stem for stem in (said & stems) - {head} if not _looks(stem)}
    if len(said) < 2 or not defining or _named(doc, stems, head):
        return None
    return [keyword for keyword, _ in pieces], _texts(doc, product, pieces)


def _other_name(doc: AnalysedListing, product: str) -> tuple[list[Keyword], list[str]] | None:
    """Two keywords that are together another name of the product: `wrist, watch` for an analogue watch."""
    group = group_of(product)
    if group is None:
        return None
    lone = {stem: keyword for keyword in reversed(doc.keywords) if (stem := lone_stem(keyword.text)) is not None}
    for name in group.names:
        stems = [w.stem(word) for word in name.lower().split()]
        if len(stems) != 2 or not lone.keys() >= set(stems) or w.word_info(stems[0]) & (_LOOKS | w.HEAD):
            continue
        if _named(doc, set(stems), stems[1]):
            return None
        return sorted((lone[stem] for stem in stems), key=doc.keywords.index), [as_keyword(doc, name)]
    return None


def _named(doc: AnalysedListing, stems: set[str], head: str) -> bool:
    """True where another keyword is a complete name: the product's own with two words, or another name for it."""
    for keyword in doc.keywords:
        own = keyword.stems
        if len(own) > 1 and head in own and (len(stems & set(own)) > 1):
            return True
    return doc.product is not None and any(thesaurus().same(keyword.text, doc.product) for keyword in doc.keywords if " " in keyword.text)


RULE = Rule(
    name="split-phrase",
    group="keywords",
    severity="warning",
    fields=("keywords",),
    guidelines=("GK3",),
    fix="unsafe",
    english=True,
    keywords="list",
    summary=Text("Pieces of the product's name stand alone as keywords: bike, bicycle, bell", "产品名称被拆开：bike, bicycle, bell"),
    messages={"default": Text("'{text}' are pieces of one name and find other products; write it whole: '{better}'", "“{text}”是同一个名称拆开的几段，会匹配到别的产品，请写完整：“{better}”")},
    page=Text(
        "Finds two or more words of the product's name that stand alone as keywords, while no keyword holds the name: bike, bicycle, bell for a bicycle bell. "
        "Each piece matches other products (bicycles, door bells) and the inquiries are for these. Words that mean the product only together belong in one "
        "keyword: bike bell, bicycle bell. One-word names (squeegee, drone) are complete and fine. The fix joins the pieces to complete names.",
        "检查产品名称被拆成两个以上单词各自作关键词、而没有一个关键词是完整名称的情况：自行车铃写成 bike, bicycle, bell。每个单词都会匹配到别的产品（自行车、门铃），"
        "询盘也就跟着跑偏。合在一起才表示该产品的词必须写在同一个关键词里：bike bell, bicycle bell。本身完整的单词名称（squeegee、drone）没有问题。修复会把拆开的词合成完整名称。",
    ),
    check=check,
    examples=(
        Good("Bicycle Bell", keywords="bike bell, bicycle bell"),
        Good("Ceramic Flower Pot", keywords="flower pot, ceramic planter"),
        FalseAlarm("Glass Squeegee", keywords="squeegee, wiper", why=Text("each is a name of its own", "每个词本身就是完整名称")),
        FalseAlarm("Garden Hose Reel", keywords="garden, garden hose reel, hose cart", why=Text("the complete name is there", "完整名称已在其中")),
        Bad("Coffee Grinder", keywords="coffee, grinder"),
        Bad("Bicycle Bell", keywords="bike, bicycle, bell", fixed={"keywords": "bike bell, bicycle bell"}, marked="bike, bicycle, bell"),
        Bad("Garden Hose Reel", keywords="garden, hose, reel", marked="garden, hose, reel"),
        Bad("Analogue Watch for Men", keywords="wrist, watch, quartz", fixed={"keywords": "wrist watch, quartz"}),
        Bad("Leather Wristlet Wallet", keywords="accessory, wallet, gift, wallet, wristlet", fixed={"keywords": "accessory, wristlet wallet, gift"}, on="etsy"),
        Bad("Hydraulic Pallet Jack", keywords="pallet, jack, warehouse trolley"),
    ),
)  # fmt: skip
