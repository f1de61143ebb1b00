"""The product has well-known other names, and no keyword uses one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from listinglint.language import words as w
from listinglint.language.commonness import commonness
from listinglint.language.thesaurus import Group, name_key, thesaurus
from listinglint.model import Text
from listinglint.model.memory import PHRASES
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.apart import contradicts, other_sense
from listinglint.rules.keyword_edits import appended, as_keyword
from listinglint.rules.keyword_names import group_of, heads_of_kind, keyword_stem, last_stem, near
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_PROPERTY = w.COLOUR | w.MATERIAL | w.STYLE | w.AUDIENCE | w.SIZE | w.FILLER | w.NUMBER
_RARE = 2.4
"""Words below this zipf value are none that many buyers type: billfold for a wallet."""


@lru_cache(maxsize=PHRASES)
def _little_used(name: str) -> bool:
    """True for a rare word; of several words each may be common and the name not, so these are not judged."""
    return " " not in name and "-" not in name and commonness(name) < _RARE


def _other_machine(product: str) -> bool:
    """True where words before a machine's known name say what it works on, which makes it another: a scrap washing machine is no washer."""
    found = thesaurus().match(product)
    if found is None or last_stem(found.matched) not in heads_of_kind("machine"):
        return False
    return any(w.word_info(word.lower()) & w.NOUN for word in found.modifiers.split())


class _Name(NamedTuple):
    """A name of a group with what it is compared by."""

    text: str
    key: str
    last: str


@lru_cache(maxsize=PHRASES)
def _names(group: Group) -> tuple[_Name, ...]:
    return tuple(_Name(name, name_key(name), last_stem(name)) for name in group.names)


@lru_cache(maxsize=PHRASES)
def _defined_names(group: Group) -> tuple[tuple[int, _Name, str, str], ...]:
    """The names of two words with what says what they are before them: their places, and the key and the stem of that word."""
    return tuple(
        (at, name, name_key(first), w.stem(first.lower())) for at, name in enumerate(_names(group)) if _defined(name.text) for first in name.text.split()[:1]
    )


@lru_cache(maxsize=PHRASES)
def _other_names(product: str, most: int) -> tuple[str, ...]:
    """Well-known names of the product: those with another head than its own, else those with another word before it (cell phone, mobile phone)."""
    group = group_of(product)
    if group is None or _other_machine(product):
        return ()
    own, key = last_stem(product), name_key(product)
    others = [name.text for name in _names(group)[:most] if name.last != own and own not in name.key and name.key not in key]
    return tuple(name for name in others if name not in group.rare and not _little_used(name)) or _same_head(product, group, most)


def _same_head(product: str, group: Group, most: int) -> tuple[str, ...]:
    """Of the commonest names those of two words with the product's head and another word before it, where the product's own name has such a word too.

    A word that only tells a property (leather, kids) makes no other name, and what stands before a name of one word (living room sofa) a narrower one.
    """
    key, defined = name_key(product), _defined_names(group)
    if not any(at < 2 * most and name.key in key for at, name, _, _ in defined):
        return ()
    own = last_stem(product)
    return tuple(name.text for at, name, word, stem in defined if at < most and name.last == own and word not in key and stem not in key)


def _defined(name: str) -> bool:
    """True for a name of two words of which the first is a noun, and no acronym, doing (eating chopsticks) or mere property."""
    words = name.split()
    if len(words) != 2 or words[0].isupper() or words[0].endswith("ing"):
        return False
    flags = w.word_info(words[0].lower())
    return bool(flags & w.NOUN) and not flags & _PROPERTY


def _in_group(keyword: str, product: str, group: Group | None) -> bool:
    """True where a keyword is a name of the group, or next to one: a `plastic recycling machine` shows that no clothes are washed."""
    return group_of(keyword) is group or near(keyword, product)


def _only_properties(keyword: str, head: str) -> bool:
    """True for the head with nothing but its properties before it: `tpu case`, `red case`."""
    return all(w.stem(word) == head or w.word_info(word) & _PROPERTY or w.is_measure(word) for word in keyword.lower().split())


def _says_another(doc: AnalysedListing, product: str, most: int) -> bool:
    """True where a keyword is the other common name after all, though its head is the title's: `garbage can` for a trash can."""
    group = group_of(product)
    others = {name_key(name) for name in _same_head(product, group, most)} if group is not None else set()
    return bool(others) and any(name_key(keyword.text) in others for keyword in doc.keywords)


def _agreed(doc: AnalysedListing, product: str) -> str:
    """The product's name, or where it is no known name and the known ones among the keywords are names of one thing with its head, that: `phone case` for a `Back Case for iPhone`."""
    if group_of(product) is not None:
        return product
    groups = [group for keyword in doc.keywords if (group := group_of(keyword.text)) is not None]
    if not groups or any(group is not groups[0] for group in groups):
        return product
    first = groups[0]
    return first.name if last_stem(first.name) == last_stem(product) else product


