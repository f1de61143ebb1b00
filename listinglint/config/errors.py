"""What is said of a configuration that cannot be used."""

from __future__ import annotations

from listinglint.model.errors import SpokenError


class ConfigError(SpokenError):
    """A configuration that cannot be used. `message` says in each language which file and key, and what was expected."""
