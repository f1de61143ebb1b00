"""Listings as bytes, column names once a run of alike listings: what goes between processes, and to disk between the passes.

Only for bytes that this program wrote itself in the same run: `marshal` and `pickle` trust what they read.
"""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Mapping, Sequence
from typing import Any, Final

from listinglint.model import Listing, Source

_COLUMNS: Final = b"c"
_OBJECTS: Final = b"o"

_Alike = tuple[
    tuple[str, ...], str | None, str | None, dict[str, tuple[str, ...]], bool, list[tuple[Any, ...]], list[tuple[int | None, int | None, str | None]], list[dict[str, tuple[str, ...]]]
]
"""Field names, source, sheet, column letters, whether there is a source at all; then per listing its values, place and part names."""


def pack(listings: Sequence[Listing]) -> bytes:
    """The listings as bytes for `unpack`."""
    out: list[_Alike] = []
    last: tuple[Any, ...] = ()
    rows: list[tuple[Any, ...]] = []
    places: list[tuple[int | None, int | None, str | None]] = []
    keys: list[dict[str, tuple[str, ...]]] = []
    for listing in listings:
        values, source = listing.values, listing.source
        names = tuple(values)
        columns: Mapping[str, tuple[str, ...]] | None = source.columns if source is not None else None
        shape = (names, source.source, source.sheet, id(columns)) if source is not None else (names,)
        if shape != last:
            rows, places, keys, last = [], [], [], shape
            if source is None:
                out.append((names, None, None, {}, False, rows, places, keys))
            else:
                out.append((names, source.source, source.sheet, dict(source.columns), True, rows, places, keys))
        rows.append(tuple(values.values()))
        if source is not None:
            places.append((source.record, source.line, source.ignore))
        if listing.keys or keys:
            # Part names stand for all of a run from the first that has some.
            keys.extend({} for _ in range(len(rows) - 1 - len(keys)))
            keys.append(dict(listing.keys))
    try:
        return _COLUMNS + marshal.dumps(out)
    except ValueError:
        # Texts of a class of their own, such as NumPy's.
        return _OBJECTS + pickle.dumps(list(listings), protocol=pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> list[Listing]:
    """The listings that `pack` made bytes of."""
    if data[:1] == _OBJECTS:
        found: list[Listing] = pickle.loads(memoryview(data)[1:])
        return found
    runs: list[_Alike] = marshal.loads(memoryview(data)[1:])
    out: list[Listing] = []
    for names, name, sheet, columns, sourced, rows, places, keys in runs:
        made = (
            [
                Listing(dict(zip(names, row, strict=True)), Source(name, sheet, record, line, columns, ignore))
                for row, (record, line, ignore) in zip(rows, places, strict=True)
            ]
            if sourced
            else [Listing(dict(zip(names, row, strict=True))) for row in rows]
        )
        if keys:
            made = [Listing(one.values, one.source, part) for one, part in zip(made, keys, strict=True)]
        out.extend(made)
    return out
