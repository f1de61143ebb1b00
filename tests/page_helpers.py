"""What the tests of the page share: a server as a process, and a visitor who notices whatever must not happen."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
SCREENSHOTS = ROOT / "docs" / "images"


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[str]:
    """`listinglint serve` on a free port, with `folder` for its home; gives the page's address."""
    env = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "listinglint", "serve", "--port", "0", "--no-open", "--lang", "en", *arguments]
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if found := re.search(r"http://\S+/", line):
                break
        else:
            raise AssertionError(f"the server did not start: {''.join(said)}")
        # Whatever it says later must not fill the pipe.
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield found[0]
    finally:
        process.terminate()
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()


class Visitor:
    """A page of a fresh browser context. `faults` holds console errors, failed requests, and requests that leave the server."""

    def __init__(self, browser: Browser, url: str, **context: Any) -> None:
        self.url = url
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", **context})
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.expected = 0
        self.page.on("console", lambda message: message.type in ("error", "warning") and self.faults.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: request.url.startswith(("blob:", "data:", self.url)) or self.faults.append(f"elsewhere: {request.url}"))

    def open(self, view: str = "") -> Page:
        """Opens the page and waits until its modules have run."""
        self.page.goto(f"{self.url}#{view}")
        self.page.wait_for_selector("html[data-ready]")
        self.page.locator("#marketplace option").nth(3).wait_for(state="attached")
        return self.page

    def field(self, name: str) -> Locator:
        """The textarea of a field."""
        return self.page.locator(f"#f-{name}")

    def marks(self, name: str) -> list[str]:
        """The underlined words of a field."""
        return list(self.page.locator(f"#field-{name} .mirror mark").all_text_contents())

    def settled(self) -> None:
        """Waits until the server has answered what was written."""
        self.page.wait_for_load_state("networkidle")

    def close(self) -> None:
        """Closes, and fails if anything happened that must not."""
        self.context.close()
        assert self.faults == []


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def violations(page: Page) -> list[str]:
    """What the accessibility checker objects to, with best practices."""
    from axe_playwright_python.sync_playwright import Axe

    # A colour on its way from one to another is no colour to measure.
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)))")
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


def screenshot(page: Page, name: str) -> None:
    """Writes the picture of the page for the docs when LISTINGLINT_SCREENSHOTS is set."""
    if not os.environ.get("LISTINGLINT_SCREENSHOTS"):
        return
    import io

    from PIL import Image

    page.mouse.move(0, 0)
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)))")
    SCREENSHOTS.mkdir(exist_ok=True)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    picture.save(SCREENSHOTS / f"{name}.png", optimize=True)
