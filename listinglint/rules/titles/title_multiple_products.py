"""Several products in one title: `Bathroom Rack, Glass Shelf and Towel Ring`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Final, NamedTuple

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.model import Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FieldText
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule, texts

_CUT: Final = lazy_pattern(r"\s*,\s*(?:and|or)\s+|\s*[,;|]\s*|\s+(?:and|or|plus|&amp;)\s+|\s*(?<!\w)&(?!\w)\s*|\s+[&/+]\s+|(?<=[a-z]{3})/(?=[A-Z][a-z]{2})|\s+-\s+", re.I)
_STOP: Final = lazy_pattern(r"\b(?:for|with|without|w/|by|from|in|on|of|to|compatible|fits?|suitable|featuring|including|includes?|as|that|which|used)\b|[(\[{:]", re.I)
_STOP_WORDS: Final = frozenset("for with without w by from in on of to compatible fit fits suitable featuring including include includes as that which used".split())
_ONE: Final = frozenset(
    ["set", "sets", "kit", "kits", "combo", "combos", "pack", "packs", "pk", "bundle", "bundles", "pair", "pairs", "assortment", "assorted", "collection", "package", "suite", "hamper", "piece", "pieces", "pcs", "in-1", "in1", "1", "multipack", "outfit", "outfits", "suit", "suits", "tracksuit", "gift", "lot", "box", "basket", "series", "range", "trio", "duo", "system"]
)
"""Words by which several things are one offer."""
_ANY_ONE: Final = lazy_pattern(r"\b(?:\d+|two|three|four|five|six|all|multi)[\s-]*(?:in|-)[\s-]*(?:1|one)\b|\b\d+\s*-?\s*(?:pcs?|pieces?|sets?|packs?|pk)\b|\bset of\b", re.I)
_ASPECT: Final = w.PART | w.COLOUR | w.SIZE | w.AUDIENCE | w.QUANTITY | w.SERIES | w.STYLE
_PRODUCT: Final = w.HEAD
_MOST_WORDS: Final = 5
"""Of two things a longer member is rather a description than a name."""


class Item(NamedTuple):
    """One member of a list: its place, its words, its head's stem, and whether the head is a plural."""

    start: int
    end: int
    words: tuple[str, ...]
    head: str
    plural: bool
    cut: str


def _items(text: str) -> Iterator[Item]:
    """The members of the list that the title begins with, each with the noun that it ends with."""
    at = 0
    cut = ""
    for match in chain(_CUT.finditer(text), (None,)):
        end = match.start() if match else len(text)
        words = text[at:end].split()
        for word in reversed(words):
            if word.isalpha() or not any(map(str.isdigit, word)):
                last = word.strip(".,!'\"").lower()
                yield Item(at, end, tuple(words), w.stem(last), _plural(last), cut)
                break
        at = match.end() if match else end
        cut = match[0].strip().lower() if match else ""


def _stop_of(title: FieldText) -> re.Match[str] | None:
    """Where `for`, `with` or a bracket ends the list."""
    text = title.text
    if text.isascii() and _STOP_WORDS.isdisjoint(title.words) and not ("(" in text or ":" in text or "[" in text or "{" in text):
        return None
    return _STOP.search(text)


def _plural(word: str) -> bool:
    return w.stem(word) != word or word in lexicons.word_list("plural_only")


def _denied(item: Item) -> bool:
    """True for `non slip` and `no frame`: what the thing has not."""
    return len(item.words) > 1 and item.words[-2].lower() in ("non", "no", "anti", "without")


def _product_item(item: Item) -> bool:
    """True when the member ends with a noun that is sold, and names it."""
    word = item.words[-1] if item.words else ""
    flags = w.word_info(item.head)
    if _denied(item) or not flags & _PRODUCT or flags & (w.COLOUR | w.AUDIENCE | w.SIZE) or item.head in _ONE:
        return False
    if flags & w.PART and not item.plural:
        return False
    return not any(c.isdigit() for c in word)


def _same(one: str, other: str) -> bool:
    from listinglint.language.thesaurus import thesaurus

    table = thesaurus()
    return table.same(one, other) or table.relation(one, other) in ("same", "broader", "narrower")


