"""stale-listing: not renewed for longer than the marketplace's period."""

from __future__ import annotations

from collections.abc import Iterator

from listinglint.model import Text
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.dates import read_date
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Option, Options, Rule, texts


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit where the day of the last renewal lies more than `days` back."""
    part = doc.field("updated")
    day = read_date(part.raw) if part is not None else None
    if part is not None and day is not None and (doc.date - day).days > options["days"]:
        yield part.hit(0, len(part.raw), ago=(doc.date - day).days, days=options["days"])


RULE = Rule(
    name="stale-listing",
    group="facts",
    severity="info",
    summary=Text("The listing was not renewed for a long time", "产品长期未更新"),
    messages=texts("Last renewed {ago} days ago; look through it every {days} days", "上次更新在 {ago} 天前；建议每 {days} 天检查一次"),
    page=Text(
        "Finds listings whose last renewal lies further back than the marketplace's period. Prices, certificates and wording age, and "
        "search ranks fresh offers higher. Look the listing through, correct what has changed and publish it again.",
        "找出上次更新时间超过平台周期的产品。价格、证书和措辞都会过时，搜索也更偏向新近更新的产品。请检查并更新有变化的内容后重新发布。",
    ),
    check=check,
    fields=("updated",),
    guidelines=("GD7",),
    options=(Option("days", int, 365, Text("the longest time without renewal, in days", "最长未更新天数"), minimum=1),),
    examples=(
        Good("Bicycle Bell", updated="2026-10-01", date="2026-11-01"),
        Good("Bicycle Bell", updated="15 Sep 2026", date="2026-11-01"),
        Bad("Bicycle Bell", updated="2024-05-01", date="2026-11-01"),
        Bad("Bicycle Bell", updated="31/12/2023", date="2026-11-01"),
        Bad("Bicycle Bell", updated="2025年3月8日", date="2026-11-01"),
        FalseAlarm("Bicycle Bell", updated="soon", date="2026-11-01", why=Text("no day can be read", "无法读出日期")),
    ),
)  # fmt: skip
