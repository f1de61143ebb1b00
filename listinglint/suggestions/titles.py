"""Title proposals by the guidelines: brand, then modifiers, the product name with its core noun last, then one distinguishing feature.

Nothing is invented. Every content word of a proposal stands in the title, or is a synonym of the product name, or comes from the
listing's own attributes, brief or keywords and is then shown as added. Brand, model and measures of the title are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from listinglint.engine import Linter
from listinglint.language.names import parse_title
from listinglint.language.words import COLOUR, MATERIAL, stem, word_info
from listinglint.marketplaces import measure
from listinglint.model import ListingReport, Text
from listinglint.suggestions.candidate import Candidate, Context, TitleProposal

_SMALL: Final = frozenset("a an the and or of for with in on to by from at per".split())
_MATERIAL_NAMES = re.compile(r"(?:main |body |primary |outer |upper |shell )?material(?:s| type)?\Z|fabric(?: type)?\Z")
_USE_NAMES = re.compile(r"(?:usage|use|application|usage/application|suitable for|ideal for)\Z")
_FEATURE_NAMES = re.compile(r"(?:feature|features|special feature|key feature|function)\Z")
_ORDER: Final = ("certificate", "specification", "colour", "audience", "style", "material", "function")
_USUAL_MOST: Final = 128


class _Draft(NamedTuple):
    text: str
    why: Text
    added: dict[str, str]


def _headline(word: str, first: bool) -> str:
    """A word as titles write it: capitals kept where it has any, small words small."""
    if any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word) or (word.isupper() and len(word) > 1):
        return word
    if word.lower() in _SMALL and not first:
        return word.lower()
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def _join(pieces: list[str]) -> str:
    """Pieces as one title: no word twice, every word in title case."""
    seen: set[str] = set()
    words: list[str] = []
    for piece in pieces:
        for word in piece.split():
            key = stem(word.strip("().,").lower())
            if key in seen and key not in _SMALL and not any(c.isdigit() for c in key):
                continue
            seen.add(key)
            words.append(word)
    return " ".join(_headline(word, at == 0) for at, word in enumerate(words))


def _modifiers(context: Context, product: str) -> list[str]:
    """The title's modifiers outside the product name, in the customary order."""
    inside = {stem(word) for word in product.lower().split()}
    out = []
    for kind in _ORDER:
        for text in context.name.modifiers.get(kind, ()):
            if not all(stem(word) in inside for word in text.lower().split()):
                out.append(text)
    return out


def _kept(context: Context) -> tuple[list[str], list[str]]:
    """What goes before and what goes behind the product name, all of it from the title."""
    name = context.name
    product = name.product or ""
    before = [one for one in (name.brand, name.series) if one]
    before += _modifiers(context, product)
    behind = []
    if name.model and name.model not in product:
        before.insert(1 if name.brand else 0, name.model)
    for extra in name.extras:
        text = extra.strip(" ()[]")
        if text and text.split()[0].lower() in ("for", "with", "in"):
            behind.append(text if text.split()[0].lower() != "in" else text)
        elif text:
            behind.append(f"({text})")
    behind += [text for text in name.modifiers.get("quantity", ()) if text not in product and not any(text in one for one in behind)]
    return before, behind


def _features(context: Context) -> Iterator[tuple[str, str]]:
    """A distinguishing feature that attributes tell and the title does not, with the attribute's name."""
    said = {stem(word) for word in (context.listing.text("title") or "").lower().replace("-", " ").split()}
    for label, value in context.attributes.items():
        short = value.strip().rstrip(".")
        words = [word for word in re.findall(r"[A-Za-z0-9'-]+", short)]
        if not words or len(words) > 5 or any(stem(word.lower()) in said for word in words if len(word) > 2):
            continue
        if _USE_NAMES.match(label):
            yield f"for {short}", label
        elif _FEATURE_NAMES.match(label) and len(words) <= 3:
            yield f"({short})", label


