"""`listinglint check`: lints catalogs and reports."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple, TextIO, cast

import click

from listinglint.cli import options as opt
from listinglint.cli.failures import USAGE
from listinglint.cli.recording import Recorder
from listinglint.config import FAIL_ON, Config, Limits, Settings
from listinglint.model import CatalogSummary, ListingReport, Text
from listinglint.reports import BINARY, ENDINGS, FORMATS, Region

if TYPE_CHECKING:
    from listinglint.catalogs import Catalog
    from listinglint.catalogs.places import Place
    from listinglint.cli.digest import ChunkDigest, Part
    from listinglint.cli.progress import Progress
    from listinglint.engine import Linter
    from listinglint.engine.cache import ListingCache
    from listinglint.reports import Reporter
    from listinglint.reports.several import Several

_MOST_NOTES: Final = 20
_SAY: Final = {
    "note": Text("note: {text}", "提示：{text}"),
    "problem": Text("warning: {text}", "警告：{text}"),
    "columns": Text("{file}: {fields}", "{file}：{fields}"),
    "ignored": Text("columns not used: {names}", "未使用的列：{names}"),
    "more": Text("warning: … and {n} more records that could not be read whole", "警告：……另有 {n} 条记录未能完整读取"),
    "unused": Text("warning: {path}: line {line}: this suppression of {rule} covered nothing", "警告：{path}：第 {line} 行：对 {rule} 的忽略没有用到"),
    "unchanged": Text("note: {n} of {all} listings were unchanged since an earlier run and not judged anew", "提示：{all} 个产品中有 {n} 个自上次检查后未改动，直接沿用了结果"),
    "unrecorded": Text("warning: this run is not recorded: {text}", "警告：本次运行未能记录：{text}"),
    "internal": Text("error: rule {rule} crashed on {where}: {error}", "错误：规则 {rule} 在 {where} 上出错：{error}"),
    "listing": Text("listing {id} (record {record})", "产品 {id}（第 {record} 条记录）"),
    "needs file": Text("--format {form} needs a file to write to: -o report.{form}", "--format {form} 需要指定输出文件：-o report.{form}"),
    "ending": Text("{path} must end in .{form}: no program opens a workbook under another name", "{path} 的扩展名应为 .{form}：否则没有程序能打开这个工作簿"),
    "twice": Text("{path} is named for two reports; give each a file of its own", "{path} 被指定给了两份报告；请为每份报告指定不同的文件"),
    "part": Text("--changed-since judges a part of the catalog; the history keeps whole runs. Leave --record out", "--changed-since 只判定目录的一部分，而历史只保存完整的检查；请去掉 --record"),
    "new workbook": Text("{path} is a new workbook, no annotated copy of {file}: {why}", "{path} 是新建的工作簿，而不是 {file} 的带批注副本：{why}"),
    "itself": Text("{path} is the catalog itself; write the report to another file", "{path} 就是被检查的目录文件；请把报告写到另一个文件"),
}


@click.command(context_settings={"max_content_width": 110})
@click.argument("paths", nargs=-1, metavar="[PATH|GLOB|-]…")
@opt.marketplace_option
@opt.reading_options
@opt.selection_options
@click.option("--severity", multiple=True, metavar="RULE=LEVEL,…", help="Severity of a rule or group: error, warning, info.")
@opt.rules_option
@click.option("--stars", type=opt.StarRange(), metavar="N[-M]", help="Show only listings with so many stars; all are judged.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="Format of the report; xlsx needs --output (default: by the ending of --output, else github or gitlab in their jobs, else text).")
@click.option("--output", "-o", type=click.Path(dir_okay=False), metavar="FILE", help="Write the report to a file.")
@click.option("--report", "further", multiple=True, type=click.Path(dir_okay=False), metavar="FILE", help="Write a report to this file as well, in the format that its ending means.")
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="Fail on findings of this severity or above (default: warning).")
@click.option("--min-stars", type=click.IntRange(1, 5), metavar="N", help="Fail if a listing has fewer stars.")
@click.option("--min-score", type=click.FloatRange(0, 100), metavar="X", help="Fail if a listing scores less.")
@click.option("--min-catalog-score", type=click.FloatRange(0, 100), metavar="X", help="Fail if the catalog scores less.")
@click.option("--max-findings", type=click.IntRange(0), metavar="N", help="Fail on more findings.")
@click.option("--max-failing", type=opt.Percentage(), metavar="N%", help="Forgive failing listings up to this share.")
@opt.suppressions_option
@opt.baseline_options
@opt.changed_option
@click.option("--advice", is_flag=True, help="Say for each listing what would raise its stars.")
@click.option("--statistics", is_flag=True, help="List the counts of all rules and the time that each took.")
@click.option("--record", is_flag=True, help="Keep the counts of this run in the history; see `listinglint history`.")
@click.option("--record-to", type=click.Path(dir_okay=False), metavar="FILE", help="Keep them in this history.")
@click.option("--catalog", metavar="NAME", help="The name that the history knows this catalog by (default: its path, dates in it left out).")
@opt.date_option
@opt.cache_options
@click.option("--jobs", "-j", type=click.IntRange(1, 256), metavar="N", help="Processes (default: one a core, at most 8).")
@opt.lang_option
@opt.config_option
@click.option("--no-progress", is_flag=True, help="No progress bar.")
@click.option("--quiet", "-q", is_flag=True, help="Leave out listings without findings, the column mapping and notes.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was found.")
def check(paths: tuple[str, ...], form: str | None, output: str | None, **given: Any) -> int:
    """Lint catalogs: files, folders, patterns, or - for standard input.

    Exit codes: 0 clean, 1 the gate failed, 2 wrong usage or input, an internal error on a listing, or a run that could not
    be recorded.
    """
    if not paths:
        raise click.UsageError("name a file, a folder, a pattern, or - for standard input")
    config = opt.read_config(given["config"], paths, given["lang"])
    settings = opt.merged(config, given)
    run = _CheckRun(paths, config, settings, given)
    form = form or _form_of(output, os.environ)
    files = [(form, output)] if output is not None else []
    files += [(_form_of(path, os.environ), path) for path in given["further"]]
    _check_outputs(files if output is not None else [(form, None), *files], settings.lang)
    if output is not None:
        return _written(files, run.report)
    _prepare(sys.stdout)
    shown = _Output(form, sys.stdout, terminal=sys.stdout.isatty())
    return _written(files, lambda others: run.report([shown, *others]))


class _Output(NamedTuple):
    """A report that is written: its format, the open file, whether that is a terminal or a file of its own."""

    form: str
    out: TextIO | BinaryIO
    terminal: bool = False
    path: Path | None = None


def _written(files: Sequence[tuple[str, str]], run: Callable[[list[_Output]], int]) -> int:
    """What `run` returns, called with the outputs for these formats and files, which appear whole, or not at all, when it is done."""
    from listinglint.catalogs.tables import replace_file

    if not files:
        return run([])
    form, path = files[0]
    code = [USAGE]

    def write(part: Path) -> None:
        # The mark tells Excel that a CSV file is UTF-8.
        text: dict[str, Any] = {"encoding": "utf-8-sig" if form == "csv" else "utf-8", "errors": "backslashreplace", "newline": ""}
        with part.open("wb") if form in BINARY else part.open("w", **text) as out:
            code[0] = _written(files[1:], lambda others: run([_Output(form, out, path=Path(path)), *others]))

    replace_file(Path(path), write)
    return code[0]


def _check_outputs(files: Sequence[tuple[str, str | None]], lang: str) -> None:
    """Refuses what a workbook cannot be written to, and one file for two reports."""
    known: set[Path] = set()
    for form, path in files:
        if path is None:
            if form in BINARY:
                raise click.UsageError(_SAY["needs file"].format(lang, form=form))
            continue
        if form in BINARY and Path(path).suffix.lower() != f".{form}":
            raise click.UsageError(_SAY["ending"].format(lang, path=path, form=form))
        if (real := Path(path).resolve()) in known:
            raise click.UsageError(_SAY["twice"].format(lang, path=path))
        known.add(real)


def _form_of(output: str | None, environment: Mapping[str, str]) -> str:
    """The format where none is given: by the name of the output file, else what the service that runs the job reads, else text."""
    if output is None:
        return _service(environment) or "text"
    name = Path(output).name.lower()
    if name.startswith("gl-code-quality"):
        return "gitlab"
    return ENDINGS.get(Path(name).suffix, "text")


def _service(environment: Mapping[str, str]) -> str | None:
    """The service whose job this is, as its documentation says to find out."""
    if environment.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "gitlab" if environment.get("GITLAB_CI") == "true" else None


def _region(place: Place | None) -> Region | None:
    return None if place is None else Region(*place)


_ROOTS: Final = {"github": "GITHUB_WORKSPACE", "gitlab": "CI_PROJECT_DIR"}
"""Where these services say that the repository lies."""


def _root(service: str | None, environment: Mapping[str, str]) -> str:
    """The folder that reports name files from: the repository's in a job of a service, else the current one."""
    return environment.get(_ROOTS.get(service or "", "")) or str(Path.cwd())


