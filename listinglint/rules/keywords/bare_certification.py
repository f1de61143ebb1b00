"""A certificate alone as a keyword."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.model import Text
from listinglint.model.memory import PHRASES
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.keyword_edits import added_hit, head_stem, replaced_or_taken_out, short_name, stems_of
from listinglint.rules.phrases import normal
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule

_CLAIM: Final = frozenset(
    ["approved", "approval", "certified", "certificate", "certificates", "certification", "certifications", "certificated", "listed", "compliant", "compliance", "compliances", "marked", "mark", "marking", "tested", "test", "report", "passed", "pass", "registered", "conform", "conforms", "conformity", "standard", "standards", "verified", "qualified", "with", "and", "by", "meets", "grade"]
)
_YEAR: Final = lazy_pattern(r"(?:19|20)\d\d")
_PRODUCT_KINDS: Final = frozenset({"product-legal", "product-voluntary"})


@cache
def _kinds() -> dict[str, str]:
    """Normalised spellings of marks with their kind; claims such as organic or eco-friendly are no certificates."""
    found: dict[str, str] = {}
    for mark in lexicons.certifications():
        if mark.kind != "green":
            for spelling in mark.spellings:
                key = normal(spelling)
                if key:
                    found.setdefault(key, mark.kind)
                    found.setdefault(key.replace(" ", ""), mark.kind)
    return found


@cache
def _last_words() -> frozenset[str]:
    """What a keyword that is a certificate ends with, but for numbers."""
    return _CLAIM.union(key.split()[-1] for key in _kinds())


@cache
def _words_too() -> frozenset[str]:
    """Marks in capitals that are ordinary words in small letters (WRAP, COSMOS, REACH)."""
    spellings = {spelling for mark in lexicons.certifications() for spelling in mark.spellings}
    return frozenset(one.lower() for one in spellings if one.isupper() and one.isalpha() and w.lexicon().get(one.lower(), 0) & w.KNOWN)


@lru_cache(maxsize=PHRASES)
def certificate_kind(text: str) -> str | None:
    """The kind of the marks that `text` consists of, but for claim words and years; None where anything else is said."""
    words = normal(text).split()
    if not words or len(words) > 8 or (text.lower() in _words_too() and not text.isupper()):
        return None
    kinds, known, at = [], _kinds(), 0
    while at < len(words):
        for size in range(min(5, len(words) - at), 0, -1):
            kind = known.get(" ".join(words[at : at + size]))
            if kind is not None:
                kinds.append(kind)
                at += size
                break
        else:
            version = at > 0 and words[at].isdigit() and words[at - 1][-1:].isdigit()
            if words[at] not in _CLAIM and not _YEAR.fullmatch(words[at]) and not version:
                return None
            at += 1
    if not kinds:
        return None
    return next((kind for kind in kinds if kind in _PRODUCT_KINDS), kinds[0])


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """A finding for each keyword that is a certificate; a product's mark gets the product's name, others go."""
    product: set[str] | None = None
    ends = _last_words()
    for keyword in doc.keywords:
        if not keyword.words or (keyword.words[-1] not in ends and not keyword.words[-1].isdigit()):
            continue
        if len(keyword.text) > 60 or (kind := certificate_kind(keyword.text)) is None:
            continue
        if product is None:
            product = {*stems_of(doc.product), head_stem(doc) or ""}
        if product.issuperset(stems_of(keyword.text)):
            continue
        name = short_name(doc) if kind in _PRODUCT_KINDS else None
        better = f"{keyword.text} {name}" if name else None
        edit = replaced_or_taken_out(doc, keyword, better)
        yield added_hit(keyword, [edit], message="default" if better else "out", better=better)


RULE = Rule(
    name="bare-certification",
    group="keywords",
    severity="warning",
    fields=("keywords",),
    guidelines=("GK5",),
    fix="unsafe",
    english=True,
    keywords="list",
    summary=Text("A certificate alone as a keyword", "关键词只有认证名称"),
    messages={
        "default": Text("'{text}' is a certificate alone and names no product; write '{better}'", "“{text}”只有认证，没有产品名称，请写成“{better}”"),
        "out": Text("'{text}' is a mark of a company or a laboratory, not of the product; take it out", "“{text}”是企业体系或检测机构的标志，不是产品的认证，请删除"),
    },
    page=Text(
        "Finds keywords that consist of a certificate: DOT Approved, CE, UL listed, SGS. Nobody who needs a product types a mark alone, and those who do "
        "look for a test house. A mark that belongs to the product and is really held may stand together with its name: DOT Approved ATV. A management "
        "system (ISO 9001, BSCI) or a laboratory (SGS, Intertek) is never a property of a product, so the fix takes it out; to other marks it adds the "
        "product's name. Whether the mark is held is the matter of unapproved-certification.",
        "检查只有认证名称的关键词：DOT Approved、CE、UL listed、SGS。要买产品的人不会只搜认证，只搜认证的人找的是检测机构。"
        "真正通过的产品认证可以和产品名称写在一起：DOT Approved ATV。管理体系（ISO 9001、BSCI）和检测机构（SGS、Intertek）不是产品的属性，修复会删掉；"
        "其他认证则补上产品名称。是否持有该认证由 unapproved-certification 检查。",
    ),
    check=check,
    examples=(
        Good("200cc ATV", keywords="DOT Approved ATV, 200cc ATV", certifications="DOT"),
        Good("200cc ATV", keywords="EEC Approved ATV, ATV", certifications="EEC"),
        FalseAlarm("Blank Certificate Paper", keywords="certificate, certificate paper", why=Text("the product is a certificate", "产品本身就是证书")),
        FalseAlarm("Organic Cotton Towel", keywords="organic, cotton towel", why=Text("a property, not the name of a certificate", "是属性，不是认证名称")),
        FalseAlarm("Linen Table Runner", keywords="table runner, wrap", why=Text("WRAP is a mark in capitals only", "只有大写的 WRAP 才是认证标志")),
        Bad("200cc ATV", keywords="DOT Approved, quad bike", fixed={"keywords": "DOT Approved ATV, quad bike"}, certifications="DOT"),
        Bad("Submersible Pump", keywords="submersible pump, ISO 9001", fixed={"keywords": "submersible pump"}),
        Bad("Submersible Pump", keywords="SGS, submersible pump", fixed={"keywords": "submersible pump"}),
        Bad("Motorcycle Helmet", keywords="motorcycle helmet, ECE R22.05", certifications="ECE R22.05", marked="ECE R22.05"),
        Bad("LED Driver", keywords="LED driver, CE RoHS certified", marked="CE RoHS certified"),
    ),
)  # fmt: skip
