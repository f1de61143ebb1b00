"""Which words at the beginning of a title are its brand: candidates scored by a linear model over what words are.

Every feature says something of the kind, shape or place of words, never which word it is. `features` names the
features of a candidate, for fitting; `Scorer` adds up the same weights from tables and from sums kept with each word.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.language.names.heads import technical
from listinglint.language.names.kinds import FLAGS, bucket
from listinglint.language.names.pieces import Reading, Word
from listinglint.language.names.weights import weights
from listinglint.model.patterns import lazy_pattern

LONGEST: Final = 5
"""The most words of a brand."""
CERTAIN: Final = 0.42
"""The probability from which a candidate is taken: a wrong brand is worse than none."""
_AGAINST: Final = 1 / CERTAIN
_LEAST: Final = math.log(CERTAIN / (1 - CERTAIN))
_LEAST_FIRST: Final = -2.0
"""A place whose first word weighs less begins no brand: the rest has not been seen to make up for it."""
_LEAST_WITHIN: Final = -2.5
"""Words that weigh less together are no brand, nor are longer ones."""
STOPS: Final = "|,(_:"
"""Separators that no brand goes across."""
_SKIPPED: Final = lazy_pattern(r"[(|,_\-]*(?:[xqRX]|n(?!u)|s(?=[xn]))*[(|,_\-]*")
_BEFORE: Final = "(|,_-xqRXns"
"""Roles of what may stand before a brand."""
_COUNTED: Final = "qQHDuGN"
Place = tuple[int, int]
"""The brand's first word and the one behind its last."""


Pairs = dict[str, tuple[float, float, float]]
"""By the kind of the word behind: what two neighbours weigh."""


class Context(NamedTuple):
    """What a brand is looked for in: the title, its roles with brackets blanked out, the product name, a known brand."""

    reading: Reading
    roles: str
    start: int
    head: int
    known: Place | None


def word_features(word: Word) -> list[str]:
    """What is said of a word by itself: role, flags, shape, and its places in the thesaurus's names."""
    text, shape = word.text, word.shape
    low = text.lower()
    before, ends = bucket(word.name_before), bucket(word.name_ends)
    found = [f"r{word.role}", f"s{shape}", f"r{word.role}{shape}", f"before{before}", f"ends{ends}", f"names{min(2, before)}{min(2, ends)}"]
    found += [name for name, bit in FLAGS if word.flags & bit]
    found.append(f"letters{len(text) if len(text) < 4 else 4 if len(text) < 7 else 5}")
    for holds, name in (
        (word.groups, "head"),
        (word.low in lexicons.word_list("company_words"), "company"),
        (not word.flags & (w.KNOWN | w.LISTED), "unknown"),
        (not word.flags & (w.KNOWN | w.LISTED), f"unknown{shape}"),
        (low.endswith(("'s", "’s")), "possessive"),
        ("-" in text, "hyphen"),
        ("." in text, "point"),
        (not text.isascii(), "foreign"),
        (word.brands, "begins_brand"),
    ):
        if holds:
            found.append(name)
    return found


def starts(context: Context) -> list[tuple[int, str]]:
    """Where a brand may begin, and how that place was reached."""
    roles, known = context.roles, context.known
    found = [(0, "first")]
    opening = context.reading.roles[0]
    if opening in _BEFORE and (skipped := _SKIPPED.match(context.reading.roles)) is not None:
        at = skipped.end()
        if 0 < at < len(roles):
            found.append((at, "skipped"))
    if "o" in roles:
        of = roles.find("o", 1, 5)
        if 0 < of < len(roles) - 1 and roles[of - 1] in _COUNTED and of + 1 != found[-1][0]:
            found.append((of + 1, "of"))
    if known is not None and known[0] and all(known[0] != place for place, _ in found):
        found.append((known[0], "known"))
    return found


def _gap(context: Context, end: int) -> str:
    """How far behind the brand the product name begins."""
    if context.head < 0:
        return "none"
    if end > context.head:
        return "over"
    gap = context.start - end
    return str(gap) if 0 <= gap < 4 else "far" if gap > 0 else "in"


def _beyond(context: Context, begin: int, end: int) -> str:
    """How a candidate compares with the known brand."""
    known = context.known
    if known is None:
        return "no"
    return str(max(-2, min(2, end - known[1]))) if known[0] == begin else "other"


def _opening(context: Context, begin: int, kind: str) -> list[str]:
    """What is said of all candidates that begin at a word."""
    reading = context.reading
    word = reading.words[begin]
    found = [f"k{kind}"]
    if kind == "skipped":
        found += [f"skip{role}" for role in sorted(set(reading.roles[:begin]))]
    if context.head >= 0 and technical(reading.words[context.head], context.roles[context.head]):
        found += [f"tr{reading.roles[begin]}", f"ts{word.shape}"]
    if context.head == begin:
        found.append("head_first")
    if context.start == begin:
        found.append("start_first")
    if reading.roles[0] == "(":
        found.append("bracket")
    if reading.repeats and any(other.stem == word.stem for other in reading.words[begin + 1 :]):
        found.append("again")
    return found


