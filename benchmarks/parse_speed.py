"""How many distinct titles a second `parse_title` reads on one core, beside splitting and taking the last word.

    python benchmarks/parse_speed.py [--titles 50000] [--file TITLES.txt]

Without a file the titles are put together from the built-in thesaurus, brands, colours and measures. The vocabulary
is warm: one pass over the titles goes before. Figures depend on the machine; the ratio is what compares.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from listinglint import lexicons
from listinglint.language.names.parse import parse
from listinglint.language.thesaurus import thesaurus


def made_titles(count: int) -> list[str]:
    """Distinct titles of retail and B2B patterns, the same on every run."""
    random.seed(7)
    names = [group.names[0].title() for group in thesaurus()]
    brands = sorted({brand.name for brand in lexicons.brands().values()})
    colours = sorted(lexicons.word_list("colours"))
    styles = sorted(lexicons.word_list("styles"))
    materials = sorted(lexicons.word_list("materials"))
    patterns: tuple[Callable[[], str], ...] = (
        lambda: f"{pick(brands)} {pick(names)} {random.randint(2, 90) * 10}W, {pick(colours).title()}",
        lambda: (
            f"{pick(styles).title()} {pick(materials).title()} {pick(names)} - Capacity: {random.randint(2, 900)} Kg/hr"
        ),
        lambda: f"{pick(names)} for {pick(names)} ({pick(colours).title()}, Pack of {random.randint(2, 12)})",
        lambda: (
            f"{pick(brands)} Men's {pick(materials).title()} {pick(names)} | {pick(styles).title()} | Size {random.randint(30, 48)}"
        ),
    )

    def pick(words: Sequence[str]) -> str:
        return words[int(random.random() * len(words))]

    titles: dict[str, None] = {}
    while len(titles) < count:
        titles[patterns[len(titles) % len(patterns)]()] = None
    return list(titles)


def last_word(title: str) -> str | None:
    """The baseline: the last word of the part before the first comma, bracket or bar."""
    for sign in (",", "(", "|", " - "):
        title = title.split(sign, 1)[0]
    words = title.split()
    return words[-1] if words else None


def rate(read: Callable[[str], object], titles: Sequence[str], rounds: int = 3) -> float:
    """Titles a second, the best of some rounds."""
    best = 0.0
    for _ in range(rounds):
        began = time.perf_counter()
        for title in titles:
            read(title)
        best = max(best, len(titles) / (time.perf_counter() - began))
    return best


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--titles", type=int, default=50_000)
    parser.add_argument("--file", type=Path, help="a text file with a title a line")
    options = parser.parse_args()
    titles = (
        list(dict.fromkeys(options.file.read_text("utf-8").splitlines()))
        if options.file
        else made_titles(options.titles)
    )
    began = time.perf_counter()
    parse(titles[0])
    print(
        f"load {time.perf_counter() - began:.3f} s; {len(titles)} titles, {sum(map(len, titles)) / len(titles):.0f} characters each"
    )
    for title in titles:
        parse(title)
    ours, plain = rate(parse, titles), rate(last_word, titles)
    print(f"parse_title {ours:,.0f} titles/s; split and last word {plain:,.0f} titles/s; ratio 1 : {plain / ours:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
