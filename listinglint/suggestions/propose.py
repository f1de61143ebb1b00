"""Suggestions for one listing: ask the sources, keep what may be said, rank, choose, propose titles."""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, Final

from listinglint import lexicons
from listinglint.config import Selection, Seller, Settings
from listinglint.engine import Linter
from listinglint.engine.overrides import Overrides
from listinglint.language.names import parse_title
from listinglint.language.thesaurus import thesaurus
from listinglint.language.words import AMBIGUOUS_BRAND, BRAND, FILLER, MAIN_ADJECTIVE, MARK, stem, word_info
from listinglint.marketplaces import Marketplace, measure
from listinglint.model import Listing, ProductName, Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.apart import contradicts
from listinglint.rules.keyword_names import last_stem
from listinglint.rules.registry import builtin
from listinglint.suggestions.candidate import Candidate, Context, Proposal, Suggestions, TitleProposal
from listinglint.suggestions.choice import Budget, Choice, choose
from listinglint.suggestions.demand import SearchTerms
from listinglint.suggestions.graph import KeyphraseGraph
from listinglint.suggestions.ranking import rank
from listinglint.suggestions.sources import OFF_BY_DEFAULT, sources
from listinglint.suggestions.titles import propose_titles

_OWN = Text("the listing's own full name", "产品自身的完整名称")
_GIVEN = Text("given", "由用户提供")
_PASSES: Final = 3


