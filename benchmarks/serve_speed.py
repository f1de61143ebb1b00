"""How fast the server answers: each keystroke of a listing being written, and many clients at once.

    python benchmarks/serve_speed.py [--clients 50] [--seconds 60] [--while-checking]

Starts `listinglint serve` as a process. Prints p50, p95 and p99 of `/api/edit` over the keystrokes of three listings (the time
from sending to the last byte, and for the comparison that of a request that needs no engine), then the load run: requests,
requests a second, p50/p95/p99, and how many were not answered with 200. `--while-checking` has a file of 20,000 listings
checked meanwhile. Exits with 1 where a request failed.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LISTINGS = (
    {
        "title": "Stainless Steel Kitchen Faucet with Pull-Out Spray, Single Handle, Brushed Nickel", "keywords": "kitchen faucet, kitchen tap, sink mixer",
        "description": "This kitchen faucet of stainless steel has a spray that is pulled out of the spout and turns by 360 degrees. Height 42 cm, reach 22 cm. " * 6,
        "brand": "Hilda", "category": "Home Improvement > Kitchen > Faucets", "attributes": "Material: Stainless Steel\nFinish: Brushed", "price": "US$ 32.50", "moq": "10 pieces",
    },
    {
        "title": "HOT SALE!!! 2026 New High Quality Bluetooth Earphone , Wireless Headset For iPhone Samsung Best Price", "keywords": "earphone;headset；bluetooth earphone,earphones, earphone",
        "description": "<p>Hot sale <b>bluetooth</b> earphone, contact us at sales@example.com.</p>" * 20, "certifications": "CE, RoHS", "price": "1-99: 5.00; 100+: 4.00",
    },
    {"title": "女士 Women's Summer Cotton Linen Shirt Dress 连衣裙", "keywords": "summer dress, linen dress, shirt dress", "description": "Dress of cotton and linen, knee length, with pockets. Sizes S to XXL. " * 8},
)  # fmt: skip
MIX = ("edit", "edit", "edit", "edit", "edit", "edit", "check", "suggest", "parse", "rules")


class Client:
    """One connection that is kept."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
        """Status and body of an answer."""
        if self.writer is None or self.writer.is_closing():
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        assert self.reader is not None and self.writer is not None
        content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = "multipart/form-data; boundary=xyz" if isinstance(body, bytes) else "application/json"
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nContent-Length: {len(content)}\r\n" + (f"Content-Type: {kind}\r\n" if content else "") + "\r\n"
        self.writer.write(head.encode() + content)
        status = int((await self.reader.readline()).split()[1])
        length = 0
        while (line := await self.reader.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        return status, await self.reader.readexactly(length)


def keystrokes() -> Iterator[dict[str, str]]:
    """The listings as they look after each letter of title and keywords, then after each word of the description."""
    for listing in LISTINGS:
        shown: dict[str, str] = {name: text for name, text in listing.items() if name not in ("title", "keywords", "description")}
        for field in ("title", "keywords"):
            for end in range(1, len(listing[field]) + 1):
                shown[field] = listing[field][:end]
                yield dict(shown)
        words = listing["description"].split(" ")
        for end in range(1, len(words) + 1):
            shown["description"] = " ".join(words[:end])
            yield dict(shown)


def quantiles(seconds: list[float]) -> str:
    """`p50 1.2  p95 3.4  p99 5.6 ms`."""
    ordered = sorted(seconds)
    return "  ".join(f"p{share} {1000 * ordered[min(len(ordered) - 1, len(ordered) * share // 100)]:.1f}" for share in (50, 95, 99)) + " ms"


async def type_listings(client: Client) -> tuple[list[float], list[float]]:
    """Seconds of each keystroke, and of as many requests that need no engine."""
    typed, plain = [], []
    for listing in keystrokes():
        began = time.perf_counter()
        status, _ = await client.ask("POST", "/api/edit", {"listing": listing, "lang": "en"})
        typed.append(time.perf_counter() - began)
        assert status == 200
        began = time.perf_counter()
        await client.ask("GET", "/api/nothing")
        plain.append(time.perf_counter() - began)
    return typed, plain


async def load(host: str, port: int, clients: int, seconds: float) -> tuple[dict[str, list[float]], list[int]]:
    """Seconds of each request by its kind, and the statuses that were not 200, of so many clients that ask without a pause."""
    took: dict[str, list[float]] = {kind: [] for kind in MIX}
    failed: list[int] = []
    end = time.monotonic() + seconds

    async def one(seed: int) -> None:
        chance, client = random.Random(seed), Client(host, port)
        while time.monotonic() < end:
            kind, listing = chance.choice(MIX), chance.choice(LISTINGS)
            body: Any = {"title": listing["title"]} if kind == "parse" else {"listing": listing, "lang": chance.choice(["en", "zh"])}
            began = time.perf_counter()
            try:
                status, _ = await (client.ask("GET", "/api/marketplaces") if kind == "rules" else client.ask("POST", f"/api/{kind}", body))
            except (OSError, asyncio.IncompleteReadError, IndexError):
                status = 0
                client.writer = None
            took[kind].append(time.perf_counter() - began)
            if status != 200:
                failed.append(status)

    await asyncio.gather(*(one(seed) for seed in range(clients)))
    return took, failed


async def check_a_file(client: Client, count: int) -> None:
    """Has a file checked in the background."""
    rows = ["title,keywords,description"] + [f'Brass Bicycle Bell {at} mm,"bicycle bell, bike bell",{"A bell of brass with a clear tone. " * 10}' for at in range(count)]
    body = b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="bells.csv"\r\n\r\n' + "\n".join(rows).encode() + b"\r\n--xyz--\r\n"
    _, answer = await client.ask("POST", "/api/files", body)
    await client.ask("POST", f"/api/files/{json.loads(answer)['id']}/check", {})


def start(folder: str) -> tuple[subprocess.Popen[str], str, int]:
    """The server's process, its host and port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "listinglint", "serve", "--port", "0", "--no-open", "--lang", "en", "--jobs", "1"], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "TMPDIR": folder},
    )  # fmt: skip
    assert process.stdout is not None
    found = re.search(r"http://([\d.]+):(\d+)", process.stdout.readline())
    assert found, "the server did not start"
    return process, found[1], int(found[2])


async def measure(host: str, port: int, process: int, clients: int, seconds: float, checking: bool) -> int:
    """Prints all figures; the number of requests that failed."""
    client = Client(host, port)
    began = time.perf_counter()
    await client.ask("POST", "/api/edit", {"listing": LISTINGS[0], "lang": "en"})
    print(f"first keystroke after the start: {1000 * (time.perf_counter() - began):.0f} ms")
    await asyncio.sleep(3)
    if checking:
        await check_a_file(Client(host, port), 20_000)
    typed, plain = await type_listings(client)
    print(f"{len(typed)} keystrokes: {quantiles(typed)}; a request without the engine: {quantiles(plain)}")
    took, failed = await load(host, port, clients, seconds)
    every = list(itertools.chain.from_iterable(took.values()))
    print(f"{clients} clients, {seconds:g} s: {len(every)} requests, {len(every) / seconds:.0f} a second, {quantiles(every)}, {len(failed)} failed {sorted(set(failed)) or ''}")
    for kind, times in took.items():
        if times:
            print(f"  {kind:<8} {len(times):>6}  {quantiles(times)}")
    memory = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process}/status").read_text()) if Path("/proc").exists() else None
    if memory:
        print(f"peak memory of the server: {int(memory[1]) / 1024:.0f} MB")
    return len(failed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--while-checking", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        process, host, port = start(folder)
        try:
            return 1 if asyncio.run(measure(host, port, process.pid, given.clients, given.seconds, given.while_checking)) else 0
        finally:
            process.terminate()
            process.wait(30)


if __name__ == "__main__":
    sys.exit(main())
