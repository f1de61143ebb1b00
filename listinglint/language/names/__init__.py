"""How a title is understood: head, product name, brand, model, modifiers, extras, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from listinglint.language.names.lazy_name import LazyName
from listinglint.language.names.parse import fields_of, parse, read
from listinglint.model import Listing, ProductName
from listinglint.model.memory import PHRASES

if TYPE_CHECKING:
    from listinglint.language.statistics import CatalogStatistics

__all__ = ["parse_phrase", "parse_title", "read_title"]


def parse_title(
    title: str, listing: Listing | Mapping[str, Any] | None = None, catalog: CatalogStatistics | None = None
) -> ProductName:
    """How `title` is understood.

    A `listing` lends its brand, model and category; `catalog` lends what the other titles say about words. Never
    raises for a text; a title that names nothing has `head` and `product` None.
    """
    if listing is None and catalog is None:
        return _parse(title)
    brand, model, category = fields_of(listing)
    if catalog is None and brand is None and model is None and not category:
        return _parse(title)
    return parse(title, brand, model, category, catalog)


def read_title(title: str, listing: Listing, catalog: CatalogStatistics | None = None) -> ProductName:
    """As `parse_title`, but the parts beside product and brand are made out only when they are asked for."""
    brand, model, category = fields_of(listing)
    if catalog is None and brand is None and model is None and not category:
        return _parse(title)
    core = read(title, brand, model, category, catalog)
    return ProductName(title) if core is None else LazyName(title, core)


@lru_cache(maxsize=PHRASES)
def _parse(title: str) -> ProductName:
    return parse(title)


@lru_cache(maxsize=PHRASES)
def parse_phrase(text: str) -> ProductName:
    """How a short phrase such as a keyword is understood: as a title, but only a known brand is taken for one."""
    return parse(text, phrase=True)
