"""What single words are: flags from the lexicons, stems, measures, model codes. Each distinct word is judged once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

from listinglint import lexicons
from listinglint.language.plurals import _singular_word
from listinglint.model.memory import WORDS
from listinglint.model.patterns import lazy_pattern

NOUN: Final = 1
ADJECTIVE: Final = 2
VERB: Final = 4
ADVERB: Final = 8
PRODUCT_NOUN: Final = 16
"""The commonest noun sense is a thing that can be sold (artifact, food, substance, plant, animal, body, object)."""
LATER_PRODUCT: Final = 32
"""A less common noun sense is."""
NAME: Final = 64
MAIN_NOUN: Final = 128
MAIN_ADJECTIVE: Final = 256
MAIN_VERB: Final = 512
ARTIFACT: Final = 1024
FOOD: Final = 2048
SUBSTANCE: Final = 4096
PERSON: Final = 8192
COMMUNICATION: Final = 16384
PLACE_TIME: Final = 32768
UNIT: Final = 1 << 16
MATERIAL: Final = 1 << 17
COLOUR: Final = 1 << 18
AUDIENCE: Final = 1 << 19
SIZE: Final = 1 << 20
QUANTITY: Final = 1 << 21
STYLE: Final = 1 << 22
FUNCTION_WORD: Final = 1 << 23
FILLER: Final = 1 << 24
GENERAL: Final = 1 << 25
BRAND: Final = 1 << 26
AMBIGUOUS_BRAND: Final = 1 << 27
HEAD: Final = 1 << 28
"""A noun of the hand-made list of product heads."""
TYPE_WORD: Final = 1 << 29
"""A modifier that says what type a product is (electric, hydraulic, portable)."""
NUMBER: Final = 1 << 30
MEASURE: Final = 1 << 31
"""A number with its unit in one token (`220V`, `5.5kg`, `120x38mm`)."""
MODEL: Final = 1 << 32
"""Letters and digits mixed as in a model code."""
ACRONYM: Final = 1 << 33
"""Two to five capitals in a text that is not all capitals."""
MARK: Final = 1 << 34
SERIES: Final = 1 << 35
PART: Final = 1 << 36
"""A part or feature of a thing (sleeve, collar, body): no product while another head follows."""
PLURAL: Final = 1 << 37

KNOWN: Final = NOUN | ADJECTIVE | VERB | ADVERB
LISTED: Final = (
    UNIT | MATERIAL | COLOUR | AUDIENCE | SIZE | QUANTITY | STYLE | FUNCTION_WORD | FILLER | GENERAL | HEAD
    | TYPE_WORD | MARK | SERIES | PART
)  # fmt: skip

_LISTS: Final = (
    ("units", UNIT), ("materials", MATERIAL), ("colours", COLOUR), ("audience", AUDIENCE), ("sizes", SIZE),
    ("quantities", QUANTITY), ("styles", STYLE), ("function_words", FUNCTION_WORD), ("general", GENERAL),
    ("type_words", TYPE_WORD), ("series_words", SERIES), ("parts", PART),
)  # fmt: skip
_NUMBER = lazy_pattern(r"[+-]?\d+(?:[.,/]\d+)*%?\Z|[½¼¾⅓⅔]\Z")
_VALUE_UNIT = lazy_pattern(r"[\d.,/]*\d[\d.,/]*(?:[-~–x×*]\d[\d.,/]*)*[-]?([a-zµμ°\"'″′%]{1,10}[²³23]?(?:/[a-z]+)?)\Z")
_DIMENSION = lazy_pattern(r"\d[\d.,]*(?:[a-z]{0,4}[x×*]\d[\d.,]*)+(?:[a-z\"″']{0,6})\Z")
_FRACTIONS = lazy_pattern(r"\d")
_WORD = lazy_pattern(r"[A-Za-z\u00c0-\u024f0-9]+(?:['’][A-Za-z]+)?")
_SHORT_PLURALS: Final = frozenset(("tvs", "cds", "ics", "ads", "gis"))


def fold(text: str) -> str:
    """Lower case, hyphens as spaces, single spaces: two texts that fold alike read alike."""
    return " ".join(text.lower().replace("-", " ").split())


@cache
def lexicon() -> dict[str, int]:
    """Every listed single word with its flags; WordNet's words first, the hand-made lists on top."""
    words = dict(lexicons.word_flags()[0])
    for name, bit in _LISTS:
        for entry in lexicons.word_list(name):
            if " " not in entry:
                words[entry] = words.get(entry, 0) | bit
    for head in lexicons.head_groups():
        if " " not in head:
            words[head] = words.get(head, 0) | HEAD
    for filler in lexicons.fillers():
        if " " not in filler:
            words[filler] = words.get(filler, 0) | FILLER
    for mark in lexicons.certifications():
        for spelling in mark.spellings:
            if " " not in spelling:
                words[spelling.lower()] = words.get(spelling.lower(), 0) | MARK
    for key, brand in lexicons.brands().items():
        if " " not in key:
            words[key] = words.get(key, 0) | BRAND | (AMBIGUOUS_BRAND if brand.ambiguous else 0)
    return words


