"""What the thesaurus's product names say about words: which end a name, which stand before the end, which pair up."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from listinglint import lexicons
from listinglint.language.words import stem

_LINKS = frozenset(("for", "of", "with", "and", "in", "to", "without", "on"))


class NameEvidence(NamedTuple):
    """Counts over the names of the thesaurus, all in stems.

    `ends` counts how many names a word ends, `before` how many it stands in before the end; `pairs` counts in
    how many names two words follow each other, `names` every whole name of two or more words.
    """

    ends: dict[str, int]
    before: dict[str, int]
    pairs: dict[tuple[str, str], int]
    names: frozenset[str]


@cache
def name_evidence() -> NameEvidence:
    """The evidence of the built-in thesaurus (about 20 ms, on first use)."""
    import orjson

    raw = orjson.loads((lexicons.data_dir() / "thesaurus.compiled.json").read_bytes())
    ends: dict[str, int] = {}
    before: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    names: set[str] = set()
    listed = {name.lower() for group in raw["groups"] for name in group[1]}
    for key in sorted(listed | {name.replace("-", " ") for name in listed}):
        words = [stem(word) for word in key.split()]
        if not words or not _LINKS.isdisjoint(words):
            continue
        ends[words[-1]] = ends.get(words[-1], 0) + 1
        for word in words[:-1]:
            before[word] = before.get(word, 0) + 1
        if len(words) > 1:
            for pair in zip(words, words[1:], strict=False):
                pairs[pair] = pairs.get(pair, 0) + 1
            names.add(" ".join(words))
    for phrase in sorted(lexicons.word_list("joined")):
        words = [stem(word) for word in phrase.split()]
        for pair in zip(words, words[1:], strict=False):
            pairs[pair] = pairs.get(pair, 0) + 2
    return NameEvidence(ends, before, pairs, frozenset(names))
