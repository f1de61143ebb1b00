"""Other tools on the same listings in the same run, with the ratio of listinglint's speed to theirs.

    python benchmarks/peers.py [--size 10000] [--jobs 2] [--python PYTHON] [--node FOLDER] [--only NAME …]

Tools that read prose get titles and descriptions, in one text file or, where they are faster so (write-good), in files of a hundred listings;
tools that check tables get the rows and about twenty simple checks: present, unique, lengths, ranges, patterns. The time of each on an
empty file or a table of one row is taken out, so that the rates are of the work alone; listinglint's own has its start-up in
it. Fast tools are run five times, of which the quickest counts. Checks of tables get five times as many listings, slow tools fewer. A tool that is not there is named as such. PYTHON is an interpreter that has the tools of

    pip install codespell proselint frictionless "pandera[pandas,polars]" polars great_expectations

and FOLDER is where this was run:

    npm install write-good alex harper.js textlint textlint-rule-common-misspellings textlint-rule-terminology textlint-rule-stop-words \\
        textlint-rule-write-good textlint-rule-alex
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

sys.path.insert(0, str(Path(__file__).parent))
from catalogs import write

_IN_A_FILE = 100
_QUICK = 10.0
_TABLES = Path(__file__).with_name("peer_tables.py")
_PROSELINT = """
import sys
from pathlib import Path
from proselint.checks import __register__
from proselint.registry import CheckRegistry
from proselint.tools import LintFile
CheckRegistry().register_many(__register__)
for name in sys.argv[1:]:
    LintFile(source=Path(name), content=Path(name).read_text(encoding="utf-8")).lint()
