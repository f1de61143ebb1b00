"""A text that exists in every language the program speaks."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in English and Chinese; `{name}` places are filled by `format`."""

    en: str
    zh: str

    def get(self, lang: str) -> str:
        """The text in `lang` (`en` or `zh`); any other language gets English."""
        return self.zh if lang == "zh" else self.en

    def format(self, lang: str, /, **values: object) -> str:
        """The text in `lang` with its places filled."""
        return self.get(lang).format(**values)
