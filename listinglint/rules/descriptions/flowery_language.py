"""flowery-language: words of praise and mood crowd the description where a buyer asks for facts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from listinglint import lexicons
from listinglint.language.vocabulary import flag_for
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts

_READ = 250
"""So many words from the beginning are read: what comes first is what a buyer reads."""


@cache
def _flowery() -> frozenset[str]:
    return lexicons.word_list("flowery_words")


_FLOWERY = flag_for(_flowery)


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit at the first such word where different ones are more than `share` of the words, and `fewest` at least."""
    part = doc.description
    if part is None or part.chinese:
        return
    found = _flowery().intersection(part.with_flag(_FLOWERY))
    if len(found) < options["fewest"]:
        return
    words = part.words[:_READ]
    used = [word for word in dict.fromkeys(words) if word in found]
    if len(used) >= options["fewest"] and len(used) > options["share"] * len(words):
        start, end = part.spans[words.index(used[0])]
        yield part.hit(start, end, count=len(used), words=", ".join(used[:5]))


RULE = Rule(
    name="flowery-language",
    group="descriptions",
    severity="info",
    summary=Text("Praise and mood crowd the description", "描述充斥华丽辞藻"),
    messages=texts(
        "{count} words of praise and mood ({words} …); say instead what the product is, what it measures and what it does",
        "有 {count} 个渲染性的词（{words} …）；请改写为产品的材质、尺寸和功能",
    ),
    page=Text(
        "Finds descriptions that spend their first sentences on words of praise and mood: captivating, timeless, elevate your space. Trade buyers skip "
        "them, search engines find nothing in them, and texts written by machines are full of them. Keep one sentence that sells, and fill the rest with "
        "what can be checked: material, measures, use, care, packing.",
        "找出开头几句充斥渲染和赞美的描述：captivating、timeless、elevate your space 之类。采购商会直接略过，搜索引擎从中找不到内容，机器写的文字里尤其多。"
        "请保留一句有卖点的话，其余写可核实的信息：材质、尺寸、用途、保养、包装。",
    ),
    check=check,
    fields=("description",),
    screen=lambda doc: doc.description is not None and doc.description.mask & _FLOWERY != 0,
    guidelines=("GD1", "GD8"),
    options=(
        Option("fewest", int, 4, Text("fewer such words are accepted", "少于此数不报告"), minimum=1),
        Option("share", float, 0.035, Text("the largest share of the words", "最高占比"), minimum=0.0),
    ),
    examples=(
        Good("Stoneware Vase", description="Vase of white stoneware, 22 cm high, neck 4 cm. Glazed inside, watertight. A beautiful match for dried grass."),
        Good("Wall Clock", description="Quiet quartz movement in a frame of oak, 30 cm across. Perfect for kitchens. One AA battery."),
        Bad("Stoneware Vase", description="Elevate your home with this captivating vase. Its timeless elegance and serene beauty make a stunning statement in any room."),
        Bad("Wall Clock", description="A true masterpiece of unparalleled sophistication, this exquisite clock adds irresistible charm and a touch of magic to your life."),
        FalseAlarm(
            "Luxury Magic Vibe Ring Light", description="Ring light of 26 cm with a tripod of 160 cm, three colours, ten levels of brightness and a remote control.",
            why=Text("the title is flowery, the description is not", "华丽的是标题，描述并不华丽"),
        ),
    ),
)  # fmt: skip
