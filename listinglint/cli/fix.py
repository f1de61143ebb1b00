"""`listinglint fix`: writes a mended copy of a catalog, or shows what would change."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

import click

from listinglint.cli import options as opt
from listinglint.config import Config, Settings
from listinglint.model import Text

if TYPE_CHECKING:
    from listinglint.catalogs import Catalog
    from listinglint.catalogs.mending import Mending
    from listinglint.catalogs.writing import CellChange, TextWriter
    from listinglint.model import InternalError

_MOST: Final = 20
_SAY: Final = {
    "change": Text("{where}: {before} → {after}  [{rules}]", "{where}：{before} → {after}  [{rules}]"),
    "note": Text("note: {text}", "提示：{text}"),
    "problem": Text("warning: {text}", "警告：{text}"),
    "internal": Text("error: rule {rule} crashed on listing {id}: {error}", "错误：规则 {rule} 在产品 {id} 上出错：{error}"),
    "refused": Text("not mended: {where}: {rule}: {why}", "未修改：{where}：{rule}：{why}"),
    "worse": Text("not mended: {where}: {rules}: the listing would score less", "未修改：{where}：{rules}：修改后评分会降低"),
    "unsettled": Text("not mended to the end: {where}: fixes undo each other", "未全部修改：{where}：各修改互相抵消"),
    "more": Text("… and {n} more", "……另有 {n} 处"),
    "record": Text("record {record}", "第 {record} 条记录"),
    "line": Text("line {line}", "第 {line} 行"),
    "done": Text(
        "{cells} cells of {mended} of {listings} listings mended; catalog score {before:.1f} → {after:.1f}; written to {target}",
        "共 {listings} 个产品，修改了 {mended} 个产品的 {cells} 个单元格；目录评分 {before:.1f} → {after:.1f}；已写入 {target}",
    ),
    "would": Text(
        "{cells} cells of {mended} of {listings} listings would be mended; catalog score {before:.1f} → {after:.1f}; nothing was written",
        "共 {listings} 个产品，可修改 {mended} 个产品的 {cells} 个单元格；目录评分 {before:.1f} → {after:.1f}；未写入任何内容",
    ),
    "clean": Text("nothing to mend in {listings} listings; {target} is as it was", "{listings} 个产品没有可修改的内容；{target} 保持原样"),
    "stdout": Text("standard output", "标准输出"),
}
_USAGE: Final = {
    "nowhere": Text("say where to write: -o FILE, --in-place, or --diff to look first", "请指定输出位置：-o 文件、--in-place，或先用 --diff 查看"),
    "both": Text("--diff, --in-place and -o exclude each other", "--diff、--in-place 与 -o 不能同时使用"),
    "stdin": Text("standard input has no place to be mended in; leave --in-place out", "标准输入无法原地修改；请去掉 --in-place"),
    "exists": Text("{path} exists; --force replaces it", "{path} 已存在；用 --force 覆盖"),
    "itself": Text("{path} is the catalog itself; --in-place mends it where it is", "{path} 就是原目录文件；请用 --in-place 原地修改"),
    "format": Text("{path} must end in {suffix}: the copy has the format of the catalog", "{path} 的扩展名应为 {suffix}：副本与原文件格式相同"),
    "binary": Text("a workbook is not written to standard output; name a file with -o", "工作簿不能写到标准输出；请用 -o 指定文件"),
    "unified": Text("--unified is for text files; a workbook is shown with --diff", "--unified 只适用于文本文件；工作簿请用 --diff"),
    "several": Text("several catalogs are mended where they are, with --in-place, or shown with --diff", "多个目录文件只能用 --in-place 原地修改，或用 --diff 查看"),
    "one review": Text("a review is of one catalog; name one file", "审核表只对应一个目录文件；请只指定一个文件"),
    "mark": Text("--mark is for workbooks", "--mark 只适用于工作簿"),
}


@click.command(context_settings={"max_content_width": 110})
@click.argument("paths", nargs=-1, required=True, metavar="PATH…|-")
@click.option("--output", "-o", type=click.Path(dir_okay=False, allow_dash=True), metavar="OUT", help="Write the mended copy to a file; - is standard output.")
@click.option("--in-place", is_flag=True, help="Mend the file where it is.")
@click.option("--force", is_flag=True, help="Replace OUT where it exists.")
@click.option("--diff", is_flag=True, help="Show what would change, cell by cell; write nothing.")
@click.option("--unified", is_flag=True, help="Show what would change as a unified diff (text files); write nothing.")
@click.option("--unsafe", is_flag=True, help="Make the fixes too that a person should look at: words added, removed, moved, respelt.")
@click.option("--review", type=click.Path(dir_okay=False), metavar="OUT.xlsx", help="Write a sheet of the unsafe fixes, to say yes or no to each.")
@click.option("--apply", "apply_path", type=click.Path(dir_okay=False), metavar="FILE", help="Make the fixes accepted in such a sheet, and no others.")
@click.option("--mark", is_flag=True, help="Give the mended cells of a workbook a fill and a comment.")
@opt.marketplace_option
@opt.reading_options
@opt.selection_options
@opt.rules_option
@opt.suppressions_option
@opt.date_option
@click.option("--jobs", "-j", type=click.IntRange(1, 256), metavar="N", help="Processes (default: one a core, at most 8).")
@opt.lang_option
@opt.config_option
@click.option("--no-progress", is_flag=True, help="No progress bar.")
@click.option("--quiet", "-q", is_flag=True, help="Tell only how much was mended, not each cell.")
def fix(paths: tuple[str, ...], **given: Any) -> int:
    """Mend a catalog: CSV, TSV, XLSX or JSON lines; - is standard input. Several are mended one by one, each by itself.

    Only fixes that cannot change what a listing says are made, unless --unsafe is given, or a person has accepted them
    (--review, then --apply). All but the mended cells stays as it is. Exit codes: 0 written (whatever findings are left), 2 wrong usage or input, or an internal error.
    """
    reviews = given["review"] or given["apply_path"]
    if len(paths) > 1 and (reviews or not (given["in_place"] or given["diff"] or given["unified"])):
        lang = opt.merged(opt.read_config(given["config"], paths, given["lang"]), given).lang
        raise click.UsageError(_USAGE["one review" if reviews else "several"].get(lang))
    return max(_fix(path, given) for path in paths)


def _fix(path: str, given: dict[str, Any]) -> int:
    """Mends one catalog, under the configuration nearest to it."""
    config = opt.read_config(given["config"], [path], given["lang"])
    settings = opt.merged(config, given)
    if given["review"] or given["apply_path"]:
        from listinglint.cli.reviews import ApplyRun, ReviewRun

        return (ReviewRun if given["review"] else ApplyRun)(path, config, settings, given).run()
    return FixRun(path, config, settings, given).run()


class FixRun:
    """One run of `fix`."""

    def __init__(self, path: str, config: Config, settings: Settings, given: dict[str, Any]) -> None:
        self.path, self.config, self.settings, self.given = path, config, settings, given
        self.lang = settings.lang
        self.shows = given["diff"] or given["unified"]
        self.target = self._target()

    def _target(self) -> Path | None:
        """Where to write; None is standard output, or nowhere with --diff. Raises UsageError before anything is read."""
        output, in_place = self.given["output"], self.given["in_place"]
        if bool(output) + bool(in_place) + bool(self.shows) > 1:
            raise self._wrong("both")
        if self.shows:
            return None
        if self.path == "-":
            if in_place:
                raise self._wrong("stdin")
            output = output or "-"
        if in_place:
            return Path(self.path)
        if output is None:
            raise self._wrong("nowhere")
        if output == "-":
            return None
        return self._spared(Path(output))

    def _spared(self, target: Path) -> Path:
        """The target, which is neither the catalog nor, without --force, any other file that exists."""
        if self.path != "-" and target.exists() and Path(self.path).exists() and target.samefile(self.path):
            raise self._wrong("itself", path=target)
        if target.exists() and not self.given["force"]:
            raise self._wrong("exists", path=target)
        return target

    def _wrong(self, what: str, **values: object) -> click.UsageError:
        return self.wrong(_USAGE[what], **values)

    def wrong(self, text: Text, /, **values: object) -> click.UsageError:
        """A usage error with this text."""
        return click.UsageError(text.format(self.lang, **values))

    def run(self) -> int:
        """Mends and writes; returns the exit code."""
        from listinglint.catalogs.mending import mend
        from listinglint.cli.progress import Progress
        from listinglint.engine import Linter

        linter = Linter(self.settings, opt.suppressions(self.config, self.given))
        catalog = self._open()
        self._check_format(catalog)
        progress = Progress(catalog, self.lang, on=sys.stderr.isatty() and not self.given["no_progress"])
        try:
            mending = mend(
                catalog, linter, unsafe=self.given["unsafe"], encoding=self.given["encoding"], mark=self.given["mark"],
                lang=self.lang, progress=progress, jobs=self.given["jobs"] or min(os.cpu_count() or 1, 8),
            )  # fmt: skip
        finally:
            progress.clear()
        self._deliver(mending)
        self._tell_all(catalog, mending)
        return 2 if mending.errors else 0

    def _deliver(self, mending: Mending) -> None:
        """Writes the mended catalog, or shows what would change."""
        if self.given["unified"]:
            self._show_unified(mending)
        elif self.given["diff"]:
            self._show_cells(mending)
        else:
            self._write(mending)

    def _open(self) -> Catalog:
        from listinglint.catalogs import CatalogError

        if Path(self.path).is_dir():
            raise CatalogError(Text("a folder was given; one file at a time can be mended", "给出的是文件夹；一次只能修改一个文件"), file=self.path)
        return opt.opened([self.path], self.config, self.given)

    def _check_format(self, catalog: Catalog) -> None:
        """Refuses what the format of the catalog does not allow, before the work is done."""
        info = catalog.sources[0]
        workbook = info.format == "xlsx"
        if workbook and self.target is None and not self.shows:
            raise self._wrong("binary")
        if workbook and self.given["unified"]:
            raise self._wrong("unified")
        if self.given["mark"] and not workbook:
            raise self._wrong("mark")
        if self.target is None:
            return
        if self.given["in_place"]:
            # The path may be a pattern, or a link: what it leads to is mended.
            self.target = Path(info.file).resolve()
            return
        if self.path != "-" and self.target.exists() and self.target.samefile(info.file):
            raise self._wrong("itself", path=str(self.target))
        from listinglint.catalogs.formats import SUFFIXES

        kind = {"csv": "table"}.get(info.format, info.format)
        suffix = self.target.suffix.lower()
        own = Path(info.file).suffix.lower()
        wanted = own if SUFFIXES.get(own) == kind else next(ending for ending, held in SUFFIXES.items() if held == kind)
        # A workbook under another name does not open, and .xlsm without macros in it neither; of texts only the known endings mislead.
        if suffix != wanted if workbook else SUFFIXES.get(suffix, kind) != kind or suffix == ".xls":
            raise self._wrong("format", path=str(self.target), suffix=wanted)

    def _write(self, mending: Mending) -> None:
        if self.target is not None:
            if mending.changes or not self.given["in_place"]:
                mending.write(self.target)
            return
        with tempfile.TemporaryDirectory(prefix="listinglint-") as folder:
            part = Path(folder) / "mended"
            mending.writer.write(mending.changes, part)
            out: BinaryIO = sys.stdout.buffer
            with part.open("rb") as file:
                while block := file.read(1 << 20):
                    out.write(block)
            out.flush()

    # --- standard output ---

    def _show_unified(self, mending: Mending) -> None:
        from listinglint.cli.diffs import unified

        shown = cast("TextWriter", mending.writer)
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
        try:
            for piece in unified(self.path, shown.blocks(mending.changes)):
                out.write(piece)
        finally:
            out.detach()

    def _show_cells(self, mending: Mending) -> None:
        from listinglint.cli.diffs import hunks
        from listinglint.reports.terminal import clean

        mark = "：" if self.lang == "zh" else ": "
        for change in mending.changes:
            click.echo(clean(f"{self._where(change)}{mark}{', '.join(change.rules)}" + (f"  ({change.id})" if change.id else "")))
            for before, after in hunks(change.before, change.after):
                click.echo(clean(f"- {before}"))
                click.echo(clean(f"+ {after}"))
            click.echo()

    # --- standard error ---

    def _tell(self, what: str, **values: object) -> None:
        self.tell(_SAY[what], **values)

    def tell(self, text: Text, /, **values: object) -> None:
        """A line on standard error."""
        from listinglint.reports.terminal import clean

        click.echo(clean(text.format(self.lang, **values)), err=True)

    def _where(self, change: CellChange) -> str:
        return self._place(change.source, change.field, change.cell)

    def _place(self, source: Any, field: str | None, cell: str | None) -> str:
        where = cell or _SAY["record"].format(self.lang, record=source.record)
        parts = [f"{source.sheet}!{where}" if source.sheet else where]
        if source.line is not None and source.line != source.record:
            parts.append(("（{}）" if self.lang == "zh" else "({})").format(_SAY["line"].format(self.lang, line=source.line)))
        return " ".join([*parts, *([field] if field else [])])

    def _tell_all(self, catalog: Catalog, mending: Mending) -> None:
        self._tell_notes(catalog)
        if not self.given["quiet"]:
            if not self.shows:
                self._tell_changes(mending)
            self._tell_left(mending)
        self._tell_errors(mending.errors)
        target = str(self.target) if self.target is not None else _SAY["stdout"].get(self.lang)
        counts = {"cells": len(mending.changes), "mended": mending.mended, "listings": mending.listings, "before": mending.before, "after": mending.after}
        if self.shows:
            self._tell("would", **counts)
        elif not mending.changes and self.given["in_place"]:
            self._tell("clean", listings=mending.listings, target=target)
        else:
            self._tell("done", **counts, target=target)

    def _tell_notes(self, catalog: Catalog) -> None:
        if self.given["quiet"]:
            return
        for note in catalog.notes[:_MOST]:
            self._tell("note", text=note.get(self.lang))
        for problem in catalog.problems[:_MOST]:
            self._tell("problem", text=problem.text().get(self.lang))

    def _tell_errors(self, errors: Sequence[InternalError]) -> None:
        for error in errors[:_MOST]:
            self._tell("internal", rule=error.rule, id=error.listing or "-", error=error.error)

    def _tell_changes(self, mending: Mending) -> None:
        from listinglint.cli.diffs import hunks

        for change in mending.changes:
            for before, after in hunks(change.before, change.after):
                self._tell("change", where=self._where(change), before=repr(before), after=repr(after), rules=", ".join(change.rules))

    def _tell_left(self, mending: Mending) -> None:
        """What was not mended, and why."""
        for one in mending.refusals[:_MOST]:
            place = self._place(one.listing.source, one.edit.field, one.edit.cell)
            self._tell("refused", where=place, rule=one.rule, why=one.why.get(self.lang))
        if len(mending.refusals) > _MOST:
            self._tell("more", n=len(mending.refusals) - _MOST)
        for listing, rules in mending.worse[:_MOST]:
            self._tell("worse", where=self._place(listing.source, None, None), rules=", ".join(rules))
        for listing in mending.unsettled[:_MOST]:
            self._tell("unsettled", where=self._place(listing.source, None, None))
        for left in (mending.worse, mending.unsettled):
            if len(left) > _MOST:
                self._tell("more", n=len(left) - _MOST)
