"""The benchmarks run; how fast things are is no matter of tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "benchmarks"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check_speed.py", "--sizes", "450", "--rules"), "nothing changed since"),
        (("peers.py", "--size", "20", "--only", "none"), "| listinglint (all rules, with start-up) | 20 |"),
        (("suggest_speed.py", "--listings", "8"), "choices exact"),
        (("catalogs.py", "--help"), "usage"),
        (("parse_speed.py", "--help"), "usage"),
        (("serve_speed.py", "--help"), "usage"),
    ],
)
def test_benchmarks_run(arguments: tuple[str, ...], said: str) -> None:
    done = subprocess.run([sys.executable, str(FOLDER / arguments[0]), *arguments[1:]], capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
