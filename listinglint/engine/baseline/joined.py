"""Findings across listings: which of them a baseline holds, however the catalog is sorted.

Of listings that share a fault every one but the first has a finding, which names the first. Another order makes another first, so
that neither the listing nor the one it names tells whether the fault is new. What stays is which listings belong together. The
entries of a baseline are therefore read as links between listings: a finding between two that are linked already is an old one, as
long as there are no more of them than there were; a finding that links two listings (or sets) that were apart is new, and from then
on they are linked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from listinglint.engine.baseline.entries import Entry
from listinglint.engine.baseline.places import NOWHERE, Place


class Sets:
    """Names in sets that grow together."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The name that stands for the set of `name`."""
        root = name
        while (above := self._up.get(root, root)) != root:
            root = above
        while (above := self._up.get(name, name)) != root:
            self._up[name], name = root, above
        return root

    def join(self, one: str, other: str) -> str:
        """Makes one set of two; returns the name that stands for it."""
        kept, gone = sorted((self.of(one), self.of(other)))
        self._up[gone] = kept
        return kept


class Joined:
    """The links that the entries of one rule and field make.

    `covering` gives the selectors that cover a finding of a selector, its own first. With `keeps` all findings are remembered, so that
    the entries can be written anew.
    """

    def __init__(self, entries: Sequence[Entry], covering: Callable[[str], Sequence[str]], *, keeps: bool) -> None:
        self._entries = list(entries)
        self._covering = covering
        self._keeps = keeps
        self._sets = Sets()
        self._left: dict[str, Counter[str]] = {}
        self._reasons = {frozenset((entry.listing, entry.other)): entry.reason for entry in entries}
        self._known = {name for entry in entries for name in (entry.listing, entry.other)}
        self._found: list[tuple[str, str, str, bool]] = []
        self._places: dict[str, Place] = {}
        for entry in entries:
            self._join(entry.listing, entry.other)
            self._left[self._sets.of(entry.listing)][entry.rule] += entry.count

    def _join(self, one: str, other: str) -> None:
        left = [self._left.pop(root, Counter()) for root in {self._sets.of(one), self._sets.of(other)}]
        kept = self._sets.join(one, other)
        self._left[kept] = sum(left, Counter())

    def forgives(self, listing: str, other: str, selector: str, *, accepts: bool, place: Place = NOWHERE) -> bool:
        """True for a finding that was there before, or for any that is accepted now; the listing stands at `place`."""
        old = self._old(listing, other, selector)
        if self._keeps:
            if place != NOWHERE:
                self._places[listing] = place
            self._found.append((listing, other, selector, old or accepts))
        return old or accepts

    def _old(self, listing: str, other: str, selector: str) -> bool:
        root = self._sets.of(listing)
        if root != self._sets.of(other):
            self._join(listing, other)
            return False
        left = self._left.get(root)
        for one in self._covering(selector) if left else ():
            if left and left[one] > 0:
                left[one] -= 1
                return True
        return False

    def reason(self, listing: str, other: str) -> str:
        """Why the two were accepted, where an entry says it."""
        return self._reasons.get(frozenset((listing, other)), "")

    def meets(self, listing: str, other: str) -> bool:
        """True when findings of this run link the two."""
        now = Sets()
        for one, another, _, _ in self._found:
            now.join(one, another)
        return now.of(listing) == now.of(other)

    def left(self) -> int:
        """So many findings that the entries hold did not occur."""
        return sum(sum(left.values()) for left in self._left.values())

    def rewritten(self, make: Callable[[str, str], Entry], *, accepts: bool, elsewhere: Callable[[Place], bool] | None = None) -> list[Entry]:
        """The entries of what was forgiven: those that still hold as they are, and as few new ones as that takes.

        A run that did not read all (`elsewhere` says where not) takes out no link: one of its listings may stand there.
        """
        out = [replace(entry, place=self._places.get(entry.listing, entry.place)) for entry in self._forgiven(make, accepts=accepts)]
        if elsewhere is None:
            return out
        kept = {entry.fault for entry in out}
        out += [entry for entry in self._entries if entry.listing != entry.other and entry.fault not in kept]
        return out + self._not_told_apart(out, elsewhere)

    def _not_told_apart(self, out: Sequence[Entry], elsewhere: Callable[[Place], bool]) -> list[Entry]:
        """What is missing in `out` of links of a name to itself: which of the listings of that name the run has not read nobody knows."""
        there = Counter[tuple[str, ...]]()
        for entry in out:
            there[entry.fault] += entry.count
        more: list[Entry] = []
        # Those of files that were read make up for what was found.
        for entry in sorted((one for one in self._entries if one.listing == one.other), key=lambda one: (elsewhere(one.place), one.key)):
            met = min(entry.count, there[entry.fault])
            there[entry.fault] -= met
            if entry.count > met:
                more.append(replace(entry, count=entry.count - met))
        return more

    def _forgiven(self, make: Callable[[str, str], Entry], *, accepts: bool) -> list[Entry]:
        now = Sets()
        for listing, other, _, _ in self._found:
            now.join(listing, other)
        forgiven: dict[str, list[str]] = {}
        members: dict[str, set[str]] = {}
        for listing, other, selector, old in self._found:
            root = now.of(listing)
            members.setdefault(root, set()).update((listing, other))
            if old:
                forgiven.setdefault(root, []).append(selector)
        out: list[Entry] = []
        for root, selectors in forgiven.items():
            there = members[root] if accepts else members[root] & self._known
            out += self._tree(there, selectors, make)
        return out

    def _tree(self, there: set[str], selectors: list[str], make: Callable[[str, str], Entry]) -> list[Entry]:
        """As many links between the listings that are `there` as there are selectors, each with one of them."""
        links = Sets()
        kept: list[Entry] = []
        loops: list[Entry] = []
        for entry in sorted(self._entries, key=lambda entry: entry.key):
            if entry.listing not in there or entry.other not in there:
                continue
            if entry.listing == entry.other:
                loops.append(entry)
            elif links.of(entry.listing) != links.of(entry.other) and len(kept) < len(selectors):
                links.join(entry.listing, entry.other)
                kept.append(replace(entry, count=1))
        roots = sorted({links.of(name) for name in there})
        for root in roots[1 : 1 + len(selectors) - len(kept)]:
            kept.append(make(root, roots[0]))
        kept += self._loops(loops, len(selectors) - len(kept), there, make)
        return _with_selectors(kept, selectors)

    def _loops(self, loops: list[Entry], many: int, there: set[str], make: Callable[[str, str], Entry]) -> list[Entry]:
        """Findings beyond a tree of names stand on listings that cannot be told apart: entries that link a name to itself."""
        out: list[Entry] = []
        for entry in loops:
            out += [replace(entry, count=1)] * min(entry.count, many - len(out))
        name = min(there)
        return out + [make(name, name)] * (many - len(out)) if many > len(out) else out


def _with_selectors(entries: Iterable[Entry], selectors: Iterable[str]) -> list[Entry]:
    """The entries with these selectors: its own where an entry has one of them, the rest as they come."""
    left = Counter(selectors)
    out: list[Entry] = []
    without: list[Entry] = []
    for entry in entries:
        if left[entry.rule] > 0:
            left[entry.rule] -= 1
            out.append(entry)
        else:
            without.append(entry)
    return out + [replace(entry, rule=rule) for entry, rule in zip(without, sorted(left.elements()), strict=True)]
