"""description-length: a description too short to tell anything, or longer than the marketplace takes."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.marketplaces import measure
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing, FieldText, is_wide
from listinglint.rules.lengths import word_count
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule


def _is_long(part: FieldText, fewest: int) -> bool:
    """A quick test that is true only for a text in Latin letters of so many words and more."""
    return not is_wide(part.text) and len(part.words) >= fewest and (part.text.isascii() or len(part.text.split(None, fewest)) > fewest)


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """`short` by words over all cells, `over` by the marketplace's own measure per cell."""
    filled = [part for part in doc.parts("description") if not part.blank]
    if not filled:
        return
    fewest = options["min_words"]
    limit = doc.limit("description", "min")
    if limit is not None and limit.unit == "words":
        fewest = max(fewest, int(limit.value))
    if sum(len(part.raw) for part in filled) < 40 * fewest and not (len(filled) == 1 and _is_long(filled[0], fewest)):
        words = sum(word_count(part) for part in filled)
        if words < fewest:
            yield Hit("description", message="short", variant="short", values={"words": words, "fewest": fewest})
    most = doc.limit("description", "max")
    if most is None:
        return
    for part in filled:
        if len(part.raw) * 4 <= most.value:
            continue
        length = measure(part.raw, most.unit)
        if length > most.value:
            yield part.hit(message="over", variant="over", length=length, limit=int(most.value), marketplace=doc.marketplace.label)


RULE = Rule(
    name="description-length",
    group="descriptions",
    severity="warning",
    variants={"short": "warning", "over": "warning"},
    summary=Text("The description is too short, or longer than the marketplace takes", "描述过短，或超过平台上限"),
    messages={
        "short": Text(
            "The description has {words} words; {fewest} are the least that can tell a buyer anything",
            "描述只有 {words} 个词（中文每三字算一词）；至少需要 {fewest} 个词才能说明产品",
        ),
        "over": Text(
            "The description has {length} characters; {marketplace} takes {limit}", "描述有 {length} 个字符；{marketplace} 最多允许 {limit} 个"
        ),
    },
    page=Text(
        "Finds descriptions under twenty words (sixty Chinese characters; some marketplaces ask for more), and descriptions over the "
        "marketplace's limit, which would be cut off or refused. HTML is not counted as words. A few words cannot hold specification, "
        "use, packaging and service, which buyers ask for. Write what is known of the product; shorten a description that is over the "
        "limit by moving facts into the attributes.",
        "找出少于二十个词（六十个汉字；部分平台要求更多）的描述，以及超过平台上限、会被截断或拒收的描述。HTML 标签不算字数。寥寥数语写不下规格、"
        "用途、包装和服务等买家关心的内容。请补充已知的产品信息；超长的描述可把参数移到属性栏。",
    ),
    check=check,
    fields=("description",),
    guidelines=("GD2", "GD3"),
    options=(Option("min_words", int, 20, Text("the fewest words that are enough", "最少词数"), minimum=1),),
    examples=(
        Good(
            "Garden Trowel",
            description="Trowel with a head of stainless steel and a handle of ash wood, 32 cm long, 210 g. The head is engraved "
            "with a depth scale in centimetres and inches. Hang it up by the leather loop.",
        ),
        Good("保温杯", description="采用食品级304不锈钢内胆，双层真空结构，保温十二小时，容量五百毫升，杯盖带密封圈，倒置不漏水，"
             "表面喷塑，防滑耐刮，可定制颜色与标志，每只装彩盒，质保一年。"),
        Bad("Garden Trowel", description="Trowel for gardens"),
        Bad("Garden Trowel", description="<ul><li>32 cm</li><li>Ash wood</li><li>Leather loop</li></ul>"),
        Bad("保温杯", description="不锈钢保温杯，质量好，价格优。"),
        Bad("Garden Trowel", description="Very robust trowel. " * 120, on="amazon"),
        FalseAlarm(
            "Garden Trowel", description="",
            why=Text("an empty description is the fault of description-missing", "空描述由 description-missing 报告"),
        ),
    ),
)  # fmt: skip
