"""Work in threads: how much at once, how much waits, how long; and what is kept between requests."""

from __future__ import annotations

import asyncio
import datetime
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from listinglint.config import Override, Selection, Settings
from listinglint.marketplaces import MarketplaceError
from listinglint.web import guard
from listinglint.web.guard import _Body
from listinglint.web.lanes import Deadline, Lane, Late
from listinglint.web.listings import Turns
from listinglint.web.problems import Problem, preferred_language
from listinglint.web.server import create_app
from listinglint.web.workbench import Recent, Workbench


def kinds(results: list[Any]) -> list[str]:
    return [one.kind if isinstance(one, Problem) else "done" for one in results]


async def together(lane: Lane, work: Callable[[Deadline], Any], times: int, seconds: float, **more: Any) -> list[Any]:
    return await asyncio.gather(*(lane.run(work, seconds, **more) for _ in range(times)), return_exceptions=True)


def test_so_much_at_once_and_so_much_waits() -> None:
    most = 0
    under_way = 0
    lock = threading.Lock()

    def work(deadline: Deadline) -> int:
        nonlocal most, under_way
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.05)
        with lock:
            under_way -= 1
        return 1

    async def run() -> list[Any]:
        return await together(Lane("t", 2, 3), work, 9, 10)

    results = kinds(asyncio.run(run()))
    # The place in the queue is asked for before any thread is free.
    assert most == 2 and set(results) == {"done", "busy"} and results.count("done") >= 3


def test_work_that_takes_too_long_is_given_up_but_keeps_its_place() -> None:
    released = threading.Event()

    async def run() -> tuple[list[str], list[str], str]:
        lane = Lane("t", 1, 5)
        slow = kinds(await together(lane, lambda deadline: released.wait(20), 1, 0.1))
        waiting = kinds(await together(lane, lambda deadline: 1, 1, 0.1))
        released.set()
        after = kinds(await together(lane, lambda deadline: 1, 1, 10))[0]
        return slow, waiting, after

    assert asyncio.run(run()) == (["too-slow"], ["busy"], "done")


def test_work_of_several_steps_stops_when_nobody_waits() -> None:
    steps: list[int] = []
    stopped = threading.Event()

    def work(deadline: Deadline) -> None:
        try:
            while True:
                deadline.check()
                steps.append(1)
                time.sleep(0.01)
        except Late:
            stopped.set()
            raise

    async def run() -> list[Any]:
        return await together(Lane("t", 1, 5), work, 1, 0.1)

    assert kinds(asyncio.run(run())) == ["too-slow"] and stopped.wait(5) and steps


def test_what_nobody_wants_any_more_is_not_begun() -> None:
    done: list[int] = []

    async def unwanted() -> None:
        raise Problem("superseded")

    async def run() -> tuple[list[str], str]:
        lane = Lane("t", 1, 5)
        first = kinds(await together(lane, lambda deadline: done.append(1), 3, 10, wanted=unwanted))
        return first, kinds(await together(lane, lambda deadline: done.append(2), 1, 10))[0]

    assert asyncio.run(run()) == (["superseded"] * 3, "done") and done == [2]


def test_of_the_waiting_requests_of_one_editor_the_latest_is_answered() -> None:
    with TestClient(create_app(), base_url="http://127.0.0.1:8765") as client:
        server = client.app.state.server  # type: ignore[attr-defined]
        body = {"listing": {"title": "Kitchen Faucet"}, "editor": "one"}
        assert client.post("/api/edit", json=body).status_code == 200
        release = threading.Event()
        assert client.portal is not None
        holders = [client.portal.start_task_soon(server.editing.run, lambda deadline: release.wait(20), 30) for _ in range(2)]
        answers: list[Any] = []

        def ask() -> None:
            answers.append(client.post("/api/edit", json=body))

        threads = []
        for at in range(3):
            threads.append(threading.Thread(target=ask))
            threads[-1].start()
            while server.turns.get("one", 0) < at + 2:
                time.sleep(0.01)
        release.set()
        for thread in threads:
            thread.join()
        for holder in holders:
            holder.result()
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200, 409, 409]
    assert {answer.json()["type"] for answer in answers if answer.status_code == 409} == {"urn:listinglint:problem:superseded"}


