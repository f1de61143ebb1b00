"""Lints one listing: analysis, the rules that can fire, findings with their penalties, score."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from time import perf_counter
from typing import Any, Final, NamedTuple

from listinglint.config import Settings, read_categories
from listinglint.engine.overrides import Overrides
from listinglint.engine.steps import Step
from listinglint.engine.suppress import Suppressions, parse_ignore
from listinglint.language.statistics import CatalogStatistics
from listinglint.language.thesaurus import extend
from listinglint.marketplaces import Marketplace, marketplace
from listinglint.model import Finding, InternalError, Listing, ListingReport
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.phrases import PhraseMatcher, matcher
from listinglint.rules.registry import ActiveRule, choose, load, options_of
from listinglint.rules.rule import Rule
from listinglint.scoring import Advice, advise, penalised, score_listing

Across = Mapping[str, list[dict[str, Any]]]

TOGETHER: Final = 125
"""So many listings are judged together."""


class Linter:
    """The rules of one run, ready to be applied to any number of listings.

    Where the settings have overrides, each listing is handed to the linter of those that fit it; `rules` are those of listings
    that none fits. Raises MarketplaceError and RuleError for settings that cannot be used.
    """

    def __init__(
        self, settings: Settings | None = None, suppressions: Suppressions | None = None, *, timed: bool = False, _base: Linter | None = None
    ) -> None:
        self.settings = settings if settings is not None and _base is not None else _with_files(settings or Settings())
        self.marketplace: Marketplace = marketplace(self.settings.marketplace)
        self._known: Mapping[str, Rule] = load(self.settings) if _base is None else _base._known
        self.rules: list[ActiveRule] = choose(self.settings, self.marketplace, self._known)
        self._overrides = Overrides(self.settings, self, self._overridden) if self.settings.overrides else None
        if _base is not None:
            # What compares listings with each other must do so by one measure.
            self.rules = [_base.measured(active) for active in self.rules]
        self.date = self.settings.date or datetime.date.today()
        self.suppressions = suppressions
        names = sorted({name for active in self.rules for name in (*active.rule.phrases, *active.rule.lexicons)})
        self.matcher: PhraseMatcher = matcher(tuple(names))
        self.penalties = {a.rule.name: a.rule.penalty for a in self.rules if a.rule.penalty is not None}
        self._own_across = [active for active in self.rules if active.rule.extract is not None]
        self.timed = timed
        self._times: dict[str, float] = {} if _base is None else _base._times
        self._english = tuple(sorted({field for active in self.rules if active.rule.english for field in active.rule.fields or ("title",)}))
        self._steps = lru_cache(maxsize=256)(self._choose_steps)
        if self._overrides is not None:
            self._overrides.make_each()

    def of(self, listing: Listing) -> Linter:
        """The linter whose settings hold for a listing: this one, unless overrides fit the listing."""
        return self if self._overrides is None else self._overrides.of(listing)

    def _overridden(self, settings: Settings) -> Linter:
        return Linter(settings, self.suppressions, timed=self.timed, _base=self)

    @property
    def across(self) -> list[ActiveRule]:
        """The rules across listings, those among them that overrides may switch on."""
        if self._overrides is None:
            return self._own_across
        return [self.measured(ActiveRule(rule, {}, rule.severity, {})) for rule in self._known.values() if rule.extract is not None]

    @property
    def reported(self) -> tuple[Rule, ...]:
        """All rules that may find something in this run, those among them that overrides may switch on."""
        own = tuple(active.rule for active in self.rules)
        if self._overrides is None:
            return own
        names = {rule.name for rule in own}
        return (*own, *(rule for rule in self._known.values() if rule.name not in names))

    @property
    def known(self) -> Mapping[str, Rule]:
        """All rules that there are, by name, those that the run does not apply among them."""
        return self._known

    def looks_for(self, selector: str) -> bool:
        """True where the run applies this rule or variant to some listings at least, and not as a preview."""
        name, _, variant = selector.partition(":")
        every = (self,) if self._overrides is None else self._overrides.made
        return any(
            active.rule.name == name and not active.preview and active.severity_of(variant or None) is not None
            for one in every
            for active in one.rules
        )

    def measured(self, active: ActiveRule) -> ActiveRule:
        """A rule as it is to be applied under these settings: one across listings has their options, whatever an override says."""
        if active.rule.extract is None:
            return active
        return dataclasses.replace(active, options=options_of(active.rule, self.settings, self.marketplace))

    def analyse(
        self, listing: Listing, statistics: CatalogStatistics | None = None, across: Across | None = None
    ) -> AnalysedListing:
        """The listing with its shared analysis, computed as rules ask for it."""
        own = self.of(listing)
        if own is not self:
            return own.analyse(listing, statistics, across)
        return AnalysedListing(
            listing, self.marketplace, self.settings.seller, self.date, self.matcher, statistics, across
        )

    def lint(
        self, listing: Listing, statistics: CatalogStatistics | None = None, across: Across | None = None
    ) -> ListingReport:
        """The report of one listing. A rule that crashes is an internal error of the report, never the end of it."""
        return self.judge(self.analyse(listing, statistics, across), crossed=across is not None)

    def lint_all(
        self, listings: Sequence[Listing], statistics: CatalogStatistics | None = None, across: Sequence[Across] | None = None
    ) -> list[ListingReport]:
        """The reports of listings, the same that `lint` makes of each, in less time; `across` has one item a listing."""
        reports: list[ListingReport] = []
        for first in range(0, len(listings), TOGETHER):
            some = listings[first : first + TOGETHER]
            docs = [
                self.analyse(listing, statistics, across[first + at] if across is not None else None) for at, listing in enumerate(some)
            ]
            reports += [own.suppressed(report) for own, report in self.rated_all(docs, crossed=across is not None)]
        return reports

    def judge(self, doc: AnalysedListing, *, crossed: bool = False) -> ListingReport:
        """The report of an analysed listing; `crossed` says that the rules across listings have had their pass."""
        own = self.of(doc.listing)
        if own is not self:
            return own.judge(doc, crossed=crossed)
        return self.suppressed(self.rated(doc.listing, *self.found(doc, crossed=crossed)))

    def rated_all(self, docs: Sequence[AnalysedListing], *, crossed: bool) -> list[tuple[Linter, ListingReport]]:
        """The reports of some analysed listings before suppressions, each with the linter whose settings hold for it."""
        alike: dict[tuple[int, tuple[str, ...]], tuple[Linter, list[_Open]]] = {}
        opened: list[tuple[Linter, _Open]] = []
        for doc in docs:
            own = self.of(doc.listing)
            one = _Open(doc, [], [])
            opened.append((own, one))
            alike.setdefault((id(own), tuple(doc.listing.values)), (own, []))[1].append(one)
        for own, some in alike.values():
            own._find(some, crossed)
        return [(own, own.rated(one.doc.listing, one.findings, one.errors)) for own, one in opened]

    def found(self, doc: AnalysedListing, *, crossed: bool) -> tuple[list[Finding], list[InternalError]]:
        """What the rules find in an analysed listing that no override fits, in order, before suppressions and without prices; and their crashes."""
        one = _Open(doc, [], [])
        self._find([one], crossed)
        return one.findings, one.errors

    def _find(self, rows: list[_Open], crossed: bool) -> None:
        """Runs the rules over analysed listings that have the same fields and that no override fits.

        Each rule goes over all of them before the next begins, so that its code and tables stay in the processor's caches.
        """
        if len(rows) == 1:
            self._find_alone(rows[0], crossed)
            return
        timed, lang = self.timed, self.settings.lang
        chinese = {id(row): fields for row in rows if (fields := self._chinese(row.doc))}
        began = perf_counter() if timed else 0.0
        for step in self._steps(tuple(rows[0].doc.listing.values), crossed):
            check, options = step.check, step.options
            for doc, findings, errors in self._able(step, rows, chinese):
                try:
                    for hit in check(doc, options):
                        finding = step.finding(hit, doc.listing, lang)
                        if finding is not None:
                            findings.append(finding)
                except Exception as crash:
                    errors.append(internal_error(step.active.rule.name, doc.listing, crash))
            if timed:
                began = self._clock(step.active.rule.name, began)
        for row in rows:
            row.findings.sort(key=_order)

    def _find_alone(self, row: _Open, crossed: bool) -> None:
        """The same for a single listing, without what it takes to handle groups."""
        doc, findings, errors = row
        triggers, timed, lang, listing = self.settings.triggers, self.timed, self.settings.lang, doc.listing
        chinese = self._chinese(doc)
        began = perf_counter() if timed else 0.0
        for step in self._steps(tuple(listing.values), crossed):
            try:
                if (
                    (step.needs is None or doc.across.get(step.needs))
                    and not (chinese and step.english and not chinese.isdisjoint(step.english) and _mostly_chinese(step.english, doc))
                    and (not triggers or ((step.phrases is None or doc.found.mask & step.phrases) and (step.screen is None or step.screen(doc))))
                ):
                    for hit in step.check(doc, step.options):
                        finding = step.finding(hit, listing, lang)
                        if finding is not None:
                            findings.append(finding)
            except Exception as crash:
                errors.append(internal_error(step.active.rule.name, listing, crash))
            if timed:
                began = self._clock(step.active.rule.name, began)
        findings.sort(key=_order)

    def _able(self, step: Step, rows: list[_Open], chinese: Mapping[int, frozenset[str]]) -> list[_Open]:
        """The listings on which a rule must be run."""
        if chinese and step.english:
            rows = [
                row for row in rows if chinese.get(id(row), frozenset()).isdisjoint(step.english) or not _mostly_chinese(step.english, row.doc)
            ]
        if step.needs is not None:
            rows = [row for row in rows if row.doc.across.get(step.needs)]
        phrases, screen = step.phrases, step.screen
        if not rows or not self.settings.triggers or (phrases is None and screen is None):
            return rows
        try:
            if phrases is not None:
                rows = [row for row in rows if row.doc.found.mask & phrases]
            return rows if screen is None else [row for row in rows if screen(row.doc)]
        except Exception:
            return [row for row in rows if self._passes(step, row)]

    def _passes(self, step: Step, row: _Open) -> bool:
        """True where the triggers of a rule let a listing pass; where they crash, that is an error of the listing."""
        try:
            return (step.phrases is None or row.doc.found.mask & step.phrases != 0) and (step.screen is None or step.screen(row.doc))
        except Exception as crash:
            row.errors.append(internal_error(step.active.rule.name, row.doc.listing, crash))
            return False

    def rated(self, listing: Listing, findings: Sequence[Finding], errors: Sequence[InternalError] = ()) -> ListingReport:
        """The report of a listing with these findings, which get their prices; none is suppressed."""
        priced = penalised(findings, self.marketplace.score, self.penalties)
        score = score_listing(listing, priced, self.marketplace.score)
        return ListingReport(listing, tuple(priced), score.score, score.stars, score.sections, score.capped_by, errors=tuple(errors))

    def suppressed(self, report: ListingReport) -> ListingReport:
        """A report from `rated` without the findings that are suppressed, the others priced anew."""
        source = report.listing.source
        ignored = parse_ignore(source.ignore) if source is not None and source.ignore else ()
        if not ignored and self.suppressions is None:
            return report
        left = [
            finding
            for finding in report.findings
            if not any(one.covers(finding) for one in ignored)
            and not (self.suppressions is not None and self.suppressions.covers(report.listing, finding, self.date))
        ]
        if len(left) == len(report.findings):
            return report
        return dataclasses.replace(self.rated(report.listing, left, report.errors), suppressed=len(report.findings) - len(left))

    def advise(self, report: ListingReport) -> tuple[Advice, ...]:
        """What takes the listing of `report` to five stars, the greatest gain first."""
        own = self.of(report.listing)
        return advise(report, own.marketplace.score, own.penalties)

    def extract(self, listing: Listing, only: Collection[str] | None = None) -> Extracted:
        """What the rules across listings (`only` these, where they are given) need of this one."""
        return self.extract_all((listing,), only)[0]

    def extract_all(self, listings: Sequence[Listing], only: Collection[str] | None = None) -> list[Extracted]:
        """The same of each of these listings, in less time."""
        found: list[Extracted] = []
        for first in range(0, len(listings), TOGETHER):
            by_linter: dict[int, tuple[Linter, list[tuple[AnalysedListing, Extracted]]]] = {}
            for listing in listings[first : first + TOGETHER]:
                own = self.of(listing)
                found.append(Extracted({}, [], []))
                by_linter.setdefault(id(own), (own, []))[1].append((own.analyse(listing), found[-1]))
            for own, rows in by_linter.values():
                own._extract(rows, only)
        return found

    def _extract(self, rows: Sequence[tuple[AnalysedListing, Extracted]], only: Collection[str] | None) -> None:
        for active in self._own_across:
            rule = active.rule
            if rule.extract is None or (only is not None and rule.name not in only):
                continue
            for doc, out in rows:
                if rule.fields and not any(map(doc.has, rule.fields)):
                    continue
                try:
                    value = rule.extract(doc, active.options)
                except Exception as crash:
                    out.errors.append(internal_error(rule.name, doc.listing, crash))
                    continue
                if value is not None:
                    out.values[rule.name] = value
                if doc.asked:
                    out.placed.append(rule.name)
                    doc.asked.clear()

    def _choose_steps(self, fields: tuple[str, ...], across: bool) -> tuple[Step, ...]:
        """The rules that may say something of a listing with these fields."""
        return tuple(
            Step(active, reduce(or_, (self.matcher.bits.get(name, 0) for name in rule.phrases)) if rule.phrases else None, self.settings.lang)
            for active in self.rules
            if (rule := active.rule)
            and (not rule.fields or any(field in fields for field in rule.fields))
            and (across or rule.extract is None or rule.alone)
        )

    def _chinese(self, doc: AnalysedListing) -> frozenset[str]:
        """The fields read by rules for English that hold a Chinese text; mostly none."""
        values = doc.listing.values
        found = []
        for name in self._english:
            value = values.get(name)
            if value is None or (value.isascii() if isinstance(value, str) else all(map(str.isascii, value))):
                continue
            if any(part.chinese for part in doc.parts(name)):
                found.append(name)
        return frozenset(found)

    def _clock(self, rule: str, began: float) -> float:
        now = perf_counter()
        self._times[rule] = self._times.get(rule, 0.0) + now - began
        return now

    def take_times(self) -> dict[str, float]:
        """The seconds that each rule took since the last call, what it asked of the shared analysis among them; empty unless `timed`."""
        taken = dict(self._times)
        self._times.clear()
        return taken

    def add_times(self, times: Mapping[str, float]) -> None:
        """Adds the seconds that rules took elsewhere."""
        for rule, seconds in times.items():
            self._times[rule] = self._times.get(rule, 0.0) + seconds


class _Open(NamedTuple):
    """A listing that is being judged: its analysis, and what was found so far."""

    doc: AnalysedListing
    findings: list[Finding]
    errors: list[InternalError]


class Extracted(NamedTuple):
    """What rules across listings took from a listing, by rule, the errors of those that crashed on it, and those that asked where it stands."""

    values: dict[str, Any]
    errors: list[InternalError]
    placed: list[str]


def _with_files(settings: Settings) -> Settings:
    """The settings with what the files they name hold: the seller's thesaurus is loaded, his category tree read."""
    for path in settings.thesaurus_files:
        extend(path)
    if settings.category_file is None or settings.seller.categories:
        return settings
    return settings.replace(seller=dataclasses.replace(settings.seller, categories=read_categories(settings.category_file)))


def _mostly_chinese(fields: tuple[str, ...], doc: AnalysedListing) -> bool:
    for name in fields:
        if doc.has(name):
            first = doc.field(name)
            return first is not None and first.chinese
    return False


def _order(finding: Finding) -> tuple[int, int, int, str]:
    return _FIELD_ORDER.get(finding.field, 99), finding.part, -1 if finding.start is None else finding.start, finding.rule


_FIELD_ORDER = {
    name: at
    for at, name in enumerate(
        (
            "id", "title", "subtitle", "keywords", "brief", "description", "highlights", "seo_title", "meta_description", "category",
            "attributes", "brand", "model", "certifications", "price", "moq", "gtin", "updated", "group", "images",
        )
    )
}  # fmt: skip


def internal_error(rule: str, listing: Listing | None, crash: Exception) -> InternalError:
    """The report of a crash: which rule, on which listing, and where in the code."""
    import traceback

    frame = traceback.extract_tb(crash.__traceback__)[-1]
    place = f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}"
    record = listing.source.record if listing is not None and listing.source else None
    return InternalError(rule, listing.text("id") if listing is not None else None, record, f"{type(crash).__name__}: {crash} ({place})")
