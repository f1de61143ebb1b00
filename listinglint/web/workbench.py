"""The engine, warm and ready: linters and suggesters per settings, kept for the next request."""

from __future__ import annotations

import dataclasses
import datetime
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from listinglint.config import Selection, Settings
from listinglint.engine import Linter
from listinglint.marketplaces import Marketplace, MarketplaceError, marketplace, names
from listinglint.model import Listing, Text
from listinglint.rules.registry import load
from listinglint.rules.rule import Rule
from listinglint.web.problems import Problem

if TYPE_CHECKING:
    from listinglint.suggestions import Suggester

_MOST: Final = 32
_SAMPLE: Final = {
    "id": "1", "title": "Stainless Steel Kitchen Faucet with Pull-Out Spray", "keywords": "kitchen faucet, kitchen tap, sink mixer", "brief": "Faucet with a spray",
    "description": "This kitchen faucet of stainless steel has a spray that is pulled out, and turns by 360°. Height 42 cm. CE.", "brand": "", "model": "", "price": "US$ 32.50",
    "category": "Home > Kitchen", "attributes": "Material: Stainless Steel", "certifications": "CE", "moq": "10 pieces", "gtin": "", "updated": "2026-01-01", "images": "",
}  # fmt: skip
_DAY: Final = Text("a date such as 2026-11-25 was expected", "应为日期，例如 2026-11-25")

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """The most recently used values by key, so many at most; for any number of threads."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key, made where there is none."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        made = make()
        with self._lock:
            self._values[key] = made
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return made


class Workbench:
    """Makes settings of what a request asks for on top of the server's own, and keeps the linters made for them."""

    def __init__(self, base: Settings) -> None:
        self.base = base
        self.own: Marketplace = marketplace(base.marketplace)
        self._linters: Recent[Linter] = Recent()
        self._suggesters: Recent[Suggester] = Recent()

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """All rules that the server knows, those of its configuration among them."""
        return load(self.base)

    @property
    def marketplaces(self) -> list[str]:
        """The names that a request may use; the server's own marketplace is the only file that can be meant."""
        known = names()
        return known if self.own.name in known else [self.own.name, *known]

    def marketplace(self, name: str) -> Marketplace:
        """The marketplace of a name that came with a request. Raises MarketplaceError, never reads a file."""
        if name == self.own.name:
            return self.own
        if name.endswith(".toml"):
            raise MarketplaceError(
                Text(
                    f"unknown marketplace {name!r} (known: {', '.join(self.marketplaces)})", f"没有平台“{name}”（可用：{'、'.join(self.marketplaces)}）"
                )
            )
        return marketplace(name)

    def settings(self, asked: Mapping[str, Any], lang: str) -> Settings:
        """The server's settings with those of a request: selectors are added, other values win. Raises what `marketplace` does, and Problem."""
        changes: dict[str, Any] = {"lang": lang}
        place = asked.get("marketplace")
        if place is not None:
            self.marketplace(place)
            place = self.base.marketplace if place == self.own.name else place
        if asked.get("region"):
            changes["seller"] = dataclasses.replace(self.base.seller, region=asked["region"])
        # A linter of yesterday would judge by yesterday's limits.
        changes["date"] = _day(asked.get("date")) or self.base.date or datetime.date.today()
        return self.base.asked(Selection(tuple(asked.get("select", ())), tuple(asked.get("ignore", ()))), place).replace(**changes)

    def linter(self, settings: Settings) -> Linter:
        """The linter for settings made by `settings`."""
        return self._linters.get(_key(settings), lambda: Linter(settings))

    def suggester(self, settings: Settings) -> Suggester:
        """The suggester for settings made by `settings`."""
        from listinglint.suggestions import Suggester

        return self._suggesters.get(_key(settings), lambda: Suggester(settings))

    def warm(self) -> None:
        """Loads all that the first keystroke would otherwise wait for."""
        listing = Listing.of(_SAMPLE)
        for lang in ("en", "zh"):
            linter = self.linter(self.settings({}, lang))
            linter.advise(linter.lint(listing))
        self.suggester(self.settings({}, self.base.lang)).suggest(listing)


def _key(settings: Settings) -> Hashable:
    return settings.marketplace, settings.lang, settings.date, settings.selections, tuple(one.marketplace for one in settings.overrides), settings.seller.region


def _day(text: str | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Problem("invalid-value", _DAY, errors=[("/date", _DAY)]) from None
