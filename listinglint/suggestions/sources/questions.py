"""Searches in the form of questions and of trade: `price of …`, `… supplier` (GK9)."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.language.plurals import pluralize
from listinglint.model import Text
from listinglint.suggestions.candidate import Context, Proposal


class QuestionsSource:
    """The product name in the questions that buyers type."""

    name = "questions"

    def propose(self, context: Context) -> Iterator[Proposal]:
        product = context.product
        many = pluralize(product)
        why = Text("buyers ask in this form", "买家常用的提问形式")
        for text, trust in (
            (f"price of {product}", 0.3), (f"how to choose a {product}", 0.25), (f"where to buy {many}", 0.25), (f"what is a {product}", 0.2),
        ):  # fmt: skip
            yield Proposal(text, self.name, "question", why, trust)
