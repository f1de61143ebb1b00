"""A content word again and again, or synonyms of the head piled up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from operator import add, eq
from typing import Final

from listinglint import lexicons
from listinglint.language import words as w
from listinglint.language.thesaurus import american_spelling
from listinglint.language.vocabulary import flag_for, flag_where
from listinglint.model import Text
from listinglint.model.memory import WORDS
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing, FieldText, Token
from listinglint.rules.removal import removal
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule

_FREE: Final = w.FUNCTION_WORD | w.UNIT | w.COLOUR | w.SIZE | w.NUMBER | w.MEASURE | w.AUDIENCE
_BETWEEN: Final = frozenset({"x", "to", "by", "vs", "versus"})
_SHORT_TITLE: Final = 4
_MOST: Final = 3
_SHARED: Final = 3
"""So often compounds may share a noun (`tea pot, flower pot, glue pot`); beyond, the noun itself is repeated."""
_MIXED: Final = frozenset({"food", "component", "chemical", "textile", "supplies", "set", "hardware", "building", "agri"})
"""Groups whose nouns often stand before one another in one name (`rice flour noodle`)."""


@cache
def _compounds() -> dict[str, tuple[str, str]]:
    """Closed compounds of two words with their parts' stems: `earphone` is no compound here, `teapot` is."""
    found = {}
    for row in lexicons.table("compounds"):
        parts = row["open"].split()
        if len(parts) == 2:
            found[row["closed"]] = (w.stem(parts[0]), w.stem(parts[1]))
    return found


_COMPOUND: Final = flag_for(lambda: _compounds().keys())


def _counted(doc: AnalysedListing, most: int) -> dict[str, list[Token]]:
    """The places of each content word, by its stem; words of the brand and free words left out."""
    title = doc.title
    assert title is not None
    joins = bool(title.mask & _COMPOUND) and _may_join(title)
    keys = list(map(_key, title.words)) if title.mask & _BRITISH else title.stems
    if not joins:
        telling = [key for key, flags in zip(keys, title.flags, strict=True) if not flags & _ALWAYS_FREE]
        if len(telling) - len(set(telling)) < most or max(Counter(telling).values()) <= most:
            return {}
    counts = Counter(keys)
    guess = (doc.name.brand or "").lower()
    # A guessed brand of product nouns only may be the very words that are piled up.
    known = bool(doc.listing.text("brand")) or guess in lexicons.brands() or not all(w.word_info(word) & w.HEAD for word in guess.split())
    brand = doc.name.spans.get("brand", ()) if known else ()
    names = set((doc.listing.text("brand") or "").lower().replace("-", " ").split())
    out: dict[str, list[Token]] = {}
    tokens = title.tokens
    labelled = [match.span() for match in _LABELLED.finditer(title.text)] if ":" in title.text else []
    for n, token in enumerate(tokens):
        word = token.word
        if (counts[keys[n]] <= most and not joins) or _idle(word) or "_" in title.raw[max(0, token.start - 1) : token.end + 1] or word in names or _free(tokens, n):
            continue
        if any(s <= token.start < e for s, e in brand):
            continue
        if _designates(tokens, n) or _quoted(title, token) or _of_measure(tokens, n) or any(s <= token.start < e for s, e in labelled):
            continue
        key = _key(word)
        out.setdefault(key if counts[key] > _SHARED else _compound_key(tokens, n, key), []).append(token)
    return out


def _idle(word: str) -> bool:
    """True for a word that is never counted: a letter, a number, a unit, a function word."""
    return len(word) < 2 or (not word.isalpha() and any(map(str.isdigit, word))) or bool(w.word_info(word) & (w.FUNCTION_WORD | w.NUMBER | w.UNIT))


def _always_free(word: str) -> bool:
    """True for a word that `_counted` leaves out whatever stands beside it."""
    if _idle(word):
        return True
    info = w.word_info(word)
    return bool(info & _FREE and (not info & w.HEAD or info & ~w.COLOUR & _FREE))


_ALWAYS_FREE: Final = flag_where(_always_free)


def _free(tokens: Sequence[Token], n: int) -> bool:
    """True for a word that may stand as often as it likes; `light` only where it shades a colour (`light blue`)."""
    info = w.word_info(tokens[n].word)
    if not info & _FREE:
        return False
    shades = n + 1 < len(tokens) and bool(w.word_info(tokens[n + 1].word) & (w.COLOUR | w.MATERIAL)) and tokens[n + 1].word != tokens[n].word
    return not info & w.HEAD or bool(info & ~w.COLOUR & _FREE) or shades


