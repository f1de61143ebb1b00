"""The parts of a workbook's archive on their way to a copy: what changes or comes new in it, what names it, and how all is written.

Parts, relationships and content types are those of ECMA-376 part 2; what stands in a part is part 1.
"""

from __future__ import annotations

import posixpath
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Final
from xml.etree import ElementTree

from listinglint.catalogs.errors import CatalogError
from listinglint.catalogs.sheet_xml import MAIN, RELATIONS
from listinglint.model import Text

__all__ = ["MAIN", "PACKAGE", "RELATIONS", "TYPES", "Package", "Piece", "Stream", "add_part", "attribute", "attributes_of", "related", "relations_of", "splice"]

PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES: Final = "[Content_Types].xml"
_CONTENT: Final = "http://schemas.openxmlformats.org/package/2006/content-types"

Piece = tuple[int, int, bytes | Callable[[bytes], bytes]]
"""Begin and end of what is replaced in a part, and what comes there; a function is given what stood there."""
Stream = Callable[[IO[bytes], IO[bytes]], None]
"""Writes a part: it is given the old one (or the one that a new part is made from) and where the new one goes."""


class Package:
    """The parts of an archive, as they are to be. `refusal` is what is said of a part that is not as expected (`{part}`)."""

    def __init__(self, archive: zipfile.ZipFile, shown: str, refusal: Text) -> None:
        self.archive, self.shown = archive, shown
        self.parts: dict[str, bytes] = {}
        self.streams: dict[str, Stream] = {}
        self.reserved: set[str] = set()
        """Names of parts that are added to the archive later."""
        self.dropped: set[str] = set()
        """Parts that the copy does not have."""
        self._refusal = refusal
        self._names = set(archive.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self._names or name in self.parts or name in self.reserved

    def read(self, name: str) -> str:
        """The text of a part as it is by now. Raises CatalogError for a part that is not there, or no UTF-8."""
        part = self.parts.get(name)
        try:
            return (self.archive.read(name) if part is None else part).decode("utf-8-sig")
        except (KeyError, UnicodeDecodeError):
            raise self.unexpected(name) from None

    def unexpected(self, part: str) -> CatalogError:
        """The error for a part that cannot be changed."""
        return CatalogError(Text(self._refusal.format("en", part=part), self._refusal.format("zh", part=part)), file=self.shown)

    def put(self, name: str, text: str) -> None:
        """Gives a part its new text."""
        self.parts[name] = text.encode()

    def free(self, pattern: str) -> str:
        """The first name of the pattern (`xl/comments{}.xml`) that no part has."""
        return next(name for number in range(1, 100_000) if (name := pattern.format(number)) not in self)

    def targets(self, member: str) -> dict[str, str]:
        """The parts that a part names, by the kind of relationship; of several the last."""
        relations = relations_of(member)
        if relations not in self:
            return {}
        try:
            return {kind: target for _, kind, target in related(self.read(relations), member)}
        except ElementTree.ParseError:
            raise self.unexpected(relations) from None

    def relate(self, member: str, targets: Sequence[tuple[str, str]]) -> list[str]:
        """Adds relationships of a part (kind, name of the other part); returns their ids in order."""
        relations = relations_of(member)
        text = self.read(relations) if relations in self else f'<Relationships xmlns="{PACKAGE}"></Relationships>'
        taken = set(re.findall(r'\bId="([^"]*)"', text))
        ids: list[str] = []
        for number in range(1, 100_000):
            if len(ids) == len(targets):
                break
            if (name := f"rIdListinglint{number}") not in taken:
                ids.append(name)
        made = "".join(
            f'<Relationship xmlns="{PACKAGE}" Id="{name}" Type="{RELATIONS}/{kind}" Target="/{target}"/>'
            for name, (kind, target) in zip(ids, targets, strict=True)
        )
        self.put(relations, self.at_end(text, "Relationships", made, relations))
        return ids

    def unrelate(self, member: str, targets: Sequence[str]) -> None:
        """Takes relationships of a part to other parts away."""
        relations = relations_of(member)
        text = self.read(relations)
        gone = {name for name, _, target in related(text, member) if target in targets}
        text = re.sub(r"<(?:\w+:)?Relationship\b[^>]*/>", lambda one: "" if attributes_of(one[0]).get("Id") in gone else one[0], text)
        self.put(relations, text)

    def declare(self, name: str, kind: str) -> None:
        """Says what kind of content a new part has."""
        made = f'<Override xmlns="{_CONTENT}" PartName="/{name}" ContentType="{kind}"/>'
        self.put(TYPES, self.at_end(self.read(TYPES), "Types", made, TYPES))

    def drop(self, member: str) -> None:
        """Leaves a part out of the copy, with its drawing and the charts of that."""
        relations = relations_of(member)
        if relations in self:
            for _, kind, target in related(self.read(relations), member):
                if kind in ("drawing", "chart"):
                    self.drop(target)
            self.dropped.add(relations)
        self.dropped.add(member)
        kinds = self.read(TYPES)
        self.put(TYPES, re.sub(rf'<(?:\w+:)?Override\b[^>]*PartName="/{re.escape(member)}"[^>]*/>', "", kinds))

    def declare_ending(self, ending: str, kind: str) -> None:
        """Says what kind of content parts with this ending have, where nothing says so yet."""
        text = self.read(TYPES)
        if not re.search(rf'Extension="{ending}"', text, re.IGNORECASE):
            made = f'<Default xmlns="{_CONTENT}" Extension="{ending}" ContentType="{kind}"/>'
            self.put(TYPES, re.sub(r"(<(?:\w+:)?Types\b[^>]*>)", lambda match: match[1] + made, text, count=1))

    def at_end(self, text: str, name: str, made: str, part: str) -> str:
        """`made` as the last of the children of the element `name`."""
        ends = list(re.finditer(rf"</(?:\w+:)?{name}\s*>", text))
        if ends:
            return text[: ends[-1].start()] + made + text[ends[-1].start() :]
        empty = re.search(rf"<((?:\w+:)?{name})\b([^>]*)/>", text)
        if empty is None:
            raise self.unexpected(part)
        return f"{text[: empty.start()]}<{empty[1]}{empty[2]}>{made}</{empty[1]}>{text[empty.end() :]}"

    def write(self, out: zipfile.ZipFile) -> None:
        """Copies all parts as they are, but for those that change, and the new ones behind them. Two copies are equal byte for byte."""
        out.comment = self.archive.comment
        for info in self.archive.infolist():
            if info.filename in self.dropped:
                continue
            if info.filename in self.parts and info.filename not in self.streams:
                with out.open(_like(info), "w") as target:
                    target.write(self.parts[info.filename])
                continue
            with self.archive.open(info) as source, out.open(_like(info), "w", force_zip64=info.file_size > 1 << 30) as target:
                self.streams.get(info.filename, _copied)(source, target)
        for name, data in self.parts.items():
            if name not in self._names:
                out.writestr(_new(name), data)


def add_part(out: zipfile.ZipFile, name: str, source: IO[bytes], write: Stream) -> None:
    """Writes a further part from what it is made of, without holding it."""
    with out.open(_new(name), "w", force_zip64=True) as target:
        write(source, target)


def relations_of(member: str) -> str:
    """The part that holds the relationships of a part."""
    return posixpath.join(posixpath.dirname(member), "_rels", posixpath.basename(member) + ".rels")


def related(relations: str, member: str) -> Iterator[tuple[str, str, str]]:
    """Id, kind and target (a part's name) of each relationship in the text of a relationships part of `member`."""
    for one in ElementTree.fromstring(relations):
        target = one.get("Target", "")
        if one.get("TargetMode") == "External":
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(member), target))
        yield one.get("Id", ""), one.get("Type", "").rpartition("/")[2], path


