"""Tells text in another language or script from English, by scripts and by small lists of function and trade words.

Made for short texts: it would rather miss a foreign title than suspect a name, so single words never count.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from listinglint import lexicons
from listinglint.language.words import word_info
from listinglint.model.memory import WORDS
from listinglint.model.patterns import lazy_pattern

_SCRIPTS: Final = (
    ("Chinese or Japanese", "中文或日文", "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"),
    ("Korean", "韩文", "\uac00-\ud7af\u1100-\u11ff"),
    ("Cyrillic", "西里尔文", "\u0400-\u052f"),
    ("Arabic", "阿拉伯文", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff"),
    ("Hebrew", "希伯来文", "\u0590-\u05ff"),
    ("Thai", "泰文", "\u0e00-\u0e7f"),
    ("Indian script", "印度文字", "\u0900-\u0dff"),
    ("Greek", "希腊文", "\u0370-\u03ff\u1f00-\u1fff"),
    ("Armenian or Georgian", "亚美尼亚文或格鲁吉亚文", "\u0530-\u058f\u10a0-\u10ff"),
    ("Southeast Asian script", "东南亚文字", "\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"),
)  # fmt: skip
_SCRIPT_RUN: Final = lazy_pattern("|".join(f"([{ranges}][{ranges} ·・]*)" for _, _, ranges in _SCRIPTS))
_ANY_SCRIPT: Final = lazy_pattern("[" + "".join(ranges for _, _, ranges in _SCRIPTS) + "]")
NAMES: Final = {
    "es": ("Spanish", "西班牙语"), "de": ("German", "德语"), "fr": ("French", "法语"), "it": ("Italian", "意大利语"), "pt": ("Portuguese", "葡萄牙语"),
    "nl": ("Dutch", "荷兰语"), "pl": ("Polish", "波兰语"), "tr": ("Turkish", "土耳其语"), "id": ("Indonesian or Malay", "印尼语或马来语"),
    "vi": ("Vietnamese", "越南语"), "sv": ("Swedish", "瑞典语"),
}  # fmt: skip
_ENGLISH: Final = frozenset(
    ["the", "of", "and", "for", "with", "from", "this", "that", "these", "those", "is", "are", "was", "be", "been", "will", "can", "it", "its", "your", "you", "we", "our", "they", "their", "at", "by", "on", "as", "or", "but", "not", "all", "any", "more", "than", "when", "which", "who", "what", "how", "have", "has", "had", "do", "does", "if", "so", "into", "up", "out", "no", "only", "also", "each", "other", "most", "such", "very", "just", "there", "then"]
)
_ENOUGH: Final = 4
"""Two for each function word and one for each trade word must add up to this."""


class ScriptRun(NamedTuple):
    """A run of letters of another script: its place and the script's name in English and Chinese."""

    start: int
    end: int
    script: str
    script_zh: str
    letters: int


def script_runs(text: str) -> list[ScriptRun]:
    """Runs of at least two letters (Greek: four) that are not Latin, in order."""
    first = None if text.isascii() else _ANY_SCRIPT.search(text)
    if first is None:
        return []
    out = []
    for match in _SCRIPT_RUN.finditer(text, first.start()):
        name, name_zh, _ = _SCRIPTS[(match.lastindex or 1) - 1]
        run = match[0].rstrip(" ·・")
        letters = sum(c.isalpha() for c in run)
        if letters >= (4 if name == "Greek" else 2):
            out.append(ScriptRun(match.start(), match.start() + len(run), name, name_zh, letters))
    return out


@cache
def _foreign() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Function words and trade words, each with the languages they belong to."""
    tables: tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]] = ({}, {})
    for row in lexicons.table("foreign_words"):
        if row["kind"] == "product":
            continue
        table = tables[row["kind"] == "trade"]
        for word in row["words"].split():
            if word not in _ENGLISH:
                table[word] = (*table.get(word, ()), row["language"])
    return tables


@cache
def _all_foreign() -> frozenset[str]:
    function, trade = _foreign()
    return frozenset(function) | frozenset(trade)


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    """Every word of the table with the languages it belongs to; loan words and words of labels left out."""
    out: dict[str, set[str]] = {}
    for row in lexicons.table("foreign_words"):
        for word in row["words"].split():
            out.setdefault(word, set()).add(row["language"])
    own = lexicons.word_list("foreign_products") | lexicons.word_list("label_words") | _ENGLISH
    return {word: frozenset(languages) for word, languages in out.items() if word not in own}


@cache
def _compound_ends() -> tuple[str, ...]:
    """German nouns that end compounds no other language has (`Gartenschlauch`)."""
    return tuple(word for word, languages in _vocabulary().items() if "de" in languages and len(word) > 4 and not word_info(word))


class ForeignRun(NamedTuple):
    """Words of another language side by side: their place, the language's code, and whether nothing else stands in the text."""

    start: int
    end: int
    language: str
    whole: bool


