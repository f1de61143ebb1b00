"""`listinglint schema`: prints the JSON Schema of the json and jsonl reports."""

from __future__ import annotations

from importlib import resources

import click


@click.command()
def schema() -> int:
    """Print the JSON Schema (draft 2020-12) of the json and jsonl reports."""
    click.echo(resources.files("listinglint.schema").joinpath("report-1.json").read_text(encoding="utf-8"), nl=False)
    return 0
