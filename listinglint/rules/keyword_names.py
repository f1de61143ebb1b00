"""Which keywords name the listing's product: shared by the rules on complete names, synonyms and unrelated keywords."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.language.thesaurus import Group, name_key, thesaurus
from listinglint.model.memory import PHRASES
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, Keyword, is_plain, kept

_CUT: Final = lazy_pattern(r"\b(?:for|with|without|from|in|by|of|to|and)\b|[,(|/]|\s[-–—]\s", re.I)
_CUT_WORDS: Final = frozenset({"for", "with", "without", "from", "in", "by", "of", "to", "and"})
_NAME_WORD: Final = lazy_pattern(r"[^\W_]+(?:['’-][^\W_]+)*")
_SEGMENT: Final = lazy_pattern(r"[|,;()\[\]:/]|\s[-–—]\s|\bwith\b|\bfor\b")
SETS: Final = frozenset({"set", "kit", "pack", "combo", "bundle", "pair"})
_NO_HEADS: Final = SETS | {"size"}
_DOER: Final = lazy_pattern(r"[a-z]{3,}[eo]rs?")
_DOING: Final = lazy_pattern(r"[a-z]{3,}(?:ing|ion)")
_LEADING_PUNCTUATION: Final = " -–—|,:()"


@cache
def heads_of_kind(kind: str) -> frozenset[str]:
    """Stems of the heads that `keyword_heads.csv` lists under a kind."""
    return frozenset(w.stem(word) for row in lexicons.table("keyword_heads") if row["kind"] == kind for word in row["words"].split(";"))


@cache
def groups_by_head() -> dict[str, frozenset[str]]:
    """Stems of heads with all the groups of `heads.txt` that hold them."""
    found: dict[str, set[str]] = {}
    for line in lexicons.head_lines():
        group, _, words = line.partition(":")
        for word in words.split(","):
            if word.strip():
                found.setdefault(w.stem(word.strip().rstrip("*")), set()).add(group.strip())
    return {stem: frozenset(groups) for stem, groups in found.items()}


@lru_cache(maxsize=PHRASES)
def core(text: str) -> str:
    """A keyword without what follows for, with, in …"""
    if is_plain(text) and _CUT_WORDS.isdisjoint(text.lower().split()):
        return text
    cut = _CUT.search(text)
    return (text[: cut.start()].strip(_LEADING_PUNCTUATION) if cut and cut.start() > 2 else text) or text


@lru_cache(maxsize=PHRASES)
def last_stem(text: str) -> str:
    """The stem of the last word of a keyword's core: what its head most likely is."""
    words = text.lower().split() if is_plain(text) else []
    if not words or not _CUT_WORDS.isdisjoint(words):
        words = _NAME_WORD.findall(core(text).lower())
    while len(words) > 1 and (words[-1] in _NO_HEADS or any(map(str.isdigit, words[-1]))):
        words.pop()
    return w.stem(words[-1].rsplit("-", 1)[-1]) if words else ""


def keyword_stem(keyword: Keyword) -> str:
    """The `last_stem` of a keyword, kept with it."""
    facts = keyword.__dict__
    found: str | None = facts.get("last_stem")
    if found is None:
        words = keyword.words
        last = ""
        if keyword.plain:
            if _CUT_WORDS.isdisjoint(words):
                last = words[-1]
            elif len(words[0]) > 1:
                at = 0
                while words[at] not in _CUT_WORDS:
                    at += 1
                last = words[at - 1]  # where the first word is one, nothing is cut, and that is the last word
        found = facts["last_stem"] = w.stem(last) if last.isalpha() and last not in _NO_HEADS else last_stem(keyword.text)
    return found


@lru_cache(maxsize=PHRASES)
def group_of(text: str) -> Group | None:
    """The thesaurus group of a name; a set or kit is looked up by what it holds too."""
    found = thesaurus().match(core(text))
    if found is None:
        words = core(text).split()
        if len(words) > 1 and words[-1].lower() in SETS:
            found = thesaurus().match(" ".join(words[:-1]))
    return found.group if found is not None else None


@lru_cache(maxsize=PHRASES)
def near(keyword: str, product: str) -> bool:
    """True where the thesaurus takes a keyword for the product, or for the next name above or below it."""
    if thesaurus().relation(core(keyword), product) in ("same", "broader", "narrower"):
        return True
    # Names that are easily confused may stand one above the other all the same: flip flops are sandals.
    head = last_stem(product)
    return head not in lexicons.word_list("accessory_words") and any(last_stem(name) == head for name in thesaurus().broader(core(keyword)))


@kept
def own_heads(doc: AnalysedListing) -> frozenset[str]:
    """Of the `heads_of_title` those of the title's head and product: they are found without reading its segments."""
    if doc.title is None:
        return frozenset()
    return _telling({last_stem(text.strip()) for text in (doc.name.head, doc.product) if text and text.strip()})


def _telling(stems: set[str]) -> frozenset[str]:
    marks = lexicons.word_list("junk_marks")
    return frozenset([stem for stem in stems if stem and stem not in marks and not w.word_info(stem) & (w.COLOUR | w.SIZE)])


