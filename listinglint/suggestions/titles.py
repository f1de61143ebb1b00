"""Title proposals by the guidelines: brand, then modifiers, the product name with its core noun last, then one distinguishing feature.

Nothing is invented. A proposal keeps the words of the title in their order, but for fillers and repeats, and moves modifiers that trail
the name before it. Words that the title does not have come from the listing's attributes or are a synonym of the product name, and are
shown as added, with where they come from. Brand, model and measures stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from listinglint import lexicons
from listinglint.engine import Linter
from listinglint.language.names import parse_title
from listinglint.language.words import COLOUR, FUNCTION_WORD, MATERIAL, stem, word_info
from listinglint.marketplaces import measure
from listinglint.model import ListingReport, ProductName, Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.suggestions.candidate import Candidate, Context, TitleProposal

_WORD = re.compile(r"[^\s,;|()\[\]/]+")
_CHUNK = re.compile(r"\S+")
_JUNK = re.compile(r"\s*(?:[-–—]\s*|\(\s*)?(?:int'?l|export|international)(?:\s*\)|(?=\s|$|[-()]))|\(\s*\)", re.I)
_SMALL: Final = frozenset("a an the and or of for with in on to by from at per x".split())
_MOVED: Final = ("material", "colour", "audience", "style", "function", "certificate")
_MATERIAL_NAMES = re.compile(r"(?:main |body |primary |outer |upper |shell )?material(?:s| type)?\Z|fabric(?: type)?\Z")
_USE_NAMES = re.compile(r"(?:usage|use|application|usage/application|suitable for|ideal for)\Z")
_FEATURE_NAMES = re.compile(r"(?:feature|features|special feature|key feature)\Z")
_USUAL_MOST: Final = 128
_CLEAR: Final = 0.05


class _Draft(NamedTuple):
    text: str
    why: Text
    added: dict[str, str]


class _Parts(NamedTuple):
    """A title taken apart: what stands before the product name, modifiers right behind it, the name, and the rest as written."""

    before: list[str]
    moved: list[str]
    product: str
    rest: str


def _within(at: int, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= at < end for start, end in spans)


def _take_apart(name: ProductName, product: str) -> _Parts | None:
    """The parts of a title that names one product; None for any other."""
    title = name.title
    start = title.find(product)
    if start < 0 or name.several:
        return None
    end = start + len(product)
    fillers = name.spans.get("fillers", ())
    before = [match[0] for match in _CHUNK.finditer(title, 0, start) if not _within(match.start(), fillers)]
    moved: list[str] = []
    kinds = [span for kind in _MOVED for span in name.spans.get(kind, ())]
    for match in _CHUNK.finditer(title, end):
        if title[end : match.start()].strip() or not _within(match.start(), tuple(kinds)) or not match[0].isalpha():
            break
        moved.append(match[0])
        end = match.end()
    following = _CHUNK.match(title, end + 1) if title[end : end + 1] == " " else None
    if moved and following is not None and following[0].isalpha() and following[0].lower() not in _SMALL:
        # What follows in the same breath may be what the modifiers belong to: `… Coffee Beans Fully Washed`.
        moved, end = [], start + len(product)
    rest = "".join(c for at, c in enumerate(title) if at >= end and not _within(at, fillers))
    return _Parts([word for word in before if word.strip("-–—|.,:")], moved, product, _JUNK.sub("", rest).rstrip(" -–—|,;"))


def _headline(word: str, first: bool) -> str:
    """A word as titles write it: capitals kept where it has any, small words and units small."""
    if any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word) or (word.isupper() and len(word) > 1):
        return word
    if not first and (word.lower() in _SMALL or word.lower().rstrip(".,;)") in _UNITS):
        return word.lower()
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


_UNITS: Final = frozenset("mm cm m km kg g mg ml l oz lb lbs in inch ft w kw v hz rpm psi bar gsm mesh pcs mah".split())


def _compose(before: list[str], product: str, rest: str, extra: str = "") -> str:
    """One title of these parts; before the name no word stands twice, nor one of the name."""
    named = {stem(word.lower()) for word in product.split()}
    seen: set[str] = set()
    kept: list[str] = []
    for word, following in zip(before, [*before[1:], ""], strict=False):
        key = stem(word.strip(".,:;()").lower())
        if key in named and following.lower() != "of" and not any(c.isdigit() for c in key):
            continue
        if key in seen and key not in _SMALL and not any(c.isdigit() for c in key):
            continue
        seen.add(key)
        kept.append(word)
    while kept and kept[-1].lower() in ("a", "an", "the", "and", "or", "of") and kept[-1] is not before[-1]:
        kept.pop()
    text = " ".join(_headline(word, at == 0) for at, word in enumerate([*kept, *product.split()]))
    tail = " ".join(_headline(word, False) for word in rest.split())
    joined = tail.startswith((",", ";", ":", ")"))
    text = f"{text}{tail}" if joined else f"{text} {tail}"
    words = f"{text} {extra}".split()
    while words and words[-1].lower() in _SMALL and not (words[-1].lower() == "in" and words[-2:-1] and words[-2][-1:].isdigit()):
        words.pop()
    return " ".join(words)


def _feature(context: Context, said: set[str]) -> tuple[str, str, str] | None:
    """A use or a feature that attributes tell and the title does not: as it is put, its words, the attribute."""
    for label, value in context.attributes.items():
        short = value.strip().rstrip(".")
        words = re.findall(r"[A-Za-z0-9'-]+", short)
        if not words or len(words) > 5 or not short.isascii() or any(stem(word.lower()) in said for word in words if len(word) > 2):
            continue
        if short.lower() in ("yes", "no", "none", "other", "others", "n/a", "industrial", "commercial"):
            continue
        if _USE_NAMES.match(label):
            bare = re.sub(r"^(?:for|used for|suitable for|use in)\s+", "", short, flags=re.I)
            return f"for {bare}", bare, label
        if _FEATURE_NAMES.match(label) and len(words) <= 3:
            return f"({short})", short, label
    return None


def groups_of_head(head: str | None) -> tuple[str, ...]:
    """The groups of products that a head stands in; a machine stands in `machine`."""
    found = lexicons.head_groups().get(stem(head.lower()), "").rstrip("*") if head else ""
    return (found,) if found else ()


def _material(context: Context) -> tuple[str, str] | None:
    """The one material that the attributes name, where the title names none."""
    title = (context.listing.text("title") or "").lower().replace("-", " ").split()
    if any(word_info(word) & MATERIAL and not word_info(word) & COLOUR for word in title):
        return None
    if "machine" in groups_of_head(context.name.head):
        # Of a machine the material is that of its frame.
        return None
    for label, value in context.attributes.items():
        words = value.replace(",", " , ").split()
        if _MATERIAL_NAMES.match(label) and 0 < len(words) <= 2 and all(word.isalpha() for word in words) and word_info(words[-1].lower()) & MATERIAL:
            return value.strip(), label
    return None


def _drafts(context: Context, product: str, ranked: list[Candidate]) -> Iterator[_Draft]:
    parts = _take_apart(context.name, product)
    if parts is None:
        return
    title = context.listing.text("title") or ""
    said = {stem(word.strip(".,;:()").lower()) for word in title.replace("-", " ").split()}
    front = [*parts.before, *parts.moved]
    yield _Draft(
        _compose(front, parts.product, parts.rest), Text("the same words: fillers and repeats left out, modifiers before the name", "保留原词：去掉空话和重复，修饰词置于名称之前"), {}
    )
    material, feature = _material(context), _feature(context, said)
    added: dict[str, str] = {}
    extra = ""
    if material:
        front = [*front, *material[0].split()]
        added[material[0]] = material[1]
    if feature and not re.search(r"\b(?:for|with)\b|\(", parts.rest, re.I):
        extra = feature[0]
        added[feature[1]] = feature[2]
    if added:
        yield _Draft(_compose(front, parts.product, parts.rest, extra), Text("with what the attributes tell and the title does not", "补充属性中有而标题没有的信息"), added)
    common = _more_searched(context, ranked)
    if common is not None:
        new = [word for word in common.split() if stem(word.lower()) not in said]
        yield _Draft(
            _compose([*parts.before, *parts.moved], common, parts.rest), Text(f"“{common}” is searched more often", f"“{common}”的搜索量更高"), dict.fromkeys(new, "synonym")
        )


def _more_searched(context: Context, ranked: list[Candidate]) -> str | None:
    """A synonym of the name that the search-term report shows with more searches than the name itself."""
    own = next((c.volume for c in ranked if c.text.lower() == context.product.lower()), None) or 0.0
    best = [c for c in ranked if c.kind == "synonym" and c.trust >= 0.8 and (c.volume or 0.0) > own and len(c.text.split()) > 1]
    return max(best, key=lambda c: (c.volume or 0.0, c.text)).text if best else None


def _shorten(text: str, most: int, unit: str) -> str:
    """The text without its last pieces until it fits."""
    while measure(text, unit) > most:
        cut = max(text.rfind(","), text.rfind(" ("), text.rfind(" | "), text.rfind(" - "), text.lower().rfind(" for "), text.lower().rfind(" with "))
        if cut <= 0:
            words = text.split()
            if len(words) < 3:
                return text
            text = " ".join(words[1:])
        else:
            text = text[:cut].rstrip(" ,")
    return text


def propose_titles(context: Context, product: str, ranked: list[Candidate], linter: Linter, doc: AnalysedListing) -> list[TitleProposal]:
    """The proposals, the best score first, each linted in place of the title.

    `product` is the product name as the title writes it, `doc` the analysed listing. The present title is no proposal, nor is one that would score lower.
    """
    limit = linter.marketplace.limit("title", "max", linter.date)
    most, unit = (int(limit.value), limit.unit) if limit is not None else (_USUAL_MOST, "characters")
    title = " ".join((context.listing.text("title") or "").split())
    out: dict[str, TitleProposal] = {}
    before: ListingReport | None = None
    for draft in _drafts(context, product, ranked):
        text = _shorten(draft.text, most, unit)
        if not text or text.lower() == title.lower() or text in out or not _keeps(context, text):
            continue
        before = before or linter.judge(doc)  # only listings with a draft are judged
        after = linter.judge(doc.changed({"title": text}))
        if after.score < before.score - _CLEAR:
            continue
        added = {words: source for words, source in draft.added.items() if words.lower() in text.lower()}
        out[text] = TitleProposal(text, after.score, after.stars, after.score - before.score, draft.why, added)
    return sorted(out.values(), key=lambda t: (-t.score, t.text))


def _keeps(context: Context, text: str) -> bool:
    """True when the proposal still names a product and keeps brand and model."""
    low = text.lower()
    if any(one.lower() not in low for one in (context.name.brand, context.name.model) if one):
        return False
    return bool(parse_title(text).head)


def content_words(text: str) -> set[str]:
    """Stems of the content words of a title: what a proposal may hold."""
    words = (word.strip(".:-–—|*!'\"").lower() for word in _WORD.findall(text.replace("-", " ")))
    return {stem(word) for word in words if word and not word_info(word) & FUNCTION_WORD}
