"""How titles are understood: heads, product names, brands and the other parts, on invented titles of all kinds."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listinglint.language.names import parse_phrase, parse_title, pieces, read_title
from listinglint.language.statistics import CatalogStatistics
from listinglint.language.words import is_plain_code
from listinglint.model import Listing, ProductName

# title, head, product
NAMES = [
    # B2B: machines, their drive and what they work on
    ("Automatic Cotton Candy Packing Machine", "Machine", "Cotton Candy Packing Machine"),
    ("Semi Automatic Bottle Filling Machine, Capacity: 40 BPM", "Machine", "Bottle Filling Machine"),
    ("Industrial Bread Slicer 220V", "Slicer", "Bread Slicer"),
    ("Heavy Duty Hydraulic Scissor Lift Table - 2 Ton", "Table", "Hydraulic Scissor Lift Table"),
    ("CNC Wood Router Machine with Vacuum Table", "Machine", "CNC Wood Router Machine"),
    ("High Speed Paper Cup Forming Machine", "Machine", "Paper Cup Forming Machine"),
    ("Stainless Steel Centrifugal Pump", "Pump", "Centrifugal Pump"),
    ("500kg/h Plastic Bottle Recycling Line", "Line", "Plastic Bottle Recycling Line"),
    ("Fully Automatic Tomato Paste Production Line", "Line", "Tomato Paste Production Line"),
    ("Dental Air Compressor, Oil Free, 30 L", "Compressor", "Dental Air Compressor"),
    ("Used Excavator for Sale", "Excavator", "Excavator"),
    ("Solar Water Pump Inverter 3 Phase 380V", "Inverter", "Solar Water Pump Inverter"),
    ("Rice Husk Pellet Making Machine", "Machine", "Rice Husk Pellet Making Machine"),
    ("Vertical Form Fill Seal Machine", "Machine", "Vertical Form Fill Seal Machine"),
    ("Single Girder Overhead Crane 5 Ton", "Crane", "Girder Overhead Crane"),
    ("Egg Incubator For Poultry Farm - Color: Yellow", "Incubator", "Egg Incubator"),
    ("Electric Wheelchair, Max Load: 120 Kg", "Wheelchair", "Electric Wheelchair"),
    ("Portable Ultrasound Scanner", "Scanner", "Portable Ultrasound Scanner"),
    ("Steel Wire Rope 8 mm", "Rope", "Steel Wire Rope"),
    ("Brass Ball Valve 1/2 inch", "Valve", "Brass Ball Valve"),
    ("Deep Groove Ball Bearing 6204", "Bearing", "Deep Groove Ball Bearing"),
    ("Three Phase Induction Motor", "Motor", "Three Phase Induction Motor"),
    ("Drip Irrigation Pipe For Agriculture", "Pipe", "Drip Irrigation Pipe"),
    ("Diesel Generator 20 kVA Silent", "Generator", "Diesel Generator"),
    # retail: brand and model first, size and colour last
    ("Sony WH-CH520 Wireless Headphones, Blue", "Headphones", "Wireless Headphones"),
    ("Philips HD2581 Bread Toaster 830W White", "Toaster", "Bread Toaster"),
    ("Samsung 55 inch Smart TV", "TV", "Smart TV"),
    ("Nike Men's Running Shoes Black Size 10", "Shoes", "Running Shoes"),
    ("Makita Cordless Drill 18V", "Drill", "Cordless Drill"),
    ("Bosch Angle Grinder 850W", "Grinder", "Angle Grinder"),
    ("Logitech M185 Wireless Mouse (Grey)", "Mouse", "Wireless Mouse"),
    ("Casio Scientific Calculator fx-991", "Calculator", "Scientific Calculator"),
    ("Levi's Women's Skinny Jeans - Dark Blue", "Jeans", "Skinny Jeans"),
    ("Nivea Body Lotion 400ml", "Lotion", "Body Lotion"),
    ("Lipton Green Tea, 100 Tea Bags", "Tea", "Green Tea"),
    ("Colgate Herbal Toothpaste 120 g (Pack of 2)", "Toothpaste", "Herbal Toothpaste"),
    ("Pedigree Adult Dog Food 10kg", "Food", "Dog Food"),
    ("Prestige Pressure Cooker 5 Litre", "Cooker", "Pressure Cooker"),
    ("Fossil Leather Wallet for Men (Brown)", "Wallet", "Leather Wallet"),
    ("Canon EOS 2000D DSLR Camera", "Camera", "DSLR Camera"),
    ("Dell Laptop Charger 65W", "Charger", "Laptop Charger"),
    ("Michelin Car Tyre 195/65 R15", "Tyre", "Car Tyre"),
    ("Samsonite Cabin Luggage 55 cm - Navy Blue", "Luggage", "Cabin Luggage"),
    ("Adidas Football Boots, Size 9", "Boots", "Football Boots"),
    # plain names
    ("Bicycle Bell", "Bell", "Bicycle Bell"),
    ("Bathroom Rack", "Rack", "Bathroom Rack"),
    ("Glass Shelf", "Shelf", "Glass Shelf"),
    ("Squeegee", "Squeegee", "Squeegee"),
    ("Evaporator", "Evaporator", "Evaporator"),
    ("Shelves", "Shelves", "Shelves"),
    ("Toy", "Toy", "Toy"),
    ("Machine", "Machine", "Machine"),
    ("Yoga Mat", "Mat", "Yoga Mat"),
    ("Sofa Bed", "Bed", "Sofa Bed"),
    ("Air Fryer Oven", "Oven", "Air Fryer Oven"),
    ("Hair Dryer", "Dryer", "Hair Dryer"),
    ("Window Cleaner", "Cleaner", "Window Cleaner"),
    ("LED Light", "Light", "LED Light"),
    ("Instant Coffee", "Coffee", "Instant Coffee"),
    ("Coffee Beans", "Beans", "Coffee Beans"),
    ("Sewing Machine", "Machine", "Sewing Machine"),
    ("Nail Gel Polish", "Polish", "Nail Gel Polish"),
    # a head is not a head where it belongs to a compound or a pattern
    ("Heart Shaped Silver Pendant", "Pendant", "Silver Pendant"),
    ("Tree Pattern Shower Curtain", "Curtain", "Shower Curtain"),
    ("Wall Mounted Soap Dispenser", "Dispenser", "Wall Mounted Soap Dispenser"),
    ("Water Cooled Screw Chiller", "Chiller", "Water Cooled Screw Chiller"),
    ("Flower Print Cushion Cover", "Cover", "Cushion Cover"),
    ("Washing Machine Cover", "Cover", "Washing Machine Cover"),
    ("Sewing Machine Parts", "Parts", "Sewing Machine Parts"),
    ("Camera Lens Cap", "Cap", "Camera Lens Cap"),
    ("Guitar String", "String", "Guitar String"),
    # X for Y, X with Y, X of Y
    ("Mouse for Laptop", "Mouse", "Mouse"),
    ("Phone Case for iPhone 15", "Case", "Phone Case"),
    ("Seat Cover for Toyota Corolla", "Cover", "Seat Cover"),
    ("Rack for Kitchen", "Rack", "Rack"),
    ("Bottle with Straw", "Bottle", "Bottle"),
    ("Cotton T-Shirt with Pocket, Red", "T-Shirt", "Cotton T-Shirt"),
    ("For Honda Civic Brake Pads", "Pads", "Brake Pads"),
    ("Screen Protector compatible with Galaxy S21", "Protector", "Screen Protector"),
    ("iPhone-compatible Charging Cable", "Cable", "Charging Cable"),
    # sets and packs
    ("Set of 3 Knives", "Knives", "Knives"),
    ("Pack of 6 Cotton Socks", "Socks", "Cotton Socks"),
    ("Fork and Spoon Set", "Set", "Fork and Spoon Set"),
    ("Screwdriver Set 32 Pcs", "Set", "Screwdriver Set"),
    ("First Aid Kit", "Kit", "First Aid Kit"),
    ("Salt and Pepper Grinder", "Grinder", "Salt and Pepper Grinder"),
    ("100 pcs Disposable Face Masks", "Masks", "Disposable Face Masks"),
    ("2 Door Refrigerator", "Refrigerator", "Refrigerator"),
    # the head first
    ("Faucet Kitchen Stainless Steel", "Faucet", "Faucet"),
    ("Umbrella Folding Windproof", "Umbrella", "Umbrella"),
    # piled-up names: the first counts
    ("Sneakers Running Shoes Sport Shoes Men Shoes", "Sneakers", "Sneakers"),
    ("Women Handbag Shoulder Bag Tote Purse", "Handbag", "Handbag"),
    ("Smart Watch Fitness Tracker Wristwatch for Men", "Watch", "Smart Watch"),
    ("Rice Mill Machine Rice Milling Plant", "Machine", "Rice Mill Machine"),
    # segments
    ("Silver Hoop Earrings | Minimalist Earrings | Gift for Her", "Earrings", "Hoop Earrings"),
    ("Acme - Men's Wool Coat", "Coat", "Wool Coat"),
    ("Steel Pipe, Seamless, DN50, Schedule 40", "Pipe", "Steel Pipe"),
    ("Wooden Cutting Board - Large | Housewarming Gift", "Board", "Cutting Board"),
    ("Ceramic Mug, Microwave Safe, 350 ml", "Mug", "Ceramic Mug"),
    ("Hammock / Double / With Carry Bag", "Hammock", "Hammock"),
    # capitals, inches, foreign scripts, entities
    ("STAINLESS STEEL WATER BOTTLE", "BOTTLE", "WATER BOTTLE"),
    ('LED Monitor 24"', "Monitor", "LED Monitor"),
    ("7″ Android Tablet", "Tablet", "Android Tablet"),
    ("智能手表 Smart Watch", "Watch", "Smart Watch"),
    ("Salt &amp; Pepper Shaker", "Shaker", "Salt &amp; Pepper Shaker"),
    ("Squirrel Plush Toy (New Design)", "Toy", "Plush Toy"),
    ("Very Pretty New Toy", "Toy", "Toy"),
    # series
    ("Angel Series Stone Statue", "Statue", "Stone Statue"),
    ("Stone Statue (Angel Series)", "Statue", "Stone Statue"),
    # nothing is named
    ("New Products", None, None),
    ("Angel Series", None, None),
    ("Hot Sale New Arrival", None, None),
    ("DOT Approved", None, None),
    ("200cc", None, None),
    ("", None, None),
    ("   ", None, None),
    ("!!! ??? ...", None, None),
    ("12345", None, None),
    # A negated noun is a quality.
    ("No Wire Padded Cotton Bra", "Bra", "Cotton Bra"),
    ("Zorvanta Anti Slip Bath Mat", "Mat", "Bath Mat"),
    # What is built in or given away comes with the product.
    ("Norvel Two Way Radio 5W 16 Channels Built in LED Torch", "Radio", "Two Way Radio"),
    ("Bosch Built-in Oven", "Oven", "Oven"),
    ("Whitening Gel + Free 2 Button Batteries", "Gel", "Whitening Gel"),
    # A title before a colon, a label before a colon.
    ("Garden Bench Plans: Modern Backless Seating", "Plans", "Garden Bench Plans"),
    # The list of what a set holds.
    ("Spoon, Fork and Knife Set with Case", "Set", "Spoon, Fork and Knife Set"),
    ("Vitamin C Tablets Bottle of 90", "Tablets", "Vitamin C Tablets"),
    ("Unisex Turtleneck Knitted Wool Sweater", "Sweater", "Knitted Wool Sweater"),
    ("Norvel Tower Desktop PC - 2.7GHz Processor, 4GB DDR3 Memory", "PC", "Desktop PC"),
    ("Norvel N3 16GB ROM 2GB RAM (Grey)", None, None),
    ("Food Tray Can be Used for Party", "Tray", "Food Tray"),
    ("Velvet Lip Colour 3.5 g", "Colour", "Lip Colour"),
    ("Love Mug -Ceramic Mug 11oz", "Mug", "Ceramic Mug"),
    ("Zorvanta Snowflake LED Curtain Lights Wedding Christmas Decoration", "Lights", "LED Curtain Lights"),
    ("Gold Rope Chain-4.0g", "Chain", "Rope Chain"),
    ("Zorvanta 2 Light Copper Island Pendant", "Pendant", "Island Pendant"),
    ("Zorvanta Faucets 2-Handle Kitchen Faucet", "Faucet", "Kitchen Faucet"),
    ("Zorvanta River Doors 30 in. x 80 in. Oak Front Door", "Door", "Front Door"),
    ("Zorvanta Brass Table Lamp-DISCONTINUED", "Lamp", "Table Lamp"),
    ("Zorvanta 3 in. Oak Stair Tread", "Tread", "Oak Stair Tread"),
    # A class of goods behind a thing of the class; units that follow each other; a cooking range.
    ("High Back Office Chair Furniture, Desk Chair (Black)", "Chair", "High Back Office Chair"),
    ("Zorvanta 5 fl. oz. Wood Adhesive", "Adhesive", "Wood Adhesive"),
    ("Zorvanta 30 in. W x 22 in. D Bathroom Cabinet in White with Glass Doors", "Cabinet", "Bathroom Cabinet"),
    ("Norvel 5 cu. ft. Gas Range in Black", "Range", "Gas Range"),
    ("Pantrol Anti Dandruff Shampoo 750 ml", "Shampoo", "Anti Dandruff Shampoo"),
    ("Leather Wallet + Free Steel Key Ring", "Wallet", "Leather Wallet"),
    ("Zorvanta Farmhouse Apron Front Copper Kitchen Sink", "Sink", "Kitchen Sink"),
    ("Zorvanta 3 in. Brass Cabinet Pull", "Pull", "Cabinet Pull"),
    # Packing behind a food, decoration behind a thing, a code at the end.
    ("Arabica Roasted Coffee Fully Washed Process A+ Grade Fruity Bag", "Coffee", "Roasted Coffee"),
    ("Kraft Paper Coffee Bag 250 g", "Bag", "Coffee Bag"),
    ("Zorvanta Eau De Parfum 50 ml", "Parfum", "Eau De Parfum"),
    ("Sandmark 64GB Ultra Class 10 SDSQUNB", None, None),
    # What a product has two of, finishes, safes, two words with a stroke between.
    ("Corvane Dual Band Portable Two Way Radio with Case", "Radio", "Portable Two Way Radio"),
    ("Corvane Stainless Steel 33 in. Double Bowl Kitchen Sink", "Sink", "Kitchen Sink"),
    ("Corvane Single Cylinder Satin Nickel Handleset", "Handleset", "Handleset"),
    ("Corvane 2 Hour Fire Safe with Electronic Lock", "Safe", "Fire Safe"),
    ("Microwave Safe Soup Plate", "Plate", "Soup Plate"),
    ("Corvane 9 gal. Wet/Dry Vacuum", "Vacuum", "Wet/Dry Vacuum"),
    ("Walkie Talkie Dual Band 6W 128CH", "Talkie", "Walkie Talkie"),
]


@pytest.mark.parametrize(("title", "head", "product"), NAMES)
def test_head_and_product(title: str, head: str | None, product: str | None) -> None:
    name = parse_title(title)
    assert (name.head, name.product) == (head, product)


BRANDS = [
    ("Sony WH-CH520 Wireless Headphones, Blue", "Sony"),
    ("Dr. Martens Women's Leather Boots", "Dr. Martens"),
    ("Black & Decker Cordless Drill", "Black & Decker"),
    ("Bosch Angle Grinder 850W", "Bosch"),
    ("L'Oreal Paris Hair Serum 100ml", "L'Oreal Paris"),
    ("Zorvanta Men's Denim Jacket", "Zorvanta"),
    ("Quibbly Foods Roasted Almonds 200 g", "Quibbly Foods"),
    ("[ Home Joy ] Frying Pan 28cm", "Home Joy"),
    ("Kettle by Vornix", "Vornix"),
    ("Men's T-Shirt Nike", "Nike"),
    ("Puma Sports Bag Black", "Puma"),
    ("Sharp Bread Maker 2L", "Sharp"),
    ("Pure Leaf, Organic Iced Tea, 12 Bottles", "Pure Leaf"),
    ("Automatic Bottle Filling Machine", None),
    ("Phone Case for Samsung Galaxy", None),
    ("Plastic Water Tank 500 L", None),
    ("Sharp Knife", None),
    ("Wooden Chair", None),
    ("Apple Juice 1 Litre", None),
    ("For Lenovo A369 Touch Screen Glass", None),
    ("Original Norvanto PN-913 Power Bank", "Norvanto"),
    ("Boots by Norvanto Women's Size 6", "Norvanto"),
    ("Ivory Alpaca Throw Blanket", None),
]


@pytest.mark.parametrize(("title", "brand"), BRANDS)
def test_brand(title: str, brand: str | None) -> None:
    assert parse_title(title).brand == brand


def test_modifiers_by_kind() -> None:
    name = parse_title("Electric Stainless Steel Kettle 1.7 L Black for Women, Elegant, CE certified, 2 pcs")
    assert name.modifiers["material"] == ("Stainless Steel",)
    assert name.modifiers["colour"] == ("Black",)
    assert name.modifiers["specification"] == ("1.7 L",)
    assert name.modifiers["audience"] == ("Women",)
    assert name.modifiers["style"] == ("Elegant",)
    assert name.modifiers["certificate"] == ("CE certified",)
    assert name.modifiers["quantity"] == ("2 pcs",)
    assert "Electric" in name.modifiers["function"]


def test_extras_are_what_follows_prepositions_and_stands_in_brackets() -> None:
    name = parse_title("Evaporator for Refrigerator (environmental)")
    assert name.extras == ("for Refrigerator", "environmental")


def test_model_code() -> None:
    assert parse_title("Logitech M185 Wireless Mouse").model == "M185"
    assert parse_title("Wireless Mouse 2.4GHz").model is None


def test_series_and_fillers() -> None:
    assert parse_title("Angel Series").series == "Angel Series"
    assert parse_title("Stone Statue (Angel Series)").series == "Angel Series"
    assert parse_title("Very Pretty New Toy").fillers == ("Very Pretty New",)


SEVERAL = [
    ("Bathroom Rack, Glass Shelf and Towel Ring", ("Bathroom Rack", "Glass Shelf", "Towel Ring")),
    ("Electric Kettle / Bread Toaster / Hand Blender", ("Electric Kettle", "Bread Toaster", "Hand Blender")),
    ("USB Mouse + Gaming Keyboard", ("USB Mouse", "Gaming Keyboard")),
    ("Garden Sofa, Bar Stool", ("Garden Sofa", "Bar Stool")),
]


@pytest.mark.parametrize(("title", "products"), SEVERAL)
def test_several_products(title: str, products: tuple[str, ...]) -> None:
    name = parse_title(title)
    assert name.several
    assert name.products == products
    assert name.product == products[0]


@pytest.mark.parametrize(
    "title",
    [
        "Fork and Spoon Set",
        "Mouse for Laptop",
        "Salt and Pepper Grinder",
        "Coffee and Tea Maker",
        "Wood and Metal Cutting Machine",
        "Red, Blue and Green Cotton Shirt",
        "Steel Pipe, Seamless, DN50",
        "Nuts and Bolts Kit",
        "Car Vacuum Cleaner, Portable, 120W",
        "Shampoo, Conditioner and Body Wash Gift Set",
    ],
)
def test_one_product(title: str) -> None:
    assert not parse_title(title).several


def test_listing_lends_its_brand_and_model() -> None:
    listing = Listing.of({"title": "Green Hill Garden Chair GH20 Foldable", "brand": "Green Hill", "model": "GH20"})
    name = parse_title("Green Hill Garden Chair GH20 Foldable", listing)
    assert name.brand == "Green Hill"
    assert name.model == "GH20"
    assert name.product == "Garden Chair"
    assert parse_title("Green Hill Garden Chair", {"title": "", "brand": "nan"}).head == "Chair"


def test_a_head_that_belongs_to_the_maker_is_looked_for_behind_it() -> None:
    name = parse_title("Mirova Garments Girls Gathered Dress")
    assert (name.brand, name.head, name.product) == ("Mirova Garments", "Dress", "Dress")


def test_category_hints_at_the_head() -> None:
    title = "Fleece Blanket Hoodie Poncho"
    assert parse_title(title).head == "Hoodie"
    assert parse_title(title, {"title": title, "category": "Home > Bedding > Throws & Blankets"}).head == "Blanket"


def test_brand_of_the_listing_that_the_title_does_not_hold_is_not_guessed() -> None:
    assert parse_title("Zorvanta Denim Jacket", {"brand": "Quibbly"}).brand is None


def test_catalog_brands_and_heads_are_learnt() -> None:
    titles = [
        {"title": f"Blue Otter {kind} Kwoosh", "brand": "Blue Otter"}
        for kind in ("Cotton", "Linen", "Kids", "Travel", "Wool", "Silk")
    ]
    catalog = CatalogStatistics.of(titles)
    name = parse_title("Blue Otter Summer Kwoosh", catalog=catalog)
    assert name.brand == "Blue Otter"
    assert name.head == "Kwoosh"


def test_phrases_guess_no_brand() -> None:
    assert parse_phrase("zorvanta men's jacket").brand is None
    assert parse_phrase("nike running shoes").brand == "nike"
    assert parse_phrase("bicycle bell").product == "bicycle bell"
    assert parse_phrase("stainless steel kitchen faucet").head == "faucet"


def test_parsing_is_deterministic_and_cached() -> None:
    title = "Blue Ceramic Coffee Mug 350 ml"
    assert parse_title(title) is parse_title(title)
    assert parse_title(title, {}) == parse_title(title)


def _check(name: ProductName, title: str) -> None:
    assert name.title == title
    for part, places in name.spans.items():
        for start, end in places:
            assert 0 <= start < end <= len(title), part
    for part in ("head", "product", "brand", "model", "series"):
        text = getattr(name, part)
        assert (text is None) == (part not in name.spans)
        if text is not None:
            start, end = name.spans[part][0]
            assert title[start:end] == text
    for kind, texts in name.modifiers.items():
        assert tuple(title[start:end] for start, end in name.spans[kind]) == texts
    for part in ("extras", "fillers"):
        assert tuple(title[start:end] for start, end in name.spans.get(part, ())) == getattr(name, part)
    if name.head is not None:
        assert name.product is not None
        assert name.product.endswith(name.head)
    assert name.several == (len(name.products) > 1)


@given(st.text(max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_text_is_parsed_with_verbatim_slices(text: str) -> None:
    _check(parse_title(text), text)
    _check(parse_phrase(text), text)


WORDS = st.sampled_from(
    [
        "Nike",
        "the",
        "Set",
        "of",
        "for",
        "with",
        "and",
        "&",
        "+",
        "-",
        "|",
        "/",
        ",",
        "(",
        ")",
        "[",
        "]",
        ":",
        "Cotton",
        "Steel",
        "Red",
        "Men's",
        "Chair",
        "Mouse",
        "Knives",
        "220V",
        "5",
        "kg",
        "M8",
        "Pack",
        "Angel",
        "Series",
        "New",
        "Hot",
        "Sale",
        "Kettle",
        "Toaster",
        "compatible",
        "by",
        "Zorvanta",
        "Ltd.",
        '24"',
        "7″",
        "Tom's",
        "Glass-Shelf",
        "中文",
        "&amp;",
        "®",
        "Bag",
        "Box",
        "Machine",
    ]
)


@given(st.lists(WORDS, max_size=18), st.sampled_from([" ", "  ", "\u00a0", "\t"]))
@settings(max_examples=400, deadline=None)
def test_any_mix_of_title_words_is_parsed_with_verbatim_slices(words: list[str], gap: str) -> None:
    title = gap.join(words)
    _check(parse_title(title), title)
    _check(parse_title(title, {"brand": "Zorvanta", "model": "M8"}), title)


def test_to_dict_round_trip() -> None:
    parts = parse_title("Bosch Angle Grinder 850W").to_dict()
    assert parts["head"] == "Grinder"
    assert parts["spans"]["head"] == [[12, 19]]


@pytest.mark.parametrize("title", ["Bosch Rotary Hammer GBH 2-26 with Case (SDS Plus)", "Stainless Steel Knives, Forks and Spoons", "Angel Series Pendant Lamp by Lumo, Very Nice", "10 cm", "—"])
def test_parts_read_when_asked_for_are_those_read_at_once(title: str) -> None:
    listing = Listing.of({"title": title, "brand": "Lumo", "model": "GBH 2-26", "category": "Tools > Hammers"})
    at_once = parse_title(title, listing)
    assert read_title(title, listing).to_dict() == at_once.to_dict()
    assert list(read_title(title, listing).spans) == list(at_once.spans)
    assert pickle.loads(pickle.dumps(read_title(title, listing))) == at_once
    assert {part: read_title(title, listing).spans.get(part) for part in ("head", "brand", "model", "nothing")} == {part: at_once.spans.get(part) for part in ("head", "brand", "model", "nothing")}
    assert all((part in read_title(title, listing).spans) == (part in at_once.spans) for part in ("head", "products", "extras", "material"))


@given(st.from_regex(r"(?:[A-Z]{1,6}|[A-Z]{1,2}-)[A-Z0-9]{0,5}[0-9]", fullmatch=True))
def test_a_plain_code_is_known_as_any_other_word_is(code: str) -> None:
    if not is_plain_code(code):
        return
    short = pieces._code(code)
    if short is None:
        return
    judged = pieces._cut(code)
    assert isinstance(judged, pieces.Word)
    for name in pieces.Word.__slots__:
        assert getattr(short, name) == getattr(judged, name), name
