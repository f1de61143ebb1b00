"""`listinglint init`: writes a configuration for a catalog, with the columns that were recognised and every setting explained."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from listinglint.cli import options as opt
from listinglint.cli.failures import choose_language, language
from listinglint.config import FILE_NAME, ConfigError
from listinglint.model import Text
from listinglint.rules.rule_sets import RULE_SETS

if TYPE_CHECKING:
    from listinglint.catalogs import Catalog, SourceInfo

_HEAD: Final = Text(
    "# Settings of listinglint for this folder and those below it. Lines that begin with # are off.",
    "# listinglint 在本文件夹及其子文件夹中的设置。以 # 开头的行不起作用。",
)
_SCHEMA: Final = Text(
    "# An editor completes and checks this file after `listinglint schema config > .listinglint.schema.json`; take the first # off the next line.",
    "# 运行 `listinglint schema config > .listinglint.schema.json` 并去掉下一行的第一个 #，编辑器即可补全和检查本文件。",
)
_SCHEMA_LINE: Final = "# #:schema ./.listinglint.schema.json"
_SETTINGS: Final = (
    (Text("The rules that count. Rules of later versions only report, as previews, until you move this on.", "所采用的规则集。更新版本中的新规则只作预览，直到您修改此项。"), 'rule-set = "{rule_set}"'),
    (Text("Settings that several folders share: files that this one builds on.", "多个文件夹共用的设置：本文件所继承的文件。"), '# extends = "../listinglint.toml"'),
    (Text("Whose limits hold: `listinglint marketplaces` lists them.", "采用哪个平台的限制：用 `listinglint marketplaces` 查看。"), 'marketplace = {marketplace}'),
    (Text("Language of messages: en or zh.", "提示语言：en 或 zh。"), 'lang = "{lang}"'),
    (Text("Rules to leave out, or to use only or in addition (`listinglint rules` lists them).", "不使用、只使用或额外使用的规则（用 `listinglint rules` 查看）。"),
     '# ignore = ["title-case"]\n# select = ["titles", "keywords"]\n# extend-select = []'),
    (Text("When `check` fails: findings of this severity or above (error, warning, info, never) …", "何时判为未通过：出现该级别及以上的问题（error、warning、info、never）……"),
     '# fail-on = "warning"'),
    (Text("… or a listing or the catalog below these; so many percent of the listings are forgiven.", "……或产品、目录低于以下标准；允许一定比例的产品不通过。"),
     '# min-stars = 3\n# min-score = 60\n# min-catalog-score = 75\n# max-findings = 100\n# max-failing = "2%"'),
    (Text("Findings that were looked at and accepted (CSV: id, rule, value, reason, until).", "已确认可忽略的问题（CSV：id, rule, value, reason, until）。"),
     '# suppressions = "suppressions.csv"'),
    (Text("Findings that were there before; only others fail (`listinglint check --write-baseline FILE` writes them).", "原有的问题；只有新问题才判为未通过（用 `listinglint check --write-baseline 文件` 生成）。"),
     '{baseline}'),
    (Text("Rules of your own: Python modules, or TOML files without code.", "自己的规则：Python 模块，或不写代码的 TOML 文件。"),
     '# plugins = ["our_rules"]\n# rule-files = ["our-rules.toml"]'),
)  # fmt: skip
_COLUMNS: Final = Text(
    "Which column feeds which field. What stands here wins over what is recognised.", "哪一列对应哪个字段。这里写明的优先于自动识别。"
)
_TABLES: Final = (
    (Text("Another severity for a rule or a group.", "调整规则或分组的级别。"), '# [severity]\n# title-case = "warning"'),
    (Text("Options of a rule: `listinglint explain RULE` names them.", "规则的选项：用 `listinglint explain 规则名` 查看。"), '# [rules.title-filler]\n# allowed = ["new"]'),
    (Text("What you hold and how you write: names, certificates, brands, words.", "您拥有的资质与用词：公司名、地区、认证、品牌、词语。"),
     '# [seller]\n# name = "Example Trading Co."\n# region = "Ningbo"\n# certifications = ["CE"]\n# brands = []\n# models = []\n# authorised-brands = []\n'
     '# banned-words = []\n# preferred-words = {{ colour = "color" }}'),
    (Text("Other settings for some files, categories or marketplaces; the later win.", "针对部分文件、类目或平台的设置；后面的优先。"),
     '# [[overrides]]\n# files = ["feeds/*.csv"]\n# categories = ["Bike*", "Kitchen > *"]\n# marketplace = "amazon"\n# ignore = ["title-case"]'),
)  # fmt: skip
_SAY: Final = {
    "there": Text("{path} is there already; --force replaces it", "{path} 已存在；用 --force 覆盖"),
    "written": Text("wrote {path}: {fields}", "已写入 {path}：{fields}"),
    "crashed": Text("rules crashed on the catalog ({error}); nothing was written", "检查目录时有规则出错（{error}）；未写入任何内容"),
}
BASELINE_NAME: Final = "listinglint.baseline"


@click.command()
@click.argument("path")
@click.option("--force", is_flag=True, help="Replace a configuration that is there.")
@click.option("--baseline", is_flag=True, help=f"Accept all findings that are there now: write them to {BASELINE_NAME}, so that only new ones fail.")
@opt.marketplace_option
@click.option("--columns", multiple=True, metavar="FIELD=HEADER,…", help="Columns that feed fields.")
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook.")
@click.option("--encoding", metavar="NAME", help="Encoding of text files.")
@opt.lang_option
def init(
    path: str, force: bool, baseline: bool, marketplace: str | None, columns: tuple[str, ...], sheet: str | None, encoding: str | None, lang: str | None
) -> int:
    """Write listinglint.toml beside the catalog PATH, with the columns recognised in it and all settings explained."""
    from listinglint.catalogs import open_catalog
    from listinglint.catalogs.tables import replace_file
    from listinglint.marketplaces import marketplace as known

    spoken = language(lang)
    choose_language(spoken)
    if marketplace:
        known(marketplace)
    one = Path(path)
    target = (one if one.is_dir() else one.parent) / FILE_NAME
    for there in (target, target.with_name(BASELINE_NAME)) if baseline else (target,):
        if there.exists() and not force:
            raise ConfigError(Text(*(_SAY["there"].format(each, path=there) for each in ("en", "zh"))))
    catalog = open_catalog([path], columns=opt.columns(columns) or None, sheet=sheet, encoding=encoding)
    if marketplace and marketplace.endswith(".toml"):
        # Paths in a configuration start from its folder.
        marketplace = Path(os.path.relpath(marketplace, target.parent)).as_posix()
    text = config_text(catalog.sources, marketplace or "alibaba", spoken, BASELINE_NAME if baseline else None)

    def write(part: Path) -> None:
        part.write_text(text, encoding="utf-8")
        if baseline:
            # The configuration itself is judged by; where the catalog cannot be checked neither of the two files appears.
            _accept(catalog, part, target.with_name(BASELINE_NAME))

    replace_file(target, write)
    fields = ", ".join(catalog.sources[0].fields)
    click.echo(_SAY["written"].format(spoken, path=target, fields=fields), err=True)
    return 0


def _accept(catalog: Catalog, config_file: Path, path: Path) -> None:
    """Checks the catalog by the configuration and writes all findings to the baseline `path`."""
    from listinglint.cli.baseline import BaselineRun
    from listinglint.config import load_config
    from listinglint.engine import Linter, check
    from listinglint.engine.catalog import Counts
    from listinglint.reports.terminal import clean

    config = load_config(explicit=config_file)
    run = BaselineRun(config, config.settings, Linter(config.settings), {"write_baseline": str(path)})
    run.reads(catalog)
    counts = Counts()
    for report in check(catalog, config.settings, jobs=min(os.cpu_count() or 1, 8)):
        counts.add(run.judge(report))
    summary = counts.summary()
    if summary.internal_errors:
        raise ConfigError(Text(*(_SAY["crashed"].format(each, error=summary.internal_errors[0].error) for each in ("en", "zh"))))
    run.finish(summary, quiet=False, tell=lambda text: click.echo(clean(text), err=True))


def config_text(sources: list[SourceInfo], marketplace: str, lang: str, baseline: str | None = None) -> str:
    """The configuration as text. Columns are written where all sources agree on them."""
    out = [_HEAD.get(lang), _SCHEMA.get(lang), _SCHEMA_LINE, ""]
    named = f'baseline = "{baseline}"' if baseline else f'# baseline = "{BASELINE_NAME}"'
    for why, lines in _SETTINGS:
        for place, value in (("marketplace", _toml(marketplace)), ("lang", lang), ("baseline", named), ("rule_set", RULE_SETS[-1])):
            lines = lines.replace(f"{{{place}}}", value)
        out += [f"# {why.get(lang)}", lines, ""]
    first = sources[0].fields
    agreed = all(source.fields == first for source in sources)
    out += [f"# {_COLUMNS.get(lang)}", "[columns]"]
    for field, headers in first.items():
        value = _toml(headers[0]) if len(headers) == 1 else f"[{', '.join(map(_toml, headers))}]"
        out.append(f"{'' if agreed else '# '}{field.replace('_', '-')} = {value}")
    for why, lines in _TABLES:
        out += ["", f"# {why.get(lang)}", lines.replace("{{", "{").replace("}}", "}")]
    return "\n".join(out) + "\n"


def _toml(text: str) -> str:
    """A TOML basic string; JSON's escapes are a part of TOML's, but for the character DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
