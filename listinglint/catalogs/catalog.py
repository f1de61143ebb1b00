"""Opens catalogs: resolves paths, finds out what each file is, and streams the listings of all of them in order."""

from __future__ import annotations

import glob
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from listinglint.catalogs.delimited import DelimitedSource
from listinglint.catalogs.errors import CatalogError, ListingProblem, NoTitleColumnError
from listinglint.catalogs.formats import FOLDER_SUFFIXES, detect_format
from listinglint.catalogs.places import CellPlaces, Place
from listinglint.catalogs.tabular import SourceInfo
from listinglint.model import Listing, Text


class _Reader(Protocol):
    info: SourceInfo

    def listings(self, report: Any, progress: Any = None) -> Iterator[Listing]: ...

    def size(self) -> int: ...


class Catalog:
    """An ordered stream of listings from one or more files; it can be iterated any number of times.

    `sources` describes each file or sheet, `notes` says what was decided or passed over on opening. `problems` holds
    the records of the latest pass that could not be read whole (at most `MAX_PROBLEMS`; `problem_count` counts all).
    While iterating, `position` of `total` (bytes) have been read. Iterating raises CatalogError for a fault that
    shows only in the middle of a file (an undecodable byte, an open quote, a broken JSON line).
    """

    MAX_PROBLEMS = 1000

    def __init__(self, readers: Sequence[_Reader], notes: Sequence[Text], spool: Any = None) -> None:
        self._readers = list(readers)
        self._spool = spool
        self.sources: list[SourceInfo] = [reader.info for reader in self._readers]
        self._notes = list(notes)
        self._places: dict[str | None, CellPlaces | None] = {}
        self.problems: list[ListingProblem] = []
        self.problem_count = 0
        self.total = sum(reader.size() for reader in self._readers)
        self.position = 0

    @property
    def readers(self) -> tuple[_Reader, ...]:
        """The readers of the files and sheets, in the order of `sources`."""
        return tuple(self._readers)

    @property
    def notes(self) -> list[Text]:
        """Notes on all sources, each with its file and sheet in front where there are several."""
        several = len(self.sources) > 1
        out = list(self._notes)
        for info in self.sources:
            front = f"{info.file}" + (f" [{info.sheet}]" if info.sheet and several else "")
            out.extend(Text(f"{front}: {note.en}", f"{front}：{note.zh}") for note in info.notes)
        return out

    @property
    def columns(self) -> list[tuple[str, int | None, str]]:
        """The columns that feed fields, in the order of the first source, those that only others have behind them: field, part, header.

        The part is None where the field has no columns of its own (JSON), so that its text is meant as a whole.
        """
        out: dict[tuple[str, int | None], str] = {}
        for info in self.sources:
            for name, part, header in info.columns():
                out.setdefault((name, part), header)
        return [(name, part, header) for (name, part), header in out.items()]

    def __iter__(self) -> Iterator[Listing]:
        self.problems = []
        self.problem_count = 0
        self.position = 0
        done = 0
        for reader in self._readers:
            yield from reader.listings(self._report, self._progress(done))
            done += reader.size()
            self.position = done

    def place(self, listing: Listing, field: str, part: int, start: int | None, end: int | None) -> Place | None:
        """Where words of a listing stand in a text table; None in other files. See `CellPlaces.place`."""
        name = listing.source.source if listing.source else None
        if name not in self._places:
            found = [one for one in self._readers if isinstance(one, DelimitedSource) and one.shown == name]
            # Two sources of one name (standard input twice) cannot be told apart.
            self._places[name] = CellPlaces(found[0].path, found[0].encoding.name, found[0].dialect) if len(found) == 1 else None
        places = self._places[name]
        return places.place(listing, field, part, start, end) if places else None

    def _progress(self, done: int) -> Any:
        def tell(read: int) -> None:
            self.position = min(done + read, self.total)

        return tell

    def _report(self, problem: ListingProblem) -> None:
        self.problem_count += 1
        if len(self.problems) < self.MAX_PROBLEMS:
            self.problems.append(problem)


