"""Reads JSON lines, and `.json` files that hold an array of objects (or one object with such an array)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from listinglint.catalogs import limits
from listinglint.catalogs.columns import IGNORE, UNUSED, list_headers, map_columns
from listinglint.catalogs.encodings import detect_encoding, undecodable
from listinglint.catalogs.errors import CatalogError, ListingProblem, NoTitleColumnError
from listinglint.catalogs.tabular import Asked, SourceInfo
from listinglint.model import FIELDS, Listing, Source, Text

_SAMPLE = 200
CONTAINERS = ("listings", "products", "items", "data", "rows", "results", "records", "offers")
"""Keys under which a document may hold its listings, the first that holds an array counts."""


class JsonRecord(NamedTuple):
    """One object: its number from 1, its line (None in a document), and what it holds."""

    number: int
    line: int | None
    values: Mapping[str, Any]


class JsonSource:
    """A JSON file. Opening maps the keys of the first records to fields; iterating reads the listings."""

    def __init__(self, path: Path, shown: str, columns: Asked | None, encoding: str | None, lines: bool) -> None:
        self.path, self.shown, self.lines = path, shown, lines
        self.encoding = detect_encoding(path, shown, encoding).name
        first = list(islice(self.records(None), _SAMPLE))
        if not first:
            raise CatalogError(
                Text("there are no objects; at least one listing was expected", "没有任何对象；至少应有一条商品"),
                file=shown,
            )
        keys = list(dict.fromkeys(key for record in first for key in record.values))
        sample = [[_sample(record.values.get(key)) for key in keys] for record in first[: limits.SAMPLE_ROWS]]
        # A key that is a field's own name is that field, whatever else looks like it.
        unused = (columns or {}).get(UNUSED, ())
        exact: dict[str, list[str]] = {key: [key] for key in keys if key in FIELDS and key not in unused}
        self.mapping = map_columns(keys, sample, columns={**exact, **(columns or {})}, file=shown)
        self.ignore = keys[self.mapping.ignore] if self.mapping.ignore is not None else None
        self.fields = {name: [keys[at] for at in places] for name, places in self.mapping.fields.items()}
        if "title" not in self.fields:
            raise NoTitleColumnError(
                Text(
                    f"no key is recognised as the title; the keys are: {list_headers(keys)}. Name it with --columns title=KEY",
                    f"没有识别出标题键；现有的键：{list_headers(keys)}。请用 --columns title=键名 指定",
                ),
                file=shown,
            )
        self.info = SourceInfo(shown, "jsonl" if lines else "json", encoding=self.encoding, fields=dict(self.fields))
        self.info.see(self.mapping)
        self.info.ignored = list(self.mapping.unknown)
        self.info.notes.extend(self.mapping.notes)
        if self.ignore is not None:
            self.info.fields[IGNORE] = [self.ignore]
        if self.mapping.unknown:
            names = list_headers(self.mapping.unknown)
            self.info.notes.append(
                Text(
                    f"keys that are no field of a listing are not read: {names}", f"以下键不是商品字段，不读取：{names}"
                )
            )

    def listings(
        self, report: Callable[[ListingProblem], None], progress: Callable[[int], None] | None = None
    ) -> Iterator[Listing]:
        """The listings in order; a key that no record has had so far is read where it is a field's own name."""
        known = {key for keys in self.fields.values() for key in keys} | set(self.mapping.headers)
        for number, line, values in self.records(progress):
            found: dict[str, Any] = {}
            for name, keys in self.fields.items():
                if len(keys) == 1:
                    if keys[0] in values:
                        found[name] = values[keys[0]]
                elif present := [values[key] for key in keys if key in values]:
                    found[name] = present
            for key in values.keys() - known:
                if key in FIELDS and key not in found:
                    found[key] = values[key]
            ignore = values.get(self.ignore) if self.ignore is not None else None
            source = Source(self.shown, None, number, line, {}, _joined(ignore))
            yield self._bounded(Listing.of(found, source), report)

    def _bounded(self, listing: Listing, report: Callable[[ListingProblem], None]) -> Listing:
        long = [name for name in listing.values for part in listing.parts(name) if len(part) > limits.MAX_CELL]
        if not long:
            return listing
        source = listing.source
        changed: dict[str, str | tuple[str, ...]] = {}
        for name in dict.fromkeys(long):
            size = sum(map(len, listing.parts(name)))
            report(
                ListingProblem(
                    Text(
                        f"{name} holds {size:,} characters; only the first {limits.MAX_CELL:,} are read",
                        f"{name} 有 {size:,} 个字符；只读取前 {limits.MAX_CELL:,} 个",
                    ),
                    self.shown,
                    None,
                    source.record if source else None,
                    source.line if source else None,
                )
            )
            value = listing.values[name]
            cut = tuple(part[: limits.MAX_CELL] for part in listing.parts(name))
            changed[name] = cut[0] if isinstance(value, str) else cut
        return listing.with_values(changed)

    def size(self) -> int:
        """Bytes to read."""
        return self.path.stat().st_size

    def records(self, progress: Callable[[int], None] | None) -> Iterator[JsonRecord]:
        """The objects of the file as they are, with their numbers."""
        return self._of_lines(progress) if self.lines else self._of_document()

    def _of_lines(self, progress: Callable[[int], None] | None) -> Iterator[JsonRecord]:
        import orjson

        with self.path.open("rb") as file:
            wide = self.encoding not in ("utf-8", "utf-8-sig")
            source: Iterator[bytes] = self._recoded() if wide else iter(lambda: file.readline(limits.MAX_LINE), b"")
            number = 0
            for line, raw in enumerate(source, 1):
                if line == 1:
                    raw = raw.removeprefix(b"\xef\xbb\xbf")
                if not raw.strip():
                    continue
                number += 1
                try:
                    values = orjson.loads(raw)
                except orjson.JSONDecodeError as error:
                    raise self._broken(error, raw, number, line) from None
                if not isinstance(values, dict):
                    raise CatalogError(
                        Text(
                            f'an object such as {{"title": …}} was expected in each line, not {_kind(values)}',
                            f'每行应为一个对象，如 {{"title": …}}，而不是 {_kind(values)}',
                        ),
                        file=self.shown,
                        record=number,
                        line=line,
                    )
                yield JsonRecord(number, line, values)
                if progress is not None and not number & 255 and not wide:
                    progress(file.tell())

    def _recoded(self) -> Iterator[bytes]:
        try:
            with self.path.open(encoding=self.encoding, newline="\n") as file:
                for text in file:
                    yield text.lstrip("\ufeff").encode()
        except UnicodeDecodeError:
            raise undecodable(self.path, self.shown, self.encoding) from None

    def _broken(self, error: Any, raw: bytes, number: int, line: int) -> CatalogError:
        try:
            raw.decode()
        except UnicodeDecodeError:
            return undecodable(self.path, self.shown, "utf-8")
        if len(raw) >= limits.MAX_LINE:
            what, what_zh = (
                f"the line is longer than {limits.MAX_LINE // 1_000_000} MB",
                f"该行超过 {limits.MAX_LINE // 1_000_000} MB",
            )
        else:
            what = what_zh = f"{error.msg} (column {error.colno})"
        return CatalogError(
            Text(
                f"this line is not valid JSON: {what}; one object per line was expected",
                f"该行不是有效的 JSON：{what_zh}；每行应为一个对象",
            ),
            file=self.shown,
            record=number,
            line=line,
        )

    def _of_document(self) -> Iterator[JsonRecord]:
        import orjson

        if self.size() > limits.MAX_JSON:
            raise CatalogError(
                Text(
                    "the file is too large to be read as one document; save it as JSON lines (.jsonl)",
                    "文件过大，无法作为单个文档读取；请另存为 JSON Lines（.jsonl）",
                ),
                file=self.shown,
            )
        try:
            text = self.path.read_text(encoding=self.encoding).lstrip("\ufeff")
        except UnicodeDecodeError:
            raise undecodable(self.path, self.shown, self.encoding) from None
        try:
            document = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            raise CatalogError(
                Text(
                    f"this is not valid JSON: {error.msg} (column {error.colno})",
                    f"不是有效的 JSON：{error.msg}（第 {error.colno} 列）",
                ),
                file=self.shown,
                line=error.lineno,
            ) from None
        for number, values in enumerate(self._objects(document), 1):
            if not isinstance(values, dict):
                raise CatalogError(
                    Text(
                        f"an object was expected for each listing, not {_kind(values)}",
                        f"每条商品应为一个对象，而不是 {_kind(values)}",
                    ),
                    file=self.shown,
                    record=number,
                )
            yield JsonRecord(number, None, values)

    def _objects(self, document: Any) -> list[Any]:
        if isinstance(document, list):
            return document
        if isinstance(document, dict):
            for key in CONTAINERS:
                if isinstance(document.get(key), list):
                    return list(document[key])
            return [document]
        raise CatalogError(
            Text(f"an array of objects was expected, not {_kind(document)}", f"应为对象数组，而不是 {_kind(document)}"),
            file=self.shown,
        )


def _kind(value: Any) -> str:
    kinds = {list: "an array", dict: "an object", str: "a text", bool: "true/false", type(None): "null"}
    return kinds.get(type(value), "a number")


def _sample(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _joined(value: Any) -> str | None:
    if value is None:
        return None
    return (", ".join(map(str, value)) if isinstance(value, list) else str(value)) or None
