"""E-mail addresses, telephone numbers, web addresses and messenger ids in public fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from listinglint.language.vocabulary import DIGITS, flag_for
from listinglint.language.words import word_info
from listinglint.model import TEXT_FIELDS, Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FieldText, is_wide
from listinglint.rules.bounds import bounded
from listinglint.rules.phrases import normal, read_lexicon
from listinglint.rules.removal import removal
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule
from listinglint.rules.screens import LETTERS, shapes

_EMAIL: Final = lazy_pattern(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,40}){0,3}\.[A-Za-z]{2,24}(?![\w])")
_PROVIDERS: Final = r"gmail|googlemail|yahoo|ymail|hotmail|outlook|live|icloud|aol|qq|163|126|sina|foxmail|yandex|mail|protonmail|rediffmail"
_TLDS: Final = r"(?:com|net|cn|org|co|info|biz|in|de|uk|ru)\b"
_DOT: Final = r"(?:[(\[{]\s?(?:dot|\.)\s?[)\]}]|\sdot\s)"
_SPELT: Final = lazy_pattern(
    rf"\b[\w.+-]{{2,40}}\s?(?:[(\[{{]\s?(?:at|@)\s?[)\]}}]|\sat\s|\s@\s?|@\s)\s?(?:(?:{_PROVIDERS})\s?(?:\.|[(\[]?\s?dot\s?[)\]]?)\s?{_TLDS}|"
    rf"[\w-]{{2,40}}\s?{_DOT}\s?{_TLDS})|\b[\w.+-]{{2,40}}\s?[(\[{{]\s?(?:at|@)\s?[)\]}}]\s?[\w-]{{2,40}}\.{_TLDS}",
    re.I,
)
_SPELT_HOST: Final = lazy_pattern(rf"(?<![\w.])(?:www\s?{_DOT}\s?)?[a-z][\w-]{{2,40}}\s?{_DOT}\s?(?:com|net|org|cn)\b", re.I)
_SPELT_SIGNS: Final = (" dot ", "(at)", "[at]", "{at}", "(dot)", "[dot]", "{dot}", "( at )", "(@)", "[@]")
_URL: Final = lazy_pattern(r"(?:\b(?:https?|ftp)://|\bwww\.)[^\s<>\"'，。；）]{3,200}", re.I)
_SHORT_LINK: Final = lazy_pattern(r"(?<![\w./@-])(?:(?:t|wa|m|line|ig|zalo)\.me|linktr\.ee|discord\.gg|bit\.ly|goo\.gl|wa\.link)/[^\s<>\"'，。；）]{3,100}", re.I)
_TLD: Final = lazy_pattern(
    r"\.(?:com|net|org|biz|info|shop|store|online|website|cn|com\.[a-z]{2}|co\.[a-z]{2})(?![\w-]|\.[a-z]{2,3}\b)(?:/[^\s<>\"']{0,100})?", re.I
)
_HOST: Final = lazy_pattern(r"(?<![\w@./:-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,40}\.){0,2}[A-Za-z0-9][A-Za-z0-9-]{1,40}\Z")
_NO_DOMAIN: Final = lazy_pattern(r"\A(?:\d+|asp|node|vue|socket|next|express|ado|vb)\.", re.I)
_NUMBER: Final = lazy_pattern(r"(?<!\w)\(?\+?\d(?:[ ().\-/–]{0,2}\d){6,16}(?!\w)")
_INTERNATIONAL: Final = lazy_pattern(r"(?<![\w.+/-])(?:\+|00)\s?[1-9]\d{0,2}[ \-.(]{1,2}\(?\d(?:[ ().\-]{0,2}\d){6,12}(?![\w])|(?<![\w.+/-])\+[1-9]\d{9,13}(?!\w)")
_AMERICAN: Final = lazy_pattern(r"(?<![\w-])(?:1-8(?:00|33|44|55|66|77|88)-\d{3}-\d{4}|1?[ -]?\(\d{3}\) ?\d{3}-\d{4})(?![\w-])")
_SOME_DIGITS: Final = lazy_pattern(r"\d\D{0,2}\d\D{0,2}\d\D{0,2}\d\D{0,2}\d\D{0,2}\d\D{0,2}\d")
_ID: Final = r"(?P<id>@?[A-Za-z0-9+][\w.@+:-]{2,40})"
_ID_ENDS: Final = lazy_pattern(r"\s*(?:[.;!?)<\n|]|-\s|\Z)")
_LETTERED: Final = lazy_pattern(r"(?<![\w.])(?:M|T|P|Tel|Mob|Ph)\s?[:：]\s?(\(?\+?\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,5})(?![\w-])")
"""A telephone number behind the one letter that letterheads have for it."""
_MOST: Final = 3
_LEAD: Final = lazy_pattern(r"(?:\b(?:e-?mail|tel(?:ephone)?|phone|mobile|cell|fax|whats\s?app|we\s?chat|skype|viber|telegram|qq|web\s?site|homepage)\s*[:：]|(?<=\s)(?:only\s+)?(?:at|from|on|via))\s*\Z", re.I)
"""What introduces contact data and means nothing without it."""
_VERB: Final = lazy_pattern(r"\s+[a-z]")
_ENDS: Final = lazy_pattern(r"\s*(?:[.,;!?)<\n|]|\Z)")


@cache
def _words(kind: str) -> str:
    found = sorted((row["word"] for row in read_lexicon("messengers") if row["kind"] == kind), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s?") for word in found)


@cache
def _phone_word() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b(?:{_words('phone')}|{_words('messenger')})\b|[☎📞📱✆])\s*(?:no|number|num|id|us|at|on|me|now|nos)?\s*[.:#：/)-]{{0,3}}\s*"
        rf"(?:(?:at|on|us|is)\s)?\s?\Z",
        re.I,
    )


@cache
def _near_id() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_words('messenger')})\b\s*(?P<say>(?:id|no|number|account|add|name|us|me|at|is|as)\b)?\s*(?P<mark>[:：#=]|-\s|\()?\s*{_ID}", re.I
    )


@cache
def _near_handle() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('social')})\b\s*(?:[:：=(-]|at|on|us)*\s*(?P<id>@[A-Za-z0-9_.]{{3,30}})", re.I)


@cache
def _near_profile() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('social')})\b\s*(?:id|page|name|account)?\s*[:：=]\s*(?P<id>@?[A-Za-z0-9][A-Za-z0-9_.]{{3,40}})", re.I)


@cache
def _id_words() -> frozenset[str]:
    """Single words that name a messenger or network; `line` and other everyday words count as phrases only."""
    words = {row["word"].split()[0] for row in read_lexicon("messengers") if row["kind"] != "phone"}
    return frozenset(words - {"line", "signal", "trade", "we", "tik"}) | {"wechat"}


def _is_phone(number: str, strict: bool) -> bool:
    """True for what is shaped like a telephone number: 7–15 digits in few groups, none of them lone."""
    groups = [g for g in re.split(r"\D+", number) if g]
    digits = sum(map(len, groups))
    if not 7 <= digits <= 15 or len(groups) > 6 or len(set("".join(groups))) < 3:
        return False
    if len(groups) > 2 and max(map(len, groups)) < 3 and groups == sorted(groups):
        return False
    lone = sum(len(g) == 1 for g in groups[1:])
    return lone == 0 and (not strict or digits >= 9) and "/" not in number.replace(" / ", "")


def _has_id_shape(word: str) -> bool:
    low = word.lower().rstrip(".,:;)")
    digits = sum(c.isdigit() for c in low)
    return "_" in low or low.startswith(("live:", "wxid", "@")) or (digits >= 2 and len(low) >= 6)


def _is_id(match: re.Match[str], word: str, told: bool, name: str) -> bool:
    """True for an account behind a messenger's name: told by a colon, `id` or `is`, or shaped as no word of a text is."""
    say = (match["say"] or "").lower()
    if word.startswith("@") or (told and _has_id_shape(word)) or (say in ("is", "as", "at", "add", "name") and _has_id_shape(word)):
        return True
    if match["mark"] is None and not say:
        return word.isdigit() and len(word) >= 8
    inner = any(c in "._" for c in word[1:-1]) and not word.lower().endswith((".com", ".net", ".org"))
    if inner and match["mark"] is not None:
        return True
    if not told or not name.startswith(("wechat", "weixin", "微信", "skype", "telegram", "viber", "zalo", "kakao")):
        return False
    if say in ("id", "account"):
        return len(word) >= 5
    known = word_info(word.strip("@")) and not any(c.isdigit() for c in word)
    return len(word) >= 5 and not known and word.lower() not in _id_words() and _closes(match.string, match.start("id") + len(word))


