"""The file that keeps runs: SQLite, one row a run, so that a run is there whole or not at all.

It is one file with SQLite's rollback journal rather than a write-ahead log: a log needs memory shared between the writers,
which folders on a network do not have, and leaves files beside it that a copy of the history would miss. Writers wait for
each other; a row takes milliseconds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import platformdirs

from listinglint.history.errors import HistoryError
from listinglint.history.identity import CatalogIdentity
from listinglint.history.run import RecordedRun, timestamp
from listinglint.model import Text

_APPLICATION: Final = 0x6C6C6869
"""The number in the file's head that says whose file it is ("llhi")."""
_PATIENCE: Final = 60.0
"""Seconds to wait for other writers."""
_MIGRATIONS: Final = (
    """
    CREATE TABLE runs (
      id INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      catalog TEXT NOT NULL,
      name TEXT NOT NULL,
      sources TEXT NOT NULL,
      marketplace TEXT NOT NULL,
      version TEXT NOT NULL,
      rule_set TEXT,
      listings INTEGER NOT NULL,
      findings INTEGER NOT NULL,
      score REAL NOT NULL,
      stars TEXT NOT NULL,
      by_rule TEXT NOT NULL,
      by_severity TEXT NOT NULL,
      sections TEXT NOT NULL,
      suppressed INTEGER NOT NULL,
      baselined INTEGER NOT NULL,
      internal_errors INTEGER NOT NULL,
      failed INTEGER NOT NULL
    );
    CREATE INDEX runs_by_catalog ON runs (catalog, at);
    """,
)
"""Statements that lead from each version of the file to the next; a version that was released never changes."""

_COLUMNS: Final = (
    "at", "catalog", "name", "sources", "marketplace", "version", "rule_set", "listings", "findings", "score", "stars", "by_rule", "by_severity",
    "sections", "suppressed", "baselined", "internal_errors", "failed",
)  # fmt: skip
_SAY: Final = {
    "foreign": Text(
        "{path}: this is no history of listinglint; name another file, or move this one away", "{path}：这不是 listinglint 的历史文件；请换一个文件名，或移走此文件"
    ),
    "newer": Text(
        "{path}: written by a newer version of listinglint (file version {found}, this one reads up to {known}); update listinglint",
        "{path}：由更新版本的 listinglint 写入（文件版本 {found}，当前最高支持 {known}）；请升级 listinglint",
    ),
    "broken": Text(
        "{path}: the history is damaged: {reason}; move it away to begin a new one", "{path}：历史文件已损坏：{reason}；请将其移走，之后会重新开始记录"
    ),
    "busy": Text("{path}: the history is in use by another program, and was so for {n:.0f} seconds", "{path}：历史文件被其他程序占用，已等待 {n:.0f} 秒"),
    "unreadable": Text("{path}: the history cannot be read: {reason}", "{path}：无法读取历史文件：{reason}"),
    "unwritable": Text("{path}: the history cannot be written: {reason}", "{path}：无法写入历史文件：{reason}"),
}


def default_path() -> Path:
    """Where `--record` keeps the runs: `history.sqlite3` in the user's data folder."""
    return platformdirs.user_data_path("listinglint", appauthor=False) / "history.sqlite3"


class CatalogRuns(NamedTuple):
    """A catalog that has runs: its identity (the name as of the latest run), how many, and when the first and the latest began."""

    identity: CatalogIdentity
    runs: int
    first: datetime
    last: datetime


