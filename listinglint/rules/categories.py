"""Where a product belongs: the tree of categories that our thesaurus spans, and how a shop's own category reads in it.

A category text (`Home & Living > Home Improvement > Hand Tools`) is read by its words: each word speaks for the branches
of the thesaurus whose category names and product names hold it. A product speaks through its thesaurus group or, where
it has none, through the groups whose names end with its head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, NamedTuple

import orjson

from listinglint import lexicons
from listinglint.language.relevance import nearness
from listinglint.language.thesaurus import american_spelling, name_key, thesaurus
from listinglint.language.words import (
    ADJECTIVE,
    AMBIGUOUS_BRAND,
    AUDIENCE,
    BRAND,
    COLOUR,
    FOOD,
    FUNCTION_WORD,
    MAIN_ADJECTIVE,
    MATERIAL,
    NOUN,
    SIZE,
    STYLE,
    SUBSTANCE,
    stem,
    word_info,
)
from listinglint.model.memory import PHRASES, WORDS
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.phrases import normal, read_lexicon

_WORD = lazy_pattern(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
_PIECE = lazy_pattern(r"\s*(?:&|,|\+|\band\b)\s*", re.I)
_MIXED = lazy_pattern(r"\b(?:accessor|suppl|equipment|essentials)", re.I)
_PARTS = lazy_pattern(r"\bparts?\b|\bspares?\b", re.I)
_SEGMENT = lazy_pattern(r"\s*(?:>>|>|»|/|\||›|→|»)\s*")
_NAME_WEIGHT: Final = 8.0
"""A word of a category's own name says so much more than one of a product in it."""
_FOR = lazy_pattern(r"\b(?:for|fits?|compatible with)\b", re.I)
_MOST_WORDS: Final = 40
_ALIKE: Final = 0.45
"""Product and category that lie nearer to each other in meaning (0–1) may be sold together."""
_OFTEN: Final = 0.2
"""A head of which so large a share of products stands in a branch makes that branch a possible place for any of them."""
_FEWEST_TELLING: Final = 3
"""Fewer words of a title tell nothing of its branch."""
_LEADING: Final = 6
"""A title that begins with its product's name has it within so many words."""
_SURE: Final = 0.75
_FIRM: Final = 4.0
"""A word of fewer product names than this is not sure to mean a branch."""
_COMMON: Final = 0.1
"""A head of which so large a share of products stands in a branch may belong there."""
_MAKERS: Final = frozenset({"machine", "maker", "device", "unit", "dispenser", "dryer", "cutter", "mixer", "grinder"})
"""Heads of machines small and large."""
_SELDOM: Final = 0.03
_TOGETHER: Final = frozenset({"set", "kit", "combo", "pack", "bundle", "collection", "lot"})
"""What several things sold together are called."""
_UNSORTED: Final = frozenset({"tool", "toy", "appliance", "equipment", "supply", "accessory", "gadget", "device", "instrument", "electronics", "decoration", "gift"})
"""Categories that end with these hold goods of all kinds, whatever stands before."""
_VAGUE: Final = frozenset("other others general accessory supply storage basic product item all new more misc miscellaneous part set shop store sale home living life style lifestyle well being novelty gadget".split())


@lru_cache(maxsize=PHRASES)
def branch_of(path: str) -> str:
    """The top branch of a category path; one that we know by a shorter name (`Gifts & Crafts`) under that."""
    top = path.split(" > ")[0]
    known = _kin()
    short = top.split(" & ")[0].split(",")[0]
    return short if top not in known and short in known else top


def path_of(text: str) -> list[str]:
    """The segments of a category text, from the top; a list as `["a >> b"]` is read as its text."""
    return [segment for segment in _SEGMENT.split(text.strip(" []\"'")) if segment]


def _stems(text: str) -> list[str]:
    return [one for one in map(_content, _WORD.findall(text.lower())) if one]


@lru_cache(maxsize=WORDS)
def _content(word: str) -> str:
    """The stem of a word in American spelling; empty for a function word."""
    return "" if word_info(word) & FUNCTION_WORD else american_spelling(stem(word))


