"""Rules that a TOML file declares without code: word lists, substitutions, lengths, patterns that must or must not be there.

Patterns are RE2's: they take linear time whatever the text. Each `[[rules]]` has a name, messages in English (and, for
want of Chinese, that is shown in both), and one of `words`, `replace`, `forbid`, `require` or `min`/`max`.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from listinglint.marketplaces import measure
from listinglint.model import TEXT_FIELDS, Edit, Text, UnknownField
from listinglint.model.listing import field_names
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.own_words import find_words, in_case_of
from listinglint.rules.registry import RuleError
from listinglint.rules.rule import Bad, Check, Example, Good, Hit, Options, Rule

_KINDS: Final = ("words", "replace", "forbid", "require", "length")
_KEYS: Final = (
    "name", "group", "severity", "penalty", "fields", "summary", "message", "page", "default", "guidelines", "words", "replace",
    "safe", "forbid", "require", "min", "max", "unit", "good", "bad",
)  # fmt: skip
_UNITS: Final = ("characters", "bytes", "width", "words")
_NAME: Final = lazy_pattern(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_MOST: Final = 20
_LONGEST_PATTERN: Final = 2000
_A_TEXT: Final = Text("a text", "文本")
_TEXTS: Final = Text("a text or a list of texts", "文本或文本列表")
_BOTH: Final = Text('a text or { en = "…", zh = "…" }', '文本或 { en = "…", zh = "…" }')
_SEVERITY: Final = Text("error, warning or info", " error、warning 或 info")
_POINTS: Final = Text("points from 0 to 100", " 0 到 100 的分数")
_YES_OR_NO: Final = Text("true or false", " true 或 false")
_REPLACE: Final = Text('a table such as { colour = "color" }', '形如 { colour = "color" } 的表')
_EXAMPLES: Final = Text("a list of titles or tables of fields", "标题或字段表的列表")
_SAMPLE: Final[dict[str, Any]] = {"text": "", "instead": "", "length": 0, "min": 0, "max": 0, "field": "", "unit": ""}


def read_rules(path: Path) -> list[Rule]:
    """The rules of a file. Raises RuleError, with the file and the rule's name, for anything that is wrong in it."""
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as broken:
        why = broken.strerror or broken
        raise RuleError(Text(f"{path}: cannot be read: {why}", f"{path}：无法读取：{why}")) from broken
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise RuleError(Text(f"{path}: not a TOML file: {broken}", f"{path}：不是 TOML 文件：{broken}")) from broken
    entries = table.get("rules")
    if set(table) != {"rules"} or not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        found = ", ".join(map(repr, table))
        raise RuleError(
            Text(
                f"{path}: [[rules]] tables and nothing else were expected, not {found or 'an empty file'}",
                f"{path}：文件中应只有 [[rules]] 表，而不是 {found or '空文件'}",
            )
        )
    rules = [_Entry(path, at, entry).rule() for at, entry in enumerate(entries, 1)]
    names = [rule.name for rule in rules]
    for name in names:
        if names.count(name) > 1:
            raise RuleError(Text(f"{path}: rule {name!r} is declared twice", f"{path}：规则“{name}”声明了两次"))
    return rules


