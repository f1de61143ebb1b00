"""The sheet of a review: what a person sees of the fixes, and what the person's answers are read from again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from listinglint.catalogs.differences import changes
from listinglint.catalogs.errors import CatalogError
from listinglint.catalogs.formats import detect_format
from listinglint.catalogs.review import CellPlan, Plan, Proposal, Review, head_of
from listinglint.catalogs.rows import read_rows
from listinglint.catalogs.tables import replace_file
from listinglint.catalogs.tabular import Row
from listinglint.catalogs.workbooks import sheet_names, sheet_rows
from listinglint.model import Text
from listinglint.spreadsheets import Book, Run, Table, lines_of

KEY: Final = "listinglint:fix"
"""The header of the hidden column that holds the plans."""
_HEADERS: Final = {
    "accept": Text("Accept", "采纳"),
    "gain": Text("Gain", "加分"),
    "cell": Text("Cell", "单元格"),
    "id": Text("Id", "货号"),
    "title": Text("Title now", "现标题"),
    "field": Text("Where", "位置"),
    "before": Text("Before", "修改前"),
    "after": Text("After", "修改后"),
    "why": Text("Why", "原因"),
    "rule": Text("Rule", "规则"),
}
_WIDTHS: Final = {"accept": 10, "gain": 8, "cell": 9, "id": 14, "title": 30, "field": 16, "before": 46, "after": 46, "why": 46, "rule": 24}
_SAY: Final = {
    "sheet": Text("Fixes", "修改建议"),
    "help": Text("Help", "说明"),
    "yes": Text("yes", "是"),
    "no": Text("no", "否"),
    "in": Text("in {header}", "列：{header}"),
    "prompt": Text("Accept this fix?", "采纳此修改？"),
    "prompt text": Text("yes makes it; no or nothing leaves the cell as it is.", "选“是”则修改；选“否”或留空则保持原样。"),
}
_HELP: Final = (
    Text("Each row is one fix that a person should look at.", "每行是一处需要人工确认的修改。"),
    Text("Put “yes” into the column “Accept” for the fixes that are to be made; leave the others empty.", "要采纳的修改，在“采纳”列选“是”；其余留空。"),
    Text(
        "“After” may be changed: then your text is written. In long cells only the part around the change is shown, and the rest stays.",
        "“修改后”可以自行修改，将按您的文本写入。长文本只显示修改处附近的内容，其余部分不变。",
    ),
    Text(
        "Sort, filter, delete rows, add columns as you like; the hidden last column must stay with its rows.",
        "可以随意排序、筛选、删除行、增加列；但最后的隐藏列必须与各行保持在一起。",
    ),
    Text("Then save and run:  listinglint fix {path} --apply {review} -o MENDED", "保存后运行：  listinglint fix {path} --apply {review} -o 新文件"),
    Text(
        "Cells that have changed since are left alone and named. “Gain” is what the listing's score gains by this fix alone.",
        "在此之后改动过的单元格不会被修改，并会逐一列出。“加分”是仅采纳该项修改后产品得分的变化。",
    ),
)
_YES: Final = frozenset({"yes", "y", "true", "t", "1", "x", "ok", "on", "accept", "✓", "✔", "✅", "√", "是", "对", "好", "采纳", "同意", "接受"})
_NO: Final = frozenset({"", "no", "n", "false", "f", "0", "off", "-", "–", "×", "✗", "否", "不", "不采纳", "不同意", "拒绝"})


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of a review: its place, what was answered (None: neither yes nor no), the text after as it stands, the plan (None: it is damaged)."""

    sheet: str | None
    row: int
    accepted: bool | None
    answer: str
    after: str | None
    plan: Plan | None


def write_review(out: BinaryIO, proposals: Iterable[Proposal], headers: Mapping[tuple[str, int | None], str], lang: str, path: str, review: str) -> None:
    """Writes the sheet of these fixes. `headers` names the columns of fields; `path` and `review` are what the help tells to run."""
    _Sheet(Book(out, lang), headers, lang).write(proposals, path, review)


def save_review(target: Path, review: Review, lang: str, path: str) -> None:
    """Writes the fixes of a review to a file, whole or not at all; `path` is the catalog's, for the help."""

    def write(part: Path) -> None:
        with part.open("wb") as out:
            write_review(out, review, review.headers, lang, path, str(target))

    replace_file(target, write)


