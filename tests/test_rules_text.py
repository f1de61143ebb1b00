"""Rules of group `text`: what their examples cannot show: fixes that settle, hostile texts, layers of the speller."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listinglint.config import Settings
from listinglint.engine import Linter, apply_edits, lint_catalog
from listinglint.engine.fix import edits_of_one_pass
from listinglint.language.languages import language_of, script_runs
from listinglint.language.spelling import (
    NearWords,
    catalog_correction,
    is_slip,
    known_misspellings,
    trade_correction,
)
from listinglint.language.statistics import CatalogStatistics
from listinglint.model import Listing
from listinglint.rules.capitals import is_ordinary, respelt
from listinglint.rules.registry import builtin
from listinglint.rules.removal import removal

NAMES = [rule.name for rule in builtin().values() if rule.group == "text"]
SAFE = [rule.name for rule in builtin().values() if rule.group == "text" and rule.fix in ("safe", "both")]
ALL = Linter(Settings(select=("text",)))
SAFE_ONLY = Linter(Settings(select=tuple(SAFE)))
ONE = {name: Linter(Settings(select=(name,))) for name in NAMES}

_ODD = "Ａ，。（）「」\u3000\u00a0\u200b\u200d\ufeff\u00ad\t\r\n&;<>/()[]{}\"'“”‘’,.!?:*@+-–0123456789ÃÂâ€™\ufffd\x92Ûª中文Ж"
_TEXTS = st.text(st.sampled_from(_ODD + "abcdefghij KLMNOPQR  "), max_size=80)


def found(rule: str, **fields: object) -> list[str]:
    report = ONE[rule].lint(Listing.of(fields))
    assert not report.errors
    return [finding.text or "" for finding in report.findings]


@settings(max_examples=150, deadline=None)
@given(_TEXTS, _TEXTS)
def test_no_text_crashes_a_rule(title: str, description: str) -> None:
    report = ALL.lint(Listing.of({"title": title, "keywords": title, "description": description}))
    assert not report.errors
    for finding in report.findings:
        if finding.start is not None:
            raw = report.listing.parts(finding.field)[finding.part]
            assert 0 <= finding.start <= (finding.end or 0) <= len(raw)


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_safe_fixes_settle(title: str) -> None:
    listing = Listing.of({"title": title})
    seen = []
    for _ in range(8):
        edits = edits_of_one_pass(SAFE_ONLY.lint(listing).findings, unsafe=False)
        if not edits:
            break
        listing = apply_edits(listing, edits)
        seen.append(listing.text("title"))
    else:
        pytest.fail(f"fixing does not end: {seen}")
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("rule", ["fullwidth-characters", "invisible-characters"])
@settings(max_examples=60, deadline=None)
@given(title=_TEXTS)
def test_one_pass_mends_all_characters(rule: str, title: str) -> None:
    listing = Listing.of({"title": f"steel pot {title} lid"})
    report = ONE[rule].lint(listing)
    mended = apply_edits(listing, edits_of_one_pass(report.findings, unsafe=False))
    assert not ONE[rule].lint(mended).findings


HOSTILE = {
    "spaces": " " * 60_000 + "x",
    "digits": "1 2-3." * 10_000,
    "number": "5" * 60_000,
    "ats": "a@" * 30_000,
    "dots": "a." * 30_000,
    "hyphens": "a-" * 30_000,
    "brackets": "(" * 60_000,
    "closing": ")" * 60_000,
    "tags": "<" * 60_000,
    "half tags": "<b " * 20_000,
    "entities": "&amp" * 15_000,
    "mojibake": "Ã" * 60_000,
    "capitals": "WORD " * 12_000,
    "capital": "W" * 60_000,
    "commas": " ," * 30_000,
    "bangs": "!" * 60_000,
    "quotes": '"' * 60_000,
    "wide": "，" * 60_000,
    "invisible": "\u200b" * 60_000,
    "han": "中" * 60_000,
    "phone words": "tel phone call " * 4_000,
    "messengers": "wechat: " * 7_000,
    "not said": "no1 " * 15_000,
    "stars": "f*" * 30_000,
    "one word": "abcdefghijklmnopqrstuvwxyz" * 2_500,
    "w/": "w/" * 30_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_stay_linear(name: str) -> None:
    text = HOSTILE[name]
    listing = Listing.of({"title": text[:2000], "description": text})
    begin = time.perf_counter()
    report = ALL.lint(listing)
    assert not report.errors
    assert time.perf_counter() - begin < 2.0


# --- single rules -----------------------------------------------------------------------------------------------------


def test_chinese_inside_english_keeps_its_punctuation() -> None:
    assert found("fullwidth-characters", title="Tea Set (茶具，白色)") == []
    assert found("fullwidth-characters", title="Tea Set，white") == ["，"]


def test_emoji_and_scripts_keep_their_joiners() -> None:
    assert found("invisible-characters", title="Flag 🏳️‍🌈 and family 👨‍👩‍👧 sticker") == []
    assert found("invisible-characters", title="Steel\u200dPot") == ["\u200d"]


@pytest.mark.parametrize(
    ("broken", "right"),
    [("CafÃ© Table", "Café Table"), ("Levi\x92s Belt", "Levi’s Belt"), ("Menâs Belt", "Men’s Belt"), ("20Ã\x97 Lens", "20× Lens")],
)
def test_mojibake_is_mended(broken: str, right: str) -> None:
    listing = Listing.of({"title": broken})
    edits = edits_of_one_pass(ONE["mojibake"].lint(listing).findings, unsafe=True)
    assert apply_edits(listing, edits).text("title") == right


def test_accents_are_no_mojibake() -> None:
    for title in ("Façade Lamp", "Größe L Ärmel", "Château Âme Île", "Çelik Ürün Şık", "Å-Lamp by Ångström", "Pâté Dish"):
        assert found("mojibake", title=title) == []


def test_markup_counts_only_where_text_is_plain() -> None:
    assert found("html-in-text", title="Pot", description="<p>Soft &amp; warm</p>") == []
    assert found("html-in-text", title="<p>Pot</p>") == ["<p>"]
    assert found("html-in-text", title="AT&T; cable < 5 m") == []


def test_numbers_that_are_no_telephones() -> None:
    for text in (
        "Bearing 6205-2RS 25x52x15 mm",
        "EAN 4006381333931, part 2 608 000 123",
        "Case for Phone 11 12 13 14 15",
        "Call of Duty 4, Mobile Phone 5 6 7 8 9 10 11 12",
        "ISO 9001:2015, DIN 933, 100-240 V 50/60 Hz",
        "Lens 18-200 mm f/3.5-6.3",
    ):
        assert found("contact-data", title=text) == [], text


def test_contact_data_comes_in_many_shapes() -> None:
    for text, marked in (
        ("Mail: jo.doe@shop-example.co.uk.", "jo.doe@shop-example.co.uk"),
        ("see https://example.com/a?b=1 now", "https://example.com/a?b=1"),
        ("visit pots-example.com today", "pots-example.com"),
        ("Tel. +86-20-8123-4567", "+86-20-8123-4567"),
        ("Call (800) 555-0142", "(800) 555-0142"),
        ("WeChat ID: potking", "potking"),
        ("QQ: 123456789", "123456789"),
        ("instagram @potshop_88", "@potshop_88"),
    ):
        assert found("contact-data", title="Pot", description=text) == [marked], text


def test_known_misspellings_are_no_words() -> None:
    from listinglint.language.words import lexicon

    known = known_misspellings()
    assert len(known) > 1500
    assert not [wrong for wrong, right in known.items() if wrong == right or right in known]
    assert not [wrong for wrong in known if wrong in lexicon()]


def test_british_and_american_spellings_are_right() -> None:
    from listinglint import lexicons

    known = known_misspellings()
    for row in lexicons.table("british_american"):
        assert row["british"] not in known
        assert row["american"] not in known


@given(st.text(st.sampled_from("abcde"), min_size=4, max_size=8), st.integers(0, 7), st.sampled_from("abcde"))
def test_near_words_are_those_one_edit_away(word: str, place: int, letter: str) -> None:
    at = 1 + place % (len(word) - 1)
    index = NearWords([word])
    edited = {word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]}
    if at + 1 < len(word):
        edited.add(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    for other in edited - {word}:
        assert index.near(other) == [word]


def test_slips() -> None:
    words = NearWords(["steal", "retla", "alter"])
    assert words.near("stael") == words.near("steel") == ["steal"] and not words.near("later") and not words.near("steal")
    assert is_slip("plasitc", "plastic") and is_slip("plstic", "plastic") and is_slip("comfartable", "comfortable")
    assert not is_slip("plastik", "plastic")
    assert not is_slip("comforty", "comfort")


def test_trade_words_are_corrected_and_names_left() -> None:
    assert trade_correction("accessoriees") == "accessories"
    assert trade_correction("adjustabble") == "adjustable"
    for word in ("stainless", "vidrolux", "polytetrafluoroethylene", "jhoomar", "aluminium", "elektrisch"):
        assert trade_correction(word) is None


def test_catalog_teaches_the_speller() -> None:
    titles = [f"Walnut Shelf {n}" for n in range(40)] + ["Wlanut Shelf", "Oak Shelf"]
    statistics = CatalogStatistics.of(titles)
    assert catalog_correction("wlanut", statistics) == "walnut"
    assert catalog_correction("oak", statistics) is None
    reports = lint_catalog([Listing.of({"title": f"Small {t}"}) for t in titles], Settings(select=("misspelling",)))
    assert [r.listing.text("title") for r in reports if r.findings] == ["Small Wlanut Shelf"]


def test_language_is_told_by_more_than_one_word() -> None:
    assert language_of(["zapatos", "de", "cuero", "para", "hombre", "con", "suela", "de", "goma"]) == "es"
    assert language_of(["tisch", "aus", "holz", "mit", "schublade", "für", "die", "küche"]) == "de"
    assert language_of(["pour", "moi", "bra", "with", "underwire", "and", "lace"]) is None
    assert language_of(["the", "shelf", "is", "made", "of", "oak", "and", "steel"]) is None
    assert language_of([]) is None


def test_scripts_are_named() -> None:
    assert [run.script for run in script_runs("Pot (кастрюля) 锅子")] == ["Cyrillic", "Chinese or Japanese"]
    assert script_runs("5 μm Ω filter") == []


def test_capitals_are_respelt_with_acronyms_kept() -> None:
    text = "USB LED DESK LAMP WITH CLAMP"
    assert respelt(text, 0, len(text)) == "USB LED Desk Lamp with Clamp"
    assert is_ordinary("MACHINE") and not is_ordinary("HDPE") and not is_ordinary("RFID")


@given(_TEXTS, st.integers(0, 80), st.integers(0, 20))
def test_removal_takes_the_words_out(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    left, right, put = removal(text, start, end)
    assert 0 <= left <= start <= end <= right <= len(text) and put in ("", " ")


@pytest.mark.parametrize(
    ("text", "word", "left"),
    [
        ("Pan (Hot Sale)", "Hot Sale", "Pan"),
        ("Hot Sale! Pan", "Hot Sale", "Pan"),
        ("Pan, Hot Sale, 26 cm", "Hot Sale", "Pan, 26 cm"),
        ("Pan - Hot Sale", "Hot Sale", "Pan"),
        ("Big Hot Sale Pan", "Hot Sale", "Big Pan"),
    ],
)
def test_removal_leaves_a_tidy_text(text: str, word: str, left: str) -> None:
    at = text.index(word)
    start, end, put = removal(text, at, at + len(word))
    assert text[:start] + put + text[end:] == left


def test_chinese_messages_speak_chinese_only() -> None:
    linter = Linter(Settings(marketplace="alibaba", select=("text",), lang="zh"))
    report = linter.lint(Listing.of({"title": "Oak\u00a0Stool", "description": "Ein schöner Hocker aus massivem Holz, der mit viel Liebe von Hand gefertigt wird. Mail a@oak-example.com", "keywords": "деревянный стул"}))
    said = {finding.rule: finding.message for finding in report.findings}
    assert "德语" in next(f.message for f in report.findings if f.rule == "non-english-text" and f.field == "description")
    assert "不换行空格" in said["invisible-characters"] and "邮箱地址" in said["contact-data"]
    assert not any(word in message for message in said.values() for word in ("German", "Cyrillic", "no-break", "e-mail"))


def test_message_counts_places_only_where_there_are_several() -> None:
    linter = Linter(Settings(marketplace="alibaba", select=("invisible-characters",)))
    assert "places" not in linter.lint(Listing.of({"title": "Oak\u00a0Stool"})).findings[0].message
    assert "(2 places in all)" in linter.lint(Listing.of({"title": "Oak\u00a0Bar\u00a0Stool"})).findings[0].message
