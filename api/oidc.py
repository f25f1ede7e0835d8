"""An organisation's identity provider: its keys, followed as they rotate, and the tokens that they sign."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import jwt

from api.problems import Problem
from ingest.settings import OidcSettings

log = logging.getLogger("clausewise.auth")
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
KEPT_SECONDS = 3600.0  # how long the provider's keys are believed without asking again
AGAIN_SECONDS = 10.0  # how soon an unknown key is asked for again, so that nobody makes us hammer the provider


class Provider:
    """Verifies tokens of one issuer.  Thread-safe."""

    def __init__(self, settings: OidcSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: dict[str, jwt.PyJWK] = {}
        self._about: dict[str, Any] = {}
        self._fetched = float("-inf")

    def verify(self, token: str, audience: str | None = None) -> Mapping[str, Any] | None:
        """The claims of a token of the issuer; None when it is not valid for us now.

        Raises the 503 problem when the provider's keys are needed and cannot be had.
        """
        try:
            header = jwt.get_unverified_header(token)
        except jwt.InvalidTokenError:
            return None
        if header.get("alg") not in ALGORITHMS:
            return None
        key = self._key(str(header.get("kid", "")))
        if key is None:
            return None
        try:
            claims: Mapping[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[header["alg"]],
                audience=audience or self.settings.audience,
                issuer=self.settings.issuer,
                leeway=self.settings.leeway_seconds,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except (jwt.InvalidTokenError, TypeError, ValueError) as error:
            log.info("a token was refused: %s", type(error).__name__)
            return None
        return claims

    def groups(self, claims: Mapping[str, Any]) -> tuple[str, ...]:
        """The groups that a token lists."""
        listed = claims.get(self.settings.groups_claim) or ()
        return tuple(map(str, listed)) if isinstance(listed, list | tuple) else (str(listed),)

    def about(self) -> Mapping[str, Any]:
        """The provider's own description of itself.  Raises the 503 problem."""
        with self._lock:
            if not self._about:
                self._fetch()
            return self._about

    def _key(self, kid: str) -> jwt.PyJWK | None:
        with self._lock:
            age = self._clock() - self._fetched
            if age > KEPT_SECONDS or (kid not in self._keys and age > AGAIN_SECONDS):
                try:
                    self._fetch()
                except Problem:
                    if kid not in self._keys:
                        raise
            return self._keys.get(kid)

    def _fetch(self) -> None:
        issuer = str(self.settings.issuer).rstrip("/")
        try:
            about = _get(f"{issuer}/.well-known/openid-configuration")
            if str(about.get("issuer", "")).rstrip("/") != issuer:
                raise ValueError("it names another issuer than the one configured")
            listed = _get(str(about["jwks_uri"]))["keys"]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            self._fetched = self._clock()
            log.error("the identity provider cannot be asked: %s", error)
            raise Problem(503, "The identity provider cannot be reached. Try again in a moment.") from error
        keys = {}
        for item in listed:
            try:
                keys[str(item.get("kid", ""))] = jwt.PyJWK(item)
            except (jwt.InvalidTokenError, jwt.PyJWKError, KeyError):
                continue  # a kind of key that we cannot use
        self._about, self._keys, self._fetched = about, keys, self._clock()


def _get(url: str) -> dict[str, Any]:
    response = httpx.get(url, timeout=10.0, follow_redirects=False)
    response.raise_for_status()
    found = json.loads(response.content)
    if not isinstance(found, dict):
        raise ValueError(f"{url} does not hold a JSON object")
    return found
