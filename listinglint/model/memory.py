"""How much is remembered of what was worked out before: tables of words and phrases are bounded by these, in each process.

Words come again and again, and the commonest make up nearly all of a text: a larger table of them only keeps words that are
not seen again. Phrases (names, keywords, categories, titles) come again soon or not at all: on a catalog of 12,000 listings most
tables of 20,000 found what was sought at most four times in a hundred more often than tables of 5,000.
"""

from __future__ import annotations

from typing import Final

WORDS: Final = 25_000
"""Entries of a table with a small value for each word."""
PHRASES: Final = 4_000
"""Entries of a table of longer texts, or of pairs."""
