"""How often one asker may ask."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from api.problems import Problem

MOST = 50_000  # askers that are counted; the one not heard of for longest is forgotten


class RateLimit:
    """A bucket of `per_minute` questions for each asker, filled evenly.  0: no limit.  Thread-safe."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # (left, at)
        self._lock = Lock()

    def take(self, asker: str, cost: float = 1) -> None:
        """Count one question, or what costs as much.  Raises the 429 problem, which says how many seconds to wait."""
        if not self._size:
            return
        with self._lock:
            now = self._clock()
            left, at = self._buckets.pop(asker, (float(self._size), now))
            left = min(self._size, left + (now - at) * self._size / 60)
            enough = left >= cost
            self._buckets[asker] = (left - cost if enough else left, now)
            while len(self._buckets) > MOST:
                self._buckets.popitem(last=False)
        if not enough:
            wait = max(1, math.ceil((cost - left) * 60 / self._size))
            raise Problem(
                429, f"Too many requests. Wait {wait} seconds and ask again.", headers={"Retry-After": str(wait)}
            )
