"""The sources of keyword candidates, one module each; all speak through `KeywordSource`."""

from __future__ import annotations

from functools import cache

from listinglint.suggest.candidate import KeywordSource
from listinglint.suggest.sources.catalog import CatalogSource
from listinglint.suggest.sources.facts import FactsSource
from listinglint.suggest.sources.hierarchy import HierarchySource
from listinglint.suggest.sources.misspellings import MisspellingsSource
from listinglint.suggest.sources.plurals import PluralsSource
from listinglint.suggest.sources.questions import QuestionsSource
from listinglint.suggest.sources.region import RegionSource
from listinglint.suggest.sources.searches import SearchesSource
from listinglint.suggest.sources.spellings import SpellingsSource
from listinglint.suggest.sources.synonyms import SynonymsSource

OFF_BY_DEFAULT = frozenset({"misspellings", "questions"})
"""Sources whose candidates suit advertising and web pages more than a listing's few keywords."""


@cache
def sources() -> dict[str, KeywordSource]:
    """All sources by name, in the order in which they are asked."""
    made: list[KeywordSource] = [
        SynonymsSource(), SpellingsSource(), PluralsSource(), HierarchySource(), FactsSource(), RegionSource(), SearchesSource(), CatalogSource(),
        MisspellingsSource(), QuestionsSource(),
    ]  # fmt: skip
    return {source.name: source for source in made}
