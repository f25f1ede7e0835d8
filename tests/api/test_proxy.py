"""Behind a reverse proxy: a sub-path, and forwarded headers that are believed of trusted peers alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.auth import Gate
from api.commands.opening import answerer
from api.commands.serve import hosts_of
from api.keys import KeyStore
from api.parts import Options
from api.tokens import Signer
from ingest.library import Library
from ingest.settings import Settings
from tests.serving import running

SEFTON = "/documents/sefton-improvement-notice-2021-06-07"
QUESTION = {"question": "when must Sefton deliver its plan?"}


@pytest.fixture
def key(tmp_path: Path) -> str:
    return KeyStore(tmp_path).create("team", scopes=["ask"], groups=[], days=None)[1]


@pytest.fixture
def proxied(library: Library, tmp_path: Path) -> Iterator[httpx.Client]:
    """A service under /clausewise whose proxy, this machine, is trusted; as the proxy speaks to it."""
    gate = Gate(None, KeyStore(tmp_path), Signer.of(tmp_path))
    app = create_app(library, answerer(), gate=gate)
    with running(app, root_path="/clausewise", forwarded_allow_ips="127.0.0.1") as url:
        headers = {"Host": "intranet.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        with httpx.Client(base_url=url, headers=headers) as client:
            yield client


@pytest.mark.parametrize("left_on", ["", "/clausewise"])
def test_signing_in_leads_back_to_the_page_under_the_sub_path(proxied: httpx.Client, key: str, left_on: str) -> None:
    """Whether the proxy takes the sub-path off or leaves it on."""
    sent = proxied.get(f"{left_on}{SEFTON}?start=1&end=3")
    assert sent.status_code == 303
    assert sent.headers["location"].startswith(f"/clausewise/sign-in?next={SEFTON}%3F")
    form = proxied.get(left_on + sent.headers["location"].removeprefix("/clausewise"))
    there = re.search(r'name="next" value="([^"]*)"', form.text)
    assert there is not None
    fields = {"key": key, "next": there[1].replace("&amp;", "&")}
    signed = proxied.post(f"{left_on}/sign-in", data=fields, headers={"Origin": "https://intranet.example"})
    assert signed.headers["location"] == f"/clausewise{SEFTON}?start=1&end=3"
    cookie = signed.headers["set-cookie"]
    assert "Path=/clausewise;" in cookie
    assert "Secure" in cookie
    page = proxied.get(f"{left_on}{SEFTON}", headers={"Cookie": cookie.split(";")[0]})
    assert page.status_code == 200
    assert proxied.get(f"{left_on}/none", headers={"Cookie": cookie.split(";")[0]}).status_code == 404


def test_the_description_names_the_sub_path(proxied: httpx.Client) -> None:
    assert proxied.get("/openapi.json").json()["servers"] == [{"url": "/clausewise"}]


def test_nothing_of_a_page_is_fetched_from_the_root(proxied: httpx.Client, key: str) -> None:
    for path in ("/", "/embed", SEFTON, "/sign-in"):
        text = proxied.get(path, headers={"Authorization": f"Bearer {key}"}).text
        assert re.findall(r'(?:href|src|action)="/[^"]*"', text) == []


@pytest.mark.parametrize(("trusted", "counted_apart"), [("127.0.0.1", True), ("192.0.2.1", False)])
def test_forwarded_addresses_are_believed_of_trusted_peers_alone(
    library: Library, trusted: str, counted_apart: bool
) -> None:
    app = create_app(library, answerer(), options=Options(rate_limit=1))
    with running(app, forwarded_allow_ips=trusted) as url:
        statuses = [
            httpx.post(f"{url}/api/ask", json=QUESTION, headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code
            for n in (1, 2)
        ]
    assert statuses == ([200, 200] if counted_apart else [200, 429])


def test_a_stranger_cannot_claim_https(library: Library, tmp_path: Path, key: str) -> None:
    app = create_app(library, answerer(), gate=Gate(None, KeyStore(tmp_path), Signer.of(tmp_path)))
    with running(app, forwarded_allow_ips="192.0.2.1") as url:
        headers = {"X-Forwarded-Proto": "https", "Origin": url}
        assert "Secure" not in httpx.post(f"{url}/sign-in", data={"key": key}, headers=headers).headers["set-cookie"]
        headers["Origin"] = url.replace("http:", "https:")
        assert httpx.post(f"{url}/sign-in", data={"key": key}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("[::1]:8000", 200),
        ("intranet.example:8000", 200),
        ("Intranet.Example", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example:80", 421),
        ("localhost.evil.example", 421),
        ("", 421),
    ],
)
def test_a_strange_name_that_leads_here_is_turned_away(library: Library, host: str, status: int) -> None:
    """Else a web page whose own name is pointed at this machine could read what only this machine may."""
    app = create_app(library, answerer(), options=Options(hosts=("intranet.example",)))
    with running(app) as url:
        assert httpx.get(f"{url}/api/documents", headers={"Host": host}).status_code == status


def test_names_matter_where_anyone_may_ask() -> None:
    assert hosts_of(Settings()) == ()
    assert hosts_of(Settings(auth="keys")) is None
    assert hosts_of(Settings(host="0.0.0.0")) is None
    assert hosts_of(Settings(auth="keys", hosts=("a.example",))) == ("a.example",)
