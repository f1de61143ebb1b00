"""The Markdown report: what a parser makes of it, its size, and that no text of a listing becomes markup."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_reports import finding, made, rendered, report_of

from listinglint.reports.markdown import COMMENT_BYTES, code, escaped, marked
from listinglint.reports.terminal import clean

markdown_it = pytest.importorskip("markdown_it")
PARSER = markdown_it.MarkdownIt("gfm-like", {"linkify": False})

NASTY = st.text(alphabet=st.sampled_from("`*_[]()<>#+-=!|~&$@:\\./ w1a\n\r\t\u202e\u0000漢"), max_size=40)


def shown(markdown: str) -> str:
    """The text that a reader sees of rendered Markdown without markup, and nothing else."""
    html = PARSER.render("x" + markdown).strip()
    match = re.fullmatch(r"<p>x(.*)</p>", html, re.DOTALL)
    assert match, html
    text = match[1]
    assert not re.search(r"<(?!/?b>)", text), text
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text


@given(NASTY)
def test_no_text_becomes_markup(text: str) -> None:
    assert shown(escaped(text)).replace("\u200b", "").rstrip() == clean(text).rstrip()


@given(NASTY)
def test_a_text_alone_on_a_line_is_a_paragraph(text: str) -> None:
    html = PARSER.render("before  \n" + escaped("a" + text if not text.strip() else text))
    assert html.startswith("<p>before")
    assert html.count("<p>") == 1
    assert not re.search(r"<(h\d|ul|ol|table|hr|pre|blockquote|a|img|em|strong|s|code)\b", html)


@given(NASTY.filter(str.strip))
def test_code_spans_hold_any_text(text: str) -> None:
    html = PARSER.render(f"x{code(text)}y")
    assert html.count("<code>") == 1
    assert html.startswith("<p>x<code>")
    assert html.strip().endswith("</code>y</p>")


@given(st.text(max_size=20), st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), max_size=4))
def test_marks_are_balanced_and_lose_nothing(text: str, spans: list[tuple[int, int]]) -> None:
    out = marked(text, [span for span in spans if span[0] < span[1]])
    assert out.count("<b>") == out.count("</b>")
    assert "<b></b>" not in out
    assert shown(out).replace("\u200b", "").replace("<b>", "").replace("</b>", "").rstrip() == clean(text).rstrip() or "<b>" in text


def test_nobody_is_mentioned_and_nothing_is_linked() -> None:
    text = escaped("@team see #12, http://a.example and www.b.example <img src=x>")
    assert not re.search(r"@\w|#\d|://|www\.", unescape(text))
    assert "<" not in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_tables_and_worst_listings_first(lang: str) -> None:
    reports = [
        made("Good Hose", stars=5, score=95.0),
        made("Fair Hose", finding(start=0, end=4, text="Fair"), stars=3, score=61.0),
        made("Bad | Hose", finding(severity="info", penalty=1.0), finding(severity="error", message="Mend the first"), stars=1, score=20.0),
    ]
    text = rendered("markdown", reports, lang=lang, summaries={"some-rule": "Finds a | bar"})
    html = PARSER.render(text)
    assert html.count("<table>") == 2
    assert all(row.count("<td") in (3, 4) for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)[1:] if "<th" not in row)
    assert ("because" in html) and ("★★★★★" in html)
    assert text.index("Bad \\| Hose") < text.index("<b>Fair</b> Hose")
    assert text.index("Mend the first") < text.index("• `some-rule`")
    assert "Good Hose" not in text
    assert ("目录总分" in text) == (lang == "zh")


@pytest.mark.parametrize("title", ["Hose " * 30, "不锈钢水管" * 30])
def test_it_is_cut_at_the_limit_and_says_so(title: str) -> None:
    reports = [made(f"{title}{number}", *[finding(message="Mend " + "it " * 60)] * 3, score=number / 10, stars=1) for number in range(600)]
    text = rendered("markdown", reports)
    size = len(text.encode())
    assert COMMENT_BYTES - 3_000 < size <= COMMENT_BYTES
    blocks = text.count("★☆☆☆☆ ") - 1
    assert f"Shown are the {blocks} worst of 600 listings" in text
    assert f"{title}0" in text.replace("\\", "")
    assert f"{title}599" not in text


def test_a_real_listing() -> None:
    html = PARSER.render(rendered("markdown", [report_of()]))
    assert "<code>contact-data</code>" in html
    assert "\x1b" not in html and "\u202e" not in html


def test_an_empty_catalog() -> None:
    assert "no listings" in rendered("markdown", [])
