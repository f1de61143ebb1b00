"""Facts of the listing before its name: material, specification, industry model, held certificate, own brand (GK5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from listinglint import lexicons
from listinglint.language.words import COLOUR, FILLER, MATERIAL, MODEL, stem, word_info
from listinglint.model import Text
from listinglint.suggestions.candidate import Context, Proposal

_MATERIAL_NAMES = re.compile(r"(?:main |body |primary |outer |upper |shell )?material(?:s| type)?\Z|fabric(?: type)?\Z")
_SPECIFICATIONS = re.compile(r"(?:rated |input )?voltage\Z|(?:rated )?power\Z|capacity\Z|size\Z|diameter\Z|wattage\Z|displacement\Z|thread size\Z|base type\Z")
_SHORT_MEASURE = re.compile(r"\d+(?:\.\d+)?\s?(?:v|w|kw|cc|ml|l|litre|liter|inch|\"|mm|cm|kg|g|mah|ah|hp|gsm|ton)\Z", re.I)
_STANDARD = re.compile(r"M\d{1,2}\Z|E(?:14|26|27|40)\Z|GU10|MR16|A[0-6]\Z|18650|21700|CR20(?:16|25|32)|DN\d{2,3}\Z|Cat\s?[5-8]e?\Z|DDR[2-5]|USB\s?(?:2\.0|3\.[012]|C)|Grade \d+(?:\.\d)?\Z|(?:SUS|SS|AISI)\s?(?:201|304|316L?|430)\Z|\d{2,4}cc\Z", re.I)


_OF_TITLE = (
    ("style", Text("the style that the title names", "标题中的款式"), 0.7),
    ("function", Text("the function that the title names", "标题中的功能"), 0.65),
    ("colour", Text("the colour that the title names", "标题中的颜色"), 0.6),
)
_AUDIENCES = {
    "men": "men's", "men's": "men's", "mens": "men's", "women": "women's", "women's": "women's", "womens": "women's", "ladies": "women's", "kids": "kids",
    "kids'": "kids", "kid": "kids", "children": "children's", "children's": "children's", "boys": "boys", "girls": "girls", "baby": "baby", "babies": "baby",
}  # fmt: skip


def _before_head(context: Context, kind: str, word: str) -> bool:
    """True for a modifier before the head: behind it stand colours of parts and features of accessories."""
    name = context.name
    head = name.spans.get("head", ((0, 0),))[0][0]
    return any(end <= head and name.title[start:end] == word for start, end in name.spans.get(kind, ()))


class FactsSource:
    """What the listing holds, each before the product name: nothing is invented, a mark not held is never proposed."""

    name = "facts"

    def propose(self, context: Context) -> Iterator[Proposal]:
        product = context.product
        words = set(product.lower().split())
        for text, why, trust in self._facts(context):
            low = text.lower()
            if low in _AUDIENCES and any(_AUDIENCES.get(word) == _AUDIENCES[low] for word in words):
                continue
            if not ({low.rstrip("s").rstrip("'")} & {word.rstrip("s").rstrip("'") for word in words} or set(low.split()) & words):
                yield Proposal(f"{text} {product}", self.name, "fact", why, trust, 1)

    def _facts(self, context: Context) -> Iterator[tuple[str, Text, float]]:
        extras = context.name.spans.get("extras", ())
        for word, (start, _) in zip(context.name.modifiers.get("material", ()), context.name.spans.get("material", ()), strict=False):
            if not word_info(word) & COLOUR and not any(low <= start < high for low, high in extras):
                yield word.lower(), Text("the material that the title names", "标题中的材质"), 0.8
        for kind, why, trust in _OF_TITLE:
            for word in context.name.modifiers.get(kind, ()):
                if _before_head(context, kind, word) and not word_info(word) & FILLER:
                    yield " ".join(w.lower() if w[:1].isupper() and w[1:].islower() else w for w in word.split()), why, trust
        for word in context.name.modifiers.get("audience", ()):
            if (audience := _AUDIENCES.get(word.lower().replace("’", "'"))) is not None:
                yield audience, Text("whom the title says it is for", "标题中的适用人群"), 0.7
        machine = lexicons.head_groups().get(stem((context.name.head or "").lower()), "").rstrip("*") == "machine"
        for label, value in context.attributes.items():
            short = value.strip()
            if _MATERIAL_NAMES.match(label) and not machine and len(short.split()) <= 2 and all(word_info(w) & MATERIAL for w in short.split()[-1:]):
                yield short.lower(), Text("the material that the attributes name", "属性中的材质"), 0.75
            elif _SPECIFICATIONS.match(label) and _SHORT_MEASURE.match(short):
                yield short.replace(" ", ""), Text("a specification that buyers search by", "买家常用的规格"), 0.6
        for word in context.name.modifiers.get("specification", ()):
            if _STANDARD.match(word) or _SHORT_MEASURE.match(word):
                yield word, Text("a specification of the title", "标题中的规格"), 0.65
        for mark in sorted(context.certifications)[:4]:
            if not mark.upper().startswith(("ISO", "BSCI", "SEDEX", "SGS", "GMP", "HACCP", "IATF", "SA8000", "BV", "INTERTEK")):
                yield mark, Text("a certificate that the listing holds", "产品持有的认证"), 0.55
        brand = (context.listing.text("brand") or "").strip()
        if brand and len(brand) <= 30 and brand.lower() in {b.lower() for b in (*context.seller.brands, *context.seller.authorised_brands)}:
            yield brand, Text("the seller's own brand", "卖家自有品牌"), 0.5
        model = (context.listing.text("model") or "").strip()
        if model and _STANDARD.match(model) and word_info(model) & MODEL:
            yield model, Text("a model designation that the industry uses", "行业通用型号"), 0.5
