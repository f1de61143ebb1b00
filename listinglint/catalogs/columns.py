"""Says which column of a table is which field of a listing: by name, by alias, and never by a guess that may be wrong."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any, Literal

from listinglint.catalogs.errors import CatalogError
from listinglint.lexicons import table
from listinglint.model import FIELDS, Text
from listinglint.model.listing import UnknownField, field_names

MULTIPLE = frozenset({"keywords", "highlights", "images", "certifications", "attributes"})
"""Fields that several columns may feed."""

IGNORE = "lint-ignore"
UNUSED = "-"
"""In the place of a field: columns that are not to be read, whatever their headers say."""
_BILINGUAL = frozenset(
    {"title", "keywords", "brief", "description", "category", "attributes", "highlights", "subtitle", "brand",
     "seo_title", "meta_description", "certifications"}
)  # fmt: skip
_SURE, _NEAR = 91, 78
_SHORTEST = 5
_SAMPLES, _SAMPLE_LENGTH = 3, 120
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_MARKER_ZH = re.compile(r"\b(?:chinese|zh|cn|zh cn|chs|zh hans)\b|中文|汉语|漢語")
_MARKER_EN = re.compile(r"\b(?:english|en|eng|en us|en gb)\b|英文|英语|英語")
_PART = re.compile(r"^(.*?[^\d\s])\s*(?:no\s*|第)?(\d{1,2}|[一二三四五六七八九十])$")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")

Language = Literal["en", "zh"]


@dataclass(frozen=True)
class ColumnMapping:
    """Which columns feed which field.

    `fields` maps a field to column indices (from 0) in the order of its parts, `ignore` is the column of rules to
    pass over, `unknown` lists the headers that are no field, and `notes` says what was decided and why. `samples` has the
    first texts under each header.
    """

    headers: tuple[str, ...]
    fields: Mapping[str, tuple[int, ...]]
    ignore: int | None = None
    unknown: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def letters(self) -> dict[str, tuple[str, ...]]:
        """Fields to the letters of their columns, as a spreadsheet shows them."""
        return {name: tuple(column_letter(at) for at in places) for name, places in self.fields.items()}

    def names(self) -> dict[str, list[str]]:
        """Fields to the texts of their headers."""
        return {name: [self.headers[at] for at in places] for name, places in self.fields.items()}


@dataclass(frozen=True)
class _Header:
    at: int
    text: str
    field: str
    rank: int
    alias: str
    part: int | None
    language: Language | None
    marked: bool


def column_letter(index: int) -> str:
    """The letters of a column counted from 0: 0 is `A`, 26 is `AA`."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = string.ascii_uppercase[rest] + letters
    return letters


def column_index(letters: str) -> int | None:
    """The index (from 0) of a column's letters, or None where the text is no such letters."""
    if not re.fullmatch(r"[A-Za-z]{1,3}", letters):
        return None
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def match_columns(
    headers: Sequence[str],
    sample_rows: Sequence[Sequence[Any]] = (),
    *,
    columns: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, list[str]]:
    """Fields to the headers that feed them, in the order of their parts.

    `sample_rows` are a few rows under the header (texts by column); they tell Chinese columns from English ones.
    `columns` are fields to headers (or column letters) that win over everything found.
    Raises CatalogError for a header in `columns` that is not there.
    """
    return map_columns(headers, sample_rows, columns=columns).names()


