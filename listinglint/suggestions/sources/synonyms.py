"""Other names for the whole product: from the thesaurus, and by word pairs that the thesaurus bears out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from listinglint import lexicons
from listinglint.language.plurals import singularize
from listinglint.language.thesaurus import name_key, thesaurus
from listinglint.language.wording import wordings
from listinglint.language.words import HEAD, content_words, stem, word_info
from listinglint.model import Text
from listinglint.rules.apart import other_sense
from listinglint.suggestions.candidate import Context, Proposal

_LONE = 0.75
"""A single word that stands for a longer name is less certain than a full name: it may mean other things too."""

_LONE_AND_CLEAR = 0.9
"""One with a single sense in the dictionary may still have others in other trades (`shifter`)."""

_TELLING = 3
"""A title of more content words than these tells which sense of its noun is meant."""


@lru_cache(maxsize=10_000)
def _ambiguous(word: str) -> bool:
    """True for a word with more than one sense."""
    senses = lexicons.nouns().senses(singularize(word), 99)
    return len(senses) > 1


def _lone(word: str) -> float:
    if _ambiguous(word):
        return _LONE
    return 1.0 if word_info(word) & HEAD else _LONE_AND_CLEAR


class SynonymsSource:
    """Names that buyers use for the same thing."""

    name = "synonyms"

    def propose(self, context: Context) -> Iterator[Proposal]:
        product = context.product
        book = thesaurus()
        found = book.match(product)
        if found is not None:
            told = content_words(context.listing.text("title") or "")
            if len(told) > _TELLING and other_sense(found.matched, found.group, told):
                found = None
        seen = {product.lower()}
        pieces = product.lower().split()
        stems = set(map(stem, pieces))
        if found is not None:
            trust = 1.0 if not found.modifiers else 0.8
            for at, other in enumerate(book.synonyms(product)):
                text = other.lower() if other.islower() else other
                words = text.lower().split()
                if text.lower() in seen or (len(words) == 1 < len(pieces) and stem(words[0]) in stems):
                    continue
                seen.add(text.lower())
                rank = trust * (_lone(words[0]) if len(words) == 1 < len(pieces) else 1.0)
                yield Proposal(
                    text, self.name, "synonym",
                    Text(f"another name for {found.matched}", f"“{found.matched}”的另一种叫法"), rank * (1.0 - 0.02 * at),
                )  # fmt: skip
        if found is None or found.modifiers:
            own = name_key(product)
            for one in wordings(product):
                if one.text in seen or name_key(one.text) == own or (book.groups_of(one.text) and found is not None):
                    continue
                seen.add(one.text)
                yield Proposal(
                    one.text, self.name, "synonym",
                    Text(f"“{one.new}” is said for “{one.old}”", f"“{one.old}”也说“{one.new}”"), 0.45 + 0.4 * one.trust,
                )  # fmt: skip
