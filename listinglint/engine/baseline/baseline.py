"""Forgives the findings that a baseline holds, report by report in the catalog's order."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from listinglint.engine.baseline.entries import Entry
from listinglint.engine.baseline.joined import Joined
from listinglint.engine.baseline.places import NOWHERE, Place, Places
from listinglint.engine.linter import Linter
from listinglint.model import Finding, Forgiven, ListingReport
from listinglint.model.identity import finding_value, listing_identity

_Key = tuple[str, str, str, str]
"""Listing, rule, field and value."""


@dataclass(slots=True)
class _Slot:
    """An entry, how many findings it can still forgive, and the selectors and places of those that it met."""

    entry: Entry
    left: int
    met: Counter[tuple[str, Place]] = field(default_factory=Counter)


class Baseline:
    """The entries of a baseline in one run.

    An entry forgives so many findings as it counts, of its rule and of milder degrees of the same fault. Expired entries forgive
    nothing. With `accepts` every finding is forgiven and becomes an entry (`rewritten`), and expired entries hold again; with `prunes` only
    what occurs is kept. Entries of rules that `linter` does not look for are left alone, and so are those of files that the run does not read, as
    `places` says; `known` are the places that the baseline was written from.

    `total` counts the findings that all entries hold; `unknown` are the entries of rules that there are not, `expired` those that ran
    out; `renewed` holds, by key, those of them that hold again.
    """

    def __init__(self, entries: Iterable[Entry], linter: Linter, day: datetime.date, *, accepts: bool = False, prunes: bool = False, places: Places | None = None, known: Iterable[Place] = ()) -> None:
        self._accepts, self._prunes = accepts, prunes
        self.places = places or Places()
        self._places_known = set(known)
        self._known = linter.known
        every = list(entries)
        self._places_known.update(entry.place for entry in every)
        looked_for = {rule: linter.looks_for(rule) for rule in {entry.rule for entry in every}}
        self.unknown = [entry for entry in every if _name(entry.rule) not in self._known]
        self.expired = [entry for entry in every if entry.expired(day)]
        self.total = sum(entry.count for entry in every)
        self.renewed = {entry.key: replace(entry, until=None) for entry in self.expired} if accepts else {}
        self._aside = [entry for entry in every if not looked_for[entry.rule]]
        judged = [self.renewed.get(entry.key, entry) for entry in every if looked_for[entry.rule]]
        self._old = [entry for entry in judged if entry.expired(day)]
        live = [entry for entry in judged if not entry.expired(day)]
        self._slots: dict[_Key, list[_Slot]] = {}
        for entry in live:
            if not entry.other:
                self._slots.setdefault(entry.fault[:4], []).append(_Slot(entry, entry.count))
        self._met: set[tuple[str, ...]] = set()
        self._new: Counter[tuple[_Key, Place]] = Counter()
        self._joined: dict[tuple[str, str], Joined] = {}
        across: dict[tuple[str, str], list[Entry]] = {}
        for entry in live:
            if entry.other:
                across.setdefault((_name(entry.rule), entry.field), []).append(entry)
        for (rule, name), some in across.items():
            self._joined[rule, name] = self._links(some)

    def _links(self, entries: Sequence[Entry]) -> Joined:
        return Joined(entries, self._covering, keeps=self._accepts or self._prunes)

    def _covering(self, selector: str) -> tuple[str, ...]:
        """The selectors whose entries forgive a finding of this one: its own, then graver degrees of the fault, the nearest first."""
        name, _, variant = selector.partition(":")
        degrees = self._known[name].degrees
        graver = degrees[: degrees.index(variant)] if variant in degrees else ()
        return selector, *(f"{name}:{one}" for one in reversed(graver))

    def judge(self, report: ListingReport) -> ListingReport:
        """The report without the findings that are forgiven; those stand under `forgiven`. Score and stars stay as they are."""
        if not report.findings:
            return report
        listing, place = listing_identity(report.listing), self.places.of(report.listing.source)
        new: list[Finding] = []
        forgiven: list[Forgiven] = []
        for finding in report.findings:
            # A preview fails nothing: there is nothing to forgive before its rule counts.
            reason = self._reason(listing, place, finding) if not finding.preview else None
            if reason is None:
                new.append(finding)
            else:
                forgiven.append(Forgiven(finding, reason))
        if not forgiven:
            return report
        return replace(report, findings=tuple(new), baselined=len(forgiven), forgiven=tuple(forgiven))

    def _reason(self, listing: str, place: Place, finding: Finding) -> str | None:
        """Why the finding is forgiven (empty where no reason was given), None where it is not."""
        if finding.other is not None:
            joined = self._joined.get((finding.rule, finding.field))
            if joined is None:
                joined = self._joined[finding.rule, finding.field] = self._links(())
            old = joined.forgives(listing, finding.other, finding.selector, accepts=self._accepts, place=place)
            return joined.reason(listing, finding.other) if old else None
        value = finding_value(finding)
        for selector in self._covering(finding.selector):
            slot = self._slot(self._slots.get((listing, selector, finding.field, value), ()), place)
            if slot is not None:
                slot.left -= 1
                slot.met[finding.selector, place] += 1
                return slot.entry.reason
        if self._accepts:
            self._new[(listing, finding.selector, finding.field, value), place] += 1
            return ""
        if self._old:
            self._met.update((listing, selector, finding.field, value) for selector in self._covering(finding.selector))
        return None

    def _slot(self, slots: Sequence[_Slot], place: Place) -> _Slot | None:
        """The entry that forgives a finding: that of its own place, else of a place that the run reads, else any."""
        left = [slot for slot in slots if slot.left]
        if len(left) < 2:
            return left[0] if left else None
        return min(left, key=lambda slot: (slot.entry.place != place, self.places.elsewhere(slot.entry.place), slot.entry.place))

    @property
    def gone(self) -> int:
        """So many findings that the entries hold did not occur, though the run read where they would."""
        apart = bool(self.away)
        alone = sum(slot.left for slots in self._slots.values() for slot in slots if not self._may_be_away(slot.entry, apart))
        return alone + (0 if apart else sum(joined.left() for joined in self._joined.values()))

    def _may_be_away(self, entry: Entry, apart: bool) -> bool:
        """Whether the fault may be where the run did not read; `apart` says that there is such a place. What listings share no part of them tells."""
        return self.places.elsewhere(entry.place) or (apart and self._known[_name(entry.rule)].extract is not None)

    @property
    def away(self) -> set[Place]:
        """The places that the baseline was written from and the run does not read."""
        return {place for place in self._places_known if self.places.elsewhere(place)}

    def rewritten(self) -> list[Entry]:
        """The entries after the run: what was forgiven, what expired and still occurs, and what the run did not look for or where it did not read.

        Entries of unknown rules are kept unless the run prunes.
        """
        out: dict[tuple[str, ...], Entry] = {}

        def enter(entry: Entry) -> None:
            there = out.get(entry.key)
            if there is None:
                out[entry.key] = entry
            else:
                out[entry.key] = replace(there, count=there.count + entry.count, reason=there.reason or entry.reason, until=there.until or entry.until)

        unknown = {entry.key for entry in self.unknown}
        for entry in self._aside:
            if not (self._prunes and entry.key in unknown):
                enter(entry)
        apart = bool(self.away)
        for slot in (slot for slots in self._slots.values() for slot in slots):
            for (selector, place), count in slot.met.items():
                # Of a listing that came through a pipe it is not known where it stands.
                enter(replace(slot.entry, rule=selector, count=count, place=place if place != NOWHERE else slot.entry.place))
            if slot.left and self._may_be_away(slot.entry, apart):
                enter(replace(slot.entry, count=slot.left))
        for ((listing, selector, name, value), place), count in self._new.items():
            enter(Entry(listing, selector, name, value, count=count, place=place))
        for (_, name), joined in self._joined.items():
            for entry in joined.rewritten(partial(_link, name), accepts=self._accepts, elsewhere=self.places.elsewhere if apart else None):
                enter(entry)
        for entry in self._old:
            occurs = entry.fault[:4] in self._met or (entry.other and entry.key not in out and self._still_joined(entry))
            if occurs or (self._may_be_away(entry, apart) and entry.key not in out):
                enter(entry)
        return sorted(out.values(), key=lambda entry: entry.key)

    def _still_joined(self, entry: Entry) -> bool:
        joined = self._joined.get((_name(entry.rule), entry.field))
        return joined is not None and joined.meets(entry.listing, entry.other)


def _link(name: str, listing: str, other: str) -> Entry:
    """An entry that links two listings by a fault in the field `name`; its rule is yet to be set."""
    return Entry(listing, "", name, other=other)


def _name(selector: str) -> str:
    return selector.partition(":")[0]