def map_columns(
    headers: Sequence[str],
    sample_rows: Sequence[Sequence[Any]] = (),
    *,
    columns: Mapping[str, Sequence[str]] | None = None,
    file: str | None = None,
    sheet: str | None = None,
) -> ColumnMapping:
    """As `match_columns`, with the columns' places, what was left over and the notes. `file`, `sheet` are for errors."""
    texts = tuple(str(header).strip() for header in headers)
    asked = resolve_asked(texts, columns or {}, file, sheet)
    taken = {at for places in asked.values() for at in places}
    known = [one for at, text in enumerate(texts) if at not in taken and (one := _recognise(at, text)) is not None]
    notes: list[Text] = []
    fields: dict[str, tuple[int, ...]] = {}
    ignore = asked.pop(IGNORE, (None,))[0]
    unused = asked.pop(UNUSED, ())
    for name in FIELDS:
        if name in asked:
            fields[name] = asked[name]
            continue
        candidates = [one for one in known if one.field == name]
        if candidates:
            fields[name] = _choose(name, candidates, sample_rows, notes)
    ignores = [one.at for one in known if one.field == IGNORE]
    if ignore is None and ignores:
        ignore = ignores[0]
    seen = taken | {one.at for one in known}
    rest = [at for at, text in enumerate(texts) if at not in seen and text]
    unknown = [*(texts[at] for at in unused if texts[at]), *_by_similarity(texts, rest, fields, notes)]
    return ColumnMapping(texts, fields, ignore, tuple(unknown), tuple(notes), _samples(texts, sample_rows))


