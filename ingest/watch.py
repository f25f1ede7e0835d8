"""A corpus folder kept in step while a service runs: looked at every few seconds, which works on network shares too."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

from ingest.errors import BusyError, ClausewiseError
from ingest.report import SyncReport

log = logging.getLogger(__name__)

Fingerprint = frozenset[tuple[str, int, int]]
Sync = Callable[[], SyncReport]


class Watcher:
    """Calls `sync` when the folder has changed and then stood still for one look, so no half-copied file is read.

    corpus    the folder
    sync      brings the library in step; its errors are told and the folder is watched on
    interval  seconds between two looks
    told      is given each report and each error
    """

    def __init__(
        self,
        corpus: Path,
        sync: Sync,
        *,
        interval: float = 5.0,
        told: Callable[[SyncReport | ClausewiseError], None] = lambda _: None,
    ) -> None:
        self._corpus = corpus
        self._sync = sync
        self._interval = interval
        self._told = told
        self._stop = threading.Event()
        self._seen = fingerprint(corpus)
        self._synced = self._seen
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Watch in a thread of its own, until `stop`.  What was there before is taken to be in step."""
        self._thread = threading.Thread(target=self._run, name="clausewise-watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it; a sync that runs is waited for."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def look(self) -> bool:
        """One look; whether a sync was made."""
        now = fingerprint(self._corpus)
        quiet, self._seen = now == self._seen, now
        if not quiet or now == self._synced:
            return False
        try:
            report = self._sync()
        except ClausewiseError as error:
            log.warning("the corpus is not in step: %s", error)
            if not isinstance(error, BusyError):
                self._synced = now  # the same folder would fail the same way; the next change is another chance
            self._told(error)
            return False
        self._synced = now
        self._told(report)
        return True

    def _run(self) -> None:
        while not self._stop.wait(self._interval):
            try:
                self.look()
            except Exception:
                log.exception("the corpus could not be watched this time")


def fingerprint(corpus: Path) -> Fingerprint:
    """Path, size and time of change of every file; a folder that is gone has none."""
    found: set[tuple[str, int, int]] = set()
    for folder, folders, names in os.walk(corpus):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(folder) / name
            try:
                status = path.lstat()
            except OSError:
                continue
            found.add((str(path.relative_to(corpus)), status.st_size, status.st_mtime_ns))
    return frozenset(found)