@cache
def _word_shares() -> dict[str, dict[str, float]]:
    """Stems with how their weight falls on the top branches of the thesaurus; the shares of a word add up to 1."""
    return {word: {branch: weight / sum(weights.values()) for branch, weight in weights.items()} for word, weights in _word_weights().items()}


class BranchTables(NamedTuple):
    """How the names of the thesaurus fall on its top branches.

    `weights`: stems with their weight in each branch, from the groups whose names hold them and the category names; `heads`: stems
    that end names, with how many groups of each branch they name; `classes`: the lower segments of category paths, as stems.
    """

    weights: dict[str, dict[str, float]]
    heads: dict[str, dict[str, int]]
    classes: dict[frozenset[str], set[str]]


@cache
def _tables() -> BranchTables:
    """The tables as built; where the thesaurus has been extended by a seller's file they are derived anew."""
    if thesaurus().extended:
        return derived()
    raw = orjson.loads((lexicons.data_dir() / "lexicons" / "branches.json").read_bytes())
    return BranchTables(raw["weights"], raw["heads"], {frozenset(stems): set(branches) for stems, branches in raw["classes"]})


def derived() -> BranchTables:
    """The tables as the thesaurus in memory gives them (0.2 s)."""
    tables = BranchTables({}, {}, {})
    paths: dict[str, None] = {}
    for group in thesaurus():
        branch = branch_of(group.category)
        paths[group.category] = None
        for word in {one for name in group.names[:3] for one in _stems(name)}:
            _count(tables.weights, word, branch, 1.0)
        for head in {stem(name.split()[-1].lower()) for name in group.names}:
            counts = tables.heads.setdefault(head, {})
            counts[branch] = counts.get(branch, 0) + 1
    for path in paths:
        branch = branch_of(path)
        for word in set(_stems(path)):
            _count(tables.weights, word, branch, _NAME_WEIGHT)
        for segment in path.split(" > ")[1:]:
            for piece in (segment, *_PIECE.split(segment)):
                tables.classes.setdefault(frozenset(_stems(piece)), set()).add(branch)
    for row in read_lexicon("category_words"):
        for branch in row["branches"].split(";"):
            tables.weights.setdefault(row["word"], {})[branch.strip()] = 4 * _NAME_WEIGHT
    return tables


def _count(weights: dict[str, dict[str, float]], word: str, branch: str, weight: float) -> None:
    shares = weights.setdefault(word, {})
    shares[branch] = shares.get(branch, 0.0) + weight


def _word_weights() -> dict[str, dict[str, float]]:
    return _tables().weights


def _heads() -> dict[str, dict[str, int]]:
    return _tables().heads


@cache
def _kin() -> dict[str, frozenset[str]]:
    """Branches with those that shops commonly mix with them."""
    return {row["branch"]: frozenset(one.strip() for one in row["kin"].split(";")) for row in read_lexicon("category_kin")}


@lru_cache(maxsize=PHRASES)
def shares_of_category(text: str) -> dict[str, float] | None:
    """How a category text falls on the branches of the thesaurus (shares adding up to 1); None where its words say nothing."""
    segments = path_of(text)
    table = _word_shares()
    out: dict[str, float] = {}
    for depth, segment in enumerate(segments, 1):
        for word in _stems(segment):
            shares = table.get(word)
            if shares is None or word in _VAGUE:
                continue
            weight = depth * max(shares.values())
            for branch, share in shares.items():
                out[branch] = out.get(branch, 0.0) + weight * share
    total = sum(out.values())
    return {branch: value / total for branch, value in out.items()} if total else None


def branches_of_product(name: str) -> frozenset[str]:
    """The branches that a product name belongs to; empty where the thesaurus cannot tell."""
    found = thesaurus().match(name)
    if found is not None and not found.modifiers:
        return _branches_of_name(name)
    words = name.split()
    return _branches_of_head(stem(words[-1].lower()) if words else "", None if found is None else found.group.category)


@lru_cache(maxsize=PHRASES)
def _branches_of_name(name: str) -> frozenset[str]:
    return frozenset(branch_of(group.category) for group in thesaurus().groups_of(name))


