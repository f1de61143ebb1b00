"""Reads prices as people write them: one price, a range, tiers by quantity, in any currency notation."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d+(?:[.,]\d+)?"
_CURRENCY = r"(?:US|HK|NT|CA|AU|C|A|S|R)?\s?[$€£¥￥₹₩₱฿₽]|\b(?:USD|EUR|GBP|RMB|CNY|JPY|INR|AUD|CAD|HKD|SGD|MYR|THB|IDR|VND|PHP|KRW|BRL|MXN|RUB|TRY|AED|ZAR|Rs\.?|RM)"
_MONEY = rf"(?:{_CURRENCY})?\s*({_NUMBER})(?:\s?(?:{_CURRENCY}))?"
_QUANTITY = r"\d{1,3}(?:[,.]\d{3})+|\d+"
_UNIT = r"(?:\s?(?:pcs?|pieces?|sets?|units?|pairs?|kgs?|tons?|tonnes?|boxes|bags|rolls|meters|metres|件|个|套|台))?"
_TIER = re.compile(
    rf"(?P<sign>>=|≥|>|<=|≤|<|from\s)?\s*(?P<low>{_QUANTITY}){_UNIT}\s*(?:(?P<plus>\+|and (?:more|up|above)|or more|以上)|(?:-|–|—|~|to)\s*(?P<high>{_QUANTITY}){_UNIT})?{_UNIT}"
    rf"\s*(?::|：|=>|=|@|\|)\s*{_MONEY}(?:\s*(?:/|per)\s*[A-Za-z]+)?",
    re.I,
)
_PLAIN = re.compile(_MONEY, re.I)
_MOST = 2_000


class Tier(NamedTuple):
    """A price from `low` to `high` pieces (None: any number more); `start` and `end` are its place in the text."""

    low: int
    high: int | None
    price: float
    start: int
    end: int


def number(text: str) -> float:
    """The value of a number with thousands and decimals in either notation (`1,234.50`, `1.234.567,5`, `4,5`)."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?", text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text.replace(",", "."))


def read_tiers(text: str) -> list[Tier]:
    """The tiers of a price text, in the order in which they stand; empty where it has none."""
    out = []
    for match in _TIER.finditer(text[:_MOST]):
        low = int(re.sub(r"[,.]", "", match["low"]))
        high = int(re.sub(r"[,.]", "", match["high"])) if match["high"] else None
        sign = (match["sign"] or "").strip()
        if high is None and not match["plus"] and not sign:
            high = low
        if sign in ("<", "<=", "≤"):
            low, high = 1, low
        try:
            price = number(match[match.lastindex or 0])
        except ValueError:
            continue
        start, end = match.span()
        lead = len(match[0]) - len(match[0].lstrip())
        out.append(Tier(low, high, price, start + lead, end - len(match[0]) + len(match[0].rstrip())))
    return out


def read_prices(text: str) -> list[float]:
    """All amounts of a price text without tiers: one, or the two ends of a range."""
    found = []
    for match in _PLAIN.finditer(text[:_MOST]):
        try:
            found.append(number(match[1]))
        except ValueError:
            continue
    return found
