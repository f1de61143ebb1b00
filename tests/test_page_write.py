"""The writing view of the page in Chromium: typing, underlines, reasons, fixes, undo, keywords, titles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from page_helpers import Visitor, serving, sideways, violations

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)

FAULTY = "Best Quality Water Bottle, Vacum Insulated"


@pytest.fixture(scope="module")
def server(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("page")) as url:
        yield url


@pytest.fixture
def visitor(browser: Browser, server: str) -> Iterator[Visitor]:
    visitor = Visitor(browser, server)
    yield visitor
    visitor.close()


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor.open()


def marked(page: Page, text: str) -> tuple[float, float]:
    """The middle of the drawn words of this text."""
    box = page.locator("mark", has_text=re.compile(f"^{re.escape(text)}$")).first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


# --- typing ---


def test_words_are_judged_as_they_are_typed(visitor: Visitor, page: Page) -> None:
    expect(page.locator("#findings")).to_contain_text("Write a title")
    page.locator("#f-title").press_sequentially(FAULTY, delay=15)
    expect(page.locator("#field-title mark")).to_have_text(["Best Quality", "Vacum"])
    expect(page.locator("#f-title")).to_be_focused()
    assert page.evaluate("[document.activeElement.selectionStart, document.activeElement.value]") == [len(FAULTY), FAULTY]
    expect(page.locator("#count-title")).to_have_text(f"{len(FAULTY)} of 128 characters")
    expect(page.locator("#findings [data-rule='title-filler']")).to_contain_text("Best Quality")
    expect(page.locator("#findings [data-rule='title-filler'] .cost")).to_have_text("−12.0")


def test_stars_and_bars_move(page: Page) -> None:
    page.click("#example")
    expect(page.locator("#score .stars")).to_have_attribute("aria-label", "2 of 5 stars")
    before = float(page.inner_text("#score-value"))
    page.locator("#field-title .tally-button").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#score-value")).not_to_have_text(f"{before:.1f}")
    assert float(page.inner_text("#score-value")) > before
    titles = page.locator(".sections li", has_text="Titles")
    width = titles.locator(".fill").evaluate("(one) => one.style.width")
    assert titles.locator("b").inner_text() == str(round(float(width.rstrip("%"))))
    steps = page.locator("#advice li")
    assert steps.count() == 3
    gains = [float(text.lstrip("+")) for text in steps.locator(".gain").all_inner_texts()]
    assert gains == sorted(gains, reverse=True) and gains[-1] > 0


def test_answers_that_come_late_do_no_harm(visitor: Visitor, page: Page) -> None:
    page.evaluate(
        """() => {
          const waits = [600, 0, 300, 0], real = window.fetch;
          window.fetch = async (...given) => { await new Promise((done) => setTimeout(done, waits.shift() ?? 0)); return real(...given); };
        }"""
    )
    page.locator("#f-title").press_sequentially("Vacum Bottle", delay=40)
    # Words put in front move the marks along before any answer.
    page.keyboard.press("Home")
    page.keyboard.type("Steel ")
    expect(page.locator("#field-title mark")).to_have_text(["Vacum"])
    expect(page.locator("#count-title")).to_have_text("18 of 128 characters")
    assert page.evaluate("[document.activeElement.selectionStart, document.activeElement.value]") == [6, "Steel Vacum Bottle"]


def test_underlines_stand_under_their_words(page: Page) -> None:
    text = "🚲🚲 Vacum 𝒳 flask — ‏זכוכית‏ recieve 杯子 Vacum"
    page.fill("#f-description", f"{text}\n\nA secon line, recieve.\n")
    expect(page.locator("#field-description mark").first).to_be_attached()
    found = page.evaluate(
        """async () => {
          const listing = {title: '', keywords: '', description: document.querySelector('#f-description').value};
          const answer = await (await fetch('/api/edit', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({listing})})).json();
          return answer.report.findings.filter((one) => one.field === 'description' && one.text).map((one) => one.text);
        }"""
    )
    # Where findings overlap, each is drawn in several pieces.
    drawn = page.evaluate(
        """() => {
          const texts = new Map();
          for (const one of document.querySelectorAll('#field-description mark')) for (const mark of one.over) texts.set(mark.finding, (texts.get(mark.finding) ?? '') + one.textContent);
          return [...texts.values()];
        }"""
    )
    assert len(found) > 2
    assert sorted(drawn) == sorted(found)
    # The mirror breaks lines as the textarea does: what is marked lies where it is written.
    heights = page.evaluate("(() => { const one = document.querySelector('#f-description'); return [one.scrollHeight, one.clientHeight]; })()")
    assert heights[0] <= heights[1]


def test_a_long_text_scrolls_with_its_underlines(page: Page) -> None:
    paragraph = "This bottle keeps drinks cold for a day. It has two walls of steel and a lid of bamboo; it is tested for leaks before packing.\n\n"
    page.fill("#f-description", paragraph * 20 + "You will recieve it soon.\n\n" + paragraph * 20)
    mark = page.locator("#field-description mark", has_text="recieve")
    expect(mark).to_be_attached()
    page.locator("#findings [data-rule='misspelling'] .where").click()
    expect(page.locator(".card")).to_contain_text("receive")
    assert page.evaluate("(() => { const one = document.activeElement; return one.value.slice(one.selectionStart, one.selectionEnd); })()") == "recieve"
    places = page.evaluate(
        """() => {
          const box = (one) => document.querySelector(one).getBoundingClientRect();
          const area = document.querySelector('#f-description'), frame = box('#field-description .scroller'), found = box('#field-description mark.lit');
          return {inner: area.scrollTop, cut: area.scrollHeight - area.clientHeight, above: found.top - frame.top, below: frame.bottom - found.bottom, card: innerHeight - box('.card').bottom};
        }"""
    )
    # The textarea itself never scrolls: then the words would part from their underlines.
    assert places["inner"] == 0 and places["cut"] <= 0
    assert places["above"] >= 0 and places["below"] >= 0 and places["card"] > 0
    page.keyboard.press("Control+End")
    page.keyboard.type(" The end.")
    assert page.evaluate("(() => { const one = document.querySelector('#field-description .scroller'); return one.scrollHeight - one.scrollTop - one.clientHeight; })()") < 30


def test_hostile_texts_stay_texts(visitor: Visitor, page: Page) -> None:
    hostile = "<img src=x onerror=alert(1)> \"><script>alert(2)</script> &lt;b&gt; Vacum Bottle"
    page.fill("#f-title", hostile)
    page.fill("#f-description", f"<b onclick=alert(3)>recieve</b> {'x' * 3000} \ud83d")
    page.locator("#keywords-text").click()
    page.fill("#f-keywords", "<svg onload=alert(4)>, ‮evil‬, =1+1")
    visitor.settled()
    expect(page.locator("#findings li").first).to_be_visible()
    assert page.locator("main :is(img, script, b[onclick])").count() == 0
    assert page.input_value("#f-title") == hostile
    assert sideways(page) == 0


def test_an_input_method_is_left_alone(page: Page) -> None:
    page.locator("#f-title").press_sequentially("Vacum ")
    expect(page.locator("#field-title mark").first).to_have_text("Vacum")
    session = page.context.new_cdp_session(page)
    for text in ("s", "sh", "shui", "shui bei"):
        session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        page.wait_for_timeout(120)
        assert page.input_value("#f-title") == f"Vacum {text}"
    session.send("Input.insertText", {"text": "水杯"})
    expect(page.locator("#count-title")).to_have_text("8 of 128 characters")
    assert page.input_value("#f-title") == "Vacum 水杯"


# --- reasons and fixes ---


def test_the_reason_on_hover(page: Page) -> None:
    page.fill("#f-title", FAULTY)
    expect(page.locator("#field-title mark")).to_have_text(["Best Quality", "Vacum"])
    page.mouse.move(*marked(page, "Vacum"))
    card = page.locator(".card")
    expect(card).to_be_visible()
    expect(card).to_contain_text("'Vacum' is misspelt")
    expect(card.locator(".cost")).to_have_text("−10.0")
    # The pointer may go into the card; away from both, it closes.
    card.locator(".message").hover()
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.mouse.move(1000, 700)
    expect(card).to_be_hidden()


def test_the_reason_on_focus(page: Page) -> None:
    page.fill("#f-title", FAULTY)
    expect(page.locator("#field-title mark")).to_have_text(["Best Quality", "Vacum"])
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    card = page.locator(".card")
    expect(card).to_contain_text("'Best Quality' tells the buyer nothing")
    expect(page.locator("#said")).to_contain_text("'Best Quality' tells the buyer nothing")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator("#f-title")).to_be_focused()
    # Typing does not call it up.
    page.keyboard.press("End")
    page.keyboard.type(" recieve")
    expect(page.locator("#field-title mark")).to_have_count(3)
    expect(card).to_be_hidden()


def test_findings_are_walked_through_and_fixed_by_keys(page: Page) -> None:
    page.fill("#f-title", FAULTY)
    expect(page.locator("#field-title mark")).to_have_text(["Best Quality", "Vacum"])
    page.keyboard.press("Home")
    seen = []
    for _ in range(2):
        page.keyboard.press("F8")
        seen.append(page.evaluate("(() => { const one = document.activeElement; return one.value.slice(one.selectionStart, one.selectionEnd); })()"))
    assert seen == ["Best Quality", "Vacum"]
    expect(page.locator(".card")).to_contain_text("Vacuum")
    page.keyboard.press("Tab")
    expect(page.locator(".card .fix")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#f-title")).to_have_value("Best Quality Water Bottle, Vacuum Insulated")
    page.keyboard.press("Shift+F8")
    expect(page.locator(".card")).to_contain_text("Best Quality")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#f-title")).to_have_value("Water Bottle, Vacuum Insulated")


def test_a_click_takes_a_fix_and_undo_takes_it_back(page: Page) -> None:
    page.locator("#f-title").press_sequentially(FAULTY)
    page.click("#findings [data-rule='misspelling'] .fix")
    mended = FAULTY.replace("Vacum", "Vacuum")
    expect(page.locator("#f-title")).to_have_value(mended)
    expect(page.locator("#findings [data-rule='misspelling']")).to_have_count(0)
    # The button is gone with its finding; the focus stays in the list.
    expect(page.locator("#findings .where:focus")).to_have_count(1)
    page.mouse.move(*marked(page, "Best Quality"))
    page.click(".card .fix")
    expect(page.locator("#f-title")).to_have_value("Water Bottle, Vacuum Insulated")
    expect(page.locator("#f-title")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator("#f-title")).to_have_value(mended)
    page.keyboard.press("Control+z")
    expect(page.locator("#f-title")).to_have_value(FAULTY)
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("#f-title")).to_have_value(mended)
    page.keyboard.press("Control+y")
    expect(page.locator("#f-title")).to_have_value("Water Bottle, Vacuum Insulated")
    page.keyboard.press("End")
    page.keyboard.type(" Cup")
    page.click("#undo")
    expect(page.locator("#f-title")).to_have_value("Water Bottle, Vacuum Insulated")
    expect(page.locator("#redo")).to_be_enabled()


def test_undo_goes_over_fields_and_whole_listings(page: Page) -> None:
    page.locator("#f-title").press_sequentially("Brass Bell")
    page.locator("#f-brand").press_sequentially("Acme")
    page.click("#example")
    expect(page.locator("#f-brand")).to_have_value("Harborline")
    page.click("#undo")
    expect(page.locator("#f-brand")).to_have_value("Acme")
    page.locator("#f-brand").focus()
    page.keyboard.press("Control+z")
    expect(page.locator("#f-brand")).to_have_value("")
    page.keyboard.press("Control+z")
    expect(page.locator("#f-title")).to_be_focused()
    expect(page.locator("#f-title")).to_have_value("Brass")
    for _ in range(3):
        page.click("#redo")
    expect(page.locator("#f-brand")).to_have_value("Harborline")
    page.click("#new")
    expect(page.locator("#f-title")).to_have_value("")
    expect(page.locator("#findings")).to_contain_text("Write a title")
    page.keyboard.press("Control+z")
    expect(page.locator("#f-brand")).to_have_value("Harborline")


def test_all_safe_fixes_at_once(page: Page) -> None:
    page.fill("#f-title", "Steel  Water Bottle ,  750 ml")
    expect(page.locator("#mend")).to_contain_text("(")
    page.click("#mend")
    expect(page.locator("#f-title")).to_have_value("Steel Water Bottle, 750 ml")
    expect(page.locator("#mend")).to_be_disabled()
    page.click("#undo")
    expect(page.locator("#f-title")).to_have_value("Steel  Water Bottle ,  750 ml")


def test_a_rule_tells_about_itself(page: Page) -> None:
    page.fill("#f-title", FAULTY)
    page.click("#findings [data-rule='misspelling'] .row .link")
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("Finds misspelt words" if page.get_by_text("Finds misspelt words").count() else "misspel")
    expect(dialog.locator("pre").first).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


# --- keywords ---


def chips(page: Page) -> list[str]:
    return list(page.locator(".chip-body").all_inner_texts())


def test_chips_and_text_are_in_step(page: Page) -> None:
    page.fill("#f-title", "Stainless Steel Water Bottle")
    box = page.locator("#f-keyword")
    box.focus()
    page.keyboard.type("water bottle, steel flask")
    assert chips(page) == ["water bottle"]
    page.keyboard.press("Enter")
    assert chips(page) == ["water bottle", "steel flask"]
    expect(page.locator("#budget")).to_have_text("2 of 3 keywords")
    page.click("#keywords-text")
    expect(page.locator("#f-keywords")).to_have_value("water bottle, steel flask")
    page.fill("#f-keywords", "water bottle,steel flask; drink bottle,")
    page.click("#keywords-chips")
    assert chips(page) == ["water bottle", "steel flask", "drink bottle"]
    expect(page.locator("#budget")).to_have_text("3 of 3 keywords")
    # Taking one out leaves the others as they were written.
    page.click("[aria-label='Take out steel flask']")
    assert chips(page) == ["water bottle", "drink bottle"]
    page.click("#keywords-text")
    expect(page.locator("#f-keywords")).to_have_value("water bottle,drink bottle,")


def test_chips_by_keys(page: Page) -> None:
    page.fill("#f-title", "Stainless Steel Water Bottle")
    page.locator("#f-keyword").focus()
    page.keyboard.type("alpha,beta,gamma,")
    assert chips(page) == ["alpha", "beta", "gamma"]
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    assert chips(page) == ["alpha", "gamma"]
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.keyboard.type("first")
    page.keyboard.press("Enter")
    assert chips(page) == ["first", "gamma"]
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    assert chips(page) == ["first"]
    expect(page.locator("#f-keyword")).to_have_value("gamma")
    page.keyboard.press("Enter")
    assert chips(page) == ["first", "gamma"]


def test_a_faulty_chip_says_why(page: Page) -> None:
    page.fill("#f-title", "Stainless Steel Water Bottle")
    page.locator("#f-keyword").focus()
    page.keyboard.type("water bottle,water bottle,")
    expect(page.locator(".chip-body.warning, .chip-body.error, .chip-body.info").first).to_be_visible()
    faulty = page.locator(".chip-body.warning, .chip-body.error, .chip-body.info").first
    faulty.focus()
    expect(page.locator(".card")).to_be_visible()
    expect(faulty).to_have_attribute("aria-label", re.compile(": .{10,}"))
    page.locator("#findings [data-rule='duplicate-keyword'] .where").click()
    expect(page.locator(".chip-body:focus")).to_have_text("water bottle")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".chip-body")).to_have_count(1)


def test_a_suggested_keyword_is_added_within_the_budget(page: Page) -> None:
    page.fill("#f-title", "Bicycle Bell")
    rows = page.locator("#keyword-suggestions tbody tr")
    expect(rows.first).to_contain_text("bicycle bell")
    for n in range(3):
        expect(rows.nth(n).locator(".meter").first).to_contain_text(re.compile(r"^\d+$"))
        rows.nth(n).locator("button").click()
        expect(page.locator("#budget")).to_have_text(f"{n + 1} of 3 keywords")
    assert chips(page) == [rows.nth(n).locator(".word").inner_text() for n in range(3)]
    expect(rows.nth(3).locator("button")).to_have_text("no room")
    rows.nth(3).locator("button").click(force=True)
    assert len(chips(page)) == 3
    rows.nth(1).locator("button").click()
    assert len(chips(page)) == 2
    expect(rows.nth(3).locator("button")).to_have_text("+ Add")
    page.keyboard.press("Control+z")
    assert len(chips(page)) == 3


def test_the_best_set_in_one_click(page: Page) -> None:
    page.fill("#f-title", "Bicycle Bell")
    page.click("#use-best")
    expect(page.locator(".chip-body")).to_have_count(3)
    expect(page.locator("#use-best")).to_have_count(0)
    expect(page.locator("#field-keywords .tally-button")).to_have_count(0)


def test_marketplaces_count_in_their_own_way(page: Page) -> None:
    page.fill("#f-title", "Bicycle Bell")
    page.select_option("#marketplace", "etsy")
    expect(page.locator("#count-title")).to_have_text("12 of 140 characters")
    expect(page.locator("#budget")).to_have_text("0 of 13 tags")
    page.select_option("#marketplace", "amazon")
    expect(page.locator("#budget")).to_have_text("0 of 249 bytes")
    page.locator("#f-keyword").focus()
    page.keyboard.type("glocke ring ")
    assert chips(page) == ["glocke", "ring"]
    expect(page.locator("#budget")).to_have_text("10 of 249 bytes")
    page.reload()
    expect(page.locator("#marketplace")).to_have_value("amazon")
    assert chips(page) == ["glocke", "ring"]


def test_a_title_proposal_in_one_click(page: Page) -> None:
    page.click("#example")
    proposals = page.locator("#title-proposals li")
    expect(proposals.first).to_contain_text("the title as it is")
    assert proposals.count() >= 2
    gain = proposals.nth(1).locator(".gain").inner_text()
    assert float(gain.lstrip("+")) > 0
    text = proposals.nth(1).locator(".proposal").inner_text()
    reached = proposals.nth(1).locator(".points").inner_text()
    proposals.nth(1).locator("button").click()
    expect(page.locator("#f-title")).to_have_value(text)
    expect(page.locator("#score-value")).to_have_text(reached)
    page.keyboard.press("Control+z")
    expect(page.locator("#f-title")).to_have_value(re.compile("^Best Quality"))


# --- facts, draft, copying ---


def test_attributes_as_rows_and_as_text(page: Page) -> None:
    page.fill("#f-title", "Stainless Steel Water Bottle")
    first = page.locator(".pair").first.locator("textarea")
    first.nth(0).fill("Material")
    first.nth(1).fill("black plastic")
    expect(page.locator(".pair mark")).to_have_text(["black plastic"])
    page.click("#add-attribute")
    page.keyboard.type("Colour")
    page.keyboard.press("Tab")
    page.keyboard.type("black: matt")
    page.click("#attributes-lines")
    expect(page.locator("#f-attributes")).to_have_value("Material: black plastic\nColour: black: matt")
    expect(page.locator("#field-attributes .area:not([hidden]) > .scroller mark").first).to_have_text("black plastic")
    page.fill("#f-attributes", "Material: steel\nSize: 3 cm\nColour: black")
    page.click("#attributes-rows")
    assert page.locator(".pair").count() == 3
    page.locator(".pair").nth(1).locator(".row-out").click()
    page.keyboard.press("Control+z")
    assert page.locator(".pair").nth(1).locator("textarea").nth(1).input_value() == "3 cm"


def test_empty_facts_count_when_asked(page: Page) -> None:
    page.fill("#f-title", "Stainless Steel Water Bottle")
    expect(page.locator("#findings [data-rule='title-no-selling-point'], #findings [data-rule='description-missing']").first).to_be_visible()
    expect(page.locator("#findings [data-rule='price-missing']")).to_have_count(0)
    page.check("#strict")
    expect(page.locator("#findings [data-rule='price-missing']")).to_have_count(1)
    page.locator("#findings [data-rule='price-missing'] .where").click()
    expect(page.locator("#f-price")).to_be_focused()
    page.uncheck("#strict")
    expect(page.locator("#findings [data-rule='price-missing']")).to_have_count(0)
    # A fact that was written and taken away again is missed.
    page.fill("#f-price", "US$ 3")
    page.fill("#f-price", "")
    expect(page.locator("#findings [data-rule='price-missing']")).to_have_count(1)


def test_the_draft_is_kept_here_until_it_is_thrown_away(visitor: Visitor, page: Page) -> None:
    page.fill("#f-title", "Brass Bicycle Bell")
    page.fill("#f-description", "Rings.\nLoudly.")
    page.reload()
    expect(page.locator("#f-title")).to_have_value("Brass Bicycle Bell")
    expect(page.locator("#f-description")).to_have_value("Rings.\nLoudly.")
    expect(page.locator("#score-value")).not_to_have_text("–")
    page.click("#new")
    page.reload()
    expect(page.locator("#f-title")).to_have_value("")
    assert "Brass" not in json.dumps(page.evaluate("({...localStorage, ...sessionStorage})"))


def test_a_broken_store_is_no_obstacle(visitor: Visitor, page: Page) -> None:
    page.evaluate("localStorage.setItem('listinglint.draft', '{\"texts\": 3}'); localStorage.setItem('listinglint.settings', '[[')")
    page.reload()
    page.fill("#f-title", "Brass Bicycle Bell")
    expect(page.locator("#count-title")).to_have_text("18 of 128 characters")


def test_the_result_is_copied(visitor: Visitor, page: Page) -> None:
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.fill("#f-title", "Brass Bell")
    page.fill("#f-description", "Line one\nsays \"ring\"")
    page.fill("#f-price", "=1+1")
    page.click("#copy-text")
    expect(page.locator("#said")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "Title: Brass Bell\nDescription:\nLine one\nsays \"ring\"\nPrice: =1+1"
    page.click("#copy-row")
    page.wait_for_timeout(100)
    assert page.evaluate("navigator.clipboard.readText()") == "Brass Bell\t\t\t\"Line one\nsays \"\"ring\"\"\"\t\t\t\t\t\t'=1+1\t"


def test_a_server_that_goes_away_costs_nothing(visitor: Visitor, page: Page) -> None:
    page.route("**/api/edit", lambda route: route.abort())
    page.fill("#f-title", FAULTY)
    expect(page.locator("#trouble")).to_contain_text("does not answer")
    page.unroute("**/api/edit")
    expect(page.locator("#field-title mark")).to_have_text(["Best Quality", "Vacum"])
    expect(page.locator("#trouble")).to_be_hidden()
    assert page.input_value("#f-title") == FAULTY
    assert all("ERR_FAILED" in fault for fault in visitor.faults)
    visitor.faults.clear()
