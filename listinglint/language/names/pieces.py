"""Cuts a title into words, each judged once per distinct spelling and reduced to a role, a letter that patterns read.

| role | what the word is | | role | what the word is |
|---|---|---|---|---|
| `H` | a noun that names products | | `c` | colour |
| `G` | a general one: machine, system, tool | | `z` | size |
| `Q` | a container or set that may also count: box, bag, set | | `s` | style, quality |
| `D` | a material that is also a product: glass, leather | | `x` | filler |
| `e` | a colour or style that may be a product: coffee | | `a` | audience |
| `E` | a part that may be a product: frame, lens | | `y` | `compatible` and its like |
| `N` | another noun for a thing | | `M` | material |
| `W` | any other noun | | `T` | type word: electric, kitchen |
| `P` | a part, feature or aspect | | `I` | an -ing word |
| `R` | series, collection, edition | | `J` | adjective, adverb |
| `X` | a noun that names nothing: product, item | | `V` | verb |
| `B` | a known brand | | `A` | an unknown word in capitals |
| `U` | an unknown word with a capital | | `l` | an unknown word without |
| `n` | number | | `m` | measure |
| `u` | unit after a number | | `q` | quantity word |
| `k` | model code | | `K` | certification mark |
| `p` | preposition that begins an extra | | `b` | by |
| `o` | of | | `f` | another function word |
| `&` | and, +, / between words | | `h` | Chinese, Japanese or Korean characters |
| `|` | hard separator | | `:` | colon |
| `,` | comma | | `(` `)` | brackets |
| `-` | a hyphen between spaces | | `t` | to |
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import cache
from itertools import accumulate, count
from operator import add, attrgetter
from typing import Any, Final, TypeVar, cast

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.language.names.evidence import name_evidence
from listinglint.model.patterns import lazy_pattern

_PIECE: Final = lazy_pattern(
    r"&amp;|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|(?:[^\W_]|[.'’&+*×°%\"″′”#/_®™-]|(?<=\d),(?=\d{3}(?!\d)))+|[^\w\s]"
)
_CJK: Final = lazy_pattern(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SPLIT: Final = lazy_pattern(r"(?<=[^\W\d_]{3})([/+&*])(?=[^\W\d_]{3})|(?<=[^\W\d_]{3})(-)(?=\d[\d.]*[a-z]{0,2}$)|(?<=[a-z]{3})(-)(?=[A-Z]{6,}$)")
_LEAD: Final = "-.'’\"″′”&+*×/_%°®™"
_TAIL: Final = "-.'’\"″′”&*×/_®™#°"
_SEPARATORS: Final = {
    ",": ",", "，": ",", "、": ",", "(": "(", "[": "(", "{": "(", "【": "(", "（": "(", "<": "(", "「": "(",
    ")": ")", "]": ")", "}": ")", "】": ")", "）": ")", ">": ")", "」": ")",
    ":": ":", "：": ":", "&": "&", "&amp;": "&", "+": "&", "/": "&", "＋": "&", "＆": "&",
    "-": "-", "–": "-", "—": "-", "--": "-", "~": "-", "―": "-", "−": "-",
}  # fmt: skip
_PREPOSITIONS: Final = frozenset(
    [
        "for",
        "with",
        "without",
        "in",
        "from",
        "on",
        "at",
        "w/",
        "w",
        "under",
        "against",
        "featuring",
        "including",
        "inside",
        "fits",
        "suits",
        "into",
        "onto",
        "via",
        "like",
    ]
)
_SMALL: Final = {"of": "o", "by": "b", "and": "&", "&": "&", "plus": "&", "to": "t", "or": "&", "nd": "&", "n": "&"}
_COMPATIBLE: Final = frozenset(("compatible", "suitable", "designed", "intended"))
NEGATIONS: Final = frozenset(("no", "non", "anti"))
"""Words that turn the noun behind them into a quality: `anti slip mat`, `no tie shoelaces`."""
_HELD: Final = frozenset(("ram", "rom"))
"""Parts that behind a measure are what a device holds."""
_MODULES: Final = frozenset(("dimm", "sodimm", "lodimm", "udimm", "rdimm", "module", "memory", "ddr", "ddr2", "ddr3", "ddr3l", "ddr4", "ddr5"))
"""Words beside which RAM is the product itself."""
_CAN_DO: Final = frozenset(("be", "use", "used", "hold", "fit", "work", "not", "also", "do"))
_MADE_UP: Final = frozenset(("lip", "eye", "hair", "nail", "cheek"))
"""What colours are made for: `lip colour` is a product."""
_COOKING: Final = frozenset(("gas", "electric", "induction", "cooking", "kitchen"))
"""What a range cooks with: `gas range` is a product, `temperature range` none."""
_PULLED: Final = frozenset(("cabinet", "drawer", "door", "hardware", "bin", "cup", "finger", "appliance", "bar"))
"""What a pull is fixed to: `cabinet pull`."""
_SAFES: Final = frozenset("fire fireproof gun rifle wall floor hotel security electronic digital key cash deposit depository jewelry biometric fingerprint home".split())
"""What a safe is kept for or works with: `gun safe` is a product, `microwave safe` a quality."""
_MANY: Final = frozenset(("single", "dual", "double", "triple", "tri", "quad", "two", "three", "four"))
_HAD: Final = frozenset("band channel bowl basin cylinder".split())
"""What a product has so many of: `dual band radio`, `double bowl sink`."""
_SELLING: Final = frozenset(("wholesale", "factory", "retail"))
_TURNING: Final = (
    NEGATIONS | _HELD | _HAD | {"built", "built-in", "can", "pc", "free", "color", "colour", "light", "range", "pull", "pulls", "safe", "safes", "outlet"}
)
"""Words that turn what stands beside them, or are turned by it."""
_ATTRIBUTE_ENDINGS: Final = (
    "-compatible", "-friendly", "-free", "-proof", "-resistant", "-style", "-inspired", "-size", "-sized", "-colored", "-coloured",
)  # fmt: skip
_COUNTERS: Final = frozenset(
    ("pair", "pairs", "piece", "pieces", "pcs", "pc", "lot", "lots", "dozen", "pk", "packs", "packet", "packets")
)
"""Quantity words that are never a product themselves."""
_MEASURED: Final = lazy_pattern(r"\d.*[\"″′”%°]$|\d['’]$")
_ROLE_SETS: Final = (
    ("fillers", "x"), ("colours", "c"), ("styles", "s"), ("sizes", "z"), ("materials", "M"), ("audience", "a"), ("type_words", "T"),
)  # fmt: skip


def shape_of(text: str) -> str:
    """How a word is written: `U` all capitals, `T` one capital first, `m` mixed, `l` small, `d` digit first, `o` else."""
    if not text[:1].isalpha():
        return "d" if text[:1].isdigit() else "o"
    if text.islower():
        return "l"
    if len(text) > 1 and text.isupper():
        return "U"
    return "T" if text[1:].islower() or len(text) == 1 else "m"


class Word:
    """A distinct spelling with what is known of it; shared by all titles that hold it."""

    __slots__ = (
        "as_head",
        "as_maker",
        "brand",
        "brands",
        "capital",
        "counted",
        "endness",
        "flags",
        "followers",
        "groups",
        "kind",
        "low",
        "name_before",
        "name_ends",
        "role",
        "seconds",
        "shape",
        "special",
        "stem",
        "text",
    )

    def __init__(self, text: str, role: str) -> None:
        self.text = text
        self.low = text.lower()
        self.role = role
        self.flags = 0
        self.stem = self.low
        self.groups: frozenset[str] = frozenset()
        self.endness = 0.0
        self.brand = False
        self.brands: tuple[tuple[tuple[str, ...], bool], ...] = ()
        """Known brands that begin with the word, see `brand_words`."""
        self.followers: dict[str, int] = {}
        self.capital = text != self.low or text[:1].isdigit()
        self.seconds: dict[str, tuple[tuple[tuple[str, ...], str], ...]] | None = None
        self.counted = False
        self.special = False
        self.name_ends = 0
        self.name_before = 0
        self.shape = shape_of(text)
        self.kind = role + self.shape
        """Role and shape."""
        self.as_head: float | None = None
        """What the word weighs as a head in the second look; filled in by `second_look`."""
        self.as_maker: tuple[float, float, float, float, dict[str, tuple[float, float, float]]] | None = None
        """What the word weighs as a brand's first, later and last word, and behind one; filled in by `makers`."""


