"""The thesaurus: its sources, the compiled file, and a seller's own file."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listinglint import lexicons
from listinglint.language.thesaurus import (
    Thesaurus,
    ThesaurusError,
    compiled,
    name_key,
    read_groups,
    source_files,
    thesaurus,
)


@pytest.mark.parametrize("path", source_files(), ids=lambda path: path.stem)
def test_every_source_parses(path: Path) -> None:
    groups = read_groups(path)
    assert groups
    assert all(len(group.names) >= 2 and group.category for group in groups)


def test_compiled_file_equals_its_sources() -> None:
    groups = [group for path in source_files() for group in read_groups(path)]
    assert len(groups) >= 4000
    built = orjson.loads(orjson.dumps(compiled(groups)))
    assert built == orjson.loads((lexicons.data_dir() / "thesaurus.compiled.json").read_bytes())


def test_nothing_contradicts() -> None:
    assert [str(problem) for problem in thesaurus().contradictions()] == []


def test_synonyms_keep_modifiers_and_number() -> None:
    assert "forged combination spanner" in thesaurus().synonyms("forged combination wrench")
    assert "auto tires" in thesaurus().synonyms("car tires")


def test_relations() -> None:
    whole = thesaurus()
    assert whole.relation("zip tie", "cable tie") == "same"
    assert whole.relation("hex bolt", "carriage bolt") == "unlike"
    assert whole.match("quantum flux gadgetoid") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty file"),
        ("category,names,colour\nA,b; c,d\n", "unknown column 'colour'"),
        ("category,broader\nA,b\n", "'names' is missing"),
        ("category,names\nA,b; ; c\n", "empty name"),
        ("category,names\nA,b; b\n", "twice"),
        ("category,names\nA,b,c\n", "3 columns"),
    ],
)
def test_broken_file_says_where(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ThesaurusError, match=said):
        read_groups(path)


def test_own_file_joins_known_groups(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("category,names\nMine,cable tie; grabstrip\nMine,florbinator; florbing tool\n", encoding="utf-8")
    whole = Thesaurus.load()
    before = len(whole)
    assert whole.load_file(path) == 2
    assert len(whole) == before + 1
    assert whole.relation("grabstrip", "zip tie") == "same"
    assert "florbing tool" in whole.synonyms("florbinator")


@given(st.lists(st.sampled_from(["steel", "pipe", "tyre", "colour", "Bench-Vise", "box"]), min_size=1, max_size=4))
def test_key_ignores_case_and_hyphens(words: list[str]) -> None:
    name = " ".join(words)
    assert name_key(name) == name_key(name.upper()) == name_key("-".join(words))


@given(st.lists(st.sampled_from(("Power", "banks", "men's", "coffee", "Mug", "Grey", "colour", "pencil", "T-shirt", "case", "İ", "12")), min_size=1, max_size=7))
def test_names_among_words_are_those_of_the_words_together(words: list[str]) -> None:
    book = thesaurus()
    found = {(first, last): groups for first, last, groups in book.names_among(words, (3, 2, 1))}
    for size in (3, 2, 1):
        for first in range(len(words) - size + 1):
            assert found.get((first, first + size), ()) == book.groups_of(" ".join(words[first : first + size]))


@given(
    st.lists(st.sampled_from(("power", "bank", "banks", "coffee", "mug", "grey", "travel", "pencil", "case", "cup")), min_size=1, max_size=6),
    st.integers(0, 5),
)
def test_longest_name_at_a_word(words: list[str], at: int) -> None:
    at = min(at, len(words) - 1)
    book = thesaurus()
    spans = [
        (first, first + size)
        for size in range(len(words), 0, -1)
        for first in range(len(words) - size + 1)
        if first <= at < first + size and book.groups_of(" ".join(words[first : first + size]))
    ]
    found = book.longest_at(words, at)
    if not spans:
        assert found is None
        return
    assert found is not None
    first, kept, end, group = found
    assert (first, end) == spans[0]
    assert group == book.groups_of(" ".join(words[first:end]))[0]
    assert group in book.groups_of(" ".join(words[kept:end]))
    assert all(group not in book.groups_of(" ".join(words[later:end])) for later in range(kept + 1, end))