def _is_list(items: Sequence[Item]) -> bool:
    """True when the members are products of their own, not modifiers of the last one or other names of the first."""
    if len({item.head for item in items}) < len(items):
        return False
    last = items[-1]
    for item in items[:-1]:
        if len(item.words) < 2 and not item.plural and not _bare_list(items):
            return False
    if _for_last(items):
        return False
    if len(items) == 2:
        first = items[0]
        if (last.cut not in (",", ";") and not (first.plural and last.plural)) or not ((first.plural and last.plural) or (_own_name(first) and _own_name(last))):
            return False
        if last.head in lexicons.word_list("accessory_words") and not last.plural:
            return False
        if last.cut in (",", ";") and _group(first) == _group(last) and _group(first) in _ALIASED:
            return False
        if any(len(item.words) > _MOST_WORDS or any(c.isdigit() for word in item.words for c in word) for item in items):
            return False
        both = first.plural and last.plural and _group(first) == _group(last)
        if len(first.words) < 2 or (len(last.words) < 2 and not both) or set(map(str.lower, first.words)) & set(map(str.lower, last.words)):
            return False
        if last.cut in ("-", "|", ",", ";") and (w.word_info(last.head) & (w.MATERIAL | w.PART | w.GENERAL)):
            return False
    names = [" ".join(item.words[-2:]) for item in items]
    return not any(_same(a, b) or _same(x.head, y.head) for n, (a, x) in enumerate(zip(names, items, strict=True)) for b, y in list(zip(names, items, strict=True))[n + 1 :])


def _for_last(items: Sequence[Item]) -> bool:
    """True where plurals lead to a singular thing of another kind: what it is for (`scarves and shawls printing machine`)."""
    last = items[-1]
    if last.plural or len(last.words) < 2 or _mass(last.head) or not any(item.plural for item in items[:-1]):
        return False
    return len(items) < 3 or all(_group(item) != _group(last) for item in items[:-1])


def _group(item: Item) -> str:
    return lexicons.head_groups().get(item.head, item.head).rstrip("*")


def _bare_list(items: Sequence[Item]) -> bool:
    """True for three or more singular things of different kinds parted by commas alone; of one kind they may be names of one thing."""
    if len(items) < 3 or any("and" in item.cut or item.cut in ("or", "&", "+", "&amp;") for item in items):
        return False
    plain = all(not w.word_info(item.head) & (w.GENERAL | w.PART | w.QUANTITY | w.MATERIAL | w.COLOUR | w.TYPE_WORD) for item in items)
    if all(len(item.words) == 1 for item in items):
        return plain
    return plain and len({_group(item) for item in items}) == len(items) and all(len(item.words) < 4 for item in items)


def _mass(stem: str) -> bool:
    return stem in lexicons.word_list("mass_nouns")


def _apart(products: Sequence[str], text: str) -> bool:
    """False where the products are what the last one is for (`scarves and shawls printing machine`), or parts of one offer."""
    items = [Item(0, 0, tuple(product.split()), w.stem(last := product.split()[-1].lower()), _plural(last), "") for product in products if product]
    if len(items) < 2 or len({item.head for item in items}) < len(items):
        return False
    last_item = items[-1]
    if _for_last(items):
        return False
    cuts = {_cut_between(products[n], product, text) for n, product in enumerate(products[1:])}
    if cuts & _ONE_OFFER:
        return False
    if len(items) > 2:
        return True
    if items[0].plural and last_item.plural:
        return True
    return cuts <= {",", ";"} and all(_own_name(item) for item in items) and last_item.head not in lexicons.word_list("accessory_words")


def _cut_between(one: str, other: str, text: str) -> str:
    """What parts two products in the text: a tight stroke tells alternatives of one product."""
    start = text.find(one) + len(one)
    between = text[start : max(text.find(other, start), start)]
    for mark in ("|", "+", "plus", ";", ","):
        if mark in between.lower():
            return mark
    if "/" in between:
        return " / " if " / " in between else "/"
    return between.strip().lower()


_ONE_OFFER: Final = frozenset({"+", "plus", "/", "|", "or"})
"""What parts the pieces of a bundle, alternatives, or a title's descriptions of one thing."""


def _own_name(item: Item) -> bool:
    """True for a name of two words or more whose noun is neither general nor a part, nor counts something."""
    return 1 < len(item.words) <= _MOST_WORDS and not w.word_info(item.head) & (w.GENERAL | w.PART | w.QUANTITY | w.MATERIAL) and not any(c.isdigit() for word in item.words for c in word)


