"""Processes that work through tasks in order, with a bounded number under way.

Beside what `concurrent.futures` offers it knows which task a process died of, and it can be stopped in the middle of one:
a task that kills its process is tried once more alone, then parted, until the part that kills is told apart from the rest.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, Final, NamedTuple

from listinglint.engine.errors import EngineError
from listinglint.model import Text

_AHEAD: Final = 2
"""So many tasks wait at a process, so that it never waits for the next."""
_ANSWERS: Final = 4
"""So many tasks per process may be under way or wait for one before them in order."""
_SMALL: Final = 16_384
"""Bytes that a pipe surely takes while the process at its other end is busy writing itself."""
_PATIENCE: Final = 5.0
"""Seconds that a process gets to end when its work is done."""

Start = Callable[..., Any]
Work = Callable[[Any, str, Any], Any]
Part = Callable[[Any], Sequence[Any]]
Lost = Callable[[str, Any], Any]


class _Crash(NamedTuple):
    error: BaseException


_our_ends: set[Connection] = set()
"""This process's ends of the pipes: a forked child closes its copies, so that the others see it when their parent is gone."""


def _serve(pipe: Connection, start: Start, arguments: tuple[Any, ...], work: Work) -> None:
    # Ctrl-C reaches the whole group of processes; the parent alone answers it, and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for end in _our_ends:
        end.close()
    try:
        try:
            state = start(*arguments)
        except Exception as error:
            pipe.send(_Crash(error))
            return
        pipe.send(None)
        while True:
            step, task = pipe.recv()
            try:
                answer = work(state, step, task)
            except Exception as error:
                answer = _Crash(error)
            pipe.send(answer)
    except (EOFError, OSError):
        return


