"""`listinglint parse`: shows how titles are understood."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import click

from listinglint.cli import options as opt
from listinglint.model import ProductName, Text

if TYPE_CHECKING:
    from listinglint.model import Listing

_LABELS: Final = {
    "product": Text("product name", "产品名"), "head": Text("head", "中心词"), "brand": Text("brand", "品牌"), "model": Text("model", "型号"),
    "series": Text("series", "系列"), "extras": Text("extra", "补充说明"), "fillers": Text("filler", "空话"), "material": Text("material", "材料"),
    "colour": Text("colour", "颜色"), "function": Text("function", "功能"), "style": Text("style", "款式"), "certificate": Text("certificate", "认证"),
    "specification": Text("specification", "规格"), "quantity": Text("quantity", "数量"), "audience": Text("audience", "适用人群"),
}  # fmt: skip
_NONE: Final = Text("names no product", "没有产品名")
_SEVERAL: Final = Text("several products: {names}", "包含多个产品：{names}")


@click.command()
@click.argument("title", required=False)
@click.option("--file", "path", metavar="FILE", help="A catalog; its brands, models and categories help, and so do its other titles.")
@click.option("--columns", multiple=True, metavar="FIELD=HEADER,…", help="Columns that feed fields.")
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook.")
@click.option("--encoding", metavar="NAME", help="Encoding of text files.")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", help="Format.")
@opt.config_option
@opt.lang_option
def parse(
    title: str | None, path: str | None, columns: tuple[str, ...], sheet: str | None, encoding: str | None, form: str, config: str | None, lang: str | None
) -> int:
    """Show how TITLE, or each title of a catalog, is understood: product name, head, brand, modifiers, extras."""
    if (title is None) == (path is None):
        raise click.UsageError("give a title, or --file FILE")
    read = opt.read_config(config, (path,) if path else (), lang)
    settings = opt.merged(read, {"lang": lang})
    wanted = {**read.columns, **opt.columns(columns)} or None
    names = _of_catalog(str(path), wanted, sheet, encoding) if title is None else iter([(None, _of_title(title))])
    for at, (listing, name) in enumerate(names):
        if form == "jsonl":
            _write_json(listing, name)
            continue
        if at:
            click.echo()
        for line in show(name, settings.lang, shutil.get_terminal_size((80, 24)).columns):
            click.echo(line)
    return 0


def _of_title(title: str) -> ProductName:
    from listinglint.language.names import parse_title

    return parse_title(title)


def _of_catalog(path: str, columns: object, sheet: str | None, encoding: str | None) -> Iterator[tuple[Listing, ProductName]]:
    from listinglint.catalogs import open_catalog
    from listinglint.language.names import parse_title
    from listinglint.language.statistics import CatalogStatistics

    catalog = open_catalog([path], columns=columns, sheet=sheet, encoding=encoding)  # type: ignore[arg-type]
    statistics = CatalogStatistics.of(catalog)
    for listing in catalog:
        yield listing, parse_title(next(iter(listing.parts("title")), ""), listing, statistics)


def _write_json(listing: Listing | None, name: ProductName) -> None:
    from listinglint.reports.json_lines import name_object, to_json

    click.echo(to_json(name_object(listing, name)))


def show(name: ProductName, lang: str, width: int) -> Iterator[str]:
    """The title with a line under it for each part, or (where it does not fit) a list of the parts."""
    from listinglint.reports.terminal import clean, columns_of

    places = [(label, span) for key, label in _LABELS.items() for span in name.spans.get(key, ())]
    places.sort(key=lambda place: (place[1][0], -place[1][1]))
    title = clean(name.title)
    yield title
    room = width - columns_of(title) - 2
    fits = all(columns_of(label.get(lang)) <= room for label, _ in places)
    for label, (start, end) in places:
        if fits:
            left, marked = columns_of(clean(name.title[:start])), columns_of(clean(name.title[start:end]))
            line = " " * left + "─" * marked
            yield line + " " * (columns_of(title) - len(line) + 2) + label.get(lang)
        else:
            yield f"  {label.get(lang)}: {clean(name.title[start:end])}"
    if name.product is None:
        yield _NONE.get(lang)
    if name.several:
        yield _SEVERAL.format(lang, names=", ".join(map(clean, name.products)))
