"""Numbers and bullets that hang before the lines of a recognised page, where layout analysis passes them over.

A lone `5.` in the margin is to Tesseract a speck or a column of its own.  Ink that stands right before a line and
was not recognised is therefore put on a new sheet, each piece with the first words of its line, and read there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingest.readers.ocr_words import Word, lines, size_of

_DARK = 128
_BEFORE = 5.0  # how far before its line a number may begin, for a size of 1
_SPACE = 0.25  # white space that is always between them
_WITHIN = 0.6  # white space within the number, such as of `( a )`
_LEAST, _MOST = 0.12, 1.3  # how high a piece may be
_WIDEST = 3.0
_SPECK = 0.8  # how large a bullet may be
_WITH = 3  # words of the line that are read along
BULLET = "•"
# What bullets are taken for; the letters only where they stand far apart from the words after them.
LIKE_BULLET = re.compile(r"[^\w\s\"'“‘£$€#&(\[]{1,2}|[m»«][™@®]|©")
LETTER_LIKE_BULLET = re.compile(r"[eomaO]")
_NUMBERS = re.compile(r"\d|\w[.)\]]")  # what hangs there and is no bullet

Read = Callable[[Image.Image], Sequence[Word]]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Ink before a line: its box in pixels, and what follows it."""

    x0: int
    y0: int
    x1: int
    y1: int
    line: tuple[Word, ...]
    size: float


def with_hanging(page: Image.Image, words: Sequence[Word], read: Read) -> tuple[Word, ...]:
    """The words with what hangs before their lines; `read` gives the words of a sheet."""
    pieces = list(_pieces(page, words))
    if not pieces:
        return tuple(words)
    found = _read(page, pieces, read)
    out: list[Word] = []
    for line in lines(words):
        out += found.get(line[0].line, ())
        out += line
    return tuple(out)


def _pieces(page: Image.Image, words: Sequence[Word]) -> Iterator[_Piece]:
    ink = np.asarray(page) < _DARK
    x0, x1 = (np.array([getattr(word, side) for word in words]) for side in ("x0", "x1"))
    y0, y1 = (np.array([getattr(word, side) for word in words]) for side in ("y0", "y1"))
    for line in lines(words):
        size, first = size_of(line), line[0]
        top, bottom = min(w.y0 for w in line[:_WITH]), max(w.y1 for w in line[:_WITH])
        top, bottom = max(0, int(top - 0.15 * size)), int(bottom + 0.15 * size)
        before = x1[(y0 < bottom) & (y1 > top) & (x0 < first.x0)]
        start = max(0, int(first.x0 - _BEFORE * size), int(before.max(initial=0) + _SPACE * size))
        end = int(first.x0 - _SPACE * size)
        if end - start < 2:
            continue
        box = _last_group(ink[top:bottom, start:end], int(_WITHIN * size))
        if box is None:
            continue
        left, right, high, low = box
        if left > 0 and right - left <= _WIDEST * size and _LEAST * size <= low - high <= _MOST * size:
            if high > 0 or low < bottom - top:  # a ruled line goes through
                yield _Piece(start + left, top + high, start + right, top + low, tuple(line[:_WITH]), size)


def _last_group(ink: NDArray[np.bool_], gap: int) -> tuple[int, int, int, int] | None:
    """Left, right, top and bottom of the ink that stands farthest right, up to white space wider than `gap`."""
    columns = np.flatnonzero(ink.any(axis=0))
    if not len(columns):
        return None
    breaks = np.flatnonzero(np.diff(columns) > gap)
    left = int(columns[breaks[-1] + 1]) if len(breaks) else int(columns[0])
    right = int(columns[-1]) + 1
    rows = np.flatnonzero(ink[:, left:right].any(axis=1))
    return left, right, int(rows[0]), int(rows[-1]) + 1


def _read(page: Image.Image, pieces: Sequence[_Piece], read: Read) -> dict[tuple[int, int, int], list[Word]]:
    """What each piece says, by the line that follows it."""
    sheet, rows, ends = _sheet(page, pieces)
    said: list[list[Word]] = [[] for _ in pieces]
    for word in read(sheet):
        n = int(np.searchsorted(rows, (word.y0 + word.y1) / 2)) - 1
        if 0 <= n < len(pieces) and word.x1 <= ends[n]:
            said[n].append(word)
    found: dict[tuple[int, int, int], list[Word]] = {}
    for piece, read_words in zip(pieces, said, strict=True):
        text = " ".join(word.text for word in read_words)
        small = max(piece.x1 - piece.x0, piece.y1 - piece.y0) <= _SPECK * piece.size
        if small and not _NUMBERS.search(text):
            text = BULLET
        if text:
            first = piece.line[0]
            sure = min((word.sure for word in read_words), default=first.sure)
            word = Word(text, piece.x0, piece.y0, piece.x1, piece.y1, first.line, max(sure, first.sure))
            found.setdefault(first.line, []).append(word)
    return found


def _sheet(page: Image.Image, pieces: Sequence[_Piece]) -> tuple[Image.Image, list[int], list[float]]:
    """A sheet of the pieces; where each row begins on it, and where in it the piece ends."""
    step = int(max(max(p.size, p.y1 - p.y0) for p in pieces) * 2)
    width = int(max(p.x1 - p.x0 + p.line[-1].x1 - p.line[0].x0 + 4 * p.size for p in pieces))
    sheet = Image.new("L", (width, step * (len(pieces) + 1)), 255)
    rows: list[int] = []
    ends: list[float] = []
    for n, piece in enumerate(pieces):
        top = min(piece.y0, *(word.y0 for word in piece.line))
        bottom = max(piece.y1, *(word.y1 for word in piece.line))
        pad = int(piece.size)
        y = step // 2 + n * step
        sheet.paste(page.crop((piece.x0, top, piece.x1, bottom)), (pad, y))
        gap = int(0.5 * piece.size)
        line = page.crop((piece.line[0].x0, top, piece.line[-1].x1, bottom))
        sheet.paste(line, (pad + piece.x1 - piece.x0 + gap, y))
        rows.append(y - step // 4)
        ends.append(pad + piece.x1 - piece.x0 + gap)
    return sheet, rows, ends
