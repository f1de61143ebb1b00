"""listinglint: a linter and keyword optimizer for product catalogs. This module is the public API, loaded as it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from listinglint.api import (
        advise,
        apply_review,
        check_catalog,
        explain_relevance,
        fix,
        fix_catalog,
        keyword_relevance,
        lint,
        lint_catalog,
        lint_frame,
        parse_title,
        pluralize,
        review_catalog,
        singularize,
        suggest,
        suggest_frame,
    )
    from listinglint.config import Seller, Settings
    from listinglint.model import CatalogSummary, Edit, Finding, Fix, Listing, ListingReport, ProductName, UnknownField

__version__ = "0.1.0"

_HOMES = {
    **dict.fromkeys(
        (
            "advise", "apply_review", "check_catalog", "explain_relevance", "fix", "fix_catalog", "keyword_relevance", "lint", "lint_catalog", "lint_frame",
            "parse_title", "pluralize", "review_catalog", "singularize", "suggest", "suggest_frame",
        ),
        "listinglint.api",
    ),
    **dict.fromkeys(("Seller", "Settings"), "listinglint.config"),
    **dict.fromkeys(
        ("CatalogSummary", "Edit", "Finding", "Fix", "Listing", "ListingReport", "ProductName", "UnknownField"), "listinglint.model"
    ),
}  # fmt: skip

__all__ = [
    "CatalogSummary",
    "Edit",
    "Finding",
    "Fix",
    "Listing",
    "ListingReport",
    "ProductName",
    "Seller",
    "Settings",
    "UnknownField",
    "__version__",
    "advise",
    "apply_review",
    "check_catalog",
    "explain_relevance",
    "fix",
    "fix_catalog",
    "keyword_relevance",
    "lint",
    "lint_catalog",
    "lint_frame",
    "parse_title",
    "pluralize",
    "review_catalog",
    "singularize",
    "suggest",
    "suggest_frame",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'listinglint' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
