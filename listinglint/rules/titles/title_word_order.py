"""The head before its modifiers: `Faucet Kitchen Stainless Steel`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule, texts
from listinglint.rules.title_words import TitleWord, first_words

_MODIFIER: Final = w.MATERIAL | w.COLOUR | w.STYLE | w.SIZE | w.TYPE_WORD | w.AUDIENCE
_FIRM: Final = w.MATERIAL | w.STYLE | w.TYPE_WORD
_ENDINGS: Final = ("able", "ible", "proof", "less", "-free", "-resistant", "-coated", "-plated", "-mounted")


def _adjective(word: TitleWord) -> bool:
    """True for a word that cannot name the product: a style, an adjective, a participle, a material that is no noun here."""
    flags = word.flags
    if flags & w.HEAD:
        return False
    if word.low.endswith("ed") and flags & w.ADJECTIVE and not flags & w.NOUN:
        return True
    if len(word.low) > 6 and word.low.endswith(_ENDINGS) and not flags & w.PRODUCT_NOUN:
        return True
    return bool(flags & (w.STYLE | w.COLOUR | w.MAIN_ADJECTIVE | w.SIZE)) or _feature(word) or _shaped(word)


def _feature(word: TitleWord) -> bool:
    return word.low in lexicons.word_list("features") and not (word.flags & w.TYPE_WORD and word.flags & w.MAIN_NOUN)


def _shaped(word: TitleWord) -> bool:
    return len(word.low) < 8 and word.low.endswith(("shape", "shaped")) and word.low[:1] in "cltuvx"


def _sure_brand(doc: AnalysedListing) -> bool:
    """True where the brand is the listing's own or a known one; a guessed one may be the misplaced head."""
    brand = doc.name.brand
    if brand is None or doc.listing.text("brand"):
        return brand is not None
    # A noun that names goods (valve, ring) is a brand only where the listing says so.
    return brand.lower() in lexicons.brands() and not (doc.title_words and doc.title_words[0].flags & w.HEAD and " " not in brand)


def _run(doc: AnalysedListing) -> tuple[int, list[TitleWord]]:
    """Which word the head is (0, or behind the brand), and the words after it up to a separator, number or preposition."""
    words = doc.title_words
    at = 0
    brand = doc.name.spans.get("brand", ()) if _sure_brand(doc) else ()
    while at < len(words) and any(s <= words[at].start < e for s, e in brand):
        at += 1
    if at + 1 < len(words) and _compound(words[at], words[at + 1]):
        at += 1
    if at >= len(words) or not (_names_product(words[at]) or (at + 2 < len(words) and _swapped(words[at], words[at + 1]))):
        return at, []
    run: list[TitleWord] = []
    numbered = False
    for word in words[at + 1 :]:
        if any(s <= word.start < e for s, e in brand):
            continue
        if word.low in ("and", "or", "n") or (word.gap.strip() in ("&", "/", "+") and not (word.number and numbered)):
            return at, []
        if (not word.joined and not (word.number and numbered)) or word.opens_extra or word.flags & w.FUNCTION_WORD:
            break
        if not word.number and not (numbered and word.flags & w.UNIT):
            run.append(word)
        numbered = word.number
    if run and _goes_on(words, run[-1]) and not _after_plural(words[at], run):
        return at, []
    following = next((word for word in words if run and word.start > run[-1].start), None)
    if following is not None and following.opens_extra and run[-1].low.endswith(("ed", "made")):
        run.pop()
    return at, run


