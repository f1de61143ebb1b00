"""Rules on facts: prices, measures, dates, attributes, codes and categories in the forms that people write."""

from __future__ import annotations

import datetime
import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listinglint.config import Seller, Settings
from listinglint.engine import Linter, check
from listinglint.language.thesaurus import thesaurus
from listinglint.model import Listing
from listinglint.rules.attributes import read_described
from listinglint.rules.categories import path_of
from listinglint.rules.dates import read_date
from listinglint.rules.facts.attribute_missing import expected_of
from listinglint.rules.facts.invalid_gtin import check_digit
from listinglint.rules.measures import read_measures
from listinglint.rules.phrases import read_lexicon
from listinglint.rules.prices import number, read_prices, read_quantity, read_tiers
from listinglint.rules.registry import builtin

NAMES = tuple(name for name, rule in builtin().items() if rule.group == "facts")
LINTERS = {market: Linter(Settings(marketplace=market, select=NAMES)) for market in ("alibaba", "etsy", "ebay", "google")}
ANY = Linter(Settings(marketplace="alibaba", select=NAMES))
PIECES = st.sampled_from(
    ["1", "99", "100", "1,000", "1.000", "0", "-", "–", "~", "+", ":", "：", ";", "/", "$", "US$", "€", "USD", "pcs", "pieces", "件", "≥", "<", "to", "per", " ", "\n", "{", "}", '"', "'", "=>", "price", "min",
     "12", "V", "24V", "kW", "cm", "inch", "GB", "Voltage", "Material", "Steel", "2024", "01", "Jan", "年", "月", "null", "\u0663", "１", "é", "\u200b", "E+12"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES, max_size=20).map(" ".join))
HOSTILE = ["1-" * 5_000, "1," * 5_000, "$ " * 5_000, "{" * 9_000, '{"a":' * 2_000, " " * 9_000 + "1", "1" * 9_000, "1.000" * 2_000, "Key: " * 3_000, "a:\n" * 4_000, '"' * 9_000, "'k': [" * 1_500, "=>" * 5_000, "<p>" * 4_000, "\\" * 9_000]


def lint(name: str, market: str = "alibaba", seller: dict[str, Any] | None = None, date: str | None = None, **fields: Any) -> list[Any]:
    chosen = Linter(Settings(marketplace=market, select=(name,), seller=Seller.of(seller or {}), date=datetime.date.fromisoformat(date) if date else None))
    return list(chosen.lint(Listing.of(fields)).findings)


