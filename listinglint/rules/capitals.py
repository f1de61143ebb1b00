"""Words written in capitals: which of them are ordinary words, and how they are spelt otherwise."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.model.patterns import lazy_pattern

CAPITAL_WORD: Final = lazy_pattern(r"(?=[A-Z][A-Z])(?<![\w'’])(?<!\b[A-Z]-)[A-Z]{2,}(?:['’](?:S|T|RE|LL|VE))?(?![\w]|['’]\w)")
_ORDINARY: Final = w.KNOWN | w.HEAD | w.MATERIAL | w.COLOUR | w.TYPE_WORD | w.GENERAL | w.FILLER | w.PART | w.AUDIENCE | w.STYLE | w.PLURAL
_LONGEST: Final = 24
_SMALL: Final = frozenset(["a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "on", "or", "per", "the", "to", "up", "via", "with"])
_VERBS: Final = frozenset(["be", "do", "if", "is", "me", "my", "so", "we"])
"""Words of two letters that are no acronyms in a line of capitals."""
_CODE: Final = lazy_pattern(r"[-/]?\d")
_ARTICLE: Final = lazy_pattern(r"(?<=[a-z] )(?<!vitamin )(?<!type )(?<!grade )(?<!class )(?<!size )(?<!group )(?<!series )(?<!part )(?<!plan )A(?= [a-z]{3})")
_GOES_ON: Final = lazy_pattern(r"[^\W_]['’\"”)]*\s*\Z|[,;&/(+-]\s*\Z")
"""Before a word in the middle of a sentence."""


@cache
def acronyms() -> frozenset[str]:
    """Acronyms that would read as words, in capitals."""
    return frozenset(row["acronym"].upper() for row in lexicons.table("acronyms"))


@cache
def is_ordinary(word: str) -> bool:
    """True for a word of three or more letters that is written in small letters elsewhere: no acronym, unit, brand or mark.

    `word` is given in capitals.
    """
    if len(word) > _LONGEST:
        return False
    base = re.split("['’]", word)[0]
    low = base.lower()
    if base in acronyms() or len(base) < 3:
        return low in _SMALL and len(base) > 1
    flags = w.lexicon().get(low, 0) | w.word_info(low)
    if low in lexicons.brands() and not flags & (w.HEAD | w.MATERIAL | w.COLOUR | w.TYPE_WORD | w.FILLER | w.FUNCTION_WORD):
        return False
    if len(base) < 6 and not flags & (w.KNOWN | w.HEAD | w.FUNCTION_WORD | w.TYPE_WORD | w.PLURAL | w.COLOUR):
        return False
    if len(base) == 3:
        return bool(flags & (w.FUNCTION_WORD | w.COLOUR | w.FILLER | w.AUDIENCE)) or bool(flags & w.HEAD and flags & w.MAIN_NOUN)
    if flags & w.MARK and not flags & (w.HEAD | w.MATERIAL | w.COLOUR) and (len(base) < 6 or not flags & w.KNOWN):
        return False
    if flags & w.UNIT and not flags & (w.HEAD | w.MAIN_NOUN):
        return False
    return bool(flags & (_ORDINARY | w.FUNCTION_WORD | w.SIZE | w.QUANTITY | w.SERIES))


def is_content(word: str) -> bool:
    """True for an ordinary word of four or more letters that is no function word."""
    return len(word) > 3 and is_ordinary(word) and not w.lexicon().get(word.lower(), 0) & w.FUNCTION_WORD


def respelt(text: str, start: int, end: int, *, sentence: bool = False, unknown: bool = False) -> str:
    """`text[start:end]` with its words in capitals spelt as in a title, or as in a sentence.

    Acronyms, units, model codes and brands stay; with `unknown` longer words that no lexicon knows are respelt as well.
    """

    def one(match: re.Match[str]) -> str:
        word = match[0]
        at = start + match.start()
        low = word.lower()
        if len(word) < 5 and _CODE.match(text, at + len(word)):
            return word
        if not (is_ordinary(word) or low in _VERBS or _short_word(word) or (at and _everyday(low)) or (unknown and len(word) > 4 and not is_name(word))):
            return word
        before = text[max(0, at - 40) : at]
        first = not before.strip() or "\n" in before[len(before.rstrip()) :] or _GOES_ON.search(before) is None
        if low in _SMALL and not first:
            return low
        return low if sentence and not first and not _proper(low) else low[:1].upper() + low[1:]

    out = CAPITAL_WORD.sub(one, text[start:end])
    return _ARTICLE.sub("a", out) if sentence else out


def _proper(low: str) -> bool:
    """True for a name that keeps its capital within a sentence: India, Japan, English, Monday."""
    return (bool(w.lexicon().get(low, 0) & w.NAME) and w.stem(low) == low) or low in ("china", "japan")


def _everyday(low: str) -> bool:
    """True for a common noun that is a brand as well (head): behind other words in capitals it is the noun."""
    flags = w.lexicon().get(low, 0)
    return bool(flags & w.AMBIGUOUS_BRAND and flags & w.MAIN_NOUN) and len(low) > 3 and low.upper() not in acronyms()


def _short_word(word: str) -> bool:
    """True for a word of three letters that WordNet knows well and that no list takes for an acronym, brand, mark or unit."""
    flags = w.lexicon().get(word.lower(), 0)
    if len(word) != 3 or is_name(word) or (flags & w.MATERIAL and flags & w.NAME):
        return False
    return bool(flags & (w.MAIN_NOUN | w.MAIN_ADJECTIVE | w.MAIN_VERB | w.ADVERB))


def is_name(word: str) -> bool:
    """True for an acronym, a brand, a mark or a unit, given in capitals."""
    low = word.lower()
    flags = w.lexicon().get(low, 0)
    return word in acronyms() or low in lexicons.brands() or bool(flags & w.MARK and not flags & w.COLOUR) or bool(flags & w.UNIT and len(word) < 5)
