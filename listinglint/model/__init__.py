"""Frozen value types that every layer shares; imports nothing from the rest of the project."""

from listinglint.model.findings import Edit, Finding, Fix, Safety, Severity
from listinglint.model.listing import FIELDS, TEXT_FIELDS, Listing, Source, UnknownField
from listinglint.model.product_name import ProductName, Span
from listinglint.model.reports import CatalogSummary, Forgiven, InternalError, ListingReport, Score
from listinglint.model.text import Text

__all__ = [
    "FIELDS",
    "TEXT_FIELDS",
    "CatalogSummary",
    "Edit",
    "Finding",
    "Fix",
    "Forgiven",
    "InternalError",
    "Listing",
    "ListingReport",
    "ProductName",
    "Safety",
    "Score",
    "Severity",
    "Source",
    "Span",
    "Text",
    "UnknownField",
]
