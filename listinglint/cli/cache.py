"""`listinglint cache`: where the cache of unchanged listings lies, how large it is, and emptying it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from listinglint.cli import options as opt
from listinglint.cli.failures import USAGE, choose_language, language
from listinglint.model import Text

_SAY: Final = {
    "size": Text("{path}: {n:,} listings, {size}", "{path}：{n:,} 个产品，{size}"),
    "none": Text("{path}: empty", "{path}：空"),
    "cleaned": Text("{path}: emptied, {size} freed", "{path}：已清空，释放 {size}"),
    "stuck": Text("error: {path} cannot be deleted: {reason}", "错误：无法删除 {path}：{reason}"),
    "note": Text("note: {text}", "提示：{text}"),
}


@click.command(context_settings={"max_content_width": 110})
@click.argument("action", type=click.Choice(["size", "dir", "clean"]), default="size")
@click.option("--cache-dir", type=click.Path(file_okay=False), metavar="DIR", help="The cache in this folder (default: LISTINGLINT_CACHE_DIR, else the user's folder for caches).")
@opt.lang_option
def cache(action: str, cache_dir: str | None, lang: str | None) -> int:
    """Show how large the cache of unchanged listings is (size), where it lies (dir), or empty it (clean).

    `check` keeps there what it found of each listing, and does not judge a listing anew whose texts, rules and settings are the
    same. The reports are the same with it and without it; it can be deleted at any time.
    """
    from listinglint.engine.cache import LIMIT, CacheFile, default_folder

    choose_language(language(lang, None))
    lang = language(lang, None)
    file = CacheFile(Path(cache_dir) if cache_dir else default_folder(), LIMIT)
    if action == "dir":
        click.echo(str(file.folder))
        return 0
    size = file.size()
    for note in file.notes:
        click.echo(_SAY["note"].format(lang, text=note.get(lang)), err=True)
    if action == "size":
        click.echo(_SAY["size" if size.entries else "none"].format(lang, path=file.path, n=size.entries, size=_megabytes(size.bytes)))
        return 0
    try:
        file.clean()
    except OSError as error:
        click.echo(_SAY["stuck"].format(lang, path=file.path, reason=error.strerror or str(error)), err=True)
        return USAGE
    click.echo(_SAY["cleaned"].format(lang, path=file.path, size=_megabytes(size.bytes)))
    return 0


def _megabytes(number: int) -> str:
    return f"{number / (1 << 20):,.1f} MB"
