"""Claims that no one can hold: CE certified, FDA approved, ISO 9001 product, FCC approved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Final

from listinglint.model import TEXT_FIELDS, Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FoundPhrase
from listinglint.rules.marks import CLAIM_WORD, in_attribute_name, in_certificate_attribute
from listinglint.rules.phrases import Entry, normal
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule

_FIELDS: Final = (*TEXT_FIELDS, "attributes")
_SHORT: Final = frozenset({"title", "subtitle", "keywords", "seo_title"})
_MOST: Final = 500
"""So many names of marks are looked at in one listing."""
_COMPANY: Final = lazy_pattern(
    r"\b(?:company|companies|factory|factories|manufacturer|manufacturers|manufacturing|supplier|suppliers|plant|facility|facilities|enterprise|firm|"
    r"workshop|laborator(?:y|ies)|lab|management|quality\s+(?:system|control|assurance)|system|organi[sz]ation|producer|we\s+are|we\s+have|our\s+company|site|mill|exporter|corporation|vendor|business)\b",
    re.I,
)
_NEXT_COMPANY: Final = lazy_pattern(r"\s+(?:company|factory|manufacturer|supplier|plant|facility|enterprise|firm|workshop|producer|exporter|vendor)s?\b", re.I)
_BY: Final = lazy_pattern(r"\b(?i:certified|certificated|approved)\s+by\s+(?:the\s+)?(?:[A-Z][\w&/-]*\s*(?:,|/|&|and)\s*){0,4}\Z")
_LISTED: Final = lazy_pattern(r"(?:\s*(?:,|/|&|and\b)\s*[A-Z][\w-]*){0,4}\s+(?:quality\s+)?((?i:certified|certificated|approved))\b")
"""What may stand between a mark and the word that is said of it: other marks, or `quality`."""
_NOT_BEFORE: Final = frozenset({"no", "not", "non", "without", "never"})
_SHORT_FORMS: Final = frozenset({"marked", "compliant", "listed", "notified", "stamped", "registered", "certified"})
"""Last words of sayings that fit where the wrong one stood."""
_COMPANY_KINDS: Final = frozenset({"organisation"})
_SELF_DECLARED: Final = frozenset({"CE", "FCC", "RoHS", "UKCA", "FDA", "REACH"})


@cache
def _wrong(must_not_say: str) -> frozenset[str]:
    return frozenset(normal(phrase) for phrase in must_not_say.split(";") if phrase.strip())


def _about_company(found: FoundPhrase) -> bool:
    """True where the sentence says this of a company, factory or quality system."""
    text = found.source.text
    before = re.split(r"[.!?\n]", text[max(0, found.start - 60) : found.start])[-1]
    after = re.split(r"[.!?\n]", text[found.end : found.end + 40])[0]
    return _COMPANY.search(before) is not None or _COMPANY.search(after) is not None


def _is_wrong(found: FoundPhrase, entry: Entry) -> bool:
    low = normal(found.text)
    if low in _wrong(entry["must_not_say"]):
        return True
    if entry["kind"] in _COMPANY_KINDS and found.source.field == "title" and any(c.isdigit() for c in found.text):
        return True  # A title names the product, so there the standard is said of it; marks without a number are words too (wrap, GMP as a code).
    text = found.source.text
    after = _LISTED.match(text, found.end)
    if after is not None and normal(f"{entry['mark']} {after[1]}") in _wrong(entry["must_not_say"]):
        return True
    if entry["mark"] in _SELF_DECLARED and found.text.isupper() | (found.text == "RoHS"):
        return _BY.search(text[max(0, found.start - 60) : found.start]) is not None
    return False


def _says(entry: Entry, found: FoundPhrase) -> str:
    """What may be said instead, capitalised as in the title it stands in."""
    may = entry["may_say"].split(";")[0]
    if len(may.split()) <= 3 and found.source.field in _SHORT and found.text[:1].isupper() and found.text.split()[-1][:1].isupper():
        return " ".join(word[:1].upper() + word[1:] for word in may.split())
    return may


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding for each claim; in one field each claim once."""
    seen: set[tuple[str, str]] = set()
    for found in islice(doc.found.each("certifications", _FIELDS), _MOST):
        entry = found.entry
        if (not entry["must_not_say"] and entry["mark"] not in _SELF_DECLARED) or entry["kind"] == "green":
            continue
        if in_certificate_attribute(doc, found) or in_attribute_name(doc, found):
            continue
        before = found.source.flat[max(0, found.start - 12) : found.start].split()[-1:]
        if not _is_wrong(found, entry) or (before and before[0] in _NOT_BEFORE):
            continue
        by = found.text.upper() == entry["mark"].upper()
        if not CLAIM_WORD.search(found.text) and (tail := _LISTED.match(found.source.text, found.end)) is not None:
            found = found._replace(end=tail.end())
        place = ("by" if by else normal(found.text), found.source.field)
        if place in seen or ((entry["kind"] in _COMPANY_KINDS or entry["mark"] == "FDA") and _about_company(found)):
            continue
        seen.add(place)
        may = _says(entry, found)
        if by and (lead := _BY.search(found.source.text, max(0, found.start - 60), found.start)) is not None:
            found = found._replace(start=lead.start())
        if _NEXT_COMPANY.match(found.source.flat, found.end):
            # A company is not marked: nothing may be said of it instead.
            may = ""
        if may and not by and may.split()[-1].lower() in _SHORT_FORMS:
            yield found.hit(may=may, replace=may)
        else:
            yield found.hit("default" if may else "plain", may=may)


