"""Writes how often words stand in English text, `data/lexicons/word_frequencies.txt`, from the data of wordfreq.

    python data/build/build_frequencies.py

Kept are words of four letters or more (a–z) with wordfreq's own number: hundredths of a power of ten below 1. Spelling asks
for few words, so that the file is searched where it lies (see `listinglint.lexicons.sorted_lines`), and wordfreq's own files,
which take a tenth of a second and 100 MB to load, stay closed. Origin and licence: `LICENSE-wordfreq.txt`.
"""

from __future__ import annotations

import math
from pathlib import Path

from wordfreq import get_frequency_dict

from listinglint.lexicons.sorted_lines import sorted_lines

OUT = Path(__file__).resolve().parent.parent / "lexicons" / "word_frequencies.txt"
SHORTEST, LONGEST = 4, 25


def main() -> None:
    """Writes the file anew."""
    found = get_frequency_dict("en", wordlist="large")
    kept = {word: often for word, often in found.items() if SHORTEST <= len(word) <= LONGEST and word.isascii() and word.isalpha()}
    table = {word: str(round(-100 * math.log10(often))) for word, often in kept.items()}
    OUT.write_bytes(sorted_lines(table, "words by how rare they are; from wordfreq (CC BY-SA 4.0, see LICENSE-wordfreq.txt)"))
    print(f"{len(table):,} words, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
