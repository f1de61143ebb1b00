"""Which words stand for which in product names: the built table is what the thesaurus bears out."""

from __future__ import annotations

from listinglint.language.wording import derived, substitutions, wordings


def test_built_table_is_up_to_date() -> None:
    assert substitutions() == derived(), "run data/build/build_substitutions.py"


def test_wordings_put_a_word_in_anothers_place() -> None:
    assert "bicycle pump" in [one.text for one in wordings("bike pump")]
    assert wordings("pump") == []
