"""Loads the versioned word lists of `data/lexicons/`: lazily, once per process, ready to look up.

Text lists (`*.txt`) hold entries parted by commas or line ends, with `#` comments; tables are CSV with a header.
"""

from __future__ import annotations

import csv
import gzip
from functools import cache
from pathlib import Path
from typing import NamedTuple

from listinglint.lexicons.nouns import NounTable, Synset
from listinglint.lexicons.sorted_lines import SortedLines

__all__ = [
    "Brand",
    "Certification",
    "Filler",
    "NounTable",
    "Synset",
    "brands",
    "certifications",
    "data_dir",
    "fillers",
    "head_groups",
    "head_lines",
    "nouns",
    "table",
    "word_flags",
    "word_frequency",
    "word_list",
    "zipf_frequency",
]


class Certification(NamedTuple):
    """A mark: its canonical name, kind, all spellings, what may be said of it and what must not."""

    mark: str
    kind: str
    spellings: tuple[str, ...]
    may_say: str
    must_not_say: str


class Brand(NamedTuple):
    """A well-known brand, its spellings, and whether it is also an ordinary word (Apple, Gap)."""

    name: str
    spellings: tuple[str, ...]
    ambiguous: bool


class Filler(NamedTuple):
    """A word or phrase that carries nothing, and why (`kind`)."""

    text: str
    kind: str


@cache
def data_dir() -> Path:
    """The folder `data/`: beside the package in a checkout, inside it in an installed wheel.

    Raises FileNotFoundError when neither is there.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "data", package.parent / "data"):
        if (folder / "lexicons").is_dir():
            return folder
    raise FileNotFoundError(f"listinglint's data folder is neither in {package} nor beside it")


def _read(name: str) -> str:
    path = data_dir() / "lexicons" / name
    if name.endswith(".gz"):
        return gzip.decompress(path.read_bytes()).decode("utf-8")
    return path.read_text(encoding="utf-8")


@cache
def word_list(name: str) -> frozenset[str]:
    """The entries of `data/lexicons/NAME.txt` in lower case, such as `units`, `materials`, `colours`."""
    entries: set[str] = set()
    for line in _read(f"{name}.txt").splitlines():
        if not line.startswith("#"):
            entries.update(part.strip().lower() for part in line.split(","))
    entries.discard("")
    return frozenset(entries)


@cache
def head_lines() -> tuple[str, ...]:
    """The lines `group: head, head*, …` of the product heads; a head may stand in several groups."""
    return tuple(line for line in _read("heads.txt").splitlines() if not line.startswith("#") and ":" in line)


@cache
def head_groups() -> dict[str, str]:
    """Product heads (singular, lower case) to the group they belong to; `*` marks the general word of a group."""
    groups: dict[str, str] = {}
    for line in head_lines():
        group, _, words = line.partition(":")
        for word in words.split(","):
            if word.strip():
                groups.setdefault(word.strip().rstrip("*"), group.strip() + ("*" if word.strip().endswith("*") else ""))
    return groups


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/lexicons/NAME.csv` (UTF-8, header; lines that begin with `#` are comments)."""
    header, *rows = csv.reader(line for line in _read(f"{name}.csv").splitlines() if not line.startswith("#"))
    return tuple(dict(zip(header, row, strict=True)) for row in rows if row)


def _spellings(row: dict[str, str], first: str) -> tuple[str, ...]:
    more = (part.strip() for part in (row.get("spellings") or "").split(";"))
    return tuple(dict.fromkeys([row[first], *(part for part in more if part)]))


@cache
def certifications() -> tuple[Certification, ...]:
    """All certification marks with their kinds and spellings."""
    return tuple(
        Certification(row["mark"], row["kind"], _spellings(row, "mark"), row["may_say"], row["must_not_say"])
        for row in table("certifications")
    )


@cache
def brands() -> dict[str, Brand]:
    """Well-known brands by each of their spellings in lower case."""
    found: dict[str, Brand] = {}
    for row in table("brands"):
        brand = Brand(row["brand"], _spellings(row, "brand"), row["ambiguous"] == "1")
        for spelling in brand.spellings:
            found.setdefault(spelling.lower(), brand)
    return found


@cache
def fillers() -> dict[str, Filler]:
    """Words and phrases that carry nothing, by their lower-case text."""
    return {row["text"].lower(): Filler(row["text"], row["kind"]) for row in table("fillers")}


@cache
def word_flags() -> tuple[dict[str, int], dict[str, dict[str, str]]]:
    """WordNet's single words with the bits of `language.words`, and irregular forms per part of speech."""
    words: dict[str, int] = {}
    forms: dict[str, dict[str, str]] = {}
    for line in _read("words.txt.gz").splitlines():
        first, *entries = line.split(" ")
        if first.startswith("="):
            forms[first[1:]] = dict(entry.split(":") for entry in entries)
        elif first != "#":
            words.update(dict.fromkeys(entries, int(first)))
    return words, forms


@cache
def nouns() -> NounTable:
    """WordNet's nouns that are products, with synonyms and broader terms."""
    folder = data_dir() / "lexicons"
    return NounTable(folder / "nouns.txt", folder / "synsets.txt")


@cache
def _frequencies() -> SortedLines:
    return SortedLines(data_dir() / "lexicons" / "word_frequencies.txt")


def word_frequency(word: str) -> float:
    """How often a word (a–z) stands in English text, 0–1; 0 for one that is less than one of 10⁸ words."""
    found = _frequencies().get(word)
    return 10 ** (-int(found) / 100) if found is not None else 0.0


def zipf_frequency(word: str) -> float | None:
    """The frequency of a word in lower case as a zipf value: 1 is once in 10⁸ words, 8 once in ten; 0 for a word that is rarer still.

    None for one with other signs than a–z that is no name of the thesaurus.
    """
    found = _frequencies().get(word)
    if found is None:
        return 0.0 if word.isascii() and word.isalpha() else None
    return round(9 - int(found) / 100, 2)