RULE = Rule(
    name="misleading-certification",
    group="claims",
    severity="warning",
    fields=_FIELDS,
    fix="unsafe",
    phrases=("certifications",),
    summary=Text("A claim that no one can hold: CE certified, FDA approved, ISO 9001 product", "任何人都无法取得的认证说法：CE certified、FDA approved、ISO 9001 产品、FCC approved 等"),
    messages={
        "default": Text("'{text}' claims what this mark does not give; say '{may}', if that is so", "“{text}”的说法超出了该标志的含义；如属实，可以写成“{may}”"),
        "plain": Text("'{text}' claims what this mark does not give; take it out", "“{text}”的说法超出了该标志的含义，请删除"),
    },
    page=Text(
        "Finds wordings that are wrong whoever uses them. CE, FCC and RoHS are the maker's own declarations, so nothing is "
        "'CE certified' or 'FCC approved': say CE marked, FCC compliant. The FDA registers makers and clears or approves some "
        "devices and drugs; bottles, masks and lamps are not 'FDA approved'. ISO 9001, GMP and BSCI certify a company, never a "
        "product; a sentence about the manufacturer is fine. SGS and Intertek test, they do not approve. Customs, marketplaces "
        "and rivals act on such claims even where the certificates are in order. The fix writes what may be said; check that it "
        "is true of this product.",
        "检查不管谁用都是错的说法。CE、FCC 和 RoHS 是制造商的自我声明，因此不存在“CE certified”或“FCC approved”，应写 CE marked、FCC compliant。"
        "FDA 只对企业进行注册，对部分器械和药品予以许可或批准；水瓶、口罩、灯具不可能“FDA approved”。ISO 9001、GMP、BSCI 认证的是企业，不是产品；"
        "描述制造商的句子没有问题。SGS 和 Intertek 做检测，并不批准产品。即使证书齐全，海关、平台和竞争对手也会追究这类说法。修复会改成可以使用的说法，请确认它符合本产品的实际情况。",
    ),
    examples=(
        Good("Drill Press, CE Marked"),
        Good("Garden Rake", description="Made by an ISO 9001 certified factory."),
        FalseAlarm("Infrared Thermometer, FDA 510(k) Cleared", why=Text("cleared is the right word for this class", "这一类产品用 cleared 是对的")),
        FalseAlarm("Organic Soap, GOTS Certified Cotton Bag", why=Text("this programme certifies products", "该项目确实认证产品")),
        FalseAlarm("Travel Adapter, UL Listed", why=Text("UL lists products", "UL 确实对产品进行列名")),
        Bad("NASA Approved Memory Foam Pillow", marked="NASA Approved"),
        Bad("WHO Approved Hand Sanitizer Gel", marked="WHO Approved"),
        Bad("Dermatologist Certified Face Cream", marked="Dermatologist Certified"),
        Bad("HACCP Certified Frozen Squid Rings", marked="HACCP Certified"),
        Bad("CE Certified Drill Press", fixed="CE Marked Drill Press", marked="CE Certified"),
        Bad("Water Bottle, FDA Approved"),
        Bad("Drill Press", description="We are a CE certified company.", marked="CE certified"),
        Bad("Drone, FCC Approved", fixed="Drone, FCC Compliant"),
        Bad("Desk Fan", description="Certified by CE and RoHS"),
        Bad("ISO 9001 Certified Rake"),
        Bad("ISO 9001 Hex Nut M10", marked="ISO 9001"),
        FalseAlarm("Hex Nut M10 from an ISO 9001 Factory", why=Text("said of the factory", "说的是工厂")),
        Bad("Work Lamp", description="CE, RoHS and FCC certified.", marked="CE, RoHS and FCC certified"),
    ),
    check=check,
)