def _goes_on(words: Sequence[TitleWord], last: TitleWord) -> bool:
    """True where a product's noun still follows in the same breath: the name may end there."""
    for word in words:
        if word.start <= last.start:
            continue
        if word.opens_extra or any(mark in word.gap for mark in ",;|:([/") or " - " in word.gap:
            return False
        if word.flags & w.HEAD and not word.flags & w.MATERIAL:
            return True
    return False


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding where a product's noun opens the title and only its modifiers follow."""
    title = doc.title
    if title is None or len(doc.title_words) < 2:
        return
    at, run = _run(doc)
    if not run:
        return
    head = doc.title_words[at]
    if doc.name.head is not None and run[0].joined and run[0].text == doc.name.head and not run[0].flags & w.HEAD:
        # Cabinet pull, lip colour: the two are the name, though the second word alone is none.
        return
    name = head.text
    compound = at > 0 and _compound(doc.title_words[at - 1], head)
    if compound:
        name = f"{doc.title_words[at - 1].text} {name}"
        if not any(word.flags & w.MATERIAL for word in run) or run[0].flags & w.HEAD or doc.listing.text("brand"):
            return
    if _after_plural(head, run):
        run = _modifiers(run)
    elif _of_nature(head, run, doc) or (not compound and _inverted(head, run)):
        pass
    elif not _only_modifiers(run, doc):
        return
    start, end = doc.title_words[at - 1].start if compound else head.start, run[-1].end
    order = _ordered(run) if not _of_nature(head, run, doc) else [word.text for word in run]
    between = len(run) < sum(start < word.start < end for word in doc.title_words)
    edits = [(start, end, " ".join([*order, name]))] if order and not between else []
    yield title.hit(start, end, edits=edits, head=name, proposal=" ".join([*(order or [word.text for word in run]), name]))


def _compound(first: TitleWord, second: TitleWord) -> bool:
    """True for two nouns that the thesaurus has as one name (`shoe rack`), the second no material."""
    if not second.joined or not first.flags & w.MAIN_NOUN or first.flags & (w.MATERIAL | w.COLOUR | w.STYLE | w.BRAND):
        return False
    if not second.flags & w.HEAD or second.flags & (w.MATERIAL | w.COLOUR | w.FOOD) and not second.flags & w.PLURAL:
        return False
    from listinglint.language.thesaurus import thesaurus

    return bool(thesaurus().groups_of(f"{first.low} {second.stem}"))


def _after_plural(head: TitleWord, run: Sequence[TitleWord]) -> bool:
    """True where a material and another modifier follow a plural: plurals stand before no other noun, so the plural is the head."""
    lead = _modifiers(run)
    return bool(head.flags & w.PLURAL) and len(lead) > 1 and bool(lead[0].flags & (w.MATERIAL | w.STYLE)) and any(word.flags & w.MATERIAL for word in lead)


def _modifiers(run: Sequence[TitleWord]) -> list[TitleWord]:
    """The words of the run before the first that does not describe."""
    out: list[TitleWord] = []
    for word in run:
        if not (word.flags & (_MODIFIER | w.PART) or _adjective(word)) or (word.flags & w.HEAD and not word.flags & (w.MATERIAL | w.STYLE)):
            break
        out.append(word)
    return out


def _inverted(head: TitleWord, run: Sequence[TitleWord]) -> bool:
    """True where the first two words the other way round are a known name (`brush toilet silicone`) and only modifiers follow."""
    first, rest = run[0], run[1:]
    if not rest or not first.joined or not first.flags & w.NOUN or first.flags & (w.MATERIAL | w.COLOUR | w.SIZE):
        return False
    if not all(word.flags & _MODIFIER or _adjective(word) for word in rest) or (rest[-1].flags & w.HEAD and not rest[-1].flags & w.MATERIAL):
        return False
    return _swapped(head, first)


def _swapped(head: TitleWord, first: TitleWord) -> bool:
    """True where `first head` is a known name and `head first` is none."""
    if not first.joined or not head.flags & w.HEAD or head.flags & w.MATERIAL or (head.flags & w.FOOD and not head.flags & w.ARTIFACT) or not first.flags & w.NOUN or first.flags & (w.MATERIAL | w.COLOUR | w.SIZE):
        return False
    from listinglint.language.thesaurus import thesaurus

    table = thesaurus()
    return bool(table.groups_of(f"{first.low} {head.stem}")) and not table.groups_of(f"{head.low} {first.stem}")


