"""How often each term stands in each text; what was counted before is not counted again."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
_WIDTH = 16  # bytes of a text's digest


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """The terms of texts, text by text.  It says nothing of how it came about: the same texts give the same.

    vocabulary  the terms, in the order in which the texts first have them; a term's place is its number
    numbers     `[n]` a term of a text, each once, in the order in which the text first has them
    times       `[n]` how often that text has it
    starts      `[texts + 1]` where in both each text begins
    digests     what names each text
    """

    vocabulary: tuple[str, ...]
    numbers: Numbers
    times: Numbers
    starts: NDArray[np.int64]
    digests: tuple[bytes, ...]

    @property
    def texts(self) -> NDArray[np.int64]:
        """`[n]` the text that each term stands in."""
        return np.repeat(np.arange(len(self.digests)), np.diff(self.starts))

    def save(self, path: Path, key: str) -> None:
        """Write all but the vocabulary; `key` names the way in which terms are told.  Raises OSError."""
        digests = np.frombuffer(b"".join(self.digests), dtype=np.uint8)
        with path.open("wb") as file:
            np.savez(file, numbers=self.numbers, times=self.times, starts=self.starts, digests=digests, key=key)

    @classmethod
    def load(cls, path: Path, key: str, vocabulary: Sequence[str]) -> Counts | None:
        """What was saved under `key`; None when it is another's or damaged."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                if str(kept["key"]) != key:
                    return None
                whole = kept["digests"].tobytes()
                digests = tuple(whole[at : at + _WIDTH] for at in range(0, len(whole), _WIDTH))
                found = cls(tuple(vocabulary), kept["numbers"], kept["times"], kept["starts"], digests)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        return found if found._sound() else None

    def _sound(self) -> bool:
        one_each = len(self.starts) == len(self.digests) + 1 and len(self.numbers) == len(self.times)
        inside = not len(self.numbers) or 0 <= self.numbers.min() <= self.numbers.max() < len(self.vocabulary)
        return bool(one_each and inside and self.starts[-1] == len(self.numbers) and (np.diff(self.starts) >= 0).all())


def count(texts: Sequence[str], terms_of: Callable[[str], Sequence[str]], before: Counts | None = None) -> Counts:
    """The counts of these texts; `terms_of` is only asked for texts that `before` (of the same terms) lacks."""
    digests = tuple(digest_of(text) for text in texts)
    known = {} if before is None else {digest: row for row, digest in enumerate(before.digests)}
    number = {} if before is None else {term: n for n, term in enumerate(before.vocabulary)}
    made: dict[bytes, tuple[Numbers, Numbers]] = {}
    parts: list[tuple[Numbers, Numbers]] = []
    for text, digest in zip(texts, digests, strict=True):
        row = known.get(digest)
        if row is not None and before is not None:
            here = slice(before.starts[row], before.starts[row + 1])
            parts.append((before.numbers[here], before.times[here]))
            continue
        if digest not in made:
            found = Counter(terms_of(text))
            own = [number.setdefault(term, len(number)) for term in found]
            made[digest] = np.array(own, dtype=np.int32), np.array([*found.values()], dtype=np.int32)
        parts.append(made[digest])
    starts = np.cumsum([0, *(len(numbers) for numbers, _ in parts)], dtype=np.int64)
    empty = np.zeros(0, dtype=np.int32)
    numbers = np.concatenate([empty, *(part for part, _ in parts)])
    times = np.concatenate([empty, *(part for _, part in parts)])
    return _numbered(numbers, times, starts, digests, [*number])


def digest_of(text: str) -> bytes:
    """Names a text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_WIDTH).digest()


def _numbered(
    numbers: Numbers, times: Numbers, starts: NDArray[np.int64], digests: tuple[bytes, ...], terms: Sequence[str]
) -> Counts:
    """Terms numbered as the texts first have them, those left out that no text has any more."""
    used, first = np.unique(numbers, return_index=True)
    order = used[np.argsort(first)]
    renumbered = np.zeros(len(terms), dtype=np.int32)
    renumbered[order] = np.arange(len(order), dtype=np.int32)
    return Counts(tuple(terms[n] for n in order), renumbered[numbers], times, starts, digests)
