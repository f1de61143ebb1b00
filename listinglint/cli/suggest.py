"""`listinglint suggest`: keywords, title proposals and what each is worth, for one listing, for a catalog, or asked for one by one."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

import click

from listinglint.cli import options as opt
from listinglint.config import Config, Settings
from listinglint.model import Listing, Text

if TYPE_CHECKING:
    from listinglint.suggestions import Candidate, SearchTerms, Suggester, Suggestions

_SAY: Final = {
    "keywords": Text("keywords for {marketplace} ({method})", "{marketplace} 关键词（{method}）"),
    "optimal": Text("proved best", "已证明最优"),
    "greedy": Text("within {bound:.1%} of the best", "与最优相差不超过 {bound:.1%}"),
    "titles": Text("title proposals", "标题建议"),
    "more": Text("other candidates", "其他候选词"),
    "none": Text("the title names no product; write what it is, then ask again", "标题没有产品名；请先写明产品是什么"),
    "added": Text("adds {words}", "新增：{words}"),
    "now": Text("now", "现状"),
    "title?": Text("Title", "标题"),
    "keywords?": Text("Keywords so far (parted by commas, Enter for none)", "现有关键词（英文逗号分隔，没有请回车）"),
    "facts?": Text("Facts as Key: value; … (Enter for none)", "产品信息，格式 Key: value; …（没有请回车）"),
    "again": Text("\n(empty title ends)", "\n（标题留空即退出）"),
    "uncovered": Text("{n} searches that no listing answers, written to {path}", "有 {n} 个搜索词没有任何产品覆盖，已写入 {path}"),
    "done": Text("{n} listings, written to {path}", "共 {n} 个产品，已写入 {path}"),
}
_COLUMNS: Final = ("suggested_keywords", "suggested_title", "title_gain", "added_words")


@click.command(context_settings={"max_content_width": 110})
@click.argument("title", required=False)
@click.option("--file", "path", metavar="FILE", help="Suggest for every listing of a catalog.")
@opt.marketplace_option
@click.option("--keywords", metavar="TEXT", help="The keywords that the listing has now.")
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="An attribute of the listing, such as Material=Brass.")
@click.option("--limit", type=click.IntRange(1, 200), metavar="N", help="So many keywords, whatever the marketplace takes.")
@click.option("--terms", multiple=True, type=click.Path(dir_okay=False), metavar="FILE", help="Search-term report (CSV, XLSX) of any tool; several are merged.")
@click.option("--uncovered", type=click.Path(dir_okay=False), metavar="FILE", help="With --file and --terms: write the searches that no listing answers.")
@click.option("--source", "only", multiple=True, metavar="NAME,…", help="Only these sources of candidates.")
@click.option("--without", multiple=True, metavar="NAME,…", help="Not these sources.")
@click.option("--explain", is_flag=True, help="Show every number and the reason of each candidate.")
@click.option("--no-titles", is_flag=True, help="No title proposals (faster).")
@click.option("--format", "form", type=click.Choice(["text", "jsonl", "csv", "xlsx"]), help="Format (default: by the ending of --output, else text).")
@click.option("--output", "-o", type=click.Path(dir_okay=False), metavar="FILE", help="Write to a file; csv and xlsx keep the old columns beside the new ones.")
@click.option("--columns", multiple=True, metavar="FIELD=HEADER,…", help="Columns that feed fields; headers or letters.")
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook.")
@click.option("--encoding", metavar="NAME", help="Encoding of text files (default: found out).")
@click.option("--jobs", "-j", type=click.IntRange(1, 256), metavar="N", help="Processes (default: one a core, at most 8).")
@opt.lang_option
@opt.config_option
@click.option("--no-progress", is_flag=True, help="No progress bar.")
def suggest(title: str | None, path: str | None, **given: Any) -> int:
    """Keywords and titles for TITLE, for every listing of a catalog (--file), or, on a terminal, for what you type.

    Sources of candidates: synonyms, spellings, plurals, hierarchy, facts, region, searches, catalog; misspellings and
    questions are used when named with --source.
    """
    if title is not None and path is not None:
        raise click.UsageError("give a title, or --file FILE, not both")
    config = opt.read_config(given["config"], [path] if path else [], given["lang"])
    settings = opt.merged(config, given)
    run = _Run(config, settings, given)
    if path is not None:
        return run.catalog(path)
    if title is not None:
        run.one(Listing.of(run.typed(title, given["keywords"], given["facts"])))
        return 0
    if not sys.stdin.isatty():
        raise click.UsageError("give a title, or --file FILE")
    return run.ask()


class _Run:
    """One run of `suggest`."""

    def __init__(self, config: Config, settings: Settings, given: dict[str, Any]) -> None:
        self.config, self.settings, self.given = config, settings, given
        self.lang = settings.lang
        self.terms = _read_terms(given["terms"]) if given["terms"] else None
        only = opt.listed(given["only"])
        self.sources: dict[str, Any] = {"only": only or None, "without": opt.listed(given["without"])}

    def suggester(self) -> Suggester:
        from listinglint.suggestions import Suggester

        try:
            return Suggester(self.settings, terms=self.terms, **self.sources)
        except ValueError as wrong:
            raise click.UsageError(str(wrong)) from wrong

    def typed(self, title: str, keywords: str | None, facts: Sequence[str] | str) -> dict[str, Any]:
        """A listing from what was typed."""
        out: dict[str, Any] = {"title": title}
        if keywords:
            out["keywords"] = keywords
        if isinstance(facts, str) and facts:
            out["attributes"] = facts
        elif facts and not isinstance(facts, str):
            out["attributes"] = dict(opt.pairs(facts, "--fact", "Material=Brass"))
        return out

    def one(self, listing: Listing, suggester: Suggester | None = None) -> None:
        """Suggestions for one listing, to standard output."""
        asked = suggester or self.suggester()
        found = asked.suggest(listing, limit=self.given["limit"], titles=not self.given["no_titles"])
        form = self.given["form"] or "text"
        if form == "jsonl":
            click.echo(_line(listing, found, self.lang))
        elif form == "text":
            for line in _text(listing, found, asked, self.lang, self.given["explain"]):
                click.echo(line)
        else:
            raise click.UsageError(f"--format {form} goes with --file")

    def ask(self) -> int:
        """Asks for title, keywords and facts and answers after each, until the title is left empty."""
        suggester = self.suggester()
        while True:
            title = click.prompt(_SAY["title?"].get(self.lang), default="", show_default=False).strip()
            if not title:
                return 0
            typed = self.typed(title, None, "")
            self.one(Listing.of(typed), suggester)
            for question, field in (("keywords?", "keywords"), ("facts?", "attributes")):
                answer = click.prompt(_SAY[question].get(self.lang), default="", show_default=False).strip()
                if answer:
                    typed[field] = answer
                    self.one(Listing.of(typed), suggester)
            click.echo(_SAY["again"].get(self.lang))

    def catalog(self, path: str) -> int:
        """Suggestions for every listing of a file."""
        from listinglint.catalogs import open_catalog
        from listinglint.suggestions import KeyphraseGraph, suggest_many

        columns = {**self.config.columns, **opt.columns(self.given["columns"])}
        catalog = open_catalog([path], columns=columns or None, sheet=self.given["sheet"], encoding=self.given["encoding"])
        self.suggester()
        graph = KeyphraseGraph.of(catalog)
        output = self.given["output"]
        form = self.given["form"] or {".jsonl": "jsonl", ".csv": "csv", ".tsv": "csv", ".xlsx": "xlsx"}.get(Path(output).suffix.lower() if output else "", "text")
        jobs = self.given["jobs"] or min(os.cpu_count() or 1, 8)
        found = suggest_many(
            catalog, self.settings, terms=self.terms, graph=graph, titles=not self.given["no_titles"], jobs=jobs,
            progress=self._progress(), **self.sources,
        )  # fmt: skip
        if form in ("csv", "xlsx"):
            if not output:
                raise click.UsageError(f"--format {form} needs --output FILE")
            count = self._table(path, Path(output), found)
            click.echo(_SAY["done"].format(self.lang, n=count, path=output), err=True)
        else:
            self._stream(form, output, found)
        if self.given["uncovered"]:
            self._uncovered(catalog)
        return 0

    def _progress(self) -> Any:
        if self.given["no_progress"] or not sys.stderr.isatty():
            return None
        return lambda done: click.echo(f"\r{done:,}", nl=False, err=True)

    def _stream(self, form: str, output: str | None, found: Iterator[tuple[Listing, Suggestions]]) -> None:
        asked = self.suggester() if form == "text" else None

        def write(out: TextIO) -> None:
            for listing, one in found:
                if asked is None:
                    print(_line(listing, one, self.lang), file=out)
                else:
                    for line in _text(listing, one, asked, self.lang, self.given["explain"]):
                        print(line, file=out)
                    print(file=out)

        if output is None:
            write(sys.stdout)
            return
        from listinglint.catalogs.tables import replace_file

        def whole(part: Path) -> None:
            with part.open("w", encoding="utf-8") as out:
                write(out)

        replace_file(Path(output), whole)

    def _table(self, path: str, output: Path, found: Iterator[tuple[Listing, Suggestions]]) -> int:
        """Writes the old table with the new columns behind the old ones; rows that are no listing are kept."""
        from listinglint.catalogs.rows import read_rows
        from listinglint.catalogs.tables import write_table
        from listinglint.suggestions import rows_of

        count = 0
        first = next(found, None)
        sheet = first[0].source.sheet if first is not None and first[0].source else self.given["sheet"]
        rows = read_rows(path, sheet=sheet, encoding=self.given["encoding"])
        start = first[0].source.record if first is not None and first[0].source and first[0].source.record else 2
        header: list[str] = []
        pending: list[Any] = []
        for row in rows:
            if row.record >= start:
                pending.append(row)
                break
            if any(cell.strip() for cell in row.cells):
                header = [str(cell) for cell in row.cells]

        def lines() -> Iterator[Sequence[Any]]:
            nonlocal count, first
            waiting = first
            for row in _chain(pending, rows):
                cells: list[Any] = [*row.cells, *[""] * (len(header) - len(row.cells))][: max(len(header), len(row.cells))]
                source = waiting[0].source if waiting is not None else None
                if waiting is not None and source is not None and source.record == row.record:
                    made = rows_of(waiting[1])
                    cells += [made[name] for name in _COLUMNS]
                    count += 1
                    waiting = next(found, None)
                    if waiting is not None and waiting[0].source is not None and waiting[0].source.sheet != source.sheet:
                        waiting = None
                yield cells

        write_table(output, [*header, *_COLUMNS], lines())
        return count

    def _uncovered(self, catalog: Any) -> None:
        from listinglint.catalogs.tables import write_table
        from listinglint.suggestions import uncovered

        if self.terms is None:
            raise click.UsageError("--uncovered needs --terms")
        titles = ((listing.text("id") or "", listing.text("title") or "") for listing in catalog)
        missing = uncovered(self.terms, titles)
        rows = [(one.term.text, one.term.volume, one.term.competition, one.nearest or "", round(one.relevance, 2)) for one in missing]
        write_table(self.given["uncovered"], ["keyword", "volume", "competition", "nearest_listing", "relevance"], rows)
        click.echo(_SAY["uncovered"].format(self.lang, n=len(missing), path=self.given["uncovered"]), err=True)


def _chain(first: list[Any], rest: Iterator[Any]) -> Iterator[Any]:
    yield from first
    yield from rest


def _read_terms(paths: Sequence[str]) -> SearchTerms:
    from listinglint.catalogs import CatalogError
    from listinglint.catalogs.rows import read_rows
    from listinglint.suggestions import SearchTerms, SearchTermsError
    from listinglint.suggestions.demand import match_columns

    tables = []
    for path in paths:
        rows = read_rows(path)
        tried: Exception | None = None
        for row in islice(rows, 15):
            try:
                match_columns(row.cells)
            except SearchTermsError as wrong:
                tried = tried or wrong
                continue
            tables.append((row.cells, (one.cells for one in rows)))
            break
        else:
            told = str(tried) if tried else "the file is empty"
            raise CatalogError(Text(told, f"无法识别搜索词报告的列：{told}"), file=path)
    return SearchTerms.of(tables)


def _line(listing: Listing, found: Suggestions, lang: str) -> str:
    from listinglint.suggestions.candidate import suggestions_object

    return json.dumps(suggestions_object(listing, found, lang), ensure_ascii=False)


def _text(listing: Listing, found: Suggestions, suggester: Suggester, lang: str, explain: bool) -> Iterator[str]:
    from listinglint.reports.terminal import clean

    yield clean(listing.text("title") or "")
    if not found.ranked:
        yield f"  {_SAY['none'].get(lang)}"
        return
    suggester = suggester.of(listing)
    method = _SAY["optimal"].get(lang) if found.method == "optimal" else _SAY["greedy"].format(lang, bound=found.bound)
    yield f"  {_SAY['keywords'].format(lang, marketplace=suggester.marketplace.label.get(lang), method=method)}"
    if suggester.budget().bag and found.keyword_text:
        yield f"    {clean(found.keyword_text)}"
    chosen = set()
    for one in found.keywords:
        chosen.add(one.text)
        yield from _candidate(one, lang, explain)
    if found.titles:
        yield f"  {_SAY['titles'].get(lang)}"
        for title in found.titles:
            stars = "★" * title.stars + "☆" * (5 - title.stars)
            yield f"    {stars} {title.score:5.1f} ({title.gain:+.1f})  {clean(title.text)}"
            reason = title.why.get(lang)
            if title.added:
                words = ", ".join(f"{word} ({source})" for word, source in title.added.items())
                reason += "; " + _SAY["added"].format(lang, words=words)
            yield f"        {clean(reason)}"
    rest = [one for one in found.ranked if one.text not in chosen]
    if rest:
        yield f"  {_SAY['more'].get(lang)}"
        for one in rest[: None if explain else 12]:
            yield from _candidate(one, lang, explain)


def _candidate(one: Candidate, lang: str, explain: bool) -> Iterator[str]:
    from listinglint.reports.terminal import clean

    volume = f"  ×{one.volume:,.0f}" if one.volume is not None else ""
    yield f"    {one.score:4.2f}  {clean(one.text):<38}  {one.kind}{volume}"
    if explain:
        numbers = f"relevance {one.relevance:.2f} · demand {one.demand:.2f} · distance {one.distance:+d} · trust {one.trust:.2f}"
        if one.competition is not None:
            numbers += f" · competition {one.competition:.2f}"
        if one.commonness:
            numbers += f" · zipf {one.commonness:.1f}"
        yield f"          {numbers} · {one.source}: {clean(one.why.get(lang))}" + (f" · + {', '.join(map(clean, one.added))}" if one.added else "")
