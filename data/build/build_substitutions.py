"""Compiles which words stand for which in product names: `data/lexicons/substitutions.csv`.

Run it after a change of the thesaurus:

    python data/build/build_substitutions.py

A row a substitution, of one word the best first: `old` may be said as `new` (`head`: 1 where they end a name); so many thesaurus
groups bear it out, a share of all groups that hold `old` in that place. See `listinglint/language/wording.py`.
"""

from __future__ import annotations

import csv
import io

from listinglint import lexicons
from listinglint.language.wording import derived


def main() -> None:
    rows = [one for found in derived().values() for one in found]
    text = io.StringIO()
    text.write(f"# {len(rows)} substitutions borne out by the thesaurus, by data/build/build_substitutions.py. Origin: data/thesaurus. Licence: MIT, as the project.\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["old", "new", "head", "groups", "share"])
    for one in rows:
        writer.writerow([one.old, one.new, int(one.head), one.groups, repr(one.share)])
    target = lexicons.data_dir() / "lexicons" / "substitutions.csv"
    target.write_text(text.getvalue(), encoding="utf-8", newline="")
    print(f"{target}: {len(rows)} substitutions")


if __name__ == "__main__":
    main()