class Suggester:
    """Suggestions under one configuration, for any number of listings.

    `terms` are search-term reports, `graph` what the catalog's other listings say. `only` and `without` switch sources by name.
    Where the settings have overrides, each listing is handed to the suggester of those that fit it. Raises ValueError for an
    unknown source.
    """

    def __init__(
        self, settings: Settings | None = None, *, terms: SearchTerms | None = None, graph: KeyphraseGraph | None = None,
        only: Iterable[str] | None = None, without: Iterable[str] = (),
    ) -> None:  # fmt: skip
        self.terms = terms
        self.graph = graph
        known = sources()
        for name in (*(only or ()), *without):
            if name not in known:
                raise ValueError(f"unknown source {name!r} (known: {', '.join(known)})")
        wanted = set(only) if only is not None else set(known) - OFF_BY_DEFAULT
        self.sources = [source for name, source in known.items() if name in wanted and name not in set(without)]
        self._settle(settings or Settings())

    def _settle(self, settings: Settings) -> None:
        self.settings = settings
        self.linter = Linter(settings)
        self.marketplace: Marketplace = self.linter.marketplace
        advisory = tuple(name for name in _ADVISORY if name in builtin())
        self._judge = Linter(settings.selecting(Selection(("keywords", "claims"), advisory), alone=True).replace(overrides=()))
        self._overrides = Overrides(settings, self, self._overridden) if settings.overrides else None

    def _overridden(self, settings: Settings) -> Suggester:
        other = copy.copy(self)
        other._settle(settings)
        return other

    def of(self, listing: Listing) -> Suggester:
        """The suggester whose settings hold for a listing: this one, unless overrides fit the listing."""
        return self if self._overrides is None else self._overrides.of(listing)

    def budget(self, limit: int | None = None) -> Budget:
        """What the marketplace takes; with `limit` so many keywords, whatever it takes."""
        day = self.linter.date
        place = self.marketplace

        def value(kind: str) -> int | None:
            found = place.limit("keywords", kind, day)
            return int(found.value) if found is not None else None

        unit = next((one.unit for kind in ("max", "each_max") if (one := place.limit("keywords", kind, day))), "characters")
        if place.keywords == "bag" and limit is None:
            return Budget(None, None, value("max"), partial(measure, unit="bytes"), bag=True, separator=" ")
        count = limit if limit is not None else value("count_max") or 10
        return Budget(count, value("each_max"), None if limit is not None else value("max"), partial(measure, unit=unit))

    def context(self, doc: AnalysedListing) -> Context | None:
        """What the sources see; None where the title names no product."""
        listing, name = doc.listing, doc.name
        product = full_name(name)
        if not product:
            return None
        attributes = {label: one.value for label, one in doc.attributes.items()}
        keywords = tuple(keyword.text for keyword in doc.keywords)
        return Context(
            listing, name, _plain(product), self.settings.seller, attributes, doc.certifications, keywords, self.terms, self.graph, product
        )

    def suggest(self, listing: Listing, candidates: Iterable[str] | None = None, limit: int | None = None, *, titles: bool = True) -> Suggestions:
        """Keywords and titles for a listing. `candidates` replace all sources and all come back in `ranked`, verbatim."""
        own = self.of(listing)
        if own is not self:
            return own.suggest(listing, candidates, limit, titles=titles)
        if candidates is not None:
            return self._rank_given(listing, list(candidates), limit)
        doc = self.linter.analyse(listing)
        context = self.context(doc)
        if context is None:
            return Suggestions((), (), ())
        ranked = rank(context, self._proposals(context))
        budget = self.budget(limit)
        choice = self._choose(context, doc, ranked, budget, limit)
        made: tuple[TitleProposal, ...] = ()
        if titles:
            made = tuple(propose_titles(context, context.written, ranked, self.linter, doc))
        text = " ".join(choice.words) if budget.bag else budget.separator.join(c.text for c in choice.chosen)
        return Suggestions(choice.chosen, made, tuple(ranked), text, choice.method, choice.bound)

    def _rank_given(self, listing: Listing, texts: Sequence[str], limit: int | None) -> Suggestions:
        context = self.context(self.linter.analyse(listing)) or Context(listing, parse_title(""), "", self.settings.seller, {}, frozenset(), ())
        ranked = [found for text in texts for found in rank(dataclasses.replace(context, terms=self.terms), [Proposal(text, "given", "given", _GIVEN)])]
        ranked.sort(key=lambda c: (-c.score, c.text))
        budget = self.budget(limit)
        choice = choose([c for c in ranked if c.relevance >= _FITTING], budget, listing.text("title") or "")
        text = " ".join(choice.words) if budget.bag else budget.separator.join(c.text for c in choice.chosen)
        return Suggestions(choice.chosen, (), tuple(ranked), text, choice.method, choice.bound)

    def _proposals(self, context: Context) -> Iterator[Proposal]:
        yield Proposal(context.product, "listing", "name", _OWN)
        if context.product:
            for source in self.sources:
                for one in source.propose(context):
                    if may_be_said(one, context):
                        yield one

    def _choose(self, context: Context, doc: AnalysedListing, ranked: list[Candidate], budget: Budget, limit: int | None) -> Choice:
        """The best choice that our own rules on keywords and claims find nothing wrong with."""
        title = context.listing.text("title") or ""
        if limit is not None:
            return Choice(tuple(_spread(ranked, limit, context.product)), (), "optimal", 0.0)
        left = ranked
        required = (context.product, *(c.text for c in ranked if c.kind == "plural"))
        choice = choose(left, budget, title, required)
        if not budget.bag and (other := _under_another_head(context.product, choice.chosen, ranked)):
            required = (*required, other)
            choice = choose(left, budget, title, required)
        for _ in range(_PASSES):
            bad = self._faulty(context, doc, choice, budget)
            if not bad:
                break
            left = [c for c in left if c.text not in bad]
            choice = choose(left, budget, title, required)
        return choice

    def _faulty(self, context: Context, doc: AnalysedListing, choice: Choice, budget: Budget) -> set[str]:
        text = " ".join(choice.words) if budget.bag else budget.separator.join(c.text for c in choice.chosen)
        if not text or budget.bag:
            return set()
        report = self._judge.judge(doc.changed({"keywords": text}))
        bad: set[str] = set()
        for finding in report.findings:
            if finding.field == "keywords" and finding.severity != "info" and finding.start is not None and finding.text:
                bad.update(
                    c.text for c in choice.chosen if c.text != context.product and (c.text in finding.text or finding.text in c.text)
                )
        return bad


