"""WordNet's product nouns: which synsets a noun belongs to, what stands above it, and how near two nouns are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Synset(NamedTuple):
    """A sense: its row, WordNet's lexicographer file (`artifact`, `food` …), its lemmas and its parents' rows."""

    row: int
    lexname: str
    lemmas: tuple[str, ...]
    parents: tuple[int, ...]


class NounTable:
    """The table `nouns.tsv.gz`: one line per synset, `lexname \\t lemma:rank|… \\t parent,…`."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._senses: dict[str, list[tuple[int, int]]] = {}
        senses = self._senses
        for row, line in enumerate(self._lines):
            for entry in line.split("\t", 2)[1].split("|"):
                lemma, _, rank = entry.rpartition(":")
                known = senses.get(lemma)
                if known is None:
                    senses[lemma] = [(int(rank), row)]
                else:
                    known.append((int(rank), row))

    def __contains__(self, noun: str) -> bool:
        return noun in self._senses

    def synset(self, row: int) -> Synset:
        """The synset of a row number."""
        lexname, lemmas, parents = self._lines[row].split("\t")
        names = tuple(entry.rpartition(":")[0] for entry in lemmas.split("|"))
        return Synset(row, lexname, names, tuple(int(p) for p in parents.split(",") if p))

    def senses(self, noun: str, most: int = 3) -> list[Synset]:
        """The senses of a noun (lower case, spaces between words), the commonest of all its senses first.

        `most` bounds the rank among all senses of the noun, so that far-fetched ones stay out.
        """
        return [self.synset(row) for rank, row in sorted(self._senses.get(noun, ())) if rank < most]

    def synonyms(self, noun: str) -> tuple[str, ...]:
        """Other lemmas of the noun's first sense; empty where that is no product sense."""
        found = self.senses(noun, 1)
        return tuple(lemma for lemma in found[0].lemmas if lemma != noun) if found else ()

    def ancestors(self, row: int) -> Iterator[tuple[int, int]]:
        """Rows above a synset with their distance in steps, nearest first, each once."""
        seen = {row}
        level, distance = [row], 0
        while level:
            distance += 1
            above: list[int] = []
            for one in level:
                for parent in self.synset(one).parents:
                    if parent not in seen:
                        seen.add(parent)
                        above.append(parent)
                        yield parent, distance
            level = above
