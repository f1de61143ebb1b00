"""What a rule is made of: metadata, options, examples, the check, and the hits that it yields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING, Any, Literal

from listinglint.model import Edit, Severity, Text

if TYPE_CHECKING:
    from listinglint.rules.analysis import AnalysedListing

GROUPS = ("titles", "text", "keywords", "claims", "descriptions", "facts", "images", "catalog")
GROUP_NAMES = {
    "titles": Text("Titles", "标题"),
    "text": Text("Words and characters", "文字"),
    "keywords": Text("Keywords", "关键词"),
    "claims": Text("Claims", "资质声明"),
    "descriptions": Text("Descriptions", "描述"),
    "facts": Text("Facts", "产品信息"),
    "images": Text("Images", "图片"),
    "catalog": Text("Across listings", "跨产品"),
}
"""The groups as people read them."""
Options = Mapping[str, Any]
FixKind = Literal["none", "safe", "unsafe", "both"]


@dataclass(slots=True)
class Hit:
    """One fault as a check reports it; the engine makes a Finding of it.

    Without `start` and `end` the fault has no place in the text. `edits` with `safety` is its fix. `values` fill
    the message, which is the rule's `messages[message]`. `weight` (0–1) is how much of the rule's penalty it costs.
    `other` is the identity of the listing that a fault across listings names.
    """

    field: str
    start: int | None = None
    end: int | None = None
    part: int = 0
    message: str = "default"
    values: dict[str, Any] = dataclass_field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    safety: Literal["safe", "unsafe"] | None = None
    variant: str | None = None
    weight: float = 1.0
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a rule: a JSON type (bool, int, float, str, list[str]) with its default."""

    name: str
    type: type[Any]
    default: Any
    help: Text
    minimum: float | None = None

    def problem(self, value: Any) -> Text | None:
        """What was expected instead of `value`; None where it is of the option's type."""
        fits: bool
        if self.type is float:
            fits = isinstance(value, (int, float)) and not isinstance(value, bool)
        elif self.type is list:
            fits = isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)
        elif self.type is int:
            fits = isinstance(value, int) and not isinstance(value, bool)
        else:
            fits = isinstance(value, self.type)
        expected = _EXPECTED[self.type]
        if fits and self.minimum is not None and not value >= self.minimum:
            fits, expected = False, Text(f"{self.minimum:g} or more", f"不小于 {self.minimum:g} 的数")
        if fits:
            return None
        return Text(f"option {self.name!r} takes {expected.en}, not {value!r}", f"选项“{self.name}”应为{expected.zh}，而不是 {value!r}")


_EXPECTED: Mapping[type[Any], Text] = {
    bool: Text("true or false", "true 或 false"),
    int: Text("a whole number", "整数"),
    float: Text("a number", "数字"),
    str: Text("a text", "文本"),
    list: Text("a list of texts", "文本列表"),
}


class Example:
    """A listing and what the rule says of it: test, documentation and `explain` text at once.

    The listing is given by its fields (`title="…"`; one positional text is the title) or, for rules across
    listings, by `listings`. `on` names the marketplace, `options` and `seller` the configuration, `date` the day.
    `fixed` maps fields to their text after the fix, `marked` is the text that the first finding marks,
    `why` says why (needed for what only looks like a fault).
    """

    expect: bool = False
    label = Text("Good", "正确")

    def __init__(
        self,
        title: str | None = None,
        /,
        *,
        on: str = "alibaba",
        fixed: Mapping[str, str] | str | None = None,
        marked: str | None = None,
        options: Mapping[str, Any] | None = None,
        seller: Mapping[str, Any] | None = None,
        date: str | None = None,
        why: Text | None = None,
        listings: Sequence[Mapping[str, Any]] = (),
        **fields: Any,
    ) -> None:
        listing = dict(fields)
        if title is not None:
            listing = {"title": title, **listing}
        self.listings: tuple[Mapping[str, Any], ...] = tuple(listings) or (listing,)
        self.across = bool(listings)
        self.marketplace = on
        self.fixed: Mapping[str, str] | None = {"title": fixed} if isinstance(fixed, str) else fixed
        self.marked = marked
        self.options = dict(options or {})
        self.seller = dict(seller or {})
        self.date = date
        self.why = why

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self.listings))})"