class _Sheet:
    """The sheet as it is written, row by row."""

    def __init__(self, book: Book, headers: Mapping[tuple[str, int | None], str], lang: str) -> None:
        self._book, self._headers, self._lang = book, headers, lang
        line = {"valign": "top", "bottom": 1, "bottom_color": "#D5DBDF"}
        self._plain = book.style(**line)
        self._wrapped = book.style(**line, text_wrap=True)
        self._answer = book.style(**line, align="center", bold=True, bg_color="#FFF7DB")
        form = '"+"0.0;"−"0.0;"±0"'
        self._gain, self._loss = (book.style(**line, align="center", num_format=form, font_color=colour) for colour in ("#1E8449", "#C0392B"))
        self._old = book.style(font_color="#C0392B", font_strikeout=True)
        self._new = book.style(font_color="#1E8449", bold=True)
        self._dim = book.style(font_color="#7F8C8D")
        self._head = book.style(bold=True, font_color="#FFFFFF", bg_color="#1F4E5F", valign="vcenter", text_wrap=True)

    def _say(self, what: str, **values: object) -> str:
        return _SAY[what].format(self._lang, **values)

    def write(self, proposals: Iterable[Proposal], path: str, review: str) -> None:
        """The sheet of fixes and the one that says what to do with it."""
        table = Table(self._book, self._say("sheet"), self._begin, self._end)
        for proposal in proposals:
            self._row(*table.next(), proposal)
        table.finish()
        sheet = self._book.sheet(self._say("help"))
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 110)
        for row, text in enumerate(_HELP):
            shown = text.format(self._lang, path=path, review=review)
            self._book.text(sheet, row, 0, shown, self._book.style(text_wrap=True, valign="top"))
            self._book.height(sheet, row, lines_of(shown, 110))
        self._book.close()

    def _begin(self, sheet: Any) -> None:
        for at, (name, header) in enumerate(_HEADERS.items()):
            sheet.set_column(at, at, _WIDTHS[name])
            self._book.text(sheet, 0, at, header.get(self._lang), self._head)
        sheet.set_column(len(_HEADERS), len(_HEADERS), 9, None, {"hidden": True})
        self._book.text(sheet, 0, len(_HEADERS), KEY, self._head)
        sheet.set_row(0, 24)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _end(self, sheet: Any, last: int) -> None:
        # The hidden column belongs to the range, so that sorting takes it along.
        sheet.autofilter(0, 0, last, len(_HEADERS))
        if last == 0:
            return
        sheet.data_validation(
            1, 0, last, 0,
            {
                "validate": "list", "source": [self._say("yes"), self._say("no")], "show_error": False,
                "input_title": self._say("prompt"), "input_message": self._say("prompt text"),
            },
        )  # fmt: skip
        accepted = self._book.style(bg_color="#E3F4E6")
        rule = f'OR($A2="{_SAY["yes"].en}",$A2="{_SAY["yes"].zh}",$A2=TRUE)'
        sheet.conditional_format(1, 0, last, len(_HEADERS) - 1, {"type": "formula", "criteria": rule, "format": accepted.plain})

    def _row(self, sheet: Any, row: int, one: Proposal) -> None:
        book = self._book
        names = [self._name(cell) for cell in one.plan.cells]
        before, after = self._runs(one)
        why = "\n".join(one.messages)
        book.blank(sheet, row, 0, self._answer)
        book.number(sheet, row, 1, round(one.gain, 1) + 0.0, self._gain if one.gain >= 0 else self._loss)
        book.text(sheet, row, 2, ", ".join(one.places) if one.source.columns else str(one.source.record or ""), self._wrapped)
        book.text(sheet, row, 3, one.plan.id or "", self._wrapped)
        book.text(sheet, row, 4, one.title[:200], self._wrapped)
        book.text(sheet, row, 5, ", ".join(_SAY["in"].format("en" if name.isascii() else self._lang, header=name) for name in names), self._wrapped)
        book.rich(sheet, row, 6, before, self._wrapped)
        book.rich(sheet, row, 7, after, self._wrapped)
        book.text(sheet, row, 8, why, self._wrapped)
        book.text(sheet, row, 9, ", ".join(one.plan.rules), self._plain)
        book.text(sheet, row, len(_HEADERS), one.plan.write(), self._plain)
        shown = ["".join(text for text, _ in runs) for runs in (before, after)]
        book.height(sheet, row, max(lines_of(text, width) for text, width in ((shown[0], 46), (shown[1], 46), (why, 46), (one.title[:200], 30))))

    def _name(self, cell: CellPlan) -> str:
        return self._headers.get((cell.field, cell.part)) or self._headers.get((cell.field, None)) or cell.field

    def _runs(self, one: Proposal) -> tuple[list[Run], list[Run]]:
        """Before and after, the changed words marked; of several cells one below the other, each with its name."""
        before: list[Run] = []
        after: list[Run] = []
        for at, (cell, text) in enumerate(zip(one.plan.cells, one.texts, strict=True)):
            head: Run = (head_of(one.places, at), self._dim)
            before.append(head)
            after.append(head)
            self._change(cell.before(text), cell.after(text), before, after)
        return before, after

    def _change(self, old: str, new: str, before: list[Run], after: list[Run]) -> None:
        """Two texts, the whole words that differ marked on their side."""
        at, to = 0, 0
        for start, end, first, last in changes(old, new):
            for runs, text, begin, stop, done, mark in ((before, old, start, end, at, self._old), (after, new, first, last, to, self._new)):
                runs += [(text[done:begin], None), (text[begin:stop], mark)]
            at, to = end, last
        before.append((old[at:], None))
        after.append((new[to:], None))


