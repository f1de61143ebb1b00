"""Writes how often words stand in English text, `data/lexicons/word_frequencies.txt`, from the data of wordfreq.

    python data/build/build_frequencies.py

Kept are words of letters a–z with wordfreq's own number, hundredths of a power of ten below 1, and names of one word of the
thesaurus that have other signs (piñata), with what wordfreq makes of them. The file is searched where it lies (see
`listinglint.lexicons.sorted_lines`); wordfreq's own files, which take 0.2 s and 45 MB to load, stay closed. Origin and licence:
`LICENSE-wordfreq.txt`.
"""

from __future__ import annotations

import math
from pathlib import Path

from wordfreq import get_frequency_dict, zipf_frequency

from listinglint.language.thesaurus import thesaurus
from listinglint.lexicons.sorted_lines import sorted_lines

OUT = Path(__file__).resolve().parent.parent / "lexicons" / "word_frequencies.txt"


def main() -> None:
    """Writes the file anew."""
    found = get_frequency_dict("en", wordlist="large")
    kept = {word: often for word, often in found.items() if word.isascii() and word.isalpha()}
    table = {word: str(round(-100 * math.log10(often))) for word, often in kept.items()}
    names = {name.lower() for group in thesaurus() for name in group.names if " " not in name and "-" not in name}
    for name in names:
        if not (name.isascii() and name.isalpha()):
            table[name] = str(round(100 * (9 - zipf_frequency(name, "en"))))
    OUT.write_bytes(sorted_lines(table, "words by how rare they are; from wordfreq (CC BY-SA 4.0, see LICENSE-wordfreq.txt)"))
    print(f"{len(table):,} words, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
