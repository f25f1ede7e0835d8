"""Nothing of a document shows to those whom it is not for: not its words, its names, its number or its being there."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.audit import Audit
from api.auth import Asker, Gate
from api.commands.opening import answerer
from ingest.encode import Encoder
from ingest.library import Library
from ingest.sync import sync
from tests.api.leaks import GROUPS, Secret, hidden, invent, paths, question, write

WORLDS, TRIES = 10, 1000  # 10,000 tries in all
REAL_TRIES = 200


class ByHeader(Gate):
    """Lets a test say in a header which groups its asker is of."""

    def admit(self, request: Any) -> Asker:
        groups = request.headers.get("x-groups", "")
        return Asker("tester", frozenset(groups.split(",")) if groups else frozenset())


@contextmanager
def served(folder: Path, secrets: list[Secret], encoder: Encoder) -> Iterator[TestClient]:
    write(secrets, folder / "corpus")
    with Library.open(folder / "data", encoder) as library:
        report = sync(folder / "corpus", library)
        assert not report.problems, report.problems
        documents = library.snapshot().documents
        assert {s.id: s.audience for s in secrets} == {d.id: tuple(sorted(d.audience)) for d in documents.values()}
        app = create_app(library, answerer(), gate=ByHeader(), audited=lambda opened: Audit(opened.records, {}))
        with TestClient(app, raise_server_exceptions=False) as client:
            yield client


class Search:
    """Random calls by random askers, each response searched for words of documents that are not for its asker."""

    def __init__(self, client: TestClient, secrets: list[Secret], seed: int) -> None:
        self.client = client
        self.secrets = secrets
        self.random = random.Random(seed)
        self.seen: Counter[str] = Counter()
        self.someone_else()

    def someone_else(self) -> None:
        self.groups = frozenset(self.random.sample(GROUPS, self.random.randint(0, 3)))
        self.headers = {"x-groups": ",".join(sorted(self.groups))}
        self.hidden = hidden(self.secrets, self.groups)
        self.conversation: str | None = None
        self.said = ""  # what the asker has brought into the conversation

    def run(self, tries: int) -> None:
        for turn in range(tries):
            if turn % 10 == 0:
                self.someone_else()
            if self.random.random() < 0.7:
                self.ask()
            else:
                self.read()

    def ask(self) -> None:
        asked = question(self.secrets, self.random)
        body: dict[str, Any] = {"question": asked}
        if self.conversation is not None and self.random.random() < 0.4:
            body["conversation_id"] = self.conversation
        else:
            self.said = ""
        if self.random.random() < 0.15:
            body["documents"] = [self.random.choice(self.secrets).id]
        if self.random.random() < 0.1:
            body["as_at"] = f"{self.random.randint(2019, 2024)}-06-30"
        headers = dict(self.headers)
        if self.random.random() < 0.1:
            headers["accept"] = "text/event-stream"
        self.said += asked + " ".join(body.get("documents", ()))
        response = self.client.post("/api/ask", json=body, headers=headers)
        self.check(response, self.said, body)
        if response.status_code == 200 and "accept" not in headers:
            reply = response.json()
            self.conversation = reply["conversation_id"]
            self.seen[reply["status"]] += 1
            self.seen["related"] += bool(reply["related"])
            self.seen["suggestions"] += bool(reply["suggestions"])
            if "how many documents" in asked and reply["value"] and "documents" not in body and "as_at" not in body:
                self.seen["counted"] += 1
                assert int(reply["value"]) <= len(self.secrets) - len(self.hidden), (self.groups, reply)

    def read(self) -> None:
        path, brought = self.random.choice(list(paths(self.secrets, self.random)))
        response = self.client.get(path, headers=self.headers)
        self.check(response, brought, path)
        if path == "/api/documents":
            assert len(response.json()["documents"]) == len(self.secrets) - len(self.hidden)

    def check(self, response: Any, said: str, call: object) -> None:
        self.seen["tries"] += 1
        self.seen[str(response.status_code)] += 1
        assert response.status_code in (200, 404, 422), (call, response.text)
        for secret in self.hidden:
            assert secret.shows_in(response.text, said) == [], (call, self.groups, response.text)


@pytest.mark.parametrize("world", range(WORLDS))
def test_no_call_tells_of_a_hidden_document(tmp_path: Path, tiny_encoder: Encoder, world: int) -> None:
    secrets = invent(world, documents=5 + world % 6)
    with served(tmp_path, secrets, tiny_encoder) as client:
        search = Search(client, secrets, seed=world)
        search.run(TRIES)
    assert search.seen["tries"] == TRIES
    for kind in ("answered", "not_found", "related", "404"):
        assert search.seen[kind] > 0, f"the calls must be ones that could tell: {search.seen}"


@pytest.mark.model
def test_nor_with_the_real_model(tmp_path: Path, real_encoder: Encoder) -> None:
    secrets = invent(99, documents=10)
    with served(tmp_path, secrets, real_encoder) as client:
        search = Search(client, secrets, seed=99)
        search.run(REAL_TRIES)
    assert search.seen["answered"] > REAL_TRIES // 10


def test_the_search_finds_a_leak_where_there_is_one(tmp_path: Path, tiny_encoder: Encoder) -> None:
    """A service that takes every asker for its owner is caught at once."""

    class Careless(ByHeader):
        def admit(self, request: Any) -> Asker:
            return Asker("tester", None)

    secrets = invent(1, documents=6)
    with served(tmp_path, secrets, tiny_encoder) as client:
        client.app.state.gate = Careless()  # type: ignore[attr-defined]
        with pytest.raises(AssertionError):
            Search(client, secrets, seed=1).run(50)


@pytest.mark.parametrize(
    "groups", [frozenset(), frozenset({"board"}), frozenset({"legal", "audit"}), frozenset(GROUPS)]
)
def test_a_hidden_document_is_like_none(tmp_path: Path, tiny_encoder: Encoder, groups: frozenset[str]) -> None:
    secrets = invent(7, documents=8)
    headers = {"x-groups": ",".join(sorted(groups))}
    with served(tmp_path, secrets, tiny_encoder) as client:
        for secret in hidden(secrets, groups):
            for path in (
                "/api/documents/{}",
                "/api/documents/{}?version=1",
                "/api/documents/{}/passage?clause=1",
                "/documents/{}",
                "/api/facts?document={}",
            ):
                there = client.get(path.format(secret.id), headers=headers)
                nowhere = client.get(path.format("nowhere-notice"), headers=headers)
                assert there.status_code == nowhere.status_code == 404
                assert there.text.replace(secret.id, "X") == nowhere.text.replace("nowhere-notice", "X")
            assert client.get(f"/api/facts?subject={secret.town}", headers=headers).json() == {"facts": []}
            for accept in ("application/json", "text/event-stream"):
                body = {"question": "when?", "documents": [secret.id]}
                assert client.post("/api/ask", json=body, headers={**headers, "accept": accept}).status_code == 404


def test_feedback_on_another_askers_answer_tells_nothing(tmp_path: Path, tiny_encoder: Encoder) -> None:
    secrets = invent(7, documents=6)
    with served(tmp_path, secrets, tiny_encoder) as client:
        asked = client.post(
            "/api/ask", json={"question": "list all the deadlines"}, headers={"x-groups": ",".join(GROUPS)}
        ).json()
        told = client.post("/api/feedback", json={"answer_id": asked["answer_id"], "helpful": True})
        assert told.content == b""
