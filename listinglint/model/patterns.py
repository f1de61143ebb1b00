"""Regular expressions that are compiled when they are first used: most rules never come to theirs on a small catalog."""

from __future__ import annotations

import re
from typing import Any, Final, cast

_METHODS: Final = ("findall", "finditer", "fullmatch", "match", "pattern", "search", "split", "sub", "subn")


class LazyPattern:
    """Stands for a compiled pattern; at its first use it is compiled, and has the pattern's own methods from then on."""

    __slots__ = (*_METHODS, "_flags", "_text")

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        # Called only while the slot is empty.
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy_pattern(text: str, flags: int | re.RegexFlag = 0) -> re.Pattern[str]:
    """What `re.compile` gives, compiled at its first use; a text that is no pattern fails then (a test compiles them all)."""
    return cast("re.Pattern[str]", LazyPattern(text, int(flags)))
