"""What keeps a catalog from being linted though the catalog itself can be read."""

from __future__ import annotations

from listinglint.model import Text


class EngineError(RuntimeError):
    """A run that the machine does not let happen: no process comes up, no room between the passes. `message` says so in each language."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message
