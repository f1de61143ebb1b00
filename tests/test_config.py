"""The configuration file: where it is found, what it holds, and what is said of mistakes."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from listinglint.config import Config, ConfigError, find_config, load_config

FULL = """
marketplace = "etsy"
lang = "zh"
rule-set = "2026.11"
date = 2026-11-25
select = "titles"
ignore = ["title-case"]
extend-select = ["banned-words"]
fail-on = "error"
min-stars = 3
min-score = 60.5
max-findings = 10
max-failing = "2.5%"
plugins = ["our_rules", "elsewhere.rules", "more/own.py"]
rule-files = ["rules.toml"]
suppressions = "ignore.csv"
[severity]
title-length = "info"
[rules.title-filler]
allowed = ["new"]
[columns]
title = "Name"
keywords = ["K1", "K2"]
tags = "K3"
[seller]
name = "Example Trading"
certifications = "CE"
authorised-brands = ["Acme"]
preferred-words = { colour = "color" }
"""


def write(folder: Path, text: str, name: str = "listinglint.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_full_file(tmp_path: Path) -> None:
    (tmp_path / "our_rules.py").write_text("RULES = []")
    path = write(tmp_path, FULL.replace('tags = "K3"\n', ""))
    config = load_config(tmp_path)
    settings = config.settings
    assert (config.path, config.lang, settings.marketplace, settings.date) == (path, "zh", "etsy", datetime.date(2026, 11, 25))
    assert (settings.select, settings.ignore, settings.extend_select) == (("titles",), ("title-case",), ("banned-words",))
    assert settings.severity == {"title-length": "info"}
    assert settings.options == {"title-filler": {"allowed": ["new"]}}
    assert settings.plugins == (str(tmp_path / "our_rules.py"), "elsewhere.rules", str(tmp_path / "more/own.py"))
    assert settings.rule_files == (str(tmp_path / "rules.toml"),)
    assert (settings.beneath, settings.overrides, settings.rule_set) == ((), (), "2026.11")
    assert config.suppressions == str(tmp_path / "ignore.csv")
    assert config.columns == {"title": ("Name",), "keywords": ("K1", "K2")}
    assert settings.seller.certifications == ("CE",)
    assert settings.seller.authorised_brands == ("Acme",)
    assert settings.seller.preferred_words == {"colour": "color"}
    limits = config.limits
    assert (limits.fail_on, limits.min_stars, limits.min_score, limits.max_findings, limits.max_failing) == ("error", 3, 60.5, 10, 2.5)
    assert limits.min_catalog_score is None


def test_found_upward_and_nearest_wins(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    outer = write(tmp_path, "[tool.listinglint]\nmarketplace = 'ebay'\n", "pyproject.toml")
    catalog = write(deep, "title\n", "x.csv")
    assert find_config(catalog) == outer
    assert load_config(catalog).settings.marketplace == "ebay"
    write(tmp_path / "a", "[tool.other]\n", "pyproject.toml")
    assert find_config(catalog) == outer
    inner = write(tmp_path / "a", "")
    assert find_config(catalog) == inner


def test_no_file_is_the_default(tmp_path: Path) -> None:
    if find_config(tmp_path) is None:
        assert load_config(tmp_path) == Config()
    assert load_config(explicit=write(tmp_path, "")).settings == Config().settings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("markteplace = 'etsy'", "line 1: unknown key 'markteplace'; did you mean 'marketplace'"),
        ("fail-on = 'fatal'", "fail-on: one of error, warning, info, never was expected, not 'fatal'"),
        ("min-stars = 6", "min-stars: a whole number from 1 to 5"),
        ("min-stars = true", "min-stars: a whole number"),
        ("max-failing = '200%'", "max-failing: a percentage"),
        ("select = [1]", "select: a text or a list of texts"),
        ("date = 'yesterday'", "date: a date"),
        ("[severity]\nx = 'bad'", "severity.x: one of error, warning, info"),
        ("[columns]\ntitel = 'Name'", "unknown key 'columns.titel'; did you mean 'title'"),
        ("[seller]\nbrandz = ['A']", "unknown key 'seller.brandz'; did you mean 'brands'"),
        ("[seller]\npreferred-words = ['a']", "seller.preferred_words: a table of texts".replace("_", "-")),
        ("rules = 3", "rules: a table"),
        ("x = ", "not TOML"),
        ("fail-on = 'eror'", "did you mean 'error'?"),
        ("fail_on = 'error'\nfail-on = 'error'", "line 2: fail-on: is the same as 'fail-on'"),
        ("[columns]\ntags = 'a'\nkeywords = 'b'", "line 3: columns.keywords: is the same as 'keywords'"),
        ("overrides = {}", "overrides: a list of tables"),
        ("[[overrides]]\nignore = []", "overrides[1]: says for which listings it is by none of files, categories, marketplaces"),
        ("[[overrides]]\nfiles = 'a'\nfail-on = 'error'", "line 3: unknown key 'overrides[1].fail-on'; did you mean"),
        ("[[overrides]]\nfiles = 'a'\n[[overrides]]\nfiles = ''", "line 4: overrides[2].files: a text or a list of texts"),
        ("[[overrides]]\nfiles = 'a'\n[overrides.seller]\nbrandz = 'x'", "line 4: unknown key 'overrides[1].seller.brandz'; did you mean 'brands'"),
        ("plugins = ['a b']", "plugins[1]: the name of a module, or the path of a .py file"),
        ("rule-files = ['~no-such-user-here/x.toml']", "rule-files[1]: '~no-such-user-here/x.toml': there is no such home folder"),
        ("category-file = 'a\\u0000b'".replace("'", '"'), "category-file: 'a\\x00b' cannot be a path"),
        ("x = " + "[" * 5000 + "]" * 5000, "lie too deep"),
    ],
)
def test_mistakes_name_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)
    assert caught.value.message.zh != caught.value.message.en


def test_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(explicit=tmp_path / "none.toml")
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_config(explicit=bad)
