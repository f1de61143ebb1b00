"""Finds the rules (built in, from modules, packages and TOML files) and chooses those that a run applies."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from listinglint.config import Settings
from listinglint.marketplaces import Marketplace
from listinglint.model import Severity, Text
from listinglint.model.errors import SpokenError
from listinglint.rules.rule import GROUPS, Rule
from listinglint.rules.rule_sets import RULE_SETS, is_newer, rule_set_problem

ENTRY_POINT = "listinglint.rules"


class RuleError(SpokenError):
    """A rule that cannot be loaded, selected or configured; the message names it and says why."""


@dataclass(frozen=True)
class ActiveRule:
    """A rule as one run applies it: resolved options, severities per variant (None: variant switched off).

    A `preview` is a rule newer than the pinned rule set: it tells what it finds, at no cost.
    """

    rule: Rule
    options: Mapping[str, Any]
    severity: Severity | None
    variants: Mapping[str, Severity | None]
    preview: bool = False

    def severity_of(self, variant: str | None) -> Severity | None:
        """The severity of a hit of this variant; None where it is switched off."""
        return self.variants.get(variant, self.severity) if variant else self.severity


@cache
def builtin() -> dict[str, Rule]:
    """The rules that come with the program, by name, in the order of their groups and names."""
    found: dict[str, Rule] = {}
    for group in GROUPS:
        package = importlib.import_module(f"listinglint.rules.{group}")
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
            rule = importlib.import_module(f"{package.__name__}.{module.name}").RULE
            if isinstance(rule, Rule) and rule.since is None:
                rule = replace(rule, since=RULE_SETS[0])
            _enter(found, rule, module.name)
    return found


def _enter(found: dict[str, Rule], rule: Any, where: str) -> None:
    if not isinstance(rule, Rule):
        kind = type(rule).__name__
        raise RuleError(Text(f"{where}: RULE is {kind}, a listinglint Rule was expected", f"{where}：RULE 是 {kind}，应为 listinglint 的 Rule"))
    if rule.name in found:
        raise RuleError(Text(f"{where}: a rule named {rule.name!r} is there already", f"{where}：已有名为“{rule.name}”的规则"))
    found[rule.name] = rule


def load(settings: Settings) -> dict[str, Rule]:
    """All rules of a run: built in, installed packages, the modules and TOML files that the settings name.

    Raises RuleError with the name and the reason for one that cannot be loaded.
    """
    found = dict(builtin())
    for rule, where in _installed():
        _enter(found, rule, where)
    for name in settings.plugins:
        for rule in _from_module(name):
            _enter(found, rule, name)
    if settings.rule_files:
        from listinglint.rules.declared import read_rules

        for path in settings.rule_files:
            for rule in read_rules(Path(path)):
                _enter(found, rule, path)
    return found


def has_foreign_code(settings: Settings) -> bool:
    """True where rules come from code that is not the program's: modules that the settings name, or installed packages."""
    return bool(settings.plugins or _installed())


def _rules_in(module: Any, name: str) -> list[Any]:
    if hasattr(module, "RULES"):
        return list(module.RULES)
    if hasattr(module, "RULE"):
        return [module.RULE]
    raise RuleError(Text(f"rule module {name!r} has neither RULE nor RULES", f"规则模块“{name}”中既没有 RULE 也没有 RULES"))


@cache
def _installed() -> tuple[tuple[Any, str], ...]:
    from importlib.metadata import entry_points

    out: list[tuple[Any, str]] = []
    for point in entry_points(group=ENTRY_POINT):
        try:
            loaded = point.load()
        except Exception as broken:
            why = f"{type(broken).__name__}: {broken}"
            raise RuleError(
                Text(f"rule package {point.name!r} ({point.value}) cannot be loaded: {why}", f"无法加载规则包“{point.name}”（{point.value}）：{why}")
            ) from broken
        rules = [loaded] if isinstance(loaded, Rule) else list(loaded) if isinstance(loaded, (list, tuple)) else _rules_in(loaded, point.name)
        out.extend((rule, point.name) for rule in rules)
    return tuple(out)


def _from_module(name: str) -> list[Any]:
    """The rules of a Python module given by its name, or by the path of its file."""
    try:
        if name.endswith(".py"):
            path = Path(name).resolve()
            key = f"listinglint_rules_{path.stem}"
            spec = importlib.util.spec_from_file_location(key, path)
            if spec is None or spec.loader is None or not path.exists():
                raise FileNotFoundError(f"no such file: {path}")
            module = importlib.util.module_from_spec(spec)
            sys.modules[key] = module
            spec.loader.exec_module(module)
        else:
            module = importlib.import_module(name)
    except RuleError:
        raise
    except Exception as broken:
        why = f"{type(broken).__name__}: {broken}"
        raise RuleError(Text(f"rule module {name!r} cannot be loaded: {why}", f"无法加载规则模块“{name}”：{why}")) from broken
    return _rules_in(module, name)


# --- choosing ---------------------------------------------------------------------------------------------------------


