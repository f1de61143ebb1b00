"""Reads a text file line by line with the very bytes of each line, in any encoding."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

from listinglint.catalogs.errors import CatalogError
from listinglint.model import Text

_MARKS: Final = {
    "utf-8-sig": ((codecs.BOM_UTF8, "utf-8"),),
    "utf-16": ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
    "utf-32": ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
}
_SHIFTING: Final = ("iso2022", "utf_7", "utf-7", "hz", "unicode_escape", "raw_unicode_escape", "punycode", "idna")


class LinesWithBytes:
    """The lines of a file as text (line ends kept), each with its bytes in `pending` until the caller takes them.

    `head` is the byte order mark, `codec` the encoding of what follows it. `newline` is that of `open`. Raises
    CatalogError for an encoding in which a line means nothing without those before it.
    """

    def __init__(self, path: Path, shown: str, encoding: str, newline: str = "") -> None:
        self.shown, self.encoding = shown, encoding
        if encoding.replace("_", "-").startswith(tuple(one.replace("_", "-") for one in _SHIFTING)):
            raise CatalogError(
                Text(
                    f"a file in {encoding} can be read but not mended in place; save it as UTF-8",
                    f"{encoding} 编码的文件可以读取，但无法逐格修改；请另存为 UTF-8",
                ),
                file=shown,
            )
        self._binary = path.open("rb")
        self._text = io.TextIOWrapper(path.open("rb"), encoding=encoding, newline=newline)
        self.head, self.codec = _mark(self._binary.read(4), encoding)
        self._binary.seek(len(self.head))
        self.pending: list[tuple[str, bytes]] = []

    def __enter__(self) -> LinesWithBytes:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._binary.close()
        self._text.close()

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self._remember(line)
            yield line

    def readline(self) -> str:
        """The next line, as of a file; empty at the end."""
        line = self._text.readline()
        if line:
            self._remember(line)
        return line

    def take(self) -> list[tuple[str, bytes]]:
        """The lines read since the last call, with their bytes."""
        taken, self.pending = self.pending, []
        return taken

    def rest(self) -> bytes:
        """What stands after the last line: nothing, unless the text stopped short."""
        return self._binary.read()

    def encode(self, text: str) -> bytes:
        """The bytes of a text in the file's encoding; UnicodeEncodeError where it has none."""
        return text.encode(self.codec)

    def spells(self, text: str, raw: bytes) -> bool:
        """Whether these bytes are those that encoding the text gives."""
        try:
            return text.encode(self.codec) == raw
        except UnicodeError:
            return False

    def offsets(self, text: str, raw: bytes) -> list[int]:
        """Where each character of a line begins in its bytes, and where the last ends."""
        decoder = codecs.getincrementaldecoder(self.codec)()
        places, done = [0], 0
        for at in range(len(raw)):
            done += len(decoder.decode(raw[at : at + 1]))
            places.extend([at + 1] * (done + 1 - len(places)))
        if done != len(text):
            raise self._unclear()
        return places

    def _remember(self, line: str) -> None:
        try:
            wanted = line.encode(self.codec)
        except UnicodeError:
            wanted = b""
        start = self._binary.tell()
        raw = self._binary.read(len(wanted)) if wanted else b""
        if raw != wanted or not wanted:
            self._binary.seek(start)
            raw = self._exact(line)
        self.pending.append((line, raw))

    def _exact(self, line: str) -> bytes:
        """The bytes of a line that are not those which encoding it gives: some codecs read two spellings of a character."""
        decoder = codecs.getincrementaldecoder(self.codec)()
        raw, text = bytearray(), ""
        while len(text) < len(line):
            one = self._binary.read(1)
            if not one:
                raise self._unclear()
            raw += one
            text += decoder.decode(one)
        if text != line:
            raise self._unclear()
        return bytes(raw)

    def _unclear(self) -> CatalogError:
        return CatalogError(
            Text(
                f"the bytes of this file and its text in {self.encoding} do not go together, so that nothing is written; save it as UTF-8",
                f"文件的字节与按 {self.encoding} 解码的文本对不上，因此不写入任何内容；请另存为 UTF-8",
            ),
            file=self.shown,
        )


def _mark(head: bytes, encoding: str) -> tuple[bytes, str]:
    for mark, codec in _MARKS.get(encoding.replace("_", "-"), ()):
        if head.startswith(mark):
            return mark, codec
    # Without its mark, Python reads UTF-16 and UTF-32 in the machine's order, and `utf-8-sig` as plain UTF-8.
    import sys

    order = "le" if sys.byteorder == "little" else "be"
    plain = {"utf-8-sig": "utf-8", "utf-16": f"utf-16-{order}", "utf-32": f"utf-32-{order}"}
    return b"", plain.get(encoding.replace("_", "-"), encoding)
