"""Says what a file really is, by its first bytes and its name, and refuses what cannot be read with a reason."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from listinglint.catalogs import limits
from listinglint.catalogs.errors import CatalogError
from listinglint.model import Text

Format = Literal["table", "xlsx", "jsonl", "json", "parquet"]

SUFFIXES: dict[str, Format] = {
    ".csv": "table",
    ".tsv": "table",
    ".tab": "table",
    ".txt": "table",
    ".psv": "table",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".parquet": "parquet",
    ".pq": "parquet",
}
"""Endings of catalog files, and what they hold."""

FOLDER_SUFFIXES = frozenset(SUFFIXES) - {".txt"}
"""Endings that are looked for in a folder."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"%PDF-", "a PDF document", "PDF 文档"),
    (b"\x89PNG", "a PNG image", "PNG 图片"),
    (b"\xff\xd8\xff", "a JPEG image", "JPEG 图片"),
    (b"GIF8", "a GIF image", "GIF 图片"),
    (b"\x1f\x8b", "a gzip archive", "gzip 压缩文件"),
    (b"7z\xbc\xaf'\x1c", "a 7z archive", "7z 压缩文件"),
    (b"Rar!", "a RAR archive", "RAR 压缩文件"),
    (b"BZh", "a bzip2 archive", "bzip2 压缩文件"),
    (b"\xfd7zXZ", "an xz archive", "xz 压缩文件"),
    (b"SQLite format 3", "an SQLite database", "SQLite 数据库"),
    (b"\x7fELF", "a program", "程序文件"),
    (b"RIFF", "a media file", "媒体文件"),
    (b"{\\rtf", "an RTF document", "RTF 文档"),
)
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def detect_format(path: Path, shown: str, name: str, encoding: str | None = None) -> Format:
    """The format of a file that exists. `shown` names it in errors, `name` has the ending (standard input has its own).
    With an `encoding` asked for, zero bytes are text.

    Raises CatalogError for an empty file and for one that no reader takes, saying what it really is.
    """
    with path.open("rb") as file:
        head = file.read(64 << 10)
    if not head.strip(b"\x00\x09\x0a\x0d \xef\xbb\xbf"):
        raise CatalogError(
            Text(
                "the file is empty; a header and at least one listing were expected",
                "文件是空的；至少应有一行表头和一条商品",
            ),
            file=shown,
        )
    suffix = Path(name).suffix.lower()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _check_workbook(path, shown)
        return "xlsx"
    if head.startswith(_OLE):
        raise _ole(path, shown)
    if head.startswith(b"PAR1"):
        return "parquet"
    _refuse_binary(head, shown, encoding is not None)
    expected = SUFFIXES.get(suffix)
    if expected in ("xlsx", "parquet"):
        kind = "an Excel workbook" if expected == "xlsx" else "a Parquet file"
        kind_zh = "Excel 工作簿" if expected == "xlsx" else "Parquet 文件"
        raise CatalogError(
            Text(
                f"this is not {kind} but plain text or a damaged file; if it is a text table, rename it to .csv, else save it again",
                f"这不是 {kind_zh}，而是纯文本或已损坏的文件；若是文本表格请改名为 .csv，否则请重新保存",
            ),
            file=shown,
        )
    return _text_format(head, expected, shown)


def _text_format(head: bytes, expected: Format | None, shown: str) -> Format:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] == b"<" and start[:200].lower().lstrip(b"<!").startswith(
        (b"?xml", b"doctype", b"html", b"rss", b"feed", b"table")
    ):
        raise CatalogError(
            Text(
                "this is an XML or HTML file; save the catalog as .xlsx or .csv",
                "这是 XML 或 HTML 文件；请将商品目录另存为 .xlsx 或 .csv",
            ),
            file=shown,
        )
    if expected == "json":
        return "json" if start[:1] == b"[" or _one_object(start) else "jsonl"
    if expected is not None:
        return expected
    if start[:1] == b"[" and start[1:].lstrip()[:1] in (b"{", b"]"):
        return "json"
    if start[:1] == b"{" and b'"' in start[:20]:
        return "jsonl"
    return "table"


def _one_object(start: bytes) -> bool:
    """A `.json` file that begins with an object holds one document, unless its first line is an object by itself."""
    line = start.split(b"\n", 1)[0].strip()
    return not (line.startswith(b"{") and line.endswith(b"}") and b"\n" in start.strip())


