"""Where the configuration of a catalog stands."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

FILE_NAME: Final = "listinglint.toml"


def find_config(start: Path) -> Path | None:
    """The nearest configuration file in the folder of `start` or above it."""
    try:
        folder = start.resolve()
    except OSError:
        return None
    if not folder.is_dir():
        folder = folder.parent
    for one in (folder, *folder.parents):
        own = one / FILE_NAME
        if own.is_file():
            return own
        project = one / "pyproject.toml"
        if project.is_file() and _has_table(project):
            return project
    return None


def _has_table(path: Path) -> bool:
    """True where a pyproject.toml speaks to this program; one that cannot be read is the business of others."""
    try:
        text = path.read_text(encoding="utf-8")
        return "listinglint" in text and "listinglint" in tomllib.loads(text).get("tool", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError):
        return False
