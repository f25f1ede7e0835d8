"""Documents embedded while the next ones are still being read."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from types import TracebackType

from ingest.catalogue import Entry
from ingest.chunks import Chunk, chunks
from ingest.dense import EMBED_BATCH, Dense, Embedded

ENOUGH = 128  # chunks that are worth a call of the encoder


class Ahead:
    """A thread that stores the vectors of what it is given; leaving the `with` waits for all of it.

    What is embedded for nothing (its document was refused after all) is removed like other leftovers.
    Raises, on leaving, what went wrong in the thread: ModelError, StorageError.
    """

    def __init__(self, dense: Dense, embedded: Embedded) -> None:
        self._dense = dense
        self._told = embedded
        self._waiting: list[Chunk] = []
        self._changed = threading.Condition()
        self._finished = False
        self._failure: BaseException | None = None
        self._thread: threading.Thread | None = None
        self.encoded = 0

    def offer(self, entries: Iterable[Entry]) -> None:
        """Embed these as soon as there is time."""
        new = [chunk for entry in entries for chunk in chunks(entry.document)]
        if not new:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="clausewise-embed", daemon=True)
            self._thread.start()
        with self._changed:
            self._waiting += new
            self._changed.notify()

    def _run(self) -> None:
        try:
            stored = self._dense.keys()
            while batch := self._next():
                before = self.encoded
                self.encoded += self._dense.add(batch, lambda done, _: self._tell(before + done), stored)  # noqa: B023
        except BaseException as error:  # noqa: BLE001 - raised again where the thread is waited for
            self._failure = error

    def _next(self) -> list[Chunk]:
        with self._changed:
            self._changed.wait_for(lambda: self._finished or len(self._waiting) >= ENOUGH)
            batch, self._waiting = self._waiting[:EMBED_BATCH], self._waiting[EMBED_BATCH:]
            return batch

    def _tell(self, done: int) -> None:
        self._told(done, done + len(self._waiting))

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._changed:
            self._finished = True
            if kind is not None:
                self._waiting.clear()
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
        if kind is None and self._failure is not None:
            raise self._failure