def _range(doc: AnalysedListing) -> tuple[int, int, list[str]] | None:
    """Four or more plural product nouns in a list that goes on behind `with` or a dash: a whole range."""
    title = doc.title
    assert title is not None
    if title.text.count(",") < 2:
        return None
    stop = _RANGE_STOP.search(title.text)
    text = _WITH.sub(lambda match: ",".ljust(len(match[0])), title.text[: stop.start()] if stop else title.text).rstrip()
    first = next(_items(text), None)
    if first is None or not first.plural:
        return None
    items = list(_items(text))
    named = [item for item in items if (item.plural or _mass(item.head)) and w.word_info(item.head) & w.HEAD and not w.word_info(item.head) & (w.PART | w.COLOUR | w.AUDIENCE)]
    if len(items) < 4 or len({item.head for item in named}) < 4 or len(named) * 3 < len(items) * 2:
        return None
    return named[0].start, named[-1].end, [" ".join(item.words) for item in named]


_RANGE_STOP: Final = lazy_pattern(r"\b(?:for|from|to|compatible|fits?|suitable)\b|[(\[{]", re.I)
_WITH: Final = lazy_pattern(r"\b(?:with|including)\b", re.I)


@cache
def _kinds() -> dict[str, str]:
    return {w.stem(head): row["kind"] for row in lexicons.table("kinds") for head in row["heads"].split()}


def _kind(item: Item, together: bool = False) -> str:
    """What two names of one thing have in common: the kind, the trade where its names are many, else the noun itself.

    Names of one thing are not joined by `and` or `+`: `together` nouns of one trade are two things.
    """
    kind = _kinds().get(item.head)
    if kind is not None or together:
        return kind or item.head
    group = _group(item)
    return group if group in _MANY_NAMED else item.head


_MANY_NAMED: Final = frozenset({"decor", "media", "dress", "toys", "stationery", "packaging", "accessory", "bags", "jewelry", "textile", "set", "supplies", "phone-part", "pet", "baby", "component", "lighting", "beauty", "health", "food", "top-garment"})
"""Trades in whose titles sellers give one thing many names."""
_ALIASED: Final = _MANY_NAMED | {"footwear", "headwear", "eyewear"}
_WORKS: Final = frozenset({"machine", "appliance", "tools", "kitchen-tool", "packaging"})
"""What works on other things: behind a list of them it is the one product (`fruit, vegetable and meat slicer`)."""
_JOINED: Final = frozenset({"and", "&", "&amp;", "+", "plus"})


def _tastes(run: Sequence[Item]) -> bool:
    """True where foods or materials lead to one longer name: they are what it is of (`cheese, onion and chive dip`)."""
    last = run[-1]
    return len(last.words) > 1 and not last.plural and all(len(item.words) == 1 and _group(item) in ("food", "chemical", "textile", "agri") for item in run[:-1])


def _thing(item: Item) -> bool:
    """True for a member that names a product of its own, also by a whole name whose noun is general (`solar panel`)."""
    if not item.words or len(item.words) > 6 or _denied(item) or item.head in _ONE - {"box", "basket", "suit"}:
        return False
    if any(c.isdigit() for c in item.words[-1]) and len(item.words) < 2:
        return False
    flags = w.word_info(item.head)
    if item.head in _kinds() or (len(item.words) > 1 and _named_whole(item)):
        return True
    if flags & (w.COLOUR | w.AUDIENCE | w.SIZE | w.QUANTITY) or flags & w.STYLE and not flags & w.HEAD:
        return False
    sold = flags & w.HEAD or (flags & w.ARTIFACT and flags & w.PRODUCT_NOUN and flags & w.MAIN_NOUN and not flags & w.TYPE_WORD)
    return bool(sold) and not flags & (w.GENERAL | w.MATERIAL) and not (flags & w.PART and not item.plural)


def _named_whole(item: Item) -> bool:
    from listinglint.language.thesaurus import thesaurus

    return bool(thesaurus().groups_of(" ".join(item.words[-2:]).lower()))


def _listed(doc: AnalysedListing) -> tuple[int, int, list[str]] | None:
    """The products of the list that the title begins with."""
    title = doc.title
    assert title is not None
    stop = _stop_of(title)
    text = (title.text[: stop.start()] if stop else title.text).rstrip()
    first = next(_items(text), None)
    if first is None or first.end == len(text) or not (_product_item(first) or _thing(first)):
        return None
    items = list(_items(text))
    return (None if doc.name.several else _own_list(doc, items)) or _enumeration(text, items, stop)


