"""brief-no-selling-point: the brief description, or the opening of the description, tells no figure, feature, proof or market."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from listinglint.language.vocabulary import FEATURE, TELLING, word_flags
from listinglint.language.words import stem
from listinglint.model import Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FieldText
from listinglint.rules.openings import each_sentence, idle, opening
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule, texts

_FIGURE = lazy_pattern(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|hundred|thousand|million)\b", re.I)
_DIGIT = lazy_pattern(r"\d")
_WHOLE = lazy_pattern(r"\b100\s?%\s?(?:brand[ -]?)?(?:new|high quality|quality|satisfaction|genuine|original|authentic)\b", re.I)
_ENOUGH_NEW = 4
"""So many words that are neither in the title nor empty talk tell something, whatever they are."""
_BESIDE_TALK = 10
"""So many in a sentence that praises the company or the sale as well."""


def _told(text: str, known: frozenset[str]) -> tuple[set[str], set[str]]:
    """The words of a sentence that name a feature, a material or a colour, and all that tell something; without those of the title."""
    special: set[str] = set()
    new: set[str] = set()
    for word in text.lower().replace("’", "'").split():
        bare = word.strip(".,;:!?()[]\"'*•")
        for one in (bare, *bare.split("-")) if "-" in bare else (bare,):
            if not one or stem(one) in known:
                continue
            flags = word_flags(one)
            if flags & FEATURE:
                special.add(stem(one))
            if flags & TELLING:
                new.add(stem(one))
    return special, new


def _figures(text: str, talk: bool) -> bool:
    """True when the text holds a figure; in talk of the company number words count only when there are three, `100% new` is no figure."""
    text = _WHOLE.sub("", text)
    if not talk and _DIGIT.search(text) is not None:
        return True
    found = _FIGURE.findall(text)
    return bool(found) and (not talk or len(found) > 2 or any(c.isdigit() for c in text))


def _tells(part: FieldText, spans: list[tuple[int, int]], talk: list[bool], known: frozenset[str]) -> bool:
    """True when the sentences tell something of the product that its title does not."""
    together: set[str] = set()
    for (start, end), talks in zip(spans, talk, strict=True):
        text = part.text[start:end]
        if _figures(text, talks):
            return True
        special, new = _told(text, known)
        if talks:
            if len(special) > 1 and len(new) >= _BESIDE_TALK:
                return True
            continue
        together |= new
        if special or len(together) >= _ENOUGH_NEW:
            return True
    return False


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit on the brief, or on the opening of the description where there is no brief."""
    part = doc.brief or doc.description
    if part is None or part.chinese:
        return
    start, end = opening(part) if part.field == "description" else (0, len(part.text))
    if end <= start:
        return
    title = doc.title
    known = frozenset(title.stems) if title else frozenset()
    found = [(low, min(high, end)) for low, high in takewhile(lambda span: span[0] < end, each_sentence(part))]
    if _tells(part, found, idle(doc, part, found), known):
        return
    while end > start and part.text[end - 1].isspace():
        end -= 1
    yield part.hit(start, end)


RULE = Rule(
    name="brief-no-selling-point",
    group="descriptions",
    severity="info",
    whole=True,
    summary=Text("The opening tells no figure, feature, proof or market", "开头没有数据、特点、证明或市场信息"),
    messages=texts(
        "The opening says nothing that sells: begin with the strongest point, such as a figure, a feature, a proof or the markets served",
        "开头没有卖点：请以最有力的一点开头，例如数据、特点、检测证明或销往的市场",
    ),
    page=Text(
        "Reads the brief description (or, where the source has none, the first sentences of the description) and looks for something that "
        "sells: a figure, a material, a feature, a use, a proof, a market. Greetings, praise of the company and the bare product name are "
        "none. The opening is what search results show, so it decides whether a buyer reads on. Lead with the strongest point: "
        "“Tested for 500,000 cycles; sold in North America for ten years.”",
        "检查简要描述（没有时看描述的前几句）是否包含卖点：数据、材质、特点、用途、证明或市场。问候语、夸赞公司和单纯重复产品名都不算。搜索结果展示的"
        "正是开头部分，它决定买家是否继续看。请把最有力的卖点放在最前面，例如“经五十万次开关测试，在北美畅销十年”。",
    ),
    check=check,
    fields=("brief", "description"),
    guidelines=("GD1",),
    lexicons=("company_talk", "promotional"),
    examples=(
        Good("Stainless Steel Faucet", brief="Used 500 thousand times without a drop; well reputed in North America."),
        Good("Beach Umbrella", brief="Opens with one hand and stands strong wind."),
        Good("Wool Blanket", description="Woven from merino. Washable at thirty degrees."),
        Bad("Cotton Shirt", description="100% brand new. High quality. Professional."),
        Bad("Stainless Steel Faucet", brief="Good product, dear friend, welcome to ask us."),
        Bad("Beach Umbrella", brief="This is a very nice beach umbrella."),
        Bad(
            "Injection Moulding Machine",
            description="Our company has always put the customer first. We thank you for your interest and hope to do business with you soon.",
        ),
        FalseAlarm(
            "Baby Carrier", brief="Supports the back of the child and leaves both hands free.",
            why=Text("no figure, but it says what the carrier does", "没有数据，但说明了产品的作用"),
        ),
    ),
)  # fmt: skip
