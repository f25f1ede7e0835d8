"""`POST /api/ask` as server-sent events."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import anyio
from starlette.testclient import TestClient

from api.app import create_app
from api.parts import Options, Parts
from api.routes.ask import events
from api.service import Service
from ingest.library import Library
from ingest.snapshot import Snapshot
from retrieval.answer import Answer, Ask, Status

STREAM = {"Accept": "text/event-stream"}


def read(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.replace("\r\n", "\n").strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_stages_citations_deltas_then_the_whole_answer(client: TestClient) -> None:
    body = {"question": "when must Sefton deliver its plan?"}
    response = client.post("/api/ask", json=body, headers=STREAM)
    assert response.headers["content-type"].startswith("text/event-stream")
    heard = read(response.text)
    names = [name for name, _ in heard]
    assert names[0] == "stage"
    assert names[-1] == "answer"
    assert names == sorted(names, key=["stage", "citation", "delta", "answer"].index)
    reply = heard[-1][1]
    assert [data for name, data in heard if name == "citation"] == reply["citations"]
    assert "".join(data["text"] for name, data in heard if name == "delta") == reply["answer"]
    plain = client.post("/api/ask", json=body).json()
    own = ("answer_id", "conversation_id", "took_ms")
    assert {k: v for k, v in plain.items() if k not in own} == {k: v for k, v in reply.items() if k not in own}


def test_bad_input_is_a_problem_before_any_stream(client: TestClient) -> None:
    assert client.post("/api/ask", json={"question": " "}, headers=STREAM).status_code == 422
    response = client.post("/api/ask", json={"question": "when?", "documents": ["none"]}, headers=STREAM)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_a_failure_in_the_stream_is_an_error_event(client_of: Callable[[Any], TestClient]) -> None:
    def broken(ask: Ask, snapshot: Snapshot) -> Answer:
        raise RuntimeError("/srv/secret")

    response = client_of(broken).post("/api/ask", json={"question": "when?"}, headers=STREAM)
    name, problem = read(response.text)[-1]
    assert (name, problem["status"]) == ("error", 500)
    assert "secret" not in response.text


def test_a_reader_who_leaves_gives_the_place_back(library: Library) -> None:
    """The turnstile has room again once a stream is closed in the middle."""
    let_go = threading.Event()

    def slow(ask: Ask, snapshot: Snapshot) -> Answer:
        let_go.wait(10)
        return Answer(Status.DECLINED, "No.")

    parts = Parts(Service(library, slow), Options(workers=1, queue=0))

    async def leave() -> None:
        stream = events(parts, Ask("when?"), "anyone")
        await anext(stream)
        with anyio.move_on_after(0.2) as left:
            await anext(stream)
        assert left.cancelled_caught
        await stream.aclose()
        parts.turnstile.check()
        let_go.set()

    anyio.run(leave)


def test_an_answer_that_takes_too_long_is_503(library: Library) -> None:
    let_go = threading.Event()

    def slow(ask: Ask, snapshot: Snapshot) -> Answer:
        let_go.wait(10)
        return Answer(Status.DECLINED, "No.")

    with TestClient(create_app(library, slow, options=Options(answer_seconds=0.2))) as client:
        response = client.post("/api/ask", json={"question": "when?"})
        let_go.set()
    assert response.status_code == 503
    assert "Retry-After" in response.headers
