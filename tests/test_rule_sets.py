"""Pinned rule sets: newer rules tell what they find, cost nothing, fail nothing and mend nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from listinglint.cli import cli, failures
from listinglint.config import Settings
from listinglint.engine import Linter, fix
from listinglint.model import Listing
from listinglint.rules.registry import RuleError, builtin
from listinglint.rules.rule_sets import RULE_SETS, is_newer, rule_set_problem

MODULE = '''
from listinglint.model import Text
from listinglint.rules.rule import Bad, Good, Rule, texts

def check(doc, options):
    for part in doc.parts("title"):
        at = part.raw.find("!")
        if at >= 0:
            yield part.hit(at, at + 1, replace="", safe=True)

RULE = Rule(
    name="no-shouting", group="claims", severity="error", fields=("title",), penalty=33.0, fix="safe", since={since!r},
    summary=Text("an exclamation mark", "感叹号"), messages=texts("take out '!'", "请删除“!”"),
    page=Text("Finds exclamation marks.", "检查感叹号。"), examples=(Good("Hose"), Bad("Hose!")), check=check,
)
'''


def settings(folder: Path, since: str | None, rule_set: str | None = RULE_SETS[0], **more: object) -> Settings:
    path = folder / f"shouting_{str(since).replace('.', '_')}.py"
    path.write_text(MODULE.format(since=since), encoding="utf-8")
    return Settings(plugins=(str(path),), rule_set=rule_set, **more)  # type: ignore[arg-type]


def test_sets_are_ordered() -> None:
    assert list(RULE_SETS) == sorted(RULE_SETS, key=lambda name: tuple(map(int, name.split("."))))
    assert is_newer("2027.05", "2026.11") and is_newer("2027.05", "2027.04") and is_newer("2026.11", "2026.9")
    assert not is_newer("2026.11", "2026.11") and not is_newer("2026.09", "2026.11")
    assert not is_newer(None, "2026.11") and not is_newer("2027.05", None)


def test_every_built_in_rule_names_a_set() -> None:
    assert {rule.since for rule in builtin().values()} <= set(RULE_SETS)


@pytest.mark.parametrize(("name", "said"), [("2999.01", "newer than this program"), ("2001.01", "unknown rule set"), ("latest", "unknown rule set")])
def test_an_unknown_set_is_an_error_with_the_known_ones(name: str, said: str) -> None:
    with pytest.raises(RuleError, match=said) as caught:
        Linter(Settings(rule_set=name))
    assert RULE_SETS[-1] in str(caught.value)
    problem = rule_set_problem(name)
    assert problem is not None and RULE_SETS[-1] in problem.zh


def test_a_newer_rule_is_a_preview(tmp_path: Path) -> None:
    one = Listing.of({"title": "Garden Hose!", "certifications": "", "keywords": "garden hose"})
    pinned = settings(tmp_path, "2999.05")
    report = Linter(pinned).lint(one)
    (found,) = [finding for finding in report.findings if finding.rule == "no-shouting"]
    assert (found.severity, found.penalty, found.preview, found.message) == ("info", 0.0, True, "(preview of rule set 2999.05) take out '!'")
    assert found.to_dict()["preview"] is True
    before = Linter(Settings()).lint(one)
    assert (report.score, report.stars, report.sections, report.capped_by) == (before.score, before.stars, before.sections, before.capped_by)
    assert "!" in (fix(one, Linter(pinned)).listing.text("title") or "")
    assert Linter(pinned.replace(severity={"no-shouting": "error"}, lang="zh")).lint(one).findings != report.findings
    assert all(finding.severity == "info" for finding in Linter(pinned.replace(severity={"ALL": "error"})).lint(one).findings if finding.preview)


@pytest.mark.parametrize(("since", "rule_set"), [("2999.05", None), (None, "2026.11"), ("2026.11", "2026.11")])
def test_all_other_rules_count(tmp_path: Path, since: str | None, rule_set: str | None) -> None:
    one = Listing.of({"title": "Garden Hose!", "certifications": ""})
    linter = Linter(settings(tmp_path, since, rule_set))
    (found,) = [finding for finding in linter.lint(one).findings if finding.rule == "no-shouting"]
    assert (found.severity, found.preview) == ("error", False)
    assert found.penalty > 0
    assert fix(one, linter).listing.text("title") == "Garden Hose"


def test_previews_fail_no_gate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings(tmp_path, "2999.05")
    (tmp_path / "listinglint.toml").write_text(
        'rule-set = "2026.11"\nplugins = ["shouting_2999_05"]\nselect = ["no-shouting"]\nfail-on = "info"\nmax-findings = 0\n', encoding="utf-8"
    )
    (tmp_path / "shop.csv").write_text("id,title\nA-1,Hose!\nA-2,Hose\n", encoding="utf-8")
    assert failures.run(cli, ["check", str(tmp_path / "shop.csv"), "--format", "jsonl", "--lang", "en"]) == 0
    *listings, summary = map(json.loads, capsys.readouterr().out.splitlines())
    assert [finding["preview"] for one in listings for finding in one["findings"]] == [True]
    assert (summary["findings"], summary["previews"], summary["failed"]) == (1, 1, False)
    assert failures.run(cli, ["check", str(tmp_path / "shop.csv"), "--format", "junit", "--lang", "en"]) == 0
    assert "<failure" not in capsys.readouterr().out
    (tmp_path / "listinglint.toml").write_text('plugins = ["shouting_2999_05"]\nselect = ["no-shouting"]\n', encoding="utf-8")
    assert failures.run(cli, ["check", str(tmp_path / "shop.csv"), "--lang", "en"]) == 1


def test_lists_and_pages_show_the_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert failures.run(cli, ["rules", "--lang", "en"]) == 0
    assert all("2026.11]" in line for line in capsys.readouterr().out.splitlines() if line.startswith("  "))
    assert failures.run(cli, ["explain", "title-filler", "--lang", "en"]) == 0
    assert "Since: 2026.11" in capsys.readouterr().out
    settings(tmp_path, None)
    assert failures.run(cli, ["explain", "no-shouting", "--lang", "en", "--rules-from", str(tmp_path / "shouting_None.py")]) == 0
    assert "Since" not in capsys.readouterr().out
