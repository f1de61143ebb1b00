"""duplicate-id: two listings of the catalog have one id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from listinglint.model import Text
from listinglint.rules.across import KeyGroups, key_of
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Resolved, Rule, texts


def extract(doc: AnalysedListing, options: Options) -> Any:
    """The id and where the listing stands."""
    if not doc.listing.filled("id"):
        return None
    return (doc.listing.text("id") or "").strip(), doc.record


def resolve(values: Iterable[tuple[int, Any]], options: Options) -> Resolved:
    """Every listing but the first of those that share an id, with the place of the first."""
    groups = KeyGroups()
    for ordinal, (name, record) in values:
        groups.note(ordinal, str(record) if record else str(ordinal + 1))
        groups.add(key_of(name), ordinal)
    out: dict[int, list[dict[str, Any]]] = {}
    for members in groups.groups():
        for member in members[1:]:
            out[member.ordinal] = [{"first": members[0].label}]
    groups.close()
    return out


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit on the id."""
    for values in doc.across["duplicate-id"]:
        part = doc.parts("id")[0]
        yield part.hit(0, len(part.raw), first=values["first"])


RULE = Rule(
    name="duplicate-id",
    group="catalog",
    severity="error",
    summary=Text("The same id stands more than once in the catalog", "目录中有重复的 id"),
    messages=texts("The id '{text}' stands already in record {first}; give each listing its own", "id “{text}”已出现在第 {first} 行；每个产品应有唯一的 id"),
    page=Text(
        "Finds ids that stand more than once in the catalog. On upload the later listing overwrites the earlier one, or is refused. Give "
        "each listing an id of its own; variants of one product share the group, not the id.",
        "找出在目录中重复出现的 id。上传时后一个产品会覆盖前一个，或被拒收。请为每个产品使用唯一的 id；同一产品的不同款式应共用 group 而不是 id。",
    ),
    check=check,
    extract=extract,
    resolve=resolve,
    fields=("id",),
    examples=(
        Good(listings=[{"id": "K-1", "title": "Garlic Press"}, {"id": "K-2", "title": "Garlic Press"}]),
        Good(listings=[{"id": "A", "title": "Garlic Press"}, {"id": "a", "title": "Potato Peeler"}]),
        Bad(listings=[{"id": "K-1", "title": "Garlic Press"}, {"id": "K-1", "title": "Potato Peeler"}]),
        Bad(listings=[{"id": "7", "title": "Garlic Press"}, {"id": "8", "title": "Whisk"}, {"id": "7 ", "title": "Garlic Press"}]),
        FalseAlarm(
            listings=[{"id": "", "title": "Garlic Press"}, {"id": "", "title": "Potato Peeler"}],
            why=Text("two empty ids are not one id", "两个空 id 不算重复"),
        ),
    ),
)  # fmt: skip
