"""`listinglint rules`: lists the rules with severity, fix and guidelines."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import click

from listinglint.cli import options as opt
from listinglint.model import Text

if TYPE_CHECKING:
    from listinglint.rules.rule import Rule

_FIXES: Final = {"none": Text("", ""), "safe": Text("safe fix", "安全修复"), "unsafe": Text("fix to review", "需复核修复"), "both": Text("fix", "可修复")}


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Format of the list.")
@opt.rules_option
@opt.config_option
@opt.lang_option
def rules(form: str, rules_from: tuple[str, ...], config: str | None, lang: str | None) -> int:
    """List the rules, with severity, fix and the guidelines they check."""
    from listinglint.rules.registry import load

    settings = opt.merged(opt.read_config(config, (), lang), {"lang": lang, "rules_from": rules_from})
    known = load(settings)
    if form == "json":
        from listinglint.reports.json_lines import to_json

        click.echo(to_json([rule.to_dict() for rule in known.values()]))
    else:
        for line in _lines(known.values(), settings.lang, shutil.get_terminal_size((100, 24)).columns):
            click.echo(line)
    return 0


def _lines(known: Iterable[Rule], lang: str, width: int) -> Iterable[str]:
    from listinglint.reports.terminal import columns_of, cut, pad
    from listinglint.reports.wording import SIGNS
    from listinglint.rules.rule import GROUP_NAMES

    every = list(known)
    names = max((len(rule.name) for rule in every), default=0)
    group = None
    for rule in every:
        if rule.group != group:
            if group is not None:
                yield ""
            group = rule.group
            label = GROUP_NAMES.get(group)
            yield f"{label.get(lang)} ({group})" if label else group
        tail = " · ".join(one for one in (_FIXES[rule.fix].get(lang), " ".join(rule.guidelines), rule.since) if one)
        tail = f"  [{tail}]" if tail else ""
        head = f"  {SIGNS[rule.severity]} {pad(rule.name, names)}  "
        yield head + cut(rule.summary.get(lang), max(20, width - columns_of(head) - columns_of(tail))) + tail
