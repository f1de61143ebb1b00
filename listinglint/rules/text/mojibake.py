"""Text decoded with the wrong encoding: `BrontÃ«`, `350Â°C`, `Menâ€™s`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from listinglint import lexicons
from listinglint.model import TEXT_FIELDS, Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.amounts import in_all
from listinglint.rules.analysis import AnalysedListing, FieldText, is_wide
from listinglint.rules.bounds import bounded
from listinglint.rules.phrases import read_lexicon
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule
from listinglint.rules.screens import any_of

_SUSPECT: Final = lazy_pattern(r"[ÂÃâãäåæçèéðÐÑÎÏÄÅïÌÛÔË‚┬├Æ\ufffd\x80-\x9f]")
_SUSPECT_LATIN: Final = any_of("ÂÃâãäåæçèéðÐÑÎÏÄÅïÌÛÔËÆ" + "".join(map(chr, range(0x80, 0xA0))))
_CHUNK: Final = lazy_pattern(r"[^\s<>]*[^\x00-\x7f\s<>][^\s<>]*(?:[\xa0][^\s<>]*)*")
_LOST_APOSTROPHE: Final = lazy_pattern(r"(?<![/?=&\w-])[A-Za-z]{2,20}\?(?:s|t|re|ve|ll)(?![\w=?])")
_LOST_QUOTE: Final = lazy_pattern(r"(?<=[a-z])â(?=(?:s|t|re|ve|ll)(?!\w))")
_LOST_SIGNS: Final = (
    (re.compile(r"(?<![/=&?\w.-])-?\d+(?:\.\d+)?\s?(\?)\s?[CF](?!\w)"), "°"),
    (re.compile(r"\d\s?(\?)m(?!\w)"), "µ"),
    (re.compile(r"(?<![/=&?\w.])\d+(?:\.\d+)?(\?)\d+(?:\.\d+)?(?![\w=&?])"), None),
    (re.compile(r"(?<=[\d\s])(\?[ÂÃâ]\??|[ÂÃ]\?)"), None),
    (re.compile(r"(?<=[\w%] )(\?{2})(?= ?\d)"), None),
)
_LOST_LETTER: Final = lazy_pattern(r"(?<![\w/?=&'])(?=[\w'-]*\?)[A-Za-z?][A-Za-z'-]*\??[A-Za-z'-]*(?![\w=&?])")
_LOST_WORD: Final = lazy_pattern(r"(?<![\w?!])(\?{3,})(?![\w?!])|(?<=[(\[])(?=\?)(\?{2,})(?=[)\]])")
_SHORT: Final = frozenset({"title", "subtitle", "keywords", "seo_title"})
_LONGEST: Final = 400
"""Longer chunks without a space are no words; they are only looked up in the table."""


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    known = {row["garbled"]: row["right"] for row in read_lexicon("mojibake")}
    longest = sorted(known, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), known


@cache
def _repaired(chunk: str) -> str:
    import ftfy

    if len(chunk) > _LONGEST:
        return chunk
    before, right = "", chunk
    for _ in range(4):
        if right == before:
            break
        before, right = right, ftfy.fix_encoding(right)
    if any("\x80" <= c <= "\x9f" for c in right):
        right = ftfy.fixes.fix_c1_controls(right)
    return "" if right != chunk and right in ("Â", "Ã") else right


def _translated(chunk: str) -> str:
    """`chunk` with what the table knows put right."""
    pattern, known = _table()
    chunk = _LOST_QUOTE.sub("’", chunk)
    return pattern.sub(lambda found: found[0] if _in_word(chunk, *found.span()) else known[found[0]], chunk)


def _trimmed(chunk: str, right: str, at: int) -> tuple[int, int, str]:
    """The edit from `chunk` (which begins at `at`) to `right` without what both have in common at the ends."""
    lead = 0
    while lead < min(len(chunk), len(right)) and chunk[lead] == right[lead]:
        lead += 1
    tail = 0
    while tail < min(len(chunk), len(right)) - lead and chunk[-1 - tail] == right[-1 - tail]:
        tail += 1
    return at + lead, at + len(chunk) - tail, right[lead : len(right) - tail]


def _may_be_garbled(raw: str) -> bool:
    return is_wide(raw) or _SUSPECT_LATIN(raw.encode("latin-1"))


def _garbled(part: FieldText) -> Iterator[tuple[int, int, str | None]]:
    raw = part.raw
    if not raw.isascii() and _may_be_garbled(raw) and _SUSPECT.search(raw):
        for match in _CHUNK.finditer(raw):
            chunk = match[0]
            if not _SUSPECT.search(chunk):
                continue
            right = _translated(_repaired(chunk))
            broken = right.find("ï¿")
            if broken >= 0:
                # The replacement character, garbled once more: what it stood for is lost.
                start = next((at for at, (one, other) in enumerate(zip(chunk, right, strict=False)) if one != other), broken)
                end = 1 + max(at for at, letter in enumerate(chunk) if not letter.isascii())
                yield match.start() + start, match.start() + end, None
                continue
            if right != chunk:
                start, end, put = _trimmed(chunk, right, match.start())
                yield start, end, None if "\ufffd" in put else put
                continue
            lost = chunk.find("\ufffd")
            if lost >= 0:
                yield match.start() + lost, match.start() + lost + 1, None
    if "?" in raw:
        for match in _LOST_APOSTROPHE.finditer(part.text):
            at = match.start() + match[0].index("?")
            yield at, at + 1, "'"
        yield from _lost(part)


def _lost(part: FieldText) -> Iterator[tuple[int, int, str | None]]:
    """Question marks in the place of a letter or sign: a degree, a micron, an accent, a whole word."""
    for pattern, right in _LOST_SIGNS:
        for match in pattern.finditer(part.text):
            yield match.start(1), match.end(1), right
    for match in _LOST_LETTER.finditer(part.text):
        written = _accented().get(match[0].lower())
        if written is not None:
            at = match[0].index("?")
            letter = written[at]
            yield match.start() + at, match.start() + at + 1, letter.upper() if match[0].isupper() else letter
    if part.field in _SHORT:
        for match in _LOST_WORD.finditer(part.text):
            yield *match.span(), None


@cache
def _accented() -> dict[str, str]:
    """Words with one accented letter, by their spelling with a question mark in its place."""
    out = {}
    for word in lexicons.word_list("accented_words"):
        places = [at for at, letter in enumerate(word) if not letter.isascii()]
        if len(places) == 1:
            out[word[: places[0]] + "?" + word[places[0] + 1 :]] = word
    return out


def _in_word(chunk: str, start: int, end: int) -> bool:
    """True where all of the pair are letters with more accented letters about them: another language's word."""
    found = chunk[start:end]
    return found.isalpha() and not found.isascii() and any(c.isalpha() and not c.isascii() for c in chunk[:start] + chunk[end:])


