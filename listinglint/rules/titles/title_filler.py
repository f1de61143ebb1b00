"""Words of a title that carry nothing: very, pretty, new, nice, high quality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing, FieldText, FoundPhrase
from listinglint.rules.phrases import normal
from listinglint.rules.removal import removal
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts

_KINDS: Final = frozenset({"intensity", "praise", "novelty"})
_STYLES: Final = frozenset(["cute", "fancy", "cool", "super", "ultra", "exclusive", "ideal", "charming", "famous", "perfect", "better", "most", "so", "favorite", "favourite"])
"""Praise that is as often a style, a grade or part of a name."""
_ADVERBS: Final = frozenset({"very", "really", "so", "extremely", "super", "most", "ultra"})
_OPENING: Final = "([{（【"
_CLOSING: Final = ")]}）】"


@cache
def _contexts() -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """Per filler the words before and after it with which it means something."""
    found = {}
    for row in lexicons.table("filler_contexts"):
        found[row["filler"]] = tuple(frozenset(p for p in (row[side] or "").split(";") if p) for side in ("before", "after"))
    return found  # type: ignore[return-value]


def _means_something(source: FieldText, text: str, start: int, end: int) -> bool:
    """True in `New York`, `air quality`, `best friend` and the like."""
    before, after = _contexts().get(text, (frozenset(), frozenset()))
    following = source.flat[end : end + 30].split()[:1]
    earlier = source.flat[:start].split()[-1:]
    if (following and following[0] in after) or (earlier and earlier[0] in before):
        return True
    if text in ("pretty", "nice", "good", "best", "great", "new") and not following and not earlier:
        return True
    return (earlier == ["s"] and text in ("best", "new")) or earlier in (["not"], ["a"], ["the"], ["my"], ["is"], ["your"], ["feel"], ["look"], ["like"])


def _bracketed(source: FieldText, start: int, end: int, head_end: int) -> bool:
    """True inside a bracket that opens behind the product's name."""
    opening = max(source.text.rfind(mark, 0, start) for mark in _OPENING)
    if opening < 0 or opening < head_end - 1:
        return False
    return not any(mark in source.text[opening:start] for mark in _CLOSING)


def _wanted(found: FoundPhrase, allowed: frozenset[str]) -> bool:
    text = normal(found.entry["text"])
    if text in allowed:
        return False
    return found.entry["kind"] in _KINDS and text not in _STYLES


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding for each run of fillers, with a fix that takes it out."""
    title = doc.title
    fillers = doc.phrases("fillers", ("title",))
    if title is None or not fillers:
        return
    allowed = frozenset(normal(word) for word in options["allowed"])
    spans = doc.name.spans
    held = [*spans.get("series", ()), *spans.get("model", ())]
    names = [normal(value) for value in (doc.listing.text("brand"), doc.listing.text("model")) if value]
    head_end = spans["head"][0][1] if "head" in spans else 0
    head_start = spans["head"][0][0] if "head" in spans else -1
    runs: list[tuple[int, int]] = []
    promotion = [(found.start, found.end) for found in doc.phrases("promotional", ("title",))]
    for n, found in enumerate(fillers):
        start, end = found.start, found.end
        if any(s < end and start < e for s, e in promotion):
            continue
        text = normal(found.entry["text"])
        if not _wanted(found, allowed) and (text in allowed or not _heightened(title, fillers, n)):
            continue
        if _held_by_brand(doc, start, end, found.entry["kind"]) or any(s < end and start < e for s, e in held) or any(f" {text} " in f" {name} " for name in names):
            continue
        if start <= head_start < end or _means_something(title, text, start, end) or _bracketed(title, start, end, head_end):
            continue
        if _in_name(title, start, end, text):
            continue
        if runs and not title.flat[runs[-1][1] : start].strip():
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    for start, end in runs:
        start = _with_adverb(title, start)
        yield title.hit(start, end, edits=[removal(title.raw, *_with_stars(title.raw, start, end))])


def _heightened(title: FieldText, fillers: Sequence[FoundPhrase], n: int) -> bool:
    """True for praise that may be a style by itself but has an adverb before it (`super cute`), and for that adverb."""
    for one, other in ((n, n + 1), (n - 1, n)):
        if one < 0 or other >= len(fillers) or fillers[one].entry["text"] not in _ADVERBS or fillers[other].entry["kind"] != "praise":
            continue
        if title.text[fillers[one].end : fillers[other].start].isspace() and fillers[other].end < len(title.text.rstrip()):
            return True
    return False


def _with_stars(raw: str, start: int, end: int) -> tuple[int, int]:
    """The place with the asterisks or tildes on both of its sides."""
    while start > 0 and end < len(raw) and raw[start - 1] in "*~" and raw[end] == raw[start - 1]:
        start, end = start - 1, end + 1
    return start, end


def _held_by_brand(doc: AnalysedListing, start: int, end: int, kind: str) -> bool:
    """True where the words belong to the brand; `new` belongs to none that is only guessed, nor does praise alone (`Very Nice, …`)."""
    spans = doc.name.spans.get("brand", ())
    if not any(s < end and start < e for s, e in spans):
        return False
    brand = (doc.name.brand or "").lower()
    if doc.listing.text("brand") or brand in lexicons.brands():
        return True
    return kind != "novelty" and not all(w.word_info(word) & (w.FILLER | w.FUNCTION_WORD) for word in brand.split())


def _in_name(source: FieldText, start: int, end: int, text: str) -> bool:
    """True inside quotation marks, or joined to its neighbours by a hyphen (`like-new`, `new-born`)."""
    raw = source.raw
    if (raw[start - 1 : start] in ("-", "'", "’", "#") and start > 1 and raw[start - 2] != " ") or (raw[end : end + 1] in ("-", "'", "’") and raw[end + 1 : end + 2].isalpha()):
        return True
    return '"' in raw[:start] and '"' in raw[end:] and raw[:start].count('"') % 2 == 1 and raw[end:].count('"') % 2 == 1


def _with_adverb(source: FieldText, start: int) -> int:
    """The run's start with an adverb before it (`Super Nice`)."""
    before = source.flat[:start].split()[-1:]
    if before and before[0] in _ADVERBS:
        return source.flat.rstrip().rfind(before[0], 0, start)
    return start


