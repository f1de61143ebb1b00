"""Another's brand as if it were the product's own; compatible use is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from listinglint import lexicons
from listinglint.language.vocabulary import flag_for
from listinglint.language.words import stem, word_info
from listinglint.model import Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FieldText, FoundPhrase
from listinglint.rules.phrases import normal, read_lexicon
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_FIELDS: Final = ("title", "keywords", "subtitle", "seo_title")
_COPY: Final = lazy_pattern(
    r"\b(?:replica|replicas|clone|clones|knock\s?off|knockoffs|counterfeit|mirror\s+(?:quality|copy)|1\s?:\s?1\s+(?:quality|copy)|first\s+copy|"
    r"aaa\s+(?:quality|replica|copy)|super\s?copy|master\s+copy|look\s?alike|dupe|dupes|copy\s+(?:watch|shoes|bag|of)|inspired\s+by)\b",
    re.I,
)
_COPIES: Final = flag_for(
    lambda: "replica replicas clone clones knock knockoff knockoffs counterfeit mirror 1 copy supercopy aaa look lookalike dupe dupes inspired".split()
)
"""Of these each of the words above has one."""
_STYLE: Final = lazy_pattern(r"[\s-]+(?:inspired|style|styles|styled|design|designs|designed|look|logo|pattern|replica|clone|copy|dupe|same)\b", re.I)
_LENT: Final = lazy_pattern(r"[\s-]+(?:inspired|replica|clone|dupe|knockoff)\b", re.I)
_COMPATIBLE_BEFORE: Final = lazy_pattern(
    r"\b(?:for|fits?|fit\s+for|fitting|compatible|compatibility|works?\s+with|used?\s+(?:with|on|in|for)|replac(?:es?|ing|ement|ements)(?:\s+for)?|suits?|suitable|to\s+fit|"
    r"designed\s+for|made\s+for|support(?:s|ed)?|adapts?|adapt(?:ed|er|able)\s+(?:to|for)|with|w/|using|powered\s+by|featuring|includes?|including|made\s+(?:of|with|by)|"
    r"from|by|instead\s+of|alternative\s+to|equivalent(?:\s+to)?|oem|match(?:es|ing)?|licensed|official(?:ly)?|genuine|authentic|original)\b[^.;|]*\Z",
    re.I,
)
_COMPATIBLE_AFTER: Final = lazy_pattern(
    r"(?:[\s-]+[\w.+-]+){0,4}?[\s-]+(?:compatible|compatibility|fitting|replacement|engines?|motors?|chips?|chipset|leds?|plc|inverter|compressor|bearings?|zippers?|crystals?|"
    r"elements?|cpu|processor|cells?|battery\s+cells?|hydraulic|components?|pump|valve|gearbox|spare|parts?|compatible\s+with|mount|adapter|licensed|official)\b",
    re.I,
)
_LICENSED: Final = lazy_pattern(r"\b(?:licen[sc]ed|official(?:ly)?|genuine|authentic)\b", re.I)
_FITTED: Final = lazy_pattern(r"\b(?:for|fits?|compatible\s+with|works?\s+with|suitable\s+for)\b[^.;|]*\Z", re.I)
_ACCESSORIES: Final = lazy_pattern(
    r"\b(?:case|cases|cover|covers|charger|chargers|cable|cables|adapter|adapters|protector|protectors|film|skin|sleeve|strap|straps|band|bands|holder|mount|stand|battery|batteries|"
    r"cartridge|cartridges|toner|ink|drum|filter|filters|blade|blades|parts?|spare|accessor(?:y|ies)|lens\s+hood|screen|glass|digitizer|lcd|keyboard|remote|controller|headlight|"
    r"taillight|bumper|mat|mats|mirror|hood|grille|pad|pads|brake|belt|hose|gasket|seal|pump|sensor|valve|key|keys|shell|fob|emblem|sticker|decal|pouch|bag|dock|hub|bracket|bezel|"
    r"tips?|pods?|capsules?|brush\s+heads?|refill|refills|connector|plug|socket|housing|flex|antenna|memory|ram|fan|switch|module|tool|tools|kit|compatible|replacement|grip|tube|tyre|tire|wheel|rim|"
    r"liner|shade|lamp|bulb|light|lights|carburetor|starter|chain|saw\s+chain|ring|bushing|nozzle|exhaust|muffler|pipe|pipes|fender|fenders|seat|seats|handlebars?|fairing|fairings|clutch|radiator|turbo|turbocharger|injector|injectors|piston|cylinder|manifold|shock|absorber|wiper|wipers|spoiler|ignition|coil|lever|levers|kickstand|pegs?|cowl|stem|cap|unit|board|cord|guards?|propellers?|lids?|straws?|rollers?|bucket|teeth|tooth|lens|lenses|tripod|gimbal|racks?|liners?|trays?|attachments?|bits?|spools?|rotors?|calipers?|needles?|bobbins?|presser\s+foot|undercarriage|sprockets?|idlers?|tracks?|thermostat|relay|fuse|bearing|bearings|armature|stator|impeller|impellers|speaker|earphone|earphones|headset|powerbank|power\s+bank|stylus|pen)\b",
    re.I,
)


@cache
def _device_brands() -> frozenset[str]:
    return lexicons.word_list("device_brands")


@cache
def _whole_things() -> frozenset[str]:
    """Stems of heads that are devices or merchandise themselves, so that a brand before them is no name of what they fit."""
    return frozenset(map(stem, lexicons.word_list("whole_things")))


def _is_whole(doc: AnalysedListing) -> bool:
    """True where the product is such a thing and no accessory is named behind it."""
    places = doc.name.spans.get("head", ())
    if doc.title is None or not places or stem((doc.name.head or "").lower()) not in _whole_things():
        return False
    return _ACCESSORIES.search(doc.title.text, places[0][1]) is None


@cache
def _near_brands() -> dict[str, str]:
    """Names of six or more letters with one letter that is not the first left out, to the brand: the trick by which filters are passed."""
    out: dict[str, str] = {}
    for key, brand in lexicons.brands().items():
        if len(key) >= 6 and key.isalpha() and not brand.ambiguous:
            for rest in (key[:at] + key[at + 1 :] for at in range(1, len(key))):
                out.setdefault(rest, brand.name)
    return out


def _own_names(doc: AnalysedListing) -> list[str] | None:
    """The brands that the listing or its seller may use, folded; None where nothing is said of brands."""
    given: list[str] = [part.text for part in doc.parts("brand") if not part.blank]
    for name in ("brand", "brand name", "manufacturer"):
        attribute = doc.attributes.get(name)
        if attribute is not None:
            given.append(attribute.value)
    known = bool(given) or bool(doc.seller.brands)
    given.extend((*doc.seller.brands, *doc.seller.authorised_brands, doc.seller.name or ""))
    return [normal(text) for text in given if text.strip()] if known else None


def _is_own(found: FoundPhrase, own: list[str]) -> bool:
    """True where the brand, by any of its spellings, is one of the own names or part of one, or the other way round."""
    spellings = {normal(found.entry["brand"]), *(normal(s) for s in found.entry["spellings"].split(";") if s.strip())}
    for name in own:
        padded = f" {name} "
        if any(f" {one} " in padded or padded in f" {one} " for one in spellings):
            return True
        if any(one.replace(" ", "") == name.replace(" ", "") for one in spellings):
            return True
    return False


def _well_known_own(own: list[str]) -> bool:
    return any(name not in lexicons.word_list("no_brand") and name in lexicons.brands() for name in own)


def _segment(source: FieldText, start: int, end: int) -> tuple[str, str]:
    """What stands before and after the place in its keyword or in the title."""
    text = source.text
    if source.field != "keywords":
        return text[:start], text[end:]
    left = max(text.rfind(mark, 0, start) for mark in ",;，、|\n") + 1
    rights = [at for at in (text.find(mark, end) for mark in ",;，、|\n") if at >= 0]
    return text[left:start], text[end : min(rights, default=len(text))]


@cache
def _licensors() -> frozenset[str]:
    """Owners of characters, films and games; makers of devices have accessories made for theirs."""
    return frozenset(normal(row["brand"]) for row in read_lexicon("protected_names")) - _device_brands()


def _compatible(doc: AnalysedListing, found: FoundPhrase) -> bool:
    before, after = _segment(found.source, found.start, found.end)
    if normal(found.entry["brand"]) in _licensors():
        return _LICENSED.search(f"{before} {after}") is not None or _FITTED.search(before) is not None
    if _COMPATIBLE_BEFORE.search(before) or _COMPATIBLE_AFTER.match(after):
        return True
    if found.source.field == "keywords" and _title_fits(doc, found):
        return True
    names = {normal(found.entry["brand"]), normal(found.text)}
    if names & lexicons.word_list("ingredient_brands"):
        return True
    if not names & _device_brands() or _is_whole(doc):
        return False
    title = doc.title.text if doc.title is not None else ""
    return _ACCESSORIES.search(after) is not None or _ACCESSORIES.search(title) is not None


def _title_fits(doc: AnalysedListing, found: FoundPhrase) -> bool:
    """True where the title names the brand as what the product fits: its keywords may then name it without `for`."""
    brand = found.entry["brand"]
    return any(
        other.entry["brand"] == brand and _COMPATIBLE_BEFORE.search(other.source.text[: other.start]) is not None
        for other in doc.phrases(found.lexicon, ("title",))
    )


def _candidates(doc: AnalysedListing) -> Iterator[FoundPhrase]:
    for found in (*doc.phrases("brands", _FIELDS), *doc.phrases("protected_names", _FIELDS)):
        known = lexicons.brands().get(found.text.lower())
        if found.entry["ambiguous"] == "1" or (known is not None and known.ambiguous):
            if not _LENT.match(found.source.text, found.end):
                continue
        elif len(found.text) < 3:
            continue
        if found.source.chinese:
            continue
        if found.source.field != "keywords" and found.lexicon == "brands" and not (found.text[:1].isupper() or found.text[:1].isdigit()):
            continue
        raw = found.source.raw
        before, after = raw[found.start - 1 : found.start], raw[found.end : found.end + 1]
        if (before in ("-", "'", "’", "/", ".") and before) or (after in ("'", "’", ".") and after and raw[found.end + 1 : found.end + 2].isalpha() and after == "."):
            continue
        yield found


def _copied(doc: AnalysedListing) -> Iterator[Hit]:
    """A copy that says so: a brand, or a brand with a letter left out, in a title of clones and replicas."""
    title = doc.title
    if title is None or not title.mask & _COPIES or not _COPY.search(title.text):
        return
    for start, end, word in title.tokens:
        brand = _near_brands().get(word)
        if brand is not None and len(word) > 4 and not word_info(word) and title.raw[start].isupper():
            before, _ = _segment(title, start, end)
            if not re.search(r"\b(?:for|fits?|compatible with)\b[^,;|]*\Z", before, re.I):
                yield title.hit(start, end, "copy", brand=brand)
                return


def _judged(found: FoundPhrase, doc: AnalysedListing, own: list[str] | None) -> str | None:
    """The message for one brand name: `style`, `copy`, `default`; None where the use is in order."""
    before, after = _segment(found.source, found.start, found.end)
    lead_for = re.search(r"\b(?:for|fits?|compatible\s+with|replacement)\b[^.;|]*\Z", before, re.I) is not None
    if not lead_for and _COPY.search(before + " " + after):
        return "copy"
    if own is None:
        lent = _LENT.match(after) is not None and not lead_for and normal(found.entry["brand"]) not in lexicons.word_list("ingredient_brands")
        return "style" if lent else None
    if _STYLE.match(after) and not lead_for and not _well_known_own(own):
        return "style"
    if _well_known_own(own) or _compatible(doc, found):
        return None
    return "protected" if normal(found.entry["brand"]) in _licensors() else "default"


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding for each brand and field."""
    candidates = list(_candidates(doc))
    if not candidates:
        yield from _copied(doc)
        return
    own = _own_names(doc)
    allowed = frozenset(normal(name) for name in options["allowed"])
    seen: set[tuple[str, str]] = set()
    for found in candidates:
        brand = found.entry["brand"]
        place = (brand, found.source.field)
        if place in seen or normal(brand) in allowed or _is_own(found, own or []):
            continue
        if doc.statistics is not None and doc.statistics.is_brand(found.text) and own is None:
            continue
        message = _judged(found, doc, own)
        if message is not None:
            seen.add(place)
            yield found.hit(message, brand=brand)
    if not seen:
        yield from _copied(doc)


