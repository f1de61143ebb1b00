"""Claims that need proof and bring none: superlatives, health, green and absolute promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from listinglint.model import TEXT_FIELDS, Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FoundPhrase
from listinglint.rules.marks import in_attribute_name
from listinglint.rules.phrases import normal, read_lexicon
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_FIELDS: Final = (*TEXT_FIELDS, "attributes")
_PROOF: Final = lazy_pattern(
    r"\b(?:test(?:ed)?\s+(?:report|according|to|by)|lab(?:oratory)?\s+report|report\s+no|certificate\s+no|licen[cs]e\s+(?:no|number|code)|"
    r"study|studies|clinical\s+(?:trial|test)s?|according\s+to\s+(?:EN|ISO|ASTM|DIN|JIS|AATCC|GB)|(?:EN|ISO|ASTM|DIN|JIS|AATCC|BS|GB/?T|OECD)[\s-]?[A-Z]?\s?(?!9\d{3}|14\d{3}|45001|13485)\d{2,5})\b"
)
_PROOF_WORDS: Final = ("eport", "est", "tud", "rial", "icen", "ertificate no", "EN", "ISO", "ASTM", "DIN", "JIS", "AATCC", "BS", "GB", "OECD")
_GREEN_MARKS: Final = frozenset(
    ["FSC", "PEFC", "GRS", "GOTS", "OCS", "OEKO-TEX 100", "EN 13432", "EU Ecolabel", "Blue Angel", "Nordic Swan", "Cradle to Cradle", "Green Seal", "EPEAT", "USDA Organic", "EU Organic", "Rainforest Alliance", "Bluesign", "Energy Star", "BCI", "Greenguard", "EPD", "ISCC"]
)
_NEAR: Final = 6
_BEST: Final = lazy_pattern(
    r"\b(?:(?:the\s+)?(?:very\s+)?best|(?:the\s+)?finest|highest|lowest|strongest|fastest|lightest|thinnest|safest|greatest|most\s+(?:advanced|powerful|reliable|durable|popular|comfortable|effective|efficient|trusted|accurate)|top|superior|unmatched|unbeatable|"
    r"number\s+one|no\.?\s?1)\b(?![\s-]+(?:selling|seller|sellers|sale|before|wishes|man))(?:[\s-]+[\w'’-]+){0,5}?\s*\Z",
    re.I,
)
"""A superlative and up to five words that it is said of, right before the place."""
_PARTY: Final = frozenset("balloon balloons candle candles birthday foil dad mom mum papa grandpa teacher boss fan trophy medal sign".split())
"""Things that bear a one, or are given to who is the first to somebody."""
_TOGETHER: Final = frozenset({"cure", "disease", "cure-noun", "superlative-place"})
_GREEN_NOT_AFTER: Final = frozenset({"not", "non", "un"})
_CURE_NOT_BEFORE: Final = frozenset({"dental", "uv", "led", "light", "resin", "not", "no"})


def _proven(doc: AnalysedListing, kind: str) -> bool:
    """True where any text of the listing names a test, study or standard, or a certificate fits; never for superlatives."""
    if kind == "superlative":
        return False
    if kind == "green" and doc.certifications & _GREEN_MARKS:
        return True
    return any(
        any(word in part.text for word in _PROOF_WORDS) and _PROOF.search(part.text) is not None for part in doc.texts(fields=_FIELDS)
    )


def _followed(found: FoundPhrase) -> bool:
    wanted = found.entry["after"]
    if not wanted or normal(found.source.flat[found.start : found.end]) not in (found.entry["phrase"], *_FIRST.get(found.entry["phrase"], ())):
        return True
    following = found.source.flat[found.end : found.end + 60].split()[:3]
    if found.entry["phrase"] == "no 1" and found.source.field == "title" and not found.source.text[: found.start].strip() and len(following) > 1:
        # A size or a number stands behind the thing, not before all of it.
        return not any(c.isdigit() for c in following[0]) and _PARTY.isdisjoint(following)
    words = wanted.split(";")
    return any(word in words for word in following)


_FIRST: Final = {
    "no 1": ("number one", "number 1", "no1"),
    "cure for": ("cures",),
    "miracle": ("miraculous",),
    "relieve pain": ("relieves pain", "removes pain"),
    "negative ions": (),
    "hair regrowth": (),
}


def _about_another(doc: AnalysedListing, found: FoundPhrase) -> bool:
    """True where the words are about what a machine makes, or are the name of an attribute (`Is It Eco Friendly: No`)."""
    if found.entry["phrase"] in ("biodegradable", "compostable"):
        return doc.title is not None and not doc.title.word_set.isdisjoint(_MAKERS)
    source = found.source
    if source.field != "attributes":
        return False
    if "eco" in source.flat[max(0, found.start - 40) : found.start].split():
        return True
    if in_attribute_name(doc, found):
        return True
    return any(one.source is source and one.start <= found.start < one.end and "eco" in one.name.split() for one in doc.attributes.values())


def _of_society(found: FoundPhrase) -> bool:
    """True where a future, a development or a livelihood is called sustainable, and not the goods."""
    following = found.source.flat[found.end : found.end + 24].split()[:1]
    return normal(found.text) == "sustainable" and bool(following) and following[0] in _SOCIETY


_SOCIETY: Final = frozenset({"future", "development", "livelihood", "livelihoods", "income", "incomes", "employment", "jobs", "growth", "economy", "community", "communities", "world", "planet"})
_MAKERS: Final = frozenset({"machine", "machines", "machinery", "extruder", "extrusion", "plant", "line", "making", "mould", "mold"})


def _cures(doc: AnalysedListing, fields: tuple[str, ...]) -> Iterator[FoundPhrase]:
    """Words of cure that stand within a few words before the name of a disease."""
    matches = [one for one in doc.phrases("claims", fields) if one.entry["kind"] in ("cure", "disease")]
    for at, one in enumerate(matches):
        if one.entry["kind"] != "cure":
            continue
        before = one.source.flat[max(0, one.start - 12) : one.start].split()[-1:]
        if before and before[0] in _CURE_NOT_BEFORE:
            continue
        for other in matches[at + 1 :]:
            if other.source is not one.source:
                break
            if other.entry["kind"] == "disease":
                between = one.source.text[one.end : other.start]
                if len(between.split()) <= _NEAR and not re.search(r"[.!?;\n]", between):
                    yield FoundPhrase(one.lexicon, {**one.entry, "kind": "health"}, one.source, one.start, other.end)
                break


def _treatments(doc: AnalysedListing) -> Iterator[FoundPhrase]:
    """The name of a disease with its treatment right behind it: `arthritis relief`, `diabetes cure`."""
    matches = [one for one in doc.phrases("claims", _FIELDS) if one.entry["kind"] in ("cure", "cure-noun", "disease")]
    for one, other in pairwise(matches):
        if one.entry["kind"] != "disease" or other.source is not one.source or normal(other.text) not in _nouns():
            continue
        if other.start - one.end <= 2 and not one.source.text[one.end : other.start].strip(" -"):
            yield FoundPhrase(one.lexicon, {**one.entry, "kind": "health"}, one.source, one.start, other.end)


@cache
def _nouns() -> frozenset[str]:
    rows = (row for row in read_lexicon("claims") if row["kind"] == "cure-noun")
    return frozenset(normal(word) for row in rows for word in (row["phrase"], *row["spellings"].split(";")))


def _bests(doc: AnalysedListing) -> Iterator[FoundPhrase]:
    """A superlative and the place where it is to hold, with the thing between them: `the best drill in the world`."""
    for one in doc.phrases("claims", _FIELDS):
        if one.entry["kind"] == "superlative-place":
            found = _BEST.search(one.source.text, max(0, one.start - 60), one.start)
            if found is not None:
                yield FoundPhrase(one.lexicon, {**one.entry, "kind": "superlative"}, one.source, found.start(), one.end)


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding for each kind of claim and field."""
    allowed = frozenset(word.lower() for word in options["allowed"])
    brand = (doc.listing.text("brand") or "").lower()
    seen: set[tuple[str, str]] = set()
    plain = [one for one in doc.phrases("claims", _FIELDS) if one.entry["kind"] not in _TOGETHER]
    for found in (*plain, *_bests(doc), *_cures(doc, _FIELDS), *_treatments(doc)):
        kind = found.entry["kind"]
        low = found.text.lower()
        place = (kind, found.source.field)
        if place in seen or kind in allowed or low in allowed or (brand and low in brand) or not _followed(found):
            continue
        before = found.source.flat[max(0, found.start - 12) : found.start].split()[-1:]
        if (kind == "green" and (_about_another(doc, found) or _of_society(found))) or (before and before[0] in _GREEN_NOT_AFTER) or _proven(doc, kind):
            continue
        seen.add(place)
        yield found.hit(kind)


