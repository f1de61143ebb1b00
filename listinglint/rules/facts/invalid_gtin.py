"""invalid-gtin: a GTIN of the wrong length or with a wrong check digit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from listinglint.model import Text
from listinglint.model.patterns import lazy_pattern
from listinglint.rules.analysis import AnalysedListing
from listinglint.rules.rule import Bad, FalseAlarm, Good, Hit, Options, Rule

_LENGTHS = (8, 12, 13, 14)
_PIECE = lazy_pattern(r"[^,;|\n]+")
_SCIENTIFIC = lazy_pattern(r"\d(?:[.,]\d+)?E\+?\d+\Z", re.I)
_NONE = frozenset({"does not apply", "not applicable", "na", "n/a", "none", "exempt", "gtin exempt", "no barcode", "no"})


def check_digit(digits: str) -> int:
    """The check digit that belongs to a GTIN's other digits (GS1 General Specifications, modulo 10, weights 3 and 1)."""
    return -sum(int(d) * (3 if at % 2 == 0 else 1) for at, d in enumerate(reversed(digits))) % 10


def _fault(text: str) -> tuple[str, dict[str, Any]] | None:
    if _SCIENTIFIC.match(text):
        return "scientific", {}
    digits = re.sub(r"[\s-]", "", text)
    if re.fullmatch(r"\d{9}[\dXx]", digits) and not digits.isdigit():
        return "isbn10", {}
    if not digits.isascii() or not digits.isdigit():
        return "letters", {}
    if len(digits) not in _LENGTHS:
        padded = next((digits.zfill(n) for n in _LENGTHS if n > len(digits) and _sound(digits.zfill(n))), None)
        if padded is not None and len(padded) - len(digits) <= 2:
            return "zeros", {"length": len(digits), "padded": padded}
        return "length", {"length": len(digits)}
    if not digits.strip("0"):
        return "length", {"length": len(digits)}
    if not _sound(digits):
        return "digit", {"right": check_digit(digits[:-1]), "digit": digits[-1]}
    return None


def _sound(digits: str) -> bool:
    return check_digit(digits[:-1]) == int(digits[-1])


def check(doc: AnalysedListing, options: Options) -> Iterator[Hit]:
    """One hit on each code that is no GTIN."""
    for part in doc.parts("gtin"):
        if part.blank:
            continue
        for piece in _PIECE.finditer(part.raw):
            text = piece[0].strip().lstrip("'")
            if not text or text.lower() in _NONE:
                continue
            found = _fault(text)
            if found is not None:
                start = piece.start() + piece[0].index(text)
                yield part.hit(start, start + len(text), found[0], **found[1])


RULE = Rule(
    name="invalid-gtin",
    group="facts",
    severity="error",
    summary=Text("The GTIN has a wrong length or check digit", "商品条码长度或校验位错误"),
    messages={
        "length": Text("“{text}” has {length} digits; a GTIN has 8, 12, 13 or 14", "“{text}”有 {length} 位；GTIN 应为 8、12、13 或 14 位"),
        "zeros": Text(
            "“{text}” has {length} digits; a spreadsheet ate a leading zero, the code is {padded}",
            "“{text}”只有 {length} 位；表格软件去掉了前导零，正确的条码是 {padded}",
        ),
        "digit": Text("“{text}” has the check digit {digit} where {right} belongs; compare it with the barcode", "“{text}”的校验位是 {digit}，应为 {right}；请与条码核对"),
        "scientific": Text(
            "“{text}” is a number that the spreadsheet shortened; format the column as text and enter the code again",
            "“{text}”被表格软件变成了科学计数法；请把该列设为文本格式后重新输入条码",
        ),
        "letters": Text("“{text}” holds more than digits; a GTIN has digits only", "“{text}”含有数字以外的字符；GTIN 只能由数字组成"),
        "isbn10": Text("“{text}” is an ISBN-10; give the ISBN-13, which is a GTIN", "“{text}”是 ISBN-10；请填写 ISBN-13，它才是 GTIN"),
    },
    page=Text(
        "Checks that a GTIN (EAN, UPC, ISBN-13) has 8, 12, 13 or 14 digits and the check digit that belongs to them, and names the usual "
        "causes: a leading zero that a spreadsheet dropped, a number turned into scientific notation, a slip of the keys. Marketplaces "
        "match offers by GTIN and refuse wrong ones. Format the column as text and copy the code from the barcode.",
        "检查 GTIN（EAN、UPC、ISBN-13）是否为 8、12、13 或 14 位且校验位正确，并指出常见原因：前导零被表格去掉、被转成科学计数法、输入错误。"
        "平台按 GTIN 匹配商品，错误的条码会被拒收。请把该列设为文本格式并按条码重新填写。",
    ),
    check=check,
    fields=("gtin",),
    examples=(
        Good("Stapler", gtin="5901234123457"),
        Good("Stapler", gtin="036000291452"),
        Good("Stapler", gtin="96385074"),
        Bad("Stapler", gtin="5901234123456"),
        Bad("Stapler", gtin="36000291452"),
        Bad("Stapler", gtin="5.90123E+12"),
        Bad("Stapler", gtin="59012341234"),
        Bad("Stapler", gtin="B00AUIQKHO"),
        FalseAlarm("Stapler", gtin="", why=Text("an empty code is no wrong code", "空白不算错误条码")),
        FalseAlarm("Stapler", gtin="590-1234-123457", why=Text("hyphens only group the digits", "连字符只是分组")),
    ),
)  # fmt: skip
