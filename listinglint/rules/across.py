"""Grouping listings by keys over a whole catalog, in memory while they are few and on disk when they are many."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator

import xxhash

_BATCH = 10_000
_CACHE_PAGES = -65_536  # 64 MiB in memory; sqlite keeps the rest of a temporary database on disk


def key_of(*parts: str) -> int:
    """A stable signed 64-bit key of some texts (xxHash64)."""
    value = xxhash.xxh64_intdigest("\x1f".join(parts).encode("utf-8", "surrogatepass"))
    return value - (1 << 64) if value >= 1 << 63 else value


def letters(text: str) -> str:
    """Letters and digits alone, in lower case and without accents: two spellings of one word have one value."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    return "".join(c for c in decomposed if c.isalnum())


class KeyGroups:
    """Listings by key: `add` them in order, then go through the groups of those that share one."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.execute(f"PRAGMA cache_size = {_CACHE_PAGES}")
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("CREATE TABLE member (key INTEGER, ordinal INTEGER, label TEXT, data BLOB)")
        self._waiting: list[tuple[int, int, str | None, bytes | None]] = []

    def add(self, key: int, ordinal: int, label: str | None = None, data: bytes | None = None) -> None:
        """Notes that the listing `ordinal` has the key; `label` and `data` come back with its group."""
        self._waiting.append((key, ordinal, label, data))
        if len(self._waiting) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._db.executemany("INSERT INTO member VALUES (?, ?, ?, ?)", self._waiting)
        self._waiting.clear()

    def groups(self, least: int = 2) -> Iterator[list[tuple[int, str | None, bytes | None]]]:
        """The groups of at least so many listings, each in the catalog's order; the groups by their first listing."""
        self._flush()
        self._db.execute("CREATE INDEX IF NOT EXISTS by_key ON member (key)")
        shared = self._db.execute("SELECT key FROM member GROUP BY key HAVING COUNT(*) >= ? ORDER BY MIN(ordinal), key", (least,))
        for (key,) in shared:
            rows: Iterable[tuple[int, str | None, bytes | None]] = self._db.execute(
                "SELECT ordinal, label, data FROM member WHERE key = ? ORDER BY ordinal", (key,)
            )
            yield list(rows)

    def close(self) -> None:
        """Frees the temporary database."""
        self._db.close()
