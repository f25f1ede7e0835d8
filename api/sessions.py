"""Sessions of the service's own pages: a cookie that scripts cannot read and other sites cannot use."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from api.auth import COOKIE

SESSION_SECONDS = 8 * 3600


def signed_in(request: Request, words: str, there: str) -> RedirectResponse:
    """On to a page of ours, with the session."""
    response = RedirectResponse(root_of(request) + local(there), status_code=303)
    set_cookie(request, response, COOKIE, words, SESSION_SECONDS)
    return response


def set_cookie(request: Request, response: Response, name: str, words: str, seconds: int) -> None:
    """Lax, so that a document opened from a citation on another site finds its reader signed in."""
    secure = request.url.scheme == "https"
    path = root_of(request) or "/"
    response.set_cookie(name, words, max_age=seconds, path=path, httponly=True, samesite="lax", secure=secure)


def root_of(request: Request) -> str:
    """The path under which we are served; empty at the root."""
    return str(request.scope.get("root_path", ""))


def local(there: str) -> str:
    """A path of this service: whatever could lead to another one becomes `/`."""
    plain = there.startswith("/") and not there.startswith("//") and "\\" not in there and there.isprintable()
    return there if plain else "/"
