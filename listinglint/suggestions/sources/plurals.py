"""The other number of the product name, where the plural is not formed by a mere -s (GK8)."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.language.plurals import is_plural, plural_kind, pluralize, singularize
from listinglint.model import Text
from listinglint.suggestions.candidate import Context, Proposal


class PluralsSource:
    """`battery` and `batteries`: both are searched, and neither finds the other."""

    name = "plurals"

    def propose(self, context: Context) -> Iterator[Proposal]:
        product = context.product
        if plural_kind(product) != "irregular":
            return
        other = singularize(product) if is_plural(product) else pluralize(product)
        if other != product:
            yield Proposal(other, self.name, "plural", Text("the plural is not formed by -s, so both forms are searched", "复数不是简单加 -s，单复数都会被搜索"), 0.95)
