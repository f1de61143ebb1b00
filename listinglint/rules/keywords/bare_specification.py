"""A measure or a general model alone as a keyword."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.language.vocabulary import DIGITS
from listinglint.model import Text
from listinglint.model.memory import PHRASES
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, Keyword
from listinglint.rules.keyword_edits import added_hit, head_stem, replaced_or_taken_out, short_name, stems_of
from listinglint.rules.phrases import read_lexicon
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_BETWEEN: Final = frozenset(["x", "×", "by", "-", "–", "~", "/", "to", "&", "and"])
_DECADE: Final = lazy_pattern(r"(?:1[789]|20)?\d0['’]?s", re.I)
_FINENESS: Final = lazy_pattern(r"(?:8|9|10|12|14|18|20|21|22|24)\s?(?:k|kt|karat|carat|ct)", re.I)
_CELLS: Final = frozenset({"AA", "AAA", "AAAA"})
_NO_UNITS: Final = frozenset(["set", "sets", "pair", "pairs", "pack", "packs", "piece", "pieces", "pcs", "pc", "roll", "rolls", "box", "boxes", "day", "days", "year", "years", "month", "months", "hour", "hours", "minute", "minutes", "week", "weeks"])


_LONGER: Final = frozenset({"steel grade", "belt or thread", "chip", "alloy or bearing"})
"""Kinds whose short codes (D20, S1, L3) mean too many other things to stand for them alone."""


@cache
def _general() -> re.Pattern[str]:
    rows = read_lexicon("general_models")
    return re.compile("|".join(f"(?:(?=.{{4}})(?:{row['pattern']}))" if row["what"] in _LONGER else f"(?:{row['pattern']})" for row in rows))


@cache
def _numbers(kinds: tuple[str, ...]) -> re.Pattern[str]:
    """The numbers of some kinds of general models."""
    return re.compile("|".join(f"(?:{row['pattern']})" for row in read_lexicon("general_models") if row["what"] in kinds))


def _general_model(token: str) -> bool:
    plain = token.upper().replace("-", "").replace(".", "")
    return plain in _CELLS or (any(c.isdigit() for c in plain) and any(c.isalpha() for c in plain) and _general().fullmatch(plain) is not None)


@cache
def _forms() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in lexicons.table("specification_forms")))


@cache
def _digitless() -> re.Pattern[str]:
    """The forms that a text without digits may have."""
    return re.compile("|".join(f"(?:{row['pattern']})" for row in lexicons.table("specification_forms") if row["digits"] == "maybe"))


def _may_specify(keyword: Keyword) -> bool:
    """A cheap test, true for every keyword that is a specification."""
    if keyword.source.mask & DIGITS and any(map(str.isdigit, keyword.text)):
        return True
    return _digitless().fullmatch(keyword.text.lower()) is not None or keyword.text.upper() in _CELLS


@lru_cache(maxsize=PHRASES)
def is_specification(text: str) -> bool:
    """True for a text of nothing but measures and general models: `200cc`, `11 oz`, `12V 5A`, `M8`, `18650`, `205/55R16`, `SPF 50`."""
    if len(text) <= 40 and _forms().fullmatch(text.lower()) is not None:
        return True
    if (not any(c.isdigit() for c in text) and text.upper() not in _CELLS) or _DECADE.fullmatch(text) or len(text) > 40:
        return False
    if _FINENESS.fullmatch(text):
        return True
    tokens = text.replace(",", " ").split()
    measured = False
    at = 0
    while at < len(tokens):
        token, following = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
        if following is not None and following.lower().strip(".") not in _NO_UNITS and w.is_measure(token, following) and not w.is_measure(token):
            measured, at = True, at + 2
            continue
        if w.is_measure(token) or _general_model(token):
            measured = True
        elif token.isdigit() and ((len(tokens) == 1 and _cell(token)) or (at + 1 < len(tokens) and tokens[at + 1] in _BETWEEN)):
            measured = measured or _cell(token)
        elif token.lower() not in _BETWEEN:
            return False
        at += 1
    return measured


def _cell(token: str) -> bool:
    """True for the numbers of lithium cells; other bare numbers may be years or names."""
    return len(token) == 5 and _general().fullmatch(token) is not None


_METALS: Final = frozenset(["steel", "stainless", "inox", "alloy", "aluminium", "aluminum", "metal", "ss", "sus", "aisi"])
_NUMBERED: Final = (
    (_METALS, ("steel grade", "alloy or bearing")),
    (frozenset({"bearing", "bearings"}), ("bearing", "alloy or bearing")),
    (frozenset({"led", "smd", "strip", "chip", "resistor", "capacitor"}), ("LED or resistor size",)),
    (frozenset({"headlight", "headlights", "headlamp", "xenon", "halogen", "car"}), ("car lamp",)),
)
"""Words of titles with the kinds of numbers that their things are known by."""


def _grade(doc: AnalysedListing, text: str) -> bool:
    """True for the bare number of a metal's grade (304, 6061), a bearing (6205) or an LED (2835) where the title names such a thing."""
    if not text.isdigit() or not 3 <= len(text) <= 5 or doc.title is None:
        return False
    words = doc.title.word_set
    return any(not words.isdisjoint(named) and _numbers(kinds).fullmatch(text) is not None for named, kinds in _NUMBERED)


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """A finding for each keyword that is a specification; the fix adds the product's name."""
    suspects = [keyword for keyword in doc.keywords if _may_specify(keyword)]
    if not suspects:
        return
    allowed = {w.fold(text) for text in options["allowed"]}
    for keyword in suspects:
        if not (is_specification(keyword.text) or _grade(doc, keyword.text)) or w.fold(keyword.text) in allowed:
            continue
        if set(stems_of(keyword.text)) <= {head_stem(doc)}:
            continue
        name = short_name(doc)
        better = f"{keyword.text} {name}" if name else None
        yield added_hit(keyword, [replaced_or_taken_out(doc, keyword, better)], message="default" if better else "out", better=better)


