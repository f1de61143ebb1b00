"""Doubled, leading and trailing spaces, spaces before punctuation, repeated punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from listinglint import lexicons
from listinglint.language.words import COLOUR, HEAD, KNOWN, MATERIAL, TYPE_WORD, UNIT, lexicon, word_info
from listinglint.model import TEXT_FIELDS, Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.amounts import in_all
from listinglint.rules.analysis import AnalysedListing, FieldText, is_wide
from listinglint.rules.bounds import bounded
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule
from listinglint.rules.screens import LETTERS, shapes

_BEFORE: Final = r"(?<=[^\s]) +(?=(?:[,;]|[!?](?!\w))(?![-'(]?\)))(?!;-?\))|(?<=[\w)\"']) +(?=[.:](?:\s|\Z))(?!\.\.)|(?<=[\w.%\"']) +(?=[)\]])|(?<=[(\[]) +(?=\w)"
_REPEATED: Final = (
    r",(?:\s?,)+|;(?:\s?;)+|!{2,}|\?{2,}|(?<=\w)::(?!:)|(?<![.\d])\.\.(?!\.)(?=\s|\Z)|(?<=[a-z)])\. \.(?! ?\.)(?=\s|\Z)|"
    r"(?<=[A-Za-z)])(?:\.[,;]|,\.(?!\d|\.)|[,;][;,])(?=\s|\Z)|(?<= )-(?: -)+(?= )"
)
_FIRST: Final = r"(?=[ \t,;:!?.-])"
"""What every find begins with: elsewhere the alternatives need not be tried."""
_ONE_LINE: Final = lazy_pattern(rf"{_FIRST}(?:\A[ \t]+|[ \t]+\Z|(?<=\S)[ ]{{2,}}(?=\S)|{_BEFORE}|{_REPEATED})")
_LONG: Final = lazy_pattern(rf"{_FIRST}(?:(?<=[^\s.:!?])[ ]{{2,}}(?=[^\s])|{_BEFORE}|{_REPEATED})")
_HTML: Final = lazy_pattern(rf"{_FIRST}(?:{_BEFORE}|{_REPEATED})")
_TIGHT: Final = lazy_pattern(r"(?<=[A-Za-z]{3})[,;](?=[A-Za-z]{3})")
"""A comma between two words without a space; between figures and single letters it may be meant."""
_GLUED: Final = lazy_pattern(r"(?<![\w'’.-])([A-Z][a-z]{2,}|with|for|and)([A-Z][a-z]{2,})(?![\w'’®™.-])")
_INNER: Final = lazy_pattern(r"[a-z][A-Z][a-z]{2}")
_SHAPES: Final = shapes({" ": " \t", "n": "\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0", ",": ",;", ".": ".:!?", ")": ")]", "(": "([", "-": "-"})
_LETTERS: Final = shapes({"a": LETTERS, ",": ",;"})
_SIGNS: Final = (b" ,", b" .", b",,", b",.", b".,", b"..", b", ,", b". .", b",n,")
_ROUGHLY: Final = (b" ,", b",,", b", ,", b",n,")
"""The same where commas and full stops are not told apart."""
_ROUGH: Final = bytes.maketrans(b".", b",")
_DOUBLED: Final = (b"_  ", b",  ", b")  ", b"(  ", b"-  ")
"""Shapes of which one stands in every text that a pattern finds something in, but for spaces at its ends; in long texts two spaces may follow a sentence."""
_STARTS: Final = (
    *((before + b"  ", 1) for before in (b"_", b",", b".", b")", b"(", b"-")), (b"( ", 1),
    *((sign, 0) for sign in (b" ,", b" .", b" )", b",,", b",.", b".,", b"..", b", ,", b",n,", b". .", b"- -")),
)  # fmt: skip
"""Shapes of which one stands wherever a find begins in a long text, with how many characters it stands before."""
_LONG_FIELDS: Final = frozenset({"description", "brief", "highlights", "meta_description"})


def _replacement(raw: str, start: int, end: int) -> str:
    found = raw[start:end]
    if found.isspace():
        before, after = raw[start - 1 : start], raw[end : end + 1]
        if after == "." and raw[end + 1 : end + 2].isdigit():
            return " "  # a number such as .925
        return "" if not before or not after or after in ",;!?.:)]" or before in "([" else " "
    if found[0] != found[-1]:
        return "." if "." in found and not raw[end:].strip() else ";" if ";" in found else ","
    return found[0]


def _abbreviated(raw: str, start: int, end: int) -> bool:
    """True for a full stop that may belong to an abbreviation (`3/4 in., zinc`; `Co., Ltd.`): before a comma only a full word needs none."""
    if raw[start] != "." or raw[start:end] not in (".,", ".;"):
        return False
    match = _LAST_WORD.search(raw, max(0, start - 40), start)
    word = match[0].lower() if match else ""
    flags = word_info(word)
    return len(word) < 3 or bool(flags & UNIT) or not (flags & HEAD or (len(word) > 4 and flags & KNOWN)) or word in _SHORTENED


_LAST_WORD: Final = lazy_pattern(r"[A-Za-z]+\Z")
_SHORTENED: Final = frozenset(["approx", "assoc", "intl", "assort", "comp", "corp", "dept", "diam", "elec", "encl", "equip", "excl", "fahr", "govt", "incl", "intro", "manuf", "misc", "prof", "reinf", "spec", "specs", "stainl", "temp", "univ", "vols", "pkg", "assd"])


def _pattern(part: FieldText, doc: AnalysedListing) -> re.Pattern[str]:
    if part.field not in _LONG_FIELDS:
        return _ONE_LINE
    return _HTML if doc.marketplace.markup == "html" and part.field == "description" else _LONG


def _edits(raw: str, places: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Edits for the places, with a space put in after a comma that stood between a space and a letter."""
    edits = []
    for start, end in places:
        edits.append((start, end, _replacement(raw, start, end)))
        mark = end if raw[start:end].isspace() else -1
        if mark >= 0 and raw[mark : mark + 1] in (",", ";") and raw[mark + 1 : mark + 2].isalpha():
            edits.append((mark + 1, mark + 1, " "))
        elif mark < 0 and raw[end : end + 1].isalpha():
            edits.append((end, end, " "))
    return edits


