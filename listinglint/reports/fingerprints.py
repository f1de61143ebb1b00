"""Fingerprints of findings: the same finding has the same one in every run, wherever its row has moved to."""

from __future__ import annotations

import hashlib

from listinglint.model import Finding, Listing


class Fingerprints:
    """Hashes of listing, rule, field and value; of equal ones the second, third … of a run are told apart by their count.

    The listing counts by its id, without one by its title; the file, the row, and where in the cell the words stand do not.
    """

    def __init__(self) -> None:
        self._seen: dict[bytes, int] = {}

    def of(self, listing: Listing, finding: Finding) -> str:
        """32 hexadecimal digits."""
        who = (listing.text("id") or "").strip()
        parts = ("id", who) if who else ("title", listing.text("title") or "")
        value = finding.text if finding.text is not None else ""
        found = _digest((*parts, finding.selector, finding.field, " ".join(value.split())))
        count = self._seen.get(found, 0)
        self._seen[found] = count + 1
        return (_digest((found.hex(), str(count))) if count else found).hex()


def _digest(parts: tuple[str, ...]) -> bytes:
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
