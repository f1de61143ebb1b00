"""`listinglint history`: how the stars of a catalog moved over the recorded runs."""

from __future__ import annotations

import csv
import datetime
import difflib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from listinglint.cli import options as opt
from listinglint.model import Text
from listinglint.model.reports import SECTIONS

if TYPE_CHECKING:
    from listinglint.history import CatalogRuns, History, RecordedRun

_PERIODS: Final = ("run", "day", "week", "month")
_LAST: Final = 20
_SAY: Final = {
    "empty": Text("{path}: no run is recorded; `listinglint check PATH --record` records one", "{path}：还没有运行记录；用 `listinglint check PATH --record` 记录一次"),
    "none": Text("no run of {name!r} is recorded in {path}", "{path} 中没有“{name}”的运行记录"),
    "near": Text("; recorded are {names}", "；已有记录：{names}"),
    "nothing": Text("no recorded run fits these options", "没有符合这些选项的运行记录"),
}


@click.command(context_settings={"max_content_width": 110})
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option("--catalog", metavar="NAME", help="The catalog recorded under this name or key, instead of a path.")
@click.option("--sheet", metavar="NAME", help="The runs over this sheet of a workbook.")
@click.option("--marketplace", "-m", metavar="NAME", help="Only runs for this marketplace.")
@click.option("--from", "file", type=click.Path(dir_okay=False), metavar="FILE", help="A history that --record-to wrote (default: the one of --record).")
@click.option("--by", type=click.Choice(_PERIODS), default="run", help="One line for each run, or for the last run of each day, week or month.")
@click.option("--last", type=click.IntRange(1), metavar="N", help=f"Show so many at most (default: {_LAST} as text, else all).")
@click.option("--since", type=opt.Day(), metavar="D", help="Only runs since this day.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", help="Format of the history.")
@opt.config_option
@opt.lang_option
def history(paths: tuple[str, ...], file: str | None, form: str, **given: Any) -> int:
    """Show how stars, score and findings moved over the runs that `check --record` kept.

    PATH is what `check` was given; exports of other days count as the same catalog. Without PATH: the only catalog, or an
    overview of all.
    """
    from listinglint.cli.check import _prepare
    from listinglint.history import History

    config = opt.read_config(given["config"], paths, given["lang"])
    lang = opt.merged(config, {"lang": given["lang"]}).lang
    kept = History(file)
    chosen = _chosen(kept, paths, config, given, lang)
    _prepare(sys.stdout)
    if form == "text":
        _show(kept, chosen, given, lang)
        return 0
    rows = [(one, _runs(kept, one, given)[-(given["last"] or 0) :]) for one in chosen]
    if form == "csv":
        _write_csv(rows)
    else:
        from listinglint.reports.json_lines import to_json

        document = [{"key": one.identity.key, "name": one.identity.name, "runs": [run.to_dict() for run in runs]} for one, runs in rows if runs]
        click.echo(to_json({"catalogs": document}))
    return 0


def _chosen(kept: History, paths: Sequence[str], config: Any, given: dict[str, Any], lang: str) -> list[CatalogRuns]:
    """The catalogs that are meant; raises HistoryError where none is recorded."""
    from listinglint.cli.recording import identity
    from listinglint.history import HistoryError

    every = kept.catalogs()
    if not every:
        raise HistoryError(Text(*(_SAY["empty"].format(one, path=kept.path) for one in ("en", "zh"))))
    if not paths and not given["catalog"]:
        return every
    wanted = identity(paths, config, given)
    found = [one for one in every if one.identity.key == wanted.key] or [one for one in every if given["catalog"] == one.identity.name]
    if found:
        return found
    names = [one.identity.name for one in every]
    near = difflib.get_close_matches(wanted.name, names, n=3, cutoff=0.3) or names[:3]

    def said(lang: str) -> str:
        return _SAY["none"].format(lang, name=wanted.name, path=kept.path) + _SAY["near"].format(lang, names=", ".join(near))

    raise HistoryError(Text(said("en"), said("zh")))


def _runs(kept: History, one: CatalogRuns, given: dict[str, Any]) -> list[RecordedRun]:
    """The runs that the options ask for, oldest first."""
    from listinglint.history import latest_of_each

    # The day begins at the user's midnight.
    since = datetime.datetime.combine(given["since"], datetime.time()).astimezone() if given["since"] else None
    return latest_of_each(kept.runs(one.identity.key, since=since, marketplace=given["marketplace"]), given["by"])


def _show(kept: History, chosen: Sequence[CatalogRuns], given: dict[str, Any], lang: str) -> None:
    from listinglint.cli.history_text import Picture, overview
    from listinglint.reports.terminal import may_colour

    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((80, 24)).columns if terminal or os.environ.get("COLUMNS") else 100
    picture = Picture(lang, width, colour=may_colour(terminal, dict(os.environ)), encoding=sys.stdout.encoding)
    if len(chosen) > 1:
        rows = [(one, _runs(kept, one, given)) for one in chosen]
        lines = overview(picture, [(one, runs) for one, runs in rows if runs])
    else:
        lines = _trends(picture, chosen[0], _runs(kept, chosen[0], given), given["last"] or _LAST, given["by"])
    found = False
    for line in lines:
        found = True
        click.echo(picture.shown(line))
    if not found:
        click.echo(_SAY["nothing"].get(lang), err=True)


def _trends(picture: Any, one: CatalogRuns, runs: Sequence[RecordedRun], last: int, by: str) -> Iterator[str]:
    """The trend of a catalog, once for each marketplace: what one asks for says nothing of the other."""
    from listinglint.cli.history_text import trend

    for at, marketplace in enumerate(dict.fromkeys(run.marketplace for run in reversed(runs))):
        if at:
            yield ""
        yield from trend(picture, one.identity.name, [run for run in runs if run.marketplace == marketplace], last, by)


_FRONT: Final = ("key", "name", "at", "marketplace", "version", "rule_set", "listings", "findings", "score")
_COUNTS: Final = ("error", "warning", "info")


def _write_csv(rows: Sequence[tuple[CatalogRuns, Sequence[RecordedRun]]]) -> None:
    """A row a run, with a column for each rule that found anything in any of them; empty where the rule did not judge."""
    from listinglint.reports.csv_table import safe_cell

    rules = sorted({rule for _, runs in rows for run in runs for rule, count in run.by_rule.items() if count})
    writer = csv.writer(sys.stdout)
    writer.writerow([*_FRONT, *(f"stars_{level}" for level in range(1, 6)), *_COUNTS, *SECTIONS, "suppressed", "baselined", "internal_errors", "failed", *rules])
    for one, runs in rows:
        for run in runs:
            values = {**run.to_dict(), "key": one.identity.key, "name": one.identity.name}
            cells = [
                *(values[name] for name in _FRONT), *(run.stars.get(level, 0) for level in range(1, 6)),
                *(run.by_severity.get(level, 0) for level in _COUNTS), *(run.sections.get(name) for name in SECTIONS),
                run.suppressed, run.baselined, run.internal_errors, str(run.failed).lower(), *(run.by_rule.get(rule) for rule in rules),
            ]  # fmt: skip
            writer.writerow([safe_cell(cell) for cell in cells])