def features(context: Context) -> Iterator[tuple[Place, list[str]]]:
    """Every candidate with the names of its features: the same sums that `scored` takes from tables."""
    reading, roles = context.reading, context.reading.roles
    words = reading.words
    for begin, kind in starts(context):
        base = [f"1:{name}" for name in word_features(words[begin])] + _opening(context, begin, kind)
        for end in range(begin + 1, min(len(roles), begin + LONGEST) + 1):
            last = words[end - 1]
            if end > begin + 1:
                if roles[end - 1] in STOPS:
                    break
                one = words[end - 2]
                base += [f"2:{name}" for name in word_features(last)]
                base += [f"in:{one.role}{last.role}", f"ins:{one.shape}{last.shape}"]
                if last.stem in one.followers:
                    base.append("in_joined")
            found = base + [f"L:{name}" for name in word_features(last)]
            if reading.title[reading.end(end - 1) :][:1] in ("®", "™"):
                found.append("registered")
            if end < len(roles):
                behind = words[end]
                found += [f"n:{name}" for name in word_features(behind)]
                found += [f"bd:{last.role}{behind.role}", f"bds:{last.shape}{behind.shape}"]
                if end + 1 < len(roles):
                    found += [f"n2:{words[end + 1].role}", f"n12:{behind.role}{words[end + 1].role}"]
                if behind.stem in last.followers:
                    found.append("cut_joined")
            else:
                found.append("end")
            size = end - begin
            found += [f"size:{size}", f"gap:{_gap(context, end)}", f"known:{_beyond(context, begin, end)}"]
            found += [f"fl:{roles[begin]}{roles[end - 1 : end + 1]}{size}", f"fk:{roles[begin]}{size}"]
            yield (begin, end), found


class _Tables:
    """The weights of the brand model, arranged for look-up."""

    def __init__(self) -> None:
        table = self.all = weights("brand")
        self.pairs: dict[str, Pairs] = {}
        self.sums: dict[tuple[float, float, float, float, str], tuple[float, float, float, float, Pairs]] = {}
        """What words weigh: words of the same weights share one entry, so that reading a title touches little memory."""
        self.whole: dict[str, tuple[dict[str, float], ...]] = {}
        self.size = [table.get(f"size:{size}", 0.0) for size in range(LONGEST + 1)]
        self.gaps = [table.get(f"gap:{name}", 0.0) for name in ("0", "1", "2", "3", "far", "in")]
        self.over, self.headless = table.get("gap:over", 0.0), table.get("gap:none", 0.0)
        self.openings: dict[tuple[object, ...], float] = {}
        self.known = [table.get(f"known:{name}", 0.0) for name in ("-2", "-1", "0", "1", "2")]
        self.in_joined = table.get("in_joined", 0.0)
        self.cut_joined = table.get("cut_joined", 0.0)
        self.registered = table.get("registered", 0.0)
        self.end = table.get("end", 0.0)

    def pair(self, kind: str, other: str) -> tuple[float, float, float]:
        """What two neighbours weigh within a brand, at its end, and both behind it; kinds are role and shape."""
        get = self.all.get
        found = self.pairs.setdefault(kind, {})[other] = (
            get(f"in:{kind[0]}{other[0]}", 0.0) + get(f"ins:{kind[1]}{other[1]}", 0.0),
            get(f"bd:{kind[0]}{other[0]}", 0.0) + get(f"bds:{kind[1]}{other[1]}", 0.0),
            get(f"n12:{kind[0]}{other[0]}", 0.0) + get(f"n2:{other[0]}", 0.0),
        )
        return found

    def opened(self, role: str) -> tuple[dict[str, float], ...]:
        """By size: what the roles of a brand's last word and of the one behind weigh where it begins with a role."""
        table = _of(self.all, f"fl:{role}", "")
        found = tuple(
            {key[:-1]: weight for key, weight in table.items() if key[-1] == str(size)} for size in range(LONGEST + 1)
        )
        for size, own in enumerate(found):
            start = self.all.get(f"fk:{role}{size}", 0.0) + self.size[size]
            for key in own:
                own[key] += start
            own[""] = start
        self.whole[role] = found
        return found


def _of(table: dict[str, float], prefix: str, mark: str = ":") -> dict[str, float]:
    """The weights of the features that begin with `prefix` and `mark`, by what stands behind."""
    start = prefix + mark
    return {name[len(start) :]: weight for name, weight in table.items() if name.startswith(start)}


@cache
def _tables() -> _Tables:
    return _Tables()


