"""The sources of keyword candidates, one module each; all speak through `KeywordSource`."""

from __future__ import annotations

from functools import cache

from listinglint.suggestions.candidate import KeywordSource
from listinglint.suggestions.sources.catalog import CatalogSource
from listinglint.suggestions.sources.facts import FactsSource
from listinglint.suggestions.sources.hierarchy import HierarchySource
from listinglint.suggestions.sources.misspellings import MisspellingsSource
from listinglint.suggestions.sources.plurals import PluralsSource
from listinglint.suggestions.sources.questions import QuestionsSource
from listinglint.suggestions.sources.region import RegionSource
from listinglint.suggestions.sources.searches import SearchesSource
from listinglint.suggestions.sources.spellings import SpellingsSource
from listinglint.suggestions.sources.synonyms import SynonymsSource

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
