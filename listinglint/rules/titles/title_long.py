"""title-long: longer than a buyer reads or a search result shows, though within the marketplace's limit."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.marketplaces import measure
from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit where the title has more than `characters` characters, but no more than the marketplace's limit."""
    title = doc.title
    if title is None or len(title.raw) <= options["characters"]:
        return
    limit = doc.limit("title", "max")
    length = measure(title.raw, "characters")
    if length > options["characters"] and (limit is None or length <= limit.value):
        yield title.hit(0, len(title.raw), length=length, shown=options["characters"], words=len(title.words))


RULE = Rule(
    name="title-long",
    group="titles",
    severity="info",
    whole=True,
    summary=Text("The title is longer than a buyer reads", "标题过长，买家不易读完"),
    messages=texts(
        "{length} characters in {words} words; search results show about {shown}: keep the name and its strongest feature",
        "标题共 {length} 个字符、{words} 个词；搜索结果约显示 {shown} 个字符：请只保留产品名和最突出的特点",
    ),
    page=Text(
        "Advises on titles that the marketplace takes but that are cut off in search results and on telephones. A buyer reads the first line. "
        "Keep the product's name with its defining modifiers and one strong feature; move sizes, further uses and synonyms to attributes, "
        "description and keywords.",
        "提示虽未超过平台上限、但在搜索结果和手机上会被截断的标题。买家只看第一行。请保留产品名及其关键修饰词和一个突出的特点，把尺寸、其他用途和同义词放到属性、描述和关键词里。",
    ),
    check=check,
    fields=("title",),
    guidelines=("GT3",),
    options=(Option("characters", int, 90, Text("so many characters are read", "可读的字符数"), minimum=20),),
    examples=(
        Good("Stainless Steel Kitchen Faucet with Pull-Out Spray"),
        Good("Portable Car Vacuum Cleaner 12 V, 120 W, with HEPA Filter and Three Nozzles"),
        Bad(
            "Portable Handheld Cordless Rechargeable Car Vacuum Cleaner for Home Office Car Pet Hair with Two Filters and LED Light",
        ),
        Bad("Women's Summer Casual Loose Short Sleeve Round Neck Cotton Linen Midi Beach Holiday Shirt Dress with Pockets"),
        FalseAlarm(
            "Portable Handheld Cordless Rechargeable Car Vacuum Cleaner for Home Office Car Pet Hair with Two Filters, LED Light and "
            "a Storage Bag of Oxford Cloth", why=Text("over the marketplace's limit, which is the fault of title-length", "已超过平台上限，由 title-length 报告"),
        ),
    ),
)  # fmt: skip
