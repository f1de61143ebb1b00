"""Which overrides of the settings hold for a listing, and what is made for each combination of them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final, Generic, TypeVar

from listinglint.config import Override, Settings
from listinglint.model import Listing
from listinglint.rules.categories import path_of

_REMEMBERED: Final = 8_192
Made = TypeVar("Made")


class Overrides(Generic[Made]):
    """What holds for each listing: `base` where no override fits, else what `make` makes of the settings with those that fit.

    One is made for each combination that occurs, and kept.
    """

    def __init__(self, settings: Settings, base: Made, make: Callable[[Settings], Made]) -> None:
        self._settings = settings
        self._tests = [_Test(override) for override in settings.overrides]
        self._make = make
        self._made: dict[tuple[int, ...], Made] = {(): base}
        self._fitting = lru_cache(maxsize=_REMEMBERED)(self._find)

    def make_each(self) -> None:
        """Makes what holds under each override alone, so that one that cannot be used is found before any listing is read."""
        for at in range(len(self._tests)):
            self._of((at,))

    @property
    def made(self) -> tuple[Made, ...]:
        """All that was made so far, the base first."""
        return tuple(self._made.values())

    def of(self, listing: Listing) -> Made:
        """What holds for this listing."""
        source = listing.source
        return self._of(self._fitting(source.source if source is not None else None, listing.parts("category")))

    def _of(self, fitting: tuple[int, ...]) -> Made:
        made = self._made.get(fitting)
        if made is None:
            made = self._made[fitting] = self._make(with_overrides(self._settings, fitting))
        return made

    def fitting(self, file: str | None, categories: tuple[str, ...] = ()) -> tuple[int, ...]:
        """The numbers (from 0) of the overrides that hold for a listing of this file with these categories."""
        return self._fitting(file, categories)

    def _find(self, file: str | None, categories: tuple[str, ...]) -> tuple[int, ...]:
        levels = [tuple(level.casefold() for level in path_of(category)) for category in categories]
        marketplace = self._settings.marketplace
        found = []
        for at, test in enumerate(self._tests):
            if test.fits(file, levels, marketplace):
                found.append(at)
                marketplace = test.override.marketplace or marketplace
        return tuple(found)


def with_overrides(settings: Settings, fitting: tuple[int, ...]) -> Settings:
    """The settings with these of their overrides applied, the later over the earlier, and with none left."""
    out = settings
    for at in fitting:
        out = out.overridden(settings.overrides[at])
    return out.replace(overrides=())


class _Test:
    """The conditions of one override."""

    def __init__(self, override: Override) -> None:
        from pathspec import GitIgnoreSpec

        self.override = override
        self._files = GitIgnoreSpec.from_lines(override.files) if override.files else None
        self._folder = os.path.realpath(override.folder or ".") if override.files else ""
        self._categories = [tuple(map(_pattern, path_of(one.casefold()))) for one in override.categories]
        self._marketplaces = [_pattern(one.casefold()) for one in override.marketplaces]

    def fits(self, file: str | None, categories: list[tuple[str, ...]], marketplace: str) -> bool:
        """True where all conditions hold that the override names."""
        if self._marketplaces and not any(one.fullmatch(_name(marketplace)) for one in self._marketplaces):
            return False
        if self._categories and not any(_stands_in(one, levels) for one in self._categories for levels in categories):
            return False
        return self._files is None or (file is not None and self._files.match_file(self._relative(file)))

    def _relative(self, file: str) -> str:
        """The path of a file from the override's folder, with forward slashes."""
        path = os.path.realpath(file)
        try:
            return Path(os.path.relpath(path, self._folder)).as_posix()
        except ValueError:
            # On another drive there is no such path; patterns of names still match.
            return Path(path).name


def _name(marketplace: str) -> str:
    """The name of a marketplace; that of a seller's own file is the file's."""
    return (Path(marketplace).stem if marketplace.endswith(".toml") else marketplace).casefold()


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile("".join({"*": ".*", "?": "."}.get(one, re.escape(one)) for one in re.split(r"([*?])", text)), re.S)


def _stands_in(pattern: tuple[re.Pattern[str], ...], levels: tuple[str, ...]) -> bool:
    """True where levels in a row match the pattern's, one by one."""
    count = len(pattern)
    return any(
        all(one.fullmatch(level) for one, level in zip(pattern, levels[start : start + count], strict=True))
        for start in range(len(levels) - count + 1)
    )