@lru_cache(maxsize=WORDS)
def _telling_shares(word: str) -> dict[str, float] | None:
    """The shares of a stem that tells a branch; None for all others."""
    shares = _word_shares().get(word)
    if shares is None or word in _VAGUE or word.isdigit() or max(shares.values()) < 0.5 or word_info(word) & (COLOUR | SIZE):
        return None
    return shares


@lru_cache(maxsize=PHRASES)
def shares_of_title(title: str) -> dict[str, float]:
    """How the telling words of a title fall on the branches (shares adding up to 1); empty where fewer than three tell."""
    telling = [shares for shares in map(_telling_shares, set(_stems(title))) if shares is not None]
    if len(telling) < _FEWEST_TELLING:
        return {}
    out: dict[str, float] = {}
    for shares in telling:
        for branch, share in shares.items():
            out[branch] = out.get(branch, 0.0) + share
    total = sum(out.values())
    return {branch: share / total for branch, share in out.items()}


def branches_of_title(title: str) -> frozenset[str]:
    """The branch that a title's words speak for where its product name is unknown; empty unless one outweighs all others.

    It outweighs them by its share, or by two words or more that mean next to nothing else (`necklace`, `jewelry`) while none means another.
    """
    ordered = sorted(shares_of_title(title).items(), key=lambda item: -item[1])
    if ordered and ordered[0][1] >= 0.45 and (len(ordered) < 2 or ordered[0][1] >= 2.4 * ordered[1][1]):
        return frozenset({ordered[0][0]})
    best = sorted(sure_words(title).items(), key=lambda item: -item[1])
    if best and best[0][1] >= 2 and len(best) < 2:
        return frozenset({best[0][0]})
    return frozenset()


def sure_words(title: str) -> dict[str, int]:
    """Branches with how many words of a title mean next to nothing else."""
    sure: dict[str, int] = {}
    for word in set(_stems(title)):
        for branch in _sure_branches(word):
            sure[branch] = sure.get(branch, 0) + 1
    return sure


@lru_cache(maxsize=WORDS)
def _sure_branches(word: str) -> tuple[str, ...]:
    """The branch that a stem means and next to nothing else, if any."""
    weights = _word_weights().get(word)
    if weights is None or word in _VAGUE:
        return ()
    total = sum(weights.values())
    if total < _FIRM or word_info(word) & (COLOUR | SIZE):
        return ()
    return tuple(branch for branch, weight in weights.items() if weight >= _SURE * total)


def clearness(category: str) -> float:
    """How clearly a category text means one branch, with those that shops mix with it, 0–1."""
    shares = shares_of_category(category) or {}
    kin = _kin()
    return max((sum(shares.get(one, 0.0) for one in {branch, *kin.get(branch, ())}) for branch, share in shares.items() if share >= 0.3), default=0.0)


def speaks_for(title: str, category: str) -> float:
    """How far a title's words speak for the branches that a category text means, 0–1."""
    shares = shares_of_category(category) or {}
    meant = {branch for branch, share in shares.items() if share >= 0.2}
    return sum(share for branch, share in shares_of_title(title).items() if branch in meant)


@cache
def _apart() -> dict[str, frozenset[str]]:
    return {row["branch"]: frozenset(row["leaves"].split(";")) for row in read_lexicon("category_apart")}


def apart(category: str, branches: frozenset[str], title: str) -> bool:
    """True when a category's last segment names what never holds products of any of these branches, and no word of the title speaks for it.

    A segment that only says for whom (`Shoes > Men's`) gives way to the one before it.
    """
    leaf = leaf_apart(category, branches)
    if leaf is None:
        return False
    told = shares_of_category(leaf) or {}
    meant = {branch for branch, share in told.items() if share >= 0.2} - branches
    weights = _word_weights()
    words = {american_spelling(stem(word)) for word in _WORD.findall(title.lower()) if not word_info(word) & (STYLE | MAIN_ADJECTIVE | FUNCTION_WORD)} - _VAGUE
    return not any(weights[word].get(branch, 0.0) >= 0.5 * sum(weights[word].values()) for word in words if word in weights for branch in meant)