class _Run:
    """What a run of words that are not English's has to say for each language."""

    def __init__(self) -> None:
        self.places: list[tuple[int, int]] = []
        self.strong: dict[str, set[str]] = {}
        self.listed: dict[str, int] = {}
        self.last = 0
        self.links = 0

    def add(self, place: tuple[int, int], word: str) -> None:
        """Takes in one word: listed ones tell the language, strongly where English does not know them; others only lengthen the run."""
        self.places.append(place)
        languages = _vocabulary().get(word) or frozenset()
        strange = not word.isascii() or not word_info(word)
        for language in languages:
            self.listed[language] = self.listed.get(language, 0) + 1
            if strange and len(word) > 2:
                self.strong.setdefault(language, set()).add(word)
        told = None if languages or word in lexicons.brands() else _by_letters(word)
        if told is not None and strange:
            self.listed[told] = self.listed.get(told, 0) + 1
            self.strong.setdefault(told, set()).add(word)
            self.last = len(self.places)
        if _compound(word):
            self.listed["de"] = self.listed.get("de", 0) + 2
            self.strong.setdefault("de", set()).update((word, word + "-"))
        if word in _LINKS and self.listed:
            self.links += 1
        if languages or _compound(word):
            self.last = len(self.places)

    def best(self, bracketed: bool) -> str | None:
        """The language that two words tell for certain, or one where the words make up a bracket or a keyword of their own."""
        ranked = sorted(self.listed, key=lambda one: (-len(self.strong.get(one, ())), -self.listed[one], one))
        if not ranked:
            return None
        first = ranked[0]
        strong, words = len(self.strong.get(first, ())), len(self.places)
        if strong > 1 and 2 * self.listed[first] + self.links >= self.last:
            return first
        if strong and self.links and self.listed[first] > 1:
            return first
        return first if bracketed and strong and words > 1 and 2 * self.listed[first] >= words else None


@lru_cache(maxsize=WORDS)
def _compound(word: str) -> bool:
    return len(word) > 8 and word not in lexicons.brands() and not word_info(word) and word[3:].endswith(_compound_ends())


def _by_letters(word: str) -> str | None:
    """The language whose letters no other of the table has, where the word has one of them."""
    if word.isascii():
        return None
    return next((language for language, letters in _OWN_LETTERS.items() if not letters.isdisjoint(word)), None)


_OWN_LETTERS: Final = {"pl": frozenset("ąęłśżźćń"), "tr": frozenset("ğış"), "vi": frozenset("ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđơư")}
_SHORT_LINKS: Final = frozenset({"a", "in", "al", "da", "no", "as"})
_LINKS: Final = frozenset({"de", "pour", "para", "por", "con", "com", "für", "mit", "ohne", "sur", "avec", "sans", "per", "di", "da", "del", "dla", "voor", "met", "för", "med", "untuk", "dan", "için", "ve", "em"})
"""Words that link two nouns of another language; alone they tell nothing, since labels bear them as well."""


def foreign_run(text: str, names: frozenset[str] = frozenset()) -> ForeignRun | None:
    """The first run of words of another language in a short text (a title, a keyword, what stands in a bracket).

    `names` are words in lower case that are names. A run ends at a word that English knows, at punctuation and at a
    number; what stands between quotes is a name and is passed over.
    """
    quoted = [match.span() for match in _QUOTE.finditer(text)] if '"' in text or "“" in text else []
    run = _Run()
    opened = 0
    tokens = list(_LETTERS.finditer(text))
    for n, match in enumerate([*tokens, None]):
        gap = text[tokens[n - 1].end() if n else 0 : match.start() if match else len(text)]
        word = match[0].lower() if match else ""
        broken = match is None or (n > 0 and gap.strip(" -'’")) or any(s <= match.start() < e for s, e in quoted)
        if broken and run.places:
            found = _ended(text, run, opened)
            if found is not None:
                return found
            run = _Run()
        if match is None:
            break
        if not run.places:
            opened = match.start()
        if any(s <= match.start() < e for s, e in quoted):
            continue
        if word in _vocabulary() or (run.places and word in _LINKS) or (run.listed and word in _SHORT_LINKS and n + 1 < len(tokens) and _goes_on(tokens[n + 1][0].lower())) or (not word_info(word) and word not in names and word not in lexicons.brands() and not any(c.isdigit() for c in gap)):
            run.add(match.span(), word)
        elif run.places:
            found = _ended(text, run, opened)
            if found is not None:
                return found
            run = _Run()
    return None