@bounded()
def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding a text: it marks the first place and mends all."""
    for part in doc.texts(english=True):
        raw = part.raw
        if part.field == "title" and _INNER.search(part.text):
            yield from _glued(doc, part)
        if part.field not in ("keywords", "brand") and _may_be_tight(raw.encode("latin-1", "replace")):
            yield from _tight(part)
        if part.field == "keywords" and doc.marketplace.keywords == "bag" and "  " not in raw:
            continue
        pattern = _pattern(part, doc)
        if not _may_hold(_SHAPES(raw.encode("cp1252" if is_wide(raw) else "latin-1", "replace").replace(b"...", b"___")), _DOUBLED if part.field in _LONG_FIELDS else (b"  ",)) and not (pattern is _ONE_LINE and (raw[0].isspace() or raw[-1].isspace())):
            continue
        text = part.text if pattern is _HTML else raw
        found = pattern.finditer(text) if pattern is _ONE_LINE else _found(pattern, text)
        places = [m.span() for m in found if not _abbreviated(text, *m.span())]
        if pattern is _HTML or "<" in raw:
            text = part.text
            places = [(s, e) for s, e in places if raw[s:e] == text[s:e] and raw[e : e + 1] == text[e : e + 1] and raw[s - 1] == text[s - 1]]
        if not places:
            continue
        start, end = places[0]
        yield part.hit(start, end, _kind(raw, start, end), edits=_edits(raw, places), safe=True, more=in_all(len(places)))


def _found(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `finditer` finds of a pattern for long texts, which is tried only where a shape stands that a find may begin with."""
    shaped = _SHAPES(text.encode("latin-1", "replace"))
    starts: set[int] = set()
    for sign, lead in _STARTS:
        at = shaped.find(sign)
        while at >= 0:
            starts.add(at + lead)
            at = shaped.find(sign, at + 1)
    end = 0
    for start in sorted(starts):
        match = pattern.match(text, start) if start >= end else None
        if match is not None:
            end = match.end()
            yield match


