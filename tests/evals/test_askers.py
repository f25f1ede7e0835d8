"""Asking a service over HTTP: documents, conversations, patience, and clear words when it fails."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from evals import run
from evals.askers import in_process, over_http
from evals.case import Case
from evals.run import evaluate
from ingest.encode import HashEncoder
from ingest.errors import InputError
from retrieval.answer import Ask

CORPUS = Path(__file__).parents[2] / "corpus"
TEXT = "1. The plan is due by the end of May 2022."
CLAUSES = [{"clause": "1", "heading": None, "start": 0, "end": len(TEXT), "page": None}]
CITATION = {"number": 1, "document_id": "d", "clause": "1", "quote": TEXT, "start": 0, "end": len(TEXT)}


class Service(BaseHTTPRequestHandler):
    """Speaks the contract; asks for patience once, and breaks on demand."""

    asked: list[dict[str, Any]]
    patience: int

    def do_GET(self) -> None:
        if self.path == "/api/documents":
            self._send(200, {"documents": [{"id": "d"}]})
        elif self.path == "/api/documents/d":
            self._send(200, {"id": "d", "text": TEXT, "clause_list": CLAUSES})
        else:
            self._send(404, {"title": "Not Found", "detail": "there is no such document"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).asked.append({**body, "token": self.headers.get("Authorization")})
        if type(self).patience:
            type(self).patience -= 1
            self._send(429, {"title": "Too Many Requests"}, {"Retry-After": "0"})
        elif "break" in body["question"]:
            self._send(503, {"title": "Not ready", "detail": "nothing is indexed yet"})
        elif "when" in body["question"] or body["conversation_id"]:
            reply = {"status": "answered", "answer": "By the end of May 2022. [1]", "value": "end of May 2022"}
            self._send(200, {**reply, "citations": [CITATION], "conversation_id": "c1", "took_ms": 1.5})
        else:
            self._send(200, {"status": "not_found", "answer": "No.", "citations": [], "conversation_id": "c1"})

    def _send(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        payload = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(payload)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Nothing on the terminal."""


@pytest.fixture
def service() -> Iterator[tuple[str, type[Service]]]:
    handler = type("Handler", (Service,), {"asked": [], "patience": 1})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", handler
    server.shutdown()
    server.server_close()


def case(name: str, question: str, **more: Any) -> Case:
    expected = {"expect": {"type": "month", "value": "2022-05"}, "citations": [{"document": "d", "clause": "1"}]}
    return Case.model_validate({"id": name, "question": question, "part": "tuning", **expected, **more})


def test_a_service_is_judged_like_the_product_in_this_process(service: tuple[str, type[Service]]) -> None:
    url, handler = service
    cases = [
        case("plain", "when is it due?", as_at="2022-01-01", documents=["d"]),
        case("follow-up", "and then?", after=["what?"]),
        case("broken", "break"),
    ]
    with over_http(url, "secret") as target:
        results = evaluate(cases, target).results
    assert [r.right for r in results] == [True, True, False]
    assert results[2].error is not None
    assert "503" in results[2].error
    assert "nothing is indexed yet" in results[2].error
    assert handler.asked[0]["as_at"] == "2022-01-01"
    assert handler.asked[0]["documents"] == ["d"]
    assert handler.asked[0]["token"] == "Bearer secret"
    assert [a["conversation_id"] for a in handler.asked if a["question"] == "and then?"] == ["c1"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "not a url", "http://[::bad", ""])
def test_what_is_no_service_is_told(url: str) -> None:
    with pytest.raises(InputError), over_http(url) as target:
        target.ask(Ask("q"))


def test_a_web_server_that_is_no_clausewise_is_told(service: tuple[str, type[Service]]) -> None:
    url, _ = service
    with pytest.raises(InputError, match="no such document"), over_http(f"{url}elsewhere"):
        pass


def test_in_process_the_corpus_is_indexed_afresh_and_thrown_away(tmp_path: Path) -> None:
    with in_process(CORPUS, None, HashEncoder()) as target:
        data = Path(str(target.about["data"]))
        assert data.is_dir()
        assert len(target.sources.ids()) == 5
        reply = target.ask(Ask("who are you?"))
        assert reply.status in {"answered", "not_found", "declined"}
    assert not data.exists()


def test_an_index_that_is_there_is_used_as_it_stands(tmp_path: Path) -> None:
    with in_process(CORPUS, tmp_path / "data", HashEncoder()) as target:
        assert len(target.sources.ids()) == 5
    (tmp_path / "empty").mkdir()
    with in_process(tmp_path / "empty", tmp_path / "data", HashEncoder()) as target:
        assert len(target.sources.ids()) == 5


def test_an_empty_corpus_is_bad_input(tmp_path: Path) -> None:
    err = io.StringIO()
    path = tmp_path / "cases.yaml"
    path.write_text("- {id: a, question: q, part: tuning, status: declined}", encoding="utf-8")
    (tmp_path / "none").mkdir()
    assert run.main([path], corpus=tmp_path / "none", encoder=HashEncoder(), err=err) == 2
    assert "no documents in" in err.getvalue()


def test_a_renamed_copy_can_be_evaluated(tmp_path: Path) -> None:
    out, path = io.StringIO(), tmp_path / "cases.yaml"
    path.write_text("- {id: a, question: write me a poem, part: tuning, status: declined}", encoding="utf-8")
    assert run.main([path], corpus=CORPUS, encoder=HashEncoder(), renamed=4, out=out) == 0
    assert "1/1" in out.getvalue()
