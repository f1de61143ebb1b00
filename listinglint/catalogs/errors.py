"""What can be wrong with a source: errors that end the run, and problems of one record that do not."""

from __future__ import annotations

from dataclasses import dataclass

from listinglint.model import Text


class CatalogError(Exception):
    """A source that cannot be read. `message` says in each language where, what was expected and what to do.

    `detail` is the message without its place; `file`, `sheet`, `record`, `line` and `column` are None where they do not apply; `str()` gives English.
    """

    def __init__(
        self,
        message: Text,
        *,
        file: str | None = None,
        sheet: str | None = None,
        record: int | None = None,
        line: int | None = None,
        column: str | None = None,
    ) -> None:
        place = _place(file, sheet, record, line, column)
        self.detail = message
        self.message = Text(place.en + message.en, place.zh + message.zh)
        super().__init__(self.message.en)
        self.file, self.sheet, self.record, self.line, self.column = file, sheet, record, line, column


class NoTitleColumnError(CatalogError):
    """A table in which no column is a title: an error for a file that was named, a note for one found in a folder."""


@dataclass(frozen=True, slots=True)
class ListingProblem:
    """A record that could not be read whole; its listing is there all the same and the run goes on."""

    message: Text
    file: str
    sheet: str | None = None
    record: int | None = None
    line: int | None = None
    column: str | None = None

    def text(self) -> Text:
        """The message with its place in front."""
        place = _place(self.file, self.sheet, self.record, self.line, self.column)
        return Text(place.en + self.message.en, place.zh + self.message.zh)


def _place(file: str | None, sheet: str | None, record: int | None, line: int | None, column: str | None) -> Text:
    english, chinese = [], []
    if file is not None:
        english.append(file)
        chinese.append(file)
    if sheet is not None:
        english.append(f"sheet {sheet!r}")
        chinese.append(f"工作表“{sheet}”")
    if record is not None:
        english.append(f"record {record}" + (f" (line {line})" if line is not None else ""))
        chinese.append(f"第 {record} 条记录" + (f"（第 {line} 行）" if line is not None else ""))
    elif line is not None:
        english.append(f"line {line}")
        chinese.append(f"第 {line} 行")
    if column is not None:
        english.append(f"column {column}")
        chinese.append(f"{column} 列")
    if not english:
        return Text("", "")
    return Text(", ".join(english) + ": ", "，".join(chinese) + "：")
