"""What the sources propose and what a suggestion consists of: values shared by all modules of the package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from listinglint.config import Seller
from listinglint.model import Listing, ProductName, Text

if TYPE_CHECKING:
    from listinglint.suggestions.demand import SearchTerms
    from listinglint.suggestions.graph import KeyphraseGraph

KINDS = ("name", "synonym", "spelling", "plural", "broader", "narrower", "fact", "region", "search", "catalog", "misspelling", "question", "given")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A keyword that a source proposes: why, how far the source trusts it (0–1), its distance in the hierarchy
    (0 the same product, −1 one level up, +1 one level down), and the words it adds to what the listing says."""

    text: str
    source: str
    kind: str
    why: Text
    trust: float = 1.0
    distance: int = 0
    volume: float | None = None
    competition: float | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal with its worth.

    `relevance` 0–1 to the listing; `demand` 0–1, from `volume` (searches a period, as the report gives them) or else from how
    common the words are; `competition` 0–1 where known; `score` 0–1, what candidates are ordered by; `added` are content
    words that the listing does not have.
    """

    text: str
    source: str
    kind: str
    relevance: float
    score: float
    why: Text
    demand: float = 0.0
    volume: float | None = None
    competition: float | None = None
    commonness: float = 0.0
    distance: int = 0
    trust: float = 1.0
    added: tuple[str, ...] = ()

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Plain JSON types, `why` in one language."""
        return {
            "text": self.text, "source": self.source, "kind": self.kind, "relevance": round(self.relevance, 3), "score": round(self.score, 3),
            "demand": round(self.demand, 3), "volume": self.volume, "competition": self.competition, "commonness": round(self.commonness, 2),
            "distance": self.distance, "added": list(self.added), "why": self.why.get(lang),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class TitleProposal:
    """A title with the score that the listing would have with it, and the words it adds, each with where it comes from."""

    text: str
    score: float
    stars: int
    gain: float
    why: Text
    added: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Plain JSON types, `why` in one language."""
        return {
            "text": self.text, "score": self.score, "stars": self.stars, "gain": round(self.gain, 1), "why": self.why.get(lang), "added": dict(self.added),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What `suggest` answers: the keywords chosen under the budget, title proposals, all candidates ranked.

    `method` says how the choice was made: `optimal` (proved) or `greedy` with `bound`, the largest share of the best
    possible value that it may miss. `keyword_text` is the keyword cell as the marketplace takes it.
    """

    keywords: tuple[Candidate, ...]
    titles: tuple[TitleProposal, ...]
    ranked: tuple[Candidate, ...]
    keyword_text: str = ""
    method: str = "optimal"
    bound: float = 0.0

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Plain JSON types."""
        return {
            "keywords": [one.to_dict(lang) for one in self.keywords],
            "keyword_text": self.keyword_text,
            "titles": [one.to_dict(lang) for one in self.titles],
            "ranked": [one.to_dict(lang) for one in self.ranked],
            "method": self.method,
            "bound": round(self.bound, 4),
        }


def suggestions_object(listing: Listing, found: Suggestions, lang: str = "en") -> dict[str, Any]:
    """The object of `suggest --format jsonl`: where the listing stands, and what is suggested for it."""
    source = listing.source
    return {
        "type": "suggestions", "source": source.source if source else None, "record": source.record if source else None,
        "id": listing.text("id"), "title": listing.text("title"), **found.to_dict(lang),
    }  # fmt: skip


@dataclass(frozen=True)
class Context:
    """What the sources see of a listing: its name as understood, its facts, the seller, and what was learned elsewhere."""

    listing: Listing
    name: ProductName
    product: str
    """The complete product name, in the number in which the title has it, lower case but for acronyms and brands."""
    seller: Seller
    attributes: Mapping[str, str]
    certifications: frozenset[str]
    keywords: tuple[str, ...]
    terms: SearchTerms | None = None
    graph: KeyphraseGraph | None = None
    written: str = ""
    """The complete product name as the title writes it."""


class KeywordSource(Protocol):
    """A source of candidates: a name under which it can be switched off, and what it proposes for a listing."""

    name: str

    def propose(self, context: Context) -> Iterable[Proposal]:
        """Its proposals, the best first."""
        ...
