"""Marks cells of a workbook with a fill and a comment, in its parts themselves, so that nothing else of them changes.

Styles are ECMA-376 part 1, §18.8; comments §18.7; the shapes that comments need are VML (part 4).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from xml.etree import ElementTree

from listinglint.catalogs.errors import CatalogError
from listinglint.catalogs.sheet_xml import escape
from listinglint.model import Text

_COLOUR: Final = "FFFFF2CC"
_AUTHOR: Final = "listinglint"
_STYLES: Final = "xl/styles.xml"
_TYPES: Final = "[Content_Types].xml"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_FILLS: Final = re.compile(r"<((?:\w+:)?)fills\b[^>]*>(.*?)</\1fills>", re.DOTALL)
_FORMATS: Final = re.compile(r"<((?:\w+:)?)cellXfs\b[^>]*>(.*?)</\1cellXfs>", re.DOTALL)
_NAMESPACES: Final = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"'
_SHAPE_TYPE: Final = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


class Note(NamedTuple):
    """A comment to give a cell: its name, record (from 1), column (from 0) and text."""

    cell: str
    record: int
    column: int
    text: str


class Marks:
    """Collects the marks of a workbook; `parts` then holds the parts that change or come new."""

    def __init__(self, archive: zipfile.ZipFile, shown: str) -> None:
        self.shown = shown
        self.parts: dict[str, bytes] = {}
        self._archive = archive
        self._names = set(archive.namelist())
        self._styles: dict[str, str] = {}
        self._text = self._read(_STYLES)
        formats = _FORMATS.search(self._text)
        if formats is None or _FILLS.search(self._text) is None:
            raise self._unmarkable(_STYLES)
        self._formats = re.findall(rf"<{formats[1]}xf\b[^>]*?(?:/>|(?<!/)>.*?</{formats[1]}xf>)", formats[2], re.DOTALL)

    def _read(self, name: str) -> str:
        part = self.parts.get(name)
        try:
            return (self._archive.read(name) if part is None else part).decode("utf-8-sig")
        except (KeyError, UnicodeDecodeError):
            raise self._unmarkable(name) from None

    def _unmarkable(self, part: str) -> CatalogError:
        return CatalogError(
            Text(
                f"the mended cells cannot be marked ({part} is not as expected); leave --mark out",
                f"无法标记修改过的单元格（{part} 与预期不符）；请去掉 --mark",
            ),
            file=self.shown,
        )

    def style(self, style: str | None) -> str:
        """The number of a format that is `style` with the mark's fill."""
        old = style or "0"
        if old not in self._styles:
            if int(old) >= len(self._formats):
                raise self._unmarkable(_STYLES)
            self._styles[old] = str(len(self._formats) + len(self._styles))
        return self._styles[old]

    def finish(self) -> None:
        """Writes the new formats into the styles."""
        fills = _FILLS.search(self._text)
        assert fills is not None
        prefix, inner = fills[1], fills[2]
        number = len(re.findall(rf"<{prefix}fill\b", inner))
        fill = (
            f'<{prefix}fill><{prefix}patternFill patternType="solid"><{prefix}fgColor rgb="{_COLOUR}"/>'
            f'<{prefix}bgColor indexed="64"/></{prefix}patternFill></{prefix}fill>'
        )
        text = self._text[: fills.start()] + f'<{prefix}fills count="{number + 1}">{inner}{fill}</{prefix}fills>' + self._text[fills.end() :]
        formats = _FORMATS.search(text)
        assert formats is not None
        made = "".join(_filled(self._formats[int(old)], number) for old in self._styles)
        prefix, count = formats[1], len(self._formats) + len(self._styles)
        body = f'<{prefix}cellXfs count="{count}">{formats[2]}{made}</{prefix}cellXfs>'
        self.parts[_STYLES] = (text[: formats.start()] + body + text[formats.end() :]).encode()

    def comment(self, member: str, notes: Sequence[Note]) -> str | None:
        """Gives cells of the sheet in `member` comments. Returns the id of a drawing that the sheet must now name, or None."""
        relations = posixpath.join(posixpath.dirname(member), "_rels", posixpath.basename(member) + ".rels")
        targets = self._targets(relations, member)
        if "comments" in targets:
            self._add_comments(targets["comments"], notes)
            if "vmlDrawing" in targets:
                self._add_shapes(targets["vmlDrawing"], notes)
                return None
            return self._relate(relations, {"vmlDrawing": self._new_shapes(notes)})
        comments = self._free("xl/comments{}.xml")
        self.parts[comments] = _comments(notes).encode()
        self._declare(comments)
        if "vmlDrawing" in targets:
            self._add_shapes(targets["vmlDrawing"], notes)
            self._relate(relations, {"comments": comments})
            return None
        return self._relate(relations, {"comments": comments, "vmlDrawing": self._new_shapes(notes)})

    def _targets(self, relations: str, member: str) -> dict[str, str]:
        if relations not in self._names:
            return {}
        found = {}
        for one in ElementTree.fromstring(self._read(relations)):
            target = one.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(member), target))
            found[one.get("Type", "").rpartition("/")[2]] = path
        return found

    def _free(self, pattern: str) -> str:
        return next(name for number in range(1, 10_000) if (name := pattern.format(number)) not in self._names and name not in self.parts)

    def _relate(self, relations: str, targets: Mapping[str, str]) -> str:
        """Adds relationships of a sheet; returns the id of the last."""
        text = self._read(relations) if relations in self._names else f'<Relationships xmlns="{_PACKAGE}"></Relationships>'
        made, name = "", ""
        for number, (kind, target) in enumerate(targets.items(), 1):
            name = f"rIdListinglint{number}"
            made += f'<Relationship xmlns="{_PACKAGE}" Id="{name}" Type="{_RELATIONS}/{kind}" Target="/{target}"/>'
        self.parts[relations] = self._before_end(text, "Relationships", made, relations).encode()
        return name

    def _declare(self, comments: str) -> None:
        text = self._read(_TYPES)
        made = f'<Override PartName="/{comments}" ContentType="{_COMMENTS_TYPE}"/>'
        text = self._before_end(text, "Types", made, _TYPES)
        if not re.search(r'Extension="vml"', text, re.IGNORECASE):
            text = re.sub(r"(<Types\b[^>]*>)", rf'\1<Default Extension="vml" ContentType="{_VML_TYPE}"/>', text, count=1)
        self.parts[_TYPES] = text.encode()

    def _before_end(self, text: str, name: str, made: str, part: str) -> str:
        """`made` as the last of the children of the element `name`."""
        ends = list(re.finditer(rf"</(?:\w+:)?{name}\s*>", text))
        if ends:
            return text[: ends[-1].start()] + made + text[ends[-1].start() :]
        empty = re.search(rf"<((?:\w+:)?{name})\b([^>]*)/>", text)
        if empty is None:
            raise self._unmarkable(part)
        return f"{text[: empty.start()]}<{empty[1]}{empty[2]}>{made}</{empty[1]}>{text[empty.end() :]}"

    def _add_comments(self, part: str, notes: Sequence[Note]) -> None:
        text = self._read(part)
        author = len(re.findall(r"<(?:\w+:)?author\b", text))
        text = self._before_end(text, "authors", f'<author xmlns="{_MAIN}">{_AUTHOR}</author>', part)
        made = ""
        for note in notes:
            there = re.search(rf'<((?:\w+:)?)comment\b[^>]*\bref="{note.cell}".*?(?=</\1text>)', text, re.DOTALL)
            if there is None:
                made += _comment(note, author)
            else:
                text = text[: there.end()] + _run("\n" + note.text) + text[there.end() :]
        self.parts[part] = self._before_end(text, "commentList", made, part).encode()

    def _add_shapes(self, part: str, notes: Sequence[Note]) -> None:
        text = self._read(part)
        there = set(re.findall(r"Row>\s*(\d+)\s*</[^>]*>\s*<[^>]*Column>\s*(\d+)", text))
        first = max((int(one) for one in re.findall(r'id="_x0000_s(\d+)"', text)), default=1024) + 1
        fresh = [note for note in notes if (str(note.record - 1), str(note.column)) not in there]
        made = "".join(_shape(note, first + at) for at, note in enumerate(fresh))
        self.parts[part] = self._before_end(text, "xml", made, part).encode()

    def _new_shapes(self, notes: Sequence[Note]) -> str:
        part = self._free("xl/drawings/vmlDrawing{}.vml")
        number = int(re.sub(r"\D", "", posixpath.basename(part)) or 1)
        shapes = "".join(_shape(note, number * 1024 + at) for at, note in enumerate(notes, 1))
        layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/></o:shapelayout>'
        self.parts[part] = f"<xml {_NAMESPACES}>{layout}{_SHAPE_TYPE}{shapes}</xml>".encode()
        return part


