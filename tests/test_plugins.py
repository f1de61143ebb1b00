"""Rules from outside: modules, files, installed packages, TOML without code; and what happens when they are broken."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from listinglint.cli import cli, failures
from listinglint.config import Settings
from listinglint.engine import Linter, fix
from listinglint.model import Finding, Listing
from listinglint.rules import registry
from listinglint.rules.declared import read_rules
from listinglint.rules.registry import RuleError

MODULE = '''
from listinglint.model import Text
from listinglint.rules.rule import Bad, Good, Rule, texts

def check(doc, options):
    for part in doc.parts("title"):
        at = part.raw.find("!")
        if at >= 0:
            {body}

RULE = Rule(
    name="{name}", group="house", severity="error", fields=("title",), penalty=33.0,
    summary=Text("an exclamation mark", "感叹号"), messages=texts("take out '{{text}}'", "请删除“{{text}}”"),
    page=Text("Finds exclamation marks.", "检查感叹号。"),
    examples=(Good("Hose"), Bad("Hose!")), check=check,
)
'''
FIND = "yield part.hit(at, at + 1)"


def module(folder: Path, name: str, body: str = FIND) -> Path:
    path = folder / f"{name.replace('-', '_')}.py"
    path.write_text(MODULE.format(name=name, body=body), encoding="utf-8")
    return path


def declared(folder: Path, text: str) -> Path:
    path = folder / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return path


def findings(settings: Settings, **fields: object) -> list[Finding]:
    report = Linter(settings).lint(Listing.of(fields))
    assert not report.errors
    return list(report.findings)


def test_a_file(tmp_path: Path) -> None:
    path = module(tmp_path, "no-shouting")
    (found,) = findings(Settings(plugins=(str(path),), select=("house",)), title="Hose!")
    assert (found.rule, found.group, found.severity, found.text, found.penalty) == ("no-shouting", "house", "error", "!", 33.0)


def test_a_module_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module(tmp_path, "no-shouting-by-name")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert findings(Settings(plugins=("no_shouting_by_name",), select=("no-shouting-by-name",), lang="zh"), title="Hose!")[0].message == "请删除“!”"


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    registry._installed.cache_clear()
    yield tmp_path  # type: ignore[misc]
    registry._installed.cache_clear()


def install(folder: Path, target: str) -> None:
    info = folder / "house_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: house-rules\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[listinglint.rules]\nhouse = {target}\n")


def test_an_installed_package(packages: Path) -> None:
    module(packages, "no-shouting-installed")
    install(packages, "no_shouting_installed")
    assert [one.rule for one in findings(Settings(select=("house",)), title="Hose!")] == ["no-shouting-installed"]


def test_a_broken_package_stops_the_run_by_name(packages: Path) -> None:
    install(packages, "no_such_house_module")
    with pytest.raises(RuleError, match=r"'house' \(no_such_house_module\) cannot be loaded: ModuleNotFoundError"):
        Linter(Settings())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import no_such_thing", "ModuleNotFoundError"),
        ("x = 1", "neither RULE nor RULES"),
        ("RULE = 1", "RULE is int"),
        ("def f(:", "SyntaxError"),
    ],
)
def test_a_broken_module_stops_the_run(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "broken.py"
    path.write_text(text)
    with pytest.raises(RuleError, match=said) as caught:
        Linter(Settings(plugins=(str(path),)))
    assert "broken" in str(caught.value)
    sys.modules.pop("listinglint_rules_broken", None)


def test_a_rule_may_not_take_a_name_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="title-filler"):
        Linter(Settings(plugins=(str(module(tmp_path, "title-filler")),)))


def test_a_crash_is_an_internal_error_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = module(tmp_path, "crashing", "raise KeyError('oops')")
    catalog = tmp_path / "shop.csv"
    catalog.write_text("id,title\nA-1,Hose!\nA-2,Hose\n", encoding="utf-8")
    code = failures.run(cli, ["check", str(catalog), "--rules-from", str(path), "--select", "crashing", "--exit-zero", "--lang", "en", "--format", "jsonl"])
    out, err = capsys.readouterr()
    assert code == 2
    assert "error: rule crashing crashed on listing A-1 (record 2): KeyError: 'oops'" in err
    lines = out.splitlines()
    assert len(lines) == 3
    assert '"internal_errors":[{"rule":"crashing","id":"A-1"' in lines[-1]


TOML = """
[[rules]]
name = "house-words"
severity = "error"
penalty = 15
fields = ["title"]
words = ["miracle", "world first", "神器"]
message = { en = "'{text}' is out", zh = "不要写“{text}”" }

[[rules]]
name = "house-spelling"
replace = { grey = "gray", "cell phone" = "mobile phone" }
safe = true

[[rules]]
name = "house-length"
group = "house"
fields = ["title"]
min = 2
max = 4
unit = "words"

[[rules]]
name = "house-code"
fields = ["model"]
require = "^[A-Z]{2}-[0-9]{3}$"

