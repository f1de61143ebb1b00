"""Takes words out of a title or keyword so that no bracket, separator or doubled space is left behind."""

from __future__ import annotations

from typing import Final

_OPEN: Final = {")": "(", "]": "[", "}": "{", "】": "【", "）": "（"}
_SEPARATORS: Final = ",;|/:!-–—·•~+&"


def removal(text: str, start: int, end: int) -> tuple[int, int, str]:
    """The edit `(start, end, replacement)` that takes `text[start:end]` out and leaves a tidy text.

    Brackets that would be empty go too; of the separators on both sides one is kept; words stay parted by one space.
    """
    start, end = _with_brackets(text, start, end)
    left, right = start, end
    while left > 0 and text[left - 1].isspace():
        left -= 1
    while right < len(text) and (text[right].isspace() or text[right] == "!"):
        right += 1
    before, after = text[left - 1 : left], text[right : right + 1]
    if not before:
        while right < len(text) and (text[right].isspace() or text[right] in _SEPARATORS):
            right += 1
        return left, right, ""
    if not after:
        while left > 0 and (text[left - 1].isspace() or (text[left - 1] in _SEPARATORS and not _of_word(text, left - 1))):
            left -= 1
        return left, right, ""
    if before in _SEPARATORS and after in _SEPARATORS and not _of_word(text, left - 1):
        right += 1
        return left, right, ""
    if after in ",;.!?)]}":
        return left, right, ""
    if before in "([{":
        return left, right, ""
    return left, right, " "


def _of_word(text: str, at: int) -> bool:
    """True for the plus of `A+` and `C++`, which belongs to the word before it."""
    return text[at] == "+" and at > 0 and not text[at - 1].isspace()


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    left, right = start, end
    while left > 0 and text[left - 1] in " !*~":
        left -= 1
    while right < len(text) and text[right] in " !*~":
        right += 1
    if left > 0 and right < len(text) and _OPEN.get(text[right]) == text[left - 1]:
        return left - 1, right + 1
    return start, end