RULE = Rule(
    name="bare-specification",
    group="keywords",
    severity="warning",
    fields=("keywords",),
    guidelines=("GK5",),
    fix="unsafe",
    english=True,
    keywords="list",
    options=(Option("allowed", list, (), Text("specifications that may stand alone", "允许单独使用的规格")),),
    summary=Text("A measure or a general model alone as a keyword", "关键词只有规格或通用型号"),
    messages={
        "default": Text("'{text}' is a specification alone and fits many products; write '{better}'", "“{text}”只有规格，很多产品都适用，请写成“{better}”"),
        "out": Text("'{text}' is a specification alone and fits many products; put a product name in its place", "“{text}”只有规格，很多产品都适用，请换成产品名称"),
    },
    page=Text(
        "Finds keywords that are a measure (200cc, 11 oz, 12V 5A), a fineness (14K) or a model that the industry shares (M8, 18650, A4, E27) and nothing else. "
        "A measure alone matches every product that has it, so the inquiries are for anything. Together with the product's name it is one of the best keywords "
        "there is: 200cc ATV, 18650 battery. Decades (1980s), plain numbers and counts are not reported. The fix adds the product's name.",
        "检查只有度量（200cc、11 oz、12V 5A）、成色（14K）或行业通用型号（M8、18650、A4、E27）的关键词。单独的规格会匹配所有带这个规格的产品，带来的询盘五花八门。"
        "和产品名称写在一起却是最好的关键词之一：200cc ATV、18650 battery。年代（1980s）、纯数字和数量不报告。修复会补上产品名称。",
    ),
    check=check,
    examples=(
        Good("200cc ATV", keywords="200cc ATV, quad bike"),
        Good("E27 LED Filament Bulb", keywords="E27 bulb, filament bulb"),
        FalseAlarm("Retro Sunglasses", keywords="1980s, retro sunglasses", why=Text("a decade, not a measure", "是年代，不是度量")),
        FalseAlarm("Bolt Set", keywords="M8 bolt, hex bolt", why=Text("the thread stands with the product's name", "螺纹规格与产品名称写在一起")),
        FalseAlarm("Twin Size Fitted Sheet", keywords="fitted sheet, twin size", why=Text("buyers do search by this size of bed", "买家确实按这种床的尺寸搜索")),
        Bad("Radial Car Tyre", keywords="car tyre, 205/55R16", marked="205/55R16"),
        Bad("Mineral Sunscreen", keywords="sunscreen, SPF 50", marked="SPF 50"),
        Bad("Ball Bearing", keywords="ball bearing, 6205", marked="6205"),
        Bad("LED Driver", keywords="LED driver, 24V DC", marked="24V DC"),
        Bad("200cc ATV", keywords="200cc, quad bike", fixed={"keywords": "200cc ATV, quad bike"}),
        Bad("Enamel Camping Mug", keywords="camping mug, 12 oz", marked="12 oz"),
        Bad("Hex Head Bolt", keywords="M8, hex head bolt", marked="M8"),
        Bad("Aluminium Plate 6061", keywords="6061, aluminium plate", fixed={"keywords": "6061 aluminium plate, aluminium plate"}),
        Bad("Filament Bulb", keywords="E27, filament bulb", marked="E27"),
    ),
)  # fmt: skip
