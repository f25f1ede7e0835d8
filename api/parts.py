"""What an app is made of, and how a route gets at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from api.metrics import Metrics
from api.rate import RateLimit
from api.service import Service
from api.traces import Traces
from api.turnstile import Turnstile
from ingest.limits import Limits


@dataclass(frozen=True, slots=True)
class Options:
    """How the app behaves.  Bytes, seconds and counts.

    `origins` are the sites whose pages may embed the widget (scheme, host and port), `starters` the questions
    to start with (empty: found in the register).
    `rate_limit` is questions a minute for one asker, `rate_limit_origin` for the pages of one site; 0 is no limit.
    `hosts` are the names under which it is known besides those of this machine; None: any.
    `corpus` is the folder that uploads go to, `upload_bytes` the largest of them with all its files; None: no uploads.
    `workers` questions are answered at once, `queue` more wait their turn, the next gets 503.
    """

    body_limit: int = 64 * 1024
    body_seconds: float = 30.0
    answer_seconds: float = 60.0
    workers: int = 2
    queue: int = 128
    rate_limit: int = 0
    rate_limit_origin: int = 0
    heartbeat_seconds: float = 15
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] | None = None
    starters: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    corpus: Path | None = None
    upload_bytes: int = 0
    upload_seconds: float = 300.0


@dataclass(frozen=True, slots=True)
class Parts:
    service: Service
    options: Options
    metrics: Metrics = field(default_factory=Metrics)
    rate: RateLimit = field(default_factory=lambda: RateLimit(0))
    site_rate: RateLimit = field(default_factory=lambda: RateLimit(0))
    turnstile: Turnstile = field(default_factory=lambda: Turnstile(2, 128))
    traces: Traces = field(default_factory=Traces)


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


def _service(request: Request) -> Service:
    return _parts(request).service


PartsOf = Annotated[Parts, Depends(_parts)]
ServiceOf = Annotated[Service, Depends(_service)]
