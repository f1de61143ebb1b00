"""category-mismatch: the product belongs in another category, and in which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from listinglint.language.thesaurus import name_key
from listinglint.language.words import COLOUR, MATERIAL, SIZE, STYLE, word_info
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing, FieldText
from listinglint.rules.categories import (
    apart,
    best_category,
    branches_of_product,
    branches_of_title,
    clearness,
    head_fits,
    leaf_apart,
    misplaced,
    named_in_full,
    named_within,
    path_of,
    plain_head,
    serves_device,
    shares_of_title,
    shares_word,
    single,
    speaks_for,
    support,
    sure_words,
)
from listinglint.rules.phrases import normal
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Resolved, Rule

_LONGEST_READ = 15
"""Longer titles of unknown products name so many things that their words tell no branch."""


def extract(doc: AnalysedListing, options: Options) -> Any:
    """The product's key and its category."""
    part = doc.field("category")
    product = doc.product
    if part is None or not product or len(product.split()) < 2:
        return None
    return name_key(product), part.text.strip()


def resolve(values: Iterable[tuple[int, Any]], options: Options) -> Resolved:
    """The listings of a product that stand apart from the category in which nearly all of them are."""
    kept = list(values)
    counts: dict[str, Counter[str]] = {}
    for _, (key, category) in kept:
        counts.setdefault(key, Counter())[category] += 1
    out: dict[int, list[dict[str, Any]]] = {}
    for ordinal, (key, category) in kept:
        total = sum(counts[key].values())
        usual, most = counts[key].most_common(1)[0]
        if total >= options["enough"] and most >= options["share"] * total and usual != category and path_of(usual)[:1] != path_of(category)[:1]:
            out[ordinal] = [{"better": usual, "count": most}]
    return out


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit on the category."""
    part = doc.field("category")
    if part is None or part.chinese:
        return
    tree = doc.seller.categories
    product = doc.product or doc.name.head
    if tree and not _in_tree(part.text, tree):
        better = best_category(product, tree) if product else None
        yield part.hit(0, len(part.raw), "unknown" if better is None else "unknown_better", replace=better, better=better or "")
        return
    learned = doc.across.get("category-mismatch")
    if learned and not _said_elsewhere(doc, part.text):
        yield part.hit(0, len(part.raw), "catalog", replace=learned[0]["better"], product=product, **learned[0])
        return
    title = doc.title
    if title is None or doc.name.several or (product and (_describes(product) or _wraps(product))):
        return
    product = single(product) if product else product
    elsewhere = misplaced(part.text, product, title.text)
    if elsewhere and not serves_device(title.text, part.text):
        yield _elsewhere(part, doc, tree, elsewhere)
        return
    branches = branches_of_product(product) if product else frozenset()
    if product and _for_home(part.text, product, branches):
        return
    known = product is not None and named_in_full(product)
    if known and leaf_apart(part.text, branches) is None and (support(part.text, branches) or 0.0) >= options["least"]:
        return
    by_words = shares_of_title(title.text)
    borne_out = any(by_words.get(branch, 0.0) >= options["sure"] for branch in branches)
    told_apart = (known or borne_out or (product is not None and plain_head(product))) and apart(part.text, branches, title.text)
    if told_apart and not (doc.name.head and head_fits(doc.name.head, part.text)):
        yield _elsewhere(part, doc, tree, branches)
        return
    if not borne_out and not known:
        if len(title.words) > _LONGEST_READ:
            return
        by_head = branches
        branches = branches_of_title(title.text)
        if by_head and by_head.isdisjoint(branches) and sure_words(title.text).get(next(iter(branches), ""), 0) < 2:
            return
    told = support(part.text, branches)
    least = options["least"] if borne_out else options["least"] / 2
    if told is None or told >= least or clearness(part.text) < options["sure"]:
        return
    if (product and shares_word(part.text, product)) or _said_elsewhere(doc, part.text) or speaks_for(title.text, part.text) > options["doubt"]:
        return
    if doc.name.head and head_fits(doc.name.head, part.text):
        return
    if named_within(title.text, part.text, options["sure"]) or serves_device(title.text, part.text):
        return
    yield _elsewhere(part, doc, tree, branches)


def _elsewhere(part: FieldText, doc: AnalysedListing, tree: tuple[str, ...], branches: frozenset[str]) -> Hit:
    """The hit that names the better category: of the seller's tree, of the thesaurus, or a branch."""
    product = doc.product or doc.name.head
    better = (best_category(product, tree) if product else None) or next(iter(sorted(branches)))
    shown = product or (_clipped(doc.title.text) if doc.title is not None else "")
    return part.hit(0, len(part.raw), "other", replace=better if tree else None, product=shown, better=better)


