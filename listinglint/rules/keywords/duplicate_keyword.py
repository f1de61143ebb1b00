"""The same keyword again: in another case, with other spaces or hyphens, or with its words in another order."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.language import words as w
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing, Keyword
from listinglint.rules.keyword_edits import added_hit, taken_out
from listinglint.rules.phrases import flatten
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule


def _odder(one: str, other: str) -> bool:
    """True where `one` parts a word that is written closed, as `other` does: `book mark` and `bookmark`."""
    pieces = set(flatten(one).split())
    return any(word not in pieces and w.word_info(word) & w.KNOWN for word in flatten(other).split()) and len(flatten(one).split()) > len(flatten(other).split())


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """A finding for each keyword that an earlier one says already."""
    count = len(doc.keywords)
    if len({"".join(keyword.words) or keyword.text.casefold() for keyword in doc.keywords}) == len({tuple(sorted(keyword.words)) for keyword in doc.keywords}) == count:
        return
    joined: dict[str, Keyword] = {}
    sets: dict[tuple[str, ...], Keyword] = {}
    for keyword in doc.keywords:
        words = keyword.words
        key = "".join(words) or keyword.text.casefold()
        ordered = tuple(sorted(words))
        known = joined.get(key)
        if known is not None:
            same = known.text.casefold().split() == keyword.text.casefold().split()
            worse = keyword if same or not _odder(known.text, keyword.text) else known
            yield added_hit(keyword, [taken_out(worse)], message="default" if same else "spacing", safe=same, other=known.text)
            if worse is known:
                joined[key] = keyword
            continue
        known = sets.get(ordered)
        if known is not None and len(words) > 1:
            yield added_hit(keyword, [taken_out(keyword)], message="order", other=known.text)
            continue
        joined[key] = keyword
        sets.setdefault(ordered, keyword)


RULE = Rule(
    name="duplicate-keyword",
    group="keywords",
    severity="warning",
    fields=("keywords",),
    fix="both",
    keywords="list",
    summary=Text("A keyword that repeats another, be it in other case, spacing, hyphens or word order", "关键词重复：大小写、空格、连字符或词序不同也算"),
    messages={
        "default": Text("'{text}' stands there already; take it out and use the place for another name", "“{text}”重复了，请删掉，把位置留给别的名称"),
        "spacing": Text("'{text}' is '{other}' in another spelling; search takes both for one: use the place for another name", "“{text}”只是“{other}”的另一种写法，搜索视为同一个词，请换成别的名称"),
        "order": Text("'{text}' has the words of '{other}' in another order; use the place for another name", "“{text}”与“{other}”只是词序不同，请换成别的名称"),
    },
    page=Text(
        "Finds keywords that say what an earlier one says: the same words in another case, with other blanks or hyphens, or in another order. Search "
        "takes them for one, so the place is wasted, and some marketplaces take repetition for stuffing. British and American spellings (tyre, tire) and "
        "irregular plurals are not repetition; regular plurals are the matter of redundant-plural. Taking an exact repetition out is safe; of two spellings or "
        "orders a person should choose: the fix keeps the closed word (bookmark, not book mark), else the first.",
        "检查与前面关键词意思相同的关键词：大小写、空格、连字符或词序不同。搜索会把它们当成同一个词，白占位置，有的平台还视为堆砌。"
        "英式与美式拼写（tyre、tire）和不规则复数不算重复；规则复数由 redundant-plural 检查。删除完全相同的重复是安全修复；写法或词序不同时请人工选择：修复保留连写的词（bookmark 而不是 book mark），否则保留前一个。",
    ),
    check=check,
    examples=(
        Good("Camping Lantern", keywords="camping lantern, tent light, LED lantern"),
        Good("Car Tire", keywords="car tire, car tyre"),
        FalseAlarm("Lithium Battery", keywords="lithium battery, lithium batteries", why=Text("an irregular plural is asked for", "不规则复数应单独列出")),
        Bad("Desk Lamp", keywords="desk lamp, Desk  Lamp, reading lamp", fixed={"keywords": "desk lamp, reading lamp"}),
        Bad("Desk Lamp", keywords="desk lamp led, led desk lamp", fixed={"keywords": "desk lamp led"}),
        Bad("Leather Bookmark", keywords="leather book mark, leather bookmark, page marker", marked="leather bookmark", fixed={"keywords": "leather bookmark, page marker"}),
        Bad("Back Pack", keywords="backpack, back-pack, school bag", fixed={"keywords": "backpack, school bag"}),
    ),
)  # fmt: skip
