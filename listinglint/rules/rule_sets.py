"""Rule sets: the rules as of a release, so that a pinned run says tomorrow what it says today."""

from __future__ import annotations

from typing import Final

from listinglint.model import Text

RULE_SETS: Final = ("2026.11",)
"""All rule sets that this program knows, the oldest first. A built-in rule that names none belongs to the first."""


def is_newer(since: str | None, pinned: str | None) -> bool:
    """True where a rule first appeared in a set after the pinned one; rules from outside that name no set never are."""
    return since is not None and pinned is not None and _order(since) > _order(pinned)


def rule_set_problem(name: str) -> Text | None:
    """What is wrong with a pinned set; None where this program knows it."""
    if name in RULE_SETS:
        return None
    known = ", ".join(RULE_SETS)
    if _order(name) > _order(RULE_SETS[-1]):
        return Text(
            f"rule set {name!r} is newer than this program, whose sets are {known}; update listinglint or pin an older set",
            f"规则集“{name}”比本程序新，本程序只有：{known}；请升级 listinglint 或改用较早的规则集",
        )
    return Text(f"unknown rule set {name!r} (known: {known})", f"没有规则集“{name}”（可用：{known}）")


def _order(name: str) -> tuple[int, ...]:
    """What sets are sorted by; what is no set at all comes first."""
    parts = name.split(".")
    return tuple(map(int, parts)) if len(parts) == 2 and all(part.isascii() and part.isdigit() for part in parts) else ()
