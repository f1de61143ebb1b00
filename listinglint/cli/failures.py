"""Turns what goes wrong into one clear line on standard error and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Final

import click

USAGE: Final = 2
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141


def run(command: click.Command, arguments: Sequence[str] | None = None) -> int:
    """Runs a command; returns the exit code (0, 1, 2; 130 after Ctrl-C, 141 when the reader of the output went away)."""
    _chosen.clear()
    try:
        given = sys.argv[1:] if arguments is None else list(arguments)
        # click's own main turns a closed pipe into exit code 1, which here says that the gate failed.
        with command.make_context("listinglint", given) as context:
            code = command.invoke(context)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return USAGE
    except BrokenPipeError:
        _silence()
        return PIPE_CLOSED
    except (KeyboardInterrupt, click.Abort):
        click.echo("\ninterrupted", err=True)
        return INTERRUPTED
    except Exception as error:
        from listinglint.api import message_of

        message = message_of(error, language(None))
        if message is None:
            raise
        label = "错误：" if language(None) == "zh" else "error: "
        click.echo(label + _one_line(message), err=True)
        return USAGE


def _one_line(message: str) -> str:
    from listinglint.reports.terminal import clean

    return clean(" ".join(message.split()))


def _silence() -> None:
    """Keeps Python from complaining about the closed pipe once more on its way out."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        pass


_chosen: list[str] = []


def choose_language(lang: str) -> None:
    """Sets the language of the error messages of this run."""
    _chosen[:] = [lang]


def language(asked: str | None, configured: str | None = None) -> str:
    """The language to speak: as asked, as configured, as chosen before, or as the environment says; English otherwise."""
    for one in (asked, configured, *_chosen):
        if one:
            return one
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