def _under_another_head(product: str, chosen: Sequence[Candidate], ranked: Sequence[Candidate]) -> str | None:
    """The best synonym with another head than the product's, where all that is chosen has the same: sofas are searched as couches too (GK1)."""
    own = last_stem(product)
    if len(chosen) < 2 or any(last_stem(c.text) != own for c in chosen):
        return None
    return next((c.text for c in ranked if c.kind == "synonym" and last_stem(c.text) != own and c.score >= _OTHER_HEAD * chosen[0].score), None)


_OTHER_HEAD: Final = 0.75
"""A synonym under another head takes a place only if it is worth so much of the first choice."""


_ADVISORY: Final = ("keyword-count", "keyword-no-synonym", "keyword-missing-product-name", "missing-irregular-plural")
_FITTING: Final = 0.5


_SEPARATOR: Final = re.compile(r"[,|()/;:]|[^\w\s] | [^\w\s]")
_SHORT_TITLE: Final = 4
"""A title of so few words, with no brand and nothing behind the head, is the product name as a whole."""


def full_name(name: ProductName) -> str | None:
    """The product name of a title, taken as far to the left as the thesaurus knows it as one name."""
    if not name.product or not name.spans.get("product"):
        return name.title.strip() if thesaurus().groups_of(name.title) else name.head
    title, (start, end) = name.title, name.spans["product"][0]
    if thesaurus().groups_of(title.strip()):
        return title.strip()
    floor = max((span[1] for part in ("brand", "model") for span in name.spans.get(part, ()) if span[1] <= start), default=0)
    book = thesaurus()
    words = title[floor:start].split()
    for at in range(len(words)):
        if len(words) - at > 3:
            continue
        longer = " ".join([*words[at:], title[start:end]])
        if longer in title and not _SEPARATOR.search(longer) and book.groups_of(longer):
            return longer
    whole = title.strip()
    if not name.brand and end == len(title.rstrip()) and len(whole.split()) <= _SHORT_TITLE and not name.fillers and not _SEPARATOR.search(whole):
        return whole
    return name.product


def _plain(product: str) -> str:
    """A product name in lower case, acronyms, brands and codes kept as they are."""
    words = []
    for word in product.split():
        if "/" in word and not any(c.isdigit() for c in word):
            words.append("/".join(_plain(part) if part[1:].islower() else part for part in word.split("/")))
            continue
        keep = any(c.isdigit() for c in word) or (word.isupper() and 1 < len(word) <= 5) or any(c.isupper() for c in word[1:])
        words.append(word if keep and not product.isupper() else word.lower())
    return " ".join(words)


def may_be_said(one: Proposal, context: Context) -> bool:
    """False for a keyword with a brand, mark or word of praise that the listing does not hold, or that says one word twice."""
    stems = [stem(word) for word in one.text.lower().split()]
    if len(set(stems)) < len(stems) and one.kind not in ("search", "catalog", "name"):
        return False
    if one.kind in _SIBLINGS and (_contradicts(one.text, context) or (one.kind == "synonym" and _unsaid_feature(one.text, context))):
        return False
    title = f" {(context.listing.text('title') or '').lower()} {(context.listing.text('brand') or '').lower()} "
    for word in one.text.split():
        info = word_info(word)
        if info & FILLER and one.kind not in ("search", "catalog") and word.lower() not in context.product.lower():
            return False
        if info & BRAND and not info & AMBIGUOUS_BRAND and word.lower() not in title and not _own_brand(word, context):
            return False
        typed = one.kind in ("search", "catalog")
        if info & MARK and (word.isupper() or typed and f" {word.lower()} " not in title) and word not in context.certifications and word.lower() not in _marks_of(context.certifications) and not _product_word(word, context):
            return False
    return not (one.kind in ("search", "catalog") and any(info & FILLER for info in map(word_info, one.text.split())))


_SIBLINGS: Final = frozenset({"synonym", "narrower", "broader", "spelling", "plural"})