class History:
    """The runs in one file, in the user's data folder where none is named. Any number of processes and threads may use it at once.

    Every method raises HistoryError for a file that is no history, is damaged, or stays locked. A file that is not there
    holds no runs; adding one makes it, and in the user's data folder the folder too.
    """

    def __init__(self, path: str | Path | None = None, *, patience: float = _PATIENCE) -> None:
        self.path = Path(path) if path is not None else default_path()
        self._own = path is None
        self._patience = patience

    def add(self, run: RecordedRun) -> None:
        """Keeps a run: when this returns it is on the disk, and until then it is not there at all."""
        row = (
            timestamp(run.at), run.catalog.key, run.catalog.name, _json([list(source) for source in run.sources]), run.marketplace, run.version,
            run.rule_set, run.listings, run.findings, run.score, _json({str(level): count for level, count in run.stars.items()}),
            _json(dict(run.by_rule)), _json(dict(run.by_severity)), _json(dict(run.sections)), run.suppressed, run.baselined, run.internal_errors,
            int(run.failed),
        )  # fmt: skip
        with self._writing() as connection:
            connection.execute(f"INSERT INTO runs ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})", row)

    def catalogs(self) -> list[CatalogRuns]:
        """The catalogs that have runs, the one that ran last first."""
        # Of the columns beside max(at), SQLite gives those of the row that has it.
        statement = "SELECT catalog, name, count(*), min(at), max(at) FROM runs GROUP BY catalog ORDER BY max(at) DESC, catalog"
        return [CatalogRuns(CatalogIdentity(key, name), runs, _time(first), _time(last)) for key, name, runs, first, last in self._select(statement)]

    def runs(self, key: str | None = None, *, since: datetime | None = None, marketplace: str | None = None, last: int | None = None) -> list[RecordedRun]:
        """The runs, oldest first: of the catalog with this key, that began at `since` or later, on this marketplace, the `last` so many."""
        tests = [("catalog = ?", key), ("at >= ?", timestamp(since) if since else None), ("marketplace = ?", marketplace)]
        given = [(test, value) for test, value in tests if value is not None]
        where = f" WHERE {' AND '.join(test for test, _ in given)}" if given else ""
        limit = f" LIMIT {int(last)}" if last is not None else ""
        rows = self._select(f"SELECT {', '.join(_COLUMNS)} FROM runs{where} ORDER BY at DESC, id DESC{limit}", [value for _, value in given])
        try:
            return [_run(row) for row in reversed(rows)]
        except (ValueError, TypeError, AttributeError) as error:
            raise self._error("broken", reason=error) from error

    # --- the file ---

    def _select(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            if not self.path.exists():
                return []
        except OSError as error:
            raise self._error("unreadable", reason=error.strerror or error) from error
        with self._translated("unreadable"), closing(self._connect("rw")) as connection:
            if self._version(connection) == len(_MIGRATIONS):
                return connection.execute(statement, values).fetchall()
        with self._writing() as connection:
            return connection.execute(statement, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction of its own over the newest form of the file; whatever goes wrong undoes all of it."""
        if self._own:
            try:
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise self._error("unwritable", reason=error.strerror or error) from error
        with self._translated("unwritable"), closing(self._connect("rwc")) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                self._migrate(connection)
                yield connection
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _connect(self, mode: str) -> sqlite3.Connection:
        """`rwc` makes the file where it is not there; `rw` only reads one that may not be written, and else mends what a killed writer left."""
        return sqlite3.connect(f"{self.path.absolute().as_uri()}?mode={mode}", uri=True, timeout=self._patience, isolation_level=None)

    def _version(self, connection: sqlite3.Connection) -> int:
        """The version of the file, 0 for an empty one; raises HistoryError for a file of another program or of a newer version."""
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if application != _APPLICATION and (application or version or connection.execute("SELECT 1 FROM sqlite_master").fetchone()):
            raise self._error("foreign")
        if version > len(_MIGRATIONS):
            raise self._error("newer", found=version, known=len(_MIGRATIONS))
        return int(version)

    def _migrate(self, connection: sqlite3.Connection) -> None:
        version = self._version(connection)
        if version == len(_MIGRATIONS):
            return
        for step in _MIGRATIONS[version:]:
            # executescript would end the transaction.
            for statement in filter(str.strip, step.split(";")):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")

    @contextmanager
    def _translated(self, otherwise: str) -> Iterator[None]:
        """Turns what SQLite says into one clear message."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise self._error("busy", n=self._patience) from error
            if code == sqlite3.SQLITE_NOTADB:
                raise self._error("foreign") from error
            if code == sqlite3.SQLITE_CORRUPT:
                raise self._error("broken", reason=error) from error
            raise self._error(otherwise, reason=error) from error

    def _error(self, what: str, **values: object) -> HistoryError:
        text = _SAY[what]
        return HistoryError(Text(text.en.format(path=self.path, **values), text.zh.format(path=self.path, **values)))


def document(history: History, key: str | None = None, *, since: datetime | None = None, marketplace: str | None = None, last: int | None = None) -> dict[str, Any]:
    """`{"catalogs": [{"key", "name", "runs": [<RecordedRun.to_dict>]}]}`: catalogs that ran last first, runs oldest first.

    The arguments are those of `History.runs`; `last` counts for each catalog.
    """
    out = []
    for one in history.catalogs():
        if key is None or one.identity.key == key:
            runs = history.runs(one.identity.key, since=since, marketplace=marketplace, last=last)
            if runs:
                out.append({"key": one.identity.key, "name": one.identity.name, "runs": [run.to_dict() for run in runs]})
    return {"catalogs": out}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def _run(row: tuple[Any, ...]) -> RecordedRun:
    value = dict(zip(_COLUMNS, row, strict=True))
    loaded = {name: json.loads(value[name]) for name in ("sources", "stars", "by_rule", "by_severity", "sections")}
    return RecordedRun(
        at=_time(value["at"]),
        catalog=CatalogIdentity(value["catalog"], value["name"]),
        sources=tuple((file, sheet) for file, sheet in loaded["sources"]),
        stars={int(level): int(count) for level, count in loaded["stars"].items()},
        by_rule=dict(loaded["by_rule"]),
        by_severity=dict(loaded["by_severity"]),
        sections=dict(loaded["sections"]),
        failed=bool(value["failed"]),
        **{name: value[name] for name in ("marketplace", "version", "rule_set", "listings", "findings", "score", "suppressed", "baselined", "internal_errors")},
    )