def _of_nature(head: TitleWord, run: Sequence[TitleWord], doc: AnalysedListing) -> bool:
    """True for a jewel or an ornament with what it is made of behind it, told by adjectives (`necklace golden dried flowers`)."""
    last = run[-1]
    if lexicons.head_groups().get(head.stem, "").rstrip("*") not in ("jewelry", "decor", "accessory") or len(run) < 2 or len(doc.title_words) > 6:
        return False
    return bool(last.flags & w.PLURAL) and not last.flags & w.ARTIFACT and all(_adjective(word) for word in run[:-1])


def _names_product(head: TitleWord) -> bool:
    flags = head.flags
    if not flags & w.HEAD or "-" in head.text or flags & (w.MATERIAL | w.COLOUR | w.STYLE | w.SIZE | w.AUDIENCE | w.PART) or (flags & w.BRAND and not flags & w.AMBIGUOUS_BRAND):
        return False
    if flags & w.GENERAL and not flags & w.PLURAL:
        return False
    if flags & w.PLURAL and flags & w.ARTIFACT:
        return True
    return bool(flags & (w.MAIN_NOUN | w.AMBIGUOUS_BRAND) or (flags & w.ARTIFACT and flags & w.PRODUCT_NOUN)) and (not flags & w.FOOD or bool(flags & w.PLURAL))


def _only_modifiers(run: Sequence[TitleWord], doc: AnalysedListing) -> bool:
    """True when nothing after the head could be a head itself, and something is firmly a modifier."""
    last = run[-1]
    if (last.flags & w.HEAD and not last.flags & w.MATERIAL) or (last.flags & w.PART and not last.flags & w.TYPE_WORD and not _shaped(last)):
        return False
    firm = sum(1 for word in run if word.flags & _FIRM or _shaped(word))
    behind_number = run[0] is not next((word for word in doc.title_words if word.start > doc.title_words[0].start), None)
    if firm < (2 if behind_number else 1):
        return False
    heads = [word for word in run if word.flags & w.HEAD and not word.flags & _MODIFIER]
    early = run[:1] if not run[0].flags & w.TYPE_WORD else run[:2]
    if heads and (heads[0] not in early or len(heads) > 1 or len(run) < 3):
        return False
    plain = [word for word in run if _adjective(word) or word.flags & _MODIFIER or word in heads]
    if len(plain) < len(run) and len(plain) < 2:
        return False
    if not (_adjective(last) or last.flags & (w.MATERIAL | w.TYPE_WORD | w.AUDIENCE)):
        return (last.flags & (w.MAIN_NOUN | w.HEAD) == 0 and len(plain) > 2 and _adjective(run[-2])) or (len(plain) > 1 and not last.flags & (w.PRODUCT_NOUN | w.LATER_PRODUCT))
    if last.flags & w.TYPE_WORD and not _adjective(last) and last.flags & w.MAIN_NOUN and last.flags & w.ARTIFACT and len(run) < 2:
        return False
    return not (heads and not _adjective(last))


def _ordered(run: Sequence[TitleWord]) -> list[str] | None:
    """The words in English order: what it does or looks like, colour, material, type; None where a word is unclear."""
    places: list[tuple[int, int, str]] = []
    for n, word in enumerate(run):
        if n and word.joined and _one_phrase(run[n - 1], word):
            rank, place, text = places.pop()
            places.append((2 if rank == 2 or word.flags & w.MATERIAL else 0, place, f"{text} {word.text}"))
            continue
        if word.flags & w.AUDIENCE:
            rank = -1
        elif word.flags & w.MATERIAL:
            rank = 2
        elif word.flags & w.COLOUR:
            rank = 1
        elif _adjective(word) and not (word.flags & w.PART and word.flags & w.MAIN_NOUN):
            rank = 0
        elif word.flags & (w.TYPE_WORD | w.HEAD | w.PART):
            rank = 3
        else:
            return None
        places.append((rank, n, word.text))
    return [text for _, _, text in sorted(places)]


_DEGREES: Final = frozenset({"high", "low", "super", "ultra", "double", "multi", "extra", "solid"})
_ASPECTS: Final = frozenset({"type", "style", "design", "quality", "shape", "color", "colour", "size"})


