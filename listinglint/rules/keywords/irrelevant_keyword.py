"""A keyword that names another product."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.language.relevance import keyword_relevance
from listinglint.language.thesaurus import thesaurus
from listinglint.model import Text
from listinglint.model.memory import PHRASES
from listinglint.rules.analysis import AnalysedListing, Keyword
from listinglint.rules.keyword_edits import added_hit, stems_of, taken_out
from listinglint.rules.keyword_names import (
    core,
    group_of,
    groups_by_head,
    heads_of_kind,
    heads_of_title,
    keyword_stem,
    last_stem,
    names_product,
    near,
    own_heads,
)
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_EXCLUSIVE = frozenset({"top-garment", "sports", "tools", "auto", "electronics", "appliance", "pet", "furniture", "toys"})
"""Groups whose members are no names for one another."""
_TOOLS = frozenset({"kitchen-tool", "appliance", "tools", "cookware"})
_FOODS = frozenset({"food", "agri"})
_VESSELS = frozenset({"tableware", "cookware", "appliance", "kitchen-tool", "packaging", "machine"})
_APART = frozenset({"pet", "appliance", "furniture", "toys"})
"""Of these, groups whose members do not stand in for one another even in part."""
_ONE_PURPOSE_EACH = frozenset({"sports", "tools", "auto", "electronics", "food", "agri", "health", "machine"})
"""Of these, groups whose members are bought for one purpose each: they stand in for one another only where they are near in meaning."""
_MACHINES = frozenset(map(w.stem, ("machine", "machinery")))
_DRIVEN = frozenset({"machine", "appliance", "tools", "kitchen-tool", "electronics", "auto"})
"""Groups whose products may be called machines."""
_KIN_MOST = 0.15
_KIN_OF_TOOLS = 0.1
"""Products of one group must be farther from each other in meaning to be told apart; those of tools the most (inflator, compressor)."""
_KIN_STEP, _APART_STEP = 2.25, 3.5
"""Two known names are told apart up to this multiple of the relevance: of one family whose members differ, and that nothing joins."""
_SOFT = w.COLOUR | w.MATERIAL | w.STYLE | w.AUDIENCE | w.SIZE | w.FILLER | w.GENERAL | w.TYPE_WORD | w.PART | w.PLACE_TIME


@cache
def _general_heads() -> frozenset[str]:
    """Stems of the general words of the groups: broader names, never another product."""
    return frozenset(w.stem(word.strip().rstrip("*")) for line in lexicons.head_lines() for word in line.partition(":")[2].split(",") if "*" in word)


@lru_cache(maxsize=PHRASES)
def _related(one: str, other: str, steps: int) -> bool:
    """True where a sense of one noun and a sense of the other meet within so many of WordNet's levels."""
    table = lexicons.nouns()
    ours = {row for sense in table.senses(one) for row in (sense.row, *(r for r, d in table.ancestors(sense.row) if d <= steps))}
    return any(row in ours for sense in table.senses(other) for row in (sense.row, *(r for r, d in table.ancestors(sense.row) if d <= steps)))


@lru_cache(maxsize=PHRASES)
def _whole_name(text: str) -> bool:
    """True for a keyword of two words or more that the thesaurus holds as a whole."""
    return " " in text and bool(thesaurus().groups_of(core(text)))


def _is_product(keyword: Keyword, heads: frozenset[str]) -> bool:
    """True where a keyword names a product that the lexicon knows and that is not just a property."""
    stem = keyword_stem(keyword)
    if stem in _MACHINES and " " in core(keyword.text):
        return not any(head in heads_of_kind("machine") or groups_by_head().get(head, frozenset()) & _DRIVEN for head in heads)
    if stem in heads_of_kind("broad"):
        return False
    if _whole_name(keyword.text):
        return True
    if stem not in groups_by_head():
        return False
    flags = w.word_info(stem)
    if flags & w.PERSON and not flags & w.ARTIFACT:
        return False
    return not flags & (_SOFT if " " not in core(keyword.text) else w.STYLE | w.GENERAL | w.PART)


def _far(title: str, keyword: Keyword, heads: frozenset[str], most: float) -> bool:
    """True where the keyword's head is of another family and far in meaning; of one family, where it is farther still."""
    stem = keyword_stem(keyword)
    mine = groups_by_head().get(stem, frozenset())
    known = [head for head in heads if head in groups_by_head()]
    if not known:
        return False
    shared = {group for head in known for group in mine & groups_by_head()[head]}
    kin = bool(shared)
    if kin and (stem in _general_heads() or shared - _EXCLUSIVE):
        return False
    if any(_related(stem, head, 1 if kin else 2) for head in heads):
        return False
    if kin:
        most = min(most, _KIN_OF_TOOLS if shared & {"tools", "auto"} else _KIN_MOST)
    return keyword_relevance(keyword.text, title) < most


