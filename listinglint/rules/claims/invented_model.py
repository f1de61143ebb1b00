"""A maker's own model code in a keyword, or in the place of the product's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.language.vocabulary import DIGITS
from listinglint.model import Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, Keyword
from listinglint.rules.phrases import read_lexicon
from listinglint.rules.removal import removal
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_TOKEN: Final = lazy_pattern(r"[^\s,;/()\[\]]+")
_OWN_SHAPE: Final = lazy_pattern(r"[A-Z]{1,5}-?\d{1,5}(?:-\d{1,4})?[A-Z]{0,3}\d?|[A-Z]{1,4}-[A-Z]?\d{1,5}[A-Z]{0,3}|\d{1,4}[A-Z]{2,4}-?\d{1,4}[A-Z]?|[A-Z]{2,4}-[A-Z]{1,4}\d{1,4}[A-Z]?", re.ASCII)
_COMPATIBLE: Final = frozenset(["for", "fits", "fit", "compatible", "with", "replaces", "replacement", "suits", "to"])
_LONG_CODE: Final = lazy_pattern(r"[A-Z]{2,4}\d{4,}[A-Z]{0,2}")
"""Codes that look like some maker's chips or bearings too, but are the seller's own where the model field says so."""
_SHORT_TITLE: Final = 40
_FITS: Final = lazy_pattern(r"\b(?:for|fits?|compatible\s+with|replac(?:es?|ement\s+for)|suits?)\s", re.I)
_QUALIFIERS: Final = frozenset(["pro", "plus", "max", "mini", "lite", "series", "model", "type", "ultra", "new", "ii", "iii"])


@cache
def _general() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in read_lexicon("general_models")))


def is_general(code: str) -> bool:
    """True for a code that an industry uses (`M8`, `E27`, `18650`, `A4`), a measure, or a word that a lexicon knows."""
    plain = code.upper().replace("-", "").replace(".", "")
    if _general().fullmatch(plain) or w.is_measure(code) or plain.isdigit():
        return True
    return bool(w.lexicon().get(code.lower(), 0)) or code.lower() in lexicons.brands()


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _own_models(doc: AnalysedListing) -> frozenset[str]:
    """The listing's and the seller's model codes, without hyphens and spaces; only those with a digit or of some length."""
    given = [*(part.text for part in doc.parts("model") if not part.blank), *doc.seller.models]
    attribute = doc.attributes.get("model") or doc.attributes.get("model number") or doc.attributes.get("model no")
    if attribute is not None:
        given.append(attribute.value)
    keys = {_key(token) for text in given for token in (text, *_TOKEN.findall(text)) if len(text) < 80}
    return frozenset(key for key in keys if len(key) > 2 and any(c.isdigit() for c in key))


def _known_brand(doc: AnalysedListing) -> bool:
    """True where the listing's brand is a well-known one: buyers do search for its models."""
    brand = (doc.listing.text("brand") or "").strip().lower()
    return brand in lexicons.brands() or any(brand == one.lower() for one in doc.seller.authorised_brands)


def _keyword_code(doc: AnalysedListing, keyword: Keyword, own: frozenset[str]) -> re.Match[str] | None:
    before: list[str] = []
    for match in _TOKEN.finditer(keyword.text):
        token = match[0]
        told = _key(token) in own and not w.is_measure(token) and ("-" in token or _LONG_CODE.fullmatch(token) is not None)
        if any(c.isdigit() for c in token) and any(c.isalpha() for c in token) and (told or not is_general(token)):
            if _COMPATIBLE.intersection(before) or any(_is_brand(word) for word in before):
                return None
            if _told_by_title(doc, token) or any(_key(token).startswith(one) for one in _fitted(doc)):
                return None
            if _key(token) in own or (not own and _looks_invented(doc, token)):
                return match
        before.append(token.lower())
    return None


def _fitted(doc: AnalysedListing) -> list[str]:
    """Codes that the title says the product fits (`bucket for PC200`): buyers search for these."""
    title = doc.title
    if title is None:
        return []
    found = _FITS.search(title.text)
    tail = _TOKEN.findall(title.text[found.end() :]) if found is not None else []
    return [key for token in tail if any(c.isdigit() for c in token) and len(key := _key(token)) > 2]


def _told_by_title(doc: AnalysedListing, token: str) -> bool:
    """True for two words of the title joined by a hyphen: `CNC-1325` under `CNC Router 1325`."""
    pieces = token.lower().split("-")
    return len(pieces) > 1 and doc.title is not None and token.lower() not in doc.title.text.lower() and doc.title.word_set.issuperset(pieces)


def _is_brand(word: str) -> bool:
    brand = lexicons.brands().get(word)
    return brand is not None and not brand.ambiguous


def _looks_invented(doc: AnalysedListing, token: str) -> bool:
    """Without a model field: a hyphenated code in capitals that other titles of the catalog do not use."""
    if "-" not in token or not _OWN_SHAPE.fullmatch(token) or len(token) < 4:
        return False
    return doc.statistics is None or not doc.statistics.more_than(token, 9)


def _is_code(doc: AnalysedListing, token: str, own: frozenset[str]) -> bool:
    return _key(token) in own or _looks_invented(doc, token) or (len(token) > 4 and _OWN_SHAPE.fullmatch(token) is not None)