class _Worker:
    """A process, with the numbers of the tasks that it was given and has not answered, in order."""

    def __init__(self, start: Start, arguments: tuple[Any, ...], work: Work) -> None:
        # A fork in the middle of other threads may copy their locks as they are, held.
        context = multiprocessing.get_context(None if _alone() else "spawn")
        self.pipe, theirs = context.Pipe()
        _our_ends.add(self.pipe)
        self.process = context.Process(target=_serve, args=(theirs, start, arguments, work), daemon=True)
        with _without_interrupts(), _kept_from_collector():
            self.process.start()
        theirs.close()
        self.tasks: deque[int] = deque()
        self._ready = False

    def give(self, number: int, task: bytes) -> bool:
        """Hands over a pickled task; False where the process is gone."""
        self.tasks.append(number)
        try:
            self.pipe.send_bytes(task)
        except OSError:
            return False
        return True

    def answer(self) -> Any:
        """The next answer, waited for. Raises EOFError where the process has died, EngineError where it never came up."""
        try:
            if not self._ready:
                ready = self.pipe.recv()
                if isinstance(ready, _Crash):
                    raise ready.error
                self._ready = True
            return self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(_PATIENCE)
            if not self._ready:
                code = self.process.exitcode
                raise EngineError(
                    Text(
                        f"a process of the run ended with {code} before it could begin; try again with --jobs 1",
                        f"检查进程在启动时退出（代码 {code}）；请用 --jobs 1 重试",
                    )
                ) from None
            raise EOFError from None

    def kill(self) -> None:
        """Ends the process at once."""
        self.process.kill()
        self.process.join(_PATIENCE)
        self._shut()

    def close(self) -> None:
        """Lets the process end: it reads that no more comes."""
        self._shut()
        self.process.join(_PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(_PATIENCE)

    def _shut(self) -> None:
        _our_ends.discard(self.pipe)
        self.pipe.close()


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Holds Ctrl-C back, also from a process started meanwhile, which inherits that until it ignores it by itself."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _kept_from_collector() -> Iterator[None]:
    """While a process is forked: what is there stays out of its collector's way, which would else write to all the pages that are shared."""
    frozen = gc.get_freeze_count()
    gc.freeze()
    try:
        yield
    finally:
        if not frozen:
            gc.unfreeze()


def _alone() -> bool:
    return threading.active_count() == 1


def shares() -> bool:
    """True where the processes of a pool that is made now share what is loaded before."""
    return _alone() and multiprocessing.get_start_method() == "fork"


class Pool:
    """Up to `jobs` processes; `start(*arguments)` makes the state of each, `work(state, step, task)` does a task.

    Functions, tasks and results must pickle.
    """

    def __init__(self, jobs: int, start: Start, arguments: tuple[Any, ...], work: Work) -> None:
        self._jobs = jobs
        self._recipe = (start, arguments, work)
        self._workers: list[_Worker] = []

    def close(self, *, kill: bool = False) -> None:
        """Ends the processes: in peace those that are idle, in the middle of their work those that are not, or all with `kill`."""
        for worker in self._workers:
            if kill or worker.tasks:
                worker.kill()
            else:
                worker.close()
        self._workers.clear()

    def map(self, step: str, tasks: Iterable[Any], part: Part, lost: Lost) -> Iterator[Any]:
        """The results of a step in the order of the tasks.

        A task that its process dies of twice is replaced by its parts (`part`; none: it cannot be parted), and the smallest
        by `lost(step, task)`: such a task has several results. An exception of a task is raised here. Raises EngineError where
        processes die before they have done anything. Left by an exception, Ctrl-C among them, it kills the processes.
        """
        run = _Run(step, part, lost)
        source = enumerate(tasks)
        next_one, more = 0, True
        try:
            while more or run.waiting or run.done:
                while more and len(run.waiting) + len(run.done) < _ANSWERS * self._jobs and (worker := self._free()) is not None:
                    found = next(source, None)
                    if found is None:
                        more = False
                        break
                    self._give(run, worker, *found)
                    # Answers that are there are taken between tasks, so that no process waits on a full pipe.
                    self._collect(run, 0)
                if run.waiting and next_one not in run.done:
                    self._collect(run, None)
                while next_one in run.done:
                    for answer in run.done.pop(next_one):
                        if isinstance(answer, _Crash):
                            raise answer.error
                        yield answer
                    next_one += 1
        except BaseException:
            self.close(kill=True)
            raise

    def _free(self) -> _Worker | None:
        """The process with the fewest tasks, where it may take another; a new one while there are too few."""
        if len(self._workers) < self._jobs:
            self._workers.append(_Worker(*self._recipe))
            return self._workers[-1]
        worker = min(self._workers, key=lambda one: len(one.tasks))
        return worker if len(worker.tasks) < _AHEAD else None

    def _give(self, run: _Run, worker: _Worker, number: int, task: Any) -> None:
        run.waiting[number] = task
        data = pickle.dumps((run.step, task), protocol=pickle.HIGHEST_PROTOCOL)
        while len(data) > _SMALL and worker.tasks and worker in self._workers:
            # It may be writing a large answer: each would wait for the other to read.
            self._collect(run, None)
        if worker not in self._workers:
            worker = _Worker(*self._recipe)
            self._workers.append(worker)
        if not worker.give(number, data):
            self._bury(run, worker)

    def _collect(self, run: _Run, timeout: float | None) -> None:
        """Takes the answers that have come, after waiting for one where `timeout` is None."""
        busy = {worker.pipe: worker for worker in self._workers if worker.tasks}
        for pipe in wait(list(busy), timeout) if busy else ():
            worker = busy[pipe]  # type: ignore[index]
            try:
                answer = worker.answer()
            except EOFError:
                self._bury(run, worker)
                continue
            number = worker.tasks.popleft()
            run.done[number] = [answer]
            del run.waiting[number]

    def _bury(self, run: _Run, worker: _Worker) -> None:
        """Has the tasks of a process that died done by others, each alone: it died of the first of them, by all appearances."""
        self._workers.remove(worker)
        worker.kill()
        for number in worker.tasks:
            run.done[number] = self._alone(run, run.waiting.pop(number))

    def _alone(self, run: _Run, task: Any) -> list[Any]:
        """The results of a task that has a process to itself: of its parts where the process dies of it."""
        worker = _Worker(*self._recipe)
        try:
            if worker.give(0, pickle.dumps((run.step, task), protocol=pickle.HIGHEST_PROTOCOL)):
                with contextlib.suppress(EOFError):
                    return [worker.answer()]
        finally:
            worker.kill()
        parts = run.part(task)
        return [answer for one in parts for answer in self._alone(run, one)] if parts else [run.lost(run.step, task)]


class _Run:
    """The state of one `map`: tasks under way by number, and answers that wait for those before them."""

    def __init__(self, step: str, part: Part, lost: Lost) -> None:
        self.step, self.part, self.lost = step, part, lost
        self.waiting: dict[int, Any] = {}
        self.done: dict[int, list[Any]] = {}
