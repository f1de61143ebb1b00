"""The process that does a task: reads it from standard input, tells of it on standard output, and dies with the server.

The task is pickled, by the server that started this process; what is told are JSON objects, one a line: `progress`, then
`done` with the result or `failed` with the message in both languages.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from listinglint.api import message_of
from listinglint.model import Text
from listinglint.reports.json_lines import to_json
from listinglint.web.problems import Problem
from listinglint.web.tasks import Task

_LONGEST_LINE = 64 << 20
_NICE = 5
_GONE = Text("the process that worked on the file was ended by the system, as it is when memory runs out", "处理该文件的进程被系统终止（可能是内存不足）")


def main() -> None:
    """What the process runs."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not get between the lines.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    task: Task = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_die_with_the_server, daemon=True).start()
    if hasattr(os, "nice"):
        # Who writes comes before what is checked in the background.
        os.nice(_NICE)

    def tell(kind: str, value: Any) -> None:
        out.write(to_json({kind: value}).encode() + b"\n")
        out.flush()

    try:
        tell("done", task.run(lambda value: tell("progress", value)))
    except Exception as error:
        texts = [message_of(error, lang) for lang in ("en", "zh")]
        tell("failed", {"en": texts[0], "zh": texts[1], "error": type(error).__name__})


def _die_with_the_server() -> None:
    """Standard input ends when the server does, however it does; the processes of a pool go along."""
    sys.stdin.buffer.read()
    _kill_group(os.getpid())


def _kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(leader, signal.SIGKILL)
        else:
            os.kill(leader, signal.SIGTERM)


class Worker:
    """A task under way in a process. `kill` ends it at once."""

    def __init__(self, task: Task, folder: Path) -> None:
        self._task, self._folder = task, folder
        self._process: asyncio.subprocess.Process | None = None
        self._killed = False

    async def run(self, tell: Callable[[dict[str, Any]], None], seconds: float | None = None) -> dict[str, Any]:
        """The task's result. Raises Problem where the task failed, took too long, or its process went away."""
        if self._killed:
            raise Problem("conflict")
        self._process = process = await asyncio.create_subprocess_exec(
            *_command(), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            limit=_LONGEST_LINE, start_new_session=True, env=_environment(self._folder),
        )  # fmt: skip
        try:
            if self._killed:
                raise Problem("conflict")
            return await asyncio.wait_for(self._talk(process, tell), seconds)
        except TimeoutError:
            raise Problem("too-slow") from None
        finally:
            _kill_group(process.pid)
            await process.wait()

    async def _talk(self, process: asyncio.subprocess.Process, tell: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(pickle.dumps(self._task))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            await process.stdin.drain()
        async for line in process.stdout:
            told = orjson.loads(line)
            if "progress" in told:
                tell(told["progress"])
            elif "done" in told:
                done: dict[str, Any] = told["done"]
                return done
            else:
                failed = told["failed"]
                if failed["en"] is None:
                    print(f"internal error: {failed['error']} in {type(self._task).__name__}", file=sys.stderr)
                    raise Problem("internal")
                raise Problem("unreadable-file", Text(failed["en"], failed["zh"]))
        raise Problem("internal", _GONE)

    def kill(self) -> None:
        """Ends the process, and those that it started."""
        self._killed = True
        if self._process is not None and self._process.returncode is None:
            _kill_group(self._process.pid)


def _command() -> list[str]:
    # -P: a folder that happens to be the current one is no place for modules.
    return [sys.executable, "-P", "-c", "from listinglint.web.worker import main; main()"]


def _environment(folder: Path) -> dict[str, str]:
    """The server's own, with its modules, and with temporary files where they go away with the upload."""
    path = os.pathsep.join(one for one in sys.path if one)
    return {**os.environ, "PYTHONPATH": path, "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)}

