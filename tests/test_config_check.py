"""What a configuration names must be there: every mistake is told with file, line, key and the nearest right name."""

from __future__ import annotations

from pathlib import Path

import pytest

from listinglint.cli import cli, failures
from listinglint.config import ConfigError, load_config
from listinglint.rules.config_check import check_config
from listinglint.rules.registry import load


def checked(path: Path) -> None:
    config = load_config(explicit=path)
    check_config(config, load(config.settings))


@pytest.mark.parametrize(
    ("text", "said", "said_zh"),
    [
        ("[rules.title-length]\nmx = 3", "line 2: rules.title-length.mx: unknown option 'mx'; did you mean", "没有选项“mx”"),
        ("[rules]\ntitle-length.near_percnt = 3", "line 2: rules.title-length.near_percnt: unknown option 'near_percnt'; did you mean 'near_percent'?", "near_percent"),
        ("rules = { title-filler = { allowed = 3 } }", "line 1: rules.title-filler.allowed: option 'allowed' takes a list of texts, not 3", "应为文本列表"),
        ("\n[rules.stale-listing]\ndays = 0", "line 3: rules.stale-listing.days: option 'days' takes 1 or more, not 0", "不小于 1"),
        ("[rules.titel-filler]\nallowed = []", "line 1: rules.titel-filler: unknown rule or group 'titel-filler'; did you mean 'title-filler'?", "您是否想用“title-filler”"),
        ("[rules.titles]\nx = 1", "line 1: rules.titles: is a group", "是分组"),
        ("[rules.'title-length:over']\nx = 1", "is a variant; options belong to the rule: [rules.title-length]", "是变体"),
        ("[rules.title-length]\nseverity = 'info'", "line 2: rules.title-length.severity: severities stand in the table [severity]", "[severity]"),
        ("[rules.duplicate-id]\nx = 1", "line 2: rules.duplicate-id.x: it has no options", "没有选项"),
        ("select = 'titels'", "line 1: select: unknown rule or group 'titels'; did you mean 'titles'?", "titles"),
        ("ignore = ['titles',\n\n 'title-length:ovr']", "line 3: ignore[2]: rule 'title-length' has no variant 'ovr'", "没有变体“ovr”"),
        ("extend_select = ['ALL', 'x-y-z']", "line 1: extend-select[2]: unknown rule or group 'x-y-z'", "没有规则或分组"),
        ("[severity]\n'title-lenght' = 'info'", "line 2: severity.title-lenght: unknown rule or group 'title-lenght'; did you mean 'title-length'?", "title-length"),
        ("[severity]\ntitle-length = 'eror'", "line 2: severity.title-length: one of error, warning, info was expected, not 'eror'; did you mean 'error'?", "error"),
        ("marketplace = 'amazone'", "line 1: marketplace: unknown marketplace 'amazone'; did you mean 'amazon'?", "没有平台“amazone”"),
        ("rule-set = '2999.01'", "line 1: rule-set: rule set '2999.01' is newer than this program, whose sets are 2026.11", "2026.11"),
        ("rule-set = 'new'", "line 1: rule-set: unknown rule set 'new' (known: 2026.11)", "没有规则集“new”"),
        ("[[overrides]]\nfiles='a'\n[[overrides]]\nfiles='b'\nmarketplace='Ebey'", "line 5: overrides[2].marketplace: unknown marketplace 'Ebey'; did you mean 'ebay'?", "ebay"),
        ("[[overrides]]\nfiles='a'\nignore=['x']", "line 3: overrides[1].ignore[1]: unknown rule or group 'x'", "没有规则或分组"),
        ("[[overrides]]\nfiles='a'\n[overrides.rules.title-filler]\nallow=['x']", "line 4: overrides[1].rules.title-filler.allow: unknown option 'allow'; did you mean 'allowed'?", "allowed"),
        ("[[overrides]]\nfiles='a'\nseverity.ttl = 'info'", "line 3: overrides[1].severity.ttl: unknown rule or group 'ttl'", "没有规则或分组"),
        ("[[overrides]]\nfiles='a'\nrules.repeated-keywords.most=2", "repeated-keywords compares listings with each other, all by the same options", "同一组选项"),
    ],
)  # fmt: skip
def test_mistakes_name_file_line_and_key(tmp_path: Path, text: str, said: str, said_zh: str) -> None:
    path = tmp_path / "listinglint.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        checked(path)
    assert str(caught.value).startswith(f"{path}: line ")
    assert said in str(caught.value)
    assert caught.value.message.zh.startswith(f"{path}：第 ")
    assert said_zh in caught.value.message.zh


def test_what_is_right_passes(tmp_path: Path) -> None:
    path = tmp_path / "listinglint.toml"
    path.write_text(
        "marketplace = 'mine.toml'\nselect = 'ALL'\nignore = ['titles', 'title-filler', 'title-length:over']\nseverity = { text = 'info' }\n"
        "[rules.title-filler]\nallowed = ['new']\n"
        "[[overrides]]\ncategories = 'Bikes'\nmarketplace = 'ebay'\nrules.title-filler.allowed = []\n",
        encoding="utf-8",
    )
    checked(path)


def test_the_extended_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text("# company\nignore = ['titels']", encoding="utf-8")
    path = tmp_path / "listinglint.toml"
    path.write_text("extends = 'base.toml'", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"base\.toml: line 2: ignore\[1\]: unknown rule or group 'titels'"):
        checked(path)


@pytest.mark.parametrize("command", [["check", "shop.csv"], ["fix", "shop.csv", "--diff"], ["suggest", "--file", "shop.csv"], ["rules"], ["explain", "title-filler"]])
def test_every_command_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.csv").write_text("id,title\nA-1,Hose\n", encoding="utf-8")
    (tmp_path / "listinglint.toml").write_text("[rules.title-length]\nmx = 3\n", encoding="utf-8")
    assert failures.run(cli, [*command, "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "listinglint.toml: line 2: rules.title-length.mx: unknown option 'mx'" in err
    assert failures.run(cli, [*command, "--lang", "zh"]) == 2
    assert "第 2 行：rules.title-length.mx：没有选项“mx”" in capsys.readouterr().err


def test_rules_of_plugins_are_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "house.toml").write_text("[[rules]]\nname = 'house-words'\nwords = ['miracle']\n", encoding="utf-8")
    (tmp_path / "listinglint.toml").write_text("severity = { house-words = 'info' }\n", encoding="utf-8")
    (tmp_path / "shop.csv").write_text("id,title\nA-1,Miracle Hose\n", encoding="utf-8")
    shop = str(tmp_path / "shop.csv")
    assert failures.run(cli, ["check", shop, "--lang", "en"]) == 2
    assert "severity.house-words: unknown rule or group" in capsys.readouterr().err
    assert failures.run(cli, ["check", shop, "--exit-zero", "--lang", "en", "--rules-from", str(tmp_path / "house.toml")]) == 0