class _Stems(dict[str, str]):
    def __missing__(self, word: str) -> str:
        found = _stem(word.lower())
        if " " not in word:
            # Phrases hardly come again; words do.
            if len(self) > WORDS:
                self.clear()
            self[word] = found
        return found


stem: Final[Callable[[str], str]] = _Stems().__getitem__
"""A key by which the forms of a word compare: lower case, singular as far as quick rules and tables tell."""


def _stem(word: str) -> str:
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    elif word.endswith(("'", "’")):
        word = word[:-1]
    if len(word) < 3 or word.endswith("ss") or not word.isascii() or word[-1].isdigit():
        return word
    return word[:-1] if len(word) == 3 and word in _SHORT_PLURALS else _singular_word(word)


def content_words(text: str) -> list[str]:
    """The stems of the words of a text that are neither function words nor punctuation, in order."""
    if text.isascii():
        found = map(content_stem, _WORD.findall(text.lower()))
    else:
        found = map(content_stem, map(str.lower, _WORD.findall(text)))
    return [one for one in found if one]


@lru_cache(maxsize=WORDS)
def content_stem(word: str) -> str:
    """The stem of a word in lower case; empty for a function word."""
    return "" if lexicon().get(word, 0) & FUNCTION_WORD else stem(word)


def is_measure(token: str, following: str | None = None) -> bool:
    """True for a value with its unit: `220V`, `5.5kg`, `120x38mm`, `7"`; or a number when a unit is `following`."""
    low = token.lower()
    if _DIMENSION.match(low):
        return True
    match = _VALUE_UNIT.match(low)
    if match is not None:
        unit = match[1].split("/")[0].rstrip("²³23")
        return unit in "\"'″′%°" or bool(lexicon().get(unit, 0) & (UNIT | QUANTITY))
    if following is not None and _NUMBER.match(low):
        return bool(lexicon().get(following.lower().strip(".,"), 0) & UNIT)
    return False


def is_model_code(token: str) -> bool:
    """True for letters and digits mixed as makers mix them (`UP1090C`, `SP-FSD24`, `DZ09`), not a measure."""
    if not _FRACTIONS.search(token) or is_measure(token):
        return False
    return len(token) > 2 and any(map(str.isalpha, token)) and token.lower() not in lexicon() and not _ordinal(token.lower())


_PLAIN_CODE = lazy_pattern(r"(?:[A-Z]+|[A-Z]{1,2}-)[A-Z\d]*\d")


