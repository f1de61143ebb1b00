"""Who a listing is and what a finding is about, so that both are known again in another run, wherever the row has moved to."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from listinglint.model.findings import Finding
from listinglint.model.listing import Listing

_WORDS = re.compile(r"[^\W_]+")
_SHOWN: Final = 48
"""Code points of a text without an id, or of a long value, that stand beside its hash for people to read."""
_LONGEST: Final = 96


def listing_identity(listing: Listing) -> str:
    """The listing's id; without one a hash of its title with the first words of it, without a title of all it holds.

    Case, punctuation, spacing and width of the title make no difference.
    """
    name = listing.text("id")
    if name and listing.filled("id"):
        return " ".join(name.split())
    title = _plain(listing.text("title") or "")
    if title:
        return f"#{short_hash(title)} {title[:_SHOWN].rstrip()}"
    held = [f"{field}\x1f{listing.text(field)}" for field in sorted(listing.values)]
    return f"#{short_hash(*held)}"


def finding_value(finding: Finding) -> str:
    """What tells a finding from others of its rule in the field: the marked words, cut where they are long.

    Empty where nothing is marked and where the rule judges the field as a whole: the fault is then the same one after the field was
    edited.
    """
    if finding.text is None or finding.whole:
        return ""
    # Of white space alone nothing would be left: it is the fault itself.
    value = " ".join(finding.text.split()) or finding.text
    return value if len(value) <= _LONGEST else f"{value[:_SHOWN].rstrip()}… #{short_hash(value)}"


def short_hash(*parts: str) -> str:
    """16 hexadecimal digits of some texts, the same in every run and on every machine."""
    return hashed(*parts)[:16]


def hashed(*parts: str) -> str:
    """32 hexadecimal digits of some texts; where one ends and the next begins makes a difference."""
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _plain(text: str) -> str:
    """The words of a text in lower case, with single spaces between them."""
    visible = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return " ".join(_WORDS.findall(visible.casefold()))