def open_catalog(
    paths: Sequence[str | Path],
    *,
    columns: Mapping[str, Sequence[str]] | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    stdin_filename: str | None = None,
    shown: str | None = None,
) -> Catalog:
    """Opens files, globs, folders (all catalog files under them, sorted) and `-` (standard input) as one catalog.

    `columns` maps fields to headers or column letters and wins over what is recognised; `sheet` picks the sheet of
    workbooks; `encoding` overrides detection; `stdin_filename` names standard input in reports and gives its ending; `shown` does so for
    a single file that lies under another name (an upload).
    Standard input is spooled to a temporary file, so that it can be read twice.
    Raises CatalogError when a file is missing or unreadable, or has no title column.
    """
    readers: list[_Reader] = []
    notes: list[Text] = []
    spool = None
    for path in paths:
        if str(path) == "-":
            spool, shown = spool or _spool_stdin(), stdin_filename or "-"
            _open_one(Path(spool.name), shown, columns, sheet, encoding, readers, notes)
            continue
        found, by_search = _resolve(path)
        refused: CatalogError | None = None
        before = len(readers)
        for one in found:
            try:
                _open_one(one, shown or str(one), columns, sheet, encoding, readers, notes)
            except NoTitleColumnError as error:
                if not by_search:
                    raise
                refused = error
                notes.append(Text(f"{one} is not read: it has no title column", f"不读取 {one}：没有标题列"))
        if refused is not None and len(readers) == before:
            raise refused
    if not readers:
        raise CatalogError(
            Text(
                "no file was given; name a file, a folder, or - for standard input",
                "没有指定文件；请给出文件、文件夹，或用 - 表示标准输入",
            )
        )
    return Catalog(readers, notes, spool)


def _resolve(path: str | Path) -> tuple[list[Path], bool]:
    """The files that a path means, and whether they were found by searching (a folder, a glob)."""
    one = Path(path)
    if one.is_dir():
        files = sorted(
            file
            for file in one.rglob("*")
            if file.suffix.lower() in FOLDER_SUFFIXES and file.is_file() and not _hidden(file.relative_to(one))
        )
        if not files:
            endings = ", ".join(sorted(FOLDER_SUFFIXES))
            raise CatalogError(
                Text(
                    f"there is no catalog file in this folder ({endings})", f"该文件夹中没有商品目录文件（{endings}）"
                ),
                file=str(path),
            )
        return files, True
    if one.exists():
        return [one], False
    if glob.has_magic(str(path)):
        files = sorted(Path(name) for name in glob.glob(str(path), recursive=True) if Path(name).is_file())  # noqa: PTH207 - absolute patterns
        files = [file for file in files if not _hidden(Path(file.name))]
        if not files:
            raise CatalogError(Text("no file matches this pattern", "没有文件与该通配符匹配"), file=str(path))
        return files, True
    raise CatalogError(_missing(one), file=str(path))


def _missing(path: Path) -> Text:
    import difflib

    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        names = []
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.7)
    hint = f"; did you mean {path.parent / near[0]}?" if near else ""
    hint_zh = f"；您是否想用 {path.parent / near[0]}？" if near else ""
    return Text(f"there is no such file{hint}", f"文件不存在{hint_zh}")


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def _spool_stdin() -> Any:
    spool = tempfile.NamedTemporaryFile(prefix="listinglint-")  # noqa: SIM115 - lives as long as the catalog
    shutil.copyfileobj(sys.stdin.buffer, spool)
    spool.flush()
    return spool


def _open_one(
    path: Path,
    shown: str,
    columns: Mapping[str, Sequence[str]] | None,
    sheet: str | None,
    encoding: str | None,
    readers: list[_Reader],
    notes: list[Text],
) -> None:
    try:
        kind = detect_format(path, shown, shown, encoding)
        if kind == "xlsx":
            from listinglint.catalogs.workbooks import open_workbook

            sheets, more = open_workbook(path, shown, columns, sheet)
            readers.extend(sheets)
            notes.extend(more)
        elif kind == "parquet":
            from listinglint.catalogs.parquet import ParquetSource

            readers.append(ParquetSource(path, shown, columns))
        elif kind == "table":
            readers.append(DelimitedSource(path, shown, columns, encoding, Path(shown).suffix.lower()))
        else:
            from listinglint.catalogs.jsons import JsonSource

            readers.append(JsonSource(path, shown, columns, encoding, lines=kind == "jsonl"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise CatalogError(
            Text(f"the file cannot be opened: {reason}", f"无法打开文件：{reason}"), file=shown
        ) from None
