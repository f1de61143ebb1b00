"""Rules of group `claims`: marks and their spellings, brands and compatible use, hostile texts."""

from __future__ import annotations

import datetime
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listinglint.config import Seller, Settings
from listinglint.engine import Linter
from listinglint.marketplaces import marketplace
from listinglint.model import Listing
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.claims.invented_model import is_general
from listinglint.rules.marks import held_marks, marks_in
from listinglint.rules.phrases import matcher, read_lexicon

ALL = Linter(Settings(select=("claims",)))
RULES = ("unapproved-certification", "misleading-certification", "infringing-brand", "invented-model", "unsupported-claim")
ONE = {name: Linter(Settings(select=(name,))) for name in RULES}


def found(rule: str, seller: dict[str, Any] | None = None, **fields: object) -> list[str]:
    linter = Linter(Settings(select=(rule,), seller=Seller.of(seller))) if seller else ONE[rule]
    report = linter.lint(Listing.of(fields))
    assert not report.errors
    return [finding.text or "" for finding in report.findings]


def held(seller: Seller | None = None, **fields: object) -> frozenset[str]:
    doc = AnalysedListing(
        Listing.of(fields), marketplace("alibaba"), seller or Seller(), datetime.date(2026, 1, 1), matcher(())
    )
    return held_marks(doc)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("CE, RoHS", {"CE", "RoHS"}),
        ("CE marking (2006/42/EC)", {"CE"}),
        ("ISO9001:2015; ISO 14001", {"ISO 9001", "ISO 14001"}),
        ("ISO 9001:2008", {"ISO 9001"}),
        ("iso 9001", {"ISO 9001"}),
        ("TÜV Rheinland / TUV", {"TUV"}),
        ("TÜV SÜD certified", {"TUV"}),
        ("FDA 510(k)", {"FDA"}),
        ("ECE R22.06", {"ECE"}),
        ("UL 181B-FX", {"UL"}),
        ("OEKO-TEX Standard 100", {"OEKO-TEX 100"}),
        ("EN71", {"EN 71"}),
        ("Unheard Mark", {"UNHEARD MARK"}),
        ("", set()),
    ],
)
def test_spellings_of_one_mark_are_one(text: str, marks: set[str]) -> None:
    assert marks <= marks_in(text)
    assert not marks or marks_in(text)
    assert len(marks_in(text)) >= len(marks)


def test_marks_come_from_column_attributes_and_seller() -> None:
    assert held(certifications=["CE", "RoHS"]) == {"CE", "RoHS"}
    assert held(attributes="Certification: CE, FCC\nColor: red") == {"CE", "FCC"}
    assert held(attributes={"Certificate": "UL"}) == {"UL"}
    assert held(Seller(certifications=("ISO 9001",)), title="Pot") == {"ISO 9001"}
    assert held(title="Pot, CE marked") == frozenset()
    assert held(certifications="N/A") == frozenset()


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("CEFDAISO901 :,;/()üÜnu-+&\n"), max_size=200))
def test_any_text_of_marks_is_read(text: str) -> None:
    assert all(isinstance(mark, str) and mark for mark in marks_in(text))


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("CE UL FDA certified by ISO 9001 Nike style for no. 1 AB-12 中,;()\n"), max_size=120))
def test_no_text_crashes_a_rule(text: str) -> None:
    listing = {"title": text, "keywords": text, "description": text, "brand": "OEM", "model": text, "certifications": text}
    assert not ALL.lint(Listing.of(listing)).errors


@pytest.mark.parametrize(
    "text",
    ["CE " * 20_000, "certified by " * 5_000, "for Nike style " * 5_000, "A-1 " * 15_000, "cures cancer " * 5_000, "ISO 9001, " * 6_000, "replica " * 8_000],
)
def test_hostile_texts_stay_linear(text: str) -> None:
    listing = Listing.of({"title": text[:2000], "keywords": text[:4000], "description": text, "brand": "OEM", "certifications": text})
    begin = time.perf_counter()
    assert not ALL.lint(listing).errors
    assert time.perf_counter() - begin < 2.0


# --- certificates -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "Reach Truck 2 Ton", "Met Museum Poster", "Polka Dot Scarf", "GS 1920 Car Battery", "KC-100 Gear Motor", "UL 94 V-0 Granules",
        "Tablet with Windows CE 6.0", "DIN Rail Terminal", "ISO Container 20 ft", "IP67 Lamp", "Qi Wireless Pad", "Kosher Salt 1 kg",
        "Not UL listed Cord", "Bee Peso Rings",
    ],
)  # fmt: skip
def test_words_that_only_look_like_marks(title: str) -> None:
    assert found("unapproved-certification", title=title, certifications="LFGB") == []


@pytest.mark.parametrize(
    ("title", "marked"),
    [("UL Listed Cord", "UL Listed"), ("Board FSC", "FSC"), ("Lamp CE RoHS", "CE"), ("Halal Certified Beef", "Halal Certified")],
)
def test_marks_that_are_not_held(title: str, marked: str) -> None:
    assert found("unapproved-certification", title=title, certifications="LFGB")[0] == marked


def test_a_certified_factory_is_no_certified_product() -> None:
    assert found("misleading-certification", title="Pot", description="Our factory is ISO 9001 certified.") == []
    assert found("misleading-certification", title="Pot", description="This pot is ISO 9001 certified.") == ["ISO 9001 certified"]


