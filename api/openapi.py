"""The OpenAPI document: complete, with the problem body of every error status a route can give."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.problems import MEDIA_TYPE
from api.schemas import ProblemOut

_MEANING = {
    400: "The request cannot be read.",
    401: "Sign in, or send a key or a token.",
    403: "Not allowed to do this.",
    404: "There is no such thing.",
    405: "The address does not take this method.",
    408: "The request came too slowly.",
    409: "It cannot be done to this one alone.",
    413: "The request is too large.",
    422: "A field is missing or wrong; `errors` names it.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
    500: "An error of ours; it has been logged.",
    503: "Not ready: the documents are still being read, or the service is busy.",
}
_REF = {"$ref": "#/components/schemas/ProblemOut"}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """`responses=` of a route: these statuses, each with a problem body."""
    return {status: {"description": _MEANING[status], "content": {MEDIA_TYPE: {"schema": _REF}}} for status in statuses}


def install(app: FastAPI) -> None:
    """Give `app` its `/openapi.json`."""

    def build() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes, tags=None
            )
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            own = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(own.pop("$defs", {}))
            schemas["ProblemOut"] = own
            for name in ("HTTPValidationError", "ValidationError"):
                schemas.pop(name, None)
            document["components"]["securitySchemes"] = {
                "bearer": {"type": "http", "scheme": "bearer", "description": "A key, or a token."},
                "session": {"type": "apiKey", "in": "cookie", "name": "clausewise", "description": "Of the pages."},
            }
            document["security"] = [{}, {"bearer": []}, {"session": []}]
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = build  # type: ignore[method-assign]
