"""The documents as they stand at one moment, with both ways to search them.  Nothing in it ever changes."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from ingest.chunks import Chunk, chunks
from ingest.encode import Encoder, Vectors
from ingest.errors import ModelError, StorageError
from ingest.lexical import LexicalIndex, Scores
from ingest.notice import Document
from ingest.tokens import TokenCache, Tokens, reader_of

log = logging.getLogger(__name__)

T = TypeVar("T")


class VectorReader(Protocol):
    """What a snapshot needs of the vector store."""

    def get(self, keys: Sequence[str]) -> dict[str, Vectors]: ...

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]: ...


class Recent(Generic[T]):
    """The values used last, up to a number of them.  Thread-safe."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[str, T] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, keys: Sequence[str]) -> dict[str, T]:
        with self._lock:
            found = {key: self._values[key] for key in keys if key in self._values}
            for key in found:
                self._values.move_to_end(key)
            return found

    def add(self, values: Mapping[str, T]) -> None:
        with self._lock:
            self._values.update(values)
            while len(self._values) > self._most:
                self._values.popitem(last=False)


class VectorCache:
    """The vectors of chunks and questions used last.  Thread-safe; one a library, shared by its snapshots."""

    def __init__(
        self, reader: VectorReader, encoder: Encoder, most_chunks: int = 50_000, most_texts: int = 1_024
    ) -> None:
        self.reader = reader
        self.encoder = encoder
        self._chunks = Recent[Vectors](most_chunks)
        self._texts = Recent[Vectors](most_texts)
        self._tokens = TokenCache()

    def get(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of those keys that are stored."""
        found = self._chunks.known(keys)
        missing = [key for key in keys if key not in found]
        if missing:
            read = self.reader.get(missing)
            self._chunks.add(read)
            found |= read
        return found

    def encode(self, texts: Sequence[str]) -> Vectors:
        """`[len(texts), dimension]` unit vectors; only texts that are new are encoded."""
        found = self._texts.known(texts)
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            encoded = dict(zip(new, self.encoder.encode(new), strict=True))
            self._texts.add(encoded)
            found |= encoded
        if not texts:
            return np.zeros((0, self.encoder.dimension), dtype=np.float32)
        return np.stack([found[text] for text in texts])

    def tokens(self, texts: Sequence[str]) -> tuple[Tokens, ...] | None:
        """The tokens of each text, or None when the encoder cannot tell them; only texts that are new are encoded."""
        reader = reader_of(self.encoder)
        if reader is None:
            return None
        found = self._tokens.known(texts)
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            try:
                encoded = dict(zip(new, reader.tokens(new), strict=True))
            except ModelError as error:
                log.warning("ranking without the words' own vectors: %s", error)
                return None
            self._tokens.add(encoded)
            found |= encoded
        return tuple(found[text] for text in texts)


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Snapshot:
    """The current documents and their chunks at one generation.

    A chunk's index in `chunks` is its position, which is what both kinds of score speak of.
    Thread-safe; keep one for the whole of a question, so that all of it sees the same documents.
    """

    generation: int
    documents: Mapping[str, Document]
    chunks: tuple[Chunk, ...]
    _lexical: LexicalIndex = field(repr=False)
    _vectors: VectorCache = field(repr=False)
    _keys: tuple[str, ...] = field(repr=False)
    _position: Mapping[str, int] = field(repr=False)  # by key
    _ranges: Mapping[str, range] = field(repr=False)  # positions by document id
    _places: NDArray[np.int64] | None = field(default=None, repr=False)  # of these chunks in the lexical index

    @classmethod
    def of(
        cls, generation: int, documents: Mapping[str, Document], lexical: LexicalSource, vectors: VectorCache
    ) -> Snapshot:
        """The snapshot of these documents; `lexical` makes the BM25 index for their chunks."""
        parts = {document_id: chunks(document) for document_id, document in documents.items()}
        everything = tuple(chunk for part in parts.values() for chunk in part)
        keys = tuple(chunk.key for chunk in everything)
        index = lexical([chunk.text for chunk in everything])
        return cls(
            generation,
            MappingProxyType(dict(documents)),
            everything,
            index,
            vectors,
            keys,
            MappingProxyType({key: position for position, key in enumerate(keys)}),
            MappingProxyType(_ranges(parts)),
        )

    @property
    def lexical(self) -> LexicalIndex:
        """The BM25 index, from which the next one is made."""
        return self._lexical

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of each chunk's vector, by position."""
        return self._keys

    def positions(self, document_id: str) -> range:
        """The positions of a document's chunks; empty when the document is not in the snapshot."""
        return self._ranges.get(document_id, range(0))

    @property
    def encoder_id(self) -> str:
        """Which encoder made the vectors."""
        return self._vectors.encoder.id

    def encode(self, texts: Sequence[str]) -> Vectors:
        """`[len(texts), dimension]` unit vectors, by the library's encoder; recent texts are remembered."""
        return self._vectors.encode(texts)

    def tokens(self, texts: Sequence[str]) -> tuple[Tokens, ...] | None:
        """The tokens of each text by the encoder's reader, None when it has none; recent ones are kept."""
        return self._vectors.tokens(texts)

    def lexical_scores(self, query: str) -> Scores:
        """`[len(chunks)]` float32: the BM25 score of each chunk, 0 where it shares no term with the query."""
        scores = self._lexical.scores(query)
        return scores if self._places is None else scores[self._places]

    def dense_scores(self, query: str, within: Sequence[int] | None = None, k: int = 50) -> dict[int, float]:
        """Cosines by position.

        `within` positions are all scored exactly (those whose vector is lost are left out).  None gives the
        `k` nearest of all chunks that the vector store finds.
        """
        vector = self.encode([query])[0]
        if within is None and self._places is not None and len(self.chunks) <= EXACT:
            within = range(len(self.chunks))  # few chunks of many: exact is quicker than sifting the nearest of all
            exact = self._exact(vector, within)
            return dict(sorted(exact.items(), key=lambda item: (-item[1], item[0]))[:k])
        return self._nearest(vector, k) if within is None else self._exact(vector, within)

    def vectors(self, positions: Sequence[int]) -> Vectors:
        """`[len(positions), dimension]`; zeros where the vector is lost."""
        keys = [self._keys[position] for position in positions]
        found = self._stored(keys)
        rows = np.zeros((len(keys), self._vectors.encoder.dimension), dtype=np.float32)
        for row, key in enumerate(keys):
            if key in found:
                rows[row] = found[key]
        return rows

    def restricted(self, documents: frozenset[str]) -> Snapshot:
        """The same, with these documents alone; positions are counted anew."""
        kept = {document_id: d for document_id, d in self.documents.items() if document_id in documents}
        if len(kept) == len(self.documents):
            return self
        here = [position for document_id in kept for position in self._ranges[document_id]]
        places = np.asarray(here, dtype=np.int64)
        parts = {document_id: self.chunks[r.start : r.stop] for document_id in kept if (r := self._ranges[document_id])}
        keys = tuple(self._keys[position] for position in here)
        return Snapshot(
            self.generation,
            MappingProxyType(kept),
            tuple(self.chunks[position] for position in here),
            self._lexical,
            self._vectors,
            keys,
            MappingProxyType({key: position for position, key in enumerate(keys)}),
            MappingProxyType(_ranges(parts)),
            places if self._places is None else self._places[places],
        )

    def _exact(self, vector: Vectors, within: Sequence[int]) -> dict[int, float]:
        found = self._stored([self._keys[position] for position in within])
        known = [position for position in within if self._keys[position] in found]
        if not known:
            return {}
        scores = np.stack([found[self._keys[position]] for position in known]) @ vector
        return {position: float(score) for position, score in zip(known, scores, strict=True)}

    def _stored(self, keys: Sequence[str]) -> dict[str, Vectors]:
        try:
            return self._vectors.get(keys)
        except StorageError as error:
            log.error("searching by words alone: %s", error)
            return {}

    def _nearest(self, vector: Vectors, k: int) -> dict[int, float]:
        """The store may hold other chunks too (another version's, another reader's): ask for more until k are ours."""
        wanted = min(k, len(self.chunks))
        asked = wanted
        while wanted:
            try:
                hits = self._vectors.reader.nearest(vector, asked)
            except StorageError as error:
                log.error("searching by words alone: %s", error)
                break
            ours = {self._position[key]: score for key, score in hits if key in self._position}
            if len(ours) >= wanted or len(hits) < asked:
                return dict(list(ours.items())[:wanted])
            asked *= 4
        return {}


class LexicalSource(Protocol):
    """Makes the BM25 index of texts."""

    def __call__(self, texts: Sequence[str], /) -> LexicalIndex: ...


EXACT = 5_000  # chunks that are scored one by one without a thought


def _ranges(parts: Mapping[str, Sequence[Chunk]]) -> dict[str, range]:
    ranges: dict[str, range] = {}
    start = 0
    for document_id, part in parts.items():
        ranges[document_id] = range(start, start + len(part))
        start += len(part)
    return ranges
