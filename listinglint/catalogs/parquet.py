"""Reads Parquet files batch by batch; only the columns that feed a field are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from listinglint.catalogs import limits
from listinglint.catalogs.columns import list_headers, map_columns
from listinglint.catalogs.errors import CatalogError, ListingProblem, NoTitleColumnError
from listinglint.catalogs.tabular import Asked, SourceInfo
from listinglint.model import Listing, Source, Text


class ParquetSource:
    """A Parquet file; a null is a present and empty cell, as in a table."""

    def __init__(self, path: Path, shown: str, columns: Asked | None) -> None:
        import pyarrow
        import pyarrow.parquet as parquet

        self.path, self.shown = path, shown
        try:
            file = parquet.ParquetFile(path)
        except (pyarrow.ArrowException, OSError) as error:
            raise CatalogError(
                Text(f"the Parquet file is damaged: {str(error)[:120]}", f"Parquet 文件已损坏：{str(error)[:120]}"),
                file=shown,
            ) from None
        with file:
            names = list(file.schema_arrow.names)
            self.count = file.metadata.num_rows
            batch = next(file.iter_batches(batch_size=limits.SAMPLE_ROWS), None)
        if not self.count or batch is None:
            raise CatalogError(
                Text("there are no rows; at least one listing was expected", "没有任何数据行；至少应有一条商品"),
                file=shown,
            )
        sample = [["" if value is None else str(value) for value in row.values()] for row in batch.to_pylist()]
        mapping = map_columns(names, sample, columns=columns, file=shown)
        self.fields = {name: [names[at] for at in places] for name, places in mapping.fields.items()}
        self.ignore = names[mapping.ignore] if mapping.ignore is not None else None
        if "title" not in self.fields:
            listed = list_headers(names)
            raise NoTitleColumnError(
                Text(
                    f"no column is recognised as the title; the columns are: {listed}. Name it with --columns title=COLUMN",
                    f"没有识别出标题列；现有的列：{listed}。请用 --columns title=列名 指定",
                ),
                file=shown,
            )
        self.info = SourceInfo(
            shown, "parquet", fields=dict(self.fields), ignored=list(mapping.unknown), notes=list(mapping.notes)
        )
        self.info.see(mapping)
        if mapping.unknown:
            listed = list_headers(mapping.unknown)
            self.info.notes.append(
                Text(
                    f"columns that are no field of a listing are not read: {listed}",
                    f"以下列不是商品字段，不读取：{listed}",
                )
            )

    def listings(
        self, report: Callable[[ListingProblem], None], progress: Callable[[int], None] | None = None
    ) -> Iterator[Listing]:
        """The listings in order; `record` counts rows from 1."""
        import pyarrow.parquet as parquet

        wanted = list(dict.fromkeys(name for names in self.fields.values() for name in names))
        if self.ignore is not None:
            wanted.append(self.ignore)
        size, record = self.size(), 0
        with parquet.ParquetFile(self.path) as file:
            for batch in file.iter_batches(batch_size=2048, columns=wanted):
                for row in batch.to_pylist():
                    record += 1
                    yield self._listing(row, record, report)
                if progress is not None:
                    progress(size * record // self.count)

    def _listing(self, row: dict[str, Any], record: int, report: Callable[[ListingProblem], None]) -> Listing:
        values = {
            name: self._cell(row[names[0]], record, names[0], report)
            if len(names) == 1
            else [self._cell(row[one], record, one, report) for one in names]
            for name, names in self.fields.items()
        }
        ignore = str(row[self.ignore]) if self.ignore is not None and row[self.ignore] else None
        return Listing.of(values, Source(self.shown, None, record, None, {}, ignore))

    def _cell(self, value: Any, record: int, column: str, report: Callable[[ListingProblem], None]) -> Any:
        if isinstance(value, list) and value and isinstance(value[0], tuple):
            return dict(value)  # pyarrow gives a map column as pairs
        if isinstance(value, str) and len(value) > limits.MAX_CELL:
            report(
                ListingProblem(
                    Text(
                        f"the cell holds {len(value):,} characters; only the first {limits.MAX_CELL:,} are read",
                        f"单元格有 {len(value):,} 个字符；只读取前 {limits.MAX_CELL:,} 个",
                    ),
                    self.shown,
                    None,
                    record,
                    None,
                    column,
                )
            )
            return value[: limits.MAX_CELL]
        return "" if value is None else value

    def size(self) -> int:
        """Bytes of the file."""
        return self.path.stat().st_size
