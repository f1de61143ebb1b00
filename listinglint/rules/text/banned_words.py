"""Words that the seller has banned from his own listings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from listinglint.model import TEXT_FIELDS, Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.bounds import bounded
from listinglint.rules.own_words import find_words
from listinglint.rules.removal import removal
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule, texts

_MOST: Final = 5


@bounded()
def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit on each banned word, at most five a text; the fix takes it out."""
    if not doc.seller.banned_words:
        return
    for part in doc.texts():
        for count, (start, end) in enumerate(find_words(part, doc.seller.banned_words)):
            if count == _MOST:
                break
            yield part.hit(start, end, edits=[removal(part.raw, start, end)])


RULE = Rule(
    name="banned-words",
    group="text",
    severity="warning",
    fields=TEXT_FIELDS,
    fix="unsafe",
    screen=lambda doc: bool(doc.seller.banned_words),
    summary=Text("A word that the seller has banned", "出现了卖家自己禁用的词"),
    messages=texts(
        "'{text}' is on your own list of banned words; take it out or say it otherwise",
        "“{text}”在您自己的禁用词表里，请删除或换个说法",
    ),
    page=Text(
        "Finds the words of `banned-words` in the `[seller]` table of the configuration: names of competitors, withdrawn brands, "
        "claims that the legal department does not want. Words are found whole and whatever their capitals: `lead` is not found in "
        "`leader`. Phrases may have any spaces between their words. Without such a list the rule is silent. The fix takes the word "
        "out; look at the sentence that is left.",
        "检查配置文件 `[seller]` 中 `banned-words` 列出的词：竞争对手名称、已停用的品牌、法务不允许的宣传语等。按整词匹配，不区分大小写："
        "`lead` 不会匹配 `leader`；词组中间的空格数不限。没有设置词表时本规则不起作用。修复会删除该词，请检查剩下的句子。",
    ),
    examples=(
        Good("Walnut Cutting Board with Juice Groove", seller={"banned_words": ["miracle"]}),
        Good("Miracle Mop Refill Pad", why=Text("no list, no finding", "没有词表就不检查")),
        FalseAlarm("Band Leader Baton", seller={"banned_words": ["lead"]}, why=Text("only whole words count", "只匹配整词")),
        FalseAlarm("Cork Coaster", description='<p class="miracle">Round</p>', seller={"banned_words": ["miracle"]}, why=Text("markup is no text", "HTML 标签不算正文")),
        Bad("Miracle Mop Refill Pad", seller={"banned_words": ["miracle"]}, marked="Miracle", fixed="Mop Refill Pad"),
        Bad("Cork Coaster", description="A world  first in coasters.", seller={"banned_words": ["world first"]}, marked="world  first"),
        Bad("Cork Coaster", keywords="cork coaster, 神器杯垫", seller={"banned_words": ["神器"]}, marked="神器"),
    ),
    check=check,
)
