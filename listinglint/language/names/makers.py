"""Which words at the beginning of a title are its brand: candidates scored by a linear model over what words are.

Every feature says something of the kind, shape or place of words, never which word it is. `features` names the
features of a candidate, for fitting; `Scorer` adds up the same weights from tables and from sums kept with each word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.language.names.heads import technical
from listinglint.language.names.pieces import Reading, Word
from listinglint.language.names.weights import weights

LONGEST: Final = 5
"""The most words of a brand."""
CERTAIN: Final = 0.42
"""The probability from which a candidate is taken: a wrong brand is worse than none."""
_LEAST: Final = math.log(CERTAIN / (1 - CERTAIN))
STOPS: Final = "|,(_:"
"""Separators that no brand goes across."""
_SKIPPED: Final = re.compile(r"[(|,_\-]*(?:[xqRX]|n(?!u)|s(?=[xn]))*[(|,_\-]*")
_COUNTED: Final = "qQHDuGN"
_FLAGS: Final = tuple(
    (name, getattr(w, name))
    for name in (
        "NOUN", "ADJECTIVE", "VERB", "ADVERB", "PRODUCT_NOUN", "LATER_PRODUCT", "NAME", "MAIN_NOUN", "MAIN_ADJECTIVE", "MAIN_VERB",
        "ARTIFACT", "FOOD", "SUBSTANCE", "PERSON", "COMMUNICATION", "PLACE_TIME", "UNIT", "MATERIAL", "COLOUR", "AUDIENCE", "SIZE",
        "QUANTITY", "STYLE", "FUNCTION_WORD", "FILLER", "GENERAL", "BRAND", "AMBIGUOUS_BRAND", "HEAD", "TYPE_WORD", "NUMBER",
        "MEASURE", "MODEL", "ACRONYM", "MARK", "SERIES", "PART", "PLURAL",
    )
)  # fmt: skip

Place = tuple[int, int]
"""The brand's first word and the one behind its last."""


class Context(NamedTuple):
    """What a brand is looked for in: the title, its roles with brackets blanked out, the product name, a known brand."""

    reading: Reading
    roles: str
    start: int
    head: int
    known: Place | None


@cache
def brand_words() -> dict[str, tuple[tuple[tuple[str, ...], bool], ...]]:
    """Known brands by their first word: the words of each spelling, the longest first, and whether it is ambiguous."""
    table: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for name, brand in lexicons.brands().items():
        parts = tuple(part.rstrip(",.") for part in name.split())
        table.setdefault(parts[0], []).append((parts, brand.ambiguous))
    return {first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in table.items()}


def _bucket(count: int) -> int:
    return 0 if count == 0 else 1 if count < 3 else 2 if count < 10 else 3


def word_features(word: Word) -> list[str]:
    """What is said of a word by itself: role, flags, shape, and its places in the thesaurus's names."""
    text, shape = word.text, word.shape
    low = text.lower()
    before, ends = _bucket(word.name_before), _bucket(word.name_ends)
    found = [f"r{word.role}", f"s{shape}", f"r{word.role}{shape}", f"before{before}", f"ends{ends}", f"names{min(2, before)}{min(2, ends)}"]
    found += [name for name, bit in _FLAGS if word.flags & bit]
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
        (word.low.rstrip(".") in brand_words(), "begins_brand"),
    ):
        if holds:
            found.append(name)
    return found


