"""The file of a baseline: JSON lines, a head and then one entry a line, sorted, so that two branches merge and a diff can be read.

JSON and no table, for spreadsheets change what they open (`00123` to 123, `=…` to a formula), and ids and marked words must stay as
they are. Counts over the whole file are not in it: they would clash in every merge.
"""

from __future__ import annotations

import datetime
import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from listinglint.engine.baseline.places import NOWHERE, Place
from listinglint.model import Text

VERSION: Final = 1
_MARK: Final = "listinglint-baseline"
_LONGEST: Final = 1 << 20
"""Bytes of a line."""
_MOST: Final = 1_000_000_000
_SAY: Final = {
    "unreadable": Text("cannot be read: {why}", "无法读取：{why}"),
    "missing": Text("there is no such file; `check --write-baseline {path}` writes it", "文件不存在；用 `check --write-baseline {path}` 生成"),
    "no head": Text(
        'this is no baseline; its first line should be like {{"listinglint-baseline": 1, …}}. `check --write-baseline` writes one to another file',
        '这不是基线文件；首行应类似 {{"listinglint-baseline": 1, …}}。请用 `check --write-baseline` 写到另一个文件',
    ),
    "newer": Text("written by a newer listinglint (format {found}, known: {known}); update listinglint", "由更新版本的 listinglint 生成（格式 {found}，已知：{known}）；请升级 listinglint"),
    "conflict": Text("a merge conflict is left in the file; keep the lines of both sides and delete the marks", "文件中留有合并冲突；请保留双方的行并删除冲突标记"),
    "json": Text("no JSON object: {why}", "不是 JSON 对象：{why}"),
    "long": Text("longer than {most:,} bytes", "超过 {most:,} 字节"),
    "utf-8": Text("not UTF-8 at byte {at} of the line", "该行第 {at} 字节不是 UTF-8 编码"),
    "key": Text("unknown key {key!r}; did you mean {near!r}? (known: {known})", "没有“{key}”这一项；您是否想用“{near}”？（可用：{known}）"),
    "needed": Text("{key} is needed, a text", "缺少 {key}，应为文本"),
    "text": Text("{key}: a text was expected, not {value!r}", "{key}：应为文本，而不是 {value!r}"),
    "count": Text("count: a whole number from 1 to {most:,} was expected, not {value!r}", "count：应为 1 到 {most:,} 的整数，而不是 {value!r}"),
    "files": Text('files: a list such as [{{"file": "products.csv"}}] was expected, not {value!r}', 'files：应为形如 [{{"file": "products.csv"}}] 的列表，而不是 {value!r}'),
    "until": Text("until: a date such as 2026-11-25 was expected, not {value!r}", "until：应为日期，例如 2026-11-25，而不是 {value!r}"),
    "twice": Text("the same entry stands in line {first}; keep one of the two, with the count of both", "与第 {first} 行重复；请保留一行，并把 count 相加"),
}
_TEXTS: Final = ("listing", "rule", "field", "value", "with", "file", "sheet", "reason")
_KEYS: Final = ("listing", "rule", "field", "value", "with", "count", "file", "sheet", "reason", "until")


class BaselineError(ValueError):
    """A baseline file that cannot be used. `message` says in each language which line, and what was expected."""

    def __init__(self, path: str | Path, line: int | None, what: str, /, **values: Any) -> None:
        place = (f"{path}: line {line}: ", f"{path}：第 {line} 行：") if line is not None else (f"{path}: ", f"{path}：")
        self.message = Text(*(front + _SAY[what].format(lang, **values) for front, lang in zip(place, ("en", "zh"), strict=True)))
        super().__init__(self.message.en)


@dataclass(frozen=True, slots=True)
class Entry:
    """One fault that was there: so many findings (`count`) of a rule in a field of a listing.

    `listing` is the identity of the listing, `rule` the rule's selector with its variant, `value` the marked words (empty where
    nothing is marked, or the field is judged as a whole), `other` the identity of the listing that a finding across listings names.
    After `until` it forgives no more. `place` is the file and sheet that the listing stood in: it matters only to which entries a run can take out.
    `line` is where the entry stands in the baseline, 0 for a new one.
    """

    listing: str
    rule: str
    field: str
    value: str = ""
    other: str = ""
    count: int = 1
    reason: str = ""
    until: datetime.date | None = None
    line: int = 0
    place: Place = NOWHERE

    @property
    def key(self) -> tuple[str, str, str, str, str, str, str]:
        """What no two entries of a file share, and what they are sorted by."""
        return *self.fault, *self.place

    @property
    def fault(self) -> tuple[str, str, str, str, str]:
        """What it forgives, wherever that stands."""
        return self.listing, self.rule, self.field, self.value, self.other

    def expired(self, day: datetime.date) -> bool:
        """True when it no longer holds on `day`."""
        return self.until is not None and day > self.until


@dataclass(frozen=True, slots=True)
class Head:
    """What a baseline was written with, and from: `places` are the files and sheets whose listings it judged."""

    version: str = ""
    marketplace: str = ""
    rule_set: str = ""
    places: tuple[Place, ...] = ()


