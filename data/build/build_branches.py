"""Compiles how the words of product names fall on the branches of the thesaurus: `data/lexicons/branches.json`.

Run it after a change of the thesaurus, of `category_words.csv` or `category_kin.csv`, or of how words are reduced to stems:

    python data/build/build_branches.py

See `listinglint/rules/categories.py`. A test compares the file with its sources. Origin: data/thesaurus. Licence: MIT, as the project.
"""

from __future__ import annotations

import orjson

from listinglint import lexicons
from listinglint.rules.categories import derived


def main() -> None:
    """Writes the file anew."""
    tables = derived()
    classes = sorted([sorted(stems), sorted(branches)] for stems, branches in tables.classes.items())
    whole = {"weights": dict(sorted(tables.weights.items())), "heads": dict(sorted(tables.heads.items())), "classes": classes}
    target = lexicons.data_dir() / "lexicons" / "branches.json"
    target.write_bytes(orjson.dumps(whole))
    print(f"{target}: {len(tables.weights):,} words, {len(tables.heads):,} heads, {len(classes):,} classes")


if __name__ == "__main__":
    main()
