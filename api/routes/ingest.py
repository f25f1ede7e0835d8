"""`POST /api/ingest`: the index brought in step, for `clausewise ingest` while a service has the data folder."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from api.auth import OWNER, AdminOf
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
    """Any administrator may have the service's own folder read; commands of its machine may name others."""
    if admin is not OWNER and (body.corpus is not None or body.paths is not None):
        raise Problem(403, "Only commands on the service's own machine may name folders and files.")
    corpus = parts.options.corpus if body.corpus is None else Path(body.corpus)
    if corpus is None:
        raise Problem(422, "This service has no folder of its own.")
    library = parts.service.library
    try:
        if body.rebuild_vectors and not body.dry_run:
            library.rebuild_vectors()
        report = sync(
            corpus,
            library,
            only=None if body.paths is None else [Path(path) for path in body.paths],
            dry_run=body.dry_run,
            limits=parts.options.limits,
        )
    except InputError as error:
        if admin is not OWNER:
            raise
        raise Problem(422, str(error)) from error
    except OSError as error:
        raise Problem(422, f"A path cannot be used: {error.strerror or 'it is no path'}.") from error
    if report.changed and not body.dry_run:
        if parts.service.audit is not None:
            done = SyncOut.of(report)
            parts.service.audit.note(
                admin.name, "ingest", created=done.created, updated=done.updated, deleted=done.deleted
            )
        parts.service.warm(library)
    return SyncOut.of(report)
