"""Kinds of values that options take, and the settings that a command line and a configuration file make together."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from listinglint.cli.failures import choose_language, language
from listinglint.config import SEVERITIES, Config, Selection, Settings, load_config

if TYPE_CHECKING:
    from listinglint.catalogs import Catalog
    from listinglint.engine.suppress import Suppressions

    _Kind = click.ParamType[Any]
else:
    # Generic in newer versions of click only.
    _Kind = click.ParamType


_Command = Callable[..., Any]


def listed(values: Sequence[str]) -> tuple[str, ...]:
    """The items of an option that may be given several times, each with items parted by commas."""
    return tuple(item.strip() for value in values for item in value.split(",") if item.strip())


def pairs(values: Sequence[str], option: str, example: str) -> list[tuple[str, str]]:
    """`name=value,…` as pairs; a value with a comma in it is quoted. Raises click.BadParameter for anything else."""
    out = []
    for value in values:
        # A quote in the middle (title="A, B") is meant as one around the whole item.
        for item in next(csv.reader([_quotes_outside(value)], skipinitialspace=True)):
            name, equals, given = item.partition("=")
            if not equals or not name.strip() or not given.strip():
                raise click.BadParameter(f"{item!r} was given, NAME=VALUE was expected, such as {example}", param_hint=f"'{option}'")
            out.append((name.strip(), given.strip()))
    return out


def _quotes_outside(value: str) -> str:
    import re

    return re.sub(r'(^|,)\s*([\w-]+)="([^"]*)"', lambda m: f'{m[1]}"{m[2]}={m[3]}"', value)


def columns(values: Sequence[str]) -> dict[str, list[str]]:
    """`--columns field=Header,…`: fields to headers; a field given again is fed by several."""
    out: dict[str, list[str]] = {}
    for name, header in pairs(values, "--columns", "title=Name"):
        out.setdefault(name, []).append(header)
    return out


def severities(values: Sequence[str]) -> dict[str, Any]:
    """`--severity rule=level`."""
    out = {}
    for name, level in pairs(values, "--severity", "title-case=info"):
        if level not in SEVERITIES:
            raise click.BadParameter(f"{level!r} was given, one of {', '.join(SEVERITIES)} was expected", param_hint="'--severity'")
        out[name] = level
    return out


class StarRange(_Kind):
    """`2` or `1-3`."""

    name = "stars"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        low, dash, high = str(value).partition("-")
        high = high if dash else low
        try:
            found = int(low), int(high)
        except ValueError:
            found = (0, 0)
        if not 1 <= found[0] <= found[1] <= 5:
            self.fail(f"{value!r} was given, a number of stars such as 2 or a range such as 1-3 was expected", param, ctx)
        return found


class Day(_Kind):
    """`2026-11-25`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} was given, a date such as 2026-11-25 was expected", param, ctx)


class Percentage(_Kind):
    """`2%` or `2`."""

    name = "percentage"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            share = float(str(value).strip().removesuffix("%"))
        except ValueError:
            share = -1.0
        if not 0 <= share <= 100:
            self.fail(f"{value!r} was given, a percentage from 0% to 100% was expected", param, ctx)
        return share


def read_config(explicit: str | None, paths: Sequence[str], lang: str | None = None) -> Config:
    """The configuration of a run on these paths: the file that was named, or the nearest to the first of them."""
    if lang:
        choose_language(lang)
    start = next((Path(path) for path in paths if path != "-"), Path.cwd())
    for part in (start, *start.parents):
        if part.exists():
            start = part
            break
    config = load_config(start, Path(explicit) if explicit else None)
    choose_language(language(lang, config.lang))
    return config


