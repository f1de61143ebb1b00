"""The calls of the Python API; `listinglint` exports them.

A listing is a `Listing` or any mapping with the field names of `listinglint.model.FIELDS`, values as people write them.
Settings are given as keywords: `marketplace`, `select`, `ignore`, `lang`, `date`, `seller` … (see `Settings`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from listinglint.config import Seller, Settings, override_of
from listinglint.model import CatalogSummary, Listing, ListingReport, ProductName

if TYPE_CHECKING:
    import pandas

    from listinglint.catalogs import Catalog
    from listinglint.catalogs.applying import Applied
    from listinglint.catalogs.changes import ChangedListings
    from listinglint.catalogs.mending import Mending
    from listinglint.catalogs.review import Review
    from listinglint.engine import FixResult, Linter
    from listinglint.engine.baseline import Baseline
    from listinglint.language.relevance import Relevance
    from listinglint.language.statistics import CatalogStatistics
    from listinglint.scoring import Advice
    from listinglint.suggestions import Suggestions

ListingLike = Listing | Mapping[str, Any]

_LISTS = ("select", "ignore", "extend_select", "plugins", "rule_files", "thesaurus_files")


def settings_of(marketplace: str = "alibaba", **given: Any) -> Settings:
    """Settings from keywords; one text stands for a list of one, a mapping for a Seller or (with the keys of `[[overrides]]`) an Override.

    Raises TypeError for an unknown keyword.
    """
    for name in _LISTS:
        if name in given:
            value = given[name]
            given[name] = (value,) if isinstance(value, str) else tuple(value)
    if "overrides" in given:
        given["overrides"] = tuple(override_of(one) if isinstance(one, Mapping) else one for one in given["overrides"])
    if isinstance(given.get("seller"), Mapping):
        given["seller"] = Seller.of(given["seller"])
    if isinstance(given.get("date"), str):
        import datetime

        given["date"] = datetime.date.fromisoformat(given["date"])
    return Settings(marketplace=marketplace, **given)


def linter_of(marketplace: str = "alibaba", **given: Any) -> Linter:
    """A Linter for these settings; kept for the next call where all of them are plain."""
    if not given:
        return _plain_linter(marketplace)
    from listinglint.engine import Linter

    return Linter(settings_of(marketplace, **given))


@lru_cache(maxsize=16)
def _plain_linter(marketplace: str) -> Linter:
    from listinglint.engine import Linter

    return Linter(Settings(marketplace=marketplace))


def lint(listing: ListingLike, marketplace: str = "alibaba", **settings: Any) -> ListingReport:
    """The report of one listing: findings, score (0–100), stars (1–5), section scores.

    Raises UnknownField for a key that is no field, MarketplaceError and RuleError for settings that cannot be used.
    """
    return linter_of(marketplace, **settings).lint(Listing.of(listing))


def lint_catalog(
    listings: Iterable[ListingLike], marketplace: str = "alibaba", *, jobs: int = 1, **settings: Any
) -> list[ListingReport]:
    """The reports of all listings in order, with the findings across listings (duplicates, repeated keywords …)."""
    from listinglint.engine import lint_catalog as lint_all

    return lint_all([Listing.of(one) for one in listings], settings_of(marketplace, **settings), jobs=jobs)


def lint_frame(
    frame: pandas.DataFrame, marketplace: str = "alibaba", columns: Mapping[str, str] | None = None, *, jobs: int = 1, **settings: Any
) -> pandas.DataFrame:
    """The findings of a DataFrame of listings, one row a finding, under the index of the listing's row.

    Columns are matched to fields by name as in a file; `columns` maps fields to column names and overrides that. The
    result has rule, group, severity, field, start, end, text, message, penalty, fix. Raises KeyError for an unknown column.
    """
    import pandas

    listings = list(listings_of_frame(frame, columns))
    reports = lint_catalog(listings, marketplace, jobs=jobs, **settings)
    rows: list[dict[str, Any]] = []
    places: list[Any] = []
    for label, report in zip(frame.index, reports, strict=True):
        for finding in report.findings:
            found = finding.to_dict()
            rows.append({name: found[name] for name in _FRAME_COLUMNS})
            places.append(label)
    index = (
        pandas.MultiIndex.from_tuples(places, names=frame.index.names)
        if isinstance(frame.index, pandas.MultiIndex) and places
        else pandas.Index(places, name=frame.index.name, dtype=frame.index.dtype if places else None)
    )
    out = pandas.DataFrame(rows, columns=list(_FRAME_COLUMNS), index=index)
    return out.astype({"start": "Int64", "end": "Int64"})


_FRAME_COLUMNS = ("rule", "group", "severity", "field", "start", "end", "text", "message", "penalty", "fix")


def listings_of_frame(frame: pandas.DataFrame, columns: Mapping[str, str] | None = None) -> Iterator[Listing]:
    """The listings of a DataFrame's rows; a missing value is a present and empty cell."""
    from listinglint.catalogs.columns import match_columns

    texts = [str(name) for name in frame.columns]
    if columns:
        for field, name in columns.items():
            if name not in texts:
                raise KeyError(f"no column {name!r} for the field {field!r}; the columns are {', '.join(texts)}")
    sample = [[_cell(value) for value in row] for row in frame.head(50).itertuples(index=False, name=None)]
    mapping = match_columns(texts, sample, columns={field: [name] for field, name in columns.items()} if columns else None)
    places = {field: [texts.index(name) for name in names] for field, names in mapping.items()}
    for row in frame.itertuples(index=False, name=None):
        values: dict[str, Any] = {}
        for field, at in places.items():
            values[field] = _cell(row[at[0]]) if len(at) == 1 else [_cell(row[one]) for one in at]
        yield Listing.of(values)


