"""Keeps runs of `check` in a history: which file, which catalog, and what a run that cannot be kept means."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from listinglint.config import Config, Settings
from listinglint.model import CatalogSummary

if TYPE_CHECKING:
    from listinglint.history import CatalogIdentity

_MOST_SOURCES: Final = 100


def identity(paths: Sequence[str], config: Config, given: Mapping[str, Any]) -> CatalogIdentity:
    """The catalog that a run over these paths is of; `--catalog` names it before the configuration does."""
    from listinglint.history import identify

    return identify(paths, name=given["catalog"] or config.catalog, sheet=given["sheet"], stdin_filename=given.get("stdin_filename"))


class Recorder:
    """Keeps one run."""

    def __init__(self, file: str | None, catalog: CatalogIdentity, settings: Settings) -> None:
        """`file` is None for the history in the user's data folder. Raises click.BadParameter where its folder does not exist."""
        from listinglint.history import History

        if file is not None and not Path(file).absolute().parent.is_dir():
            raise click.BadParameter(f"{file!r}: there is no folder {str(Path(file).parent)!r}", param_hint="'--record-to'")
        self._history = History(file)
        self._catalog = catalog
        self._settings = settings
        self._begun = datetime.datetime.now(datetime.UTC)

    @classmethod
    def of(cls, paths: Sequence[str], config: Config, settings: Settings, given: Mapping[str, Any]) -> Recorder | None:
        """The recorder that these options ask for, None where they ask for none."""
        if not given["record"] and given["record_to"] is None:
            return None
        return cls(given["record_to"], identity(paths, config, given), settings)

    def add(self, summary: CatalogSummary, rules: Iterable[str], sources: Iterable[tuple[str, str | None]]) -> None:
        """Keeps the run that ended with this summary. Raises HistoryError where that cannot be."""
        from listinglint import __version__
        from listinglint.history import RecordedRun
        from listinglint.rules.rule_sets import RULE_SETS

        self._history.add(
            RecordedRun.of(
                summary,
                self._catalog,
                at=self._begun,
                # A marketplace's own file is the same in every clone.
                marketplace=Path(self._settings.marketplace).name,
                version=__version__,
                rule_set=self._settings.rule_set or RULE_SETS[-1],
                rules=tuple(rules),
                sources=tuple(sources)[:_MOST_SOURCES],
            )
        )
