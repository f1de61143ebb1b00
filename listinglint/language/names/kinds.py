"""What the models that read titles say of a single word: its flags by name, and counts in few steps."""

from __future__ import annotations

from typing import Final

from listinglint.language import words as w

FLAGS: Final = tuple(
    (name, getattr(w, name))
    for name in (
        "NOUN", "ADJECTIVE", "VERB", "ADVERB", "PRODUCT_NOUN", "LATER_PRODUCT", "NAME", "MAIN_NOUN", "MAIN_ADJECTIVE", "MAIN_VERB",
        "ARTIFACT", "FOOD", "SUBSTANCE", "PERSON", "COMMUNICATION", "PLACE_TIME", "UNIT", "MATERIAL", "COLOUR", "AUDIENCE", "SIZE",
        "QUANTITY", "STYLE", "FUNCTION_WORD", "FILLER", "GENERAL", "BRAND", "AMBIGUOUS_BRAND", "HEAD", "TYPE_WORD", "NUMBER",
        "MEASURE", "MODEL", "ACRONYM", "MARK", "SERIES", "PART", "PLURAL",
    )
)  # fmt: skip



def bucket(count: int) -> int:
    """A count in four steps: none, one or two, under ten, more."""
    return 0 if count == 0 else 1 if count < 3 else 2 if count < 10 else 3
