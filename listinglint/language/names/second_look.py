"""A second look at titles in which two words might be the head: a linear model over what the words are and where they stand.

`heads.find_head` weighs the few things that matter most; where its best two candidates are close, this model decides by
many small ones. Its features name kinds of words, groups of heads and places, never words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from listinglint.language.names.evidence import name_evidence
from listinglint.language.names.kinds import FLAGS, bucket
from listinglint.language.names.pieces import Reading, Word
from listinglint.language.names.weights import weights

CLOSE: Final = 1.0
"""Two candidates whose scores differ by less are looked at again."""
_ENDING: Final = "HQGDe"
_LONGEST: Final = 4
"""The most words behind the first in a name that is looked for."""

Candidate = tuple[int, Word, list[str]]
"""The place of a word that might be the head, the word, and the features of its place."""


def word_features(word: Word) -> list[str]:
    """What is said of a candidate by itself."""
    level = int(word.endness * 5.001)
    found = [f"r{word.role}", f"k{word.kind}", f"end{level}", f"r_end{word.role}{level}"]
    found += [f"ends{bucket(word.name_ends)}", f"before{bucket(word.name_before)}"]
    found += [name for name, bit in FLAGS if word.flags & bit]
    found += [f"group {group}" for group in sorted(word.groups)]
    if word.groups:
        found.append("grouped")
    if word.low.endswith("ing"):
        found.append("ing")
    return found


def _beside(reading: Reading, roles: str, at: int) -> list[str]:
    """What the words before and behind a candidate say."""
    words = reading.words
    word, role = words[at], roles[at]
    after, second = roles[at + 1 : at + 2] or ".", roles[at + 2 : at + 3] or "."
    left = roles[at - 1] if at else "^"
    found = [f"n{after}", f"rn{role}{after}", f"m{second}", f"nm{after}{second}", f"p{left}", f"rp{left}{role}"]
    if at + 1 < len(roles):
        found += _next(word, words[at + 1], after)
    if at:
        before = words[at - 1]
        if word.stem in before.followers:
            found += ["joined_left", f"joined_left{bucket(before.followers[word.stem])}"]
        if before.low.endswith(("ing", "ion")):
            found.append("process_left")
    return found


def _next(word: Word, other: Word, after: str) -> list[str]:
    """What the word behind a candidate says."""
    found = []
    if other.stem in word.followers:
        found += ["joined", f"joined{bucket(word.followers[other.stem])}", f"joined_end{int(other.endness * 5.001)}"]
    if after in _CANDIDATES:
        found += [f"next_end{int(other.endness * 5.001)}", f"ends{int(word.endness * 5.001)}{int(other.endness * 5.001)}"]
        if other.stem == word.stem:
            found.append("same")
        elif kin := other.groups & word.groups:
            found += ["kin", *(f"kin {group}" for group in sorted(kin))]
        if other.low != other.stem:
            found.append("next_plural")
    return found


def _spans(reading: Reading) -> list[tuple[int, int]]:
    """Where names of the thesaurus stand in the title; their neighbours follow each other in names, which is asked first."""
    names, words = name_evidence().names, reading.words
    found = []
    for begin in range(len(words) - 1):
        key = words[begin].stem
        for end in range(begin + 1, min(len(words), begin + _LONGEST + 1)):
            stem = words[end].stem
            if stem not in words[end - 1].followers:
                break
            key = f"{key} {stem}"
            if key in names:
                found.append((begin, end + 1))
    return found


def _names(spans: list[tuple[int, int]], at: int) -> tuple[int, int]:
    """How many words stand before the end in the longest name that ends at a word, and the length of the longest that goes on."""
    full = across = 0
    for begin, end in spans:
        if end == at + 1:
            full = max(full, at - begin)
        elif begin <= at < end:
            across = max(across, end - begin)
    return full, across


def _earlier(reading: Reading, roles: str, at: int, ends: list[int]) -> list[str]:
    """What the names say that ended before a candidate."""
    found = [f"earlier{min(3, len(ends))}"]
    if not ends:
        return found
    word = reading.words[at]
    for place in ends:
        end = reading.words[place]
        if end.stem == word.stem:
            found.append("earlier_same")
            break
        if kin := end.groups & word.groups:
            found += ["earlier_kin", *(f"earlier {group}" for group in sorted(kin))]
            break
    between = roles[ends[0] : at]
    found.append(f"er{roles[ends[0]]}{roles[at]}")
    found.append("parted" if any(sign in between for sign in "|,-:") else "unparted")
    return found


def candidates(reading: Reading, roles: str, known: tuple[int, int] | None, ends: dict[int, bool]) -> list[Candidate]:
    """Every word that might be the head, with its features.

    `ends` holds the places at which a name could end, as `heads.find_head` judges, and whether it fits well there.
    """
    words = reading.words
    stems = [word.stem for word in words]
    spans = _spans(reading)
    found: list[Candidate] = []
    before: list[int] = []
    segment = function = 0
    extra, named = "", False
    for at, role in enumerate(roles):
        if role in "|,-:":
            segment, function, extra = segment + 1, 0, ""
        elif role in "pby":
            extra = role
        elif role == "f":
            function += 1
        if role not in _CANDIDATES:
            continue
        full, across = _names(spans, at)
        place = [*_beside(reading, roles, at), f"full{full}", f"across{across}", *_earlier(reading, roles, at, before)]
        place += [f"seg{min(segment, 4)}", f"fn{min(function, 3)}", f"at{min(at, 3)}"]
        if known is not None and known[0] <= at < known[1]:
            place.append("known")
        if extra:
            place.append(f"extra{extra}")
            if at < 3:
                place.append("extra_opens")
        if at == len(roles) - 1:
            place.append("last")
        if at < 2:
            place.append(f"first{at}{roles[0]}{role}")
        if named:
            place.append("named")
        if reading.repeats and stems[at] in stems[at + 1 :]:
            place.append("again")
        found.append((at, words[at], place))
        if role in _ENDING and at in ends and not extra:
            before.append(at)
            named = named or (ends[at] and full >= 2)
    return found


_CANDIDATES: Final = frozenset("HQGDeENWlUAPI")


@cache
def _table() -> dict[str, float]:
    return weights("head")


def _word_weight(word: Word) -> float:
    """What a word weighs by itself; kept with it."""
    if word.as_head is None:
        table = _table()
        word.as_head = sum([table.get(f"w:{name}", 0.0) for name in word_features(word)])
    return word.as_head


def second_look(
    reading: Reading, roles: str, known: tuple[int, int] | None, ends: dict[int, bool], barred: Sequence[int] = ()
) -> int:
    """The likeliest head by the model that is not `barred`, or -1 where none is likelier than that the title names nothing."""
    best, top = -1, 0.0
    get = _table().get
    for at, word, place in candidates(reading, roles, known, ends):
        score = _word_weight(word) + sum([get(name, 0.0) for name in place])
        if score > top and at not in barred:
            best, top = at, score
    return best
