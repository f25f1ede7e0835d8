"""Who asks: the gate that every request for documents goes through, and the `Asker` it lets in."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from api.keys import Key, KeyStore
from api.oidc import Provider
from api.parts import Parts
from api.problems import Problem
from api.tokens import Claims, Signer

COOKIE = "clausewise"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
READING = 0.05  # of what a question costs
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="clausewise"'}


@dataclass(frozen=True, slots=True)
class Asker:
    """`groups` limits what may be read (None: everything); `scopes` what may be done."""

    name: str
    groups: frozenset[str] | None = frozenset()
    scopes: frozenset[str] = frozenset({"ask"})
    key: str | None = None  # id of the API key that was shown, where it was one
    address: str | None = None  # by which askers are counted who have no name


OWNER = Asker("owner", groups=None, scopes=frozenset({"ask", "admin"}))  # whoever may read the data folder


@dataclass(frozen=True, slots=True)
class Gate:
    """How askers are told apart.  Without `keys`, `signer` and `provider` everyone may ask (`auth = "none"`)."""

    local_key: str | None = None
    keys: KeyStore | None = None
    signer: Signer | None = None
    provider: Provider | None = None

    @property
    def open(self) -> bool:
        return self.keys is None and self.provider is None

    def admit(self, request: Request) -> Asker:
        """Raises the 401 problem for those who show nothing valid, 403 for a request forged by another site."""
        token = bearer(request)
        if token is not None and self.local_key and _same(token, self.local_key):
            return OWNER
        if self.open:
            return Asker("anyone", address=address_of(request))
        asker = self._by_token(request, token) if token is not None else self._by_cookie(request)
        if asker is None:
            raise Problem(401, "Sign in, or send a valid key or token.", headers=_CHALLENGE)
        if "ask" not in asker.scopes and "admin" not in asker.scopes:
            raise Problem(403, "This key or token may not ask.")
        return asker

    def _by_token(self, request: Request, token: str) -> Asker | None:
        if self.keys is not None and (key := self.keys.check(token)) is not None:
            return of_key(key)
        if self.signer is not None and (claims := self.signer.claims(token, "widget")) is not None:
            if request.headers.get("origin") != claims.origin:
                raise Problem(403, "This token is for another site.")
            return self._of_claims(claims)
        if self.provider is not None and (found := self.provider.verify(token)) is not None:
            return self.of_user(str(found["sub"]), self.provider.groups(found))
        return None

    def _by_cookie(self, request: Request) -> Asker | None:
        cookie = request.cookies.get(COOKIE)
        if cookie is None or self.signer is None:
            return None
        claims = self.signer.claims(cookie, "session")
        if claims is None:
            return None
        if request.method not in _SAFE and not from_own_page(request):
            raise Problem(403, "This request comes from another site.")
        return self._of_claims(claims)

    def _of_claims(self, claims: Claims) -> Asker | None:
        """The asker of a token of ours, unless the key behind it is gone."""
        if claims.key is not None and (self.keys is None or self.keys.get(claims.key) is None):
            return None
        return Asker(claims.name, frozenset(claims.groups), frozenset(claims.scopes))

    def of_user(self, name: str, groups: tuple[str, ...]) -> Asker:
        """A user of the identity provider."""
        admin = self.provider.settings.admin_group if self.provider else None
        scopes = {"ask", "admin"} if admin is not None and admin in groups else {"ask"}
        return Asker(name, frozenset(groups), frozenset(scopes))


def of_key(key: Key) -> Asker:
    return Asker(f"key {key.id} ({key.name})", frozenset(key.groups), frozenset(key.scopes), key.id)


def bearer(request: Request) -> str | None:
    """The token of the Authorization header, or None."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def from_own_page(request: Request) -> bool:
    """Does the browser say that a page of this service sent it?"""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("origin") == f"{request.url.scheme}://{request.headers.get('host', '')}"


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode())


def address_of(request: Request) -> str:
    """Whose address it is; of IPv6 the network, since one machine has as many addresses there as it likes."""
    host = request.client.host if request.client else "an unknown address"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host


async def _asker(request: Request) -> Asker:
    parts: Parts = request.app.state.parts
    gate: Gate = request.app.state.gate
    if gate.open:
        asker = gate.admit(request)
    else:
        try:
            asker = await run_in_threadpool(gate.admit, request)
        except Problem as problem:
            if problem.status in {401, 403} and bearer(request) is not None:
                parts.rate.take(f"refused at {address_of(request)}")
            raise
    if asker is not OWNER:
        cost = READING if request.method in _SAFE else 1
        parts.rate.take(asker.address or asker.name, cost)
        if (site := request.headers.get("origin")) is not None:
            parts.site_rate.take(site, cost)
    return asker


async def _reader(request: Request) -> Asker:
    """The same for a page: who is not known is sent to sign in, and comes back."""
    try:
        return await _asker(request)
    except Problem as problem:
        if problem.status != 401 or bearer(request) is not None:
            raise
        root = str(request.scope.get("root_path", ""))
        there = request.url.path.removeprefix(root) + (f"?{request.url.query}" if request.url.query else "")
        raise SignIn(f"{root}/sign-in?next={quote(there, safe='/')}") from None


class SignIn(Exception):  # noqa: N818 - it is no error
    """Send the browser to `location`."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


def _scope(scope: str) -> Callable[..., Asker]:
    def check(asker: Annotated[Asker, Depends(_asker)]) -> Asker:
        if scope not in asker.scopes:
            raise Problem(403, f"This needs a key with the scope {scope}.")
        return asker

    return check


async def _owner(asker: Annotated[Asker, Depends(_asker)]) -> Asker:
    if asker is not OWNER:
        raise Problem(403, "This is for commands on the service's own machine.")
    return asker


AskerOf = Annotated[Asker, Depends(_asker)]
ReaderOf = Annotated[Asker, Depends(_reader)]
AdminOf = Annotated[Asker, Depends(_scope("admin"))]
OwnerOf = Annotated[Asker, Depends(_owner)]
