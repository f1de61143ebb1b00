"""No keyword is a complete name of the listing's product."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.language import words as w
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.keyword_edits import appended, as_keyword, head_stem
from listinglint.rules.keyword_names import (
    SETS,
    group_of,
    heads_of_kind,
    heads_of_title,
    keyword_stem,
    left_off,
    names_product,
    own_heads,
)
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule

_LOOKS = w.MATERIAL | w.COLOUR | w.STYLE | w.AUDIENCE | w.SIZE
_THING = w.ARTIFACT | w.PRODUCT_NOUN | w.FOOD
_READ = 400
"""So many words of the description are read."""
_TELLING = 40
"""A shorter description may well leave out what it is about."""


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """At most one finding, without a place: what misses has none."""
    product = doc.product
    if product is None or not doc.has("keywords"):
        return
    own = own_heads(doc)
    if any(keyword_stem(keyword) in own and (" " in keyword.text or " " not in product) for keyword in doc.keywords):
        return
    if doc.keywords and (not _sure(doc, product) or _denied(doc)):
        return
    heads = heads_of_title(doc)
    named = [keyword for keyword in doc.keywords if names_product(doc, keyword, heads)]
    if any(not _bare_vague(doc, keyword.text, product) for keyword in named):
        return
    name = as_keyword(doc, _told(doc, product))
    spare = named[0] if named else doc.keywords[-1] if doc.keywords else None
    edit = appended(doc, name, spare)
    hit = Hit("keywords", message="default" if doc.keywords else "empty", values={"product": name})
    if edit is not None:
        hit.edits, hit.safety, hit.part = (edit,), "unsafe", edit.part
    yield hit


def _told(doc: AnalysedListing, product: str) -> str:
    """The product's name; a lone noun that is no thing by itself takes the word before it: `floral arrangement`, `range extender`."""
    low = product.lower()
    if not low.isalpha() or (w.word_info(low) & _THING and not w.word_info(low) & w.GENERAL):
        return product
    words = doc.title_words
    at = next((n for n, word in enumerate(words) if word.low == low), 0)
    if not at or not words[at].joined:
        return product
    before = words[at - 1]
    plain = before.low.replace("-", "").isalpha() and not before.flags & (w.FUNCTION_WORD | w.FILLER | w.BRAND)
    return f"{before.text} {product}" if plain else product


def _sure(doc: AnalysedListing, product: str) -> bool:
    """True where the title's head is a known product: a poetic title (`Falling Star in Copper`) cannot be held against keywords."""
    head = (doc.name.head or "").lower()
    words = product.lower().split()
    if all(word in SETS or w.stem(word) in heads_of_kind("pack") for word in words):
        return False
    if group_of(product) is not None:
        return True
    flags = w.word_info(head) | w.word_info(w.stem(head)) | w.word_info(head.removesuffix("s"))
    # Dohar, kadhai: no list says what they are near to.
    return bool(flags & w.HEAD) and bool(flags & w.KNOWN or " " in product)


def _denied(doc: AnalysedListing) -> bool:
    """True where category or description side with a keyword against the title's head: earrings under the title `Dagger in Black`.

    The category names what a keyword and the title name too, and not the head; or the description never speaks of the head.
    """
    head = head_stem(doc)
    if head is None:
        return False
    category = set(w.content_words(doc.listing.text("category") or "")) if doc.listing.filled("category") else set()
    if category and head not in category and doc.title is not None:
        shared = category.intersection(map(w.stem, doc.title.words))
        if any(keyword_stem(keyword) in shared for keyword in doc.keywords):
            return True
    description = doc.description
    if description is None:
        return False
    words = description.words[:_READ]
    if len(words) < _TELLING or head in map(w.stem, words):
        return False
    general = heads_of_kind("broad")
    return any(stem not in general and w.word_info(stem) & w.PRODUCT_NOUN and w.word_info(stem) & w.HEAD for stem in (keyword_stem(keyword) for keyword in doc.keywords))


def _bare_vague(doc: AnalysedListing, text: str, product: str) -> bool:
    """True for a lone piece of a name of several words: `machine`, or any head while other pieces stand alone too."""
    if " " in text or " " not in product or left_off(text, product):
        return False
    low = text.lower()
    if w.word_info(low) & w.GENERAL:
        return True
    words = [word for word in product.split() if word.lower() not in SETS]
    if len(words) < 2:
        return False
    others = {w.stem(word.lower()) for word in words[:-1] if not w.word_info(word.lower()) & _LOOKS}
    return any(w.stem(keyword.text.lower()) in others for keyword in doc.keywords)


RULE = Rule(
    name="keyword-missing-product-name",
    group="keywords",
    severity="warning",
    fields=("keywords",),
    guidelines=("GK1",),
    fix="unsafe",
    english=True,
    keywords="list",
    summary=Text("No keyword is the complete name of the product", "没有一个关键词是完整的产品名称"),
    messages={
        "default": Text("No keyword names the product; add '{product}'", "没有一个关键词是产品名称，请加上“{product}”"),
        "empty": Text("There are no keywords; begin with the product's name: '{product}'", "没有填写关键词，请先填产品名称：“{product}”"),
    },
    page=Text(
        "Finds listings of which no keyword is a complete name of the product in the title: its own, a synonym, or a near broader or narrower name. Colours, materials, "
        "rooms, uses and holidays tell about a product, but nobody who needs a faucet types stainless steel. A name with other or fewer modifiers counts (kitchen faucet "
        "for a pull-out kitchen faucet), a lone vague word (machine) does not. The fix adds the name from the title, or puts it in the place of "
        "the last keyword when all places are taken.",
        "检查没有一个关键词是标题中产品完整名称（本名、同义词或相近的上下级名称）的产品。颜色、材质、房间、用途、节日能说明产品，"
        "但要买水龙头的人不会搜 stainless steel。修饰词不同或更少的名称算数（pull-out kitchen faucet 写 kitchen faucet 即可），单独一个笼统的词（machine）不算。"
        "修复会补上标题里的名称；位置已满时替换最后一个关键词。",
    ),
    check=check,
    examples=(
        Good("Bicycle Bell", keywords="bike bell, bicycle bell"),
        Good("Pull-Down Kitchen Faucet", keywords="kitchen faucet, sink faucet"),
        FalseAlarm("Heavy Duty Tooth Brush Holder", keywords="toothbrush holder", why=Text("open and closed spelling of one name", "同一名称的分写与连写")),
        FalseAlarm("Stainless Steel Hex Bolts", keywords="hex bolt", why=Text("the singular of the name", "名称的单数形式")),
        FalseAlarm("PVC Pipe Extrusion Line", keywords="pipe extruder, pipe extrusion machine", why=Text("line, plant and machine are one thing here", "这里 line、plant、machine 指同一种设备")),
        FalseAlarm("Blueberry Plant in 3 Inch Pot", keywords="blueberry, garden plant", why=Text("the plant is known by its fruit", "植物以果实为名")),
        Bad("Ceramic Flower Pot", keywords="ceramic, garden, spring", fixed={"keywords": "ceramic, garden, flower pot"}),
        Bad("Beaded Anklet", keywords="summer, beach", fixed={"keywords": "summer, beach, anklet"}),
        Bad("Screw Air Compressor", keywords="industrial air, workshop, pneumatics"),
        Bad("Wooden Rocking Horse", keywords=""),
    ),
)  # fmt: skip
