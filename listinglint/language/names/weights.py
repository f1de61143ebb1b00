"""The weights of the models that read titles: numbers by the names of features, fitted by `data/build/fit_name_weights.py`."""

from __future__ import annotations

from functools import cache

from listinglint import lexicons


@cache
def weights(model: str) -> dict[str, float]:
    """The weights of a model (`brand`, `head`, `start`) by feature name; a feature that is not there weighs nothing."""
    return {row["feature"]: float(row["weight"]) for row in lexicons.table("name_weights") if row["model"] == model}