@cache
def _head_groups() -> dict[str, frozenset[str]]:
    """Stems of heads to the groups they stand in."""
    found: dict[str, set[str]] = {}
    for line in lexicons.head_lines():
        group, _, listed = line.partition(":")
        for head in listed.split(","):
            found.setdefault(w.stem(head.strip().rstrip("*")), set()).add(group.strip())
    for groups in found.values():
        if not groups.isdisjoint(("top-garment", "bottom-garment", "dress")):
            groups.add("garment")
    return {head: frozenset(groups) for head, groups in found.items()}


@cache
def _phrases() -> dict[str, dict[str, tuple[tuple[tuple[str, ...], str], ...]]]:
    """Listed phrases by their first and second word: the words behind those and the role; the longest first."""
    table: dict[tuple[str, ...], str] = {}

    def enter(text: str, role: str) -> None:
        parts = tuple(text.lower().split())
        if len(parts) > 1:
            table.setdefault(parts, role)

    for name, brand in lexicons.brands().items():
        if not brand.ambiguous:
            enter(name, "B")
    for name, role in _ROLE_SETS:
        for text in lexicons.fillers() if name == "fillers" else lexicons.word_list(name):
            enter(text, role)
    for mark in lexicons.certifications():
        for spelling in mark.spellings:
            enter(spelling, "K")
    for text in lexicons.word_list("joined"):
        enter(text, "T")
    found: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {}
    for parts, role in table.items():
        found.setdefault(parts[0], {}).setdefault(parts[1], []).append((parts[2:], role))
    return {
        first: {second: tuple(sorted(rest, key=lambda one: -len(one[0]))) for second, rest in seconds.items()}
        for first, seconds in found.items()
    }


