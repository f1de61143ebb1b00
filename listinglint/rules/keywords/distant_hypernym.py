"""A keyword that stands levels above the product: an industry, a department, or the third step up and beyond."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.language.relevance import keyword_relevance
from listinglint.language.thesaurus import thesaurus
from listinglint.model import Text
from listinglint.model.memory import PHRASES
from listinglint.rules.analysis import AnalysedListing, Keyword
from listinglint.rules.keyword_edits import added_hit, as_keyword, head_stem, replaced_or_taken_out, stems_of
from listinglint.rules.keyword_names import groups_by_head
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_FAR = 5
"""WordNet puts steps between (edge tool, cutter) that no buyer knows; five of its levels are about three of ours."""
_TRADES = frozenset({"industry", "industries", "sector", "trade", "field"})
"""What the name of any industry may end with."""
_FITS = 0.4
"""A broader name of less relevance to the title than this is taken for that of another thing."""


class _Industry(NamedTuple):
    """The groups of heads to which an industry is near, and the stems of title words that make it near."""

    near: frozenset[str]
    words: frozenset[str]


@cache
def _industries() -> dict[str, _Industry]:
    """Industries by their folded names."""
    return {
        w.fold(row["name"]): _Industry(frozenset(filter(None, row["near"].split(";"))), frozenset(map(w.stem, filter(None, row["words"].split(";")))))
        for row in lexicons.table("industries")
    }


@lru_cache(maxsize=PHRASES)
def _levels(word: str, head: str) -> int:
    """How many of WordNet's levels the noun `word` stands above `head` (main senses); 0 where it does not."""
    table = lexicons.nouns()
    above, below = table.senses(word, 1), table.senses(head, 1)
    if not above or not below:
        return 0
    return next((distance for row, distance in table.ancestors(below[0].row) if row == above[0].row), 0)


@lru_cache(maxsize=PHRASES)
def _near_names(product: str, steps: int = 2) -> frozenset[str]:
    """Names that stand up to two steps above the product in the thesaurus."""
    found: set[str] = set()
    level = [product]
    for _ in range(steps):
        level = [name for one in level for name in thesaurus().broader(one)]
        found.update(w.fold(name) for name in level)
    return frozenset(found)


_WARES: Final = frozenset({"products", "product", "goods", "items", "item", "supplies", "articles", "wares", "merchandise", "commodities"})
"""What may follow the name of an industry that is near no product, and leaves it one."""


def _industry(low: str) -> _Industry | None:
    """The industry that a keyword names: `home & garden` and `home and garden` are one, and `technology products` are technology."""
    known = _industries()
    found = known.get(low) or known.get(low.replace(" & ", " and ")) or known.get(low.replace(" and ", " & "))
    if found is not None:
        return found
    base, _, last = low.rpartition(" ")
    broad = known.get(base) if last in _WARES else None
    return broad if broad is not None and not broad.near else None


@cache
def _last_words() -> frozenset[str]:
    """The last words of what is above products: names of industries, wares and trades."""
    return (_TRADES | _WARES).union(name.split()[-1] for name in _industries())


def _may_jump(keyword: Keyword) -> bool:
    """A cheap test, true for every keyword of which `_jumps` may be."""
    pieces = keyword.words if keyword.plain else keyword.text.lower().replace("-", " ").split()
    return len(pieces) < 2 or pieces[-1] in _last_words() or "&" in pieces or "and" in pieces


def _jumps(doc: AnalysedListing, low: str, head: str) -> bool:
    industry = _industry(low)
    if industry is not None:
        if industry.words and doc.title is not None and not industry.words.isdisjoint(map(w.stem, doc.title.words)):
            return False
        return not industry.near & groups_by_head().get(head, frozenset())
    joined = low.replace(" and ", " & ").split(" & ")
    if len(joined) == 2 and any(_industry(piece) is not None for piece in joined):
        # Two departments at once are above every product of either.
        return all(w.stem(word) != head for piece in joined for word in piece.split())
    pieces = low.split()
    if len(pieces) > 1 and pieces[-1] in _TRADES:
        return doc.title is not None and pieces[-1] not in doc.title.word_set
    if " " in low or not w.word_info(low) & w.NOUN:
        return False
    word = w.stem(low)
    return word != head and _levels(word, head) >= _FAR


