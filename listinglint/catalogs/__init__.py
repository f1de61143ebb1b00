"""Reads catalogs (CSV, TSV, XLSX, JSON lines, Parquet) as streams of listings, and writes tables."""

from listinglint.catalogs.catalog import Catalog, open_catalog
from listinglint.catalogs.errors import CatalogError, ListingProblem
from listinglint.catalogs.tabular import SourceInfo

__all__ = ["Catalog", "CatalogError", "ListingProblem", "SourceInfo", "open_catalog"]
