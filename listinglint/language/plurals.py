"""Singular and plural of whole product names: which word bends, how it bends, and what kind of plural it has.

The rules of English cover most words; what they do not cover stands in tables under `data/lexicons`:
`irregular_plurals.csv` (words with a plural of their own), `singular_exceptions.csv` (plurals from which the rules
would take the wrong singular), `plural_words.csv` (plural-only, invariant and mass nouns, singulars that end in s) and
`acronyms.csv`. Nothing here imports more than the standard library unless a caller asks for the last resort.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from listinglint import lexicons
from listinglint.model.memory import PHRASES, WORDS
from listinglint.model.patterns import lazy_pattern

PluralKind = Literal["regular", "irregular", "mass", "plural-only"]

_WORD = lazy_pattern(r"[^\W_]+(?:[-'’.&/][^\W_]+)*", re.UNICODE)
_MEASURE = lazy_pattern(r"[#x×/.,\-\d]*\d[\d.,/x×\-]*(?:[a-z]{1,4})?\Z", re.IGNORECASE)
_PREPOSITIONS = frozenset(
    "of for with without in on at by from to into under over against per and or & plus w/ including incl".split()
)
_UNITS = frozenset(
    "mm cm m km in inch inches ft feet foot yd yard yards kg g gram grams mg lb lbs oz ton tons tonne tonnes t ml l cl liter "
    "liters litre litres gal gallon gallons qt pt cc v volt volts kv w kw watt watts mw hp a amp amps ma mah ah wh kwh hz khz mhz "
    "ghz gb tb mb kb psi bar mpa kpa rpm db dpi gsm denier lm lumen lumens k °c °f ° degree degrees pcs pc piece pieces "
    "pack packs ct count cfm btu sqm sqft mil micron microns um nm".split()
)
_PARTICLES = frozenset("by in on up off out down over away through to of for at de la".split())
_FIXED_OF = (
    ("point", "sale"), ("point", "care"), ("point", "purchase"), ("mother", "pearl"), ("internet", "things"), ("print", "demand"),
    ("state", "art"), ("out", "home"), ("line", "sight"), ("cost", "living"), ("lily", "valley"), ("made", "measure"),
)  # fmt: skip
_VOWELS = "aeiou"


class _Tables(NamedTuple):
    plural: dict[str, str]
    singular: dict[str, str]
    exceptions: dict[str, str]
    kinds: dict[str, str]
    acronyms: frozenset[str]


def _rows(name: str) -> list[list[str]]:
    path = lexicons.data_dir() / "lexicons" / name
    with path.open(encoding="utf-8", newline="") as handle:
        rows = csv.reader(line for line in handle if not line.startswith("#"))
        next(rows)
        return [row for row in rows if row]


@cache
def _tables() -> _Tables:
    irregular = _rows("irregular_plurals.csv")
    plural = {row[0]: row[1] for row in irregular}
    singular: dict[str, str] = {}
    for one, many in plural.items():
        singular.setdefault(many, one)
    for row in irregular:
        if len(row) > 2 and row[2]:
            for other in row[2].split(";"):
                singular.setdefault(other.strip(), row[0])
    exceptions = {row[0]: row[1] for row in _rows("singular_exceptions.csv")}
    return _Tables(
        plural,
        singular,
        exceptions,
        {row[0]: row[1] for row in _rows("plural_words.csv")},
        frozenset(row[0] for row in _rows("acronyms.csv")),
    )


# --- single words, in lower case -------------------------------------------------------------------------------------


def _plural_by_rule(word: str) -> str:
    """The plural by spelling alone."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        if word.endswith("sis") and len(word) > 4:
            return word[:-2] + "es"
        if word.endswith("z") and not word.endswith(("zz", "tz", "iz", "az", "ez")):
            return word + "es"
        if word.endswith("iz") and len(word) < 6:
            return word + "zes"
        return word + "es"
    if word.endswith("y") and len(word) > 1 and (word[-2] not in _VOWELS or word.endswith("quy")):
        return word[:-1] + "ies"
    return word + "s"


