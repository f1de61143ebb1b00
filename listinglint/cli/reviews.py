"""`listinglint fix --review` and `--apply`: unsafe fixes go out to a person in a sheet, and come back with the answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from listinglint.cli import options as opt
from listinglint.cli.fix import FixRun
from listinglint.model import Text

if TYPE_CHECKING:
    from listinglint.catalogs.applying import Applied
    from listinglint.catalogs.review import Review

_MOST: Final = 50
_SAY: Final = {
    "reviewed": Text(
        "{n} unsafe fixes of {concerned} of {listings} listings, written to {review}; answer yes in its column “Accept”, then: listinglint fix {path} --apply {review} -o MENDED",
        "共 {listings} 个产品，其中 {concerned} 个产品的 {n} 处修改需人工确认，已写入 {review}；请在“采纳”列选“是”，然后运行：listinglint fix {path} --apply {review} -o 新文件",
    ),
    "left": Text("not in the review: {where}: {rule}: {why}", "未列入审核表：{where}：{rule}：{why}"),
    "refused": Text("not made: row {row} of the review, {where}: {rules}: {why}", "未修改：审核表第 {row} 行，{where}：{rules}：{why}"),
    "id": Text("listing {id}", "产品 {id}"),
    "record": Text("record {record}", "第 {record} 条记录"),
    "forgotten": Text(
        "note: in {n} rows the text after was changed, but not accepted; they were left alone", "提示：有 {n} 行改写了“修改后”但没有采纳，未作修改"
    ),
    "more": Text("… and {n} more", "……另有 {n} 处"),
    "reworded": Text(" ({n} with your own text)", "（其中 {n} 处用了您改写的文本）"),
    "made": Text(
        "{made} of {accepted} accepted fixes made{reworded}: {cells} cells of {mended} listings; written to {target}",
        "已采纳 {accepted} 处，实际修改 {made} 处{reworded}：涉及 {mended} 个产品的 {cells} 个单元格；已写入 {target}",
    ),
    "would": Text(
        "{made} of {accepted} accepted fixes can be made{reworded}: {cells} cells of {mended} listings; nothing was written",
        "已采纳 {accepted} 处，可修改 {made} 处{reworded}：涉及 {mended} 个产品的 {cells} 个单元格；未写入任何内容",
    ),
    "nothing": Text("no accepted fix to make; {target} is as it was", "没有可执行的采纳项；{target} 保持原样"),
    "stdout": Text("standard output", "标准输出"),
}
_USAGE: Final = {
    "alone": Text("--review writes the sheet alone; leave {option} out", "--review 只写审核表；请去掉 {option}"),
    "accepted": Text("--apply makes what was accepted, no more and no less; leave {option} out", "--apply 只执行已采纳的修改；请去掉 {option}"),
    "ending": Text("{path} must end in .xlsx: the review is a workbook", "{path} 的扩展名应为 .xlsx：审核表是工作簿"),
    "over": Text("{path} is the review itself; name another file", "{path} 就是审核表；请换一个文件"),
}
_OPTIONS: Final = {
    "output": "-o", "in_place": "--in-place", "diff": "--diff", "unified": "--unified", "mark": "--mark", "apply_path": "--apply",
    "unsafe": "--unsafe", "select": "--select", "ignore": "--ignore", "extend_select": "--extend-select", "rules_from": "--rules-from",
    "suppressions": "--suppressions", "marketplace": "--marketplace", "date": "--date",
}  # fmt: skip


class ReviewRun(FixRun):
    """One run of `fix --review`."""

    def _target(self) -> Path | None:
        """Where the sheet is written. Raises UsageError before anything is read."""
        for name in ("output", "in_place", "diff", "unified", "mark", "apply_path", "unsafe"):
            if self.given[name]:
                raise self.wrong(_USAGE["alone"], option=_OPTIONS[name])
        target = Path(self.given["review"])
        if target.suffix.lower() != ".xlsx":
            raise self.wrong(_USAGE["ending"], path=target)
        return self._spared(target)

    def run(self) -> int:
        """Writes the sheet; returns the exit code."""
        from listinglint.catalogs.review import Review
        from listinglint.catalogs.review_sheet import save_review
        from listinglint.cli.progress import Progress
        from listinglint.engine import Linter

        assert self.target is not None
        catalog = self._open()
        progress = Progress(catalog, self.lang, on=sys.stderr.isatty() and not self.given["no_progress"])
        review = Review(catalog, Linter(self.settings, opt.suppressions(self.config, self.given)), encoding=self.given["encoding"], progress=progress)
        try:
            save_review(self.target, review, self.lang, self.path)
        finally:
            progress.clear()
        self._tell_notes(catalog)
        self._tell_review(review)
        return 2 if review.errors else 0

    def _tell_review(self, review: Review) -> None:
        if not self.given["quiet"]:
            for one in review.refusals[:_MOST]:
                place = self._place(one.listing.source, one.edit.field, one.edit.cell)
                self.tell(_SAY["left"], where=place, rule=one.rule, why=one.why.get(self.lang))
            if len(review.refusals) > _MOST:
                self.tell(_SAY["more"], n=len(review.refusals) - _MOST)
        self._tell_errors(review.errors)
        self.tell(
            _SAY["reviewed"], n=review.proposals, concerned=review.concerned, listings=review.listings, review=self.target, path=self.path
        )  # fmt: skip


class ApplyRun(FixRun):
    """One run of `fix --apply`."""

    def _target(self) -> Path | None:
        for name in ("unsafe", "select", "ignore", "extend_select", "rules_from", "suppressions", "marketplace", "date"):
            if self.given[name]:
                raise self.wrong(_USAGE["accepted"], option=_OPTIONS[name])
        target = super()._target()
        review = Path(self.given["apply_path"])
        if target is not None and target.exists() and review.exists() and target.samefile(review):
            raise self.wrong(_USAGE["over"], path=target)
        return target

    def run(self) -> int:
        """Makes what was accepted and writes it; returns the exit code."""
        from listinglint.catalogs.applying import apply_review
        from listinglint.catalogs.review_sheet import read_review

        decisions = read_review(self.given["apply_path"])
        catalog = self._open()
        self._check_format(catalog)
        applied = apply_review(catalog, decisions, encoding=self.given["encoding"], mark=self.given["mark"], lang=self.lang)
        self._deliver(applied.mending)
        self._tell_notes(catalog)
        self._tell_applied(applied)
        return 0

    def _tell_applied(self, applied: Applied) -> None:
        mending = applied.mending
        if not self.given["quiet"] and not self.shows:
            self._tell_changes(mending)
        self._tell_refused(applied)
        if applied.forgotten:
            self.tell(_SAY["forgotten"], n=applied.forgotten)
        target = str(self.target) if self.target is not None else _SAY["stdout"].get(self.lang)
        if not mending.changes and self.given["in_place"]:
            self.tell(_SAY["nothing"], target=target)
            return
        reworded = _SAY["reworded"].format(self.lang, n=applied.reworded) if applied.reworded else ""
        counts = {"made": applied.made, "accepted": applied.made + len(applied.refused), "cells": len(mending.changes), "mended": mending.mended}
        self.tell(_SAY["would" if self.shows else "made"], **counts, reworded=reworded, target=target)

    def _tell_refused(self, applied: Applied) -> None:
        """What was accepted and not made, whatever --quiet says: a person waits for it."""
        for one in applied.refused[:_MOST]:
            plan = one.decision.plan
            where, rules = "-", "-"
            if plan is not None:
                name = _SAY["id"].format(self.lang, id=plan.id) if plan.id is not None else _SAY["record"].format(self.lang, record=plan.record)
                where, rules = f"{name} {plan.cells[0].field}", ", ".join(plan.rules)
            self.tell(_SAY["refused"], row=one.decision.row, where=where, rules=rules, why=one.why.get(self.lang))
        if len(applied.refused) > _MOST:
            self.tell(_SAY["more"], n=len(applied.refused) - _MOST)
