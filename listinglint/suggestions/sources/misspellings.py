"""Frequent misspellings of the name's words: for advertising and web pages, not for the listing itself (GK9)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from listinglint import lexicons
from listinglint.model import Text
from listinglint.suggestions.candidate import Context, Proposal


@cache
def _misspelt() -> dict[str, tuple[str, ...]]:
    """Right spellings with the wrong ones that people type for them."""
    found: dict[str, list[str]] = {}
    for row in lexicons.table("misspellings"):
        wrong, right = (row["wrong"], row["right"])
        found.setdefault(right.lower(), []).append(wrong.lower())
    return {right: tuple(wrong) for right, wrong in found.items()}


class MisspellingsSource:
    """The product name with one word as people misspell it."""

    name = "misspellings"

    def propose(self, context: Context) -> Iterator[Proposal]:
        words = context.product.split()
        for at, word in enumerate(words):
            for wrong in _misspelt().get(word.lower(), ())[:2]:
                text = " ".join([*words[:at], wrong, *words[at + 1 :]])
                yield Proposal(text, self.name, "misspelling", Text(f"“{word}” is often typed so", f"“{word}”常被误拼成这样"), 0.3)
