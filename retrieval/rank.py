"""How the two lists become one ranking: a sum of scores, each divided by the best of its own list."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each list counts.  Chosen by cross-validation on clause retrieval, checked on the notices."""

    lexical: float = 1.0
    dense: float = 0.75


DEFAULT_WEIGHTS = Weights()


def fuse(lexical: Scores, dense: Scores, weights: Weights = DEFAULT_WEIGHTS) -> Scores:
    """`[n]` scores of `n` candidates from their BM25 scores and their cosines.

    Dividing by the best keeps the distances inside a list, which ranks throw away: a clause that alone has the
    question's rare words stays far ahead.  Negative cosines count as 0.
    """
    total = weights.lexical * by_best(lexical) + weights.dense * by_best(dense)
    return np.asarray(total, dtype=np.float32)


def by_best(scores: Scores) -> Scores:
    """The scores over the best of them, 0..1; zeros where nothing scores above 0."""
    positive = np.maximum(scores, 0)
    best = float(positive.max(initial=0.0))
    return np.asarray(positive / best if best > 0 else positive, dtype=np.float32)


def order(scores: Scores, k: int) -> list[int]:
    """The `k` best, the best first; equal scores in the order given."""
    return [int(at) for at in np.argsort(-scores, kind="stable")[:k]]
