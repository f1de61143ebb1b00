"""The page of a rule, for a terminal and as Markdown: what it finds, options, examples, guidelines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from listinglint.model import Text
from listinglint.reports.terminal import Paint, clean, wrap
from listinglint.rules.rule import Example, Rule

_WORDS: Final = {
    "severity": Text("Severity", "级别"),
    "group": Text("Group", "分组"),
    "fields": Text("Fields", "字段"),
    "any": Text("all", "全部"),
    "fix": Text("Fix", "修复"),
    "guidelines": Text("Guidelines", "对应规范"),
    "since": Text("Since", "起始版本"),
    "off": Text("off unless selected", "默认关闭，需手动选用"),
    "variants": Text("Variants", "变体"),
    "options": Text("Options", "选项"),
    "default": Text("default {value}", "默认 {value}"),
    "examples": Text("Examples", "示例"),
    "mended": Text("mended", "修复后"),
    "marks": Text("marks", "标出"),
    "messages": Text("Messages", "提示语"),
    "switch": Text("To switch it off:", "关闭此规则："),
    "on": Text("on {name}", "平台 {name}"),
    "with": Text("with {value}", "设置 {value}"),
}
_FIXES: Final = {
    "none": Text("none", "无"),
    "safe": Text("safe", "安全（可自动修复）"),
    "unsafe": Text("to be reviewed", "需人工复核"),
    "both": Text("safe or to be reviewed", "部分安全，部分需人工复核"),
}
_LEVELS: Final = {"error": Text("error", "错误"), "warning": Text("warning", "警告"), "info": Text("info", "提示")}


def _say(word: str, lang: str, **values: object) -> str:
    return _WORDS[word].format(lang, **values)


def facts(rule: Rule, lang: str) -> list[tuple[str, str]]:
    """The labelled facts of a rule, in order."""
    severity = _LEVELS[rule.severity].get(lang) + ("" if rule.default else f" ({_say('off', lang)})")
    out = [
        (_say("severity", lang), severity),
        (_say("group", lang), rule.group),
        (_say("fields", lang), ", ".join(rule.fields) or _say("any", lang)),
        (_say("fix", lang), _FIXES[rule.fix].get(lang)),
    ]
    if rule.guidelines:
        out.append((_say("guidelines", lang), ", ".join(rule.guidelines)))
    if rule.variants:
        out.append((_say("variants", lang), ", ".join(f"{rule.name}:{name} ({_LEVELS[level].get(lang)})" for name, level in rule.variants.items())))
    if rule.since is not None:
        out.append((_say("since", lang), rule.since))
    return out


def _value(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (tuple, list, set, frozenset)) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _conditions(example: Example, lang: str) -> str:
    out = [] if example.marketplace == "alibaba" else [_say("on", lang, name=example.marketplace)]
    for value in (example.options, example.seller):
        if value:
            out.append(_say("with", lang, value=", ".join(f"{key} = {_value(one)}" for key, one in value.items())))
    if example.date:
        out.append(example.date)
    return "; ".join(out)


def _default(value: Any) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False, default=str)


def terminal_page(rule: Rule, lang: str, width: int, *, colour: bool = False) -> str:
    """The page as lines of at most `width` columns."""
    return "\n".join(_terminal_lines(rule, lang, width, Paint(colour)))


def _terminal_lines(rule: Rule, lang: str, width: int, paint: Paint) -> Iterator[str]:
    yield paint(rule.name, "bold")
    yield from wrap(rule.summary.get(lang), width, width)
    yield ""
    for label, value in facts(rule, lang):
        yield from _hang(f"{label}: ", value, width)
    yield ""
    yield from wrap(rule.page.get(lang), width, width)
    if rule.options:
        yield ""
        yield paint(_say("options", lang), "bold")
        for option in rule.options:
            yield from _hang(f"  {option.name}: ", f"{option.help.get(lang)} ({_say('default', lang, value=_default(option.default))})", width)
    yield ""
    yield paint(_say("examples", lang), "bold")
    for example in rule.examples:
        yield from _terminal_example(example, lang, width, paint)
    yield ""
    yield paint(f"{_say('switch', lang)} listinglint check --ignore {rule.name}", "dim")


def _hang(lead: str, text: str, width: int) -> Iterator[str]:
    from listinglint.reports.terminal import columns_of

    indent = columns_of(lead)
    lines = wrap(clean(text), width - indent, width - indent)
    yield lead + lines[0]
    for line in lines[1:]:
        yield " " * indent + line


def _terminal_example(example: Example, lang: str, width: int, paint: Paint) -> Iterator[str]:
    conditions = _conditions(example, lang)
    label = example.label.get(lang) + (f" ({conditions})" if conditions else "") + (f": {example.why.get(lang)}" if example.why else "")
    sign = "✖" if example.expect else "✔"
    for at, line in enumerate(wrap(clean(label), width - 4, width - 4)):
        yield ("  " + paint(f"{sign} ", "red" if example.expect else "green") if not at else "    ") + line
    for listing in example.listings:
        for field, value in listing.items():
            yield from _hang(f"      {field}: ", _value(value), width)
    if example.marked is not None:
        yield from _hang(f"      → {_say('marks', lang)}: ", example.marked, width)
    for field, value in (example.fixed or {}).items():
        yield from _hang(f"      → {_say('mended', lang)} {field}: ", value, width)


def markdown_page(rule: Rule, lang: str) -> str:
    """The page as Markdown."""
    return "\n".join(_markdown_lines(rule, lang)) + "\n"


def _markdown_lines(rule: Rule, lang: str) -> Iterator[str]:
    yield f"# {rule.name}"
    yield ""
    yield rule.summary.get(lang)
    yield ""
    for label, value in facts(rule, lang):
        yield f"- **{label}**: {value}"
    yield ""
    yield rule.page.get(lang)
    if rule.options:
        yield ""
        yield f"## {_say('options', lang)}"
        yield ""
        for option in rule.options:
            yield f"- `{option.name}`: {option.help.get(lang)} ({_say('default', lang, value=f'`{_default(option.default)}`')})"
    yield ""
    yield f"## {_say('messages', lang)}"
    yield ""
    for message in dict.fromkeys(text.get(lang) for text in rule.messages.values()):
        yield f"- {message}"
    yield ""
    yield f"## {_say('examples', lang)}"
    for example in rule.examples:
        yield ""
        yield from _markdown_example(example, lang)


def _markdown_example(example: Example, lang: str) -> Iterator[str]:
    conditions = _conditions(example, lang)
    why = f": {example.why.get(lang)}" if example.why else ""
    yield f"**{example.label.get(lang)}**{f' ({conditions})' if conditions else ''}{why}"
    yield ""
    yield "```text"
    for at, listing in enumerate(example.listings):
        if at:
            yield "--"
        for field, value in listing.items():
            yield f"{field}: {_fenced(_value(value))}"
    yield from _results(example, lang)
    yield "```"


def _results(example: Example, lang: str) -> Iterator[str]:
    if example.marked is not None:
        yield f"→ {_say('marks', lang)}: {_fenced(example.marked)}"
    fixed: Mapping[str, str] = example.fixed or {}
    for field, value in fixed.items():
        yield f"→ {_say('mended', lang)} {field}: {_fenced(value)}"


def _fenced(text: str) -> str:
    """A text that can end no code fence and hides nothing."""
    return clean(text).replace("```", "'''")
