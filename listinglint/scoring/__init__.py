"""From findings to section scores, the listing's score and its stars."""

from listinglint.scoring.advice import Advice, advise
from listinglint.scoring.score import SECTION_OF_FIELD, penalised, score_listing, section_of, stars_of

__all__ = ["SECTION_OF_FIELD", "Advice", "advise", "penalised", "score_listing", "section_of", "stars_of"]
