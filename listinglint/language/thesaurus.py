"""The thesaurus of product names: names for the same thing, near broader and narrower names, and what it is not.

The hand-made sources are `data/thesaurus/*.csv` with the columns `category,names,broader,narrower,unlike,rare`; names in
a cell are parted by `;`. `data/build/build_thesaurus.py` puts them into one file that loads fast. A seller's own file of
the same format is added with `load_file`.

Names compare by `name_key`: case, hyphens, open and closed compounds, the plural of the head and British or American
spelling make no difference.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import Any, NamedTuple

from listinglint import lexicons
from listinglint.language.plurals import _singular_word, pluralize
from listinglint.model import Text
from listinglint.model.errors import SpokenError
from listinglint.model.memory import WORDS
from listinglint.model.patterns import lazy_pattern

COLUMNS = ("category", "names", "broader", "narrower", "unlike", "rare")
_LISTS = COLUMNS[1:]
_DIGITS = lazy_pattern(r"\d+")
_PUNCTUATION = lazy_pattern(r"[^\w\s&+#./%-]+", re.UNICODE)
_MEMORY = 10_000


class ThesaurusError(SpokenError):
    """A thesaurus file that cannot be read; the message names file, line and column."""


@dataclass(frozen=True, slots=True)
class Group:
    """Names for one product, the commonest first, and the names around it."""

    category: str
    names: tuple[str, ...]
    broader: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The commonest name."""
        return self.names[0]


class Match(NamedTuple):
    """A name found in the thesaurus: its group, the words before the known part, the known part as written."""

    group: Group
    modifiers: str
    matched: str


class Contradiction(NamedTuple):
    """Two statements of a thesaurus that cannot both hold."""

    kind: str
    name: str
    where: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name!r} in {', '.join(self.where)}"


# --- spelling ---------------------------------------------------------------------------------------------------------


@cache
def _american() -> dict[str, str]:
    """British spellings with their American ones."""
    path = lexicons.data_dir() / "lexicons" / "british_american.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = csv.reader(line for line in handle if not line.startswith("#"))
        next(rows)
        return dict(rows)


@cache
def _british() -> dict[str, str]:
    return {american: british for british, american in reversed(_american().items())}


def american_spelling(word: str) -> str:
    """The American spelling of a word in lower case; the word itself where it has no other."""
    return _american().get(word, word)


@lru_cache(maxsize=WORDS)
def _key_word(word: str) -> str:
    return _american().get(word, word)


@lru_cache(maxsize=WORDS)
def _key_head(word: str) -> str:
    single = _singular_word(_key_word(word))
    return _key_word(single)


def _key_words(name: str) -> list[str]:
    if name.isascii() and name.replace(" ", "").isalnum():
        words = list(map(_key_word, name.lower().split()))
        words[-1] = _key_head(words[-1])
        return words
    text = name.lower().replace("’", "'").replace("'s ", "s ").replace("s' ", "s ").replace("'", "").replace("-", " ").replace("/", " ")
    words = [_key_word(word) for word in _PUNCTUATION.sub(" ", text).split()]
    if words:
        words[-1] = _key_head(words[-1])
    return words


@lru_cache(maxsize=_MEMORY)
def name_key(name: str) -> str:
    """What names compare by: `Power-Banks` and `powerbank` have one key."""
    return "".join(_key_words(name))


def words_key(first: str, last: str) -> str:
    """The `name_key` of two words in lower case."""
    return _key_word(first) + _key_head(last) if first.isalnum() and last.isalnum() else name_key(f"{first} {last}")


@lru_cache(maxsize=_MEMORY)
def spelling_variants(name: str) -> tuple[str, ...]:
    """The same name in its other common spellings, without `name` itself.

    British for American words and the other way round (`tire inflator` → `tyre inflator`), and the hyphenated form
    written open (`T-shirt` → `T shirt`); open and closed compounds where the thesaurus or the lexicon knows both.
    """
    found: dict[str, None] = {}
    words = name.split()
    for table in (_british(), _american()):
        swapped = " ".join(_swap(word, table) for word in words)
        if swapped != name:
            found[swapped] = None
    for at, word in enumerate(words):
        if "-" in word.strip("-"):
            found[" ".join([*words[:at], word.replace("-", " "), *words[at + 1 :]])] = None
            closed = word.replace("-", "")
            if closed.lower() in _closed_compounds():
                found[" ".join([*words[:at], closed, *words[at + 1 :]])] = None
        opened = _closed_compounds().get(word.lower())
        if opened is not None:
            found[" ".join([*words[:at], _like(word, opened), *words[at + 1 :]])] = None
        if at + 1 < len(words) and "-" not in word and (word + words[at + 1]).lower() in _closed_compounds():
            found[" ".join([*words[:at], word + words[at + 1].lower(), *words[at + 2 :]])] = None
    found.pop(name, None)
    return tuple(found)


