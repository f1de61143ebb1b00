"""duplicate-listing: the same offer again, identical or nearly so.

Two offers are one when their titles say the same: the same words in any order, product names counted as equal to their
synonyms, fillers and marks such as (Export) left out, numbers, colours, sizes and models kept, since these make another
variant. Titles are found by keys, of all words and of all but one, so that a slip of the keys or an idle adjective does
not hide a copy; every pair that shares a key is then compared on its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from rapidfuzz.distance import OSA

from listinglint import lexicons
from listinglint.language.thesaurus import american_spelling, thesaurus
from listinglint.language.words import FILLER, FUNCTION_WORD, KNOWN, LISTED, is_plain_code, stem, word_info
from listinglint.model import Listing, Text
from listinglint.model.identity import listing_identity
from listinglint.model.memory import WORDS
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.across import KeyGroups, key_of_bytes, key_of_set, letters, word_key
from listinglint.rules.analysis import AnalysedListing, FieldText
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Resolved, Rule

_WORD = lazy_pattern(r"[^\W_]+(?:[.'’/_-][^\W_]+)*(?:\.\d+)?", re.UNICODE)
_VARIANT_NAMES = lazy_pattern(r"(?:.* )?(?:colou?r|size|model(?: .*)?|style code|sku|part number|pattern|design|flavou?r|scent|capacity|length|voltage|power)\Z")
_VERSIONS: Final = frozenset({"plus", "pro", "max", "mini", "lite", "ultra", "air", "slim", "super"})
"""Words that tell one model from another, whatever else they may mean."""
_FEWEST: Final = 4
"""Titles of fewer telling words are compared as a whole only."""
_MOST_COMPARED: Final = 25
"""So many earlier members of a group are compared with each later one."""


class _Offer(NamedTuple):
    """What the comparison keeps of a listing: its keys, and what two that share one are compared by."""

    keys: tuple[int, ...]
    exact: int
    words: str
    group: str
    label: str
    who: str


_CAMEL = lazy_pattern(r"[a-z](?<=[a-z]{2})(?=[A-Z][a-z]{2})")
_UNIT = lazy_pattern(r"(?:mm|cm|m|km|in|inch|ft|kg|g|mg|lbs?|oz|ml|l|ltr|w|kw|v|hz|khz|mhz|ghz|a|ma|mah|ah|hp|rpm|bar|psi|db|gb|tb|mb|mp|pcs|pieces|pack|gsm)\b")
_DIGIT = lazy_pattern(r"\d")
_REACH: Final = 3
"""So many words before the head, and one less behind it, may belong to its name."""
_SPACES: Final = b" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"


@cache
def _junk() -> frozenset[str]:
    return lexicons.word_list("junk_marks")


@cache
def _idle() -> frozenset[str]:
    """Adjectives of praise, as they stand and as stems."""
    words = lexicons.word_list("idle_words")
    return words | {stem(word) for word in words}


class _Piece(NamedTuple):
    """What stands between two spaces of a title: its telling words, and whether it ends with a digit or begins with a unit."""

    telling: tuple[str, ...]
    number: bool
    unit: bool


class _Pieces(dict[str, _Piece]):
    """Pieces repeat: each is looked at once."""

    def __missing__(self, text: str) -> _Piece:
        if is_plain_code(text):
            # Nearly each listing has its own: not worth to be remembered.
            low = text.lower()
            return _Piece(() if low in _junk() else (low,), True, _UNIT.match(low) is not None)
        if len(self) > WORDS:
            self.clear()
        plain = _apart(text).lower().replace("’", "'")
        found = self[text] = _Piece(tuple(_told(plain)), _DIGIT.fullmatch(text[-1]) is not None, _UNIT.match(plain) is not None)
        return found


def _told(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        word = match[0]
        pieces = [word] if any(c.isdigit() for c in word) else word.replace("/", "-").split("-")
        for piece in pieces:
            if piece not in _VERSIONS and (piece in _junk() or word_info(piece) & (FILLER | FUNCTION_WORD)):
                continue
            yield american_spelling(stem(piece))


_piece_of: Final = _Pieces().__getitem__


def _telling(text: str) -> set[str]:
    """The words that tell an offer from others, as stems in American spelling; a unit is one word with the number before it."""
    texts = text.split()
    pieces = list(map(_piece_of, texts))
    for at in range(len(pieces) - 1, 0, -1):
        if pieces[at].unit and pieces[at - 1].number:
            texts[at - 1] += texts.pop(at)
            del pieces[at]
            pieces[at - 1] = _piece_of(texts[at - 1])
    return set().union(*[piece.telling for piece in pieces])


def _apart(text: str) -> str:
    """The text with words that were run together parted (`CushionCover`)."""
    return _CAMEL.sub(r"\g<0> ", text)


def _commonest(doc: AnalysedListing, title: FieldText) -> str:
    """The title with the product's known name in its commonest form: `Rechargeable Torch Light, 3 W` as `rechargeable flashlight, 3 W`.

    The name is the longest that the thesaurus knows around the head; what its shortest ending does not say is kept.
    """
    heads = doc.name.spans.get("head", ())
    flat = title.flat
    if not heads or flat[heads[0][0]].isspace():
        return title.text
    at = len(flat[: heads[0][0] + 1].split()) - 1
    words = title.words
    names = thesaurus()
    low = high = at
    while low > 0 and low > at - _REACH and names.may_hold(words[low - 1]):
        low -= 1
    while (high := high + 1) < len(words) and high < at + _REACH and names.may_hold(words[high]):
        pass
    found = names.longest_at(words[low:high], at - low)
    if found is None:
        return title.text
    first, kept, end = (low + place for place in found[:3])
    wanted = found[3].name.lower().split()
    if words[kept:end] == wanted or _has_all(title.text, wanted, words[first:end]):
        # It has its commonest form, or the title has that name too: the two are not to become one.
        return title.text
    start, stop = title.phrase_span(first, end - first)
    return f"{title.text[:start]}{' '.join(words[first:kept])} {found[3].name}{title.text[stop:]}"


def _has_all(text: str, wanted: Sequence[str], apart_from: Sequence[str]) -> bool:
    """True where all of the wanted words stand in the text, apart from those of a name."""
    low = text.lower()
    return all(word in low for word in wanted) and ({*_apart(text).lower().split()} - set(apart_from)).issuperset(wanted)


@lru_cache(maxsize=5_000)
def _makes_variant(attribute: str) -> bool:
    """True for the name of an attribute by which variants of a product differ."""
    return _VARIANT_NAMES.match(attribute) is not None


def _canonical(doc: AnalysedListing) -> list[str]:
    """The words that tell the offer, sorted: of the title, with the product name in its commonest form, and of what makes a variant."""
    title = doc.title
    if title is None:
        return []
    words = _telling(_commonest(doc, title))
    for field in ("model", "brand"):
        value = doc.listing.text(field)
        if value and not doc.parts(field)[0].blank:
            plain = letters(value)
            words.discard(plain)
            words.add(f"{field}={plain}")
    for name, attribute in doc.attributes.items():
        if _makes_variant(name):
            words.add(f"{name}={letters(attribute.value)}")
    return sorted(words)


def _exact(listing: Listing) -> int:
    """The key of all that two identical listings have in common, whatever their spaces and case."""
    text = "\0".join([listing.text(name) or "" for name in _COMPARED])
    if text.isascii():
        return key_of_bytes(text.lower().encode("ascii").translate(None, _SPACES))
    return key_of_bytes("".join(text.casefold().split()).encode("utf-8", "surrogatepass"))


_COMPARED: Final = ("title", "description", "brand", "model", "attributes", "price", "moq")


def extract(doc: AnalysedListing, options: Options) -> Any:
    """The keys and words of one listing."""
    words = _canonical(doc)
    if not words or doc.title is None:
        return None
    listing = doc.listing
    label = (listing.text("id") or "").strip() or str(doc.record or "")
    group = (listing.text("group") or "").strip() if listing.filled("group") else ""
    return _Offer(_keys(words), _exact(listing), " ".join(words), group, label, listing_identity(listing))


def _keys(words: Sequence[str]) -> tuple[int, ...]:
    """The key of all words, and of all but one for each that a copy may lack or spell otherwise."""
    known = list(map(_keyed, words))
    total = sum([key for key, _ in known])
    if len(words) < _FEWEST:
        return (key_of_set(total),)
    return (key_of_set(total), *[key_of_set(total - key) for key, weak in known if weak])


class _Keyed(dict[str, tuple[int, bool]]):
    """The `word_key` of a word, and whether a copy may lack it; of numbers and codes only short ones are remembered."""

    def __missing__(self, word: str) -> tuple[int, bool]:
        if len(word) > _LONG_NUMBER and not word.isalpha():
            return word_key(word), False
        if len(self) > WORDS:
            self.clear()
        found = self[word] = word_key(word), _weak(word)
        return found


_LONG_NUMBER: Final = 5
_keyed: Final = _Keyed().__getitem__


def resolve(values: Iterable[tuple[int, Any]], options: Options) -> Resolved:
    """Every member of a set of duplicates but the first, with the label of the one that it repeats and whether it is identical."""
    groups = KeyGroups()
    for ordinal, (keys, *kept) in values:
        groups.note(ordinal, None, kept)
        for key in keys:
            groups.add(key, ordinal)
    pairs: set[_Pair] = set()
    labels: dict[int, tuple[str, str]] = {}
    for members in groups.groups():
        earlier: list[tuple[int, _Compared]] = []
        known: dict[int, tuple[str, str]] = {}
        for ordinal, _, (exact, words, group, label, who) in members:
            if earlier and earlier[-1][0] == ordinal:
                continue
            mine = _Compared(exact, group, words.split(" "))
            named = (label or str(ordinal + 1), who)
            for pair in _pairs(earlier, ordinal, mine):
                pairs.add(pair)
                labels[ordinal] = named
                labels[pair.other] = known[pair.other]
            if len(earlier) < _MOST_COMPARED:
                earlier.append((ordinal, mine))
                known[ordinal] = named
    groups.close()
    out: dict[int, list[dict[str, Any]]] = {}
    for ordinal, (other, variant) in _first_of(pairs).items():
        shown, who = labels[other]
        out[ordinal] = [{"first": shown, "other": who, "variant": variant}]
    return out


class _Compared(NamedTuple):
    """A listing as it is compared with others: what it holds in all, its group of variants, its words."""

    exact: int
    group: str
    words: list[str]


class _Pair(NamedTuple):
    """A listing and an earlier one that it repeats; sorted, the closest pairs come first."""

    near: bool
    ordinal: int
    other: int


def _pairs(earlier: list[tuple[int, _Compared]], ordinal: int, mine: _Compared) -> list[_Pair]:
    """The earlier listings that this one repeats."""
    out: list[_Pair] = []
    for other, theirs in earlier:
        if mine.group and mine.group == theirs.group:
            continue
        if mine.exact == theirs.exact:
            out.append(_Pair(False, ordinal, other))
            if not mine.group and not theirs.group:
                # Two that are alike in all repeat the same ones, and the pairs of the other are known.
                break
        elif _same(mine.words, theirs.words):
            out.append(_Pair(True, ordinal, other))
    return out


def _first_of(pairs: Iterable[_Pair]) -> dict[int, tuple[int, str]]:
    """For every listing of a set but its first the listing that it repeats and how.

    Sets grow from pairs, so that in whatever order the catalog is, as many listings are found.
    """
    up: dict[int, int] = {}

    def first(ordinal: int) -> int:
        while (above := up.get(ordinal, ordinal)) != ordinal:
            ordinal = up[ordinal] = up.get(above, above)
        return ordinal

    found: dict[int, tuple[int, str]] = {}
    for near, ordinal, other in sorted(pairs):
        kept, later = sorted((first(ordinal), first(other)))
        if kept != later:
            up[later] = kept
            named = other if later == ordinal else ordinal if later == other else kept
            found[later] = (named, "near" if near else "identical")
    return found


def _weak(word: str) -> bool:
    """True for a word that a copy may lack or spell otherwise: an idle adjective, or a longer word of letters."""
    return word.isalpha() and (len(word) >= 5 or word in _idle())


def _same(mine: list[str], theirs: list[str]) -> bool:
    left, right = set(mine) - set(theirs), set(theirs) - set(mine)
    if not left and not right:
        return True
    if len(left) + len(right) == 1:
        return (left | right).pop() in _idle()
    if len(left) == len(right) == 1:
        one, other = left.pop(), right.pop()
        if min(len(one), len(other)) < 5 or not one.isalpha() or not other.isalpha() or OSA.distance(one, other) != 1:
            return False
        return not (word_info(one) & (KNOWN | LISTED) and word_info(other) & (KNOWN | LISTED))
    return False


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit on the title that names the first of the duplicates."""
    for values in doc.across["duplicate-listing"]:
        title = doc.title
        if title is not None:
            hit = title.hit(0, len(title.raw), values["variant"], variant=values["variant"], first=values["first"])
            hit.other = values["other"]
            yield hit