RULE = Rule(
    name="unsupported-claim",
    group="claims",
    severity="warning",
    fields=_FIELDS,
    phrases=("claims",),
    options=(
        Option(
            "allowed", list, (),
            Text("claims or kinds (superlative, health, green, absolute) that are accepted", "允许的说法或类别（superlative、health、green、absolute）"),
        ),
    ),
    summary=Text("A superlative, health, green or absolute claim without evidence", "没有依据的 No. 1、100% 治愈、环保等说法，以及健康功效宣传"),
    messages={
        "superlative": Text("'{text}' needs proof that nobody can check here; say what the product does instead", "“{text}”无法证明，请改写为产品的具体性能"),
        "health": Text("'{text}' is a health claim without proof; take it out or name the test or study", "“{text}”属于没有依据的健康功效宣传，请删除，或注明检测或研究依据"),
        "green": Text("'{text}' is a general environmental claim; give the fact (share recycled, standard, certificate) instead", "“{text}”是笼统的环保说法，请改为具体事实（再生料比例、标准、证书）"),
        "absolute": Text("'{text}' promises what no product can keep; give a figure or a test instead", "“{text}”是任何产品都无法保证的绝对化承诺，请改用数据或测试结果"),
    },
    page=Text(
        "Finds superlatives (world's best, No. 1 brand), health claims (cures, prevents cancer, antibacterial, boosts immunity), "
        "general green claims (eco-friendly, biodegradable, carbon neutral) and absolute promises (100 % safe, lasts forever) "
        "that come without evidence. They are banned or punished by marketplaces, by advertising law, and from September 2026 by "
        "the EU's directive 2024/825 for green claims. A test report, a standard's number, a study in the same text, or a fitting "
        "certificate of the listing counts as evidence. Curing of resin, treats for dogs, 100 % cotton and sizes (No. 1) are no "
        "claims. Replace the claim by the fact behind it.",
        "检查没有依据的最高级说法（world's best、No. 1 brand）、健康功效（cures、prevents cancer、antibacterial、boosts immunity）、"
        "笼统的环保说法（eco-friendly、biodegradable、carbon neutral）和绝对化承诺（100% safe、lasts forever）。平台规则和广告法禁止或处罚这类说法，"
        "欧盟 2024/825 号指令自 2026 年 9 月起也禁止笼统的环保宣传。同一段文本里的检测报告、标准号、研究，或产品持有的相应证书都算依据。"
        "树脂固化（curing）、宠物零食（treats）、100% 棉和尺寸编号（No. 1）不是宣传。请用背后的事实代替这些说法。",
    ),
    examples=(
        Good("100% Cotton Tea Towel, 250 gsm"),
        Good("Compostable Cup", description="Compostable to EN 13432, certificate no. 7P0123."),
        FalseAlarm("Wool Throw", description="We train weavers for a sustainable future.", why=Text("the future is meant, not the goods", "说的是未来，不是产品")),
        FalseAlarm("UV Resin Curing Lamp 48 W", why=Text("curing hardens resin", "curing 指树脂固化")),
        FalseAlarm("Yoghurt Treats for Rabbits", why=Text("treats are food", "treats 是零食")),
        FalseAlarm("Calligraphy Brush No. 1, Goat Hair", why=Text("a size", "是尺寸编号")),
        FalseAlarm("Recycled Tote Bag, Eco-Friendly", certifications="GRS", why=Text("a green certificate is the evidence", "环保证书就是依据")),
        Bad("Folding Bike", brief="The best folding bike in the world for commuters", marked="The best folding bike in the world"),
        Bad("Arthritis Relief Gloves", marked="Arthritis Relief"),
        Bad("Sustainable Cork Yoga Block", marked="Sustainable"),
        Bad("Unbreakable Melamine Bowl", marked="Unbreakable"),
        FalseAlarm("Noodle Bowl", description="One of the best-selling bowls in the world", why=Text("a figure of sales, not of rank", "说的是销量，不是排名")),
        Bad("World's Best Snow Shovel", marked="World's Best"),
        Bad("Herbal Tea", description="Drink daily: it prevents cancer and boosts immunity."),
        Bad("No. 1 Garden Shears in Europe", marked="No. 1"),
        Bad("Eco-Friendly Plastic Hanger", marked="Eco-Friendly"),
        Bad("Steel Pot", description="India's No.1 pot maker"),
        Bad("Phone Film", description="It never breaks and lasts forever."),
    ),
    check=check,
)
