"""Tokens that the service signs itself: short-lived ones for a widget, and the sessions of its own pages."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import jwt

from api.keys import write_secret
from ingest.errors import ReadOnlyError

ISSUER = "clausewise"
ALGORITHM = "HS256"
SECRET = "signing.key"  # noqa: S105 - the name of a file
Use = Literal["widget", "session", "sign-in"]


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token of ours says.  `key` is the id of the API key behind it: it ends when that key does."""

    use: str
    name: str
    groups: tuple[str, ...]
    scopes: tuple[str, ...]
    expires: int  # seconds since 1970
    origin: str | None = None
    key: str | None = None


class Signer:
    """Signs and reads tokens with one secret; a token that was ended is remembered until it would expire."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._ended: dict[str, int] = {}
        self._lock = Lock()

    def end(self, token: str, use: Use) -> bool:
        """Have a token serve no more; whether it still did."""
        with self._lock:
            claims = self.read(token, use)
            if claims is None:
                return False
            now = int(time.time())
            self._ended = {jti: expires for jti, expires in self._ended.items() if expires > now}
            self._ended[str(claims["jti"])] = int(claims["exp"])
            return True

    @classmethod
    def of(cls, data: Path) -> Signer:
        """The signer of a data folder; its secret is made at the first use.  Raises ReadOnlyError."""
        path = data / SECRET
        try:
            if not path.is_file():
                write_secret(path, secrets.token_urlsafe(48))
            return cls(path.read_text("ascii").strip())
        except OSError as error:
            raise ReadOnlyError(data) from error

    def sign(
        self,
        use: Use,
        name: str,
        *,
        seconds: int,
        groups: Sequence[str] = (),
        scopes: Sequence[str] = (),
        origin: str | None = None,
        key: str | None = None,
        **more: Any,
    ) -> str:
        now = int(time.time())
        claims = {"iss": ISSUER, "use": use, "sub": name, "iat": now, "exp": now + seconds, "jti": secrets.token_hex(8)}
        claims |= {"groups": list(groups), "scopes": list(scopes), "origin": origin, "key": key, **more}
        return jwt.encode(claims, self._secret, algorithm=ALGORITHM)

    def read(self, token: str, use: Use) -> dict[str, Any] | None:
        """The claims of a token of ours for that use; None when it is no such token, or has expired."""
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._secret,
                algorithms=[ALGORITHM],
                issuer=ISSUER,
                options={"require": ["exp", "sub", "iss", "jti"]},
            )
        except jwt.InvalidTokenError:
            return None
        return claims if claims.get("use") == use and claims.get("jti") not in self._ended else None

    def claims(self, token: str, use: Use) -> Claims | None:
        read = self.read(token, use)
        if read is None:
            return None
        return Claims(
            use,
            str(read["sub"]),
            tuple(map(str, read.get("groups") or ())),
            tuple(map(str, read.get("scopes") or ())),
            int(read["exp"]),
            read.get("origin"),
            read.get("key"),
        )
