"""Traces reach the collector that is configured, by stage and without a word of the question; else nothing is sent."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from starlette.testclient import TestClient

from api.app import create_app
from api.commands.opening import answerer
from api.traces import Traces
from ingest.errors import SettingsError
from ingest.library import Library
from ingest.settings import load_settings
from ingest.snapshot import Snapshot
from retrieval.answer import Answer, Ask

QUESTION = {"question": "when must Sefton deliver its plan?"}
CALLER = "0af7651916cd43dd8448eb211c80319c"


class Collector:
    """An OTLP collector over HTTP."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if self.path == "/v1/traces":
                    collector.got.append(body)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.endpoint = f"http://127.0.0.1:{self.server.server_port}/v1/traces"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def spans(self) -> list[Any]:
        out = []
        for body in self.got:
            request = ExportTraceServiceRequest.FromString(body)
            out += [span for of in request.resource_spans for scope in of.scope_spans for span in scope.spans]
        return out


@pytest.fixture
def collector() -> Iterator[Collector]:
    collector = Collector()
    yield collector
    collector.server.shutdown()
    collector.server.server_close()


def test_each_stage_is_a_span_of_the_answer(library: Library, collector: Collector) -> None:
    traces = Traces(collector.endpoint, "notices")
    with TestClient(create_app(library, answerer(), traces=traces)) as client:
        headers = {"traceparent": f"00-{CALLER}-b7ad6b7169203331-01", "X-Request-Id": "request-12345"}
        assert client.post("/api/ask", json=QUESTION, headers=headers).status_code == 200
    spans = {span.name: span for span in collector.spans()}
    stages = ["waiting", "understanding", "searching", "composing", "verifying", "keeping"]
    assert set(spans) == {"answer", *stages}
    answer = spans["answer"]
    assert answer.trace_id.hex() == CALLER, "the caller's trace goes on"
    assert {spans[name].parent_span_id for name in stages} == {answer.span_id}
    ends = [(spans[name].start_time_unix_nano, spans[name].end_time_unix_nano) for name in stages]
    assert [end for _, end in ends[:-1]] == [start for start, _ in ends[1:]], "each begins where the last one ends"
    facts = {fact.key: fact.value for fact in answer.attributes}
    assert facts["status"].string_value == "answered"
    assert facts["request.id"].string_value == "request-12345"
    assert b"notices" in collector.got[0]
    assert b"Sefton" not in b"".join(collector.got)


def test_a_failure_is_told_without_its_words(library: Library, collector: Collector) -> None:
    def broken(ask: Ask, snapshot: Snapshot) -> Answer:
        raise RuntimeError("secret words")

    app = create_app(library, broken, traces=Traces(collector.endpoint))
    with TestClient(app, raise_server_exceptions=False) as client:
        assert client.post("/api/ask", json=QUESTION).status_code == 500
    answer = next(span for span in collector.spans() if span.name == "answer")
    assert answer.status.message == "RuntimeError"
    assert b"secret" not in b"".join(collector.got)


def test_nothing_is_sent_unless_it_is_configured(
    library: Library, collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint.removesuffix("/v1/traces"))
    settings = load_settings()
    assert settings.telemetry.endpoint is None
    traces = Traces(settings.telemetry.endpoint, settings.telemetry.service)
    with TestClient(create_app(library, answerer(), traces=traces)) as client:
        assert client.post("/api/ask", json=QUESTION).status_code == 200
    assert collector.got == []


def test_a_collector_that_is_away_stops_nothing(library: Library) -> None:
    with TestClient(create_app(library, answerer(), traces=Traces("http://127.0.0.1:9/v1/traces"))) as client:
        assert client.post("/api/ask", json=QUESTION).status_code == 200


def test_the_endpoint_is_a_web_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSEWISE_TELEMETRY__ENDPOINT", "collector:4318")
    with pytest.raises(SettingsError, match="http"):
        load_settings()
