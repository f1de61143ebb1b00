"""The command line. Commands are loaded as they are called, so that none pays for another's imports."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

import click

COMMANDS: Final = {
    "check": ("listinglint.cli.check", "Lint catalogs: what is wrong in which cell, and how many stars each listing has."),
    "fix": ("listinglint.cli.fix", "Write a mended copy of a catalog, or show what would change."),
    "suggest": ("listinglint.cli.suggest", "Propose keywords and titles."),
    "parse": ("listinglint.cli.parse", "Show how titles are understood."),
    "explain": ("listinglint.cli.explain", "Print the page of a rule."),
    "rules": ("listinglint.cli.rules", "List the rules."),
    "marketplaces": ("listinglint.cli.marketplaces", "List the marketplaces, or the limits of one."),
    "history": ("listinglint.cli.history", "Show how the stars of a catalog moved over recorded runs."),
    "cache": ("listinglint.cli.cache", "Show how large the cache of unchanged listings is, where it lies, or empty it."),
    "init": ("listinglint.cli.init", "Write a configuration for a catalog."),
    "config": ("listinglint.cli.config", "Show the settings that hold for a catalog, and where each is said."),
    "serve": ("listinglint.cli.serve", "Serve the page and the HTTP API on this machine."),
    "schema": ("listinglint.cli.schema", "Print the JSON Schema of the json and jsonl reports, or of the configuration."),
}
"""Commands to the modules that hold them, under the command's name, and their help in one line."""


class LazyGroup(click.Group):
    """A group that imports a command's module when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, (module, _) in COMMANDS.items() if find_spec(module) is not None]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in self.list_commands(ctx) and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, self.list_commands(ctx), n=1)
            ctx.fail(f"no such command {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from listinglint import __version__

        click.echo(f"listinglint {__version__}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version.")
def cli() -> None:
    """listinglint: a linter and keyword optimizer for product catalogs."""


def main(arguments: list[str] | None = None) -> Any:
    """Runs the command line and leaves with its exit code; every known error is one line, never a traceback."""
    from listinglint.cli.failures import run

    # What is loaded at the start stays to the end: with its usual thresholds the collector looks through it again and again.
    gc.set_threshold(50_000, 20, 20)
    sys.exit(run(cli, arguments))
