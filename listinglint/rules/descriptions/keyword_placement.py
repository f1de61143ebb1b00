"""keyword-placement: the main keyword stands neither at the beginning nor at the end of the description."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.language.words import stem
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing, phrase_stems
from listinglint.rules.openings import ending, opening
from listinglint.rules.phrases import flatten
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts


_TAGS = 5
"""With more keywords than this (tags) none is the main one: any of them will do."""


def _holds(text: str, wanted: tuple[str, ...]) -> bool:
    found = {stem(word) for word in flatten(text).split()}
    if all(one in found for one in wanted):
        return True
    glued = "".join(wanted)
    return len(wanted) > 1 and any(one == glued for one in found)


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit where the opening and the ending hold neither one of the first keywords nor the product's name."""
    part = doc.description
    keywords = doc.keywords
    if part is None or not keywords or len(part.words) < options["min_words"]:
        return
    main = len(keywords) if len(keywords) > _TAGS else options["main"]
    wanted = [keyword.stems for keyword in keywords[:main] if keyword.stems]
    if doc.product:
        wanted.append(phrase_stems(doc.product))
    begin, end = opening(part), ending(part)
    for low, high in (begin, end):
        window = part.text[low:high]
        if any(_holds(window, one) for one in wanted):
            return
    yield part.hit(keyword=keywords[0].text)


RULE = Rule(
    name="keyword-placement",
    group="descriptions",
    severity="info",
    summary=Text("The main keyword stands neither in the opening nor in the ending", "主关键词既不在描述开头也不在结尾"),
    messages=texts(
        "“{keyword}” stands neither in the opening nor in the ending of the description; name the product in one of them",
        "描述的开头和结尾都没有出现“{keyword}”；请在其中一处写出产品名",
    ),
    page=Text(
        "Looks for the main keyword (or the product's full name) in the first and in the last sentences of the description. These places "
        "weigh most in search and are what a hurried reader sees. Name the product in the first sentence, and once more where the text "
        "ends. Plural, hyphens and the order of the words make no difference.",
        "检查主关键词（或完整产品名）是否出现在描述的开头几句或结尾几句。这两处在搜索中权重最高，也是匆忙的买家最先看到的地方。请在第一句写出产品名，"
        "并在结尾再提一次。单复数、连字符和词序不影响判断。",
    ),
    check=check,
    fields=("description",),
    guidelines=("GK10",),
    english=True,
    keywords="list",
    screen=lambda doc: doc.has("keywords"),
    options=(
        Option("main", int, 1, Text("how many of the first keywords are main ones", "前几个关键词算主关键词"), minimum=1),
        Option("min_words", int, 15, Text("shorter descriptions are not judged", "少于此词数的描述不检查"), minimum=1),
    ),
    examples=(
        Good(
            "Camping Lantern", keywords="camping lantern",
            description="This camping lantern lights a tent for forty hours. It hangs by a hook. Order a sample today and see for yourself.",
        ),
        Good(
            "Wooden Toy Train", keywords="wooden train",
            description="Beech from German forests, painted with colours that a child may chew on. Forty pieces in a cotton bag. There is no "
            "better present than a train of wood: a wooden train lasts for generations.",
        ),
        Bad(
            "Camping Lantern", keywords="camping lantern",
            description="Nights in the woods are long and dark, as everyone knows. Wild beasts roam, and the moon hides. A good camping lantern makes them bright. Our house was "
            "founded by two brothers in a small town. Today three hundred people work there with pride.",
        ),
        Bad(
            "Wooden Toy Train", keywords="wooden train, toy train",
            description="Children have loved to play with it for a hundred years. It is painted with safe colours. Your kids will never want "
            "to stop. Buy it now and make them happy for a long time.",
        ),
        FalseAlarm(
            "Ear-rings", keywords="ear ring",
            description="Earrings of silver with small pearls, made by hand in our workshop. Each pair comes in a box of its own with a card.",
            why=Text("written as one word it is the same keyword", "连写仍是同一个关键词"),
        ),
    ),
)  # fmt: skip