def _goes_on(word: str) -> bool:
    return word in _vocabulary() or not word_info(word)


def _ended(text: str, run: _Run, opened: int) -> ForeignRun | None:
    start, end = run.places[0][0], run.places[-1][1]
    before, after = text[:start].rstrip(), text[end:].lstrip()
    bracketed = (before[-1:] in ("(", "[", "（") and after[:1] in (")", "]", "）")) or (not before and not after)
    language = run.best(bracketed)
    if language is None:
        return None
    return ForeignRun(start, end if bracketed else run.places[max(run.last, 1) - 1][1], language, not before and not after)


_LETTERS: Final = lazy_pattern(r"[^\W\d_]+")
_QUOTE: Final = lazy_pattern(r'"[^"]{2,60}"|“[^”]{2,60}”')


def is_strange(word: str) -> str | None:
    """The language of a single word of five letters or more that English does not know; None where it is no such word."""
    languages = _vocabulary().get(word) if len(word) > 4 and not word_info(word) else None
    return min(languages) if languages else None


def is_foreign(word: str) -> bool:
    """True for a word (lower case) that is listed for another language."""
    return word in _vocabulary() or word in _all_foreign() or word in lexicons.word_list("label_words")


def speaks(words: Sequence[str], language: str) -> bool:
    """True where the words (lower case) may all be of the language: some are listed for it, and few are English."""
    content = [word for word in words if len(word) > 2 and word.isalpha()]
    function, trade = _foreign()
    listed = [word for word in content if language in (*_vocabulary().get(word, ()), *function.get(word, ()), *trade.get(word, ()))]
    return bool(listed) and 10 * sum(word in listed or not word_info(word) for word in content) >= 7 * len(content)


def tells_foreign(word: str) -> bool:
    """True for a word (lower case) that tells another language for certain; where no word of a short text does, `foreign_run` finds nothing."""
    strange = not word.isascii() or not word_info(word)
    return (strange and len(word) > 2 and word in _vocabulary()) or _by_letters(word) is not None or (len(word) > 8 and _compound(word))


def is_listed_foreign(word: str) -> bool:
    """True for a function word or trade word of another language; where no word of a text is one, `language_of` finds nothing."""
    return word in _all_foreign()


def may_be_foreign(words: frozenset[str]) -> bool:
    """A cheap test on the distinct words of a text, true wherever `language_of` finds another language in it."""
    known = words & _all_foreign()
    if len(known) < 2:
        return False
    function, trade = _foreign()
    scores: dict[str, int] = {}
    for word in known:
        for language in function.get(word, ()):
            scores[language] = scores.get(language, 0) + 2
        for language in trade.get(word, ()):
            scores[language] = scores.get(language, 0) + 1
    return max(scores.values()) >= _ENOUGH


def language_of(words: Sequence[str]) -> str | None:
    """The code of the language (of `NAMES`) that words in lower case are in; None for English and for what cannot be told.

    It takes two different function words of one language, or one with two trade words, hardly any English ones among
    them, and mostly words that English does not know.
    """
    function, trade = _foreign()
    functions: dict[str, set[str]] = {}
    trades: dict[str, set[str]] = {}
    english = 0
    for word in words:
        english += word in _ENGLISH
        for table, counts in ((function, functions), (trade, trades)):
            for language in table.get(word, ()):
                counts.setdefault(language, set()).add(word)
    best, most = None, 0
    for language in sorted({*functions, *trades}):
        marks = len(functions.get(language, ()))
        score = 2 * marks + len(trades.get(language, ()))
        if score > most and (marks >= 2 or score >= _ENOUGH):
            best, most = language, score
    if best is None or most < _ENOUGH or 2 * english > most or not _mostly_unknown(words, functions.get(best, set()) | trades.get(best, set())):
        return None
    return best


def _mostly_unknown(words: Sequence[str], foreign: set[str]) -> bool:
    """True where at least 60 % of the words are the language's own or unknown to English."""
    content = [word for word in words if (len(word) > 2 and word.isalpha()) or word in foreign]
    if len(content) < 3:
        return False
    strange = sum(word in foreign or not word_info(word) for word in content)
    return 5 * strange >= 3 * len(content)