def _clipped(text: str) -> str:
    """The text, cut behind a word where it is long."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rpartition(' ')[0] or text[:_SHOWN]} …"


_SHOWN = 40


def _wraps(product: str) -> bool:
    """True for a gift box and the like: what is in it says where it belongs."""
    words = product.lower().split()
    return len(words) > 1 and words[-2] == "gift"


def _for_home(category: str, product: str, branches: frozenset[str]) -> bool:
    """True for a machine that makes food, among the appliances of a home: there are large and small ones (`candyfloss maker`)."""
    low = category.lower()
    if "kitchen" not in low and "appliance" not in low:
        return False
    if "Machinery" in branches:
        return (best_category(product, ()) or "").startswith("Machinery > Food")
    return any(branch.startswith("Machinery > Food") for branch in branches)


def _in_tree(category: str, tree: tuple[str, ...]) -> bool:
    mine = [normal(segment) for segment in path_of(category)]
    return any([normal(segment) for segment in path_of(path)][-len(mine) :] == mine for path in tree)


def _describes(extra: str) -> bool:
    """True for a colour, a size, a material or the like, which may be a product's name elsewhere (carbon black, tempered glass)."""
    words = extra.lower().split()
    return (bool(words) and bool(word_info(words[-1]) & MATERIAL)) or all(word_info(word) & (COLOUR | SIZE | MATERIAL | STYLE) for word in words)


def _said_elsewhere(doc: AnalysedListing, category: str) -> bool:
    """True when another part of the title speaks for the category (a case for a phone among phones)."""
    title = doc.title
    return (title is not None and shares_word(category, title.text.strip())) or any(
        (support(category, branches_of_product(extra)) or 0.0) > 0.5 for extra in doc.name.extras if not _describes(extra)
    )


