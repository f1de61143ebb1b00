"""What is said of a configuration that cannot be used."""

from __future__ import annotations

from listinglint.model import Text


class ConfigError(ValueError):
    """A configuration that cannot be used. `message` says in each language which file and key, and what was expected."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message
