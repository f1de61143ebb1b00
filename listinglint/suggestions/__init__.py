"""The keyword optimizer: candidates from named sources, ranked, chosen under the marketplace's budget; title proposals."""

from listinglint.suggestions.batch import suggest_frame, suggest_many
from listinglint.suggestions.candidate import Candidate, Proposal, Suggestions, TitleProposal
from listinglint.suggestions.demand import SearchTerms, SearchTermsError, uncovered
from listinglint.suggestions.graph import KeyphraseGraph
from listinglint.suggestions.propose import Suggester, rows_of, suggest

__all__ = [
    "Candidate",
    "KeyphraseGraph",
    "Proposal",
    "SearchTerms",
    "SearchTermsError",
    "Suggester",
    "Suggestions",
    "TitleProposal",
    "rows_of",
    "suggest",
    "suggest_frame",
    "suggest_many",
    "uncovered",
]
