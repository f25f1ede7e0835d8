"""One answer as it is made: each stage timed for the metrics and the trace, and told on."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry.trace import Span, SpanKind, StatusCode, Tracer, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from api.metrics import Metrics
from retrieval.stages import Stage, Stopped, Watch, watched

WAITING = "waiting"  # for a thread to be free
KEEPING = "keeping"  # the answer in the audit
_PROPAGATOR = TraceContextTextMapPropagator()


class Stages:
    """Times one stage after the other; a stage ends where the next begins."""

    def __init__(self, metrics: Metrics, tracer: Tracer, whole: Span, began: int) -> None:
        """`began` is when the first stage, the waiting, began: nanoseconds since 1970."""
        self._metrics = metrics
        self._tracer = tracer
        self._whole = whole
        self._parent = set_span_in_context(whole)
        self._stage: str | None = WAITING
        self._began = began

    def tell(self, **facts: str | int) -> None:
        """Add to the trace of the whole answer."""
        self._whole.set_attributes(facts)

    def enter(self, stage: str | None) -> None:
        """None ends the last one."""
        if stage == self._stage:
            return
        now = time.time_ns()
        if self._stage is not None:
            self._metrics.stage_seconds.labels(self._stage).observe(max(0, now - self._began) / 1e9)
            self._tracer.start_span(self._stage, self._parent, start_time=self._began).end(now)
        self._stage, self._began = stage, now


@contextmanager
def followed(
    metrics: Metrics, tracer: Tracer, step: Watch, *, began: int, request_id: str, headers: Mapping[str, str]
) -> Iterator[Stages]:
    """Follow the answer made in the block; `step` is told of each stage and may raise Stopped.

    The trace goes on that of the caller's `traceparent` header.  It holds no word of the question.
    """
    caller = _PROPAGATOR.extract(dict(headers))
    span = tracer.start_span("answer", caller, SpanKind.SERVER, {"request.id": request_id}, start_time=began)
    stages = Stages(metrics, tracer, span, began)

    def watch(stage: Stage) -> None:
        step(stage)
        stages.enter(stage)

    try:
        with watched(watch):
            yield stages
        span.set_status(StatusCode.OK)
    except Stopped:
        span.set_attribute("stopped", True)
        metrics.stopped.inc()
        raise
    except Exception as error:
        span.set_status(StatusCode.ERROR, type(error).__name__)
        raise
    finally:
        stages.enter(None)
        span.end()