class Good(Example):
    """A listing that holds what the rule asks for: no finding."""


class Bad(Example):
    """A listing with the fault: at least one finding; with `fixed`, its fix mends it to that."""

    expect = True
    label = Text("Bad", "错误")


class FalseAlarm(Example):
    """A listing that looks like the fault and is none: no finding."""

    label = Text("Not a fault", "不算问题")


Check = Callable[["AnalysedListing", Options], Iterable[Hit]]
Resolved = Mapping[int, list[dict[str, Any]]]


@dataclass(frozen=True)
class Rule:
    """One check with all that is known about it.

    `fields`: the rule runs only where the listing has at least one of them. `phrases`: names of phrase lexicons,
    at least one of which must have a match; `lexicons` are matched as well, but ask for none. `screen`: a cheap test that must be true for the rule to be able to
    fire. These three are only a speed-up and must be sound. `english` says that the rule reads English: it is not
    run where its first present field is mostly Chinese. `keywords` names the kind of keyword field that it applies
    to (`list` or `bag`). `penalty` is for rules from outside; the built-in ones have theirs in the marketplace file.
    `since` is the rule set in which the rule first appeared; None for rules from outside.

    A rule across listings gives `extract` (a small picklable value of one listing, or None) and `resolve` (all
    values with their ordinals, in order, gone through as often as needed, to the values of the hits per ordinal); its `check` reads
    `doc.across[rule.name]` and runs only where there is such a value, unless it can judge a listing `alone` too. Where listings share
    the fault, each hit names the `other`.

    `whole` and `degrees` say which findings of two runs are the same fault: `whole`, that the rule judges the field as a whole, so that
    it does not matter which words it marks; `degrees`, the variants that are degrees of one fault, the gravest first.
    """

    name: str
    group: str
    severity: Severity
    summary: Text
    messages: Mapping[str, Text]
    page: Text
    check: Check
    examples: Sequence[Example]
    fields: tuple[str, ...] = ()
    guidelines: tuple[str, ...] = ()
    fix: FixKind = "none"
    options: tuple[Option, ...] = ()
    variants: Mapping[str, Severity] = dataclass_field(default_factory=dict)
    phrases: tuple[str, ...] = ()
    lexicons: tuple[str, ...] = ()
    screen: Callable[[AnalysedListing], bool] | None = None
    english: bool = False
    keywords: Literal["list", "bag"] | None = None
    penalty: float | None = None
    since: str | None = None
    default: bool = True
    alone: bool = False
    whole: bool = False
    degrees: tuple[str, ...] = ()
    extract: Callable[[AnalysedListing, Options], Any] | None = None
    resolve: Callable[[Iterable[tuple[int, Any]], Options], Resolved] | None = None

    def __post_init__(self) -> None:
        if self.group not in GROUPS and not self.group.isidentifier():
            raise ValueError(f"rule {self.name!r}: group {self.group!r} is not a name")
        if self.variants and any(v not in ("error", "warning", "info") for v in self.variants.values()):
            raise ValueError(f"rule {self.name!r}: a variant's severity is error, warning or info")
        if not set(self.degrees) <= set(self.variants):
            raise ValueError(f"rule {self.name!r}: degrees are variants")

    def defaults(self) -> dict[str, Any]:
        """Option names to their defaults."""
        return {option.name: option.default for option in self.options}

    def to_dict(self) -> dict[str, Any]:
        """The metadata as plain JSON types, for `rules --format json`."""
        return {
            "name": self.name,
            "group": self.group,
            "severity": self.severity,
            "variants": dict(self.variants),
            "fix": self.fix,
            "guidelines": list(self.guidelines),
            "fields": list(self.fields),
            "default": self.default,
            "since": self.since,
            "summary": {"en": self.summary.en, "zh": self.summary.zh},
            "options": [
                {"name": one.name, "type": one.type.__name__, "default": list(one.default) if isinstance(one.default, tuple) else one.default,
                 "help": {"en": one.help.en, "zh": one.help.zh}}
                for one in self.options
            ],
        }  # fmt: skip


def texts(en: str, zh: str) -> dict[str, Text]:
    """The messages of a rule that has one message only."""
    return {"default": Text(en, zh)}
