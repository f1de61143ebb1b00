"""Renders the result document of a run: one module a format, one Reporter each, fed listing by listing."""

from __future__ import annotations

from importlib import import_module
from typing import Any, BinaryIO, Final, TextIO

from listinglint.reports.reporter import Column, Region, Reporter, Run

__all__ = ["BINARY", "ENDINGS", "FORMATS", "Column", "Region", "Reporter", "Run", "make_reporter"]

FORMATS: Final = {
    "text": ("listinglint.reports.text", "TextReporter"),
    "json": ("listinglint.reports.json_document", "JsonReporter"),
    "jsonl": ("listinglint.reports.json_lines", "JsonLinesReporter"),
    "csv": ("listinglint.reports.csv_table", "CsvReporter"),
    "markdown": ("listinglint.reports.markdown", "MarkdownReporter"),
    "github": ("listinglint.reports.github", "GithubReporter"),
    "gitlab": ("listinglint.reports.gitlab", "GitlabReporter"),
    "sarif": ("listinglint.reports.sarif", "SarifReporter"),
    "junit": ("listinglint.reports.junit", "JunitReporter"),
    "html": ("listinglint.reports.html", "HtmlReporter"),
    "xlsx": ("listinglint.reports.workbook", "WorkbookReporter"),
}

BINARY: Final = frozenset({"xlsx"})
"""The formats that are no text: they are written to a binary file."""

ENDINGS: Final = {
    ".txt": "text", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".md": "markdown", ".sarif": "sarif", ".xml": "junit",
    ".html": "html", ".htm": "html", ".xlsx": "xlsx",
}  # fmt: skip
"""The format that the ending of an output file means."""


def make_reporter(name: str, out: TextIO | BinaryIO) -> Reporter:
    """The reporter of this format, writing to `out` (a binary file for those of `BINARY`).

    Raises KeyError for a format that is not in `FORMATS`.
    """
    module, attribute = FORMATS[name]
    kind: Any = getattr(import_module(module), attribute)
    made: Reporter = kind(out)
    return made
