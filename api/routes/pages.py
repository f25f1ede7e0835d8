"""The pages for people: the chat at `/` and each document at `/documents/{id}`."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from api.access import fetch
from api.auth import ReaderOf
from api.document_page import document_page
from api.openapi import problems
from api.parts import PartsOf, ServiceOf
from api.policy import page_policy
from api.routes.documents import Version, span_within
from api.templates import render

_SIGN_IN: dict[int | str, dict[str, Any]] = {303: {"description": "Sign in first."}}
router = APIRouter(tags=["pages"], default_response_class=HTMLResponse)


@router.get("/", responses=_SIGN_IN | problems(401, 403, 429, 500), summary="The chat page")
def home(asker: ReaderOf) -> HTMLResponse:
    return page(render("chat.html", signed_in=asker.address is None))


@router.get(
    "/embed",
    responses=_SIGN_IN | problems(401, 403, 429, 500),
    summary="The chat in a frame of a page that is allowed to",
)
def embed(parts: PartsOf, asker: ReaderOf) -> HTMLResponse:
    """For hosts that allow no script of another site; the allowed sites are those of the settings."""
    return page(render("chat.html", signed_in=False), " ".join(parts.options.origins) or "'none'")


@router.get(
    "/documents/{document_id}",
    responses=_SIGN_IN | problems(401, 403, 404, 422, 429, 500, 503),
    summary="A document to read, with an anchor for each clause",
)
def read(
    document_id: str,
    service: ServiceOf,
    asker: ReaderOf,
    version: Version = None,
    start: Annotated[int, Query(ge=0, le=2**53, description="Mark the words from this code point")] = 0,
    end: Annotated[int, Query(ge=0, le=2**53, description="to this one.")] = 0,
) -> HTMLResponse:
    document = fetch(service, asker.groups, document_id, version)
    current = fetch(service, asker.groups, document_id)
    return page(document_page(document, span_within(document, start, end), current=current.version == document.version))


def page(html: str, ancestors: str = "'none'", status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status_code=status, headers={"Content-Security-Policy": page_policy(ancestors)})
