"""An answer of the audit asked again: as its asker, after the same questions, and with what has changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.audit import Audit, about
from api.auth import Asker, Gate
from api.commands.opening import answerer
from ingest.encode import Encoder
from ingest.library import Library
from ingest.sync import sync

QUESTION = "when must Sefton deliver its plan?"
SEFTON = "sefton-improvement-notice-2021-06-07"


class ByHeader(Gate):
    def admit(self, request: Any) -> Asker:
        groups = request.headers.get("x-groups")
        return super().admit(request) if groups is None else Asker("tester", frozenset(groups.split()))


@pytest.fixture
def corpus(tmp_path: Path, seeds: Path) -> Path:
    """The seeds, one of them for a group alone."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for file in seeds.glob("*.txt"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / f"{SEFTON}.txt.meta.toml").write_text('audience = ["board"]\n')
    return folder


@pytest.fixture
def library(tmp_path: Path, corpus: Path, tiny_encoder: Encoder) -> Iterator[Library]:
    with Library.open(tmp_path / "data", tiny_encoder) as library:
        report = sync(corpus, library)
        assert not report.problems
        yield library


Served = Callable[[str], TestClient]


@pytest.fixture
def served(library: Library) -> Iterator[Served]:
    """A service of that version."""
    opened: list[TestClient] = []

    def make(version: str) -> TestClient:
        made_by = about(version, library.encoder.id, None)
        app = create_app(
            library, answerer(), gate=ByHeader("local"), audited=lambda opened: Audit(opened.records, made_by)
        )
        opened.append(TestClient(app))
        return opened[-1].__enter__()

    yield make
    for client in opened:
        client.__exit__(None, None, None)


def ask(client: TestClient, question: str, groups: str = "board", **more: Any) -> Any:
    return client.post("/api/ask", json={"question": question, **more}, headers={"x-groups": groups}).json()


def replay(client: TestClient, answer_id: str) -> Any:
    return client.post("/api/replay", json={"answer_id": answer_id}, headers={"Authorization": "Bearer local"}).json()


def test_the_same_answer_comes_again_and_is_not_kept(served: Served, library: Library) -> None:
    client = served("1")
    given = ask(client, QUESTION)
    found = replay(client, given["answer_id"])
    assert (found["same"], found["changes"], found["causes"]) == (True, [], [])
    assert found["then"] == given
    assert len(list(library.records.answers())) == 1


def test_a_follow_up_is_asked_after_its_questions_as_they_were_asked(served: Served) -> None:
    client = served("1")
    first = ask(client, "who signed it?", documents=[SEFTON])
    second = ask(client, "and when was it issued?", conversation_id=first["conversation_id"], as_at="2022-01-01")
    assert second["status"] == "answered"
    assert replay(client, second["answer_id"])["same"]


def test_the_groups_are_those_of_the_asker(served: Served) -> None:
    client = served("1")
    outside = ask(client, QUESTION, groups="staff")
    assert SEFTON not in {citation["document_id"] for citation in outside["citations"]}
    assert replay(client, outside["answer_id"])["same"], "the owner may read more than the asker might"


def test_what_changed_is_told(served: Served, corpus: Path, library: Library) -> None:
    given = ask(served("1"), QUESTION)
    file = corpus / f"{SEFTON}.txt"
    file.write_text(file.read_text().replace("May 2022", "August 2023"))
    sync(corpus, library)
    found = replay(served("2"), given["answer_id"])
    assert not found["same"]
    assert "the value was end of May 2022 and is end of August 2023" in found["changes"]
    assert found["causes"] == [f"{SEFTON}, which was cited, has changed", "the version was 1 and is 2"]


def test_an_answer_that_is_not_kept_is_404_and_a_stranger_gets_403(served: Served) -> None:
    client = served("1")
    body = {"answer_id": ask(client, QUESTION)["answer_id"]}
    assert client.post("/api/replay", json=body, headers={"x-groups": "board"}).status_code == 403
    assert client.post("/api/replay", json=body).status_code == 403
    owner = {"Authorization": "Bearer local"}
    assert client.post("/api/replay", json={"answer_id": "none"}, headers=owner).status_code == 404