def _title_code(doc: AnalysedListing, own: frozenset[str]) -> tuple[int, int] | None:
    """The code that stands for the product's name: a title of a code with at most one word that is not a qualifier."""
    title = doc.title
    if title is None or len(title.text) > _SHORT_TITLE:
        return None
    tokens = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(title.text)]
    codes = [t for t in tokens if any(c.isdigit() for c in t[2]) and not is_general(t[2]) and _is_code(doc, t[2], own)]
    others = [t for t in tokens if t not in codes and t[2].lower() not in _QUALIFIERS]
    if not codes or len(others) > 1 or _known_brand(doc) or any(_is_brand(t[2].lower()) for t in others):
        return None
    if others and not (codes[0][0] < others[0][0] and ("-" in codes[0][2] or _key(codes[0][2]) in own)):
        return None
    return codes[0][0], codes[0][1]


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding for the title, and one for each keyword with an own code."""
    own = _own_models(doc)
    allowed = frozenset(_key(code) for code in options["general"])
    place = _title_code(doc, own)
    if place is not None and doc.title is not None and _key(doc.title.text[slice(*place)]) not in allowed:
        yield doc.title.hit(*place, "title")
    if doc.marketplace.keywords != "list" or _known_brand(doc):
        return
    for keyword in doc.keywords:
        match = _keyword_code(doc, keyword, own)
        if match is None or _key(match[0]) in allowed:
            continue
        start, end = keyword.start + match.start(), keyword.start + match.end()
        edit = removal(keyword.source.raw, start, end) if match[0] != keyword.text or len(doc.keywords) > 1 else None
        yield keyword.source.hit(start, end, edits=[edit] if edit else [])


def _has_code(doc: AnalysedListing) -> bool:
    """False where neither a short title nor a keyword has a digit."""
    title = doc.title
    return (title is not None and len(title.text) <= _SHORT_TITLE and title.mask & DIGITS != 0) or any(part.mask & DIGITS for part in doc.parts("keywords"))


RULE = Rule(
    name="invented-model",
    group="claims",
    severity="warning",
    fields=("title", "keywords"),
    guidelines=("GK5",),
    fix="unsafe",
    english=True,
    screen=_has_code,
    options=(Option("general", list, (), Text("codes that the whole trade uses", "行业通用的型号")),),
    summary=Text("The seller's own model code in a keyword or in the place of the product's name", "在关键词或产品名里使用只有自己知道的型号"),
    messages={
        "default": Text("Nobody but the seller searches for '{text}'; take the own code out of the keyword", "除了卖家自己，没有人会搜“{text}”，请从关键词里删掉自编型号"),
        "title": Text("'{text}' is the seller's own code; a title needs the product's full name", "“{text}”是卖家自编的型号，标题需要完整的产品名称"),
    },
    page=Text(
        "Finds the seller's own model and article codes in keywords, and titles that consist of such a code instead of a product "
        "name. Buyers cannot know the code, so a keyword with it brings nobody. Codes that the industry shares are fine: threads "
        "(M8), lamp bases (E27), cells (18650), paper sizes (A4), displacement (200cc), steel grades, standards; so are models of "
        "well-known brands and the models that a part fits. A code is taken for the seller's own when the model field or the "
        "seller's config holds it, or, where there is none, when it has the shape of one (NX-21). Keep it in the model field; "
        "the fix takes it out of the keyword.",
        "检查关键词里的自编型号和货号，以及用这种编码代替产品名称的标题。买家不可能知道这个编码，带它的关键词引不来流量。"
        "行业通用的编码没有问题：螺纹（M8）、灯头（E27）、电芯（18650）、纸张尺寸（A4）、排量（200cc）、钢号、标准号；知名品牌的型号以及配件所适配的机型也可以。"
        "判断依据是型号字段或卖家配置里有这个编码；没有型号字段时，则看它是否具有自编型号的样子（如 NX-21）。请把它放在型号字段；修复会把它从关键词里删掉。",
    ),
    examples=(
        Good("200cc ATV", keywords="200cc ATV, quad bike"),
        Good("Hex Bolt M8 x 40", keywords="M8 bolt, DIN 933 bolt, A2-70 bolt", model="HB-0840"),
        FalseAlarm("Toner for HP LaserJet", keywords="toner for HP M402dn", brand="Prinko", why=Text("the code is the printer's", "这是打印机的型号")),
        FalseAlarm("Makita Drill", keywords="makita DHP484 drill", brand="Makita", model="DHP484", why=Text("buyers search for this brand's models", "买家会搜索该品牌的型号")),
        FalseAlarm("Excavator Bucket for PC200", keywords="PC200-8 bucket", why=Text("the excavator's model", "这是挖掘机的型号")),
        FalseAlarm("LED Bulb E27 A60", keywords="E27 bulb, A60 bulb", why=Text("a lamp base and a lamp shape", "灯头和灯泡形状的通用型号")),
        Bad("NX-21 ATV", marked="NX-21"),
        Bad("200cc Sport ATV", keywords="NX-21 ATV, quad bike", fixed={"keywords": "ATV, quad bike"}, marked="NX-21"),
        Bad("Paper Fan", keywords="hand fan, PF1187 paper fan", model="PF1187", fixed={"keywords": "hand fan, paper fan"}),
        Bad("QT-700 Plus", model="QT-700 Plus"),
    ),
    check=check,
)
