"""The generated rule pages are those that the rules give."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from listinglint.reports.rule_page import markdown_page, terminal_page
from listinglint.reports.terminal import columns_of
from listinglint.rules.registry import builtin

SCRIPT = Path(__file__).parent.parent / "docs" / "build_rule_pages.py"


def test_pages_are_up_to_date() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_rule_has_a_page_in_each_language(lang: str) -> None:
    for rule in builtin().values():
        page = markdown_page(rule, lang)
        assert page.startswith(f"# {rule.name}\n")
        assert page.count("```") == 2 * len(rule.examples)
        assert rule.page.get(lang) in page
        lines = terminal_page(rule, lang, 80).splitlines()
        assert max(map(columns_of, lines)) <= 80, max(lines, key=columns_of)
