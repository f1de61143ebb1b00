"""company-talk: sentences of a description that praise the company and tell nothing of the product."""

from __future__ import annotations

import re
from collections.abc import Iterator

from listinglint.model import Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.openings import sentences
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_SELLER = lazy_pattern(
    r"\b(?:we|our|ours|us|company|manufacturers?|suppliers?|exporters?|importers?|wholesalers?|dealers?|traders?|firm|organi[sz]ation|enterprises?|industries|clients?|customers?|patrons|team|experts|professionals)\b", re.I
)
"""Praise of the goods or of the price is not talk of the company."""
_TELLS = lazy_pattern(
    r"\b(?:designed (?:to|for)|(?:is|are) used|used (?:for|in|to|as)|ideal for|suitable for|perfect for|equipped with|consists? of|capable of|comprises|includes|comes with)\b", re.I
)
"""A sentence that goes on to say what the product is for or has is more than talk."""


def _talks(text: str) -> bool:
    return _SELLER.search(text) is not None and _TELLS.search(text) is None and not any(c.isdigit() for c in text)


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit on the first such sentence where they are more than `share` of all."""
    part = doc.description
    if part is None or part.chinese:
        return
    found = sentences(part)
    places = [phrase.start for phrase in doc.phrases("company_talk", ("description",)) if phrase.source is part]
    talk = [
        (start, end)
        for start, end in found
        if any(start <= place < end for place in places) and _talks(part.text[start:end])
    ]
    if talk and len(talk) > options["share"] * len(found):
        yield part.hit(*talk[0], "all" if len(talk) == len(found) else "default", count=len(talk), of=len(found))


RULE = Rule(
    name="company-talk",
    group="descriptions",
    severity="info",
    summary=Text("The description talks of the company rather than the product", "描述大谈公司而非产品"),
    messages={
        "default": Text(
            "Talk of the company: {count} of {of} sentences; say what the product is, does and comes with, and leave the company to its profile",
            "{of} 句中有 {count} 句在说公司；请写产品本身：是什么、有何用、随附什么，公司介绍放到公司主页",
        ),
        "all": Text(
            "The description speaks of the company only; say what the product is, does and comes with, and leave the company to its profile",
            "描述只谈公司；请写产品本身：是什么、有何用、随附什么，公司介绍放到公司主页",
        ),
    },
    page=Text(
        "Finds descriptions in which sentences about the seller (we are a leading manufacturer, thank you for visiting, customer satisfaction is "
        "our goal) take more than a fifth. They stand in thousands of listings alike and answer no question about the product. Replace them by "
        "facts; what speaks for the company belongs in its profile.",
        "找出超过五分之一的句子在介绍卖家的描述（我们是领先的制造商、感谢光临、客户满意是我们的目标等）。这些话在成千上万个产品里千篇一律，回答不了任何关于产品的问题。请换成产品信息，公司优势放到公司主页。",
    ),
    check=check,
    fields=("description",),
    guidelines=("GD1", "GD2"),
    phrases=("company_talk",),
    options=(Option("share", float, 0.2, Text("the largest share of sentences about the company", "公司介绍句子的最大占比"), minimum=0.0),),
    examples=(
        Good("Hydraulic Press", description="A press of 60 tonnes with a stroke of 250 mm. The table is 900 x 600 mm. We test every press for eight hours."),
        Good("Hydraulic Press", description="Four columns of forged steel. The ram is ground and chromed. Oil tank of 180 litres. Two hand valves. A foot pedal leaves both hands free. Our company has made presses since 1988."),
        Bad("Hydraulic Press", description="We are a leading manufacturer of presses. Our team serves you day and night. The press is blue."),
        Bad("Garden Trowel", description="Thank you for visiting our shop. A trowel of steel with a wooden handle."),
        FalseAlarm("Knitting Kit", description="Our wool comes from Merino sheep. We spin it twice, so that it does not pill.",
                   why=Text("says how the product is made, not how good the company is", "说的是产品工艺，而不是公司如何好")),
    ),
)  # fmt: skip
