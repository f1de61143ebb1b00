"""The tables that are searched where they lie, and those that are built with the data."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listinglint import lexicons
from listinglint.language.thesaurus import thesaurus
from listinglint.lexicons.sorted_lines import SortedLines, sorted_lines
from listinglint.rules import categories

_KEY = st.from_regex(r"\A[$-~\u00e9\u4e2d][ -~\u00e9\u4e2d\U0001f600]{0,5}\Z")


@given(st.dictionaries(_KEY, st.text(st.sampled_from("ab :|1"), max_size=5), max_size=40), _KEY)
def test_sorted_lines_are_a_dictionary(tmp_path_factory: pytest.TempPathFactory, table: dict[str, str], other: str) -> None:
    path = tmp_path_factory.mktemp("lines") / "table.txt"
    path.write_bytes(sorted_lines(table, "a note"))
    lines = SortedLines(path)
    assert {key: lines.get(key) for key in table} == table
    assert lines.get(other) == table.get(other)
    assert lines.get("") is None and lines.get("# a note") is None


def test_names_with_other_signs_have_their_frequencies() -> None:
    from wordfreq import zipf_frequency

    names = {name.lower() for group in thesaurus() for name in group.names if " " not in name and "-" not in name}
    others = [name for name in names if not (name.isascii() and name.isalpha())]
    assert len(others) > 20
    assert [lexicons.zipf_frequency(name) for name in others] == [zipf_frequency(name, "en") for name in others], "run data/build/build_frequencies.py"
    assert lexicons.zipf_frequency("qx7'z") is None


@pytest.mark.parametrize("name", ["word_frequencies", "nouns"])
def test_tables_are_sorted(name: str) -> None:
    path = lexicons.data_dir() / "lexicons" / f"{name}.txt"
    keys = [line.split(b"\t")[0] for line in path.read_bytes().splitlines()]
    assert keys == sorted(set(keys))


def test_word_frequencies_are_those_of_wordfreq() -> None:
    from wordfreq import get_frequency_dict, zipf_frequency

    found = get_frequency_dict("en", wordlist="large")
    words = [word for word in found if word.isascii() and word.isalpha()]
    for word in random.Random(1).sample(words, 2_000):
        assert lexicons.word_frequency(word) == found[word], "run data/build/build_frequencies.py"
        assert lexicons.zipf_frequency(word) == zipf_frequency(word, "en")
    assert lexicons.word_frequency("qwzzx") == lexicons.zipf_frequency("qwzzx") == zipf_frequency("qwzzx", "en") == 0.0


def test_nouns_know_what_stands_above_them() -> None:
    nouns = lexicons.nouns()
    (bell,) = nouns.senses("bicycle bell", 1) or nouns.senses("bell", 1)
    assert bell.lexname == "artifact"
    above = {lemma: distance for row, distance in nouns.ancestors(bell.row) for lemma in nouns.synset(row).lemmas}
    assert above["artifact"] < above["entity"]
    assert nouns.senses("qwzzx") == [] and "qwzzx" not in nouns
    assert "auto" in nouns.synonyms("car")


def test_branches_are_what_the_thesaurus_gives() -> None:
    assert categories._tables() == categories.derived(), "run data/build/build_branches.py"


def test_a_small_check_leaves_heavy_modules_alone(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("title,keywords,description\nStainless Steel Kitchen Fauzet,kitchen faucet,A long neck.\n", encoding="utf-8")
    program = (
        "import sys\nfrom listinglint.cli import main\n"
        f"try:\n    main(['check', {str(path)!r}, '--exit-zero', '--no-cache'])\nexcept SystemExit:\n    pass\n"
        "print(*{'numpy', 'pandas', 'pyarrow', 'wordfreq', 'inflect', 'nltk', 'openpyxl', 'wcwidth'} & sys.modules.keys())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == ""
