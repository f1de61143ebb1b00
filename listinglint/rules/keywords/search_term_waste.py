"""Words that waste the room of search terms: repeats, words of the title, brands, stop words, temporary and subjective ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.language.plurals import singularize
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing, FieldText, Token
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_KINDS: Final = ("repeat", "title", "brand", "stop", "temporary", "subjective")
_SIZES: Final = (2, 1)


@cache
def _listed() -> dict[tuple[str, ...], str]:
    return {tuple(row["text"].split()): row["kind"] for row in lexicons.table("search_term_words")}


def _brands(doc: AnalysedListing) -> frozenset[str]:
    given = [part.text for part in doc.parts("brand") if not part.blank] + list(doc.seller.brands)
    return frozenset(word for text in given if len(text) < 60 for word in text.lower().split() if len(word) > 1)


def _is_brand(word: str, own: frozenset[str]) -> bool:
    if word in own:
        return True
    known = lexicons.brands().get(word)
    return known is not None and not known.ambiguous and not w.word_info(word) & (w.HEAD | w.PRODUCT_NOUN | w.MATERIAL)


def _judge(doc: AnalysedListing) -> Iterator[tuple[FieldText, int, int, str]]:
    """The wasteful words in order: their cell, first and last token, and kind."""
    in_title = {singularize(word) for word in doc.title.words} if doc.title is not None else set()
    own, listed = _brands(doc), _listed()
    seen: set[str] = set()
    for part in doc.parts("keywords"):
        if part.blank:
            continue
        tokens, at = part.tokens, 0
        while at < len(tokens):
            size, kind = next(
                (
                    (size, found)
                    for size in _SIZES
                    if at + size <= len(tokens) and (found := listed.get(tuple(t.word for t in tokens[at : at + size])))
                ),
                (1, None),
            )
            if kind == "keep":
                seen.update(singularize(token.word) for token in tokens[at : at + size])
                at += size
                continue
            word = tokens[at].word
            key = singularize(word)
            if kind is None:
                kind = "repeat" if key in seen else "title" if key in in_title else "brand" if _is_brand(word, own) else None
                seen.add(key)
            if kind is not None:
                yield part, at, at + size - 1, kind
            at += size


def _edit(part: FieldText, tokens: list[Token], first: int, last: int) -> tuple[int, int, str]:
    """Takes tokens out with the separators behind them, or those before for the last one."""
    if last + 1 < len(tokens):
        return tokens[first].start, tokens[last + 1].start, ""
    return (tokens[first - 1].end if first else tokens[first].start), tokens[last].end, ""


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding a kind and cell: marks the first such word, and takes all of them out."""
    kinds = frozenset(options["kinds"])
    allowed = frozenset(word.lower() for word in options["allowed"])
    found: dict[tuple[int, str], list[tuple[FieldText, int, int]]] = {}
    for part, first, last, kind in _judge(doc):
        if kind in kinds and part.tokens[first].word not in allowed:
            found.setdefault((part.part, kind), []).append((part, first, last))
    for (_, kind), places in found.items():
        part, first, last = places[0]
        tokens = part.tokens
        shown = list(dict.fromkeys(part.raw[part.tokens[a].start : part.tokens[b].end] for _, a, b in places))
        edits = _apart([_edit(part, tokens, a, b) for _, a, b in places])
        yield part.hit(tokens[first].start, tokens[last].end, kind, edits=edits, safe=True, words=", ".join(shown[:8]), count=len(places))


def _apart(edits: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Edits without overlaps: the last word's takes the blank before it, which the one before may hold."""
    out: list[tuple[int, int, str]] = []
    for start, end, text in edits:
        if out and start < out[-1][1]:
            start = out[-1][1]
        if end > start:
            out.append((start, end, text))
    return out



RULE = Rule(
    name="search-term-waste",
    group="keywords",
    severity="warning",
    fields=("keywords",),
    fix="safe",
    english=True,
    keywords="bag",
    screen=lambda doc: any(part.words for part in doc.parts("keywords")),
    options=(
        Option("kinds", list, _KINDS, Text("what is looked for: repeat, title, brand, stop, temporary, subjective", "检查的种类：repeat、title、brand、stop、temporary、subjective")),
        Option("allowed", list, (), Text("words that are accepted", "允许的词")),
    ),
    summary=Text("Search terms that waste room: repeats, stop words, words of the title, brands, temporary and subjective words", "浪费空间的搜索词：重复词、虚词、标题已有的词、品牌、时效性和主观性词语"),
    messages={
        "repeat": Text("Repeated in the search terms ({count}): {words}; each word counts once, singular or plural", "搜索词里重复了 {count} 处：{words}；每个词只算一次，单复数也算同一个"),
        "title": Text("The title holds these words already ({count}): {words}; use the room for others", "标题里已有这 {count} 个词：{words}，请把空间留给别的词"),
        "brand": Text("Brands do not belong into search terms: {words}", "搜索词里不能写品牌：{words}"),
        "stop": Text("Words that search ignores ({count}): {words}", "搜索会忽略的虚词（{count} 处）：{words}"),
        "temporary": Text("Words that are true for a time only: {words}; the marketplace bans them in search terms", "时效性词语：{words}，平台不允许出现在搜索词里"),
        "subjective": Text("Words of praise: {words}; the marketplace bans them in search terms", "主观性词语：{words}，平台不允许出现在搜索词里"),
    },
    page=Text(
        "Looks at marketplaces whose keywords are a bag of words with a limit in bytes (Amazon's search terms). Every word counts once, in singular or plural, and the "
        "words of the title are indexed anyway; articles and prepositions are ignored. Brands, words that are true for a time (new, on sale) and "
        "praise (best, amazing) are banned there. All of these take room from words that would bring buyers: synonyms, uses, other spellings. The fix takes them out; "
        "the order of the others stays.",
        "检查关键词是一袋词、按字节限长的平台（亚马逊搜索词）。每个词只算一次，单复数相同；标题里的词本来就会收录；冠词和介词会被忽略。"
        "品牌、时效性词语（new、on sale）和主观性词语（best、amazing）在那里是禁止的。它们都占用了能带来买家的空间：同义词、用途、其他拼写。修复会删掉它们，其余词的顺序不变。",
    ),
    check=check,
    examples=(
        Good("Camping Lantern", keywords="tent light bright led hiking", on="amazon"),
        Good("Desk Lamp", keywords="reading light study bedside", on="amazon"),
        FalseAlarm("Camping Lantern", keywords="camping lantern, tent light", why=Text("a list of keywords, not a bag of words", "这里的关键词是列表，不是一袋词")),
        FalseAlarm("Picture Frame", keywords="new baby gift best friend photo", on="amazon", why=Text("occasions, not praise or news", "是场合，不是时效或夸赞")),
        Bad("Camping Lantern", keywords="tent light tents hiking", on="amazon", fixed={"keywords": "tent light hiking"}),
        Bad("Camping Lantern", keywords="lantern for tent and hiking", on="amazon", fixed={"keywords": "tent hiking"}),
        Bad("Camping Lantern", keywords="best tent light on sale", on="amazon", fixed={"keywords": "tent light"}),
        Bad("Camping Lantern", brand="Tolvex", keywords="tolvex tent light coleman", on="amazon", fixed={"keywords": "tent light"}),
    ),
)  # fmt: skip
