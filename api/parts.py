"""What an app is made of, and how a route gets at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

import anyio
from fastapi import Depends, Request

from api.metrics import Metrics
from api.problems import Problem
from api.rate import RateLimit
from api.service import Service
from ingest.limits import Limits


@dataclass(frozen=True, slots=True)
class Options:
    """How the app behaves.  Bytes, seconds and counts.

    `origins` are the sites whose pages may embed the widget (scheme, host and port), `starters` the questions
    to start with (empty: found in the register).
    `rate_limit` is questions a minute for one asker, 0 for no limit.
    `workers` questions are answered at once, `queue` more wait their turn, the next gets 503.
    """

    body_limit: int = 64 * 1024
    body_seconds: float = 30.0
    answer_seconds: float = 60.0
    workers: int = 2
    queue: int = 128
    rate_limit: int = 0
    heartbeat_seconds: int = 15
    origins: tuple[str, ...] = ()
    starters: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)


class Turnstile:
    """Lets `workers` questions through at a time and turns callers away once `queue` more are waiting."""

    def __init__(self, workers: int, queue: int) -> None:
        self.limiter = anyio.CapacityLimiter(workers)
        self._room = workers + queue
        self._inside = 0

    def check(self) -> None:
        """Raises the 503 problem when there is no room."""
        if self._inside >= self._room:
            raise Problem(503, "Many questions are waiting. Try again in a moment.", headers={"Retry-After": "2"})

    def __enter__(self) -> anyio.CapacityLimiter:
        self.check()
        self._inside += 1
        return self.limiter

    def __exit__(self, *_: object) -> None:
        self._inside -= 1


@dataclass(frozen=True, slots=True)
class Parts:
    service: Service
    options: Options
    metrics: Metrics = field(default_factory=Metrics)
    rate: RateLimit = field(default_factory=lambda: RateLimit(0))
    turnstile: Turnstile = field(default_factory=lambda: Turnstile(2, 128))


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


def _service(request: Request) -> Service:
    return _parts(request).service


PartsOf = Annotated[Parts, Depends(_parts)]
ServiceOf = Annotated[Service, Depends(_service)]
