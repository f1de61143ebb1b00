"""Cuts a text into pieces at the places that findings mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from listinglint.model import Severity
from listinglint.model.findings import SEVERITY_ORDER

Span = tuple[int, int, Severity]


def pieces(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, Severity | None]]:
    """The pieces of a text in order, each with the gravest severity of the spans over it, None where there is none."""
    edges = sorted({0, len(text), *(min(at, len(text)) for start, end, _ in spans for at in (start, end))})
    for at, end in pairwise(edges):
        over = [level for first, last, level in spans if first <= at and end <= last]
        grave: Severity | None = None
        for level in over:
            if grave is None or SEVERITY_ORDER[level] > SEVERITY_ORDER[grave]:
                grave = level
        yield text[at:end], grave
