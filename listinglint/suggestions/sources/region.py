"""Region and product name: `Shenzhen luggage` (GK9)."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.model import Text
from listinglint.suggestions.candidate import Context, Proposal


class RegionSource:
    """The seller's region (from the config), or the place of origin that the attributes name, before the product name."""

    name = "region"

    def propose(self, context: Context) -> Iterator[Proposal]:
        places = [context.seller.region] if context.seller.region else []
        for label in ("place of origin", "country of origin", "origin"):
            value = context.attributes.get(label, "").split(",")[-1].split("(")[0].strip()
            if value and value.lower() not in ("made in", "na") and len(value) <= 20:
                places.append(value.removeprefix("Made in ").removeprefix("made in "))
        for place in dict.fromkeys(places):
            if place.lower() not in context.product.lower():
                yield Proposal(f"{place} {context.product}", self.name, "region", Text("buyers search by the region of supply", "买家会按产地搜索"), 0.35, 1)
