"""A product whose plural is not formed with -s stands among the keywords in the singular only."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.language import words as w
from listinglint.language.plurals import is_plural, plural_kind, pluralize
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing, Keyword
from listinglint.rules.keyword_edits import added_hit, appended, head_stem, stems_of
from listinglint.rules.keyword_names import group_of, heads_of_kind
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule


def _last_stem(keyword: Keyword) -> str:
    words = keyword.text.lower().replace("-", " ").split()
    return w.stem(words[-1]) if words else ""


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """At most one finding, on the first keyword whose plural is missing."""
    if not doc.keywords:
        return
    head = head_stem(doc)
    if head in heads_of_kind("open"):
        words = stems_of(doc.product)
        said = {_last_stem(keyword) for keyword in doc.keywords}
        head = words[-2] if len(words) > 1 and head not in said and words[-2] in said else head
    if head is None or not doc.keywords or plural_kind(head) != "irregular":
        return
    if not w.word_info(head) & w.HEAD and group_of(head) is None and group_of(doc.product or head) is None:
        return
    named = [keyword for keyword in doc.keywords if _last_stem(keyword) == head]
    if not named or any(is_plural(keyword.text) or pluralize(keyword.text).lower() == keyword.text.lower() for keyword in named):
        return
    many = pluralize(named[0].text)
    wanted = many.lower().split()[-1]
    if any(wanted in keyword.text.lower().replace("-", " ").split() for keyword in doc.keywords):
        return
    edit = appended(doc, many, named[-1] if len(named) > 1 else None)
    yield added_hit(named[0], [edit] if edit else [], plural=many)


RULE = Rule(
    name="missing-irregular-plural",
    group="keywords",
    severity="warning",
    fields=("keywords",),
    guidelines=("GK8",),
    fix="unsafe",
    english=True,
    keywords="list",
    summary=Text("An irregular plural is missing: battery without batteries", "缺少不规则复数：只有 battery，没有 batteries"),
    messages={"default": Text("Search may not find '{plural}' by '{text}'; add '{plural}' as a keyword", "搜 {plural} 的买家不一定能匹配到“{text}”，请把“{plural}”也加为关键词")},
    page=Text(
        "Finds keywords whose noun is the product's own and forms its plural otherwise than by adding -s (battery and batteries, knife and knives, brush and "
        "brushes), where no keyword has the plural. Buyers who order in quantity type the plural, and a simple search does not see that the two are one word. "
        "Nouns without a plural (machinery) and those that add -s only are not asked for both. The fix adds the plural, or, when all places are taken, puts it "
        "in the place of the last keyword with the same noun.",
        "检查产品名词的复数不是简单加 -s（battery 与 batteries、knife 与 knives、brush 与 brushes），而关键词里没有复数的情况。批量采购的买家常用复数搜索，"
        "简单的搜索看不出两者是同一个词。没有复数的名词（machinery）和只加 -s 的名词不要求两种都写。修复会补上复数；位置已满时，替换最后一个同名词的关键词。",
    ),
    check=check,
    examples=(
        Good("Rechargeable Battery", keywords="battery, batteries"),
        Good("Product Display Stand", keywords="display stand, product stand"),
        FalseAlarm("Battery Charger", keywords="battery charger, fast charger", why=Text("the product is a charger, which adds -s", "产品是 charger，复数只加 -s")),
        FalseAlarm("Packing Machinery", keywords="packing machinery", why=Text("machinery has no plural", "machinery 没有复数")),
        Bad("Rechargeable Battery", keywords="battery", fixed={"keywords": "battery, batteries"}),
        Bad("Floating Wall Shelf", keywords="wall shelf, floating shelf, oak shelf", fixed={"keywords": "wall shelf, floating shelf, wall shelves"}),
        Bad("Ceramic Fruit Knife", keywords="fruit knife, ceramic knife", marked="fruit knife"),
    ),
)  # fmt: skip
