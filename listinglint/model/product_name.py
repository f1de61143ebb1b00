"""How a title is understood: the parts of a product name, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Span = tuple[int, int]
"""Start and end in Unicode code points, end exclusive."""

MODIFIER_KINDS = (
    "material",
    "colour",
    "function",
    "style",
    "certificate",
    "specification",
    "quantity",
    "audience",
)


@dataclass(frozen=True, slots=True)
class ProductName:
    """The parts of one title.

    `head`, `product` (type-defining modifiers + head), `brand`, `model` and `series` are verbatim slices of
    `title`, or None. `modifiers` maps a kind of `MODIFIER_KINDS` to its slices, `extras` holds what follows
    for / with / in brackets, `fillers` the words that carry nothing. `spans` maps each part's name
    (`head`, `product`, `brand`, `model`, `series`, `fillers`, `extras`, or a modifier kind) to its places.
    Of several products in one title `product` is the first, `products` holds all of them and `several` is true.
    """

    title: str
    head: str | None = None
    product: str | None = None
    brand: str | None = None
    model: str | None = None
    series: str | None = None
    modifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extras: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    several: bool = False
    products: tuple[str, ...] = ()
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The same as plain JSON types, with every key present."""
        return {
            "title": self.title,
            "head": self.head,
            "product": self.product,
            "brand": self.brand,
            "model": self.model,
            "series": self.series,
            "modifiers": {kind: list(texts) for kind, texts in self.modifiers.items()},
            "extras": list(self.extras),
            "fillers": list(self.fillers),
            "several": self.several,
            "products": list(self.products),
            "spans": {part: [list(span) for span in spans] for part, spans in self.spans.items()},
        }
