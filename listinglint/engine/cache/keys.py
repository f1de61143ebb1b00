"""The key of a listing: a digest of all that its report can depend on, where it stands left out.

In it are the program and the packages that it uses, the settings with the files that they name, the limits that hold on the day, and
the texts of the listing. A place in a file, its name and the day itself are not: a listing keeps its key when rows are moved, files
renamed, and days go by.
"""

from __future__ import annotations

import marshal
import os
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

from listinglint.lexicons import data_dir
from listinglint.model import Listing, Text
from listinglint.rules.registry import has_foreign_code

if TYPE_CHECKING:
    from listinglint.engine.linter import Linter

_THIS: Final = "listinglint/engine/cache/keys.py"
"""Stands in the list of installed files where the program is one of them, rather than a link to a working tree."""
_SIZE: Final = 16
_FORMAT: Final = 2
"""The format of `marshal` that writes equal values as equal bytes; later ones also tell which objects are the same one."""


def why_uncached(linter: Linter) -> Text | None:
    """Why what this linter finds cannot be kept; None where it can."""
    if has_foreign_code(linter.settings):
        return Text(
            "rules written in Python are in use, whose results may depend on anything",
            "使用了自定义的 Python 规则，其结果可能依赖任何因素",
        )
    return None


@cache
def program_stamp() -> bytes:
    """A digest of the program, its data, Python and the packages beside it, without reading them all.

    An installed program is told by the digests that its installer wrote down, one that runs from a working tree by the sizes and
    times of its files.
    """
    package = Path(__file__).parents[2]
    digest = blake2b(digest_size=_SIZE)
    _feed(digest, sys.version)
    for folder in filter(os.path.isdir, sys.path):
        _feed(digest, *sorted(path.name for path in Path(folder).iterdir() if path.suffix in (".dist-info", ".egg-info")))
    records = [path.read_text(encoding="utf-8", errors="replace") for path in package.parent.glob(f"{package.name}-*.dist-info/RECORD")]
    if any(_THIS in text for text in records):
        _feed(digest, *records)
    else:
        for tree in (package, data_dir()):
            _feed(digest, *_states(tree))
    return digest.digest()


def _states(folder: Path) -> list[str]:
    """Names, sizes and times of all files below a folder."""
    found = []
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for path in map(Path(root).joinpath, names):
            state = path.stat()
            found.append(f"{path} {state.st_size} {state.st_mtime_ns}")
    return sorted(found)


def linter_digest(linter: Linter) -> bytes:
    """A digest of all that a linter goes by, whatever the listing; files that its settings name are read."""
    settings = linter.settings
    digest = blake2b(program_stamp(), digest_size=_SIZE)
    _feed(digest, repr(settings.replace(date=None)), repr(linter.marketplace), *[str(limit.holds(linter.date)) for limit in linter.marketplace.limits])
    # Rules across listings have the options of the run, whatever an override says.
    _feed(digest, *[repr((one.rule.name, dict(one.options), one.severity, dict(one.variants), one.preview)) for one in linter.rules])
    for path in (*settings.rule_files, *settings.thesaurus_files):
        _feed(digest, path, blake2b(Path(path).read_bytes()).hexdigest())
    return digest.digest()


def listing_key(of_linter: bytes, listing: Listing) -> bytes | None:
    """The key (16 bytes) of a listing; None where it holds texts of a class that has no bytes of its own."""
    try:
        held = marshal.dumps((tuple(listing.values.items()), tuple(listing.keys.items())), _FORMAT)
    except ValueError:
        return None
    return blake2b(held, digest_size=_SIZE, key=of_linter).digest()


def _feed(digest: blake2b, *texts: str) -> None:
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data))
        digest.update(data)
