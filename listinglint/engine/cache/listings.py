"""The cache as the two passes over a catalog use it, in the process that works on a chunk and in the one that gathers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from pathlib import Path
from typing import Final, NamedTuple

from listinglint.engine.cache.entries import (
    Across,
    Judged,
    Taken,
    hits_of,
    judged_to_bytes,
    report_of,
    taken_of,
    taken_to_bytes,
)
from listinglint.engine.cache.file import LIMIT, CacheFile, Kept, default_folder
from listinglint.engine.cache.keys import linter_digest, listing_key
from listinglint.engine.linter import TOGETHER, Extracted, Linter
from listinglint.language.statistics import NotedStatistics
from listinglint.model import Listing, ListingReport, Text

_BROKEN: Final = (ValueError, TypeError, KeyError, IndexError)
"""What reading an entry raises that another version wrote, or a hand."""


class Noted(NamedTuple):
    """What a chunk adds to the cache: new entries, the keys of old ones to be kept alive, how many listings had one, and what went wrong."""

    kept: Sequence[Kept] = ()
    used: Sequence[bytes] = ()
    unchanged: int = 0
    notes: Sequence[Text] = ()


class ListingCache:
    """Entries of listings in a file. It may be pickled: each process opens the file for itself, and the first alone writes."""

    def __init__(self, file: CacheFile) -> None:
        self._file = file
        self._digests: dict[int, tuple[Linter, bytes]] = {}
        self.unchanged = 0
        """Listings of this run whose reports came from the cache."""

    def __getstate__(self) -> dict[str, object]:
        return {"_file": self._file, "_digests": {}, "unchanged": 0}

    def knows(self, linter: Linter, listings: Sequence[Listing]) -> bool:
        """True where most of these listings have an entry."""
        keys = [key for listing in listings if (key := self._key(linter, listing)) is not None]
        known = len(self._file.read(keys, "found"))
        # Processes are forked after this: an open file of SQLite must not be carried over.
        self._file.close()
        return 2 * known > len(listings)

    def extracted(self, linter: Linter, listings: Sequence[Listing]) -> tuple[list[Extracted], Noted]:
        """What rules across listings take from each of these, from its entry where there is one."""
        keys = [self._key(linter, listing) for listing in listings]
        entries = self._file.read(filter(None, keys), "taken")
        rules = frozenset(active.rule.name for active in linter.across)
        out: list[Extracted | None] = [_again(linter, listing, entries[key][0], rules) if key is not None and key in entries else None for listing, key in zip(listings, keys, strict=True)]
        missing = [at for at, found in enumerate(out) if found is None]
        kept: list[Kept] = []
        for at, found in zip(missing, linter.extract_all([listings[at] for at in missing]), strict=True):
            out[at] = found
            key = keys[at]
            if key is not None and not found.errors:
                values = {name: value for name, value in found.values.items() if name not in found.placed}
                data = taken_to_bytes(Taken(values, found.placed))
                if data is not None:
                    kept.append(Kept(key, taken=data))
        return [found for found in out if found is not None], Noted(kept, notes=self._take_notes())

    def reports(
        self, linter: Linter, listings: Sequence[Listing], statistics: NotedStatistics | None, across: Sequence[Across]
    ) -> tuple[list[ListingReport], Noted]:
        """The reports of these listings, each with what rules found across listings for it; those with an entry that still holds from there."""
        keys = [self._key(linter, listing) for listing in listings]
        entries = self._file.read(filter(None, keys), "found")
        today = Date.today().toordinal()
        out: list[ListingReport | None] = []
        kept: list[Kept] = []
        used: list[bytes] = []
        missing: list[int] = []
        for at, (listing, key) in enumerate(zip(listings, keys, strict=True)):
            report = None
            if key is not None and key in entries:
                data, day = entries[key]
                own = linter.of(listing)
                try:
                    report = report_of(data, listing, own, hits_of(across[at]), statistics)
                except _BROKEN:
                    report = None
                if report is not None:
                    report = own.suppressed(report)
                    if day < today:
                        used.append(key)
            if report is None:
                missing.append(at)
            out.append(report)
        for first in range(0, len(missing), TOGETHER):
            some = missing[first : first + TOGETHER]
            judged = judge(linter, [(listings[at], across[at]) for at in some], statistics)
            for at, (own, report, keeping) in zip(some, judged, strict=True):
                out[at] = own.suppressed(report)
                key = keys[at]
                fresh = judged_to_bytes(keeping) if key is not None and keeping is not None else None
                if key is not None and fresh is not None:
                    kept.append(Kept(key, found=fresh))
        return [report for report in out if report is not None], Noted(kept, used, len(listings) - len(missing), self._take_notes())

    def add(self, noted: Noted) -> None:
        """Takes in what a chunk adds."""
        self._file.write(noted.kept, noted.used)
        self.unchanged += noted.unchanged
        for note in noted.notes:
            if note not in self._file.notes:
                self._file.notes.append(note)

    def close(self) -> None:
        """Ends the run's use of the file, which is brought below its limit."""
        self._file.trim()
        self._file.close()

    @property
    def notes(self) -> Sequence[Text]:
        """What went wrong, for the user to read; the run went on without the cache."""
        return self._file.notes

    def _take_notes(self) -> Sequence[Text]:
        return tuple(self._file.notes)

    def _key(self, linter: Linter, listing: Listing) -> bytes | None:
        own = linter.of(listing)
        known = self._digests.get(id(own))
        if known is None:
            # The linter is kept with its digest, so that no other gets its number.
            known = self._digests[id(own)] = own, linter_digest(own)
        return listing_key(known[1], listing)


def listing_cache(folder: bool | str | Path) -> ListingCache:
    """The cache in a folder; True stands for the user's own."""
    return ListingCache(CacheFile(default_folder() if isinstance(folder, bool) else Path(folder), LIMIT))


def _again(linter: Linter, listing: Listing, data: bytes, rules: frozenset[str]) -> Extracted | None:
    try:
        taken = taken_of(data, rules)
    except _BROKEN:
        return None
    if not taken.placed:
        return Extracted(taken.values, [], [])
    placed = linter.extract(listing, taken.placed)
    return Extracted({**taken.values, **placed.values}, placed.errors, placed.placed)


def judge(
    linter: Linter, listings: Sequence[tuple[Listing, Across]], statistics: NotedStatistics | None
) -> list[tuple[Linter, ListingReport, Judged | None]]:
    """The reports of listings before suppressions, and what there is to keep of each; None where it hangs on what is not noted.

    Beside each report stands the linter whose settings hold for the listing.
    """
    docs = [linter.analyse(listing, statistics.apart() if statistics is not None else None, across) for listing, across in listings]
    out: list[tuple[Linter, ListingReport, Judged | None]] = []
    for doc, (_, across), (own, report) in zip(docs, listings, linter.rated_all(docs, crossed=True), strict=True):
        hits = hits_of(across)
        if hits is None or report.errors or "place" in doc.asked:
            out.append((own, report, None))
            continue
        day = str(own.date) if "date" in doc.asked else None
        answers = doc.statistics.take_answers() if isinstance(doc.statistics, NotedStatistics) else None
        out.append((own, report, Judged(report, hits, day, answers)))
    return out
