"""`listinglint config`: what holds for a catalog, and where it is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from listinglint.cli import cli, failures


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "base.toml").write_text('ignore = ["title-case"]\nmin-stars = 2\nplugins = "house"\n[seller]\nbanned-words = ["x"]\n', encoding="utf-8")
    (tmp_path / "house.py").write_text("RULES = []", encoding="utf-8")
    (tmp_path / "listinglint.toml").write_text(
        'extends = "base.toml"\nextend-select = ["title-case"]\nmin-stars = 3\n[seller]\nbanned-words = ["y"]\n'
        '[[overrides]]\nfiles = "feeds/*"\nmarketplace = "ebay"\n[[overrides]]\ncategories = "Bikes"\nignore = "title-case"\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert failures.run(cli, ["config", *arguments, "--lang", "en"]) == 0
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_each_setting_with_its_place(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, "shop.csv")
    assert lines[0] == "# read, the later over the earlier: base.toml → listinglint.toml"
    assert 'marketplace = "alibaba" # default' in lines
    assert lines.index('ignore = ["title-case"] # base.toml:1') < lines.index('extend-select = ["title-case"] # listinglint.toml:2')
    assert "min-stars = 3 # listinglint.toml:3" in lines
    assert 'seller.banned-words = ["x", "y"] # base.toml:5, listinglint.toml:5' in lines
    assert "# override 1 (listinglint.toml:6) does not fit: files feeds/*" in lines
    assert "# override 2 (listinglint.toml:9) does not fit without a category (--category): categories Bikes" in lines
    assert lines[-1].startswith("# ") and "title-case" not in lines[-1]


def test_overrides_that_fit(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, "feeds/a.csv", "--category", "Sports > Bikes")
    assert 'marketplace = "ebay" # listinglint.toml:8' in lines
    assert 'ignore = ["title-case"] # listinglint.toml:11' in lines
    assert "title-case" in lines[-1]
    assert sum("fits:" in line for line in lines) == 2


def test_json(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert failures.run(cli, ["config", "feeds/a.csv", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["files"] == [str(shop / "base.toml"), str(shop / "listinglint.toml")]
    assert {"key": "marketplace", "value": "ebay", "origins": [{"file": str(shop / "listinglint.toml"), "line": 8}]} in found["settings"]
    assert [one["fits"] for one in found["overrides"]] == [True, False]
    assert "title-case" in found["rules"]["on"]


def test_without_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown(capsys)[0] == "# no configuration file; all is as by default"


def test_mistakes_are_told(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "base.toml").write_text("ignore = ['x']", encoding="utf-8")
    assert failures.run(cli, ["config"]) == 2
    assert "base.toml: line 1: ignore[1]: unknown rule or group 'x'" in capsys.readouterr().err