# --- prices, tiers, minimum orders -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tiers"),
    [
        ("1-99: $5.00; 100+: $4.50", [(1, 99, 5.0), (100, None, 4.5)]),
        ("1-4: 5.00; 5+: 4.00", [(1, 4, 5.0), (5, None, 4.0)]),
        ("≥500 pieces: US$0.80", [(500, None, 0.8)]),
        ("100 - 999 Pieces US$2.10\n>=1000 Pieces US$1.90", [(100, 999, 2.1), (1000, None, 1.9)]),
        ("$2.10 (100-999 pcs), $1.90 (1000+ pcs)", [(100, 999, 2.1), (1000, None, 1.9)]),
        ("1-99 pcs @ $5, 100-499 pcs @ $4", [(1, 99, 5.0), (100, 499, 4.0)]),
        ("1~99件:￥5.00;100件以上:￥4.50", [(1, 99, 5.0), (100, None, 4.5)]),
        ("1-99=5.00|100-499=4.50|500-=4.00", [(1, 99, 5.0), (100, 499, 4.5), (500, None, 4.0)]),
        ('[{"min": 1, "max": 99, "price": 5.0}, {"min": 100, "price": "US$4.50"}]', [(1, 99, 5.0), (100, None, 4.5)]),
        ("1.000-4.999: 0,12 €; 5.000+: 0,10 €", [(1000, 4999, 0.12), (5000, None, 0.1)]),
        ("<100: 5; 100-500: 4; >500: 3", [(1, 99, 5.0), (100, 500, 4.0), (501, None, 3.0)]),
        ("10/$5.00, 100/$4.50", [(10, 10, 5.0), (100, 100, 4.5)]),
        ("From 100: 4.50", [(100, None, 4.5)]),
        ("1-99: $5.00; 100", [(1, 99, 5.0)]),
        ("1-99: $5.00; 100+: ", [(1, 99, 5.0)]),
        ("US $1.2 - 1.5 / Piece", []),
        ("USD 4150 per tonne", []),
        ("9.80", []),
    ],
)
def test_tiers_in_the_forms_people_write(text: str, tiers: list[tuple[int, int | None, float]]) -> None:
    assert [(one.low, one.high, one.price) for one in read_tiers(text)] == tiers


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("US $1.2 - 1.5 / Piece", [1.2, 1.5]),
        ("USD 4150 per tonne", [4150.0]),
        ("Rs. 1,20,000", [120000.0]),
        ("12.345,67 €", [12345.67]),
        ("$1,234.50", [1234.5]),
        ("9,80", [9.8]),
        ("price on request", []),
    ],
)
def test_prices_in_the_forms_people_write(text: str, prices: list[float]) -> None:
    assert read_prices(text) == prices


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("500 pieces", 500, "pieces"), ("10 Sets (Min. order)", 10, "sets"), ("≥ 1,000 pcs", 1000, "pcs"), ("one piece", 1, "piece"), ("MOQ: 20 kg", 20, "kg"), ("1000.0", 1000, ""), ("500件", 500, "件"), ("-5", -5, ""), ("100-500 pieces", 100, "")],
)  # fmt: skip
def test_minimum_orders_in_the_forms_people_write(text: str, value: float, unit: str) -> None:
    assert read_quantity(text) == (value, unit)


@pytest.mark.parametrize("text", ["negotiable", "No MOQ", "", "—"])
def test_a_text_without_a_number_is_no_minimum_order(text: str) -> None:
    assert read_quantity(text) is None


@given(st.integers(1, 10**9))
def test_thousands_are_read_in_both_notations(value: int) -> None:
    assert number(f"{value:,}") == value
    assert number(f"{value:,}.25") == value + 0.25
    if value >= 1_000_000:
        assert number(f"{value:,}".replace(",", ".")) == value


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(1, 10_000)), min_size=2, max_size=5))
def test_tiers_that_fall_and_touch_are_sound_and_those_that_rise_are_not(steps: list[tuple[int, int]]) -> None:
    low, cents, parts, rising = 1, 1_000_000, [], []
    for width, drop in steps:
        parts.append(f"{low}-{low + width - 1}: ${cents / 100:.2f}")
        rising.append(f"{low}-{low + width - 1}: ${(2_000_000 - cents) / 100:.2f}")
        low, cents = low + width, cents - drop
    assert not lint("price-tiers", price="; ".join(parts))
    assert len(lint("price-tiers", price="; ".join(rising))) == len(steps) - 1


def test_the_minimum_order_is_held_against_the_marketplace_and_the_tiers() -> None:
    assert not lint("invalid-moq", moq="99,999 pieces")
    assert lint("invalid-moq", moq="100,000 pieces")
    assert not lint("invalid-moq", market="etsy", moq="100,000 pieces")
    assert lint("invalid-moq", moq="500", price="1-99: 5; 100+: 4")
    assert not lint("invalid-moq", moq="50", price="1-99: 5; 100+: 4")


@given(TEXTS)
@settings(deadline=None)
def test_readers_take_any_text_and_mark_inside(text: str) -> None:
    for tier in read_tiers(text):
        assert 0 <= tier.start < tier.end <= len(text) and tier.low >= 0
    for one in read_measures(text):
        assert 0 <= one.start < one.end <= len(text) and one.low <= one.high
    read_prices(text)
    read_quantity(text)
    day = read_date(text)
    assert day is None or isinstance(day, datetime.date)