def _prepare(stream: TextIO) -> None:
    """Reports are UTF-8 wherever they are not shown by a terminal with an encoding of its own; line ends are the report's."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:
        return
    if stream.isatty():
        reconfigure(errors="backslashreplace")
    else:
        reconfigure(encoding="utf-8", errors="backslashreplace", newline="")


class _CheckRun:
    """One run of `check`: what it reads, how it judges, what it shows."""

    def __init__(self, paths: tuple[str, ...], config: Config, settings: Settings, given: Mapping[str, Any]) -> None:
        self.paths = paths
        self.config = config
        self.settings = settings
        self.given = given
        self.lang = settings.lang
        self.suppressions = opt.suppressions(config, given)
        self.cache: ListingCache | None = None
        self.recorder = Recorder.of(paths, config, settings, given)
        if self.recorder is not None and given["changed_since"] is not None:
            raise click.UsageError(_SAY["part"].get(self.lang))

    def _limits(self) -> Limits:
        names = (field.name for field in dataclasses.fields(Limits))
        return dataclasses.replace(self.config.limits, **{name: self.given[name] for name in names if self.given[name] is not None})

    def report(self, outputs: Sequence[_Output]) -> int:
        """Lints, writes the reports, and returns the exit code."""
        from listinglint.cli.baseline import BaselineRun
        from listinglint.cli.changed import changed_listings
        from listinglint.cli.progress import Progress
        from listinglint.engine import Linter
        from listinglint.reports import make_reporter
        from listinglint.reports.several import Several
        from listinglint.reports.terminal import clean

        linter = Linter(self.settings, self.suppressions, timed=self.given["statistics"])
        self.baseline = BaselineRun(self.config, self.settings, linter, self.given)
        catalog = opt.opened(self.paths, self.config, self.given)
        self.baseline.reads(catalog, parts=self.given["sheet"] is not None)
        self._spare(catalog, [one.path for one in outputs if one.path is not None])
        rev = self.given["changed_since"]
        self.changed = changed_listings(rev, catalog, self.config, self.given, self.lang) if rev is not None else None
        if not self.given["quiet"]:
            self._show_sources(catalog)
        reporters = []
        for one in outputs:
            reporters.append(make_reporter(one.form, one.out))
            reporters[-1].begin(self._shown(one, catalog, linter))
        reporter = reporters[0] if len(reporters) == 1 else Several(reporters)
        shown = sys.stderr.isatty() and not self.given["no_progress"]
        progress = Progress(catalog, self.lang, on=shown, yields=outputs[0].terminal)
        try:
            summary = self._lint(catalog, outputs[0].out, reporter, linter, progress)
        finally:
            progress.clear()
        reporter.end(summary)
        for one in outputs:
            one.out.flush()
        self._show_leftovers(catalog, summary)
        recorded = self._record(catalog, linter, summary)
        self.baseline.finish(summary, quiet=self.given["quiet"], tell=lambda text: click.echo(clean(text), err=True))
        if summary.internal_errors:
            return USAGE
        if summary.failed and not self.given["exit_zero"]:
            return 1
        return 0 if recorded else USAGE

    def _record(self, catalog: Catalog, linter: Any, summary: CatalogSummary) -> bool:
        """Keeps the run where that was asked for; a history that cannot take it costs a warning, not the result of the check."""
        if self.recorder is None:
            return True
        from listinglint.history import HistoryError

        try:
            self.recorder.add(summary, [active.rule.name for active in linter.rules], [(info.file, info.sheet) for info in catalog.sources])
        except HistoryError as error:
            self._tell("unrecorded", text=error.message.get(self.lang))
            return False
        return True

    def _spare(self, catalog: Catalog, paths: Sequence[Path]) -> None:
        """Refuses to write a report over a file that is checked."""
        sources = [info.file for info in catalog.sources if Path(info.file).exists()]
        for path in filter(Path.exists, paths):
            if any(path.samefile(file) for file in sources):
                raise click.UsageError(_SAY["itself"].format(self.lang, path=path))

    def _shown(self, output: _Output, catalog: Catalog, linter: Linter) -> Any:
        from listinglint import __version__
        from listinglint.reports import Column, Run
        from listinglint.reports.terminal import may_colour

        service = _service(os.environ)
        return Run(
            version=__version__,
            marketplace=self.settings.marketplace,
            lang=self.lang,
            width=shutil.get_terminal_size((80, 24)).columns if output.terminal or os.environ.get("COLUMNS") else 100,
            colour=output.form == "text" and output.path is None and may_colour(output.terminal, dict(os.environ)),
            several=len(catalog.sources) > 1,
            quiet=self.given["quiet"],
            statistics=self.given["statistics"],
            summaries={rule.name: rule.summary.get(self.lang) for rule in linter.reported},
            rules=linter.reported,
            fail_on=self._limits().fail_on,
            root=_root(service, os.environ),
            locate=lambda report, finding: _region(catalog.place(report.listing, finding.field, finding.part, finding.start, finding.end)),
            columns=tuple(Column(*one) for one in catalog.columns),
            original=self._original(catalog, output) if output.form == "xlsx" else None,
            service=service,
            baseline=self.baseline.on,
            job_summary=os.environ.get("GITHUB_STEP_SUMMARY") or None if service == "github" else None,
        )

    def _original(self, catalog: Catalog, output: _Output) -> Any:
        """The workbook that a workbook report is a copy of; None where the catalog is something else, or cannot be copied with more in it."""
        from listinglint.catalogs import CatalogError
        from listinglint.catalogs.workbook_annotating import annotator_of

        try:
            return annotator_of(catalog)
        except CatalogError as error:
            self._tell("note", text=_SAY["new workbook"].format(self.lang, path=output.path, file=catalog.sources[0].file, why=error.detail.get(self.lang)))
            return None

    def _lint(self, catalog: Catalog, out: TextIO | BinaryIO, reporter: Reporter | Several, linter: Linter, progress: Progress) -> CatalogSummary:
        from listinglint.cli.digest import ChunkDigest, Tally
        from listinglint.cli.gate import Gate
        from listinglint.engine.catalog import digested, reports_themselves

        limits = self._limits()
        tally = Tally(Gate(limits))
        digest = ChunkDigest(limits, self.given["stars"] or (1, 5), self.given["advice"], getattr(reporter, "render", None))
        jobs = self.given["jobs"] or min(os.cpu_count() or 1, 8)
        cache = self._cache(linter)
        made = reports_themselves if self._in_order else digest
        parts = self._parts(digested(catalog, linter, made, jobs=jobs, progress=progress, cache=cache), digest, linter)
        with contextlib.closing(parts), contextlib.closing(cache) if cache is not None else contextlib.nullcontext():
            for part in parts:
                tally.merge(part.tally)
                if part.text or part.shown:
                    progress.clear()
                if part.text:
                    cast(TextIO, out).write(part.text)
                for report, advice in part.shown:
                    reporter.listing(report, advice)
        notes = [note.get(self.lang) for note in catalog.notes]
        notes += [problem.text().get(self.lang) for problem in catalog.problems]
        notes += [note.get(self.lang) for note in (self.changed.notes() if self.changed is not None else ())]
        summary = dataclasses.replace(tally.counts.summary(notes=notes), times=linter.take_times())
        reasons = tally.gate.reasons(summary, self.lang)
        return dataclasses.replace(summary, failed=bool(reasons), reasons=tuple(reasons))

    def _cache(self, linter: Linter) -> ListingCache | None:
        """The cache of unchanged listings; None where the run is to do, or can do, without."""
        from listinglint.engine.cache import listing_cache, why_uncached

        if not self.given["no_cache"] and why_uncached(linter) is None:
            self.cache = listing_cache(self.given["cache_dir"] or True)
        return self.cache

    @property
    def _in_order(self) -> bool:
        """True where what is said of a listing depends on those before it, so that whole reports are needed here."""
        return self.baseline.on or self.changed is not None

    def _parts(self, chunks: Generator[Any, None, None], digest: ChunkDigest, linter: Linter) -> Generator[Part, None, None]:
        """The parts of the run, made in the processes, or here where that takes the catalog's order."""
        with contextlib.closing(chunks):
            for chunk in chunks:
                yield digest.of(linter, list(self._picked(chunk))) if self._in_order else chunk

    def _picked(self, reports: Sequence[ListingReport]) -> Iterator[tuple[ListingReport, ListingReport]]:
        """The reports that are judged, without what the baseline forgives, each with the whole one."""
        for report in reports:
            judged = self.baseline.judge(report)
            picked = self.changed.pick(judged) if self.changed is not None else judged
            if picked is not None:
                yield picked, report

    # --- standard error ---

    def _tell(self, what: str, **values: object) -> None:
        from listinglint.reports.terminal import clean

        click.echo(clean(_SAY[what].format(self.lang, **values)), err=True)

    def _show_sources(self, catalog: Catalog) -> None:
        """The column mapping of each source, and what was decided or passed over."""
        for info in catalog.sources[:_MOST_NOTES]:
            name = info.file + (f" [{info.sheet}]" if info.sheet else "")
            fields = ", ".join(f"{field} ← {' + '.join(headers)}" if headers != [field] else field for field, headers in info.fields.items())
            self._tell("columns", file=name, fields=fields)
            if info.ignored:
                self._tell("ignored", names=", ".join(info.ignored[:_MOST_NOTES]) + (" …" if len(info.ignored) > _MOST_NOTES else ""))
        for note in catalog.notes[:_MOST_NOTES]:
            self._tell("note", text=note.get(self.lang))

    def _show_leftovers(self, catalog: Catalog, summary: CatalogSummary) -> None:
        """What the run could not do, and suppressions that were not needed."""
        for note in self.changed.notes() if self.changed is not None and not self.given["quiet"] else ():
            self._tell("note", text=note.get(self.lang))
        if self.cache is not None and not self.given["quiet"]:
            for note in self.cache.notes:
                self._tell("note", text=note.get(self.lang))
            if self.given["statistics"]:
                self._tell("unchanged", n=f"{self.cache.unchanged:,}", all=f"{summary.listings:,}")
        for problem in catalog.problems[:_MOST_NOTES]:
            self._tell("problem", text=problem.text().get(self.lang))
        left = catalog.problem_count - len(catalog.problems[:_MOST_NOTES])
        if left > 0:
            self._tell("more", n=left)
        for error in summary.internal_errors[:_MOST_NOTES]:
            where = _SAY["listing"].format(self.lang, id=error.listing or "-", record=error.record if error.record is not None else "-")
            self._tell("internal", rule=error.rule, where=where, error=error.error)
        if self.suppressions is not None:
            import datetime

            for row in self.suppressions.unused(self.settings.date or datetime.date.today()):
                self._tell("unused", path=self.suppressions.path, line=row.line, rule=row.rule)
