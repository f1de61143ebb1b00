"""A title, a phrase or a sentence in capitals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from listinglint import lexicons
from listinglint.model import TEXT_FIELDS, Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FieldText
from listinglint.rules.bounds import bounded
from listinglint.rules.capitals import CAPITAL_WORD, is_content, is_name, is_ordinary, respelt
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule
from listinglint.rules.screens import CAPITALS, shapes

_SHORT: Final = frozenset({"title", "subtitle", "seo_title", "keywords"})
_LOWER: Final = lazy_pattern(r"[A-Za-z]*[a-z][A-Za-z]*")
_GAP: Final = lazy_pattern(r"[\s,&/'’+-]{1,8}(?:\d[\d.,xX]{0,12}[\s,&/-]{0,8}|[A-Z]\b[\s,&/-]{0,8})?")
_SENTENCE: Final = lazy_pattern(r"[.!?:;|\n•]")


class _Run:
    """Words in capitals that follow each other."""

    __slots__ = ("content", "end", "ordinary", "start", "words")

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.words = self.ordinary = self.content = 0


def _runs(part: FieldText) -> list[_Run]:
    """Runs of words in capitals with nothing but separators, numbers and single letters between them, no markup."""
    text = part.text
    out: list[_Run] = []
    for match in CAPITAL_WORD.finditer(text):
        word = match[0]
        if not out or not _GAP.fullmatch(text, out[-1].end, match.start()) or "<" in part.raw[out[-1].end : match.start()]:
            out.append(_Run(match.start()))
        run = out[-1]
        run.end = match.end()
        run.words += 1
        run.ordinary += is_ordinary(word)
        run.content += is_content(word)
    return out


def _is_all(text: str) -> bool:
    """True when the text has hardly a word that is not in capitals: one such as `mm` or `Led` does not save it."""
    capitals = sum(len(m[0]) for m in CAPITAL_WORD.finditer(text))
    lower = sum(len(m[0]) for m in _LOWER.finditer(text) if len(m[0]) > 2)
    return capitals > 8 * lower


def _without_brand(doc: AnalysedListing, run: _Run, text: str) -> int:
    """How many of the run's content words are words of the listing's brand."""
    brand = (doc.listing.text("brand") or "").upper()
    words = set(brand.replace("-", " ").split()) if len(brand) <= 60 else set()
    found = [m[0] for m in CAPITAL_WORD.finditer(text, run.start, run.end)]
    words.update(_name_at(found))
    return sum(is_content(word) and word in words for word in found)


def _name_at(words: list[str]) -> list[str]:
    """The words with which a run begins, where they are a well-known brand or a mark of several words (ENERGY STAR)."""
    for size in range(min(4, len(words)), 1, -1):
        name = " ".join(words[:size])
        if name.lower() in lexicons.brands() or name in _MARKS:
            return words[:size]
    return []


_MARKS: Final = frozenset({"ENERGY STAR", "RAINFOREST ALLIANCE", "FAIR TRADE", "BLUE ANGEL", "LEAPING BUNNY", "USDA ORGANIC"})


def _unknown(doc: AnalysedListing, text: str) -> int:
    """How many words of five or more letters (or ordinary ones of three) there are besides the content words."""
    brand = (doc.listing.text("brand") or "").upper()
    words = {m[0] for m in CAPITAL_WORD.finditer(text)}
    return sum(not is_content(one) and one not in brand and ((len(one) > 4 and not is_name(one)) or (len(one) == 3 and is_ordinary(one))) for one in words)


def _short(doc: AnalysedListing, part: FieldText, most: int) -> Iterator[Hit]:
    text = part.text
    runs = _runs(part)
    content = sum(run.content for run in runs)
    if not content:
        return
    if _is_all(text):
        left = content - sum(_without_brand(doc, run, text) for run in runs)
        if left >= 1 and (left + _unknown(doc, text) > 1 or sum(run.words for run in runs) <= 3):
            start, end = len(part.raw) - len(part.raw.lstrip()), len(part.raw.rstrip())
            yield part.hit(start, end, "whole", replace=respelt(part.raw, start, end, unknown=True))
        return
    for run in runs:
        need = most + 1 if run.start == 0 else most
        found = run.content - _without_brand(doc, run, text)
        if found >= need and 2 * run.ordinary >= run.words:
            yield part.hit(run.start, run.end, "phrase", replace=respelt(part.raw, run.start, run.end))


def _long(part: FieldText, most: int) -> Iterator[Hit]:
    """The first sentence in capitals of a long text."""
    for run in _runs(part):
        if run.ordinary >= most and 2 * run.content >= most and not _SENTENCE.search(part.text, run.start, run.end):
            edit = respelt(part.raw, run.start, run.end, sentence=True, unknown=True)
            yield part.hit(run.start, run.end, "sentence", replace=edit, count=run.words)
            return


@bounded()
def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding for a title in capitals, else one for each phrase; in long texts one for the first sentence."""
    for part in doc.texts(english=True):
        if part.raw.islower():
            continue
        if part.field in _SHORT:
            yield from _short(doc, part, options["words"])
        else:
            yield from _long(part, options["sentence_words"])


