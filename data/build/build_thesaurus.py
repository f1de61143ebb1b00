"""Puts `data/thesaurus/*.csv` into `data/thesaurus.compiled.json`, or checks a file.

    python data/build/build_thesaurus.py            compile; fails on contradictions
    python data/build/build_thesaurus.py --check    fails where the compiled file is not what the sources give
    python data/build/build_thesaurus.py FILE…      check a seller's own files against the built-in thesaurus

A test compares the compiled file with its sources.
"""

from __future__ import annotations

import sys
from pathlib import Path

import orjson

from listinglint.language.thesaurus import Thesaurus, ThesaurusError, compiled, read_groups, source_files

OUT = Path(__file__).resolve().parent.parent / "thesaurus.compiled.json"


def check(paths: list[str]) -> int:
    """Reports what is wrong in files of the thesaurus format; 1 when anything is."""
    bad = 0
    known = set(Thesaurus.load().contradictions())
    for path in paths:
        whole = Thesaurus.load()
        try:
            whole.load_file(path)
        except (ThesaurusError, OSError) as broken:
            print(broken)
            bad += 1
            continue
        for problem in whole.contradictions():
            if problem not in known:
                print(f"{path}: {problem}")
                bad += 1
    return int(bad > 0)


def main() -> int:
    asked = sys.argv[1:]
    if asked and asked != ["--check"]:
        return check(asked)
    groups = [group for path in source_files() for group in read_groups(path)]
    problems = Thesaurus(groups).contradictions()
    for problem in problems:
        print(problem)
    made = orjson.dumps(compiled(groups))
    if asked:
        stale = OUT.read_bytes() != made
        print(f"{OUT.name} is {'stale: run this script' if stale else 'up to date'}")
        return int(stale or bool(problems))
    OUT.write_bytes(made)
    print(f"{len(groups)} groups, {len(problems)} contradictions")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
