"""`POST /api/documents` and `DELETE /api/documents/{id}`: for administrators, and kept in the audit."""

from __future__ import annotations

import re
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.types import Message

from api.access import fetch, readable
from api.auth import AdminOf, Asker
from api.openapi import problems
from api.parts import Parts, PartsOf
from api.problems import Problem
from api.schemas import DeletedOut, DocumentOut, UploadOut
from api.uploads import Upload, remove, take

PATH = "/api/documents"
router = APIRouter(tags=["administration"])
_GROUP = re.compile(r"[^\"\\\x00-\x1f\x7f]{1,200}")
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary", "description": "The document."},
                        "folder": {"type": "string", "description": "Where in the corpus, such as hr/letters."},
                        "audience": {
                            "type": "array",
                            "items": {"type": "string"},
                            "description": "Groups that may read it; left out, as the folder's manifest says.",
                        },
                    },
                }
            }
        },
    }
}


@router.post(
    PATH,
    status_code=201,
    responses=problems(400, 401, 403, 408, 413, 422, 429, 500, 503),
    summary="Add a document, or a new version of one",
    openapi_extra=_BODY,
)
async def upload(request: Request, parts: PartsOf, admin: AdminOf) -> UploadOut:
    """The file goes into the service's corpus folder under its own name, and through the checks of every ingest."""
    if parts.options.corpus is None:
        raise Problem(403, "This service takes no uploads.")
    sent = await _sent(request, parts)
    return await run_in_threadpool(_taken, sent, parts, admin)


def _taken(sent: Upload, parts: Parts, admin: Asker) -> UploadOut:
    library, corpus = parts.service.library, parts.options.corpus
    assert corpus is not None  # noqa: S101 - asked by the route
    report = take(sent, corpus, library, parts.options.limits)
    if parts.service.audit is not None:
        facts = {"created": list(report.created), "updated": list(report.updated), "audience": list(sent.audience)}
        parts.service.audit.note(admin.name, "upload", file=sent.name, folder=sent.folder, **facts)
    documents = library.snapshot().documents
    shown = [documents[name] for name in (*report.created, *report.updated, *report.skipped) if name in documents]
    return UploadOut(
        created=list(report.created),
        updated=list(report.updated),
        skipped=list(report.skipped),
        documents=[DocumentOut.of(document) for document in shown if readable(document, admin.groups)],
    )


@router.delete(
    "/api/documents/{document_id}",
    responses=problems(401, 403, 404, 408, 409, 413, 422, 429, 500, 503),
    summary="Take a document out",
)
def delete(
    document_id: str,
    parts: PartsOf,
    admin: AdminOf,
    purge: Annotated[bool, Query(description="Erase every version of it for good.")] = False,
) -> DeletedOut:
    """Its file leaves the corpus folder too.  What is attached to a message goes with the message."""
    if parts.options.corpus is None:
        raise Problem(403, "This service takes no uploads.")
    found = fetch(parts.service, admin.groups, document_id)
    gone = remove(found.id, parts.options.corpus, parts.service.library, purge=purge)
    if parts.service.audit is not None:
        parts.service.audit.note(admin.name, "delete", documents=gone, purge=purge, sha256=found.sha256)
    return DeletedOut(deleted=gone)


async def _sent(request: Request, parts: Parts) -> Upload:
    """The form, read within its limits.  Raises the problems 400, 408, 413 and 422."""
    limited = Request(request.scope, _limited(request, parts.options.upload_bytes))
    try:
        with anyio.fail_after(parts.options.upload_seconds):
            async with limited.form(max_files=1, max_fields=50, max_part_size=10_000) as form:
                return await _upload(form)
    except MultiPartException as error:
        raise Problem(400, "The form cannot be read. Send multipart/form-data with the field file.") from error
    except TimeoutError as error:
        raise Problem(408, "The file came too slowly. Send it again.") from error


async def _upload(form: FormData) -> Upload:
    file, folder = form.get("file"), form.get("folder", "")
    audience = form.getlist("audience")
    if not isinstance(file, UploadFile):
        raise Problem(422, "file is missing; send it as multipart/form-data.")
    if not isinstance(folder, str):
        raise Problem(422, "folder must be text.")
    for group in audience:
        if not isinstance(group, str) or not _GROUP.fullmatch(group):
            raise Problem(422, "audience must name groups.")
    return Upload(file.filename or "", await file.read(), folder, tuple(map(str, audience)))


def _limited(request: Request, most: int) -> Any:
    """The request's body, counted as it comes."""
    read = 0

    async def receive() -> Message:
        nonlocal read
        message = await request.receive()
        read += len(message.get("body", b""))
        if read > most:
            raise Problem(413, f"The request is larger than {most:,} bytes. Send a smaller file.", title="Too large")
        return message

    return receive
