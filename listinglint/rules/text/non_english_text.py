"""A field, or a part of one, in another language or script than English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from listinglint.language.languages import (
    NAMES,
    foreign_run,
    is_strange,
    language_of,
    may_be_foreign,
    script_runs,
    speaks,
)
from listinglint.language.vocabulary import FOREIGN, FOREIGN_NAME
from listinglint.model import Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import MATCHED_FIELDS, AnalysedListing, FieldText, is_wide
from listinglint.rules.bounds import bounded
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_LONG: Final = frozenset({"description", "brief", "highlights", "meta_description"})
_PIECE: Final = lazy_pattern(r"[^.!?\n;•|]{20,400}")
_BRACKETS: Final = lazy_pattern(r"[(\[（].*?[)\]）]")
_MOST_TEXT: Final = 20_000
_KEYWORD: Final = lazy_pattern(r"[^,，、;|\n]+")
_ALL: Final = lazy_pattern(r".+", re.S)
_LONGEST: Final = 1_000
_LATIN_MOST: Final = 5
"""One letter of five may be Latin in a listing of another script: model codes and units."""


def _script(part: FieldText, share: float) -> Hit | None:
    if not is_wide(part.raw):
        return None
    runs = script_runs(part.text)
    if not runs:
        return None
    foreign = sum(run.letters for run in runs)
    if part.field in _LONG and foreign < share * sum(c.isalpha() for c in part.text):
        return None
    first = runs[0]
    whole = runs[-1].end if foreign > 0.5 * sum(c.isalpha() for c in part.text[first.start : runs[-1].end]) else first.end
    return part.hit(first.start, whole, "script", language=Text(first.script, first.script_zh))


def _language(part: FieldText, brand: str) -> Hit | None:
    if not may_be_foreign(frozenset(part.with_flag(FOREIGN))):
        return None
    words = [word for word in part.words if word not in brand.split()]
    found = language_of(words)
    if found is not None:
        if part.field == "title" and _BRACKETS.sub("", part.text) != part.text and not language_of(_outside(part, brand)):
            return None
        start, end = part.spans[0][0], part.spans[-1][1]
        return part.hit(start, end, "language", language=Text(*NAMES[found]))
    return _piece(part) if part.field in _LONG else None


def _words_of_it(part: FieldText, brand: str) -> Hit | None:
    """Words of another language within a title, or a keyword of them."""
    if part.field in _LONG or part.field == "attributes" or not part.mask & FOREIGN_NAME:
        return None
    names = frozenset(brand.split())
    if part.field == "keywords":
        alone = [match for match in _KEYWORD.finditer(part.text) if is_strange(match[0].strip().lower())]
        if len(alone) > 1:
            lead = len(alone[0][0]) - len(alone[0][0].lstrip())
            language = Text(*NAMES[is_strange(alone[0][0].strip().lower()) or "es"])
            return part.hit(alone[0].start() + lead, alone[0].start() + len(alone[0][0].rstrip()), "language", language=language)
    pieces = _KEYWORD.finditer(part.text) if part.field == "keywords" else [_ALL.match(part.text)]
    for piece in pieces:
        if piece is None or len(piece[0]) > _LONGEST:
            continue
        found = foreign_run(piece[0], names)
        if found is not None:
            start = piece.start() + found.start
            return part.hit(start, piece.start() + found.end, "language", language=Text(*NAMES[found.language]))
    return None


def _outside(part: FieldText, brand: str) -> list[str]:
    return [word for word in re.findall(r"[\w']+", _BRACKETS.sub(" ", part.text).lower()) if word not in brand.split()]


def _piece(part: FieldText) -> Hit | None:
    """The first sentence of eight or more words in another language."""
    for match in _PIECE.finditer(part.text, 0, _MOST_TEXT):
        words = part.flat[match.start() : match.end()].split()
        if len(words) >= 8 and may_be_foreign(frozenset(words)):
            found = language_of(words)
            if found is not None:
                lead = len(match[0]) - len(match[0].lstrip())
                if not lead and match.start() and part.text[match.start() - 1].isalnum():
                    lead = max(match[0].find(" ") + 1, 0)
                tail = len(match[0].rstrip())
                return part.hit(match.start() + lead, match.start() + tail, "language", language=Text(*NAMES[found]))
    return None


@bounded()
def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding a text."""
    if doc.marketplace.language != "en":
        return
    brand = (doc.listing.text("brand") or "").lower()
    found = []
    texts = list(doc.texts(fields=MATCHED_FIELDS))
    for part in texts:
        hit = _script(part, options["share"])
        if hit is None and part.field != "attributes":
            hit = _language(part, brand) or _words_of_it(part, brand)
        if hit is not None:
            found.append((part, hit))
    if not found or _own_language([part for part in texts if part.field != "attributes"], dict(found)):
        return
    yield from (hit for _, hit in found)


