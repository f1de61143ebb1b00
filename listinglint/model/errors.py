"""What all errors that a user can mend have in common."""

from __future__ import annotations

from typing import Any

from listinglint.model.text import Text


class SpokenError(ValueError):
    """An error that a user can mend. `message` says in each language what is wrong, where, and what was expected; `str()` gives English."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message,)
