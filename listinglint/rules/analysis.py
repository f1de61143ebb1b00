"""One listing with everything that several rules need, each part computed once and only when asked for.

The contract of a FieldText: `raw` is the cell, `text` is the same text with HTML tags and entities blanked out to
the same length, so that an offset into `text` is an offset into the cell.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date as Date
from functools import lru_cache, reduce, wraps
from operator import or_
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeVar

from listinglint.config import Seller
from listinglint.language.names import parse_phrase, read_title
from listinglint.language.vocabulary import Record, word_record
from listinglint.language.words import content_stem, content_words, stem
from listinglint.marketplaces import Limit, Marketplace
from listinglint.model import TEXT_FIELDS, Edit, Listing, ProductName
from listinglint.model.lazy import lazy
from listinglint.model.listing import is_blank
from listinglint.model.memory import PHRASES
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.phrases import Entry, PhraseMatcher, Raw, flatten
from listinglint.rules.rule import Hit
from listinglint.rules.title_words import TitleWord, words_of

if TYPE_CHECKING:
    from listinglint.language.statistics import CatalogStatistics
    from listinglint.rules.openings import Sentences

_HTML = lazy_pattern(r"<!--.*?-->|</?[A-Za-z][^<>]*>|&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});", re.S)
_SPANS = lazy_pattern(r"\S+")
_HAN = lazy_pattern(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN = lazy_pattern(r"[A-Za-z]")
_MEDIA = frozenset("book books ebook ebooks dvd dvds blu music cd cds vinyl movie movies video magazine magazines".split())
_BLOCK = lazy_pattern(r"</?(?:li|p|br|div|td|th|tr|h[1-6]|ul|ol|dt|dd|table)\b", re.I)
_STOP = lazy_pattern(r"[;|•]|\n\s*[^a-z\s]|[a-z]{3}[.!?]\s")
_FEW = 5
"""So many places are counted out one by one; for more the places of all words are made out at once."""
MATCHED_FIELDS = (*TEXT_FIELDS, "attributes")


class Token(NamedTuple):
    """A word of a text: its place and the word in lower case."""

    start: int
    end: int
    word: str


def is_wide(text: str) -> bool:
    """True for a text with a character beyond Latin-1."""
    if text.isascii():
        return False
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return True
    return False


def blank_markup(raw: str) -> str:
    """`raw` with tags turned into spaces and entities into their character, padded to the same length."""
    if "<" not in raw and "&" not in raw:
        return raw

    def blank(match: re.Match[str]) -> str:
        found = match[0]
        if found[0] == "<":
            return " " * len(found)
        character = html.unescape(found)
        if character == found or len(character) > len(found):
            return found
        return (" " if character.isspace() else character).ljust(len(found))

    return _HTML.sub(blank, raw)


class FieldText:
    """The text of one cell of one field."""

    def __init__(self, field: str, raw: str, part: int = 0) -> None:
        self.field = field
        self.raw = raw
        self.part = part
        self._asked = 0
        self.sentences: Sentences | None = None
        """The places of its sentences (`rules.openings`)."""
        self.scanned: _Scanned | None = None
        """What `FoundPhrases` found in it."""

    def __repr__(self) -> str:
        return f"FieldText({self.field!r}, {self.raw[:40]!r})"

    @lazy
    def blank(self) -> bool:
        """True for blank text, for words that mean "nothing here", and for markup that holds neither text nor pictures."""
        return is_blank(self.raw) or "<" in self.raw and is_blank(self.text) and "<img" not in self.raw.lower()

    @lazy
    def text(self) -> str:
        """The text without markup, same length and offsets as `raw`."""
        return blank_markup(self.raw)

    @lazy
    def flat(self) -> str:
        """Lower case, separators as spaces, same offsets as `raw`."""
        return flatten(self.text)

    @lazy
    def words(self) -> list[str]:
        """The words in lower case, punctuation and hyphens dropped, in order."""
        return self.flat.split()

    @lazy
    def stems(self) -> list[str]:
        """The stem of each word of `words`."""
        return [stem for _, stem in self._records]

    @lazy
    def _records(self) -> list[Record]:
        return list(map(word_record, self.words))

    @lazy
    def mask(self) -> int:
        """All flags of the words (`language.vocabulary`): a flag that is not in it no word has."""
        return reduce(or_, {flags for flags, _ in self._records}, 0)

    def with_flag(self, flag: int) -> list[str]:
        """The words that have one of these flags, in order."""
        return [word for word, (flags, _) in zip(self.words, self._records) if flags & flag] if self.mask & flag else []  # noqa: B905 (they are of one length)

    @lazy
    def norm(self) -> str:
        """The words with single spaces between and around them."""
        return f" {' '.join(self.words)} "

    @lazy
    def spans(self) -> list[tuple[int, int]]:
        """The place of each word of `words`."""
        return [match.span() for match in _SPANS.finditer(self.flat)]

    @lazy
    def flags(self) -> list[int]:
        """The flags of each word of `words` (`language.vocabulary`)."""
        return [flags for flags, _ in self._records]

    @lazy
    def tokens(self) -> list[Token]:
        """The words with their places."""
        return [Token(start, end, word) for (start, end), word in zip(self.spans, self.words, strict=True)]

    @lazy
    def word_set(self) -> frozenset[str]:
        """The distinct words."""
        return frozenset(self.words)

    @lazy
    def chinese(self) -> bool:
        """True when the text is mostly Chinese: rules that need English skip it."""
        if self.raw.isascii():
            return False
        han = len(_HAN.findall(self.text))
        return han > 0 and 3 * han >= len(_LATIN.findall(self.text))

    def phrase_span(self, first: int, count: int) -> tuple[int, int]:
        """The place of `count` words from word `first` on."""
        self._asked += 1
        if self._asked > _FEW:
            return self.spans[first][0], self.spans[first + count - 1][1]
        flat, words = self.flat, self.words
        start = len(flat) - len(flat.split(None, first)[first])
        end = start + len(words[first])
        for word in words[first + 1 : first + count]:
            end = flat.index(word, end) + len(word)
        return start, end

    def hit(
        self,
        start: int | None = None,
        end: int | None = None,
        message: str = "default",
        *,
        replace: str | None = None,
        edits: Sequence[tuple[int, int, str]] = (),
        safe: bool = False,
        variant: str | None = None,
        **values: Any,
    ) -> Hit:
        """A hit on `[start, end)` of this text.

        `replace` is a fix that replaces the marked place; `edits` is one of several `(start, end, text)`. Values fill
        the message; `{text}` is the marked text unless given.
        """
        places = [(start, end, replace)] if replace is not None else list(edits)
        made = tuple(Edit(self.field, s or 0, e or 0, t or "", self.part) for s, e, t in places)
        if start is not None and end is not None:
            values.setdefault("text", self.raw[start:end])
        safety: Any = ("safe" if safe else "unsafe") if made else None
        return Hit(self.field, start, end, self.part, message, values, made, safety, variant)


class Keyword:
    """One keyword of the keyword field: its text without spaces around it, and its place in its cell."""

    __slots__ = ("__dict__", "end", "plain", "source", "start", "text", "words")

    def __init__(self, text: str, start: int, end: int, source: FieldText) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.source = source
        self.words = source.flat[start:end].split()
        """The words in lower case, punctuation and hyphens dropped, in order."""
        self.plain = is_plain(text)
        """True where nothing but spaces parts words of ASCII letters and digits."""

    def __repr__(self) -> str:
        return f"Keyword({self.text!r}, {self.start}, {self.end})"

    @property
    def name(self) -> ProductName:
        """The keyword read as a product name."""
        return parse_keyword(self.text)

    @lazy
    def stems(self) -> tuple[str, ...]:
        """The stems of the keyword's words, in order: what keywords are compared by."""
        return tuple(map(stem, self.words))

    @lazy
    def content(self) -> tuple[str, ...]:
        """The stems of the words that are no function words, in order (`words.content_words`)."""
        return tuple(filter(None, map(content_stem, self.words))) if self.plain else tuple(content_words(self.text))

    def hit(self, message: str = "default", *, replace: str | None = None, **values: Any) -> Hit:
        """A hit that marks the keyword; `replace` puts another keyword (or several, parted) in its place."""
        return self.source.hit(self.start, self.end, message, replace=replace, **values)


