"""Names one level up and one level down: near steps only (GK4)."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.language.plurals import is_plural, pluralize
from listinglint.language.thesaurus import name_key, thesaurus
from listinglint.language.words import GENERAL, stem, word_info
from listinglint.model import Text
from listinglint.suggestions.candidate import Context, Proposal

_UP = Text("the next broader name", "上一级名称")
_DOWN = Text("a narrower name that the listing bears out", "更具体的名称，产品信息支持")


class HierarchySource:
    """Near broader names, and narrower ones whose modifiers the listing holds."""

    name = "hierarchy"

    def propose(self, context: Context) -> Iterator[Proposal]:
        product = context.product
        plural = is_plural(product)
        seen = {name_key(product)}
        for at, text in enumerate(self._broader(product)):
            key = name_key(text)
            if key not in seen:
                seen.add(key)
                yield Proposal(pluralize(text) if plural else text, self.name, "broader", _UP, 0.8 - 0.1 * at, -1)
        said = _said(context)
        for text in thesaurus().narrower(product):
            borne_out = all(stem(word) in said for word in text.lower().replace("-", " ").split())
            if borne_out and name_key(text) not in seen:
                seen.add(name_key(text))
                yield Proposal(text, self.name, "narrower", _DOWN, 0.85, 1)

    def _broader(self, product: str) -> Iterator[str]:
        book = thesaurus()
        found = book.match(product)
        if found is not None and not found.modifiers:
            yield from (text for text in found.group.broader[:2] if not too_broad(text))
            return
        if found is not None:
            yield from _shorter(product, len(found.matched.split()))
            yield found.group.name
            return
        yield from _shorter(product, 2)


def _shorter(product: str, fewest: int) -> Iterator[str]:
    """The name without its first modifier, and so on down to `fewest` words."""
    words = product.split()
    for at in range(1, len(words) - fewest + 1):
        yield " ".join(words[at:])


def too_broad(text: str) -> bool:
    """True for a name that buyers browse rather than search: its head is a general word (equipment, supplies) or a -ware."""
    head = text.lower().split()[-1]
    return bool(word_info(head) & GENERAL) or head.endswith("ware") or stem(head) in _BROWSED


_BROWSED = frozenset(
    "product equipment supply consumable instrument device apparatus good accessory item furniture appliance apparel clothing garment footwear textile hardware fastener "
    "condiment ingredient food snack beverage drink produce fruit vegetable meat seafood grain stationery packaging container game vehicle machine machinery tool component "
    "part material commodity medicine cosmetic electronics gadget toy jewelry jewellery ornament decoration decor gear aid".split()
)


def _said(context: Context) -> set[str]:
    """Stems of all that title, attributes and model say."""
    listing = context.listing
    texts = [listing.text(field) or "" for field in ("title", "model", "brief")] + list(context.attributes.values())
    return {stem(word) for text in texts for word in text.lower().replace("-", " ").replace(",", " ").split()}
