"""Rare aliases get their common name; two common names never rival each other."""

from __future__ import annotations

import sys

import pytest

from listinglint import lexicons
from listinglint.language.commonness import Rival, commonness, rarer_than

RARE = {
    "PVC Baboosh": "PVC Slippers",
    "windproof bumbershoot": "windproof umbrella",
    "wooden velocipedes": "wooden bicycles",
    "Silver Porte-Monnaie": "Silver Purse",
    "LARGE FLABELLUM": "LARGE FAN",
    "antique looking glass": "antique mirror",
    "oak escritoire with drawers": "oak writing desk with drawers",
    "velvet galligaskins": "velvet trousers",
    "silk muckender": "silk handkerchief",
    "kids talking machine": "kids record player",
}
COMMON = (
    ("sofa", "couch"), ("wrench", "spanner"), ("flashlight", "torch"), ("diaper", "nappy"), ("stroller", "pushchair"), ("faucet", "tap"),
    ("sneakers", "trainers"), ("sweater", "jumper"), ("pants", "trousers"), ("vest", "waistcoat"), ("purse", "handbag"), ("closet", "wardrobe"),
    ("trash can", "dustbin"), ("cookie", "biscuit"), ("candy", "sweets"), ("eggplant", "aubergine"), ("zucchini", "courgette"), ("truck", "lorry"),
    ("cell phone", "mobile phone"), ("elevator", "lift"), ("eraser", "rubber"), ("pacifier", "dummy"), ("crib", "cot"), ("blender", "liquidizer"),
    ("frying pan", "skillet"), ("spatula", "turner"), ("suitcase", "luggage"), ("backpack", "rucksack"), ("rug", "carpet"), ("drapes", "curtains"),
    ("jewelry", "jewellery"), ("tire", "tyre"), ("color pencil", "colour pencil"), ("pajamas", "pyjamas"), ("T-shirt", "tee"), ("power bank", "portable charger"),
    ("laptop", "notebook computer"), ("TV", "television"), ("peanuts", "groundnuts"), ("chickpeas", "garbanzo beans"), ("shrimp", "prawns"),
    ("mask", "respirator"), ("scooter", "moped"), ("plastic bag", "polybag"),
)  # fmt: skip
SPECIAL = (
    "window squeegee", "rotary evaporator", "vibro sifter", "anemometer", "cotton kaftan", "silk kimono", "steel tongue drum", "copper samovar", "glass hookah",
    "wood gimlet", "kimchi", "matcha powder", "clay tagine", "hydraulic clevis", "bamboo spurtle", "djembe", "sphygmomanometer", "wool poncho", "tankard",
)  # fmt: skip


@pytest.mark.parametrize(("name", "better"), RARE.items())
def test_rare_alias_gets_the_common_name(name: str, better: str) -> None:
    found = rarer_than(name)
    assert found is not None
    assert found.name == better
    assert found.rare in name


@pytest.mark.parametrize("pair", COMMON)
def test_common_names_are_no_rivals(pair: tuple[str, str]) -> None:
    assert [rarer_than(name) for name in pair] == [None, None]


@pytest.mark.parametrize("name", SPECIAL)
def test_exact_names_of_special_things_are_right(name: str) -> None:
    assert rarer_than(name) is None


def test_capitals_and_words_before_are_kept() -> None:
    assert rarer_than("PVC Baboosh") == Rival("Baboosh", "Slippers", "PVC Slippers")


@pytest.mark.parametrize("name", ["", "   ", "12", "of", "-", "Ω"])
def test_odd_input(name: str) -> None:
    assert rarer_than(name) is None
    assert commonness(name) >= 0.0


def test_no_common_name_is_itself_rare() -> None:
    rows = lexicons.table("rare_names")
    assert len(rows) > 600
    rare = {row["rare"] for row in rows}
    assert not [row for row in rows if row["common"] in rare]


def test_commonness_orders_names() -> None:
    assert commonness("slippers") > commonness("baboosh")
    assert commonness("red umbrella") > commonness("red bumbershoot")


def test_the_look_up_needs_no_frequency_table() -> None:
    import subprocess

    code = "import sys; from listinglint.language.commonness import rarer_than; rarer_than('PVC Baboosh'); print('wordfreq' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"