def _filled(style: str, fill: int) -> str:
    """A cell format with another fill."""
    head, rest = re.match(r"(<[^>]*?)(/?>.*)", style, re.DOTALL).groups()  # type: ignore[union-attr]
    head = re.sub(r'\s(?:fillId|applyFill)="[^"]*"', "", head)
    return f'{head} fillId="{fill}" applyFill="1"{rest}'


def _run(text: str) -> str:
    return f'<r xmlns="{_MAIN}"><t xml:space="preserve">{escape(text)}</t></r>'


def _comment(note: Note, author: int) -> str:
    return f'<comment xmlns="{_MAIN}" ref="{note.cell}" authorId="{author}"><text>{_run(note.text)}</text></comment>'


def _comments(notes: Sequence[Note]) -> str:
    made = "".join(_comment(note, 0) for note in notes)
    return f'<comments xmlns="{_MAIN}"><authors><author>{_AUTHOR}</author></authors><commentList>{made}</commentList></comments>'


def _shape(note: Note, number: int) -> str:
    row, column = note.record - 1, note.column
    return (
        f'<v:shape {_NAMESPACES} id="_x0000_s{number}" type="#_x0000_t202" fillcolor="#ffffe1" o:insetmode="auto" '
        'style="position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:80pt;z-index:1;visibility:hidden">'
        '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{column + 1}, 15, {max(row - 1, 0)}, 2, {column + 5}, 15, {row + 4}, 4</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
