"""Twenty simple checks of a catalog's rows by validators of tables, one tool a run: `peer_tables.py TOOL FILE`.

The checks are alike for all: texts present and not blank, ids unique and of a pattern, lengths within limits, numbers within ranges,
brands and categories that begin with a letter, images that are addresses.
"""

from __future__ import annotations

import sys

LENGTHS = {"title": (10, 128), "keywords": (3, 500), "description": (40, 5_000), "brand": (1, 60), "model": (1, 60), "category": (3, 200)}
PATTERNS = {"id": r"^[\w-]+$", "title": r"^\S", "brand": r"^\w", "category": r"^\w", "image": r"^https?://"}
NUMBERS = {"price": (0.01, 100_000.0), "moq": (1.0, 100_000.0)}
PRESENT = ("id", "title", "keywords", "description", "category", "price")


def pandera(path: str) -> int:
    """Cases of failure found by pandera over pandas."""
    import pandas
    import pandera.pandas as pa

    columns = {}
    frame = pandas.read_csv(path)
    for name in frame.columns:
        checks = []
        if name in LENGTHS:
            checks.append(pa.Check.str_length(*LENGTHS[name]))
        if name in PATTERNS:
            checks.append(pa.Check.str_matches(PATTERNS[name]))
        if name in NUMBERS:
            checks.append(pa.Check.in_range(*NUMBERS[name]))
        columns[name] = pa.Column(checks=checks, nullable=name not in PRESENT, unique=name == "id")
    try:
        pa.DataFrameSchema(columns).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as found:
        return len(found.failure_cases)
    return 0


def polars(path: str) -> int:
    """Rows counted by bare expressions of polars."""
    import polars as pl

    frame = pl.read_csv(path)
    checks = [pl.col(name).is_null().sum() for name in PRESENT]
    checks += [(~pl.col(name).str.len_chars().is_between(*limits)).sum() for name, limits in LENGTHS.items()]
    checks += [(~pl.col(name).str.contains(pattern)).sum() for name, pattern in PATTERNS.items()]
    checks += [(~pl.col(name).is_between(*limits)).sum() for name, limits in NUMBERS.items()]
    checks.append(pl.col("id").is_duplicated().sum())
    counted = frame.select(*[check.alias(str(at)) for at, check in enumerate(checks)])
    return sum(int(value or 0) for value in counted.row(0))


def great_expectations(path: str) -> int:
    """Expectations of great_expectations that fail."""
    import great_expectations as gx
    import pandas

    wanted = [gx.expectations.ExpectColumnValuesToNotBeNull(column=name) for name in PRESENT]
    wanted += [gx.expectations.ExpectColumnValueLengthsToBeBetween(column=name, min_value=low, max_value=high) for name, (low, high) in LENGTHS.items()]
    wanted += [gx.expectations.ExpectColumnValuesToMatchRegex(column=name, regex=pattern) for name, pattern in PATTERNS.items()]
    wanted += [gx.expectations.ExpectColumnValuesToBeBetween(column=name, min_value=low, max_value=high) for name, (low, high) in NUMBERS.items()]
    wanted.append(gx.expectations.ExpectColumnValuesToBeUnique(column="id"))
    batch = gx.get_context(mode="ephemeral").data_sources.pandas_default.read_dataframe(pandas.read_csv(path))
    return sum(not batch.validate(one).success for one in wanted)


if __name__ == "__main__":
    tool, file = sys.argv[1:]
    print({"pandera": pandera, "polars": polars, "great_expectations": great_expectations}[tool](file))