def is_plain(text: str) -> bool:
    """True for a text of nothing but ASCII letters, digits and spaces: how its words are cut leaves no doubt."""
    return text.isascii() and text.replace(" ", "").isalnum()


@lru_cache(maxsize=PHRASES)
def parse_keyword(text: str) -> ProductName:
    """`text` read as a short product name; cached, since keywords repeat over a catalog."""
    return parse_phrase(text)


@lru_cache(maxsize=PHRASES)
def phrase_stems(text: str) -> tuple[str, ...]:
    """The stems of the words of `text`, in order."""
    return tuple(map(stem, flatten(text).split()))


def _breaks(source: FieldText, start: int, end: int) -> bool:
    """True where a block of markup, a line or a sentence ends inside a phrase: `Colour: green</li><li>Material` is no green material."""
    return _STOP.search(source.text, start, end) is not None or ("<" in source.raw and _BLOCK.search(source.raw, start, end) is not None)


class FoundPhrase(NamedTuple):
    """A match of a phrase lexicon in one text of the listing."""

    lexicon: str
    entry: Entry
    source: FieldText
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.raw[self.start : self.end]

    def hit(self, message: str = "default", **values: Any) -> Hit:
        """A hit that marks the phrase."""
        return self.source.hit(self.start, self.end, message, **values)


