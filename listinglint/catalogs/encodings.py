"""Finds out how the text of a file is encoded, from samples of the whole file, always with the same answer."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from listinglint.catalogs.errors import CatalogError
from listinglint.model import Text

_WHOLE = 32 << 20
_WINDOW = 256 << 10
_WINDOWS = 64
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_LONG_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x81-\xfe][0-9][\x81-\xfe][0-9]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


class Encoding(NamedTuple):
    """A codec's name, and whether the file begins with a byte order mark."""

    name: str
    bom: bool


def detect_encoding(path: Path, shown: str, wanted: str | None = None) -> Encoding:
    """The encoding of a file. `wanted` (from `--encoding`) wins where the codec exists; `shown` names the file in errors.

    Raises CatalogError for an unknown codec, and for a byte that fits none of the encodings that come into question.
    """
    with path.open("rb") as file:
        head = file.read(4)
    if wanted is not None:
        return _asked_for(wanted, head, shown)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return Encoding(name, True)
    samples = _samples(path)
    wide = _utf16(samples[0])
    if wide:
        return Encoding(wide, False)
    return _eight_bit(path, shown, samples)


def locate_bad_byte(path: Path, encoding: str) -> tuple[int, int, int] | None:
    """Line (1-based), byte offset (0-based) and value of the first byte that does not decode, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, offset = 1, 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(1 << 16)
            pending = len(decoder.getstate()[0])
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                good = error.object[: error.start]
                text = good.decode(encoding, "ignore") if "16" not in encoding and "32" not in encoding else ""
                return line + text.count("\n"), offset - pending + error.start, error.object[error.start]
            if not chunk:
                return None
            line += text.count("\n")
            offset += len(chunk)


def undecodable(path: Path, shown: str, encoding: str) -> CatalogError:
    """The error that names the first byte of a file that is not valid in an encoding."""
    found = locate_bad_byte(path, encoding)
    line, offset, value = found if found else (None, 0, 0)
    return CatalogError(
        Text(
            f"byte 0x{value:02X} at offset {offset} is not valid {encoding}; "
            "save the file as UTF-8, or name its encoding with --encoding (for example gb18030, cp1252)",
            f"偏移 {offset} 处的字节 0x{value:02X} 不是有效的 {encoding} 编码；"
            "请将文件另存为 UTF-8，或用 --encoding 指定编码（如 gb18030、cp1252）",
        ),
        file=shown,
        line=line,
    )


def _asked_for(wanted: str, head: bytes, shown: str) -> Encoding:
    try:
        name = codecs.lookup(wanted).name
        "".encode(name)
    except (LookupError, UnicodeError):
        raise CatalogError(
            Text(
                f"unknown encoding {wanted!r}; use a name such as utf-8, gb18030, utf-16, cp1252",
                f"未知的编码“{wanted}”；请使用 utf-8、gb18030、utf-16、cp1252 等名称",
            ),
            file=shown,
        ) from None
    if name in ("utf-8", "utf_8") and head.startswith(codecs.BOM_UTF8):
        return Encoding("utf-8-sig", True)
    if name in ("utf-16-le", "utf-16-be") and head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return Encoding("utf-16", True)
    return Encoding(name, name in ("utf-8-sig", "utf-16", "utf-32"))


def _samples(path: Path) -> list[bytes]:
    """The whole of a small file; of a large one its beginning and windows spread over it, cut at line ends."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if size <= _WHOLE:
            return [file.read()]
        samples = []
        for number in range(_WINDOWS):
            start = (size - _WINDOW) * number // (_WINDOWS - 1)
            file.seek(start)
            block = file.read(_WINDOW)
            first = 0 if start == 0 else block.find(b"\n") + 1
            last = block.rfind(b"\n") + 1
            samples.append(block[first : last or None] if last > first else block)
    return samples


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark shows by zero bytes on one side of the pairs (Latin letters, commas, line ends)."""
    block = sample[: 64 << 10]
    if len(block) < 4 or (len(sample) % 2 and len(sample) < _WHOLE):
        return None
    even, odd = block[0::2], block[1::2]
    zeros_even, zeros_odd = even.count(0), odd.count(0)
    for name, zeros, others in (("utf-16-le", zeros_odd, zeros_even), ("utf-16-be", zeros_even, zeros_odd)):
        if zeros > len(block) // 40 and others * 20 <= zeros:
            try:
                block[: len(block) // 2 * 2].decode(name)
            except UnicodeDecodeError as error:
                if error.start < len(block) - 4:
                    continue
            return name
    return None


def _valid(samples: list[bytes], encoding: str) -> bool:
    try:
        for sample in samples:
            sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _eight_bit(path: Path, shown: str, samples: list[bytes]) -> Encoding:
    if _valid(samples, "utf-8"):
        return Encoding("utf-8", False)
    high = b"\n".join(sample for sample in samples if not sample.isascii())
    sequences = len(_UTF8_SEQUENCE.findall(high))
    left_over = len(_HIGH_RUN.findall(_UTF8_SEQUENCE.sub(b"", high)))
    # A file that is UTF-8 but for a byte or two is a broken UTF-8 file, not a file in something else.
    if sequences >= 10 * left_over:
        raise undecodable(path, shown, "utf-8")
    if _looks_chinese(high) and _valid(samples, "gb18030"):
        return Encoding("gb18030", False)
    if _looks_latin(high) and _valid(samples, "cp1252"):
        return Encoding("cp1252", False)
    guess = _by_statistics(high)
    if guess and _valid(samples, guess):
        return Encoding(guess, False)
    if _looks_chinese(high):
        raise undecodable(path, shown, "gb18030")
    for name in ("cp1252", "gb18030"):
        if _valid(samples, name):
            return Encoding(name, False)
    raise undecodable(path, shown, "utf-8")


def _looks_chinese(text: bytes) -> bool:
    """Most pairs of high bytes are common characters of GB 2312 (level one, and its punctuation, signs and accents)."""
    pairs = common = 0
    for match in _LONG_PAIR.finditer(text):
        pair = match[0]
        pairs += 1
        if len(pair) == 2 and pair[1] >= 0xA1 and (0xB0 <= pair[0] <= 0xD7 or 0xA1 <= pair[0] <= 0xA9):
            common += 1
    return pairs > 0 and common >= 0.7 * pairs


def _looks_latin(text: bytes) -> bool:
    """High bytes stand alone or in twos between ASCII letters: accents, signs, quotes."""
    runs = _HIGH_RUN.findall(text)
    lone = sum(len(run) <= 2 for run in runs)
    return len(runs) > 0 and lone >= 0.9 * len(runs) and sum(map(len, runs)) <= 0.25 * len(text)


def _by_statistics(text: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(text[: 1 << 18]).best()
    return best.encoding if best else None
