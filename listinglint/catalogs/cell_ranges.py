"""Ranges of cells as workbooks write them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from listinglint.catalogs.columns import column_index, column_letter

_PLACE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")


class CellRange(NamedTuple):
    """A range of cells: first record, first column (from 0), last record, last column."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, reference: str) -> CellRange | None:
        """The range of `B2:C9`, or of a single cell; None for anything else."""
        found = _PLACE.fullmatch(reference)
        if found is None:
            return None
        left, right = column_index(found[1]) or 0, column_index(found[3] or found[1]) or 0
        return cls(int(found[2]), left, int(found[4] or found[2]), right)

    @property
    def reference(self) -> str:
        """The range as `B2:C9`."""
        return f"{column_letter(self.left)}{self.top}:{column_letter(self.right)}{self.bottom}"

    def absolute(self, sheet: str) -> str:
        """The range as a defined name has it."""
        quoted = sheet.replace("'", "''")
        return f"'{quoted}'!${column_letter(self.left)}${self.top}:${column_letter(self.right)}${self.bottom}"
