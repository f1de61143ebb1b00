"""`listinglint explain`: prints the page of a rule."""

from __future__ import annotations

import shutil
import sys

import click

from listinglint.cli import options as opt
from listinglint.model import Text


@click.command()
@click.argument("rule")
@opt.rules_option
@opt.config_option
@opt.lang_option
def explain(rule: str, rules_from: tuple[str, ...], config: str | None, lang: str | None) -> int:
    """Print the page of RULE: what it finds, why it matters, how to mend it, its options and examples."""
    from listinglint.reports.rule_page import terminal_page
    from listinglint.rules.registry import RuleError, load

    settings = opt.merged(opt.read_config(config, (), lang), {"lang": lang, "rules_from": rules_from})
    known = load(settings)
    name = rule.partition(":")[0]
    if name not in known:
        import difflib

        near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
        raise RuleError(
            Text(
                f"unknown rule {rule!r}{f'; did you mean {near[0]!r}?' if near else ''} (see `listinglint rules`)",
                f"没有规则“{rule}”{f'；您是否想用“{near[0]}”？' if near else ''}（用 `listinglint rules` 查看）",
            )
        )
    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    click.echo(terminal_page(known[name], settings.lang, width, colour=sys.stdout.isatty()))
    return 0
