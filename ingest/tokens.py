"""A text as its words see it: a vector for each token in its context, for matching word by word."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from ingest.arrays import Vectors, unit

Offsets = NDArray[np.int32]
Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of one text; n is 0 for a text without any.

    offsets  [n, 2] int32: where each token stands in the text, `[start, end)` in code points
    vectors  [n, dimension] float16, each row of length 1 but for rounding
    whole    [dimension] float32: the text's own vector, as `encode` gives it
    """

    offsets: Offsets
    vectors: Halves
    whole: Vectors

    def __len__(self) -> int:
        return len(self.offsets)

    @classmethod
    def of(cls, offsets: Sequence[tuple[int, int]], states: NDArray[np.floating], whole: Vectors) -> Tokens:
        """Tokens of raw states `[n, dimension]`."""
        rows = unit(states) if len(offsets) else np.zeros((0, len(whole)), dtype=np.float32)
        return cls(np.array(offsets, dtype=np.int32).reshape(-1, 2), rows.astype(np.float16), whole)


@runtime_checkable
class TokenEncoder(Protocol):
    """An encoder that can also tell the vector of each token.  Thread-safe and deterministic."""

    def tokens(self, texts: Sequence[str]) -> tuple[Tokens, ...]:
        """One for each text.  Long texts are cut as `encode` cuts them.  Raises ModelError."""
        ...


@runtime_checkable
class HasReader(Protocol):
    """An encoder with another for reading closely, whose tokens tell better which sentence answers."""

    @property
    def reader(self) -> TokenEncoder: ...


def reader_of(encoder: object) -> TokenEncoder | None:
    """What tells the tokens of texts: the encoder's reader, or itself; None when it cannot tell them."""
    if isinstance(encoder, HasReader):
        return encoder.reader
    return encoder if isinstance(encoder, TokenEncoder) else None


class TokenCache:
    """The texts used last, up to a number of tokens in all (768 bytes each at 384 dimensions).  Thread-safe."""

    def __init__(self, most: int = 80_000) -> None:
        self._most = most
        self._held = 0
        self._values: OrderedDict[str, Tokens] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def held(self) -> int:
        """Tokens kept now; never more than the most."""
        return self._held

    def known(self, texts: Sequence[str]) -> dict[str, Tokens]:
        with self._lock:
            found = {text: self._values[text] for text in texts if text in self._values}
            for text in found:
                self._values.move_to_end(text)
            return found

    def add(self, values: Mapping[str, Tokens]) -> None:
        with self._lock:
            for text, tokens in values.items():
                if (old := self._values.pop(text, None)) is not None:
                    self._held -= _size(old)
                self._values[text] = tokens
                self._held += _size(tokens)
            while self._held > self._most:
                self._held -= _size(self._values.popitem(last=False)[1])


def _size(tokens: Tokens) -> int:
    """What a text counts: its tokens, and one for its own vector."""
    return len(tokens) + 1
