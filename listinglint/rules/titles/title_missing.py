"""No title: the cell is there and holds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule, texts


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One finding without a place where the title is blank or a word for "nothing here"."""
    if doc.title is None:
        yield Hit("title")


RULE = Rule(
    name="title-missing",
    group="titles",
    severity="error",
    fields=("title",),
    guidelines=("GT5",),
    summary=Text("The listing has no title", "缺少标题"),
    messages=texts(
        "there is no title; write the product's complete name with what sets it apart",
        "没有标题，请写上完整的产品名和它的特点",
    ),
    page=Text(
        "Finds listings whose title cell is there but holds nothing: blank, invisible characters, markup without text, or a "
        "placeholder such as N/A or nan. Without a title a listing cannot be found in search and most marketplaces refuse it. "
        "Write the product's complete name with a distinguishing feature. A poor title (a lone brand or code) is a title, and "
        "other rules judge it; where the source has no title column at all, the rule is silent.",
        "检查标题单元格存在但没有内容的产品：空白、不可见字符、没有文字的标签，或者 N/A、nan 之类的占位符。没有标题的产品搜索不到，多数平台也不允许发布。"
        "请写上完整的产品名和一个特点。写得不好的标题（只有品牌或编号）也算标题，由别的规则判断；数据源根本没有标题列时，本规则不报告。",
    ),
    examples=(
        Good("Bamboo Cutting Board with Juice Groove"),
        Good("不锈钢保温杯"),
        FalseAlarm("QX-7", why=Text("a poor title is still a title", "写得不好也算有标题")),
        FalseAlarm(keywords="cutting board", why=Text("the source has no title column", "数据源没有标题列")),
        Bad("", keywords="cutting board"),
        Bad("   \u00a0", keywords="cutting board"),
        Bad("n/a", keywords="cutting board"),
        Bad("<p>&nbsp;</p>", keywords="cutting board"),
    ),
    check=check,
)
