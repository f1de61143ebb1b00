"""Reads prices and quantities as people write them: one price, a range, tiers by quantity, a minimum order, in any currency notation."""

from __future__ import annotations

import re
from typing import NamedTuple

from listinglint.model.patterns import lazy_pattern

_NUMBER = r"\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d{1,15}(?:[.,]\d{1,9})?"
_CURRENCY = r"(?:(?:US|HK|NT|CA|AU|C|A|S|R)?\s?[$€£¥￥₹₩₱฿₽]|\b(?:USD|EUR|GBP|RMB|CNY|JPY|INR|AUD|CAD|HKD|SGD|MYR|THB|IDR|VND|PHP|KRW|BRL|MXN|RUB|TRY|AED|ZAR|Rs\.?|RM)(?![A-Za-z]))"
_MONEY = rf"(?:{_CURRENCY})?\s{{0,4}}(?P<price>{_NUMBER})(?:\s?{_CURRENCY})?"
_QUANTITY = r"\d{1,3}(?:[,.]\d{3})+(?![\d.,]\d)|\d{1,12}(?![.,]\d)"
_UNIT = r"(?:\s?(?:pcs?|pieces?|sets?|units?|pairs?|kgs?|kilograms?|tons?|tonnes?|boxes|box|bags?|rolls?|meters?|metres?|sheets?|cartons?|dozens?|packs?|sq\.?\s?m|件|个|套|台|箱|对|双)(?![A-Za-z]))?"
_PER = r"(?:\s{0,4}(?:/|per)\s{0,4}[A-Za-z]{1,12})?"
_RANGE = (
    rf"(?P<sign>>=|≥|>|<=|≤|<|from\s|over\s|under\s|up\sto\s)?\s{{0,4}}(?P<low>{_QUANTITY}){_UNIT}"
    rf"\s{{0,4}}(?:(?P<plus>\+|and\s(?:more|up|above|over)|or\smore|以上)|(?:-|–|—|~|to\b|至)\s{{0,4}}(?:(?P<high>{_QUANTITY})|(?=[:：=@|])){_UNIT})?{_UNIT}"
)
_TIER = lazy_pattern(rf"(?<![\d.,$€£¥￥₹]){_RANGE}\s{{0,4}}(?::|：|=>|=|@|\||/(?=\s{{0,4}}{_CURRENCY})|(?={_CURRENCY}))\s{{0,4}}{_MONEY}{_PER}", re.I)
_PRICE_FIRST = lazy_pattern(rf"(?:{_CURRENCY})\s{{0,4}}(?P<price>{_NUMBER}){_PER}\s{{0,4}}(?:[(（\[]|for\b|from\b|at\b|@)\s{{0,4}}{_RANGE}\s{{0,4}}[)）\]]?", re.I)
_OBJECT = lazy_pattern(r"\{[^{}]{1,300}\}")
_MEMBER = lazy_pattern(r"""["']([A-Za-z_ ]{1,30})["']\s*(?::|=>)\s*["']?([^"',}]{1,40})""")
_FROM_KEYS = frozenset({"min", "from", "minqty", "minquantity", "startquantity", "quantity", "qty", "begin", "minorder", "minimum", "low", "start"})
_TO_KEYS = frozenset({"max", "to", "maxqty", "maxquantity", "endquantity", "end", "maximum", "high"})
_PLAIN = lazy_pattern(_MONEY, re.I)
_MOST = 2_000
_COUNT = lazy_pattern(rf"(?:\A(-)\s?|(?<![\d.,]))({_NUMBER})(?:\s?([A-Za-z\u4e00-\u9fff]{{1,20}}))?")
_COUNT_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12, "twenty": 20, "fifty": 50}


class Tier(NamedTuple):
    """A price from `low` to `high` pieces (None: any number more); `start` and `end` are its place in the text."""

    low: int
    high: int | None
    price: float
    start: int
    end: int


class Quantity(NamedTuple):
    """A number of goods with the word that follows it (may be empty)."""

    value: float
    unit: str


def number(text: str) -> float:
    """The value of a number with thousands and decimals in any notation (`1,234.50`, `1.234,50`, `1,20,000`, `4,5`)."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?", text):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}", text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text.replace(",", "."))


def _is_plain(text: str) -> bool:
    """True for one number in plain notation, which most prices are."""
    return len(text) < 20 and text.isascii() and text.strip().replace(".", "", 1).isdigit()


def read_tiers(text: str) -> list[Tier]:
    """The tiers of a price text, in the order in which they stand; empty where it has none.

    Forms: `1-99: $5.00; 100+: $4.50`, `100 - 999 Pieces US$2.10`, `≥500 pcs @ 0.80`, `$2.10 (100-999 pcs)`, JSON objects
    with a least quantity and a price. A lone quantity (`100: 5`) is a tier of that quantity.
    """
    text = text[:_MOST]
    if _is_plain(text):
        return []
    if "{" in text:
        found = _objects(text)
        if found:
            return found
    out = [tier for match in _TIER.finditer(text) if (tier := _tier(match)) is not None]
    return out or [tier for match in _PRICE_FIRST.finditer(text) if (tier := _tier(match)) is not None]


def _tier(match: re.Match[str]) -> Tier | None:
    low = int(re.sub(r"[,.]", "", match["low"]))
    high = int(re.sub(r"[,.]", "", match["high"])) if match["high"] else None
    sign = (match["sign"] or "").strip().lower()
    open_end = match["plus"] or (match["high"] is None and re.search(r"[-–—~]\s*[:：=@|]", match[0]) is not None)
    if high is None and not open_end and not sign:
        high = low
    if sign in ("<=", "≤", "up to"):
        low, high = 1, low
    elif sign in ("<", "under"):
        low, high = 1, low - 1
    elif sign in (">", "over"):
        low += 1
    start, end = match.span()
    lead = len(match[0]) - len(match[0].lstrip())
    return Tier(low, high, number(match["price"]), start + lead, end - len(match[0]) + len(match[0].rstrip()))


def _objects(text: str) -> list[Tier]:
    out = []
    for match in _OBJECT.finditer(text):
        members = {re.sub(r"[_ ]", "", key.lower()): value.strip() for key, value in _MEMBER.findall(match[0])}
        low = next((members[key] for key in members if key in _FROM_KEYS and members[key].isdigit()), None)
        high = next((members[key] for key in members if key in _TO_KEYS and members[key].isdigit()), None)
        price = next((_PLAIN.search(value) for key, value in members.items() if "price" in key), None)
        if low is not None and price is not None:
            out.append(Tier(int(low[:15]), int(high[:15]) if high else None, number(price["price"]), *match.span()))
    return out


def read_prices(text: str) -> list[float]:
    """All amounts of a price text without tiers: one, or the two ends of a range."""
    if _is_plain(text):
        return [float(text)]
    return [number(match["price"]) for match in _PLAIN.finditer(text[:_MOST])]


def read_quantity(text: str) -> Quantity | None:
    """The quantity of a minimum order (`500 pieces`, `10 Sets (Min. order)`, `≥ 1,000 pcs`, `one piece`); None where the text names none."""
    if len(text) < 16 and text.isascii() and text.isdigit():
        return Quantity(float(text), "")
    match = _COUNT.search(text[:_MOST].lstrip())
    if match is not None:
        value = number(match[2])
        return Quantity(-value if match[1] else value, (match[3] or "").lower())
    words = re.findall(r"[a-z]{3,8}", text[:200].lower())
    for at, word in enumerate(words):
        if word in _COUNT_WORDS:
            return Quantity(float(_COUNT_WORDS[word]), words[at + 1] if at + 1 < len(words) else "")
    return None
