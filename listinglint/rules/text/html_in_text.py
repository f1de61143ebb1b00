"""HTML entities and tags where plain text belongs, and broken HTML where HTML is allowed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from listinglint.model import TEXT_FIELDS, Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.amounts import in_all
from listinglint.rules.analysis import AnalysedListing, FieldText
from listinglint.rules.bounds import bounded
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule

_TAGS: Final = (
    "a|abbr|article|aside|b|big|blockquote|body|br|button|caption|center|code|col|colgroup|dd|div|dl|dt|em|embed|figure|font|footer|form|"
    "h[1-6]|head|header|hr|html|i|iframe|img|input|label|li|link|main|meta|nav|ol|option|p|pre|s|script|section|select|small|source|"
    "span|strike|strong|style|sub|sup|svg|table|tbody|td|textarea|tfoot|th|thead|title|tr|tt|u|ul|video|wbr"
)
_ENTITY: Final = lazy_pattern(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_MARKUP: Final = lazy_pattern(rf"<!--[^<>]*-->|</?(?:{_TAGS})(?:\s[^<>]*)?/?>|{_ENTITY.pattern}", re.I)
_ESCAPED: Final = lazy_pattern(
    rf"&amp;(?:amp|nbsp|lt|gt|quot|apos|rsquo|ldquo|rdquo|ndash|mdash|deg|reg|trade|#\d{{1,7}});|&lt;/?(?:{_TAGS})(?:&nbsp;|\s)?/?&gt;",
    re.I,
)

_SINGLE: Final = frozenset({"br", "hr", "img", "input", "wbr"})


def _plain(field: str, doc: AnalysedListing) -> bool:
    return field != "description" or doc.marketplace.markup == "text"


def _decoded(entity: str) -> str:
    character = html.unescape(entity)
    return " " if character.isspace() else character


def _edits(part: FieldText) -> tuple[list[tuple[int, int, str]], bool]:
    """Edits for all markup of a text, and whether there are tags among it."""
    edits: list[tuple[int, int, str]] = []
    tags = False
    raw = part.raw
    for match in _MARKUP.finditer(raw):
        found = match[0]
        start, end = match.span()
        if found[0] == "&":
            character = _decoded(found)
            if character != found:
                edits.append((start, end, character))
            continue
        if len(found) == 3 and found[1].isupper() and f"</{found[1]}" not in raw:
            continue
        tags = True
        before, after = raw[start - 1 : start], raw[end : end + 1]
        parted = before.isalnum() and after.isalnum() and found.lower().startswith(("<br", "</p", "</li", "</div", "<li", "<p", "<div"))
        edits.append((start, end, " " if parted else ""))
    return edits, tags


@bounded()
def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding a text; safe where only entities stand in it."""
    for part in doc.texts():
        raw = part.raw
        if "&" not in raw and "<" not in raw:
            continue
        if _plain(part.field, doc):
            edits, tags = _edits(part)
            if edits:
                start, end, _ = edits[0]
                yield part.hit(start, end, "tags" if tags else "entities", edits=edits, safe=not tags, more=in_all(len(edits)))
        elif "&amp;" in raw or "&lt;" in raw:
            escaped = [m.span() for m in _ESCAPED.finditer(raw)]
            if escaped:
                yield part.hit(*escaped[0], "escaped", edits=[(s, e, _unescaped(raw, s, e)) for s, e in escaped], more=in_all(len(escaped)))


def _unescaped(raw: str, start: int, end: int) -> str:
    """The character or tag that was escaped; a tag whose partner is missing would break the page and goes."""
    text = html.unescape(raw[start:end])
    if text[0] != "<":
        return text
    name = text.strip("</>\xa0 ").lower()
    if name in _SINGLE:
        return text
    low = raw.lower()
    return text if low.count(f"&lt;{name}") == low.count(f"&lt;/{name}") else ""


RULE = Rule(
    name="html-in-text",
    group="text",
    severity="warning",
    fields=TEXT_FIELDS,
    fix="both",
    screen=lambda doc: b"&" in doc.latin or b"<" in doc.latin,
    summary=Text("HTML entities or tags where plain text belongs", "纯文本字段里出现了 HTML 实体或标签"),
    messages={
        "entities": Text(
            "'{text}' is an HTML entity{more}; this field takes plain text, so buyers see it as it stands",
            "“{text}”是 HTML 实体{more}，此字段只认纯文本，买家会原样看到它",
        ),
        "tags": Text(
            "'{text}' is HTML{more}; this field takes plain text, so take the tags out",
            "“{text}”是 HTML 代码{more}，此字段只认纯文本，请删掉标签",
        ),
        "escaped": Text(
            "'{text}' was escaped twice{more}: buyers see the code instead of the character",
            "“{text}”被重复转义{more}，买家看到的是代码而不是字符",
        ),
    },
    page=Text(
        "Finds HTML entities (&amp;, &nbsp;, &quot;) and tags (<b>, <br>) in fields that take plain text: titles, keywords, the "
        "brief description, and the description where the marketplace takes no HTML. They come from copying out of a web shop "
        "or from exporting twice, and buyers see the code. In a description that may be HTML only what was escaped twice is "
        "reported (&amp;nbsp;, &lt;br&gt;). A bare & between words, a comparison (< 20 mm) and a tag-like name are in order. "
        "Turning entities into their characters is safe; taking tags out should be looked at.",
        "检查只认纯文本的字段（标题、关键词、简要描述，以及平台不支持 HTML 时的详细描述）里的 HTML 实体（&amp;、&nbsp;、&quot;）和标签（<b>、<br>）。"
        "它们通常来自网店后台的复制或重复导出，买家会直接看到代码。允许使用 HTML 的描述里，只报告重复转义的内容（&amp;nbsp;、&lt;br&gt;）。"
        "单词之间的 &、比较符号（< 20 mm）以及看着像标签的名称都不算问题。把实体还原为字符是安全的；删除标签请人工确认。",
    ),
    examples=(
        Good("Salt & Pepper Grinder Set"),
        Good("Wool Scarf", description="<p>Soft &amp; warm</p>"),
        FalseAlarm("R&D Notebook, A5", why=Text("a bare & between letters is no entity", "字母之间的 & 不是实体")),
        FalseAlarm(
            "Drawer Knob", brief="fits boards < 20 mm and > 10 mm", why=Text("comparisons, not tags", "这是比较符号，不是标签")
        ),
        Bad("Salt &amp; Pepper Grinder", fixed="Salt & Pepper Grinder", marked="&amp;"),
        Bad("Wall&nbsp;Clock &quot;Sun&quot;", fixed='Wall Clock "Sun"'),
        Bad("<b>Solar</b> Lantern<br/>", fixed="Solar Lantern", marked="<b>"),
        Bad("Wool Scarf", description="Soft&lt;br&gt;warm &amp;nbsp; light", marked="&lt;br&gt;"),
        Bad("Wool Scarf", description="<p>&lt;span&gt;Soft and warm</p>", fixed={"description": "<p>Soft and warm</p>"}),
        Bad("Wool Scarf", on="alibaba", brief="<p>Soft</p>", fixed={"brief": "Soft"}),
    ),
    check=check,
)
