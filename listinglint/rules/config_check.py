"""Checks what configuration files name (rules, selectors, options, marketplaces, rule sets) against what there is.

The kinds of the values have been checked on reading; here every complaint too says file, line and key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from listinglint.config import Config
from listinglint.config.files import ConfigFile
from listinglint.config.keys import nearest
from listinglint.config.lines import KeyPath
from listinglint.marketplaces import names
from listinglint.model import Text
from listinglint.rules.registry import RuleError, groups_of, option_problem, specificity
from listinglint.rules.rule import Rule
from listinglint.rules.rule_sets import rule_set_problem

_SELECTING: Final = ("select", "ignore", "extend-select")


def check_config(config: Config, rules: Mapping[str, Rule]) -> None:
    """Raises ConfigError for the first thing in the files of a configuration that is not there; `rules` are all of the run."""
    for file in config.files:
        _Check(file, rules).all()


class _Check:
    """Goes through one file."""

    def __init__(self, file: ConfigFile, rules: Mapping[str, Rule]) -> None:
        self.file = file
        self.rules = rules
        self.groups = groups_of(rules)

    def all(self) -> None:
        """Checks the file and its overrides."""
        pinned = self.file.table.get("rule-set")
        if pinned is not None and (problem := rule_set_problem(pinned)):
            raise self.file.error(("rule-set",), problem)
        self._table(self.file.table, ())
        for number, override in enumerate(self.file.table.get("overrides", ())):
            self._table(override, ("overrides", number), own=False)

    def _table(self, table: Mapping[str, Any], front: KeyPath, *, own: bool = True) -> None:
        if "marketplace" in table:
            self._marketplace(table["marketplace"], (*front, "marketplace"))
        for key in _SELECTING:
            value = table.get(key, [])
            for number, selector in enumerate([value] if isinstance(value, str) else value):
                self._selector(selector, (*front, key) if isinstance(value, str) else (*front, key, number))
        for selector in table.get("severity", {}):
            self._selector(selector, (*front, "severity", selector))
        for name, options in table.get("rules", {}).items():
            self._options(name, options, (*front, "rules", name), own)

    def _marketplace(self, name: str, at: KeyPath) -> None:
        if name.endswith(".toml") or name in names():
            return
        near = nearest(name.lower(), names())
        raise self.file.error(
            at,
            Text(
                f"unknown marketplace {name!r}; did you mean {near!r}? (known: {', '.join(names())}, or the path of a .toml file)",
                f"没有平台“{name}”；您是否想用“{near}”？（可用：{'、'.join(names())}，或 .toml 文件路径）",
            ),
        )

    def _selector(self, selector: str, at: KeyPath) -> None:
        try:
            specificity(selector, self.rules, self.groups)
        except RuleError as wrong:
            raise self.file.error(at, wrong.message) from wrong

    def _options(self, name: str, options: Mapping[str, Any], at: KeyPath, own: bool) -> None:
        rule = self.rules.get(name)
        if rule is None:
            self._no_rule(name, at)
            return
        for option, value in options.items():
            place = (*at, option)
            if option == "severity" and not any(one.name == option for one in rule.options):
                raise self.file.error(place, Text(f"severities stand in the table [severity]: {name} = {value!r}", f"级别应写在 [severity] 表中：{name} = {value!r}"))
            problem = option_problem(rule, option, value)
            if problem is not None:
                raise self.file.error(place, problem)
            if not own and rule.extract is not None:
                raise self.file.error(
                    place,
                    Text(
                        f"{name} compares listings with each other, all by the same options: they stand under [rules.{name}], outside of overrides",
                        f"{name} 会将产品相互比较，必须使用同一组选项：请写在 [rules.{name}] 中，不要写在 overrides 里",
                    ),
                )

    def _no_rule(self, name: str, at: KeyPath) -> None:
        if name in self.groups or name == "ALL":
            raise self.file.error(at, Text("is a group; options belong to a rule", "是分组；选项只能写给单个规则"))
        self._selector(name, at)
        # A variant has no options of its own.
        rule = name.partition(":")[0]
        raise self.file.error(at, Text(f"is a variant; options belong to the rule: [rules.{rule}]", f"是变体；选项应写给规则：[rules.{rule}]"))
