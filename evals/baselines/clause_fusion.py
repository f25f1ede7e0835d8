"""Clauses with their title and heading, BM25 and vectors joined by reciprocal rank fusion, the best clause whole."""

from __future__ import annotations

import numpy as np

from evals.reply import Asker, Cited, Reply
from ingest.encode import Encoder
from ingest.snapshot import Snapshot
from retrieval.answer import Ask

_K = 60  # the constant of the paper on reciprocal rank fusion


def clause_fusion(snapshot: Snapshot, encoder: Encoder) -> Asker:
    """An asker over the snapshot's own chunks; it never abstains and knows nothing of councils or kinds."""
    vectors = encoder.encode([chunk.text for chunk in snapshot.chunks])

    def ask(question: Ask) -> Reply:
        lexical = snapshot.lexical_scores(question.question)
        dense = vectors @ encoder.encode([question.question])[0]
        score = 1 / (_K + _ranks(lexical)) + 1 / (_K + _ranks(dense))
        chunk = snapshot.chunks[int(np.argmax(score))]
        quote = chunk.span.of(snapshot.documents[chunk.document_id].text)
        cited = Cited(chunk.document_id, chunk.label, quote, chunk.span.start, chunk.span.end)
        return Reply("answered", quote, citations=(cited,))

    return ask


def _ranks(
    scores: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """`[n]` ranks from 1, the highest score first; ties in the order of the clauses."""
    ranks = np.empty(len(scores), dtype=np.int64)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return ranks