def _cell(value: Any) -> Any:
    if value is None or (isinstance(value, float) and value != value) or str(value) in ("<NA>", "NaT"):
        return ""
    return value


def check_catalog(
    path: str | Path | Sequence[str | Path],
    marketplace: str = "alibaba",
    *,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    jobs: int = 1,
    baseline: str | Path | None = None,
    changed_since: str | None = None,
    cache: bool | str | Path = False,
    **settings: Any,
) -> Iterator[ListingReport | CatalogSummary]:
    """The reports of a catalog file (or several) in order, then one CatalogSummary; the file is streamed.

    Findings that the file `baseline` holds stand under `forgiven`. `changed_since` is a git revision (`origin/main`): only listings that
    differ from the same file there are judged and counted, and of the others the findings that name one of them; how many there were stands in the
    summary's `notes`. Raises CatalogError for a catalog that cannot be read, or has no such revision, BaselineError for a baseline that cannot be read.
    With `cache` listings unchanged since an earlier run are not judged anew: True for the user's own cache, else a folder.
    """
    from listinglint.catalogs import open_catalog
    from listinglint.engine.cache import listing_cache
    from listinglint.engine.catalog import Counts, check

    paths: list[str | Path] = [path] if isinstance(path, (str, Path)) else list(path)
    wanted = {field: [names] if isinstance(names, str) else list(names) for field, names in columns.items()} if columns else None
    catalog = open_catalog(paths, columns=wanted, sheet=sheet, encoding=encoding)
    counts = Counts()
    wished = settings_of(marketplace, **settings)
    forgiving = _baseline(baseline, wished) if baseline is not None else None
    changed = _changed(changed_since, catalog, wanted, sheet, encoding) if changed_since is not None else None
    with contextlib.ExitStack() as open_files:
        kept = listing_cache(cache) if cache else None
        if kept is not None:
            open_files.callback(kept.close)
        for report in check(catalog, wished, jobs=jobs, cache=kept):
            judged = forgiving.judge(report) if forgiving is not None else report
            picked = changed.pick(judged) if changed is not None else judged
            if picked is not None:
                counts.add(picked)
                yield picked
    notes = [note.get(wished.lang) for note in changed.notes()] if changed is not None else []
    yield counts.summary(failed=bool(counts.errors), notes=notes)


def _changed(rev: str, catalog: Catalog, columns: Mapping[str, Sequence[str]] | None, sheet: str | None, encoding: str | None) -> ChangedListings:
    from listinglint.catalogs.changes import ChangedListings

    return ChangedListings.since(rev, catalog, columns=columns, sheet=sheet, encoding=encoding)


def _baseline(path: str | Path, settings: Settings) -> Baseline:
    import datetime

    from listinglint.engine import Linter
    from listinglint.engine.baseline import Baseline, read_baseline

    return Baseline(read_baseline(path)[1], Linter(settings), settings.date or datetime.date.today())


def fix(listing: ListingLike, marketplace: str = "alibaba", *, unsafe: bool = False, **settings: Any) -> FixResult:
    """Mends a listing by its safe fixes (`unsafe=True`: by all), until nothing changes."""
    from listinglint.engine import fix as mend

    return mend(Listing.of(listing), linter_of(marketplace, **settings), unsafe=unsafe)


def fix_catalog(
    path: str | Path,
    out: str | Path,
    marketplace: str = "alibaba",
    *,
    unsafe: bool = False,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    mark: bool = False,
    force: bool = False,
    jobs: int = 1,
    **settings: Any,
) -> Mending:
    """Writes a mended copy of a catalog file (CSV, TSV, XLSX, JSON lines) and returns what was changed, cell by cell.

    Only the mended cells differ from the source, and it takes any number of `jobs` (processes) to find them; `mark` gives those of a workbook a fill and a comment. `out` may be
    `path` itself. Raises FileExistsError where `out` exists and neither `force` is set nor it is `path`, CatalogError for a
    file that cannot be read or mended.
    """
    from listinglint.catalogs import open_catalog
    from listinglint.catalogs.mending import mend

    target = _free(path, out, force)
    catalog = open_catalog([path], columns=_lists(columns), sheet=sheet, encoding=encoding)
    lang = settings.get("lang", "en")
    mending = mend(catalog, linter_of(marketplace, **settings), unsafe=unsafe, encoding=encoding, mark=mark, lang=lang, jobs=jobs)
    mending.write(target)
    return mending


def _free(path: str | Path, out: str | Path, force: bool) -> Path:
    target = Path(out)
    if target.exists() and not force and not target.samefile(path):
        raise FileExistsError(f"{out} exists; force=True replaces it")
    return target


