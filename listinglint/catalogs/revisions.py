"""Reads a file as it was at a git revision.

git is run as a program, without a shell, on its own commands alone; what a person names as a revision is turned into a commit's number
first, so that no other word of his reaches git. The file is written as a checkout would write it (line ends, encoding, Git LFS).
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import IO, Any, Final

from listinglint.catalogs.errors import CatalogError
from listinglint.model import Text

_PATIENCE: Final = 120
"""Seconds for a question to git; reading a file may take longer."""
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_POINTER: Final = b"version https://git-lfs.github.com/spec/"
_LEFT_OUT: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY")
"""What hooks set for the repository that they run in; the file's own repository is found from its folder."""
_SAY: Final = {
    "no git": Text("git was not found; --changed-since asks it for the earlier version. Install git or leave the option out", "找不到 git；--changed-since 需要用它读取旧版本。请安装 git，或去掉该选项"),
    "no repository": Text("the file is not in a git repository; --changed-since compares it with an earlier version there", "文件不在 git 仓库中；--changed-since 需要与仓库里的旧版本比较"),
    "owner": Text(
        "git does not trust the folder, which belongs to another user; `git config --global --add safe.directory {folder}` says that it may",
        "该文件夹属于其他用户，git 不信任它；可用 `git config --global --add safe.directory {folder}` 允许",
    ),
    "unknown": Text("{rev!r} is no revision of the repository {folder}; a branch, tag or commit such as origin/main was expected", "仓库 {folder} 中没有版本“{rev}”；应为分支、标签或提交，例如 origin/main"),
    "shallow": Text(
        "the revision {rev!r} is not in this shallow clone; fetch more of the history: `fetch-depth: 0` of actions/checkout, `GIT_DEPTH: 0` in GitLab, or `git fetch --unshallow`",
        "这是浅克隆，其中没有版本“{rev}”；请取得更多历史：actions/checkout 设置 `fetch-depth: 0`，GitLab 设置 `GIT_DEPTH: 0`，或执行 `git fetch --unshallow`",
    ),
    "unreadable": Text("git cannot read the version at {rev}: {why}", "git 无法读取 {rev} 时的版本：{why}"),
    "pointer": Text(
        "the version at {rev} is in Git LFS and not fetched; `git lfs install` and `git lfs fetch origin {rev}` bring it", "{rev} 时的版本存放在 Git LFS 中且尚未取得；请执行 `git lfs install` 和 `git lfs fetch origin {rev}`"
    ),
}


class FileHistory:
    """The earlier versions of one file.

    `path` is where the file is now, `shown` its name in messages. Raises CatalogError where there is no git or no repository.
    """

    def __init__(self, path: Path, shown: str) -> None:
        self._shown = shown
        # A link is followed: the file that is read is the one that has versions.
        self._path = path.resolve()
        self._folder = self._path.parent
        top = self._ask("rev-parse", "--show-toplevel")
        if top is None or not top.strip():
            raise self._wrong("no repository")
        self._top = Path(os.fsdecode(top.rstrip(b"\n")))
        self._name = Path(os.path.relpath(self._path, self._top.resolve())).as_posix()

    def commit(self, rev: str) -> str:
        """The number of the commit that `rev` names. Raises CatalogError, with what to do, where there is none."""
        usable = rev.strip() and not rev.startswith("-") and "\0" not in rev and "\n" not in rev
        found = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}") if usable else None
        number = (found or b"").decode("ascii", "replace").strip()
        if _COMMIT.match(number):
            return number
        shallow = usable and (self._ask("rev-parse", "--is-shallow-repository") or b"").strip() == b"true"
        raise self._wrong("shallow" if shallow else "unknown", rev=rev, folder=self._top)

    def name_at(self, commit: str) -> str | None:
        """The file's path in the repository at a commit, also where it had another name then; None where it was not there."""
        if (self._ask("cat-file", "-t", f"{commit}:{self._name}") or b"").strip() == b"blob":
            return self._name
        moved = self._ask("diff-index", "-z", "--name-status", "--find-renames", "--diff-filter=R", commit, "--", folder=self._top) or b""
        parts = [os.fsdecode(part) for part in moved.split(b"\0")]
        for _, before, now in zip(parts[0::3], parts[1::3], parts[2::3], strict=False):
            if now == self._name:
                return before
        return None

    def write(self, commit: str, name: str, rev: str, out: IO[bytes]) -> None:
        """Writes the file of this name at a commit to `out`; `rev` names the commit in messages. Raises CatalogError where git cannot."""
        done = self._run("cat-file", "--filters", f"{commit}:{name}", stdout=out)
        if done.returncode:
            why = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"]
            raise self._wrong("unreadable", rev=rev, why=why[-1])
        out.flush()
        out.seek(0)
        if out.read(len(_POINTER)) == _POINTER:
            raise self._wrong("pointer", rev=rev)

    def _ask(self, *words: str, folder: Path | None = None) -> bytes | None:
        """What git answers; None where it says no."""
        done = self._run(*words, stdout=subprocess.PIPE, folder=folder, timeout=_PATIENCE)
        if done.returncode and b"dubious ownership" in done.stderr:
            raise self._wrong("owner", folder=self._folder)
        return bytes(done.stdout) if done.returncode == 0 else None

    def _run(self, *words: str, stdout: Any, folder: Path | None = None, timeout: float | None = None) -> subprocess.CompletedProcess[bytes]:
        environment = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
        environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
        try:
            return subprocess.run(
                ["git", "--no-pager", "--literal-pathspecs", *words], cwd=folder or self._folder, env=environment, stdin=subprocess.DEVNULL, stdout=stdout,
                stderr=subprocess.PIPE, timeout=timeout, check=False,
            )  # fmt: skip
        except FileNotFoundError as broken:
            raise self._wrong("no git" if (folder or self._folder).is_dir() else "no repository") from broken
        except (OSError, subprocess.TimeoutExpired) as broken:
            raise self._wrong("unreadable", rev="HEAD", why=str(broken)) from broken

    def _wrong(self, what: str, **values: object) -> CatalogError:
        return CatalogError(Text(*(_SAY[what].format(lang, **values) for lang in ("en", "zh"))), file=self._shown)
