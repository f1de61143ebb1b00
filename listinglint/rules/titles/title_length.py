"""Titles over the marketplace's limit, near it, or too short to name a product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing, FieldText
from listinglint.rules.lengths import length_of
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_UNITS: Final = {
    "characters": Text("characters", "个字符"),
    "bytes": Text("bytes", "个字节"),
    "width": Text("half-width columns (a Chinese character counts two)", "个半角字符（一个汉字算两个）"),
    "words": Text("words", "个单词"),
}


def _end_within(text: str, unit: str, most: float) -> int:
    """The longest prefix of `text` within the limit, in code points."""
    if unit == "characters" and text.isascii():
        return int(most)
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if length_of(text[:middle], unit) <= most:
            low = middle
        else:
            high = middle - 1
    return low


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """At most one finding: over the limit of the day, near it, or short."""
    title = doc.title
    if title is None:
        return
    raw = title.raw.strip()
    limit = doc.limit("title", "max")
    if limit is not None:
        length = length_of(raw, limit.unit)
        values: dict[str, Any] = {"size": length, "limit": int(limit.value), "unit": _UNITS.get(limit.unit, _UNITS["characters"])}
        if length > limit.value:
            lead = len(title.raw) - len(title.raw.lstrip())
            start = lead + _end_within(raw, limit.unit, limit.value)
            yield title.hit(start, lead + len(raw), "over", variant="over", over=length - int(limit.value), **values)
            return
        if length >= limit.value * options["near_percent"] / 100:
            yield title.hit(message="near", variant="near", **values)
            return
    yield from _short(title, options)


def _short(title: FieldText, options: Options) -> Iterator[Hit]:
    text = title.text.strip()
    if title.chinese:
        return
    words = len(text.split())
    if words < options["fewest_words"] or len(text) < options["fewest_characters"]:
        yield title.hit(message="short", variant="short", size=len(text), count=words)


RULE = Rule(
    name="title-length",
    group="titles",
    severity="error",
    variants={"over": "error", "near": "info", "short": "info"},
    degrees=("over", "near"),
    whole=True,
    fields=("title",),
    guidelines=("GT2", "GT3"),
    options=(
        Option("near_percent", float, 97.0, Text("from how many per cent of the limit on a title is near it", "标题达到上限的百分之几算接近上限"), minimum=1),
        Option("fewest_words", int, 2, Text("fewer words are short", "少于几个单词算太短"), minimum=0),
        Option("fewest_characters", int, 10, Text("fewer characters are short", "少于几个字符算太短"), minimum=0),
    ),
    summary=Text("The title is over the marketplace's limit, close to it, or too short", "标题超过平台上限、接近上限或太短"),
    messages={
        "over": Text(
            "the title has {size} {unit}, {over} more than the {limit} allowed; the marked end would be cut off",
            "标题有 {size} {unit}，比上限 {limit} 多 {over}；标出的末尾部分会被截掉",
        ),
        "near": Text(
            "the title has {size} of {limit} {unit}; one more word may not fit, so check that nothing was cut off",
            "标题已有 {size} {unit}，上限是 {limit}，再加一个词就可能超限，请确认没有被截断",
        ),
        "short": Text(
            "the title is short ({size} characters); say what sets the product apart: material, function, size",
            "标题只有 {count} 个词、{size} 个字符，请写上材质、功能、尺寸等特点",
        ),
    },
    page=Text(
        "Measures the title against the limit that the marketplace has on the day of the run (limits change: Amazon's falls from "
        "200 to 75 characters on 2026-07-27). Over it, the listing is refused or the title cut off in the middle of a word. From "
        "97 % of it the rule points out that the title may have been cut off already. Characters are counted as Unicode code points "
        "after composition, bytes or columns where the marketplace counts so. A title of one word or under 10 characters is short: "
        "it can hardly name a product completely. Drop fillers and repeats first when a title is too long.",
        "按运行当天平台的上限检查标题长度（上限会变：亚马逊从 2026-07-27 起由 200 个字符降到 75 个）。超过上限，产品会被拒绝，或者标题从单词中间被截断；"
        "达到上限的 97% 时提示标题可能已经被截断过。字符按组合后的 Unicode 码点计算，平台按字节或半角宽度计算的就照此计算。"
        "只有一个词或不足 10 个字符的标题太短，很难写全产品名。标题太长时，先删掉空话和重复的词。",
    ),
    examples=(
        Good("Enamel Camping Mug 350 ml, Speckled Blue"),
        Good("Cast Iron Dutch Oven 5 L"),
        FalseAlarm("不锈钢碗", why=Text("four Chinese characters may be a full name", "四个汉字也可以是完整的名称")),
        FalseAlarm("Café Crème Brûlée Dishes " * 5, why=Text("accented letters count one each", "带重音的字母各算一个字符")),
        Bad("Enamel Camping Mug " * 7),
        Bad(("Enamel Camping Mug " * 7)[:126]),
        Bad("Mug"),
        Bad("Tin Box"),
    ),
    check=check,
)