@lru_cache(maxsize=PHRASES)
def leaf_apart(category: str, branches: frozenset[str]) -> str | None:
    """A category's last segment that says more than for whom, where it names what never holds products of these branches; else None."""
    segments = [segment for segment in path_of(category) if not all(word_info(word) & (AUDIENCE | FUNCTION_WORD) for word in _WORD.findall(segment.lower()))]
    leaf = set(_stems(segments[-1])) if segments else set()
    return segments[-1] if leaf and branches and all(leaf & _apart().get(branch, frozenset()) for branch in branches) else None


def plain_head(name: str) -> bool:
    """True when all products that end with a name's last word belong to one branch (hoodie, kurta)."""
    counts = _heads().get(stem(name.split()[-1].lower()), {}) if name.split() else {}
    return len(counts) == 1 and sum(counts.values()) >= 2


def single(name: str) -> str:
    """A product's name without `set`, `kit` or the like at its end."""
    words = name.split()
    while len(words) > 1 and stem(words[-1].lower()) in _TOGETHER:
        words.pop()
    return " ".join(words)


def misplaced(category: str, product: str | None, title: str) -> frozenset[str]:
    """The branches of a known product where the category's last words name goods of none of them; else empty.

    Unlike `support` this looks at the goods (Sofas, Phone Cases), not at the branch, so that branches which shops mix make no
    difference: a yoga mat may stand in Cars > Travel, but not among truck parts. Anything that binds the two keeps it silent:
    a word in common, a head that also stands in the category's branch, a near meaning, another product that the title names.
    """
    leaf = _goods_segment(category)
    told = _branches_of_goods(leaf, category) if leaf is not None else frozenset()
    if leaf is None or not told:
        return frozenset()
    branches = _known_branches(product, title)
    if not branches or told & branches or told & _named_branches(title):
        return frozenset()
    mine = related_words(product) if product else frozenset()
    words = {word for word in _stems(title) if not word.isdigit()} - _VAGUE
    if (mine | words).intersection(_stems(leaf)):
        return frozenset()
    weights = _word_weights()
    for word in words:
        spoken = weights.get(word, {})
        if sum(spoken.get(branch, 0.0) for branch in told) >= 0.5 * sum(spoken.values()) > 0 and not word_info(word) & (COLOUR | SIZE | MATERIAL):
            return frozenset()
    if product and (likeness(product.split()[-1], leaf) >= _ALIKE or _serves(product, title, any(told & _kin().get(one, frozenset()) for one in branches))):
        return frozenset()
    return branches


def _serves(product: str, title: str, kin: bool) -> bool:
    """True for a part or an accessory, which may stand beside whatever it is made for, unless its own name says what for (Sofa Cover)."""
    head = stem(product.split()[-1].lower())
    component = head in lexicons.word_list("components")
    if _FOR.search(title) is not None:
        return kin or component
    return kin and (component or (head in lexicons.word_list("accessory_words") and not named_in_full(product)))


@lru_cache(maxsize=PHRASES)
def _goods_segment(category: str) -> str | None:
    """The last segment that says more than `Accessories` or `Others`."""
    for segment in reversed(path_of(category)):
        if set(_stems(segment)) - _VAGUE:
            return segment
    return None


@lru_cache(maxsize=PHRASES)
def _branches_of_goods(leaf: str, category: str) -> frozenset[str]:
    """All branches that the goods of a category's segment may belong to; empty unless each part is known and one at least names goods."""
    told: set[str] = set()
    goods = False
    for piece in _PIECE.split(leaf):
        stems = [one for one in _stems(piece) if one not in _VAGUE]
        if not stems:
            continue
        broad = _MIXED.search(piece) is not None or (stems[-1] in lexicons.word_list("broad_classes") and _PARTS.search(piece) is None)
        named = _named_goods(piece, stems, broad)
        goods = goods or bool(named) or (not broad and bool(_heads().get(stems[-1])))
        spoken = named or _spoken_for(stems)
        if not spoken:
            return frozenset()
        told |= spoken
    whole = shares_of_category(category) or {}
    return frozenset(branch for branch in told if whole.get(branch, 0.0) >= _COMMON) if goods else frozenset()


