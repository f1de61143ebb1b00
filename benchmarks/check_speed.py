"""How fast `check` is from end to end, beside other tools on the same text in the same run.

    python benchmarks/check_speed.py [--sizes 10000 100000] [--jobs 2] [--files CATALOG.csv … --repeat-to 20000] [--peers]

Catalogs are generated (see catalogs.py) or, with `--files`, given ones whose rows are repeated to a size. Every run is a
process: `listinglint check FILE --format jsonl -o REPORT` with all default rules. Printed are listings a second by the clock,
seconds of processor time, the peak memory of all its processes together (proportional set size), and, with `--peers`, how
codespell, proselint and frictionless do on titles and descriptions (or rows) of the first 2,000 listings, with ratios. The
peers are installed by `pip install codespell proselint frictionless`. Start-up and one listing by the API come last.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from catalogs import write

_PEER_LISTINGS = 2_000


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


def check(path: Path, folder: Path, jobs: int) -> Result:
    """One run of `check` with all default rules."""
    command = [sys.executable, "-m", "listinglint", "check", str(path), "--format", "jsonl", "-o", str(folder / "report.jsonl")]
    return run([*command, "--jobs", str(jobs), "--exit-zero", "--no-progress", "--quiet", "--no-cache"])


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


def peers(path: Path, folder: Path, ours: float) -> None:
    """Other tools on the text of the first listings; their start-up is taken out by timing them on nothing as well."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = [row for row, _ in zip(csv.DictReader(handle), range(_PEER_LISTINGS), strict=False)]
    text, empty, table = folder / "text.txt", folder / "empty.txt", folder / "rows.csv"
    text.write_text("\n".join(f"{row['title']}\n{row['description']}" for row in rows), encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    with path.open(encoding="utf-8") as source:
        table.write_text("".join(line for line, _ in zip(source, range(_PEER_LISTINGS), strict=False)), encoding="utf-8")
    tools: dict[str, Callable[[Path], list[str]]] = {
        "codespell": lambda file: [sys.executable, "-m", "codespell_lib", str(file)],
        "proselint": lambda file: [sys.executable, "-c", _PROSELINT, str(file)],
        "frictionless": lambda file: [sys.executable, "-c", _FRICTIONLESS, str(file if file is empty else table)],
    }
    for name, command in tools.items():
        try:
            took = timed(command(text)) - timed(command(empty))
        except FileNotFoundError:
            print(f"{name:<34} not installed")
            continue
        rate = len(rows) / took
        print(f"{name:<34} {len(rows):>9,} {rate:>10,.0f}/s   listinglint : {name} = {ours / rate:.2f} : 1", flush=True)


_PROSELINT = """
import sys
from pathlib import Path
text = Path(sys.argv[1]).read_text(encoding="utf-8")
try:
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile
    CheckRegistry().register_many(__register__)
    LintFile(source=Path(sys.argv[1]), content=text).lint()
except ImportError:
    from proselint.tools import lint
    lint(text)
"""
_FRICTIONLESS = """
import sys
from frictionless import validate
validate(sys.argv[1])
"""


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
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="listinglint-benchmark-"))
    try:
        rate = 0.0
        path = None
        for size in options.sizes:
            path = write(folder / f"catalog-{size}.csv", size)
            result = check(path, folder, options.jobs)
            rate = size / result.clock
            show(f"generated, {options.jobs} processes", size, result)
        for file in options.files:
            made, count = repeated(file, options.repeat_to, folder)
            show(f"{file.name}, repeated", count, check(made, folder, options.jobs))
        if options.peers and path is not None:
            peers(path, folder, rate)
        start_up(folder)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