RULE = Rule(
    name="infringing-brand",
    group="claims",
    severity="error",
    fields=_FIELDS,
    guidelines=("GK5",),
    lexicons=("brands", "protected_names"),
    options=(Option("allowed", list, (), Text("brands that the seller may use", "卖家有权使用的品牌")),),
    summary=Text("Another's brand as if it were the product's own", "把别人的品牌当作自己产品的品牌使用"),
    messages={
        "default": Text("{brand} is another's brand, and this listing's brand is not; take it out, or say 'for {brand}' where the product fits it", "{brand} 是他人的品牌，与本产品的品牌不符；请删除，若产品适配该品牌，请写成“for {brand}”"),
        "protected": Text("'{text}' may be used under a licence of its owner only; take it out unless you hold one", "“{text}”须经权利人授权才能使用，没有授权请删除"),
        "style": Text("'{text}' lends another's name to the style or design; describe the style in words of its own", "“{text}”借用他人品牌形容款式或设计，请用自己的话描述款式"),
        "copy": Text("A copy of {brand} is offered here; marketplaces close accounts for it", "这里在销售 {brand} 的仿品，平台会因此关闭账号"),
    },
    page=Text(
        "Finds well-known brands in title and keywords where the listing's brand is another: LEGO for other bricks, 'Ray-Ban style' "
        "glasses, clones and replicas, also with a letter left out (Burbery). Using another's mark is the surest way to have a "
        "listing removed and an account closed. Compatible use is in order: for iPhone, fits Bosch, compatible with Canon, a case "
        "or spare part beside the name of the device, and named components (Intel processor, YKK zipper). Goods that really bear "
        "the brand are in order where the brand field names it; so are the brands in the seller's config. Where the source says "
        "nothing of brands, only copies that call themselves so (replica, dupe, Chanel inspired) are reported. Words that are also brands (Apple, Gap) are not looked at.",
        "检查标题和关键词里出现、却与产品品牌不符的知名品牌：把别的积木写成 LEGO、“Ray-Ban style”眼镜、仿品和复刻品，包括故意少写一个字母的写法（Burbery）。"
        "使用他人商标最容易导致产品下架甚至关店。适配用途没有问题：for iPhone、fits Bosch、compatible with Canon，写有机型的保护壳或配件，以及注明的零部件（Intel 处理器、YKK 拉链）。"
        "品牌字段写明该品牌的正品没有问题，卖家配置里的品牌也一样。来源没有任何品牌信息时，只报告自称仿品的产品（replica、dupe、Chanel inspired）。既是普通词又是品牌的词（Apple、Gap）不检查。",
    ),
    examples=(
        Good("Rubber Phone Case for iPhone 15 Pro", brand="Casely"),
        Good("Bosch Cordless Drill 18V", brand="Bosch"),
        FalseAlarm("Drill Chuck Compatible with Makita", brand="OEM", why=Text("compatible use", "适配用途")),
        FalseAlarm("Canon NB-13L Battery", brand="PowerPix", why=Text("a spare part beside the name of the device", "写明适配机型的配件")),
        FalseAlarm("Brush Heads for Oral-B", keywords="Oral-B heads", brand="OEM", why=Text("the title says what they fit", "标题已写明适配对象")),
        FalseAlarm("Adidas Running Shoes", why=Text("the source says nothing of brands", "来源没有品牌信息")),
        FalseAlarm("Hoodie with YKK Zipper", brand="Norra", why=Text("a named component", "注明的零部件")),
        Bad("Ray-Ban Style Sunglasses", brand="OEM", marked="Ray-Ban"),
        Bad("Barbie Doll with Three Dresses", brand="Toybay"),
        Bad("Pikachu Night Light with LED Bulb", brand="OEM", marked="Pikachu"),
        Bad("Chanel Inspired Tweed Jacket", marked="Chanel"),
        Bad("Stanley Quencher Tumbler 40oz", brand="OEM"),
        Bad("Milwaukee M18 Impact Driver Brushless", brand="Vorrex"),
        Bad("Zippo Windproof Oil Lighter", brand="OEM", marked="Zippo"),
        FalseAlarm("Life Coach Planner", brand="Norra", why=Text("a coach is a person here", "这里的 coach 指教练")),
        FalseAlarm("Tumbler Lid for Stanley Quencher", brand="OEM", why=Text("compatible use", "适配用途")),
        Bad("Bluetooth Earphones", keywords="bluetooth earphones, AirPods Pro", brand="OEM", marked="AirPods Pro"),
        Bad("BMW Wheel Keychain", brand="OEM", marked="BMW"),
        Bad("Rolex Replica Watch"),
        Bad("Sunglasses", keywords="sunglasses, Oakley sunglasses", brand="Fitgo", marked="Oakley"),
        Bad("Burbery Replica Scarf", brand="OEM"),
    ),
    check=check,
)
