"""How fast `check` is from end to end; peers.py has other tools on the same listings.

    python benchmarks/check_speed.py [--sizes 10000 100000] [--jobs 2] [--files CATALOG.csv … --repeat-to 20000] [--rules]

Catalogs are generated (see catalogs.py) or, with `--files`, given ones whose rows are repeated to a size. Every run is a
process: `listinglint check FILE --format jsonl -o REPORT` with all default rules. Printed are listings a second by the clock,
microseconds of processor time a listing, the peak memory of all its processes together (proportional set size), and, with `--rules`, what
each rule costs a listing. A further run shows what the cache of unchanged listings saves. Start-up and one listing by the API come last.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from catalogs import write


class Result(NamedTuple):
    """A run: seconds by the clock and of processor time, and the peak memory of its processes in MB."""

    clock: float
    processor: float
    memory: float


def memory_of(pid: int) -> float:
    """MB of a process and those below it; shared pages are counted once. 0 where the system does not tell."""
    total = 0.0
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) / 1024
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += sum(memory_of(int(child)) for child in (task / "children").read_text(encoding="ascii").split())
    except (OSError, ValueError):
        pass
    return total


def run(command: list[str]) -> Result:
    """Runs a command to its end, watching its memory."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = [0.0]

    def watch() -> None:
        while process.poll() is None:
            peak[0] = max(peak[0], memory_of(process.pid))
            time.sleep(0.25)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    clock = time.perf_counter() - began
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Result(clock, processor, peak[0])


def check(path: Path, folder: Path, jobs: int, *further: str) -> Result:
    """One run of `check` with all default rules."""
    command = [sys.executable, "-m", "listinglint", "check", str(path), "--format", "jsonl", "-o", str(folder / "report.jsonl")]
    return run([*command, "--jobs", str(jobs), "--exit-zero", "--no-progress", "--quiet", *further])


def repeated(path: Path, count: int, folder: Path) -> tuple[Path, int]:
    """A catalog with the rows of another again and again until there are `count`."""
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8", newline="") as handle:
        head, *rows = csv.reader(handle)
    out = folder / f"repeated-{path.name}"
    with out.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(head)
        writer.writerows(rows[at % len(rows)] for at in range(count))
    return out, count


def show(name: str, listings: int, result: Result) -> None:
    print(f"{name:<34} {listings:>9,} {listings / result.clock:>10,.0f}/s {1e6 * result.processor / listings:>8,.0f} µs cpu {result.memory:>7,.0f} MB", flush=True)


def show_rules(path: Path, folder: Path) -> None:
    """Microseconds a listing of every rule, the dearest first; the first rule that asks for a shared part of the analysis pays for it."""
    report = folder / "report.json"
    command = [sys.executable, "-m", "listinglint", "check", str(path), "--format", "json", "-o", str(report), "--jobs", "1", "--stars", "5"]
    subprocess.run([*command, "--statistics", "--exit-zero", "--no-progress", "--quiet", "--no-cache"], check=True)
    summary = json.loads(report.read_text(encoding="utf-8"))["summary"]
    for name, seconds in sorted(summary["times"].items(), key=lambda item: -item[1]):
        print(f"{name:<34} {1e6 * seconds / summary['listings']:>8.1f} µs")


def timed(command: list[str]) -> float:
    """Seconds of a command; raises FileNotFoundError where its module is not installed."""
    began = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if "No module named" in done.stderr:
        raise FileNotFoundError(command[2])
    return time.perf_counter() - began


def start_up(folder: Path) -> None:
    """The version, a check of one listing, and one listing by the API when all is warm."""
    one = write(folder / "one.csv", 1)
    version = min(timed([sys.executable, "-m", "listinglint", "--version"]) for _ in range(3))
    single = min(timed([sys.executable, "-m", "listinglint", "check", str(one), "--exit-zero", "--quiet", "--no-cache"]) for _ in range(3))
    print(f"--version {version:.2f} s; check of one listing {single:.2f} s")
    import listinglint

    with write(folder / "warm.csv", 1_000).open(encoding="utf-8", newline="") as handle:
        rows = [{name: value for name, value in row.items() if name != "image"} for row in csv.DictReader(handle)]
    for row in rows[:500]:
        listinglint.lint(row)
    began = time.process_time()
    for row in rows[500:]:
        listinglint.lint(row)
    print(f"one listing by the API, warm, new text: {2 * (time.process_time() - began):.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="*", type=int, default=[10_000])
    parser.add_argument("--files", nargs="*", type=Path, default=[])
    parser.add_argument("--repeat-to", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=min(os.cpu_count() or 1, 2))
    parser.add_argument("--rules", action="store_true")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="listinglint-benchmark-"))
    try:
        for size in options.sizes:
            path = write(folder / f"catalog-{size}.csv", size)
            show(f"generated, {options.jobs} processes", size, check(path, folder, options.jobs, "--no-cache"))
        cache = ("--cache-dir", str(folder / "cache"))
        first = write(folder / "catalog-cached.csv", min(options.sizes, default=10_000))
        for name in ("fills the cache", "nothing changed since"):
            show(f"generated, {name}", min(options.sizes, default=10_000), check(first, folder, options.jobs, *cache))
        if options.rules:
            show_rules(first, folder)
        for file in options.files:
            made, count = repeated(file, options.repeat_to, folder)
            show(f"{file.name}, repeated", count, check(made, folder, options.jobs, "--no-cache"))
        start_up(folder)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
