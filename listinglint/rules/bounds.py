"""Keeps a rule from flooding a listing: equal faults of a text are one finding, and a field gets a few findings at most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any

from listinglint.model import Edit
from listinglint.rules.rule import Check, Hit, Options

if TYPE_CHECKING:
    from listinglint.rules.analysis import AnalysedListing

MOST = 5


def bounded(most: int = MOST) -> Callable[[Check], Callable[[AnalysedListing, Options], Iterator[Hit]]]:
    """A decorator for checks: the same words in one text are one hit, and of one field `most` hits are kept.

    The edits of the hits that go are added to the one that stays for them, so that a fix still mends every place.
    """

    def decorate(check: Check) -> Callable[[AnalysedListing, Options], Iterator[Hit]]:
        @wraps(check)
        def limited(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
            kept: list[Hit] = []
            by_words: dict[Any, Hit] = {}
            by_field: dict[str, list[Hit]] = {}
            for hit in check(doc, options):
                words = hit.values.get("text")
                key = (hit.field, hit.part, hit.message, words.lower()) if isinstance(words, str) else None
                same = by_words.get(key) if key is not None else None
                others = by_field.setdefault(hit.field, [])
                if same is None and len(others) >= most:
                    same = next((one for one in reversed(others) if one.safety == hit.safety), others[-1])
                if same is not None:
                    _take_over(same, hit)
                    continue
                kept.append(hit)
                others.append(hit)
                if key is not None:
                    by_words[key] = hit
            yield from kept

        return limited

    return decorate


def _take_over(hit: Hit, other: Hit) -> None:
    """Adds the other's edits to the hit's, but for those that touch one of them or would make a safe fix unsafe."""
    if hit.safety == other.safety:
        hit.edits += tuple(edit for edit in other.edits if not any(_touch(edit, one) for one in hit.edits))


def _touch(one: Edit, other: Edit) -> bool:
    return (one.field, one.part) == (other.field, other.part) and one.start <= other.end and other.start <= one.end
