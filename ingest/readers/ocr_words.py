"""Recognised words: their lines and how large they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

_DESCENDS = frozenset("gjpqyQ,;()[]{}|/@$")
_SMALL = frozenset("acemnorsuvwxz")
# How high words stand, for a size of 1: capitals, small letters alone, and either with tails below the line.
_CAPITALS, _SMALLS, _TAILS = 0.72, 0.53, 0.22


@dataclass(frozen=True, slots=True)
class Word:
    """One word; its box in pixels from the upper left.

    line  numbers of its block, its paragraph therein and its line therein
    sure  how sure Tesseract is of it, in percent
    """

    text: str
    x0: int
    y0: int
    x1: int
    y1: int
    line: tuple[int, int, int]
    sure: float

    @property
    def size(self) -> float:
        """The size of its letters in pixels, by how high it stands."""
        low = _SMALLS if set(self.text) <= _SMALL else _CAPITALS
        return (self.y1 - self.y0) / (low + (_TAILS if _DESCENDS & set(self.text) else 0.0))

    @property
    def upright(self) -> bool:
        """Whether it stands as words do: one on its side is taller than wide."""
        return len(self.text) < 4 or self.x1 - self.x0 >= self.y1 - self.y0


def lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words line by line; none is empty."""
    for _, line in groupby(words, key=lambda word: word.line):
        yield list(line)


def size_of(line: Sequence[Word]) -> float:
    """The size of a line's letters in pixels."""
    return median(word.size for word in line)


def base_of(line: Sequence[Word]) -> float:
    """Where a line's letters stand, in pixels from the top."""
    level = [word.y1 for word in line if not _DESCENDS & set(word.text)]
    return median(level) if level else median(word.y1 - _TAILS * word.size for word in line)
