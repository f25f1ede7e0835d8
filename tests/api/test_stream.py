"""`POST /api/ask` as server-sent events."""

from __future__ import annotations

import itertools
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import anyio
import httpx
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.commands.opening import answerer
from api.parts import Options
from api.routes.ask import events
from api.schemas import AnswerOut
from api.service import Service
from api.turnstile import Busy, Turnstile
from ingest.library import Library
from ingest.snapshot import Snapshot
from retrieval.answer import Answer, Ask, Status
from retrieval.stages import Stage, Stopped, Watch, reached, watched
from tests.serving import running

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


class Paced:
    """Answers once it is let go, and counts what it did: a stand-in for work that takes long."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.go = threading.Event()
        self.stopped = threading.Semaphore(0)
        self.finished = 0

    def __call__(self, ask: Ask, snapshot: Snapshot) -> Answer:
        self.begun.release()
        try:
            for _ in range(3000):
                reached(Stage.SEARCHING)
                if self.go.wait(0.01):
                    break
        except Stopped:
            self.stopped.release()
            raise
        self.finished += 1
        return Answer(Status.DECLINED, "No.")


@pytest.fixture
def paced() -> Iterator[Paced]:
    work = Paced()
    yield work
    work.go.set()


def test_the_stages_come_from_the_pipeline_as_it_works(client: TestClient) -> None:
    def stages(question: str) -> list[str]:
        response = client.post("/api/ask", json={"question": question}, headers=STREAM)
        return [data["stage"] for name, data in read(response.text) if name == "stage"]

    assert stages("when must Sefton deliver its plan?") == ["understanding", "searching", "composing", "verifying"]
    assert stages("write me a poem about the sea") == ["understanding", "composing", "verifying"], "nothing is searched"


def test_a_stage_is_told_while_the_work_goes_on(library: Library, paced: Paced) -> None:
    with running(create_app(library, paced)) as url, streamed(url) as lines:
        assert [next(lines), next(lines)] == ["event: stage", 'data: {"stage": "searching"}']
        assert paced.finished == 0
        paced.go.set()
        assert "event: answer" in list(lines)


@contextmanager
def streamed(url: str) -> Iterator[Iterator[str]]:
    """The lines of a streamed answer."""
    with httpx.stream("POST", f"{url}/api/ask", json={"question": "when?"}, headers=STREAM, timeout=20) as stream:
        yield stream.iter_lines()


@pytest.mark.parametrize("accept", ["text/event-stream", "application/json"])
def test_an_asker_who_leaves_stops_the_work(library: Library, paced: Paced, accept: str) -> None:
    with running(create_app(library, paced, options=Options(workers=1, queue=1))) as url:
        with socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1])), timeout=10) as asker:
            asker.sendall(raw_question(accept))
            assert paced.begun.acquire(timeout=10)
        assert paced.stopped.acquire(timeout=10), "the work went on for nobody"
        paced.go.set()
        assert httpx.post(f"{url}/api/ask", json={"question": "when?"}, timeout=20).status_code == 200
        assert paced.finished == 1
        assert "clausewise_stopped_total 1.0" in httpx.get(f"{url}/metrics").text


def raw_question(accept: str) -> bytes:
    body = json.dumps({"question": "when?"})
    head = ["POST /api/ask HTTP/1.1", "Host: x", f"Accept: {accept}", "Content-Type: application/json"]
    return "\r\n".join([*head, f"Content-Length: {len(body)}", "", body]).encode()


def test_an_asker_who_leaves_while_waiting_is_never_answered(library: Library, paced: Paced) -> None:
    async def scene() -> None:
        turnstile = Turnstile(workers=1, queue=1)
        first, second = (turnstile.submit(work_of(paced), 10) for _ in range(2))
        with pytest.raises(Busy):
            turnstile.submit(work_of(paced), 10)
        second.abandon()
        assert turnstile.inside == 1
        with pytest.raises(Stopped):
            await second.result()
        paced.go.set()
        assert (await first.result()).text == "No."
        assert paced.finished == 1

    def work_of(paced: Paced) -> Callable[[Watch], Answer]:
        def work(step: Watch) -> Answer:
            with watched(step):
                return paced(Ask("when?"), library.snapshot())

        return work

    anyio.run(scene)


def test_when_too_many_wait_the_next_is_told_to_come_again(library: Library, paced: Paced) -> None:
    options = Options(workers=1, queue=1)
    statuses: list[int] = []
    with running(create_app(library, paced, options=options)) as url:

        def go() -> None:
            statuses.append(httpx.post(f"{url}/api/ask", json={"question": "when?"}, timeout=30).status_code)

        askers = [threading.Thread(target=go) for _ in range(2)]
        for asker in askers:
            asker.start()
        wait_until(lambda: "clausewise_questions_inside 2.0" in httpx.get(f"{url}/metrics").text)
        for headers in (STREAM, {}):
            refused = httpx.post(f"{url}/api/ask", json={"question": "when?"}, headers=headers, timeout=10)
            assert refused.status_code == 503
            assert refused.headers["content-type"] == "application/problem+json"
            assert int(refused.headers["retry-after"]) > 0
        paced.go.set()
        for asker in askers:
            asker.join(20)
    assert statuses == [200, 200]


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_heartbeat_keeps_the_stream_open(library: Library, paced: Paced) -> None:
    options = Options(heartbeat_seconds=0.1)
    with running(create_app(library, paced, options=options)) as url, streamed(url) as lines:
        assert sum(1 for line in itertools.islice(lines, 12) if line.startswith(": ping")) >= 3
        paced.go.set()
        assert "event: answer" in list(lines)


def test_a_reader_who_leaves_in_the_middle_closes_the_generator(library: Library, paced: Paced) -> None:
    async def scene() -> None:
        turnstile = Turnstile(workers=1, queue=0)
        work = turnstile.submit(lambda step: reply_of(paced, step), 10)
        stream = events(work)
        assert (await anext(stream)).event == "stage"
        await stream.aclose()
        await anyio.to_thread.run_sync(wait_until, lambda: turnstile.inside == 0)

    def reply_of(paced: Paced, step: Watch) -> AnswerOut:
        with watched(step):
            return Service(library, paced).reply(Ask("when?"), "anyone")

    anyio.run(scene)
    assert paced.finished == 0


def test_a_stopped_question_is_not_remembered(library: Library) -> None:
    answer = answerer()
    first = answer(Ask("when must Sefton deliver its plan?"), library.snapshot())

    def stop(stage: Stage) -> None:
        if stage is Stage.VERIFYING:
            raise Stopped

    with pytest.raises(Stopped), watched(stop):
        answer(Ask("and Halton?", conversation_id=first.conversation_id), library.snapshot())
    follow = answer(Ask("who signed it?", conversation_id=first.conversation_id), library.snapshot())
    assert {citation.document_id for citation in follow.citations} == {"sefton-improvement-notice-2021-06-07"}


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