def test_editors_that_are_not_heard_of_are_forgotten() -> None:
    turns = Turns()
    for at in range(1500):
        turns.take(f"editor {at}", at)
    assert turns.get("editor 0", -1) == -1 and turns.get("editor 1499", -1) == 1499
    assert len(turns._latest) == 1000


def test_a_body_that_comes_too_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "SLOWEST", 0.05)

    async def never() -> Any:
        await asyncio.sleep(20)

    with pytest.raises(Problem, match="timeout"):
        asyncio.run(_Body(never, 100).receive())


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_the_most_recent_are_kept() -> None:
    made: list[int] = []
    recent: Recent[int] = Recent(2)

    def get(key: int) -> int:
        return recent.get(key, lambda: made.append(key) or key)

    assert [get(key) for key in (1, 2, 1, 3, 1, 2)] == [1, 2, 1, 3, 1, 2]
    assert made == [1, 2, 3, 2]


@pytest.fixture
def bench() -> Iterator[Workbench]:
    yield Workbench(Settings(ignore=("title-word-order",), lang="zh"))


def test_linters_are_made_once_for_what_is_asked(bench: Workbench) -> None:
    one = bench.linter(bench.settings({"marketplace": "amazon"}, "en"))
    assert bench.linter(bench.settings({"marketplace": "amazon"}, "en")) is one
    others = [bench.settings({}, "en"), bench.settings({"marketplace": "amazon"}, "zh"), bench.settings({"marketplace": "amazon", "ignore": ["titles"]}, "en"), bench.settings({"marketplace": "amazon", "date": "2026-01-01"}, "en")]
    assert all(bench.linter(other) is not one for other in others)
    assert one.settings.lang == "en" and one.date == datetime.date.today()


def test_selectors_are_put_over_those_of_the_server(bench: Workbench) -> None:
    def rules(**asked: Any) -> set[str]:
        return {active.rule.name for active in bench.linter(bench.settings(asked, "en")).rules}

    assert "title-word-order" not in rules() and "title-filler" in rules()
    assert "title-word-order" in rules(select=["title-word-order"])
    assert "title-filler" not in rules(ignore=["title-filler"])


def test_what_is_asked_holds_for_listings_that_an_override_fits() -> None:
    base = Settings(overrides=(Override(categories=("Kitchen*",), marketplace="etsy", selection=Selection(ignore=("title-filler",))),))
    bench = Workbench(base)
    plain, asked = bench.settings({}, "en"), bench.settings({"marketplace": "alibaba", "select": ["title-filler"]}, "en")
    assert plain.overrides[0].marketplace == "etsy" and all(one.marketplace is None for one in asked.overrides)
    assert bench.linter(plain) is not bench.linter(asked)
    assert bench.linter(bench.settings({"marketplace": "alibaba"}, "en")) is not bench.linter(plain)


def test_a_marketplace_of_a_file_is_known_by_its_name_alone(tmp_path: Any) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\nlabel = { en = "Mine", zh = "我的" }\n', encoding="utf-8")
    bench = Workbench(Settings(marketplace=str(path)))
    assert "mine" in bench.marketplaces and bench.settings({"marketplace": "mine"}, "en").marketplace == str(path)
    with pytest.raises(MarketplaceError):
        bench.settings({"marketplace": str(path)}, "en")


def test_a_problem_has_a_language() -> None:
    assert [preferred_language(one) for one in (None, "", "fr", "zh-TW", "en-GB,zh;q=0.9", "en;q=0.1, zh;q=0.2", "en;q=x", "zh;q=0, en", "*" * 5000)] == [
        None, None, None, "zh", "en", "zh", None, "en", None,
    ]  # fmt: skip