def _own_language(parts: Sequence[FieldText], found: Mapping[FieldText, Hit]) -> bool:
    """True where every text is wholly in one other language or script: that is the listing's own, and nothing is mixed."""
    if all(part in found and found[part].message == "script" for part in parts):
        return all(_LATIN_MOST * sum(c.isascii() and c.isalpha() for c in part.text) <= sum(c.isalpha() for c in part.text) for part in parts)
    if len({part.field for part in parts}) < 2:
        return False
    names = {found[part].values["language"].en for part in parts if part in found and found[part].message == "language"}
    codes = [code for code, (name, _) in NAMES.items() if name in names]
    return len(codes) == 1 and all(speaks(part.words, codes[0]) for part in parts)


RULE = Rule(
    name="non-english-text",
    group="text",
    severity="warning",
    fields=MATCHED_FIELDS,
    screen=lambda doc: doc.wide or doc.mask & (FOREIGN | FOREIGN_NAME) != 0,
    options=(
        Option("share", float, 0.1, Text("share of letters of another script that a description may hold", "描述中允许的其他文字所占比例"), minimum=0.0),
    ),
    summary=Text("Text in another language or script than the listing's", "字段使用了其他语言或文字"),
    messages={
        "script": Text("{language} letters in an English listing; buyers who search in English neither find nor read them", "英文产品信息里夹有{language}，用英文搜索的买家既搜不到也看不懂"),
        "language": Text("this seems to be {language}; the listing is in English, so translate it", "这段文字像是{language}，产品信息应使用英文，请翻译"),
    },
    page=Text(
        "Finds text in another script (Chinese, Korean, Cyrillic, Arabic …) in an English listing, and titles, keywords, "
        "descriptions or whole sentences in another language, told by their function words. Buyers on an English marketplace "
        "search in English; the rest is not found, and mixed languages look unchecked. A brand, a series, a Latin plant name, a "
        "loan word (paneer, kimono) or a foreign label name with its English name in brackets is in order, and so are a few "
        "foreign characters in a long description. Translate the text, or list it on the marketplace of that language.",
        "检查英文产品信息里的其他文字（中文、韩文、西里尔文、阿拉伯文等），以及用其他语言写的标题、关键词、描述或整句话（根据虚词判断）。"
        "英文平台的买家用英文搜索，其他语言的内容搜不到，语言混杂也显得没有检查过。品牌、系列名、拉丁学名、外来词（paneer、kimono）、"
        "括号里附有英文名的外文标签名都没有问题，长描述里夹几个外文字也可以。请翻译，或发布到对应语言的平台。",
    ),
    examples=(
        Good("Bamboo Steamer and Wok Set"),
        Good("Eau de Toilette pour Homme 100 ml", brand="Maison Claire"),
        FalseAlarm("Crème de la Mer Body Lotion 200 ml", why=Text("a label's name in an English title", "英文标题里的产品标签名")),
        FalseAlarm("Basmati Rice, Dal Makhani Mix", why=Text("loan words for food", "食品的外来词")),
        FalseAlarm("Ω-Ring 5 μm Filter", why=Text("Greek letters as signs", "作为符号的希腊字母")),
        Bad("Portable Blender (便携式榨汁机)", marked="便携式榨汁机"),
        Bad("Blender", keywords="портативный блендер, блендер"),
        Bad("Zapatos de cuero para hombre con suela de goma y cordones"),
        Bad("Oak Table", description="Ein schöner Tisch aus massivem Holz, der mit viel Liebe von Hand gefertigt wird und nicht wackelt."),
        FalseAlarm("竹制蒸笼", keywords="蒸笼, 竹蒸笼", why=Text("a listing that is Chinese throughout is of one language", "整条信息都是中文，没有混用语言")),
        FalseAlarm("Casa de Sol Cushion Pour la Maison", why=Text("words that labels bear", "标签上常见的外文词")),
        Bad("Woven Basket (Bakul Rotan Kecil)", marked="Bakul Rotan Kecil"),
        Bad("Metal Garden Chair Gartenstuhl klappbar Green", marked="Gartenstuhl klappbar"),
        Bad("Rain Jacket", keywords="rain jacket, impermeable mujer"),
        Bad("Umbrella", attributes="Colour: 红色\nRibs: 8", marked="红色"),
        Bad("Oak Table", description="A fine table made by hand. Meja ini dibuat dari kayu jati dan sangat kuat untuk digunakan setiap hari di rumah anda."),
    ),
    check=check,
)