def is_plain_code(token: str) -> bool:
    """True for the commonest form of model codes (`HD-8217`, `UP1090`): capitals, then mostly digits, the last sign a digit.

    All is known of such a word: `word_info` has MODEL alone, its stem is its lower case. Nearly each listing has one of its own.
    """
    return len(token) > 2 and _PLAIN_CODE.fullmatch(token) is not None and token.lower() not in lexicon() and not token.endswith("IN1")


def _ordinal(low: str) -> bool:
    return (low[:-2].isdigit() and low[-2:] in ("st", "nd", "rd", "th")) or low.endswith(("-in-1", "in1"))


class _Infos(dict[str, int]):
    def __missing__(self, word: str) -> int:
        if is_plain_code(word):
            return MODEL
        if len(self) > WORDS:
            self.clear()
        found = self[word] = _word_info(word)
        return found


word_info: Final[Callable[[str], int]] = _Infos().__getitem__
"""The flags of a word as written (its case tells acronyms and model codes); 0 for a word nothing knows."""


def _word_info(word: str) -> int:
    low = word.lower().replace("’", "'")
    table = lexicon()
    flags = table.get(low, 0)
    if low[:1].isdigit() or low[:1] in "+.½¼¾⅓⅔#":
        if _NUMBER.match(low):
            return flags | NUMBER
        if is_measure(low):
            return flags | MEASURE
    if any(map(str.isdigit, low)):
        return flags or (MODEL if is_model_code(word) else NUMBER)
    if not flags & ~(BRAND | AMBIGUOUS_BRAND | VERB) or low.endswith("s"):
        flags |= _inflected(low, table)
    if flags == 0 and "-" in low:
        flags = _hyphenated(low, table)
    if 2 <= len(word) <= 5 and word.isupper() and word.isalpha():
        flags |= ACRONYM
    return flags


_BASE = PRODUCT_NOUN | LATER_PRODUCT | NOUN | MAIN_NOUN | ARTIFACT | FOOD | SUBSTANCE | PERSON | COMMUNICATION | PLACE_TIME | HEAD | GENERAL | PART | MATERIAL | AUDIENCE


def _inflected(low: str, table: dict[str, int]) -> int:
    """Flags that an inflected form has from its base: plural, possessive, -ing, -ed."""
    base = _stem(low)
    if base != low and base in table:
        return table[base] & _BASE | PLURAL
    verb = lexicons.word_flags()[1]["verb"].get(low)
    if verb:
        return VERB | (ADJECTIVE if low.endswith(("ed", "en")) else NOUN)
    for ending, flags in (("ing", VERB | NOUN), ("ed", VERB | ADJECTIVE), ("er", NOUN), ("or", NOUN), ("ly", ADVERB)):
        if low.endswith(ending) and len(low) > len(ending) + 2:
            root = low[: -len(ending)]
            shorter = root[:-1] if len(root) > 2 and root[-1] == root[-2] else root
            if any(one in table and table[one] & KNOWN for one in (root, root + "e", shorter)):
                return flags
    for prefix in ("anti", "multi", "non", "un", "re", "de", "semi", "ultra", "super", "pre", "micro", "mini", "bi", "mono", "auto", "dis"):
        if low.startswith(prefix) and len(low) > len(prefix) + 3:
            rest = low[len(prefix) :].lstrip("-")
            if table.get(rest, 0) & KNOWN:
                return table[rest] & KNOWN
            flags = _inflected(rest, table) if len(rest) > 5 else 0
            if flags:
                return flags & KNOWN
    return 0


def _hyphenated(low: str, table: dict[str, int]) -> int:
    """A hyphened word is what its last part makes it: `oil-free` an adjective, `air-fryer` a noun."""
    parts = [part for part in low.split("-") if part]
    if len(parts) < 2:
        return 0
    known = [table.get(part) or _inflected(part, table) for part in parts]
    if not all(known):
        return 0
    last = known[-1]
    return last & (_BASE | KNOWN | STYLE) if last & (NOUN | HEAD) and not last & STYLE else ADJECTIVE | last & STYLE