def _lists(columns: Mapping[str, str | Sequence[str]] | None) -> dict[str, list[str]] | None:
    return {field: [names] if isinstance(names, str) else list(names) for field, names in columns.items()} if columns else None


def review_catalog(
    path: str | Path,
    out: str | Path,
    marketplace: str = "alibaba",
    *,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    force: bool = False,
    **settings: Any,
) -> Review:
    """Writes a sheet (XLSX) of the unsafe fixes of a catalog file, for a person to accept or not; see `apply_review`.

    Raises FileExistsError where `out` exists and `force` is not set, CatalogError for a file that cannot be read or mended.
    """
    from listinglint.catalogs import open_catalog
    from listinglint.catalogs.review import Review
    from listinglint.catalogs.review_sheet import save_review

    target = Path(out)
    if target.exists() and (not force or target.samefile(path)):
        raise FileExistsError(f"{out} exists" if force else f"{out} exists; force=True replaces it")
    catalog = open_catalog([path], columns=_lists(columns), sheet=sheet, encoding=encoding)
    review = Review(catalog, linter_of(marketplace, **settings), encoding=encoding)
    save_review(target, review, settings.get("lang", "en"), str(path))
    return review


def apply_review(
    path: str | Path,
    review: str | Path,
    out: str | Path,
    *,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    mark: bool = False,
    force: bool = False,
    lang: str = "en",
) -> Applied:
    """Makes the fixes that were accepted in a review, exactly those, and returns what was changed and what was refused and why.

    `out` may be `path` itself; what is raised is as for `fix_catalog`.
    """
    from listinglint.catalogs import applying, open_catalog
    from listinglint.catalogs.review_sheet import read_review

    target = _free(path, out, force)
    decisions = read_review(review)
    catalog = open_catalog([path], columns=_lists(columns), sheet=sheet, encoding=encoding)
    applied = applying.apply_review(catalog, decisions, encoding=encoding, mark=mark, lang=lang)
    applied.mending.write(target)
    return applied


def advise(report: ListingReport, marketplace: str = "alibaba", **settings: Any) -> tuple[Advice, ...]:
    """What takes the listing of a report to five stars: rules to satisfy in the order of gain, each with the score reached."""
    return linter_of(marketplace, **settings).advise(report)


def parse_title(title: str, listing: ListingLike | None = None, catalog: Any = None) -> ProductName:
    """How a title is understood. `catalog`: a CatalogStatistics, or an iterable of titles or listings to learn from."""
    from listinglint.language import names
    from listinglint.language.statistics import CatalogStatistics

    known: CatalogStatistics | None = catalog
    if catalog is not None and not isinstance(catalog, CatalogStatistics):
        known = CatalogStatistics.of(catalog)
    if listing is None and known is None:
        return names.parse_title(title)
    return names.parse_title(title, Listing.of(listing) if listing is not None else None, known)


def pluralize(name: str) -> str:
    """The plural of a product name, right on its head: `battery charger` → `battery chargers`."""
    from listinglint.language import plurals

    return plurals.pluralize(name, last_resort=True)


def singularize(name: str) -> str:
    """The singular of a product name, right on its head: `sets of knives` → `set of knives`."""
    from listinglint.language import plurals

    return plurals.singularize(name)


def keyword_relevance(keyword: str, listing: ListingLike | str) -> float:
    """How well a keyword fits a listing (or a title), from 0 to 1."""
    from listinglint.language import relevance

    return relevance.keyword_relevance(keyword, listing)


def explain_relevance(keyword: str, listing: ListingLike | str) -> Relevance:
    """The same with its reasons: how each word of the keyword was found, and what else spoke for or against it."""
    from listinglint.language import relevance

    return relevance.explain_relevance(keyword, listing)


def suggest(
    listing: ListingLike, candidates: Iterable[str] | None = None, limit: int | None = None, marketplace: str = "alibaba", **options: Any
) -> Suggestions:
    """Keywords and titles for a listing (see `listinglint.suggestions.Suggester`)."""
    from listinglint.suggestions import suggest as propose

    return propose(Listing.of(listing), candidates=candidates, limit=limit, marketplace=marketplace, **options)


def suggest_frame(
    frame: pandas.DataFrame, marketplace: str = "alibaba", columns: Mapping[str, str] | None = None, **options: Any
) -> pandas.DataFrame:
    """A copy of a DataFrame of listings with columns of suggested keywords and titles beside the old ones."""
    from listinglint.suggestions import suggest_frame as propose

    return propose(frame, list(listings_of_frame(frame, columns)), marketplace=marketplace, **options)


def message_of(error: Exception, lang: str) -> str | None:
    """The message of an error that a user can mend; None for any other."""
    from listinglint.catalogs import CatalogError
    from listinglint.engine.baseline import BaselineError
    from listinglint.engine.errors import EngineError
    from listinglint.history import HistoryError
    from listinglint.model.errors import SpokenError

    return error.message.get(lang) if isinstance(error, (SpokenError, CatalogError, EngineError, HistoryError, BaselineError)) else None