def _step(doc: AnalysedListing, product: str) -> str | None:
    """The next broader name that fits the title: a name of several things (flute) may have one that belongs to another."""
    taken = {w.fold(other.text) for other in doc.keywords}
    title = doc.title.text if doc.title is not None else product
    for name in thesaurus().broader(product):
        low = w.fold(name)
        if low not in _industries() and low not in taken and keyword_relevance(name, title) >= _FITS:
            return as_keyword(doc, name)
    return None


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """A finding for each keyword that jumps levels."""
    suspects = [keyword for keyword in doc.keywords if _may_jump(keyword)]
    if not suspects:
        return
    head, product = head_stem(doc), doc.product
    if head is None or product is None:
        return
    allowed = {w.fold(name) for name in options["allowed"]}
    near: frozenset[str] | None = None
    for keyword in suspects:
        low = w.fold(keyword.text)
        if low in allowed or w.stem(low) == head or not _jumps(doc, low, head) or ((own := stems_of(product)) and set(own).issuperset(stems_of(low))):
            continue
        if near is None:
            near = _near_names(product)
        if low in near or low + "s" in near or low.rstrip("s") in near:
            continue
        step = _step(doc, product)
        advice = Text(f"use a name one step up, such as '{step}'", f"请改用高一级的名称，例如“{step}”") if step else Text("take it out", "请删除")
        yield added_hit(keyword, [replaced_or_taken_out(doc, keyword, step)], product=product, advice=advice)


RULE = Rule(
    name="distant-hypernym",
    group="keywords",
    severity="warning",
    fields=("keywords",),
    guidelines=("GK4",),
    fix="unsafe",
    english=True,
    keywords="list",
    options=(Option("allowed", list, (), Text("wide names that are accepted", "允许使用的宽泛名称")),),
    summary=Text("A keyword many levels above the product: food for an apple", "关键词跨级太远：给苹果填 food"),
    messages={"default": Text("'{text}' is levels above {product}: buyers who type it want something else; {advice}", "“{text}”比 {product} 高出好几级，搜这个词的买家要的是别的东西，{advice}")},
    page=Text(
        "Finds keywords that name an industry, a department or a class far above the product: agriculture or food for an apple, electronics for a phone "
        "case. Such a keyword competes with millions of offers and brings buyers of other things. Walk up the hierarchy in near steps only: red Fuji "
        "apple, Fuji apple, apple, fresh fruit. A name up to two levels up (bolt and fastener, drill and power tool) is fine, and so is a department "
        "that is the product's own next class (clothing for a shirt). The fix puts the next broader name in its place, or takes the keyword out where none is known.",
        "检查用行业、部门或远高于产品的大类作关键词的情况：苹果写 agriculture 或 food，手机壳写 electronics。这样的词要和几百万个产品竞争，带来的也是找别的东西的买家。"
        "关键词应逐级上升：red Fuji apple、Fuji apple、apple、fresh fruit。高一到两级的名称（bolt 与 fastener、drill 与 power tool）没有问题，产品自己的上一级大类（衬衫写 clothing）也可以。"
        "修复会换成高一级的名称，没有合适的就删掉。",
    ),
    check=check,
    examples=(
        Good("Fresh Red Fuji Apple", keywords="red Fuji apple, Fuji apple, apple, fresh fruit", on="etsy"),
        Good("Cordless Impact Driver", keywords="impact driver, cordless driver, power tool"),
        FalseAlarm("Linen Shirt for Men", keywords="linen shirt, clothing", why=Text("clothing is the next class above a shirt", "clothing 是衬衫的上一级大类")),
        FalseAlarm("Food Processing Machinery", keywords="food processing machinery, machinery", why=Text("the title's own head", "标题本身的中心词")),
        Bad("Hydraulic Gear Pump", keywords="gear pump, technology products", marked="technology products"),
        Bad("Lace Wedding Dress", keywords="wedding dress, garments & accessories", marked="garments & accessories"),
        FalseAlarm("Canvas Shoes", keywords="canvas shoes, shoes and accessories", why=Text("the department right above", "就是上一级的类目")),
        Bad("Fresh Red Fuji Apple", keywords="red Fuji apple, apple, agriculture", marked="agriculture"),
        Bad("Fresh Red Fuji Apple", keywords="red Fuji apple, apple, food", marked="food"),
        Bad("Silicone Baking Mat", keywords="baking mat, silicone mat, housewares"),
        Bad("Bluetooth Speaker", keywords="bluetooth speaker, consumer electronics", marked="consumer electronics", fixed={"keywords": "bluetooth speaker, speaker"}),
        Bad("Hydraulic Jack", keywords="hydraulic jack, car jack, automobile repair industry", marked="automobile repair industry"),
        Bad("Window Squeegee", keywords="squeegee, industry", marked="industry"),
        FalseAlarm("Knitted Hat for Small Dogs", keywords="dog hat, pet supplies", why=Text("the next class above a dog hat", "宠物用品是狗帽的上一级大类")),
    ),
)  # fmt: skip
