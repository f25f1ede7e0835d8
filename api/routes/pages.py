"""The pages for people: the chat at `/` and each document at `/documents/{id}`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from api.access import fetch
from api.auth import AskerOf
from api.document_page import document_page
from api.middleware import page_policy
from api.openapi import problems
from api.parts import PartsOf, ServiceOf
from api.routes.documents import Version, span_within
from api.templates import render

router = APIRouter(tags=["pages"], default_response_class=HTMLResponse)


@router.get("/", responses=problems(401, 403, 429, 500), summary="The chat page")
def home() -> HTMLResponse:
    return page(render("chat.html"))


@router.get(
    "/embed", responses=problems(401, 403, 429, 500), summary="The chat in a frame of a page that is allowed to"
)
def embed(parts: PartsOf) -> HTMLResponse:
    """For hosts that allow no script of another site; the allowed sites are those of the settings."""
    return page(render("chat.html"), " ".join(parts.options.origins) or "'none'")


@router.get(
    "/documents/{document_id}",
    responses=problems(401, 403, 404, 422, 429, 500, 503),
    summary="A document to read, with an anchor for each clause",
)
def read(
    document_id: str,
    service: ServiceOf,
    asker: AskerOf,
    version: Version = None,
    start: Annotated[int, Query(ge=0, le=2**53, description="Mark the words from this code point")] = 0,
    end: Annotated[int, Query(ge=0, le=2**53, description="to this one.")] = 0,
) -> HTMLResponse:
    document = fetch(service, asker.groups, document_id, version)
    current = fetch(service, asker.groups, document_id)
    return page(document_page(document, span_within(document, start, end), current=current.version == document.version))


def page(html: str, ancestors: str = "'none'") -> HTMLResponse:
    return HTMLResponse(html, headers={"Content-Security-Policy": page_policy(ancestors)})
