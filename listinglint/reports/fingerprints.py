"""Fingerprints of findings: the same finding has the same one in every run, wherever its row has moved to."""

from __future__ import annotations

from listinglint.model import Finding, Listing
from listinglint.model.identity import finding_value, hashed, listing_identity


class Fingerprints:
    """Hashes of listing, rule, field and value; of equal ones the second, third … of a run are told apart by their count.

    The listing counts by its id, without one by its title; the file, the row, and where in the cell the words stand do not.
    """

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, listing: Listing, finding: Finding) -> str:
        """32 hexadecimal digits."""
        found = hashed(listing_identity(listing), finding.selector, finding.field, finding_value(finding))
        count = self._seen.get(found, 0)
        self._seen[found] = count + 1
        return hashed(found, str(count)) if count else found
