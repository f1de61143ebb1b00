"""What the catalog's own listings of one kind say: a graph from the words of titles to the keywords that sellers gave them.

Per head (the noun that says what is sold) it keeps which keyword phrases were given, how often, and which title words came
with them; a title activates the phrases whose words it holds. The idea of candidate generation by a token → keyphrase
graph is that of GraphEx (eBay, 2024); the weighing is our own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from listinglint.language.names import parse_title
from listinglint.language.words import FUNCTION_WORD, stem, word_info
from listinglint.model import Listing
from listinglint.suggestions.demand import key_of

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*", re.UNICODE)
_MOST_PHRASES = 400
_LEAST = 2


def _stems(text: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(text.lower()) if not word_info(word) & FUNCTION_WORD]


class KeyphraseGraph:
    """Phrases per head with their counts; `learn` from listings, then ask `phrases_for` a title."""

    def __init__(self) -> None:
        self._phrases: dict[str, Counter[str]] = {}
        self._forms: dict[str, Counter[str]] = {}

    @classmethod
    def of(cls, listings: Iterable[Listing]) -> KeyphraseGraph:
        """The graph of a catalog: the keywords, and the product names of titles, of its listings by head."""
        graph = cls()
        for listing in listings:
            graph.learn(listing)
        return graph

    def learn(self, listing: Listing) -> None:
        """Adds one listing."""
        name = parse_title(listing.text("title") or "")
        if not name.head:
            return
        head = stem(name.head.lower().split()[-1])
        given = {phrase.strip() for part in listing.parts("keywords") for phrase in re.split(r"[,，;；、|\n]", part)}
        if name.product and len(name.product.split()) > 1:
            given.add(name.product)
        counts = self._phrases.setdefault(head, Counter())
        for phrase in given:
            key = key_of(phrase)
            if key and len(key.split()) <= 6:
                counts[key] += 1
                self._forms.setdefault(key, Counter())[phrase.lower()] += 1
        if len(counts) > 4 * _MOST_PHRASES:
            self._phrases[head] = Counter(dict(counts.most_common(2 * _MOST_PHRASES)))

    def phrases_for(self, title: str, head: str, own: Iterable[str] = ()) -> list[tuple[str, int, float]]:
        """Phrases of other listings of this head that the title answers: text, in how many listings, share of its words found."""
        counts = self._phrases.get(stem(head.lower().split()[-1]))
        if not counts:
            return []
        words = set(_stems(title))
        mine = {key_of(one) for one in own}
        out: list[tuple[str, int, float]] = []
        for key, count in counts.most_common(_MOST_PHRASES):
            if key in mine or count < _LEAST:
                continue
            parts = key.split()
            found = sum(part in words for part in parts) / len(parts)
            if found >= 0.5:
                out.append((self._forms[key].most_common(1)[0][0], count, found))
        return sorted(out, key=lambda item: (-item[2], -item[1], item[0]))
