"""WordNet's product nouns: which synsets a noun belongs to, what stands above it, and how near two nouns are."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from listinglint.lexicons.sorted_lines import SortedLines


class Synset(NamedTuple):
    """A sense: its number, WordNet's lexicographer file (`artifact`, `food` …), its lemmas and its parents' numbers."""

    row: int
    lexname: str
    lemmas: tuple[str, ...]
    parents: tuple[int, ...]


class NounTable:
    """The tables `nouns.txt` (`lemma \\t rank:number|…`, sorted) and `synsets.txt` (`lexname \\t lemma|… \\t number,…`, parents last).

    A synset's number is the place of its line in `synsets.txt` in bytes. Both files are mapped: nothing is loaded.
    """

    def __init__(self, nouns: Path, synsets: Path) -> None:
        self._senses = SortedLines(nouns)
        with synsets.open("rb") as file:
            self._synsets = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.synset = lru_cache(maxsize=4_000)(self._synset)
        """The synset of a number."""
        self._ranks = lru_cache(maxsize=8_000)(self._read_ranks)

    def __contains__(self, noun: str) -> bool:
        return noun in self._senses

    def _synset(self, row: int) -> Synset:
        line = self._synsets[row : self._synsets.find(b"\n", row)].decode("utf-8")
        lexname, lemmas, parents = line.split("\t")
        return Synset(row, lexname, tuple(lemmas.split("|")), tuple(int(p) for p in parents.split(",") if p))

    def _read_ranks(self, noun: str) -> tuple[tuple[int, int], ...]:
        found = self._senses.get(noun)
        if found is None:
            return ()
        pairs = (entry.split(":") for entry in found.split("|"))
        return tuple(sorted((int(rank), int(row)) for rank, row in pairs))

    def senses(self, noun: str, most: int = 3) -> list[Synset]:
        """The senses of a noun (lower case, spaces between words), the commonest of all its senses first.

        `most` bounds the rank among all senses of the noun, so that far-fetched ones stay out.
        """
        return [self.synset(row) for rank, row in self._ranks(noun) if rank < most]

    def synonyms(self, noun: str) -> tuple[str, ...]:
        """Other lemmas of the noun's first sense; empty where that is no product sense."""
        found = self.senses(noun, 1)
        return tuple(lemma for lemma in found[0].lemmas if lemma != noun) if found else ()

    def ancestors(self, row: int) -> Iterator[tuple[int, int]]:
        """Numbers of the synsets above one with their distance in steps, nearest first, each once."""
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
