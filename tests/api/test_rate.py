"""How often one asker, one site and one guesser may come."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.auth import Asker, Gate, address_of
from api.commands.opening import answerer
from api.commands.serve import DEFAULT_RATE, DEFAULT_SITE_RATE, rate_of
from api.keys import KeyStore
from api.parts import Options
from api.problems import Problem
from api.rate import RateLimit
from api.tokens import Signer
from ingest.library import Library
from ingest.settings import Settings


class ByHeader(Gate):
    """Takes every asker at their word."""

    def admit(self, request: object) -> Asker:
        return Asker(request.headers["x-asker"])  # type: ignore[attr-defined]


def ask(client: TestClient, asker: str = "a", **headers: str) -> int:
    body = {"question": "when must Sefton deliver its plan?"}
    return int(client.post("/api/ask", json=body, headers={"x-asker": asker, **headers}).status_code)


def test_too_many_questions_of_one_asker_are_429_and_say_when(library: Library) -> None:
    app = create_app(library, answerer(), options=Options(rate_limit=3), gate=ByHeader())
    with TestClient(app) as client:
        assert [ask(client) for _ in range(4)] == [200, 200, 200, 429]
        assert ask(client, "b") == 200, "another asker is counted apart"
        response = client.post("/api/ask", json={"question": "when?"}, headers={"x-asker": "a"})
        assert 1 <= int(response.headers["retry-after"]) <= 20
        assert response.headers["content-type"] == "application/problem+json"


def test_too_many_questions_from_one_site_are_429_whoever_asks(library: Library) -> None:
    app = create_app(library, answerer(), options=Options(rate_limit_origin=3), gate=ByHeader())
    with TestClient(app) as client:
        asked = [ask(client, f"asker {n}", Origin="https://one.example") for n in range(4)]
        assert asked == [200, 200, 200, 429]
        assert ask(client, "another", Origin="https://two.example") == 200
        assert ask(client, "asker 0") == 200, "who comes from no page is not of that site"


def test_reading_is_counted_too_but_costs_little(library: Library) -> None:
    app = create_app(library, answerer(), options=Options(rate_limit=1), gate=ByHeader())
    with TestClient(app) as client:
        statuses = [client.get("/api/documents", headers={"x-asker": "a"}).status_code for _ in range(25)]
    assert statuses[:19] == [200] * 19
    assert statuses[-1] == 429


def test_guessing_keys_is_slowed_down_and_hurts_nobody_else(library: Library, tmp_path: Path) -> None:
    store = KeyStore(tmp_path)
    _, words = store.create("team", scopes=["ask"], groups=[], days=None)
    gate = Gate(None, store, Signer.of(tmp_path))
    with TestClient(create_app(library, answerer(), options=Options(rate_limit=3), gate=gate)) as client:
        assert [ask(client, Authorization=f"Bearer guess-{n}") for n in range(5)] == [401, 401, 401, 429, 429]
        assert ask(client, Authorization=f"Bearer {words}") == 200


def test_a_bucket_fills_evenly() -> None:
    now = [0.0]
    rate = RateLimit(6, lambda: now[0])
    for _ in range(6):
        rate.take("a")
    with pytest.raises(Problem) as refused:
        rate.take("a")
    assert refused.value.headers["Retry-After"] == "10"
    now[0] += 10
    rate.take("a")


def testaddress_ofes_of_one_network_are_one_asker() -> None:
    class Request:
        def __init__(self, host: str) -> None:
            self.client = type("Client", (), {"host": host})

    assert address_of(Request("2001:db8::1")) == address_of(Request("2001:db8::ffff:2"))  # type: ignore[arg-type]
    assert address_of(Request("2001:db8::1")) != address_of(Request("2001:db8:0:1::1"))  # type: ignore[arg-type]
    assert address_of(Request("192.0.2.1")) != address_of(Request("192.0.2.2"))  # type: ignore[arg-type]


def test_the_limits_hold_where_others_may_come() -> None:
    assert rate_of(Settings(), None, DEFAULT_RATE) == 0
    assert rate_of(Settings(auth="keys"), None, DEFAULT_SITE_RATE) == 600
    assert rate_of(Settings(host="0.0.0.0"), None, DEFAULT_RATE) == 60
    assert rate_of(Settings(auth="keys"), 0, DEFAULT_RATE) == 0