# --- measures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 V", "12 volts"), ("30 cm", "300 mm"), ("1.5 kW", "1500 watts"), ("2 HP", "1.5 kW"), ("55 inch", '55"'), ("1 lb", "454 g"), ("0.8 L", "800 ml"), ("64 GB", "65536 MB"), ("5,5 kW", "5.5 kW"),
        ("10,000 mAh", "10 Ah"), ("1-1/2 inch", "38.1 mm"), ("1/2 HP", "373 W"), ("110V/220V", "220 V"), ("12-24 V", "18 V"), ("60 kg/min", "3600 kg/h"), ("2 tons per hour", "2000 kg/hr"), ("50-60Hz", "60 Hz"),
    ],
)  # fmt: skip
def test_measures_of_one_size_agree_whatever_the_unit(one: str, other: str) -> None:
    (left,), (right,) = read_measures(one), read_measures(other)
    assert left.agrees(right) and right.agrees(left)


@pytest.mark.parametrize(("one", "other"), [("12 V", "24 V"), ("30 cm", "30 mm"), ("1.5 kW", "2.2 kW"), ("3/8 inch", "3 inch"), ("500 ml", "350 ml")])
def test_measures_of_two_sizes_do_not(one: str, other: str) -> None:
    (left,), (right,) = read_measures(one), read_measures(other)
    assert not left.agrees(right)


@pytest.mark.parametrize("text", ["10 in 1", "M8", "USB 2.0", "4K", "v2", "model 12V3", "", "no figure"])
def test_what_only_looks_like_a_measure(text: str) -> None:
    assert not read_measures(text)


# --- dates ------------------------------------------------------------------------------------------------------------


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 12, 31)))
def test_days_are_read_in_every_unambiguous_form(day: datetime.date) -> None:
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%d %b %Y", "%B %d, %Y", "%Y%m%d", "%Y-%m-%dT10:20:30Z"):
        assert read_date(day.strftime(form)) == day
    assert read_date(str((day - datetime.date(1899, 12, 30)).days)) == day


def test_of_two_readings_the_later_is_taken() -> None:
    assert read_date("03/04/2025") == datetime.date(2025, 4, 3)
    assert read_date("31/12/2025") == read_date("12/31/2025") == datetime.date(2025, 12, 31)
    assert read_date("2025-02-30") is None


# --- attributes -------------------------------------------------------------------------------------------------------

FACTS = {"Voltage": "24 V", "Material": "Stainless Steel", "Net Weight": "1.2 kg"}
FORMS: dict[str, Any] = {
    "mapping": FACTS,
    "lines": "\n".join(f"{k}: {v}" for k, v in FACTS.items()),
    "semicolons": "; ".join(f"{k}: {v}" for k, v in FACTS.items()),
    "bars": " | ".join(f"{k}: {v}" for k, v in FACTS.items()),
    "tabs": "\n".join(f"{k}\t{v}" for k, v in FACTS.items()),
    "json": json.dumps(FACTS),
    "python": repr(FACTS),
    "ruby": "{" + ", ".join(f'"{k}"=>"{v}"' for k, v in FACTS.items()) + "}",
    "objects": json.dumps([{"name": k, "value": v} for k, v in FACTS.items()]),
    "nested": json.dumps({"specification": [{"key": k, "value": v} for k, v in FACTS.items()]}),
}


@pytest.mark.parametrize("form", FORMS)
def test_attributes_in_every_form(form: str) -> None:
    doc = ANY.analyse(Listing.of({"title": "Meat Slicer", "attributes": FORMS[form]}))
    assert {name: one.value for name, one in doc.attributes.items()} == {k.lower(): v for k, v in FACTS.items()}
    for one in doc.attributes.values():
        assert one.source.raw[one.start : one.end] == one.value