def _closes(text: str, end: int) -> bool:
    """True where nothing but the end of a sentence or line, or a dash, follows: an id is no subject and no member of a list."""
    return _ID_ENDS.match(text, end) is not None


def _ids(part: FieldText) -> Iterator[tuple[int, int, str]]:
    text = part.text
    for match in _near_id().finditer(text):
        word = match["id"].rstrip(".:-")
        told = match["mark"] in (":", "：", "#", "=") or match["say"] in ("id", "ID", "Id", "account")
        name = match[0].split()[0].lower()
        if name.startswith(("line", "signal", "imo", "kik")) and not match[0].lower().startswith("line id") and not (match["say"] and match["mark"]):
            continue
        if _is_id(match, word, told, name):
            yield match.start("id"), match.start("id") + len(word), "messenger"
    for match in _near_profile().finditer(text):
        word = match["id"].rstrip(".:-")
        if _has_id_shape(word) or (len(word) > 7 and not word.islower() and not word_info(word) and _closes(text, match.start("id") + len(word))):
            yield match.start("id"), match.start("id") + len(word), "messenger"
    for match in _near_handle().finditer(text):
        yield match.start("id"), match.end("id"), "messenger"


def _addresses(part: FieldText) -> Iterator[tuple[int, int, str]]:
    text = part.text
    low = text.lower()
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield *match.span(), "email"
    if any(sign in low for sign in _SPELT_SIGNS) or ((" at " in low or " @" in low or "@ " in low) and ".com" in low):
        for match in _SPELT.finditer(text):
            yield *match.span(), "email"
        for match in _SPELT_HOST.finditer(text):
            yield *match.span(), "url"
    if "://" in text or "www." in low:
        for match in _URL.finditer(text):
            yield match.start(), match.start() + len(match[0].rstrip(".,;:!?)]")), "url"
    if ".me/" in low or "bit.ly/" in low or "linktr.ee/" in low or "discord.gg/" in low or "goo.gl/" in low or "wa.link/" in low:
        for match in _SHORT_LINK.finditer(text):
            yield match.start(), match.start() + len(match[0].rstrip(".,;:!?)]")), "url"
    if "." in text:
        for match in _TLD.finditer(text):
            host = _HOST.search(text[max(0, match.start() - 90) : match.start()])
            if host is not None and not _NO_DOMAIN.match(host[0] + "."):
                yield match.start() - len(host[0]), match.end(), "url"


