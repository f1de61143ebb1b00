"""Files of the seller's own: a category tree and thesaurus groups."""

from __future__ import annotations

from pathlib import Path

import pytest

from listinglint.config import ConfigError, Settings
from listinglint.engine import Linter
from listinglint.language.thesaurus import ThesaurusError, thesaurus
from listinglint.model import Listing


def test_category_outside_the_sellers_tree(tmp_path: Path) -> None:
    path = tmp_path / "tree.txt"
    path.write_text("# ours\nTools > Hammers\nTools > Saws\nGarden > Hoses\n", encoding="utf-8")
    linter = Linter(Settings(category_file=str(path), select=("category-mismatch",)))
    listing = Listing.of({"title": "Steel Claw Hammer 450 g", "category": "Hand Tools"})
    (finding,) = linter.lint(listing).findings
    assert "Tools > Hammers" in finding.message
    assert linter.lint(listing.with_values({"category": "Tools > Hammers"})).findings == ()


def test_sellers_thesaurus_is_used(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("category,names,broader,narrower,unlike,rare\nTools,quandler;quandle tool,workshop tool,,,\n", encoding="utf-8")
    Linter(Settings(thesaurus_files=(str(path),)))
    assert thesaurus().synonyms("quandler") == ("quandle tool",)


@pytest.mark.parametrize(("field", "error"), [("category_file", ConfigError), ("thesaurus_files", ThesaurusError)])
def test_missing_files_are_told(field: str, error: type[Exception]) -> None:
    value = "no/such/file.csv"
    with pytest.raises(error, match=r"no/such/file\.csv"):
        Linter(Settings(**{field: value if field == "category_file" else (value,)}))


def test_empty_tree_is_told(tmp_path: Path) -> None:
    path = tmp_path / "tree.txt"
    path.write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="no category"):
        Linter(Settings(category_file=str(path)))