def read_baseline(path: str | Path) -> tuple[Head, list[Entry]]:
    """The head and the entries of a file. Raises BaselineError, with the line, for one that cannot be used."""
    head: Head | None = None
    entries: list[Entry] = []
    lines: dict[tuple[str, ...], int] = {}
    for number, text in _lines(path):
        table = _table(path, number, text, first=head is None)
        if head is None:
            head = _head(path, number, table)
            continue
        entry = _entry(path, number, table)
        first = lines.setdefault(entry.key, number)
        if first != number:
            raise BaselineError(path, number, "twice", first=first)
        entries.append(entry)
    if head is None:
        raise BaselineError(path, None, "no head")
    return head, entries


def _lines(path: str | Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers."""
    try:
        with Path(path).open("rb") as file:
            number = 0
            while raw := file.readline(_LONGEST + 1):
                number += 1
                if len(raw) > _LONGEST:
                    raise BaselineError(path, number, "long", most=_LONGEST)
                try:
                    text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                except UnicodeDecodeError as broken:
                    raise BaselineError(path, number, "no head" if number == 1 else "utf-8", at=broken.start) from broken
                if text:
                    yield number, text
    except FileNotFoundError as broken:
        raise BaselineError(path, None, "missing", path=path) from broken
    except OSError as broken:
        raise BaselineError(path, None, "unreadable", why=broken.strerror or broken) from broken


def _table(path: str | Path, number: int, text: str, *, first: bool) -> dict[str, Any]:
    if text.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        raise BaselineError(path, number, "conflict")
    try:
        table = json.loads(text)
        if isinstance(table, dict):
            return table
        why = f"{type(table).__name__}"
    except (ValueError, RecursionError) as broken:
        why = str(broken)
    if first:
        raise BaselineError(path, number, "no head")
    raise BaselineError(path, number, "json", why=why)


def _head(path: str | Path, number: int, table: Mapping[str, Any]) -> Head:
    found = table.get(_MARK)
    if isinstance(found, bool) or not isinstance(found, int):
        raise BaselineError(path, number, "no head")
    if found != VERSION:
        raise BaselineError(path, number, "newer", found=found, known=VERSION)
    texts = {key: value if isinstance(value, str) else "" for key, value in table.items()}
    return Head(texts.get("version", ""), texts.get("marketplace", ""), texts.get("rule-set", ""), _places(path, number, table.get("files", [])))


def _places(path: str | Path, number: int, value: Any) -> tuple[Place, ...]:
    """Files and sheets as the head lists them."""
    out = []
    for one in value if isinstance(value, list) else [value]:
        file, sheet = (one.get("file"), one.get("sheet", "")) if isinstance(one, dict) else (None, None)
        if not file or not isinstance(file, str) or not isinstance(sheet, str):
            raise BaselineError(path, number, "files", value=one)
        out.append(Place(file, sheet))
    return tuple(out)


def _entry(path: str | Path, number: int, table: Mapping[str, Any]) -> Entry:
    for key in table:
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1, cutoff=0.0)[0]
            raise BaselineError(path, number, "key", key=key, near=near, known=", ".join(_KEYS))
    for key in _TEXTS:
        if not isinstance(table.get(key, ""), str):
            raise BaselineError(path, number, "text", key=key, value=table[key])
    for key in ("listing", "rule", "field"):
        if not table.get(key):
            raise BaselineError(path, number, "needed", key=key)
    count = table.get("count", 1)
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= _MOST:
        raise BaselineError(path, number, "count", most=_MOST, value=count)
    return Entry(
        table["listing"], table["rule"], table["field"], table.get("value", ""), table.get("with", ""), count, table.get("reason", ""),
        _day(path, number, table.get("until")), number, Place(table.get("file", ""), table.get("sheet", "")),
    )  # fmt: skip


def _day(path: str | Path, number: int, value: Any) -> datetime.date | None:
    if value is None or value == "":
        return None
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError) as broken:
        raise BaselineError(path, number, "until", value=value) from broken


def text_of(head: Head, entries: Iterable[Entry]) -> str:
    """The file of a baseline as text: pure ASCII but for what can be printed, and the same for the same entries."""
    first: dict[str, Any] = {_MARK: VERSION, "version": head.version, "marketplace": head.marketplace, "rule-set": head.rule_set}
    if head.places:
        first["files"] = [{"file": place.file} | ({"sheet": place.sheet} if place.sheet else {}) for place in sorted(head.places)]
    return "".join(_line(table) for table in (first, *(_shown(entry) for entry in sorted(entries, key=lambda entry: entry.key))))


def _shown(entry: Entry) -> dict[str, Any]:
    table: dict[str, Any] = {"listing": entry.listing, "rule": entry.rule, "field": entry.field}
    more = {
        "value": entry.value, "with": entry.other, "count": entry.count if entry.count != 1 else None, "file": entry.place.file,
        "sheet": entry.place.sheet, "reason": entry.reason,
        "until": entry.until.isoformat() if entry.until else None,
    }  # fmt: skip
    return table | {key: value for key, value in more.items() if value}


def _line(table: Mapping[str, Any]) -> str:
    text = json.dumps(table, ensure_ascii=False)
    return ("".join(map(_printable, text)) if not text.isprintable() else text) + "\n"


def _printable(character: str) -> str:
    """The character, or its escape where it cannot be seen: strange line ends, marks of direction, half surrogate pairs."""
    return character if character.isprintable() else json.dumps(character)[1:-1] if character != "\x7f" else "\\u007f"
