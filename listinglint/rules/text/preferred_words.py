"""Words for which the seller has another that he prefers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from listinglint.model import TEXT_FIELDS, Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.own_words import find_words, in_case_of
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule, texts

_MOST: Final = 10


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit on each word that has a preferred one, at most ten a text; the fix replaces it."""
    wanted: Mapping[str, str] = doc.seller.preferred_words
    if not wanted:
        return
    preferred = {" ".join(word.casefold().split()): instead for word, instead in wanted.items()}
    for part in doc.texts():
        for count, (start, end) in enumerate(find_words(part, (*preferred, *wanted.values()))):
            if count == _MOST:
                break
            text = part.raw[start:end]
            # The preferred words are looked for too, so that a longer one shields the word within it.
            instead = preferred.get(" ".join(text.casefold().split()))
            if instead is not None and instead.casefold() != text.casefold():
                replacement = in_case_of(text, instead)
                yield part.hit(start, end, replace=replacement, instead=replacement)


RULE = Rule(
    name="preferred-words",
    group="text",
    severity="info",
    fields=TEXT_FIELDS,
    fix="unsafe",
    screen=lambda doc: bool(doc.seller.preferred_words),
    summary=Text("A word for which the seller prefers another", "卖家规定应使用另一种说法"),
    messages=texts("'{text}': your own list prefers '{instead}'", "“{text}”：按您自己的用词表应写“{instead}”"),
    page=Text(
        "Finds the words on the left of `preferred-words` in the `[seller]` table of the configuration and proposes those on the "
        "right: one spelling over the whole catalog, the house's name of a material, a term that sells better. Words are found whole, "
        "whatever their capitals, and the replacement takes over the capitals. Text that already has the preferred word stays as it "
        "is, also where the preferred one contains the other. Without such a table the rule is silent.",
        "检查配置文件 `[seller]` 中 `preferred-words` 左边的词，建议改为右边的词：统一全店拼写、统一材料名称、换用更好卖的说法。按整词匹配，"
        "不区分大小写，替换时保留原来的大小写形式。已经使用推荐写法的地方不会再报，即使推荐词里包含原词。没有设置对照表时本规则不起作用。",
    ),
    examples=(
        Good("Gray Felt Storage Basket", seller={"preferred_words": {"grey": "gray"}}),
        Good("Grey Felt Storage Basket", why=Text("no table, no finding", "没有对照表就不检查")),
        FalseAlarm("Vegan Leather Wallet", seller={"preferred_words": {"leather": "vegan leather"}}, why=Text("it is said as preferred", "已经是推荐的写法")),
        FalseAlarm("Greyhound Dog Coat", seller={"preferred_words": {"grey": "gray"}}, why=Text("only whole words count", "只匹配整词")),
        Bad("Grey Felt Storage Basket", seller={"preferred_words": {"grey": "gray"}}, marked="Grey", fixed="Gray Felt Storage Basket"),
        Bad("Cell Phone Holder", seller={"preferred_words": {"cell phone": "mobile phone"}}, fixed="Mobile Phone Holder"),
        Bad("Leather Wallet", seller={"preferred_words": {"leather": "vegan leather"}}, fixed="Vegan Leather Wallet"),
    ),
    check=check,
)
