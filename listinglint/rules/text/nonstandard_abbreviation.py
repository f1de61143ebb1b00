"""Abbreviations and chat spellings that are no business English: asap, pls, w/, qty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from listinglint.model import TEXT_FIELDS, Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FieldText, FoundPhrase
from listinglint.rules.bounds import bounded
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts

_PROSE: Final = frozenset({"description", "brief", "highlights", "meta_description"})
_WITH: Final = lazy_pattern(r"(?<![\w./*-])[Ww]/(o(?:ut)?\b(?!/)|(?!o\b|out\b)\s?(?=[A-Za-z]{3,}|\d|a\b))")
_NUMBER_BEFORE: Final = lazy_pattern(r"\d[\d.,/xX*~+-]*\s*[-]?\s*\Z|[/(]\s*\Z|\bper\s*\Z", re.I)
_LABEL_AFTER: Final = lazy_pattern(r"\s*(?:[:=/.]|\))")
_GOES_ON: Final = lazy_pattern(r"\s+[a-z\d]")
_CASES: Final = frozenset({"u", "ur", "yr", "imo", "lol", "tq", "tks", "hv", "abt", "frm", "4u"})
"""Written in small letters they are chat; in capitals codes and names."""

_BEFORE_YOU: Final = frozenset(
    ["for", "to", "give", "gives", "giving", "when", "if", "that", "what", "where", "as", "and", "help", "helps", "let", "lets", "make", "makes", "can", "do", "so", "with", "tell", "send", "thank", "thanks", "from", "all", "because", "offer", "offers", "bring", "brings", "provide", "keep", "keeps", "than", "hope", "wish", "assure"]
)
_AFTER_YOU: Final = frozenset(
    ["can", "will", "are", "have", "need", "want", "should", "must", "may", "might", "like", "love", "get", "know", "would", "could", "do", "dont", "cant", "wont", "r", "wear", "choose", "buy", "order", "see", "feel", "use", "find", "receive", "put", "take", "prefer"]
)
_YEARS: Final = frozenset(["full", "per", "each", "one", "two", "three", "a", "every", "half", "first", "warranty", "guarantee", "part", "parts", "old", "life", "service", "limited", "manufacturer", "comprehensive"])


def _matters(found: FoundPhrase, allowed: tuple[str, ...], brand: str) -> bool:
    low = found.text.lower()
    when = found.entry["when"]
    if when == "never" or low in allowed or (brand and low in brand.split()):
        return False
    raw = found.source.text
    before, after = raw[max(0, found.start - 12) : found.start], raw[found.end : found.end + 6]
    if before[-1:] in tuple("-'’./&@#+") or after[:1] in tuple("-'’@&+") or (after[:1] == "." and after[1:2].isalnum()):
        return False
    if when == "prose" and found.source.field not in _PROSE:
        return False
    if when == "loose" and (_NUMBER_BEFORE.search(before) or _LABEL_AFTER.match(after)):
        return False
    if (low in _CASES and (found.text[1:] != low[1:] or found.text[:1].isdigit() and found.text != low)) or found.text == "PCs":
        return False
    return _said(found, low)


def _said(found: FoundPhrase, low: str) -> bool:
    """False for `u`, `yr` and `PLS` where they are a shape (a U design), a year (full yr warranty) or a technology (PLS panel)."""
    flat = found.source.flat
    earlier, following = flat[max(0, found.start - 20) : found.start].split()[-1:], flat[found.end : found.end + 20].split()[:1]
    if low == "u":
        return found.text == "u" and ((bool(earlier) and earlier[0] in _BEFORE_YOU) or (bool(following) and following[0] in _AFTER_YOU))
    if low in ("yr", "yrs"):
        before = found.source.text[max(0, found.start - 12) : found.start]
        return not (_NUMBER_BEFORE.search(before) or (earlier and earlier[0] in _YEARS) or (following and following[0] in _YEARS))
    if low == "asap" and not found.source.text[: found.start].strip() and found.source.field not in _PROSE:
        # A title that begins with it and goes on with a capital names a musician or a brand.
        return not found.source.text[found.end :].lstrip()[:1].isupper()
    if found.entry["phrase"] == "pls" and found.text.isupper():
        return found.source.raw[found.end : found.end + 12].split()[:1] == [word.upper() for word in following]
    return True


def _cased(write: str, like: str) -> str:
    return write[:1].upper() + write[1:] if like[:1].isupper() and write[:1].islower() else write


def _with(part: FieldText) -> Iterator[Hit]:
    if "w/" not in part.text and "W/" not in part.text:
        return
    for match in _WITH.finditer(part.text):
        write = "without" if match[1].strip() in ("o", "out") else "with"
        end = match.end() if write == "without" else match.start() + 2
        spaced = part.text[end : end + 1].isspace()
        yield part.hit(match.start(), end, replace=write + ("" if spaced or end == len(part.text) else " "), write=write)


@bounded()
def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding for each abbreviation."""
    allowed = tuple(word.lower() for word in options["allowed"])
    brand = (doc.listing.text("brand") or "").lower()
    for found in doc.phrases("abbreviations", TEXT_FIELDS):
        if not found.source.chinese and _matters(found, allowed, brand):
            write = found.entry["write"]
            if write:
                raw = found.source.raw
                end = found.end + (raw[found.end : found.end + 1] == "." and _GOES_ON.match(raw, found.end + 1) is not None)
                yield found.source.hit(found.start, found.end, edits=[(found.start, end, _cased(write, found.text))], write=write)
            else:
                yield found.hit(replace="", write="–")
    if "w/" not in allowed:
        for part in doc.texts(english=True):
            yield from _with(part)


