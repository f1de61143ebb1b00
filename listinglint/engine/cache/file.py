"""The file that entries lie in: SQLite, bounded in size, shared by runs that go on at the same time.

It holds nothing that could not be found out anew. Whatever is wrong with it, the run goes on without it and says so; a damaged file
is thrown away.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date as Date
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import platformdirs
import xxhash

from listinglint.model import Text

LIMIT: Final = 256 << 20
"""Bytes that the cache may have by default: some 300,000 listings."""
VARIABLE: Final = "LISTINGLINT_CACHE_DIR"
_NAME: Final = "listings-1.sqlite3"
"""The number is that of the format: another format is another file."""
_LOGS: Final = ("", "-wal", "-shm", "-journal")
_PATIENCE: Final = 5.0
"""Seconds to wait for another run that writes; after that this one goes on without."""
_AT_ONCE: Final = 500
_SCHEMA: Final = "CREATE TABLE IF NOT EXISTS entries (id INTEGER PRIMARY KEY, day INTEGER NOT NULL, taken BLOB, found BLOB)"
_LONG: Final = 256
"""Bytes from which on an entry is worth packing."""
_SAY: Final = {
    "damaged": Text("the cache {path} was damaged and has been thrown away: {reason}", "缓存 {path} 已损坏，已丢弃：{reason}"),
    "entry": Text("entries of the cache {path} were damaged and have been passed over", "缓存 {path} 中有损坏的条目，已跳过"),
    "unusable": Text("the cache {path} cannot be used, the run goes on without: {reason} (--no-cache leaves it alone)", "缓存 {path} 无法使用，本次检查不使用缓存：{reason}（可用 --no-cache 关闭）"),
}
_TAG: Final = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of listinglint; it can be deleted at any time.\n"

Part = Literal["taken", "found"]


class Kept(NamedTuple):
    """What there is to keep of a listing: its key, and the bytes of one or both parts (None: that part stays as it is)."""

    key: bytes
    taken: bytes | None = None
    found: bytes | None = None


class Size(NamedTuple):
    """What a cache file holds: the number of entries, and its bytes on disk."""

    entries: int
    bytes: int


def default_folder() -> Path:
    """The folder that the variable LISTINGLINT_CACHE_DIR names, else the one for caches of this user."""
    given = os.environ.get(VARIABLE)
    return Path(given) if given else platformdirs.user_cache_path("listinglint", appauthor=False)


class CacheFile:
    """The entries of a folder. Opened when first used, in each process anew; `notes` says what went wrong, each thing once.

    `limit` is its size in bytes, which it may pass while a run goes on, by as much again.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self.path = folder / _NAME
        self.notes: list[Text] = []
        self._limit = limit
        self._written = 0
        self._unusable = False
        self._opened: tuple[int, sqlite3.Connection] | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_opened": None, "notes": []}

    def read(self, keys: Iterable[bytes], part: Part) -> dict[bytes, tuple[bytes, int]]:
        """The bytes of one part of the entries with these keys, those that there are, and the days (as ordinals) they were last used on."""
        wanted = {_number(key): key for key in keys}
        numbers = list(wanted)
        out: dict[bytes, tuple[bytes, int]] = {}
        with self._guarded() as connection:
            if connection is None:
                return out
            for first in range(0, len(numbers), _AT_ONCE):
                some = numbers[first : first + _AT_ONCE]
                marks = ",".join("?" * len(some))
                for number, data, day in connection.execute(f"SELECT id, CAST({part} AS BLOB), day FROM entries WHERE {part} IS NOT NULL AND id IN ({marks})", some):
                    key = wanted[number]
                    opened = _unsealed(key, data)
                    if opened is None:
                        self._note("entry")
                    else:
                        out[key] = opened, day
        return out

    def write(self, kept: Sequence[Kept], used: Sequence[bytes] = (), today: Date | None = None) -> None:
        """Keeps entries, all of them or none, and notes that those under the keys `used` are still in use."""
        if self._written > self._limit or not (kept or used):
            return
        day = (today or Date.today()).toordinal()
        rows = [(_number(one.key), day, one.taken and _sealed(one.key, one.taken), one.found and _sealed(one.key, one.found)) for one in kept]
        with self._guarded() as connection:
            if connection is None:
                return
            with connection:
                connection.executemany(
                    "INSERT INTO entries VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET day = excluded.day, "
                    "taken = coalesce(excluded.taken, taken), found = coalesce(excluded.found, found)",
                    rows,
                )
                connection.executemany("UPDATE entries SET day = ? WHERE id = ?", [(day, _number(key)) for key in used])
            self._written += sum(len(taken or b"") + len(found or b"") for _, _, taken, found in rows)

    def trim(self) -> None:
        """Brings the file below its limit: what has not been used for longest goes."""
        with self._guarded() as connection:
            if connection is None:
                return
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            entries, size = self._size(connection)
            while size > self._limit and entries:
                # Some more than need be, so that not every run has to. What goes leaves gaps, hence the loop.
                going = int(entries * max(0.1, 1 - 0.8 * self._limit / size)) + 1
                with connection:
                    connection.execute("DELETE FROM entries WHERE id IN (SELECT id FROM entries ORDER BY day, id LIMIT ?)", (going,))
                # As a script: a single statement would free a single page.
                connection.executescript("PRAGMA incremental_vacuum")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                entries, size = self._size(connection)

    def size(self) -> Size:
        """What it holds; nothing where there is none."""
        if not self.path.exists():
            return Size(0, 0)
        with self._guarded() as connection:
            if connection is not None:
                return self._size(connection)
        return Size(0, self._bytes())

    def clean(self) -> None:
        """Deletes the file. Raises OSError where that cannot be done."""
        self.close()
        for log in _LOGS:
            Path(f"{self.path}{log}").unlink(missing_ok=True)

    def close(self) -> None:
        """Closes it; it is opened again when it is used again."""
        if self._opened is not None and self._opened[0] == os.getpid():
            with contextlib.suppress(sqlite3.Error):
                self._opened[1].close()
        self._opened = None

    # --- inside ---

    @contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection | None]:
        """The open file, or None where it cannot be used. Whatever SQLite or the disk has to say within ends its use, not the run."""
        connection = None
        try:
            connection = None if self._unusable else self._connection()
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
        try:
            yield connection
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        self._unusable = True
        damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        self._note("damaged" if damaged else "unusable", reason=error.strerror if isinstance(error, OSError) and error.strerror else str(error))
        with contextlib.suppress(OSError):
            if damaged:
                self.clean()
            else:
                self.close()

    def _note(self, what: str, **values: str) -> None:
        template = _SAY[what]
        note = Text(*[template.format(lang, path=str(self.path), **values) for lang in ("en", "zh")])
        if note not in self.notes:
            self.notes.append(note)

    def _connection(self) -> sqlite3.Connection:
        # A connection must not be carried into another process.
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = os.getpid(), self._open()
        return self._opened[1]

    def _open(self) -> sqlite3.Connection:
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")):
            if not (self.folder / name).exists():
                (self.folder / name).write_text(text, encoding="utf-8")
        connection = sqlite3.connect(self.path, timeout=_PATIENCE, check_same_thread=False)
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        # What a power cut destroys is found out by its checksum.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(_SCHEMA)
        return connection

    def _size(self, connection: sqlite3.Connection) -> Size:
        return Size(connection.execute("SELECT count(*) FROM entries").fetchone()[0], self._bytes())

    def _bytes(self) -> int:
        return sum(path.stat().st_size for log in _LOGS if (path := Path(f"{self.path}{log}")).exists())


def _number(key: bytes) -> int:
    """The first half of a key as the number of its row; the other half stands in the row."""
    return int.from_bytes(key[:8], "big", signed=True)


def _sealed(key: bytes, data: bytes) -> bytes:
    body = b"\x01" + zlib.compress(data, 1) if len(data) > _LONG else b"\x00" + data
    return key[8:] + xxhash.xxh3_64_digest(body) + body


def _unsealed(key: bytes, data: Any) -> bytes | None:
    """The bytes that were sealed under this key; None where they are another key's, or not what was written."""
    if not isinstance(data, bytes) or data[:8] != key[8:] or xxhash.xxh3_64_digest(data[16:]) != data[8:16]:
        return None
    try:
        return zlib.decompress(data[17:]) if data[16:17] == b"\x01" else data[17:]
    except zlib.error:
        return None
