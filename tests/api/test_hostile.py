"""A stranger who means harm, at a real port: odd bytes, endless heads, paths that climb, and pages of other sites."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import api.protocol
from api.app import create_app
from api.auth import Gate
from api.commands.opening import answerer
from api.keys import KeyStore
from api.parts import Options
from api.tokens import Signer
from ingest.library import Library
from tests.serving import running

SITE = "https://intranet.example"
EVIL = "https://evil.example"
QUESTION = b'{"question": "when must Sefton deliver its plan?"}'


@pytest.fixture(scope="module")
def url(library: Library) -> Iterator[str]:
    options = Options(origins=(SITE,), body_seconds=1.0, body_limit=20_000)
    with running(create_app(library, answerer(), options=options)) as url:
        yield url


def raw(url: str, sent: bytes, wait: float = 10) -> bytes:
    """All that the service says to these bytes, until it closes or says nothing more."""
    got = b""
    with socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1])), timeout=wait) as connection:
        try:
            connection.sendall(sent)
            connection.settimeout(wait)
            while part := connection.recv(65536):
                got += part
                if b"\r\n\r\n" in got and b"Connection: close" not in sent:
                    connection.settimeout(0.3)
        except (TimeoutError, ConnectionError):
            pass
    return got


def head(*lines: str) -> bytes:
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def alive(url: str) -> bool:
    return httpx.get(f"{url}/healthz", timeout=5).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00" * 100 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200) + b"\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\n\r\n",
        b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST /api/ask HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        head("GET / HTTP/1.1", "Host: x", "X-Long: " + "a" * 200_000),
        head("GET /" + "a" * 200_000 + " HTTP/1.1", "Host: x"),
        head("GET / HTTP/1.1", "Host: x", *(f"X-{n}: {n}" for n in range(20_000))),
        head("GET /api/documents HTTP/1.1", "Host: x", "Upgrade: websocket", "Connection: upgrade"),
        head("CONNECT evil.example:443 HTTP/1.1", "Host: evil.example"),
        head("GET http://evil.example/ HTTP/1.1", "Host: evil.example"),
        head("TRACE / HTTP/1.1", "Host: x", "Cookie: secret"),
    ],
)
def test_odd_bytes_are_refused_and_harm_nothing(url: str, sent: bytes) -> None:
    got = raw(url, sent)
    status = int(got.split(b" ", 2)[1]) if got else 400
    assert status < 500, got[:300]
    assert b"Traceback" not in got
    assert b"Cookie: secret" not in got
    assert alive(url)


def test_a_request_that_cannot_be_parsed_is_a_problem(url: str) -> None:
    got = raw(url, head("GET / HTTP/1.1", "Host: x", "X-Long: " + "a" * 200_000))
    assert got.startswith(b"HTTP/1.1 400")
    assert b"application/problem+json" in got
    assert json.loads(got.split(b"\r\n\r\n", 1)[1])["status"] == 400


def test_two_requests_cannot_be_smuggled_as_one(url: str) -> None:
    """A length and chunks at once: whichever is believed, the rest is never answered as a request of its own."""
    smuggled = b"GET /api/documents HTTP/1.1\r\nHost: x\r\n\r\n"
    both = head("POST /api/ask HTTP/1.1", "Host: x", "Content-Length: 6", "Transfer-Encoding: chunked")
    got = raw(url, both + b"0\r\n\r\nX" + smuggled)
    assert b'"documents"' not in got
    assert alive(url)


def test_a_head_that_never_ends_is_cut_off(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.protocol, "HEAD_SECONDS", 0.5)
    began = time.monotonic()
    for sent in (b"", b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /he"):
        with socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1])), timeout=10) as connection:
            connection.sendall(sent)
            while connection.recv(65536):
                pass
    assert time.monotonic() - began < 9


def test_a_body_that_never_comes_is_408(url: str) -> None:
    lines = ("POST /api/ask HTTP/1.1", "Host: x", "Content-Type: application/json", "Content-Length: 100")
    got = raw(url, head(*lines) + b'{"ques', wait=5)
    assert got.startswith(b"HTTP/1.1 408")
    assert b"application/problem+json" in got


def test_a_compressed_bomb_is_no_body(url: str) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    response = httpx.post(f"{url}/api/ask", content=b"\x1f\x8b" + bytes(1000), headers=headers)
    assert response.status_code in (400, 415, 422)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/static/%5c..%5capp.py",
        "/static/widget.js%00.css",
        "/static//etc/passwd",
        "/documents/../../etc/passwd",
        "/documents/..%2f..%2fetc%2fpasswd",
        "/documents/%00",
        "/api/documents/..%2fkeys.json",
        "/api/documents/%2e%2e",
        "/.env",
        "/.git/config",
        "//evil.example/",
        "/documents/" + "a" * 5000,
        "/documents/%F0%9F%98%80",
        "/documents/%ff",
    ],
)
def test_a_path_leads_nowhere_but_where_it_should(url: str, path: str) -> None:
    got = raw(url, head(f"GET {path} HTTP/1.1", "Host: x", "Connection: close"))
    assert int(got.split(b" ", 2)[1]) in (307, 400, 404, 422), got[:200]
    assert b"root:" not in got
    assert b"from __future__" not in got


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"[]",
        b"1e999",
        b'"question"',
        b'{"question": 1e999}',
        b'{"question": "a", "question": "b", "as_at": "0000-00-00"}',
        b'{"question": {"$gt": ""}}',
        b'{"question": "\\u0000\\u202e when \\ufeff?"}',
        b'{"question": "' + b"a" * 999 + b'"}',
        '{"question": "\U0001f1ec\u0301\u0301\u0301\u0301 wh\u00e9n?"}'.encode(),
        b'{"question": "a", "conversation_id": "\\u0000"}',
        b'{"question": "a", "documents": ["' + b"../" * 60 + b'"]}',
        b'{"question": "a", "as_at": "9999-12-31"}',
        b'{"question": "a", "as_at": "2021-06-07T00:00:00"}',
        b'{"question": "\';DROP TABLE answers;--"}',
        b'{"question": "{{7*7}} ${7*7} %s %n <script>alert(1)</script>"}',
        b"{" * 5000,
        b'{"question": ' + b"[" * 9000 + b"]" * 9000 + b"}",
        b"\xef\xbb\xbf" + QUESTION,
        b'{"question": "wh\xffn"}',
    ],
)
def test_an_odd_body_is_answered_or_refused(url: str, body: bytes) -> None:
    for accept in ("application/json", "text/event-stream"):
        headers = {"Content-Type": "application/json", "Accept": accept}
        response = httpx.post(f"{url}/api/ask", content=body, headers=headers, timeout=30)
        assert response.status_code in (200, 400, 404, 422), response.text
        assert "event: error" not in response.text


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_of_another_site_asks_nothing(url: str, kind: str | None) -> None:
    """What a page of any site may send without asking first is never taken for a question."""
    headers = {"Origin": EVIL} | ({"Content-Type": kind} if kind else {})
    for path in ("/api/ask", "/api/feedback", "/api/ingest", "/api/token", "/api/replay"):
        response = httpx.post(f"{url}{path}", content=QUESTION, headers=headers)
        assert response.status_code in (400, 403, 422)


def test_other_sites_may_read_nothing_unless_allowed(url: str) -> None:
    ask = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    for origin in (EVIL, "null", f"{SITE}.evil.example", "https://intranet.example:444", SITE.upper(), "file://"):
        flight = httpx.options(f"{url}/api/ask", headers={"Origin": origin, **ask})
        assert "access-control-allow-origin" not in flight.headers
        read = httpx.get(f"{url}/api/documents", headers={"Origin": origin})
        assert "access-control-allow-origin" not in read.headers
    flight = httpx.options(f"{url}/api/ask", headers={"Origin": SITE, **ask})
    assert flight.headers["access-control-allow-origin"] == SITE
    assert "access-control-allow-credentials" not in flight.headers, "cookies are for our own pages"
    read = httpx.get(f"{url}/api/documents", headers={"Origin": SITE})
    assert (read.headers["access-control-allow-origin"], "Origin" in read.headers["vary"]) == (SITE, True)


def test_no_site_is_allowed_by_default(library: Library) -> None:
    with running(create_app(library, answerer())) as url:
        for path in ("/api/documents", "/", "/embed"):
            response = httpx.get(f"{url}{path}", headers={"Origin": EVIL})
            assert "access-control-allow-origin" not in response.headers
            assert "frame-ancestors 'none'" in response.headers["content-security-policy"]


def test_headers_cannot_be_injected(url: str) -> None:
    for path in ("/sign-in?next=/%0d%0aSet-Cookie:%20x=1", "/documents/a%0d%0aX-Evil:%201?version=%0d%0ax"):
        response = httpx.get(f"{url}{path}")
        assert "x-evil" not in response.headers
        assert "set-cookie" not in response.headers


@pytest.fixture
def keyed(library: Library, tmp_path: Path) -> Iterator[tuple[str, str]]:
    store = KeyStore(tmp_path)
    _, key = store.create("team", scopes=["ask"], groups=[], days=None)
    gate = Gate("local", store, Signer.of(tmp_path))
    with running(create_app(library, answerer(), options=Options(origins=(SITE,)), gate=gate)) as url:
        yield url, key


def test_a_session_serves_no_other_site(keyed: tuple[str, str]) -> None:
    """A page of another site, an allowed one too, cannot use the cookie of someone who is signed in."""
    url, key = keyed
    signed = httpx.post(f"{url}/sign-in", data={"key": key}, headers={"Origin": url})
    cookie = {"Cookie": signed.headers["set-cookie"].split(";")[0], "Content-Type": "application/json"}
    own = {"Origin": url, "Sec-Fetch-Site": "same-origin"}
    assert httpx.post(f"{url}/api/ask", content=QUESTION, headers=cookie | own).status_code == 200
    for forged in (
        {"Origin": EVIL},
        {"Origin": SITE},
        {"Origin": "null"},
        {},
        {"Sec-Fetch-Site": "same-site", "Origin": url},
        {"Sec-Fetch-Site": "none"},
        {"Referer": f"{url}/"},
    ):
        response = httpx.post(f"{url}/api/ask", content=QUESTION, headers=cookie | forged)
        assert response.status_code == 403, forged
        read = httpx.get(f"{url}/api/documents", headers=cookie | forged)
        assert "access-control-allow-credentials" not in read.headers


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "bearer x y",
        "Basic YTpi",
        "Bearer " + "a" * 20_000,
        "Bearer \u00e9",
        "Bearer a.b.c",
        "Token x",
    ],
)
def test_odd_credentials_are_401(keyed: tuple[str, str], header: str) -> None:
    url, _ = keyed
    for path in ("/api/documents", "/documents/none"):
        response = httpx.get(f"{url}{path}", headers=[(b"Authorization", header.encode("latin-1"))])
        assert response.status_code in (401, 303), response.text


def test_odd_cookies_are_no_session(keyed: tuple[str, str]) -> None:
    url, key = keyed
    for cookie in ("clausewise=", f"clausewise={key}", "clausewise=a.b.c", 'clausewise="x"; clausewise=y', "\xff=\xff"):
        headers = [(b"Cookie", cookie.encode("latin-1")), (b"Origin", url.encode())]
        assert httpx.get(f"{url}/api/documents", headers=headers).status_code == 401
