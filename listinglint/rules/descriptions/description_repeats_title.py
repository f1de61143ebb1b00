"""description-repeats-title: the description says nothing beyond the title."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint import lexicons
from listinglint.language.words import FILLER, FUNCTION_WORD, stem, word_info
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit where at most `most_new` content words of the description are not in the title."""
    title, part = doc.title, doc.description
    if title is None or part is None or len(part.words) > 3 * len(title.words) + 4:
        return
    known = {stem(word) for word in title.words}
    glued = "".join(title.words)
    empty = lexicons.word_list("empty_words")
    new = set()
    shared = 0
    for word in part.words:
        if stem(word) in known:
            shared += 1
        elif not word_info(word) & (FUNCTION_WORD | FILLER) and word not in empty and not (len(word) > 3 and word in glued):
            new.add(stem(word))
    if shared and len(new) <= (options["most_new"] if shared > 2 and not any(c.isdigit() for one in new for c in one) else 0):
        yield part.hit()


RULE = Rule(
    name="description-repeats-title",
    group="descriptions",
    severity="warning",
    summary=Text("The description only repeats the title", "描述只是重复标题"),
    messages=texts(
        "The description says nothing that the title does not; add specification, use, packaging and service",
        "描述没有超出标题的内容；请补充规格、用途、包装和服务",
    ),
    page=Text(
        "Finds descriptions whose words all stand in the title already; praise that fits any product (high quality, unique design) adds nothing. They look filled in to a program and are empty to a buyer. Write what "
        "the title has no room for: measures, material, use, what is in the box, instructions, service.",
        "找出所有词都已出现在标题里的描述；放在任何产品上都成立的夸赞（high quality、unique design）不算新内容。这种描述看似填了，对买家却毫无信息。请写标题写不下的内容：尺寸、材质、用途、包装清单、使用说明、服务。",
    ),
    check=check,
    fields=("description",),
    guidelines=("GD2",),
    options=(Option("most_new", int, 1, Text("so many new words do not make a description", "新词不超过此数仍算重复"), minimum=0),),
    examples=(
        Good("Copper Watering Can", description="Copper watering can of two litres with a long spout for pots on high shelves."),
        Good("Copper Watering Can", description="Two litres, long spout, dark patina."),
        Bad("Copper Watering Can, Long Spout", description="Copper watering can, long spout"),
        Bad("Copper Watering Can, Long Spout", description="<p>Long-spout copper watering cans - garden</p>"),
        Bad("Copper Watering Can", description="The copper watering can."),
        Bad("Copper Watering Can", description="This is a beautiful copper watering can. High quality, best service."),
        FalseAlarm(
            "Copper Watering Can", description="Copper Watering Can: 2 l, 38 cm, 900 g",
            why=Text("begins with the title, then tells its measures", "虽以标题开头，但给出了尺寸数据"),
        ),
        FalseAlarm("Copper Watering Can", description="N/A", why=Text("empty, which is another fault", "空描述属于另一个问题")),
    ),
)  # fmt: skip
