"""Signing in on the service's own pages, and tokens for the widget on pages of other sites."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.auth import COOKIE, AskerOf, Gate, address_of, from_own_page, of_key
from api.openapi import problems
from api.parts import PartsOf
from api.problems import Problem
from api.routes.pages import page
from api.routes.provider import to_provider
from api.schemas import TokenIn, TokenOut
from api.sessions import SESSION_SECONDS, local, root_of, signed_in
from api.templates import render

router = APIRouter()
Next = Annotated[str, Query(max_length=2000)]


@router.post(
    "/api/token",
    tags=["signing in"],
    responses=problems(400, 401, 403, 404, 408, 413, 422, 429, 500, 503),
    summary="A short-lived token for the widget on a page of one site",
)
def token(body: TokenIn, request: Request, parts: PartsOf, asker: AskerOf) -> TokenOut:
    """For the host's server, with its API key: the key stays there, and the page gets the token."""
    gate: Gate = request.app.state.gate
    if gate.signer is None or asker.key is None:
        raise Problem(403, "A token is made with an API key.")
    if body.origin not in parts.options.origins:
        raise Problem(403, f"{body.origin} is not among the sites of the setting origins.")
    groups = tuple(asker.groups or ()) if body.groups is None else tuple(body.groups)
    if not frozenset(groups) <= (asker.groups or frozenset()):
        raise Problem(403, "The key is not for all of these groups.")
    name = f"{body.asker} by {asker.name}" if body.asker else asker.name
    words = gate.signer.sign(
        "widget", name, seconds=body.seconds, groups=groups, scopes=["ask"], origin=body.origin, key=asker.key
    )
    return TokenOut(token=words, expires_in=body.seconds)


_AWAY: dict[int | str, dict[str, Any]] = {303: {"description": "Signed in or out: on to the page."}}


@router.get(
    "/sign-in",
    tags=["signing in"],
    response_class=HTMLResponse,
    responses=_AWAY | problems(422, 500, 503),
    summary="Sign in to the pages",
)
def sign_in(request: Request, parts: PartsOf, next: Next = "/", out: bool = False) -> Response:  # noqa: A002
    """With an identity provider the way leads there, unless one has just signed out."""
    gate: Gate = request.app.state.gate
    if gate.open:
        return RedirectResponse(root_of(request) + "/", status_code=303)
    if gate.provider is not None and gate.provider.settings.client_id is not None and not out:
        return to_provider(request, gate, gate.provider, next)
    return _form(request, parts, next, out=out)


@router.post(
    "/sign-in",
    tags=["signing in"],
    response_class=HTMLResponse,
    responses=_AWAY
    | {401: {"description": "The key is not valid: the form again.", "content": {"text/html": {}}}}
    | problems(400, 403, 408, 413, 422, 429, 500, 503),
    summary="Sign in with a key",
)
def sign_in_with_key(
    request: Request,
    parts: PartsOf,
    key: Annotated[str, Form(max_length=200)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002
) -> Response:
    gate: Gate = request.app.state.gate
    if not from_own_page(request):
        raise Problem(403, "This request comes from another site.")
    parts.rate.take(f"sign-in at {address_of(request)}")
    found = gate.keys.check(key.strip()) if gate.keys is not None else None
    if found is None or gate.signer is None:
        return _form(
            request, parts, next, wrong="That key is not valid. Check it, or ask your administrator.", status=401
        )
    asker = of_key(found)
    words = gate.signer.sign(
        "session", asker.name, seconds=SESSION_SECONDS, groups=found.groups, scopes=found.scopes, key=found.id
    )
    return signed_in(request, words, next)


@router.post(
    "/sign-out",
    tags=["signing in"],
    status_code=303,
    response_class=Response,
    responses=_AWAY | problems(403, 408, 413, 500),
    summary="End the session",
)
def sign_out(request: Request) -> Response:
    if not from_own_page(request):
        raise Problem(403, "This request comes from another site.")
    gate: Gate = request.app.state.gate
    if gate.signer is not None:
        gate.signer.end(request.cookies.get(COOKIE, ""), "session")
    response = RedirectResponse(f"{root_of(request)}/sign-in?out=true", status_code=303)
    response.delete_cookie(COOKIE, path=root_of(request) or "/")
    return response


def _form(
    request: Request, parts: PartsOf, there: str, *, wrong: str = "", out: bool = False, status: int = 200
) -> HTMLResponse:
    gate: Gate = request.app.state.gate
    there = local(there)
    with_provider = gate.provider is not None and gate.provider.settings.client_id is not None
    html = render(
        "sign_in.html", next=there, wrong=wrong, out=out, with_key=gate.keys is not None, with_provider=with_provider
    )
    framed = " ".join(parts.options.origins) if there.startswith("/embed") else ""
    return page(html, framed or "'none'", status=status)
