"""Keywords of the catalog's other listings of the same kind that this listing's title answers."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.model import Text
from listinglint.suggestions.candidate import Context, Proposal

_MOST = 12


class CatalogSource:
    """The token → keyphrase graph of the catalog (`suggest.graph`), asked for this title."""

    name = "catalog"

    def propose(self, context: Context) -> Iterator[Proposal]:
        if context.graph is None or not context.name.head:
            return
        title = context.listing.text("title") or ""
        for text, count, found in context.graph.phrases_for(title, context.name.head, (context.product,))[:_MOST]:
            if found >= 0.99:
                yield Proposal(
                    text, self.name, "catalog", Text(f"{count} listings of this kind bear it", f"同类产品中有 {count} 个使用"), min(0.9, 0.5 + 0.05 * count)
                )
