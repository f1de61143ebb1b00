"""Which keywords name the listing's product: shared by the rules on complete names, synonyms and unrelated keywords."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.language.thesaurus import Group, name_key, thesaurus
from listinglint.rules.analysis import AnalysedListing, Keyword

_CUT: Final = re.compile(r"\b(?:for|with|without|from|in|by|of|to|and)\b|[,(|/]|\s[-–—]\s", re.I)
_SETS: Final = frozenset({"set", "kit", "pack", "combo", "bundle", "pair"})
_LEADING_PUNCTUATION: Final = " -–—|,:()"


@lru_cache(maxsize=50_000)
def core(text: str) -> str:
    """A keyword without what follows for, with, in …"""
    cut = _CUT.search(text)
    return (text[: cut.start()].strip(_LEADING_PUNCTUATION) if cut and cut.start() > 2 else text) or text


@lru_cache(maxsize=50_000)
def last_stem(text: str) -> str:
    """The stem of the last word of a keyword's core: what its head most likely is."""
    words: list[str] = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", core(text).lower())
    while len(words) > 1 and (words[-1] in _SETS or any(c.isdigit() for c in words[-1])):
        words.pop()
    return w.stem(words[-1].rsplit("-", 1)[-1]) if words else ""


@lru_cache(maxsize=50_000)
def group_of(text: str) -> Group | None:
    """The thesaurus group of a name; a set or kit is looked up by what it holds too."""
    found = thesaurus().match(core(text))
    if found is None:
        words = core(text).split()
        if len(words) > 1 and words[-1].lower() in _SETS:
            found = thesaurus().match(" ".join(words[:-1]))
    return found.group if found is not None else None


@lru_cache(maxsize=50_000)
def near(keyword: str, product: str) -> bool:
    """True where the thesaurus takes a keyword for the product, or for the next name above or below it."""
    return thesaurus().relation(core(keyword), product) in ("same", "broader", "narrower")


def heads_of_title(doc: AnalysedListing) -> frozenset[str]:
    """Stems of the head and of the last word of each segment and each product of the title."""
    title = doc.title
    if title is None:
        return frozenset()
    texts = [doc.name.head or "", doc.product or "", *doc.name.products, *re.split(r"[|,;()\[\]:/]|\s[-–—]\s|\bwith\b|\bfor\b", title.text)]
    found = {last_stem(text.strip()) for text in texts if text.strip()}
    product = (doc.product or "").lower().split()
    if product and product[-1] in _SETS:
        found.update(w.stem(word) for word in product if w.word_info(word) & w.HEAD)
    return frozenset(stem for stem in found if stem)


def names_product(doc: AnalysedListing, keyword: Keyword, heads: frozenset[str]) -> bool:
    """True where a keyword has a head of the title, is in the product's group or next to it, or holds its name closed."""
    stem = last_stem(keyword.text)
    if stem in heads or (stem in lexicons.word_list("accessory_words") and doc.title is not None and stem in map(w.stem, doc.title.words)):
        return True
    product = doc.product or ""
    mine, theirs = group_of(keyword.text), group_of(product)
    if mine is not None and theirs is not None and (mine is theirs or near(keyword.text, product)):
        return True
    key = name_key(keyword.text)
    words = product.split()
    if len(words) > 1 and name_key(" ".join(words[-2:])) in key:
        return True
    head = doc.name.head
    if head is None:
        return False
    own = name_key(head)
    return (len(own) > 3 and (own in key or w.stem(own) in {w.stem(word) for word in keyword.text.lower().split()})) or _synonyms(head, last_stem(keyword.text))


@lru_cache(maxsize=50_000)
def _synonyms(head: str, other: str) -> bool:
    table = lexicons.nouns()
    mine = {sense.row for sense in table.senses(w.stem(head.lower()), 2)}
    return bool(mine) and any(sense.row in mine for sense in table.senses(other, 2))