class _Scanned(NamedTuple):
    """What the automaton found in one text: its matches, the bits of their lexicons, and the phrases of those that were asked for."""

    matches: list[Raw]
    mask: int
    phrases: dict[str, list[FoundPhrase]]


class FoundPhrases:
    """The matches of the phrase lexicons in some texts. All are found in one pass; their places are made out when a rule asks for them."""

    def __init__(self, matcher: PhraseMatcher, sources: Sequence[FieldText]) -> None:
        self._matcher = matcher
        self._sources = [(source, self._scanned(source)) for source in sources]
        self.mask = 0
        """The bits (of `PhraseMatcher.bits`) of the lexicons that have a match."""
        for _, scanned in self._sources:
            self.mask |= scanned.mask

    def _scanned(self, source: FieldText) -> _Scanned:
        """What was found in one text, kept with it for listings that share the text (see `AnalysedListing.changed`)."""
        known = source.scanned
        if known is None:
            known = source.scanned = _Scanned(*self._matcher.scan(source.norm), {})
        return known

    def __contains__(self, lexicon: str) -> bool:
        """False where no text holds a phrase of the lexicon."""
        return self.mask & self._matcher.bits.get(lexicon, 0) != 0

    def get(self, lexicon: str) -> list[FoundPhrase]:
        """The matches of a lexicon in all texts, in order."""
        return list(self.each(lexicon, MATCHED_FIELDS))

    def each(self, lexicon: str, fields: Sequence[str]) -> Iterator[FoundPhrase]:
        """The matches of a lexicon in some fields, in the order of texts and places."""
        bit = self._matcher.bits.get(lexicon, 0)
        if self.mask & bit:
            for source, scanned in self._sources:
                if scanned.mask & bit and source.field in fields:
                    yield from self._of(lexicon, source, scanned)

    def entries(self, lexicon: str, fields: Sequence[str]) -> Iterator[Entry]:
        """The entries of the phrases that `each` finds, those of single words first: their places need not be known."""
        bit = self._matcher.bits.get(lexicon, 0)
        longer: list[tuple[FieldText, Raw]] = []
        lengths = self._matcher.lengths
        for source, scanned in self._sources:
            if scanned.mask & bit and source.field in fields:
                entries, found = self._matcher.raw(lexicon, scanned.matches)
                for match in found:
                    if lengths[match[0]] == 1:
                        yield entries[match[0]]
                    else:
                        longer.append((source, match))
        for source, (pattern, start, _) in longer:
            if not _breaks(source, *source.phrase_span(source.norm.count(" ", 0, start), lengths[pattern])):
                yield self._matcher.raw(lexicon, ())[0][pattern]

    def _of(self, lexicon: str, source: FieldText, scanned: _Scanned) -> list[FoundPhrase]:
        known = scanned.phrases.get(lexicon)
        if known is None:
            known = scanned.phrases[lexicon] = []
            for match in self._matcher.pick(lexicon, source.norm, scanned.matches):
                start, end = source.phrase_span(match.first, match.length)
                if match.length == 1 or not _breaks(source, start, end):
                    known.append(FoundPhrase(lexicon, match.entry, source, start, end))
        return known


