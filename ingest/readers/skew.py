"""How far a scanned page is turned from straight, by a few degrees."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_SIDE = 1_000  # pixels of the longer side that are looked at
_MOST = 8.0  # degrees; a page lies no more askew in a scanner
_COARSE, _FINE = 0.5, 0.05
_LEAST = 0.2  # degrees that recognition does not mind
_CLEARER = 1.1  # how much sharper the lines must be than in the page as it is
_MARGIN = 0.03  # of each side, where a scanner leaves shadows


def straightened(page: Image.Image) -> Image.Image:
    """The grey page with its lines level; the page itself when they are, or when no lines are to be seen."""
    angle = skew(page)
    if angle == 0.0:
        return page
    return page.rotate(-angle, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def skew(page: Image.Image) -> float:
    """Degrees by which the lines of a grey page rise to the right (counterclockwise), at most 8 either way.

    0 when that is too little to matter or not clear.  Level lines are where dark pixels lie in few rows with
    white rows between, which is tried for one angle after the other.
    """
    rows, columns = _ink(page)
    if len(rows) < _SIDE // 10:
        return 0.0

    def sharpness(angle: float) -> float:
        slope = np.radians(angle)
        level = rows * np.cos(slope) + columns * np.sin(slope)
        counts = np.bincount((level - level.min()).astype(np.int64)).astype(np.float64)
        return float(np.square(np.diff(counts)).sum())

    coarse = max(np.arange(-_MOST, _MOST + _COARSE, _COARSE), key=sharpness)
    best = float(max(np.arange(coarse - _COARSE, coarse + _COARSE, _FINE), key=sharpness))
    if not _LEAST <= abs(best) <= _MOST or sharpness(best) < _CLEARER * sharpness(0.0):
        return 0.0
    return best


def _ink(page: Image.Image) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Row and column of each dark pixel of the page made small, its margins left out."""
    small = page.copy()
    small.thumbnail((_SIDE, _SIDE))
    grey = np.asarray(small, dtype=np.int64)
    across, down = (int(_MARGIN * side) for side in grey.shape)
    grey = grey[across : grey.shape[0] - across, down : grey.shape[1] - down]
    if grey.size == 0 or int(grey.max()) - int(grey.min()) < 64:
        empty = np.zeros(0)
        return empty, empty
    rows, columns = np.nonzero(grey < (int(grey.max()) + int(grey.min())) // 2)
    return rows.astype(np.float64), columns.astype(np.float64)
