"""Tells text in another language or script from English, by scripts and by small lists of function and trade words.

Made for short texts: it would rather miss a foreign title than suspect a name, so single words never count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from listinglint import lexicons
from listinglint.language.words import word_info

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
_SCRIPT_RUN: Final = re.compile("|".join(f"([{ranges}][{ranges} ·・]*)" for _, _, ranges in _SCRIPTS))
_ANY_SCRIPT: Final = re.compile("[" + "".join(ranges for _, _, ranges in _SCRIPTS) + "]")
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
        table = tables[row["kind"] == "trade"]
        for word in row["words"].split():
            if word not in _ENGLISH:
                table[word] = (*table.get(word, ()), row["language"])
    return tables


@cache
def _all_foreign() -> frozenset[str]:
    function, trade = _foreign()
    return frozenset(function) | frozenset(trade)


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