def starts(context: Context) -> list[tuple[int, str]]:
    """Where a brand may begin, and how that place was reached."""
    roles = context.roles
    found = [(0, "first")]
    skipped = _SKIPPED.match(context.reading.roles)
    at = skipped.end() if skipped is not None else 0
    if 0 < at < len(roles):
        found.append((at, "skipped"))
    of = roles.find("o", 1, 5)
    if 0 < of < len(roles) - 1 and roles[of - 1] in _COUNTED and of + 1 != at:
        found.append((of + 1, "of"))
    known = context.known
    if known is not None and all(known[0] != place for place, _ in found):
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
                base += [f"in:{roles[end - 2 : end]}", f"ins:{one.shape}{last.shape}"]
                if last.stem in one.followers:
                    base.append("in_joined")
            found = base + [f"L:{name}" for name in word_features(last)]
            if reading.title[reading.end(end - 1) :][:1] in ("®", "™"):
                found.append("registered")
            if end < len(roles):
                behind = words[end]
                found += [f"n:{name}" for name in word_features(behind)]
                found += [f"bd:{roles[end - 1 : end + 1]}", f"bds:{last.shape}{behind.shape}"]
                found += [f"n2:{roles[end + 1 : end + 2]}", f"n12:{roles[end : end + 2]}"]
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
        self.within = _of(table, "in")
        self.shapes_within = _of(table, "ins")
        self.cut = _of(table, "bd")
        self.shapes_cut = _of(table, "bds")
        second, self.behind = _of(table, "n2"), _of(table, "n12")
        for pair in self.behind:
            self.behind[pair] += second.get(pair[1:], 0.0)
        self.second = second
        self.first_size, self.whole = _of(table, "fk"), _of(table, "fl")
        for key in self.whole:
            self.whole[key] += self.first_size.get(key[0] + key[-1], 0.0)
        self.size = _of(table, "size")
        self.gap = _of(table, "gap")
        self.known = _of(table, "known")
        self.kind = {kind: table.get(f"k{kind}", 0.0) for kind in ("first", "skipped", "of", "known")}
        self.in_joined = table.get("in_joined", 0.0)
        self.cut_joined = table.get("cut_joined", 0.0)
        self.registered = table.get("registered", 0.0)
        self.end = table.get("end", 0.0)


def _of(table: dict[str, float], prefix: str) -> dict[str, float]:
    """The weights of the features `prefix:…`, by what stands behind the colon."""
    start = prefix + ":"
    return {name[len(start) :]: weight for name, weight in table.items() if name.startswith(start)}


@cache
def _tables() -> _Tables:
    return _Tables()


def _sums(word: Word) -> tuple[float, float, float, float]:
    """What a word weighs as a brand's first, as a later, as its last and as the one behind it; kept with the word."""
    table, names = _tables().all, word_features(word)
    first, later, last, behind = (sum(table.get(f"{place}:{name}", 0.0) for name in names) for place in "12Ln")
    word.as_maker = first, later, last, behind
    return word.as_maker


def scored(context: Context) -> list[tuple[float, Place]]:
    """Every candidate with its score; no brand at all scores 0."""
    reading = context.reading
    words, roles, title = reading.words, reading.roles, reading.title
    tables = _tables()
    found: list[tuple[float, Place]] = []
    many = len(roles)
    for begin, kind in starts(context):
        total = (words[begin].as_maker or _sums(words[begin]))[0]
        for name in _opening(context, begin, kind):
            total += tables.all.get(name, 0.0)
        for end in range(begin + 1, min(many, begin + LONGEST) + 1):
            last = words[end - 1]
            sums = last.as_maker or _sums(last)
            if end > begin + 1:
                if roles[end - 1] in STOPS:
                    break
                one = words[end - 2]
                total += sums[1] + tables.within.get(roles[end - 2 : end], 0.0)
                total += tables.shapes_within.get(one.shape + last.shape, 0.0)
                if last.stem in one.followers:
                    total += tables.in_joined
            score = total + sums[2]
            if end < many:
                behind = words[end]
                score += (behind.as_maker or _sums(behind))[3] + tables.cut.get(roles[end - 1 : end + 1], 0.0)
                score += tables.shapes_cut.get(last.shape + behind.shape, 0.0)
                pair = tables.behind.get(roles[end : end + 2])
                score += tables.second.get(roles[end + 1 : end + 2], 0.0) if pair is None else pair
                if behind.stem in last.followers:
                    score += tables.cut_joined
                stop = reading.starts[end - 1] + len(last.text)
                if title[stop] in "®™":
                    score += tables.registered
            else:
                score += tables.end + (tables.registered if title[-1] in "®™" else 0.0)
            size = str(end - begin)
            whole = tables.whole.get(roles[begin] + roles[end - 1 : end + 1] + size)
            score += tables.first_size.get(roles[begin] + size, 0.0) if whole is None else whole
            score += tables.size.get(size, 0.0) + tables.gap.get(_gap(context, end), 0.0)
            score += tables.known.get(_beyond(context, begin, end), 0.0)
            found.append((score, (begin, end)))
    return found


def best_maker(context: Context) -> Place | None:
    """The likeliest brand, or None where no candidate is likely enough."""
    found = scored(context)
    if not found:
        return None
    top, place = max(found)
    if top < _LEAST:
        return None
    rest = 1.0 + sum(math.exp(min(score, 50.0)) for score, _ in found)
    return place if math.exp(min(top, 50.0)) > CERTAIN * rest else None