def _numbers(part: FieldText) -> Iterator[tuple[int, int, str]]:
    text = part.text
    for match in _NUMBER.finditer(text):
        if _is_phone(match[0], False) and _phone_word().search(text[max(0, match.start() - 40) : match.start()]):
            yield *match.span(), "phone"
    if part.field in ("description", "brief"):
        for match in _LETTERED.finditer(text):
            if _is_phone(match[1], True):
                yield *match.span(1), "phone"
    for pattern in (_INTERNATIONAL, _AMERICAN):
        for match in pattern.finditer(part.text):
            if _is_phone(match[0], True):
                yield *match.span(), "phone"


def _candidates(part: FieldText) -> Iterator[tuple[int, int, str]]:
    text = part.text
    if "@" in text or "." in text or "://" in text or any(sign in text.lower() for sign in _SPELT_SIGNS):
        yield from _addresses(part)
    if part.mask & _MESSENGER and (not part.word_set.isdisjoint(_id_words()) or " line id " in part.norm or " tik tok " in part.norm or " we chat " in part.norm):
        yield from _ids(part)
    if part.mask & DIGITS and (part.mask & _PHONE or is_wide(text) or _may_be_marked(text.encode("latin-1", "replace"))) and _SOME_DIGITS.search(text):
        yield from _numbers(part)