def _like(model: str, text: str) -> str:
    if model.isupper() and len(model) > 1:
        return text.upper()
    return text.title() if model[:1].isupper() else text


def _swap(word: str, table: dict[str, str]) -> str:
    low = word.lower()
    other = table.get(low)
    if other is None and "-" in low:
        parts = low.split("-")
        other = "-".join(table.get(part, part) for part in parts)
    return word if other is None or other == low else _like(word, other)


@cache
def _closed_compounds() -> dict[str, str]:
    """Closed compounds of product names with their open form, where both are names that people write."""
    path = lexicons.data_dir() / "lexicons" / "compounds.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = csv.reader(line for line in handle if not line.startswith("#"))
        next(rows)
        return dict(rows)


# --- reading ----------------------------------------------------------------------------------------------------------


def read_groups(path: Path) -> list[Group]:
    """The groups of one CSV file in the documented format.

    Raises ThesaurusError with file, line and column for a file that is not UTF-8, lacks a column, has a row without two
    names, an empty name, or a name twice in one cell.
    """
    groups: list[Group] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.reader(handle)
            header = [cell.strip().lower() for cell in next(reader, [])]
            while header and header[0].startswith("#"):
                header = [cell.strip().lower() for cell in next(reader, [])]
            _check_header(path, reader.line_num, header)
            for row in reader:
                if not any(cell.strip() for cell in row) or row[0].startswith("#"):
                    continue
                groups.append(_group(path, reader.line_num, header, row))
    except UnicodeDecodeError as broken:
        raise ThesaurusError(Text(f"{path}: not UTF-8 text at byte {broken.start}", f"{path}：第 {broken.start} 字节处不是 UTF-8 文本")) from broken
    except csv.Error as broken:
        raise _wrong(path, reader.line_num, f": {broken}", f"：{broken}") from broken
    return groups


def _wrong(path: Path, line: int, en: str, zh: str) -> ThesaurusError:
    return ThesaurusError(Text(f"{path}: line {line}{en}", f"{path}：第 {line} 行{zh}"))


def _check_header(path: Path, line: int, header: list[str]) -> None:
    if not header:
        columns = ", ".join(COLUMNS)
        raise ThesaurusError(Text(f"{path}: empty file; expected the columns {columns}", f"{path}：文件是空的；应有以下列：{columns}"))
    for name in header:
        if name not in COLUMNS:
            raise _wrong(path, line, f": unknown column {name!r}; expected {', '.join(COLUMNS)}", f"：没有“{name}”这一列；可用：{'、'.join(COLUMNS)}")
    for name in ("category", "names"):
        if name not in header:
            raise _wrong(path, line, f": column {name!r} is missing", f"：缺少“{name}”列")


def _group(path: Path, line: int, header: list[str], row: list[str]) -> Group:
    if len(row) != len(header):
        expected = f"{len(header)} ({', '.join(header)})"
        raise _wrong(path, line, f": {len(row)} columns; expected {expected}", f"：有 {len(row)} 列；应为 {expected}")
    cells = dict(zip(header, row, strict=True))
    lists: dict[str, tuple[str, ...]] = {}
    for column in _LISTS:
        cell = cells.get(column, "").strip()
        names = tuple(" ".join(name.split()) for name in cell.split(";")) if cell else ()
        names = tuple(name for at, name in enumerate(names) if name or at + 1 < len(names))
        if "" in names:
            raise _wrong(path, line, f", column {column}: an empty name between two semicolons", f" {column} 列：两个分号之间没有名称")
        if len(set(names)) != len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise _wrong(path, line, f", column {column}: {twice!r} stands there twice", f" {column} 列：“{twice}”出现了两次")
        lists[column] = names
    if not lists["names"]:
        raise _wrong(path, line, ", column names: at least one name is needed", " names 列：至少要有一个名称")
    return Group(" > ".join(part.strip() for part in cells["category"].split(">")), **lists)


# --- the thesaurus ------------------------------------------------------------------------------------------------------


