"""Signing in with the organisation's identity provider: authorization code, PKCE, state and nonce."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Annotated, Any
from urllib.parse import urlencode

import httpx
from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api.auth import Gate
from api.oidc import Provider
from api.openapi import problems
from api.problems import Problem
from api.sessions import SESSION_SECONDS, local, root_of, set_cookie, signed_in

router = APIRouter(tags=["signing in"])
BEGUN = "clausewise-sign-in"
BEGUN_SECONDS = 600
_AWAY: dict[int | str, dict[str, Any]] = {303: {"description": "Signed in: on to the page."}}


def to_provider(request: Request, gate: Gate, provider: Provider, there: str) -> Response:
    """Off to the provider's own page; what was begun goes along in a cookie that only its callback uses."""
    if gate.signer is None:
        raise Problem(503, "Signing in is not configured.")
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": _client(provider),
        "redirect_uri": _callback(request),
        "scope": provider.settings.scopes,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    endpoint = str(provider.about()["authorization_endpoint"])
    joint = "&" if "?" in endpoint else "?"
    response = RedirectResponse(f"{endpoint}{joint}{urlencode(query)}", status_code=303)
    words = gate.signer.sign(
        "sign-in", "-", seconds=BEGUN_SECONDS, state=state, nonce=nonce, verifier=verifier, next=local(there)
    )
    set_cookie(request, response, BEGUN, words, BEGUN_SECONDS)
    return response


@router.get(
    "/sign-in/callback",
    status_code=303,
    response_class=Response,
    responses=_AWAY | problems(403, 404, 422, 500, 503),
    summary="Where the identity provider sends the browser back to",
)
def callback(
    request: Request,
    state: Annotated[str, Query(max_length=2000)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
    error: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Each sign-in serves once, in the browser that began it."""
    gate: Gate = request.app.state.gate
    provider = gate.provider
    if provider is None or gate.signer is None or not _client(provider):
        raise Problem(404, "There is nothing at this address.")
    words = request.cookies.get(BEGUN, "")
    begun = gate.signer.read(words, "sign-in")
    if begun is None or not secrets.compare_digest(str(begun["state"]).encode(), state.encode()):
        raise Problem(403, "Signing in took too long, or began elsewhere. Start again.")
    if not gate.signer.end(words, "sign-in"):
        raise Problem(403, "This sign-in has been used. Start again.")
    if error or not code:
        raise Problem(403, "The identity provider did not let you in. Start again, or ask your administrator.")
    claims = provider.verify(_id_token(request, provider, code, str(begun["verifier"])), _client(provider))
    if claims is None or claims.get("nonce") != begun["nonce"]:
        raise Problem(403, "The identity provider's answer is not valid. Start again.")
    asker = gate.of_user(str(claims["sub"]), provider.groups(claims))
    session = gate.signer.sign(
        "session",
        asker.name,
        seconds=SESSION_SECONDS,
        groups=sorted(asker.groups or ()),
        scopes=sorted(asker.scopes),
    )
    response = signed_in(request, session, str(begun["next"]))
    response.delete_cookie(BEGUN, path=root_of(request) or "/")
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


def _client(provider: Provider) -> str:
    return provider.settings.client_id or ""


def _callback(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}{root_of(request)}/sign-in/callback"
