"""keyword-density: one keyword makes up more of the description than a tenth."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.language.words import COLOUR, MATERIAL, SIZE, STYLE, word_info
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing, Keyword
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts

_ASPECT = COLOUR | MATERIAL | SIZE | STYLE
"""A lone word of these (a tag such as `blue`) describes and is not stuffed: a text about blue things says so."""


def _places(stems: list[str], at: list[int], wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    """First and last word of each occurrence, of which `at` are the words that may begin one; they do not overlap."""
    size = len(wanted)
    kept: list[tuple[int, int]] = []
    for low in at:
        if low + size > len(stems):
            break
        if (not kept or low > kept[-1][1]) and stems[low + size - 1] == wanted[-1] and tuple(stems[low : low + size]) == wanted:
            kept.append((low, low + size - 1))
    return kept


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit, on the densest keyword, at its first occurrence; words run together count where the letters stand."""
    part = doc.description
    if part is None or not doc.keywords or len(part.words) < options["min_words"]:
        return
    total = len(part.words)
    stems = part.stems
    starts: dict[str, int] = {}
    best: tuple[float, int, Keyword, tuple[int, int] | None] | None = None
    for keyword in doc.keywords[:20]:
        wanted = keyword.stems
        if not wanted or (len(wanted) == 1 and word_info(keyword.text.lower()) & _ASPECT):
            continue
        if wanted[0] not in starts:
            starts[wanted[0]] = stems.count(wanted[0])
        glued = part.norm.count(" ".join(wanted)) if len(wanted) > 1 else 0
        highest = max(starts[wanted[0]], glued)
        if highest < options["min_count"] or highest * len(wanted) / total <= options["most"]:
            continue
        places = _places(stems, [at for at, one in enumerate(stems) if one == wanted[0]], wanted)
        count = max(len(places), glued)
        share = count * len(wanted) / total
        if count >= options["min_count"] and share > options["most"] and (best is None or share > best[0]):
            best = (share, count, keyword, places[0] if places else None)
    if best is not None:
        share, count, keyword, place = best
        span = part.phrase_span(place[0], place[1] - place[0] + 1) if place else (None, None)
        yield part.hit(*span, keyword=keyword.text, count=count, share=round(100 * share), most=round(100 * options["most"]))


RULE = Rule(
    name="keyword-density",
    group="descriptions",
    severity="warning",
    summary=Text("One keyword fills more than a tenth of the description", "某个关键词在描述中的密度超过 10 %"),
    messages=texts(
        "“{keyword}” stands {count} times and makes up {share} % of the description; up to {most} % reads naturally",
        "“{keyword}”出现 {count} 次，占描述的 {share} %；一般不应超过 {most} %",
    ),
    page=Text(
        "Counts how often each keyword of the listing stands in the description (plural and hyphens make no difference), multiplies by its "
        "words and divides by the words of the text. Above ten per cent the text was written for a search engine, not for a reader; search "
        "engines take it for spam. Keep the keyword in the opening and the ending, and say “it” or use another name elsewhere.",
        "统计每个关键词在描述中出现的次数（不计单复数和连字符差别），乘以其词数再除以总词数。超过 10 % 的文字是写给搜索引擎而不是写给买家的，"
        "搜索引擎会视为作弊。请在开头和结尾保留关键词，其余地方用代词或其他名称。",
    ),
    check=check,
    fields=("description",),
    guidelines=("GK10",),
    english=True,
    keywords="list",
    screen=lambda doc: doc.has("keywords"),
    options=(
        Option("most", float, 0.10, Text("the largest share of the words", "最高占比"), minimum=0.0),
        Option("min_words", int, 10, Text("shorter descriptions are not judged", "少于此词数的描述不检查"), minimum=1),
        Option("min_count", int, 3, Text("fewer occurrences are not counted", "少于此次数不计"), minimum=1),
    ),
    examples=(
        Good(
            "Camping Lantern", keywords="camping lantern, tent light",
            description="This camping lantern lights a tent for 40 hours on one charge. Hang it by the hook or stand it on the table; "
            "three levels of brightness, dimmable, water-resistant. The lantern folds to the size of a cup.",
        ),
        Good(
            "Rice Cooker", keywords="rice cooker",
            description="A rice cooker with an inner pot of 1.8 litres for a family of six, a keep-warm function and a measuring cup. "
            "Power 700 W, non-stick coating, cord of one metre.",
        ),
        Bad(
            "Camping Lantern", keywords="camping lantern, tent light", marked="camping lantern",
            description="Buy our camping lantern, for the camping lantern is the best camping lantern of all; a camping lantern for every "
            "camping trip, every camping lantern lover and every tent.",
        ),
        Bad(
            "Fishing Reels", keywords="fishing reel",
            description="Fishing reels for sea and lake. Our fishing reels are light, our fishing reels are strong, and fishing reels "
            "of other makers are neither light nor strong at all.",
        ),
        FalseAlarm(
            "Camping Lantern", keywords="camping lantern", description="Camping lantern, green. Camping lantern for tents.",
            why=Text("in so short a text the name cannot but be dense", "文字太短，密度没有意义"),
        ),
    ),
)  # fmt: skip
