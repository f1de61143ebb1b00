"""Characters that the marketplace bans in titles, decorative symbols, emoji."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from listinglint.model import Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FieldText
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_EMOJI: Final = "\U0001f000-\U0001faff\U000e0020-\U000e007f\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\u20e3\u231a-\u23ff\u3030\u303d\u3297\u3299\u203c\u2049"
_SHAPES: Final = "\u2190-\u21ff\u25a0-\u25ff\u2022\u2023\u2043\u2219\u203b\u2e3a\u2e3b\u00a4\u2020\u2021\u2500-\u259f\u3012\u3013\u3020"
_BRACKETS: Final = {"【": "[", "】": "]", "〖": "[", "〗": "]", "「": "[", "」": "]", "『": "[", "』": "]", "《": "[", "》": "]", "〔": "[", "〕": "]"}
_DECORATION: Final = lazy_pattern(rf"(?:[{_EMOJI}{_SHAPES}]\u200d?)+|[*~^=]{{2,}}|[#$@%]{{2,}}|(?<!\w)\+{{3,}}|(?<!:)/{{3,}}|\^_+\^|(?<![\w*])\*(?=[A-Za-z][^*]*[A-Za-z!]\*(?![\w*]))|(?<=[A-Za-z!])\*(?![\w*])|[{''.join(_BRACKETS)}]")
_TIMES: Final = frozenset("✕✖⨯❌")
_IN_FIGURES: Final = {"*": "x", "~": "-", "¬": "-"}
"""What a banned character between figures stands for: 40*60 cm, 100~240 V."""
_SCREEN: Final = lazy_pattern(rf"[{_EMOJI}{_SHAPES}{''.join(_BRACKETS)}]|[*~^=]{{2}}|\*|[#$@%]{{2}}|\+\+\+|///|\^_")
_SEPARATING: Final = lazy_pattern(r"[\u2022\u2023\u2043\u2219\u2190-\u21ff\u25a0-\u25ff\u2605\u2606\u2666\u25c6\u2b25\u2764\u2665]")


@lru_cache(maxsize=64)
def _banned(characters: str) -> re.Pattern[str] | None:
    return re.compile(rf"([{re.escape(characters)}])\1*") if characters else None


def _places(source: FieldText, allowed: str) -> list[tuple[int, int, str]]:
    """Decorations with what replaces them."""
    return [_edit(source.raw, *match.span()) for match in _decorations(source, allowed)]


def _decorations(source: FieldText, allowed: str) -> list[re.Match[str]]:
    """Decorations of the visible text; those of entities and markup are left to html-in-text."""
    found = list(_DECORATION.finditer(source.text))
    if source.raw.count("*") % 2:
        # A lone asterisk points to a note; only a pair of them is decoration.
        found = [match for match in found if match[0] != "*"]
    return [match for match in found if source.raw[match.start() : match.end()] == match[0] and not (allowed and all(c in allowed for c in match[0]))]


def _edit(raw: str, start: int, end: int) -> tuple[int, int, str]:
    """The edit that takes a decoration out; one that parts two words leaves a dash, a bracket its plain form."""
    found = raw[start:end]
    if found in _BRACKETS:
        return start, end, _BRACKETS[found]
    before, after = raw[:start].rstrip(), raw[end:].lstrip()
    if before[-1:].isdigit() and after[:1].isdigit() and found.strip("\ufe0f") in _TIMES:
        return start, end, "×"
    left, right = len(before), len(raw) - len(after)
    if not before:
        return 0, right, ""
    if not after:
        return left, len(raw), ""
    if _SEPARATING.search(found) and before[-1].isalnum() and after[0].isalnum() and left < start and right > end:
        return left, right, " - "
    if left == start and right == end and not (before[-1].isalnum() and after[0].isalnum()):
        return start, end, ""
    return left, right, " "


def _without_overlap(edits: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Edits of neighbouring decorations share the space between them: the later begins where the earlier ended."""
    out: list[tuple[int, int, str]] = []
    for start, end, text in edits:
        if out and start < out[-1][1]:
            start = out[-1][1]
            if end < start:
                continue
            text = "" if text == " " else text
        out.append((start, end, text))
    return out


def _in_names(doc: AnalysedListing, start: int, end: int, character: str) -> bool:
    """True for a banned character that the brand's own name holds (Yahoo!, A$AP)."""
    if any(s <= start and end <= e + 1 for s, e in doc.name.spans.get("brand", ())) and doc.title is not None:
        from listinglint import lexicons

        spans = doc.name.spans["brand"]
        if any((doc.title.raw[s : max(e, end)].lower()) in lexicons.brands() for s, e in spans):
            return True
    # A word that only reads like a brand may well be two words with an underscore between them.
    guessed = doc.name.brand if character != "_" else None
    for name in (doc.listing.text("brand"), guessed, *doc.seller.brands):
        if name and character in name and doc.title is not None and name.lower() in doc.title.raw.lower():
            return True
    return False


