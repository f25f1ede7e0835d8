"""`/healthz`, `/readyz` and `/metrics`, for whatever keeps the service running."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.openapi import problems
from api.parts import PartsOf, ServiceOf
from api.schemas import StatusOut
from api.service import State

router = APIRouter(tags=["health"])


@router.get("/healthz", responses=problems(500), summary="Is the process alive?")
def healthz() -> StatusOut:
    return StatusOut(status="ok")


@router.get("/readyz", responses=problems(500, 503), summary="Can questions be answered?")
def readyz(service: ServiceOf) -> StatusOut:
    service.snapshot()
    return StatusOut(status="ready")


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **problems(500)},
    summary="Prometheus metrics",
)
def metrics(parts: PartsOf) -> Response:
    ready = parts.service.state is State.READY
    parts.metrics.ready.set(ready)
    if ready:
        snapshot = parts.service.snapshot()
        parts.metrics.documents.set(len(snapshot.documents))
        parts.metrics.clauses.set(sum(len(document.clauses) for document in snapshot.documents.values()))
        parts.metrics.generation.set(snapshot.generation)
        parts.metrics.index_age.set(parts.service.index_age())
    parts.metrics.waiting.set(parts.turnstile.inside)
    return Response(parts.metrics.render(), media_type="text/plain; version=0.0.4; charset=utf-8")
