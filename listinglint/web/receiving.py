"""Takes an uploaded file as it comes in, piece by piece, straight to its place on disk."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Final

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.requests import Request

from listinglint.catalogs.formats import SUFFIXES
from listinglint.model import Text
from listinglint.web.problems import Problem

FIELD: Final = "file"
_LONGEST_NAME: Final = 150
_MOST_HEADER: Final = 16 << 10
_SAY: Final = {
    "form": Text("the body is no multipart form: {reason}", "请求内容不是 multipart 表单：{reason}"),
    "missing": Text("a form with one file in the field 'file' was expected", "应为在 file 字段中带一个文件的表单"),
    "space": Text("there is no room left on this machine's disk", "本机磁盘空间不足"),
}


def _say(what: str, **values: object) -> Text:
    return Text(_SAY[what].format("en", **values), _SAY[what].format("zh", **values))


async def receive(request: Request, place: Callable[[str], Path]) -> tuple[str, Path, int]:
    """The name that a file came with, where it was put, and its bytes. `place` says where for the ending of the name.

    The name is shown, never used as a path. Raises Problem for what is no form with one file.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise Problem("invalid-request", _SAY["missing"])
    taker = _Taker(place)
    try:
        parser = MultipartParser(options[b"boundary"], taker.callbacks())  # type: ignore[arg-type]
        async for piece in request.stream():
            parser.write(piece)
        parser.finalize()
    except FormParserError as broken:
        raise Problem("invalid-request", _say("form", reason=str(broken)[:200])) from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Problem("no-space", _SAY["space"]) from None
        raise
    finally:
        taker.close()
    if taker.name is None or taker.path is None or not taker.ended:
        raise Problem("invalid-request", _SAY["missing"])
    return taker.name, taker.path, taker.size


class _Taker:
    """The parser's callbacks: the first part that is a file in the right field is written, all else is passed over."""

    def __init__(self, place: Callable[[str], Path]) -> None:
        self._place = place
        self._file: IO[bytes] | None = None
        self._header: list[bytes] = [b"", b""]
        self._disposition = b""
        self.name: str | None = None
        self.path: Path | None = None
        self.size = 0
        self.ended = False

    def callbacks(self) -> dict[str, Callable[..., Any]]:
        return {
            "on_part_begin": self._begin,
            "on_header_begin": self._header_begin,
            "on_header_field": lambda data, start, end: self._add(0, data[start:end]),
            "on_header_value": lambda data, start, end: self._add(1, data[start:end]),
            "on_header_end": self._header_end,
            "on_headers_finished": self._part,
            "on_part_data": self._data,
            "on_part_end": self.close,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        self._disposition = b""

    def _header_begin(self) -> None:
        self._header = [b"", b""]

    def _add(self, at: int, data: bytes) -> None:
        self._header[at] += data
        if len(self._header[at]) > _MOST_HEADER:
            raise FormParserError("a header of a part is too long")

    def _header_end(self) -> None:
        if self._header[0].lower() == b"content-disposition":
            self._disposition = self._header[1]

    def _part(self) -> None:
        _, options = parse_options_header(self._disposition)
        if options.get(b"name") == FIELD.encode() and b"filename" in options and self.name is None:
            self.name = shown_name(options[b"filename"])
            self.path = self._place(Path(self.name).suffix.lower() if Path(self.name).suffix.lower() in SUFFIXES else "")
            self._file = self.path.open("xb")

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self._file.write(memoryview(data)[start:end])
            self.size += end - start

    def _end(self) -> None:
        self.ended = True

    def close(self) -> None:
        """Closes the file that is being written."""
        if self._file is not None:
            self._file.close()
            self._file = None


def shown_name(raw: bytes) -> str:
    """A file's name for people: without folders and control characters, not too long, its ending kept."""
    text = raw.decode("utf-8", "replace").replace("\\", "/").rsplit("/", 1)[-1]
    text = "".join(c if c.isprintable() else "_" for c in text).strip().lstrip(".") or "catalog"
    if len(text) <= _LONGEST_NAME:
        return text
    suffix = Path(text).suffix[:12]
    return text[: _LONGEST_NAME - len(suffix)] + suffix
