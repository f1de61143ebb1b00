"""Words of a title that are not capitalised as the marketplace asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from listinglint.language import words as w
from listinglint.model import Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.capitals import acronyms
from listinglint.rules.phrases import TO_SPACE
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts

_WORD: Final = lazy_pattern(r"(?<![\w.@'’&;#/-])(?:[a-z]{2,}|[a-z]-[a-z]{2,})(?:-[a-z]+)*(?:['’][a-z]+)?(?![\w@])(?!\.[a-z])")
_SMALL: Final = frozenset(
    ["a", "an", "and", "as", "at", "but", "by", "for", "from", "if", "in", "into", "nor", "of", "off", "on", "onto", "or", "out", "over", "per", "plus", "so", "than", "that", "the", "this", "to", "under", "up", "upon", "versus", "via", "vs", "was", "which", "with", "without", "within", "yet", "is", "are", "be", "it", "its", "your", "our", "my", "his", "her", "their", "each", "all", "any", "not", "no", "n", "nd", "w", "x", "intl", "use", "up", "to", "pcs", "pc", "pk", "pkt", "pack", "pkg", "qty", "ct", "no", "nos", "ea", "de", "la", "le", "les", "du", "des", "el", "los", "y", "et", "en", "e", "di", "da", "del", "della", "con", "sin", "para", "por", "und", "der", "die", "das", "von", "zu", "auf", "mit", "au", "aux"]
)
_UNITS: Final = w.UNIT
_CONTENT: Final = w.HEAD | w.MAIN_NOUN | w.MAIN_ADJECTIVE | w.MATERIAL | w.COLOUR | w.STYLE | w.TYPE_WORD | w.GENERAL | w.SIZE | w.AUDIENCE | w.FILLER | w.PLURAL
_ACRONYMS: Final = frozenset(["usb", "lcd", "led", "tv", "dvd", "cd", "gps", "pvc", "pu", "abs", "hd", "uv", "ac", "dc", "rgb", "cctv", "hdmi", "ssd", "hdd", "rfid", "nfc", "pcb", "cnc", "oem", "odm", "diy", "sd", "ssr", "cpu", "gpu", "ram", "vga", "dvi", "dvr", "nvr", "gsm", "fm", "vr", "ip"])
_UNIT_WORDS: Final = frozenset(["cup", "cups", "foot", "feet", "yard", "pint", "pound", "pounds", "ounce", "ounces", "gallon", "gallons", "inch", "inches", "meter", "meters", "metre", "metres", "gram", "grams", "liter", "liters", "litre", "litres", "ton", "tons"])


@cache
def _content(word: str) -> bool:
    """True for a word that a title capitalises and that is no unit, brand or foreign small word."""
    if "-" in word:
        return any(_content(part) for part in word.split("-"))
    bare = re.split("['’]", word)[0]
    flags = w.word_info(bare)
    if bare in _SMALL or flags & w.FUNCTION_WORD or bare in _UNIT_WORDS:
        return False
    if flags & _UNITS and not flags & w.HEAD and not (len(bare) > 4 and flags & (w.STYLE | w.PART | w.MAIN_NOUN)):
        return False
    return len(bare) > 2 and bool(flags & (_CONTENT | w.KNOWN))


def _screen(doc: AnalysedListing) -> bool:
    """True where a word of the title that begins with a small letter may have to be capitalised."""
    if doc.title is None:
        return False
    text = doc.title.text
    if not text.isascii():
        return _WORD.search(text) is not None
    for word in text.split():
        if word.isalnum():
            if word >= "a" and _content(word):
                return True
        elif any(piece >= "a" and _content(piece) for piece in word.translate(TO_SPACE).split()):
            return True
    return False


def _capitalised(word: str) -> str:
    """The word with a capital, an acronym (`usb`) all in capitals."""
    if (word.upper() in acronyms() and not w.lexicon().get(word, 0) & (w.MAIN_NOUN | w.MAIN_ADJECTIVE | w.MAIN_VERB)) or word in _ACRONYMS:
        return word.upper()
    first, hyphen, last = word.partition("-")
    if hyphen and w.word_info(first) & w.HEAD and w.word_info(last) & w.COLOUR:
        # Behind a noun the hyphen parts off a colour: `shoes-red`.
        last = last[:1].upper() + last[1:]
    return first[:1].upper() + first[1:] + hyphen + last


def _held(doc: AnalysedListing) -> frozenset[str]:
    """The words of brand and model, which are spelt as their owner spells them."""
    names = [doc.listing.text("brand"), doc.listing.text("model"), doc.name.brand, *doc.seller.brands]
    return frozenset(word for name in names if name for word in name.split() if word == word.lower())


def _may_measure(word: str) -> bool:
    """True for a short word, a unit or a quantity: behind a number it is written small."""
    return len(word) < 4 or bool(w.word_info(word) & (w.UNIT | w.QUANTITY))


def _after_number(text: str, start: int) -> bool:
    before = text[:start].rstrip(" -")
    return before[-1:].isdigit()


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding a title: it marks the first small word and mends all."""
    title = doc.title
    if title is None or options["style"] != "title":
        return
    text = title.text
    matches = [match for match in _WORD.finditer(text) if not (_may_measure(match[0]) and _after_number(text, match.start()))]
    allowed = frozenset(options["allowed"])
    small = [match for match in matches if _content(match[0]) and match[0] not in allowed]
    if len(small) < options["fewest"]:
        return
    held = _held(doc)
    small = [match for match in small if match[0] not in held]
    if len(small) < options["fewest"]:
        return
    edits = [(match.start(), match.end(), _capitalised(match[0])) for match in small if title.raw[match.start() : match.end()] == match[0]]
    first = small[0]
    listed = ", ".join(dict.fromkeys(match[0] for match in small[:4])) + (" …" if len(small) > 4 else "")
    yield title.hit(first.start(), first.end(), edits=edits, words=listed, count=len(small))


