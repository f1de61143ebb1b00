"""The keyword optimizer: candidates from named sources, ranked, chosen under the marketplace's budget; title proposals."""

from listinglint.suggest.batch import suggest_frame, suggest_many
from listinglint.suggest.candidate import Candidate, Proposal, Suggestions, TitleProposal
from listinglint.suggest.demand import SearchTerms, SearchTermsError, uncovered
from listinglint.suggest.graph import KeyphraseGraph
from listinglint.suggest.propose import Suggester, rows_of, suggest

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