class _Entry:
    """One `[[rules]]` table as it becomes a rule."""

    def __init__(self, path: Path, at: int, entry: Mapping[str, Any]) -> None:
        self.path = path
        self.entry = entry
        name = entry.get("name")
        self.where = Text(f"rule {name!r}", f"规则“{name}”") if isinstance(name, str) else Text(f"rule number {at}", f"第 {at} 条规则")

    def wrong(self, en: str, zh: str) -> RuleError:
        return RuleError(Text(f"{self.path}: {self.where.en}: {en}", f"{self.path}：{self.where.zh}：{zh}"))

    def taken(self, key: str, expected: Text, value: Any) -> RuleError:
        """The error for a value that a key does not take."""
        return self.wrong(f"{key} takes {expected.en}, not {value!r}", f"{key} 应为{expected.zh}，而不是 {value!r}")

    def get(self, key: str, kind: type[Any] | tuple[type[Any], ...], expected: Text, default: Any = None) -> Any:
        value = self.entry.get(key, default)
        if value is default:
            return value
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.taken(key, expected, value)
        return value

    def rule(self) -> Rule:
        for key in self.entry:
            if key not in _KEYS:
                near = difflib.get_close_matches(key, _KEYS, n=1, cutoff=0.0)[0]
                raise self.wrong(f"unknown key {key!r}; did you mean {near!r}?", f"没有“{key}”这一项；您是否想用“{near}”？")
        name = self.get("name", str, _A_TEXT)
        if not name or not _NAME.match(name):
            raise self.wrong("name: a kebab-case name such as 'house-style' was expected", "name 应为以连字符分隔的小写名称，例如 house-style")
        severity = self.get("severity", str, _SEVERITY, "warning")
        if severity not in ("error", "warning", "info"):
            raise self.taken("severity", _SEVERITY, severity)
        penalty = self.get("penalty", (int, float), _POINTS)
        if penalty is not None and not 0 <= penalty <= 100:
            raise self.taken("penalty", _POINTS, penalty)
        fields = self.fields()
        check, message = self.check(fields)
        text = self.text("message", message)
        self.try_format(text)
        summary = self.text("summary", text if "{" not in text.en + text.zh else Text(name, name))
        try:
            return Rule(
                name=name,
                group=self.get("group", str, _A_TEXT, "text"),
                severity=severity,
                summary=summary,
                messages={"default": text},
                page=self.text("page", summary),
                check=check,
                examples=self.examples(),
                fields=fields,
                guidelines=tuple(self.texts("guidelines")),
                fix="none" if "replace" not in self.entry else "safe" if self.entry.get("safe") else "unsafe",
                penalty=float(penalty) if penalty is not None else None,
                default=self.get("default", bool, _YES_OR_NO, True),
            )
        except ValueError as broken:
            raise self.wrong(str(broken), str(broken)) from broken

    def texts(self, key: str) -> list[str]:
        value = self.get(key, (str, list), _TEXTS, [])
        value = [value] if isinstance(value, str) else value
        if not all(isinstance(one, str) and one.strip() for one in value):
            raise self.taken(key, Text("a list of texts that are not empty", "非空文本的列表"), value)
        return list(value)

    def text(self, key: str, default: Text) -> Text:
        value = self.get(key, (str, dict), _BOTH)
        if value is None:
            return default
        if isinstance(value, str):
            return Text(value, value)
        if not value or set(value) - {"en", "zh"} or not all(isinstance(one, str) for one in value.values()):
            raise self.taken(key, _BOTH, value)
        first = value.get("en", value.get("zh"))
        return Text(value.get("en", first), value.get("zh", first))

    def try_format(self, text: Text) -> None:
        for one in (text.en, text.zh):
            try:
                one.format(**_SAMPLE)
            except (KeyError, IndexError, ValueError, AttributeError) as broken:
                known = ", ".join(f"{{{name}}}" for name in _SAMPLE)
                raise self.wrong(
                    f"message: a place in {one!r} cannot be filled ({broken}); the places are {known}",
                    f"message：{one!r} 中有无法填写的占位（{broken}）；可用的占位：{known}",
                ) from broken

    def fields(self) -> tuple[str, ...]:
        names = self.texts("fields")
        try:
            return field_names(names) if names else TEXT_FIELDS
        except UnknownField as broken:
            raise self.wrong(f"fields: {broken.message.en}", f"fields：{broken.message.zh}") from broken

    def check(self, fields: tuple[str, ...]) -> tuple[Check, Text]:
        """The check and the message that it has by default."""
        given = [kind for kind in _KINDS if kind in self.entry or (kind == "length" and {"min", "max"} & set(self.entry))]
        if len(given) != 1:
            raise self.wrong(
                f"one of words, replace, forbid, require, min/max was expected, not {' and '.join(given) or 'none'}",
                f"words、replace、forbid、require、min/max 应有且只有一个，现在有：{'、'.join(given) or '无'}",
            )
        kind = given[0]
        if "safe" in self.entry and kind != "replace":
            raise self.wrong("safe belongs to replace", "safe 只能与 replace 一起使用")
        if kind == "words":
            words = self.texts("words")
            if not words:
                raise self.wrong("words: at least one was expected", "words 至少要有一个词")
            return _Words(fields, tuple(words)), Text("'{text}' is not allowed here", "此处不允许使用“{text}”")
        if kind == "replace":
            return self.replacement(fields), Text("write '{instead}' instead of '{text}'", "“{text}”应写成“{instead}”")
        if kind == "length":
            return self.length(fields)
        pattern = self.pattern(kind)
        if kind == "forbid":
            return _Forbidden(fields, pattern), Text("'{text}' is not allowed here", "此处不允许出现“{text}”")
        return _Required(fields, pattern), Text("{field}: something that is required is missing", "{field}：缺少必须包含的内容")

    def replacement(self, fields: tuple[str, ...]) -> Check:
        table = self.get("replace", dict, _REPLACE)
        if not table or not all(isinstance(value, str) and key.strip() for key, value in table.items()):
            raise self.taken("replace", _REPLACE, table)
        words = {" ".join(key.casefold().split()): value for key, value in table.items()}
        return _Replaced(fields, words, "safe" if self.get("safe", bool, _YES_OR_NO, False) else "unsafe")

    def length(self, fields: tuple[str, ...]) -> tuple[Check, Text]:
        bounds = [self.get(key, int, Text("a whole number", "整数")) for key in ("min", "max")]
        for bound in bounds:
            if bound is not None and bound < 0:
                raise self.wrong(f"min and max take 0 or more, not {bound}", f"min 和 max 应为 0 或更大，而不是 {bound}")
        least, most = bounds
        if least is not None and most is not None and least > most:
            raise self.wrong(f"min ({least}) is above max ({most})", f"min（{least}）大于 max（{most}）")
        unit = self.get("unit", str, _A_TEXT, "characters")
        if unit not in _UNITS:
            raise self.wrong(f"unit takes {', '.join(_UNITS)}, not {unit!r}", f"unit 应为 {'、'.join(_UNITS)} 之一，而不是 {unit!r}")
        en = f"at most {most}" if least is None else f"at least {least}" if most is None else f"{least} to {most}"
        zh = f"不超过 {most}" if least is None else f"不少于 {least}" if most is None else f"{least} 到 {most}"
        return _Length(fields, least, most, unit), Text(f"{{field}} has {{length}} {{unit}}; {en} are asked for", f"{{field}} 长度为 {{length}}（{{unit}}），应{zh}")

    def pattern(self, key: str) -> Any:
        import re2

        source = self.get(key, str, Text("a pattern", "正则表达式"))
        if not source or len(source) > _LONGEST_PATTERN:
            raise self.wrong(f"{key} takes a pattern of 1 to {_LONGEST_PATTERN} characters", f"{key} 应为 1 到 {_LONGEST_PATTERN} 个字符的正则表达式")
        options = re2.Options()
        # RE2 would write to standard error by itself.
        options.log_errors = False
        try:
            pattern = re2.compile(source, options)
        except re2.error as broken:
            reason = broken.args[0] if broken.args else broken
            why = reason.decode() if isinstance(reason, bytes) else reason
            raise self.wrong(f"{key}: {source!r} is no pattern that RE2 takes: {why}", f"{key}：RE2 不支持正则表达式 {source!r}：{why}") from broken
        if pattern.search("") is not None:
            raise self.wrong(f"{key}: {source!r} matches empty text", f"{key}：{source!r} 会匹配空文本")
        return pattern

    def examples(self) -> Sequence[Example]:
        out: list[Example] = []
        for key, kind in (("good", Good), ("bad", Bad)):
            for value in self.get(key, list, _EXAMPLES, []):
                if not isinstance(value, (str, dict)):
                    raise self.taken(key, _EXAMPLES, value)
                try:
                    fields = {"title": value} if isinstance(value, str) else dict(zip(field_names(value), value.values(), strict=True))
                except UnknownField as broken:
                    raise self.wrong(f"{key}: {broken.message.en}", f"{key}：{broken.message.zh}") from broken
                out.append(kind(**fields))
        return tuple(out)


