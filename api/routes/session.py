"""Signing in on the service's own pages, and tokens for the widget on pages of other sites."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Annotated
from urllib.parse import urlencode

import httpx
from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.auth import COOKIE, AskerOf, Gate, from_own_page, of_key
from api.oidc import Provider
from api.openapi import problems
from api.parts import PartsOf
from api.problems import Problem
from api.routes.pages import page
from api.schemas import TokenIn, TokenOut
from api.templates import render

router = APIRouter()
SESSION_SECONDS = 8 * 3600
SIGN_IN_SECONDS = 600
STATE = "clausewise-sign-in"
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


@router.get("/sign-in", include_in_schema=False)
def sign_in(request: Request, parts: PartsOf, next: Next = "/") -> Response:  # noqa: A002 - as the address has it
    gate: Gate = request.app.state.gate
    if gate.open:
        return RedirectResponse(_home(request, "/"), status_code=303)
    if gate.provider is not None and gate.provider.settings.client_id is not None:
        return _to_provider(request, gate, gate.provider, next)
    return _form(request, parts, next)


@router.post("/sign-in", include_in_schema=False)
def sign_in_with_key(
    request: Request,
    parts: PartsOf,
    key: Annotated[str, Form(max_length=200)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002
) -> Response:
    gate: Gate = request.app.state.gate
    if not from_own_page(request):
        raise Problem(403, "This request comes from another site.")
    parts.rate.take(f"sign-in at {request.client.host if request.client else ''}")
    found = gate.keys.check(key.strip()) if gate.keys is not None else None
    if found is None or gate.signer is None:
        return _form(
            request, parts, next, wrong="That key is not valid. Check it, or ask your administrator.", status=401
        )
    asker = of_key(found)
    words = gate.signer.sign(
        "session", asker.name, seconds=SESSION_SECONDS, groups=found.groups, scopes=found.scopes, key=found.id
    )
    return _signed_in(request, words, next)


@router.post("/sign-out", include_in_schema=False)
def sign_out(request: Request) -> Response:
    if not from_own_page(request):
        raise Problem(403, "This request comes from another site.")
    response = RedirectResponse(_home(request, "/"), status_code=303)
    response.delete_cookie(COOKIE, path=_root(request))
    return response


@router.get("/sign-in/callback", include_in_schema=False)
def callback(request: Request, state: Next = "", code: Next = "") -> Response:
    """Where the identity provider sends the browser back to."""
    gate: Gate = request.app.state.gate
    if gate.provider is None or gate.signer is None:
        raise Problem(404, "There is nothing at this address.")
    begun = gate.signer.read(request.cookies.get(STATE, ""), "sign-in")
    if begun is None or not state or not secrets.compare_digest(str(begun["state"]).encode(), state.encode()):
        raise Problem(403, "Signing in took too long, or began elsewhere. Start again.")
    claims = gate.provider.verify(
        _id_token(request, gate.provider, code, str(begun["verifier"])), _client(gate.provider)
    )
    if claims is None or claims.get("nonce") != begun["nonce"]:
        raise Problem(403, "The identity provider's answer is not valid. Start again.")
    asker = gate.of_user(str(claims["sub"]), gate.provider.groups(claims))
    words = gate.signer.sign(
        "session",
        asker.name,
        seconds=SESSION_SECONDS,
        groups=sorted(asker.groups or ()),
        scopes=sorted(asker.scopes),
    )
    response = _signed_in(request, words, str(begun["next"]))
    response.delete_cookie(STATE, path=_root(request))
    return response


def _form(request: Request, parts: PartsOf, there: str, *, wrong: str = "", status: int = 200) -> HTMLResponse:
    gate: Gate = request.app.state.gate
    framed = _local(there).startswith("/embed")
    html = render("sign_in.html", next=_local(there), wrong=wrong, with_key=gate.keys is not None)
    return page(html, " ".join(parts.options.origins) or "'none'" if framed else "'none'", status=status)


def _to_provider(request: Request, gate: Gate, provider: Provider, there: str) -> Response:
    if gate.signer is None:
        raise Problem(503, "Signing in is not configured.")
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": _client(provider),
        "redirect_uri": _callback(request),
        "scope": "openid profile",
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    response = RedirectResponse(f"{provider.about()['authorization_endpoint']}?{urlencode(query)}", status_code=303)
    words = gate.signer.sign(
        "sign-in", "-", seconds=SIGN_IN_SECONDS, state=state, nonce=nonce, verifier=verifier, next=_local(there)
    )
    _set(request, response, STATE, words, SIGN_IN_SECONDS)
    return response


def _id_token(request: Request, provider: Provider, code: str, verifier: str) -> str:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _callback(request),
        "client_id": _client(provider),
        "code_verifier": verifier,
    }
    if provider.settings.client_secret:
        form["client_secret"] = provider.settings.client_secret
    try:
        response = httpx.post(str(provider.about()["token_endpoint"]), data=form, timeout=10.0)
        return str(response.json()["id_token"]) if response.is_success else ""
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise Problem(503, "The identity provider cannot be reached. Try again in a moment.") from error


def _signed_in(request: Request, words: str, there: str) -> RedirectResponse:
    response = RedirectResponse(_home(request, _local(there)), status_code=303)
    _set(request, response, COOKIE, words, SESSION_SECONDS)
    return response


def _set(request: Request, response: Response, name: str, words: str, seconds: int) -> None:
    """Lax, so that a document opened from a citation on another site finds its reader signed in."""
    secure = request.url.scheme == "https"
    response.set_cookie(name, words, max_age=seconds, path=_root(request), httponly=True, samesite="lax", secure=secure)


def _client(provider: Provider) -> str:
    return provider.settings.client_id or ""


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", "")) or "/"


def _home(request: Request, there: str) -> str:
    return str(request.scope.get("root_path", "")) + there


def _callback(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}{_home(request, '/sign-in/callback')}"


def _local(there: str) -> str:
    """A path of this service: whatever could lead to another one becomes `/`."""
    plain = there.startswith("/") and not there.startswith("//") and "\\" not in there and there.isprintable()
    return there if plain else "/"
