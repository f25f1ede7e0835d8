"""The OpenAPI document is complete: no call, sensible or not, gets a status or a body that it does not tell of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS
from starlette.testclient import TestClient

from api.app import create_app
from api.audit import Audit, about
from api.auth import Gate
from api.commands.opening import answerer
from api.keys import KeyStore
from api.oidc import Provider
from api.parts import Options
from api.tokens import Signer
from ingest.encode import Encoder
from ingest.library import Library
from ingest.settings import OidcSettings
from ingest.sync import sync
from tests.issuer import CLIENT, Issuer, issuing

WANTED = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")


def modes(folder: Path, issuer: Issuer) -> dict[str, tuple[Gate | None, str]]:
    """Ways of being asked: who may, and what the caller shows."""
    store, signer = KeyStore(folder), Signer.of(folder)
    keyed = Gate("local", store, signer)
    asking, admin = (store.create("x", scopes=s, groups=[], days=None) for s in (["ask"], ["ask", "admin"]))
    settings = OidcSettings(issuer=issuer.url, audience="clausewise", client_id=CLIENT)
    return {
        "anyone": (None, ""),
        "no key": (keyed, ""),
        "a key": (keyed, asking[1]),
        "an admin's key": (keyed, admin[1]),
        "the owner": (keyed, "local"),
        "a token of a user": (Gate(None, None, signer, Provider(settings)), issuer.token(exp=2**33)),
        "a limit": (None, ""),
    }


MODES = ("anyone", "no key", "a key", "an admin's key", "the owner", "a token of a user", "a limit")


@pytest.mark.parametrize("mode", MODES)
def test_every_response_is_as_described(
    tmp_path: Path, seeds: Path, tiny_encoder: Encoder, mode: str, record_property: Callable[[str, object], None]
) -> None:
    """Invented calls, sensible and not, to every operation."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for file in seeds.glob("*.txt"):
        (corpus / file.name).write_bytes(file.read_bytes())
    calls: Counter[str] = Counter()
    with Library.open(tmp_path / "data", tiny_encoder) as library, issuing() as issuer:
        sync(corpus, library)
        gate, token = modes(tmp_path, issuer)[mode]
        options = Options(corpus=corpus, upload_bytes=100_000, rate_limit=30 if mode == "a limit" else 0)
        app = create_app(
            library,
            answerer(),
            gate=gate,
            options=options,
            audited=lambda opened: Audit(opened.records, about("1", "m", None)),
        )
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        with TestClient(app):
            schema = schemathesis.openapi.from_asgi("/openapi.json", app)
            checks = CHECKS.get_by_names(WANTED)  # known once a schema was loaded
            operations = [result.ok() for result in schema.get_all_operations()]
            for operation in operations:

                @settings(
                    max_examples=25, suppress_health_check=[*HealthCheck], phases=[Phase.generate], derandomize=True
                )
                @given(case=operation.as_strategy())
                def call(case: Any) -> None:
                    response = case.call(headers=headers, allow_redirects=False)
                    calls[str(response.status_code)] += 1
                    case.validate_response(response, checks=checks)

                call()
    assert len(operations) >= 20
    assert sum(calls.values()) >= 200, calls
    if mode == "a limit":
        assert calls["429"] > 0
    record_property("calls", dict(calls))


def test_every_route_of_the_contract_is_described(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path in (
        "/api/ask",
        "/api/documents",
        "/api/documents/{document_id}",
        "/api/facts",
        "/api/feedback",
        "/healthz",
        "/readyz",
        "/metrics",
        "/",
        "/widget.js",
        "/documents/{document_id}",
        "/sign-in",
        "/sign-out",
        "/sign-in/callback",
        "/static/{name}",
    ):
        assert path in paths


def test_errors_are_problems(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    for path, operations in document["paths"].items():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if status.startswith(("4", "5")):
                    form_again = (path, status) == ("/sign-in", "401")
                    kind = "text/html" if form_again else "application/problem+json"
                    assert list(response["content"]) == [kind], (path, status)
    assert document["components"]["schemas"]["ProblemOut"]["required"] == ["type", "title", "status", "detail"]
