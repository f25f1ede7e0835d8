"""How two lists become one ranking: a sum of scores, each over the best of its own list, and a word on length."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much.  Chosen by cross-validation on clause retrieval, and checked on the notices.

    dense         what the best cosine counts, the best BM25 score counting 1
    length        what a clause loses for each e-fold that it is shorter or longer than the usual
    usual         words of a clause that says something: less is a heading or a label, more is about many things
    """

    dense: float = 0.75
    length: float = 0.1
    usual: tuple[int, int] = (32, 147)


DEFAULT_WEIGHTS = Weights()


def fuse(lexical: Scores, dense: Scores, words: Scores, weights: Weights = DEFAULT_WEIGHTS) -> Scores:
    """`[n]` scores of `n` candidates from their BM25 scores, their cosines and their numbers of words.

    Dividing by the best keeps the distances inside a list, which ranks throw away: a clause that alone has the
    question's rare words stays far ahead.  Negative cosines count as 0.
    """
    total = by_best(lexical) + weights.dense * by_best(dense) - weights.length * off(words, weights.usual)
    return np.asarray(total, dtype=np.float32)


def by_best(scores: Scores) -> Scores:
    """The scores over the best of them, 0..1; zeros where nothing scores above 0."""
    positive = np.maximum(scores, 0)
    best = float(positive.max(initial=0.0))
    return np.asarray(positive / best if best > 0 else positive, dtype=np.float32)


def off(words: Scores, usual: tuple[int, int]) -> Scores:
    """By how many e-folds each length is out of the usual; 0 inside it."""
    low, high = np.log(usual)
    size = np.log1p(words)
    return np.asarray(np.maximum(0, low - size) + np.maximum(0, size - high), dtype=np.float32)


def order(scores: Scores, k: int) -> list[int]:
    """The `k` best, the best first; equal scores in the order given."""
    return [int(at) for at in np.argsort(-scores, kind="stable")[:k]]