def _may_be_tight(latin: bytes) -> bool:
    """True wherever a comma has letters on both sides; what an entity stands for may be one."""
    return b"aaa,aaa" in _LETTERS(latin) or (b"&" in latin and (b"," in latin or b";" in latin))


def _tight(part: FieldText) -> Iterator[Hit]:
    """One finding for all commas that no space parts from the next word."""
    places = [match.end() for match in _TIGHT.finditer(part.text) if part.raw[match.start() - 1 : match.end() + 1] == part.text[match.start() - 1 : match.end() + 1]]
    if places:
        yield part.hit(places[0] - 1, places[0], "tight", edits=[(at, at, " ") for at in places], safe=True, more=in_all(len(places)))


def _glued(doc: AnalysedListing, part: FieldText) -> Iterator[Hit]:
    """Two nouns of the product list, or a small word and a noun, written as one word with a capital inside (`BagTravel`); no names."""
    names = {word.lower() for field in ("brand", "model") for word in (doc.listing.text(field) or "").split()}
    brand = doc.name.spans.get("brand", ())
    for match in _GLUED.finditer(part.text):
        whole, first, last = match[0].lower(), match[1].lower(), match[2].lower()
        small = match[1].islower()
        if whole in names or whole in lexicon() or whole in lexicons.brands() or whole in lexicons.word_list("product_lines") or any(s <= match.start() < e for s, e in brand):
            continue
        if not small and (not part.text[: match.start()].strip() or not word_info(first) & (HEAD | MATERIAL | COLOUR | TYPE_WORD)):
            continue
        kinds = word_info(last) | (0 if small else word_info(first))
        if not kinds & HEAD or not word_info(last) & (HEAD | COLOUR | TYPE_WORD) or (doc.statistics is not None and doc.statistics.more_than(whole, 1)):
            continue
        parted = f"{match[1]} {match[2]}"
        yield part.hit(*match.span(), "glued", replace=parted, parted=parted)


def _kind(raw: str, start: int, end: int) -> str:
    if not raw[start:end].isspace():
        return "repeated" if len(set(raw[start:end].replace(" ", ""))) == 1 else "two"
    if start == 0 or end == len(raw):
        return "edge"
    return "doubled" if end - start > 1 and raw[end] not in ",;!?.:)" else "before"


def _may_hold(shaped: bytes, doubled: Sequence[bytes]) -> bool:
    """False where no pattern finds anything but spaces at the ends."""
    if any(sign in shaped for sign in _SIGNS) or (b"  " in shaped and any(sign in shaped for sign in doubled)):
        return True
    return _beside(shaped)


def _beside(shaped: bytes) -> bool:
    return (b")" in shaped and b" )" in shaped) or (b"(" in shaped and b"( " in shaped) or (b"-" in shaped and b"- -" in shaped)


def _untidy(doc: AnalysedListing) -> bool:
    """False where nothing is doubled, stands before a sign, or at an end of a text or line."""
    shaped = _SHAPES(doc.latin.replace(b"...", b"___"))  # of three dots in a row none is a fault
    rough = shaped.translate(_ROUGH)
    if (b"_,_" in shaped and _may_be_tight(doc.latin)) or (doc.title is not None and _INNER.search(doc.title.text)):
        return True
    if b"  " in shaped or b" n" in shaped or b"n " in shaped or shaped[:1] == b" " or shaped[-1:] == b" ":
        return True
    return any(sign in rough for sign in _ROUGHLY) or _beside(shaped)


