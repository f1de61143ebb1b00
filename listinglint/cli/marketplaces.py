"""`listinglint marketplaces`: the marketplaces, or the limits of one with mark, source and dates."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

import click

from listinglint.cli import options as opt
from listinglint.cli.failures import choose_language, language
from listinglint.model import Text

if TYPE_CHECKING:
    from listinglint.marketplaces import Limit, Marketplace

_MARKS: Final = {
    "verified": Text("verified", "已核实"),
    "secondary": Text("second hand", "二手来源"),
    "unconfirmed": Text("unconfirmed", "未证实"),
    "own": Text("our advice", "本工具建议"),
}
_KINDS: Final = {
    "max": Text("at most", "最多"),
    "min": Text("at least", "至少"),
    "advised_max": Text("better at most", "建议不超过"),
    "advised_min": Text("better at least", "建议不少于"),
    "shown": Text("shown of it", "前台显示"),
    "count_max": Text("so many at most", "个数最多"),
    "count_min": Text("so many at least", "个数至少"),
    "count_advised_max": Text("better so many at most", "个数建议不超过"),
    "count_advised_min": Text("better so many at least", "个数建议不少于"),
    "each_max": Text("each at most", "每个最多"),
    "each_min": Text("each at least", "每个至少"),
}
_UNITS: Final = {
    "characters": Text("characters", "个字符"), "bytes": Text("bytes", "字节"), "width": Text("columns (wide letters count 2)", "字符宽度（汉字算 2）"),
    "words": Text("words", "个单词"), "items": Text("items", "项"), "days": Text("days", "天"), "currency": Text("(price)", "（价格）"),
}  # fmt: skip
_SAY: Final = {
    "keywords list": Text("keywords: a list, parted by {separators}", "关键词：列表，分隔符 {separators}"),
    "keywords bag": Text("keywords: a bag of words", "关键词：词袋（不分短语）"),
    "markup": Text("description: {markup}", "描述：{markup}"),
    "since": Text("since {day}", "{day} 起"),
    "until": Text("until {day}", "至 {day}"),
    "source": Text("source", "来源"),
    "category": Text("category {name}", "类目 {name}"),
}


@click.command()
@click.argument("name", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Format of the list.")
@opt.lang_option
def marketplaces(name: str | None, form: str, lang: str | None) -> int:
    """List the marketplaces, or all limits of NAME with where each was read and how sure it is."""
    from listinglint.marketplaces import marketplace, names

    lang = language(lang)
    choose_language(lang)
    found = [marketplace(one) for one in ([name] if name else names())]
    if form == "json":
        from listinglint.reports.json_lines import to_json

        click.echo(to_json(found[0].to_dict() if name else [one.to_dict() for one in found]))
    elif name:
        for line in _page(found[0], lang):
            click.echo(line)
    else:
        width = max(len(one.name) for one in found)
        for one in found:
            click.echo(f"{one.name:<{width}}  {one.label.get(lang)}")
    return 0


def _page(one: Marketplace, lang: str) -> list[str]:
    from listinglint.reports.terminal import wrap

    width = min(shutil.get_terminal_size((80, 24)).columns, 120)
    separators = " ".join(f"“{mark}”" for mark in one.separators)
    out = [
        f"{one.name}: {one.label.get(lang)}",
        _SAY[f"keywords {one.keywords}"].format(lang, separators=separators),
        _SAY["markup"].format(lang, markup=one.markup),
    ]
    if one.note:
        out += wrap(one.note.get(lang), width, width)
    field = None
    for limit in one.limits:
        if limit.field != field:
            field = limit.field
            out += ["", field]
        out.append(f"  {_limit(limit, lang)}")
        if limit.source:
            out += [f"      {line}" for line in wrap(f"{_SAY['source'].get(lang)}: {limit.source}", width - 6, width - 6)]
    return out


def _limit(limit: Limit, lang: str) -> str:
    dates = [_SAY[key].format(lang, day=day) for key, day in (("since", limit.since), ("until", limit.until)) if day]
    category = [_SAY["category"].format(lang, name=limit.category)] if limit.category else []
    notes = ", ".join([_MARKS[limit.mark].get(lang), *dates, *category])
    return f"{_KINDS[limit.kind].get(lang)} {limit.value:,} {_UNITS[limit.unit].get(lang)} [{notes}]"