@kept
def heads_of_title(doc: AnalysedListing) -> frozenset[str]:
    """Stems of the head and of the last word of each segment and each product of the title."""
    title = doc.title
    if title is None:
        return frozenset()
    texts = [doc.name.head or "", doc.product or "", *doc.name.products, *_SEGMENT.split(title.text)]
    found = {last_stem(text.strip()) for text in texts if text.strip()}
    product = (doc.product or "").lower().split()
    if product and product[-1] in SETS:
        found.update(w.stem(word) for word in product if w.word_info(word) & w.HEAD)
    return _telling(found)


def names_product(doc: AnalysedListing, keyword: Keyword, heads: frozenset[str]) -> bool:
    """True where a keyword has a head of the title, is in the product's group or next to it, or holds its name closed."""
    stem = keyword_stem(keyword)
    if stem in heads:
        return True
    makes = not heads.isdisjoint(heads_of_kind("machine"))
    if not makes and stem in lexicons.word_list("accessory_words") and doc.title is not None and stem in map(w.stem, doc.title.words):
        return True
    product = doc.product or ""
    mine, theirs = group_of(keyword.text), group_of(product)
    if mine is not None and theirs is not None and (mine is theirs or near(keyword.text, product)):
        return True
    if theirs is not None and ends_a_name(core(keyword.text), theirs):
        return True
    if mine is not None and product and ends_a_name(core(product), mine):
        return True
    if product and (same_machine(keyword.text, product) or left_off(keyword.text, product)):
        return True
    key = name_key(keyword.text)
    words = product.split()
    if len(words) > 1 and name_key(" ".join(words[-2:])) in key:
        return True
    head = doc.name.head
    if head is None:
        return False
    if _double_name(doc, stem, w.stem(head.lower())):
        return True
    own = name_key(head)
    return (len(own) > 3 and (own in key or w.stem(own) in {w.stem(word) for word in keyword.text.lower().split()})) or _synonyms(head, last_stem(keyword.text))


def _double_name(doc: AnalysedListing, stem: str, head: str) -> bool:
    """True where the title itself calls the product by the keyword's head as well: `Baseball Cap Visor Hat`, `Sandals Shoes`."""
    groups, parts = groups_by_head(), lexicons.word_list("accessory_words")
    if stem in parts or head in parts or groups.get(stem, frozenset()).isdisjoint(groups.get(head, ())):
        return False
    return doc.title is not None and stem in map(w.stem, doc.title.words)


@lru_cache(maxsize=PHRASES)
def ends_a_name(text: str, group: Group) -> bool:
    """True where a name of the group ends with `text` (`earbuds`, `wired earbuds`), unless that is a vague word or a part's."""
    stem = last_stem(text)
    alone = " " not in text and (stem in lexicons.word_list("accessory_words") or bool(w.word_info(stem) & w.GENERAL))
    if alone or len(text) < 4:
        return False
    key = name_key(text)
    return any(name_key(name).endswith(key) for name in group.names)


def same_machine(keyword: str, product: str) -> bool:
    """True for two names of one machine: `pipe extrusion line` and `pipe extrusion plant`, `plastic extruder` and `extrusion machine`."""
    machines = heads_of_kind("machine")
    return (last_stem(product) in machines or last_stem(keyword) in machines) and _same_machine(keyword, product)


@lru_cache(maxsize=PHRASES)
def _same_machine(keyword: str, product: str) -> bool:
    machines = heads_of_kind("machine")
    one, other = core(keyword).lower().split(), core(product).lower().split()
    if not one or not other:
        return False
    ends = w.stem(one[-1]) in machines, w.stem(other[-1]) in machines
    if all(ends):
        return not ({w.stem(word) for word in one} - machines).isdisjoint(w.stem(word) for word in other)
    if not any(ends):
        return False
    agent, process = (other, one) if ends[0] else (one, other)
    doer = _DOER.fullmatch(agent[-1])
    return doer is not None and any(word[:4] == doer[0][:4] and _DOING.fullmatch(word) is not None for word in process)


def left_off(keyword: str, product: str) -> bool:
    """True where a keyword says the thing whose head may be left off: `blueberry` for a blueberry plant, `coffee` for a coffee bag."""
    thing = _without_head(product)
    return thing is not None and last_stem(keyword) == thing


@lru_cache(maxsize=PHRASES)
def _without_head(product: str) -> str | None:
    """The stem of the thing that may stand for the product without its head; None where the head may not be left off."""
    words = w.content_words(core(product))
    if len(words) < 2:
        return None
    left = words[-1] in heads_of_kind("open") or (words[-1] in heads_of_kind("pack") and w.word_info(words[-2]) & w.FOOD)
    return words[-2] if left else None


@lru_cache(maxsize=PHRASES)
def _synonyms(head: str, other: str) -> bool:
    table = lexicons.nouns()
    mine = {sense.row for sense in table.senses(w.stem(head.lower()), 2)}
    return bool(mine) and any(sense.row in mine for sense in table.senses(other, 2))
