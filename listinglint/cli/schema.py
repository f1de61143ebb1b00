"""`listinglint schema`: prints the JSON Schema of the json and jsonl reports, or of the configuration."""

from __future__ import annotations

from importlib import resources

import click

_FILES = {"report": "report-1.json", "config": "config-1.json"}


@click.command()
@click.argument("what", type=click.Choice(list(_FILES)), default="report")
def schema(what: str) -> int:
    """Print a JSON Schema: that of the json and jsonl reports (draft 2020-12), or with `config` that of listinglint.toml (draft 7), for editors."""
    click.echo(resources.files("listinglint.schema").joinpath(_FILES[what]).read_text(encoding="utf-8"), nl=False)
    return 0