@pytest.mark.parametrize("form", [name for name in FORMS if name != "mapping"])
@given(data=st.data())
def test_attributes_cut_off_anywhere_keep_what_stands_before(form: str, data: st.DataObject) -> None:
    whole: str = FORMS[form]
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    doc = ANY.analyse(Listing.of({"title": "Meat Slicer", "attributes": cut}))
    for name, one in doc.attributes.items():
        full = next((v for k, v in FACTS.items() if k.lower() == name), None)
        assert full is None or full.startswith(one.value)
        assert one.source.raw[one.start : one.end] == one.value


@pytest.mark.parametrize("form", FORMS)
def test_a_contradiction_is_found_in_every_form(form: str) -> None:
    (finding,) = lint("attribute-contradiction", title="12 V Meat Slicer", attributes=FORMS[form])
    assert finding.text == "24 V"


@pytest.mark.parametrize(
    "description",
    ["Cuts bread and ham.\nVoltage: 24V\nMotor: brushless", "<ul><li>Voltage: 24 volts</li><li>Motor: brushless</li></ul>", "<p>Cuts ham.</p><p>&bull; Voltage： 24V</p>", "* Voltage : DC 24V"],
)
def test_lines_of_the_description_contradict_title_and_attributes(description: str) -> None:
    (finding,) = lint("attribute-contradiction", title="12 V Meat Slicer", description=description)
    assert finding.field == "description" and "24" in finding.text
    assert lint("attribute-contradiction", title="Meat Slicer", attributes={"Voltage": "12V"}, description=description)
    assert not lint("attribute-contradiction", title="24 V Meat Slicer", attributes={"Voltage": "24 V"}, description=description)


def test_a_name_that_comes_twice_in_the_description_belongs_to_parts() -> None:
    doc = ANY.analyse(Listing.of({"title": "Drill", "description": "Voltage: 12V\nBattery: 2 Ah\nVoltage: 230V"}))
    assert [one.value for one in read_described(doc)["voltage"]] == ["12V", "230V"]
    assert not lint("attribute-contradiction", title="18 V Drill", description="Voltage: 12V\nVoltage: 230V")


@pytest.mark.parametrize(
    ("title", "attributes", "wrong"),
    [
        ("Brass Kitchen Faucet", {"Material": "Stainless Steel"}, True),
        ("Cotton T-Shirt", {"Fabric": "100% Polyester"}, True),
        ("Aluminium Ladder 3.8 m", {"Material": "Fiberglass"}, True),
        ("24V DC Motor", {"Voltage (V)": "12"}, True),
        ("Women's Leather Boots", {"Gender": "Men"}, True),
        ("PVC Garden Hose with Brass Fittings", {"Material": "PVC"}, False),
        ("Ceramic Knife (Plastic Handle)", {"Material": "Ceramic"}, False),
        ("Toilet Paper Holder", {"Material": "Stainless Steel"}, False),
        ("Aluminium Can Crusher", {"Material": "Mild Steel"}, False),
        ("Canvas Tote Bag", {"Material": "100% Cotton"}, False),
        ("Gold Plated Chain Necklace", {"Material": "Alloy"}, False),
        ("Leather Strap Watch", {"Case Material": "Stainless Steel"}, False),
        ("Electric Drill 550W", {"Rated Power": "550 watts"}, False),
        ("Battery Charger with 20000 mAh Power Bank", {"Capacity": "2000 mAh"}, False),
    ],
)
def test_what_contradicts_and_what_does_not(title: str, attributes: dict[str, str], wrong: bool) -> None:
    assert bool(lint("attribute-contradiction", title=title, attributes=attributes)) is wrong


