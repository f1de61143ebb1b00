"""Rules on descriptions: sentences and openings in text and HTML, and what their examples cannot show."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listinglint.config import Settings
from listinglint.engine import Linter
from listinglint.model import Listing
from listinglint.rules.analysis import FieldText
from listinglint.rules.descriptions.description_missing_facts import FACTS, facts_of
from listinglint.rules.openings import ending, opening, sentences
from listinglint.rules.registry import builtin

NAMES = tuple(name for name, rule in builtin().items() if rule.group == "descriptions")
LINTERS = {market: Linter(Settings(marketplace=market, select=NAMES)) for market in ("alibaba", "etsy", "amazon", "walmart")}
PIECES = st.sampled_from(
    ["We are a leading manufacturer.", "Our company", "Thank you", "The pump", "lifts 20 m", "Rs. 200", "<p>", "</p>", "<br/>", "<li>", "</li>", "<", "&nbsp;", "&amp;", "!", "?", "。", "水泵", "Voltage: 12 V", "garden pump", "garden pumps", "\n", "…", "\u200b", "<img src=x>", "<!--", "etc."]
)
TEXTS = st.one_of(st.text(max_size=150), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join))
PUMP = (
    "This garden pump lifts water from a well of 20 m. The housing is of stainless steel, the impeller of brass. Power 750 W, 230 V, 3,000 litres an hour. "
    "Suitable for clean and for turbid water. It comes with a hose and a manual in a carton. We give two years of warranty on every garden pump."
)


def lint(name: str, market: str = "alibaba", **fields: Any) -> list[Any]:
    chosen = Linter(Settings(marketplace=market, select=(name,)))
    return list(chosen.lint(Listing.of(fields)).findings)


def said(raw: str, *, last: bool = False) -> list[str]:
    part = FieldText("description", raw)
    return [" ".join(part.text[start:end].split()) for start, end in sentences(part, last=last)]


# --- sentences --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("One\nTwo\r\n\r\nThree", ["One", "Two", "Three"]),
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<ul><li>One</li><li>Two</li></ul>Three", ["One", "Two", "Three"]),
        ("<table><tr><td>Size</td><td>4 cm</td></tr></table>", ["Size", "4 cm"]),
        ("One<br>Two<br/>Three", ["One", "Two", "Three"]),
        ("A <b>bold</b> word. <i>Next</i> one", ["A bold word.", "Next one"]),
        ("Price: Rs. 200 only. Made of oak.", ["Price: Rs. 200 only.", "Made of oak."]),
        ("Order no. 12 weighs approx. 3.5 kg. It floats.", ["Order no. 12 weighs approx. 3.5 kg.", "It floats."]),
        ("水泵扬程二十米。外壳为不锈钢！", ["水泵扬程二十米", "外壳为不锈钢"]),
        ("Is it heavy? No. It floats.", ["Is it heavy?", "No.", "It floats."]),
        ("Made by Pumps Co. Ltd. in Ningbo. New.", ["Made by Pumps Co. Ltd. in Ningbo.", "New."]),
        ("Version 2.0 is here", ["Version 2.0 is here"]),
        ("...", []),
        ("<p> </p><div><br/></div>", []),
        ("", []),
    ],
)
def test_sentences_of_text_and_html(raw: str, found: list[str]) -> None:
    assert said(raw) == found


def test_opening_and_ending_take_at_least_two_sentences_and_twelve_words() -> None:
    part = FieldText("description", PUMP)
    assert part.text[slice(*opening(part))] == "This garden pump lifts water from a well of 20 m. The housing is of stainless steel, the impeller of brass."
    assert part.text[slice(*ending(part))].startswith("It comes with a hose") and part.text[slice(*ending(part))].endswith("garden pump.")
    short = FieldText("description", "<p>Steel.</p>")
    assert short.text[slice(*opening(short))] == short.text[slice(*ending(short))] == "Steel."


@given(TEXTS)
@settings(deadline=None)
def test_sentences_lie_in_order_inside_the_text(raw: str) -> None:
    part = FieldText("description", raw)
    for last in (False, True):
        before = 0
        for start, end in sentences(part, last=last):
            assert before <= start < end <= len(raw)
            assert any(c.isalnum() for c in part.text[start:end])
            before = end
    for low, high in (opening(part), ending(part)):
        assert 0 <= low <= high <= len(raw)


@given(st.lists(st.sampled_from(("The pump lifts water", "The hose is of rubber", "It weighs four kilograms")), min_size=1, max_size=8))
def test_html_and_text_have_the_same_sentences(lines: list[str]) -> None:
    plain = said("\n".join(lines))
    assert plain == said("".join(f"<li>{line}</li>" for line in lines)) == said("".join(f'<p class="a">{line}</p>\n' for line in lines)) == lines


# --- rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("phrase", "fact"), [(": 40 x 30 cm", "specification"), ("of solid oak", "material"), ("Model: GP-750", "model"), ("MOQ: 100", "moq"), ("US$ 12.50", "price"), ("CE marked", "certificates"),
    ("Packed in a carton", "packaging"), ("Suitable for gardens", "use"), ("A manual is enclosed", "instructions"), ("Two years of warranty", "after-sales")])  # fmt: skip
def test_each_fact_is_found_by_itself(phrase: str, fact: str) -> None:
    linter = Linter(Settings(marketplace="alibaba", select=("description-missing-facts",)))
    assert facts_of(linter.analyse(Listing.of({"title": "Thing", "description": f"See here. {phrase}."}))) == {fact}


def test_facts_of_description_attributes_and_fields_add_up() -> None:
    bare = {"title": "Garden Pump", "description": "A pump for every garden that you will love."}
    (finding,) = lint("description-missing-facts", **bare)
    assert "warranty" not in finding.message and "after-sales service" in finding.message
    full = {**bare, "attributes": {"Material": "Brass", "Voltage": "230 V", "Packaging": "Carton"}, "model": "GP-1", "price": "12.50"}
    assert not lint("description-missing-facts", **full)
    assert len(FACTS) == 11


def test_density_counts_plurals_and_hyphens_as_one() -> None:
    text = "Tent lamps for camps. A tent-lamp is light, a tent lamp is bright, and tent lamps last. " + "It hangs from a hook and shines all night for the whole family there. " * 2
    (finding,) = lint("keyword-density", title="Tent Lamp", keywords="tent lamp", description=text)
    assert finding.text.lower() == "tent lamps"
    assert not lint("keyword-density", title="Blue Tent Lamp", keywords="blue", description="Blue lamp, blue hook, blue bag, blue box, blue cord. " + "It hangs and shines all night long. " * 3)


def test_the_main_keyword_is_the_first_that_names_the_product() -> None:
    filler = "Nights are long. Wild beasts roam about. Nobody knows where they sleep. Our grandfathers feared them much. "
    text = f"{filler}A camping lantern helps. {filler}"
    (finding,) = lint("keyword-placement", title="Rechargeable Camping Lantern", keywords="CE Certified, camping lantern", description=text)
    assert "“camping lantern”" in finding.message
    assert not lint("keyword-placement", title="Rechargeable Camping Lantern", keywords="CE Certified, camping lantern", description=f"This camping lantern shines. {filler}")


def test_of_many_tags_any_one_will_do() -> None:
    tags = "gift, camping, night, summer, lantern, hiking light"
    text = "A fine hiking light that shines all night and hangs from any hook you find. " + "Nobody knows where the beasts sleep. " * 4
    assert not lint("keyword-placement", market="etsy", title="Camping Lantern", keywords=tags, description=text)


@pytest.mark.parametrize(
    ("description", "idle"),
    [
        ("We are a leading manufacturer of pumps. Our team serves our clients day and night.", True),
        ("We offer a pump that is designed to lift water from wells. The impeller is of brass.", False),
        ("Reasonable price. Good quality. New.", False),
        ("The pump lifts 20 m. Thanks to its brass impeller it lasts. It weighs 9 kg.", False),
    ],
)
def test_talk_of_the_company(description: str, idle: bool) -> None:
    assert bool(lint("company-talk", title="Garden Pump", description=description)) is idle


@pytest.mark.parametrize(
    ("description", "sells"),
    [
        ("<ul><li>EL backlight</li><li>Alarm</li><li>Stopwatch</li><li>Rubber strap</li></ul>", True),
        ("Brand new. High quality. Very beautiful.", False),
        ("The garden pump. A good garden pump for you.", False),
        ("Lifts water from a well of 20 m.", True),
        ("We are the leading manufacturer of garden pumps. We thank you for your visit.", False),
    ],
)
def test_an_opening_that_sells(description: str, sells: bool) -> None:
    assert bool(lint("brief-no-selling-point", title="Garden Pump", description=description)) is not sells


def test_a_sound_description_has_no_finding() -> None:
    report = LINTERS["alibaba"].lint(Listing.of({"title": "Garden Pump 750 W", "keywords": "garden pump, water pump", "description": PUMP}))
    assert [finding.rule for finding in report.findings if finding.severity != "info"] == []


# --- any input --------------------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.one_of(st.none(), TEXTS), st.sampled_from(("Garden Pump", "", "水泵", "Rs. 200 Pump")), st.sampled_from(sorted(LINTERS)))
def test_any_description_is_judged_and_marked_inside(description: str, brief: str | None, title: str, market: str) -> None:
    fields = {"title": title, "keywords": "garden pump, pump", "description": description}
    listing = Listing.of(fields if brief is None else {**fields, "brief": brief})
    report = LINTERS[market].lint(listing)
    assert not report.errors
    for finding in report.findings:
        if finding.start is not None:
            raw = listing.parts(finding.field)[finding.part]
            assert 0 <= finding.start <= finding.end <= len(raw)
            assert raw[finding.start : finding.end] == finding.text


HOSTILE = ["<" * 30_000, "<p " * 10_000, "We are " * 8_000, ". " * 20_000, "!?" * 20_000, " " * 60_000 + "a", "<p>a</p>" * 8_000, "garden pump " * 8_000, "Rs. " * 12_000, "\n" * 60_000, "a: b\n" * 12_000, "。" * 30_000, "&nbsp;" * 10_000]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:6]))
def test_hostile_descriptions_take_no_time(text: str) -> None:
    listing = Listing.of({"title": "Garden Pump", "keywords": "garden pump, pump", "description": text})
    begin = time.process_time()
    report = LINTERS["alibaba"].lint(listing)
    assert not report.errors
    assert time.process_time() - begin < 1.0