def _contradicts(text: str, context: Context) -> bool:
    """True for a name of another material or of an opposite kind (metal for a leather bookmark, robusta for arabica)."""
    told = " ".join((context.listing.text("title") or "", *context.attributes.values())).lower()
    materials = (*context.name.modifiers.get("material", ()), " ".join(context.product.split()[:-1]))
    return contradicts(text, told.replace(",", " ").replace("-", " ").split(), materials)


def _unsaid_feature(text: str, context: Context) -> bool:
    """True for a name with a feature that a listing that tells some does not tell: `magnetic bookmark`."""
    if len((context.listing.text("title") or "").split()) <= len(context.product.split()):
        return False
    told = " ".join((context.listing.text("title") or "", *context.attributes.values(), (context.listing.text("description") or "")[:2000])).lower()
    return any(word_info(word) & MAIN_ADJECTIVE and word in lexicons.word_list("features") and word not in told for word in text.lower().split())


def _own_brand(word: str, context: Context) -> bool:
    return any(word.lower() in brand.lower().split() for brand in (*context.seller.brands, *context.seller.authorised_brands))


def _product_word(word: str, context: Context) -> bool:
    return word in context.product.split()


@lru_cache(maxsize=4_096)
def _marks_of(held: frozenset[str]) -> frozenset[str]:
    spellings = {spelling.lower() for mark in lexicons.certifications() if mark.mark in held for spelling in mark.spellings}
    return frozenset(word for spelling in spellings for word in spelling.split())


def _spread(ranked: list[Candidate], limit: int, product: str) -> list[Candidate]:
    """The first `limit` candidates: the own name first, synonyms by rank, and room for one broader name."""
    own = [c for c in ranked if c.text.lower() == product.lower()][:1]
    rest = [c for c in ranked if c not in own]
    plural = [c for c in rest if c.kind == "plural"][:1]
    broader = [c for c in rest if c.kind == "broader" and c.trust >= 0.7][:2]
    taken = [*own, *plural]
    room = limit - len(taken) - min(len(broader), max(0, limit - len(taken) - 1))
    near = [c for c in rest if c.kind not in ("broader", "plural", "question", "misspelling", "region") and c.score >= _WORTH][:room]
    chosen = [*taken, *near, *broader]
    for c in rest:
        if len(chosen) >= limit:
            break
        if c not in chosen and c.score >= _WORTH:
            chosen.append(c)
    return sorted(chosen[:limit], key=lambda c: (c.text.lower() != product.lower(), -c.score, c.text))


_WORTH: Final = 0.25


@lru_cache(maxsize=16)
def _plain_suggester(marketplace: str) -> Suggester:
    return Suggester(Settings(marketplace=marketplace))


def suggest(
    listing: Listing, candidates: Iterable[str] | None = None, limit: int | None = None, marketplace: str = "alibaba", *,
    terms: SearchTerms | None = None, graph: KeyphraseGraph | None = None, only: Iterable[str] | None = None, without: Iterable[str] = (),
    titles: bool = True, seller: Seller | None = None,
) -> Suggestions:  # fmt: skip
    """Keywords and titles for one listing; see `Suggester`.

    With `limit`: so many keywords, best first, the listing's own full name among them; otherwise those chosen under the
    marketplace's budget.
    """
    if terms is None and graph is None and only is None and not without and seller is None:
        return _plain_suggester(marketplace).suggest(listing, candidates, limit, titles=titles)
    settings = Settings(marketplace=marketplace, seller=seller or Seller())
    return Suggester(settings, terms=terms, graph=graph, only=only, without=without).suggest(listing, candidates, limit, titles=titles)


def rows_of(found: Suggestions) -> dict[str, Any]:
    """The columns that a suggestion adds beside a listing's own."""
    best = found.titles[0] if found.titles else None
    return {
        "suggested_keywords": found.keyword_text,
        "suggested_title": best.text if best else "",
        "title_gain": round(best.gain, 1) if best else 0.0,
        "added_words": "; ".join(f"{word} ({source})" for word, source in best.added.items()) if best else "",
    }