def _stranger(title: str, product: str, keyword: Keyword, heads: frozenset[str], most: float) -> bool:
    """True for a known name of another product than the title's, which the thesaurus has not joined either.

    Where a sense of a word or a family of products joins the two, the keyword must be far in meaning; where nothing does, it need not be.
    """
    stem = keyword_stem(keyword)
    if stem in _general_heads():
        return False
    mine, groups = groups_by_head().get(stem, frozenset()), groups_by_head()
    shared = {group for head in heads - _general_heads() for group in mine & groups.get(head, frozenset())}
    relevance = keyword_relevance(keyword.text, title)
    if shared - _APART - _ONE_PURPOSE_EACH:
        return False
    siblings = not set(thesaurus().broader(core(keyword.text))).isdisjoint(thesaurus().broader(product))
    if siblings or shared - _APART or stem in heads_of_kind("holder") or (not shared and any(_related(stem, head, 2) for head in heads)):
        return relevance < most
    return relevance < (_KIN_STEP if shared else _APART_STEP) * most


def _ingredient(keyword: Keyword, heads: frozenset[str], stems: set[str], said: set[str]) -> bool:
    """True for the food that a tool works on (`fresh garlic` for a garlic press): the title's word with words of its own."""
    stem = keyword_stem(keyword)
    groups = {group for head in heads for group in groups_by_head().get(head, ())}
    return stem in said and bool(stems - said) and bool(w.word_info(stem) & w.FOOD) and bool(groups & _TOOLS) and not groups & _FOODS


def _what_it_serves(doc: AnalysedListing, keyword: Keyword, stems: set[str], said: set[str]) -> bool:
    """True for the thing that a holder or part is for, with words of its own: `gaming laptop` for a laptop backpack."""
    product, stem = doc.product or "", keyword_stem(keyword)
    names = stems_of(product)
    if stem not in names[:-1] or not stems - said or not _whole_name(keyword.text) or w.word_info(stem) & (_SOFT & ~w.TYPE_WORD):
        return False
    mine, theirs = groups_by_head().get(stem), groups_by_head().get(names[-1])
    return mine is not None and theirs is not None and mine.isdisjoint(theirs)


def _neighbour(doc: AnalysedListing, keyword: Keyword, stems: set[str], said: set[str]) -> bool:
    """True for another product of the same place or use: `shower curtain` for a hand shower, `kitchen sink` for a kitchen faucet."""
    product, stem = doc.product or "", keyword_stem(keyword)
    if stem in said or stem in heads_of_kind("broad") or stem in lexicons.word_list("accessory_words") or not _whole_name(keyword.text):
        return False
    own = group_of(product)
    mine, theirs = groups_by_head().get(stem), groups_by_head().get(last_stem(product))
    if own is None or mine is None or theirs is None or not mine.isdisjoint(theirs):
        return False
    return thesaurus().relation(core(keyword.text), product) is None or thesaurus().relation(core(keyword.text), product) == "unlike"


def _foreign(doc: AnalysedListing, keyword: Keyword, heads: frozenset[str], said: set[str], most: float) -> bool:
    """True for a keyword of another product, given that it does not name the listing's."""
    stems = set(keyword.content)
    if doc.title is None:
        return False
    if stems & said:
        return _ingredient(keyword, heads, stems, said) or _what_it_serves(doc, keyword, stems, said) or _neighbour(doc, keyword, stems, said)
    if not _is_product(keyword, heads) or any(len(word) > 2 and (stem.startswith(word) or stem.endswith(word)) for stem in stems for word in said):
        return False
    served = _VESSELS if w.word_info(keyword_stem(keyword)) & w.FOOD else _FOODS if "health" in groups_by_head().get(keyword_stem(keyword), ()) else frozenset()
    if any(groups_by_head().get(head, frozenset()) & served for head in heads):
        return False
    product = doc.product or ""
    if group_of(keyword.text) is not None and near(keyword.text, product):
        return False
    if group_of(product) is not None and group_of(keyword.text) is not None and _stranger(doc.title.text, product, keyword, heads, most):
        return True
    both_known = group_of(product) is not None and bool(thesaurus().groups_of(core(keyword.text)))
    return _far(doc.title.text, keyword, heads, 1.5 * most if both_known else most)


