"""The HTML report in a headless Chromium."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import Page, expect
from test_reports import finding, made, rendered, report_of

from listinglint.model import Edit, Fix

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reports = [report_of()]
    for n in range(120):
        found = [finding(start=0, end=4, text="Hose", severity="error", rule="odd-rule")] if n % 2 else [finding(severity="info", rule="even-rule")]
        reports.append(made(f"Hose <b>{n}</b>" + "长" * 60, *found, stars=1 + n % 5, score=float(n)))
    reports.append(made("Clean Hose", stars=5, score=100.0))
    path = tmp_path_factory.mktemp("html") / "report.html"
    path.write_text(rendered("html", reports, lang="zh"), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_drawn_without_errors_and_fits(page: Page, path: Path, width: int) -> None:
    urls: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path.as_uri())
    expect(page.locator("article")).to_have_count(50)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator(".shown b, article img, article script")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("商品目录检查报告")
    # What the script draws is as sound as what was written.
    html5lib.HTMLParser(strict=True).parse("<!DOCTYPE html>" + page.evaluate("document.documentElement.outerHTML"))
    assert urls == [path.as_uri()]
    assert wrong == []


def test_the_file_and_the_spaces_of_fixes_are_seen(page: Page, tmp_path: Path) -> None:
    fix = Fix("safe", (Edit("title", 6, 8, " "),))
    path = tmp_path / "report.html"
    path.write_text(rendered("html", [made("Garden  Hose", finding(start=6, end=8, text="  ", fix=fix))]), encoding="utf-8")
    page.goto(path.as_uri())
    expect(page.locator(".made")).to_have_text("a.csv · listinglint 0 · alibaba")
    expect(page).to_have_title("Catalog report · a.csv")
    expect(page.locator("article del")).to_have_text("␣␣")
    expect(page.locator("article ins")).to_have_text("␣")


def test_filters_and_pages(page: Page, path: Path) -> None:
    page.goto(path.as_uri())
    shown, clear = page.locator(".shown"), page.locator(".tools .plain")
    expect(shown).to_have_text("122 条产品中的 122 条")
    page.click('[data-stars="2"]')
    expect(shown).to_have_text("122 条产品中的 24 条")
    page.click('[data-rule="odd-rule"]')
    expect(shown).to_have_text("122 条产品中的 12 条")
    expect(page.locator("#rule")).to_have_value("odd-rule")
    expect(page.locator("#stars")).to_have_value("2")
    expect(page.locator("article mark").first).to_have_text("Hose")
    clear.click()
    page.fill("#text", "CLEAN hose")
    expect(shown).to_have_text("122 条产品中的 1 条")
    clear.click()
    page.click("#next")
    expect(page.locator(".pager span")).to_have_text("第 2 / 3 页")
    heads = page.locator("article .head").all_inner_texts()
    scores = [(head.count("★"), float(re.findall(r"[\d.]+", head)[0])) for head in heads]
    assert len(scores) == 50 and scores == sorted(scores)
