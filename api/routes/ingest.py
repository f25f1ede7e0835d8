"""`POST /api/ingest`: the index brought in step, for `clausewise ingest` while a service has the data folder."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from api.auth import AdminOf
from api.openapi import problems
from api.parts import PartsOf
from api.problems import Problem
from api.schemas import IngestIn, SyncOut
from ingest.errors import InputError
from ingest.sync import sync

router = APIRouter(tags=["administration"])


@router.post(
    "/api/ingest",
    responses=problems(400, 401, 403, 408, 413, 422, 429, 500, 503),
    summary="Bring the index in step with the documents",
)
def ingest(body: IngestIn, parts: PartsOf, admin: AdminOf) -> SyncOut:
    """For whoever holds the key in the data folder: paths are those of the service's machine."""
    library = parts.service.library
    try:
        if body.rebuild_vectors and not body.dry_run:
            library.rebuild_vectors()
        report = sync(
            Path(body.corpus),
            library,
            only=None if body.paths is None else [Path(path) for path in body.paths],
            dry_run=body.dry_run,
            limits=parts.options.limits,
        )
    except InputError as error:
        raise Problem(422, str(error)) from error
    if report.changed:
        parts.service.warm(library)
    return SyncOut.of(report)
