"""Lints one listing: analysis, the rules that can fire, findings with their penalties, score."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from time import perf_counter
from typing import Any, NamedTuple

from listinglint.config import Settings, read_categories
from listinglint.engine.overrides import Overrides
from listinglint.engine.suppress import Suppressions, parse_ignore
from listinglint.language.statistics import CatalogStatistics
from listinglint.language.thesaurus import extend
from listinglint.marketplaces import Marketplace, marketplace
from listinglint.model import Finding, Fix, InternalError, Listing, ListingReport, Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.phrases import PhraseMatcher, matcher
from listinglint.rules.registry import ActiveRule, choose, load, options_of
from listinglint.rules.rule import Check, Hit, Rule
from listinglint.scoring import Advice, advise, penalised, score_listing

Across = Mapping[str, list[dict[str, Any]]]


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

    def judge(self, doc: AnalysedListing, *, crossed: bool = False) -> ListingReport:
        """The report of an analysed listing; `crossed` says that the rules across listings have had their pass."""
        own = self.of(doc.listing)
        if own is not self:
            return own.judge(doc, crossed=crossed)
        return self.rated(doc.listing, *self.found(doc, crossed=crossed))

    def found(self, doc: AnalysedListing, *, crossed: bool) -> tuple[list[Finding], list[InternalError]]:
        """What the rules find in an analysed listing that no override fits, in order, before suppressions and without prices; and their crashes."""
        listing = doc.listing
        findings: list[Finding] = []
        errors: list[InternalError] = []
        triggers, timed, lang = self.settings.triggers, self.timed, self.settings.lang
        chinese = self._chinese(doc)
        began = perf_counter() if timed else 0.0
        for step in self._steps(tuple(listing.values), crossed):
            try:
                if (
                    not (chinese and step.english and not chinese.isdisjoint(step.english) and _mostly_chinese(step.english, doc))
                    and (step.needs is None or doc.across.get(step.needs))
                    and (not triggers or (step.phrases is None or doc.found.mask & step.phrases) and (step.screen is None or step.screen(doc)))
                ):
                    for hit in step.check(doc, step.active.options):
                        severity = step.active.severity_of(hit.variant)
                        if severity is not None:
                            findings.append(_finding(step.active, severity, hit, listing, lang))
            except Exception as crash:
                errors.append(internal_error(step.active.rule.name, listing, crash))
            if timed:
                began = self._clock(step.active.rule.name, began)
        findings.sort(key=_order)
        return findings, errors

    def rated(self, listing: Listing, findings: list[Finding], errors: Sequence[InternalError] = ()) -> ListingReport:
        """The report of a listing with these findings: those that are suppressed left out, the others priced."""
        findings, suppressed = self._suppress(listing, findings)
        priced = penalised(findings, self.marketplace.score, self.penalties)
        score = score_listing(listing, priced, self.marketplace.score)
        return ListingReport(
            listing, tuple(priced), score.score, score.stars, score.sections, score.capped_by,
            suppressed=suppressed, errors=tuple(errors),
        )  # fmt: skip

    def advise(self, report: ListingReport) -> tuple[Advice, ...]:
        """What takes the listing of `report` to five stars, the greatest gain first."""
        own = self.of(report.listing)
        return advise(report, own.marketplace.score, own.penalties)

    def extract(self, listing: Listing, only: Collection[str] | None = None) -> Extracted:
        """What the rules across listings (`only` these, where they are given) need of this one."""
        own = self.of(listing)
        if own is not self:
            return own.extract(listing, only)
        out: dict[str, Any] = {}
        errors: list[InternalError] = []
        placed: list[str] = []
        doc = self.analyse(listing)
        for active in self._own_across:
            if only is not None and active.rule.name not in only:
                continue
            if active.rule.fields and not any(listing.has(field) for field in active.rule.fields):
                continue
            assert active.rule.extract is not None
            try:
                value = active.rule.extract(doc, active.options)
            except Exception as crash:
                errors.append(internal_error(active.rule.name, listing, crash))
                continue
            if value is not None:
                out[active.rule.name] = value
            if doc.asked:
                placed.append(active.rule.name)
                doc.asked.clear()
        return Extracted(out, errors, placed)

    def _choose_steps(self, fields: tuple[str, ...], across: bool) -> tuple[_Step, ...]:
        """The rules that may say something of a listing with these fields."""
        return tuple(
            _Step(
                active,
                rule.check,
                (rule.fields or ("title",)) if rule.english else (),
                rule.name if rule.extract is not None and not rule.alone else None,
                reduce(or_, (self.matcher.bits.get(name, 0) for name in rule.phrases)) if rule.phrases else None,
                rule.screen,
            )
            for active in self.rules
            if (rule := active.rule)
            and (not rule.fields or any(field in fields for field in rule.fields))
            and (across or rule.extract is None or rule.alone)
        )

    def _chinese(self, doc: AnalysedListing) -> frozenset[str]:
        """The fields read by rules for English that hold a Chinese text; mostly none."""
        return frozenset(name for name in self._english if doc.has(name) and any(part.chinese for part in doc.parts(name)))

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

    def _suppress(self, listing: Listing, findings: list[Finding]) -> tuple[list[Finding], int]:
        source = listing.source
        ignored = parse_ignore(source.ignore) if source is not None and source.ignore else ()
        if not ignored and self.suppressions is None:
            return findings, 0
        left = [
            finding
            for finding in findings
            if not any(one.covers(finding) for one in ignored)
            and not (self.suppressions is not None and self.suppressions.covers(listing, finding, self.date))
        ]
        return left, len(findings) - len(left)


class Extracted(NamedTuple):
    """What rules across listings took from a listing, by rule, the errors of those that crashed on it, and those that asked where it stands."""

    values: dict[str, Any]
    errors: list[InternalError]
    placed: list[str]


class _Step(NamedTuple):
    """A rule with what decides whether it is run.

    `english`: the fields whose first present one must not be mostly Chinese; `needs`: the rule across listings that must have
    found something; `phrases` (bits of lexicons, one of which must have a match) and `screen`: the triggers, which can be
    switched off.
    """

    active: ActiveRule
    check: Check
    english: tuple[str, ...]
    needs: str | None
    phrases: int | None
    screen: Callable[[AnalysedListing], bool] | None


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


def _finding(active: ActiveRule, severity: Any, hit: Hit, listing: Listing, lang: str) -> Finding:
    rule = active.rule
    source = listing.source
    text = None
    if hit.start is not None and hit.end is not None:
        parts = listing.parts(hit.field)
        text = parts[hit.part][hit.start : hit.end] if hit.part < len(parts) else None
    edits = tuple(
        edit if edit.cell or source is None else _with_cell(edit, source.cell(edit.field, edit.part)) for edit in hit.edits
    )
    return Finding(
        rule=rule.name,
        group=rule.group,
        severity=severity,
        field=hit.field,
        message=(_PREVIEW.format(lang, since=rule.since) if active.preview else "") + rule.messages[hit.message].format(lang, **_in_language(hit.values, lang)),
        start=hit.start,
        end=hit.end,
        text=text,
        cell=source.cell(hit.field, hit.part) if source is not None else None,
        part=hit.part,
        guidelines=rule.guidelines,
        fix=Fix(hit.safety or "unsafe", edits) if edits else None,
        variant=hit.variant,
        weight=hit.weight,
        preview=active.preview,
        whole=rule.whole,
        other=hit.other,
    )


_PREVIEW = Text("(preview of rule set {since}) ", "（规则集 {since} 预览）")


def _in_language(values: Mapping[str, Any], lang: str) -> dict[str, Any]:
    return {name: value.get(lang) if isinstance(value, Text) else value for name, value in values.items()}


def _with_cell(edit: Any, cell: str | None) -> Any:
    return dataclasses.replace(edit, cell=cell)


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