_SHAPES: Final = shapes({"A": CAPITALS, "'": "'?"})


def _has_capitals(doc: AnalysedListing) -> bool:
    """True where four capitals, or three and an apostrophe (of any kind, so a question mark as well), follow each other: fewer make no word that counts."""
    shaped = _SHAPES(doc.latin)
    return b"AAAA" in shaped or b"AAA'" in shaped


RULE = Rule(
    name="all-caps",
    group="text",
    severity="warning",
    fields=TEXT_FIELDS,
    screen=_has_capitals,
    guidelines=("GD8",),
    fix="unsafe",
    options=(
        Option("words", int, 2, Text("so many ordinary words in capitals in a row are a phrase", "连续几个普通词全大写算一处短语"), minimum=1),
        Option("sentence_words", int, 6, Text("the same for descriptions", "描述中连续几个普通词全大写才报告"), minimum=2),
    ),
    summary=Text("A title or a phrase in capitals", "整个标题或短语全部大写"),
    messages={
        "whole": Text("the whole text is in capitals; capitalise words as in a title", "整段文字全是大写，请改为标题式大小写"),
        "phrase": Text("'{text}' is in capitals; only acronyms, units and codes are", "“{text}”全是大写，只有缩写词、单位和型号才需要全大写"),
        "sentence": Text("{count} words in a row are in capitals; write them as a sentence", "连续 {count} 个词全是大写，请按普通句子书写"),
    },
    page=Text(
        "Finds titles written wholly in capitals, phrases of two or more ordinary words in capitals, and sentences in capitals in "
        "descriptions. Capitals are slow to read and look like shouting; Alibaba's own title diagnosis and Google take off points "
        "for them. Acronyms (LED, PVC), units, model codes, marks (CE, RoHS) and brands are written in capitals and do not count; "
        "short headings in a description do not either. The fix writes words as in a title, or as in a sentence, and keeps "
        "acronyms, units, codes and brands; look at it for brands that nobody knows.",
        "检查全大写的标题、由两个以上普通词组成的全大写短语，以及描述里全大写的句子。全大写读起来慢，像在喊叫；阿里巴巴的标题诊断和 Google 都会因此扣分。"
        "缩写词（LED、PVC）、单位、型号、认证标志（CE、RoHS）和品牌本来就大写，不计在内；描述里的简短小标题也不算。"
        "修复会改成标题式或句子式大小写，保留缩写词、单位、型号和品牌；如有不知名的品牌，请人工确认。",
    ),
    examples=(
        Good("LED Grow Light 600W"),
        Good("UHF RFID Reader, CE FCC RoHS"),
        Good("Garden Gloves", description="MATERIAL: cotton. SIZE: L"),
        FalseAlarm("PVC ABS HDPE Pipe Cutter", why=Text("materials are acronyms", "材料名是缩写词")),
        FalseAlarm('ZENTO 27" LCD HD Monitor', brand="ZENTO", why=Text("a brand and acronyms", "品牌加缩写词")),
        FalseAlarm("GREEN HARVEST Canned Corn", brand="Green Harvest", why=Text("the brand", "这是品牌")),
        Bad("Sieving Machine", description="WE ARE A LEADING MAKER OF MILLS IN INDIA.", fixed={"description": "We are a leading maker of mills in India."}),
        Bad("WHOLE SENTENCE IN CAPITALS", fixed="Whole Sentence in Capitals"),
        Bad("ROTARY DRUM DRYER FOR SAND", fixed="Rotary Drum Dryer for Sand"),
        Bad("LED FLOOD LIGHT 50W WITH SENSOR", fixed="LED Flood Light 50W with Sensor"),
        Bad("Cotton Socks FREE SIZE for Men", fixed="Cotton Socks Free Size for Men", marked="FREE SIZE"),
        Bad(
            "Garden Gloves", description="PLEASE WASH THESE GLOVES WITH COLD WATER ONLY.",
            fixed={"description": "Please wash these gloves with cold water only."},
        ),
        Bad(
            "Garden Gloves", description="✅ THIS IS WHY OUR GARDEN GLOVES STAY WARM: a fleece lining.",
            fixed={"description": "✅ This is why our garden gloves stay warm: a fleece lining."},
        ),
        Bad("AQUA HEADPHONE SHE-9500 WITH BAG", fixed="Aqua Headphone SHE-9500 with Bag"),
        Bad("Stock Pot", description="USE ONLY ONE POT TO COOK A FULL MEAL.", fixed={"description": "Use only one pot to cook a full meal."}),
        Bad("TWO-HEAD YARN WINDING MACHINE GREEN", fixed="Two-Head Yarn Winding Machine Green"),
    ),
    check=check,
)
