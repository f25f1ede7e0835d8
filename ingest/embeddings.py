"""The vector of every text in use, kept in the catalogue's database: Chroma is filled from it without a model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from sqlalchemy import delete, insert, select

from ingest import tables as t
from ingest.arrays import Vectors
from ingest.database import Database

_PAGE = 500  # rows named in one statement


class Embeddings:
    """Vectors of one encoder by text.  Thread-safe; every method raises StorageError when the database fails."""

    def __init__(self, database: Database, encoder_id: str, dimension: int) -> None:
        self._database = database
        self._encoder = encoder_id
        self._dimension = dimension

    def get(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of those texts that are known."""
        c = t.vectors.c
        by_digest = {digest_of(text): text for text in texts}
        found: dict[str, Vectors] = {}
        with self._database.read() as connection:
            for page in _pages(by_digest):
                query = select(c.text, c.vector).where(c.encoder == self._encoder, c.text.in_(page))
                for digest, content in connection.execute(query):
                    vector = np.frombuffer(content, dtype="<f4")
                    if len(vector) == self._dimension:
                        found[by_digest[digest]] = vector
        return found

    def put(self, vectors: Mapping[str, Vectors]) -> None:
        """Keep the vectors of these texts; one that is known already stays as it is."""
        c = t.vectors.c
        rows = {digest_of(text): vector for text, vector in vectors.items()}
        with self._database.write() as connection:
            known: set[str] = set()
            for page in _pages(rows):
                known.update(
                    connection.execute(select(c.text).where(c.encoder == self._encoder, c.text.in_(page))).scalars()
                )
            new = [
                {"encoder": self._encoder, "text": digest, "vector": vector.astype("<f4").tobytes()}
                for digest, vector in rows.items()
                if digest not in known
            ]
            if new:
                connection.execute(insert(t.vectors), new)

    def keep(self, texts: Iterable[str]) -> None:
        """Forget all but those of these texts."""
        c = t.vectors.c
        wanted = {digest_of(text) for text in texts}
        with self._database.read() as connection:
            stored = set(connection.execute(select(c.text).where(c.encoder == self._encoder)).scalars())
        gone = stored - wanted
        if gone:
            with self._database.write() as connection:
                for page in _pages(gone):
                    connection.execute(delete(t.vectors).where(c.encoder == self._encoder, c.text.in_(page)))

    def clear(self) -> None:
        """Forget every vector of this encoder."""
        with self._database.write() as connection:
            connection.execute(delete(t.vectors).where(t.vectors.c.encoder == self._encoder))

    def drop_others(self) -> None:
        """Forget the vectors of every other encoder."""
        c = t.vectors.c
        with self._database.read() as connection:
            others = connection.execute(select(c.encoder).where(c.encoder != self._encoder).limit(1)).first()
        if others is not None:
            with self._database.write() as connection:
                connection.execute(delete(t.vectors).where(c.encoder != self._encoder))


def digest_of(text: str) -> str:
    """Names a text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _pages(names: Iterable[str]) -> Iterator[list[str]]:
    every = list(names)
    for start in range(0, len(every), _PAGE):
        yield every[start : start + _PAGE]