RULE = Rule(
    name="duplicate-listing",
    group="catalog",
    severity="warning",
    variants={"identical": "error", "near": "warning"},
    degrees=("identical", "near"),
    whole=True,
    summary=Text("The same offer stands in the catalog already", "目录中已有相同的产品"),
    messages={
        "identical": Text("The same listing as {first}; remove one of the two", "与 {first} 完全相同；请删除其中一个"),
        "near": Text(
            "Says the same as {first} in other words, another order, or with another price; merge the two or tell what sets them apart",
            "与 {first} 实为同一产品（仅措辞、词序、价格或数量不同）；请合并，或写明两者的区别",
        ),
    },
    page=Text(
        "Finds listings of one offer. Identical ones agree in title, description, brand, model, attributes, price and minimum order, case and spaces "
        "apart. Near ones say the same in another order, with a synonym, a slip of the keys, a filler, a mark such as (Export), or at another price or "
        "quantity. Other numbers, colours, sizes or models make another variant, and variants of one `group` are no duplicates. The finding stands on every "
        "member but the first and names the first. Marketplaces take duplicates for spam; keep one, and put differences into its attributes.",
        "找出重复发布的产品。“完全相同”指标题、描述、品牌、型号、属性、价格和起订量在忽略大小写和空格后一致；“近似”指仅词序、同义词、笔误、空话、(Export) 之类标记或价格、"
        "数量不同。数字、颜色、尺寸、型号不同则视为不同款式；同一 `group` 的款式不算重复。除首个外，每个重复产品都会报告并指出首个。平台会把重复产品视为作弊；请保留一个，把差异写进属性。",
    ),
    check=check,
    extract=extract,
    resolve=resolve,
    fields=("title",),
    examples=(
        Good(listings=[{"title": "Oak Coat Rack, 5 Hooks"}, {"title": "Oak Coat Rack, 7 Hooks"}]),
        Good(listings=[{"title": "Linen Apron, Blue"}, {"title": "Linen Apron, Grey"}]),
        Bad(listings=[{"id": "1", "title": "Oak Coat Rack, 5 Hooks"}, {"id": "2", "title": "oak coat rack,  5 hooks"}]),
        Bad(listings=[{"title": "Flashlight 3 W, Rechargeable", "price": "4.10"}, {"title": "Rechargeable Torch Light, 3 W", "price": "3.90"}]),
        Bad(listings=[{"title": "Linen Apron with Two Pockets, Blue"}, {"title": "Blue Linen Apron with Two Pockets (Export)", "moq": "50"}]),
        Bad(listings=[{"title": "Velvet Cushion Cover, Green, 45 x 45 cm"}, {"title": "Velvet Cushon Cover, Green, 45 x 45 cm"}]),
        FalseAlarm(
            listings=[{"title": "Linen Apron", "group": "AP", "attributes": {"Color": "Blue"}}, {"title": "Linen Apron", "group": "AP", "attributes": {"Color": "Red"}}],
            why=Text("two colours of one group", "同一 group 的两种颜色"),
        ),
        Bad(listings=[{"title": "Velvet CushionCover, Green, 45 x 45 cm"}, {"title": "Green Velvet Cushion Cover, 45 x 45 cm"}]),
        FalseAlarm(
            listings=[{"title": "Slim Rubber Phone Case for Fono 6, Black"}, {"title": "Slim Rubber Phone Case for Fono 6 Plus, Black"}],
            why=Text("cases for two phones", "适配两款手机"),
        ),
        FalseAlarm(
            listings=[{"title": "Cotton Throw Blanket with Fringe"}, {"title": "Striped Cotton Throw Blanket with Fringe"}],
            why=Text("another pattern is another variant", "花纹不同，属于不同款式"),
        ),
        FalseAlarm(
            listings=[{"title": "Pressure Cooker"}, {"title": "Sealing Ring for Pressure Cooker"}],
            why=Text("a product and its spare part", "产品与其配件"),
        ),
    ),
)  # fmt: skip
