"""One listing with everything that several rules need, each part computed once and only when asked for.

The contract of a FieldText: `raw` is the cell, `text` is the same text with HTML tags and entities blanked out to
the same length, so that an offset into `text` is an offset into the cell.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date as Date
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from listinglint.config import Seller
from listinglint.language.names import parse_phrase, parse_title
from listinglint.language.vocabulary import mask_of
from listinglint.language.words import stem
from listinglint.marketplaces import Limit, Marketplace
from listinglint.model import TEXT_FIELDS, Edit, Listing, ProductName
from listinglint.model.lazy import lazy
from listinglint.model.listing import is_blank
from listinglint.rules.phrases import Entry, PhraseMatcher, flatten
from listinglint.rules.rule import Hit
from listinglint.rules.title_words import TitleWord, words_of

if TYPE_CHECKING:
    from listinglint.language.statistics import CatalogStatistics

_HTML = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>|&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});", re.S)
_SPANS = re.compile(r"\S+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z]")
_MEDIA = frozenset("book books ebook ebooks dvd dvds blu music cd cds vinyl movie movies video magazine magazines".split())
_BLOCK = re.compile(r"</?(?:li|p|br|div|td|th|tr|h[1-6]|ul|ol|dt|dd|table)\b", re.I)
_STOP = re.compile(r"[;|•]|\n\s*[^a-z\s]|[a-z]{3}[.!?]\s")
MATCHED_FIELDS = (*TEXT_FIELDS, "attributes")


class Token(NamedTuple):
    """A word of a text: its place and the word in lower case."""

    start: int
    end: int
    word: str


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

    __slots__ = ("__dict__", "field", "part", "raw")

    def __init__(self, field: str, raw: str, part: int = 0) -> None:
        self.field = field
        self.raw = raw
        self.part = part

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
        return list(map(stem, self.words))

    @lazy
    def mask(self) -> int:
        """All flags of the words (`language.vocabulary`): a flag that is not in it no word has."""
        return mask_of(self.words)

    @lazy
    def norm(self) -> str:
        """The words with single spaces between and around them."""
        return f" {' '.join(self.words)} "

    @lazy
    def spans(self) -> list[tuple[int, int]]:
        """The place of each word of `words`."""
        return [match.span() for match in _SPANS.finditer(self.flat)]

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
        return self.spans[first][0], self.spans[first + count - 1][1]

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

    __slots__ = ("__dict__", "end", "source", "start", "text")

    def __init__(self, text: str, start: int, end: int, source: FieldText) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.source = source

    def __repr__(self) -> str:
        return f"Keyword({self.text!r}, {self.start}, {self.end})"

    @property
    def name(self) -> ProductName:
        """The keyword read as a product name."""
        return parse_keyword(self.text)

    @lazy
    def words(self) -> list[str]:
        """The words in lower case, punctuation and hyphens dropped, in order."""
        return self.source.flat[self.start : self.end].split()

    @lazy
    def stems(self) -> tuple[str, ...]:
        """The stems of the keyword's words, in order: what keywords are compared by."""
        return tuple(map(stem, self.words))

    @lazy
    def plain(self) -> bool:
        """True where nothing but spaces parts words of ASCII letters and digits."""
        return is_plain(self.text)

    def hit(self, message: str = "default", *, replace: str | None = None, **values: Any) -> Hit:
        """A hit that marks the keyword; `replace` puts another keyword (or several, parted) in its place."""
        return self.source.hit(self.start, self.end, message, replace=replace, **values)


def is_plain(text: str) -> bool:
    """True for a text of nothing but ASCII letters, digits and spaces: how its words are cut leaves no doubt."""
    return text.isascii() and text.replace(" ", "").isalnum()


@lru_cache(maxsize=100_000)
def parse_keyword(text: str) -> ProductName:
    """`text` read as a short product name; cached, since keywords repeat over a catalog."""
    return parse_phrase(text)


@lru_cache(maxsize=200_000)
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
        self.date = date
        self.statistics = statistics
        self.across = across or {}
        self._matcher = matcher
        self._fields: dict[str, tuple[FieldText, ...]] = {}

    def has(self, name: str) -> bool:
        """True when the source has the field, be it empty."""
        return name in self.listing.values

    def parts(self, name: str) -> tuple[FieldText, ...]:
        """The texts of the cells that feed a field."""
        known = self._fields.get(name)
        if known is None:
            known = tuple(FieldText(name, raw, at) for at, raw in enumerate(self.listing.parts(name)))
            self._fields[name] = known
        return known

    def field(self, name: str) -> FieldText | None:
        """The field's first cell that is not blank; None when there is none."""
        for part in self.parts(name):
            if not part.blank:
                return part
        return None

    def limit(self, field: str, kind: str) -> Limit | None:
        """The marketplace's limit that holds on the day of the run for a listing of this category."""
        return self.marketplace.limit(field, kind, self.date, self._limit_category)

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

    def texts(self, *, english: bool = False, fields: Sequence[str] = TEXT_FIELDS) -> Iterator[FieldText]:
        """Every text of the fields that is not blank; with `english` those that are not mostly Chinese."""
        for name in fields:
            if name in self.listing.values:
                for part in self.parts(name):
                    if not part.blank and not (english and part.chinese):
                        yield part

    @lazy
    def name(self) -> ProductName:
        """How the title is understood; an empty ProductName where there is no title."""
        if self.title is None:
            return ProductName("")
        return parse_title(self.title.text, self.listing, self.statistics)

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
    def found(self) -> dict[str, list[FoundPhrase]]:
        """Matches of all phrase lexicons in the texts and attributes, by lexicon."""
        out: dict[str, list[FoundPhrase]] = {}
        for source in self.texts(fields=MATCHED_FIELDS):
            for phrase in self._found_in(source):
                out.setdefault(phrase.lexicon, []).append(phrase)
        return out

    def _found_in(self, source: FieldText) -> list[FoundPhrase]:
        """The matches in one text, kept with it for listings that share the text (see `changed`)."""
        known: list[FoundPhrase] | None = source.__dict__.get("_found")
        if known is None:
            known = []
            for match in self._matcher.find(source.norm):
                start, end = source.phrase_span(match.first, match.length)
                if match.length == 1 or not _breaks(source, start, end):
                    known.append(FoundPhrase(match.lexicon, match.entry, source, start, end))
            source.__dict__["_found"] = known
        return known

    def changed(self, values: Mapping[str, str]) -> AnalysedListing:
        """The listing with some fields replaced; what was found out about its other texts is kept."""
        other = AnalysedListing(
            self.listing.with_values(values), self.marketplace, self.seller, self.date, self._matcher, self.statistics, self.across
        )
        other._fields = {name: parts for name, parts in self._fields.items() if name not in values}
        for name, sources in _COMES_FROM.items():
            if name in self.__dict__ and sources.isdisjoint(values):
                other.__dict__[name] = self.__dict__[name]
        return other

    def phrases(self, lexicon: str, fields: Sequence[str] = MATCHED_FIELDS) -> list[FoundPhrase]:
        """Matches of one phrase lexicon, in the order of fields and places."""
        return [found for found in self.found.get(lexicon, ()) if found.source.field in fields]

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
