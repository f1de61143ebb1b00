"""The seller's own tree of categories, one path a line."""

from __future__ import annotations

from pathlib import Path

from listinglint.config.errors import ConfigError
from listinglint.model import Text


def read_categories(path: str | Path) -> tuple[str, ...]:
    """The category paths of a seller's own tree: one a line (`Tools > Hand Tools > Hammers`), `#` begins a comment.

    Raises ConfigError for a file that cannot be read or holds no path.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as broken:
        raise ConfigError(Text(f"{path}: the category file cannot be read: {broken}", f"{path}：无法读取类目文件：{broken}")) from broken
    found = tuple(line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))
    if not found:
        raise ConfigError(Text(f"{path}: the category file holds no category; one path a line was expected", f"{path}：类目文件为空；应每行一个类目路径"))
    return found