@bounded()
def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding for each address or number, at most three a text; the fix takes it out wherever it stands."""
    allowed = tuple(one.lower() for one in options["allowed"])
    brand = "".join((doc.listing.text("brand") or "").lower().split())
    for part in doc.texts():
        taken: list[tuple[int, int]] = []
        found: dict[str, list[tuple[int, int, str]]] = {}
        for start, end, kind in _candidates(part):
            text = part.raw[start:end].lower()
            if kind == "url" and text.removeprefix("www.").split(".")[0] == doc.marketplace.name and "/" not in text:
                continue
            if any(s < end and start < e for s, e in taken) or any(one in text for one in allowed) or (brand and text == brand):
                continue
            taken.append((start, end))
            if text in found or len(found) < _MOST:
                found.setdefault(text, []).append((start, end, kind))
        for places in found.values():
            start, end, kind = places[0]
            edits = _without_overlap([_taken_out(part, s, e) for s, e, _ in sorted(places) if not _subject(part.raw, s, e)])
            yield part.hit(start, end, edits=edits, what=_KINDS[kind])


def _subject(raw: str, start: int, end: int) -> bool:
    """True where a sentence begins with the data and goes on with its verb (`shop.com offers …`): without it nothing is left to say."""
    before = raw[:start].rstrip()
    return (not before or before[-1] in ".!?\n>") and _VERB.match(raw, end) is not None


def _taken_out(part: FieldText, start: int, end: int) -> tuple[int, int, str]:
    """The edit that takes the data out, with the label or preposition before it where the sentence ends behind it."""
    lead = _LEAD.search(part.raw, max(0, start - 40), start)
    if lead is not None and _ENDS.match(part.raw, end):
        start = lead.start()
    return removal(part.raw, start, end)


def _without_overlap(edits: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The edits but those that touch what an earlier one takes out."""
    out: list[tuple[int, int, str]] = []
    for edit in edits:
        if not out or edit[0] >= out[-1][1]:
            out.append(edit)
    return out


_KINDS: Final = {
    "email": Text("an e-mail address", "邮箱地址"),
    "url": Text("a web address", "网址"),
    "phone": Text("a telephone number", "电话号码"),
    "messenger": Text("an account of a messenger or network", "社交或聊天账号"),
}

_MESSENGER: Final = flag_for(lambda: {*_id_words(), "line", "tik", "chat"})
_PHONE: Final = flag_for(lambda: {one for row in read_lexicon("messengers") if row["kind"] != "social" for one in (normal(row["word"]).split()[0], normal(row["word"]).replace(" ", ""))})
_DOT_WORD: Final = flag_for(lambda: {"dot"})
_ABROAD: Final = re.compile(rb"00(?<![\w.+/-]00)\s?[1-9]")
_AREA: Final = re.compile(rb"\(\d{3}\)")
_SHAPES: Final = shapes({"a": LETTERS, ".": "."})
_AT: Final = (b"at)", b"at]", b"at}", b"at )", b"at ]", b"at }", b"AT)", b"AT]", b"AT}", b"AT )", b"At)", b"At]", b"At}", b"At )")


def _may_be_marked(latin: bytes) -> bool:
    """True where a number may be told as one of a telephone by `+`, `00`, American groups or the letter of a letterhead."""
    return b"+" in latin or b":" in latin or b"1-8" in latin or _ABROAD.search(latin) is not None or (b"(" in latin and _AREA.search(latin) is not None)


def _may_hold(doc: AnalysedListing) -> bool:
    """False where no text has a sign or word that contact data cannot do without."""
    latin, mask = doc.latin, doc.mask
    if mask & (_MESSENGER | _DOT_WORD) or b"@" in latin or b"&" in latin or b"://" in latin:
        return True
    if (b")" in latin or b"]" in latin or b"}" in latin) and any(sign in latin for sign in _AT):
        return True
    if mask & DIGITS and (mask & _PHONE or doc.wide or _may_be_marked(latin)):
        return True
    return b".a" in _SHAPES(latin)


