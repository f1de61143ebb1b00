"""Which catalog a run is of: the name that it was given, else the place of its files, whatever day's export they are."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

_YEAR: Final = r"(?:19|20)\d\d"
_MONTH: Final = r"(?:0[1-9]|1[0-2])"
_DAY: Final = r"(?:0[1-9]|[12]\d|3[01])"
_SHORT_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_NAMED: Final = (
    r"(?<![a-z])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_TIME: Final = r"(?:[-_. T]?(?:[01]\d|2[0-3])[-_.:h]?[0-5]\d(?:[-_.:m]?[0-5]\d)?(?:[.,]\d{1,6})?Z?)?"
_DATES: Final = re.compile(
    rf"""(?<!\d)(?:
    {_YEAR}([-_. ]?){_MONTH}\1{_DAY}{_TIME}                          # 2026-11-25, 20261125-1030
    | {_SHORT_DAY}([-_. ]){_SHORT_DAY}\2{_YEAR}{_TIME}               # 25.11.2026, 11-25-2026
    | {_YEAR}\s?年\s?(?:1[0-2]|0?[1-9])\s?月(?:\s?{_SHORT_DAY}\s?[日号])?
    | (?:{_SHORT_DAY}[-_. ]?)?{_NAMED}[-_. ]?(?:{_SHORT_DAY},?[-_. ])?{_YEAR}   # 25-Nov-2026, Nov2026
    | {_YEAR}[-_.]{_MONTH}                                           # 2026-11
    | {_YEAR}[-_.]?W(?:0[1-9]|[1-4]\d|5[0-3])                        # 2026-W48
    | 1[4-9]\d{{8}}(?:\d{{3}})?                                      # seconds or milliseconds since 1970
    )(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_COPY: Final = re.compile(r"(?:[ _]?\(\d{1,3}\))+$")
_DATE_WORD: Final = "{date}"
_MOST_NAMED: Final = 3


class CatalogIdentity(NamedTuple):
    """What tells a catalog from others. `key` is compared, `name` is shown."""

    key: str
    name: str


def identify(
    paths: Sequence[str], *, name: str | None = None, sheet: str | None = None, stdin_filename: str | None = None
) -> CatalogIdentity:
    """The catalog that a run over these paths (files, folders, patterns or `-`) is of.

    A name decides alone. Without one, files in a git repository are known by the repository's address and their place in
    it, so that every clone means the same catalog; other files by their absolute path. Dates in the names of files and
    folders count for nothing (`products-2026-11-25.csv` is `products-{date}.csv`), nor do the numbers that browsers give
    to copies (`products (2).csv`). `sheet` is the one sheet that was asked for.
    """
    if name:
        return CatalogIdentity(_writable(name), _writable(name))
    places = sorted({_place(path, stdin_filename) for path in paths})
    keys = [key for key, _ in places]
    names = list(dict.fromkeys(shown for _, shown in places))
    shown = " + ".join(names[:_MOST_NAMED]) + (f" + {len(names) - _MOST_NAMED}" if len(names) > _MOST_NAMED else "")
    tail = f" [{sheet}]" if sheet else ""
    return CatalogIdentity(_writable(" + ".join(keys) + tail), _writable(shown + tail))


def without_dates(name: str) -> str:
    """A name of a file or folder with each date in it as `{date}`, and without the number of a copy."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or not re.fullmatch(r"[A-Za-z]\w{0,7}", ending):
        stem, dot, ending = name, "", ""
    return _DATES.sub(_DATE_WORD, _COPY.sub("", stem) or stem) + dot + ending


def _place(path: str, stdin_filename: str | None) -> tuple[str, str]:
    """The key of one path, and the name that it is shown by."""
    place = _absolute(Path(stdin_filename or "-") if path == "-" else Path(path))
    top = next((folder for folder in (place, *place.parents) if (folder / ".git").exists()), None)
    if top is None:
        parts = [place.anchor.rstrip("\\/").replace("\\", "/"), *map(without_dates, place.parts[1:])]
        return "/".join(parts) or "/", parts[-1] or place.as_posix()
    parts = list(map(without_dates, place.relative_to(top).parts))
    return "/".join([_origin(top) or top.as_posix(), *parts]), "/".join(parts) or top.name


def _absolute(path: Path) -> Path:
    """The path with links resolved, but for its own name: a link called `latest.csv` is one catalog, wherever it points."""
    whole = Path.cwd() / path
    return whole.resolve() if whole.name in ("", "..") else whole.parent.resolve() / whole.name


def _origin(top: Path) -> str | None:
    """The address that a repository was cloned from, without scheme, user and `.git`; None where it has none, or git is missing."""
    try:
        asked = subprocess.run(
            ["git", "-C", str(top), "config", "--get", "remote.origin.url"], capture_output=True, timeout=10, stdin=subprocess.DEVNULL, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    url = asked.stdout.decode("utf-8", "replace").strip()
    if asked.returncode or not url:
        return None
    # user:password@ may stand in an address and must not be kept.
    url = re.sub(r"^[a-z+]+://", "", url, flags=re.IGNORECASE)
    url = re.sub(r"^[^/@]*@", "", url)
    url = re.sub(r"^([^/:]+):(?:\d+/)?", r"\1/", url)
    return url.rstrip("/").removesuffix(".git")


def _writable(text: str) -> str:
    """The text as UTF-8 can hold it; names of files may hold anything."""
    return text.encode("utf-8", "backslashreplace").decode()
