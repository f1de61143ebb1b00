"""A mark is claimed that the listing's or the seller's certificates do not hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from listinglint.model import TEXT_FIELDS, Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.marks import CLAIM_WORD, Claim, claims, in_certificate_attribute, says_what_it_holds
from listinglint.rules.removal import removal
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_FIELDS: Final = (*TEXT_FIELDS, "attributes")
_SHORT: Final = frozenset({"title", "subtitle", "keywords", "seo_title"})

_SHOWN_BY: Final = frozenset({"CE", "UKCA"})
"""Marks that goods get by their European standards, so that who holds one may name these. Toys are tested to EN 71 apart."""


def _held(mark: str, held: frozenset[str]) -> bool:
    if mark in held:
        return True
    if mark == "ISO":
        return any(one.startswith(("ISO", "IATF")) for one in held)
    if mark.startswith("EN ") and mark != "EN 71" and not held.isdisjoint(_SHOWN_BY):
        return True
    first = mark.upper().split()[0]
    if mark.startswith(("EN ", "ISO ", "ASTM ", "ECE ", "IATF ", "SA")) and normal_number(mark):
        return any(normal_number(mark) == normal_number(one) for one in held)
    return any(one.upper().split()[:1] == [first] for one in held)


def normal_number(mark: str) -> str:
    """Digits of a standard's number without its year."""
    return "".join(c for c in mark.split(":")[0] if c.isdigit())


def _edit(claim: Claim) -> tuple[int, int, str]:
    """Takes the claim out; where a claim word that follows belongs to a mark before it too, only the name."""
    found = claim.found
    raw = found.source.raw
    start, end = found.start, found.end
    after_mark = raw[max(0, start - 12) : start].rstrip(" ,/&+")[-2:].isupper()
    if claim.worded:
        said = CLAIM_WORD.search(raw, start, end)
        if after_mark and said is not None and said.start() > start:
            end = said.start()
            while raw[end - 1] in " -":
                end -= 1
    else:
        following = CLAIM_WORD.match(raw, end + 1)
        if following is not None and not after_mark:
            end = following.end()
    return removal(raw, start, end)


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding for each mark and field."""
    found = claims(doc, _FIELDS)
    if not found or not (options["always"] or says_what_it_holds(doc)):
        return
    held = doc.certifications
    ignored = {mark.upper() for mark in options["ignore"]}
    seen: set[tuple[str, str]] = set()
    for claim in found:
        place = (claim.mark, claim.found.source.field)
        if place in seen or claim.mark.upper() in ignored or _held(claim.mark, held) or in_certificate_attribute(doc, claim.found):
            continue
        seen.add(place)
        edits = [_edit(claim)] if claim.found.source.field in _SHORT else []
        shown = ", ".join(sorted(held)[:6])
        yield claim.found.hit(
            "default" if held else "none", held=shown, edits=edits
        )


RULE = Rule(
    name="unapproved-certification",
    group="claims",
    severity="error",
    fields=_FIELDS,
    guidelines=("GK5",),
    fix="unsafe",
    phrases=("certifications",),
    options=(
        Option("always", bool, False, Text("report marks also where the source says nothing about certificates", "来源没有任何认证信息时也报告")),
        Option("ignore", list, (), Text("marks that are not looked at", "不检查的认证")),
    ),
    summary=Text("A certification mark is claimed that the certificates do not hold", "宣称了没有取得的认证"),
    messages={
        "default": Text("'{text}' claims a mark, but the certificates are {held}; take it out or add the certificate", "“{text}”宣称了认证，但已有的认证只有 {held}；请删除，或补上证书"),
        "none": Text("'{text}' claims a mark, but no certificate is given; take it out or add the certificate", "“{text}”宣称了认证，但没有提供任何证书；请删除，或补上证书"),
    },
    page=Text(
        "Finds certification marks (CE, UL, DOT, FDA, FSC, ISO 9001 …) in title, keywords, texts and attributes that neither the "
        "certificates of the listing, nor its attributes, nor the seller's certificates in the config hold. A claimed mark "
        "without a certificate is the costliest fault a listing can have: listings are removed, accounts are fined, and goods "
        "are stopped at the border. Spellings of one mark are one mark (ISO9001, ISO 9001:2015; TUV, TÜV). Words that only look "
        "like a mark (polka dot, GS-200, UL 94 V-0) are none, and where the source says nothing about certificates the rule is "
        "silent. Add the certificate where you hold it, else take the mark out; the fix does that in titles and keywords.",
        "检查标题、关键词、文本和属性里出现的认证标志（CE、UL、DOT、FDA、FSC、ISO 9001 等），而产品的认证栏、属性以及配置里的卖家认证都没有。"
        "没有证书就宣称认证是最严重的问题：产品会被下架，账号会被处罚，货物会被海关扣留。同一认证的不同写法视为同一个（ISO9001 与 ISO 9001:2015，TUV 与 TÜV）。"
        "只是看起来像标志的词（polka dot、GS-200、UL 94 V-0）不算；来源没有任何认证信息时本规则不作声。持有证书就请补上，否则请删掉标志；修复会在标题和关键词中删除。",
    ),
    examples=(
        Good("EEC Approved ATV", certifications="EEC", keywords="EEC approved ATV, quad bike"),
        Good("Drill Press, CE Marked", certifications=["CE marking (2006/42/EC)"]),
        FalseAlarm("Electric Kettle with TUV Certificate", certifications="TÜV Süd", why=Text("TUV and TÜV are one body", "TUV 和 TÜV 是同一机构")),
        FalseAlarm("Apron with Dot Print", certifications="OEKO-TEX 100", why=Text("dot is the pattern", "dot 是波点图案")),
        FalseAlarm("DOT Matrix Printer", certifications="CE", why=Text("the letters are another word's", "这里的 DOT 不是认证")),
        FalseAlarm("UL 94 V-0 Plastic Pellets", certifications="RoHS", why=Text("UL 94 is a test of flammability", "UL 94 是阻燃测试标准")),
        FalseAlarm("FDA Approved Lunch Box", why=Text("the source says nothing about certificates", "来源没有认证信息")),
        Bad("DOT Approved ATV", certifications="EEC", fixed="ATV", marked="DOT Approved"),
        Bad("CE UL Certified Lamp", certifications="CE", fixed="CE Certified Lamp"),
        Bad("Baby Bottle", description="FDA approved and BPA free", certifications="LFGB"),
        FalseAlarm("Leather Work Gloves EN 388", certifications="CE", why=Text("the mark is given by this standard", "CE 就是按该标准取得的")),
        FalseAlarm("Electric Kettle, CE Marked", certifications="CE0123", why=Text("the number is the notified body's", "数字是公告机构编号")),
        Bad("Safety Glasses ANSI Z87.1", certifications="CE", marked="ANSI Z87.1"),
        Bad("Wall Fan SASO Certificate", certifications="CE", marked="SASO Certificate"),
        Bad("Oeko-Tex Bed Sheet", certifications="BSCI", marked="Oeko-Tex"),
        Bad("Wooden Toy Train", attributes={"Certification": "EN71", "Feature": "FSC certified wood"}),
        Bad("Steel Hook, ISO 9001 Certified", certifications="", fixed="Steel Hook"),
        Bad("Grinder, UL Listed", seller={"certifications": ["CE"]}, fixed="Grinder"),
    ),
    check=check,
)