def specificity(selector: str, rules: Mapping[str, Rule], groups: Iterable[str]) -> int:
    """3 for `rule:variant`, 2 for a rule, 1 for a group, 0 for ALL; raises RuleError for anything else."""
    if selector == "ALL":
        return 0
    name, _, variant = selector.partition(":")
    if name in rules:
        if variant and variant not in rules[name].variants:
            known = ", ".join(rules[name].variants)
            raise RuleError(
                Text(
                    f"rule {name!r} has no variant {variant!r} (its variants: {known or 'none'})",
                    f"规则“{name}”没有变体“{variant}”（可用：{known or '无'}）",
                )
            )
        return 3 if variant else 2
    if not variant and selector in groups:
        return 1
    near = difflib.get_close_matches(name, [*rules, *groups, "ALL"], n=1, cutoff=0.5)
    raise RuleError(
        Text(
            f"unknown rule or group {selector!r}{f'; did you mean {near[0]!r}?' if near else ''} (see `listinglint rules`)",
            f"没有规则或分组“{selector}”{f'；您是否想用“{near[0]}”？' if near else ''}（用 `listinglint rules` 查看）",
        )
    )


def groups_of(rules: Mapping[str, Rule]) -> list[str]:
    """The names of all groups that a selector may name."""
    return list(dict.fromkeys((*GROUPS, *(rule.group for rule in rules.values()))))


def _matches(selector: str, rule: Rule, variant: str | None) -> bool:
    if selector == "ALL" or selector in (rule.group, rule.name):
        return True
    return variant is not None and selector == f"{rule.name}:{variant}"


def choose(settings: Settings, marketplace: Marketplace, rules: Mapping[str, Rule] | None = None) -> list[ActiveRule]:
    """The rules that a run applies, with options and severities.

    The most specific selector wins, of equal ones that of the upper layer of settings, and within a layer `ignore`.
    Raises RuleError for an unknown selector, option, severity or rule set.
    """
    known = load(settings) if rules is None else rules
    groups = groups_of(known)
    if settings.rule_set is not None and (problem := rule_set_problem(settings.rule_set)):
        raise RuleError(problem)
    steps = [
        step
        for layer in settings.selections
        for step in (
            *((selector, True) for selector in (*layer.select, *layer.extend_select)),
            *((selector, False) for selector in layer.ignore),
        )
    ]
    ranked = [(specificity(selector, known, groups), at, selector, on) for at, (selector, on) in enumerate(steps)]
    for selector in settings.severity:
        specificity(selector, known, groups)
    for name in settings.options:
        if name not in known:
            specificity(name, known, ())
    out = []
    for rule in known.values():
        chosen = _choose_one(rule, settings, marketplace, ranked)
        if chosen is not None:
            out.append(chosen)
    return out


def _choose_one(
    rule: Rule, settings: Settings, marketplace: Marketplace, ranked: Sequence[tuple[int, int, str, bool]]
) -> ActiveRule | None:
    here = marketplace.rules.get(rule.name, {})
    only = any(layer.select for layer in settings.selections)
    default = rule.default and here.get("enabled", True) is not False and not only
    preview = is_newer(rule.since, settings.rule_set)

    def on(variant: str | None) -> bool:
        best: tuple[int, int, bool] = (-1, -1, default)
        for specific, at, selector, chosen in ranked:
            if _matches(selector, rule, variant) and (specific, at) > best[:2]:
                best = (specific, at, chosen)
        return best[2]

    def severity(variant: str | None, plain: Severity) -> Severity:
        if preview:
            return "info"
        best: tuple[int, Severity] = (-1, here.get("severity", plain))
        for selector, level in settings.severity.items():
            specific = 3 if ":" in selector else 2 if selector == rule.name else 1 if selector == rule.group else 0
            if _matches(selector, rule, variant) and specific > best[0]:
                best = (specific, level)
        return best[1]

    variants = {name: severity(name, level) if on(name) else None for name, level in rule.variants.items()}
    own = severity(None, rule.severity) if on(None) else None
    if own is None and not any(variants.values()):
        return None
    if rule.keywords is not None and rule.keywords != marketplace.keywords:
        return None
    return ActiveRule(rule, options_of(rule, settings, marketplace), own, variants, preview)


def options_of(rule: Rule, settings: Settings, marketplace: Marketplace) -> dict[str, Any]:
    """The options of a rule: its defaults, the marketplace's, and those of the settings, the later over the earlier.

    Raises RuleError for an unknown option and for a value that it does not take.
    """
    out = rule.defaults()
    here = {name: value for name, value in marketplace.rules.get(rule.name, {}).items() if name not in ("severity", "enabled")}
    for source in (here, settings.options.get(rule.name, {})):
        for name, value in source.items():
            problem = option_problem(rule, name, value)
            if problem is not None:
                raise RuleError(Text(f"rule {rule.name!r}: {problem.en}", f"规则“{rule.name}”：{problem.zh}"))
            out[name] = tuple(value) if isinstance(value, list) else value
    return out


def option_problem(rule: Rule, name: str, value: Any) -> Text | None:
    """What is wrong with an option of a rule, named the nearest one; None where nothing is."""
    known = {option.name: option for option in rule.options}
    if name in known:
        return known[name].problem(value)
    if not known:
        return Text("it has no options", "该规则没有选项")
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.0)[0]
    return Text(
        f"unknown option {name!r}; did you mean {near!r}? (its options: {', '.join(known)})",
        f"没有选项“{name}”；您是否想用“{near}”？（可用：{'、'.join(known)}）",
    )