@cache
def brand_words() -> dict[str, tuple[tuple[tuple[str, ...], bool], ...]]:
    """Known brands by their first word: the words of each spelling, the longest first, and whether it is ambiguous."""
    table: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for name, brand in lexicons.brands().items():
        parts = tuple(part.rstrip(",.") for part in name.split())
        table.setdefault(parts[0], []).append((parts, brand.ambiguous))
    return {first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in table.items()}


def _role(word: Word) -> str:
    """The role of a word by its flags; the order of the tests is the order of trust."""
    low, flags = word.low, word.flags
    if low in _SMALL:
        return _SMALL[low]
    if low in _PREPOSITIONS:
        return "p"
    if low in _COMPATIBLE:
        return "y"
    if flags & w.MEASURE:
        return "m"
    if flags & w.MODEL:
        return "k"
    if flags & w.NUMBER:
        return "n"
    if flags & w.SERIES:
        return "R"
    if low in lexicons.word_list("nameless"):
        return "x" if flags & w.FILLER else "X"
    if low.endswith(_ATTRIBUTE_ENDINGS):
        return "s"
    if low in _COUNTERS:
        return "q"
    head = bool(word.groups) or (word.endness >= 0.4 and word.name_ends >= 3)
    if flags & w.TYPE_WORD and flags & (w.STYLE | w.PART) and not head:
        return "T"
    if flags & w.FILLER and not head and not flags & w.TYPE_WORD:
        return "x"
    if flags & w.PART and low.endswith(("ing", "tion", "ment", "sion")) and not head:
        return "I"
    for bit, alone, also in (
        (w.COLOUR, "c", "e"), (w.AUDIENCE, "a", "a"), (w.STYLE, "s", "e"), (w.SIZE, "z", "e"),
        (w.QUANTITY, "q", "Q"), (w.MATERIAL, "M", "D"), (w.PART, "P", "E"),
    ):  # fmt: skip
        if flags & bit:
            if bit == w.MATERIAL and head and (low != word.stem or (word.endness >= 0.6 and "garment" in word.groups)):
                return "H"
            return also if head else alone
    if flags & w.GENERAL:
        return "G"
    if head:
        return "H"
    if flags & w.FILLER:
        return "x"
    if flags & w.FUNCTION_WORD:
        return "f"
    if flags & w.BRAND and not flags & w.AMBIGUOUS_BRAND:
        return "B"
    if flags & w.TYPE_WORD:
        return "T"
    if flags & w.MARK and not flags & w.NOUN:
        return "K"
    if flags & w.BRAND and not flags & w.AMBIGUOUS_BRAND:
        return "B"
    role = _role_by_kind(word)
    if role == "J" and "-" in low and set(low.split("-")) <= lexicons.word_list("type_words"):
        return "T"
    return role


