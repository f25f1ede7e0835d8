"""Who may ask: keys, sessions, widget tokens and an identity provider, each with everything wrong with them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.testclient import TestClient

from api.app import create_app
from api.auth import Gate
from api.commands.opening import answerer
from api.keys import KeyStore
from api.oidc import AGAIN_SECONDS, Provider
from api.parts import Options
from api.tokens import Signer
from ingest.errors import InputError
from ingest.library import Library
from ingest.settings import OidcSettings

HOME = {"Origin": "http://testserver"}
SITE = "https://intranet.example"


def bearer(token: str, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", **more}


@pytest.fixture
def keys(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path)


@pytest.fixture
def key(keys: KeyStore) -> str:
    return keys.create("team", scopes=["ask"], groups=["staff"], days=None)[1]


@pytest.fixture
def keyed(library: Library, keys: KeyStore, tmp_path: Path) -> Iterator[TestClient]:
    gate = Gate("local", keys, Signer.of(tmp_path))
    with TestClient(create_app(library, answerer(), options=Options(origins=(SITE,)), gate=gate)) as client:
        yield client


def ask(client: TestClient, headers: dict[str, str] | None = None) -> int:
    body = {"question": "when must Sefton deliver its plan?"}
    return int(client.post("/api/ask", json=body, headers=headers).status_code)


def test_without_a_key_nothing_is_told(keyed: TestClient) -> None:
    for path in ("/api/documents", "/api/facts", "/api/starters", "/api/documents/x/passage?clause=1"):
        response = keyed.get(path)
        assert response.status_code == 401
        assert response.headers["content-type"] == "application/problem+json"
        assert response.headers["www-authenticate"].startswith("Bearer")
    assert ask(keyed) == 401
    assert [keyed.get(path).status_code for path in ("/healthz", "/readyz", "/widget.js")] == [200] * 3


def test_a_key_may_ask_and_a_wrong_one_may_not(keyed: TestClient, key: str) -> None:
    assert ask(keyed, bearer(key)) == 200
    for wrong in (key[:-1] + ("A" if key[-1] != "A" else "B"), key.upper(), "cw__", "x", key + " "):
        assert ask(keyed, bearer(wrong)) in ((200,) if wrong == key + " " else (401,))


def test_the_local_key_is_its_owners(keyed: TestClient) -> None:
    assert ask(keyed, bearer("local")) == 200


def test_a_revoked_and_an_expired_key_are_refused(keyed: TestClient, keys: KeyStore, key: str) -> None:
    assert ask(keyed, bearer(key)) == 200
    keys.revoke(key.split("_")[1])
    assert ask(keyed, bearer(key)) == 401
    _, expired = keys.create("old", scopes=["ask"], groups=[], days=-1)
    assert ask(keyed, bearer(expired)) == 401


def test_scopes_are_kept(keyed: TestClient, keys: KeyStore, key: str) -> None:
    assert keyed.post("/api/ingest", json={"corpus": "/tmp"}, headers=bearer(key)).status_code == 403


def test_keys_are_kept_as_digests(keys: KeyStore, key: str, tmp_path: Path) -> None:
    kept = (tmp_path / "keys.json").read_text()
    assert key not in kept
    assert key.rsplit("_", 1)[1] not in kept
    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0
    with pytest.raises(InputError):
        keys.create("x", scopes=["everything"], groups=[], days=None)
    with pytest.raises(InputError):
        keys.revoke("nothing")


def test_a_page_sends_to_sign_in_and_back(keyed: TestClient, key: str) -> None:
    page = "/documents/sefton-improvement-notice-2021-06-07?start=1&end=2"
    response = keyed.get(page, follow_redirects=False)
    assert response.status_code == 303
    there = response.headers["location"]
    assert there.startswith("/sign-in?next=/documents/")
    assert "Your key" in keyed.get(there).text
    form = {"key": key, "next": page}
    signed = keyed.post("/sign-in", data=form, headers=HOME, follow_redirects=False)
    assert (signed.status_code, signed.headers["location"]) == (303, page)
    cookie = signed.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert key not in cookie
    assert keyed.get(page).status_code == 200
    assert ask(keyed, HOME) == 200
    keyed.post("/sign-out", headers=HOME)
    assert keyed.get(page, follow_redirects=False).status_code == 303


def test_the_cookie_is_secure_behind_https(library: Library, keys: KeyStore, key: str, tmp_path: Path) -> None:
    app = create_app(library, answerer(), gate=Gate(None, keys, Signer.of(tmp_path)))
    with TestClient(app, base_url="https://testserver") as client:
        response = client.post(
            "/sign-in", data={"key": key}, headers={"Origin": "https://testserver"}, follow_redirects=False
        )
        assert "secure" in response.headers["set-cookie"].lower()


def test_a_request_forged_by_another_site_is_refused(keyed: TestClient, key: str) -> None:
    keyed.post("/sign-in", data={"key": key}, headers=HOME)
    assert ask(keyed, {"Origin": "https://evil.example"}) == 403
    assert ask(keyed, {"Sec-Fetch-Site": "cross-site"}) == 403
    assert ask(keyed) == 403
    assert keyed.post("/sign-in", data={"key": key}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert keyed.post("/sign-out", headers={"Origin": "https://evil.example"}).status_code == 403


@pytest.mark.parametrize(
    "there", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\n/x"]
)
def test_signing_in_leads_nowhere_else(keyed: TestClient, key: str, there: str) -> None:
    response = keyed.post("/sign-in", data={"key": key, "next": there}, headers=HOME, follow_redirects=False)
    assert response.headers["location"] == "/"


def test_a_wrong_key_at_sign_in(keyed: TestClient) -> None:
    response = keyed.post("/sign-in", data={"key": "<script>"}, headers=HOME)
    assert response.status_code == 401
    assert "not valid" in response.text
    assert "<script>" not in response.text


def test_a_session_ends_with_its_key(keyed: TestClient, keys: KeyStore, key: str) -> None:
    keyed.post("/sign-in", data={"key": key}, headers=HOME)
    assert ask(keyed, HOME) == 200
    keys.revoke(key.split("_")[1])
    assert ask(keyed, HOME) == 401


def mint(client: TestClient, key: str, **body: Any) -> Any:
    return client.post("/api/token", json={"origin": SITE, **body}, headers=bearer(key))


def test_a_widget_token_is_for_one_site_and_ends_soon(
    keyed: TestClient, keys: KeyStore, key: str, tmp_path: Path
) -> None:
    minted = mint(keyed, key, asker="alex").json()
    assert minted["expires_in"] == 900
    token = minted["token"]
    assert ask(keyed, bearer(token, Origin=SITE)) == 200
    assert ask(keyed, bearer(token, Origin="https://evil.example")) == 403
    assert ask(keyed, bearer(token)) == 403
    assert keyed.get("/api/documents", headers=bearer(token, Origin=SITE)).status_code == 200
    assert mint(keyed, token).status_code == 403, "a token mints no tokens"
    keyed.cookies.set("clausewise", token)
    assert keyed.get("/", follow_redirects=False).status_code == 303, "a widget's token is no session"
    keyed.cookies.clear()
    signer = Signer.of(tmp_path)
    expired = signer.sign("widget", "x", seconds=-1, scopes=["ask"], origin=SITE, key=key.split("_")[1])
    assert ask(keyed, bearer(expired, Origin=SITE)) == 401
    foreign = Signer("another secret that is long enough for HS256").sign("widget", "x", seconds=60, origin=SITE)
    assert ask(keyed, bearer(foreign, Origin=SITE)) == 401
    unsigned = jwt.encode({"iss": "clausewise", "sub": "x", "use": "widget", "exp": 2**40}, "", algorithm="none")
    assert ask(keyed, bearer(unsigned, Origin=SITE)) == 401
    keys.revoke(key.split("_")[1])
    assert ask(keyed, bearer(token, Origin=SITE)) == 401, "a token ends with its key"


def test_a_token_gives_no_more_than_its_key(keyed: TestClient, key: str) -> None:
    assert mint(keyed, key, groups=["staff"]).status_code == 200
    assert mint(keyed, key, groups=["board"]).status_code == 403
    assert mint(keyed, key, origin="https://evil.example").status_code == 403
    assert mint(keyed, key, seconds=10**6).status_code == 422


def test_other_sites_are_answered_only_when_allowed(keyed: TestClient, key: str) -> None:
    allowed = keyed.get("/api/documents", headers=bearer(key, Origin=SITE))
    assert allowed.headers["access-control-allow-origin"] == SITE
    other = keyed.get("/api/documents", headers=bearer(key, Origin="https://evil.example"))
    assert "access-control-allow-origin" not in other.headers


class Issuer:
    """An identity provider over HTTP: its keys, its description and its token endpoint."""

    def __init__(self) -> None:
        self.keys: dict[str, rsa.RSAPrivateKey] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.asked = 0
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/jwks":
                    issuer.asked += 1
                    public = jwt.algorithms.RSAAlgorithm.to_jwk
                    self.reply(
                        {"keys": [{**json.loads(public(k.public_key())), "kid": n} for n, k in issuer.keys.items()]}
                    )
                else:
                    urls = {name: f"{issuer.url}/{name}" for name in ("authorization_endpoint", "token_endpoint")}
                    self.reply({"issuer": issuer.url, "jwks_uri": f"{issuer.url}/jwks", **urls})

            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
                begun = issuer.codes.pop(form["code"][0], None)
                token = issuer.token(aud="page", nonce=begun["nonce"]) if begun and form.get("code_verifier") else ""
                self.reply({"id_token": token})

            def reply(self, body: object) -> None:
                content = json.dumps(body).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def rotate(self, name: str) -> None:
        self.keys = {name: rsa.generate_private_key(public_exponent=65537, key_size=2048)}

    def token(self, kid: str | None = None, **claims: Any) -> str:
        name = kid or next(iter(self.keys))
        now = int(time.time())
        body = {"iss": self.url, "aud": "clausewise", "sub": "alex", "exp": now + 60, "groups": ["staff"], **claims}
        return jwt.encode(body, self.keys[name], algorithm="RS256", headers={"kid": name})


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    issuer = Issuer()
    yield issuer
    issuer.server.shutdown()


Clock = Callable[[], float]


@pytest.fixture
def oidc(library: Library, issuer: Issuer, tmp_path: Path) -> Iterator[tuple[TestClient, list[float]]]:
    issuer.rotate("one")
    now = [0.0]
    settings = OidcSettings(issuer=issuer.url, audience="clausewise", client_id="page", leeway_seconds=5)
    gate = Gate(None, None, Signer.of(tmp_path), Provider(settings, lambda: now[0]))
    with TestClient(create_app(library, answerer(), gate=gate)) as client:
        yield client, now


def test_a_token_of_the_provider_may_ask(oidc: tuple[TestClient, list[float]], issuer: Issuer) -> None:
    client, _ = oidc
    assert ask(client, bearer(issuer.token())) == 200
    assert ask(client) == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": int(time.time()) - 60},
        {"aud": "another"},
        {"iss": "https://evil.example"},
        {"nbf": int(time.time()) + 10_000},
        {"sub": None},
        {"exp": None},
    ],
)
def test_a_token_with_a_wrong_claim_is_refused(
    oidc: tuple[TestClient, list[float]], issuer: Issuer, claims: dict[str, Any]
) -> None:
    body = {name: value for name, value in claims.items() if value is not None}
    token = issuer.token(**body)
    if len(body) < len(claims):
        decoded = jwt.decode(token, options={"verify_signature": False})
        decoded = {name: value for name, value in decoded.items() if name not in claims}
        token = jwt.encode(decoded, issuer.keys["one"], algorithm="RS256", headers={"kid": "one"})
    assert ask(oidc[0], bearer(token)) == 401


def test_a_small_difference_of_clocks_is_allowed(oidc: tuple[TestClient, list[float]], issuer: Issuer) -> None:
    assert ask(oidc[0], bearer(issuer.token(exp=int(time.time()) - 2))) == 200


def test_a_token_of_another_key_or_algorithm_is_refused(oidc: tuple[TestClient, list[float]], issuer: Issuer) -> None:
    client, _ = oidc
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    claims = jwt.decode(issuer.token(), options={"verify_signature": False})
    forged = jwt.encode(claims, stranger, algorithm="RS256", headers={"kid": "one"})
    assert ask(client, bearer(forged)) == 401
    confused = jwt.encode(claims, "x" * 40, algorithm="HS256", headers={"kid": "one"})
    assert ask(client, bearer(confused)) == 401
    assert ask(client, bearer(jwt.encode(claims, "", algorithm="none", headers={"kid": "one"}))) == 401
    assert ask(client, bearer("not.a.token")) == 401


def test_keys_are_followed_as_they_rotate_but_not_hammered(
    oidc: tuple[TestClient, list[float]], issuer: Issuer
) -> None:
    client, now = oidc
    old = issuer.token()
    assert ask(client, bearer(old)) == 200
    issuer.rotate("two")
    asked = issuer.asked
    new = issuer.token()
    assert ask(client, bearer(new)) == 401, "too soon to ask the provider again"
    now[0] += AGAIN_SECONDS + 1
    assert ask(client, bearer(new)) == 200
    assert ask(client, bearer(old)) == 401, "the key was withdrawn"
    for _ in range(5):
        ask(client, bearer(old))
    assert issuer.asked == asked + 1


def test_signing_in_with_the_provider(oidc: tuple[TestClient, list[float]], issuer: Issuer) -> None:
    client, _ = oidc
    begun = client.get("/sign-in?next=/embed", follow_redirects=False)
    query = {name: values[0] for name, values in parse_qs(urlsplit(begun.headers["location"]).query).items()}
    assert begun.headers["location"].startswith(f"{issuer.url}/authorization_endpoint?")
    assert query["code_challenge_method"] == "S256"
    issuer.codes["secret"] = {"nonce": query["nonce"]}
    back = f"/sign-in/callback?code=secret&state={query['state']}"
    assert client.get(back.replace(query["state"], "other"), follow_redirects=False).status_code == 403
    done = client.get(back, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, "/embed")
    assert ask(client, HOME) == 200
    assert client.get(back, follow_redirects=False).status_code == 403, "a code and a state serve once"


def test_a_provider_that_is_away_is_503(library: Library, tmp_path: Path, issuer: Issuer) -> None:
    issuer.rotate("one")
    settings = OidcSettings(issuer="http://127.0.0.1:9", audience="clausewise")
    gate = Gate(None, None, Signer.of(tmp_path), Provider(settings))
    with TestClient(create_app(library, answerer(), gate=gate)) as client:
        assert ask(client, bearer(issuer.token())) == 503
