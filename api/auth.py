"""Who asks: an `Asker` for each request."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.parts import Parts
from api.problems import Problem

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="clausewise"'}


@dataclass(frozen=True, slots=True)
class Asker:
    """`groups` limits what may be read (None: everything); `scopes` what may be done."""

    name: str
    groups: frozenset[str] | None = frozenset()
    scopes: frozenset[str] = frozenset({"ask"})


ANYONE = Asker("anyone")
OWNER = Asker("owner", groups=None, scopes=frozenset({"ask", "admin"}))  # whoever may read the data folder


def _asker(request: Request) -> Asker:
    parts: Parts = request.app.state.parts
    token = bearer(request)
    if (
        token is not None
        and parts.options.local_key
        and secrets.compare_digest(token.encode(), parts.options.local_key.encode())
    ):
        return OWNER
    return ANYONE


def bearer(request: Request) -> str | None:
    """The token of the Authorization header, or None."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def _admin(asker: Annotated[Asker, Depends(_asker)]) -> Asker:
    if "admin" not in asker.scopes:
        raise Problem(401, "This needs the administrator's key.", headers=_CHALLENGE)
    return asker


AskerOf = Annotated[Asker, Depends(_asker)]
AdminOf = Annotated[Asker, Depends(_admin)]
