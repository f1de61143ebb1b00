"""Brackets and quotes that do not close."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from listinglint.model import TEXT_FIELDS, Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.bounds import bounded
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule
from listinglint.rules.screens import any_of

_PAIRS: Final = {")": "(", "]": "[", "}": "{", "】": "【", "）": "（", "」": "「"}
_FOLDED: Final = str.maketrans("（）【】", "()[]")
_BRACKET: Final = lazy_pattern(r"[()\[\]{}（）【】「」]")
_has_signs: Final = any_of("()[]{}\"")
_LIST_MARK: Final = lazy_pattern(r"(?:\A|[\s.,;:>\-–•*(/\\])(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}|[①-⑳])\.?\s?\Z")
_FACE: Final = lazy_pattern(r"[:;=]['’]?[-o^]?\Z")
_INCH: Final = lazy_pattern(r"[\d¼½¾⅛⅜⅝⅞/\\]\s?\Z")


def _unmatched(text: str) -> list[tuple[int, str]]:
    """Places of brackets without a partner, in order, with `open` or `close`."""
    stack: list[tuple[int, str]] = []
    out: list[tuple[int, str]] = []
    for match in _BRACKET.finditer(text):
        at, mark = match.start(), match[0].translate(_FOLDED)
        opening = _PAIRS.get(mark)
        if opening is None:
            stack.append((at, mark))
        elif stack and stack[-1][1] == opening:
            stack.pop()
        elif mark == ")" and (_LIST_MARK.search(text[max(0, at - 6) : at]) or _FACE.search(text[max(0, at - 3) : at])):
            continue
        elif len(stack) > 1 and stack[-2][1] == opening:
            out.append((stack.pop()[0], "open"))
            stack.pop()
        else:
            out.append((at, "close"))
            if stack:
                stack.pop()
    out.extend((at, "open") for at, _ in stack if not _FACE.search(text[max(0, at - 3) : at]))
    return sorted(out)


def _quote(text: str) -> int | None:
    """The place of the one double quote that has no partner; None where quotes pair or serve as inch marks."""
    at = text.find('"')
    if at >= 0 and "''" not in text:
        places = [m.start() for m in re.finditer('"', text)]
        if len(places) % 2 and not any(_INCH.search(text[max(0, p - 2) : p]) for p in places):
            return places[-1] if len(places) > 1 else at
    if text.count("“") > text.count("”") and '"' not in text:
        last = text.rfind("“")
        return None if _INCH.search(text[max(0, last - 2) : last]) else last
    return None


@bounded()
def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """A finding for each bracket or quote without a partner, at most `most` a text."""
    for part in doc.texts():
        text = part.text
        found = [(at, kind) for at, kind in _unmatched(text)] if _BRACKET.search(text) else []
        if not found and len(text) < 500 and ('"' in text or "“" in text):
            at = _quote(text)
            if at is not None:
                found = [(at, "quote")]
        for at, kind in found[: options["most"]]:
            yield part.hit(at, at + 1, kind)


RULE = Rule(
    name="unbalanced-brackets",
    group="text",
    severity="info",
    fields=TEXT_FIELDS,
    screen=lambda doc: doc.wide or b"&" in doc.latin or _has_signs(doc.latin),
    options=(Option("most", int, 1, Text("most findings per text", "每段文本最多报告几处"), minimum=1),),
    summary=Text("Brackets or quotes that do not close", "括号或引号没有成对"),
    messages={
        "open": Text("'{text}' is never closed; a word may have been cut off here", "“{text}”没有右半边，可能有文字被截断"),
        "close": Text("'{text}' closes nothing; the opening bracket is missing or of another kind", "“{text}”没有对应的左半边，或左右括号不是同一种"),
        "quote": Text("this quote has no partner", "这个引号没有成对"),
    },
    page=Text(
        "Finds brackets that open and never close, that close without having opened, or that are closed by another kind, and "
        "double quotes without a partner. Mostly a title was cut off at its limit or a piece was deleted, so look at what is "
        "missing. Inch marks (15\"), foot marks, apostrophes, list numbers (1) a) iv)) and smileys are no brackets or quotes "
        "that need a partner. There is no automatic fix: only the seller knows what stood there.",
        "检查只开不合、只合不开或左右不同种的括号，以及落单的双引号。多半是标题超长被截断，或删词时漏删了一半，请看看缺了什么。"
        "英寸符号（15\"）、英尺符号、撇号、列表编号（1) a) iv)）和颜文字不需要成对。没有自动修复：原来写的是什么，只有卖家知道。",
    ),
    examples=(
        Good("Storage Box (Set of 3)"),
        Good('Poster "Lighthouse" [A3]'),
        FalseAlarm('Monitor Arm 27" VESA (Black)', why=Text("the quote is an inch mark", "引号是英寸符号")),
        FalseAlarm(
            "Tool Kit", description="The kit holds: 1) pliers 2) hammer a) steel b) wood :)",
            why=Text("list numbers and a smiley", "列表编号和颜文字"),
        ),
        FalseAlarm("Boys' Swim Shorts 5'3", why=Text("an apostrophe and a foot mark", "撇号和英尺符号")),
        Bad("Storage Box (Set of 3", marked="("),
        Bad("Storage Box Blue)", marked=")"),
        Bad("Storage Box (Set of 3]"),
        Bad('Poster "Lighthouse A3', marked='"'),
    ),
    check=check,
)