class Thesaurus:
    """Groups of product names, found by name.

    `index` maps a name's key to the places of the groups that hold it; it is made from the groups unless given. A group may be
    given as its line of the compiled file.
    """

    def __init__(self, groups: Iterable[Group | str] = (), index: dict[str, tuple[int, ...]] | None = None) -> None:
        self._lines: list[Group | str] = list(groups)
        self._index: dict[str, tuple[int, ...]] = {} if index is None else index
        self._matches: dict[str, Match | None] = {}
        self.extended = False
        """True once a file has been added."""
        self._digits: frozenset[str] | None = None
        self.changes = 0
        """How many files were added: what was looked up before may be outdated."""
        if index is None:
            for at in range(len(self)):
                self._enter(at, self._group(at))

    @classmethod
    def load(cls) -> Thesaurus:
        """The built-in thesaurus from the compiled file; every call reads it anew (see `thesaurus` for the shared one)."""
        import orjson

        raw = orjson.loads((lexicons.data_dir() / "thesaurus.compiled.json").read_bytes())
        places = chain.from_iterable(map(repeat, ((at,) for at in range(len(raw["groups"]))), raw["counts"]))
        return cls(raw["groups"], {**dict(zip(raw["keys"].split("\n"), places, strict=True)), **{key: tuple(of) for key, of in raw["several"].items()}})

    def _group(self, at: int) -> Group:
        """The group at a place; most are never asked for and remain lines."""
        found = self._lines[at]
        if isinstance(found, str):
            found = self._lines[at] = read_line(found)
        return found

    def load_file(self, path: str | Path) -> int:
        """Adds a seller's own CSV file (same format); returns how many groups it held. Raises ThesaurusError, OSError.

        A group that shares a name with a known one is joined to it: its names come after the known ones.
        """
        groups = read_groups(Path(path))
        for group in groups:
            self._join(group)
        self._digits = None
        self.changes += 1
        return len(groups)

    def _enter(self, at: int, group: Group) -> None:
        for name in group.names:
            key = name_key(name)
            places = self._index.get(key, ())
            if at not in places:
                self._index[key] = (*places, at)

    def _join(self, group: Group) -> None:
        self._matches.clear()
        self.extended = True
        known = [at for name in group.names for at in self._index.get(name_key(name), ())]
        if known:
            at = known[0]
            old = self._group(at)
            names = _union(old.names, group.names)
            taken = {name_key(name) for name in names}
            group = self._lines[at] = Group(
                old.category,
                names,
                *(
                    tuple(n for n in _union(getattr(old, column), getattr(group, column)) if name_key(n) not in taken)
                    for column in ("broader", "narrower", "unlike", "rare")
                ),
            )
        else:
            at = len(self)
            self._lines.append(group)
        self._enter(at, group)

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Group]:
        return map(self._group, range(len(self)))

    def may_hold(self, word: str) -> bool:
        """False for a word with digits that stand in no name."""
        if word.isalpha():
            return True
        digits = _DIGITS.findall(word)
        if not digits:
            return True
        if self._digits is None:
            runs = {run for key in self._index for run in _DIGITS.findall(key)}
            self._digits = frozenset(run[low:high] for run in runs for low in range(len(run)) for high in range(low + 1, len(run) + 1))
        return all(one in self._digits for one in digits)

    def groups_of(self, name: str) -> tuple[Group, ...]:
        """The groups that hold `name` as a whole; mostly one, none for an unknown name."""
        return tuple(map(self._group, self._index.get(name_key(name), ())))

    def holds(self, key: str) -> bool:
        """True where a group holds a name with this key."""
        return bool(self._index.get(key))

    def names_among(self, words: Sequence[str], sizes: Iterable[int]) -> Iterator[tuple[int, int, tuple[Group, ...]]]:
        """The names that neighbouring words make, `sizes` words each: by size and place the first word, the one behind the last, and the groups."""
        lows = [word.lower() for word in words]
        plain = "".join(lows).isalnum()
        befores, ends = list(map(_key_word, lows)), list(map(_key_head, lows))
        for size in sizes:
            for first in range(len(words) - size + 1):
                last = first + size - 1
                if plain or "".join(lows[first : last + 1]).isalnum():
                    key = "".join(befores[first:last]) + ends[last]
                else:
                    key = name_key(" ".join(words[first : last + 1]))
                places = self._index.get(key)
                if places:
                    yield first, last + 1, tuple(map(self._group, places))

    def longest_at(self, words: Sequence[str], at: int) -> tuple[int, int, int, Group] | None:
        """The longest name among some words in lower case that holds the word `at`, of names of one length the first.

        Its first word, where its shortest ending that is a name of the same group begins, the word behind its last, its group.
        """
        index = self._index
        plain = all(map(str.isalnum, words))
        befores = list(map(_key_word, words))
        best, size, begin = -1, 0, at
        for last in range(at, len(words)):
            key = _key_head(words[last])
            for first in range(last, -1, -1):
                if first < last:
                    key = befores[first] + key
                if not plain:
                    key = name_key(" ".join(words[first : last + 1]))
                if first <= at and key in index and (last - first >= size or (last - first + 1 == size and first < begin)):
                    size, begin, best = last - first + 1, first, index[key][0]
        if best < 0:
            return None
        end = begin + size
        kept = end - 1
        while kept > begin and best not in index.get(name_key(" ".join(words[kept:end])), ()):
            kept -= 1
        return begin, kept, end, self._group(best)

    def match(self, name: str) -> Match | None:
        """The group of the longest known name that `name` ends with, and the modifiers before it."""
        known = self._matches
        if name not in known:
            if len(known) > _MEMORY:
                known.clear()
            known[name] = self._match(name)
        return known[name]

    def _match(self, name: str) -> Match | None:
        words = name.split()
        keys = _key_words(name)
        if len(keys) != len(words):
            words = " ".join(name.replace("-", " ").replace("/", " ").split()).split()
            if len(keys) != len(words):
                return self._whole(name)
        for at in range(len(words)):
            places = self._index.get("".join(keys[at:]))
            if places:
                return Match(self._group(places[0]), " ".join(words[:at]), " ".join(words[at:]))
        return None

    def _whole(self, name: str) -> Match | None:
        groups = self.groups_of(name)
        return Match(groups[0], "", name) if groups else None

    def synonyms(self, name: str) -> tuple[str, ...]:
        """Other names for the same thing, commonest first; leading modifiers of `name` are kept.

        `red padlock` gets `red pad lock`; a name that no suffix knows gets nothing. Plural in, plural out.
        """
        return self._around(name, "names")

    def broader(self, name: str) -> tuple[str, ...]:
        """Near broader names; for a name with leading modifiers the known name itself comes first."""
        found = self.match(name)
        if found is None:
            return ()
        return ((found.group.name, *found.group.broader) if found.modifiers else found.group.broader)

    def narrower(self, name: str) -> tuple[str, ...]:
        """Narrower names, by the whole name only."""
        return _union(*(group.narrower for group in self.groups_of(name)))

    def unlike(self, name: str) -> tuple[str, ...]:
        """Names that are easily confused with `name` and are other products."""
        found = self.match(name)
        return found.group.unlike if found else ()

    def _around(self, name: str, column: str) -> tuple[str, ...]:
        found = self.match(name)
        if found is None:
            return ()
        own = name_key(name)
        # A group under a plural (green coffee beans) lists its names in the number in which they are said.
        plural = found.matched != found.group.name and pluralize(found.matched) == found.matched and pluralize(found.group.name) != found.group.name
        out: dict[str, None] = {}
        for other in getattr(found.group, column):
            text = pluralize(other) if plural else other
            if found.modifiers:
                said = {word.lower() for word in text.split()}
                kept = [word for word in found.modifiers.split() if word.lower() not in said]
                first, _, rest = text.partition(" ")
                # A possessive leads its noun phrase: a men's leather wallet, not a leather men's wallet.
                text = " ".join([first, *kept, rest] if rest and first.endswith(("'s", "s'")) else [*kept, text])
            if name_key(text) != own or text.lower().replace("-", " ") != name.lower().replace("-", " "):
                out[text] = None
        out.pop(name, None)
        return tuple(out)

    def same(self, one: str, other: str) -> bool:
        """True when two names stand for the same product: one key, or one group with the same modifiers."""
        if name_key(one) == name_key(other):
            return True
        left, right = self.match(one), self.match(other)
        if left is None or right is None or left.group is not right.group:
            return False
        return sorted(_key_words(left.modifiers)) == sorted(_key_words(right.modifiers))

    def relation(self, one: str, other: str) -> str | None:
        """What `one` is to `other`: `same`, `broader`, `narrower`, `unlike`, or None where the thesaurus is silent."""
        left, right = self.match(one), self.match(other)
        if left is None or right is None:
            return None
        if left.group is right.group:
            return "same"
        for column, answer in (("broader", "broader"), ("narrower", "narrower"), ("unlike", "unlike")):
            if _holds(right.group, column, left.group):
                return answer
        for column, answer in (("broader", "narrower"), ("narrower", "broader"), ("unlike", "unlike")):
            if _holds(left.group, column, right.group):
                return answer
        return None

    def categories(self, name: str) -> tuple[str, ...]:
        """The categories of a name's groups, by the longest known suffix."""
        groups = self.groups_of(name)
        if groups:
            return tuple(dict.fromkeys(group.category for group in groups))
        found = self.match(name)
        return (found.group.category,) if found else ()

    def rare_names(self) -> dict[str, str]:
        """Rare aliases with the common name of the same product."""
        return {rare: group.name for group in self for rare in group.rare}

    def contradictions(self) -> list[Contradiction]:
        """Everything in the thesaurus that cannot hold at once; empty for a sound one.

        A name in two groups; a name of a group that is also broader, narrower, unlike or rare to it; a name both broader
        and narrower, or both unlike and one of these; groups that are broader than each other in a circle.
        """
        return [*self._twice(), *self._at_odds(), *self._circles()]

    def _twice(self) -> Iterator[Contradiction]:
        for places in self._index.values():
            if len(places) > 1:
                groups = list(map(self._group, places))
                keys = [{name_key(n): n for n in group.names} for group in groups]
                shared = set.intersection(*(set(k) for k in keys))
                name = keys[0][sorted(shared)[0]] if shared else groups[0].name
                yield Contradiction("a name in two groups", name, tuple(group.name for group in groups))

    def _at_odds(self) -> Iterator[Contradiction]:
        for group in self:
            keys = {column: {name_key(name): name for name in getattr(group, column)} for column in _LISTS}
            for one, other in (
                ("names", "broader"), ("names", "narrower"), ("names", "unlike"), ("names", "rare"), ("broader", "narrower"),
                ("broader", "unlike"), ("narrower", "unlike"),
            ):  # fmt: skip
                for key in keys[one].keys() & keys[other].keys():
                    yield Contradiction(f"both in {one} and in {other}", keys[one][key], (group.name,))

    def _circles(self) -> Iterator[Contradiction]:
        above: dict[int, set[int]] = {
            at: {up for name in group.broader for up in self._index.get(name_key(name), ())} for at, group in enumerate(self)
        }
        state: dict[int, int] = {}
        for start in above:
            trail: list[tuple[int, Iterator[int]]] = []
            if state.get(start):
                continue
            state[start] = 1
            trail.append((start, iter(sorted(above[start]))))
            while trail:
                at, rest = trail[-1]
                following = next(rest, None)
                if following is None:
                    state[at] = 2
                    trail.pop()
                elif state.get(following) == 1:
                    path = [a for a, _ in trail]
                    ring = path[path.index(following) :]
                    yield Contradiction("a circle of broader names", self._group(following).name, tuple(self._group(a).name for a in ring))
                elif not state.get(following):
                    state[following] = 1
                    trail.append((following, iter(sorted(above[following]))))