def test_the_lexicon_of_marks_is_whole() -> None:
    rows = read_lexicon("certifications")
    assert len(rows) > 200
    assert len({row["mark"] for row in rows}) == len(rows)
    assert all(row["kind"] in ("product-legal", "product-voluntary", "organisation", "laboratory", "green") for row in rows)
    assert all(row["bare"] in ("0", "1") for row in rows)


# --- brands and models ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "Case for iPhone 15", "Brush Head Compatible with Oral-B", "Filter Fits Toyota Corolla", "Keurig Compatible Coffee Pods",
        "Nikon D5600 Battery", "Jacket with YKK Zipper", "Laptop with Intel Core i7", "Apple Slicer", "Replacement for Dyson V11 Filter",
    ],
)  # fmt: skip
def test_compatible_use_is_in_order(title: str) -> None:
    assert found("infringing-brand", title=title, brand="OEM") == []


@pytest.mark.parametrize("title", ["Adidas Running Shoes", "Chanel Style Handbag", "Hello Kitty Backpack", "Rolex Replica Watch"])
def test_anothers_brand(title: str) -> None:
    assert found("infringing-brand", title=title, brand="OEM")
    own = title.split()[0] if title[0] != "H" else "Hello Kitty"
    assert found("infringing-brand", title=title.replace(" Replica", "").replace(" Style", ""), brand=own) == []
    assert found("infringing-brand", {"authorised_brands": [own]}, title=title.replace(" Replica", "").replace(" Style", ""), brand="OEM") == []


def test_nothing_is_said_where_no_brand_is_known() -> None:
    assert found("infringing-brand", title="Adidas Running Shoes") == []
    assert found("infringing-brand", title="Adidas Running Shoes", brand="") == []


@pytest.mark.parametrize("code", ["M8", "E27", "A4", "18650", "CR2032", "T8", "IP67", "200cc", "6204-2RS", "GU10", "RJ45", "DN50", "5W-30", "304L", "USB-C", "4K", "H7"])
def test_codes_of_whole_industries(code: str) -> None:
    assert is_general(code)


@pytest.mark.parametrize("code", ["NX-21", "ZXW-900", "HKQ-1192B", "YTX-360"])
def test_codes_of_one_maker(code: str) -> None:
    assert not is_general(code)


# --- claims -----------------------------------------------------------------------------------------------------------


def test_a_cure_needs_a_disease() -> None:
    assert found("unsupported-claim", title="Tea", description="It helps to prevent lung cancer.") == ["prevent lung cancer"]
    assert found("unsupported-claim", title="Diabetic Socks", description="Heat treated steel, dog treats") == []
    assert found("unsupported-claim", title="Cancer Ribbon", description="We treat. Cancer awareness ribbon.") == []


def test_evidence_silences_a_claim_but_no_superlative() -> None:
    assert found("unsupported-claim", title="Antibacterial Socks", description="Tested to ISO 20743.") == []
    assert found("unsupported-claim", title="World's Best Socks", description="Tested to ISO 20743.") == ["World's Best"]
    assert found("unsupported-claim", title="Antibacterial Socks", description="ISO 9001 factory") == ["Antibacterial"]


@pytest.mark.parametrize(
    "title",
    ["Stanley Quencher Tumbler", "Milwaukee M18 Impact Driver", "Goyard Tote Bag", "Uppababy Stroller", "Knipex Pliers", "Pandora Charm Bracelet", "Elf Bar Disposable Vape", "Converse Chuck Taylor Shoes"],
)
def test_brands_that_are_imitated(title: str) -> None:
    assert found("infringing-brand", title=title, brand="OEM")


@pytest.mark.parametrize(
    "title",
    ["Apple Corer", "Coach Bus Model", "Giant Inflatable Unicorn", "Shark Plush Toy", "Tide Clock", "Mini Fridge", "Propeller Guard for DJI Mini 3", "Lid for Stanley Quencher", "Caterpillar D6 Track Roller"],
)
def test_words_that_are_brands_too_and_fitted_parts(title: str) -> None:
    assert found("infringing-brand", title=title, brand="OEM") == []


@pytest.mark.parametrize("claim", ["WHO Approved", "NASA approved", "EU Certified", "government approved", "Dermatologist Approved", "SA8000 certified", "BRC Certified", "CE Certification"])
def test_approvals_that_nobody_gives(claim: str) -> None:
    assert found("misleading-certification", title=f"{claim} Pillow") == [claim]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The best electric bike in the world", "The best electric bike in the world"), ("Tinnitus relief drops", "Tinnitus relief"), ("Kills 99.99% of viruses", "Kills 99.99% of viruses"),
        ("Zero emission heater", "Zero emission"), ("100 percent safe for kids", "100 percent safe for"), ("Permanently removes dark spots", "Permanently removes"),
    ],
)  # fmt: skip
def test_claims_in_many_words(text: str, claim: str) -> None:
    assert found("unsupported-claim", title="Garden Thing", brief=text) == [claim]


@pytest.mark.parametrize("text", ["best-selling bowl in the world", "insomnia", "map of the world", "cancer zodiac pendant"])
def test_words_of_claims_that_claim_nothing_alone(text: str) -> None:
    assert found("unsupported-claim", title="Garden Thing", brief=text) == []


def test_a_number_of_the_notified_body_and_of_a_standard() -> None:
    assert marks_in("CE0123") == {"CE"}
    assert found("unapproved-certification", title="Safety Glasses ANSI Z87.1", certifications="CE") == ["ANSI Z87.1"]
    assert found("unapproved-certification", title="Work Gloves EN 388", certifications="CE") == []
    assert found("unapproved-certification", title="Fan SASO Certificate", certifications="CE") == ["SASO Certificate"]