RULE = Rule(
    name="contact-data",
    group="text",
    severity="error",
    fields=TEXT_FIELDS,
    screen=_may_hold,
    fix="unsafe",
    options=(Option("allowed", list, (), Text("addresses (or parts of them) that are accepted", "允许出现的地址（或其中一部分）")),),
    summary=Text("E-mail, telephone, web address or messenger id in a public field", "公开字段里出现邮箱、电话、网址或聊天账号"),
    messages={
        "default": Text(
            "'{text}' is {what}; marketplaces allow no contact data in listings, so take it out",
            "“{text}”是{what}，平台不允许在产品信息里留联系方式，请删除",
        ),
    },
    page=Text(
        "Finds e-mail addresses (also spelt out: name at gmail dot com), web addresses, telephone numbers, WhatsApp, WeChat, "
        "Skype, QQ and similar ids. Marketplaces forbid contact data in titles, keywords and descriptions and punish the "
        "account for it; the profile has places for them. Part numbers, dimensions, standards and barcodes are no telephone "
        "numbers, and a watch that shows WhatsApp messages gives no id. A number counts only with a country code or a word such "
        "as Tel or Call before it. The fix takes the data out; look at the sentence that is left.",
        "检查邮箱地址（包括写成 name at gmail dot com 的形式）、网址、电话号码，以及 WhatsApp、微信、Skype、QQ 等账号。"
        "平台禁止在标题、关键词和描述里留联系方式，违规会处罚账号；联系方式应写在公司资料里。零件号、尺寸、标准号和条形码不是电话号码，"
        "能显示 WhatsApp 消息的手表也不算留账号。号码只有带国家区号，或前面有 Tel、Call 等字样时才算。修复会删除联系方式，请检查剩下的句子。",
    ),
    examples=(
        Good("Ceramic Floor Tile 60 x 60 cm", description="Ask for samples through the message centre."),
        Good("Socket Set 94 Pieces, Part No. 3 600 002 417"),
        FalseAlarm("Smart Band Showing WhatsApp and WeChat Messages", why=Text("functions of the product", "这是产品的功能")),
        FalseAlarm("Ball Bearing 6204-2RS 20x47x14 EAN 4006381333931", why=Text("codes and sizes are no telephone numbers", "型号和尺寸不是电话号码")),
        FalseAlarm("Case for Phone 5 5S 6 6S 7 7S 8", why=Text("a row of models", "是一串机型")),
        Bad("Floor Tile", description="Mail sales@tiles-example.com today", marked="sales@tiles-example.com"),
        Bad("Floor Tile - www.tiles-example.com", fixed="Floor Tile"),
        Bad("Floor Tile", description="Write to lucy at gmail dot com", marked="lucy at gmail dot com"),
        Bad("Floor Tile, Tel: 0757-8233-1234", marked="0757-8233-1234", fixed="Floor Tile"),
        Bad(
            "Floor Tile", description="Tilehub.com: order this tile, delivered from Tilehub.com. Frost proof.",
            fixed={"description": "order this tile, delivered. Frost proof."},
        ),
        Bad("Floor Tile", description="Write to lucytiles@ gmail.com", marked="lucytiles@ gmail.com"),
        Bad("Floor Tile", description="Samples: office (at) tilepark (dot) net", marked="office (at) tilepark (dot) net"),
        Bad("Floor Tile", description="Skype: tile.oskar, any time", marked="tile.oskar"),
        Bad("Floor Tile", description="Chat with us: wa.me/4915512345678", marked="wa.me/4915512345678"),
        FalseAlarm("Webcam", description="Skype: certified. WhatsApp: supported", why=Text("the apps that it works with", "说的是支持的应用")),
        Bad("Floor Tile", description="WeChat: tile_lucy88", marked="tile_lucy88"),
        Bad("Floor Tile", description="WhatsApp +86 138 1234 5678", marked="+86 138 1234 5678"),
    ),
    check=check,
)
