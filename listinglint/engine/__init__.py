"""Lints one listing or a whole catalog, and mends."""

from listinglint.engine.catalog import check, lint_catalog
from listinglint.engine.fix import FixResult, apply_edits, fix, overlap
from listinglint.engine.linter import Linter

__all__ = ["FixResult", "Linter", "apply_edits", "check", "fix", "lint_catalog", "overlap"]
