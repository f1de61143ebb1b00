"""Record batches in and out, equal to what the listings give one by one."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from listinglint.config import Settings
from listinglint.engine import Linter
from listinglint.engine.batch import findings_schema, lint_batch, listings_of
from listinglint.model import UnknownField


def batch() -> pa.RecordBatch:
    return pa.record_batch(
        {
            "title": ["Faucet Kitchen Stainless Steel", "Bicycle Bell，Brass", None],
            "keywords": [["faucet", "tap"], ["bicycle bell"], None],
            "gtin": ["4006381333931", "123", None],
        }
    )


def test_findings_are_those_of_the_listings() -> None:
    linter = Linter(Settings())
    out = lint_batch(batch(), linter)
    assert out.schema == findings_schema()
    rows = out.to_pylist()
    for at, listing in enumerate(listings_of(batch())):
        mine = [(row["rule"], row["start"], row["penalty"]) for row in rows if row["row"] == at]
        assert mine == [(f.rule, f.start, f.penalty) for f in linter.lint(listing).findings]
    assert {"invalid-gtin", "fullwidth-characters"} <= {row["rule"] for row in rows}
    assert all(json.loads(row["fix"])["edits"] for row in rows if row["fix"])


def test_null_is_an_absent_field() -> None:
    assert listings_of(batch())[2].values == {}


def test_unknown_column_is_told() -> None:
    with pytest.raises(UnknownField, match="did you mean 'title'"):
        listings_of(pa.record_batch({"titel": ["x"]}))


def test_empty_batch() -> None:
    assert lint_batch(batch().slice(0, 0), Linter(Settings())).num_rows == 0
