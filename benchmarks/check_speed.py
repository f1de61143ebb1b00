"""How fast `check` is: listings a second in one process and in two, against reading the same file with `csv`.

    python benchmarks/check_speed.py [CATALOG.csv …] [--listings 10000]

Without files it makes listings of its own from the thesaurus. Prints rates, the ratio to the plain reader measured in the
same run, and the peak memory of this process at one and at three times the listings.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from listinglint.catalogs import open_catalog
from listinglint.config import Settings
from listinglint.engine import check
from listinglint.language.thesaurus import thesaurus

HEADER = ("id", "title", "keywords", "description", "brand", "category", "attributes", "price", "moq")
PRAISE = ("High Quality", "New", "Hot Sale", "", "", "", "")
SENTENCES = (
    "The frame is made of stainless steel and the handle of beech wood.", "It is used in kitchens, hotels and workshops.", "Size 30 x 20 x 10 cm, weight 1.2 kg.",
    "Packed in a colour box, 12 pieces per carton.", "One year of warranty; spare parts are in stock.", "We accept small orders.", "Voltage 220 V, power 800 W.",
)  # fmt: skip


def listings(count: int) -> Iterator[tuple[str, ...]]:
    """Invented listings, always the same ones."""
    dice = random.Random(1)
    groups = list(thesaurus())
    for number in range(count):
        group = groups[number * 7919 % len(groups)]
        name = dice.choice(group.names)
        title = f"{dice.choice(PRAISE)} {name.title()} {dice.randint(1, 90)} cm {dice.choice(('Black', 'White', 'for Home', 'with Handle', ''))}".strip()
        yield (
            str(number), title, ", ".join(group.names[:3]), " ".join(dice.sample(SENTENCES, 6)), "Acme", group.category,
            "Material: Steel; Size: 30 cm", f"{dice.randint(1, 90)}.50", "100",
        )  # fmt: skip


def made(count: int, folder: str) -> Path:
    path = Path(folder) / f"made-{count}.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(HEADER)
        writer.writerows(listings(count))
    return path


def timed(paths: list[Path], jobs: int, most: int) -> tuple[int, float]:
    catalog = open_catalog([str(path) for path in paths])
    source = list(itertools.islice(catalog, most)) if most else catalog
    began = time.perf_counter()
    count = sum(1 for _ in check(source, Settings(), jobs=jobs))
    return count, time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--listings", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = options.files or [made(options.listings, folder)]
        began = time.perf_counter()
        rows = 0
        for path in paths:
            with path.open(encoding="utf-8", newline="") as handle:
                rows += sum(1 for _ in csv.reader(handle)) - 1
        plain = rows / (time.perf_counter() - began)
        for jobs in (1, 2):
            count, took = timed(paths, jobs, 0)
            print(f"{jobs} process{'es' if jobs > 1 else ''}: {count} listings, {count / took:,.0f} a second, 1 : {plain / (count / took):,.0f} to csv.reader")
        if not options.files:
            small = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            timed([made(3 * options.listings, folder)], 2, 0)
            large = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            print(f"peak memory {small / 1024:,.0f} MB at {options.listings} listings, {large / 1024:,.0f} MB at {3 * options.listings}")


if __name__ == "__main__":
    main()