"""
_FRICTIONLESS = """
import os, sys
from frictionless import validate
# It does not open paths from the root.
os.chdir(os.path.dirname(sys.argv[1]))
assert validate(os.path.basename(sys.argv[1])).tasks[0].stats["rows"]
"""
_HARPER = """
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const package_ = pathToFileURL(process.cwd() + "/node_modules/harper.js/dist/");
const { LocalLinter } = await import(new URL("index.js", package_));
const { binaryInlined } = await import(new URL("binaryInlined.js", package_));
const linter = new LocalLinter({ binary: binaryInlined });
await linter.setup();
for (const name of process.argv.slice(2)) await linter.lint(readFileSync(name, "utf8"), { language: "plaintext" });
"""
_TEXTLINT_RULES = ("common-misspellings", "terminology", "stop-words", "write-good", "alex")


@dataclass(frozen=True)
class Peer:
    """A tool: what it is, how many of the listings it gets at most, its command for some files, and whether these are tables."""

    name: str
    does: str
    most: int
    command: Callable[[Sequence[str]], list[str]]
    kind: Literal["text", "texts", "table"] = "texts"


def peers_of(python: str, node: Path | None, folder: Path) -> list[Peer]:
    """The tools that can be run by this interpreter and from this folder of npm packages."""

    def table(tool: str) -> Callable[[Sequence[str]], list[str]]:
        return lambda files: [python, str(_TABLES), tool, *files]

    found = [
        Peer("codespell", "one check: misspellings", 10_000, lambda files: [python, "-m", "codespell_lib", *files], "text"),
        Peer("proselint", "all checks", 2_000, lambda files: [python, "-c", _PROSELINT, *files], "text"),
        Peer("frictionless", "types of cells", 50_000, lambda files: [python, "-c", _FRICTIONLESS, *files], "table"),
        Peer("great_expectations", "20 checks", 50_000, table("great_expectations"), "table"),
        Peer("pandera", "20 checks, pandas", 50_000, table("pandera"), "table"),
        Peer("polars", "20 bare expressions", 50_000, table("polars"), "table"),
    ]
    if node is None:
        return found
    binaries = node / "node_modules" / ".bin"
    script = folder / "harper.mjs"
    script.write_text(_HARPER, encoding="utf-8")
    rules = folder / "textlintrc.json"
    rules.write_text(json.dumps({"rules": dict.fromkeys(_TEXTLINT_RULES, True)}), encoding="utf-8")
    return [
        *found,
        Peer("write-good", "all checks", 500, lambda files: [str(binaries / "write-good"), *files]),
        Peer("alex", "all checks", 500, lambda files: [str(binaries / "alex"), *files]),
        Peer("textlint", "5 rules", 200, lambda files: [str(binaries / "textlint"), "--config", str(rules), *files]),
        Peer("harper", "all checks", 200, lambda files: ["node", str(script), *files]),
    ]


def seconds(command: list[str], folder: Path | None = None) -> float | None:
    """How long a command takes; None where the tool is not there. Findings make tools end with any code, crashes are told.

    It runs in `folder`, where npm's tools look for their parts.
    """
    began = time.perf_counter()
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, cwd=folder, env={**os.environ, "GX_ANALYTICS_ENABLED": "false"})
    except FileNotFoundError:
        return None
    took = time.perf_counter() - began
    if "No module named" in done.stderr or "Cannot find module" in done.stderr:
        return None
    if "Traceback" in done.stderr or "node:internal" in done.stderr or done.returncode < 0:
        raise SystemExit(f"{command[0]} … ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return took


def quickest(command: list[str], folder: Path | None) -> float | None:
    """The seconds of a command, for a quick one the least of five runs: what other programs take away is then mostly left out."""
    took = seconds(command, folder)
    if took is not None and took < _QUICK:
        took = min([took, *(again for _ in range(4) if (again := seconds(command, folder)) is not None)])
    return took


def texts_of(rows: Sequence[dict[str, str]], folder: Path, in_a_file: int) -> list[str]:
    """Titles and descriptions in text files of so many listings each."""
    names = []
    for first in range(0, len(rows), in_a_file):
        path = folder / f"text-{first:06}.txt"
        path.write_text("\n\n".join(f"{row['title']}.\n{row['description']}" for row in rows[first : first + in_a_file]), encoding="utf-8")
        names.append(str(path))
    return names


def main() -> None:
    """Prints a table: listings a second of each tool, and how many times as fast listinglint is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=min(os.cpu_count() or 1, 2))
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--node", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="listinglint-peers-") as name:
        folder = Path(name)
        catalog = write(folder / "catalog.csv", options.size)
        with catalog.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        command = [sys.executable, "-m", "listinglint", "check", str(catalog), "--format", "jsonl", "-o", str(folder / "report.jsonl")]
        own = seconds([*command, "--jobs", str(options.jobs), "--exit-zero", "--no-progress", "--quiet", "--no-cache"])
        assert own is not None
        ours = options.size / own
        print(f"| tool | listings | listings/s | listinglint on {options.jobs} cores : tool |\n|---|---|---|---|")
        print(f"| listinglint (all rules, with start-up) | {options.size:,} | {ours:,.0f} | |", flush=True)
        empty, header = folder / "empty.txt", folder / "header.csv"
        empty.write_text("", encoding="utf-8")
        write(header, 1)
        node = options.node.resolve() if options.node else None
        for peer in peers_of(options.python, node, folder):
            if options.only and peer.name not in options.only:
                continue
            some = rows[: peer.most]
            count = len(some)
            if peer.kind == "table":
                count = min(peer.most, 5 * options.size)
                files = [str(write(folder / f"table-{count}.csv", count))]
            else:
                files = texts_of(some, folder, count if peer.kind == "text" else _IN_A_FILE)
            nothing = peer.command([str(header if peer.kind == "table" else empty)])
            took = quickest(peer.command(files), node)
            base = quickest(nothing, node)
            if base is None or took is None:
                print(f"| {peer.name} | | not installed | |", flush=True)
                continue
            rate = count / max(took - base, 0.01)
            print(f"| {peer.name} ({peer.does}) | {count:,} | {rate:,.0f} | {ours / rate:.2g} : 1 |", flush=True)


if __name__ == "__main__":
    main()