# --- reading it again -------------------------------------------------------------------------------------------------


def read_review(path: str | Path) -> list[Decision]:
    """The rows of a review in order, from all of its sheets, whatever else stands in them.

    Raises CatalogError for a file that is none.
    """
    file, shown = Path(path), str(path)
    if not file.is_file():
        raise CatalogError(Text("there is no such file", "没有这个文件"), file=shown)
    found: list[Decision] = []
    known = False
    for sheet, rows in _sheets(file, shown):
        columns: dict[str, int] | None = None
        for row in rows:
            if columns is None:
                columns = _columns(row)
                known = known or columns is not None
                if columns is not None and "accept" not in columns:
                    raise CatalogError(
                        Text("the column “Accept” is missing from the review", "审核表中缺少“采纳”列"), file=shown, sheet=sheet, record=row.record
                    )
            else:
                found += _decision(sheet, row, columns)
    if not known:
        raise CatalogError(
            Text(
                f"this is no review sheet: no row of it has the (hidden) header {KEY!r}; write one with: fix PATH --review OUT.xlsx",
                f"这不是审核表：没有隐藏列“{KEY}”；请先用 fix 文件 --review OUT.xlsx 生成",
            ),
            file=shown,
        )
    return found


def _sheets(file: Path, shown: str) -> Iterator[tuple[str | None, Iterator[Row]]]:
    if detect_format(file, shown, shown) == "xlsx":
        for name in sheet_names(file, shown):
            yield name, sheet_rows(file, shown, name)
    else:
        yield None, read_rows(file)


def _columns(row: Row) -> dict[str, int] | None:
    """The columns of a review, where this row is its header: by the headers, in either language."""
    cells = [cell.strip() for cell in row.cells]
    if KEY not in cells:
        return None
    places = {"key": cells.index(KEY)}
    for name, header in _HEADERS.items():
        for at, cell in enumerate(cells):
            if cell.casefold() in (header.en.casefold(), header.zh):
                places.setdefault(name, at)
    return places


def _decision(sheet: str | None, row: Row, columns: Mapping[str, int]) -> list[Decision]:
    """The decision of a row; none of one that is empty, or a person's own note without an answer."""
    cells = row.cells

    def cell(name: str) -> str | None:
        at = columns.get(name)
        return None if at is None else cells[at] if at < len(cells) else ""

    answer, key = cell("accept") or "", cell("key") or ""
    accepted = _accepted(answer)
    if not key.strip() and accepted is False:
        return []
    try:
        plan = Plan.read(key.strip())
    except ValueError:
        plan = None
    return [Decision(sheet, row.record, accepted, answer.strip(), cell("after"), plan)]


def _accepted(answer: str) -> bool | None:
    """Whether a text says yes; None where it says neither yes nor no."""
    word = unicodedata.normalize("NFKC", answer).strip().strip(".。!！").casefold()
    return True if word in _YES else False if word in _NO else None
