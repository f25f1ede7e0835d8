"""A tiny encoder without a model, for tests of everything round a real one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from ingest.arrays import Vectors, unit
from ingest.tokens import Tokens


class HashEncoder:
    """Words hashed into a few dimensions: no model, no state, the same vectors on every machine.

    Texts that share words are near each other, which is enough to test everything around a real model.
    """

    def __init__(self, dimension: int = 64) -> None:
        self._dimension = dimension

    @property
    def id(self) -> str:
        return f"hash-{self._dimension}"

    @property
    def dimension(self) -> int:
        return self._dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.casefold()):
                self._add(vectors[row], word)
        return unit(vectors)

    def tokens(self, texts: Sequence[str]) -> tuple[Tokens, ...]:
        """A token is a word: near those that share runs of three letters with it, and a little near to any."""
        found = []
        for text, whole in zip(texts, self.encode(texts), strict=True):
            words = list(re.finditer(r"\w+", text))
            states = np.zeros((len(words), self._dimension), dtype=np.float32)
            for row, word in enumerate(words):
                padded = f"^{word.group().casefold()}$"
                for at in range(len(padded) - 2):
                    self._add(states[row], padded[at : at + 3])
            states = unit(states) + 0.4 / np.sqrt(self._dimension)
            found.append(Tokens.of([word.span() for word in words], states, whole))
        return tuple(found)

    def _add(self, vector: Vectors, part: str) -> None:
        number = int.from_bytes(hashlib.blake2b(part.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
        vector[number % self._dimension] += 1.0 if number >> 63 else -1.0
