"""Characters that nobody sees: no-break and zero-width spaces, controls, private use, soft hyphens."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from listinglint.model import TEXT_FIELDS, Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.amounts import in_all
from listinglint.rules.analysis import AnalysedListing, FieldText, is_wide
from listinglint.rules.bounds import bounded
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts

_ONE_LINE: Final = frozenset({"title", "subtitle", "seo_title", "meta_description"})
_INVISIBLE: Final = lazy_pattern(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x81\x8d\x8f\xa0\xad\u034f\u115f\u1160\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    r"\u3164\ufeff\uffa0\ufff9-\ufffb\ue000-\uf8ff\U000f0000-\U0010fffd]"
)
_BREAKS: Final = lazy_pattern(r"[\t\r\n]")
_MOJIBAKE_LEAD: Final = frozenset("ÂÃâãäåæçèéðÐÑÎÏÄÅï")
_JOINERS: Final = "\u200c\u200d"
_MARKS: Final = "\u200e\u200f"
_CODES: Final = {
    "\xa0": "no-break space", "\xad": "soft hyphen", "\u200b": "zero-width space", "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner", "\u200e": "left-to-right mark", "\u200f": "right-to-left mark", "\ufeff": "byte order mark",
    "\t": "tab", "\n": "line break", "\r": "line break", "\u2028": "line separator",
}  # fmt: skip
_CODES_ZH: Final = {
    "\xa0": "不换行空格", "\xad": "软连字符", "\u200b": "零宽空格", "\u200c": "零宽非连接符", "\u200d": "零宽连接符", "\u200e": "从左到右标记",
    "\u200f": "从右到左标记", "\ufeff": "字节序标记", "\t": "制表符", "\n": "换行符", "\r": "换行符", "\u2028": "行分隔符",
}  # fmt: skip


def _legitimate(raw: str, at: int) -> bool:
    """True for joiners within emoji and Indic or Arabic words, direction marks beside such writing, halves of mojibake."""
    character = raw[at]
    before, after = raw[at - 1 : at], raw[at + 1 : at + 2]
    if character in _JOINERS:
        return any(c and (unicodedata.category(c) in ("So", "Mn", "Sk") or "\u0600" <= c <= "\u0dff") for c in (before, after))
    if character in _MARKS:
        return any(unicodedata.bidirectional(c) in ("R", "AL") for c in (before, after) if c)
    return ("\x7f" < character < "\xa0" or character in "\xa0\xad") and before in _MOJIBAKE_LEAD and before != ""


def _is_space(character: str) -> bool:
    return character.isspace() or character in "\u180e\u3164\uffa0\u115f\u1160"


def _replacement(raw: str, start: int, end: int) -> str:
    run = raw[start:end]
    before, after = raw[start - 1 : start], raw[end : end + 1]
    if not any(_is_space(c) or unicodedata.category(c) == "Cc" for c in run):
        return ""
    return " " if before and after and not before.isspace() and not after.isspace() else ""


def _runs(part: FieldText, allow: frozenset[str]) -> Iterator[tuple[int, int]]:
    raw = part.raw
    places = {m.start() for m in _INVISIBLE.finditer(raw) if raw[m.start()] not in allow and not _legitimate(raw, m.start())}
    if part.field in _ONE_LINE:
        places.update(m.start() for m in _BREAKS.finditer(raw.rstrip("\r\n")))
    start = end = -1
    for at in sorted(places):
        if at != end:
            if start >= 0:
                yield start, end
            start = at
        end = at + 1
    if start >= 0:
        yield start, end


@bounded()
def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding a text, which mends every invisible character in it."""
    allow = frozenset("".join(options["allow"]))
    for part in doc.texts():
        if part.raw.isprintable() and not is_wide(part.raw):
            continue
        runs = list(_runs(part, allow))
        if not runs:
            continue
        first = part.raw[runs[0][0]]
        code = f"U+{ord(first):04X}"
        yield part.hit(
            *runs[0],
            edits=[(start, end, _replacement(part.raw, start, end)) for start, end in runs],
            safe=True,
            more=in_all(len(runs)),
            what=Text(_CODES.get(first, code), _CODES_ZH.get(first, code)),
        )


RULE = Rule(
    name="invisible-characters",
    group="text",
    severity="warning",
    fields=TEXT_FIELDS,
    screen=lambda doc: doc.wide or any(not part.raw.isprintable() for part in doc.texts()),
    fix="safe",
    options=(
        Option("allow", list, (), Text("characters that are accepted, such as the no-break space", "允许出现的字符，例如不换行空格")),
    ),
    summary=Text("Invisible characters: no-break and zero-width spaces, controls, soft hyphens", "看不见的字符：不换行空格、零宽字符、控制字符、软连字符等"),
    messages=texts(
        "a character that nobody sees: {what}{more}; searches do not match across it",
        "有看不见的字符：{what}{more}，会让搜索匹配不上",
    ),
    page=Text(
        "Finds no-break spaces, zero-width spaces, soft hyphens, direction marks, control and private-use characters; in "
        "one-line fields such as the title also tabs and line breaks. They come with texts copied from web pages, Word or "
        "PDF. Nobody sees them, but 'steel' with a soft hyphen inside is another word to a search engine, and a limit "
        "counts them. Joiners inside emoji and in Arabic or Indian scripts, and line breaks in descriptions, are in order. "
        "The fix is safe: spaces become ordinary ones, the rest goes.",
        "检查不换行空格、零宽空格、软连字符、文字方向标记、控制字符和私用区字符；标题等单行字段里的制表符和换行符也算在内。"
        "它们多半是从网页、Word 或 PDF 复制带进来的，肉眼看不见，但对搜索引擎来说，中间夹着软连字符的 steel 就是另一个词，"
        "而且还会占用字数。表情符号以及阿拉伯文、印度文字里的连接符，还有描述中的换行，都属正常。修复是安全的：空白改成普通空格，其余删除。",
    ),
    examples=(
        Good("Insulated Lunch Bag 5 L"),
        Good("Camping Lantern", description="Height: 18 cm\r\nWeight: 210 g\r\nMaterial: ABS"),
        FalseAlarm(
            "Family Fridge Magnet",
            description="A gift for the whole family 👨‍👩‍👧",
            why=Text("zero-width joiners hold an emoji together", "零宽连接符把一个表情符号连在一起"),
        ),
        Bad("Insulated\u00a0Lunch Bag", fixed="Insulated Lunch Bag", marked="\u00a0"),
        Bad("\u00a0Garden Hose", fixed="Garden Hose"),
        Bad("Gal\u00advanized Steel Buc\u00adket", fixed="Galvanized Steel Bucket"),
        Bad("Phone Case \u200f(Silver)", fixed="Phone Case (Silver)"),
        Bad("Folding\tChair", fixed="Folding Chair"),
    ),
    check=check,
)
