"""Which listings of a catalog differ from an earlier version of its files."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy
import xxhash

from listinglint.catalogs.catalog import Catalog, open_catalog
from listinglint.catalogs.errors import CatalogError
from listinglint.catalogs.revisions import FileHistory
from listinglint.model import Listing, ListingReport, Text
from listinglint.model.identity import listing_identity

_NEW: Final = Text("{file} is new since {rev}; all its listings count as changed", "{file} 是 {rev} 之后新增的文件；其中的产品全部视为有改动")
_RENAMED: Final = Text("{file} was {before} at {rev}", "{file} 在 {rev} 时名为 {before}")
_UNREADABLE: Final = Text(
    "{file} cannot be read as it was at {rev}, so that all its listings count as changed: {why}", "无法读取 {file} 在 {rev} 时的内容，其中的产品全部视为有改动：{why}"
)
_COUNT: Final = Text("{n:,} of {all:,} listings differ from {rev}; the others are neither shown nor judged", "共 {all:,} 条产品，其中 {n:,} 条与 {rev} 不同；其余不显示也不判定")
_STDIN: Final = Text("standard input has no earlier version", "标准输入没有旧版本")


class ChangedListings:
    """Lets through the reports of changed listings; to be asked for all listings in the catalog's order.

    Of an unchanged listing the findings that name a changed one are let through: a new copy may stand before the listing that it
    repeats.
    """

    def __init__(self, rev: str, earlier: EarlierListings) -> None:
        self._rev, self._earlier = rev, earlier
        self._all = 0
        self._changed = 0
        self._names: set[str] = set()

    @classmethod
    def since(
        cls,
        rev: str,
        catalog: Catalog,
        *,
        columns: Mapping[str, Sequence[str]] | None = None,
        sheet: str | None = None,
        encoding: str | None = None,
    ) -> ChangedListings:
        """Those of a catalog that differ from its files at a git revision. Raises CatalogError where there is nothing to compare with."""
        if any(info.file == "-" for info in catalog.sources):
            raise CatalogError(_STDIN, file="-")
        return cls(rev, EarlierListings.at(rev, catalog, columns=columns, sheet=sheet, encoding=encoding))

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


class EarlierListings:
    """The listings of an earlier version, by a hash of all that they hold; where they stood plays no part.

    Takes twelve bytes a listing. `notes` says which files had no earlier version that could be read.
    """

    def __init__(self, hashes: Iterable[int], notes: Sequence[Text] = ()) -> None:
        self._hashes, counts = numpy.unique(numpy.array(array("Q", hashes), dtype=numpy.uint64), return_counts=True)
        self._left = counts.astype(numpy.uint32)
        self.notes = list(notes)

    @classmethod
    def at(
        cls,
        rev: str,
        catalog: Catalog,
        *,
        columns: Mapping[str, Sequence[str]] | None = None,
        sheet: str | None = None,
        encoding: str | None = None,
    ) -> EarlierListings:
        """Those of the files of `catalog` at the git revision `rev`, read as the catalog itself was.

        Raises CatalogError for a file that is in no repository, and for a revision that there is not.
        """
        hashes = array("Q")
        notes: list[Text] = []

        def say(text: Text, **values: Any) -> None:
            notes.append(Text(*(text.format(lang, rev=rev, **{name: _said(value, lang) for name, value in values.items()}) for lang in ("en", "zh"))))

        def read(path: Path) -> Catalog:
            return open_catalog([path], columns=columns, sheet=sheet, encoding=encoding)

        for file in dict.fromkeys(info.file for info in catalog.sources):
            _add(hashes, rev, Path(file), read, say)
        return cls(hashes, notes)

    def holds(self, listing: Listing) -> bool:
        """True when a listing like this one was there; each is found as often as it stood there."""
        value = hash_of(listing)
        at = int(numpy.searchsorted(self._hashes, numpy.uint64(value)))
        if at == len(self._hashes) or int(self._hashes[at]) != value or not self._left[at]:
            return False
        self._left[at] -= 1
        return True


def _add(hashes: array[int], rev: str, path: Path, read: Callable[[Path], Catalog], say: Callable[..., None]) -> None:
    """Adds the hashes of the listings of one file at a revision; `say` is told of a file without such a version, or of another name."""
    history = FileHistory(path, str(path))
    commit = history.commit(rev)
    name = history.name_at(commit)
    if name is None:
        say(_NEW, file=path)
        return
    if Path(name).name != path.resolve().name:
        say(_RENAMED, file=path, before=name)
    with tempfile.TemporaryDirectory(prefix="listinglint-") as folder:
        copy = Path(folder) / f"earlier{Path(name).suffix}"
        with copy.open("w+b") as out:
            history.write(commit, name, rev, out)
        before = len(hashes)
        try:
            hashes.extend(map(hash_of, read(copy)))
        except CatalogError as broken:
            del hashes[before:]
            say(_UNREADABLE, file=path, why=broken.detail)


def _said(value: Any, lang: str) -> Any:
    return value.get(lang) if isinstance(value, Text) else value


def hash_of(listing: Listing) -> int:
    """64 bits of all that a listing holds, and of its `lint-ignore`; not of where it stands."""
    parts: list[str] = []
    for name in sorted(listing.values):
        parts.append(name)
        parts += (f"{len(part)}:{part}" for part in (*listing.keys.get(name, ()), *listing.parts(name)))
    parts.append((listing.source.ignore if listing.source else None) or "")
    return int(xxhash.xxh64_intdigest("\x1f".join(parts).encode("utf-8", "surrogatepass")))