def _enumeration(text: str, items: Sequence[Item], stop: re.Match[str] | None) -> tuple[int, int, list[str]] | None:
    """Three or more things of different kinds side by side, whatever parts them; of two kinds only with `and` between."""
    run: list[Item] = []
    for item in items:
        if not _thing(item):
            break
        run.append(item)
    if len(run) == len(items) == 2 and _two_kinds(run) and stop is None:
        return run[0].start, run[1].end, [" ".join(item.words) for item in run]
    if len(run) < 3 or (len(run) == len(items) and _works_on(run)) or (stop is not None and len(run) == len(items) and stop[0].lower() in ("of", "as")):
        return None
    names = [" ".join(item.words[-2:]) for item in run]
    together = not _JOINED.isdisjoint(item.cut.split()[-1] if item.cut else "" for item in run)
    if together and _tastes(run):
        return None
    kinds: list[Item] = []
    for n, item in enumerate(run):
        if all(_kind(item, together) != _kind(other, together) and not _same(names[n], names[run.index(other)]) and not _same(item.head, other.head) for other in kinds):
            kinds.append(item)
    strokes = "|" in {item.cut for item in run[1:]}
    if strokes and (len(kinds) < 3 or not all(item.head in _kinds() or w.word_info(item.head) & w.HEAD for item in run)):
        return None
    plural = all(item.plural or _mass(item.head) for item in run)
    several = {item.head for item in run}
    if together and plural and len(several) > 2 and not any(_same(a, b) for a in several for b in several if a != b):
        return run[0].start, run[-1].end, [" ".join(item.words) for item in run]
    if len(kinds) < (2 if plural or (together and len({item.head for item in run}) > 2) else 3):
        return None
    if "/" in {item.cut for item in run[1:]} and not plural and "/ " not in text:
        return None
    return run[0].start, run[-1].end, [" ".join(item.words) for item in run]


_WORN: Final = frozenset({"shirt", "sweater", "jacket", "trousers", "shorts", "skirt", "dress", "pajamas", "underwear", "swimwear", "cup", "plate", "bowl", "fork", "spoon", "knife", "teapot", "jug", "necklace", "earring", "bracelet", "ring", "pillow", "sheet", "blanket", "washer", "vacuum", "computer"})
"""Kinds whose things are often one offer in pairs: an outfit, a table setting, a parure, a bed set."""


def _two_kinds(run: Sequence[Item]) -> bool:
    """True for two full names of two kinds (`Office Desk and Swivel Chair`)."""
    kinds = [_kinds().get(item.head) or (item.head if _named_whole(item) and _own_name(item) else None) for item in run]
    if None in kinds or _for_last(run) or kinds[0] == kinds[1] or (_group(run[0]) == _group(run[1]) and _group(run[0]) in _ALIASED) or not _WORN.isdisjoint(filter(None, kinds)) or run[1].cut not in ("and", "&", "&amp;", ",", ";"):
        return False
    return all(1 < len(item.words) <= _MOST_WORDS for item in run) and not _same(run[0].head, run[1].head) and not any(c.isdigit() for item in run for word in item.words for c in word)


def _works_on(run: Sequence[Item]) -> bool:
    """True where the last member may hold, cut or make the ones before it."""
    last = run[-1]
    if all(item.plural for item in run):
        return False
    if (last.head in lexicons.word_list("holder_words") and len(last.words) > 1 and all(len(item.words) == 1 for item in run[:-1])) or w.word_info(last.head) & w.GENERAL:
        return True
    plain = all(len(item.words) == 1 for item in run[:-1])
    return plain and _group(last) in _WORKS and len(last.words) > 1 and not any(_group(item) in _WORKS for item in run[:-1])


def _own_list(doc: AnalysedListing, items: Sequence[Item]) -> tuple[int, int, list[str]] | None:
    """Products of their own, none of which could say something of another."""
    if any(item.cut.strip() in _ONE_OFFER or item.cut == "-" for item in items[1:] if item.cut != "/" or len(items) < 3):
        return None
    run: list[Item] = []
    for item in items:
        if not _product_item(item):
            break
        run.append(item)
    if len(run) < 2 or (len(run) == 2 and len(items) > 2) or not _is_list(run):
        return None
    head = doc.name.head
    if head is not None and not any(w.stem(head.lower().split("-")[-1]) == item.head for item in run) and len(run) < 3:
        return None
    return run[0].start, run[-1].end, [" ".join(item.words) for item in run]


def _one_offer(words: Sequence[str]) -> bool:
    """True where a word says that the things are sold as one; power packs and gift boxes are things themselves."""
    return not _ONE.isdisjoint(words) and any(word in _ONE and (n == 0 or words[n - 1] not in _PACKS) for n, word in enumerate(words))