def _may_be_foreign(keyword: Keyword, said: set[str]) -> bool:
    """A cheap test, true for every keyword that `_foreign` may take for another product's.

    A keyword of nothing but the listing's own words says no other product, nor does one that names none by itself.
    """
    stems, stem = keyword.content, keyword_stem(keyword)
    if stem in stems and said.issuperset(stems):
        return False
    if stem in said:
        return not said.issuperset(stems)
    if said.isdisjoint(stems):
        return stem in _MACHINES or stem in groups_by_head() or _whole_name(keyword.text)
    return stem not in heads_of_kind("broad") and _whole_name(keyword.text)


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """A finding for each keyword that names another product."""
    product, title = doc.product, doc.title
    if product is None or title is None or doc.name.several:
        return
    own = own_heads(doc)
    others = [keyword for keyword in doc.keywords if keyword_stem(keyword) not in own and len(keyword.text) < 60]
    if not others:
        return
    said = {*w.content_words(title.text), *stems_of(doc.listing.text("category") or "")}
    if said & heads_of_kind("paper"):
        return
    others = [keyword for keyword in others if _may_be_foreign(keyword, said)]
    if not others:
        return
    heads = heads_of_title(doc)
    strangers = [keyword for keyword in others if not names_product(doc, keyword, heads)]
    if not strangers or not any(names_product(doc, keyword, heads) for keyword in doc.keywords):
        return
    most = options["most"] / 4 if (heads | set(stems_of(product))) & heads_of_kind("holder") else options["most"]
    foreign = [keyword for keyword in strangers if _foreign(doc, keyword, heads, said, most)]
    if 2 * len(foreign) <= len(doc.keywords):
        for keyword in foreign:
            yield added_hit(keyword, [taken_out(keyword)] if len(doc.keywords) > 1 else [], product=product)


RULE = Rule(
    name="irrelevant-keyword",
    group="keywords",
    severity="warning",
    fields=("keywords",),
    guidelines=("GK6",),
    fix="unsafe",
    english=True,
    keywords="list",
    options=(Option("most", float, 0.2, Text("keywords of higher relevance (0 to 1) are never reported", "相关度（0 到 1）高于此值的关键词不报告"), minimum=0.0),),
    summary=Text("A keyword that names another product", "关键词是别的产品"),
    messages={"default": Text("'{text}' is another product than {product}; its buyers send unrelated inquiries: take it out", "“{text}”和 {product} 不是同一种产品，会带来无关询盘，请删除")},
    page=Text(
        "Finds keywords that name another product than the title: a laptop bag on a mouse, fresh garlic on a garlic press. Such keywords bring inquiries for what you "
        "do not sell, lower the conversion by which marketplaces rank, and look unprofessional. A keyword is reported when its head is a known product of another "
        "family and its meaning is far away; also when it names the thing that the product is for (acoustic guitar on a guitar case) or another product of the same "
        "place (kitchen sink on a kitchen faucet). Synonyms, "
        "broader and narrower names, uses, occasions, styles and what the product fits are not reported. The fix takes the keyword out.",
        "检查与标题不是同一种产品的关键词：鼠标写 laptop bag，压蒜器写 fresh garlic。这样的词带来的询盘是别的产品，会拉低平台排名所依据的转化率，也显得不专业。"
        "关键词的中心词是另一类已知产品、意思又相差很远时会报告；写的是产品所配套的东西（吉他包写 acoustic guitar）或同一场所的另一种产品（厨房龙头写 kitchen sink）时也会报告。同义词、上下级名称、用途、节日、风格和适配对象都不报告。修复会删掉该关键词。",
    ),
    check=check,
    examples=(
        Good("Wireless Mouse", keywords="wireless mouse, cordless mouse, optical mouse"),
        Good("Insulated Tumbler", keywords="insulated tumbler, travel mug, coffee cup"),
        FalseAlarm("Toner Cartridge", keywords="toner cartridge for laser printer, printer cartridge", why=Text("names the printer only as what it fits", "只是说明适配的打印机")),
        FalseAlarm("Beaded Anklet", keywords="anklet, beach wedding gift, boho jewelry", why=Text("occasion and style", "场合与风格")),
        Bad("Wireless Mouse", keywords="wireless mouse, cordless mouse, backpack", fixed={"keywords": "wireless mouse, cordless mouse"}),
        FalseAlarm("Hinged Door Wreath", keywords="door wreath, wall hanger", why=Text("it hangs: a word for its use", "说明用途：挂在墙上")),
        Bad("PVC Floor Tile", keywords="pvc floor tile, vinyl flooring, ceiling fan", marked="ceiling fan"),
        Bad("18V Cordless Drill", keywords="cordless drill, electric drill, lawn mower", marked="lawn mower"),
        Bad("Frozen Vannamei Shrimp", keywords="frozen shrimp, vannamei shrimp, dried mango", marked="dried mango"),
        Bad("Electric Kettle", keywords="electric kettle, hiking boots", marked="hiking boots"),
        Bad("Padded Guitar Case", keywords="guitar case, guitar bag, acoustic guitar", marked="acoustic guitar"),
        Bad("Garlic Crusher", keywords="garlic crusher, fresh garlic", marked="fresh garlic"),
    ),
)  # fmt: skip
