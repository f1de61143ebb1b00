"""How often a fault stands in a text, as messages say it."""

from __future__ import annotations

from listinglint.model import Text


def in_all(count: int) -> Text:
    """` (3 places in all)` where there is more than one, else nothing: what a message on the first place ends with."""
    return Text(f" ({count} places in all)", f"（共 {count} 处）") if count > 1 else Text("", "")