@pytest.mark.parametrize(
    ("title", "attributes"),
    [
        ("Stainless Steel Ball Valve", {"Port Size": "DN25", "Working Pressure": "16 bar", "Connection": "Flange"}),
        ("Deep Groove Ball Bearing", {"Bore Size": "20 mm", "Material": "Chrome steel"}),
        ("Fresh Fuji Apple", {"Variety": "Fuji", "Origin": "Shandong", "Packing": "18 kg carton"}),
        ("750 ml Steel Water Bottle", {"Feature": "Leakproof"}),
    ],
)
def test_nobody_is_asked_for_what_the_kind_does_not_have(title: str, attributes: dict[str, str]) -> None:
    assert not lint("attribute-missing", title=title, attributes=attributes)


def test_missing_attributes_are_named_in_both_languages() -> None:
    fields = {"title": "CNC Lathe Machine", "attributes": {"Condition": "New"}}
    (english,) = lint("attribute-missing", **fields)
    assert "power supply" in english.message
    (chinese,) = Linter(Settings(marketplace="alibaba", select=("attribute-missing",), lang="zh")).lint(Listing.of(fields)).findings
    assert "质保" in chinese.message


def test_every_kind_of_the_table_is_known_and_every_property_has_names() -> None:
    paths = {group.category for group in thesaurus()}
    kinds = [row["kind"] for row in read_lexicon("expected_attributes")]
    assert len(kinds) == len(set(kinds))
    for kind in kinds:
        assert expected_of(kind)
        assert any(path == kind or path.startswith(f"{kind} > ") for path in paths), kind
    for row in read_lexicon("attribute_names"):
        assert row["zh"] and len(row["names"].split(";")) > 1


# --- codes, categories ------------------------------------------------------------------------------------------------


def arithmetic_check_digit(digits: str) -> int:
    total = 0
    for place in range(len(digits)):
        total += int(digits[-1 - place]) * (1 if place % 2 else 3)
    return (10 - total % 10) % 10


@given(st.sampled_from((7, 11, 12, 13)).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n)))
def test_check_digits_are_those_of_the_standard(digits: str) -> None:
    right = arithmetic_check_digit(digits)
    assert check_digit(digits) == right
    if digits.strip("0"):
        assert not lint("invalid-gtin", gtin=f"{digits}{right}")
        (finding,) = lint("invalid-gtin", gtin=f"{digits}{(right + 1) % 10}")
        assert str(right) in finding.message


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 11))
def test_one_wrong_digit_is_always_caught(digits: str, at: int) -> None:
    whole = f"{digits}{check_digit(digits)}"
    wrong = whole[:at] + str((int(whole[at]) + 1) % 10) + whole[at + 1 :]
    assert lint("invalid-gtin", gtin=wrong)


TREE = ["Tools > Power Tools > Cordless Drills", "Tools > Hand Tools > Hammers", "Garden > Hoses"]


def test_a_category_is_sought_in_the_sellers_own_tree() -> None:
    (finding,) = lint("category-mismatch", seller={"categories": TREE}, title="Cordless Drill 18 V", category="Toys > Dolls")
    assert finding.fix.edits[0].text == TREE[0]
    assert not lint("category-mismatch", seller={"categories": TREE}, title="Claw Hammer", category="Tools > Hand Tools > Hammers")
    assert not lint("category-mismatch", seller={"categories": TREE}, title="Claw Hammer", category="Hand Tools > Hammers")


def test_a_category_is_learned_from_the_catalog() -> None:
    usual = [{"title": f"Garden Hose {n} m", "category": "Garden > Watering > Hoses"} for n in range(10, 34)]
    stray = {"title": "Garden Hose 50 m", "category": "Office > Stationery"}
    reports = list(check([Listing.of(row) for row in [*usual, stray]], Settings(marketplace="alibaba", select=("category-mismatch",))))
    found = [[finding.rule for finding in report.findings] for report in reports]
    assert found[-1] == ["category-mismatch"] and not any(found[:-1])
    assert "Garden > Watering > Hoses" in reports[-1].findings[0].message
    assert "24" in reports[-1].findings[0].message


