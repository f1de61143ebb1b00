"""New cell formats in the styles of a workbook: formats there are with another fill, and those of another workbook (ECMA-376 part 1, §18.8)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from listinglint.catalogs.workbook_package import MAIN, Package

STYLES: Final = "xl/styles.xml"
_FIRST_OWN_FORMAT: Final = 164
"""Number formats below are built in."""
_ATTRIBUTES: Final = r"""(?:[^<>"'/]|"[^"]*"|'[^']*'|/(?!>))*"""


class Styles:
    """Collects formats to add; `finish` writes them into the package. Raises CatalogError for styles that are not as expected."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._text = package.read(STYLES)
        for name in ("fonts", "fills", "borders", "cellXfs"):
            self._list(self._text, name)
        self._formats = _children(self._list(self._text, "cellXfs")[2], "xf")
        self.wrapping = frozenset(str(at) for at, one in enumerate(self._formats) if re.search(r'\bwrapText="(?:1|true)"', one))
        """Numbers of the formats whose texts go on in further lines."""
        self._added: list[str] = []
        self._fills: dict[str, int] = {}
        self._filled: dict[tuple[str, str], str] = {}

    def filled(self, style: str | None, colour: str) -> str:
        """The number of a format that is the one with the number `style` but for its fill: `colour` as `FFF2CC`."""
        key = (style or "0", colour)
        if key not in self._filled:
            if not key[0].isdecimal() or int(key[0]) >= len(self._formats):
                raise self._package.unexpected(STYLES)
            if colour not in self._fills:
                fill = '<fill xmlns="{}"><patternFill patternType="solid"><fgColor rgb="FF{}"/><bgColor indexed="64"/></patternFill></fill>'
                self._fills[colour] = self._append("fills", [fill.format(MAIN, colour)])
            self._filled[key] = str(self._add(_with_fill(self._formats[int(key[0])], self._fills[colour])))
        return self._filled[key]

    def with_fills(self, colours: Iterable[str]) -> frozenset[str]:
        """The numbers of the formats that the workbook has whose cells are filled with one of these colours."""
        wanted = "|".join(colours)
        fills = _children(self._list(self._text, "fills")[2], "fill")
        numbers = {str(at) for at, one in enumerate(fills) if re.search(rf'"solid".*<(?:\w+:)?fgColor\b[^>]*rgb="FF(?:{wanted})"', one, re.DOTALL)}
        return frozenset(str(at) for at, one in enumerate(self._formats) if (found := re.search(r'\bfillId="(\d+)"', one)) and found[1] in numbers)

    def unfilled(self, style: str) -> str:
        """The number of a format that is another one without a fill."""
        if (style, "") not in self._filled:
            self._filled[style, ""] = str(self._add(_with_fill(self._formats[int(style)], 0)))
        return self._filled[style, ""]

    def adopt(self, other: str) -> int:
        """Takes over all cell formats of another workbook, given the text of its styles: its format 0 gets the number returned, and so on."""
        fonts, fills, borders = (
            self._append(name, [_placed(one) for one in _children(self._list(other, name)[2], name[:-1])]) for name in ("fonts", "fills", "borders")
        )
        numbers = self._adopt_numbers(other)
        first = len(self._formats) + len(self._added)
        for one in _children(self._list(other, "cellXfs")[2], "xf"):
            for name, offset in (("fontId", fonts), ("fillId", fills), ("borderId", borders)):
                one = re.sub(rf'\b{name}="(\d+)"', lambda match, offset=offset, name=name: f'{name}="{int(match[1]) + offset}"', one)  # type: ignore[misc]
            one = re.sub(r'\bnumFmtId="(\d+)"', lambda match: f'numFmtId="{numbers.get(match[1], match[1])}"', one)
            # Named styles are the other workbook's own; format 0 of them is there in each.
            self._add(_placed(re.sub(r'\bxfId="\d+"', 'xfId="0"', one)))
        return first

    def adopt_conditional(self, other: str) -> int:
        """Takes over the formats of conditions of another workbook; returns the number of its format 0."""
        found = _list_of(other, "dxfs")
        theirs = _children(found[2], "dxf") if found else []
        if not theirs:
            return 0
        if _list_of(self._text, "dxfs") is None:
            self._insert("dxfs", ("tableStyles", "colors", "extLst"))
        return self._append("dxfs", [_placed(one) for one in theirs])

    def finish(self) -> None:
        """Writes the styles."""
        if self._added:
            self._append("cellXfs", self._added)
            self._added = []
        self._package.put(STYLES, self._text)

    def _adopt_numbers(self, other: str) -> dict[str, str]:
        found = _list_of(other, "numFmts")
        theirs = [re.search(r'numFmtId="(\d+)"', one) for one in _children(found[2], "numFmt")] if found else []
        if not theirs or found is None:
            return {}
        if _list_of(self._text, "numFmts") is None:
            self._insert("numFmts", ("fonts",))
        used = [int(one) for one in re.findall(r'numFmtId="(\d+)"', self._text)]
        first = max([_FIRST_OWN_FORMAT - 1, *used]) + 1
        numbers = {one[1]: str(first + at) for at, one in enumerate(one for one in theirs if one)}
        self._append("numFmts", [re.sub(r'numFmtId="(\d+)"', lambda match: f'numFmtId="{numbers[match[1]]}"', _placed(one)) for one in _children(found[2], "numFmt")])
        return numbers

    def _add(self, made: str) -> int:
        self._added.append(made)
        return len(self._formats) + len(self._added) - 1

    def _list(self, text: str, name: str) -> re.Match[str]:
        found = _list_of(text, name)
        if found is None:
            raise self._package.unexpected(STYLES)
        return found

    def _insert(self, name: str, followers: tuple[str, ...]) -> None:
        """An empty list in front of the first of its followers that is there."""
        places = [match.start() for one in followers if (match := re.search(rf"<(?:\w+:)?{one}\b", self._text))]
        ends = [match.start() for match in re.finditer(r"</(?:\w+:)?styleSheet\s*>", self._text)]
        if not places and not ends:
            raise self._package.unexpected(STYLES)
        at = min(places) if places else ends[-1]
        self._text = f'{self._text[:at]}<{name} xmlns="{MAIN}" count="0"></{name}>{self._text[at:]}'

    def _append(self, name: str, made: list[str]) -> int:
        """Adds to a list; returns the number of the first one added."""
        found = self._list(self._text, name)
        element = {"cellXfs": "xf"}.get(name, name[:-1])
        count = len(_children(found[2], element))
        head = re.sub(r'\scount="\d*"', "", found[1].rstrip())
        tag = head.split(None, 1)[0]
        body = f'<{head} count="{count + len(made)}">{found[2] or ""}{"".join(made)}</{tag}>'
        self._text = self._text[: found.start()] + body + self._text[found.end() :]
        return count


def _list_of(text: str, name: str) -> re.Match[str] | None:
    """A list of the styles: what stands in its tag, and what in it (None where it is an empty tag)."""
    return re.search(rf"<((?:\w+:)?{name}\b{_ATTRIBUTES})(?:/>|>(.*?)</(?:\w+:)?{name}\s*>)", text, re.DOTALL)


def _children(inner: str | None, name: str) -> list[str]:
    return re.findall(rf"<(?:\w+:)?{name}\b{_ATTRIBUTES}(?:/>|>.*?</(?:\w+:)?{name}\s*>)", inner or "", re.DOTALL)


def _placed(element: str) -> str:
    """An element for a document whose names may have a prefix."""
    return element if "xmlns=" in element.split(">", 1)[0] else re.sub(r"^<(\w+)", rf'<\1 xmlns="{MAIN}"', element, count=1)


def _with_fill(style: str, fill: int) -> str:
    """A cell format with another fill."""
    head, rest = re.match(r"(<[^>]*?)(/?>.*)", style, re.DOTALL).groups()  # type: ignore[union-attr]
    head = re.sub(r'\s(?:fillId|applyFill)="[^"]*"', "", head)
    return f'{head} fillId="{fill}" applyFill="1"{rest}'