def _fitting(doc: AnalysedListing, product: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names that contradict nothing the title tells; none where its noun may have another sense (copper tee)."""
    if not names or doc.title is None:
        return names
    found = thesaurus().match(product)
    if found is not None and len(doc.title.words) > len(product.split()) and other_sense(found.matched, found.group, doc.title.words):
        return ()
    materials = doc.name.modifiers.get("material", ())
    return tuple(name for name in names if not contradicts(name, doc.title.words, (*materials, product.rpartition(" ")[0])))


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """At most one finding, on the first keyword; silent where any keyword has another head than the title."""
    product = doc.product
    if product is None or not doc.keywords:
        return
    head = last_stem(product)
    if any(keyword_stem(keyword) != head for keyword in doc.keywords):
        return
    product = _agreed(doc, product)
    names = _fitting(doc, product, _other_names(product, options["known"]))
    if not names:
        return
    group = group_of(product)
    said = frozenset(map(w.stem, doc.title.words)) if doc.title is not None else frozenset()
    if _says_another(doc, product, options["known"]) or any(
        not (said.issuperset(keyword.stems) or _only_properties(keyword.text, head) or _in_group(keyword.text, product, group))
        for keyword in doc.keywords
    ):
        return
    title = name_key(doc.title.text) if doc.title is not None else ""
    name = next((one for one in names if name_key(one) not in title), names[0])
    edit = appended(doc, as_keyword(doc, name), doc.keywords[-1] if len(doc.keywords) > 1 else None)
    first = doc.keywords[0]
    edits = [(edit.start, edit.end, edit.text)] if edit and edit.part == first.source.part else []
    shown, shown_zh = ("', '".join(names[:3]), "”“".join(names[:3]))
    yield first.source.hit(first.start, first.end, edits=edits, names=shown, names_zh=shown_zh, product=product)


RULE = Rule(
    name="keyword-no-synonym",
    group="keywords",
    severity="info",
    whole=True,
    fields=("keywords",),
    guidelines=("GK1",),
    fix="unsafe",
    english=True,
    keywords="list",
    options=(Option("known", int, 4, Text("how many of the commonest names are taken for well known", "最常用的前几个名称算通用名称"), minimum=1),),
    summary=Text("The product has other well-known names, and no keyword uses one", "产品还有其他常用名称，关键词里一个也没有"),
    messages={"default": Text("All keywords say the same name; buyers also type '{names}': use one of them", "所有关键词都是同一个名称，买家还会搜“{names_zh}”，请用上其中一个")},
    page=Text(
        "Finds listings whose keywords all use one name of the product, while the thesaurus knows others that buyers type as often: power bank and portable charger, "
        "wrench and spanner, sofa and couch. Each other name reaches buyers that the first one misses, above all in other countries. Products with one name "
        "only are not reported, and nor is a listing with any keyword of another head. The fix adds the commonest other name, or puts it in the place of the last keyword.",
        "检查所有关键词都是同一个名称、而同义词库里还有其他常用名称的产品：power bank 与 portable charger、wrench 与 spanner、sofa 与 couch。"
        "每个别名都能带来另一批买家，尤其是其他国家的买家。只有一个名称的产品不报告，已有其他名称的也不报告。修复会补上最常用的别名；位置已满时替换最后一个关键词。",
    ),
    check=check,
    examples=(
        Good("Linen Sofa", keywords="linen sofa, linen couch"),
        Good("Bike Bell", keywords="bike bell, bicycle ringer"),
        FalseAlarm("Movers Dolly 500 kg, Hardwood Frame", keywords="movers dolly, dolly", why=Text("a dolly to move loads with is no doll", "搬运用的 dolly 不是玩偶")),
        FalseAlarm("Bamboo Chopsticks", keywords="bamboo chopsticks, chopsticks", why=Text("there is no other name", "没有其他名称")),
        FalseAlarm("Scrap Washing Machine", keywords="scrap washing machine", why=Text("no household washer: its other names would mislead", "不是家用洗衣机，套用别名会误导")),
        FalseAlarm("Steel Trash Can", keywords="trash can, garbage can", why=Text("the other name has the same head", "另一个常用名称已在其中，只是中心词相同")),
        Bad("Mobile Phone", keywords="mobile phone, android mobile phone"),
        Bad("Adjustable Wrench 10 inch", keywords="adjustable wrench, wrench"),
        Bad("Linen Sofa", keywords="linen sofa, sofa", fixed={"keywords": "linen sofa, sofa, couch"}),
        Bad("Pedal Trash Can", keywords="pedal trash can, trash can, kitchen trash can"),
        Bad("20000mAh Power Bank", keywords="power bank, fast power bank", marked="power bank"),
    ),
)  # fmt: skip
