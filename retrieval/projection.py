"""What questions teach: how token vectors are turned before they are compared, and which words of a question tell.

A question and the sentence that answers it seldom share their words, nor are those always near in a general model
("what can they look at", "reviews may cover").  Two linear maps, learned from questions with their answers
(`python -m evals.learn`), bring such tokens together; the model itself stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.arrays import unit

Floats = NDArray[np.float32]

SMALL = 0.02  # what every token of a question counts beside the share of its word


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Fits one encoder only, whose vectors have `d` dimensions.

    encoder     id of that encoder
    question    [d, d], added to a question's token vectors
    sentence    [d, d], added to a sentence's
    importance  [d], whose dot product with a question's token is the logarithm of what it counts
    usual       the likeness of an ordinary good candidate, which counts as 0
    """

    encoder: str
    question: Floats
    sentence: Floats
    importance: Floats
    usual: float = 0.0

    def likeness(self, question: Floats, shares: Floats, sentence: Floats) -> float:
        """Of a question's tokens `[n, d]`, with the share `[n]` of each in what is asked, to a sentence's `[m, d]`.

        The mean, by what each counts, of its cosine with the nearest token of the sentence; over the usual.
        """
        return self.asked(question, shares).likeness(sentence)

    def asked(self, question: Floats, shares: Floats) -> Asked:
        """The question made ready, to be compared with many sentences."""
        return Asked(self, unit(question + question @ self.question), self.counts(question, shares))

    def counts(self, question: Floats, shares: Floats) -> Floats:
        """What each token of the question counts, `[n]`; the sum is 1."""
        weight = (shares + SMALL) * np.exp(question @ self.importance)
        return np.asarray(weight / weight.sum(), dtype=np.float32)

    def save(self, path: Path) -> None:
        np.savez_compressed(
            path,
            encoder=np.array(self.encoder),
            question=self.question.astype(np.float16),
            sentence=self.sentence.astype(np.float16),
            importance=self.importance.astype(np.float32),
            usual=np.float32(self.usual),
        )

    @classmethod
    def load(cls, path: Path) -> Projection:
        """Raises OSError or ValueError when the file cannot be read."""
        with np.load(path, allow_pickle=False) as held:
            return cls(
                str(held["encoder"]),
                held["question"].astype(np.float32),
                held["sentence"].astype(np.float32),
                held["importance"].astype(np.float32),
                float(held["usual"]),
            )


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question for a projection: its tokens after the turn `[n, d]`, and what each counts `[n]`."""

    projection: Projection
    turned: Floats
    counts: Floats

    def likeness(self, sentence: Floats) -> float:
        """As `Projection.likeness`, to one sentence's tokens `[m, d]`."""
        cosines = self.turned @ unit(sentence + sentence @ self.projection.sentence).T
        return float(self.counts @ cosines.max(axis=1)) - self.projection.usual


def projection_path() -> Path:
    return Path(__file__).with_name("projection.npz")


@lru_cache(maxsize=4)
def projection_of(encoder: str) -> Projection | None:
    """The one that comes with the product, None for an encoder that it was not learned for."""
    shipped = _shipped()
    return shipped if shipped is not None and shipped.encoder == encoder else None


@lru_cache(maxsize=1)
def _shipped() -> Projection | None:
    path = projection_path()
    return Projection.load(path) if path.exists() else None
