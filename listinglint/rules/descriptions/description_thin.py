"""description-thin: long enough not to be a mere note, too short to answer what buyers ask."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.lengths import word_count
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit where the description has from `from_words` up to `enough` words."""
    filled = [part for part in doc.parts("description") if not part.blank]
    if not filled or sum(len(part.raw) for part in filled) > 60 * options["enough"]:
        return
    words = sum(word_count(part) for part in filled)
    if options["from_words"] <= words < options["enough"]:
        yield Hit("description", values={"words": words, "enough": options["enough"]})


RULE = Rule(
    name="description-thin",
    group="descriptions",
    severity="info",
    summary=Text("The description is short", "描述偏短"),
    messages=texts(
        "The description has {words} words; good ones have {enough} or more and tell use, packaging and service too",
        "描述只有 {words} 个词（中文每三字算一词）；好的描述通常不少于 {enough} 个，并写明用途、包装和服务",
    ),
    page=Text(
        "Advises on descriptions of twenty to fifty words. They say something, but seldom enough for a buyer to decide: what it is for, how it is "
        "packed, how it is used, what happens when it breaks. Add what your sales staff are asked most often. Shorter ones are reported by "
        "`description-length`.",
        "提示二十到五十个词的描述。这类描述有些内容，但往往不足以让买家做决定：用途、包装、使用方法、售后。请补充销售人员最常被问到的问题。更短的描述由 "
        "`description-length` 报告。",
    ),
    check=check,
    fields=("description",),
    guidelines=("GD2", "GD3"),
    options=(
        Option("from_words", int, 20, Text("shorter ones are reported by description-length", "更短的由 description-length 报告"), minimum=0),
        Option("enough", int, 50, Text("so many words are enough", "达到此词数即可"), minimum=1),
    ),
    examples=(
        Good(
            "Garden Trowel",
            description="Trowel with a head of stainless steel and a handle of ash wood, 32 cm long, 210 g. The head is engraved with a depth scale "
            "in centimetres and inches, so that bulbs go in at the right depth. Hang it up by the leather loop. Wash it with water and oil the "
            "handle once a year. Packed in a kraft box; two years of warranty.",
        ),
        Good("Garden Trowel", description="Trowel, 32 cm."),
        Bad(
            "Garden Trowel", description="Trowel with a head of stainless steel and a handle of ash wood, 32 cm long, 210 g. The head is engraved with a scale.",
        ),
        Bad("保温杯", description="采用食品级304不锈钢内胆，双层真空结构，保温十二小时，容量五百毫升，杯盖带密封圈，倒置不漏水，表面喷塑，防滑耐刮，可定制颜色与标志。"),
        FalseAlarm("Garden Trowel", description="", why=Text("an empty one is reported as missing", "空描述由 description-missing 报告")),
    ),
)  # fmt: skip