Asked = Literal["date", "place"]


class AnalysedListing:
    """A listing, the marketplace and seller it is judged for, and its shared analysis.

    `across` holds, per rule across listings, the values that the first pass found for this listing.
    """

    def __init__(
        self,
        listing: Listing,
        marketplace: Marketplace,
        seller: Seller,
        date: Date,
        matcher: PhraseMatcher,
        statistics: CatalogStatistics | None = None,
        across: Mapping[str, list[dict[str, Any]]] | None = None,
    ) -> None:
        self.listing = listing
        self.marketplace = marketplace
        self.seller = seller
        self._date = date
        self.statistics = statistics
        self.asked: set[Asked] = set()
        """Which things that may differ from run to run rules asked for: the `date`, the `place` of the listing."""
        self.across = across or {}
        self._matcher = matcher
        self._fields: dict[str, tuple[FieldText, ...]] = {}
        self._texts: dict[tuple[tuple[str, ...], bool], tuple[FieldText, ...]] = {}

    def has(self, name: str) -> bool:
        """True when the source has the field, be it empty."""
        return name in self.listing.values

    def parts(self, name: str) -> tuple[FieldText, ...]:
        """The texts of the cells that feed a field."""
        known = self._fields.get(name)
        if known is None:
            value = self.listing.values.get(name)
            if isinstance(value, str):
                known = (FieldText(name, value),)
            else:
                known = tuple(FieldText(name, raw, at) for at, raw in enumerate(value or ()))
            self._fields[name] = known
        return known

    def field(self, name: str) -> FieldText | None:
        """The field's first cell that is not blank; None when there is none."""
        for part in self.parts(name):
            if not part.blank:
                return part
        return None

    @property
    def date(self) -> Date:
        """The day of the run. Ask for `limit` or `in_force` where only limits depend on it."""
        self.asked.add("date")
        return self._date

    @property
    def record(self) -> int | None:
        """The number of the record that the listing stands in, as a spreadsheet shows it; None where the source has no records."""
        self.asked.add("place")
        return self.listing.source.record if self.listing.source is not None else None

    def limit(self, field: str, kind: str) -> Limit | None:
        """The marketplace's limit that holds on the day of the run for a listing of this category."""
        return self.marketplace.limit(field, kind, self._date, self._limit_category)

    def in_force(self, limit: Limit) -> bool:
        """True where a limit of the marketplace holds on the day of the run."""
        return limit.holds(self._date)

    @lazy
    def _limit_category(self) -> str | None:
        if all(one.category is None for one in self.marketplace.limits):
            return None
        part = self.field("category")
        return "media" if part is not None and not _MEDIA.isdisjoint(part.words) else None

    @lazy
    def title(self) -> FieldText | None:
        """The title, or None when the source has none or it is blank."""
        return self.field("title")

    @lazy
    def description(self) -> FieldText | None:
        """The description, or None."""
        return self.field("description")

    @lazy
    def brief(self) -> FieldText | None:
        """The brief description, or None."""
        return self.field("brief")

    def texts(self, *, english: bool = False, fields: tuple[str, ...] = TEXT_FIELDS) -> tuple[FieldText, ...]:
        """Every text of the fields that is not blank; with `english` those that are not mostly Chinese."""
        known = self._texts.get((fields, english))
        if known is None:
            if english:
                known = tuple(part for part in self.texts(fields=fields) if not part.chinese)
            else:
                values = self.listing.values
                known = tuple(part for name in fields if name in values for part in self.parts(name) if not part.blank)
            self._texts[(fields, english)] = known
        return known

    @lazy
    def mask(self) -> int:
        """All flags of the words that buyers read (`language.vocabulary`), for screens: a flag that is not in it no word has."""
        mask = 0
        for part in self.texts():
            mask |= part.mask
        return mask

    @lazy
    def latin(self) -> bytes:
        """All that buyers read, in Latin-1 with `?` for what is beyond it: what screens look at (`rules.screens`)."""
        return "\n".join([part.raw for part in self.texts()]).encode("latin-1", "replace")

    @lazy
    def wide(self) -> bool:
        """True where a character beyond Latin-1 stands in any field: typographic quotes, full-width signs, other scripts."""
        for value in self.listing.values.values():
            for text in (value,) if isinstance(value, str) else value:
                if not text.isascii() and is_wide(text):
                    return True
        return False

    @lazy
    def name(self) -> ProductName:
        """How the title is understood; an empty ProductName where there is no title."""
        if self.title is None:
            return ProductName("")
        return read_title(self.title.text, self.listing, self.statistics)

    @lazy
    def title_words(self) -> tuple[TitleWord, ...]:
        """The words of the title with their places; empty where there is none."""
        return words_of(self.title.text) if self.title is not None else ()

    @lazy
    def product(self) -> str | None:
        """The listing's complete product name, from its title."""
        return self.name.product

    @lazy
    def keywords(self) -> tuple[Keyword, ...]:
        """The keywords in order, over all cells of the field; empty ones left out.

        On a marketplace whose keywords are a bag of words every word is one.
        """
        out: list[Keyword] = []
        for part in self.parts("keywords"):
            if part.blank:
                continue
            pattern = self.marketplace.keyword_pattern
            for match in pattern.finditer(part.text):
                start, end = match.span()
                text = part.text[start:end]
                lead = len(text) - len(text.lstrip())
                stripped = text.strip()
                if stripped:
                    out.append(Keyword(stripped, start + lead, start + lead + len(stripped), part))
        return tuple(out)

    @lazy
    def found(self) -> FoundPhrases:
        """Matches of all phrase lexicons in the texts and attributes, by lexicon."""
        return FoundPhrases(self._matcher, self.texts(fields=MATCHED_FIELDS))

    def changed(self, values: Mapping[str, str]) -> AnalysedListing:
        """The listing with some fields replaced; what was found out about its other texts is kept."""
        other = AnalysedListing(
            self.listing.with_values(values), self.marketplace, self.seller, self._date, self._matcher, self.statistics, self.across
        )
        other._fields = {name: parts for name, parts in self._fields.items() if name not in values}
        for name, sources in _COMES_FROM.items():
            if name in self.__dict__ and sources.isdisjoint(values):
                other.__dict__[name] = self.__dict__[name]
        return other

    def phrases(self, lexicon: str, fields: Sequence[str] = MATCHED_FIELDS) -> list[FoundPhrase]:
        """Matches of one phrase lexicon, in the order of fields and places."""
        return list(self.found.each(lexicon, fields))

    @lazy
    def attributes(self) -> dict[str, Attribute]:
        """The attributes by their name in lower case, whatever form they were given in."""
        from listinglint.rules.attributes import read_attributes

        return read_attributes(self)

    @lazy
    def certifications(self) -> frozenset[str]:
        """Canonical marks that the listing or the seller holds."""
        from listinglint.rules.marks import held_marks

        return held_marks(self)


Fact = TypeVar("Fact")


def kept(find: Callable[[AnalysedListing], Fact]) -> Callable[[AnalysedListing], Fact]:
    """Keeps what a function finds out about a listing with the listing, for all rules that ask for it."""
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def found(doc: AnalysedListing) -> Fact:
        facts = doc.__dict__
        if name not in facts:
            facts[name] = find(doc)
        fact: Fact = facts[name]
        return fact

    return found


_COMES_FROM: Final = {
    "name": frozenset({"title", "brand", "model", "category"}),
    "title_words": frozenset({"title"}),
    "attributes": frozenset({"attributes", "description"}),
}
"""The fields that a shared result was found out from."""


class Attribute(NamedTuple):
    """One attribute: its name and value, and where the value stands."""

    name: str
    value: str
    source: FieldText
    start: int
    end: int
