"""Uploaded files and the work on them: who is checked when, how far it has come, and what is thrown away when."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from listinglint.config import Settings
from listinglint.model import Text
from listinglint.web.folder import PrivateFolder
from listinglint.web.problems import Problem
from listinglint.web.results import Results
from listinglint.web.tasks import Check, Columns, Inspect, Mend, Record, Render, Source, Task
from listinglint.web.worker import Worker

State = Literal["new", "running", "done", "failed", "cancelled"]

MOST_UPLOADS: Final = 20
IDLE: Final = 4 * 3600.0
"""Seconds after which a file that nobody asks for is thrown away."""
_SWEEP: Final = 60.0
_INSPECTION: Final = 120.0
_RENDERING: Final = 1800.0
_DYING: Final = 2.0
_AT_ONCE: Final = 2
"""Files that are looked at or written at the same time; one more is checked."""
_SAY: Final = {
    "unknown": Text("there is no such file; it was removed, or the server was started anew: upload it again", "没有这个文件：已被删除，或服务器已重新启动。请重新上传"),
    "full": Text("{most} files are being worked on; delete one first", "已有 {most} 个文件在处理；请先删除一个"),
    "unchecked": Text("the file has not been checked", "文件尚未检查完成"),
}
REPORTS: Final = {"findings.csv": "csv", "findings.jsonl": "jsonl", "annotated.xlsx": "xlsx", "report.html": "html"}
"""Downloads to the formats of `check` that they are."""


@dataclass(eq=False)
class Upload:
    """One file: as it came, as it was read, and the latest check of it."""

    id: str
    folder: Path
    name: str = ""
    path: Path = Path()
    size: int = 0
    inspected: dict[str, Any] = field(default_factory=dict)
    state: State = "new"
    run: int = 0
    phase: str | None = None
    done: int = 0
    total: int | None = None
    summary: dict[str, Any] | None = None
    problem: Problem | None = None
    source: Source | None = None
    settings: Settings | None = None
    worker: Worker | None = None
    seen: float = field(default_factory=time.monotonic)
    users: int = 0
    making: dict[str, asyncio.Lock] = field(default_factory=dict)

    @property
    def results(self) -> Results:
        """The reports of the latest check. Raises Problem where it has not ended well."""
        if self.state != "done":
            raise Problem("conflict", _SAY["unchecked"])
        return Results(self._database)

    @property
    def _database(self) -> Path:
        return self.folder / f"results-{self.run}.sqlite"

    @contextmanager
    def used(self) -> Iterator[Upload]:
        """Keeps the file from being thrown away meanwhile."""
        self.users += 1
        try:
            yield self
        finally:
            self.users -= 1
            self.seen = time.monotonic()


class Uploads:
    """All uploaded files of a server. One is checked at a time, in the order in which that was asked for."""

    def __init__(self, jobs: int, fail_on: str = "warning", columns: Columns | None = None) -> None:
        self._jobs, self._fail_on, self._columns = jobs, fail_on, dict(columns or {})
        self._files: dict[str, Upload] = {}
        self._folder = PrivateFolder()
        self._turn = asyncio.Lock()
        self._few = asyncio.Semaphore(_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._workers: set[Worker] = set()
        self._waiting: list[Upload] = []

    def open(self) -> None:
        """Makes the private folder, and begins to throw away what lies idle."""
        self._folder.open()
        self._start(self._sweep())

    async def close(self) -> None:
        """Ends all work at once and removes everything."""
        for worker in tuple(self._workers):
            worker.kill()
        for task in tuple(self._tasks):
            task.cancel()
        if self._tasks:
            # A process that is not gone yet could still write into the folder.
            await asyncio.wait(tuple(self._tasks), timeout=_DYING)
        self.remove()

    def remove(self) -> None:
        """Removes everything, whether the work has ended or not."""
        self._files.clear()
        self._folder.close()

    # --- files ---

    def new(self) -> Upload:
        """A place for a file that comes in. Raises Problem where too many are being worked on."""
        if len(self._files) >= MOST_UPLOADS:
            idle = min((one for one in self._files.values() if one.state != "running" and not one.users), key=lambda one: one.seen, default=None)
            if idle is None:
                raise Problem("busy", Text(_SAY["full"].format("en", most=MOST_UPLOADS), _SAY["full"].format("zh", most=MOST_UPLOADS)), headers={"retry-after": "30"})
            self.delete(idle.id)
        if self._folder.path is None:
            raise Problem("stopping")
        name = secrets.token_hex(12)
        upload = Upload(name, self._folder.path / name)
        upload.folder.mkdir(mode=0o700)
        self._files[name] = upload
        return upload

    def get(self, name: str) -> Upload:
        """The file of this id. Raises Problem where there is none."""
        upload = self._files.get(name)
        if upload is None:
            raise Problem("not-found", _SAY["unknown"])
        upload.seen = time.monotonic()
        return upload

    def delete(self, name: str) -> None:
        """Stops what is done with a file and removes it with all that was made of it."""
        upload = self.get(name)
        self._stop(upload)
        del self._files[name]
        shutil.rmtree(upload.folder, ignore_errors=True)

    async def inspect(self, upload: Upload) -> None:
        """Finds out how a new file is read. Raises Problem for one that cannot be."""
        source = Source(upload.path, upload.name, self._columns)
        upload.inspected = await self._work(upload, Inspect(source), _INSPECTION)

    # --- checks ---

    def check(self, upload: Upload, settings: Settings, columns: Columns | None, sheet: str | None, record: Record | None) -> None:
        """Begins to check a file; a check of it that is under way is stopped."""
        self._stop(upload)
        upload.run += 1
        upload.state, upload.phase, upload.done, upload.total, upload.summary, upload.problem = "running", "read", 0, None, None, None
        upload.source = Source(upload.path, upload.name, columns if columns is not None else self._columns, sheet)
        upload.settings = settings
        task = Check(upload.source, settings, upload._database, self._jobs, self._fail_on, record)
        self._waiting.append(upload)
        self._start(self._run(upload, task, upload.run))

    def ahead(self, upload: Upload) -> int:
        """How many files are checked before this one's turn; 0 when it is its turn."""
        return self._waiting.index(upload) if upload in self._waiting else 0

    def cancel(self, upload: Upload) -> None:
        """Stops the check of a file, if there is one."""
        if upload.state == "running":
            self._stop(upload)
            upload.state = "cancelled"

    def _stop(self, upload: Upload) -> None:
        if upload.worker is not None:
            upload.worker.kill()
            upload.worker = None
        if upload in self._waiting:
            self._waiting.remove(upload)
        for path in (upload._database, *upload.folder.glob("made-*")):
            path.unlink(missing_ok=True)

    async def _run(self, upload: Upload, task: Check, run: int) -> None:
        def current() -> bool:
            return upload.run == run and upload.state == "running" and upload.id in self._files

        def tell(progress: dict[str, Any]) -> None:
            if current():
                upload.phase, upload.done, upload.total = progress["phase"], progress["done"], progress["total"]

        try:
            async with self._turn:
                if not current():
                    return
                upload.worker = worker = Worker(task, upload.folder)
                self._workers.add(worker)
                try:
                    summary = await worker.run(tell)
                finally:
                    self._workers.discard(worker)
                if current():
                    upload.summary, upload.state = summary, "done"
                    upload.done = upload.total = summary["listings"]
        except Problem as problem:
            if current():
                upload.problem, upload.state = problem, "failed"
        finally:
            if upload in self._waiting and upload.run == run:
                self._waiting.remove(upload)

    # --- downloads ---

    async def report(self, upload: Upload, kind: str) -> Path:
        """A report of a checked file, made when it is first asked for. Raises Problem."""
        results, target = upload.results, upload.folder / f"made-{upload.run}-{kind}"
        assert upload.source is not None and upload.settings is not None
        return await self._made(upload, target, Render(upload.source, upload.settings, results.path, REPORTS[kind], target))

    async def mended(self, upload: Upload, unsafe: bool) -> Path:
        """The mended copy of a checked file. Raises Problem, as for a format that cannot be mended."""
        if upload.state != "done":
            raise Problem("conflict", _SAY["unchecked"])
        assert upload.source is not None and upload.settings is not None
        target = upload.folder / f"made-{upload.run}-mended-{int(unsafe)}{upload.path.suffix}"
        return await self._made(upload, target, Mend(upload.source, upload.settings, target, unsafe))

    async def _made(self, upload: Upload, target: Path, task: Task) -> Path:
        # Who asks for the same while it is being made waits for it.
        async with upload.making.setdefault(target.name, asyncio.Lock()):
            if not target.exists():
                await self._work(upload, task, _RENDERING)
            if not target.exists():
                raise Problem("conflict", _SAY["unchecked"])
        return target

    async def _work(self, upload: Upload, task: Task, seconds: float) -> dict[str, Any]:
        with upload.used():
            async with self._few:
                worker = Worker(task, upload.folder)
                self._workers.add(worker)
                try:
                    return await worker.run(lambda progress: None, seconds)
                finally:
                    self._workers.discard(worker)

    # --- in the background ---

    def _start(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP)
            self.sweep(time.monotonic())

    def sweep(self, now: float) -> None:
        """Throws away what nobody has asked for."""
        for upload in tuple(self._files.values()):
            if upload.state != "running" and not upload.users and now - upload.seen > IDLE:
                self.delete(upload.id)


