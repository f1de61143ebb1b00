"""The HTML report: one whole document, its data, and that no text of a listing leaves its place."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reports import finding, made, rendered, report_of

from listinglint.model import Edit, Fix, Listing, ListingReport, Source
from listinglint.model.reports import InternalError
from listinglint.reports.html import embedded
from listinglint.reports.terminal import clean

EMPTY = {"meta"}


class Page(HTMLParser):
    """Reads a document; every element must be closed in order, and nothing may come from elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[list[Any]] = []
        self.summary: dict[str, Any] = {}
        self.lang: str | None = None
        self.tags: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        assert not {"src", "href", "onclick", "onerror"} & set(given)
        if tag == "html":
            self.lang = given["lang"]
        if tag not in EMPTY:
            self.open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1][0] != "script" or self.open[-1][1].get("type") != "application/json":
            return
        if self.open[-1][1].get("id") == "summary":
            self.summary = json.loads(data)
        else:
            self.blocks.append(json.loads(data))

    @property
    def cards(self) -> list[Any]:
        return [card for block in self.blocks for card in block]


PLAIN_TAGS = Page(rendered("html", [made("Hose", finding())])).tags


@given(st.text(alphabet=st.sampled_from("<>!-/&\"'scriptSCRIPT \u2028\ud800\x00漢")), st.text(min_size=1))
def test_no_text_leaves_its_script(title: str, message: str) -> None:
    page = Page(rendered("html", [made(f"</script><script>alert(1)</script><!--{title}", finding(message=message, cell="<b>"))]))
    assert page.tags == PLAIN_TAGS
    ((_, _, name, _, runs, (found,), _, _),) = page.cards
    assert name == "A-17"
    assert "".join(text for text, _ in runs) == clean(f"</script><script>alert(1)</script><!--{title}")
    assert found[2:4] == ["<b>", clean(message)]


@given(st.recursive(st.text() | st.integers(-9, 9) | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_embedded_json_comes_back(value: Any) -> None:
    text = embedded(value)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == value


def test_marks_excerpts_and_fixes() -> None:
    description = "x" * 100 + "Hot sale" + "y" * 100
    listing = Listing.of({"id": "A", "title": "Very Hot Hose", "description": description}, Source("a.csv", None, 3, 3))
    findings = (
        finding(start=0, end=8, text="Very Hot", severity="info"),
        finding(start=5, end=8, text="Hot", severity="error", penalty=9.0, fix=Fix("unsafe", (Edit("title", 5, 8, ""),))),
        finding(start=0, end=13, text="Very Hot Hose"),
        finding(field="description", start=100, end=108, text="Hot sale", severity="info", penalty=0.0),
    )
    ((stars, score, _, place, runs, found, capped, advice),) = Page(rendered("html", [ListingReport(listing, findings, 50.0, 2, {}, "some-rule")])).cards
    assert (stars, score, place, capped, advice) == (2, 50.0, "row 3", "some-rule", None)
    assert runs == [["Very ", 2], ["Hot", 0], [" Hose", -1]]
    assert found[0] == [0, 0, "title", "Mend it", 9.0, None, [False, "Hot", ""]]
    assert found[3][5] == [["…" + "x" * 40, -1], ["Hot sale", 2], ["y" * 40 + "…", -1]]


@pytest.mark.parametrize(("lang", "language"), [("en", "en"), ("zh", "zh-CN")])
def test_summary_and_labels(lang: str, language: str) -> None:
    page = Page(rendered("html", [report_of(), made("Hose", errors=(InternalError("some-rule", "A", 3, "KeyError"),))], lang=lang, advice=True))
    assert page.lang == page.summary["lang"] == language
    assert (page.summary["listings"], page.summary["failed"], page.summary["reasons"]) == (2, True, ["because"])
    assert sum(page.summary["stars"]) == 2
    assert page.cards[1][5][0][0] == -1
    script = "".join(re.findall(r"<script>(.*?)</script>", rendered("html", []), re.DOTALL))
    used = set(re.findall(r'say\("(\w+)"', script)) | {"error", "warning", "info", "passed", "failed", "fix", "review"}
    assert used <= set(page.summary["labels"])
    assert all(bool(re.search("[\u4e00-\u9fff]", text)) == (lang == "zh") for text in page.summary["labels"].values())


@pytest.mark.parametrize("lang", ["en", "zh"])
@settings(max_examples=20)
@given(text=st.text(max_size=30))
def test_a_strict_parser_finds_no_fault(lang: str, text: str) -> None:
    hostile = text + "</script><!--<script>]]>\x00\ufffe\ud800&amp;&"
    report = ListingReport(Listing.of({"id": hostile, "title": hostile}, Source(hostile, hostile, 2, 2)), (finding(message=hostile),), 50.0, 2, {})
    page = rendered("html", [report, report_of()], lang=lang, advice=True)
    # Half a surrogate pair is written as its number; see the command line.
    html5lib.HTMLParser(strict=True).parse(page.encode("utf-8", "backslashreplace").decode())


def test_many_listings_stand_in_blocks() -> None:
    page = Page(rendered("html", [made(f"Hose {n}", finding()) for n in range(1_201)]))
    assert [len(block) for block in page.blocks] == [500, 500, 201]
    assert [card[4] for card in page.cards] == [[[f"Hose {n}", -1]] for n in range(1_201)]
    assert page.summary["selectors"] == ["some-rule"]


def test_as_a_process(tmp_path: Path) -> None:
    path, output = tmp_path / "shop.csv", tmp_path / "report.html"
    path.write_text("id,title\nA-1,Very Pretty New Garden Hose\nA-2,Expandable Garden Hose 15 m\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "listinglint", "check", str(path), "-o", str(output), "--jobs", "1", "--lang", "zh"],
        capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    page = Page(output.read_text(encoding="utf-8"))
    assert [card[2] for card in page.cards] == ["A-1", "A-2"]
