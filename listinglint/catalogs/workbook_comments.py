"""Gives cells of a workbook comments, in its parts themselves, so that nothing else of them changes.

Comments are ECMA-376 part 1, §18.7; the shapes that they need are VML (part 4).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from listinglint.catalogs.columns import column_letter
from listinglint.catalogs.sheet_xml import escape
from listinglint.catalogs.workbook_package import MAIN, Package, attributes_of

_AUTHOR: Final = "listinglint"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NAMESPACES: Final = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"'
_SHAPE_TYPE: Final = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_AUTHORS: Final = re.compile(r"<(?:\w+:)?author\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?author\s*>)", re.DOTALL)
_COMMENT: Final = re.compile(r"<((?:\w+:)?)comment\b[^>]*>.*?</\1comment\s*>", re.DOTALL)
_SHAPE: Final = re.compile(r"<((?:\w+:)?)shape\b[^>]*>.*?</\1shape\s*>", re.DOTALL)
_SHAPE_PLACE: Final = re.compile(r"Row>\s*(\d+)\s*</[^>]*>\s*<[^>]*Column>\s*(\d+)")
_WIDTH: Final = 320
_LINE: Final = 17
_MARGIN: Final = 12
_LEAST: Final = 106
_MOST: Final = 420
"""Pixels: how wide a comment is, its lines, what is around them, the least and the most that it is high."""
_LETTERS: Final = 46
"""About so many letters stand on a line of a comment; wide ones take two places."""
_ROW: Final = 20
_COLUMN: Final = 64
"""Pixels of a row and a column of no size of their own."""


class Note(NamedTuple):
    """A comment to give a cell: its name, record (from 1), column (from 0) and text."""

    cell: str
    record: int
    column: int
    text: str


class Sizes(NamedTuple):
    """How many pixels high a record (from 1) and wide a column (from 0) of a sheet is."""

    height: Callable[[int], int] = lambda _: _ROW
    width: Callable[[int], int] = lambda _: _COLUMN


def add_comments(package: Package, member: str, notes: Sequence[Note], sizes: Sizes | None = None) -> str | None:
    """Gives cells of the sheet in `member` comments. Returns the id of a drawing that the sheet must now name, or None.

    A cell that has a comment gets the text behind it. Raises CatalogError for parts that are not as expected.
    """
    if not notes:
        return None
    return _Comments(package, sizes or Sizes()).add(member, notes)


def remove_comments(package: Package, member: str) -> None:
    """Takes the comments that `add_comments` gave cells of their own out of the sheet in `member`."""
    targets = package.targets(member)
    if "comments" not in targets:
        return
    text = package.read(targets["comments"])
    ours = {str(at) for at, name in enumerate(_AUTHORS.findall(text)) if name == _AUTHOR}
    cells: set[str] = set()

    def left(found: re.Match[str]) -> str:
        attributes = attributes_of(found[0].partition(">")[0])
        if attributes.get("authorId") not in ours:
            return found[0]
        cells.add(attributes.get("ref", ""))
        return ""

    package.put(targets["comments"], _COMMENT.sub(left, text))
    if "vmlDrawing" not in targets or not cells:
        return

    def shape(found: re.Match[str]) -> str:
        place = _SHAPE_PLACE.search(found[0])
        return "" if place and f"{column_letter(int(place[2]))}{int(place[1]) + 1}" in cells else found[0]

    package.put(targets["vmlDrawing"], _SHAPE.sub(shape, package.read(targets["vmlDrawing"])))


class _Comments:
    def __init__(self, package: Package, sizes: Sizes) -> None:
        self._package, self._sizes = package, sizes

    def add(self, member: str, notes: Sequence[Note]) -> str | None:
        package = self._package
        targets = package.targets(member)
        fresh = []
        if "comments" in targets:
            self._add_comments(targets["comments"], notes)
        else:
            comments = package.free("xl/comments{}.xml")
            package.put(comments, _comments(notes))
            package.declare(comments, _COMMENTS_TYPE)
            fresh.append(("comments", comments))
        drawn = "vmlDrawing" in targets
        if drawn:
            self._add_shapes(targets["vmlDrawing"], notes)
        else:
            package.declare_ending("vml", _VML_TYPE)
            fresh.append(("vmlDrawing", self._new_shapes(notes)))
        ids = package.relate(member, fresh) if fresh else []
        return None if drawn else ids[-1]

    def _add_comments(self, part: str, notes: Sequence[Note]) -> None:
        text = self._package.read(part)
        authors = _AUTHORS.findall(text)
        author = authors.index(_AUTHOR) if _AUTHOR in authors else len(authors)
        if author == len(authors):
            text = self._package.at_end(text, "authors", f'<author xmlns="{MAIN}">{_AUTHOR}</author>', part)
        wanted = {note.cell: note for note in notes}
        there: list[tuple[int, str]] = []
        for found in re.finditer(r'<((?:\w+:)?)comment\b[^>]*\bref="(\w+)"(?:(?!</\1(?:comment|text)>).)*(?=</\1text>)', text, re.DOTALL):
            if found[2] in wanted:
                there.append((found.end(), _run("\n" + wanted.pop(found[2]).text)))
        for at, made in reversed(there):
            text = text[:at] + made + text[at:]
        made = "".join(_comment(note, author) for note in wanted.values())
        self._package.put(part, self._package.at_end(text, "commentList", made, part))

    def _add_shapes(self, part: str, notes: Sequence[Note]) -> None:
        text = self._package.read(part)
        there = set(_SHAPE_PLACE.findall(text))
        first = max((int(one) for one in re.findall(r'id="_x0000_s(\d+)"', text)), default=1024) + 1
        fresh = [note for note in notes if (str(note.record - 1), str(note.column)) not in there]
        made = "".join(self._shape(note, first + at) for at, note in enumerate(fresh))
        self._package.put(part, self._package.at_end(text, "xml", made, part))

    def _new_shapes(self, notes: Sequence[Note]) -> str:
        part = self._package.free("xl/drawings/vmlDrawing{}.vml")
        number = int(re.sub(r"\D", "", posixpath.basename(part)) or 1)
        shapes = "".join(self._shape(note, number * 1024 + at) for at, note in enumerate(notes, 1))
        # Each thousand of shapes has a number of its own.
        numbers = ",".join(map(str, range(number, number + len(notes) // 1024 + 1)))
        layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{numbers}"/></o:shapelayout>'
        self._package.put(part, f"<xml {_NAMESPACES}>{layout}{_SHAPE_TYPE}{shapes}</xml>")
        return part

    def _shape(self, note: Note, number: int) -> str:
        row, column = note.record - 1, note.column
        lines = sum(1 + sum(1 + (one > "\u2e80") for one in line) // _LETTERS for line in note.text.split("\n"))
        high = min(_MOST, max(_LEAST, _LINE * lines + _MARGIN))
        top = max(row - 1, 0)
        right = _reached(column + 1, 15 + _WIDTH, self._sizes.width)
        bottom = _reached(top, 2 + high, lambda at: self._sizes.height(at + 1))
        return (
            f'<v:shape {_NAMESPACES} id="_x0000_s{number}" type="#_x0000_t202" fillcolor="#ffffe1" o:insetmode="auto" '
            f'style="position:absolute;margin-left:60pt;margin-top:2pt;width:{_WIDTH * 3 // 4}pt;height:{high * 3 // 4}pt;z-index:1;visibility:hidden">'
            '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
            '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{column + 1}, 15, {top}, 2, {right[0]}, {right[1]}, {bottom[0]}, {bottom[1]}</x:Anchor>"
            f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        )


def _reached(at: int, pixels: int, size: Callable[[int], int]) -> tuple[int, int]:
    """The column or row (from 0) that so many pixels from the beginning of another one lead into, and how far into it."""
    for _ in range(_MOST):
        if pixels <= size(at):
            break
        pixels -= size(at)
        at += 1
    return at, min(pixels, size(at))


def _run(text: str) -> str:
    return f'<r xmlns="{MAIN}"><t xml:space="preserve">{escape(text)}</t></r>'


def _comment(note: Note, author: int) -> str:
    return f'<comment xmlns="{MAIN}" ref="{note.cell}" authorId="{author}"><text>{_run(note.text)}</text></comment>'


def _comments(notes: Sequence[Note]) -> str:
    made = "".join(_comment(note, 0) for note in notes)
    return f'<comments xmlns="{MAIN}"><authors><author>{_AUTHOR}</author></authors><commentList>{made}</commentList></comments>'