def _named_goods(piece: str, stems: list[str], broad: bool) -> set[str]:
    """The branches of a part of a category that is a product's name of two words or more, or a class of our own thesaurus (Cookware)."""
    if stems[-1] in _UNSORTED or (len(stems) < 2 and (broad or not stems[0].endswith("ware"))):
        return set()
    known = set() if broad else _tables().classes.get(frozenset(stems), set())
    return known | {branch_of(group.category) for group in thesaurus().groups_of(piece)}


def _spoken_for(stems: list[str]) -> frozenset[str]:
    """The branches of a part of a category by the products that end with its last word or, where they are few, by all of its words."""
    if sum(_heads().get(stems[-1], {}).values()) >= _FIRM and stems[-1] not in lexicons.word_list("broad_classes"):
        return _usual_branches(stems[-1], _COMMON)
    return _usual_branches(stems[-1], _COMMON).union(branch for one in stems for branch, share in _word_shares().get(one, {}).items() if share >= _COMMON)


@lru_cache(maxsize=PHRASES)
def _usual_branches(head: str, least: float) -> frozenset[str]:
    """The branches with more than such a share of the products that end with a head."""
    counts = _heads().get(head, {})
    total = sum(counts.values())
    return frozenset(branch for branch, count in counts.items() if count > least * total)


def _known_branches(product: str | None, title: str) -> frozenset[str]:
    """All branches that a product which the thesaurus knows may belong to: by its name, and by what its head names elsewhere."""
    found = thesaurus().match(product) if product else None
    if product is None or (found is None and not _leads(product, title)):
        return _leading_branches(title)
    head = stem(product.split()[-1].lower())
    if found is not None and len(found.matched.split()) > 1:
        # machines and makers of one kind are made for factories and for kitchens
        return branches_of_product(product) | _usual_branches(head, _SELDOM if head in _MAKERS else _OFTEN)
    if not _leads(product, title):
        # in a short title little else can make another thing of a head that names things of one branch; flavours and shades do (Fresh Tea, Barley White)
        short = len(_WORD.findall(title)) <= _LEADING and plain_head(product) and not word_info(product.split()[-1].lower()) & (FOOD | SUBSTANCE | COLOUR | BRAND | AMBIGUOUS_BRAND)
        return _usual_branches(head, _OFTEN) if short else frozenset()
    firm = found is not None or sum(_heads().get(head, {}).values()) >= _FIRM
    branches = branches_of_product(product) | _usual_branches(head, _OFTEN)
    kin = _kin()
    near = len(branches) < 2 or all(kin.get(one, frozenset()) & branches for one in branches)
    return branches if firm and near else _leading_branches(title) if found is None else frozenset()


@lru_cache(maxsize=PHRASES)
def _leading_branches(title: str) -> frozenset[str]:
    """The branches of the longest product name with which a title begins, apart from words that describe."""
    words = [match[0] for match in _WORD.finditer(title)][:_LEADING]
    for at, end, groups in thesaurus().names_among(words, (4, 3, 2)):
        if not word_info(words[end - 1].lower()) & MATERIAL and _leads(words[at], title):
            return frozenset(branch_of(group.category) for group in groups)
    return frozenset()


def _leads(product: str, title: str) -> bool:
    """True when a title begins with a product's name, apart from words that describe: no maker's or line's name stands before it (Dulux … Barley)."""
    before, found, _ = title.lower().partition(product.lower())
    if not found or word_info(product.lower()) & (BRAND | AMBIGUOUS_BRAND):
        return False
    describing = COLOUR | SIZE | MATERIAL | STYLE | AUDIENCE | ADJECTIVE | FUNCTION_WORD
    own = describing | NOUN
    return all(word.isdigit() or word_info(word) & describing for word in _WORD.findall(before)) and all(
        word_info(word) & own and not word_info(word) & BRAND for word in _WORD.findall(product.lower())[:-1]
    )


@lru_cache(maxsize=PHRASES)
def _named_branches(title: str) -> frozenset[str]:
    """The branches of all products that words of a title name in full."""
    words = [match[0] for match in _WORD.finditer(title)][:_MOST_WORDS]
    return frozenset(branch_of(group.category) for _, _, groups in thesaurus().names_among(words, (3, 2)) for group in groups)


