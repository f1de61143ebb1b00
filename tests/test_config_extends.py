"""Configuration files that extend others: what adds up, what wins, whose folder paths are relative to, and circles."""

from __future__ import annotations

from pathlib import Path

import pytest

from listinglint.config import Config, ConfigError, Override, Selection, load_config
from listinglint.config.reader import DEEPEST
from listinglint.engine import Linter


def write(folder: Path, text: str, name: str = "listinglint.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def rules_on(config: Config) -> set[str]:
    return {active.rule.name for active in Linter(config.settings).rules}


def wrong(path: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load_config(explicit=path)
    assert caught.value.message.zh != caught.value.message.en
    return str(caught.value)


BASE = """
marketplace = "own.toml"
lang = "zh"
min-stars = 2
max-failing = "5%"
select = ["titles", "keywords"]
ignore = ["title-case"]
plugins = ["ours"]
rule-files = ["house.toml"]
suppressions = "ignore.csv"
severity = { title-length = "info", titles = "error" }
rules.title-filler.allowed = ["new"]
rules.keyword-count.most = 3
columns.title = "Name"
[seller]
brands = ["A", "B"]
region = "Ningbo"
banned-words = ["miracle"]
preferred-words = { colour = "color", grey = "gray" }
[[overrides]]
files = "feeds/*.csv"
marketplace = "feeds.toml"
"""
NEAR = """
extends = "company/base.toml"
lang = "en"
ignore = ["claims"]
extend-select = ["title-case"]
plugins = ["ours", "more"]
rule-files = "shop.toml"
severity = { title-length = "error" }
rules.title-filler.allowed = ["hot"]
columns.keywords = "Tags"
[seller]
brands = "C"
banned-words = ["cheap"]
preferred-words = { grey = "GRAY" }
[[overrides]]
categories = ["Bikes"]
ignore = "title-filler"
"""


def test_everything_over_everything(tmp_path: Path) -> None:
    write(tmp_path, "RULES = []", "company/ours.py")
    base, near = write(tmp_path, BASE, "company/base.toml"), write(tmp_path, NEAR)
    config = load_config(tmp_path)
    settings, seller, company = config.settings, config.settings.seller, tmp_path / "company"
    assert (config.path, [file.path for file in config.files]) == (near, [base, near])
    assert (config.lang, config.limits.min_stars, config.limits.max_failing) == ("en", 2, 5.0)
    assert settings.marketplace == str(company / "own.toml")
    assert settings.beneath == (Selection(("titles", "keywords"), ("title-case",)),)
    assert (settings.select, settings.ignore, settings.extend_select) == ((), ("claims",), ("title-case",))
    assert settings.plugins == (str(company / "ours.py"), "ours", "more")
    assert settings.rule_files == (str(company / "house.toml"), str(tmp_path / "shop.toml"))
    assert config.suppressions == str(company / "ignore.csv")
    assert settings.severity == {"title-length": "error", "titles": "error"}
    assert settings.options == {"title-filler": {"allowed": ["hot"]}, "keyword-count": {"most": 3}}
    assert config.columns == {"title": ("Name",), "keywords": ("Tags",)}
    assert (seller.brands, seller.region, seller.banned_words) == (("C",), "Ningbo", ("miracle", "cheap"))
    assert seller.preferred_words == {"colour": "color", "grey": "GRAY"}
    assert settings.overrides == (
        Override(files=("feeds/*.csv",), marketplace=str(company / "feeds.toml"), folder=str(company)),
        Override(categories=("Bikes",), selection=Selection(ignore=("title-filler",)), folder=str(tmp_path)),
    )


def test_the_nearer_file_switches_on_again_what_the_farther_ignores(tmp_path: Path) -> None:
    write(tmp_path, 'ignore = ["title-case", "title-filler"]', "base.toml")
    config = load_config(explicit=write(tmp_path, 'extends = "base.toml"\nextend-select = ["title-case"]'))
    assert "title-case" in rules_on(config) and "title-filler" not in rules_on(config)
    # The more specific selector still wins, wherever it stands.
    config = load_config(explicit=write(tmp_path, 'extends = "base.toml"\nextend-select = ["titles"]'))
    assert "title-case" not in rules_on(config)


def test_several_files_the_later_over_the_earlier(tmp_path: Path) -> None:
    write(tmp_path, 'min-stars = 1\nfail-on = "error"\nmin-score = 10', "a.toml")
    write(tmp_path, "min-stars = 2\nmin-score = 20", "b.toml")
    config = load_config(explicit=write(tmp_path, 'extends = ["a.toml", "b.toml"]\nmin-score = 30'))
    assert (config.limits.fail_on, config.limits.min_stars, config.limits.min_score) == ("error", 2, 30)
    assert [file.path.name for file in config.files] == ["a.toml", "b.toml", "listinglint.toml"]


def test_chains_and_shared_files(tmp_path: Path) -> None:
    write(tmp_path, 'plugins = ["x"]\nrule-files = ["r.toml"]', "deep/root.toml")
    write(tmp_path, 'extends = "../deep/root.toml"\nmin-stars = 3', "left/left.toml")
    write(tmp_path, 'extends = "../deep/root.toml"\nmin-score = 50', "right/right.toml")
    config = load_config(explicit=write(tmp_path, 'extends = ["left/left.toml", "right/right.toml"]'))
    assert (config.limits.min_stars, config.limits.min_score) == (3, 50)
    assert config.settings.plugins == ("x",)
    assert config.settings.rule_files == (str(tmp_path / "deep" / "r.toml"),)


def test_project_files_on_both_sides(tmp_path: Path) -> None:
    write(tmp_path, "[tool.listinglint]\nmin-stars = 4\n", "company/pyproject.toml")
    path = write(tmp_path, '[project]\nname = "x"\n[tool.listinglint]\nextends = "company/pyproject.toml"\nmin-score = 40\n', "pyproject.toml")
    config = load_config(tmp_path)
    assert (config.path, config.limits.min_stars, config.limits.min_score) == (path, 4, 40)
    write(tmp_path, "[tool.other]\n", "company/pyproject.toml")
    assert f"{path}: line 4: extends: 'company/pyproject.toml' has no table [tool.listinglint]" in wrong(path)
    write(tmp_path, "[tool.listinglint]\n[tool.listinglint.seller]\nbrandz = 1\n", "company/pyproject.toml")
    assert "pyproject.toml: line 3: unknown key 'seller.brandz'" in wrong(path)
    write(tmp_path, "[tool]\nlistinglint = 1", "company/pyproject.toml")
    assert "line 2: tool.listinglint: a table was expected" in wrong(path)


def test_circles_are_shown(tmp_path: Path) -> None:
    write(tmp_path, 'extends = "c.toml"', "b.toml")
    write(tmp_path, 'min-stars = 1\nextends = ["a.toml"]', "c.toml")
    said = wrong(write(tmp_path, 'extends = "b.toml"', "a.toml"))
    names = [str(tmp_path.resolve() / f"{name}.toml") for name in "abca"]
    assert f"{tmp_path / 'c.toml'}: line 2: extends[1]: the files extend each other in a circle: {' → '.join(names)}" in said
    own = write(tmp_path, 'extends = "./listinglint.toml"')
    assert "circle" in wrong(own)
    (tmp_path / "link.toml").symlink_to(own)
    assert "circle" in wrong(write(tmp_path, 'extends = "link.toml"'))


def test_chains_end_somewhere(tmp_path: Path) -> None:
    for number in range(DEEPEST + 2):
        write(tmp_path, f'extends = "{number + 1}.toml"' if number < DEEPEST else "min-stars = 2", f"{number}.toml")
    assert load_config(explicit=tmp_path / "0.toml").limits.min_stars == 2
    write(tmp_path, f'extends = "{DEEPEST + 1}.toml"', f"{DEEPEST}.toml")
    write(tmp_path, "", f"{DEEPEST + 1}.toml")
    assert f"more than {DEEPEST} files extend each other in a row" in wrong(tmp_path / "0.toml")


def test_a_flood_of_files_is_refused(tmp_path: Path) -> None:
    for number in range(8):
        write(tmp_path, f"extends = {[f'{number + 1}.toml'] * 3}" if number < 7 else "", f"{number}.toml")
    assert "files are extended in all" in wrong(tmp_path / "0.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('min-stars = 1\nextends = "gone.toml"', "line 2: extends: 'gone.toml': there is no such file"),
        ('extends = [\n  "ok.toml",\n  "gone.toml",\n]', "line 3: extends[2]: 'gone.toml': there is no such file"),
        ('extends = "."', "line 1: extends: '.': there is no such file"),
        ("extends = 1", "line 1: extends: a text or a list of texts"),
        ('extends = "broken.toml"', "broken.toml: line 1: unknown key 'oops'"),
    ],
)
def test_what_cannot_be_extended(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, "", "ok.toml")
    write(tmp_path, "oops = 1", "broken.toml")
    assert said in wrong(write(tmp_path, text))
