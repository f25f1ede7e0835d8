"""The vectors of chunks, kept whole: Chroma to search, and the catalogue's copy to fill it from.

A process that is killed may leave Chroma's files half written, and Chroma does not always say so.  So a mark
stands beside them from the first write until they are closed; whoever finds it throws them away and fills Chroma
from the copy again, which needs no model and takes about a second for some thousand clauses.
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from ingest.arrays import Vectors
from ingest.chunks import Chunk
from ingest.database import Database
from ingest.embeddings import Embeddings
from ingest.encode import Encoder
from ingest.errors import CorruptIndexError, DiskFullError, ReadOnlyError, StorageError
from ingest.vectors import VectorStore

log = logging.getLogger(__name__)

EMBED_BATCH = 512  # texts embedded and stored at once: what a killed ingest does over again at most
FILL_BATCH = 5_000  # vectors copied at once

T = TypeVar("T")
Embedded = Callable[[int, int], None]  # (chunks done, chunks in all)


@dataclass(frozen=True, slots=True)
class Places:
    """Where a library is kept.  `data` always holds the locks and the lexical index."""

    data: Path
    database_url: str | None = None  # None: catalogue.sqlite in `data`
    chroma_url: str | None = None  # None: embedded, in `data`

    @property
    def chroma(self) -> Path:
        return self.data / "chroma"

    @property
    def mark(self) -> Path:
        """Stands while the files in `chroma` may be half written."""
        return self.data / "chroma.open"


class Dense:
    """Vectors by chunk.  Reading is thread-safe; one thread at a time may change them."""

    def __init__(self, places: Places, encoder: Encoder, database: Database) -> None:
        self._places = places
        self._encoder = encoder
        self._copy = Embeddings(database, encoder.id, encoder.dimension)
        self._marked = threading.Lock()
        self._replacing = threading.Lock()
        if not places.chroma_url and places.mark.exists():
            log.warning("the last run was cut short: the vectors are filled in again")
            remove(places.chroma)
        self._store = self._open()

    # reading

    @property
    def failed(self) -> bool:
        """Whether the store could not be used, and has to be opened anew."""
        return self._store.failed

    def keys(self) -> set[str]:
        return self._read(lambda store: store.keys())

    def count(self) -> int:
        return self._read(lambda store: store.count())

    def get(self, keys: Sequence[str]) -> dict[str, Vectors]:
        return self._read(lambda store: store.get(keys))

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        return self._read(lambda store: store.nearest(vector, k))

    def _read(self, ask: Callable[[VectorStore], T]) -> T:
        """What the store says; asked again when it was replaced by a new one meanwhile."""
        store = self._store
        try:
            return ask(store)
        except StorageError:
            with self._replacing:
                if self._store is store:
                    raise
                return ask(self._store)

    # changing

    def fill(self, wanted: Sequence[Chunk], stored: set[str] | None = None) -> set[str]:
        """Store what has no vector and whose text has one in the catalogue; the keys stored now."""
        stored = self.keys() if stored is None else stored
        missing = [chunk for chunk in wanted if chunk.key not in stored]
        for start in range(0, len(missing), FILL_BATCH):
            part = missing[start : start + FILL_BATCH]
            known = self._copy.get(list({chunk.embedded for chunk in part}))
            found = {chunk.key: known[chunk.embedded] for chunk in part if chunk.embedded in known}
            self._add(found)
            stored |= found.keys()
        return stored

    def add(self, wanted: Sequence[Chunk], embedded: Embedded, stored: set[str] | None = None) -> int:
        """Store the vector of every chunk that has none; how many had to be encoded."""
        stored = self.fill(wanted, stored)
        by_text: dict[str, list[str]] = {}
        for chunk in wanted:
            if chunk.key not in stored:
                by_text.setdefault(chunk.embedded, []).append(chunk.key)
        total = sum(map(len, by_text.values()))
        texts = sorted(by_text, key=len)  # alike in length, so that a batch holds little padding
        done = 0
        for start in range(0, len(texts), EMBED_BATCH):
            batch = dict(
                zip(
                    texts[start : start + EMBED_BATCH],
                    self._encoder.encode(texts[start : start + EMBED_BATCH]),
                    strict=True,
                )
            )
            self._copy.put(batch)
            found = {key: vector for text, vector in batch.items() for key in by_text[text]}
            self._add(found)
            stored |= found.keys()
            done += len(found)
            embedded(done, total)
        return total

    def keep(self, keys: set[str], texts: Iterable[str]) -> None:
        """Remove all but these.  What cannot be removed now goes next time."""
        try:
            gone = self.keys() - keys
            if gone:
                self._mark()
                self._store.delete(gone)
            self._copy.keep(texts)
        except StorageError as error:
            log.warning("old vectors are left for the next ingest to remove: %s", error)

    def drop_others(self) -> None:
        """Forget the vectors of every other encoder, and what was set aside."""
        self._mark()
        self._store.drop_others()
        self._copy.drop_others()
        remove(self._damaged)

    def clear(self) -> None:
        """Forget every vector, the catalogue's copy too."""
        self._copy.clear()
        self.discard()

    def discard(self) -> None:
        """Start Chroma anew, empty."""
        if self._places.chroma_url is not None:
            self._store.clear()
            return
        with self._replacing:
            self._store.close()
            self._mark()
            remove(self._places.chroma)
            self._store = self._open()

    def replace_damaged(self) -> None:
        """Start Chroma anew when its folder has vanished under us, or it cannot be searched."""
        if self._store.failed:
            with self._replacing:
                self._store.close()
                self._store = self._open()
        try:
            if self._places.chroma_url is None and not (self._places.chroma / "chroma.sqlite3").exists():
                raise CorruptIndexError(self._places.chroma, "the vectors have vanished")
            self._store.check()
        except CorruptIndexError as error:
            log.warning("%s: all of them are stored again", error.message)
            self.discard()

    def close(self) -> None:
        failed = self._store.failed
        self._store.close()
        if not failed:
            self._places.mark.unlink(missing_ok=True)

    def _add(self, vectors: dict[str, Vectors]) -> None:
        if vectors:
            self._mark()
            self._store.add(list(vectors), np.stack(list(vectors.values())))

    def _mark(self) -> None:
        """Say that Chroma's files may be half written from now on.  Raises StorageError."""
        if self._places.chroma_url is not None:
            return
        with self._marked:
            try:
                self._places.mark.touch()
            except OSError as error:
                raise _cannot_write(self._places.data, error) from error

    def _open(self) -> VectorStore:
        url = self._places.chroma_url
        if url:
            return VectorStore.remote(url, self._encoder.id, self._encoder.dimension)
        try:
            return VectorStore.embedded(self._places.chroma, self._encoder.id, self._encoder.dimension)
        except CorruptIndexError as error:
            log.warning("%s: they are set aside, and stored again", error.message)
            self._mark()
            remove(self._damaged)
            self._places.chroma.rename(self._damaged)
            return VectorStore.embedded(self._places.chroma, self._encoder.id, self._encoder.dimension)

    @property
    def _damaged(self) -> Path:
        return self._places.data / "chroma.damaged"


def _cannot_write(folder: Path, error: OSError) -> StorageError:
    return DiskFullError(folder) if error.errno in (28, 122) else ReadOnlyError(folder)


def remove(path: Path) -> None:
    """Remove a folder, or whatever stands in its place.  Raises ReadOnlyError."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise ReadOnlyError(path.parent) from error