RULE = Rule(
    name="untidy-spacing",
    group="text",
    severity="info",
    fields=TEXT_FIELDS,
    screen=_untidy,
    fix="both",
    summary=Text("Stray spaces or repeated punctuation", "多余空格、首尾空格、标点前的空格、重复标点"),
    messages={
        "edge": Text("a space at the beginning or the end{more}; take it out", "开头或结尾有空格{more}，请删掉"),
        "doubled": Text("more than one space in a row{more}; one is enough", "有连续空格{more}，留一个即可"),
        "before": Text("a space where none belongs, beside punctuation{more}", "标点旁边有不该有的空格{more}"),
        "two": Text("'{text}': two punctuation marks where one belongs{more}", "“{text}”：两个标点连用{more}，只留一个"),
        "tight": Text("no space behind the comma{more}; put one in", "逗号后面缺少空格{more}，请补上"),
        "glued": Text("'{text}' is two words written together; part them: '{parted}'", "“{text}”是两个词连写在一起，请分开：“{parted}”"),
        "repeated": Text("'{text}': the same punctuation again{more}; once is enough", "“{text}”：标点重复{more}，一个就够"),
    },
    page=Text(
        "Finds spaces at the ends of a text, several spaces in a row, a space before a comma, a full stop or a closing "
        "bracket, no space behind a comma between words, two words of goods written together (BagTravel) in a title, and punctuation written twice (,, !!). It looks careless, and it costs characters where a title is "
        "limited. A decimal point that opens a number (.75), an ellipsis (...), two apostrophes as an inch mark (10''), and "
        "spaces round a dash or a slash are in order; in HTML descriptions, where the browser joins spaces, doubled spaces are "
        "not looked at. The fix is safe and changes nothing but spaces and doubled marks; parting two words is unsafe, since they may be a name.",
        "检查文本首尾的空格、连续空格、逗号、句号或右括号前的空格，单词之间逗号后缺少的空格，标题里连写在一起的两个词（BagTravel），以及重复的标点（,, !!）。这些会显得不专业，在限制字数的标题里还浪费字符。"
        "省略整数部分的小数点（.75）、省略号（...）、用两个撇号表示的英寸（10''）、破折号或斜杠两边的空格都属正常；"
        "HTML 描述里浏览器会合并空格，因此不检查连续空格。修复是安全的，只改动空格和重复的标点；拆开连写的词属于不安全修复，因为那可能是名称。",
    ),
    examples=(
        Good("Bamboo Tray, 40 x 30 cm (Natural)"),
        Good("Gear Oil ... 5 L / 20 L"),
        FalseAlarm("Rock 'n Roll Wall Clock 10'' - Fuse .5 A", why=Text("'n, an inch mark and a decimal point", "'n、英寸符号和小数点")),
        Bad("  Bamboo Tray ", fixed="Bamboo Tray"),
        Bad("Bamboo  Tray  -  Large", fixed="Bamboo Tray - Large"),
        Bad("Bamboo Tray ,Large", fixed="Bamboo Tray, Large"),
        Bad("Bamboo Tray,Large,Natural", fixed="Bamboo Tray, Large, Natural", marked=","),
        Bad("Canvas Tote Portable BagTravel", fixed="Canvas Tote Portable Bag Travel", marked="BagTravel"),
        FalseAlarm("Case for MacBook, PowerShot and BoxCave®, sizes S,M,L, 1,000 pcs", why=Text("names, letters and a number", "名称、字母和数字")),
        Bad("Bamboo Tray,, Large!!", fixed="Bamboo Tray, Large!", marked=",,"),
        FalseAlarm("Tray 12 in., Oak, by Miller Co., Ltd.", why=Text("the full stops belong to abbreviations", "句点属于缩写")),
        Bad("Bamboo Tray., Large", fixed="Bamboo Tray, Large", marked=".,"),
        Bad("Bamboo Tray - - Large", fixed="Bamboo Tray - Large"),
        Bad("Tray ( Large )", fixed="Tray (Large)"),
        Bad("Bamboo Tray", description="Strong , light and easy to clean .", fixed={"description": "Strong, light and easy to clean."}),
    ),
    check=check,
)
