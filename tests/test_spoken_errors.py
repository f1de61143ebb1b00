"""Errors that a user can mend speak English and Chinese: to the command line in its language, to a program as `error.message`."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_cli import run, shop  # noqa: F401 - a fixture

import listinglint
from listinglint.engine.suppress import Suppressions
from listinglint.language.thesaurus import extend
from listinglint.marketplaces import marketplace
from listinglint.model.errors import SpokenError
from listinglint.rules.declared import read_rules

HAN = re.compile(r"[\u4e00-\u9fff]")


def file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


LIMIT = '[[limits]]\nfield = "{field}"\nkind = "{kind}"\nvalue = {value}\nmark = "own"\n'
CASES: list[tuple[Callable[[Path], Any], str]] = [
    (lambda _: listinglint.lint({"tilte": "Hose"}), "没有名为“tilte”的字段；您是否想用“title”"),
    (lambda _: listinglint.lint({"title": "Hose"}, marketplace="amazn"), "没有平台“amazn”；您是否想用“amazon”"),
    (lambda folder: marketplace(str(folder / "none.toml")), "无法读取"),
    (lambda folder: marketplace(str(file(folder / "a.toml", '[keywords]\nkind = "heap"\n'))), "应为 list 或 bag"),
    (lambda folder: marketplace(str(file(folder / "b.toml", LIMIT.format(field="titel", kind="max", value=3)))), "没有这个字段"),
    (lambda folder: marketplace(str(file(folder / "c.toml", LIMIT.format(field="title", kind="most", value=3)))), "kind 应为"),
    (lambda folder: marketplace(str(file(folder / "d.toml", LIMIT.format(field="title", kind="max", value=-3)))), "更大的数"),
    (lambda folder: marketplace(str(file(folder / "e.toml", '[[limits]]\nfield = "title"\n'))), "缺少“kind”"),
    (lambda _: listinglint.lint({"title": "Hose"}, select="title-fller"), "没有规则或分组“title-fller”"),
    (lambda _: listinglint.lint({"title": "Hose"}, plugins="no_such_module_here"), "无法加载规则模块“no_such_module_here”"),
    (lambda folder: read_rules(folder / "none.toml"), "无法读取"),
    (lambda folder: read_rules(file(folder / "f.toml", "x = ")), "不是 TOML 文件"),
    (lambda folder: read_rules(file(folder / "g.toml", "x = 1")), r"应只有 \[\[rules\]\] 表"),
    (lambda folder: read_rules(file(folder / "h.toml", '[[rules]]\nname = "A"')), "规则“A”：name 应为"),
    (lambda folder: read_rules(file(folder / "i.toml", "[[rules]]\nnmae = 1")), "第 1 条规则：没有“nmae”这一项；您是否想用“name”"),
    (lambda folder: read_rules(file(folder / "j.toml", '[[rules]]\nname = "a"\nseverity = "bad"')), "severity 应为 error、warning 或 info，而不是 'bad'"),
    (lambda folder: read_rules(file(folder / "k.toml", '[[rules]]\nname = "a"\nfields = "titel"')), "fields：产品没有名为“titel”的字段"),
    (lambda folder: read_rules(file(folder / "l.toml", '[[rules]]\nname = "a"\nforbid = "("')), "RE2 不支持"),
    (lambda folder: Suppressions.read(file(folder / "m.csv", "a,b\n")), "必须有 id 和 rule 两列"),
    (lambda folder: Suppressions.read(file(folder / "n.csv", "id,rule,until\nA-1,ALL,soon\n")), "第 2 行 until 列：“soon”不是日期"),
    (lambda folder: Suppressions.read(folder / "none.csv"), "无法读取"),
    (lambda folder: extend(str(folder / "none2.csv")), "无法读取"),
    (lambda folder: extend(str(file(folder / "o.csv", "kind,names\n"))), "第 1 行：没有“kind”这一列"),
    (lambda folder: extend(str(file(folder / "p.csv", "category,names\nHoses,a;;b\n"))), "两个分号之间没有名称"),
]


@pytest.mark.parametrize(("make", "said"), CASES)
def test_both_languages(tmp_path: Path, make: Callable[[Path], Any], said: str) -> None:
    with pytest.raises(SpokenError) as caught:
        make(tmp_path)
    error = caught.value
    assert re.search(said, error.message.zh), error.message.zh
    assert str(error) == error.message.en and not HAN.search(error.message.en) and HAN.search(error.message.zh)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error) and again.message == error.message and str(again) == str(error)


@pytest.mark.parametrize(
    ("arguments", "en", "zh"),
    [
        (("check", "--marketplace", "amazn"), "unknown marketplace 'amazn'; did you mean 'amazon'?", "没有平台“amazn”；您是否想用“amazon”？"),
        (("check", "--select", "title-fller"), "unknown rule or group 'title-fller'", "没有规则或分组“title-fller”"),
        (("check", "--rules-from", "none.toml"), "cannot be read", "无法读取"),
        (("check", "--suppressions", "none.csv"), "cannot be read", "无法读取"),
        (("explain", "title-fller"), "unknown rule 'title-fller'; did you mean 'title-filler'?", "没有规则“title-fller”；您是否想用“title-filler”？"),
    ],
)
def test_the_command_line_speaks_its_language(shop: Path, arguments: tuple[str, ...], en: str, zh: str) -> None:  # noqa: F811
    command, *options = arguments
    paths = [shop] if command == "check" else []
    english, chinese = (run(command, *paths, *options, "--lang", lang) for lang in ("en", "zh"))
    assert (english.code, chinese.code) == (2, 2)
    assert english.err.startswith("error: ") and en in english.err
    assert chinese.err.startswith("错误：") and zh in chinese.err and "unknown" not in chinese.err