[[rules]]
name = "house-years"
fields = ["title"]
forbid = "\\\\b20[0-9]{2}\\\\b"
good = ["Hose"]
bad = ["Hose 2024", { title = "Pipe 2023" }]
"""


def test_declared_rules(tmp_path: Path) -> None:
    settings = Settings(rule_files=(str(declared(tmp_path, TOML)),), select=("house-words", "house-spelling", "house", "house-code", "house-years"))
    found = findings(settings, title="World  First 神器 Grey Hose 2024 x", model="zz")
    assert [one.text for one in found if one.rule == "house-words"] == ["World  First", "神器"]
    by_rule = {one.rule: one for one in reversed(found)}
    assert set(by_rule) == {"house-words", "house-spelling", "house-length", "house-code", "house-years"}
    assert (by_rule["house-words"].message, by_rule["house-words"].penalty) == ("'World  First' is out", 15.0)
    assert by_rule["house-spelling"].fix is not None and by_rule["house-spelling"].fix.safety == "safe"
    assert by_rule["house-spelling"].fix.edits[0].text == "Gray"
    assert by_rule["house-years"].text == "2024"
    assert by_rule["house-code"].start is None
    assert findings(settings, title="Gray Leaderless Hose", model="AB-123") == []
    mended = fix(Listing.of({"title": "Grey Cell Phone Bag"}), Linter(settings.replace(select=("house-spelling",))))
    assert mended.listing.text("title") == "Gray Mobile Phone Bag"


def test_examples_of_declared_rules_hold(tmp_path: Path) -> None:
    path = declared(tmp_path, TOML)
    rule = read_rules(path)[-1]
    assert len(rule.examples) == 3
    for example in rule.examples:
        settings = Settings(rule_files=(str(path),), select=(rule.name,))
        assert bool(findings(settings, **example.listings[0])) == example.expect


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = [", "not a TOML file"),
        ("[other]", "[[rules]] tables and nothing else"),
        ("[[rules]]\nwords=['a']", "rule number 1: name: a kebab-case name"),
        ("[[rules]]\nname='A b'\nwords=['a']", "rule 'A b': name"),
        ("[[rules]]\nname='a'", "one of words, replace, forbid, require, min/max was expected, not none"),
        ("[[rules]]\nname='a'\nwords=['x']\nmax=3", "not words and length"),
        ("[[rules]]\nname='a'\nwords=[1]", "words takes a list of texts"),
        ("[[rules]]\nname='a'\nwords=[]", "words: at least one"),
        ("[[rules]]\nname='a'\nword=['x']", "unknown key 'word'; did you mean 'words'"),
        ("[[rules]]\nname='a'\nwords=['x']\nseverity='fatal'", "severity takes error"),
        ("[[rules]]\nname='a'\nwords=['x']\npenalty=-1", "penalty takes points"),
        ("[[rules]]\nname='a'\nwords=['x']\nfields=['titel']", "did you mean 'title'"),
        ("[[rules]]\nname='a'\nwords=['x']\nmessage='{oops}'", "a place in '{oops}' cannot be filled"),
        ("[[rules]]\nname='a'\nforbid='(a'", "is no pattern that RE2 takes"),
        ("[[rules]]\nname='a'\nforbid='(?=a)'", "is no pattern that RE2 takes"),
        ("[[rules]]\nname='a'\nforbid='a*'", "matches empty text"),
        ("[[rules]]\nname='a'\nmin=5\nmax=3", "min (5) is above max (3)"),
        ("[[rules]]\nname='a'\nmax=true", "max takes a whole number"),
        ("[[rules]]\nname='a'\nmax=3\nunit='miles'", "unit takes"),
        ("[[rules]]\nname='a'\nreplace={x=1}", "replace takes a table"),
        ("[[rules]]\nname='a'\nwords=['x']\n[[rules]]\nname='a'\nwords=['y']", "declared twice"),
    ],
)
def test_mistakes_in_declared_rules_name_file_and_rule(tmp_path: Path, text: str, said: str) -> None:
    path = declared(tmp_path, text)
    with pytest.raises(RuleError) as caught:
        read_rules(path)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)


def test_a_hard_pattern_takes_linear_time(tmp_path: Path) -> None:
    path = declared(tmp_path, "[[rules]]\nname='hard'\nfields=['title']\nforbid='(a+)+b'\n")
    assert findings(Settings(rule_files=(str(path),), select=("hard",)), title="a" * 50_000) == []


def test_the_worked_examples_of_the_documentation(tmp_path: Path) -> None:
    text = (Path(__file__).parent.parent / "docs" / "plugins.md").read_text(encoding="utf-8")
    blocks = [block.split("\n", 1)[1] for block in text.split("```")[1::2]]
    rules, code = tmp_path / "our-rules.toml", tmp_path / "our_rules.py"
    rules.write_text(blocks[0], encoding="utf-8")
    code.write_text(blocks[1], encoding="utf-8")
    settings = Settings(rule_files=(str(rules),), plugins=(str(code),), select=("house", "house-words", "house-spelling", "house-length", "house-model"))
    found = findings(settings, title="Grey Miracle Mop!", model="x")
    assert {one.rule for one in found} == {"title-exclamation", "house-words", "house-spelling", "house-length", "house-model"}
    assert findings(settings, title="Gray Spin Mop Set", model="AB-123") == []
