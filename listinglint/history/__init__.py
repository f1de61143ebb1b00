"""Past runs of `check`: which catalog each was of, what it counted, kept in one SQLite file, and what moved between them."""

from __future__ import annotations

from listinglint.history.errors import HistoryError
from listinglint.history.identity import CatalogIdentity, identify
from listinglint.history.run import RecordedRun
from listinglint.history.store import CatalogRuns, History, default_path, document
from listinglint.history.trend import PERIODS, Changes, RuleChange, changes, latest_of_each

__all__ = [
    "PERIODS",
    "CatalogIdentity",
    "CatalogRuns",
    "Changes",
    "History",
    "HistoryError",
    "RecordedRun",
    "RuleChange",
    "changes",
    "default_path",
    "document",
    "identify",
    "latest_of_each",
]