def splice(pieces: Sequence[Piece]) -> Stream:
    """Copies a part with pieces of it replaced; they come in order and do not overlap."""

    def write(source: IO[bytes], target: IO[bytes]) -> None:
        at = 0
        for start, end, made in pieces:
            _copy(source, target, start - at)
            old = source.read(end - start)
            target.write(made if isinstance(made, bytes) else made(old))
            at = end
        shutil.copyfileobj(source, target, 1 << 20)

    return write


def attribute(text: str) -> str:
    """A text as it stands between the quotation marks of an attribute, or between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def attributes_of(tag: str) -> Mapping[str, str]:
    """The attributes of a tag as they are written, without their quotation marks."""
    return {name: value for name, _, value in re.findall(r"""([\w:.-]+)\s*=\s*(["'])(.*?)\2""", tag, re.DOTALL)}


def _copied(source: IO[bytes], target: IO[bytes]) -> None:
    shutil.copyfileobj(source, target, 1 << 20)


def _copy(source: IO[bytes], target: IO[bytes], size: int) -> None:
    while size > 0:
        block = source.read(min(size, 1 << 20))
        if not block:
            return
        target.write(block)
        size -= len(block)


def _new(name: str) -> zipfile.ZipInfo:
    """An entry for a new part, with the earliest date there is."""
    made = zipfile.ZipInfo(name)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def _like(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """An entry with the name, date, attributes and compression of another."""
    made = zipfile.ZipInfo(info.filename, info.date_time)
    made.compress_type, made.external_attr, made.create_system, made.comment = info.compress_type, info.external_attr, info.create_system, info.comment
    return made