@pytest.mark.parametrize(
    ("text", "path"),
    [("A > B > C", ["A", "B", "C"]), ('["A >> B"]', ["A", "B"]), ("A/B|C", ["A", "B", "C"]), ("A » B", ["A", "B"]), ("", [])],
)
def test_categories_are_read_in_the_notations_of_shops(text: str, path: list[str]) -> None:
    assert path_of(text) == path


# --- any input --------------------------------------------------------------------------------------------------------

FIELDS = st.sampled_from(("price", "moq", "gtin", "updated", "attributes", "category", "description", "brand", "subtitle", "highlights"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(FIELDS, TEXTS, max_size=5), st.sampled_from(("12 V Car Vacuum Cleaner", "Stainless Steel Lunch Box", "", "三徳包丁")), st.sampled_from(sorted(LINTERS)))
def test_any_facts_are_judged_and_marked_inside(fields: dict[str, str], title: str, market: str) -> None:
    listing = Listing.of({"title": title, **fields})
    report = LINTERS[market].lint(listing)
    assert not report.errors
    for finding in report.findings:
        if finding.start is not None:
            raw = listing.parts(finding.field)[finding.part]
            assert 0 <= finding.start <= finding.end <= len(raw)
            assert raw[finding.start : finding.end] == finding.text


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:6]))
def test_hostile_texts_take_no_time(text: str) -> None:
    for field in ("price", "moq", "gtin", "updated", "attributes", "description"):
        listing = Listing.of({"title": "12 V Drill of Steel", field: text})
        begin = time.process_time()
        report = ANY.lint(listing)
        assert not report.errors
        assert time.process_time() - begin < 0.5, field


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"brand": "Lock & Key", "attributes": {"Brand": "Lock and Key"}}, False),
        ({"brand": "Ringwell", "attributes": {"Brand": "Ringwell Ltd."}}, False),
        ({"brand": "Ringwell", "attributes": {"Brand": "OEM"}}, False),
        ({"brand": "Ringwell", "attributes": {"Brand Name": "Kinno"}}, True),
        ({"model": "RW-200", "description": "Model: RW 200\nSize: 4 cm"}, False),
        ({"model": "RW-200", "description": "Model No: KX-9\nSize: 4 cm"}, True),
        ({"moq": "100 pieces", "description": "MOQ: 500 pcs"}, True),
        ({"moq": "100", "attributes": {"Minimum Order Quantity": "100 Piece"}}, False),
        ({"moq": "1 carton", "attributes": {"MOQ": "24 pieces"}}, False),
    ],
)
def test_brand_model_and_minimum_order_agree_with_their_fields(fields: dict[str, Any], wrong: bool) -> None:
    assert bool(lint("attribute-contradiction", title="Bicycle Bell", **fields)) is wrong