def _refuse_binary(head: bytes, shown: str, text: bool) -> None:
    for magic, english, chinese in _MAGIC:
        if head.startswith(magic):
            raise CatalogError(
                Text(
                    f"this is {english}, not a catalog; CSV, XLSX, JSON lines or Parquet was expected",
                    f"这是{chinese}，不是商品目录；应为 CSV、XLSX、JSON Lines 或 Parquet",
                ),
                file=shown,
            )
    if text or b"\x00" not in head or head.startswith(_WIDE_BOMS):
        return
    even, odd = head[0::2].count(0), head[1::2].count(0)
    # UTF-16 text has its zero bytes on one side of the pairs, and no other control characters.
    controls = sum(head.count(value) for value in (1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16))
    if min(even, odd) * 8 > max(even, odd) or max(even, odd) <= len(head) // 40 or controls * 20 > len(head):
        at = head.index(0)
        raise CatalogError(
            Text(
                f"this is a binary file, not a text table (a zero byte at offset {at}); CSV, XLSX, JSON lines or Parquet was expected",
                f"这是二进制文件，不是文本表格（偏移 {at} 处有零字节）；应为 CSV、XLSX、JSON Lines 或 Parquet",
            ),
            file=shown,
        )


def _ole(path: Path, shown: str) -> CatalogError:
    with path.open("rb") as file:
        content = file.read(64 << 20)
    if "EncryptedPackage".encode("utf-16-le") in content or "EncryptionInfo".encode("utf-16-le") in content:
        return CatalogError(
            Text(
                "the workbook is protected by a password; remove it in Excel (File, Info, Protect Workbook) and save again",
                "工作簿有密码保护；请在 Excel 中取消密码（文件－信息－保护工作簿）后重新保存",
            ),
            file=shown,
        )
    if "Workbook".encode("utf-16-le") in content or "Book\x00".encode("utf-16-le") in content:
        return CatalogError(
            Text(
                "this is an old Excel 97–2003 workbook (.xls); save it as .xlsx",
                "这是旧版 Excel 97–2003 工作簿（.xls）；请另存为 .xlsx",
            ),
            file=shown,
        )
    return CatalogError(
        Text(
            "this is an old Office document, not a catalog; save the table as .xlsx or .csv",
            "这是旧版 Office 文档，不是商品目录；请将表格另存为 .xlsx 或 .csv",
        ),
        file=shown,
    )


def _check_workbook(path: Path, shown: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise broken_workbook(shown) from None
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names and not any(name.startswith("xl/worksheets/") for name in names):
        raise _other_archive(names, shown)
    unpacked = sum(member.file_size for member in members)
    bomb = any(
        member.file_size > 100_000_000 and member.file_size > limits.MAX_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if unpacked > limits.MAX_UNPACKED or bomb:
        raise CatalogError(
            Text(
                f"the workbook would unpack to {unpacked // 1_000_000:,} MB, which is more than is read; split it or save it as .csv",
                f"工作簿解压后将达 {unpacked // 1_000_000:,} MB，超出读取上限；请拆分或另存为 .csv",
            ),
            file=shown,
        )


def broken_workbook(shown: str, detail: str = "") -> CatalogError:
    """The error for a workbook that does not open."""
    more = f" ({detail})" if detail else ""
    return CatalogError(
        Text(
            f"the workbook is damaged or incomplete{more}; open it in Excel, let it repair the file, and save it again as .xlsx",
            f"工作簿已损坏或不完整{more}；请用 Excel 打开并修复后重新保存为 .xlsx",
        ),
        file=shown,
    )


def _other_archive(names: set[str], shown: str) -> CatalogError:
    kinds = (
        ("xl/workbook.bin", "a binary Excel workbook (.xlsb)", "二进制 Excel 工作簿（.xlsb）"),
        ("word/document.xml", "a Word document", "Word 文档"),
        ("ppt/presentation.xml", "a PowerPoint presentation", "PowerPoint 演示文稿"),
        ("content.xml", "an OpenDocument file", "OpenDocument 文件"),
        ("Index/Document.iwa", "a Numbers document", "Numbers 文档"),
    )
    english, chinese = next(((en, zh) for name, en, zh in kinds if name in names), ("a zip archive", "zip 压缩文件"))
    return CatalogError(
        Text(
            f"this is {english}, not a catalog that can be read; save the table as .xlsx or .csv",
            f"这是{chinese}，无法作为商品目录读取；请将表格另存为 .xlsx 或 .csv",
        ),
        file=shown,
    )
