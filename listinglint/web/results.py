"""The reports of a checked file on disk: written once as the check goes, then filtered and paged without holding them in memory.

SQLite in the private folder of the upload. What is pickled in it was written by this program for itself.
"""

from __future__ import annotations

import pickle
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from listinglint.model import CatalogSummary, ListingReport
from listinglint.model.findings import SEVERITY_ORDER

_BATCH: Final = 500
_SEARCHED: Final = ("id", "title", "keywords", "brand", "model", "category")
_LONGEST: Final = 2_000
_SHOWN: Final = 500
_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE listings (
  ordinal INTEGER PRIMARY KEY, id TEXT, title TEXT, stars INTEGER NOT NULL, score REAL NOT NULL, findings INTEGER NOT NULL,
  rules TEXT NOT NULL, searched TEXT NOT NULL, report BLOB NOT NULL
);
CREATE TABLE hits (rule TEXT NOT NULL, ordinal INTEGER NOT NULL, PRIMARY KEY (rule, ordinal)) WITHOUT ROWID;
CREATE TABLE run (value BLOB NOT NULL);
"""
_INDEXES: Final = """
CREATE INDEX by_stars ON listings (stars, ordinal);
CREATE INDEX by_score ON listings (score, ordinal);
"""


@dataclass(frozen=True)
class Filter:
    """Which listings are asked for: stars from `low` to `high`, with a finding of any of the `rules`, with all of these words."""

    low: int = 1
    high: int = 5
    rules: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def where(self) -> tuple[str, list[Any]]:
        """The condition, and its values."""
        tests: list[str] = []
        values: list[Any] = []
        if (self.low, self.high) != (1, 5):
            tests.append("stars BETWEEN ? AND ?")
            values += [self.low, self.high]
        if self.rules:
            tests.append(f"ordinal IN (SELECT ordinal FROM hits WHERE rule IN ({', '.join('?' * len(self.rules))}))")
            values += self.rules
        for word in self.words:
            tests.append("instr(searched, ?) > 0")
            values.append(word.casefold())
        return (" WHERE " + " AND ".join(tests) if tests else ""), values


class ResultWriter:
    """Takes the reports of a run in order."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript(_TABLES)
        self._rows: list[tuple[Any, ...]] = []
        self._hits: list[tuple[str, int]] = []
        self._count = 0

    def add(self, report: ListingReport) -> None:
        """The next report; ordinals count from 0."""
        ordinal, self._count = self._count, self._count + 1
        gravest = sorted(report.findings, key=lambda finding: (-SEVERITY_ORDER[finding.severity], -finding.penalty))
        rules = list(dict.fromkeys(finding.rule for finding in gravest))
        texts = (report.listing.text(name) for name in _SEARCHED)
        searched = "\n".join(text[:_LONGEST] for text in texts if text).casefold()
        row = (
            ordinal, _clean(report.listing.text("id")), _clean(report.listing.text("title")), report.stars, report.score, len(report.findings), " ".join(rules),
            _clean(searched), zlib.compress(pickle.dumps(report, pickle.HIGHEST_PROTOCOL), 1),
        )  # fmt: skip
        self._rows.append(row)
        self._hits.extend((rule, ordinal) for rule in rules)
        if len(self._rows) >= _BATCH:
            self._flush()

    def finish(self, summary: CatalogSummary) -> None:
        """The end of the run."""
        self._flush()
        self._connection.executescript(_INDEXES)
        self._connection.execute("INSERT INTO run VALUES (?)", (pickle.dumps(summary, pickle.HIGHEST_PROTOCOL),))
        self._connection.close()

    def _flush(self) -> None:
        self._connection.execute("BEGIN")
        self._connection.executemany(f"INSERT INTO listings VALUES ({', '.join('?' * 9)})", self._rows)
        self._connection.executemany("INSERT INTO hits VALUES (?, ?)", self._hits)
        self._connection.execute("COMMIT")
        self._rows.clear()
        self._hits.clear()


class Results:
    """The reports of a run that has ended; any number of threads and processes may read them at once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def page(self, chosen: Filter, offset: int, limit: int, *, worst: bool = False) -> tuple[int, list[dict[str, Any]]]:
        """How many listings fit, and those from `offset` on: in the order of the file, or the worst first."""
        where, values = chosen.where()
        order = "score, ordinal" if worst else "ordinal"
        with closing(self._connect()) as connection:
            (total,) = connection.execute(f"SELECT count(*) FROM listings{where}", values).fetchone()
            rows = connection.execute(
                f"SELECT ordinal, id, title, stars, score, findings, rules FROM listings{where} ORDER BY {order} LIMIT ? OFFSET ?", [*values, limit, offset]
            ).fetchall()
        names = ("ordinal", "id", "title", "stars", "score", "findings", "rules")
        return total, [{**dict(zip(names, row, strict=True)), "title": _short(row[2]), "rules": row[6].split()} for row in rows]

    def report(self, ordinal: int) -> ListingReport | None:
        """The report of one listing, None where there is none of this number."""
        with closing(self._connect()) as connection:
            row = connection.execute("SELECT report FROM listings WHERE ordinal = ?", (ordinal,)).fetchone()
        return _report(row[0]) if row else None

    def reports(self) -> Iterator[ListingReport]:
        """All reports in order, one at a time."""
        with closing(self._connect()) as connection:
            for (blob,) in connection.execute("SELECT report FROM listings ORDER BY ordinal"):
                yield _report(blob)

    def summary(self) -> CatalogSummary:
        """The summary of the run."""
        with closing(self._connect()) as connection:
            (blob,) = connection.execute("SELECT value FROM run").fetchone()
        summary: CatalogSummary = pickle.loads(blob)
        return summary

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True)


def _report(blob: bytes) -> ListingReport:
    report: ListingReport = pickle.loads(zlib.decompress(blob))
    return report


def _clean(text: str | None) -> str | None:
    """The text as UTF-8 can hold it."""
    return None if text is None else text.encode("utf-8", "backslashreplace").decode()


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def words(text: str) -> Sequence[str]:
    """The words that a search means, each once."""
    return list(dict.fromkeys(text.split()))[:20]