@dataclass(frozen=True)
class _Words:
    """Words that must not be there."""

    fields: tuple[str, ...]
    words: tuple[str, ...]

    def __call__(self, doc: AnalysedListing, options: Options) -> Iterator[Hit]:
        for part in doc.texts(fields=self.fields):
            for count, (start, end) in enumerate(find_words(part, self.words)):
                if count == _MOST:
                    break
                yield part.hit(start, end, **{**_SAMPLE, "text": part.raw[start:end], "field": part.field})


@dataclass(frozen=True)
class _Replaced:
    """Words that are to be written otherwise; the capitals are kept."""

    fields: tuple[str, ...]
    table: Mapping[str, str]
    safety: str

    def __call__(self, doc: AnalysedListing, options: Options) -> Iterator[Hit]:
        for part in doc.texts(fields=self.fields):
            for count, (start, end) in enumerate(find_words(part, (*self.table, *(v for v in self.table.values() if v)))):
                if count == _MOST:
                    break
                text = part.raw[start:end]
                instead = self.table.get(" ".join(text.casefold().split()))
                if instead is None or instead.casefold() == text.casefold():
                    continue
                instead = in_case_of(text, instead)
                values = {**_SAMPLE, "text": text, "instead": instead, "field": part.field}
                edit = Edit(part.field, start, end, instead, part.part)
                yield Hit(part.field, start, end, part.part, values=values, edits=(edit,), safety="safe" if self.safety == "safe" else "unsafe")


