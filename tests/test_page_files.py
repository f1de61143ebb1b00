"""The spreadsheet and history views of the page in Chromium: columns, progress, charts, filters, downloads, the editor and back."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from page_helpers import EXAMPLES, Visitor, serving

from listinglint.history import CatalogIdentity, History, RecordedRun

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("history") / "runs.sqlite3"
    shop, other = CatalogIdentity("/shop/shop.csv", "shop.csv"), CatalogIdentity("/shop/<b>other</b>.csv", "<b>other</b>.csv")
    begun = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    for day, (score, stars, fillers) in enumerate([(61.0, (40, 50, 60, 40, 10), 30), (66.5, (20, 45, 60, 60, 15), 25), (71.25, (10, 40, 60, 70, 20), 12)]):
        History(str(path)).add(
            RecordedRun(
                at=begun + timedelta(days=day), catalog=shop, marketplace="alibaba", version="0.1.0", listings=200, findings=500 - 50 * day, score=score,
                stars=dict(zip(range(1, 6), stars, strict=True)), by_rule={"title-filler": fillers, "split-phrase": 7, **({"misspelling": 3} if day == 2 else {})},
                by_severity={"warning": 500 - 50 * day},
            )
        )  # fmt: skip
    History(str(path)).add(
        RecordedRun(at=begun, catalog=other, marketplace="etsy", version="0.1.0", listings=1, findings=0, score=100.0, stars={5: 1}, by_rule={}, by_severity={})
    )
    return path


@pytest.fixture(scope="module")
def server(chromium: str, history: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("page"), "--record-to", str(history), "--jobs", "1") as url:
        yield url


@pytest.fixture
def visitor(browser: Browser, server: str) -> Iterator[Visitor]:
    visitor = Visitor(browser, server, accept_downloads=True)
    yield visitor
    visitor.close()


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor.open("file")


@pytest.fixture(scope="module")
def products(browser: Browser, server: str) -> dict[str, Any]:
    """The example workbook as the server has it, checked once for all tests that only look at it."""
    asking = browser.new_context().request
    content = {"name": "products.xlsx", "mimeType": "application/octet-stream", "buffer": (EXAMPLES / "products.xlsx").read_bytes()}
    upload = asking.post(f"{server}api/files", multipart={"file": content}).json()
    asking.post(f"{server}api/files/{upload['id']}/check", data={"lang": "en"})
    while asking.get(f"{server}api/files/{upload['id']}").json()["state"] == "running":
        time.sleep(0.1)
    return dict(upload)


@pytest.fixture
def found(visitor: Visitor, products: dict[str, Any]) -> Page:
    """The page with what was found in the example workbook, as after a reload."""
    kept = {"upload": products, "sheet": "Products", "columns": {}, "corrected": False}
    visitor.page.add_init_script(f"sessionStorage.setItem('listinglint.file', {json.dumps(json.dumps(kept))})")
    page = visitor.open("file")
    expect(page.locator("#shown")).to_have_text("74 of 74 listings")
    return page


def table(path: Path, *rows: tuple[str, ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)
    return path


def titles(page: Page) -> list[str]:
    return list(page.locator(".listing-row .title").all_inner_texts())


def test_columns_are_recognised_and_corrected(page: Page, tmp_path: Path) -> None:
    path = table(
        tmp_path / "odd.csv",
        ("Product Name", "Label on the box", "Tags", "Remark"),
        ("Bell", "Very Pretty New Brass Bicycle Bell", "bell, bike bell", "<b>old</b>"),
        ("Cup", "Stainless Steel Travel Cup 450 ml", "cup", ""),
    )
    page.set_input_files("#file-input", path)
    of = page.locator("[data-header='Product Name']")
    expect(of).to_have_value("title")
    expect(page.locator("#check-file")).to_be_focused()
    expect(page.locator("[data-header='Remark']")).to_have_value("")
    expect(page.locator("tr", has=page.locator("[data-header='Remark']")).locator(".sample")).to_have_text("<b>old</b>")
    of.select_option("")
    expect(page.locator("#column-warning")).to_contain_text("No column is read as the title")
    page.locator("[data-header='Label on the box']").select_option("title")
    expect(page.locator("#column-warning")).to_be_hidden()
    page.click("#check-file")
    expect(page.locator("#shown")).to_have_text("2 of 2 listings")
    assert sorted(titles(page)) == ["Stainless Steel Travel Cup 450 ml", "Very Pretty New Brass Bicycle Bell"]
    # What was corrected stays so after a reload, and can be corrected again.
    page.reload()
    expect(page.locator("#shown")).to_have_text("2 of 2 listings")
    page.click("#columns-toggle")
    expect(page.locator("[data-header='Label on the box']")).to_have_value("title")
    page.locator("[data-header='Label on the box']").select_option("")
    of.select_option("title")
    page.click("#check-file")
    expect(page.locator(".listing-row .title")).to_have_text(["Bell", "Cup"])


def test_progress_is_told(page: Page) -> None:
    seen: list[str] = []
    page.expose_function("seen", lambda text: seen.append(text))
    page.evaluate("new MutationObserver(() => { const one = document.querySelector('#progress-text'); if (one) window.seen(one.textContent); }).observe(document.body, {subtree: true, childList: true, characterData: true})")
    page.set_input_files("#file-input", EXAMPLES / "products.csv")
    page.click("#check-file")
    expect(page.locator("#said")).to_contain_text("Done: 74 listings, score")
    assert any(re.match(r"(Reading|Checking) … [\d,]+", text) for text in seen), seen
    expect(page.locator("#shown")).to_have_text("74 of 74 listings")


def test_charts_filters_and_pages(found: Page) -> None:
    page = found
    counts = [int(text.split(" · ")[0]) for text in page.locator(".star-bars .count").all_inner_texts()]
    assert sum(counts) == 74
    assert page.locator(".listing-row").count() == 50
    scores = [float(text) for text in page.locator(".rated b").all_inner_texts()]
    assert scores == sorted(scores)
    page.click("#next")
    expect(page.locator(".listing-row")).to_have_count(24)
    page.select_option("#filter-sort", "file")
    expect(page.locator(".listing-row .id").first).to_have_text("HL1001")

    page.click("[data-stars='2']")
    expect(page.locator("#shown")).to_have_text(f"{counts[3]} of 74 listings")
    expect(page.locator("[data-stars='2']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-stars='2']")).to_be_focused()
    expect(page.locator("#filter-stars")).to_have_value("2")
    assert set(page.locator(".rated svg").evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")) == {"2 of 5 stars"}
    page.click("#clear-filters")
    rule = page.locator(".rule-bars [data-rule]").nth(1)
    name, count = rule.get_attribute("data-rule"), int(rule.locator(".count").inner_text())
    rule.click()
    expect(page.locator("#filter-rule")).to_have_value(str(name))
    expect(page.locator("#shown")).not_to_have_text("74 of 74 listings")
    assert 0 < page.locator(".listing-row").count() <= count
    page.click("#clear-filters")
    page.fill("#filter-text", "brass BELL bicycle")
    expect(page.locator("#shown")).to_have_text("1 of 74 listings")
    page.fill("#filter-text", "no such thing")
    expect(page.locator(".empty")).to_have_text("No listing fits these filters.")


def test_one_listing_is_opened_in_the_editor_and_left_again(found: Page) -> None:
    page = found
    page.fill("#filter-text", "sneaker shoes")
    expect(page.locator("#shown")).to_have_text("1 of 74 listings")
    score = page.inner_text(".rated b")
    page.click(".listing-row .title")
    expect(page.locator("#origin")).to_contain_text("Row 23 of products.xlsx")
    expect(page.locator("#f-title")).to_have_value("Sneaker Shoes Running Shoes Sport Shoes Men Shoes")
    # The columns of keywords are one text here, attributes are rows; what the form has no field for is judged all the same.
    expect(page.locator(".chip-body")).to_have_count(3)
    assert page.locator(".pair").count() > 1
    expect(page.locator("#score-value")).to_have_text(score)
    expect(page.locator("#field-title mark").first).to_be_attached()
    page.click("#back-to-list")
    expect(page.locator("#filter-text")).to_have_value("sneaker shoes")
    expect(page.locator("#shown")).to_have_text("1 of 74 listings")
    page.go_back()
    expect(page.locator("#f-title")).to_be_visible()
    page.click("#undo")
    expect(page.locator("#f-title")).to_have_value("")
    expect(page.locator("#origin")).to_be_hidden()


def test_what_a_row_ignores_is_ignored_in_the_editor(page: Page, tmp_path: Path) -> None:
    path = table(tmp_path / "ignored.csv", ("id", "title", "lint-ignore"), ("1", "KIDS RUBBER RAIN BOOTS", "all-caps"))
    page.set_input_files("#file-input", path)
    page.click("#check-file")
    score = page.inner_text(".rated b")
    page.click(".listing-row .title")
    # Nor do fields count that the file does not have.
    expect(page.locator("#score-value")).to_have_text(score)
    expect(page.locator("#field-title mark")).to_have_count(0)
    page.fill("#f-keyword", "rain boots,")
    expect(page.locator(".sections li", has_text="Keywords").locator("b")).not_to_have_text("–")


def test_everything_can_be_taken_along(found: Page, tmp_path: Path) -> None:
    page = found

    def taken(kind: str) -> tuple[str, Path]:
        with page.expect_download() as waiting:
            page.click(f"[data-download='{kind}']")
        path = tmp_path / f"{kind}-{waiting.value.suggested_filename}"
        waiting.value.save_as(path)
        return waiting.value.suggested_filename, path

    name, path = taken("findings.csv")
    assert name == "products-findings.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len(rows) == int(page.locator(".tile", has_text="Findings").locator("b").inner_text())
    name, path = taken("annotated.xlsx")
    assert openpyxl.load_workbook(path).worksheets
    name, path = taken("report.html")
    assert "<html" in path.read_text(encoding="utf-8")
    name, path = taken("mended")
    assert name == "products-mended.xlsx"
    safe = [row[1].value for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()]
    page.check("#unsafe")
    _, path = taken("mended")
    unsafe = [row[1].value for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()]
    before = [row[1].value for row in openpyxl.load_workbook(EXAMPLES / "products.xlsx").worksheets[0].iter_rows()]
    assert before != safe != unsafe
    assert "Garden Hose  25 m , with Brass Fittings " in before and "Garden Hose 25 m, with Brass Fittings" in safe


def test_a_download_that_cannot_be_made_is_told(visitor: Visitor, page: Page, tmp_path: Path) -> None:
    page.set_input_files("#file-input", table(tmp_path / "one.csv", ("id", "title"), ("1", "Brass Bicycle Bell")))
    page.click("#check-file")
    expect(page.locator("#shown")).to_be_visible()
    name = json.loads(page.evaluate("sessionStorage.getItem('listinglint.file')"))["upload"]["id"]
    page.request.delete(f"{visitor.url}api/files/{name}")
    page.click("[data-download='mended']")
    expect(page.locator("#trouble")).to_contain_text("upload it again")
    expect(page.locator("[data-download='mended']")).to_have_text("Mended file")
    assert all("404" in fault for fault in visitor.faults)
    visitor.faults.clear()


def test_markup_and_formulas_of_a_file_do_nothing(page: Page, tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    path = table(tmp_path / "<b>bad<b>.csv", ("id", "title", hostile), ("=1+1", f"{hostile} Bell", "x"), ("@SUM(A1)", "‮reversed‬ Bell", "y"))
    page.set_input_files("#file-input", path)
    expect(page.locator("h2.file-name")).to_have_text("<b>bad<b>.csv")
    expect(page.locator(f"[data-header='{hostile}']")).to_be_visible()
    page.click("#check-file")
    expect(page.locator(".listing-row")).to_have_count(2)
    assert f"{hostile} Bell" in titles(page)
    assert page.locator("main :is(img, script), h2 b").count() == 0
    page.locator(".listing-row .title", has_text="onerror").click()
    expect(page.locator("#f-title")).to_have_value(f"{hostile} Bell")


def test_a_file_that_is_none_is_told(visitor: Visitor, page: Page, tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    page.set_input_files("#file-input", tmp_path / "broken.xlsx")
    expect(page.locator("#trouble")).to_contain_text("broken.xlsx")
    expect(page.locator("#drop")).to_be_visible()
    page.set_input_files("#file-input", EXAMPLES / "products_zh.xlsx")
    expect(page.locator("h2.file-name")).to_have_text("products_zh.xlsx")
    expect(page.locator("#trouble")).to_be_hidden()
    # The browser notes a refused upload in its console.
    assert all("422" in fault or "400" in fault for fault in visitor.faults)
    visitor.faults.clear()


def test_a_check_is_stopped_and_a_file_removed(visitor: Visitor, page: Page, tmp_path: Path) -> None:
    rows = [("id", "title", "description")] + [(str(n), f"Brass Bicycle Bell No. {n}", "A bell for bicycles. " * 40) for n in range(20_000)]
    page.set_input_files("#file-input", table(tmp_path / "long.csv", *rows))
    page.click("#check-file")
    page.click("#cancel-check")
    expect(page.get_by_text("Stopped.")).to_be_visible()
    expect(page.locator("#check-file")).to_be_visible()
    name = json.loads(page.evaluate("sessionStorage.getItem('listinglint.file')"))["upload"]["id"]
    page.click("#other-file")
    expect(page.locator("#drop")).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('listinglint.file')") is None
    assert page.request.get(f"{visitor.url}api/files/{name}").status == 404


def test_a_file_is_dropped(page: Page) -> None:
    text = (EXAMPLES / "products.csv").read_text(encoding="utf-8")
    dropped = page.evaluate_handle("(text) => { const made = new DataTransfer(); made.items.add(new File([text], 'dropped.csv', {type: 'text/csv'})); return made; }", text)
    page.dispatch_event("#drop", "dragover", {"dataTransfer": dropped})
    expect(page.locator("#drop")).to_have_class(re.compile("over"))
    page.dispatch_event("#drop", "drop", {"dataTransfer": dropped})
    expect(page.locator("h2.file-name")).to_have_text("dropped.csv")
    expect(page.locator("[data-header='title']")).to_have_value("title")


def test_the_history_shows_what_moved(visitor: Visitor) -> None:
    page = visitor.open("history")
    page.select_option("#catalog", label="shop.csv")
    expect(page.locator(".trend")).to_have_attribute("aria-label", re.compile("over 3 runs"))
    assert page.locator(".trend rect").count() == 15
    assert page.locator(".trend circle").count() == 3
    moved = page.locator("#moved")
    expect(moved).to_contain_text("66.5 → 71.3 +4.8")
    expect(moved).to_contain_text("title-filler −13")
    # A rule that judged in one of the runs only did not move.
    expect(moved).not_to_contain_text("misspelling")
    page.click("#history-table summary")
    first = page.locator("#history-table tbody tr").first
    expect(first).to_contain_text("22 Nov 2026")
    assert first.locator("td").all_inner_texts() == ["200", "71.3", "20", "70", "60", "40", "10", "400"]
    page.select_option("#catalog", label="<b>other</b>.csv")
    expect(page.locator("#history-body")).to_contain_text("One run so far")