def _drafts(context: Context, ranked: list[Candidate]) -> Iterator[_Draft]:
    product = context.name.product
    if not product:
        return
    before, behind = _kept(context)
    yield _Draft(_join([*before, product]) + _tail(behind), Text("the same words, fillers and repeats left out, the core noun last", "保留原词，去掉空话和重复，核心名词置后"), {})
    material = _material(context, product)
    feature = next(_features(context), None)
    if material or feature:
        added = {}
        front, rear = list(before), list(behind)
        if material:
            front.append(material[0])
            added[material[0]] = material[1]
        if feature and not any(one.startswith("for ") for one in rear if feature[0].startswith("for ")):
            rear.insert(0, feature[0])
            added[feature[0].strip("()")] = feature[1]
        if added:
            yield _Draft(_join([*front, product]) + _tail(rear), Text("with what the attributes tell and the title does not", "补充属性中有而标题没有的信息"), added)
    common = next((c for c in ranked if c.kind == "synonym" and c.trust >= 0.85 and (c.volume or 0) > (_volume_of(context.product, ranked) or 0) and len(c.text.split()) > 1), None)
    if common is not None:
        new = [word for word in common.text.split() if stem(word.lower()) not in {stem(w) for w in (context.listing.text("title") or "").lower().split()}]
        yield _Draft(
            _join([*before, common.text]) + _tail(behind), Text(f"“{common.text}” is searched more often", f"“{common.text}”的搜索量更高"), dict.fromkeys(new, "synonym")
        )


def _volume_of(text: str, ranked: list[Candidate]) -> float | None:
    return next((c.volume for c in ranked if c.text.lower() == text.lower()), None)


def _material(context: Context, product: str) -> tuple[str, str] | None:
    if context.name.modifiers.get("material") or any(word_info(word) & MATERIAL and not word_info(word) & COLOUR for word in product.split()):
        return None
    for label, value in context.attributes.items():
        if _MATERIAL_NAMES.match(label) and len(value.split()) <= 2 and any(word_info(word) & MATERIAL for word in value.split()):
            return value.strip(), label
    return None


def _tail(behind: list[str]) -> str:
    out = ""
    for piece in behind:
        words = piece.split()
        text = " ".join(_headline(word, False) for word in words)
        out += f" {text}" if piece.startswith("(") or words[0].lower() in _SMALL else f", {text}"
    return out


def _shorten(text: str, most: int, unit: str) -> str:
    """The text without its last pieces until it fits."""
    while measure(text, unit) > most:
        cut = max(text.rfind(","), text.rfind(" ("), text.lower().rfind(" for "), text.lower().rfind(" with "))
        if cut <= 0:
            words = text.split()
            if len(words) < 3:
                return text
            text = " ".join(words[1:])
        else:
            text = text[:cut].rstrip(" ,")
    return text


def propose_titles(context: Context, ranked: list[Candidate], linter: Linter, report: ListingReport) -> list[TitleProposal]:
    """The proposals, the best score first, each linted in place of the title; the present title is none of them."""
    limit = linter.marketplace.limit("title", "max", linter.date)
    most, unit = (int(limit.value), limit.unit) if limit is not None else (_USUAL_MOST, "characters")
    title = context.listing.text("title") or ""
    out: dict[str, TitleProposal] = {}
    for draft in _drafts(context, ranked):
        text = _shorten(" ".join(draft.text.split()), most, unit)
        if not text or text == " ".join(title.split()) or text in out or not _keeps(context, text):
            continue
        after = linter.lint(context.listing.with_values({"title": text}))
        out[text] = TitleProposal(text, after.score, after.stars, after.score - report.score, draft.why, {k: v for k, v in draft.added.items() if k in text or k.title() in text or k.lower() in text.lower()})
    return sorted(out.values(), key=lambda t: (-t.score, t.text))


def _keeps(context: Context, text: str) -> bool:
    """True when the proposal still names the product and adds no word that nobody said."""
    name = parse_title(text)
    if not name.head:
        return False
    low = text.lower()
    return all(one.lower() in low for one in (context.name.brand, context.name.model) if one)
