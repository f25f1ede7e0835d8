"""Rows of numbers: what an encoder gives."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


def unit(vectors: NDArray[np.floating]) -> Vectors:
    """Each row scaled to length 1; a row of zeros becomes the first axis, since no direction is none."""
    rows = np.array(vectors, dtype=np.float32, ndmin=2)
    norms = np.linalg.norm(rows, axis=1)
    rows[norms == 0, 0] = 1.0
    norms[norms == 0] = 1.0
    return np.ascontiguousarray(rows / norms[:, None], dtype=np.float32)
