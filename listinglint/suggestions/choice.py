"""Chooses keywords under the marketplace's budget: maximal covered demand, no redundancy, within the limits.

A list of keywords: at most so many, each and all within a length; a keyword covers itself in full and another counted search by
the share of its words that it holds. A bag of words: at most so many bytes; a search is covered when all of its words are in
the title or in the bag. Both are small integer programmes, solved exactly by HiGHS up to a few hundred candidates, greedily
beyond, with the gap to the upper bound told. Where the greedy choice meets the bound no solver is asked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any, Final

from listinglint.language.thesaurus import name_key
from listinglint.language.words import FUNCTION_WORD, stem, word_info
from listinglint.suggestions.candidate import Candidate

EXACT_UP_TO: Final = 300
_WORD: Final = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_PARTLY: Final = 0.25
_TOLERANCE: Final = 1e-9
_TRIED: Final = 1_500
"""So many sets are compared one by one rather than handed to the solver."""


@dataclass(frozen=True)
class Budget:
    """What a marketplace takes: `count` keywords of `each` and together `total`, measured by `measure`; `bag` of words or list."""

    count: int | None
    each: int | None
    total: int | None
    measure: Callable[[str], int] = len
    bag: bool = False
    separator: str = ", "


@dataclass(frozen=True)
class Choice:
    """The chosen candidates (of a bag: those covered), the words of a bag, and how good the choice is."""

    chosen: tuple[Candidate, ...]
    words: tuple[str, ...]
    method: str
    bound: float


def _plain_words(text: str) -> list[str]:
    """The words that carry meaning, in lower case and without punctuation."""
    return [word for word in _WORD.findall(text.lower()) if not word_info(word) & FUNCTION_WORD]


def _words(text: str) -> list[str]:
    return [stem(word) for word in _plain_words(text)]


def choose(candidates: Sequence[Candidate], budget: Budget, title: str = "", required: Sequence[str] = ()) -> Choice:
    """The best choice for a list or a bag; `required` names texts that must be in it where the budget allows."""
    if budget.bag:
        return _choose_words(candidates, budget, title)
    return _choose_list(candidates, budget, {text.lower() for text in required})


# --- a list of keywords -----------------------------------------------------------------------------------------------


def _overlap(one: list[str], other: list[str]) -> float:
    """How far a keyword of the words `one` answers the search `other`: the share of its words at `_PARTLY`, in full if equal."""
    if not other:
        return 0.0
    shared = sum(word in one for word in other) / len(other)
    return 1.0 if sorted(one) == sorted(other) else _PARTLY * shared


Reach = dict[int, float]


def coverage(candidates: Sequence[Candidate]) -> list[Reach]:
    """For each candidate which ones it answers and how far: in full itself, in part those whose searches were counted.

    Where no report says that anybody searches for a phrase, answering a part of it is worth nothing.
    """
    words = [_words(c.text) for c in candidates]
    same: dict[tuple[str, ...], list[int]] = {}
    for at, mine in enumerate(words):
        same.setdefault(tuple(sorted(mine)), []).append(at)
    counted = [at for at, c in enumerate(candidates) if c.volume is not None]
    return [
        {to: share for to in {*same[tuple(sorted(mine))], *counted} if (share := _overlap(mine, words[to])) > 0}
        for mine in words
    ]


def _choose_list(candidates: Sequence[Candidate], budget: Budget, required: set[str]) -> Choice:
    fitting = [c for c in candidates if c.score > 0 and (budget.each is None or budget.measure(c.text) <= budget.each) and "," not in c.text and ";" not in c.text]
    most = budget.count if budget.count is not None else len(fitting)
    keys = [name_key(c.text) if c.kind != "plural" else c.text.lower() for c in fitting]
    covers = coverage(fitting)
    greedy = _greedy_list(fitting, keys, covers, budget, most, required)
    if budget.total is None and all(keys[to] == keys[at] for at, reach in enumerate(covers) for to in reach):
        # Nothing answers another name, so each name counts for itself and the best ones are the best choice.
        return Choice(tuple(fitting[at] for at in greedy), (), "optimal", 0.0)
    value = _value(greedy, covers, fitting)
    top = sorted((sum(fitting[to].score * share for to, share in reach.items()) for reach in covers), reverse=True)[:most]
    best = min(sum(c.score for c in fitting), sum(top))
    if not fitting or value >= best - _TOLERANCE:
        return Choice(tuple(fitting[at] for at in greedy), (), "optimal", 0.0)
    if len(fitting) <= EXACT_UP_TO:
        few = math.comb(len(fitting), min(most, len(fitting))) <= _TRIED
        solver = _try_all if few else _solve_list
        solved = solver(fitting, keys, covers, budget, most, required)
        if solved is not None and _value(solved, covers, fitting) >= value - _TOLERANCE:
            return Choice(tuple(fitting[at] for at in solved), (), "optimal", 0.0)
    return Choice(tuple(fitting[at] for at in greedy), (), "greedy", 1 - value / best if best else 0.0)


def _value(chosen: Sequence[int], covers: list[Reach], candidates: Sequence[Candidate]) -> float:
    covered: dict[int, float] = {}
    for at in chosen:
        for to, share in covers[at].items():
            covered[to] = covered.get(to, 0.0) + share
    return sum(candidates[to].score * min(1.0, share) for to, share in covered.items())


def _gain(
    at: int, candidates: Sequence[Candidate], covers: list[Reach], covered: list[float], required: set[str]
) -> tuple[bool, float, float, int]:
    """What taking a candidate adds to the covered worth; required ones go first, ties go by score, then by order."""
    worth = sum(candidates[to].score * (min(1.0, covered[to] + share) - min(1.0, covered[to])) for to, share in covers[at].items())
    return candidates[at].text.lower() in required, round(worth, 9), candidates[at].score, -at


def _greedy_list(candidates: Sequence[Candidate], keys: list[str], covers: list[Reach], budget: Budget, most: int, required: set[str]) -> list[int]:
    chosen: list[int] = []
    covered = [0.0] * len(candidates)
    used: set[str] = set()
    length = 0
    left = set(range(len(candidates)))
    while left and len(chosen) < most:
        at = max(left, key=partial(_gain, candidates=candidates, covers=covers, covered=covered, required=required))
        left.discard(at)
        size = budget.measure(candidates[at].text) + (len(budget.separator) if chosen else 0)
        if keys[at] in used or (budget.total is not None and length + size > budget.total):
            continue
        chosen.append(at)
        used.add(keys[at])
        length += size
        for to, share in covers[at].items():
            covered[to] += share
    return chosen


def _try_all(candidates: Sequence[Candidate], keys: list[str], covers: list[Reach], budget: Budget, most: int, required: set[str]) -> list[int] | None:
    """The best of all sets, where these are few: dearer machinery would take longer to start."""
    must = [at for at, c in enumerate(candidates) if c.text.lower() in required]
    free = [at for at in range(len(candidates)) if at not in must]
    sizes = [budget.measure(c.text) for c in candidates]
    gap = len(budget.separator)
    best: tuple[float, tuple[int, ...]] | None = None
    for size in range(min(most, len(candidates)) - len(must), -1, -1):
        for picked in combinations(free, size) if size >= 0 else ():
            chosen = (*must, *picked)
            if len({keys[at] for at in chosen}) < len(chosen):
                continue
            if budget.total is not None and sum(sizes[at] for at in chosen) + gap * (len(chosen) - 1) > budget.total:
                continue
            value = _value(chosen, covers, candidates)
            if best is None or value > best[0] + _TOLERANCE:
                best = (value, chosen)
        if best is not None and budget.total is None:
            break
    return None if best is None else sorted(best[1], key=lambda at: (-candidates[at].score, at))


def _solve_list(candidates: Sequence[Candidate], keys: list[str], covers: list[Reach], budget: Budget, most: int, required: set[str]) -> list[int] | None:
    n = len(candidates)
    model = _Model()
    x = [model.variable(1e-6 * c.score, integer=True) for c in candidates]
    for to, c in enumerate(candidates):
        sources = [(x[at], -covers[at][to]) for at in range(n) if to in covers[at]]
        model.constraint([(model.variable(c.score), 1.0), *sources], high=0.0)
    model.constraint([(one, 1.0) for one in x], high=float(most))
    for key in dict.fromkeys(keys):
        same = [x[at] for at in range(n) if keys[at] == key]
        if len(same) > 1:
            model.constraint([(one, 1.0) for one in same], high=1.0)
    if budget.total is not None:
        gap = len(budget.separator)
        model.constraint([(x[at], float(budget.measure(candidates[at].text) + gap)) for at in range(n)], high=float(budget.total + gap))
    for at, c in enumerate(candidates):
        if c.text.lower() in required:
            model.constraint([(x[at], 1.0)], low=1.0)
    values = model.solve()
    return None if values is None else sorted((at for at in range(n) if values[x[at]] > 0.5), key=lambda at: (-candidates[at].score, at))


# --- a bag of words ---------------------------------------------------------------------------------------------------


def _choose_words(candidates: Sequence[Candidate], budget: Budget, title: str) -> Choice:
    held = set(_words(title))
    surface: dict[str, str] = {}
    needs: list[tuple[Candidate, tuple[str, ...]]] = []
    for c in candidates:
        words = []
        for word in _plain_words(c.text):
            key = stem(word)
            if key not in held:
                surface.setdefault(key, word)
                words.append(key)
        if words and c.score > 0:
            needs.append((c, tuple(dict.fromkeys(words))))
    sizes = {key: len(word.encode()) for key, word in surface.items()}
    total = budget.total if budget.total is not None else sum(sizes.values())
    greedy = _greedy_words(needs, sizes, total)
    best = sum(c.score for c, _ in needs)
    value = sum(c.score for c, words in needs if set(words) <= greedy)
    method, bound = "optimal", 0.0
    if value < best - _TOLERANCE:
        solved = _solve_words(needs, sizes, total) if len(needs) <= EXACT_UP_TO else None
        if solved is not None:
            greedy = solved
        else:
            method, bound = "greedy", 1 - value / best
    chosen = tuple(c for c, words in needs if set(words) <= greedy)
    order = [key for _, words in needs for key in words if key in greedy]
    return Choice(chosen, tuple(surface[key] for key in dict.fromkeys(order)), method, bound)


def _greedy_words(needs: Sequence[tuple[Candidate, tuple[str, ...]]], sizes: dict[str, int], total: int) -> set[str]:
    taken: set[str] = set()
    left = total
    pending = list(needs)
    while pending:
        best: tuple[float, int] | None = None
        for at, (c, words) in enumerate(pending):
            size = sum(sizes[word] for word in words if word not in taken)
            if size <= left:
                ratio = c.score / max(size, 0.5)
                if best is None or ratio > best[0]:
                    best = (ratio, at)
        if best is None:
            break
        _, words = pending.pop(best[1])
        left -= sum(sizes[word] for word in words if word not in taken)
        taken.update(words)
    return taken


def _solve_words(needs: Sequence[tuple[Candidate, tuple[str, ...]]], sizes: dict[str, int], total: int) -> set[str] | None:
    model = _Model()
    x = {key: model.variable(-1e-7 * size, integer=True) for key, size in sizes.items()}
    for c, words in needs:
        y = model.variable(c.score, integer=True)
        for word in words:
            model.constraint([(y, 1.0), (x[word], -1.0)], high=0.0)
    model.constraint([(x[key], float(size)) for key, size in sizes.items()], high=float(total))
    values = model.solve()
    return None if values is None else {key for key, at in x.items() if values[at] > 0.5}


class _Model:
    """A maximisation with variables between 0 and 1, handed to HiGHS (deterministic: one thread, fixed seed)."""

    def __init__(self) -> None:
        self._costs: list[float] = []
        self._integer: list[bool] = []
        self._rows: list[tuple[list[int], list[float], float, float]] = []

    def variable(self, worth: float, *, integer: bool = False) -> int:
        """A variable of 0–1 that is worth so much; its number."""
        self._costs.append(worth)
        self._integer.append(integer)
        return len(self._costs) - 1

    def constraint(self, terms: Sequence[tuple[int, float]], *, low: float = -1e30, high: float = 1e30) -> None:
        """A linear combination between two bounds."""
        self._rows.append(([at for at, _ in terms], [factor for _, factor in terms], low, high))

    def solve(self) -> list[float] | None:
        """The values of the variables at a proved optimum, or None."""
        import highspy
        import numpy

        # The class below highspy.Highs: the latter's constructor prints a banner to standard output, which belongs to the report.
        plain: Any = highspy.Highs.__base__
        solver = plain()
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 1), ("mip_rel_gap", 1e-9), ("time_limit", 5.0)):
            solver.setOptionValue(option, value)
        lp: Any = highspy.HighsLp()
        n = len(self._costs)
        lp.num_col_, lp.num_row_ = n, len(self._rows)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = numpy.array(self._costs)
        lp.col_lower_, lp.col_upper_ = numpy.zeros(n), numpy.ones(n)
        lp.row_lower_ = numpy.array([row[2] for row in self._rows])
        lp.row_upper_ = numpy.array([row[3] for row in self._rows])
        lp.integrality_ = [highspy.HighsVarType.kInteger if one else highspy.HighsVarType.kContinuous for one in self._integer]
        matrix = lp.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = numpy.cumsum([0, *(len(row[0]) for row in self._rows)])
        matrix.index_ = numpy.array([at for row in self._rows for at in row[0]])
        matrix.value_ = numpy.array([factor for row in self._rows for factor in row[1]])
        solver.passModel(lp)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return list(solver.getSolution().col_value)