def _union(*lists: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for names in lists:
        for name in names:
            seen.setdefault(name.lower(), name)
    return tuple(seen.values())


def _holds(group: Group, column: str, other: Group) -> bool:
    names = {name_key(name) for name in other.names}
    return any(name_key(name) in names for name in getattr(group, column))


def read_line(line: str) -> Group:
    """A group from its line of the compiled file: category and lists parted by tabs, the names of a list by `;`."""
    category, *lists = line.split("\t")
    return Group(category, *(tuple(names.split(";")) if names else () for names in lists))


def compiled(groups: list[Group]) -> dict[str, Any]:
    """The groups and their index as the compiled file holds them, so that few objects are made of it when it is loaded.

    `groups` has a line for each group (see `read_line`), `keys` the keys of names, one a line, in the order of the first groups that
    hold them, `counts` how many of them belong to each group, `several` the keys that belong to more than one, with all places.
    """
    whole = Thesaurus(groups)
    counts = Counter(places[0] for places in whole._index.values())
    return {
        "groups": ["\t".join([g.category, *(";".join(names) for names in (g.names, g.broader, g.narrower, g.unlike, g.rare))]) for g in groups],
        "keys": "\n".join(whole._index),
        "counts": [counts[at] for at in range(len(groups))],
        "several": {key: places for key, places in whole._index.items() if len(places) > 1},
    }


def source_files() -> list[Path]:
    """The hand-made sources of the built-in thesaurus, in order."""
    return sorted((lexicons.data_dir() / "thesaurus").glob("*.csv"))


@cache
def extend(path: str) -> int:
    """Adds a seller's own file to the shared thesaurus, once per process; how many groups it held.

    Raises ThesaurusError, also where the file cannot be opened.
    """
    try:
        return thesaurus().load_file(path)
    except OSError as broken:
        why = broken.strerror or broken
        raise ThesaurusError(Text(f"{path}: cannot be read: {why}", f"{path}：无法读取：{why}")) from broken


@cache
def thesaurus() -> Thesaurus:
    """The shared built-in thesaurus, loaded once per process."""
    return Thesaurus.load()
