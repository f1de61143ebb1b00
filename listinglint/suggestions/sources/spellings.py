"""The same name in its other spellings: British and American, open and closed compounds."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.language.wording import spellings
from listinglint.model import Text
from listinglint.suggestions.candidate import Context, Proposal


class SpellingsSource:
    """Spelling variants of the product name."""

    name = "spellings"

    def propose(self, context: Context) -> Iterator[Proposal]:
        for text in spellings(context.product):
            yield Proposal(text, self.name, "spelling", Text("the same name in another spelling", "同一名称的另一种拼写"), 0.9)
