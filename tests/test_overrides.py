"""Overrides: which listings they fit, and that every way through the engine judges each listing by its own settings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pandas
import pyarrow
import pytest

import listinglint
from listinglint.cli import cli, failures
from listinglint.config import ConfigError, Override, Selection, Seller, Settings
from listinglint.engine import Linter, check, fix
from listinglint.engine.batch import lint_batch
from listinglint.engine.overrides import Overrides, with_overrides
from listinglint.model import Listing, ListingReport
from listinglint.model.listing import Source
from listinglint.rules.registry import RuleError
from listinglint.suggestions import Suggester


def listing(title: str = "Bicycle Bell", category: str | None = None, file: str | None = None, **fields: str) -> Listing:
    values = {"title": title, **({"category": category} if category is not None else {}), **fields}
    return Listing.of(values, Source(file) if file is not None else None)


def fits(override: Override, one: Listing, **settings: str) -> bool:
    found = Overrides(Settings(overrides=(override,), **settings), 0, lambda _: 1)  # type: ignore[arg-type]
    return found.of(one) == 1


@pytest.mark.parametrize(
    ("pattern", "file", "expected"),
    [
        ("feeds/*.csv", "feeds/a.csv", True),
        ("feeds/*.csv", "feeds/deep/a.csv", False),
        ("feeds/**/*.csv", "feeds/deep/a.csv", True),
        ("*.csv", "feeds/deep/a.csv", True),
        ("feeds", "feeds/deep/a.csv", True),
        ("/a.csv", "feeds/a.csv", False),
        ("a.csv", "b.csv", False),
        ("feeds/a?.csv", "feeds/a1.csv", True),
        ("产品/*.xlsx", "产品/一.xlsx", True),
    ],
)
def test_file_patterns_are_relative_to_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, file: str, expected: bool) -> None:
    override = Override(files=(pattern,), folder=str(tmp_path))
    assert fits(override, listing(file=str(tmp_path / file))) is expected
    monkeypatch.chdir(tmp_path)
    assert fits(override, listing(file=file)) is expected
    assert fits(override, listing(file=f"./x/../{file}")) is expected


def test_files_elsewhere_and_none_at_all(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    assert fits(Override(files=("*.csv",), folder=str(inner)), listing(file=str(tmp_path / "a.csv")))
    assert not fits(Override(files=("/*.csv",), folder=str(inner)), listing(file=str(tmp_path / "a.csv")))
    assert not fits(Override(files=("*",), folder=str(inner)), listing())
    assert not fits(Override(files=("*.csv", "!b.csv"), folder=str(tmp_path)), listing(file=str(tmp_path / "b.csv")))


@pytest.mark.parametrize(
    ("pattern", "category", "expected"),
    [
        ("Bike*", "Sports > Bike Parts > Bells", True),
        ("bike*", "BIKES", True),
        ("Bike*", "Sports > Mountain Bikes", False),
        ("Kitchen > *", "Kitchen > Knives", True),
        ("Kitchen > *", "Home > Kitchen > Knives > Chef", True),
        ("Kitchen > *", "Kitchen", False),
        ("Kitchen > Knives", "Kitchen > Bar > Knives", False),
        ("Home > Kitchen", "Home >> Kitchen", True),
        ("Home > Kitchen", "Home/Kitchen", True),
        ("厨房*", "家居 > 厨房用具", True),
        ("C?t", "Cat", True),
        ("a.c", "abc", False),
        ("*", "", False),
    ],
)
def test_category_patterns(pattern: str, category: str, expected: bool) -> None:
    assert fits(Override(categories=(pattern,)), listing(category=category)) is expected


def test_all_conditions_must_hold_and_the_marketplace_is_the_one_in_force() -> None:
    bikes = Override(categories=("Bikes",), marketplaces=("ama*",))
    assert fits(bikes, listing(category="Bikes"), marketplace="amazon")
    assert not fits(bikes, listing(category="Bikes"))
    assert not fits(bikes, listing(category="Knives"), marketplace="amazon")
    first, second = Override(categories=("Bikes",), marketplace="amazon"), Override(marketplaces=("amazon",), severity={"ALL": "info"})
    found = Overrides(Settings(overrides=(first, second)), (), lambda settings: (settings.marketplace, settings.severity))
    assert found.of(listing(category="Bikes")) == ("amazon", {"ALL": "info"})
    assert found.of(listing(category="Knives")) == ()
    assert found.fitting(None, ("Bikes",)) == (0, 1)


def test_later_overrides_win_and_words_add_up() -> None:
    base = Settings(
        ignore=("title-case",), severity={"titles": "info"}, options={"title-filler": {"allowed": ["a"]}},
        seller=Seller(banned_words=("x",), preferred_words={"a": "b"}, brands=("Old",)),
        overrides=(
            Override(selection=Selection(extend_select=("title-case",)), severity={"titles": "error"}, seller={"brands": ("New",), "banned_words": ("y",)}),
            Override(selection=Selection(ignore=("title-case",)), options={"title-filler": {"allowed": ["b"]}}, seller={"preferred_words": {"c": "d"}}),
        ),
    )  # fmt: skip
    on = lambda settings: {active.rule.name for active in Linter(settings).rules}  # noqa: E731
    first, both = with_overrides(base, (0,)), with_overrides(base, (0, 1))
    assert "title-case" in on(first) and "title-case" not in on(both) | on(base.replace(overrides=()))
    assert (both.severity, both.options) == ({"titles": "error"}, {"title-filler": {"allowed": ["b"]}})
    assert both.seller == Seller(banned_words=("x", "y"), preferred_words={"a": "b", "c": "d"}, brands=("New",))
    assert both.overrides == ()


# --- through the engine -----------------------------------------------------------------------------------------------

KNIVES = Override(
    categories=("Knives",), marketplace="etsy", selection=Selection(ignore=("all-caps", "duplicate-listing")), severity={"title-filler": "error"},
    seller={"banned_words": ("forged",)},
)  # fmt: skip
SETTINGS = Settings(overrides=(KNIVES,))


def catalog() -> list[Listing]:
    """Listings of two kinds in turn, enough of them for a pool."""
    out = []
    for at in range(420):
        kind = ("Kitchen > Knives", "Sports > Bikes")[at % 2]
        out.append(Listing.of({"id": f"A-{at}", "title": f"New Hot Sale FORGED Steel Tool {at // 4}", "category": kind, "keywords": "tool,tool"}))
    return out


def judged(reports: Iterable[ListingReport]) -> list[tuple[float, list[tuple[str, str, float]]]]:
    return [(report.score, [(one.selector, one.severity, one.penalty) for one in report.findings]) for report in reports]


def test_each_listing_is_judged_by_its_own_settings() -> None:
    linter, plain, knives = Linter(SETTINGS), Linter(), Linter(with_overrides(SETTINGS, (0,)))
    for one in catalog()[:4]:
        own = knives if "Knives" in (one.text("category") or "") else plain
        report = linter.lint(one)
        assert report == own.lint(one)
        assert linter.judge(linter.analyse(one)) == own.lint(one)
        assert linter.advise(report) == own.advise(report)
    assert knives.lint(catalog()[0]) != plain.lint(catalog()[0])
    assert knives.marketplace.name == "etsy" and linter.of(catalog()[0]).marketplace is knives.marketplace


def test_processes_and_batches_make_no_difference() -> None:
    listings = catalog()
    one = list(check(listings, SETTINGS, jobs=1))
    assert judged(one) == judged(check(listings, SETTINGS, jobs=2))
    repeated = {report.listing.text("category") for report in one for finding in report.findings if finding.rule == "duplicate-listing"}
    assert repeated == {"Sports > Bikes"}
    batch = pyarrow.RecordBatch.from_pylist([dict(one.values) for one in listings[:6]])
    linter = Linter(SETTINGS)
    found = lint_batch(batch, linter).to_pylist()
    assert [(row["row"], row["rule"]) for row in found] == [
        (at, finding.rule) for at, listing in enumerate(listings[:6]) for finding in linter.lint(listing).findings
    ]


def test_fix_and_suggest_follow_the_overrides() -> None:
    # Etsy takes thirteen tags of twenty characters, amazon a bag of words.
    settings = Settings(overrides=(Override(categories=("Bikes",), marketplace="amazon", selection=Selection(ignore=("text",))),))
    linter = Linter(settings)
    messy = {"title": "Bicycle  Bell", "keywords": "bell"}
    assert fix(Listing.of({**messy, "category": "Bikes"}), linter).listing.text("title") == "Bicycle  Bell"
    assert fix(Listing.of({**messy, "category": "Bells"}), linter).listing.text("title") == "Bicycle Bell"
    suggester = Suggester(settings)
    bag = suggester.suggest(Listing.of({"title": "Bicycle Bell", "category": "Bikes"}), titles=False).keyword_text
    rest = suggester.suggest(Listing.of({"title": "Bicycle Bell", "category": "Bells"}), titles=False).keyword_text
    assert "," not in bag and "," in rest
    assert bag == Suggester(Settings(marketplace="amazon")).suggest(Listing.of({"title": "Bicycle Bell", "category": "Bikes"}), titles=False).keyword_text


def test_rules_across_listings_measure_all_by_the_same_options() -> None:
    base = Settings(select=("repeated-keywords",), options={"repeated-keywords": {"most": 5}})
    odd = base.replace(overrides=(Override(categories=("Knives",), options={"repeated-keywords": {"most": 1}}),))
    assert judged(check(catalog()[:40], odd)) == judged(check(catalog()[:40], base))
    switched = Settings(select=("titles",), overrides=(Override(categories=("Bikes",), selection=Selection(select=("repeated-keywords",))),))
    found = {report.listing.text("category") for report in check(catalog()[:40], switched) for one in report.findings if one.rule == "repeated-keywords"}
    assert found == {"Sports > Bikes"}
    assert "repeated-keywords" in {rule.name for rule in Linter(switched).reported}


def test_mistakes_in_an_override_are_errors_before_any_listing_is_judged() -> None:
    for wrong in (Override(selection=Selection(select=("no-such",))), Override(options={"title-filler": {"alowed": []}})):
        with pytest.raises(RuleError):
            Linter(Settings(overrides=(wrong,)))


def test_the_api_takes_overrides_as_mappings(tmp_path: Path) -> None:
    shouted = {"title": "BRASS BICYCLE BELL LOUD", "category": "Bikes"}
    override = {"categories": "Bikes", "marketplace": "etsy", "extend_select": ["title-case"], "ignore": "all-caps", "rules": {"title-filler": {"allowed": ["x"]}}}
    plain = {finding.rule for finding in listinglint.lint(shouted).findings}
    report = listinglint.lint(shouted, overrides=[override])
    assert "all-caps" in plain and "all-caps" not in {finding.rule for finding in report.findings}
    assert report == listinglint.lint(shouted, "etsy", ignore="all-caps", options={"title-filler": {"allowed": ["x"]}})
    assert listinglint.lint_catalog([shouted], overrides=[override])[0].score == report.score
    frame = pandas.DataFrame([shouted, {**shouted, "category": "Bells"}])
    found = listinglint.lint_frame(frame, overrides=[override])
    assert set(found.index[found.rule == "all-caps"]) == {1}
    with pytest.raises(ConfigError, match=r"unknown key 'overrides\[1\].categoriez'; did you mean 'categories'"):
        listinglint.lint(shouted, overrides=[{"categoriez": "Bikes"}])


def test_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "feeds").mkdir()
    rows = "id,title,category\nA-1,BRASS BICYCLE BELL LOUD,Bikes\nA-2,BRASS KITCHEN TAP LOUD,Taps\n"
    (tmp_path / "feeds" / "a.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "b.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "listinglint.toml").write_text(
        'ignore = ["ALL"]\n[[overrides]]\nfiles = "feeds/*"\nextend-select = ["all-caps"]\n'
        '[[overrides]]\ncategories = "Bi*"\nmarketplace = "google"\nextend-select = ["title-missing-keyword"]\nseverity = { all-caps = "error" }\n',
        encoding="utf-8",
    )

    def found(*options: str) -> list[tuple[str, str, str]]:
        assert failures.run(cli, ["check", "feeds/a.csv", "b.csv", "--format", "jsonl", "--exit-zero", "--lang", "en", *options]) == 0
        lines = map(json.loads, capsys.readouterr().out.splitlines())
        return [(Path(one["source"]).name + one["id"], f["rule"], f["severity"]) for one in lines if one["type"] == "listing" for f in one["findings"] if f["rule"] == "all-caps"]

    assert found() == [("a.csvA-1", "all-caps", "error"), ("a.csvA-2", "all-caps", "warning")]
    assert found("--ignore", "all-caps") == []
    assert found("--severity", "all-caps=info") == [("a.csvA-1", "all-caps", "info"), ("a.csvA-2", "all-caps", "info")]
    assert len(found("--extend-select", "all-caps")) == 4
    before = (tmp_path / "b.csv").read_bytes()
    assert failures.run(cli, ["fix", "b.csv", "--in-place", "--unsafe", "--lang", "en"]) == 0
    assert (tmp_path / "b.csv").read_bytes() == before
    assert failures.run(cli, ["fix", "feeds/a.csv", "--in-place", "--unsafe", "--lang", "en"]) == 0
    assert (tmp_path / "feeds" / "a.csv").read_text(encoding="utf-8") != rows


def test_the_marketplace_of_the_command_line_holds_for_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "listinglint.toml").write_text('[[overrides]]\ncategories = "Bikes"\nmarketplace = "etsy"\n', encoding="utf-8")
    (tmp_path / "shop.csv").write_text(f"id,title,category\nA-1,{'Long Bicycle Bell ' * 8},Bikes\n", encoding="utf-8")

    def limits(*options: str) -> str:
        failures.run(cli, ["check", str(tmp_path / "shop.csv"), "--select", "title-length", "--format", "jsonl", "--lang", "en", *options])
        return str(json.loads(capsys.readouterr().out.splitlines()[0])["findings"])

    assert "140" in limits() and "140" not in limits("--marketplace", "alibaba")
