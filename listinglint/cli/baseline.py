"""The baseline of a run of `check`: read before it, written anew after it, and what is to be said of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from listinglint.config import Config, Settings
from listinglint.model import CatalogSummary, ListingReport, Text

if TYPE_CHECKING:
    from listinglint.catalogs import Catalog
    from listinglint.engine import Linter
    from listinglint.engine.baseline import Entry

_MOST: Final = 20
_SAY: Final = {
    "other market": Text(
        "note: {path} was written for the marketplace {then}; this run is for {now}", "提示：{path} 是为平台 {then} 生成的；本次检查的平台是 {now}"
    ),
    "unknown": Text(
        "warning: {path}: line {line}: there is no rule {rule}; --prune-baseline removes such lines", "警告：{path}：第 {line} 行：没有规则 {rule}；--prune-baseline 会删除这样的行"
    ),
    "expired": Text("warning: {path}: line {line}: expired on {until}: {rule} of {listing}{why}", "警告：{path}：第 {line} 行：已于 {until} 到期：{listing} 的 {rule}{why}"),
    "more": Text("warning: … and {n} more", "警告：……另有 {n} 处"),
    "gone": Text(
        "note: {n} findings of {path} no longer occur; --prune-baseline takes them out", "提示：{path} 中有 {n} 个问题已不存在；用 --prune-baseline 清除"
    ),
    "written": Text("wrote {path}: {findings} findings of {listings} listings", "已写入 {path}：{listings} 个产品的 {findings} 个问题"),
    "renewed": Text("note: {n} entries had expired and hold again; their dates are gone", "提示：{n} 条已到期的记录重新生效，到期日已删除"),
    "pruned": Text("{path}: {gone} findings taken out, {left} left", "{path}：清除了 {gone} 个问题，剩余 {left} 个"),
    "away": Text("note: {n} findings of {path} are in files that this run did not read; they stay", "提示：{path} 中有 {n} 个问题来自本次未检查的文件，予以保留"),
    "not whole": Text(
        "error: {path} is not written: rules crashed, so that not all findings are known", "错误：未写入 {path}：有规则出错，问题未能全部得知"
    ),
}
_USAGE: Final = {
    "both": Text("--write-baseline and --prune-baseline exclude each other; writing leaves out what no longer occurs, too", "--write-baseline 与 --prune-baseline 不能同时使用；写入时也会清除已不存在的问题"),
    "none": Text("--prune-baseline needs a baseline: --baseline FILE, or `baseline` in the configuration", "--prune-baseline 需要基线文件：用 --baseline 指定，或在配置中设置 baseline"),
    "off": Text("--no-baseline excludes --baseline, --write-baseline and --prune-baseline", "--no-baseline 不能与 --baseline、--write-baseline、--prune-baseline 同时使用"),
}


class BaselineRun:
    """The baseline that a run judges by, and the one that it leaves.

    Raises UsageError for options that contradict each other, BaselineError for a file that cannot be used.
    """

    def __init__(self, config: Config, settings: Settings, linter: Linter, given: Mapping[str, Any]) -> None:
        from listinglint.engine.baseline import Baseline, Head, read_baseline
        from listinglint.rules.rule_sets import RULE_SETS

        self._lang = settings.lang
        write, prune = given.get("write_baseline"), given.get("prune_baseline", False)
        named = given.get("baseline") or (None if given.get("no_baseline") else config.baseline)
        if given.get("no_baseline") and (given.get("baseline") or write or prune):
            raise self._wrong("off")
        if write and prune:
            raise self._wrong("both")
        if prune and not named:
            raise self._wrong("none")
        self.path: str | None = write or named
        self._writes, self._prunes = bool(write), bool(prune)
        self._marketplace = _market(settings)
        self._head = Head()
        entries: list[Entry] = []
        source = write if write and Path(write).exists() else named
        if write and source == named and named and not Path(named).exists():
            source = None
        if source:
            self._head, entries = read_baseline(source)
        self._new_head = Head(_version(), self._marketplace, settings.rule_set or RULE_SETS[-1])
        self._baseline: Baseline | None = None
        if self.path:
            day = settings.date or datetime.date.today()
            self._baseline = Baseline(entries, linter, day, accepts=self._writes, prunes=self._prunes, known=self._head.places)

    def reads(self, catalog: Catalog, *, parts: bool = False) -> None:
        """Tells what the run reads, before any listing is judged; `parts` says that only a sheet of each workbook is."""
        from listinglint.engine.baseline import Places

        if self._baseline is not None and self.path is not None:
            self._baseline.places = Places(self.path, [(info.file, info.sheet) for info in catalog.sources], parts=parts)

    def _wrong(self, what: str) -> click.UsageError:
        return click.UsageError(_USAGE[what].get(self._lang))

    @property
    def on(self) -> bool:
        """True where the run judges by a baseline."""
        return self._baseline is not None

    def judge(self, report: ListingReport) -> ListingReport:
        """The report without what is forgiven; to be called for all listings in the catalog's order."""
        return self._baseline.judge(report) if self._baseline is not None else report

    def finish(self, summary: CatalogSummary, *, quiet: bool, tell: Callable[[str], None]) -> None:
        """Writes the baseline where that was asked for, and says on standard error what is to be known of it.

        A run in which rules crashed writes nothing: the baseline would lose what they did not find.
        """
        if self._baseline is None or self.path is None:
            return

        def say(what: str, **values: object) -> None:
            tell(_SAY[what].format(self._lang, path=self.path, **values))

        if (self._writes or self._prunes) and summary.internal_errors:
            say("not whole")
            return
        if self._writes or self._prunes:
            self._write(say)
        else:
            self._tell(say, quiet=quiet)

    def _write(self, say: Callable[..., None]) -> None:
        from listinglint.catalogs.tables import replace_file
        from listinglint.engine.baseline import text_of

        assert self._baseline is not None and self.path is not None
        entries = self._baseline.rewritten()
        text = text_of(replace(self._new_head, places=tuple(self._baseline.places.read | self._baseline.away)), entries)

        def write(part: Path) -> None:
            part.write_text(text, encoding="utf-8", newline="\n")

        replace_file(Path(self.path), write)
        count = sum(entry.count for entry in entries)
        away = sum(entry.count for entry in entries if self._baseline.places.elsewhere(entry.place))
        if self._prunes:
            say("pruned", gone=self._baseline.total - count, left=count)
        if away:
            say("away", n=away)
        if self._prunes:
            return
        say("written", findings=count, listings=len({entry.listing for entry in entries}))
        renewed = sum(1 for entry in entries if entry.key in self._baseline.renewed)
        if renewed:
            say("renewed", n=renewed)

    def _tell(self, say: Callable[..., None], *, quiet: bool) -> None:
        assert self._baseline is not None
        baseline = self._baseline
        if self._head.marketplace and self._head.marketplace != self._marketplace:
            say("other market", then=self._head.marketplace, now=self._marketplace)
        for entry in baseline.unknown[:_MOST]:
            say("unknown", line=entry.line, rule=entry.rule)
        for entry in baseline.expired[:_MOST]:
            why = (f"（{entry.reason}）" if self._lang == "zh" else f" ({entry.reason})") if entry.reason else ""
            say("expired", line=entry.line, until=entry.until, rule=entry.rule, listing=entry.listing, why=why)
        for some in (baseline.unknown, baseline.expired):
            if len(some) > _MOST:
                say("more", n=len(some) - _MOST)
        if baseline.gone and not quiet:
            say("gone", n=baseline.gone)


def _version() -> str:
    from listinglint import __version__

    return __version__


def _market(settings: Settings) -> str:
    """The marketplace's name; of a file its name alone, for the folder is another on every machine."""
    name = settings.marketplace
    return Path(name).name if name.endswith(".toml") else name
