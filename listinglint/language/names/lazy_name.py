"""A product name whose lesser parts are made out when something asks for them: most checks ask for what the title names alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from listinglint.language.names.parse import Core, Details, detail
from listinglint.model import ProductName
from listinglint.model.product_name import Span

_CORE: Final = frozenset({"head", "product", "brand", "products"})


class _Places(Mapping[str, tuple[Span, ...]]):
    """The places of the parts; those of head, products and brand are there at once."""

    __slots__ = ("_core", "_name")

    def __init__(self, name: LazyName, core: dict[str, tuple[Span, ...]]) -> None:
        self._name = name
        self._core = core

    def __getitem__(self, part: str) -> tuple[Span, ...]:
        return self._core[part] if part in _CORE else self._name.details.spans[part]

    def get(self, part: str, default: Any = None) -> Any:
        return (self._core if part in _CORE else self._name.details.spans).get(part, default)

    def __contains__(self, part: object) -> bool:
        return part in (self._core if part in _CORE else self._name.details.spans)

    def __iter__(self) -> Iterator[str]:
        return iter(self._name.details.spans)

    def __len__(self) -> int:
        return len(self._name.details.spans)


class LazyName(ProductName):
    """A ProductName made of what is known of its core; equal in all its parts to the one that `parse` gives."""

    __slots__ = ("_details", "_of")

    def __init__(self, title: str, core: Core) -> None:
        head, product, brand = core.texts
        keep = object.__setattr__
        keep(self, "title", title)
        keep(self, "head", head)
        keep(self, "product", product)
        keep(self, "brand", brand)
        keep(self, "several", len(core.products) > 1)
        keep(self, "products", core.products)
        keep(self, "_of", core)
        keep(self, "_details", None)
        keep(self, "spans", _Places(self, core.spans))

    @property
    def details(self) -> Details:
        """The lesser parts."""
        known: Details | None = self._details
        if known is None:
            known = detail(self._of)
            object.__setattr__(self, "_details", known)
        return known

    def __getattr__(self, part: str) -> Any:
        """A part that is not there yet."""
        if part not in ("model", "series", "modifiers", "extras", "fillers"):
            raise AttributeError(part)
        value = getattr(self.details, part)
        object.__setattr__(self, part, value)
        return value

    def __reduce__(self) -> tuple[Any, ...]:
        parts = (self.model, self.series, self.modifiers, self.extras, self.fillers, self.several, self.products, dict(self.spans))
        return ProductName, (self.title, self.head, self.product, self.brand, *parts)
