"""The page for everybody: both languages, light and dark, a phone, a keyboard, a screen reader; and what it weighs. Makes the pictures of the docs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from page_helpers import EXAMPLES, Visitor, screenshot, serving, sideways, violations

from listinglint.history import CatalogIdentity, History, RecordedRun

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)

PAGE = Path(__file__).parent.parent / "listinglint" / "web" / "page"
VIEWS = ("write", "file", "history")


@pytest.fixture(scope="module")
def server(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("history") / "runs.sqlite3"
    begun = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
    for week in range(12):
        stars = (max(1, 14 - 2 * week), max(3, 22 - 2 * week), 24 - week, 10 + 2 * week, 4 + 3 * week)
        History(str(path)).add(
            RecordedRun(
                at=begun - timedelta(days=7 * (11 - week)), catalog=CatalogIdentity("/shop/weekly.xlsx", "weekly.xlsx"), marketplace="alibaba", version="0.1.0",
                listings=sum(stars), findings=300 - 12 * week, score=58.0 + 2.6 * week - 3 * (week == 7), stars=dict(zip(range(1, 6), stars, strict=True)),
                by_rule={"title-filler": 40 - 3 * week, "split-phrase": 30 - week, "misspelling": 12 + week % 3, "keyword-count": 50 - 4 * week},
                by_severity={"warning": 300 - 12 * week},
            )
        )  # fmt: skip
    with serving(tmp_path_factory.mktemp("page"), "--record-to", str(path), "--jobs", "1") as url:
        yield url


def filled(page: Page, view: str) -> None:
    """Fills a view as it is in use."""
    if view == "write":
        page.click("#example")
        expect(page.locator("#score .stars")).to_have_attribute("aria-label", re.compile("^2"))
        expect(page.locator("#keyword-suggestions tbody tr").first).to_be_visible()
        expect(page.locator("#title-proposals li").nth(1)).to_be_visible()
    elif view == "file":
        if page.locator("#file-input").count():
            page.set_input_files("#file-input", EXAMPLES / "products.xlsx")
        page.click("#check-file")
        expect(page.locator("#shown")).to_be_visible()
    else:
        page.select_option("#catalog", label="weekly.xlsx")
        expect(page.locator(".trend circle")).to_have_count(12)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_passes_the_accessibility_checker(browser: Browser, server: str, scheme: str) -> None:
    visitor = Visitor(browser, server, color_scheme=scheme, locale="en-GB" if scheme == "light" else "zh-CN")
    for view in VIEWS:
        page = visitor.open(view)
        if view == "file":
            assert violations(page) == []
            page.set_input_files("#file-input", EXAMPLES / "products.xlsx")
            expect(page.locator("#check-file")).to_be_focused()
            assert violations(page) == []
            if scheme == "light":
                screenshot(page, "page-columns")
        filled(page, view)
        assert violations(page) == [], view
        if scheme == "light":
            screenshot(page, f"page-{view}")
        if view == "write":
            page.locator("#f-title").focus()
            page.keyboard.press("F8")
            expect(page.locator(".card")).to_be_visible()
            assert violations(page) == []
            if scheme == "dark":
                screenshot(page, "page-reason")
            page.click("#keywords-text")
            page.click("#attributes-lines")
            page.click("#help")
            assert violations(page) == []
            page.keyboard.press("Escape")
    visitor.close()


def test_a_phone(browser: Browser, server: str) -> None:
    visitor = Visitor(browser, server, viewport={"width": 390, "height": 844}, device_scale_factor=1, has_touch=True, is_mobile=True)
    for view in VIEWS:
        page = visitor.open(view)
        filled(page, view)
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            assert sideways(page) == 0, (view, width)
        page.set_viewport_size({"width": 390, "height": 844})
        assert violations(page) == [], view
        page.evaluate("window.scrollTo(0, 0)")
        if view == "write":
            screenshot(page, "page-phone")
    page = visitor.open("write")
    expect(page.locator("#field-title mark").first).to_be_attached()
    # A tap into marked words shows the reason.
    box = page.locator("#field-title mark").first.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + 12, box["y"] + box["height"] / 2)
    expect(page.locator(".card")).to_be_visible()
    assert sideways(page) == 0
    # The card has room even where the field has none.
    page.locator(".pair").first.locator("textarea").nth(1).fill("３０４ stainless steel")
    page.locator("#findings [data-rule='fullwidth-characters'] .where").first.click()
    expect(page.locator(".pair .card")).to_be_visible()
    card = page.locator(".card").bounding_box()
    assert card is not None and card["width"] > 300 and card["x"] >= 0 and card["x"] + card["width"] <= 390
    assert sideways(page) == 0
    visitor.close()


def test_the_browsers_language_and_the_switch(browser: Browser, server: str) -> None:
    visitor = Visitor(browser, server, locale="zh-CN")
    page = visitor.open()
    expect(page.locator("[data-view='write']")).to_have_text("编辑")
    page.fill("#f-title", "Very Pretty New Toy")
    expect(page.locator("#findings li").first).to_contain_text(re.compile("[一-鿿]{4}"))
    expect(page.locator("#count-title")).to_have_text("19 / 128 个字符")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.click("#language")
    expect(page.locator("[data-view='write']")).to_have_text("Write")
    expect(page.locator("#findings [data-rule='title-filler']")).to_contain_text("tells the buyer nothing")
    expect(page.locator("#f-title")).to_have_value("Very Pretty New Toy")
    page.reload()
    expect(page.locator("[data-view='write']")).to_have_text("Write")
    expect(page.locator("#count-title")).to_have_text("19 of 128 characters")
    visitor.close()


def test_light_and_dark(browser: Browser, server: str) -> None:
    visitor = Visitor(browser, server, color_scheme="dark")
    page = visitor.open()

    def ground() -> int:
        return int(page.evaluate("Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])"))

    assert ground() < 60
    page.click("#theme")
    assert ground() > 200
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert ground() > 200
    page.emulate_media(color_scheme="light")
    page.click("#theme")
    assert ground() < 60
    visitor.close()


def test_every_word_exists_in_both_languages(browser: Browser, server: str) -> None:
    visitor = Visitor(browser, server)
    page = visitor.open()
    en, zh = page.evaluate("(async () => [(await import('/static/en.js')).en, (await import('/static/zh.js')).zh])()")
    visitor.close()
    # English alone tells one from several.
    assert {key for key in en if not re.search(r"\D1$", key)} == set(zh)
    for key, text in zh.items():
        assert text.strip() and sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", en[key])), key
    used = set()
    for path in PAGE.glob("*.js"):
        used |= set(re.findall(r"""\b(?:t|counted)\("([\w.]+)"[,)]""", path.read_text(encoding="utf-8")))
    used |= set(re.findall(r'data-t(?:-label)?="([\w.]+)"', (PAGE / "index.html").read_text(encoding="utf-8")))
    assert used <= set(en), used - set(en)


def test_keys_alone_reach_everything(browser: Browser, server: str) -> None:
    visitor = Visitor(browser, server)
    page = visitor.open()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id"))
    wanted = {"language", "theme", "help", "marketplace", "new", "example", "f-title", "f-keyword", "keywords-text", "f-brief", "f-description", "f-brand", "f-moq", "add-attribute", "strict"}
    assert wanted <= reached, wanted - reached
    visitor.close()


def test_the_page_is_light_and_calls_nobody(browser: Browser, server: str) -> None:
    visitor = Visitor(browser, server)
    sizes: dict[str, int] = {}
    visitor.page.on("response", lambda response: sizes.update({response.url: int(response.headers.get("content-length", 0))}) if "/static/" in response.url else None)
    page = visitor.open()
    assert sum(sizes.values()) < 200_000, sizes
    loaded = {url.rsplit("/", 1)[-1] for url in sizes if url.endswith(".js")}
    assert loaded == {path.name for path in PAGE.glob("*.js")}
    # Every module is asked for at once, not when another one names it.
    preloaded = set(re.findall(r'modulepreload" href="/static/([\w]+\.js)', (PAGE / "index.html").read_text(encoding="utf-8")))
    assert preloaded == loaded - {"app.js", "boot.js"}
    policy = page.request.get(visitor.url).headers["content-security-policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy
    visitor.close()