_PACKS: Final = frozenset({"power", "battery", "ice", "solar", "tool", "lunch", "jewelry", "jewellery"})


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding on the list of products."""
    title = doc.title
    if title is None or _one_offer(title.words):
        return
    name = doc.name
    if name.several and len(name.products) > 1 and _apart(name.products, title.text):
        places = name.spans.get("products") or name.spans.get("product") or ()
        start = places[0][0] if places else title.text.find(name.products[0])
        end = max(title.text.rfind(product) + len(product) for product in name.products)
        found: tuple[int, int, list[str]] | None = (max(start, 0), end, list(name.products)) if end > start else None
    else:
        found = _range(doc) or _listed(doc)
    if found is not None and _ANY_ONE.search(title.text) is None:
        start, end, products = found
        yield title.hit(start, end, products="; ".join(products), count=len(products))


def _screen(doc: AnalysedListing) -> bool:
    title = doc.title
    if title is None:
        return False
    text = title.text
    if "," in text or "-" in text or "&" in text or "/" in text or "|" in text or "+" in text or ";" in text or not _LINKS.isdisjoint(title.words):
        mark = _MARK.search(text)
        if mark is not None:
            stop = _stop_of(title)
            if stop is None or stop.end() > mark.start() or text.count(",") > 1:
                return True
    return doc.name.several


_MARK: Final = lazy_pattern(r"[,;|&/+]|\s(?:and|or|plus|-)\s", re.I)
"""What may part the members of a list."""
_LINKS: Final = frozenset({"and", "or", "plus"})

RULE = Rule(
    name="title-multiple-products",
    group="titles",
    severity="warning",
    whole=True,
    fields=("title",),
    guidelines=("GT6",),
    english=True,
    screen=_screen,
    summary=Text("Several products in one title", "一个标题里写了多个产品"),
    messages=texts(
        "the title names {count} products ({products}); one listing sells one product: make a listing of each, or say that it is a set",
        "标题里有 {count} 个产品（{products}）；一条产品信息只能卖一个产品，请分开发布，成套出售的请写明 set",
    ),
    page=Text(
        "Finds titles that list several products. Search ranks a listing for one product name; a list dilutes it, the buyer does not "
        "know what the price stands for, and marketplaces ask for one product per listing. Make a listing of each product. Things sold "
        "together are one product when the title says so: a set, a kit, a 2-in-1, a pack. What a tool is for (salt and pepper grinder), "
        "what it fits (mouse for laptop) and other names of the same thing are no further products.",
        "检查一个标题里罗列多个产品的情况。搜索按一个产品名给产品排名，罗列会分散权重，买家也不知道价格对应哪一个，平台要求一条信息只发一个产品。请分开发布。"
        "如果是一起出售的，在标题里写明 set、kit、2-in-1、pack 就算一个产品。工具的用途（salt and pepper grinder）、适配对象（mouse for laptop）以及同一产品的其他叫法都不算。",
    ),
    examples=(
        Good("Fork and Spoon Set"),
        Good("Wireless Mouse for Laptop and Tablet"),
        FalseAlarm("Salt and Pepper Grinder", why=Text("one grinder for both", "一个研磨器，两种用途")),
        FalseAlarm("Silk Scarves and Shawls Printing Machine", why=Text("one machine; the scarves are what it prints", "一台机器，围巾是它的加工对象")),
        FalseAlarm("Canvas Tote Bag, Shopping Bag", why=Text("two names of one bag", "同一个包的两种叫法")),
        Bad("Bathroom Rack, Glass Shelf and Towel Ring", marked="Bathroom Rack, Glass Shelf and Towel Ring"),
        Bad("Garden Rakes, Steel Shovels & Pruning Shears"),
        Bad("Rice Cooker / Electric Kettle / Stand Mixer 220V"),
        Bad("Leather Wallet, Canvas Backpack"),
        Bad("Pine Wardrobe, Armchair, Coffee Table"),
        Bad("Electric Iron & Toaster & Stand Mixer"),
        Bad("Gate Valves, Globe Valves, Pumps and Flanges"),
        Bad("Wool Blanket | Scarf | Beach Towel | Organic"),
        Bad("Folding Desk and Office Chair"),
        Bad("Oil Filter and Brake Pads"),
        FalseAlarm("Coffee Grinder and Maker", why=Text("one machine that does both", "一台机器，两种用途")),
        FalseAlarm("Fruit, Vegetable and Meat Slicer", why=Text("one slicer; the list tells what it cuts", "一台切片机，列的是切的东西")),
        FalseAlarm("Sofa, Couch, Futon Bed", why=Text("names of one kind of thing", "同一类东西的不同叫法")),
    ),
    check=check,
)