RULE = Rule(
    name="title-case",
    group="titles",
    severity="info",
    fields=("title",),
    guidelines=("GD8",),
    fix="unsafe",
    english=True,
    screen=_screen,
    options=(
        Option("style", str, "title", Text("title: the words of the name begin with a capital; any: all spellings are accepted", "title：实词首字母大写；any：不检查")),
        Option("fewest", int, 1, Text("how many small words make a finding", "至少几个小写词才报告"), minimum=1),
        Option("allowed", list, (), Text("words that are written small on purpose", "特意小写的词")),
    ),
    summary=Text("Words of the title begin with a small letter", "标题里的实词首字母没有大写"),
    messages=texts(
        "in small letters: {words}; the words of a title begin with a capital",
        "标题里有 {count} 个词首字母小写（{words}），产品名的实词首字母应大写",
    ),
    page=Text(
        "Finds nouns, adjectives and the like that begin with a small letter in a title. A title is a name, and marketplaces such as Alibaba.com "
        "and Amazon ask for capitals at its words; in small letters it looks careless. Articles, conjunctions and prepositions (for, with, and), units "
        "(mm, in., cu. ft.), what stands behind a hyphen (Non-stick), brands (mophie), spellings such as iPhone or pH, and words that no lexicon "
        "knows are left as they are. Titles all in capitals are the matter of all-caps. The fix capitalises the words.",
        "检查标题里首字母小写的名词、形容词等实词。标题是产品的名称，阿里巴巴国际站、亚马逊等平台要求实词首字母大写，全小写显得随意。"
        "冠词、连词和介词（for、with、and）、单位（mm、in.、cu. ft.）、连字符后的部分（Non-stick）、品牌（mophie）、iPhone、pH 这类固定写法以及词库里没有的词都不动。"
        "全大写的标题由 all-caps 检查。修复会把这些词的首字母改成大写。",
    ),
    examples=(
        Good("Stainless Steel Water Bottle with Bamboo Lid"),
        Good("Non-stick Frying Pan 28 cm"),
        FalseAlarm("Case for iPhone, 5 in. Screen", why=Text("iPhone and in. are spelt so", "iPhone 和 in. 就是这样写的")),
        FalseAlarm("mophie Charger", brand="mophie", why=Text("the brand is written small", "品牌名就是小写")),
        Bad("stainless steel water bottle", fixed="Stainless Steel Water Bottle", marked="stainless"),
        Bad("Rubber sealing ring for pumps", fixed="Rubber Sealing Ring for Pumps"),
        Bad("Braided usb charging cable 2 m", fixed="Braided USB Charging Cable 2 m", marked="usb"),
        Bad("Embroidered cloth shoes-red", fixed="Embroidered Cloth Shoes-Red", marked="cloth"),
        Bad("Laptop Charger 19 V oem", fixed="Laptop Charger 19 V OEM"),
        Bad("Oak Dining table", fixed="Oak Dining Table", marked="table"),
        Bad("Felt Pen Set 12 colors, solid color box", fixed="Felt Pen Set 12 colors, Solid Color Box", marked="solid"),
    ),
    check=check,
)
