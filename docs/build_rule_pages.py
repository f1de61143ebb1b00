"""Writes a page for each built-in rule (`docs/rules/NAME.md`, Chinese in `docs/rules/zh/`) and the indexes, from the rules themselves.

`python docs/build_rule_pages.py` writes; with `--check` it writes nothing and exits with 1 when a page is not up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

from listinglint.model import Text
from listinglint.reports.rule_page import markdown_page
from listinglint.rules.registry import builtin
from listinglint.rules.rule import GROUP_NAMES

FOLDER = Path(__file__).resolve().parent / "rules"
TITLE = Text("# Rules", "# 规则")
HEAD = Text("| rule | severity | fix | what it finds |", "| 规则 | 级别 | 修复 | 检查内容 |")
FIXES = {"none": Text("–", "–"), "safe": Text("safe", "安全"), "unsafe": Text("to be reviewed", "需复核"), "both": Text("both", "两者")}


def index(lang: str) -> str:
    """The list of all rules by group."""
    lines = [TITLE.get(lang)]
    group = None
    for rule in builtin().values():
        if rule.group != group:
            group = rule.group
            lines += ["", f"## {GROUP_NAMES[group].get(lang)} (`{group}`)", "", HEAD.get(lang), "|---|---|---|---|"]
        summary = rule.summary.get(lang).replace("|", "\\|")
        lines.append(f"| [{rule.name}]({rule.name}.md) | {rule.severity} | {FIXES[rule.fix].get(lang)} | {summary} |")
    return "\n".join(lines) + "\n"


def pages() -> dict[Path, str]:
    """All files with their text."""
    out: dict[Path, str] = {}
    for lang, folder in (("en", FOLDER), ("zh", FOLDER / "zh")):
        out[folder / "index.md"] = index(lang)
        for rule in builtin().values():
            out[folder / f"{rule.name}.md"] = markdown_page(rule, lang)
    return out


def stale(wanted: dict[Path, str]) -> list[Path]:
    """Files that are missing, differ, or belong to no rule any more."""
    there = set(FOLDER.rglob("*.md")) if FOLDER.exists() else set()
    wrong = {path for path, text in wanted.items() if path not in there or path.read_text(encoding="utf-8") != text}
    return sorted(wrong | (there - set(wanted)))


def main() -> int:
    wanted = pages()
    wrong = stale(wanted)
    if "--check" in sys.argv[1:]:
        for path in wrong:
            print(f"not up to date: {path.relative_to(FOLDER.parent.parent)} (run docs/build_rule_pages.py)", file=sys.stderr)
        return 1 if wrong else 0
    for path in wrong:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