@bounded()
def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding a text: it marks the first garbled place and mends all that can be mended."""
    for part in doc.texts():
        if part.raw.isascii() and "?" not in part.raw:
            continue
        found = sorted(_garbled(part), key=lambda edit: edit[0])
        if not found:
            continue
        start, end, right = found[0]
        edits = [(s, e, r) for s, e, r in found if r is not None]
        if right is not None:
            if not right and not part.raw[end : end + 1].isspace():
                # What was put in before a sign is shown with the sign: `Â®` is a broken `®`.
                right, end = part.raw[end : end + 1], end + 1
            yield part.hit(start, end, edits=edits, right=right or " ", more=in_all(len(found)))
        else:
            yield part.hit(start, end, "lost", edits=edits, more=in_all(len(found)))


RULE = Rule(
    name="mojibake",
    group="text",
    severity="warning",
    fields=TEXT_FIELDS,
    fix="unsafe",
    screen=lambda doc: doc.wide or b"?" in doc.latin or _SUSPECT_LATIN(doc.latin),
    summary=Text("Text decoded with the wrong encoding", "用错误编码打开而产生的乱码"),
    messages={
        "default": Text(
            "'{text}' is a broken '{right}'{more}: the text was read with the wrong encoding",
            "“{text}”是“{right}”的乱码{more}：文本曾用错误的编码打开",
        ),
        "lost": Text(
            "a character was lost here{more}: the text was read with the wrong encoding; type it again",
            "这里的字符因编码错误已经丢失{more}，请重新输入",
        ),
    },
    page=Text(
        "Finds the traces of a wrong encoding: Ã«, Â°, â€™, the replacement character �, and question marks inside words "
        "(Women?s). They arise when a UTF-8 file is opened as a Windows or Mac file and saved again. Buyers see rubbish, "
        "and neither the word nor the unit is found. Letters that belong to a name (Ü, ñ, é) are in order. The fix puts "
        "the right character back; look at it, since a character that was lost altogether can only be guessed. Save the "
        "file as UTF-8 to keep it from coming back.",
        "检查错误编码留下的痕迹：Ã«、Â°、â€™、替换符 �，以及单词中间的问号（Women?s）。这通常是把 UTF-8 文件当作 Windows 或 Mac 编码打开再保存造成的。"
        "买家看到的是乱码，词和单位也都搜不到。名称里本来就有的字母（Ü、ñ、é）不算问题。修复会换回正确的字符，请人工确认，"
        "因为完全丢失的字符只能猜测。以后请把文件存为 UTF-8，以免再次出现。",
    ),
    examples=(
        Good("Café Crème Coffee Set"),
        Good("Oven Thermometer 50–300 °C"),
        FalseAlarm("Über Grill Tongs, Señor Chef", why=Text("these accents belong to the names", "这些重音字母是名称的一部分")),
        FalseAlarm(
            "Desk Lamp",
            description="Why this lamp? So bright! https://example.org/lamp?size=2",
            why=Text("a question and an address keep their question marks", "问句和网址里的问号是正常的"),
        ),
        Bad("Oven Thermometer 300Â°C", fixed="Oven Thermometer 300°C"),
        Bad("Crème BrÃ»lÃ©e Torch", fixed="Crème Brûlée Torch"),
        Bad("Kidâ€™s Raincoat", fixed="Kid’s Raincoat"),
        Bad("Women?s Leather Gloves", fixed="Women's Leather Gloves", marked="?"),
        Bad("Angle Grinder Stand 45å¡ Tilt", fixed="Angle Grinder Stand 45° Tilt"),
        Bad("NorvelÂ® Shower Speaker", fixed="Norvel® Shower Speaker", marked="Â®"),
        Bad("Norvel Watch 7AÃ¯Â¿Â½ Band"),
        Bad("Wax Warmer 65â°c", fixed="Wax Warmer 65°c"),
        Bad("Leather Belt \ufffd Brown"),
        Bad("Angle Iron 45?Â? Cut", marked="?Â?"),
        Bad("Oven Glove up to 250?C", fixed="Oven Glove up to 250°C"),
        Bad("Cr?me Jug 0.2 L", fixed="Crème Jug 0.2 L"),
        FalseAlarm("Got Game? 2 Player Board Game", why=Text("a question", "是一个问句")),
    ),
    check=check,
)