def _role_by_kind(word: Word) -> str:
    """The role of a word that no list of products holds."""
    low, flags = word.low, word.flags
    if low.endswith("ing") and flags & w.VERB:
        return "I"
    if flags & w.MAIN_ADJECTIVE and not flags & w.MAIN_NOUN:
        return "J"
    if flags & w.ACRONYM and not flags & (w.ADJECTIVE | w.VERB):
        return "A"
    if flags & w.NAME and word.capital and not flags & w.PRODUCT_NOUN:
        return "U"
    if flags & w.NOUN:
        if flags & w.PRODUCT_NOUN:
            return "N"
        return "V" if flags & w.MAIN_VERB and not flags & w.MAIN_NOUN else "W"
    if flags & (w.ADJECTIVE | w.ADVERB):
        return "J"
    if flags & w.VERB:
        return "V"
    if _CJK.match(low):
        return "h"
    if flags & w.ACRONYM:
        return "A"
    return "U" if word.capital else "l"


def _closed_compound(low: str) -> frozenset[str]:
    """The groups of the head that an unknown word ends with, a known word standing before it (`watchband`)."""
    table, groups = w.lexicon(), _head_groups()
    for at in range(3, len(low) - 3):
        if low[:at] in table:
            found = groups.get(w.stem(low[at:]))
            if found and len(low) - at > 3:
                return found
    return frozenset()


_words: dict[str, Word] = {}
_Shared = TypeVar("_Shared", bound=Hashable)
_shared: dict[Hashable, Any] = {}
_NO_FOLLOWERS: Final[dict[str, int]] = {}


def shared(value: _Shared) -> _Shared:
    """The one object for all equal values, so that reading a title touches little memory."""
    return cast("_Shared", _shared.setdefault(value, value))




