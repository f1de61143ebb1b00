"""Makes the fixes that a person accepted in a review: exactly those, and none whose cell has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from listinglint.catalogs.catalog import Catalog
from listinglint.catalogs.differences import changes
from listinglint.catalogs.mending import Mending, writer_of
from listinglint.catalogs.review import CellPlan, Plan, as_shown, digest_of, identity_of
from listinglint.catalogs.review_sheet import Decision
from listinglint.catalogs.writing import CellChange, Writer
from listinglint.engine import apply_edits, overlap
from listinglint.model import Edit, Listing, Text
from listinglint.spreadsheets import writable

_UNCLEAR: Final = Text("“{answer}” is neither yes nor no", "“{answer}”既不是“是”也不是“否”")
_DAMAGED: Final = Text("the hidden key of the row is gone or damaged", "该行的隐藏列已丢失或损坏")
_GONE: Final = Text("no listing with this id is in the catalog any more", "目录中已没有该编号的产品")
_UNTITLED: Final = Text("no listing with this title is in the catalog any more, and it has no id", "该产品没有编号，目录中也已没有这个标题的产品")
_AMBIGUOUS: Final = Text("its row has moved, and {n} listings have this id and text", "所在行已移动，且有 {n} 个产品的编号和内容都与之相同")
_CHANGED: Final = Text("the text of the cell is no longer what was reviewed", "单元格内容在审核后已改动")
_OVERLAPS: Final = Text("it changes the same words as row {row} of the review", "与审核表第 {row} 行修改了相同的文字")
_EMPTY: Final = Text("the text after is empty; answer no, or write what is to stand there", "“修改后”为空；请选“否”，或写上修改后的内容")
_SEVERAL: Final = Text(
    "it changes several cells, so that its text after cannot be changed; accept it as it was, or mend the cells by hand",
    "该项涉及多个单元格，“修改后”不能改写；请按原建议采纳，或手工修改单元格",
)
_ODD: Final = Text(
    "the cell holds characters that a workbook cannot, right where the text was changed; mend it by hand",
    "改写处含有工作簿无法保存的字符；请手工修改",
)


@dataclass(frozen=True, slots=True)
class RefusedFix:
    """A fix that was accepted and not made."""

    decision: Decision
    why: Text


@dataclass
class Applied:
    """What the accepted fixes change; nothing has been written yet.

    `made` counts them, `reworded` those with the person's own text, `forgotten` the rows whose text after was changed but
    that were not accepted. `refused` are in the order of the review.
    """

    mending: Mending
    made: int = 0
    reworded: int = 0
    forgotten: int = 0
    refused: list[RefusedFix] = field(default_factory=list)


class _Place(NamedTuple):
    """A listing that a fix may be meant for: its number from 0, sheet and record, and whether the cells are as reviewed."""

    at: int
    sheet: str | None
    record: int | None
    fits: bool


def apply_review(catalog: Catalog, decisions: Sequence[Decision], *, encoding: str | None = None, mark: bool = False, lang: str = "en") -> Applied:
    """What the accepted fixes change in the catalog. No rule is asked: the review holds all that is needed.

    A listing is found by its id and record, else by its id where its row has moved (without an id, by its title). Of fixes
    that change the same words the first is made. Raises CatalogError for a file that cannot be read or mended.
    """
    return _Applier(catalog, writer_of(catalog, encoding, mark=mark, lang=lang), decisions).run()


class _Applier:
    """Two passes over the catalog: the first finds the listings, the second makes the edits."""

    def __init__(self, catalog: Catalog, writer: Writer, decisions: Sequence[Decision]) -> None:
        self._catalog, self._writer = catalog, writer
        self._applied = Applied(Mending(writer))
        self._refused: dict[int, Text] = {}
        self._decisions = decisions
        self._wanted: dict[int, Plan] = {}
        for number, one in enumerate(decisions):
            if one.accepted is None:
                self._refused[number] = _filled(_UNCLEAR, answer=one.answer[:40])
            elif one.accepted and one.plan is None:
                self._refused[number] = _DAMAGED
            elif one.accepted and one.plan is not None:
                self._wanted[number] = one.plan
            elif one.plan is not None and _edited(one, one.plan):
                self._applied.forgotten += 1

    def run(self) -> Applied:
        """Both passes."""
        places = self._find()
        wanted: dict[int, list[int]] = {}
        for number, plan in self._wanted.items():
            place = _chosen(plan, places[number])
            if isinstance(place, Text):
                self._refused[number] = place
            else:
                wanted.setdefault(place, []).append(number)
        for at, listing in enumerate(self._writer.listings(lambda problem: None)):
            if at in wanted:
                self._make(at, listing, wanted[at])
            self._applied.mending.listings += 1
        self._applied.refused = [RefusedFix(self._decisions[number], why) for number, why in sorted(self._refused.items())]
        return self._applied

    def _find(self) -> dict[int, list[_Place]]:
        """For each fix the listings of its identity."""
        by_identity: dict[tuple[str | None, str], list[int]] = {}
        for number, plan in self._wanted.items():
            by_identity.setdefault(plan.identity, []).append(number)
        titles = any(plan.id is None for plan in self._wanted.values())
        places: dict[int, list[_Place]] = {number: [] for number in self._wanted}
        for at, listing in enumerate(self._catalog):
            if not titles and not listing.filled("id"):
                continue
            digests: dict[tuple[str, int], str] = {}
            for number in by_identity.get(identity_of(listing), ()):
                source = listing.source
                fits = all(_holds(listing, cell, digests) for cell in self._wanted[number].cells)
                places[number].append(_Place(at, source.sheet if source else None, source.record if source else None, fits))
        return places

    def _make(self, at: int, listing: Listing, numbers: Sequence[int]) -> None:
        """Makes the fixes of one listing that can be made, in the order of the review."""
        taken: dict[Edit, int] = {}
        for number in numbers:
            edits = _edits(self._decisions[number], self._wanted[number], listing)
            why = edits if isinstance(edits, Text) else self._hindrance(listing, edits, taken)
            if why is not None:
                self._refused[number] = why
            elif not isinstance(edits, Text):
                taken.update((edit, number) for edit in edits if edit not in taken)
                self._applied.made += 1
                self._applied.reworded += _edited(self._decisions[number], self._wanted[number])
        mended = apply_edits(listing, taken)
        assert listing.source is not None
        for name in listing.values:
            for part, (before, after) in enumerate(zip(listing.parts(name), mended.parts(name), strict=True)):
                if before != after:
                    numbered = dict.fromkeys(number for edit, number in taken.items() if (edit.field, edit.part) == (name, part))
                    rules = dict.fromkeys(rule for number in numbered for rule in self._wanted[number].rules)
                    change = CellChange(at, listing.source, listing.text("id"), name, part, before, after, tuple(rules))
                    self._applied.mending.changes.append(change)

    def _hindrance(self, listing: Listing, edits: Sequence[Edit], taken: dict[Edit, int]) -> Text | None:
        """Why edits cannot be made beside those that are taken; an edit that is taken already is made once."""
        fresh = [edit for edit in edits if edit not in taken]
        for edit in fresh:
            for other, number in taken.items():
                if (edit.field, edit.part) == (other.field, other.part) and overlap(edit.start, edit.end, other.start, other.end):
                    return _filled(_OVERLAPS, row=self._decisions[number].row)
        for field_, part in dict.fromkeys((edit.field, edit.part) for edit in fresh):
            before = listing.parts(field_)[part]
            all_ = [edit for edit in (*taken, *fresh) if (edit.field, edit.part) == (field_, part)]
            after = apply_edits(listing, all_).parts(field_)[part]
            # Asked of the whole cell: limits and encodings hold for all of its edits together.
            why = self._writer.refusal(listing, Edit(field_, 0, len(before), after, part))
            if why is not None:
                return why
        return None


def _filled(text: Text, **values: object) -> Text:
    return Text(text.format("en", **values), text.format("zh", **values))


def _holds(listing: Listing, cell: CellPlan, digests: dict[tuple[str, int], str]) -> bool:
    """Whether a cell of a listing holds what was reviewed; `digests` are those of its cells that are known."""
    parts = listing.parts(cell.field)
    if cell.part >= len(parts) or cell.right > len(parts[cell.part]):
        return False
    key = (cell.field, cell.part)
    if key not in digests:
        digests[key] = digest_of(parts[cell.part])
    return digests[key] == cell.digest


def _chosen(plan: Plan, places: Sequence[_Place]) -> int | Text:
    """The listing that a fix is made in, or why in none."""
    if not places:
        return _GONE if plan.id is not None else _UNTITLED
    fitting = [place for place in places if place.fits]
    if not fitting:
        return _CHANGED
    exact = [place for place in fitting if (place.sheet, place.record) == (plan.sheet, plan.record)]
    if exact:
        return exact[0].at
    return fitting[0].at if len(fitting) == 1 else _filled(_AMBIGUOUS, n=len(fitting))


def _edited(decision: Decision, plan: Plan) -> bool:
    """Whether the person has changed the text after."""
    return decision.after is not None and digest_of(as_shown(decision.after)) != plan.after


def _edits(decision: Decision, plan: Plan, listing: Listing) -> list[Edit] | Text:
    """The edits of a fix: those of the plan, or where the person has changed the text what leads to that text."""
    if not _edited(decision, plan):
        return [Edit(cell.field, start, end, text, cell.part) for cell in plan.cells for start, end, text in cell.edits]
    if len(plan.cells) > 1:
        return _SEVERAL
    after = as_shown(decision.after or "")
    if not after.strip():
        return _EMPTY
    (cell,) = plan.cells
    return _reworded(cell, cell.before(listing.parts(cell.field)[cell.part]), after)


def _reworded(cell: CellPlan, before: str, after: str) -> list[Edit] | Text:
    """The edits that lead from what is shown of a cell to a person's text, in places of the cell itself."""
    shown, places = _shown_with_places(before)
    trailing = shown[len(shown.rstrip()) :]
    if cell.right > cell.left and trailing and not after.endswith(trailing):
        # What was read has no spaces at its end; in a long cell more text follows.
        after += trailing
    ends = "\r\n" if "\r\n" in before else "\r" if "\r" in before and "\n" not in before else "\n"
    made = []
    for start, end, first, last in changes(shown, after):
        if any(0 < at < len(shown) and places[at] == places[at - 1] for at in (start, end)):
            return _ODD
        new = after[first:last].replace("\n", ends)
        made.append(Edit(cell.field, cell.left + places[start], cell.left + places[end], new, cell.part))
    return made


def _shown_with_places(text: str) -> tuple[str, list[int]]:
    """What a sheet shows of a text, and where each of its characters (and its end) stands in the text."""
    out, places = "", list[int]()
    for at, char in enumerate(text):
        if char == "\n" and text[at - 1 : at] == "\r":
            continue
        piece = writable(char)
        out += piece
        places += [at] * len(piece)
    return out, [*places, len(text)]