@pytest.mark.parametrize(
    ("title", "attributes", "wrong"),
    [
        ("Rattan Chair, White", "Color: Black", True),
        ("White Ceramic Vase 30 cm", "Colour: Black", True),
        ("Black Pepper Grinder", "Color: Silver", False),
        ("Backpack 30L Waterproof", "Capacity: 45 Liters", True),
        ("Water Bottle 1 Gallon", "Capacity: 3.78 L", False),
        ("SSD 1TB NVMe", "Storage Capacity: 512GB", True),
        ("Rice Cooker 1.8 Liter", "Capacity (L): 1.2", True),
        ("24V LED Strip Light 5m", "Input Voltage: DC12V", True),
        ("Motor 1HP", "Power: 0.75 kW", False),
        ("Basmati Rice 5kg", "Net Weight: 1 kg", True),
        ("Basmati Rice 5kg Pack of 4", "Net Weight: 20 kg", False),
        ("Garden Hose 30m", "Length: 15 m", True),
        ("Ball Valve 1/2 inch", "Port Size: 3/4 inch", True),
        ("Laptop Bag 15.6 Inch", "Size: 40 x 30 x 8 cm", False),
        ("Queen Size Mattress", "Size: King", True),
        ("Disposable Gloves Box of 100", "Quantity: 50 pcs", True),
        ("Set of 2 Pillows", "Quantity: 500", False),
        ("Ladies Wrist Watch", "Suitable For: Men", True),
        ("German Made Kitchen Knife", "Origin: China", True),
        ("Bluetooth Speaker Made in China", "Place of Origin: Guangdong, China", False),
        ("Phone Case for iPhone 13", "Compatible Model: iPhone 12", True),
        ("Screen Protector for iPhone SE/5S/5", "Compatible Models: iPhone 5", False),
        ("USB-C Charging Cable", "Connector Type: Micro USB", True),
        ("USB-C to HDMI Cable", "Connector Type: HDMI", False),
        ("LED Bulb E27", "Base Type: E26/E27", False),
        ("IP67 Flood Light", "IP Rating: IP44", True),
        ("Diesel Generator 5kW", "Fuel Type: Gasoline", True),
        ("Solid Oak Wood Dining Table", "Material: MDF with PVC foil", True),
        ("Genuine Leather Men's Wallet", "Material: Polyester", True),
        ("Wireless Mouse M185", "Model: M220", True),
        ("Office Chair Mesh Back Grey", "Color: Pink", True),
        ("PVC Pipe 110mm", "Material: HDPE", True),
        ("Silicone Phone Case", "Material: TPU", False),
        ("1.5 Ton Split AC", "Capacity: 2 Ton", True),
        ("Front Load Washing Machine 8kg", "Type: Top Load", True),
        ("LED Driver 12V 60W", "Input Voltage: 220-240 V", False),
        ("Curtain 7 Feet", "Length: 213 cm", False),
        ("French Press Coffee Maker 1L", "Origin: China", False),
    ],
)
def test_what_a_title_says_is_compared_with_every_property(title: str, attributes: str, wrong: bool) -> None:
    assert bool(lint("attribute-contradiction", title=title, attributes=attributes)) is wrong


@pytest.mark.parametrize(
    ("title", "category", "wrong"),
    [
        ("Baby Stroller Foldable Lightweight", "Office Products > Printers", True),
        ("Wooden Dining Table 6 Seater", "Apparel & Accessories > Clothing > Dresses", True),
        ("Non-stick Frying Pan 28cm", "Electronics & Gadgets > Headphones", True),
        ("Fishing Rod Carbon 2.7 m", "Baby Products > Diapers", True),
        ("Dog Collar Nylon Adjustable", "Office & School Supplies > Notebooks", True),
        ("Aluminum Ladder 6 Step", "Cosmetics > Mascara", True),
        ("Honey Raw 1 kg", "Fashion > Scarves", True),
        ("Paper Cups 8 oz Disposable", "Electronics > Smart Watches", True),
        ("Kurta Set for Women Rayon", "Footwear > Sandals", True),
        ("Cotton Hoodie Fleece Grey", "Shoes > Men's", True),
        ("Laptop Backpack 17 Inch", "Computers > Laptop Accessories", False),
        ("Hair Dryer 2000 W", "Home Appliances > Personal Care", False),
        ("Silk Pillowcase", "Beauty > Hair Care", False),
        ("Pet Bed Washable", "Home & Garden > Bedding", False),
        ("Phone Tripod", "Cameras & Photo > Tripods", False),
        ("Brushless Motor", "Cameras > Drones", False),
        ("Tea Infuser", "Grocery > Tea", False),
        ("Rice Milling Machine", "Agricultural Machinery & Equipment", False),
    ],
)
def test_categories_that_name_goods_are_compared_by_the_goods(title: str, category: str, wrong: bool) -> None:
    assert bool(lint("category-mismatch", title=title, category=category)) is wrong
