"""Where a product belongs: the tree of categories that our thesaurus spans, and how a shop's own category reads in it.

A category text (`Home & Living > Home Improvement > Hand Tools`) is read by its words: each word speaks for the branches
of the thesaurus whose category names and product names hold it. A product speaks through its thesaurus group or, where
it has none, through the groups whose names end with its head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

from listinglint import lexicons
from listinglint.language.thesaurus import american_spelling, name_key, thesaurus
from listinglint.language.words import COLOUR, FUNCTION_WORD, SIZE, stem, word_info
from listinglint.rules.phrases import normal, read_lexicon

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
_SEGMENT = re.compile(r"\s*(?:>>|>|»|/|\||›|→|»)\s*")
_NAME_WEIGHT: Final = 8.0
"""A word of a category's own name says so much more than one of a product in it."""
_FOR = re.compile(r"\b(?:for|fits?|compatible with)\b", re.I)
_MOST_WORDS: Final = 40
_SURE: Final = 0.75
_FIRM: Final = 4.0
"""A word of fewer product names than this is not sure to mean a branch."""
_COMMON: Final = 0.1
"""A head of which so large a share of products stands in a branch may belong there."""
_VAGUE: Final = frozenset("other others general accessory supply storage basic product item all new more misc miscellaneous part set shop store sale home living life style lifestyle well being novelty gadget".split())

Shares = Mapping[str, float]


@lru_cache(maxsize=5_000)
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
    return [american_spelling(stem(word)) for word in _WORD.findall(text.lower()) if not word_info(word) & FUNCTION_WORD]


@cache
def _word_shares() -> dict[str, dict[str, float]]:
    """Stems with how their weight falls on the top branches of the thesaurus; the shares of a word add up to 1."""
    return {word: {branch: weight / sum(weights.values()) for branch, weight in weights.items()} for word, weights in _word_weights().items()}


@cache
def _word_weights() -> dict[str, dict[str, float]]:
    """Stems with their weight in each top branch: the groups whose names hold them, and the category names."""
    weights: dict[str, dict[str, float]] = {}
    paths: set[str] = set()
    for group in thesaurus():
        branch = branch_of(group.category)
        paths.add(group.category)
        for word in {one for name in group.names[:3] for one in _stems(name)}:
            shares = weights.setdefault(word, {})
            shares[branch] = shares.get(branch, 0.0) + 1.0
    for path in paths:
        branch = branch_of(path)
        for word in set(_stems(path)):
            shares = weights.setdefault(word, {})
            shares[branch] = shares.get(branch, 0.0) + _NAME_WEIGHT
    for row in read_lexicon("category_words"):
        for branch in row["branches"].split(";"):
            weights.setdefault(row["word"], {})[branch.strip()] = 4 * _NAME_WEIGHT
    return weights


@cache
def _kin() -> dict[str, frozenset[str]]:
    """Branches with those that shops commonly mix with them."""
    return {row["branch"]: frozenset(one.strip() for one in row["kin"].split(";")) for row in read_lexicon("category_kin")}


@lru_cache(maxsize=20_000)
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


@lru_cache(maxsize=100_000)
def branches_of_product(name: str) -> frozenset[str]:
    """The branches that a product name belongs to; empty where the thesaurus cannot tell."""
    groups = thesaurus().groups_of(name)
    if groups:
        return frozenset(branch_of(group.category) for group in groups)
    found = thesaurus().match(name)
    by_head = _branches_of_head(stem(name.split()[-1].lower())) if name.split() else frozenset()
    if found is None:
        return by_head
    return frozenset({branch_of(found.group.category)}) | by_head


@lru_cache(maxsize=20_000)
def shares_of_title(title: str) -> dict[str, float]:
    """How the telling words of a title fall on the branches (shares adding up to 1); empty where fewer than three tell."""
    table = _word_shares()
    out: dict[str, float] = {}
    counted = 0
    for word in set(_stems(title)):
        shares = table.get(word)
        if shares is None or word in _VAGUE or word.isdigit() or max(shares.values()) < 0.5 or word_info(word) & (COLOUR | SIZE):
            continue
        counted += 1
        for branch, share in shares.items():
            out[branch] = out.get(branch, 0.0) + share
    total = sum(out.values())
    return {branch: share / total for branch, share in out.items()} if counted > 2 else {}


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
    for word in set(_stems(title)) - _VAGUE:
        weights = _word_weights().get(word, {})
        total = sum(weights.values())
        for branch, weight in weights.items():
            if total >= _FIRM and weight >= _SURE * total and not word_info(word) & (COLOUR | SIZE):
                sure[branch] = sure.get(branch, 0) + 1
    return sure


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
    """True when a category's last segment names what never holds products of any of these branches, and no word of the title speaks for it."""
    segments = path_of(category)
    leaf = set(_stems(segments[-1])) if segments else set()
    if not leaf or not branches or not all(leaf & _apart().get(branch, frozenset()) for branch in branches):
        return False
    told = shares_of_category(segments[-1]) or {}
    meant = {branch for branch, share in told.items() if share >= 0.2} - branches
    weights = _word_weights()
    return not any(
        weights.get(word, {}).get(branch, 0.0) >= 0.5 * sum(weights[word].values()) for word in set(_stems(title)) - _VAGUE if word in weights for branch in meant
    )


def named_within(title: str, category: str, least: float) -> bool:
    """True when some words of a title together name a product that the category text speaks for (a `Pencil Case` among others)."""
    book = thesaurus()
    words = [match[0] for match in _WORD.finditer(title)][:_MOST_WORDS]
    for size in (3, 2):
        for at in range(len(words) - size + 1):
            groups = book.groups_of(" ".join(words[at : at + size]))
            branches = frozenset(branch_of(group.category) for group in groups)
            if branches and (support(category, branches) or 0.0) >= least:
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


@cache
def _heads() -> dict[str, dict[str, int]]:
    heads: dict[str, dict[str, int]] = {}
    for group in thesaurus():
        branch = branch_of(group.category)
        for head in {stem(name.split()[-1].lower()) for name in group.names}:
            counts = heads.setdefault(head, {})
            counts[branch] = counts.get(branch, 0) + 1
    return heads


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


def _branches_of_head(head: str) -> frozenset[str]:
    """The branches in which a head commonly names products."""
    counts = _heads().get(head, {})
    total = sum(counts.values())
    return frozenset(branch for branch, count in counts.items() if count >= 0.25 * total)


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
