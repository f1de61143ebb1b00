"""repeated-keywords: many listings bear one and the same set of keywords."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from listinglint.language.words import stem
from listinglint.model import Text
from listinglint.model.identity import listing_identity
from listinglint.model.memory import PHRASES
from listinglint.rules.across import KeyGroups, key_of_set, word_key
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.phrases import flatten
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Resolved, Rule, texts


class _Keys(dict[str, int]):
    """The key of a keyword's stems, by its text: keywords repeat over a catalog."""

    def __missing__(self, keyword: str) -> int:
        if len(self) > PHRASES:
            self.clear()
        found = self[keyword] = word_key(" ".join(map(stem, flatten(keyword).split())))
        return found


_key_of = _Keys().__getitem__


def extract(doc: AnalysedListing, options: Options) -> Any:
    """The key of the set of keywords, the group of variants, and where the listing stands."""
    pattern = doc.marketplace.keyword_pattern
    keys = {_key_of(piece) for part in doc.parts("keywords") if not part.blank for piece in pattern.findall(part.text) if not piece.isspace()}
    if not keys:
        return None
    group = (doc.listing.text("group") or "").strip() if doc.listing.filled("group") else None
    label = (doc.listing.text("id") or "").strip() or (str(doc.record) if doc.record else None)
    return key_of_set(sum(keys)), group, label, listing_identity(doc.listing)


def resolve(values: Iterable[tuple[int, Any]], options: Options) -> Resolved:
    """The listings but the first of each set that more than `most` offers share; variants of one group are one offer."""
    groups = KeyGroups()
    for ordinal, (key, group, label, who) in values:
        groups.note(ordinal, label or str(ordinal + 1), (group, who))
        groups.add(key, ordinal)
    out: dict[int, list[dict[str, Any]]] = {}
    for members in groups.groups(options["most"] + 1):
        offers = {member.data[0] or member.ordinal for member in members}
        if len(offers) > options["most"]:
            first = {"first": members[0].label, "other": members[0].data[1], "count": len(members)}
            out.update((member.ordinal, [first]) for member in members[1:])
    groups.close()
    return out


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit on the keywords."""
    for values in doc.across["repeated-keywords"]:
        part = next(part for part in doc.parts("keywords") if not part.blank)
        hit = part.hit(0, len(part.raw), first=values["first"], count=values["count"])
        hit.other = values["other"]
        yield hit


RULE = Rule(
    name="repeated-keywords",
    group="catalog",
    severity="info",
    whole=True,
    summary=Text("Many listings have the same keywords", "多个产品使用完全相同的关键词"),
    messages=texts(
        "{count} listings (the first is {first}) have these same keywords and compete with each other; give each its own",
        "{count} 个产品（首个为 {first}）的关键词完全相同，互相抢流量；请为每个产品设置各自的关键词",
    ),
    page=Text(
        "Finds sets of keywords that more than a few offers share (order, plural and case make no difference; variants of one group count as one "
        "offer). Listings with the same keywords compete for the same searches, and the searches for what sets them apart find none of them. "
        "Name in the keywords of each what is its own: size, material, use, a narrower name.",
        "找出多个产品共用的关键词组合（不计顺序、单复数和大小写；同一 group 的款式算一个产品）。关键词相同的产品会争抢同样的搜索流量，而针对各自特点的搜索却都找不到。"
        "请在每个产品的关键词里写出其独有之处：尺寸、材质、用途、更具体的名称。",
    ),
    check=check,
    extract=extract,
    resolve=resolve,
    fields=("keywords",),
    keywords="list",
    options=(Option("most", int, 3, Text("so many offers may share a set", "允许共用同一组合的产品数"), minimum=1),),
    examples=(
        Good(listings=[{"title": f"Mug {n}", "keywords": f"mug, coffee mug {n}"} for n in range(6)]),
        Good(listings=[{"title": f"Mug {n}", "keywords": "mug, coffee mug"} for n in range(3)]),
        Bad(listings=[{"title": f"Mug {n}", "keywords": "mug, coffee mug"} for n in range(5)]),
        Bad(listings=[{"title": f"Mug {n}", "keywords": "mug, coffee mug" if n % 2 else "Coffee Mugs, Mug"} for n in range(5)]),
        FalseAlarm(
            listings=[{"title": f"Mug, colour {n}", "keywords": "mug, coffee mug", "group": "M1"} for n in range(6)],
            why=Text("six colours of one mug are one offer", "同一马克杯的六种颜色算一个产品"),
        ),
    ),
)  # fmt: skip
