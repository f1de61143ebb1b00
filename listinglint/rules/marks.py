"""Certification marks: which ones a listing holds, and which ones its texts claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from listinglint.model.patterns import lazy_pattern
from listinglint.rules.phrases import Entry, normal, read_lexicon

if TYPE_CHECKING:
    from listinglint.rules.analysis import AnalysedListing, FoundPhrase

_PIECE: Final = lazy_pattern(r"[^,;|\n、，；+&]+")
_ISO: Final = lazy_pattern(r"\b(iso|iatf|en|ts|bs|sa)\s?(\d{4,5})\b")
_SAME: Final = {"TUV mark": "TUV", "WHO GMP": "GMP", "ISO 22716": "ISO 22716", "IECEE": "CB", "EN ISO 20345": "EN ISO 20345"}
"""Marks whose spellings the lexicon keeps apart because one may say different things of them."""
_CERTIFICATE_KEY: Final = lazy_pattern(r"certif|approval|compliance|conformity|\bmarks?\b|认证|证书", re.I)
CLAIM_WORD: Final = lazy_pattern(
    r"\b(?:certified|certificated|certificates?|certifications?|approved|approval|listed|marked|marking|mark|compliant|compliance|cleared|"
    r"registered|tested|verified|accredited|qualified|recogni[sz]ed|passed|standards?|audited)\b",
    re.I,
)
_NONE: Final = lazy_pattern(r"\s*(?:no|none|nil|n/?a|without|(?:non|not|un)[\s-]*certified|not\s+(?:available|applicable)|no\s+certificat\w*)\s*\.?\s*\Z", re.I)
_NOT_BEFORE: Final = frozenset({"no", "not", "non", "without", "windows", "nord", "isn't", "never"})
_UNSAID_KINDS: Final = frozenset({"green"})
_LABELS: Final = frozenset({"EN 13432", "EU Ecolabel", "Blue Angel", "Nordic Swan", "Cradle to Cradle", "Green Seal", "EPEAT", "EPD"})
_MOST: Final = 500
"""So many names of marks are looked at in one listing."""
_MIXED: Final = frozenset({"OEKO-TEX", "INMETRO", "ANATEL", "NEMKO", "SEMKO", "DEMKO"})
"""Names in capitals that sellers write with one capital as well."""
_STANDARD: Final = lazy_pattern(r"(?:(?:BS )?EN(?: ISO)?|ANSI|ASTM F|CPSC|AS/NZS|NFPA|BS|IEC|TB|ISO (?:4210|12402|20345|20471))[ -]?[A-Z]?\d.*", re.I)
"""A safety standard with its number claims conformity wherever it stands; the lexicon holds those of finished goods only."""
_NOTIFIED: Final = lazy_pattern(r"\bce ?\d{4}\b")
"""The mark with the number of the body behind it."""
_NEVER_CLAIM: Final = frozenset({"IP rating"})


class Claim(NamedTuple):
    """A mark that a text claims: its canonical name, the match, and whether words such as "certified" stand in it."""

    mark: str
    found: FoundPhrase
    worded: bool


@cache
def _marks() -> dict[str, str]:
    """Normalised spellings to canonical marks."""
    out: dict[str, str] = {}
    for row in read_lexicon("certifications"):
        for spelling in (row["mark"], *row["spellings"].split(";")):
            key = normal(spelling)
            if key:
                out.setdefault(key, canonical(row["mark"]))
    return out


@cache
def _longest() -> int:
    return max(key.count(" ") for key in _marks()) + 1


def canonical(mark: str) -> str:
    """The name under which the spellings of one mark meet."""
    return _SAME.get(mark, mark)


def marks_in(text: str) -> frozenset[str]:
    """Canonical marks named in a list of certificates (`CE, RoHS; ISO9001:2015`); an unknown one stands for itself."""
    known, longest = _marks(), _longest()
    out: set[str] = set()
    if _NONE.match(text):
        return frozenset()
    for piece in _PIECE.findall(text[:5000]):
        words = _NOTIFIED.sub("ce", _ISO.sub(r"\1 \2", normal(piece))).split()[:60]
        read: set[int] = set()
        for size in range(min(longest, len(words)), 0, -1):
            for at in range(len(words) - size + 1):
                mark = known.get(" ".join(words[at : at + size]))
                if mark is not None and read.isdisjoint(range(at, at + size)):
                    out.add(mark)
                    read.update(range(at, at + size))
        if not read and words:
            out.add(" ".join(piece.split()).upper())
    return frozenset(out)


def _own_texts(doc: AnalysedListing) -> Iterator[str]:
    for part in doc.parts("certifications"):
        if not part.blank:
            yield part.text
    for name, attribute in doc.attributes.items():
        if is_certificate_key(name):
            yield attribute.value
    yield from doc.seller.certifications


def is_certificate_key(name: str) -> bool:
    """True for the name of an attribute that holds certificates."""
    return _CERTIFICATE_KEY.search(name) is not None


def in_attribute_name(doc: AnalysedListing, found: FoundPhrase) -> bool:
    """True in the name of an attribute (`Is It ISO Certified: No`), where nothing is claimed."""
    if found.source.field != "attributes":
        return False
    values = [one for one in doc.attributes.values() if one.source is found.source]
    return bool(values) and not any(one.start <= found.start < one.end for one in values)


def in_certificate_attribute(doc: AnalysedListing, found: FoundPhrase) -> bool:
    """True inside the value of the attribute that names the certificates."""
    if found.source.field != "attributes":
        return False
    names = doc.listing.keys.get("attributes")
    if names and found.source.part < len(names):
        return is_certificate_key(names[found.source.part])
    return any(
        is_certificate_key(name) and one.source is found.source and one.start <= found.start < one.end + 1
        for name, one in doc.attributes.items()
    )


def held_marks(doc: AnalysedListing) -> frozenset[str]:
    """Canonical marks that the listing's certifications, its attributes or the seller hold."""
    out: set[str] = set()
    for text in _own_texts(doc):
        out.update(marks_in(text))
    return frozenset(out)


