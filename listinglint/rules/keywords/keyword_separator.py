"""Keywords parted by anything but the marketplace's separator, and empty keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from listinglint.model import Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FieldText
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule

_MARKS = ",，、;；|｜•·。\n\t"
_EDGES = f"{_MARKS} "
_HASH = lazy_pattern(r"\s*#")
_PARTING = (
    (re.compile(r"\s*/\s*"), False),
    (re.compile(r"\s+[-–—]\s+"), True),
    (re.compile(r"\s*\.\s+"), True),
    (re.compile(r"\s+[+*]\s+"), True),
    (re.compile(r" {2,}"), True),
)
"""What sellers part whole keywords with besides the marks, and whether that is sure only of several or of one head."""


@cache
def _runs(separators: tuple[str, ...]) -> re.Pattern[str]:
    every = "".join(re.escape(mark) for mark in sorted({*_MARKS, *(s for s in separators if len(s) == 1)}))
    return re.compile(rf"\s*[{every}][\s{every}]*")


def _wrong(match: re.Match[str], length: int, right: tuple[str, ...]) -> bool:
    marks = [c for c in match[0] if not c.isspace() or c in "\n\t"]
    if match.end() == length and all(c in right or c.isspace() for c in marks):
        return False
    marks = [c for c in marks if not c.isspace()] or marks
    return len(marks) > 1 or marks[0] not in right or match.start() == 0


_OTHER_MARKS = lazy_pattern(f"[{re.escape(_MARKS.replace(',', ''))}]")


def _tidy(text: str) -> bool:
    """A cheap test, false wherever a comma is wrong: there are some, with words on both sides, and no other mark anywhere."""
    return "," in text and _OTHER_MARKS.search(text) is None and all(map(str.strip, text.split(",")))


def _slashes(part: FieldText) -> list[re.Match[str]]:
    """Slashes, dashes, stops or wide spaces that part whole names (`bike bell / cycle bell`); inside a keyword (`AC/DC adapter`) they are ordinary."""
    text = part.text
    # Separators at the ends go in the same pass: a slash is judged by what is left.
    if "," in text.strip(_EDGES) or "://" in text:
        return []
    if text.startswith("#") and text.count("#") > 1:
        return list(_HASH.finditer(text))
    for mark, only_spaced in _PARTING:
        found = _parting(text, mark, only_spaced)
        if found:
            return found
    return []


def _parting(text: str, mark: re.Pattern[str], spaced: bool) -> list[re.Match[str]]:
    pieces = mark.split(text.strip(_EDGES))
    if len(pieces) < 2 or any(len(piece.split()) < 2 for piece in pieces):
        return []
    heads = {piece.split()[-1].lower().rstrip("s") for piece in pieces}
    sure = len(pieces) > 2 or len(heads) == 1 or (not spaced and " / " in text)
    return [match for match in mark.finditer(text) if match.start() > 0 and match.end() < len(text)] if sure else []


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding a cell: marks the first wrong separator, mends all."""
    right = doc.marketplace.separators
    for part in doc.parts("keywords"):
        if part.blank or (right[0] == "," and _tidy(part.text)):
            continue
        wrong = [match for match in _runs(right).finditer(part.text) if _wrong(match, len(part.text), right)]
        inside = any(match.start() > 0 and match.end() < len(part.text) for match in wrong)
        slashes = [] if inside else _slashes(part)
        found = sorted([*wrong, *slashes], key=lambda match: match.start())
        if not found:
            continue
        edits = [(m.start(), m.end(), "" if m.start() == 0 or m.end() == len(part.text) else f"{right[0]} ") for m in found]
        first = found[0]
        shown = first[0].strip() or {"\n": "\\n", "\t": "\\t"}.get(first[0].strip(" "), first[0])
        empty = all(c in right or c.isspace() for c in first[0])
        yield part.hit(
            first.start(), first.end(), "empty" if empty else "default", edits=edits, safe=not slashes, text=shown, right=right[0], count=len(found)
        )


RULE = Rule(
    name="keyword-separator",
    group="keywords",
    severity="error",
    fields=("keywords",),
    guidelines=("GK7",),
    fix="both",
    keywords="list",
    summary=Text("Keywords not parted by the English comma, or empty keywords", "关键词没有用英文逗号分隔，或有空关键词"),
    messages={
        "default": Text("Keywords are parted by '{text}' ({count} place(s)); put '{right}' between them, or they count as one keyword", "关键词用“{text}”分隔（{count} 处），请改用“{right}”，否则会被当成一个关键词"),
        "empty": Text("An empty keyword: two separators with nothing between them; take one out", "有空关键词：两个分隔符之间没有内容，请删掉一个"),
    },
    page=Text(
        "Finds keywords that are parted by Chinese punctuation (，、；), semicolons, pipes, bullets, line ends or slashes between whole names, and "
        "separators with nothing between them. Marketplaces cut a keyword column at the English comma only; everything else glues the keywords "
        "together into one long phrase that nobody types. Slashes inside a keyword (AC/DC adapter) and a comma without a blank are fine. The "
        "fix puts an English comma and a blank; it is safe, except for slashes, which want a look.",
        "检查用中文标点（，、；）、分号、竖线、圆点、换行或完整名称之间的斜杠分隔的关键词，以及中间没有内容的分隔符。平台只按英文逗号切分关键词，"
        "用其他符号分隔时，几个关键词会连成一个没有人搜索的长词组。关键词内部的斜杠（AC/DC adapter）和不带空格的英文逗号都没有问题。"
        "修复会改成英文逗号加空格，属安全修复；斜杠除外，需要人工看一眼。",
    ),
    check=check,
    examples=(
        Good("Bicycle Bell", keywords="bike bell, bicycle bell"),
        Good("Camping Lantern", keywords="camping lantern,tent light,LED lantern"),
        FalseAlarm("Laptop Charger", keywords="AC/DC charger, 19V/65W charger", why=Text("slashes belong inside the keywords", "斜杠是关键词的一部分")),
        Bad("Bike Bell", keywords="bike bell - bicycle bell - cycle bell", fixed={"keywords": "bike bell, bicycle bell, cycle bell"}),
        Bad("Bike Bell", keywords="bike bell  bicycle bell  cycle bell", fixed={"keywords": "bike bell, bicycle bell, cycle bell"}),
        FalseAlarm("USB Hub", keywords="usb 3.0 hub", why=Text("the stop belongs to a number", "小数点是数字的一部分")),
        Bad("Bicycle Bell", keywords="bike bell，bicycle bell", fixed={"keywords": "bike bell, bicycle bell"}),
        Bad("Bicycle Bell", keywords="bike bell、bicycle bell", fixed={"keywords": "bike bell, bicycle bell"}),
        Bad("Garden Hose", keywords="garden hose; water hose | yard hose", fixed={"keywords": "garden hose, water hose, yard hose"}),
        Bad("Garden Hose", keywords="garden hose,, water hose", fixed={"keywords": "garden hose, water hose"}),
        Bad("Desk Lamp", keywords="desk lamp / reading lamp / table lamp", fixed={"keywords": "desk lamp, reading lamp, table lamp"}),
    ),
)  # fmt: skip
