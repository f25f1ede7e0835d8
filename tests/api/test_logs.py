"""What a service writes to its log: one JSON object a line, with the request's id, and nothing that was asked."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.auth import Gate
from api.commands.opening import answerer
from api.keys import KeyStore
from api.logs import JsonLines
from api.tokens import Signer
from ingest.library import Library
from ingest.snapshot import Snapshot
from retrieval.answer import Answer, Ask


class Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def kept() -> Iterator[Kept]:
    """Everything that the product logs, as it would be written."""
    handler, logger = Kept(), logging.getLogger("clausewise")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(before)


def test_a_request_is_one_line_with_its_id(library: Library, kept: Kept) -> None:
    with TestClient(create_app(library, answerer())) as client:
        client.get("/healthz?secret=1", headers={"X-Request-Id": "request-0001"})
    row = json.loads(kept.lines[-1])
    assert (row["method"], row["route"], row["status"], row["id"]) == ("GET", "/healthz", 200, "request-0001")
    assert row["ms"] >= 0
    assert "secret" not in kept.lines[-1]


def test_what_is_said_in_a_worker_thread_has_the_id_too(library: Library, kept: Kept) -> None:
    def speak(ask: Ask, snapshot: Snapshot) -> Answer:
        logging.getLogger("clausewise.retrieval").warning("something odd")
        return answerer()(ask, snapshot)

    with TestClient(create_app(library, speak)) as client:
        client.post("/api/ask", json={"question": "when?"}, headers={"X-Request-Id": "request-0002"})
    rows = [json.loads(line) for line in kept.lines]
    assert [row["id"] for row in rows if row["message"] == "something odd"] == ["request-0002"]


def test_no_question_and_no_secret_is_logged(library: Library, kept: Kept, tmp_path: Path) -> None:
    store = KeyStore(tmp_path)
    _, words = store.create("team", scopes=["ask"], groups=[], days=None)
    app = create_app(library, answerer(), gate=Gate("the-local-key", store, Signer.of(tmp_path)))
    with TestClient(app) as client:
        for token in (words, f"{words[:-3]}xyz", "the-local-key"):
            for accept in ("application/json", "text/event-stream"):
                headers = {"Authorization": f"Bearer {token}", "Accept": accept}
                client.post("/api/ask", json={"question": "when is the zebra plan due?"}, headers=headers)
        client.post("/sign-in", data={"key": words}, headers={"Origin": "http://testserver"})
        client.get("/documents/none?start=0")
        client.post("/api/ask", content=b'{"question": "zebra', headers={"Content-Type": "application/json"})
        secret = (tmp_path / "signing.key").read_text()
        session = client.cookies["clausewise"]
    said = "\n".join(kept.lines)
    assert len(kept.lines) >= 9
    for word in ("zebra", words, words[:-3], "the-local-key", secret, session):
        assert word not in said
