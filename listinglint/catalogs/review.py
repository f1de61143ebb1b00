"""What a person is asked about a catalog: every unsafe fix, with a plan of it that finds its listing and its cells again later."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from listinglint.catalogs.catalog import Catalog
from listinglint.catalogs.mending import Refusal, across_rules, gathered, writer_of
from listinglint.engine import Linter, apply_edits
from listinglint.model import FIELDS, Edit, Finding, InternalError, Listing, ListingReport, Source, Text
from listinglint.spreadsheets import MOST_CHARACTERS, units, writable

VERSION: Final = 1
_WHOLE: Final = 400
"""Cells up to so many characters are shown whole; of longer ones what lies so far around the changes."""
_AROUND: Final = 90
_LONGEST_PLAN: Final = 30_000
_HEADS: Final = 500
"""Characters left for the names of cells in front of their texts."""
_TOO_LONG: Final = Text("the changed text is too long for a cell of a review", "修改的文本过长，审核表的单元格放不下")


@dataclass(frozen=True, slots=True)
class CellPlan:
    """The edits of a fix in one cell: places and new texts in order. `[left, right)` of the cell is shown; `digest` is that of the whole cell."""

    field: str
    part: int
    left: int
    right: int
    digest: str
    edits: tuple[tuple[int, int, str], ...]

    def before(self, text: str) -> str:
        """What is shown of the cell."""
        return text[self.left : self.right]

    def after(self, text: str) -> str:
        """The same with the edits made."""
        out, at = "", self.left
        for start, end, new in self.edits:
            out += text[at:start] + new
            at = end
        return out + text[at : self.right]


@dataclass(frozen=True, slots=True)
class Plan:
    """A fix as a review carries it: where its listing was, what it changes, the digest of what is shown of it afterwards."""

    sheet: str | None
    record: int | None
    id: str | None
    title: str
    cells: tuple[CellPlan, ...]
    after: str
    rules: tuple[str, ...]

    @property
    def identity(self) -> tuple[str | None, str]:
        """What a listing is found by: its id, without one its title (as a digest)."""
        return (self.id, "") if self.id is not None else (None, self.title)

    def texts(self, listing: Listing) -> tuple[str, ...]:
        """The texts of the cells in a listing; empty where it has no such cell."""
        found = (listing.parts(one.field)[one.part : one.part + 1] for one in self.cells)
        return tuple(parts[0] if parts else "" for parts in found)

    def write(self) -> str:
        """The plan as one ASCII text."""
        cells = [[one.field, one.part, one.left, one.right, one.digest, one.edits] for one in self.cells]
        return json.dumps([VERSION, self.sheet, self.record, self.id, self.title, cells, self.after, self.rules], separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> Plan:
        """The plan of a text. Raises ValueError for anything else than what `write` makes."""
        try:
            version, sheet, record, name, title, cells, after, rules = json.loads(text)
            plan = cls(
                _is(sheet, str, None), _is(record, int, None), _is(name, str, None), _is(title, str),
                tuple(_read_cell(one) for one in _is(cells, list)), _is(after, str), tuple(_is(one, str) for one in _is(rules, list)),
            )  # fmt: skip
        except (ValueError, TypeError, RecursionError) as error:
            raise ValueError("no plan of a fix") from error
        if version != VERSION or not plan.cells or len({(one.field, one.part) for one in plan.cells}) < len(plan.cells):
            raise ValueError("no plan of a fix")
        return plan


def _is(value: Any, *kinds: type | None) -> Any:
    if value is None and None in kinds:
        return None
    if isinstance(value, bool) or not isinstance(value, tuple(kind for kind in kinds if kind is not None)):
        raise TypeError("no plan of a fix")
    return value


def _read_cell(held: Any) -> CellPlan:
    field, part, left, right, digest, edits = _is(held, list)
    made = []
    at = _is(left, int)
    for edit in _is(edits, list):
        start, end, text = _is(edit, list)
        if not at <= _is(start, int) <= _is(end, int) <= _is(right, int):
            raise ValueError("edits overlap")
        made.append((start, end, _is(text, str)))
        at = end
    if field not in FIELDS or _is(part, int) < 0 or left < 0 or not made:
        raise ValueError("no cell")
    return CellPlan(field, part, left, right, _is(digest, str), tuple(made))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fix to be looked at: its plan, the texts of its cells, why, and what the listing's score gains by it alone."""

    plan: Plan
    source: Source
    title: str
    texts: tuple[str, ...]
    messages: tuple[str, ...]
    gain: float

    @property
    def places(self) -> tuple[str, ...]:
        """The names of the cells (`C12`), or the fields where the source has no columns."""
        return _places(self.source, self.plan.cells)


