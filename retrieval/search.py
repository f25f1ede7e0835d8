"""Search: the clauses that answer a question best, by words and by meaning."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ingest.chunks import Chunk
from ingest.snapshot import Snapshot
from retrieval.rank import Scores, fuse, order

CANDIDATES = 200  # from each of the two lists, before they are joined


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found.

    position  its index in `snapshot.chunks`
    score     what ranks it: higher is better, comparable within one search only
    lexical   its BM25 score
    dense     the cosine of clause and question; 0 when its vector is lost
    """

    position: int
    chunk: Chunk
    score: float
    lexical: float
    dense: float


def search(snapshot: Snapshot, query: str, *, within: frozenset[str] | None = None, k: int = 10) -> tuple[Hit, ...]:
    """The `k` best clauses for `query`, best first.

    `within` are the ids of the documents to search in (ids that the snapshot lacks find nothing); None is all of
    them.  BM25 statistics are those of the whole index in either case, so a word weighs the same everywhere.
    """
    if k < 1 or not snapshot.chunks:
        return ()
    lexical = snapshot.lexical_scores(query)
    if within is None:
        positions = _candidates(snapshot, query, lexical)
    else:
        positions = np.array([p for id_ in sorted(within) for p in snapshot.positions(id_)], dtype=np.int64)
    if not len(positions):
        return ()
    lexical = lexical[positions]
    dense = _cosines(snapshot, query, positions)
    words = np.array([_length(snapshot.chunks[p]) for p in positions], dtype=np.float32)
    scores = fuse(lexical, dense, words)
    return tuple(
        Hit(
            int(positions[at]),
            snapshot.chunks[positions[at]],
            float(scores[at]),
            float(lexical[at]),
            float(dense[at]),
        )
        for at in order(scores, k)
    )


def _length(chunk: Chunk) -> int:
    """Its own words, counted by the single spaces between them."""
    return 1 + chunk.text.count(" ", chunk.own)


def _candidates(snapshot: Snapshot, query: str, lexical: Scores) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The best of either list, in document order."""
    top = min(CANDIDATES, len(lexical))
    by_words = np.argpartition(-lexical, top - 1)[:top]
    by_meaning = snapshot.dense_scores(query, None, CANDIDATES)
    return np.unique(np.concatenate([by_words, np.fromiter(by_meaning, dtype=np.int64)]))


def _cosines(snapshot: Snapshot, query: str, positions: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Scores:
    exact = snapshot.dense_scores(query, [int(p) for p in positions])
    return np.array([exact.get(int(p), 0.0) for p in positions], dtype=np.float32)