def _samples(texts: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for at, text in enumerate(texts):
        filled = (str(row[at]).strip()[:_SAMPLE_LENGTH] for row in rows if _filled(row, at))
        out.setdefault(text, tuple(islice(filled, _SAMPLES)))
    return out


def resolve_asked(
    texts: Sequence[str], columns: Mapping[str, Sequence[str]], file: str | None, sheet: str | None
) -> dict[str, tuple[int, ...]]:
    """The places of the columns that `--columns` names, by header or by letter; CatalogError for one that is not there."""
    out: dict[str, tuple[int, ...]] = {}
    for key, wanted in columns.items():
        try:
            name = key if key in (IGNORE, UNUSED) else field_names([key.replace("-", "_")])[0]
        except UnknownField as error:
            message = f"--columns {key}=…: {error.message.en}"
            raise CatalogError(
                Text(message, f"--columns {key}=…：没有名为“{key}”的字段；可用字段：{', '.join(FIELDS)}"), file=file
            ) from None
        names = [wanted] if isinstance(wanted, str) else wanted
        out[name] = tuple(_place_of(texts, one, name, file, sheet) for one in names)
    return out


def _place_of(texts: Sequence[str], wanted: str, name: str, file: str | None, sheet: str | None) -> int:
    for at, text in enumerate(texts):
        if text == wanted.strip():
            return at
    folded = normalise(wanted)
    for at, text in enumerate(texts):
        if folded and normalise(text) == folded:
            return at
    index = column_index(wanted)
    if index is not None and index < len(texts):
        return index
    from rapidfuzz import fuzz, process

    shown = [text for text in texts if text]
    near = process.extractOne(wanted, shown, scorer=fuzz.WRatio) if shown else None
    hint = f"; did you mean {near[0]!r}?" if near else ""
    hint_zh = f"；您是否想用“{near[0]}”？" if near else ""
    raise CatalogError(
        Text(
            f"there is no column {wanted!r} for {name}{hint} The columns are: {list_headers(shown)}",
            f"没有“{wanted}”这一列（用于 {name}）{hint_zh}现有的列：{list_headers(shown)}",
        ),
        file=file,
        sheet=sheet,
    )


def list_headers(headers: Sequence[str]) -> str:
    """Headers for a message, at most 30 of them, long ones cut."""
    shown = [text if len(text) <= 40 else text[:39] + "…" for text in headers if text][:30]
    return ", ".join(shown) + (", …" if len(headers) > 30 else "") if shown else "-"


@cache
def _aliases() -> dict[str, tuple[str, int, Language]]:
    """Normalised headers to their field, their rank in the table (low is better) and their language."""
    found: dict[str, tuple[str, int, Language]] = {}
    for rank, row in enumerate(table("columns")):
        language: Language = "zh" if row["language"] == "zh" else "en"
        found.setdefault(normalise(row["header"]), (row["field"], rank, language))
    return found


@cache
def normalise(header: str) -> str:
    """A header without case, width, punctuation and doubled spaces: `Product_Name*` is `product name`."""
    text = unicodedata.normalize("NFKC", header).replace("\ufeff", "")
    text = _CAMEL.sub(" ", text).casefold()
    text = "".join(one if one.isalnum() else " " for one in text)
    return " ".join(text.split())


def recognised(header: str) -> str | None:
    """The field that a header names exactly or by alias (`lint-ignore` among them), or None."""
    found = _recognise(0, header)
    return found.field if found else None


def _recognise(at: int, text: str) -> _Header | None:
    if not text or len(text) > 120:
        return None
    language: Language | None = None
    for form in _forms(text):
        plain, marked = _without_marker(form)
        for candidate in (form, plain):
            for base, part in _bases(candidate):
                known = _aliases().get(base)
                if known is None:
                    continue
                language = marked or ("zh" if known[2] == "zh" and not _LATIN.search(text) else None)
                return _Header(at, text, known[0], known[1], base, part, language, marked is not None)
    return None


def _forms(text: str) -> list[str]:
    """The header as it stands, without what is in brackets, and (for `标题 Title`) its parts in one script."""
    forms = [normalise(text)]
    bare = normalise(_BRACKETS.sub(" ", text))
    marked = " ".join(
        m
        for m in ("chinese" if _MARKER_ZH.search(forms[0]) else "", "english" if _MARKER_EN.search(forms[0]) else "")
        if m
    )
    if bare and bare != forms[0]:
        forms.append(
            f"{bare} {marked}" if marked and not _MARKER_ZH.search(bare) and not _MARKER_EN.search(bare) else bare
        )
    if _HAN.search(forms[0]) and _LATIN.search(forms[0]):
        latin = " ".join(_HAN.sub(" ", bare or forms[0]).split())
        forms.extend(one for one in (latin,) if len(latin) > 2)
    for part in re.split(r"[/\n|]", text)[:3]:
        one = normalise(part)
        if one and one not in forms:
            forms.append(one)
    return forms


def _without_marker(form: str) -> tuple[str, Language | None]:
    for pattern, language in ((_MARKER_ZH, "zh"), (_MARKER_EN, "en")):
        if pattern.search(form):
            return " ".join(pattern.sub(" ", form).split()), language  # type: ignore[return-value]
    return form, None


def _bases(form: str) -> list[tuple[str, int | None]]:
    bases: list[tuple[str, int | None]] = [(form, None)]
    if found := _PART.match(form):
        number = _NUMERALS.get(found[2]) or int(found[2])
        bases.append((found[1].strip(), number))
    words = form.split()
    # `image 2 url`, `bullet 3 text`: the number stands inside.
    for at, word in enumerate(words[1:], 1):
        if word.isdecimal() and len(word) <= 2:
            bases.append((" ".join(words[:at] + words[at + 1 :]), int(word)))
    return bases


def _share_of_han(at: int, rows: Sequence[Sequence[Any]]) -> float | None:
    """The share of Chinese characters among the letters of a column's sample; None where it holds no letters."""
    text = " ".join(str(row[at]) for row in rows if at < len(row) and row[at] is not None)[:20_000]
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    # A Chinese character says as much as a few letters do.
    return 3 * han / (3 * han + latin) if han or latin else None


def _language(one: _Header, rows: Sequence[Sequence[Any]]) -> Language | None:
    share = _share_of_han(one.at, rows)
    if share is not None:
        return "zh" if share > 0.5 else "en"
    # An empty column is in no language, unless its header says so.
    return one.language if one.marked or not rows else None


def _filled(row: Sequence[Any], at: int) -> bool:
    return at < len(row) and row[at] is not None and bool(str(row[at]).strip())


def _choose(name: str, found: list[_Header], rows: Sequence[Sequence[Any]], notes: list[Text]) -> tuple[int, ...]:
    """The columns that feed a field, out of all whose headers name it."""
    if len(found) > 1 and name in _BILINGUAL:
        languages = {one.at: _language(one, rows) for one in found}
        chinese = [one for one in found if languages[one.at] == "zh"]
        others = [one for one in found if languages[one.at] != "zh"]
        if chinese and others:
            found = others
            kept, left = _names(others, [*others, *chinese]), _names(chinese, [*others, *chinese])
            notes.append(
                Text(
                    f"{name}: English and Chinese columns stand side by side; {kept} is read, {left} is not",
                    f"{name}：中英文两列并存；读取 {kept}，不读取 {left}",
                )
            )
    empty = {one.at: bool(rows) and not any(_filled(row, one.at) for row in rows) for one in found}
    best = min(
        found,
        key=lambda one: (empty[one.at], one.part is not None and name not in MULTIPLE, one.rank, one.part or 0, one.at),
    )
    if name in MULTIPLE:
        chosen = [one for one in found if _same_series(name, one, best)]
        chosen.sort(key=lambda one: (one.part or 0, one.rank, one.at))
    else:
        chosen = [best]
    left_out = [one for one in found if one not in chosen]
    if left_out:
        kept, left = _names(chosen, found), _names(left_out, found)
        notes.append(
            Text(
                f"{name}: several columns look like it; {kept} is read, {left} is not (--columns {name}=HEADER chooses another)",
                f"{name}：有多列都像该字段；读取 {kept}，不读取 {left}（可用 --columns {name}=列名 另选）",
            )
        )
    return tuple(one.at for one in chosen)


def _same_series(name: str, one: _Header, best: _Header) -> bool:
    """Columns that together are one field: one header several times, numbered, or (images) a main and additional ones."""
    if name == "images":
        return True
    singular = one.alias.removesuffix("s") == best.alias.removesuffix("s")
    return singular or (one.part is not None and best.part is not None and name != "attributes")


def _names(found: Sequence[_Header], among: Sequence[_Header]) -> str:
    """The headers for a note, with their columns' letters where two bear one name."""
    texts = [one.text for one in among]
    return ", ".join(
        f"{one.text!r} ({column_letter(one.at)})" if texts.count(one.text) > 1 else repr(one.text) for one in found
    )


def _by_similarity(
    texts: Sequence[str], rest: Sequence[int], fields: dict[str, tuple[int, ...]], notes: list[Text]
) -> list[str]:
    """Takes headers that are an alias but for a slip of the pen; notes those that only look like one."""
    from rapidfuzz import fuzz, process

    unknown: list[str] = []
    choices = [alias for alias in _aliases() if len(alias) >= _SHORTEST and alias.isascii()]
    for at in rest:
        text = normalise(texts[at])
        near = None
        if len(text) >= _SHORTEST and len(text) <= 60:
            near = process.extractOne(text, choices, scorer=fuzz.ratio, score_cutoff=_NEAR)
        name = _aliases()[near[0]][0] if near else None
        if near is None or name is None or name in fields or name == IGNORE:
            unknown.append(texts[at])
        elif near[1] >= _SURE:
            fields[name] = (at,)
            notes.append(
                Text(
                    f"{name}: read from {texts[at]!r}, which is nearly {near[0]!r}",
                    f"{name}：读取“{texts[at]}”，与“{near[0]}”几乎相同",
                )
            )
        else:
            unknown.append(texts[at])
            notes.append(
                Text(
                    f"column {texts[at]!r} looks like {name}; use --columns {name}={_quoted(texts[at])} if it is",
                    f"“{texts[at]}”列像是 {name}；如果是，请用 --columns {name}={_quoted(texts[at])}",
                )
            )
    return unknown


def _quoted(text: str) -> str:
    return f'"{text}"' if re.search(r"[\s,]", text) else text