RULE = Rule(
    name="nonstandard-abbreviation",
    group="text",
    severity="info",
    fields=TEXT_FIELDS,
    screen=lambda doc: "abbreviations" in doc.found or b"w/" in doc.latin or b"W/" in doc.latin or b"&" in doc.latin,
    guidelines=("GD8",),
    fix="unsafe",
    lexicons=("abbreviations",),
    options=(
        Option("allowed", list, (), Text("abbreviations that are accepted, such as qty or w/", "可以接受的缩写，例如 qty 或 w/")),
    ),
    summary=Text("Unofficial abbreviations: asap, pls, qty, w/", "不规范的缩写：asap、pls、qty、w/ 等"),
    messages=texts(
        "'{text}' is no business English; write '{write}'",
        "“{text}”不是规范的商务英语，请写成“{write}”",
    ),
    page=Text(
        "Finds abbreviations of chats and notes in what buyers read: asap, pls, thx, ur, qty, w/, w/o and the like. They look "
        "careless, many buyers whose English is a second language do not know them, and nobody searches for them. Units "
        "(in., oz, pcs after a number), trade terms (MOQ, OEM, incl.), titles (Dr, Mr) and brands are in order, and so is 'Qty:' "
        "as a label before a number. The fix writes the word out; look at it, since the sentence may want another form.",
        "检查买家会读到的文本里的聊天式、便条式缩写：asap、pls、thx、ur、qty、w/、w/o 等。它们显得随意，许多母语不是英语的买家看不懂，也没有人会搜索。"
        "单位（in.、oz、数字后的 pcs）、行业用语（MOQ、OEM、incl.）、称谓（Dr、Mr）和品牌属正常；作为标签写在数字前的“Qty:”也可以。"
        "修复会写出完整的词，请人工确认，因为句子里可能需要别的形式。",
    ),
    examples=(
        Good("Paper Cups, 50 pcs, 8 oz", description="Please send us your artwork as soon as possible."),
        Good("Steel Bolt 3/4 in. x 2 in.", description="Qty: 100 pcs/bag"),
        FalseAlarm("Led Panel 40 W/m2 Class", why=Text("W/m2 is a unit", "W/m2 是单位")),
        FalseAlarm("Norvel 4U USB Charger", why=Text("in capitals it is a model or a size of racks", "大写时是型号或机架尺寸")),
        FalseAlarm("Mr Pls Coffee Mug", brand="Pls", why=Text("the word is the brand", "这个词就是品牌")),
        FalseAlarm("Monitor", description="PLS panel, stand in u design, full yr warranty", why=Text("a technology, a shape and a year", "一种技术、一种形状和“年”")),
        Bad("Wall Sticker", description="This sticker gives u a new room", fixed={"description": "This sticker gives you a new room"}, marked="u"),
        Bad("Paper Cups", description="Contact us asap", fixed={"description": "Contact us as soon as possible"}, marked="asap"),
        Bad("Paper Cups", description="Height aprox. 9 cm", fixed={"description": "Height approximately 9 cm"}, marked="aprox"),
        FalseAlarm("ASAP Quarry T-Shirt", why=Text("a title that begins with the name of an artist", "标题以艺人名字开头")),
        Bad("Cordless Drill, 2 Years Wty", fixed="Cordless Drill, 2 Years Warranty"),
        Bad("Golf Bag w/ Stand", fixed="Golf Bag with Stand", marked="w/"),
        Bad("Lamp w/o Bulb", fixed="Lamp without Bulb"),
        Bad("Paper Cups", description="Pls tell us the color, thx.", fixed={"description": "Please tell us the color, thanks."}),
    ),
    check=check,
)
