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

    def changed(self, changes: Mapping[str, Any]) -> Seller:
        """A copy with these settings: words that are banned or preferred are added, all else is replaced."""
        if not changes:
            return self
        new = replace(self, **changes)
        banned = tuple(dict.fromkeys((*self.banned_words, *changes.get("banned_words", ()))))
        return replace(new, banned_words=banned, preferred_words={**self.preferred_words, **changes.get("preferred_words", {})})


@dataclass(frozen=True)
class Selection:
    """The rules that one layer of settings (a file, an override, the command line) takes and leaves out."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.select or self.ignore or self.extend_select)


@dataclass(frozen=True)
class Override:
    """Settings for some listings only: those that fit all the conditions that are given.

    `files` are patterns as in a .gitignore file, relative to `folder` (None: the current one). `categories` are patterns
    with `*` and `?` of one or more levels in a row (`Kitchen > *`), blind to case. `marketplaces` are such patterns of the marketplace in force.
    What is None or empty stays as it is.
    """

    files: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    marketplaces: tuple[str, ...] = ()
    marketplace: str | None = None
    selection: Selection = field(default_factory=Selection)
    severity: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    seller: Mapping[str, Any] = field(default_factory=dict)
    folder: str | None = None


@dataclass(frozen=True)
class Settings:
    """All that decides what a run says. Selectors are rule names, `rule:variant`, groups or `ALL`.

    `beneath` are the selections of the layers below, the lowest first: of selectors that are equally specific the upper layer's wins.
    `overrides` hold for some listings only, the later over the earlier. Rules newer than `rule_set` are only previews.
    """

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
    beneath: tuple[Selection, ...] = ()
    overrides: tuple[Override, ...] = ()
    rule_set: str | None = None

    @property
    def selections(self) -> tuple[Selection, ...]:
        """All layers of selectors, the lowest first."""
        return (*self.beneath, Selection(self.select, self.ignore, self.extend_select))

    def selecting(self, selection: Selection, *, alone: bool = False) -> Settings:
        """A copy with one more layer of selectors; `alone` leaves those below out."""
        beneath = () if alone else tuple(one for one in self.selections if one)
        return replace(self, beneath=beneath, select=selection.select, ignore=selection.ignore, extend_select=selection.extend_select)

    def overridden(self, override: Override) -> Settings:
        """A copy with what an override sets, whoever it is for."""
        options = {name: {**self.options.get(name, {}), **given} for name, given in override.options.items()}
        return replace(
            self.selecting(override.selection),
            marketplace=override.marketplace or self.marketplace,
            severity={**self.severity, **override.severity},
            options={**self.options, **options},
            seller=self.seller.changed(override.seller),
        )

    def asked(self, selection: Selection, marketplace: str | None = None, severity: Mapping[str, Severity] | None = None) -> Settings:
        """A copy with what a run asks for: a layer of selectors, a marketplace, severities.

        It holds for all listings, also for those that an override fits.
        """
        overrides = self.overrides
        if overrides and marketplace:
            overrides = tuple(replace(one, marketplace=None) for one in overrides)
        if overrides and (selection or severity):
            overrides = (*overrides, Override(selection=selection, severity=severity or {}))
        return replace(
            self.selecting(selection) if selection else self,
            marketplace=marketplace or self.marketplace,
            severity={**self.severity, **(severity or {})},
            overrides=overrides,
        )

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
