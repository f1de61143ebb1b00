"""The same name in its other spellings: British and American, open and closed compounds."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.language.wording import spellings
from listinglint.model import Text
from listinglint.suggestions.candidate import Context, Proposal

_OTHER = Text("the same name in another spelling", "同一名称的另一种拼写")
_SHORT = 7
_CLOSED = 12


class SpellingsSource:
    """Spelling variants of the product name."""

    name = "spellings"

    def propose(self, context: Context) -> Iterator[Proposal]:
        for text in spellings(context.product):
            yield Proposal(text, self.name, "spelling", _OTHER, 0.9)
        words = context.product.lower().split()
        if len(words) == 2 and all(2 < len(word) <= _SHORT and word.isalpha() for word in words) and len("".join(words)) <= _CLOSED:
            yield Proposal("".join(words), self.name, "spelling", Text("short compounds are often typed as one word", "短复合词常被连写"), 0.45)
