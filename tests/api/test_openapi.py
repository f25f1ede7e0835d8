"""The OpenAPI document is complete: no call, sensible or not, gets a status or a body that it does not tell of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS
from starlette.testclient import TestClient

from api.app import create_app
from api.commands.opening import answerer
from ingest.library import Library

WANTED = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")


@pytest.fixture(scope="module")
def operations(library: Library) -> Iterator[list[Any]]:
    app = create_app(library, answerer())
    with TestClient(app):
        schema = schemathesis.openapi.from_asgi("/openapi.json", app)
        yield [result.ok() for result in schema.get_all_operations()]


def test_every_response_is_as_described(operations: list[Any]) -> None:
    """Invented calls, 25 to an operation."""
    checks = CHECKS.get_by_names(WANTED)
    for operation in operations:

        @settings(max_examples=25, suppress_health_check=[*HealthCheck], phases=[Phase.generate], derandomize=True)
        @given(case=operation.as_strategy())
        def call(case: Any) -> None:
            case.call_and_validate(checks=checks)

        call()
    assert len(operations) >= 12


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
    ):
        assert path in paths


def test_errors_are_problems(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    for path, operations in document["paths"].items():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if status.startswith(("4", "5")):
                    assert list(response["content"]) == ["application/problem+json"], (path, status)
    assert document["components"]["schemas"]["ProblemOut"]["required"] == ["type", "title", "status", "detail"]
