"""Errors on the wire: `application/problem+json` (RFC 9457) for every failure, whatever raised it.

A `Problem` raised anywhere in a request becomes its response.  Framework errors (404, 405, validation) and
errors of the inner layers are translated here and nowhere else, so no server path and no traceback leaves.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from api.policy import page_policy
from api.templates import render
from ingest.errors import BusyError, ClausewiseError, InputError, NotReadyError

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger("clausewise.api")

_SENTENCES = {
    "missing": "is missing; send it",
    "extra_forbidden": "is not a field of this request; check its spelling",
    "json_invalid": "is not valid JSON",
    "model_attributes_type": "must be a JSON object, sent with Content-Type: application/json",
    "dict_type": "must be a JSON object, sent with Content-Type: application/json",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
}


class Problem(Exception):  # noqa: N818 - the standard's own word
    """A failure to tell the client about.

    `status` is the HTTP status, `detail` one plain sentence that says what to do, `errors` one
    `{"pointer", "detail"}` for each field at fault, `headers` extra response headers such as Retry-After.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        title: str | None = None,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.title = title or HTTPStatus(status).phrase
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def body(self) -> dict[str, Any]:
        """The problem object; `type` is about:blank, since the status says it all."""
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = [dict(error) for error in self.errors]
        return body

    def response(self) -> Response:
        return Response(
            json.dumps(self.body(), ensure_ascii=True),
            status_code=self.status,
            headers=self.headers,
            media_type=MEDIA_TYPE,
        )


def not_found(what: str) -> Problem:
    """404 that names what was asked for."""
    return Problem(404, f"There is no {what}.")


def not_ready(detail: str = "The documents are still being read. Try again in a moment.") -> Problem:
    """503 while no question can be answered yet."""
    return Problem(503, detail, title="Not ready", headers={"Retry-After": "5"})


def of_validation(error: RequestValidationError) -> Problem:
    """422 (400 when the body is no JSON at all), one sentence for each field at fault."""
    entries = error.errors()
    if any(entry["type"] == "json_invalid" for entry in entries):
        return Problem(400, "The body is not valid JSON. Send a JSON object.", title="Not JSON")
    errors = [{"pointer": _pointer(entry["loc"]), "detail": field_error(entry)} for entry in entries]
    return Problem(422, " ".join(item["detail"] for item in errors[:5]), title="Check what you sent", errors=errors)


def of_domain(error: ClausewiseError) -> Problem:
    """The inner layers' errors; anything that is the server's own affair keeps its words to the log."""
    if isinstance(error, NotReadyError):
        return not_ready()
    if isinstance(error, InputError):
        log.warning("input error in a request: %s", error)
        return Problem(422, "The request cannot be carried out as it was sent.")
    if isinstance(error, BusyError):
        return not_ready("The index is busy. Try again in a moment.")
    log.error("service error in a request: %s", error)
    return not_ready("The service cannot answer just now. Its administrator can see why in the log.")


def install(app: FastAPI) -> None:
    """Route every failure of `app` through this module."""

    async def on_problem(request: Request, error: Exception) -> Response:
        problem = of(error, request)
        return as_page(problem, request) if for_people(request) else problem.response()

    for kind in (Problem, ClausewiseError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, on_problem)


def for_people(request: Request) -> bool:
    """Does a browser ask for a page?"""
    path = request.url.path.removeprefix(str(request.scope.get("root_path", "")))
    return "text/html" in request.headers.get("accept", "") and not path.startswith(("/api/", "/static/"))


def as_page(problem: Problem, request: Request) -> Response:
    """The same for people to read."""
    titles = {403: "You cannot open this page", 404: "Page not found", 429: "Too many requests", 503: "Not ready yet"}
    html = render(
        "problem.html",
        title=titles.get(problem.status, problem.title),
        detail=problem.detail,
        root=str(request.scope.get("root_path", "")),
    )
    headers = {**problem.headers, "Content-Security-Policy": page_policy()}
    return HTMLResponse(html, status_code=problem.status, headers=headers)


def of(error: Exception, request: Request | None = None) -> Problem:
    """The problem that tells of `error`."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, ClausewiseError):
        return of_domain(error)
    if isinstance(error, RequestValidationError):
        return of_validation(error)
    if isinstance(error, HTTPException):
        return _of_framework(error, request)
    return Problem(500, "Something went wrong on our side. It has been logged.")


def _of_framework(error: HTTPException, request: Request | None) -> Problem:
    path = request.url.path if request else ""
    sentence = {
        400: "The request cannot be read. Send a JSON object in UTF-8.",
        404: "There is nothing at this address.",
        405: f"This address does not take {request.method if request else 'that method'}.",
    }.get(error.status_code, HTTPStatus(error.status_code).description or HTTPStatus(error.status_code).phrase)
    log.debug("%s at %s", error.status_code, path)
    return Problem(error.status_code, sentence, headers=error.headers or {})


def _pointer(location: Sequence[str | int]) -> str:
    where, *rest = location or ("body",)
    prefix = "#" if where == "body" else f"#{where}"
    return prefix + "".join(f"/{part}" for part in rest)


def field_error(entry: Mapping[str, Any], skip: int = 1) -> str:
    """One pydantic error as a sentence that names the field; `skip` leading parts of its place are not the field's."""
    path = [str(part) for part in entry["loc"][skip:]]
    name = ".".join(path) if path else "the body"
    kind = str(entry["type"])
    if kind == "value_error":
        return f"{name}: {entry['ctx']['error']}."
    if kind in _SENTENCES:
        return f"{name} {_SENTENCES[kind]}."
    message = str(entry["msg"])
    return f"{name}: {message[:1].lower()}{message[1:]}."