def _key(word: str) -> str:
    return american_spelling(w.stem(word))


_BRITISH: Final = flag_where(lambda word: _key(word) != w.stem(word))


def _may_join(title: FieldText) -> bool:
    """True where two neighbours are the open form of a compound that the title has closed as well."""
    closed, words = _compounds(), title.words
    if not any(map(closed.__contains__, map(add, words, words[1:]))):
        return False
    return any(word in closed and closed[word][0] in title.norm for word in words)


def _compound_key(tokens: Sequence[Token], n: int, key: str) -> str:
    """The head of a closed compound that the title has open elsewhere is counted with it by its own key."""
    if n and (tokens[n - 1].word + tokens[n].word) in _compounds():
        return w.stem(tokens[n - 1].word + tokens[n].word)
    return key


def _designates(tokens: Sequence[Token], n: int) -> bool:
    """True for `iPad 2, iPad 3` and `hub x hub`: the word belongs to a designation."""
    following = tokens[n + 1].word if n + 1 < len(tokens) else ""
    before = tokens[n - 1].word if n else ""
    if following in _BETWEEN or before in _BETWEEN or (before.isdigit() and n > 1 and tokens[n - 2].word in ("of", "with")):
        return True
    return following.isdigit() and any(t.word == tokens[n].word and tokens[m + 1].word[:1].isdigit() for m, t in enumerate(tokens[:-1]) if m != n)


_LABELLED: Final = lazy_pattern(r"(?<=[,;|])[^,;|:]{2,40}:\s[^,;|]*")
"""A specification with its label (`, Machine Capacity: 300 trays/h`): its words describe and do not stuff."""


def _of_measure(tokens: Sequence[Token], n: int) -> bool:
    """True for `set` in `set of 4` and `trays` in `500 trays per hour`: quantities."""
    following = tokens[n + 1].word if n + 1 < len(tokens) else ""
    before = tokens[n - 1].word if n else ""
    if following == "of" and w.word_info(tokens[n].word) & w.QUANTITY:
        return True
    return before.isdigit() and following in ("per", "min", "minute", "hr", "hour", "h", "day", "shift")


def _quoted(title: FieldText, token: Token) -> bool:
    raw = title.raw
    return '"' in raw and raw[: token.start].count('"') % 2 == 1 and '"' in raw[token.end :]


def _chanted(title: FieldText, places: Sequence[Token]) -> bool:
    """True for one phrase said twice with a comma between (`Brown Bear, Brown Bear`): a name or a saying."""
    if len(places) != 2:
        return False
    first, second = places
    between = title.text[first.end : second.start]
    if "," not in between and "!" not in between:
        return False
    phrase = title.text[: first.end].split(",")[-1].split()[-2:]
    return len(phrase) == 2 and between.strip(" ,!").lower() == phrase[0].lower()


def _apart(title: FieldText, places: Sequence[Token], extra: int) -> list[Token]:
    """The places that count: what stands behind the first `for`, `with` or bracket counts for half, so one is forgiven."""
    behind = [token for token in places if token.start >= extra]
    return list(places[:-1]) if behind and len(behind) < len(places) else list(places)


@cache
def _devices() -> frozenset[str]:
    """Names of devices and their makers: behind `for` each goes with a model of its own."""
    return frozenset(w.stem(word) for name in ("product_lines", "device_brands") for word in lexicons.word_list(name))


_EXTRA: Final = lazy_pattern(r"\b(?:for|with|without|compatible|fits?|from|in(?![ -](?:ear|line|wall|ground|ceiling|dash|one|1)\b))\b|[(\[]", re.I)


def _extra(title: FieldText) -> int:
    """Where `for`, `with` or a bracket begins what is not the product; the title's end where nothing does."""
    opening = _EXTRA.search(title.text)
    return opening.start() if opening and opening.start() > 0 else len(title.text)


def _head_like(key: str, doc: AnalysedListing) -> bool:
    head = doc.name.head
    if head is not None and w.stem(head.lower().split("-")[-1]) == key:
        return True
    flags = w.word_info(key)
    return bool(flags & w.HEAD) and not flags & (w.MATERIAL | w.TYPE_WORD | w.COLOUR | w.PART | w.STYLE)


