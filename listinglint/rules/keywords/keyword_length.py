"""A keyword, or all of them together, over the limit in characters or bytes."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.marketplaces import Limit
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing, FieldText
from listinglint.rules.lengths import counted, length_of
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule

_UNITS = {
    "characters": Text("characters", "个字符"), "bytes": Text("bytes", "个字节"), "words": Text("words", "个单词"),
    "width": Text("half-width columns", "个半角字符"),
}  # fmt: skip


def _total(doc: AnalysedListing) -> Iterator[Hit]:
    limit = doc.limit("keywords", "max")
    if limit is None:
        return
    bag = doc.marketplace.keywords == "bag"
    size = 0
    for part in doc.parts("keywords"):
        if part.blank:
            continue
        before = size
        size += length_of(counted(part.text) if bag else part.text.strip(), limit.unit)
        if size > limit.value:
            start = _end_within(part, limit.unit, limit.value - before, bag)
            yield part.hit(
                start, len(part.raw.rstrip()), "total", variant="total", size=size, limit=int(limit.value), unit=_UNITS[limit.unit],
                marketplace=doc.marketplace.label,
            )  # fmt: skip
            return


def _end_within(part: FieldText, unit: str, room: float, bag: bool) -> int:
    """The longest prefix of a cell that fits, in code points."""
    low, high = 0, len(part.raw.rstrip()) - 1
    while low < high:
        middle = (low + high + 1) // 2
        text = part.text[:middle]
        if length_of(counted(text) if bag else text, unit) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def _each(doc: AnalysedListing, most: Limit | None, fewest: Limit | None) -> Iterator[Hit]:
    for keyword in doc.keywords:
        for limit, name in ((most, "each"), (fewest, "short")):
            if limit is None or (limit.unit == "words" and not any(c.isalpha() for c in keyword.text)):
                continue
            size = length_of(keyword.text, limit.unit)
            if size <= limit.value if name == "each" else size >= limit.value:
                continue
            unsure = name == "each" and limit.mark == "unconfirmed"
            variant = "unconfirmed" if unsure else name
            yield keyword.source.hit(
                keyword.start, keyword.end, variant, variant=variant, size=size, limit=int(limit.value), unit=_UNITS[limit.unit],
                marketplace=doc.marketplace.label,
            )  # fmt: skip


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """A finding for each keyword that is too long, and one for all of them together."""
    most, fewest = doc.limit("keywords", "each_max"), doc.limit("keywords", "each_min")
    if most is not None or fewest is not None:
        yield from _each(doc, most, fewest)
    yield from _total(doc)


RULE = Rule(
    name="keyword-length",
    group="keywords",
    severity="error",
    variants={"each": "error", "total": "error", "unconfirmed": "info", "short": "info"},
    fields=("keywords",),
    summary=Text("A keyword, or all of them together, over the marketplace's limit", "单个关键词或全部关键词超出字符或字节上限"),
    messages={
        "each": Text("'{text}' has {size} {unit}; {marketplace} takes {limit} a keyword: shorten it", "“{text}”有 {size} {unit}，{marketplace}每个关键词最多 {limit} {unit}，请缩短"),
        "unconfirmed": Text("'{text}' has {size} {unit}; {marketplace} is said to take {limit} (unconfirmed): shorten it", "“{text}”有 {size} {unit}，据说{marketplace}上限为 {limit}（未经证实），建议缩短"),
        "short": Text("'{text}' has {size} {unit}; {marketplace} asks for {limit} or more: write the full name", "“{text}”只有 {size} {unit}，{marketplace}要求至少 {limit} {unit}，请写全称"),
        "total": Text("The keywords have {size} {unit} together; {marketplace} takes {limit}: what is marked is not indexed", "全部关键词共 {size} {unit}，{marketplace}上限为 {limit} {unit}，标出的部分不会被收录"),
    },
    page=Text(
        "Measures each keyword and all of them together against the marketplace's limits: 20 characters a tag on Etsy, less than 250 bytes of search "
        "terms on Amazon, where spaces and punctuation do not count and a letter with an accent takes two bytes, a Chinese or Japanese character three. "
        "A tag over the limit is refused; search terms over it are not indexed at all or cut off. Shorten the keyword, or drop words that the "
        "title holds. A limit that only general knowledge knows gives an info; so does a keyword with fewer words than the marketplace asks for.",
        "按平台上限检查每个关键词和全部关键词的长度：Etsy 每个标签 20 个字符，亚马逊搜索词少于 250 字节（空格和标点不计，带重音的字母占 2 字节，中文、日文字符占 3 字节）。"
        "超长的标签会被拒绝，超长的搜索词会被截断甚至全部不收录。请缩短关键词，或删去标题里已有的词。未经证实的上限只给提示；词数少于平台要求的关键词也只给提示。",
    ),
    check=check,
    examples=(
        Good("Knitted Beanie", keywords="knitted beanie, wool winter hat", on="etsy"),
        Good("Camping Lantern", keywords="tent light bright led hiking", on="amazon"),
        FalseAlarm("Camping Lantern", keywords=" ".join(["lantern"] * 35), on="amazon", why=Text("245 bytes: spaces do not count", "245 字节：空格不计")),
        Bad("Knitted Beanie", keywords="knitted beanie for winter sports, wool hat", on="etsy", marked="knitted beanie for winter sports"),
        Bad("Camping Lantern", keywords=" ".join(["lantern"] * 36), on="amazon"),
        Bad("ランタン", keywords=" ".join(["キャンプ"] * 25), on="amazon"),
    ),
)  # fmt: skip
