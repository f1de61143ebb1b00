"""Renders the result document of a run: one module a format, one Reporter each, fed listing by listing."""

from __future__ import annotations

from importlib import import_module
from typing import Final, TextIO

from listinglint.reports.reporter import Region, Reporter, Run

__all__ = ["ENDINGS", "FORMATS", "Region", "Reporter", "Run", "make_reporter"]

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
}

ENDINGS: Final = {
    ".txt": "text", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".md": "markdown", ".sarif": "sarif", ".xml": "junit",
    ".html": "html", ".htm": "html",
}  # fmt: skip
"""The format that the ending of an output file means."""


def make_reporter(name: str, out: TextIO) -> Reporter:
    """The reporter of this format, writing to `out`; raises KeyError for a format that is not in `FORMATS`."""
    module, attribute = FORMATS[name]
    made: Reporter = getattr(import_module(module), attribute)(out)
    return made
