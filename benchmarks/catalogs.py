"""Makes realistic catalogs of any size, always the same ones for a seed.

    python benchmarks/catalogs.py 100000 catalog.csv [--seed 1]

A listing has about 870 bytes: a title of some 90 characters, some 128 characters of keywords, 60 to 120 words of description,
brand, model, category, price, minimum order and image. Names come from the thesaurus, so that words repeat as they do in a real
catalog; about three listings in ten bear faults that sellers make (stuffed titles, promotion, misspellings, contact data,
split keywords, repeated listings).
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator
from pathlib import Path

from listinglint.language.thesaurus import thesaurus

HEADER = ("id", "title", "keywords", "description", "brand", "model", "category", "price", "moq", "image")
_BRANDS = "Acmet Borely Castrion Dovane Elmora Fentik Gravio Hestral Ironleaf Jovask Kelpin Lumeka Mondar Nerivo Orbeta Pelgrim".split()
_MATERIALS = ("Stainless Steel", "Aluminum", "Solid Oak", "Bamboo", "ABS Plastic", "Carbon Steel", "Silicone", "Cotton", "Polyester", "Brass", "Ceramic", "Tempered Glass", "PU Leather", "Nylon", "Walnut")
_TRAITS = ("Waterproof", "Foldable", "Portable", "Heavy Duty", "Adjustable", "Rechargeable", "Non-Slip", "Magnetic", "Wireless", "Reusable", "Double Wall", "Quick Release", "Anti-Rust", "Lightweight", "Soft Close", "Insulated", "Detachable", "Stackable")
_USES = ("Home", "Kitchen", "Office", "Outdoor Camping", "Hotel", "Garden", "Restaurant", "Workshop", "Travel", "Gym", "Garage", "School", "Kids", "Bathroom", "Warehouse")
_COLOURS = ("Black", "White", "Silver", "Navy Blue", "Red", "Green", "Grey", "Beige", "Rose Gold", "Transparent")
_PARTS = ("handle", "lid", "base", "frame", "cover", "hinge", "housing", "strap", "inner lining", "bracket", "lock", "rim", "bottom plate", "connector", "grip")
_PLACES = ("kitchens", "workshops", "hotels", "small offices", "camp sites", "garages", "schools", "restaurants", "warehouses", "bathrooms", "greenhouses", "shops")
_PEOPLE = ("installers", "cooks", "cyclists", "gardeners", "teachers", "mechanics", "parents", "campers", "designers", "cleaners")
_VERBS = ("keeps its shape", "resists rust", "wipes clean", "folds flat", "locks in place", "stays cool to the touch", "runs quietly", "dries quickly", "stacks easily", "stands firmly")
_PACKS = ("colour box", "brown carton", "gift box", "poly bag", "blister pack", "wooden case", "bubble bag")
_FAULTS = ("Hot Sale", "Best Price", "100% Quality", "New Arrival 2026", "Free Shipping")
_CONTACTS = ("Contact us by whatsapp +86 138 0013 8000 for more.", "Write to sales@example.com for a quote.", "Visit www.example.com today!!!")
_TYPOS = {"stainless": "stainles", "quality": "qualtiy", "portable": "portble", "waterproof": "waterprof", "adjustable": "ajustable"}


def listings(count: int, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """`count` listings in the order of `HEADER`."""
    dice = random.Random(seed)
    groups = [group for group in thesaurus() if group.names]
    last: tuple[str, ...] | None = None
    for number in range(1, count + 1):
        if last is not None and dice.random() < 0.01:
            row = (f"SKU-{number:07d}", *last[1:])
        else:
            group = groups[dice.randrange(len(groups))]
            row = _listing(number, list(group.names), group.category or "General", dice)
        last = row
        yield row


def _listing(number: int, names: list[str], category: str, dice: random.Random) -> tuple[str, ...]:
    name = dice.choice(names)
    brand, model = dice.choice(_BRANDS), f"{dice.choice('ABDGHKLMTX')}{dice.choice('CDFHLPRS')}-{dice.randint(100, 9999)}"
    material, trait, use, colour = dice.choice(_MATERIALS), dice.choice(_TRAITS), dice.choice(_USES), dice.choice(_COLOURS)
    a, b, c = dice.randint(2, 120), dice.randint(2, 90), dice.randint(1, 60)
    title = f"{brand} {model} {trait} {material} {name.title()} {a} x {b} cm for {use} with {dice.choice(_PARTS).title()}, {colour}"
    keywords = [name, *dice.sample(names, min(2, len(names))), f"{material} {name}".lower(), f"{trait} {name}".lower(), f"{name} for {use}".lower()]
    text = _description(name, brand, model, material, colour, (a, b, c), dice)
    joint = ", "
    fault = dice.random()
    if fault < 0.06:
        title = f"{dice.choice(_FAULTS)} {title}"
    elif fault < 0.11:
        title = f"{title} {name} {name}s {dice.choice(names)} {name}"
    elif fault < 0.15:
        title = title.upper()
    elif fault < 0.19:
        text = f"{text} {dice.choice(_CONTACTS)}"
    elif fault < 0.23:
        joint = " , , "
    elif fault < 0.27:
        for right, wrong in _TYPOS.items():
            text, title = text.replace(right, wrong), title.replace(right.title(), wrong.title())
    elif fault < 0.29:
        text = "Good product, welcome to order."
    elif fault < 0.31:
        title = f"{trait} {material} {colour}"
    return (
        f"SKU-{number:07d}", title, joint.join(dict.fromkeys(keywords)), text, brand, model, category,
        f"{dice.randint(1, 400)}.{dice.randint(0, 99):02d}", str(dice.choice((1, 10, 50, 100, 500))), f"https://img.example.com/{number}.jpg",
    )  # fmt: skip


def _description(name: str, brand: str, model: str, material: str, colour: str, size: tuple[int, int, int], dice: random.Random) -> str:
    """60 to 120 words: an opening, facts in an order of their own, an ending."""
    a, b, c = size
    said = [
        f"The {dice.choice(_PARTS)} is made of {material.lower()} and the {dice.choice(_PARTS)} of {dice.choice(_MATERIALS).lower()}, which {dice.choice(_VERBS)}.",
        f"It measures {a} x {b} x {c} cm and weighs {dice.randint(1, 90) / 10} kg.",
        f"Made for {dice.choice(_PEOPLE)} and {dice.choice(_PEOPLE)}, it {dice.choice(_VERBS)} in {dice.choice(_PLACES)} and {dice.choice(_PLACES)}.",
        f"The {dice.choice(_TRAITS).lower()} {dice.choice(_PARTS)} {dice.choice(_VERBS)} after {dice.randint(2, 50)},000 cycles of use.",
        f"Packed {dice.choice((1, 2, 6, 12, 24, 48))} pieces in a {dice.choice(_PACKS)}, carton {a + 20} x {b + 15} x {c + 30} cm.",
        f"Available in {colour.lower()}, {dice.choice(_COLOURS).lower()} and {dice.choice(_COLOURS).lower()}; other colours on request.",
        f"Rated for {dice.choice((5, 12, 24, 110, 220))} V and temperatures from -{dice.randint(1, 30)} to {dice.randint(40, 220)} °C.",
        f"Clean the {dice.choice(_PARTS)} with a damp cloth and let it dry before storing in {dice.choice(_PLACES)}.",
        f"Spare parts such as the {dice.choice(_PARTS)} and the {dice.choice(_PARTS)} are in stock for {dice.randint(1, 5)} years.",
        f"Each lot is inspected for {dice.choice(_PARTS)} fit, finish and load up to {dice.randint(2, 300)} kg.",
    ]
    dice.shuffle(said)
    opening = f"The {brand} {model} {name} {dice.choice(_VERBS)} and suits {dice.choice(_PLACES)}."
    return " ".join([opening, *said[: dice.randint(4, 8)], f"Order samples of this {name} to test it in your {dice.choice(_PLACES)}."])


def write(path: Path, count: int, seed: int = 1) -> Path:
    """Writes `count` listings as CSV (UTF-8)."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(HEADER)
        writer.writerows(listings(count, seed))
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("output", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.output, options.count, options.seed)


if __name__ == "__main__":
    main()