def digest_of(text: str) -> str:
    """A short digest of a text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


_ESCAPED: Final = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")


def as_shown(text: str) -> str:
    """A text as it comes back from a sheet, whatever program saved it: spaces at its end say nothing."""
    return _ESCAPED.sub("_", writable(text)).rstrip()


def head_of(places: Sequence[str], at: int) -> str:
    """What stands in front of the text of a cell where a fix changes several: its name, on a line of its own."""
    return "" if len(places) < 2 else f"{chr(10) if at else ''}{places[at]}: "


def shown(places: Sequence[str], texts: Sequence[str]) -> str:
    """What a sheet shows of the cells of a fix, one below the other."""
    return "".join(head_of(places, at) + writable(text) for at, text in enumerate(texts))


class Review:
    """The unsafe fixes of a catalog, in its order. Going through it lints the catalog; the counts are whole then.

    Fixes that cannot be written are `refusals`; `errors` are crashes of rules. Raises CatalogError as `mend` does.
    """

    def __init__(
        self, catalog: Catalog, linter: Linter, *, encoding: str | None = None, progress: Callable[[str, int], None] | None = None
    ) -> None:
        self._catalog, self._linter, self._progress = catalog, linter, progress
        self._writer = writer_of(catalog, encoding)
        self.listings = 0
        self.proposals = 0
        self.concerned = 0
        self.refusals: list[Refusal] = []
        self.errors: list[InternalError] = []

    @property
    def headers(self) -> dict[tuple[str, int | None], str]:
        """The headers of the columns, by field and part."""
        return {(field, part): header for field, part, header in self._catalog.columns}

    def __iter__(self) -> Iterator[Proposal]:
        linter = self._linter
        statistics, across = gathered(self._catalog, linter, across_rules(linter, ("unsafe", "both")), self._progress)
        for at, listing in enumerate(self._writer.listings(lambda problem: None)):
            found = {name: hits[at] for name, hits in across.items() if at in hits}
            report = linter.lint(listing, statistics, found)
            self.listings += 1
            self.errors.extend(report.errors)
            count = self.proposals
            for edits, findings in _unsafe(report).items():
                why = self._refusal(listing, edits)
                plan = None if why else _plan(listing, edits, findings)
                if plan is None or not _fits(plan, texts := plan.texts(listing)):
                    self.refusals.append(Refusal(listing, edits[0], findings[0].rule, why or _TOO_LONG))
                    continue
                gain = linter.lint(apply_edits(listing, edits), statistics, {}).score - report.score
                messages = tuple(dict.fromkeys(one.message for one in findings))
                assert listing.source is not None
                yield Proposal(plan, listing.source, listing.text("title") or "", texts, messages, gain)
                self.proposals += 1
            self.concerned += self.proposals > count
            if self._progress:
                self._progress("check", self.listings)

    def _refusal(self, listing: Listing, edits: Sequence[Edit]) -> Text | None:
        return next((why for edit in edits if (why := self._writer.refusal(listing, edit)) is not None), None)


def _places(source: Source | None, cells: Sequence[CellPlan]) -> tuple[str, ...]:
    return tuple((source.cell(one.field, one.part) if source else None) or one.field for one in cells)


def _fits(plan: Plan, texts: Sequence[str]) -> bool:
    """Whether a sheet can show the fix, and hold its plan."""
    pairs = list(zip(plan.cells, texts, strict=True))
    longest = max(sum(units(writable(show(cell, text))) for cell, text in pairs) for show in (CellPlan.before, CellPlan.after))
    return longest + _HEADS <= MOST_CHARACTERS and len(plan.write()) <= _LONGEST_PLAN


def _unsafe(report: ListingReport) -> Mapping[tuple[Edit, ...], list[Finding]]:
    """The unsafe fixes of a listing; rules that ask for the same edits ask together."""
    out: dict[tuple[Edit, ...], list[Finding]] = {}
    for finding in report.findings:
        if finding.fix is not None and finding.fix.safety == "unsafe":
            made = (_narrowed(edit, report.listing.parts(edit.field)[edit.part]) for edit in finding.fix.edits)
            edits = tuple(sorted((one for one in made if one is not None), key=lambda one: (FIELDS.index(one.field), one.part, one.start, one.end)))
            if edits:
                out.setdefault(edits, []).append(finding)
    return out


def _narrowed(edit: Edit, text: str) -> Edit | None:
    """An edit without the characters that it leaves as they are, so that fixes of neighbouring words do not meet in the space between them."""
    old, new = text[edit.start : edit.end], edit.text
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    if head == len(old) == len(new):
        return None
    return dataclasses.replace(edit, start=edit.start + head, end=edit.end - tail, text=new[head : len(new) - tail])


def _alike(one: str, other: str) -> int:
    """With how many equal characters two texts begin."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _plan(listing: Listing, edits: Sequence[Edit], findings: Sequence[Finding]) -> Plan:
    cells: dict[tuple[str, int], list[Edit]] = {}
    for edit in edits:
        cells.setdefault((edit.field, edit.part), []).append(edit)
    planned = []
    for (field, part), group in cells.items():
        text = listing.parts(field)[part]
        left, right = _window(text, group)
        planned.append(CellPlan(field, part, left, right, digest_of(text), tuple((one.start, one.end, one.text) for one in group)))
    source = listing.source
    after = [one.after(listing.parts(one.field)[one.part]) for one in planned]
    return Plan(
        source.sheet if source else None,
        source.record if source else None,
        identity_of(listing)[0],
        digest_of(listing.text("title") or ""),
        tuple(planned),
        digest_of(as_shown(shown(_places(source, planned), after))),
        tuple(dict.fromkeys(one.selector for one in findings)),
    )


def identity_of(listing: Listing) -> tuple[str | None, str]:
    """What a listing is found by, as in `Plan.identity`."""
    name = (listing.text("id") or "").strip()
    return (name, "") if listing.filled("id") else (None, digest_of(listing.text("title") or ""))


def _window(text: str, edits: Sequence[Edit]) -> tuple[int, int]:
    """What is shown of a cell: all of a short one, of a long one the changes and whole words around them."""
    if len(text) <= _WHOLE:
        return 0, len(text)
    left = max(0, min(one.start for one in edits) - _AROUND)
    right = min(len(text), max(one.end for one in edits) + _AROUND)
    while left > 0 and not text[left - 1].isspace() and left > min(one.start for one in edits) - 2 * _AROUND:
        left -= 1
    while right < len(text) and not text[right].isspace() and right < max(one.end for one in edits) + 2 * _AROUND:
        right += 1
    return left, right