RULE = Rule(
    name="category-mismatch",
    group="facts",
    severity="warning",
    fix="unsafe",
    alone=True,
    summary=Text("The product belongs in another category", "产品应归入其他类目"),
    messages={
        "other": Text("“{product}” does not belong here; look under “{better}”", "“{product}”不属于该类目；请考虑“{better}”"),
        "catalog": Text(
            "{count} other listings of “{product}” stand in “{better}”", "目录中另有 {count} 个“{product}”归在“{better}”"
        ),
        "unknown": Text("This category is not in your category tree", "您的类目树中没有该类目"),
        "unknown_better": Text("This category is not in your category tree; “{better}” fits", "您的类目树中没有该类目；可改为“{better}”"),
    },
    page=Text(
        "Compares the product name of the title with the category: by the seller's own tree (`category-file` in the config), by where the "
        "catalog's other listings of the same product stand, and by our thesaurus of product names, whose branches it names as the better "
        "place. Branches that shops commonly mix (shoes and apparel, toys and baby) count as one, and it fires only where neither the product's "
        "name nor its broader names say anything that the category says. A category that names goods (Sofas, Phone Cases) is compared by the goods, "
        "so that branches which shops mix make no difference there. Buyers browse by category, and filters follow it: a product in the wrong "
        "one is not found.",
        "把标题中的产品名与类目对照：依据卖家自己的类目树（配置中的 `category-file`）、目录中同类产品所在的类目，以及本工具的产品名词库（并给出更合适的位置）。"
        "商店常混在一起的大类（鞋与服装、玩具与母婴）视为同一类；只有当产品名及其上位名称与类目毫无关联时才报告。若类目直接写明货品（如 Sofas、Phone Cases），则按货品比较，不受大类混放影响。买家按类目浏览和筛选，放错类目的产品找不到。",
    ),
    check=check,
    extract=extract,
    resolve=resolve,
    fields=("category",),
    guidelines=("GD5",),
    options=(
        Option("least", float, 0.3, Text("a category that speaks less than this for the product is wrong", "类目与产品关联低于此值视为不符"), minimum=0.0),
        Option("sure", float, 0.5, Text("how clear the category's own branch must be", "类目自身归属的明确程度下限"), minimum=0.0),
        Option("doubt", float, 0.2, Text("a title whose words speak more than this for the category is left alone", "标题用词支持该类目超过此值则不报告"), minimum=0.0),
        Option("enough", int, 12, Text("so many listings of a product teach its category", "同类产品达到此数才学习其类目"), minimum=2),
        Option("share", float, 0.95, Text("so large a share of them must agree", "需达到的一致比例"), minimum=0.5),
    ),
    examples=(
        Good("Stainless Steel Frying Pan", category="Kitchen & Dining > Cookware"),
        Good("Men's Running Shoes", category="Fashion > Men > Shoes"),
        Bad("Stainless Steel Frying Pan", category="Fashion > Women > Clothing"),
        Bad("USB Optical Computer Mouse for Laptop", category="Fashion > Women > Clothing"),
        Bad("Cordless Screwdriver 12 V", category="Kitchen & Dining > Cookware"),
        Bad("Heavy Duty Angle Grinder 850 W", category="Women > Clothing > Blouses"),
        Bad("Hair Dryer 2000 W Ionic", category="Furniture > Living Room > Sofas"),
        Bad("Yoga Mat 6 mm Non-Slip", category="Vehicles & Parts > Truck Parts"),
        Bad("Frozen Shrimp 1 kg", category="Home & Living > Sofas"),
        Bad("Laundry Detergent Powder 3 kg", category="Cell Phones > Phone Cases"),
        Bad(
            "Cordless Drill", category="Toys", seller={"categories": ["Tools > Power Tools > Cordless Drills", "Tools > Hand Tools"]},
            fixed={"category": "Tools > Power Tools > Cordless Drills"},
        ),
        FalseAlarm("Electric Cotton Candy Maker Machine for Parties", category="Home Appliances > Small Kitchen Appliances", why=Text("a small one for the home", "家用小型机")),
        FalseAlarm("Norvel Velvet Rose Gift Box", category="Beauty > Makeup > Nails", why=Text("what is in the box tells where it belongs", "归类取决于盒里的产品")),
        FalseAlarm("Whitening Gel + Free 2 Button Batteries", category="Health & Beauty > Oral Care", why=Text("the batteries are a gift", "电池是赠品")),
        FalseAlarm("Cotton Kitchen Apron", category="Kitchen & Dining > Table Linen", why=Text("an apron is kitchen linen as well as clothing", "围裙既是厨房布品也是服装")),
        FalseAlarm("Hair Dryer 2000 W Ionic", category="Home Appliances > Personal Care", why=Text("shops place it with appliances too", "商店也会把它归入电器")),
        FalseAlarm("Jewelry Box of Walnut", category="Home > Storage Boxes", why=Text("it stores what it is named after", "它是收纳用品")),
        FalseAlarm("Leather Case for Tablet", category="Computers > Tablet Accessories", why=Text("the category is that of what it is for", "类目按适用设备划分")),
    ),
)  # fmt: skip
