"""Builds what `listinglint.language.relevance` knows about words: how rare they are and what they are close to.

    python data/build/build_word_vectors.py DICT

DICT is a folder with WordNet 3.0's `data.noun` (LICENSE-WordNet.txt). Every product synset with its gloss and relatives
is a small document, and so is every group of our thesaurus; a truncated SVD of the word-by-document matrix gives each
word a vector whose cosine tells how close two words are in meaning. Needs scipy. Output:

    data/lexicons/word_vectors.txt    one line a word: root, rarity
    data/lexicons/word_vectors.bin    as many rows of DIMENSIONS signed bytes (unit vectors × 127)
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from listinglint.language.relevance import DIMENSIONS, STOP_WORDS, root
from listinglint.language.thesaurus import read_groups, source_files

LEXICONS = Path(__file__).resolve().parent.parent / "lexicons"
PRODUCT_FILES = {5: "animal", 6: "artifact", 8: "body", 13: "food", 17: "object", 20: "plant", 27: "substance"}
RELATED = frozenset(("@", "~", "#p", "%p", "#s", "%s", "+"))
WORD = re.compile(r"[a-z]+")
QUOTED = re.compile(r'"[^"]*"')
THESAURUS_WEIGHT = 2
PARTS = (("names", 3.0), ("broader", 1.0), ("narrower", 1.0), ("unlike", 0.5), ("rare", 0.5))


def roots(text: str) -> list[str]:
    """The roots of the content words of a text."""
    return [root(word) for word in WORD.findall(text.lower()) if len(word) > 1 and word not in STOP_WORDS]


def synsets(folder: Path) -> dict[str, tuple[list[str], str, list[tuple[str, str]], int]]:
    """Noun synsets by offset: lemmas, gloss without examples, links (kind, offset) to nouns, lexicographer file."""
    found = {}
    for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        left, _, gloss = line.partition(" | ")
        cells = left.split()
        count = int(cells[3], 16)
        lemmas = [cells[4 + 2 * at].replace("_", " ") for at in range(count)]
        at = 4 + 2 * count
        links = [tuple(cells[at + 1 + 4 * n : at + 5 + 4 * n]) for n in range(int(cells[at]))]
        found[cells[0]] = (lemmas, QUOTED.sub("", gloss), [(k, o) for k, o, pos, _ in links if pos == "n"], int(cells[1]))
    return found


def wordnet_documents(folder: Path) -> Iterator[Counter[str]]:
    """One bag of roots per product synset: its lemmas, gloss and near relatives."""
    table = synsets(folder)
    for lemmas, gloss, links, lexname in table.values():
        if lexname not in PRODUCT_FILES:
            continue
        bag: Counter[str] = Counter()
        for lemma in lemmas:
            for word in roots(lemma):
                bag[word] += 3
        bag.update(roots(gloss))
        for kind, offset in links:
            if kind in RELATED and offset in table:
                for lemma in table[offset][0][:2]:
                    bag.update(roots(lemma))
        yield bag


def thesaurus_documents() -> Iterator[Counter[str]]:
    """One bag of roots per group of the thesaurus."""
    for path in source_files():
        for group in read_groups(path):
            bag: Counter[Any] = Counter()
            for part, weight in PARTS:
                for name in getattr(group, part):
                    for word in roots(name):
                        bag[word] += weight
            for word in roots(group.category.replace(">", " ")):
                bag[word] += 0.5
            yield bag


def vectors(bags: list[Counter[str]], words: list[str], frequency: Counter[str]) -> Any:
    """Unit vectors (words × DIMENSIONS) from the truncated SVD of the weighted word-by-document matrix."""
    place = {word: at for at, word in enumerate(words)}
    rows, columns, values = [], [], []
    for column, bag in enumerate(bags):
        for word, count in bag.items():
            at = place.get(word)
            if at is not None:
                rows.append(at)
                columns.append(column)
                values.append(1 + math.log(count))
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(words), len(bags)), dtype=np.float64)
    rarity = np.sqrt([math.log(len(bags) / frequency[word]) for word in words])
    matrix = sparse.diags(rarity) @ matrix
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(0)).ravel()) + 1e-9
    left, values_, _ = svds(matrix @ sparse.diags(1 / length), k=DIMENSIONS, v0=np.ones(min(matrix.shape)))
    found = left * np.sqrt(values_)
    found *= np.where(found.sum(0) < 0, -1.0, 1.0)
    return found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-9)


def main() -> None:
    own = list(thesaurus_documents())
    bags = [*wordnet_documents(Path(sys.argv[1])), *own * THESAURUS_WEIGHT]
    frequency: Counter[str] = Counter(word for bag in bags for word in bag)
    mine = {word for bag in own for word in bag}
    words = sorted(word for word, count in frequency.items() if len(word) > 1 and (count >= 4 or word in mine))
    table = np.rint(vectors(bags, words, frequency) * 127).astype(np.int8)
    lines = [f"{word}\t{min(10.0, math.log(len(bags) / frequency[word])):.1f}" for word in words]
    note = "# word roots and their rarity; from WordNet 3.0 glosses (LICENSE-WordNet.txt) and the thesaurus; built by build_word_vectors.py"
    (LEXICONS / "word_vectors.txt").write_text("\n".join([note, *lines]) + "\n", encoding="utf-8")
    (LEXICONS / "word_vectors.bin").write_bytes(table.tobytes())
    print(f"{len(words)} words, {len(bags)} documents")


if __name__ == "__main__":
    main()
