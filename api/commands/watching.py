"""`clausewise serve --watch`: the index follows the corpus folder while the service runs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.errors import ClausewiseError
from ingest.library import Library
from ingest.report import SyncReport
from ingest.settings import Settings
from ingest.sync import sync
from ingest.watch import Watcher

SECONDS = 5.0  # between two looks at the folder
log = logging.getLogger("clausewise")


def in_step(settings: Settings, library: Library) -> SyncReport:
    """The library brought in step with the corpus folder of the settings.  Raises what `sync` raises."""
    return sync(settings.corpus, library, limits=settings.limits.of_one_file(), most_files=settings.limits.files)


@contextmanager
def watching(settings: Settings, library: Library, seconds: float | None = SECONDS) -> Iterator[None]:
    """Follow the folder as long as the `with` lasts; `seconds` None: do not."""
    if seconds is None:
        yield
        return
    watcher = Watcher(settings.corpus, lambda: in_step(settings, library), interval=seconds, told=tell)
    watcher.start()
    try:
        yield
    finally:
        watcher.stop()


def tell(report: SyncReport | ClausewiseError) -> None:
    """Write to the log what came of a look; an error is in it already."""
    if isinstance(report, SyncReport):
        for problem in report.problems:
            log.warning("%s: %s", problem.source, problem.why)
        for note in report.notes:
            log.warning("%s", note)
        log.info("in step with the documents: %s", report.summary())
