"""The only file that knows Chroma: vectors by id, the nearest to a query, and nothing else."""

from __future__ import annotations

import hashlib
import re
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import numpy as np

from ingest.encode import Vectors, unit
from ingest.errors import CorruptIndexError, DiskFullError, ReadOnlyError, StorageError

REBUILD = "build the vectors again with `clausewise ingest --rebuild-vectors`"
BATCH = 1_000
FULL = 1_000_000  # bytes free below which a disk is full
SAMPLE = 50  # vectors read to see whether the index is whole


class VectorStore:
    """One Chroma collection: the vectors of one encoder.

    Embedded in a folder, or on a Chroma server by URL.  A cache: all of it can be built again.
    """

    def __init__(self, client: Any, place: str, encoder_id: str, dimension: int) -> None:
        self._client = client
        self._place = place
        self._dimension = dimension
        self._encoder_id = encoder_id
        self.failed = False  # it could not be used: after a full disk Chroma hangs until it is opened anew
        self._lock = threading.Lock()  # Chroma's own writes from several threads at once are not worth the risk
        with self._errors():
            self._collection = self._create()

    @classmethod
    def embedded(cls, folder: Path, encoder_id: str, dimension: int) -> VectorStore:
        """The store in `folder`, made when missing.  Raises StorageError."""
        import chromadb
        from chromadb.config import Settings

        with _storage_errors(str(folder)):
            folder.mkdir(parents=True, exist_ok=True)
            try:
                client = chromadb.PersistentClient(path=folder, settings=Settings(anonymized_telemetry=False))
            except BaseException:
                _forget(folder)
                raise
        return cls(client, str(folder), encoder_id, dimension)

    @classmethod
    def remote(cls, url: str, encoder_id: str, dimension: int, headers: dict[str, str] | None = None) -> VectorStore:
        """The store on the Chroma server at `url`.  Raises StorageError."""
        import chromadb
        from chromadb.config import Settings

        parts = urlsplit(url)
        secure = parts.scheme == "https"
        with _storage_errors(url):
            client = chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if secure else 8000),
                ssl=secure,
                headers=headers or {},
                settings=Settings(anonymized_telemetry=False),
            )
        return cls(client, url, encoder_id, dimension)

    def add(self, keys: Sequence[str], vectors: Vectors) -> None:
        """Store `vectors[i]` under `keys[i]`, replacing what was there.  Raises StorageError."""
        for start in range(0, len(keys), BATCH):
            with self._lock, self._errors(), self._noting_failure():
                self._collection.upsert(
                    ids=list(keys[start : start + BATCH]), embeddings=vectors[start : start + BATCH]
                )

    def delete(self, keys: Iterable[str]) -> None:
        """Remove these; unknown keys are no error."""
        gone = list(keys)
        for start in range(0, len(gone), BATCH):
            with self._lock, self._errors(), self._noting_failure():
                self._collection.delete(ids=gone[start : start + BATCH])

    def keys(self) -> set[str]:
        """The key of every vector stored."""
        with self._errors():
            return set(self._collection.get(include=[])["ids"])

    def count(self) -> int:
        """How many vectors are stored."""
        with self._errors(), self._noting_failure():
            return int(self._collection.count())

    def get(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of those keys that are stored."""
        found: dict[str, Vectors] = {}
        for start in range(0, len(keys), BATCH):
            with self._errors(), self._noting_failure():
                page = self._collection.get(ids=list(keys[start : start + BATCH]), include=["embeddings"])
            if page["ids"]:
                found.update(zip(page["ids"], unit(np.asarray(page["embeddings"])), strict=True))
        return found

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """Up to `k` keys with their cosine to `vector`, the nearest first."""
        if k < 1:
            return []
        with self._errors(), self._noting_failure():
            page = self._collection.query(query_embeddings=[vector], n_results=k, include=["distances"])
        return [
            (key, 1.0 - float(distance)) for key, distance in zip(page["ids"][0], page["distances"][0], strict=True)
        ]

    def check(self) -> None:
        """Read a sample and find something.  Raises StorageError when what is stored cannot be searched."""
        keys = sorted(self.keys())
        if not keys:
            return
        sample = keys[:: max(1, len(keys) // SAMPLE)]
        found = self.get(sample)
        if len(found) < len(sample) or not self.nearest(found[sample[0]], 1):
            raise CorruptIndexError(self._place, f"some of the vectors are lost; {REBUILD}")

    def clear(self) -> None:
        """Forget every vector of this encoder."""
        with self._lock, self._errors():
            if self._name() in {collection.name for collection in self._client.list_collections()}:
                self._client.delete_collection(self._name())
            self._collection = self._create()

    def drop_others(self) -> None:
        """Forget the vectors of every other encoder that Clausewise stored here."""
        with self._lock, self._errors():
            for collection in self._client.list_collections():
                if collection.name.startswith(PREFIX) and collection.name != self._name():
                    self._client.delete_collection(collection.name)

    def close(self) -> None:
        self._client.close()

    def _create(self) -> Any:
        return self._client.get_or_create_collection(
            self._name(),
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_search": 200}},
            metadata={"encoder": self._encoder_id, "dimension": self._dimension},
        )

    def _name(self) -> str:
        return collection_name(self._encoder_id, self._dimension)

    @contextmanager
    def _noting_failure(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.failed = True
            raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        with _storage_errors(self._place):
            yield


PREFIX = "clausewise-"


def collection_name(encoder_id: str, dimension: int) -> str:
    """A name that Chroma takes (3-512 of a-z, digits, dot, hyphen), one for each encoder."""
    digest = hashlib.sha256(f"{encoder_id}\n{dimension}".encode()).hexdigest()[:8]
    readable = re.sub(r"[^a-z0-9]+", "-", encoder_id.lower()).strip("-")[:40].strip("-")
    return f"{PREFIX}{readable}-{digest}"


def _forget(folder: Path) -> None:
    """Chroma remembers a client that failed to start, and would give it to the next who asks for the folder."""
    from chromadb.api.shared_system_client import SharedSystemClient

    for remembered in ("_identifier_to_system", "_identifier_to_refcount"):
        getattr(SharedSystemClient, remembered, {}).pop(str(folder), None)


@contextmanager
def _storage_errors(place: str) -> Iterator[None]:
    """Chroma's errors in our words."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError, OSError, ValueError, AttributeError, RuntimeError) as error:
        raise _ours(place, str(error)) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # from its Rust core; derives from BaseException alone
            raise _ours(place, "its files are damaged") from error
        raise


def _ours(place: str, why: str) -> StorageError:
    text = why.lower()
    if "disk is full" in text or "no space left" in text or "(code: 13)" in text or _full(place):
        return DiskFullError(place)
    if "readonly" in text or "read-only" in text or "permission denied" in text:
        if "://" in place or Path(place).exists():
            return ReadOnlyError(place)
        return CorruptIndexError(place, f"the vectors have vanished; {REBUILD}")
    if "://" in place:
        return StorageError(f"the Chroma server at {place} does not answer as it should: {why}")
    return CorruptIndexError(place, f"the vectors cannot be used ({why}); {REBUILD}")


def _full(place: str) -> bool:
    """Whether the disk is full: Chroma does not always say that it is what stopped it."""
    try:
        return "://" not in place and shutil.disk_usage(place).free < FULL
    except OSError:
        return False
