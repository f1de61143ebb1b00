"""What the thesaurus's product names say about words: which end a name, which stand before the end, which pair up."""

from __future__ import annotations

import gzip
from functools import cache
from typing import NamedTuple

from listinglint import lexicons


class NameEvidence(NamedTuple):
    """Counts over the names of the thesaurus, all in stems.

    `words` maps a word to how many names it ends, before the end of how many it stands, and the words that follow it
    in names; `names` holds every whole name of two or more words.
    """

    words: dict[str, str]
    names: frozenset[str]

    def of(self, stem: str) -> tuple[int, int, dict[str, int]]:
        """How many names the word ends, how many it stands in before the end, and the words behind it, counted."""
        line = self.words.get(stem)
        if line is None:
            return 0, 0, {}
        ends, before, *following = line.split(" ")
        pairs = {}
        for entry in following:
            other, colon, count = entry.rpartition(":")
            if colon:
                pairs[other] = int(count)
            else:
                pairs[entry] = 1
        return int(ends), int(before), pairs


@cache
def name_evidence() -> NameEvidence:
    """The evidence of the built-in thesaurus, compiled by `data/build/build_name_evidence.py` (about 10 ms)."""
    raw = gzip.decompress((lexicons.data_dir() / "lexicons" / "name_evidence.txt.gz").read_bytes()).decode("utf-8")
    counts, _, names = raw.partition("\n\n")
    words = {}
    for line in counts.split("\n")[1:]:
        word, _, rest = line.partition(" ")
        words[word] = rest
    return NameEvidence(words, frozenset(names.split("\n")))