@dataclass(frozen=True)
class _Forbidden:
    """A pattern that must not be there."""

    fields: tuple[str, ...]
    pattern: Any

    def __call__(self, doc: AnalysedListing, options: Options) -> Iterator[Hit]:
        for part in doc.texts(fields=self.fields):
            found = 0
            for match in self.pattern.finditer(part.text):
                if match.start() == match.end():
                    continue
                yield part.hit(*match.span(), **{**_SAMPLE, "text": match.group(0), "field": part.field})
                found += 1
                if found == _MOST:
                    break


@dataclass(frozen=True)
class _Required:
    """A pattern that must be in one cell of each field that the source has."""

    fields: tuple[str, ...]
    pattern: Any

    def __call__(self, doc: AnalysedListing, options: Options) -> Iterator[Hit]:
        for field in self.fields:
            if doc.has(field) and not any(self.pattern.search(part.text) for part in doc.parts(field)):
                yield Hit(field, values={**_SAMPLE, "field": field})


@dataclass(frozen=True)
class _Length:
    """A length of each cell of the fields; empty ones have rules of their own."""

    fields: tuple[str, ...]
    least: int | None
    most: int | None
    unit: str

    def __call__(self, doc: AnalysedListing, options: Options) -> Iterator[Hit]:
        for part in doc.texts(fields=self.fields):
            length = len(part.words) if self.unit == "words" else measure(part.raw, self.unit)
            if (self.least is None or length >= self.least) and (self.most is None or length <= self.most):
                continue
            values: dict[str, Any] = {"length": length, "unit": self.unit, "min": self.least or 0, "max": self.most or 0}
            yield part.hit(0, len(part.raw), **{**_SAMPLE, **values, "field": part.field})
