"""The one door to what is stored: a snapshot to read, `apply` to change, and the repair of what is lost."""

from __future__ import annotations

import logging
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from ingest.ahead import Ahead
from ingest.catalogue import Catalogue, Entry, VersionInfo
from ingest.chunks import chunks
from ingest.database import Database
from ingest.dense import Dense, Embedded, Places
from ingest.encode import Caching, Encoder
from ingest.errors import BusyError, NotReadyError, StorageError
from ingest.lexical import DEFAULT_OPTIONS, LexicalIndex, LexicalOptions
from ingest.lock import WRITE_LOCK, FolderLock
from ingest.notice import Document
from ingest.records import Records
from ingest.snapshot import Snapshot, VectorCache

log = logging.getLogger(__name__)

WAIT = 30.0  # seconds that one ingest waits for another in the same process


class Library:
    """Documents, vectors and the lexical index, opened by one process.  Thread-safe.  Close it after use."""

    def __init__(self, places: Places, encoder: Encoder, options: LexicalOptions, lock: FolderLock | None) -> None:
        self.places = places
        self.encoder = encoder
        self._options = options
        self._lock = lock
        self._write = threading.RLock()
        self._shared: FolderLock | None = None  # held while writing beside other processes
        self._reload = threading.Lock()
        self._current: Snapshot | None = None
        self._alive: weakref.WeakSet[Snapshot] = weakref.WeakSet()
        if isinstance(encoder, Caching):
            encoder.cache_in(places.data / "cache")
        url = places.database_url
        self.catalogue = Catalogue(Database.at(url) if url else Database.sqlite(places.data / "catalogue.sqlite"))
        self.records = Records(self.catalogue.database)
        self._vectors = Dense(places, encoder, self.catalogue.database)
        self._cache = VectorCache(self._vectors, encoder)
        self._healing = threading.Lock()
        self._fill()

    @classmethod
    def open(
        cls,
        data: Path,
        encoder: Encoder,
        *,
        database_url: str | None = None,
        chroma_url: str | None = None,
        options: LexicalOptions = DEFAULT_OPTIONS,
        wait: float = 0.0,
    ) -> Library:
        """Open the data folder, making it when missing.

        An embedded store belongs to one process: another one waits up to `wait` seconds for it.
        Vectors that are damaged, gone, or that a killed process may have left half written are stored again from
        the catalogue's copy, with a warning in the log.  `missing_vectors` counts what has no copy: `repair` (and
        any sync) embeds it, and until then answers rest on words alone.
        Raises BusyError (naming the holder, and its URL when it serves), ReadOnlyError, StorageError, ModelError.
        """
        lock = None
        if chroma_url is None:
            lock = FolderLock(data)
            lock.acquire(wait)
        try:
            return cls(Places(data, database_url, chroma_url), encoder, options, lock)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    def snapshot(self) -> Snapshot:
        """The documents as they stand now.  Cheap: it is built anew only after a change.

        Raises StorageError when the catalogue cannot be read and nothing was read before.
        """
        if self._vectors.failed:
            self._heal()
        current = self._current
        try:
            if current is not None and current.generation == self.catalogue.generation():
                return current
            if current is None:
                return self._newest()
            if not self._reload.acquire(blocking=False):
                return current  # another thread builds the new one: go on with the last good one
            try:
                return self._build()
            finally:
                self._reload.release()
        except StorageError:
            if current is None:
                raise
            log.exception("the catalogue cannot be read: answering from what was read before")
            return current

    def ready(self) -> Snapshot:
        """A snapshot that holds at least one document.  Raises NotReadyError, StorageError."""
        snapshot = self.snapshot()
        if not snapshot.documents:
            raise NotReadyError("nothing is indexed yet: run `clausewise ingest` first")
        return snapshot

    def _newest(self) -> Snapshot:
        """What the catalogue holds at this moment, even when it has to be waited for."""
        with self._reload:
            return self._build()

    def _build(self) -> Snapshot:
        current = self._current
        if current is not None and current.generation == self.catalogue.generation():
            return current  # built by another thread meanwhile
        generation, documents = self.catalogue.load()
        new = Snapshot.of(generation, documents, self._lexical, self._cache)
        self._alive.add(new)
        self._current = new
        return new

    def _lexical(self, texts: Sequence[str]) -> LexicalIndex:
        before = None if self._current is None else self._current.lexical
        return LexicalIndex.open(self.places.data / "lexical", texts, self._options, before)

    def apply(
        self, put: Sequence[Entry], removed: Iterable[str] = (), embedded: Embedded = lambda done, total: None
    ) -> Snapshot:
        """Make these documents current and those gone; the new snapshot.

        New vectors are stored first, then ONE transaction changes what is current, then old vectors go.
        Killed at any point, the state before or after it stands, whole; what is left over goes at the next call.
        Raises ModelError, StorageError: then the last good state stands.
        """
        with self.writing():
            self._make_sound()
            self._vectors.add([c for entry in put for c in chunks(entry.document)], embedded)
            self.catalogue.apply(put, removed)
            after = self._newest()
            self._drop_leftovers(after)
            return after

    def ahead(self, embedded: Embedded = lambda done, total: None) -> Ahead:
        """Embeds documents in the background, before `apply` asks for it; use it while `writing`."""
        self._make_sound()
        return Ahead(self._vectors, embedded)

    def repair(self, embedded: Embedded = lambda done, total: None) -> int:
        """Embed what has no vector and remove vectors of nothing; how many were encoded.

        Brings back a vanished Chroma folder, and follows a change of encoder.
        """
        with self.writing():
            self._make_sound()
            snapshot = self._newest()
            encoded = self._vectors.add(snapshot.chunks, embedded)
            self._drop_leftovers(snapshot)
            self._vectors.drop_others()
            return encoded

    def rebuild_vectors(self, embedded: Embedded = lambda done, total: None) -> int:
        """Throw every vector away and embed every chunk of the catalogue again; how many."""
        with self.writing():
            self._vectors.clear()
            return self._vectors.add(self._newest().chunks, embedded)

    def purge(self, document_id: str) -> int:
        """Erase every version of a document for good; how many.  Its file, where it still is, comes back by a sync."""
        with self.writing():
            count = self.catalogue.purge(document_id)
            self._drop_leftovers(self._newest())
        return count

    def document(self, document_id: str, version: str | None = None) -> Document | None:
        """One version of a document, earlier ones too (None: the current one); None when there is none such."""
        return self.catalogue.document(document_id, version)

    def versions(self, document_id: str) -> tuple[VersionInfo, ...]:
        """Every version of a document, the newest first; empty when it is unknown."""
        return self.catalogue.versions(document_id)

    def mark_in_step(self) -> None:
        """Keep that the documents are those of the corpus, as of now."""
        self.catalogue.set_meta("in_step_at", datetime.now(UTC).isoformat())

    def in_step_at(self) -> datetime | None:
        """When the documents were last brought in step with their corpus, in UTC; None when that never was."""
        kept = self.catalogue.meta("in_step_at")
        return None if kept is None else datetime.fromisoformat(kept)

    def missing_vectors(self) -> int:
        """How many chunks have no vector: 0 when all is well, else `repair` brings them back."""
        return len(set(self.snapshot().keys) - self._vectors.keys())

    @contextmanager
    def writing(self, wait: float = WAIT) -> Iterator[None]:
        """Be the only one who changes this library, in this process and any other; one thread may nest it.

        Raises BusyError when another still writes after `wait` seconds.
        """
        if not self._write.acquire(timeout=wait):
            raise BusyError("another ingest is running in this service: wait for it to end, and try again")
        try:
            if self._lock is None and self._shared is None:  # a Chroma server: other processes may have it open
                with FolderLock(self.places.data, WRITE_LOCK) as self._shared:
                    try:
                        yield
                    finally:
                        self._shared = None
            else:
                yield
        finally:
            self._write.release()

    def close(self) -> None:
        """Give the data folder back.  Snapshots taken before still score by words."""
        self._vectors.close()
        self.catalogue.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _drop_leftovers(self, now: Snapshot) -> None:
        """Remove vectors that no snapshot in use can ask for."""
        used = [now, *(snapshot for snapshot in list(self._alive) if snapshot is not now)]
        keys = set(now.keys).union(*(snapshot.keys for snapshot in used))
        self._vectors.keep(keys, {chunk.embedded for snapshot in used for chunk in snapshot.chunks})

    def _fill(self) -> None:
        """Store again what the catalogue has a copy of, when vectors are missing.  Words alone do where it fails."""
        try:
            if self._vectors.count() < self.catalogue.count_clauses():
                self._vectors.fill(self._newest().chunks)
        except StorageError as error:
            log.warning("the vectors could not be stored again, so words alone are searched: %s", error)

    def _make_sound(self) -> None:
        """Start the vectors anew where they are damaged, with what the catalogue has a copy of."""
        self._vectors.replace_damaged()
        self._fill()

    def _heal(self) -> None:
        """Open vectors anew that could not be used, in the background: whoever asks is answered by words meanwhile."""

        def heal() -> None:
            try:
                with self.writing(0.0):
                    self._make_sound()
            except StorageError as error:
                log.warning("the vectors cannot be used yet: %s", error)
            finally:
                self._healing.release()

        if self._healing.acquire(blocking=False):
            threading.Thread(target=heal, name="clausewise-heal", daemon=True).start()
