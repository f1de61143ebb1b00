"""keyword-placement: the main keyword stands neither at the beginning nor at the end of the description."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.language.thesaurus import thesaurus
from listinglint.language.words import stem
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing, FieldText, Keyword, phrase_stems
from listinglint.rules.keyword_names import heads_of_title, names_product
from listinglint.rules.openings import ending, opening
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts

_TAGS = 5
"""With more keywords than this (tags) none is the main one: any of them will do, and so will the product's bare name."""


def _holds(found: set[str], wanted: tuple[str, ...]) -> bool:
    """True when all stems of a name are among those of a text, or the name stands there written as one word."""
    if all(one in found for one in wanted):
        return True
    glued = "".join(wanted)
    return len(wanted) > 1 and glued in found


def _main(doc: AnalysedListing) -> list[Keyword]:
    """The keywords that name the product (not `DOT Approved` or `200cc`), the main one first; the first of all where none does."""
    heads = heads_of_title(doc)
    naming = [keyword for keyword in doc.keywords if keyword.stems and heads and names_product(doc, keyword, heads)]
    return naming or [keyword for keyword in doc.keywords if keyword.stems][:1]


def _bare_names(doc: AnalysedListing) -> list[tuple[str, ...]]:
    """The head, and the names that the thesaurus has for the product."""
    names = [doc.name.head] if doc.name.head else []
    found = thesaurus().match(doc.product) if doc.product else None
    if found is not None:
        names += [found.matched, *found.group.names]
    return [(head,) for head in heads_of_title(doc)] + [phrase_stems(name) for name in names]


def _stems(part: FieldText, place: tuple[int, int]) -> set[str]:
    return set(map(stem, part.flat[place[0] : place[1]].split()))


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit where the opening and the ending hold neither a main keyword nor the product's name."""
    part = doc.description
    if part is None or not doc.keywords or len(part.words) < options["min_words"]:
        return
    windows = [_stems(part, opening(part, paragraph=True))]
    if doc.product and _holds(windows[0], phrase_stems(doc.product)):
        return
    windows.append(_stems(part, ending(part, paragraph=True)))
    tags = len(doc.keywords) > _TAGS
    wanted = [phrase_stems(doc.product)] if doc.product else []
    if tags:
        wanted += [keyword.stems for keyword in doc.keywords if keyword.stems]
    if any(_holds(window, one) for one in wanted for window in windows):
        return
    main = _main(doc)
    if not main or any(_holds(window, keyword.stems) for keyword in main for window in windows):
        return
    if tags and any(one and _holds(window, one) for one in _bare_names(doc) for window in windows):
        return
    yield part.hit(keyword=main[0].text)


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
        "Looks for the main keyword (the first that names the product) or the product's full name in the first and in the last sentences of the "
        "description; of more than five tags any one will do. These places "
        "weigh most in search and are what a hurried reader sees. Name the product in the first sentence, and once more where the text "
        "ends. Plural, hyphens and the order of the words make no difference.",
        "检查主关键词（第一个写明产品的关键词）或完整产品名是否出现在描述的开头几句或结尾几句；超过五个标签时任意一个即可。这两处在搜索中权重最高，也是匆忙的买家最先看到的地方。请在第一句写出产品名，"
        "并在结尾再提一次。单复数、连字符和词序不影响判断。",
    ),
    check=check,
    fields=("description",),
    guidelines=("GK10",),
    english=True,
    keywords="list",
    screen=lambda doc: doc.has("keywords"),
    options=(
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
        Bad(
            "200cc Farm ATV", keywords="DOT Approved, farm ATV, quad bike",
            description="Nights in the woods are long and dark, as everyone knows. Wild beasts roam, and the moon hides. A farm ATV is at home there. "
            "It climbs, it wades, it pulls. Two brothers founded our house in a small town. Three hundred people work there today with pride.",
        ),
        FalseAlarm(
            "200cc Farm ATV", keywords="DOT Approved, farm ATV, quad bike",
            description="This farm ATV climbs, wades and pulls. The rack on the rear carries a calf or four bales of hay. Start it by key or by rope.",
            why=Text("a certificate is not the main keyword", "证书不是主关键词"),
        ),
        FalseAlarm(
            "Ear-rings", keywords="ear ring",
            description="Earrings of silver with small pearls, made by hand in our workshop. Each pair comes in a box of its own with a card.",
            why=Text("written as one word it is the same keyword", "连写仍是同一个关键词"),
        ),
    ),
)  # fmt: skip
