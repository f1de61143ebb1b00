"""How fast `suggest` is: one listing warm, and many in batch; with the share of exact choices.

    python benchmarks/suggest_speed.py [--listings 2000] [--jobs 2]
"""

from __future__ import annotations

import argparse
import statistics
import time

from catalogs import HEADER, listings

from listinglint.config import Settings
from listinglint.model import Listing
from listinglint.suggestions import Suggester, suggest_many


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, default=2_000)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    fields = ["images" if name == "image" else name for name in HEADER]
    made = [Listing.of(dict(zip(fields, row, strict=True))) for row in listings(options.listings)]
    for marketplace in ("alibaba", "amazon", "etsy"):
        suggester = Suggester(Settings(marketplace=marketplace))
        suggester.suggest(made[0])
        times, exact = [], 0
        for listing in made[:200]:
            began = time.perf_counter()
            exact += suggester.suggest(listing).method == "optimal"
            times.append(time.perf_counter() - began)
        print(f"{marketplace}: one listing warm {1000 * statistics.median(times):.1f} ms (95 %: {1000 * sorted(times)[len(times) * 95 // 100]:.1f} ms), {exact} of {len(times)} choices exact")
    for titles in (True, False):
        began = time.perf_counter()
        count = sum(1 for _ in suggest_many(made, Settings(), jobs=options.jobs, titles=titles))
        took = time.perf_counter() - began
        print(f"batch {'with' if titles else 'without'} titles, {options.jobs} processes: {count / took:,.0f} listings a second")


if __name__ == "__main__":
    main()