def says_what_it_holds(doc: AnalysedListing) -> bool:
    """True where the source or the seller says anything at all about certificates, be it that there are none."""
    return doc.has("certifications") or bool(doc.seller.certifications) or any(map(is_certificate_key, doc.attributes))


@cache
def _heads(mark: str) -> str:
    """The first word of a mark as it is written: what capitals are compared by."""
    return mark.split()[0]


def _capitals_fit(found: FoundPhrase, entry: Entry) -> bool:
    """True where a bare name is written as the mark is (`CE`, `RoHS`), so that `ce` or `dot` is none."""
    text = found.text
    first = re.split(r"[\s-]", text)[0]
    wanted = _heads(entry["mark"])
    if wanted in _MIXED:
        return text[:1].isupper()
    if wanted.isupper():
        return first.isupper() or sum(map(str.isupper, first)) > len(first) // 2
    return text[:1].isupper() or wanted == "RoHS"


def _part_of_code(found: FoundPhrase) -> bool:
    """True inside a model code, a number or another mark's code (`GS-200`, `UL 94 V-0`, `CE285A`)."""
    raw = found.source.raw
    before, after = raw[max(0, found.start - 2) : found.start], raw[found.end : found.end + 4]
    if (before[-1:] in ("-", "_", ".", "#") and before[:1].isalnum()) or (after[:1] in ("-", "_") and after[1:2].isdigit()):
        return True
    return found.entry["mark"] in ("UL", "GS", "CE", "KC", "DOT") and re.match(r"\s?-?\d", after) is not None


@cache
def _lookalikes() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Marks with the words before and after which their letters mean something else."""
    return {row["mark"]: (frozenset(row["before"].split(";")), frozenset(row["after"].split(";"))) for row in read_lexicon("certification_lookalikes")}


def _other_meaning(found: FoundPhrase) -> bool:
    words = _lookalikes().get(found.entry["mark"])
    if words is None:
        return False
    flat = found.source.flat
    before, after = flat[max(0, found.start - 20) : found.start].split()[-1:], flat[found.end : found.end + 20].split()[:1]
    return bool(words[0].intersection(before) or words[1].intersection(after))


def _beside_marks(found: FoundPhrase, others: Sequence[FoundPhrase]) -> bool:
    """True where a claim word or another mark stands right beside the name."""
    text = found.source.text
    if CLAIM_WORD.match(text, found.end + 1) or CLAIM_WORD.search(text[max(0, found.start - 24) : found.start]):
        return True
    for other in others:
        if other is found or other.source is not found.source:
            continue
        gap = text[found.end : other.start] if other.start >= found.end else text[other.end : found.start]
        if len(gap) < 6 and not any(c.isalnum() for c in gap.replace("and", "")):
            return True
    return False


def claims(doc: AnalysedListing, fields: Sequence[str]) -> list[Claim]:
    """The marks that the texts claim, in order. A name that is also a word, a unit or a code claims only where a word
    such as "certified" or another mark stands beside it, or where it is one that means nothing else."""
    found = [
        one
        for one in doc.phrases("certifications", fields)
        if (one.entry["kind"] not in _UNSAID_KINDS or one.entry["mark"] in _LABELS) and one.entry["mark"] not in _NEVER_CLAIM
    ]
    del found[_MOST:]
    out = []
    for at, one in enumerate(found):
        if in_attribute_name(doc, one):
            continue
        worded = CLAIM_WORD.search(one.text) is not None
        if one.source.flat[max(0, one.start - 12) : one.start].split()[-1:] and (
            one.source.flat[max(0, one.start - 12) : one.start].split()[-1] in _NOT_BEFORE
        ):
            continue
        if not worded:
            if _part_of_code(one) or not _capitals_fit(one, one.entry) or _other_meaning(one):
                continue
            numbered = one.entry["kind"] == "product-legal" and _STANDARD.fullmatch(one.text) is not None
            sure = numbered or (one.entry["bare"] == "1" and not (one.text.isupper() and one.source.raw.isupper()) and len(one.text) > 2)
            if not sure and not (_beside_marks(one, found[max(0, at - 1) : at + 2]) and (one.entry["bare"] == "1" or _worded_after(one))):
                continue
        out.append(Claim(canonical(one.entry["mark"]), one, worded))
    return out


def _worded_after(found: FoundPhrase) -> bool:
    return CLAIM_WORD.match(found.source.text, found.end + 1) is not None
