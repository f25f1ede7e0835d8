"""`POST /api/ask` as JSON: the contract's shape, exact quotes, conversations, and every kind of bad input."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from ingest.snapshot import Snapshot
from retrieval.answer import Answer, Ask

QUESTION = "when must Sefton deliver its plan?"
SEFTON = "sefton-improvement-notice-2021-06-07"


def ask(client: TestClient, question: Any = QUESTION, **more: Any) -> Any:
    return client.post("/api/ask", json={"question": question, **more})


def test_the_deadline_comes_with_its_clause(client: TestClient) -> None:
    reply = ask(client).json()
    assert reply["status"] == "answered"
    assert reply["value"] == "end of May 2022"
    cited = reply["citations"][0]
    assert (cited["document_id"], cited["clause"], cited["issued_on"]) == (SEFTON, "11", "2021-06-07")
    assert cited["url"] == f"/documents/{SEFTON}#clause-11"
    assert reply["answer_id"]
    assert reply["conversation_id"]
    assert reply["took_ms"] >= 0


def test_every_quote_is_the_text_of_its_span(client: TestClient) -> None:
    for question in (QUESTION, "compare the deadlines of Halton and Sefton", "who signed the St Helens notice?"):
        for cited in ask(client, question).json()["citations"]:
            text = client.get(f"/api/documents/{cited['document_id']}?version={cited['version']}").json()["text"]
            assert text[cited["start"] : cited["end"]] == cited["quote"]


def test_an_answer_has_the_contracts_fields(client: TestClient) -> None:
    reply = ask(client).json()
    assert {"status", "answer", "value", "citations", "conversation_id", "answer_id", "took_ms"} <= reply.keys()
    wanted = "number document_id title kind issued_on clause heading quote start end page version url".split()
    assert set(wanted) <= reply["citations"][0].keys()


def test_a_follow_up_takes_its_subject_from_the_conversation(client: TestClient) -> None:
    first = ask(client).json()
    second = ask(client, "and who signed it?", conversation_id=first["conversation_id"]).json()
    assert second["conversation_id"] == first["conversation_id"]
    assert {cited["document_id"] for cited in second["citations"]} == {SEFTON}


def test_an_unknown_conversation_starts_a_new_one(client: TestClient) -> None:
    reply = ask(client, conversation_id="gone")
    assert reply.status_code == 200
    assert reply.json()["conversation_id"] not in ("", "gone")


def test_an_unknown_document_is_404(client: TestClient) -> None:
    response = ask(client, documents=["no-such"])
    assert response.status_code == 404
    assert "no-such" in response.json()["detail"]


def test_documents_limit_the_search(client: TestClient) -> None:
    reply = ask(client, "what is the deadline?", documents=[SEFTON]).json()
    assert {cited["document_id"] for cited in reply["citations"]} == {SEFTON}


def test_as_at_leaves_later_documents_out(client: TestClient) -> None:
    reply = ask(client, as_at="2020-01-01").json()
    assert SEFTON not in {cited["document_id"] for cited in reply["citations"]}


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ({"question": ""}, "/question", "empty"),
        ({"question": " \n\t "}, "/question", "empty"),
        ({"question": "a" * 1001}, "/question", "1,000"),
        ({"question": "?!… 🙂🙂"}, "/question", "no letter or digit"),
        ({"question": 5}, "/question", "text"),
        ({"question": None}, "/question", "text"),
        ({"question": ["when?"]}, "/question", "text"),
        ({"question": "half \ud800"}, "/question", "whole characters"),
        ({}, "/question", "missing"),
        ({"question": "when?", "asat": "2020-01-01"}, "/asat", "not a field"),
        ({"question": "when?", "as_at": "last week"}, "/as_at", "YYYY-MM-DD"),
        ({"question": "when?", "as_at": "2020-02-31"}, "/as_at", "calendar"),
        ({"question": "when?", "as_at": 5}, "/as_at", "YYYY-MM-DD"),
        ({"question": "when?", "documents": "all"}, "/documents", "list"),
        ({"question": "when?", "conversation_id": 7}, "/conversation_id", "text"),
    ],
)
def test_bad_input_is_422_and_names_the_field(client: TestClient, body: Any, field: str, words: str) -> None:
    response = client.post("/api/ask", content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == 422
    assert f"#{field}" in {error["pointer"] for error in problem["errors"]}
    assert words in problem["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"question=when", b"\xff\xfe", b"[" * 50_000])
def test_what_is_no_json_is_refused(client: TestClient, body: bytes) -> None:
    response = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"


def test_a_form_is_told_to_send_json(client: TestClient) -> None:
    response = client.post("/api/ask", data={"question": "when?"})
    assert response.status_code == 422
    assert "application/json" in response.json()["detail"]


def test_a_thousand_characters_are_taken_after_trimming(client: TestClient) -> None:
    assert ask(client, "  " + "when " * 200 + "  ").status_code == 200


def test_a_large_body_is_413_even_without_its_length(client: TestClient) -> None:
    assert ask(client, "a" * 100_000).status_code == 413
    chunks = (b"x" * 10_000 for _ in range(20))
    response = client.post("/api/ask", content=chunks, headers={"Content-Type": "application/json"})
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"


def test_an_error_of_ours_tells_nothing(client_of: Callable[[Any], TestClient]) -> None:
    def broken(ask: Ask, snapshot: Snapshot) -> Answer:
        raise RuntimeError("/srv/secret/path")

    response = ask(client_of(broken))
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


def test_feedback_is_taken(client: TestClient) -> None:
    answer_id = ask(client).json()["answer_id"]
    response = client.post("/api/feedback", json={"answer_id": answer_id, "helpful": True, "comment": None})
    assert (response.status_code, response.content) == (204, b"")
    assert client.post("/api/feedback", json={"answer_id": answer_id, "helpful": "yes"}).status_code == 422


def test_the_starters_are_questions_that_are_answered(client: TestClient) -> None:
    starters = client.get("/api/starters").json()["starters"]
    assert 1 <= len(starters) <= 4
    assert [ask(client, starter).json()["status"] for starter in starters] == ["answered"] * len(starters)