def _sums(word: Word) -> tuple[float, float, float, float, Pairs]:
    """What a word weighs as a brand's first, as a later, as its last and as the one behind it, and the pairs of its kind."""
    tables, names = _tables(), word_features(word)
    first, later, last, behind = (
        round(sum([tables.all.get(f"{place}:{name}", 0.0) for name in names]), 1) for place in "12Ln"
    )
    key = (first, later, last, behind, word.kind)
    known = tables.sums.get(key)
    if known is None:
        known = tables.sums[key] = first, later, last, behind, tables.pairs.setdefault(word.kind, {})
    word.as_maker = known
    return known


def hopeless(reading: Reading, roles: str) -> bool:
    """True where the first word cannot begin a brand, as `scored` would find, nor another word takes its place."""
    sums = reading.words[0].as_maker
    return sums is not None and sums[0] < _LEAST_FIRST + 0.5 and reading.roles[0] not in _BEFORE and "o" not in roles


def scored(context: Context, everything: bool = False) -> list[tuple[float, Place]]:
    """The candidates with their scores; no brand at all scores 0. Hopeless ones are left out but for `everything`."""
    reading = context.reading
    words, roles = reading.words, reading.roles
    tables = _tables()
    found: list[tuple[float, Place]] = []
    many = len(roles)
    start, head, known = context.start, context.head, context.known
    over = tables.over if head >= 0 else tables.headless
    marks = not reading.title.isascii() and ("®" in reading.title or "™" in reading.title)
    for begin, kind in starts(context):
        last = words[begin]
        sums = last.as_maker or _sums(last)
        total = sums[0]
        total += _opening_weight(tables, context, begin, kind)
        if total < _LEAST_FIRST and not everything:
            continue
        whole = tables.whole.get(roles[begin]) or tables.opened(roles[begin])
        is_known = known is not None and known[0] == begin
        known_end = known[1] if known is not None else 0
        end, size = begin + 1, 1
        while True:
            score = total + sums[2]
            own = whole[size]
            if end < many:
                behind = words[end]
                next_sums = behind.as_maker or _sums(behind)
                pair = sums[4].get(behind.kind) or tables.pair(last.kind, behind.kind)
                is_joined = behind.stem in last.followers
                score += next_sums[3] + pair[1] + (tables.cut_joined if is_joined else 0.0)
                if end + 1 < many:
                    kind = words[end + 1].kind
                    score += (next_sums[4].get(kind) or tables.pair(behind.kind, kind))[2]
                ending = own.get(roles[end - 1 : end + 1])
            else:
                score += tables.end
                ending = own.get(roles[end - 1])
            score += own[""] if ending is None else ending
            if end > head:
                score += over
            else:
                gap = start - end
                score += tables.gaps[gap if 0 <= gap < 4 else 4 if gap > 0 else 5]
            if is_known:
                score += tables.known[max(-2, min(2, end - known_end)) + 2]
            if marks and reading.title[reading.end(end - 1) :][:1] in ("®", "™"):
                score += tables.registered
            found.append((score, (begin, end)))
            if end >= many or size == LONGEST or roles[end] in STOPS:
                break
            total += next_sums[1] + pair[0] + (tables.in_joined if is_joined else 0.0)
            if total < _LEAST_WITHIN and not everything:
                break
            last, sums = behind, next_sums
            end += 1
            size += 1
    return found


def _opening_weight(tables: _Tables, context: Context, begin: int, kind: str) -> float:
    """What the features of `_opening` and `_beyond` weigh that all candidates of a beginning share; kept by their values."""
    reading, head, known = context.reading, context.head, context.known
    word = reading.words[begin]
    key = (
        kind if kind != "skipped" else reading.roles[:begin],
        word.kind if reading.roles[begin] == word.role else reading.roles[begin] + word.shape,
        head >= 0 and technical(reading.words[head], context.roles[head]),
        head == begin,
        context.start == begin,
        reading.roles[0] == "(",
        reading.repeats and any(other.stem == word.stem for other in reading.words[begin + 1 :]),
        known is None or (known[0] != begin and "other"),
    )
    weight = tables.openings.get(key)
    if weight is None:
        weight = sum(tables.all.get(name, 0.0) for name in _opening(context, begin, kind))
        if known is None or known[0] != begin:
            weight += tables.all.get(f"known:{_beyond(context, begin, 0)}", 0.0)
        if len(tables.openings) > 20_000:
            tables.openings.clear()
        tables.openings[key] = weight
    return weight


def best_maker(context: Context) -> Place | None:
    """The likeliest brand, or None where no candidate is likely enough."""
    found = scored(context)
    if not found:
        return None
    top, place = max(found)
    if top < _LEAST:
        return None
    rest = sum([math.exp(score - top) for score, _ in found]) + math.exp(-top)
    return place if rest < _AGAINST else None
