"""The JSON Schema of the configuration: up to date, valid, and of one mind with the reading; the documented examples hold."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from listinglint.cli import cli, failures
from listinglint.config import ConfigError, load_config
from listinglint.config.keys import KEYS, OVERRIDE_KEYS
from listinglint.rules.config_check import check_config
from listinglint.rules.registry import builtin
from listinglint.schema.config import FILE, config_schema, schema_text

DOCS = Path(__file__).parent.parent / "docs" / "config.md"
EXAMPLES = re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
SCHEMA = json.loads(FILE.read_text(encoding="utf-8"))


def as_json(value: Any) -> Any:
    """A TOML value as editors hand it to a JSON Schema: dates as their text."""
    if isinstance(value, dict):
        return {name: as_json(one) for name, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value


def accepts(text: str) -> bool:
    return bool(Draft7Validator(SCHEMA).is_valid(as_json(tomllib.loads(text))))


def test_the_shipped_schema_is_up_to_date_and_valid() -> None:
    assert FILE.read_text(encoding="utf-8") == schema_text(), "run python -m listinglint.schema.config"
    Draft7Validator.check_schema(SCHEMA)


def test_every_key_rule_and_option_is_in_it() -> None:
    assert set(SCHEMA["properties"]) == set(KEYS)
    assert set(SCHEMA["properties"]["overrides"]["items"]["properties"]) == set(OVERRIDE_KEYS)
    rules = SCHEMA["definitions"]["rules"]["properties"]
    assert set(rules) == set(builtin())
    for rule in builtin().values():
        assert {name: one["default"] for name, one in rules[rule.name]["properties"].items()} == {
            option.name: list(option.default) if isinstance(option.default, tuple) else option.default for option in rule.options
        }
        for option in rule.options:
            assert Draft7Validator(rules[rule.name]["properties"][option.name]).is_valid(rules[rule.name]["properties"][option.name]["default"])
    for one in SCHEMA["properties"].values():
        english, chinese = one["description"].split("\n")
        assert english != chinese


def test_rules_from_outside_can_be_put_in() -> None:
    some = dict(list(builtin().items())[:2])
    assert set(config_schema(some)["definitions"]["rules"]["properties"]) == set(some)


@pytest.mark.parametrize("text", EXAMPLES)
def test_documented_examples_are_read_and_fit_the_schema(tmp_path: Path, text: str) -> None:
    assert accepts(text)
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (tmp_path / "a" / "company.toml").write_text('ignore = ["title-case"]', encoding="utf-8")
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "listinglint.toml").write_text("min-stars = 2", encoding="utf-8")
    path = folder / "listinglint.toml"
    path.write_text(text, encoding="utf-8")
    config = load_config(explicit=path)
    check_config(config, builtin())
    if "extends" in text:
        assert (config.limits.min_stars, config.settings.beneath[0].ignore, config.settings.extend_select) == (2, ("title-case",), ("title-case",))


def test_the_documentation_names_every_key() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert len(EXAMPLES) >= 4
    for name in (*KEYS, *OVERRIDE_KEYS, *(KEYS["seller"].keys or {})):
        assert re.search(rf"(?<![\w-]){name}(?![\w-])", text), name


WRONG = [
    "markteplace = 'etsy'", "marketplace = 'amazn'", "fail-on = 'eror'", "min-stars = 6", "max-failing = '200 percent'", "rule-set = '1.1'",
    "select = [1]", "ignore = ['not a name']", "[severity]\ntitles = 'bad'", "[rules.title-length]\nmx = 3", "[rules.title-filler]\nallowed = 3",
    "[rules.stale-listing]\ndays = 0", "[columns]\ntitel = 'Name'", "[seller]\nbrandz = ['A']", "[[overrides]]\nignore = ['titles']",
    "[[overrides]]\nfiles = 'a'\nfail-on = 'error'", "date = 'yesterday'", "plugins = ['']",
]  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_what_the_schema_refuses_the_reading_refuses(tmp_path: Path, text: str) -> None:
    path = tmp_path / "listinglint.toml"
    path.write_text(text, encoding="utf-8")
    assert not accepts(text)
    with pytest.raises(ConfigError):
        check_config(load_config(explicit=path), builtin())


RIGHT: dict[str, list[str]] = {
    "marketplace": ["'ebay'", "'own.toml'"], "lang": ["'zh'"], "date": ["2026-11-25", "'2026-11-25'"], "rule-set": ["'2026.11'"],
    "select": ["'ALL'", "['titles', 'title-length:over']"], "ignore": ["[]", "['title-case']"], "extend-select": ["['facts']"], "fail-on": ["'never'"],
    "min-stars": ["1", "5"], "min-score": ["0", "99.5"], "min-catalog-score": ["75"], "max-findings": ["0"], "max-failing": ["2", "'2.5%'", "'2'"],
    "suppressions": ["'a.csv'"], "baseline": ["'b'"], "catalog": ["'c'"], "plugins": ["'a.b'", "['x.py']"], "rule-files": ["['r.toml']"],
    "thesaurus-files": ["'t.csv'"], "category-file": ["'c.txt'"], "severity": ["{ titles = 'info', title-case = 'error' }"],
    "rules": ["{ title-filler = { allowed = ['x'] }, stale-listing = { days = 30 } }"], "seller": ["{ brands = 'A', preferred-words = { a = 'b' } }"],
    "columns": ["{ title = 'T', seo-title = ['A', 'B'], lint-ignore = 'I' }"], "overrides": ["[{ files = 'a', ignore = 'titles' }]"],
}  # fmt: skip


@given(st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_what_the_reading_takes_the_schema_takes(tmp_path: Path, data: st.DataObject) -> None:
    keys = data.draw(st.lists(st.sampled_from(sorted(RIGHT)), unique=True))
    text = "\n".join(f"{key} = {data.draw(st.sampled_from(RIGHT[key]))}" for key in keys)
    path = tmp_path / "listinglint.toml"
    path.write_text(text, encoding="utf-8")
    check_config(load_config(explicit=path), builtin())
    assert accepts(text)


def test_right_values_are_known_for_every_key() -> None:
    assert set(RIGHT) == set(KEYS) - {"extends"}


def test_printed_by_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert failures.run(cli, ["schema", "config"]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMA
    assert failures.run(cli, ["schema"]) == failures.run(cli, ["schema", "report"]) == 0
    assert '"urn:listinglint:report:1"' in capsys.readouterr().out


def test_init_writes_what_the_schema_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "shop.csv").write_text("id,title,tags,seo title\nA-1,Hose,hose,Hose\n", encoding="utf-8")
    assert failures.run(cli, ["init", str(tmp_path / "shop.csv"), "--lang", "en"]) == 0
    capsys.readouterr()
    text = (tmp_path / "listinglint.toml").read_text(encoding="utf-8")
    assert 'rule-set = "2026.11"' in text
    assert "#:schema ./.listinglint.schema.json" in text
    assert accepts(text)
    # All that is switched off by a # is right too.
    lit = "\n".join(line[2:] if re.match(r"# (\[|[a-z-]+ = )", line) else line for line in text.splitlines())
    lit = lit.replace('extends = "../listinglint.toml"', "").replace('plugins = ["our_rules"]', "")
    assert accepts(lit)
    (tmp_path / "listinglint.toml").write_text(lit, encoding="utf-8")
    check_config(load_config(explicit=tmp_path / "listinglint.toml"), builtin())