def _singular_by_rule(word: str) -> str:
    """The singular of a word that ends in a plural's -s, by spelling alone."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zzes", "tzes", "oes", "uses", "ises")):
        if word.endswith(("ouses", "auses", "oises", "aises", "rises", "vises", "uises", "fuses")):
            return word[:-1]
        return word[:-2]
    return word[:-1]


def _looks_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous", "'s"))


@lru_cache(maxsize=WORDS)
def _plural_word(word: str) -> str:
    """The plural of one word in lower case; the word itself where it is a plural or has one form."""
    tables = _tables()
    kind = tables.kinds.get(word)
    if kind in ("plural-only", "invariant"):
        return word
    found = tables.plural.get(word)
    if found is not None:
        return found
    if kind != "singular" and _is_plural_word(word):
        return word
    stem = _compound_tail(word, tables)
    if stem is not None:
        return word[: -len(stem)] + tables.plural[stem]
    return _plural_by_rule(word)


def _is_plural_word(word: str) -> bool:
    """True for a word that is a plural already; mass nouns and singulars in -s are none."""
    tables = _tables()
    if word in tables.kinds:
        return tables.kinds[word] == "plural-only"
    if word in tables.plural:
        return False
    if word in tables.singular:
        return True
    if word in tables.exceptions:
        return tables.exceptions[word] != word
    if word.endswith("men") and len(word) > 4:
        return tables.singular.get(word) is not None or _compound_tail(word[:-2] + "an", tables) == "man"
    return _looks_plural(word)


def _compound_tail(word: str, tables: _Tables) -> str | None:
    """The irregular noun that a closed or hyphenated compound ends with: `man` of `chairman`, `knife` of `penknife`."""
    if "-" in word:
        tail = word.rsplit("-", 1)[1]
        return tail if tail in tables.plural and tables.plural[tail] != tail else None
    for tail in ("woman", "man", "child", "foot", "tooth", "goose", "mouse", "knife", "wife", "shelf", "leaf", "wolf", "half"):
        if len(word) > len(tail) + 2 and word.endswith(tail) and word not in tables.exceptions:
            return tail
    return None


@lru_cache(maxsize=WORDS)
def _singular_word(word: str) -> str:
    """The singular of one word in lower case; the word itself where it is a singular or has one form."""
    tables = _tables()
    if word in tables.kinds and tables.kinds[word] != "mass":
        return word
    found = tables.exceptions.get(word)
    if found is not None:
        return found
    found = tables.singular.get(word)
    if found is not None:
        return found
    if word in tables.plural:
        return word
    for tail, single in (("men", "man"), ("knives", "knife"), ("wives", "wife"), ("shelves", "shelf"), ("leaves", "leaf"), ("teeth", "tooth"),
                         ("feet", "foot"), ("children", "child"), ("halves", "half"), ("mice", "mouse"), ("geese", "goose"), ("wolves", "wolf")):  # fmt: skip
        if len(word) > len(tail) + 2 and word.endswith(tail):
            return word[: -len(tail)] + single
    if "-" in word:
        before, tail = word.rsplit("-", 1)
        return f"{before}-{_singular_word(tail)}"
    return _singular_by_rule(word) if _looks_plural(word) or word.endswith("uses") else word


# --- whole names ------------------------------------------------------------------------------------------------------


def _words_of(name: str) -> list[re.Match[str]]:
    return list(_WORD.finditer(name))


def find_head(name: str) -> tuple[int, int] | None:
    """The place of the noun of a product name that takes the plural; None for a name without words.

    What follows a preposition, a comma or a bracket, and measures at the end, do not count.
    """
    cut = len(name)
    for mark in "([{,;|":
        at = name.find(mark, 1)
        if 0 < at < cut and name[:at].strip():
            cut = at
    dash = re.search(r"\s[-–—]\s", name[:cut])
    if dash and dash.start() > 0:
        cut = dash.start()
    words = _words_of(name[:cut])
    if not words:
        return None
    lowered = [match[0].lower() for match in words]
    for at in range(1, len(words)):
        if lowered[at] in _PREPOSITIONS and at + 1 <= len(words):
            if lowered[at] in ("and", "or", "&", "plus"):
                continue
            if lowered[at] == "in" and at and _MEASURE.match(lowered[at - 1]):
                continue  # inches: `6 in. joint knife`
            fixed = lowered[at] == "of" and any(
                lowered[at - 1] == first and last in lowered[at + 1 : at + 3] for first, last in _FIXED_OF
            )
            if fixed:
                continue
            words, lowered = words[:at], lowered[:at]
            break
    while len(words) > 1 and _is_tail(lowered, len(words) - 1):
        words, lowered = words[:-1], lowered[:-1]
    return words[-1].span()


def _is_tail(lowered: list[str], at: int) -> bool:
    """True for a last word that is a measure or a unit after a number."""
    word = lowered[at]
    if _MEASURE.match(word):
        return word not in ("mp3", "mp4", "ps4", "ps5")
    return word in _UNITS and at > 0 and bool(_MEASURE.match(lowered[at - 1]))


def _known_mass(name: str, head: str) -> str | None:
    """The kind that the longest known word group at the end of `name` has."""
    kinds = _tables().kinds
    words = [match[0].lower() for match in _words_of(name)]
    for count in (3, 2):
        if len(words) >= count:
            found = kinds.get(" ".join(words[-count:]))
            if found is not None:
                return found
    return kinds.get(head)


def _is_acronym(word: str, name: str) -> bool:
    if not word.isupper() or len(word.strip("0123456789")) == 0:
        return False
    if word in _tables().acronyms:
        return True
    letters = sum(c.isalpha() for c in word)
    if letters < 2 or letters > 5:
        return False
    others = [m[0] for m in _words_of(name) if m[0] != word and m[0].isalpha()]
    if any(not other.isupper() for other in others):
        return True
    return not any(c in "AEIOUY" for c in word) and letters <= 4


def _recase(model: str, made: str) -> str:
    """`made` (lower case) in the capitals of `model`."""
    if len(model) > 1 and model.isupper():
        return made.upper()
    shared = 0
    low = model.lower()
    while shared < min(len(low), len(made)) and low[shared] == made[shared]:
        shared += 1
    return model[:shared] + made[shared:]


def _bend_hyphenated(word: str, plural: bool) -> str | None:
    """`mother-in-law`, `passer-by`: the first word bends; None for the others."""
    parts = word.split("-")
    if len(parts) >= 2 and parts[0].endswith(("er", "or", "mother", "man", "ers", "ors", "mothers", "men")) and parts[1] in _PARTICLES:
        first = _plural_word(parts[0]) if plural else _singular_word(parts[0])
        return "-".join([first, *parts[1:]])
    return None


@lru_cache(maxsize=PHRASES)
def pluralize(name: str, *, last_resort: bool = False) -> str:
    """The plural of a product name, right on its head: `battery charger` → `battery chargers`.

    A name that is plural already, or has no singular, comes back as it is; a mass noun gets the form that a dictionary
    gives. With `last_resort` a head that no table knows and whose ending is doubtful is given to `inflect` (slow import;
    the checks never ask for it).
    """
    span = find_head(name)
    if span is None:
        return name
    word = name[span[0] : span[1]]
    low = word.lower().replace("’", "'")
    if low in _UNITS and name[: span[0]].strip() and _MEASURE.match(_words_of(name[: span[0]])[-1][0] if _words_of(name[: span[0]]) else ""):
        return name
    if _is_acronym(word, name):
        return name[: span[1]] + ("es" if word.endswith("S") else "s") + name[span[1] :]
    if re.fullmatch(r"[A-Z0-9]{2,}s", word) or (len(low) == 1 and not low.isalpha()) or _MEASURE.fullmatch(low):
        return name
    if _known_mass(name[: span[1]], low) in ("plural-only", "invariant"):
        return name
    made = _bend_hyphenated(low, True)
    if made is None:
        made = _ask_inflect(low) if last_resort and _doubtful(low) else _plural_word(low)
    return name[: span[0]] + _recase(word, made) + name[span[1] :]


@lru_cache(maxsize=PHRASES)
def singularize(name: str) -> str:
    """The singular of a product name, right on its head: `sets of knives` → `set of knives`.

    A name that is singular already, or has one form only, comes back as it is.
    """
    span = find_head(name)
    if span is None:
        return name
    word = name[span[0] : span[1]]
    low = word.lower().replace("’", "'")
    if re.fullmatch(r"[A-Z0-9]{2,}s", word):
        bare = word[:-1]
        return name[: span[0]] + (bare if bare not in ("GPSe", "UPSe") else bare[:-1]) + name[span[1] :]
    if word in _tables().acronyms or _MEASURE.fullmatch(low) or _is_acronym(word, name):
        return name
    if _known_mass(name[: span[1]], low) in ("plural-only", "invariant", "singular"):
        return name
    made = _bend_hyphenated(low, False)
    if made is None:
        made = _singular_word(low)
    return name[: span[0]] + _recase(word, made) + name[span[1] :]


@lru_cache(maxsize=PHRASES)
def plural_kind(name: str) -> PluralKind:
    """What GK8 asks of a product name: how its head forms the plural.

    `regular`: by adding -s, so that the singular alone serves; `irregular`: formed otherwise (batteries, brushes, knives),
    so that both forms are wanted; `mass`: not counted, or one form for both numbers; `plural-only`: has no singular.
    """
    span = find_head(name)
    if span is None:
        return "regular"
    word = name[span[0] : span[1]]
    low = word.lower().replace("’", "'")
    kind = _known_mass(name[: span[1]], low)
    if kind in ("mass", "invariant"):
        return "mass"
    if kind == "plural-only":
        return "plural-only"
    if _is_acronym(word, name) or re.fullmatch(r"[A-Z0-9]{2,}s", word) or _MEASURE.fullmatch(low):
        return "regular"
    single = _singular_word(low)
    many = _plural_word(single)
    if many == single:
        return "mass"
    return "regular" if many == single + "s" else "irregular"


def is_plural(name: str) -> bool:
    """True for a name whose head is a plural (`battery chargers`, `scissors`)."""
    span = find_head(name)
    if span is None:
        return False
    word = name[span[0] : span[1]]
    if _is_acronym(word, name):
        return False
    if re.fullmatch(r"[A-Z0-9]{2,}s", word):
        return True
    return _is_plural_word(word.lower())


# --- where the tables end -----------------------------------------------------------------------------------------------


def _doubtful(word: str) -> bool:
    """True for a word that no table holds and whose ending does not tell its plural."""
    tables = _tables()
    if word in tables.plural or word in tables.kinds or word in tables.singular or word in tables.exceptions:
        return False
    return word.endswith(("us", "um", "eau", "ix", "ex", "fe", "is", "on", "trix")) and not word.endswith(("tion", "sion"))


@cache
def _engine() -> object:
    import inflect

    return inflect.engine()


@cache
def _ask_inflect(word: str) -> str:
    made = _engine().plural_noun(word)  # type: ignore[attr-defined]
    return made if isinstance(made, str) and made else _plural_word(word)
