"""The words of a title with their places, flags and what parts them: what the rules on titles read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from listinglint.language import words as w
from listinglint.model.patterns import lazy_pattern

_WORD: Final = lazy_pattern(r"[^\W_]+(?:[-'’][^\W_]+)*['’]?")
_STOPS: Final = frozenset(["for", "with", "without", "in", "on", "from", "of", "by", "at", "to", "compatible", "fits", "fit", "suitable", "w", "featuring", "including", "inside", "like", "via"])
_DESCRIBES: Final = w.MATERIAL | w.COLOUR | w.STYLE | w.SIZE | w.FILLER


class TitleWord(NamedTuple):
    """A word as written, its place, its flags (`language.words`), and the text between it and the word before."""

    start: int
    end: int
    text: str
    low: str
    flags: int
    gap: str

    @property
    def stem(self) -> str:
        return w.stem(self.low)

    @property
    def joined(self) -> bool:
        """True where nothing but space parts it from the word before."""
        return not self.gap.strip()

    @property
    def opens_extra(self) -> bool:
        """True for `for`, `with`, `compatible` and their like: what follows is not the product."""
        return self.low in _STOPS

    @property
    def number(self) -> bool:
        """True for numbers, measures and codes with digits."""
        return any(c.isdigit() for c in self.low)

    @property
    def describes(self) -> bool:
        """True for a material, colour, style, size or praise."""
        return bool(self.flags & _DESCRIBES)


def words_of(text: str) -> tuple[TitleWord, ...]:
    """The words of `text` in order; hyphenated words are one, punctuation stands in the gaps."""
    out: list[TitleWord] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        found = match[0]
        out.append(TitleWord(start, end, found, found.lower().replace("’", "'"), w.word_info(found), text[last:start]))
        last = end
    return tuple(out)


def fewest_words(text: str) -> int:
    """So many words `text` has at least: what begins with a letter or digit behind a space is one or more."""
    return sum([piece[0].isalnum() for piece in text.split()])


def first_words(text: str, count: int, without: Sequence[tuple[int, int]] = ()) -> list[str]:
    """The first words of `text` as `words_of` cuts it, those left out that begin it and stand in places of `without`."""
    found: list[str] = []
    for match in _WORD.finditer(text):
        if not found and any(start <= match.start() < end for start, end in without):
            continue
        found.append(match[0])
        if len(found) == count:
            break
    return found
