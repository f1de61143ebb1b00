"""`--changed-since`: of the reports of a run those of listings that differ from an earlier version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import click

from listinglint.cli import options as opt
from listinglint.config import Config
from listinglint.model import ListingReport, Text
from listinglint.model.identity import listing_identity

if TYPE_CHECKING:
    from listinglint.catalogs import Catalog

_COUNT: Final = Text("{n:,} of {all:,} listings differ from {rev}; the others are neither shown nor judged", "共 {all:,} 条产品，其中 {n:,} 条与 {rev} 不同；其余不显示也不判定")
_STDIN: Final = Text("standard input has no earlier version; --stdin-filename names the file that it is compared with", "标准输入没有旧版本；请用 --stdin-filename 指明与哪个文件比较")


class ChangedListings:
    """Lets through the reports of changed listings; to be asked for all listings in the catalog's order.

    Of an unchanged listing the findings that name a changed one are let through: a new copy may stand before the listing that it
    repeats. Raises UsageError and CatalogError where there is nothing to compare with.
    """

    def __init__(self, rev: str, catalog: Catalog, config: Config, given: Mapping[str, Any], lang: str) -> None:
        from listinglint.catalogs.changes import EarlierListings

        if any(info.file == "-" for info in catalog.sources):
            raise click.UsageError(_STDIN.get(lang))
        columns = {**config.columns, **opt.columns(given["columns"])}
        self._earlier = EarlierListings.at(rev, catalog, columns=columns or None, sheet=given["sheet"], encoding=given["encoding"])
        self._rev = rev
        self._all = 0
        self._changed = 0
        self._names: set[str] = set()

    def pick(self, report: ListingReport) -> ListingReport | None:
        """The report as it is to be judged and shown, or None."""
        self._all += 1
        if not self._earlier.holds(report.listing):
            self._changed += 1
            self._names.add(listing_identity(report.listing))
            return report
        found = tuple(finding for finding in report.findings if finding.other in self._names)
        return replace(report, findings=found) if found or report.errors else None

    def notes(self) -> list[Text]:
        """What is to be said at the end."""
        return [*self._earlier.notes, Text(*(_COUNT.format(lang, n=self._changed, all=self._all, rev=self._rev) for lang in ("en", "zh")))]
