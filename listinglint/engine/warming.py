"""Loads what rules need before the processes of a run are made, so that these share it instead of loading it each for itself."""

from __future__ import annotations

from functools import cache
from typing import Final

from listinglint.config import Settings
from listinglint.engine.linter import Linter
from listinglint.model import Listing

_SAMPLES: Final = (
    {
        "id": "1",
        "title": "Portable Stainles Steel Vacuum Flask 500ml with Cup for Outdoor Camping, Chaussures Femme, Free Shipping",
        "keywords": "vacuum flask, thermos bottle, water bottles, wheelbarrow, houseware, bicycle, CE",
        "description": "The Acmetron flask keeps drinks hot for 12 hours. Material: steel. Size: 7 x 24 cm. Best price, contact us at www.example.com! "
        "It is made of 304 steel, tested and CE certified. Our company has many colors avaliable. " + "The lid is a cup. " * 20,
        "brand": "Acmetron",
        "model": "AC-500",
        "category": "Sports & Outdoors > Camping > Truck Parts",
        "attributes": "Material: Plastic; Color: Blue; Capacity: 1 L",
        "certifications": "CE, FDA approved",
        "price": "US$9.80",
        "moq": "10 pieces",
        "images": "https://example.com/a.jpg",
    },
    {
        "id": "2",
        "title": "Baboosh Slippers & Phone Case for iPhone 12, LED Headlight Bulb H7 55W, Wooden Dining Table Set of 4",
        "keywords": "slippers, slippers; phone cover, table, agriculture",
        "description": "Soft.",
        "category": "Electronics > Cell Phones > Cases",
        "brand": "",
    },
)
"""Made-up listings with something of everything that rules look at."""


@cache
def warm() -> None:
    """Lints made-up listings by the default rules, for the sake of what that loads; a listing of a catalog might end the process."""
    linter = Linter(Settings())
    listings = [Listing.of(sample) for sample in _SAMPLES]
    linter.extract_all(listings)
    linter.lint_all(listings, None, [{} for _ in listings])
