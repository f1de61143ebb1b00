"""What buyers typed: the searches of the seller's reports that fit the listing."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.language.relevance import keyword_relevance
from listinglint.language.words import FUNCTION_WORD, stem, word_info
from listinglint.model import Text
from listinglint.suggestions.candidate import Context, Proposal

_MOST_PER_WORD = 400
_MOST = 60
_LEAST = 0.55


class SearchesSource:
    """Searches that share a content word with the title or the synonyms of the product and are relevant to the listing."""

    name = "searches"

    def propose(self, context: Context) -> Iterator[Proposal]:
        if context.terms is None:
            return
        title = context.listing.text("title") or ""
        index = context.terms.by_word()
        found: dict[str, tuple[float, float]] = {}
        terms = {}
        for word in dict.fromkeys(title.lower().replace("-", " ").split()):
            bare = word.strip(".,;:()[]\"'")
            if not bare or word_info(bare) & FUNCTION_WORD:
                continue
            for term in index.get(stem(bare), ())[:_MOST_PER_WORD]:
                if term.text not in found:
                    relevance = keyword_relevance(term.text, context.listing)
                    found[term.text] = (relevance, term.volume)
                    terms[term.text] = term
        best = sorted((text for text, (relevance, _) in found.items() if relevance >= _LEAST), key=lambda t: (-found[t][0] * (1 + found[t][1]) ** 0.25, t))
        for text in best[:_MOST]:
            term = terms[text]
            yield Proposal(
                text.lower(), self.name, "search", Text(f"searched {term.volume:g} times", f"搜索量 {term.volume:g}"), found[text][0], 0, term.volume, term.competition
            )
