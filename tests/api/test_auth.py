"""Who may ask: keys, sessions, widget tokens and an identity provider, each with everything wrong with them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

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
from tests.issuer import CLIENT, Issuer, issuing

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


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with issuing() as issuer:
        yield issuer


@pytest.fixture
def oidc(library: Library, issuer: Issuer, tmp_path: Path) -> Iterator[tuple[TestClient, list[float]]]:
    issuer.rotate("one")
    issuer.claims.clear()
    now = [0.0]
    settings = OidcSettings(issuer=issuer.url, audience="clausewise", client_id=CLIENT, leeway_seconds=5)
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
    assert ask(oidc[0], bearer(issuer.token(**claims))) == 401


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


def begin(client: TestClient, there: str = "/embed") -> dict[str, str]:
    """Start signing in; the parameters that the provider is sent."""
    begun = client.get("/sign-in", params={"next": there}, follow_redirects=False)
    assert begun.status_code == 303
    return dict(parse_qsl(urlsplit(begun.headers["location"]).query))


def come_back(client: TestClient, back: str) -> Any:
    return client.get(back.replace("http://testserver", ""), follow_redirects=False)


def test_signing_in_with_the_provider(oidc: tuple[TestClient, list[float]], issuer: Issuer) -> None:
    client, _ = oidc
    query = begin(client)
    assert (query["code_challenge_method"], query["response_type"], query["client_id"]) == ("S256", "code", CLIENT)
    assert query["redirect_uri"] == "http://testserver/sign-in/callback"
    done = come_back(client, issuer.signed_in(query))
    assert (done.status_code, done.headers["location"]) == (303, "/embed")
    cookies = done.headers.get_list("set-cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("clausewise="))
    assert "HttpOnly" in session
    assert "SameSite=lax" in session
    assert ask(client, HOME) == 200
    assert ask(client, {"Origin": "https://evil.example"}) == 403


def test_a_sign_in_serves_once(oidc: tuple[TestClient, list[float]], issuer: Issuer) -> None:
    client, _ = oidc
    query = begin(client)
    cookie = client.cookies["clausewise-sign-in"]
    assert come_back(client, issuer.signed_in(query)).status_code == 303
    client.cookies.set("clausewise-sign-in", cookie)
    assert come_back(client, issuer.signed_in(query)).status_code == 403, "replayed, with a fresh code"


def test_a_sign_in_ends_in_the_browser_that_began_it(oidc: tuple[TestClient, list[float]], issuer: Issuer) -> None:
    client, _ = oidc
    query = begin(client)
    client.cookies.clear()
    assert come_back(client, issuer.signed_in(query)).status_code == 403
    begin(client)
    assert come_back(client, issuer.signed_in(query)).status_code == 403, "the state is another sign-in's"


@pytest.mark.parametrize(
    "changed", [{"state": "other"}, {"code_challenge": "other"}, {"redirect_uri": "http://testserver/x"}]
)
def test_a_sign_in_that_was_meddled_with_is_refused(
    oidc: tuple[TestClient, list[float]], issuer: Issuer, changed: dict[str, str]
) -> None:
    client, _ = oidc
    query = begin(client)
    back = issuer.signed_in({**query, **changed}).replace("/x?", "/sign-in/callback?")
    assert come_back(client, back).status_code == 403
    assert ask(client, HOME) == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "clausewise"},
        {"iss": "https://evil.example"},
        {"exp": int(time.time()) - 60},
        {"sub": None},
    ],
)
def test_an_identity_token_with_a_wrong_claim_is_refused(
    oidc: tuple[TestClient, list[float]], issuer: Issuer, claims: dict[str, Any]
) -> None:
    client, _ = oidc
    query = begin(client)
    issuer.claims.update(claims)
    assert come_back(client, issuer.signed_in(query)).status_code == 403
    assert ask(client, HOME) == 401


def test_a_refusal_by_the_provider_is_told(oidc: tuple[TestClient, list[float]]) -> None:
    client, _ = oidc
    query = begin(client)
    back = f"/sign-in/callback?error=access_denied&state={query['state']}"
    response = client.get(back, headers={"Accept": "text/html"})
    assert response.status_code == 403
    assert "did not let you in" in response.text
    assert response.headers["content-type"].startswith("text/html")


def test_an_identity_token_is_no_access_token(oidc: tuple[TestClient, list[float]], issuer: Issuer) -> None:
    assert ask(oidc[0], bearer(issuer.token(aud=CLIENT))) == 401


def test_a_session_that_was_ended_serves_no_more(oidc: tuple[TestClient, list[float]], issuer: Issuer) -> None:
    client, _ = oidc
    assert come_back(client, issuer.signed_in(begin(client))).status_code == 303
    session = client.cookies["clausewise"]
    out = client.post("/sign-out", headers=HOME)
    assert "You are signed out" in out.text
    client.cookies.set("clausewise", session)
    assert ask(client, HOME) == 401, "replayed"


@pytest.mark.parametrize("path", ["/", "/embed", "/documents/sefton-improvement-notice-2021-06-07", "/documents/none"])
def test_a_page_of_a_stranger_is_the_sign_in_whatever_it_is(oidc: tuple[TestClient, list[float]], path: str) -> None:
    response = oidc[0].get(path, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, f"/sign-in?next={path}")


def test_a_provider_that_is_away_is_503(library: Library, tmp_path: Path, issuer: Issuer) -> None:
    issuer.rotate("one")
    settings = OidcSettings(issuer="http://127.0.0.1:9", audience="clausewise")
    gate = Gate(None, None, Signer.of(tmp_path), Provider(settings))
    with TestClient(create_app(library, answerer(), gate=gate)) as client:
        assert ask(client, bearer(issuer.token())) == 503
