"""Names one level up and one level down: near steps only (GK4)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from listinglint import lexicons
from listinglint.language.plurals import is_plural, plural_kind, pluralize, singularize
from listinglint.language.thesaurus import name_key, thesaurus
from listinglint.language.words import COLOUR, GENERAL, MATERIAL, content_words, stem, word_info
from listinglint.model import Text
from listinglint.rules.apart import other_sense
from listinglint.suggestions.candidate import Context, Proposal

_TELLING = 3
"""A title of more content words tells which sense of its noun is meant."""
_UP = Text("the next broader name", "上一级名称")
_DOWN = Text("a narrower name that the listing bears out", "更具体的名称，产品信息支持")


class HierarchySource:
    """Near broader names, and narrower ones whose modifiers the listing holds."""

    name = "hierarchy"

    def propose(self, context: Context) -> Iterator[Proposal]:
        product = context.product
        plural = is_plural(product)
        seen = {name_key(product)}
        for at, text in enumerate(self._broader(product, content_words(context.listing.text("title") or ""))):
            key = name_key(text)
            if key not in seen:
                seen.add(key)
                yield Proposal(pluralize(text) if plural and plural_kind(text) in ("regular", "irregular") else text, self.name, "broader", _UP, 0.8 - 0.1 * at, -1)
        said = _said(context)
        for text in thesaurus().narrower(product):
            borne_out = all(stem(word) in said for word in text.lower().replace("-", " ").split())
            if borne_out and name_key(text) not in seen:
                seen.add(name_key(text))
                yield Proposal(text, self.name, "narrower", _DOWN, 0.85, 1)

    def _broader(self, product: str, told: list[str]) -> Iterator[str]:
        book = thesaurus()
        found = book.match(product)
        words = product.lower().split()
        if found is not None and len(told) > _TELLING and other_sense(found.matched, found.group, told):
            found = None
        if found is not None and not found.modifiers:
            category = found.group.category
            near = [text for text in found.group.broader if not too_broad(text, category) and (len(words) == 1 or text.lower() not in words)]
            yield from _without_material(words)
            yield from sorted(near[:3], key=lambda text: len(text.split()) == 1)
            if not near:
                yield from _in_branch(found.group.category, words)
        elif found is not None:
            yield from _shorter(product, max(2, len(found.matched.split())))
            yield from _without_material(words)
            if len(found.group.name.split()) > 1:
                yield found.group.name
        else:
            yield from _shorter(product, 2)


@cache
def _modifiers() -> dict[str, str]:
    return {row["path"]: row["modifier"] for row in lexicons.table("category_modifiers")}


def _in_branch(category: str, words: list[str]) -> Iterator[str]:
    """The head narrowed to its branch only: `laboratory dish` for a Petri dish; a head alone would be a piece of the name (GK3)."""
    if len(words) < 2:
        return
    parts = category.split(" > ")
    for size in range(len(parts), 0, -1):
        modifier = _modifiers().get(" > ".join(parts[:size]))
        if modifier is not None:
            if modifier not in words:
                yield f"{modifier} {words[-1]}"
            return


def _without_material(words: list[str]) -> Iterator[str]:
    """The product itself where only its material or colour stands before it: `scarf` for a silk scarf, never `pot` for a hot pot."""
    if len(words) == 2 and word_info(words[0]) & (MATERIAL | COLOUR) and thesaurus().groups_of(singularize(words[1])) and not word_info(words[1]) & GENERAL:
        yield words[1]


def _shorter(product: str, fewest: int) -> Iterator[str]:
    """The name without its first modifier, and so on down to `fewest` words."""
    words = product.split()
    for at in range(1, len(words) - fewest + 1):
        yield " ".join(words[at:])


def too_broad(text: str, category: str) -> bool:
    """True for a name that buyers browse rather than search: a general head with nothing before it that its branch does not say.

    `hand tool` under `Hardware > Hand Tools` and `laboratory equipment` under `Medical > Laboratory` are shelves of a shop;
    `measuring tool` and `car exterior accessory` are names.
    """
    words = text.lower().split()
    head = stem(words[-1])
    if not (word_info(words[-1]) & GENERAL or head in _BROWSED or words[-1].endswith("ware")):
        return False
    shelf = {stem(word.lower()) for segment in category.split(" > ")[:2] for word in segment.replace("&", " ").split()}
    shelf.update(stem(word) for path in (category.split(" > ")[0], " > ".join(category.split(" > ")[:2])) for word in _modifiers().get(path, "").split())
    return all(stem(word) in shelf or word in _VAGUE for word in words[:-1])


_BROWSED = frozenset(
    "product equipment supply consumable instrument device apparatus good accessory item furniture appliance apparel clothing garment footwear textile hardware fastener "
    "ingredient food snack beverage drink produce fruit vegetable meat seafood grain stationery packaging container game vehicle machine machinery tool component "
    "part material commodity medicine cosmetic electronics gadget toy jewelry jewellery ornament decoration decor gear gift craft souvenir".split()
)
_VAGUE = frozenset("educational promotional professional household personal general fashion home consumer electronic electrical industrial commercial daily other children's kids health healthcare".split())


def _said(context: Context) -> set[str]:
    """Stems of all that title, attributes and model say."""
    listing = context.listing
    texts = [listing.text(field) or "" for field in ("title", "model", "brief")] + list(context.attributes.values())
    return {stem(word) for text in texts for word in text.lower().replace("-", " ").replace(",", " ").split()}