def merged(config: Config, given: Mapping[str, Any]) -> Settings:
    """The settings of the file with those of the command line over them: selectors and rules are added, other values win.

    What the command line says holds for all listings, also for those that an override of the file fits. Raises ConfigError
    where the file names what is not there.
    """
    settings = config.settings
    rules = listed(given.get("rules_from", ()))
    selection = Selection(*(listed(given.get(name, ())) for name in ("select", "ignore", "extend_select")))
    found = settings.asked(selection, given.get("marketplace"), severities(given.get("severity", ()))).replace(
        lang=language(given.get("lang"), config.lang),
        date=given.get("date") or settings.date,
        plugins=(*settings.plugins, *(one for one in rules if not one.endswith(".toml"))),
        rule_files=(*settings.rule_files, *(one for one in rules if one.endswith(".toml"))),
    )
    if config.files:
        from listinglint.rules.config_check import check_config
        from listinglint.rules.registry import load

        check_config(config, load(found))
    return found


def opened(paths: Sequence[str], config: Config, given: Mapping[str, Any]) -> Catalog:
    """The catalog of these paths, read as the options of `reading_options` and the configuration say."""
    from listinglint.catalogs import open_catalog

    found = {**config.columns, **columns(given["columns"])}
    return open_catalog(list(paths), columns=found or None, sheet=given["sheet"], encoding=given["encoding"], stdin_filename=given["stdin_filename"])


def suppressions(config: Config, given: Mapping[str, Any]) -> Suppressions | None:
    """The suppressions of `--suppressions`, else those that the configuration names."""
    path = given["suppressions"] or config.suppressions
    if not path:
        return None
    from listinglint.engine.suppress import Suppressions

    return Suppressions.read(path)


def _together(*decorators: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    """Several options as one decorator, in the order in which `--help` lists them."""

    def add(command: _Command) -> _Command:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return add


lang_option = click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of the output (default: config, then LANG).")
marketplace_option = click.option("--marketplace", "-m", metavar="NAME", help="Marketplace, or the path of a .toml file of one (default: alibaba).")
config_option = click.option(
    "--config", type=click.Path(dir_okay=False), metavar="FILE", help="Configuration (default: listinglint.toml or pyproject.toml upward of the catalog)."
)
rules_option = click.option("--rules-from", multiple=True, metavar="MODULE|FILE", help="More rules: a Python module, a .py file or a .toml file.")
reading_options = _together(
    click.option("--columns", multiple=True, metavar="FIELD=HEADER,…", help="Columns that feed fields; headers or letters."),
    click.option("--sheet", metavar="NAME", help="Sheet of a workbook."),
    click.option("--encoding", metavar="NAME", help="Encoding of text files (default: found out)."),
    click.option("--stdin-filename", metavar="NAME", help="Name of standard input in reports and messages; its ending tells the format."),
)
selection_options = _together(
    click.option("--select", multiple=True, metavar="SELECTOR,…", help="Only these rules: names, groups, ALL."),
    click.option("--ignore", multiple=True, metavar="SELECTOR,…", help="Not these rules."),
    click.option("--extend-select", multiple=True, metavar="SELECTOR,…", help="These rules too."),
)
date_option = click.option("--date", type=Day(), metavar="D", help="The day for limits with dates (default: today).")
suppressions_option = click.option(
    "--suppressions", type=click.Path(dir_okay=False), metavar="FILE", help="Findings to leave alone (CSV: id, rule, value, reason, until)."
)
baseline_options = _together(
    click.option("--baseline", type=click.Path(dir_okay=False), metavar="FILE", help="Findings that were there before; only others are shown and can fail the run."),
    click.option("--no-baseline", is_flag=True, help="Judge without the baseline that the configuration names."),
    click.option("--write-baseline", type=click.Path(dir_okay=False), metavar="FILE", help="Accept all findings: write them to a baseline. Reasons and dates in it are kept."),
    click.option("--prune-baseline", is_flag=True, help="Take out of the baseline what no longer occurs."),
)
cache_options = _together(
    click.option("--no-cache", is_flag=True, help="Judge every listing anew; else those unchanged since an earlier run are not."),
    click.option("--cache-dir", type=click.Path(file_okay=False), metavar="DIR", help="Keep what was found of unchanged listings here; see `listinglint cache`."),
)
changed_option = click.option(
    "--changed-since", metavar="REV", help="Judge and show only listings that differ from the same file at this git revision."
)
