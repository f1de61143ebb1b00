"""What the rules on keywords share: the listing's short name, and edits that add, replace or take out a keyword."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from listinglint.language import words as w
from listinglint.language.thesaurus import thesaurus
from listinglint.model import Edit
from listinglint.model.memory import PHRASES
from listinglint.rules.analysis import AnalysedListing, Keyword, kept
from listinglint.rules.keyword_names import SETS
from listinglint.rules.removal import removal
from listinglint.rules.rule import Hit

_PLAIN: Final = w.FUNCTION_WORD


def added_hit(keyword: Keyword, edits: Iterable[Edit], *, end: int | None = None, message: str = "default", safe: bool = False, variant: str | None = None, **values: Any) -> Hit:
    """A hit that marks `keyword` (up to `end`) with edits that may stand in several cells."""
    stop = keyword.end if end is None else end
    made = tuple(edits)
    values.setdefault("text", keyword.source.raw[keyword.start : stop])
    safety: Any = ("safe" if safe else "unsafe") if made else None
    return Hit(keyword.source.field, keyword.start, stop, keyword.source.part, message, values, made, safety, variant)


def taken_out(keyword: Keyword) -> Edit:
    """The edit that takes a keyword out of its cell, with one separator."""
    start, end, text = removal(keyword.source.raw, keyword.start, keyword.end)
    return Edit(keyword.source.field, start, end, text, keyword.source.part)


def all_taken_out(doc: AnalysedListing, keywords: Sequence[Keyword]) -> list[Edit]:
    """The edits that take keywords out; those that follow each other go together, so that no separator is left behind."""
    runs: list[list[Keyword]] = []
    for keyword in keywords:
        last = runs[-1][-1] if runs else None
        if last is not None and last.source.part == keyword.source.part and doc.keywords.index(keyword) == doc.keywords.index(last) + 1:
            runs[-1].append(keyword)
        else:
            runs.append([keyword])
    out = []
    for run in runs:
        start, end, text = removal(run[0].source.raw, run[0].start, run[-1].end)
        out.append(Edit(run[0].source.field, start, end, text, run[0].source.part))
    return out


def replaced(keyword: Keyword, text: str) -> Edit:
    """The edit that puts `text` in a keyword's place."""
    return Edit(keyword.source.field, keyword.start, keyword.end, text, keyword.source.part)


def replaced_or_taken_out(doc: AnalysedListing, keyword: Keyword, text: str | None) -> Edit:
    """The edit that makes `text` of a keyword; takes it out where there is no text or another keyword says the same."""
    if text is None:
        return taken_out(keyword)
    low = w.fold(text)
    if any(w.fold(other.text) == low for other in doc.keywords):
        return taken_out(keyword)
    return replaced(keyword, text)


def appended(doc: AnalysedListing, text: str, spare: Keyword | None = None) -> Edit | None:
    """The edit that adds a keyword: at the end while there is room, else in the place of `spare`; None for neither."""
    most = doc.limit("keywords", "count_max")
    each = doc.limit("keywords", "each_max")
    if each is not None and each.unit == "characters" and len(text) > each.value:
        return None
    parts = doc.parts("keywords")
    if not doc.keywords:
        return Edit("keywords", 0, len(parts[0].raw), text, 0) if parts else None
    if most is None or len(doc.keywords) < most.value:
        last = doc.keywords[-1]
        mark = doc.marketplace.separators[0]
        return Edit("keywords", last.end, last.end, f"{mark} {text}" if mark.strip() else f"{mark}{text}", last.source.part)
    return replaced(spare, text) if spare is not None else None


def as_keyword(doc: AnalysedListing, name: str) -> str:
    """A name from the title in the case that the keywords have: small letters, but acronyms, brands and codes as they are."""
    if doc.keywords and all(keyword.text[:1].isupper() for keyword in doc.keywords if keyword.text[:1].isalpha()):
        return name
    return " ".join("/".join(map(_as_written, word.split("/"))) for word in name.split())


def _as_written(word: str) -> str:
    return word.lower() if word[:1].isupper() and word[1:].islower() and not _is_name(word) else word


def _is_name(word: str) -> bool:
    flags = w.word_info(word)
    return (bool(flags & w.BRAND) and not flags & w.AMBIGUOUS_BRAND) or not flags


def short_name(doc: AnalysedListing) -> str | None:
    """The product's name without modifiers that say nothing of its kind: the longest part that the thesaurus knows, or all of it; None for a mere set."""
    product = doc.product
    if product is None:
        return None
    words = product.lower().split()
    if words[-1] in SETS and not any(w.word_info(word) & w.HEAD for word in words[:-1]):
        return None
    found = thesaurus().match(product)
    return as_keyword(doc, found.matched if found is not None and len(found.matched) > 2 else product)


@lru_cache(maxsize=PHRASES)
def lone_stem(text: str) -> str | None:
    """The stem of a keyword of one word without digits; None for others."""
    if " " in text or "-" in text.strip("-") or any(c.isdigit() for c in text):
        return None
    return w.stem(text.lower())


@lru_cache(maxsize=PHRASES)
def stems_of(text: str | None) -> tuple[str, ...]:
    """The stems of the content words of a name, in order."""
    return tuple(w.content_words(text)) if text else ()


@kept
def head_stem(doc: AnalysedListing) -> str | None:
    """The stem of the title's head."""
    head = doc.name.head
    return w.stem(head.lower().split("-")[-1].split()[-1]) if head and head.split() else None


def same_place(keywords: Sequence[Keyword]) -> bool:
    """True where the keywords stand in one cell."""
    return len({keyword.source.part for keyword in keywords}) == 1