def word_of(text: str) -> Word:
    """The word of a spelling, judged on first sight."""
    known = _words.get(text)
    if known is not None:
        return known
    if len(_words) > _MOST:
        _words.clear()
        _chunks.clear()
    word = Word(text, "f")
    word.low = low = text.lower().replace("’", "'")
    word.flags = flags = w.word_info(text)
    word.stem = stem = w.stem(low)
    groups = _head_groups().get(stem)
    if groups is None and not flags & (w.KNOWN | w.LISTED) and low.isalpha():
        groups = _closed_compound(low)
    if groups:
        word.groups = shared(groups)
    if stem in name_evidence().words:
        ends, before, followers = name_evidence().of(stem)
        word.followers = followers or _NO_FOLLOWERS
        word.endness = shared(round((ends + 1) / (ends + before + 2), 3))
        word.name_ends = ends
        word.name_before = before
    else:
        word.endness = _UNSEEN
    word.brand = bool(flags & w.BRAND)
    word.brands = brand_words().get(low.rstrip("."), ())
    word.seconds = _phrases().get(low)
    word.role = _role(word)
    word.kind = shared(word.role + word.shape)
    if word.role == "G":
        word.endness = max(word.endness, 0.85)
    word.counted = bool(flags & (w.UNIT | w.QUANTITY))
    word.special = word.seconds is not None or word.counted or low in _TURNING
    _words[text] = word
    return word


def _code(text: str) -> Word | None:
    """The word of a plain model code, which is not worth to be remembered; None for one that is a name or begins one."""
    low = text.lower()
    if low in _head_groups() or low in name_evidence().words or low in brand_words() or low in _phrases():
        return None
    word = Word(text, "k")
    word.flags = w.MODEL
    word.endness = _UNSEEN
    word.followers = _NO_FOLLOWERS
    return word


_CLOSING: Final = frozenset(("", "p", "|", ",", "(", ")", "-", ":"))
"""Roles that close a name, and the end of the title."""
_UNSEEN: Final = 0.5
"""How often a word ends a name that stands in none."""
_MOST: Final = 25_000


def _separator(text: str) -> Word:
    known = _words.get(text)
    if known is None:
        known = _words[text] = Word(text, _SEPARATORS.get(text, "|"))
    return known


class Chunk:
    """What stands between two spaces and is not just a word: its words and separators, where in it they begin, and their roles."""

    __slots__ = ("role", "special", "starts", "words")

    def __init__(self, found: list[tuple[Word, int]]) -> None:
        self.words = [word for word, _ in found]
        self.starts = [start for _, start in found]
        self.role = "".join(map(_role_of, self.words))
        self.special = any(map(_special_of, self.words))


class _Chunks(dict[str, Word | Chunk]):
    """Chunks repeat, so that cutting is a look-up; most are one word, which then stands for itself."""

    def __missing__(self, text: str) -> Word | Chunk:
        if w.is_plain_code(text) and (code := _code(text)) is not None:
            return code
        if len(self) > _MOST:
            self.clear()
        found = self[text] = _cut(text)
        return found


_chunks: Final = _Chunks()
_chunk_of: Final = _chunks.__getitem__
_role_of: Final = attrgetter("role")
_stem_of: Final = attrgetter("stem")
_special_of: Final = attrgetter("special")


def _cut(text: str) -> Word | Chunk:
    """A text without spaces as one word that is the whole of it, or as words and separators."""
    if text.isascii():
        if text.isalnum():
            return word_of(text)
        if text[-1] == "," and text[:-1].isalnum():
            return Chunk([(word_of(text[:-1]), 0), (_separator(","), len(text) - 1)])
    found: list[tuple[Word, int]] = []
    for match in _PIECE.finditer(text):
        _cut_piece(match[0], match.start(), found)
    return found[0][0] if len(found) == 1 and found[0][1] == 0 else Chunk(found)


