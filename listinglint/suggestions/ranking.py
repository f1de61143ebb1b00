"""What each candidate is worth: relevance, demand, distance in the hierarchy, competition."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from listinglint import lexicons
from listinglint.language.commonness import zipf
from listinglint.language.relevance import keyword_relevance
from listinglint.language.words import ADJECTIVE, FUNCTION_WORD, STYLE, stem, word_info
from listinglint.model.memory import WORDS
from listinglint.suggestions.candidate import Candidate, Context, Proposal

_FLOOR: Final = {"name": 1.0, "synonym": 0.8, "spelling": 0.85, "plural": 0.95, "broader": 0.6, "narrower": 0.6, "fact": 0.7, "region": 0.6}
"""The least relevance of what a source knows to fit; a proposal of less trust gets its share of it."""
_STEP: Final = {0: 1.0, -1: 0.78, 1: 0.85}
"""What a step up or down the hierarchy leaves of a candidate's worth."""
_UNSAID: Final = 0.8
"""What a quality that the listing does not tell leaves of a synonym's worth."""
_DEMAND_SHARE: Final = 0.35
_COMPETITION_SHARE: Final = 0.25
_USUAL_ZIPF: Final = 4.0


@lru_cache(maxsize=WORDS)
def commonness_of(text: str) -> float:
    """How common the words of a phrase are: the zipf value of the rarest one (0–8; unknown words 0)."""
    words = [word for word in text.lower().replace("-", " ").split() if not word_info(word) & FUNCTION_WORD and any(c.isalpha() for c in word)]
    return min(map(zipf, words), default=0.0)


def rank(context: Context, proposals: Iterable[Proposal]) -> list[Candidate]:
    """The proposals as candidates, the best first; of the same text the most trusted is kept. Ties are parted by the text."""
    best: dict[str, Proposal] = {}
    for one in proposals:
        key = " ".join(one.text.lower().split())
        known = best.get(key)
        if known is None:
            best[key] = one
        elif one.volume is not None and known.volume is None:
            best[key] = known.__class__(known.text, known.source, known.kind, known.why, max(known.trust, one.trust), known.distance, one.volume, one.competition)
        elif one.trust > known.trust and known.kind != "name":
            best[key] = one
    said = _said(context)
    highest = context.terms.highest if context.terms is not None else 0.0
    out = [_worth(context, one, said, highest) for one in best.values()]
    out.sort(key=lambda c: (-c.score, c.text))
    return out


def _said(context: Context) -> frozenset[str]:
    listing = context.listing
    texts = [listing.text(field) or "" for field in ("title", "brand", "model", "brief", "attributes", "certifications", "category", "description")]
    return frozenset(stem(word.strip(".,;:()[]\"'")) for text in texts for word in text[:4000].lower().replace("-", " ").replace("/", " ").split())


@lru_cache(maxsize=50_000)
def _quality(word: str) -> bool:
    """True for a style or feature (designer, magnetic): a name that adds one says more than the listing does."""
    info = word_info(word)
    return bool(info & STYLE) or (bool(info & ADJECTIVE) and word in lexicons.word_list("features"))


def _worth(context: Context, one: Proposal, said: frozenset[str], highest: float) -> Candidate:
    relevance = keyword_relevance(one.text, context.listing)
    floor = _FLOOR.get(one.kind, 0.0) * one.trust
    relevance = max(relevance, floor) if one.kind != "given" else relevance
    volume, competition = one.volume, one.competition
    if volume is None and context.terms is not None:
        term = context.terms.get(one.text)
        if term is not None:
            volume, competition = term.volume, term.competition
    common = 0.0
    if volume is not None and highest:
        demand = math.log1p(volume) / math.log1p(highest)
    else:
        common = commonness_of(one.text) if one.kind != "given" else 0.0
        demand = min(1.0, common / _USUAL_ZIPF) * (0.5 if context.terms is not None else 1.0)
    worth = relevance * _STEP.get(one.distance, 0.6) * (0.6 + 0.4 * one.trust)
    score = worth * (1 - _DEMAND_SHARE + _DEMAND_SHARE * demand)
    if competition is not None:
        score *= 1 - _COMPETITION_SHARE * competition
    if one.kind == "given":
        score = relevance
    added = tuple(
        word for word in dict.fromkeys(one.text.lower().replace("-", " ").split()) if stem(word) not in said and not word_info(word) & FUNCTION_WORD
    )
    if one.kind == "synonym":
        score *= _UNSAID ** sum([_quality(word) for word in added])
    return Candidate(
        one.text, one.source, one.kind, round(relevance, 4), round(score, 6), one.why, round(demand, 4), volume, competition, common, one.distance, one.trust, added
    )
