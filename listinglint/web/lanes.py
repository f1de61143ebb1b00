"""Runs work in threads, so that the event loop lives: so much at once, so much waiting, and so long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from listinglint.web.problems import Problem

Result = TypeVar("Result")


class Late(Exception):
    """Raised in a thread whose work nobody waits for any more."""


class Deadline:
    """Tells work in a thread when to stop; work of several steps asks between them."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds
        self.dropped = False

    @property
    def left(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self.end - time.monotonic())

    def check(self) -> None:
        """Raises Late when it is over."""
        if self.dropped or time.monotonic() > self.end:
            raise Late


class Lane:
    """So many threads for one kind of work, first come first served.

    A thread cannot be stopped from outside: its place is free only when its work has ended, however long ago the
    request was given up.
    """

    def __init__(self, name: str, threads: int, most_waiting: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._free = asyncio.Semaphore(threads)
        self._waiting = 0
        self._most_waiting = most_waiting

    async def run(self, work: Callable[[Deadline], Result], seconds: float, wanted: Callable[[], Awaitable[None]] | None = None) -> Result:
        """The result of `work`. `wanted` is asked when its turn comes, and raises where nobody needs it any more.

        Raises Problem when too much waits, and when the time is up.
        """
        if self._waiting >= self._most_waiting:
            raise Problem("busy", headers={"retry-after": "1"})
        deadline = Deadline(seconds)
        self._waiting += 1
        try:
            await asyncio.wait_for(self._free.acquire(), deadline.left)
        except TimeoutError:
            raise Problem("busy", headers={"retry-after": "5"}) from None
        finally:
            self._waiting -= 1
        try:
            if wanted is not None:
                await wanted()
            future = asyncio.get_running_loop().run_in_executor(self._pool, work, deadline)
        except BaseException:
            self._free.release()
            raise
        future.add_done_callback(self._done)
        try:
            return await asyncio.wait_for(asyncio.shield(future), deadline.left)
        except (TimeoutError, Late):
            raise Problem("too-slow") from None
        finally:
            deadline.dropped = True

    def _done(self, future: asyncio.Future[Result]) -> None:
        self._free.release()
        # An error that nobody waits for any more is no error.
        if not future.cancelled():
            future.exception()

    def close(self) -> None:
        """Takes no more work and waits for none."""
        self._pool.shutdown(wait=False, cancel_futures=True)