def _cut_piece(piece: str, start: int, found: list[tuple[Word, int]]) -> None:
    """Appends the words of a piece: signs at its edges taken off, `Red/Green` parted."""
    stripped = "" if piece in _SEPARATORS else piece.lstrip(_LEAD)
    if stripped and not stripped[0].isalnum():
        stripped = ""
    if not stripped:
        if piece not in ("'", '"', "’", "”", "″", ".", "®", "™", "*", "%", "°"):
            found.append((_separator(piece), start))
        return
    if start == 0 and piece[0] == "-" and stripped[0].isalpha():
        found.append((_separator("-"), 0))
    start += len(piece) - len(stripped)
    if start and piece[:1] in "-/" and found and found[-1][0].role not in ",|(&-:":
        found.append((_separator("-" if piece[0] == "-" else "/"), start - 1))
    core = stripped if _MEASURED.search(stripped) else stripped.rstrip(_TAIL + "+" if len(stripped) < 3 else _TAIL)
    if not core:
        return
    parts = [core] if core.lower() in w.lexicon() else [part for part in _SPLIT.split(core) if part]
    if len(parts) == 3 and parts[1] == "-":
        first = parts[0]
        if (first.isupper() and len(first) < 4) or not w.lexicon().get(first.lower(), 0) & w.NOUN:
            parts = [core]
    offset = start
    for part in parts:
        if len(parts) > 1 and part in "/+&*-":
            found.append((_separator("/" if part == "*" else part), offset))
        elif part:
            found.append((word_of(part), offset))
        offset += len(part)
    tail = stripped[len(core) :]
    if tail.startswith(("-", "/")) and len(tail) == 1 and tail != "/":
        found.append((_separator("-"), start + len(core)))


def _places(title: str, texts: list[str]) -> Iterable[int]:
    """Where the texts begin that spaces part."""
    if len(title) == sum(map(len, texts)) + len(texts) - 1:
        return map(add, accumulate(map(len, texts), initial=0), count())
    places, position = [], 0
    for text in texts:
        position = title.find(text, position)
        places.append(position)
        position += len(text)
    return places