def likeness(word: str, text: str) -> float:
    """How near a word is to the nearest word of a text in meaning, 0–1; 0 for a word such as `set`."""
    if stem(word.lower()) in _VAGUE:
        return 0.0
    return max((nearness(word.lower(), one) for one in _WORD.findall(text.lower()) if stem(one) not in _VAGUE), default=0.0)


def named_within(title: str, category: str, least: float) -> bool:
    """True when some words of a title together name a product that the category text speaks for (a `Pencil Case` among others)."""
    words = [match[0] for match in _WORD.finditer(title)][:_MOST_WORDS]
    for _, _, groups in thesaurus().names_among(words, (3, 2)):
        if (support(category, frozenset(branch_of(group.category) for group in groups)) or 0.0) >= least:
            return True
    return False


def serves_device(title: str, category: str) -> bool:
    """True when the title says for which make of device a thing is, and the category is one of devices."""
    found = _FOR.search(title)
    if found is None:
        return False
    rest = f" {normal(title[found.end() :])} "
    devices = lexicons.word_list("device_brands")
    return any(f" {brand} " in rest for brand in devices) and (shares_of_category(category) or {}).get("Electronics", 0.0) >= 0.2


def head_fits(head: str, category: str) -> bool:
    """True when products with this head stand in the branches that a category text means (a lantern in Lighting)."""
    words = head.split()
    found = _heads().get(stem(words[-1].lower()), {}) if words else {}
    shares = shares_of_category(category) or {}
    meant = {branch for branch, share in shares.items() if share >= 0.3}
    total = sum(found.values())
    return any(found.get(branch, 0) >= _COMMON * total for branch in meant) if found else False


def named_in_full(name: str) -> bool:
    """True when the thesaurus knows the last two words of a name or more as one product."""
    found = thesaurus().match(name)
    return found is not None and len(found.matched.split()) > 1


@lru_cache(maxsize=PHRASES)
def _branches_of_head(head: str, category: str | None = None) -> frozenset[str]:
    """The branches in which a head commonly names products, and that of a category."""
    counts = _heads().get(head, {})
    total = sum(counts.values())
    return frozenset(branch for branch, count in counts.items() if count >= 0.25 * total).union(() if category is None else (branch_of(category),))


@lru_cache(maxsize=PHRASES)
def support(category: str, branches: frozenset[str]) -> float | None:
    """How far a category text speaks for these branches, 0–1, those that shops mix with them included; None where unknown."""
    shares = shares_of_category(category)
    if shares is None or not branches:
        return None
    kin = _kin()
    accepted = set(branches).union(*(kin.get(branch, frozenset()) for branch in branches))
    return sum(share for branch, share in shares.items() if branch in accepted)


def related_words(name: str) -> frozenset[str]:
    """Stems of the words of a product's names, of its broader names and of its place in the thesaurus."""
    book = thesaurus()
    found = book.match(name)
    words = set(_stems(name))
    if found is not None:
        for other in (*found.group.names, *found.group.broader, *found.group.category.split(" > ")[1:]):
            words.update(_stems(other))
    return frozenset(words - _VAGUE)


def shares_word(category: str, name: str) -> bool:
    """True when the category text holds a word of the product's names or of what stands above it."""
    return bool(related_words(name).intersection(_stems(category)))


def best_category(name: str, tree: Iterable[str] = ()) -> str | None:
    """The category for a product: of the seller's own tree the path whose leaf fits best, else the thesaurus's; None if unknown."""
    best: tuple[float, str] | None = None
    own = set(_stems(name))
    wide = related_words(name)
    key = name_key(name)
    for path in tree:
        leaf = path_of(path)[-1] if path_of(path) else path
        words = set(_stems(leaf)) - _VAGUE
        if not words:
            continue
        score = 3.0 * (name_key(leaf) == key) + 2.0 * len(words & own) / len(words) + len(words & wide) / len(words) + 0.1 * len(set(_stems(path)) & wide)
        if score >= 1.0 and (best is None or score > best[0]):
            best = (score, path)
    if best is not None:
        return best[1]
    found = thesaurus().categories(name) if not tree else ()
    return found[0] if found else None
