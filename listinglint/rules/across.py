"""Grouping listings by keys over a whole catalog, in memory while they are few and on disk when they are many."""

from __future__ import annotations

import marshal
import tempfile
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain
from typing import IO, Any, Final, NamedTuple

import xxhash

_NO_LETTERS = bytes(byte for byte in range(256) if not chr(byte).isascii() or not chr(byte).isalnum())
_IN_MEMORY: Final = 1 << 20
"""So many keys are kept in memory; more go to files by their last bits, of which one at a time is looked through."""
_FEW: Final = 10_000
_FILES: Final = 16
_64_BITS: Final = (1 << 64) - 1
_NOTES_IN_MEMORY: Final = 1 << 22


def key_of(*parts: str) -> int:
    """A stable signed 64-bit key of some texts (xxHash64)."""
    return key_of_bytes("\x1f".join(parts).encode("utf-8", "surrogatepass"))


def key_of_bytes(data: bytes) -> int:
    """A stable signed 64-bit key of some bytes."""
    value = xxhash.xxh64_intdigest(data)
    return value - (1 << 64) if value >= 1 << 63 else value


def word_key(word: str) -> int:
    """A stable 64-bit number of a word; those of several words are added to a key of the set (see `key_of_set`)."""
    return xxhash.xxh64_intdigest(word.encode("utf-8", "surrogatepass"))


def key_of_set(total: int) -> int:
    """The signed 64-bit key of a set of words from the sum of their `word_key`s: one word less is one subtraction less."""
    value = total & _64_BITS
    return value - (1 << 64) if value >> 63 else value


def letters(text: str) -> str:
    """Letters and digits alone, in lower case and without accents: two spellings of one word have one value."""
    if text.isascii():
        return text.lower().replace("&", " and ").encode("ascii").translate(None, _NO_LETTERS).decode("ascii")
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    return "".join(c for c in decomposed if c.isalnum())


class Member(NamedTuple):
    """A listing of a group, with what was noted of it."""

    ordinal: int
    label: str | None
    data: Any


class KeyGroups:
    """Listings by key: `note` each in order and `add` its keys, then go through the groups of those that share one."""

    def __init__(self) -> None:
        self._keys, self._ordinals = array("q"), array("q")
        self._files: list[IO[bytes]] = []
        self._notes: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_NOTES_IN_MEMORY)  # noqa: SIM115 (closed by close)
        self._noted, self._places = array("q"), array("q", (0,))

    def note(self, ordinal: int, label: str | None = None, data: Any = None) -> None:
        """Keeps what is to come back with the listing: a label and plain data (texts, numbers, tuples, lists, dicts)."""
        self._noted.append(ordinal)
        self._places.append(self._places[-1] + self._notes.write(marshal.dumps((label, data))))

    def add(self, key: int, ordinal: int) -> None:
        """Says that the listing has this key (a signed 64-bit number)."""
        self._keys.append(key)
        self._ordinals.append(ordinal)
        if len(self._keys) >= _IN_MEMORY:
            self._flush()

    def _flush(self) -> None:
        """Moves the keys from memory to the files, those that may be equal to the same one."""
        import numpy as np

        if not self._files:
            self._files = [tempfile.TemporaryFile() for _ in range(_FILES)]  # noqa: SIM115 (closed by close)
        pairs = np.stack([np.frombuffer(self._keys, np.int64), np.frombuffer(self._ordinals, np.int64)], axis=1)
        for at, file in enumerate(self._files):
            file.write(np.ascontiguousarray(pairs[(pairs[:, 0] & (_FILES - 1)) == at]).tobytes())
        self._keys, self._ordinals = array("q"), array("q")

    def groups(self, least: int = 2) -> Iterator[list[Member]]:
        """The groups of at least so many listings, each in the catalog's order; the groups by their first listing.

        Listings that share several keys are one group.
        """
        if self._files:
            self._flush()
        few = not self._files and len(self._keys) <= _FEW
        shared = self._shared_of_few(least) if few else chain.from_iterable(self._shared(table, least) for table in self._tables())
        found = sorted((ordinals, key) for key, ordinals in shared)
        last: list[int] = []
        for ordinals, _ in found:
            if ordinals != last:
                yield [self._member(ordinal) for ordinal in ordinals]
            last = ordinals

    def _shared_of_few(self, least: int) -> Iterator[tuple[int, list[int]]]:
        """What `_shared` gives, without arrays, whose module takes longer to load than a small catalog to check."""
        found: dict[int, list[int]] = {}
        for key, ordinal in zip(self._keys, self._ordinals, strict=True):
            found.setdefault(key, []).append(ordinal)
        return ((key, ordinals) for key, ordinals in found.items() if len(ordinals) >= least)

    def _tables(self) -> Iterator[Any]:
        """Arrays of keys and ordinals; equal keys are in one of them."""
        import numpy as np

        if not self._files:
            yield np.array(self._keys, np.int64), np.array(self._ordinals, np.int64)
        for file in self._files:
            file.seek(0)
            pairs = np.frombuffer(file.read(), np.int64).reshape(-1, 2)
            yield pairs[:, 0], pairs[:, 1]

    @staticmethod
    def _shared(table: Any, least: int) -> Iterator[tuple[int, list[int]]]:
        """The keys that at least so many listings have, with their listings."""
        import numpy as np

        keys, ordinals = table
        order = np.argsort(keys, kind="stable")
        ranked = keys[order]
        starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]]) if len(ranked) else np.empty(0, np.int64)
        counts = np.diff(np.r_[starts, len(ranked)])
        for start, count in zip(starts[counts >= least].tolist(), counts[counts >= least].tolist(), strict=True):
            yield int(ranked[start]), ordinals[order[start : start + count]].tolist()

    def _member(self, ordinal: int) -> Member:
        at = bisect_left(self._noted, ordinal)
        self._notes.seek(self._places[at])
        label, data = marshal.loads(self._notes.read(self._places[at + 1] - self._places[at]))
        return Member(ordinal, label, data)

    def close(self) -> None:
        """Frees the temporary files."""
        for file in (self._notes, *self._files):
            file.close()
