"""`--changed-since`: of the reports of a run those of listings that differ from an earlier version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import click

from listinglint.cli import options as opt
from listinglint.config import Config
from listinglint.model import Text

if TYPE_CHECKING:
    from listinglint.catalogs import Catalog
    from listinglint.catalogs.changes import ChangedListings

_STDIN: Final = Text("standard input has no earlier version; --stdin-filename names the file that it is compared with", "标准输入没有旧版本；请用 --stdin-filename 指明与哪个文件比较")


def changed_listings(rev: str, catalog: Catalog, config: Config, given: Mapping[str, Any], lang: str) -> ChangedListings:
    """What lets changed listings through, read as the options say. Raises UsageError and CatalogError where there is nothing to compare with."""
    from listinglint.catalogs.changes import ChangedListings

    if any(info.file == "-" for info in catalog.sources):
        raise click.UsageError(_STDIN.get(lang))
    columns = {**config.columns, **opt.columns(given["columns"])}
    return ChangedListings.since(rev, catalog, columns=columns or None, sheet=given["sheet"], encoding=given["encoding"])