def _one_phrase(first: TitleWord, second: TitleWord) -> bool:
    """True for two words that say one thing together: `high quality`, `solid wood`, `assembled type`."""
    return (first.low in _DEGREES or second.low in _ASPECTS) and bool(second.flags & (w.NOUN | w.PART | w.MATERIAL))


def _screen(doc: AnalysedListing) -> bool:
    if doc.title is None:
        return False
    # Whatever `_run` takes for the head is a noun of products at the beginning or behind the brand.
    words = first_words(doc.title.text, 1)
    if words and not w.word_info(words[0]) & w.HEAD and doc.name.brand:
        words = first_words(doc.title.text, 2, doc.name.spans.get("brand", ()) if _sure_brand(doc) else ())
    return any(w.word_info(word) & w.HEAD for word in words)


RULE = Rule(
    name="title-word-order",
    group="titles",
    severity="info",
    whole=True,
    fields=("title",),
    guidelines=("GT8",),
    fix="unsafe",
    english=True,
    screen=_screen,
    summary=Text("The product's noun stands before the words that describe it", "产品的中心词放在了修饰词前面"),
    messages=texts(
        "'{head}' stands before the words that describe it; in English it comes last: '{proposal}'",
        "中心词“{head}”放在了修饰词前面；英语里应放在最后：“{proposal}”",
    ),
    page=Text(
        "Finds titles that open with the product's noun and let material, colour, type and features follow: 'Faucet Kitchen Stainless "
        "Steel'. English puts the noun at the end of the name, behind what describes it: 'Stainless Steel Kitchen Faucet'. Search engines "
        "and buyers read the last noun of the name as the product. Specifications after a comma, a dash or in brackets are usual "
        "('Steel Pipe, Seamless, DN50'), and so are sizes and models at the end. The fix puts the words in the English order: features, colour, "
        "material, type, noun; read the result before you keep it.",
        "检查以产品名词开头、后面才跟材质、颜色、类型和特点的标题：“Faucet Kitchen Stainless Steel”。英语习惯把中心词放在产品名的最后：“Stainless Steel Kitchen Faucet”。"
        "搜索引擎和买家都把产品名的最后一个名词看作产品。逗号、破折号之后或括号里的规格（“Steel Pipe, Seamless, DN50”）以及结尾的尺寸和型号属于正常写法。"
        "修复会按英语语序排列：特点、颜色、材质、类型、名词；保留前请通读一遍。",
    ),
    examples=(
        Good("Stainless Steel Kitchen Faucet"),
        Good("Waterproof Nylon Backpack 30 L"),
        FalseAlarm("Curtain, Blackout, Grey", why=Text("specifications after a comma are usual", "逗号后面的规格是常见写法")),
        FalseAlarm("Bottle Labeling Machine", why=Text("the bottle is what the machine labels", "bottle 是机器的加工对象")),
        FalseAlarm("Cabinet Pull Brass 96 mm", why=Text("the pull is what is sold", "卖的是拉手")),
        FalseAlarm("Chair Cover", why=Text("chair says what it covers", "chair 说明套在什么上")),
        Bad("Faucet Kitchen Stainless Steel", fixed="Stainless Steel Kitchen Faucet"),
        Bad("Backpack Waterproof Nylon Black 30 L", fixed="Waterproof Black Nylon Backpack 30 L"),
        Bad("Shoe Cabinets Oak Carved Hallway", marked="Shoe Cabinets Oak Carved"),
        Bad("Brooch golden pressed flowers"),
        Bad("Blender Portable High Power", fixed="Portable High Power Blender"),
        Bad("Noodles Instant Spicy", fixed="Spicy Instant Noodles"),
        Bad("Rack Shoe Bamboo", fixed="Bamboo Shoe Rack"),
        Bad("Valve Butterfly Steel Flanged"),
        Bad("Blender Portable Rechargeable", fixed="Portable Rechargeable Blender"),
    ),
    check=check,
)