def _without_banned(raw: str, start: int, end: int) -> tuple[int, int, str]:
    """The edit that takes a banned character out: between two words it leaves a space."""
    before, after = raw[start - 1 : start], raw[end : end + 1]
    figure = raw[:start].rstrip()[-1:].isalnum() and raw[end:].lstrip()[:1].isdigit()
    if figure and raw[start] in _IN_FIGURES:
        return start, end, _IN_FIGURES[raw[start]]
    if before.isalnum() and after.isalnum():
        return start, end, " "
    if raw[start] == "{":
        return start, end, "("
    if raw[start] == "}":
        return start, end, ")"
    if before == " " and after in (" ", ""):
        return start - 1, end, ""
    if not before and after == " ":
        return start, end + 1, ""
    return start, end, ""


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """At most one finding for decorations (safe fix) and one for banned characters (unsafe); each mends all of its kind."""
    title = doc.title
    if title is None:
        return
    allowed: str = options["allowed"]
    raw = title.raw
    decorations: list[tuple[int, int, str]] = []
    if _SCREEN.search(raw):
        places = [match.span() for match in _decorations(title, allowed)]
        if places:
            decorations = _without_overlap(_places(title, allowed))
            shown = "".join(dict.fromkeys("".join(raw[s:e] for s, e in places)))
            yield title.hit(*places[0], "decoration", edits=decorations, safe=True, shown=shown, count=len(places))
    pattern = _banned(options["banned"])
    if pattern is None:
        return
    banned = [
        match.span() for match in pattern.finditer(title.text)
        if raw[match.start() : match.end()] == match[0] and match[1] not in allowed and not any(s <= match.start() < max(e, s + 1) for s, e, _ in decorations)
        and not _in_names(doc, match.start(), match.end(), match[1])
    ]  # fmt: skip
    if banned:
        edits = _without_overlap([_without_banned(raw, *place) for place in banned])
        shown = " ".join(dict.fromkeys(raw[s] for s, _ in banned))
        yield title.hit(*banned[0], "banned", edits=edits, shown=shown, market=doc.marketplace.label, count=len(banned))


RULE = Rule(
    name="special-characters",
    group="titles",
    severity="warning",
    fields=("title",),
    fix="both",
    options=(
        Option("banned", str, "", Text("characters that the marketplace bans in titles", "平台禁止在标题里使用的字符")),
        Option("allowed", str, "", Text("symbols that are accepted", "允许使用的符号")),
    ),
    summary=Text("Banned characters, decorative symbols or emoji in the title", "标题里有禁用字符、装饰符号或表情符号"),
    messages={
        "decoration": Text(
            "decoration in the title ({shown}); buyers do not search for it and marketplaces take it for a gimmick: take it out",
            "标题里有装饰符号（{shown}），买家不会搜，平台也视为噱头，请删除",
        ),
        "banned": Text("{market} does not take {shown} in titles; take it out or write the word", "{market}不允许标题里出现 {shown}，请删除或改成文字"),
    },
    page=Text(
        "Finds stars, hearts, arrows, bullets, emoji, runs of asterisks and East Asian brackets in titles, and the characters that the marketplace "
        "bans (Amazon: ! $ ? _ { } ^ ¬ ¦ unless in the brand). Such titles are refused or demoted, symbols show as boxes on some devices, and "
        "search ignores them. Technical signs (Ø ± × ° µ ² Ω), accents, ™ and ® where they are not banned, + % & and slashes are ordinary. Taking a "
        "decoration out is safe, for it says nothing; taking out a banned character may change what is said ($5, C_12), so that fix wants a look.",
        "检查标题里的星号、爱心、箭头、圆点、表情符号、连续的 *** 和【】之类的括号，以及平台禁用的字符（亚马逊：! $ ? _ { } ^ ¬ ¦，品牌名里的除外）。"
        "这样的标题会被拒绝或降权，符号在有些设备上显示成方框，搜索也会忽略它们。技术符号（Ø ± × ° µ ² Ω）、重音字母、未被禁用的 ™ 和 ®、+ % & 以及斜杠都属正常。"
        "装饰符号没有含义，删除是安全的；删掉禁用字符可能改变意思（$5、C_12），修复后请检查。",
    ),
    examples=(
        Good("Linear Shaft Ø 20 × 500 mm ±0.01"),
        Good("Crème Brûlée Dishes, Set of 4"),
        FalseAlarm("Towel 60% Cotton + 40% Bamboo, S & M", why=Text("+ % & are ordinary", "+ % & 属正常符号")),
        FalseAlarm("Yay! Party Balloons", brand="Yay!", options={"banned": "!$"}, why=Text("the mark is part of the brand", "感叹号是品牌名的一部分")),
        Bad("★ Enamel Camping Mug ★", fixed="Enamel Camping Mug"),
        Bad("Enamel Mug 🔥 Speckled Blue", fixed="Enamel Mug Speckled Blue", marked="🔥"),
        Bad("【Acme】Enamel Camping Mug", fixed="[Acme]Enamel Camping Mug"),
        Bad("Enamel Mug ** Speckled **", fixed="Enamel Mug Speckled"),
        Bad("Enamel Mug *New Shape* Blue", fixed="Enamel Mug New Shape Blue", marked="*"),
        Bad("Enamel Mug ### Speckled ###", fixed="Enamel Mug Speckled"),
        FalseAlarm("C++ Programming Book, A++ Class", why=Text("two plus signs belong to a name and a class", "两个加号是名称和等级的一部分")),
        Bad("Oak Shelf • 60 cm", fixed="Oak Shelf - 60 cm"),
        Bad("Linen Cushion Cover 40*60 cm, 100~120 g", options={"banned": "*~"}, fixed="Linen Cushion Cover 40x60 cm, 100-120 g"),
        Bad("Canvas Print__Dancing Couple", options={"banned": "!$?_{}^¬¦"}, fixed="Canvas Print Dancing Couple"),
        Bad("Flash Drive_Red Only $5!", options={"banned": "!$?_{}^¬¦"}, fixed="Flash Drive Red Only 5", marked="_"),
    ),
    check=check,
)
