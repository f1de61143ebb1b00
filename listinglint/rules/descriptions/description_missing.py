"""description-missing: the source has a description column and this listing's is empty."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule, texts


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit where no cell of the description holds text."""
    if all(part.blank for part in doc.parts("description")):
        yield Hit("description")


RULE = Rule(
    name="description-missing",
    group="descriptions",
    severity="error",
    summary=Text("The description is empty", "产品描述为空"),
    messages=texts(
        "There is no description; write one that names the product, its specification, use, packaging and service",
        "没有产品描述；请写明产品名称、规格、用途、包装和售后服务",
    ),
    page=Text(
        "Finds listings whose description cell holds no text: nothing, blanks, an empty paragraph, or a word such as NULL that an "
        "export wrote for nothing. A buyer who opens such a listing learns no more than its title told, and search engines find "
        "little to index. Write a description of at least a few sentences: what the product is, its specification and model, what it "
        "is used for, how it is packed, minimum order, price, certificates and after-sales service.",
        "找出描述单元格中没有文字的产品：完全空白、只有空格或空段落，或导出时写入的 NULL 之类的字样。买家点开后得不到比标题更多的信息，"
        "搜索引擎也难以收录。请至少写几句话：产品是什么、规格与型号、用途、包装、起订量、价格、认证和售后服务。",
    ),
    check=check,
    fields=("description",),
    screen=lambda doc: doc.description is None,
    guidelines=("GD2",),
    examples=(
        Good("Folding Camping Table", description="Aluminium folding table for four people, 120 x 60 cm, packed in a carry bag."),
        Good("Bamboo Cutting Board", description="<p>Three-layer bamboo, 38 x 28 cm.</p>"),
        Bad("Folding Camping Table", description=""),
        Bad("Bamboo Cutting Board", description="<div><br/></div>"),
        Bad("LED Desk Lamp", description=" &nbsp; "),
        Bad("LED Desk Lamp", description="N/A"),
        FalseAlarm(
            "LED Desk Lamp", description="Black, 5 W",
            why=Text("two facts are little, but they are a description", "虽然只有两项信息，但仍是描述"),
        ),
        FalseAlarm(
            "LED Desk Lamp", why=Text("the source has no description column", "数据源没有描述列"),
        ),
    ),
)  # fmt: skip
