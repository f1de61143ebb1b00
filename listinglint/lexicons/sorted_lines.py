"""Tables that lie sorted in a file: nothing is loaded, a look-up halves the file as a hand halves a dictionary."""

from __future__ import annotations

import mmap
from pathlib import Path


class SortedLines:
    """A text file of lines `key TAB value`, sorted by the bytes of the keys, each key once. A comment, which begins with `#`, is the
    first line: no key begins with a character that sorts before it.

    The file is mapped, so that processes share what they have looked at and memory goes to nothing else. A look-up takes some
    10 µs: tables that are asked for every word belong in a dictionary.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def get(self, key: str) -> str | None:
        """The value of a key; None for one that is not there."""
        data, sought = self._data, key.encode("utf-8")
        low, high = 0, len(data)
        while low < high:
            middle = (low + high) // 2
            start = data.rfind(b"\n", low, middle) + 1 or low
            end = data.find(b"\n", middle, high)
            if end < 0:
                end = high
            tab = data.find(b"\t", start, end)
            found = data[start : tab if tab >= 0 else end]
            if found == sought:
                return None if tab < 0 else data[tab + 1 : end].decode("utf-8")
            if found < sought:
                low = end + 1
            else:
                high = start
        return None

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None


def sorted_lines(values: dict[str, str], note: str) -> bytes:
    """The file of a table: a comment of one line, then the keys with their values. Raises ValueError for a key that cannot be one."""
    for key, value in values.items():
        if key[:1] <= "#" or "\n" in key + value or "\t" in key:
            raise ValueError(f"{key!r} cannot be a key, or {value!r} its value")
    lines = sorted(f"{key}\t{value}\n".encode() for key, value in values.items())
    return f"# {note}\n".encode() + b"".join(lines)
