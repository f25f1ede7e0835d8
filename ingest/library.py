"""The one door to what is stored: a snapshot to read, `apply` to change, and the repair of what is lost."""

from __future__ import annotations

import logging
import shutil
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np

from ingest.catalogue import Catalogue, Entry, VersionInfo
from ingest.chunks import Chunk, chunks
from ingest.database import Database
from ingest.encode import Caching, Encoder
from ingest.errors import BusyError, CorruptIndexError, NotReadyError, ReadOnlyError, StorageError
from ingest.lexical import DEFAULT_OPTIONS, LexicalIndex, LexicalOptions
from ingest.lock import WRITE_LOCK, FolderLock
from ingest.notice import Document
from ingest.records import Records
from ingest.snapshot import Snapshot, VectorCache
from ingest.vectors import VectorStore

log = logging.getLogger(__name__)

WAIT = 30.0  # seconds that one ingest waits for another in the same process
EMBED_BATCH = 512  # chunks embedded and stored at once: what a killed ingest does over again at most

Embedded = Callable[[int, int], None]  # (chunks done, chunks in all)


@dataclass(frozen=True, slots=True)
class Places:
    """Where a library is kept.  `data` always holds the locks and the lexical index."""

    data: Path
    database_url: str | None = None  # None: catalogue.sqlite in `data`
    chroma_url: str | None = None  # None: embedded, in `data`


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
        self._vectors = self._open_vectors()
        self._cache = VectorCache(self._vectors, encoder)

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
        Damaged vectors are set aside, with a warning in the log: `missing_vectors` counts what `repair` (and any
        sync) makes again, and until then answers rest on words alone.
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
        return LexicalIndex.open(self.places.data / "lexical", texts, self._options)

    def apply(
        self, put: Sequence[Entry], removed: Iterable[str] = (), embedded: Embedded = lambda done, total: None
    ) -> Snapshot:
        """Make these documents current and those gone; the new snapshot.

        New vectors are stored first, then ONE transaction changes what is current, then old vectors go.
        Killed at any point, the state before or after it stands, whole; what is left over goes at the next call.
        Raises ModelError, StorageError: then the last good state stands.
        """
        with self.writing():
            self._replace_damaged()
            self._store_vectors([c for entry in put for c in chunks(entry.document)], embedded, self._newest())
            self.catalogue.apply(put, removed)
            after = self._newest()
            self._drop_leftovers(after)
            return after

    def repair(self, embedded: Embedded = lambda done, total: None) -> int:
        """Embed what has no vector and remove vectors of nothing; how many were missing.

        Brings back a vanished Chroma folder, and follows a change of encoder.
        """
        with self.writing():
            self._replace_damaged()
            snapshot = self._newest()
            missing = self._store_vectors(snapshot.chunks, embedded, None)
            self._drop_leftovers(snapshot)
            self._vectors.drop_others()
            remove(self._damaged)
            return missing

    def rebuild_vectors(self, embedded: Embedded = lambda done, total: None) -> int:
        """Throw every vector away and embed every chunk of the catalogue again; how many."""
        with self.writing():
            self._discard_vectors()
            return self._store_vectors(self._newest().chunks, embedded, None)

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

    def _open_vectors(self) -> VectorStore:
        url = self.places.chroma_url
        if url:
            return VectorStore.remote(url, self.encoder.id, self.encoder.dimension)
        try:
            return VectorStore.embedded(self._chroma, self.encoder.id, self.encoder.dimension)
        except CorruptIndexError as error:
            log.warning("%s: they are set aside, and the next ingest makes them again", error.message)
            remove(self._damaged)
            self._chroma.rename(self._damaged)
            return VectorStore.embedded(self._chroma, self.encoder.id, self.encoder.dimension)

    @property
    def _chroma(self) -> Path:
        return self.places.data / "chroma"

    @property
    def _damaged(self) -> Path:
        return self.places.data / "chroma.damaged"

    def _store_vectors(self, wanted: Iterable[Chunk], embedded: Embedded, before: Snapshot | None) -> int:
        """Store the vectors that are missing, copying those of chunks with the same text; how many were encoded."""
        stored = self._vectors.keys()
        by_text: dict[str, list[str]] = {}
        for chunk in wanted:
            if chunk.key not in stored:
                by_text.setdefault(chunk.embedded, []).append(chunk.key)
        if before is not None:
            self._copy_vectors(by_text, stored, before)
        total = sum(map(len, by_text.values()))
        texts = sorted(by_text, key=len)  # alike in length, so that a batch holds little padding
        done = 0
        for start in range(0, len(texts), EMBED_BATCH):
            batch = texts[start : start + EMBED_BATCH]
            vectors = self.encoder.encode(batch)
            rows = [(key, row) for row, text in enumerate(batch) for key in by_text[text]]
            self._vectors.add([key for key, _ in rows], vectors[[row for _, row in rows]])
            done += len(rows)
            embedded(done, total)
        return total

    def _copy_vectors(self, by_text: dict[str, list[str]], stored: set[str], before: Snapshot) -> None:
        """Serve what a renamed or slightly changed document needs from what is stored; takes it out of `by_text`."""
        source = {chunk.embedded: key for chunk, key in zip(before.chunks, before.keys, strict=True) if key in stored}
        known = {text: source[text] for text in by_text if text in source}
        vectors = self._vectors.get(list(known.values()))
        copies = [(key, vectors[old]) for text, old in known.items() if old in vectors for key in by_text.pop(text)]
        if copies:
            self._vectors.add([key for key, _ in copies], np.stack([vector for _, vector in copies]))

    def _drop_leftovers(self, now: Snapshot) -> None:
        """Remove vectors that no snapshot in use can ask for.  What cannot be removed now goes next time."""
        try:
            used = set(now.keys).union(*(snapshot.keys for snapshot in list(self._alive)))
            self._vectors.delete(self._vectors.keys() - used)
        except StorageError as error:
            log.warning("old vectors are left for the next ingest to remove: %s", error)

    def _replace_damaged(self) -> None:
        """Start the vectors anew when their folder has vanished under us, or cannot be searched."""
        if self._vectors.failed:
            self._vectors.close()
            self._vectors = self._open_vectors()
            self._cache.reader = self._vectors
        try:
            if self.places.chroma_url is None and not (self._chroma / "chroma.sqlite3").exists():
                raise CorruptIndexError(self._chroma, "the vectors have vanished")
            self._vectors.check()
        except CorruptIndexError as error:
            log.warning("%s: all of them are built again", error.message)
            self._discard_vectors()

    def _discard_vectors(self) -> None:
        if self.places.chroma_url is not None:
            self._vectors.clear()
            return
        self._vectors.close()
        remove(self._chroma)
        self._vectors = self._open_vectors()
        self._cache.reader = self._vectors


def remove(path: Path) -> None:
    """Remove a folder, or whatever stands in its place.  Raises ReadOnlyError."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise ReadOnlyError(path.parent) from error
