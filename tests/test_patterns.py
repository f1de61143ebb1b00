"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import listinglint
from listinglint.model.patterns import LazyPattern, lazy_pattern


def test_every_pattern_compiles() -> None:
    found = 0
    for package in ("rules", "language"):
        folder = importlib.import_module(f"listinglint.{package}")
        for module in pkgutil.walk_packages(folder.__path__, f"listinglint.{package}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, LazyPattern):
                    assert re.compile(value._text, value._flags), f"{module.name}.{name}"
                    found += 1
    assert found > 200 and listinglint.__version__


def test_a_lazy_pattern_does_what_the_pattern_does() -> None:
    lazy, eager = lazy_pattern(r"(b)(o)?x", re.IGNORECASE), re.compile(r"(b)(o)?x", re.IGNORECASE)
    text = "Box, bx, BOX"
    assert lazy.sub("-", text) == eager.sub("-", text)
    assert [m.span() for m in lazy.finditer(text, 2)] == [m.span() for m in eager.finditer(text, 2)]
    assert lazy.findall(text) == eager.findall(text) and lazy.split(text) == eager.split(text)
    assert lazy.pattern == eager.pattern and lazy.fullmatch("bx") and not lazy.match("a")
    with pytest.raises(re.error):
        lazy_pattern("(").search("")
    with pytest.raises(AttributeError):
        _ = lazy.groupings  # type: ignore[attr-defined]