class Reading:
    """A title cut into words: the words, their starts, and their roles, where neighbours decide, as one string."""

    __slots__ = ("repeats", "roles", "starts", "title", "words")

    def __init__(self, title: str) -> None:
        self.title = title
        texts = title.split()
        chunks = list(map(_chunk_of, texts))
        self.roles: str = "".join(map(_role_of, chunks))
        words: list[Word] = []
        starts: list[int] = []
        for chunk, place in zip(chunks, _places(title, texts)):  # noqa: B905 (there may be one place more)
            if isinstance(chunk, Word):
                words.append(chunk)
                starts.append(place)
            else:
                words += chunk.words
                starts += [place + start for start in chunk.starts]
        self.words, self.starts = words, starts
        special = [at for at, word in enumerate(words) if word.special]
        if special:
            self.roles = self._roles_beside(special)
        self.repeats = len(set(map(_stem_of, words))) < len(words)

    def _roles_beside(self, special: list[int]) -> str:
        """The roles where neighbours have decided: of units and containers behind a number, and of listed phrases."""
        words = self.words
        roles = list(self.roles)
        last = len(words) - 1
        for at in special:
            word = words[at]
            if word.counted and at and roles[at - 1] in "nm":
                self._count(at, word, roles)
            elif word.counted and at and roles[at - 1] == "u" and word.flags & w.UNIT and len(word.low) < 4 and not word.groups:
                # `5 fl oz`, `32 sq. ft.`, `31 in. W`
                roles[at] = "u"
            elif word.seconds is not None and at < last:
                rests = word.seconds.get(words[at + 1].low)
                if rests is not None:
                    self._mark_phrase(at, rests, roles)
            if word.low in _TURNING:
                self._turn(at, word.low, roles)
        return "".join(roles)

    def _turn(self, at: int, low: str, roles: list[str]) -> None:
        """The roles about a word that turns its neighbour: `anti slip`, `built in torch`, `2GB RAM`, `tray can be used`."""
        behind = roles[at + 1] if at + 1 < len(roles) else ""
        if low in NEGATIONS:
            if behind and behind in "HGDeENWPVJ":
                roles[at : at + 2] = "ss"
        elif low in _HELD:
            if at and roles[at - 1] == "m" and _MODULES.isdisjoint([word.low for word in self.words]):
                roles[at] = "m"
        elif low == "can":
            if at and roles[at - 1] in "HGN" and behind and (behind == "V" or self.words[at + 1].low in _CAN_DO):
                roles[at] = "f"
        elif low == "pc":
            if at and "pc" in self.words[at - 1].followers and not (behind and self.words[at + 1].low in _MODULES):
                roles[at] = "H"
        elif low == "free":
            if at > 1 and roles[at - 1] == "&" and behind and behind not in "|,:-()":
                # What is given away with the product: `Whitening Gel + Free 2 Button Batteries`.
                roles[at - 1 : at + 1] = "pp"
        elif low in ("color", "colour"):
            if at and self.words[at - 1].low in _MADE_UP:
                roles[at] = "H"
        elif low in ("pull", "pulls"):
            if at and (self.words[at - 1].low in _PULLED or (behind in _CLOSING and not _PULLED.isdisjoint([word.low for word in self.words[:at]]))):
                roles[at] = "H"
        elif low in ("safe", "safes"):
            if at and behind in _CLOSING and self.words[at - 1].low in _SAFES:
                roles[at] = "H"
                if behind == "p":
                    # The lock that it has is a part of it.
                    roles[at + 1 :] = ["P" if role == "H" else role for role in roles[at + 1 :]]
        elif low == "outlet":
            if at and behind and self.words[at - 1].low in _SELLING:
                roles[at] = "x"
        elif low in _HAD:
            if at and self.words[at - 1].low in _MANY and self._has_name(at, roles):
                roles[at - 1 : at + 1] = "ss"
        elif low == "range":
            if at and self.words[at - 1].low in _COOKING:
                roles[at] = "H"
        elif low == "light":
            if at and roles[at - 1] == "n" and any("lighting" in word.groups for word in self.words[at + 1 :]):
                # So many lamps: `2 Light Island Pendant`.
                roles[at] = "u"
        elif at > 1 and not {"H", "G"}.isdisjoint(roles[: at - 1]):
            # Behind a product, what is built in is a feature: `Two Way Radio 5W Built in LED Torch`.
            roles[at] = "p"
            if behind and self.words[at + 1].low == "in":
                roles[at + 1] = "p"

    def _has_name(self, at: int, roles: list[str]) -> bool:
        """True where a noun that names products stands behind word `at`, before the next separator or preposition, or well before it."""
        for role in roles[at + 1 :]:
            if role in "HGE":
                return True
            if role in _CLOSING:
                break
        return not {"H", "G"}.isdisjoint(roles[: at - 1])

    def _count(self, at: int, word: Word, roles: list[str]) -> None:
        """The role of a unit or container behind a number or measure."""
        if roles[at - 1] == "n":
            roles[at] = "u" if word.flags & w.UNIT else "q"
        elif at > 3 and word.flags & w.QUANTITY and self._closes(at):
            roles[at] = "q"

    def _mark_phrase(self, at: int, rests: tuple[tuple[tuple[str, ...], str], ...], roles: list[str]) -> None:
        """Gives the words of a listed phrase that begins at `at` its role (`tempered glass` may still be sold as glass)."""
        words = self.words
        for rest, role in rests:
            length = len(rest) + 2
            if not rest or [word.low for word in words[at + 2 : at + length]] == list(rest):
                keeps = role == "M" and roles[at + length - 1] == "D"
                roles[at : at + length] = role * (length - keeps) + "D" * keeps
                return

    def _closes(self, at: int) -> bool:
        """True when word `at` ends the title or stands before a separator or bracket: `…, 20-Ounce Boxes (Pack of 4)`."""
        return at + 1 == len(self.words) or self.words[at + 1].role in ",|-(:)"

    def end(self, at: int) -> int:
        """Where word `at` ends in the title."""
        return self.starts[at] + len(self.words[at].text)

    def slice(self, first: int, last: int) -> str:
        """The title from word `first` to word `last`, both included."""
        return self.title[self.starts[first] : self.starts[last] + len(self.words[last].text)]
