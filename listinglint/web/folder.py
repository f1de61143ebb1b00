"""The private folder of a server: only its user can open it, and it goes away with the server, however that ends."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import IO, Final

PREFIX: Final = "listinglint-serve-"
_LOCK: Final = "lock"
_SETTLED: Final = 60.0
"""Seconds after which a folder without a held lock belongs to nobody."""


class PrivateFolder:
    """A folder in the place for temporary files, made on `open` and removed on `close`.

    A server that was killed could not tidy up; the next one to open a folder removes what it left.
    """

    def __init__(self) -> None:
        self.path: Path | None = None
        self._lock: IO[bytes] | None = None

    def open(self) -> Path:
        """Makes the folder, readable by this user alone."""
        _sweep(Path(tempfile.gettempdir()))
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = (self.path / _LOCK).open("wb")
        _hold(self._lock)
        return self.path

    def close(self) -> None:
        """Removes the folder with all that is in it; does nothing where that was done."""
        if self.path is not None:
            shutil.rmtree(self.path, ignore_errors=True)
            self.path = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def _hold(file: IO[bytes]) -> bool:
    """Takes the lock that the system lets go of when this process ends; False where another process has it."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sweep(place: Path) -> None:
    for folder in place.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            stat = folder.lstat()
            if not folder.is_symlink() and stat.st_uid == os.getuid() and time.time() - stat.st_mtime > _SETTLED and _left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _left(folder: Path) -> bool:
    with (folder / _LOCK).open("rb") as file:
        return _hold(file)
