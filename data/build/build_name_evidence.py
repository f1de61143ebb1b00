"""Compiles what the thesaurus's product names say about words: `data/lexicons/name_evidence.txt.gz`.

Run it after a change of the thesaurus or of `joined.txt` or `materials.txt` in `data/lexicons`:

    python data/build/build_name_evidence.py

One line a word: the word's stem, how many names it ends, before the end of how many it stands, and the words that
follow it in a name with how many names say so (`:1` left out but behind a colon); an empty line; then every name of two or more words.
"""

from __future__ import annotations

import gzip
import itertools
from collections import defaultdict

from listinglint import lexicons
from listinglint.language.thesaurus import Thesaurus
from listinglint.language.words import stem

LINKS = frozenset(("for", "of", "with", "and", "in", "to", "without", "on"))


def main() -> None:
    ends: dict[str, int] = defaultdict(int)
    before: dict[str, int] = defaultdict(int)
    follow: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    names: set[str] = set()
    listed = {name.lower() for group in Thesaurus.load() for name in group.names}
    for key in sorted(listed | {name.replace("-", " ") for name in listed}):
        words = [stem(word) for word in key.split()]
        if not words or not LINKS.isdisjoint(words):
            continue
        ends[words[-1]] += 1
        for word, following in itertools.pairwise(words):
            before[word] += 1
            follow[word][following] += 1
        if len(words) > 1:
            names.add(" ".join(words))
    for phrase in sorted(lexicons.word_list("joined") | lexicons.word_list("materials")):
        words = [stem(word) for word in phrase.split()]
        for word, following in itertools.pairwise(words):
            follow[word][following] += 2
    lines = [
        f"# {len(ends | before)} words and {len(names)} names of the thesaurus, by data/build/build_name_evidence.py."
        " Origin: data/thesaurus. Licence: MIT, as the project."
    ]
    for word in sorted(ends.keys() | before.keys() | follow.keys()):
        pairs = (f"{other}:{count}" if count > 1 or ":" in other else other for other, count in sorted(follow[word].items()))
        lines.append(" ".join((word, str(ends.get(word, 0)), str(before.get(word, 0)), *pairs)))
    text = "\n".join([*lines, "", *sorted(names)])
    target = lexicons.data_dir() / "lexicons" / "name_evidence.txt.gz"
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{target}: {len(text)} characters, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
