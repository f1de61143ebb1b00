"""What an editor shows beside the fields: how long each is as the marketplace counts, and how much room the keywords have."""

from __future__ import annotations

from typing import Any, Final

from listinglint.engine.linter import Linter
from listinglint.marketplaces import Limit
from listinglint.model import TEXT_FIELDS, Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.lengths import counted, items, length_of, word_count

_ALWAYS: Final = ("title", "keywords", "description")
_LONGEST_TAG: Final = 40
"""Keywords that may have no more characters than this are tags."""
_UNITS: Final = {
    "characters": Text("characters", "个字符"), "bytes": Text("bytes", "个字节"), "width": Text("half-width columns", "个半角字符"),
    "words": Text("words", "个词"), "items": Text("items", "项"), "keywords": Text("keywords", "个关键词"), "tags": Text("tags", "个标签"),
}  # fmt: skip
_SAY: Final = {
    "most": Text("{value:,} of {most:,} {unit}", "{value:,} / {most:,} {unit}"),
    "least": Text("{value:,} {unit}, at least {least:,}", "{value:,} {unit}，至少 {least:,}"),
    "plain": Text("{value:,} {unit}", "{value:,} {unit}"),
    "both": Text("{first}, {second}", "{first}，{second}"),
}


def counters(linter: Linter, doc: AnalysedListing, lang: str) -> dict[str, dict[str, Any]]:
    """Per text field its `value` in its `unit`, `least`, `most` and `ideal` (None where there are none), and all that as a `text`.

    Fields that neither the listing has nor the marketplace limits are left out, but for title, keywords and description.
    """
    limited = {limit.field for limit in linter.marketplace.limits}
    options = {active.rule.name: active.options for active in linter.rules}
    out = {}
    for field in TEXT_FIELDS:
        if field in _ALWAYS or field in limited or doc.has(field):
            out[field] = _counter(doc, field, options, lang)
    return out


def keyword_budget(doc: AnalysedListing) -> dict[str, Any]:
    """The keywords with their places (in the cell `part`), and the room for them.

    `kind` is `bytes` for a bag of words, `tags` where a keyword must be short, else `slots`; `used` of `most` (None:
    no limit); `tag_length` is the longest that one keyword may be, in characters.
    """
    each = doc.limit("keywords", "each_max")
    if doc.marketplace.keywords == "bag":
        limit = doc.limit("keywords", "max")
        unit = limit.unit if limit is not None else "bytes"
        budget: dict[str, Any] = {"kind": unit, "used": _bag_length(doc, unit), "most": _value(limit)}
    else:
        tags = each is not None and each.value <= _LONGEST_TAG
        budget = {"kind": "tags" if tags else "slots", "used": len(doc.keywords), "most": _value(doc.limit("keywords", "count_max"))}
    return {
        "items": [{"text": one.text, "start": one.start, "end": one.end, "part": one.source.part} for one in doc.keywords],
        "budget": {**budget, "tag_length": _value(each)},
    }


def _bag_length(doc: AnalysedListing, unit: str) -> int:
    return sum(length_of(counted(part.text), unit) for part in doc.parts("keywords") if not part.blank)


def _value(limit: Limit | None) -> int | None:
    return int(limit.value) if limit is not None else None


def _counter(doc: AnalysedListing, field: str, options: dict[str, Any], lang: str) -> dict[str, Any]:
    if field == "keywords":
        return _keywords(doc, lang)
    if field == "highlights" and doc.limit("highlights", "count_max") is not None:
        count = sum(len(items(part)) for part in doc.parts(field) if not part.blank)
        return _shown("items", "items", count, *_bounds(doc, field, "count_"), None, lang)
    filled = [part for part in doc.parts(field) if not part.blank]
    limit = doc.limit(field, "max") or doc.limit(field, "shown") or doc.limit(field, "advised_max")
    unit = limit.unit if limit is not None else "characters"
    value = sum(length_of(part.raw.strip(), unit) for part in filled)
    least, most = _bounds(doc, field, "")
    if field != "description":
        return _shown(unit, unit, value, least, most, _ideal(doc, field, options), lang)
    # A description is too long by the marketplace's unit and too short by words: both are told.
    words = sum(word_count(part) for part in filled)
    floor = doc.limit("description", "min")
    fewest = max(int(options.get("description-length", {}).get("min_words", 0)), int(floor.value) if floor is not None and floor.unit == "words" else 0)
    told = _shown("words", "words", words, fewest or None, None, None, lang)
    if limit is None:
        return told
    over = _shown(unit, unit, value, None if floor is None or floor.unit != unit else int(floor.value), most, None, lang)
    return {**over, "text": _SAY["both"].format(lang, first=told["text"], second=over["text"])}


def _keywords(doc: AnalysedListing, lang: str) -> dict[str, Any]:
    budget = keyword_budget(doc)["budget"]
    if doc.marketplace.keywords == "bag":
        unit = budget["kind"]
        return _shown(unit, unit, budget["used"], None, budget["most"], None, lang)
    least = doc.limit("keywords", "count_min")
    advised = doc.limit("keywords", "count_advised_min")
    ideal = [int(advised.value), budget["most"] or int(advised.value)] if advised is not None else None
    name = "tags" if budget["kind"] == "tags" else "keywords"
    return _shown("items", name, budget["used"], _value(least), budget["most"], ideal, lang)


def _bounds(doc: AnalysedListing, field: str, kind: str) -> tuple[int | None, int | None]:
    return _value(doc.limit(field, f"{kind}min")), _value(doc.limit(field, f"{kind}max"))


def _ideal(doc: AnalysedListing, field: str, options: dict[str, Any]) -> list[int] | None:
    """From how many to how many is best: what the marketplace advises, else what the rules on titles ask for."""
    low, high = doc.limit(field, "advised_min"), doc.limit(field, "advised_max") or doc.limit(field, "shown")
    if field != "title":
        return [int(low.value) if low is not None else 1, int(high.value)] if high is not None else None
    most = int(high.value) if high is not None else options.get("title-long", {}).get("characters")
    hard = doc.limit("title", "max")
    if most is None or hard is not None and hard.value < most:
        most = _value(hard)
    least = int(low.value) if low is not None else options.get("title-length", {}).get("fewest_characters", 1)
    return [int(least), int(most)] if most is not None else None


def _shown(unit: str, name: str, value: int, least: int | None, most: int | None, ideal: list[int] | None, lang: str) -> dict[str, Any]:
    form = "most" if most is not None else "least" if least else "plain"
    text = _SAY[form].format(lang, value=value, least=least, most=most, unit=_UNITS[name].get(lang))
    return {"value": value, "unit": unit, "least": least, "most": most, "ideal": ideal, "text": text}
