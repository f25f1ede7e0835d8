"""An identity provider over HTTP that the tests start: description, keys, a sign-in page and a token endpoint."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "page"
_FORM = """<!doctype html><html lang="en"><title>Example ID</title><h1>Example ID</h1>
<form method="post" action="{action}"><label>Name <input name="user"></label><button>Continue</button></form></html>"""


@dataclass
class Issuer:
    """`users` have the groups that their tokens list; `claims` are put over those of the next identity tokens."""

    url: str = ""
    users: dict[str, list[str]] = field(default_factory=lambda: {"alex": ["staff"]})
    claims: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, rsa.RSAPrivateKey] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: int = 0  # how often the keys were fetched
    refused: list[str] = field(default_factory=list)  # why codes were not changed into tokens

    def rotate(self, name: str) -> None:
        self.keys = {name: rsa.generate_private_key(public_exponent=65537, key_size=2048)}

    def token(self, kid: str | None = None, **claims: Any) -> str:
        """An access token for the service; a claim given as None is left out."""
        name = kid or next(iter(self.keys))
        now = int(time.time())
        body = {"iss": self.url, "aud": "clausewise", "sub": "alex", "iat": now, "exp": now + 60, "groups": ["staff"]}
        body = {key: value for key, value in {**body, **claims}.items() if value is not None}
        return jwt.encode(body, self.keys[name], algorithm="RS256", headers={"kid": name})

    def signed_in(self, query: dict[str, str], user: str = "alex") -> str:
        """Where the browser is sent once `user` has signed in to a request of these parameters."""
        code = secrets.token_urlsafe(8)
        self.codes[code] = {**query, "user": user}
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def exchanged(self, form: dict[str, str]) -> str | None:
        """The identity token for a code, which serves once and only whoever began."""
        begun = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        wrong = (
            "code"
            if begun is None
            else "verifier"
            if begun["code_challenge"] != challenge or begun["code_challenge_method"] != "S256"
            else "client"
            if form.get("client_id") != CLIENT
            else "address"
            if form.get("redirect_uri") != begun["redirect_uri"]
            else None
        )
        if begun is None or wrong is not None:
            self.refused.append(wrong or "code")
            return None
        user = begun["user"]
        claims = {"aud": CLIENT, "nonce": begun["nonce"], "sub": user, "groups": self.users[user], **self.claims}
        return self.token(**claims)


@contextmanager
def issuing() -> Iterator[Issuer]:
    """An issuer that runs while the block does."""
    issuer = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path == "/jwks":
                issuer.asked += 1
                public = jwt.algorithms.RSAAlgorithm.to_jwk
                keys = [{**json.loads(public(key.public_key())), "kid": kid} for kid, key in issuer.keys.items()]
                self.reply(json.dumps({"keys": keys}))
            elif path == "/authorize":
                self.reply(_FORM.format(action=escape(self.path)), "text/html")
            else:
                urls = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
                self.reply(json.dumps({"issuer": issuer.url, **{k: f"{issuer.url}/{v}" for k, v in urls.items()}}))

        def do_POST(self) -> None:
            form = dict(parse_qsl(self.rfile.read(int(self.headers["content-length"])).decode()))
            if urlsplit(self.path).path == "/authorize":
                self.send_response(303)
                self.send_header("Location", issuer.signed_in(dict(parse_qsl(urlsplit(self.path).query)), form["user"]))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            token = issuer.exchanged(form)
            self.reply(
                json.dumps({"id_token": token} if token else {"error": "invalid_grant"}), status=200 if token else 400
            )

        def reply(self, body: str, kind: str = "application/json", status: int = 200) -> None:
            content = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer.url = f"http://127.0.0.1:{server.server_port}"
    issuer.rotate("one")
    Thread(target=server.serve_forever, daemon=True).start()
    yield issuer
    server.shutdown()
    server.server_close()
