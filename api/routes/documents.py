"""`/api/documents` and `/api/facts`: the documents and the register."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.access import facts_of, fetch, listed
from api.auth import AskerOf
from api.openapi import problems
from api.parts import PartsOf, ServiceOf
from api.passage import passage
from api.problems import Problem, not_found
from api.schemas import DocumentsOut, DocumentTextOut, FactsOut, PassageOut, StartersOut
from ingest.notice import Document, Span

router = APIRouter()
Version = Annotated[str | None, Query(max_length=200, description="An earlier version; left out, the current one.")]
Filter = Annotated[str | None, Query(max_length=300)]


@router.get(
    "/api/documents",
    tags=["documents"],
    responses=problems(401, 403, 422, 429, 500, 503),
    summary="List the documents",
)
def documents(service: ServiceOf, asker: AskerOf) -> DocumentsOut:
    return DocumentsOut(documents=listed(service.snapshot().documents, asker.groups))


@router.get(
    "/api/documents/{document_id}",
    tags=["documents"],
    responses=problems(401, 403, 404, 422, 429, 500, 503),
    summary="One document with its text and clauses",
)
def document(document_id: str, service: ServiceOf, asker: AskerOf, version: Version = None) -> DocumentTextOut:
    return DocumentTextOut.of(fetch(service, asker.groups, document_id, version))


@router.get(
    "/api/documents/{document_id}/passage",
    tags=["documents"],
    responses=problems(401, 403, 404, 422, 429, 500, 503),
    summary="The clauses around a citation, with the cited words marked",
)
def read_passage(
    document_id: str,
    service: ServiceOf,
    asker: AskerOf,
    clause: Annotated[str, Query(min_length=1, max_length=200, description="Label of the clause.")],
    start: Annotated[int, Query(ge=0, le=2**53)] = 0,
    end: Annotated[int, Query(ge=0, le=2**53)] = 0,
    version: Version = None,
) -> PassageOut:
    found = fetch(service, asker.groups, document_id, version)
    if found.clause(clause) is None:
        raise not_found(f"clause {clause} in this document")
    return passage(found, clause, span_within(found, start, end))


def span_within(document: Document, start: int, end: int) -> Span:
    """The span asked for, or the 422 problem when it is none of this document's."""
    if not 0 <= start <= end <= len(document.text):
        raise Problem(422, f"start and end must lie in order between 0 and {len(document.text)}.")
    return Span(start, end)


@router.get(
    "/api/starters",
    tags=["questions"],
    responses=problems(401, 403, 429, 500, 503),
    summary="Questions to start with",
)
def starters(parts: PartsOf, asker: AskerOf) -> StartersOut:
    """Those of the settings, else some that the documents answer."""
    found = list(parts.options.starters) or parts.service.starters(asker.groups)
    return StartersOut(starters=found)


@router.get(
    "/api/facts",
    tags=["facts"],
    responses=problems(401, 403, 404, 422, 429, 500, 503),
    summary="Query the register of facts",
)
def facts(
    service: ServiceOf, asker: AskerOf, kind: Filter = None, subject: Filter = None, document: Filter = None
) -> FactsOut:
    """Each filter left out takes all; an unknown document is 404."""
    documents = service.snapshot().documents
    return FactsOut(facts=facts_of(documents, asker.groups, kind=kind, subject=subject, document=document))
