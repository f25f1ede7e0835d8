"""The index brought in step with a corpus folder, by content digest."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from ingest.corpus import SyncProblem, choose, scan
from ingest.library import WAIT, Library
from ingest.limits import Limits
from ingest.manifest import load_manifest
from ingest.plan import Plan
from ingest.report import Progress, SyncReport, silent

__all__ = ["Progress", "SyncProblem", "SyncReport", "sync"]

MOST_FILES = 100_000


def sync(
    corpus: Path,
    library: Library,
    *,
    only: Sequence[Path] | None = None,
    dry_run: bool = False,
    progress: Progress = silent,
    limits: Limits | None = None,
    most_files: int = MOST_FILES,
    wait: float = WAIT,
) -> SyncReport:
    """Make the library hold what `corpus` holds; what is unchanged costs no parsing and no embedding.

    only       add or update these files alone (or the files under these folders); nothing is deleted
    dry_run    say what would be done, and do nothing
    progress   told of each file read and each batch embedded

    A file that cannot be used is a problem in the report; the rest goes on, and what was indexed of it stays.
    Raises InputError (no such folder), EmptyCorpusError, ManifestError, BusyError, StorageError, ModelError:
    then nothing has changed.
    """
    limits = limits or Limits()
    with library.writing(wait):
        manifest = load_manifest(corpus)
        found = scan(corpus, limits.bytes, most_files) if only is None else choose(corpus, only, limits.bytes)
        plan = Plan(corpus, library, found, notes=manifest.problems, whole=only is None)
        files = plan.files(manifest)
        tell = _Telling(progress)
        if dry_run:
            for done, file in enumerate(files):
                tell.reading(done, len(files))
                plan.take(file, limits)
            tell.reading(len(files), len(files))
            return plan.report(plan.removed(), 0, dry_run=True)
        with library.ahead(tell.embedding) as ahead:
            for done, file in enumerate(files):
                tell.reading(done, len(files))
                ahead.offer(plan.take(file, limits))
            tell.reading(len(files), len(files))
        removed = plan.removed()
        encoded = ahead.encoded
        if plan.put or removed:
            library.apply(plan.put, removed, tell.embedding)
        encoded += library.repair(tell.embedding)
        if only is None:
            library.mark_in_step()
        return plan.report(removed, encoded)


class _Telling:
    """Progress told from two threads, one at a time."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._lock = threading.Lock()

    def reading(self, done: int, total: int) -> None:
        with self._lock:
            self._progress("reading", done, total)

    def embedding(self, done: int, total: int) -> None:
        with self._lock:
            self._progress("embedding", done, total)