RULE = Rule(
    name="title-filler",
    group="titles",
    severity="warning",
    fields=("title",),
    guidelines=("GT3",),
    fix="unsafe",
    english=True,
    phrases=("fillers",),
    lexicons=("promotional",),
    options=(Option("allowed", list, (), Text("words that are accepted", "允许的词语")),),
    summary=Text("Words that tell nothing: very, pretty, new, nice, high quality", "没有意义的空话：very、pretty、new、nice、high quality 等"),
    messages=texts(
        "'{text}' tells the buyer nothing and no one searches for it; take it out or put a feature in its place",
        "“{text}”是没有信息的空话，也没人会搜，请删掉或换成具体的特点",
    ),
    page=Text(
        "Finds praise, novelty and intensity in titles: very pretty, new, nice, best, high quality, latest. They are on every "
        "seller's listing and so set nothing apart, nobody searches for them, and they take the place of words that are searched "
        "for. Say instead what makes the quality: a material, a standard, a figure. A remark in brackets after the complete name, "
        "'Squirrel Plush Toy (New Design)', is fine; so are names and terms (New York, air quality, best friend), brands, and words "
        "of style (cute, fancy). Promotion (hot sale, best price) is the matter of promotional-text. The fix takes the words out.",
        "检查标题里的赞美、强调和“新品”之类的词：very pretty、new、nice、best、high quality、latest。人人都这么写，因此毫无区别作用，也没人会搜，还占了有用的词的位置。"
        "请写清楚好在哪里：材质、标准或数据。完整产品名后面的括号说明，如“Squirrel Plush Toy (New Design)”，没有问题；"
        "专名和术语（New York、air quality、best friend）、品牌以及表示风格的词（cute、fancy）也不算；促销用语（hot sale、best price）由 promotional-text 检查。修复会删掉这些词。",
    ),
    examples=(
        Good("Squirrel Plush Toy (New Design)"),
        Good("Walnut Desk Organizer, 3 Drawers"),
        FalseAlarm("New Zealand Sheepskin Rug", why=Text("New Zealand is a name", "New Zealand 是地名")),
        FalseAlarm("Indoor Air Quality Meter", why=Text("air quality is what it measures", "air quality 是测量对象")),
        FalseAlarm("Best Friend Ceramic Mug", why=Text("best friend is what is printed on it", "best friend 是图案内容")),
        Bad("Very Pretty New Toy", fixed="Toy", marked="Very Pretty New"),
        Bad("High Quality Walnut Desk Organizer", fixed="Walnut Desk Organizer", marked="High Quality"),
        Bad("Walnut Desk Organizer - Best Quality", fixed="Walnut Desk Organizer"),
        Bad("Amazing Garden Hose 20 m", fixed="Garden Hose 20 m"),
        FalseAlarm("Hot Selling Garden Hose 20 m", why=Text("promotion is reported by promotional-text, once", "促销用语由 promotional-text 报告，不重复")),
        Bad("NEW Tolvara Garden Hose 20 m", fixed="Tolvara Garden Hose 20 m"),
        FalseAlarm("New Generation Garden Hose 20 m", why=Text("new belongs to generation", "new 与 generation 是一个词组")),
    ),
    check=check,
)
