"""`/widget.js` and `/static/...`: public code, so any origin may load it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.openapi import problems
from api.problems import Problem
from api.static_files import KINDS, static_files

router = APIRouter(tags=["pages"])
_PUBLIC = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "public, max-age=300",
    "Vary": "Accept-Encoding",
}


@router.get(
    "/widget.js",
    response_class=Response,
    responses={
        200: {"content": {"text/javascript": {"schema": {"type": "string"}}}},
        304: {"description": "Not changed."},
        **problems(500),
    },
    summary="The embeddable widget, an ES module",
)
def widget(request: Request) -> Response:
    return serve("widget.js", request)


@router.get(
    "/static/{name}",
    response_class=Response,
    responses={
        200: {"content": {kind: {"schema": {"type": "string"}} for kind in KINDS}},
        304: {"description": "Not changed."},
        **problems(404, 422, 500),
    },
    summary="A file of the pages and the widget",
)
def static(name: str, request: Request) -> Response:
    return serve(name, request)


def serve(name: str, request: Request) -> Response:
    """The file `name`, as gzip where the client takes it, or 304 when the client has it already."""
    file = static_files().get(name)
    if file is None:
        raise Problem(404, "There is nothing at this address.")
    headers = {**_PUBLIC, "ETag": file.etag}
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if file.etag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.gzipped, media_type=file.media_type, headers={**headers, "Content-Encoding": "gzip"})
    return Response(file.body, media_type=file.media_type, headers=headers)
