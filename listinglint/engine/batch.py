"""The engine's inner contract: a record batch of listings in, a record batch of findings out, with nothing of a pool or cluster inside."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from listinglint.engine.collector import collector_at_rest
from listinglint.model import Listing
from listinglint.model.listing import field_names

if TYPE_CHECKING:
    import pyarrow

    from listinglint.engine.linter import Linter
    from listinglint.language.statistics import CatalogStatistics



def findings_schema() -> pyarrow.Schema:
    """The columns of the findings: `row` counts the listings of the batch from 0, `fix` is JSON, offsets are code points."""
    import pyarrow as pa

    return pa.schema(
        [
            ("row", pa.int64()), ("rule", pa.string()), ("variant", pa.string()), ("group", pa.string()), ("severity", pa.string()), ("field", pa.string()),
            ("part", pa.int64()), ("start", pa.int64()), ("end", pa.int64()), ("text", pa.string()), ("message", pa.string()), ("penalty", pa.float64()), ("fix", pa.string()), ("preview", pa.bool_()),
        ]
    )  # fmt: skip


def listings_of(batch: pyarrow.RecordBatch) -> list[Listing]:
    """The listings of a batch whose columns are fields: texts, numbers or lists of texts; a null is an absent field.

    Raises UnknownField for a column that is no field.
    """
    names = field_names(batch.schema.names)
    columns = [column.to_pylist() for column in batch.columns]
    return [Listing.of(dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True)]


@collector_at_rest()
def lint_batch(
    batch: pyarrow.RecordBatch,
    linter: Linter,
    statistics: CatalogStatistics | None = None,
    across: Sequence[Mapping[str, list[dict[str, Any]]]] | None = None,
) -> pyarrow.RecordBatch:
    """The findings of the listings of a batch, in their order.

    `statistics` and `across` (per row) are what a first pass over the whole catalog found; without them the rules across listings stay
    silent.
    """
    import pyarrow as pa

    schema = findings_schema()
    columns: dict[str, list[Any]] = {name: [] for name in schema.names}
    for row, report in enumerate(linter.lint_all(listings_of(batch), statistics, across)):
        for finding in report.findings:
            columns["row"].append(row)
            for name in ("rule", "variant", "group", "severity", "field", "part", "start", "end", "text", "message", "penalty", "preview"):
                columns[name].append(getattr(finding, name))
            columns["fix"].append(json.dumps(finding.fix.to_dict(), ensure_ascii=False) if finding.fix else None)
    return pa.record_batch([pa.array(columns[name], type=schema.field(name).type) for name in schema.names], schema=schema)


