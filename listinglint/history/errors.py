"""What can be wrong with a history."""

from __future__ import annotations

from listinglint.model import Text


class HistoryError(Exception):
    """A history that cannot be read or written. `message` says in each language which file, why and what to do; `str()` gives English."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message