def _ends_name(key: str, places: Sequence[Token], doc: AnalysedListing) -> bool:
    """True for the title's head, or another noun that ends a name at least once (in `shoe rack … shoe hanger` shoe does not)."""
    if not _head_like(key, doc):
        return False
    title = doc.title
    assert title is not None
    tokens = title.tokens
    if doc.name.head is not None and w.stem(doc.name.head.lower().split("-")[-1]) == key:
        return True
    for token in places:
        following = next((other for other in tokens if other.start >= token.end), None)
        if following is None or title.text[token.end : following.start].strip():
            return True
        if not w.word_info(following.word) & (w.HEAD | w.MAIN_NOUN | w.GENERAL):
            return True
    return False


def _repeats(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    title = doc.title
    assert title is not None
    most = options["most"]
    counted = {key: places for key, places in _counted(doc, most).items() if len(places) > most}
    if not counted:
        return
    allowed = frozenset(word.lower() for word in options["allowed"])
    extra = _extra(title)
    for key, places in counted.items():
        if key in allowed or (key in _devices() and places[0].start > extra) or _chanted(title, places):
            continue
        limit = most if most > 1 or (_ends_name(key, places, doc) and places[0].start < extra) else most + 1
        if len(_apart(title, places, extra) if len(places) < 4 else places) <= limit:
            continue
        yield _repeat_hit(title, places, most, ends=_head_like(key, doc) and not _modifies(doc, places), extra=extra)


def _modifies(doc: AnalysedListing, places: Sequence[Token]) -> bool:
    """True where a mention stands within the product's name and the name ends with another word: without it the name would be another."""
    name, head = doc.name.spans.get("product", ()), doc.name.spans.get("head", ())
    return bool(name and head) and any(name[0][0] <= token.start and token.end <= head[0][0] for token in places) and all(token.start != head[0][0] for token in places)


_TWICE: Final = w.COLOUR | w.MATERIAL | w.AUDIENCE | w.HEAD | w.SIZE | w.STYLE
"""Words that say nothing more when said twice; of others the pair may be a name (`Bora Bora`)."""


def _doubled(title: FieldText, repeats: Sequence[Hit]) -> Iterator[Hit]:
    """A word with itself right behind it, whatever the marketplace allows; words that are reported as repeated are left out."""
    if not any(map(eq, title.words, title.words[1:])):
        return
    tokens = title.tokens
    reported = {hit.values["word"] for hit in repeats}
    for one, other in pairwise(tokens):
        if one.word == other.word and len(one.word) > _SHORT_WORD and w.word_info(one.word) & _TWICE and one.word not in reported and not title.text[one.end : other.start].strip():
            yield title.hit(other.start, other.end, "twice", edits=[removal(title.raw, other.start, other.end)])


_SHORT_WORD: Final = 3


def _repeat_hit(title: FieldText, places: Sequence[Token], most: int, *, ends: bool, extra: int) -> Hit:
    """The hit marks the first place too many; of a noun that ends the name the last mention before any `for` is the one to keep."""
    first = places[most]
    run = title.text[places[0].end : places[-1].start]
    keeps_last = ends and not any(mark in run for mark in ",;|-–(/")
    named = [place for place in places if place.start < extra] or list(places)
    order = [*reversed(named), *(place for place in places if place not in named)] if keeps_last else places
    edits = _removals(title.raw, [place for place in places if place not in order[:most]])
    return title.hit(first.start, first.end, "repeat", edits=edits, word=places[0].word, count=len(places), most=most)


def _removals(raw: str, surplus: Sequence[Token]) -> list[tuple[int, int, str]]:
    """Edits that take the words out; a word tied to its neighbours by a hyphen or slash stays, and so does the fix."""
    out: list[tuple[int, int, str]] = []
    pieces = _pieces(raw)
    if surplus and "+" in raw[surplus[0].start : surplus[-1].end + 3]:
        # What a plus joins are things of their own.
        return []
    for token in surplus:
        if raw[token.start - 1 : token.start] in ("-", "/", "'") or raw[token.end : token.end + 1] in ("-", "/", "'"):
            return []
        begin = token.start - 2 if _LETTER.search(raw, 0, token.start) else token.start
        if begin < token.start and out and begin < out[-1][1]:
            return []
        place = (begin, token.end) if len(pieces) == 1 else _place(raw, token, pieces)
        if place is None or (out and place[1] <= out[-1][1]):
            continue
        edit = _without_separator(raw, *place) if place in pieces else removal(raw, *place)
        if out and edit[0] < out[-1][1]:
            edit = (out[-1][1], max(edit[1], out[-1][1]), "")
        out.append(edit)
    return out


_LETTER: Final = lazy_pattern(r"(?<![\w'-])[B-HJ-Zb-hj-z] \Z")
"""A letter of its own before a word belongs to it: `t shirt`, `v neck`."""


def _without_separator(raw: str, start: int, end: int) -> tuple[int, int, str]:
    """The edit that takes a piece out with the separator before it."""
    before = next((match for match in _PARTS.finditer(raw) if match.end() == start), None)
    if before is None or not set("()[]").isdisjoint(before[0]):
        return removal(raw, start, end)
    return before.start(), end, ""


def _pieces(raw: str) -> list[tuple[int, int]]:
    """The places of the pieces that commas, bars, dashes and brackets part."""
    starts = [0, *(match.end() for match in _PARTS.finditer(raw))]
    ends = [*(match.start() for match in _PARTS.finditer(raw)), len(raw)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if raw[start:end].strip()]


def _place(raw: str, token: Token, pieces: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """What goes for a repeated word of a list: the whole of a short piece that it ends; None where a name would be left without its noun."""
    start, end = next(((s, e) for s, e in pieces if s <= token.start < e), (0, len(raw)))
    words = len(raw[start:end].split())
    if raw[token.end : end].strip():
        return (token.start, token.end) if words > _SHORT_PIECE else None
    return (start, end) if words <= _SHORT_PIECE and start > 0 else None


_SHORT_PIECE: Final = 3
_PARTS: Final = lazy_pattern(r"\s*[,;|()\[\]]\s*|\s[-–—/]\s")


def _ends_pair(word: str) -> bool:
    """True for a noun that names a product, if only as the last of two words."""
    return w.word_info(word) & (w.HEAD | w.PRODUCT_NOUN) != 0


def _nameable(word: str) -> bool:
    """True for a noun that names a product by itself."""
    return _ends_pair(word) and not w.word_info(word) & (w.MATERIAL | w.COLOUR | w.TYPE_WORD)


@lru_cache(maxsize=WORDS)
def _kind_of(word: str) -> tuple[str, str]:
    """The group and the kind of products that a noun belongs to; empty for none."""
    return lexicons.head_groups().get(w.stem(word), "").rstrip("*"), _kinds().get(w.stem(word), "")


def _crowded(words: Sequence[str], most: int) -> bool:
    """True where more than `most` of the words are of one group or of one kind of products."""
    kinds = list(map(_kind_of, words))
    groups = [group for group, _ in kinds if group]
    if len(groups) - len(set(groups)) >= most:
        return True
    named = [kind for _, kind in kinds if kind]
    return len(named) - len(set(named)) >= most


def _named_often(words: Sequence[str], flags: Sequence[int], most: int) -> bool:
    """True where more than `most` of the words may end different names that the thesaurus knows."""
    from listinglint.language.thesaurus import thesaurus, words_key

    count = 0
    pairs = []
    before = None
    for word, of_word in zip(words, flags, strict=False):
        if of_word & _ENDS_PAIR:
            if of_word & _NAMEABLE and _is_name(word):
                count += 1
            elif before is not None:
                pairs.append((before, word))
        before = word
    if count + len(pairs) <= most:
        return False
    holds = thesaurus().holds
    return count > most or count + sum([holds(words_key(one, other)) for one, other in pairs]) > most


@lru_cache(maxsize=WORDS)
def _is_name(word: str) -> bool:
    """True for a noun that is the name of a product of the thesaurus."""
    from listinglint.language.thesaurus import thesaurus

    return _nameable(word) and bool(thesaurus().groups_of(word))


def _may_pile(word: str) -> bool:
    """True for a noun of which a pile of names can consist: of a group or kind of products, or the last word of a name."""
    return _ends_pair(word) or w.stem(word) in lexicons.head_groups() or w.stem(word) in _kinds()


_PILES: Final = flag_where(_may_pile)
_ENDS_PAIR: Final = flag_where(_ends_pair)
_NAMEABLE: Final = flag_where(_nameable)


def _may_be_pile(words: list[str], flags: list[int], most: int, then: list[str] = [], of_then: list[int] = []) -> bool:  # noqa: B006 (never changed)
    """False where the words are surely no more than `most` names of one product; `then` may be the last word of a name that they begin."""
    nouns = [word for word, of_word in zip(words, flags, strict=True) if of_word & _PILES]
    return len(nouns) > most and (_crowded(nouns, most) or _named_often(words + then, flags + of_then, most))


def _named(title: FieldText) -> list[tuple[str, Token]]:
    """The names of products of one or two words in the title that stand on their own, with their last word."""
    from listinglint.language.thesaurus import name_key, thesaurus, words_key

    table = thesaurus()
    tokens = title.tokens
    out: list[tuple[str, Token]] = []
    n = 0
    while n < len(tokens):
        pair = f"{tokens[n].word} {tokens[n + 1].word}" if n + 1 < len(tokens) else ""
        if pair and _ends_pair(tokens[n + 1].word) and table.holds(words_key(tokens[n].word, tokens[n + 1].word)):
            out.append((name_key(pair), Token(tokens[n].start, tokens[n + 1].end, pair)))
            n += 2
            continue
        word = tokens[n].word
        if _is_name(word):
            out.append((name_key(word), tokens[n]))
        n += 1
    return out


def _piled(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding where several names of one product stand side by side."""
    title = doc.title
    assert title is not None
    most = options["most_synonyms"]
    words, flags = title.words, title.flags
    if not _may_be_pile(words, flags, most) or len({word for word, of_word in zip(words, flags, strict=True) if of_word & _NAMEABLE}) < most:
        return
    end = _extra(title)
    before = len(title.flat[:end].split())
    if before < len(words) and not _may_be_pile(words[:before], flags[:before], most, words[before : before + 1], flags[before : before + 1]):
        return
    row = _row(title, most)
    if row and row[0].start < end and not _uses(title, row):
        yield _pile_hit(title, row)
        return
    scattered = _scattered(title, end, most)
    if scattered:
        yield _pile_hit(title, scattered)
        return
    from listinglint.language.thesaurus import thesaurus

    named = [(key, token) for key, token in _named(title) if token.start < end]
    if len({key for key, _ in named}) <= most:
        return
    table = thesaurus()
    for n, (_, first) in enumerate(named):
        near = {key: token for key, token in named[n:] if token is first or _related(table, first.word, token.word)}
        if len(near) > most:
            places = sorted(near.values())
            listed = any(mark in title.text[places[0].end : places[-1].start] for mark in _LISTING) or not title.word_set.isdisjoint(_SETS)
            if listed and not _synonymous(table, places, most):
                continue
            yield _pile_hit(title, places)
            return


_SETS: Final = frozenset({"set", "sets", "kit", "kits", "bundle", "combo"})
_LISTING: Final = (",", "/", "&", " and ", "|")


def _synonymous(table: object, places: Sequence[Token], most: int) -> bool:
    """True where more than `most` of the names are names of the first, not merely of the same shelf."""
    from listinglint.language.thesaurus import Thesaurus

    assert isinstance(table, Thesaurus)
    return sum(table.relation(places[0].word, place.word) == "same" or place is places[0] for place in places) > most


def _pile_hit(title: FieldText, places: Sequence[Token]) -> Hit:
    return title.hit(places[0].start, places[-1].end, "synonyms", names=", ".join(t.word for t in places), count=len(places))


def _row(title: FieldText, most: int) -> list[Token]:
    """More than `most` different nouns of one group of products in a row, with only space between them."""
    groups = lexicons.head_groups()
    row: list[Token] = []
    for token in title.tokens:
        group = groups.get(w.stem(token.word), "").rstrip("*")
        if not row and not group:
            continue
        if row and (group != groups[w.stem(row[0].word)].rstrip("*") or title.text[row[-1].end : token.start].strip()):
            if len(row) > most:
                return row
            row = []
        if group and group not in _MIXED and all(w.stem(token.word) != w.stem(other.word) for other in row):
            row.append(token)
    return row if len(row) > most else []


@cache
def _kinds() -> dict[str, str]:
    """Heads with the kind whose names they are; footwear and headwear are piled up across kinds."""
    kinds = {w.stem(head): row["kind"] for row in lexicons.table("kinds") for head in row["heads"].split()}
    groups = {head: group.rstrip("*") for head, group in lexicons.head_groups().items()}
    return {**kinds, **{head: group for head, group in groups.items() if group in _ONE_KIND}}


_ONE_KIND: Final = frozenset({"footwear", "headwear", "eyewear"})


def _scattered(title: FieldText, end: int, most: int) -> list[Token]:
    """More than `most` names of one kind of thing anywhere before what the thing is for; none that goes before a noun of another kind."""
    kinds = _kinds()
    tokens = [token for token in title.tokens if token.start < end]
    found: dict[str, list[Token]] = {}
    last = None
    for n, token in enumerate(tokens):
        stem = w.stem(token.word)
        kind = kinds.get(stem)
        if w.word_info(token.word) & w.HEAD and not w.word_info(token.word) & (w.MATERIAL | w.PART):
            last = kind
        if kind is None or any(w.stem(other.word) == stem for other in found.get(kind, ())):
            continue
        after = tokens[n + 1] if n + 1 < len(tokens) and not title.text[token.end : tokens[n + 1].start].strip() else None
        if after is not None and kinds.get(w.stem(after.word)) != kind and w.word_info(after.word) & w.HEAD and not w.word_info(after.word) & w.MATERIAL:
            continue
        found.setdefault(kind, []).append(token)
    for kind, places in found.items():
        if len(places) > most and kind == last and not any(mark in title.text[places[0].end : places[-1].start] for mark in _LISTING):
            return places
    return []


def _uses(title: FieldText, row: Sequence[Token]) -> bool:
    """True where the row says what another thing is for (`scarf tie belt hanger`): a noun of another kind ends the name."""
    groups = lexicons.head_groups()
    group = groups[w.stem(row[0].word)].rstrip("*")
    end = row[-1].end
    for token in [token for token in title.tokens if token.start >= end][:3]:
        if title.text[end : token.start].strip() or w.word_info(token.word) & w.FUNCTION_WORD:
            return False
        other = groups.get(w.stem(token.word), "").rstrip("*")
        if other and w.word_info(token.word) & w.HEAD:
            return other != group
        end = token.end
    return False


def _related(table: object, one: str, other: str) -> bool:
    from listinglint.language.thesaurus import Thesaurus

    assert isinstance(table, Thesaurus)
    if table.relation(one, other) in ("same", "broader", "narrower"):
        return True
    return any(a.category == b.category for a in table.groups_of(one) for b in table.groups_of(other))


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """A finding for each word that is said too often, at most three; else one for synonyms piled up."""
    title = doc.title
    if title is None or len(title.words) < _SHORT_TITLE:
        return
    if len(set(title.stems)) < len(title.stems) or title.mask & (_BRITISH | _COMPOUND):
        repeats = sorted(_repeats(doc, options), key=lambda hit: -hit.values["count"])[:_MOST]
        yield from repeats
        yield from _doubled(title, repeats)
        if repeats:
            return
    yield from _piled(doc, options)


RULE = Rule(
    name="title-keyword-stuffing",
    group="titles",
    severity="warning",
    fields=("title",),
    guidelines=("GT9",),
    fix="unsafe",
    english=True,
    options=(
        Option("most", int, 2, Text("how often a content word may stand in a title", "一个实词在标题里最多出现几次"), minimum=1),
        Option("most_synonyms", int, 3, Text("how many names of one product a title may hold", "同一产品的名称最多写几个"), minimum=1),
        Option("allowed", list, (), Text("words that may repeat", "允许重复的词")),
    ),
    summary=Text("A word repeated, or names of one product piled up", "关键词堆砌：同一个词反复出现，或罗列同一产品的多个名称"),
    messages={
        "repeat": Text(
            "'{word}' stands {count} times in the title (at most {most}); say it once and use the room for a feature",
            "“{word}”在标题里出现了 {count} 次（最多 {most} 次），写一次就够，省下的位置写特点",
        ),
        "twice": Text("'{text}' stands here twice in a row; take one out", "“{text}”在这里连写了两遍，请删掉一个"),
        "synonyms": Text(
            "{count} names of one product in a row ({names}); keep the commonest in the title, the others belong among the keywords",
            "罗列了同一产品的 {count} 个名称（{names}）；标题里保留最常用的一个，其余放进关键词",
        ),
    },
    page=Text(
        "Finds titles that say one content word more often than the marketplace allows, or that string together the names of one product: "
        "'Sneaker Shoes Running Shoes Sport Shoes Men Shoes'. Search engines count a word once, marketplaces demote or refuse stuffed titles, "
        "and no buyer can read them. Singular, plural and hyphened forms count as one word. Where one mention is allowed, a second one of a "
        "modifier, or behind for, with or a bracket ('Cable Tester for Cat6 Cable'), is let pass. Brands, measures, colours, audiences, models "
        "('for iPad 2, iPad 3') and dimensions ('hub x hub') do not count. The fix removes the repeats, of the product's noun the earlier ones, of other words the later ones; read what is left.",
        "检查实词重复次数超过平台限制、或者把同一产品的多个名称串在一起的标题：“Sneaker Shoes Running Shoes Sport Shoes Men Shoes”。"
        "搜索引擎对同一个词只算一次，平台会降权或拒绝堆砌的标题，买家也读不下去。单数、复数和带连字符的写法算同一个词。只允许出现一次的平台上，"
        "修饰词的第二次出现，以及在 for、with 或括号之后的第二次出现（“Cable Tester for Cat6 Cable”）不计较。"
        "品牌、计量单位、颜色、人群、型号（“for iPad 2, iPad 3”）和尺寸写法（“hub x hub”）不计入。修复会删掉重复的词（中心词保留最后一个，其他词保留最前面的），请通读剩下的内容。",
    ),
    examples=(
        Good("Men's Running Shoes, Breathable Mesh"),
        Good("Enamel Camping Mug 350 ml, Speckled Blue"),
        Bad("Canvas School Backpack Purple Purple", marked="Purple", fixed={"title": "Canvas School Backpack Purple"}),
        Bad("Strip Light LED Light RGB Lights Neon Light Tape Lights"),
        FalseAlarm("Tea Pot and Flower Pot of Clay", why=Text("two compounds that share a noun", "两个复合词共用一个词")),
        FalseAlarm("Tempered Glass for Galaxy 8, Galaxy 9 and Galaxy 10", why=Text("the word belongs to each model", "每个型号都带这个词")),
        FalseAlarm("Cable Tester for Network Cable", why=Text("what it tests is named once more", "写明测试的对象")),
        FalseAlarm(
            "Plastic Tray Making Machine, Production Capacity: 900 Trays per Hour", why=Text("a labelled specification", "带名称的规格参数"),
        ),
        FalseAlarm("Bread Plate (Set of 2) in Gift Set", why=Text("'set of 2' is a quantity", "set of 2 表示数量")),
        FalseAlarm("Slim Keyboard for iPad Air, iPad Mini and iPad Pro", why=Text("each model bears the word", "每个型号都带这个词")),
        FalseAlarm("Metal Scarf Shawl Tie Belt Hanger", why=Text("they are what the hanger is for", "说的是衣架的用途")),
        FalseAlarm("Square Tile 5 cm x 5 cm x 1 cm", why=Text("a unit in each dimension", "每个尺寸都带单位")),
        Bad("Sneaker Shoes Running Shoes Sport Shoes Men Shoes"),
        Bad("Enamel Mug Camping Mugs Coffee Mug", fixed="Enamel Camping Coffee Mug", marked="Mugs"),
        Bad("Canvas Rucksack School Backpack Travel Knapsack Outdoor Daypack"),
        Bad("Cup Mug Tumbler Glass Beaker 300 ml"),
        Bad("Slim Case for Nova Tablet Leather Case Flip Case", fixed="Slim Case for Nova Tablet Leather Flip"),
        Bad("Wool Throw Blanket | Sofa Blanket | Bed Blanket | Warm Beach Blanket Bag", fixed="Wool Throw Blanket | Warm Beach Bag"),
        Bad("Garden Hose Watering Hose Flexible Hose 20 m", marked="Hose", fixed="Garden Watering Flexible Hose 20 m"),
        Bad("Roller Blinds / Zebra Blinds / Window Blinds", marked="Blinds", fixed="Roller Blinds"),
        Bad("Camera Strap Kit: Wrist Strap+Neck Strap+Hand Strap"),
        Bad("Cotton T Shirt Summer Print Shirt Loose Men T Shirt", fixed="Cotton Summer Print Loose Men T Shirt"),
        Bad("Jewellery Box Jewellery Vanity Jewellery", fixed="Jewellery Box Vanity"),
        Bad("Kettle Electric Kettle Travel Kettle Steel Kettle", options={"most": 3}, marked="Kettle", fixed="Electric Kettle Travel Kettle Steel Kettle"),
    ),
    check=check,
)
