"""What a run is told: what is selected and overridden, what the seller holds, and what makes the run fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date as Date
from typing import Any, Final

from listinglint.model import Severity

SEVERITIES: Final = ("error", "warning", "info")
FAIL_ON: Final = (*SEVERITIES, "never")


@dataclass(frozen=True)
class Seller:
    """What the seller holds and asks for, over all listings (`[seller]`)."""

    certifications: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    authorised_brands: tuple[str, ...] = ()
    banned_words: tuple[str, ...] = ()
    preferred_words: Mapping[str, str] = field(default_factory=dict)
    name: str | None = None
    region: str | None = None
    categories: tuple[str, ...] = ()

    @classmethod
    def of(cls, mapping: Mapping[str, Any]) -> Seller:
        """A seller from a mapping with these names; one text stands for a list of one."""
        known = {f: mapping[f] for f in cls.__dataclass_fields__ if f in mapping}
        unknown = set(mapping) - set(cls.__dataclass_fields__)
        if unknown:
            raise ValueError(f"unknown seller setting {sorted(unknown)[0]!r}; known: {', '.join(cls.__dataclass_fields__)}")
        for key, value in known.items():
            if key in ("name", "region", "preferred_words"):
                continue
            known[key] = (value,) if isinstance(value, str) else tuple(value)
        return cls(**known)


@dataclass(frozen=True)
class Settings:
    """All that decides what a run says. Selectors are rule names, `rule:variant`, groups or `ALL`."""

    marketplace: str = "alibaba"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    seller: Seller = field(default_factory=Seller)
    lang: str = "en"
    date: Date | None = None
    triggers: bool = True
    plugins: tuple[str, ...] = ()
    rule_files: tuple[str, ...] = ()
    thesaurus_files: tuple[str, ...] = ()
    category_file: str | None = None

    def replace(self, **changes: Any) -> Settings:
        """A copy with some settings changed."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Limits:
    """What makes a run fail. None: no such gate. `max_failing` is the percentage of listings that is forgiven."""

    fail_on: str = "warning"
    min_stars: int | None = None
    min_score: float | None = None
    min_catalog_score: float | None = None
    max_findings: int | None = None
    max_failing: float = 0.0
