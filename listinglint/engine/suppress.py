"""Findings that the seller has looked at and wants no more: a `lint-ignore` column, or a file beside the catalog.

The column holds selectors parted by commas or spaces (`title-filler, claims`), each with an optional text that must
stand in the marked words: `misspelling=Colour`. The file is CSV with the columns `id, rule, value, reason, until`; a row
covers the findings of that rule (or group) on the listing of that id (`*`: any), where `value`, if given, stands in the
marked text; after `until` (YYYY-MM-DD) it no longer holds.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from listinglint.model import Finding, Listing, Text
from listinglint.model.errors import SpokenError

COLUMNS = ("id", "rule", "value", "reason", "until")
_PIECE = re.compile(r"""([\w:-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^,;\s]+))?""")


class SuppressionError(SpokenError):
    """A suppression file that cannot be used; the message names file, line and column."""


class Ignore(NamedTuple):
    """One selector of a `lint-ignore` cell, with the value it is bound to."""

    selector: str
    value: str | None

    def covers(self, finding: Finding) -> bool:
        """True when the finding is of this rule or group and bears the value."""
        return _selects(self.selector, finding) and _bears(self.value, finding)


class Suppression(NamedTuple):
    """One row of a suppression file; `line` is where it stands."""

    id: str
    rule: str
    value: str
    reason: str
    until: datetime.date | None
    line: int


def _selects(selector: str, finding: Finding) -> bool:
    return selector in ("ALL", finding.group, finding.rule, finding.selector)


def _bears(value: str | None, finding: Finding) -> bool:
    return not value or value.casefold() in (finding.text or "").casefold()


@lru_cache(maxsize=10_000)
def parse_ignore(cell: str) -> tuple[Ignore, ...]:
    """The selectors of a `lint-ignore` cell."""
    return tuple(Ignore(m[1], m[2].strip("\"'") if m[2] else None) for m in _PIECE.finditer(cell))


class Suppressions:
    """The rows of a suppression file; remembers which were used."""

    def __init__(self, rows: Sequence[Suppression], path: str | None = None) -> None:
        self.rows = list(rows)
        self.path = path
        self.used: set[int] = set()
        self._by_id: dict[str, list[int]] = {}
        for at, row in enumerate(self.rows):
            self._by_id.setdefault(row.id, []).append(at)

    @classmethod
    def read(cls, path: str | Path) -> Suppressions:
        """The rows of a file. Raises SuppressionError, with file, line and column, for one that cannot be used."""
        rows: list[Suppression] = []
        try:
            with Path(path).open(encoding="utf-8-sig", newline="") as handle:
                reader = csv.DictReader(handle)
                header = [name.strip().lower() for name in reader.fieldnames or ()]
                if "rule" not in header or "id" not in header:
                    known = ", ".join(COLUMNS)
                    raise SuppressionError(
                        Text(f"{path}: line 1: the columns id and rule are needed (known: {known})", f"{path}：第 1 行：必须有 id 和 rule 两列（可用：{known}）")
                    )
                for raw in reader:
                    rows.append(_row(path, reader.line_num, {(k or "").strip().lower(): (v or "").strip() for k, v in raw.items() if isinstance(v, str) or v is None}))
        except (OSError, UnicodeDecodeError, csv.Error) as broken:
            raise SuppressionError(Text(f"{path}: cannot be read: {broken}", f"{path}：无法读取：{broken}")) from broken
        return cls(rows, str(path))

    def covers(self, listing: Listing, finding: Finding, day: datetime.date) -> bool:
        """True when a row that still holds on `day` covers the finding; the row then counts as used."""
        found = False
        for key in (listing.text("id") or "", "*"):
            for at in self._by_id.get(key, ()):
                row = self.rows[at]
                if (row.until is None or day <= row.until) and _selects(row.rule, finding) and _bears(row.value, finding):
                    self.used.add(at)
                    found = True
        return found

    def unused(self, day: datetime.date) -> list[Suppression]:
        """Rows that covered nothing in this run, those that ran out among them."""
        return [row for at, row in enumerate(self.rows) if at not in self.used]


def _row(path: str | Path, line: int, cells: dict[str, str]) -> Suppression:
    until = cells.get("until", "")
    try:
        day = datetime.date.fromisoformat(until) if until else None
    except ValueError as broken:
        raise SuppressionError(
            Text(f"{path}: line {line}, column until: {until!r} is no date; expected YYYY-MM-DD", f"{path}：第 {line} 行 until 列：“{until}”不是日期；应为 YYYY-MM-DD")
        ) from broken
    if not cells.get("rule"):
        raise SuppressionError(
            Text(f"{path}: line {line}, column rule: empty; expected a rule, a group or ALL", f"{path}：第 {line} 行 rule 列为空；应为规则、分组或 ALL")
        )
    return Suppression(cells.get("id", "") or "*", cells["rule"], cells.get("value", ""), cells.get("reason", ""), day, line)
