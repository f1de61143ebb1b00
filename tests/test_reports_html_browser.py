"""The HTML report in a headless Chromium, steered over a pipe. Skipped where none is found: name one in the variable CHROMIUM."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_reports import finding, made, rendered, report_of

BROWSER = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
FLAGS = (
    "--headless", "--no-sandbox", "--no-zygote", "--disable-dev-shm-usage", "--in-process-gpu", "--use-gl=angle", "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader", "--no-first-run", "--remote-debugging-pipe", "about:blank",
)  # fmt: skip
pytestmark = [pytest.mark.browser, pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")]


class Browser:
    """One page of a browser, spoken to by the DevTools protocol: JSON ended by NUL on the file descriptors 3 and 4."""

    def __init__(self, folder: str) -> None:
        there, self._out = os.pipe()
        self._in, back = os.pipe()

        def connect() -> None:
            # First beyond the numbers that are asked for, so that neither pipe takes the place of the other.
            high = [fcntl.fcntl(one, fcntl.F_DUPFD, 10) for one in (there, back)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self._process = subprocess.Popen(
            [str(BROWSER), f"--user-data-dir={folder}", *FLAGS], preexec_fn=connect, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(there)
        os.close(back)
        self._number, self._rest, self._session = 0, b"", None
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": params} | ({"sessionId": self._session} if self._session else {})
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return dict(answer["result"])
            self.events.append(answer)

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._in, 1 << 16)
            assert piece, "the browser has gone"
            self._rest += piece
        text, self._rest = self._rest.split(b"\0", 1)
        return dict(json.loads(text))

    def open(self, path: Path, width: int) -> None:
        self.events.clear()
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.call("Page.navigate", url=path.as_uri())
        for _ in range(200):
            if self.run("document.querySelector('.shown') !== null"):
                return
            time.sleep(0.05)
        raise AssertionError("the report was not drawn")

    def run(self, script: str) -> Any:
        """The value of a script on the page."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def close(self) -> None:
        os.close(self._out)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._in)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        opened = Browser(folder)
        yield opened
        opened.close()


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
def test_it_is_drawn_without_errors_and_fits(browser: Browser, path: Path, width: int) -> None:
    browser.open(path, width)
    assert browser.run("document.querySelectorAll('article').length") == 50
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.run("document.querySelectorAll('.shown b, article img, article script').length") == 0
    urls = [event["params"]["request"]["url"] for event in browser.events if event.get("method") == "Network.requestWillBeSent"]
    assert urls == [path.as_uri()]
    assert not [event for event in browser.events if event.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded")]
    assert browser.run("document.querySelector('h1').textContent") == "商品目录检查报告"


def test_filters_and_pages(browser: Browser, path: Path) -> None:
    browser.open(path, 1280)

    def shown() -> str:
        return str(browser.run("document.querySelector('.shown').textContent"))

    assert shown() == "122 条产品中的 122 条"
    browser.run("document.querySelector('[data-stars=\"2\"]').click()")
    assert shown() == "122 条产品中的 24 条"
    browser.run("document.querySelector('[data-rule=\"odd-rule\"]').click()")
    assert shown() == "122 条产品中的 12 条"
    assert browser.run("document.querySelector('#rule').value + document.querySelector('#stars').value") == "odd-rule2"
    assert browser.run("document.querySelector('article mark').textContent") == "Hose"
    browser.run("document.querySelector('.tools .plain').click()")
    browser.run("const box = document.querySelector('#text'); box.value = 'CLEAN hose'; box.dispatchEvent(new Event('input')); new Promise((done) => setTimeout(done, 400))")
    assert shown() == "122 条产品中的 1 条"
    browser.run("document.querySelector('.tools .plain').click()")
    browser.run("document.querySelector('#next').click()")
    assert browser.run("document.querySelector('.pager span').textContent") == "第 2 / 3 页"
    scores = browser.run("[...document.querySelectorAll('article')].map((card) => [card.querySelector('.stars').textContent, Number(card.querySelector('.head b').textContent)])")
    assert scores == sorted(scores, key=lambda one: (one[0].count("★"), one[1]))
