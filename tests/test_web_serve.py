"""`listinglint serve` as a process: where it listens, what it says, and that nothing is left when it ends."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from test_web_files import ROWS, table

from listinglint.cli import cli
from listinglint.cli import serve as serve_module

ROOT = Path(__file__).resolve().parents[1]


class Running:
    """A server in a process of its own, and the folder that it may leave something in."""

    def __init__(self, folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "listinglint", "serve", "--port", "0", "--no-open", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": path, "TMPDIR": str(folder), "LANG": "C.UTF-8", **(environment or {})}, start_new_session=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline()
        found = re.search(r"http://\S+", self.line)
        assert found, self.process.communicate()
        self.url = found[0].rstrip("/")

    def ask(self, path: str, body: Any = None, headers: Mapping[str, str] | None = None, data: bytes | None = None) -> Any:
        content = data if data is not None else json.dumps(body).encode() if body is not None else None
        kind = {} if content is None else {"content-type": "application/json"}
        request = urllib.request.Request(self.url + path, content, {**kind, **(headers or {})})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def send(self, content: bytes) -> str:
        body = b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="shop.csv"\r\n\r\n' + content + b"\r\n--xyz--\r\n"
        return str(self.ask("/api/files", data=body, headers={"content-type": "multipart/form-data; boundary=xyz"})["id"])

    def end(self, number: int = signal.SIGINT) -> tuple[int, float, str]:
        """Exit code, seconds until the end, and what stands on standard error."""
        began = time.monotonic()
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=30)
        return self.process.returncode, time.monotonic() - began, errors


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Any]:
    made: list[Running] = []

    def started(*arguments: str, **more: Any) -> Running:
        made.append(Running(tmp_path, *arguments, **more))
        return made[-1]

    yield started
    for one in made:
        with contextlib.suppress(ProcessLookupError):
            one.process.kill()
        one.process.communicate()


def processes_in_folder(folder: Path) -> list[str]:
    """The command lines of processes whose temporary files lie in this folder."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"TMPDIR={folder}".encode() in (place / "environ").read_bytes():
                found.append((place / "cmdline").read_text())
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_at_once_and_leaves_nothing(start: Any, tmp_path: Path, number: int) -> None:
    server = start("--jobs", "2")
    (private,) = [one for one in tmp_path.iterdir() if one.name.startswith("listinglint-serve-")]
    assert private.stat().st_mode & 0o777 == 0o700
    name = server.send(table([ROWS[0], *ROWS[1:] * 5000]))
    server.ask(f"/api/files/{name}/check", {})
    stream = urllib.request.urlopen(f"{server.url}/api/files/{name}/events", timeout=60)
    assert stream.readline() == b"event: progress\n"
    code, seconds, errors = server.end(number)
    stream.close()
    assert (code, errors) == (0, "") and seconds < 10
    assert list(tmp_path.iterdir()) == []
    assert processes_in_folder(tmp_path) == []


def test_a_server_that_is_killed_takes_its_workers_along(start: Any, tmp_path: Path) -> None:
    server = start("--jobs", "2")
    name = server.send(table([ROWS[0], *ROWS[1:] * 5000]))
    server.ask(f"/api/files/{name}/check", {})
    end = time.monotonic() + 60
    while len(processes_in_folder(tmp_path)) < 2:
        assert time.monotonic() < end
        time.sleep(0.05)
    server.end(signal.SIGKILL)
    while processes_in_folder(tmp_path):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_no_text_of_a_listing_is_logged(start: Any) -> None:
    server = start()
    secret = "Verysecretname"
    for path in ("check", "fix", "suggest", "edit"):
        server.ask(f"/api/{path}", {"listing": {"title": f"{secret} Faucet", "keywords": secret}})
    name = server.send(table([ROWS[0], [secret] * 5]))
    server.ask(f"/api/files/{name}/check", {})
    with contextlib.suppress(urllib.error.HTTPError):
        server.ask(f"/api/nothing?text={secret}")
    _, _, errors = server.end()
    assert server.process.stdout is not None
    assert errors == "" and secret not in server.line


def test_the_token_is_asked_for(start: Any) -> None:
    server = start(environment={"LISTINGLINT_TOKEN": "from-the-environment"})
    with pytest.raises(urllib.error.HTTPError, match="401"):
        server.ask("/api/rules")
    assert server.ask("/api/rules", headers={"authorization": "Bearer from-the-environment"})["rules"]
    assert "from-the-environment" not in server.line


def test_the_marketplace_and_language_of_the_server(start: Any, tmp_path: Path) -> None:
    config = tmp_path / "listinglint.toml"
    config.write_text('marketplace = "etsy"\nignore = ["title-word-order"]\n', encoding="utf-8")
    server = start("--config", str(config), "--lang", "zh")
    assert "已启动" in server.line
    found = server.ask("/api/marketplaces")
    assert (found["default"], found["lang"]) == ("etsy", "zh")
    report = server.ask("/api/check", {"listing": {"title": "Faucet Kitchen Stainless Steel"}})["listings"][0]
    assert "title-word-order" not in {finding["rule"] for finding in report["findings"]}


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["serve", *arguments], standalone_mode=False)
    return result.exit_code, str(result.exception or result.output)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--host", "0.0.0.0"], "--token"), (["--host", "192.168.1.2", "--token", "short"], "16 characters"), (["--host", "::"], "--token"), (["--token", "with space"], "without spaces"),
        (["--port", "99999"], "65535"), (["--max-upload", "much"], "200M"), (["--marketplace", "amazn"], "amazon"), (["--host", "no.such.host.invalid", "--token", "x" * 16], "cannot listen"),
    ],
)  # fmt: skip
def test_wrong_usage(arguments: list[str], word: str) -> None:
    code, told = run("--lang", "en", *arguments)
    assert code != 0 and word in told


def test_a_port_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, told = run("--lang", "en", "--port", str(port))
    assert code != 0 and f"port {port}" in told and "--port" in told


def test_packages_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve_module, "find_spec", lambda name: None if name == "uvicorn" else object())
    code, told = run("--lang", "en")
    assert code != 0 and 'pip install "listinglint[web]"' in told and "uvicorn" in told
    assert "请运行" in run("--lang", "zh")[1]


@pytest.mark.parametrize(("text", "size"), [("200M", 200 << 20), ("1.5g", int(1.5 * (1 << 30))), ("10KB", 10 << 10), ("123", 123)])
def test_sizes(text: str, size: int) -> None:
    assert serve_module._Size().convert(text, None, None) == size


def test_fifty_clients_at_once(start: Any) -> None:
    import asyncio
    import importlib.util

    spec = importlib.util.spec_from_file_location("serve_speed", ROOT / "benchmarks" / "serve_speed.py")
    assert spec is not None and spec.loader is not None
    speed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(speed)
    server = start()
    host, port = server.url.removeprefix("http://").split(":")
    took, failed = asyncio.run(speed.load(host, int(port), 50, 3.0))
    assert failed == [] and sum(map(len, took.values())) > 50 and all(took.values())
    assert server.end()[2] == ""
