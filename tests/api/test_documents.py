"""Documents, passages and facts over HTTP."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from api.access import is_about
from ingest.library import Library

SEFTON = "sefton-improvement-notice-2021-06-07"


def test_every_document_is_listed_with_the_contracts_fields(client: TestClient) -> None:
    documents = client.get("/api/documents").json()["documents"]
    assert len(documents) == 5
    wanted = {"id", "title", "kind", "subject", "issuer", "issued_on", "clauses", "source", "sha256"}
    assert all(wanted <= document.keys() for document in documents)
    assert {document["source"] for document in documents} >= {f"{SEFTON}.txt"}


def test_a_document_comes_with_its_text_and_clauses(client: TestClient) -> None:
    document = client.get(f"/api/documents/{SEFTON}").json()
    clauses = {clause["clause"]: clause for clause in document["clause_list"]}
    assert {"5", "5(b)", "11"} <= clauses.keys()
    words = document["text"][clauses["5(b)"]["start"] : clauses["5(b)"]["end"]]
    assert "independent chair" in words
    assert document["clauses"] == len(clauses)


def test_an_unknown_document_or_version_is_404(client: TestClient) -> None:
    for path in ("/api/documents/none", f"/api/documents/{SEFTON}?version=none", "/documents/none"):
        response = client.get(path)
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"


def test_a_passage_joins_to_the_text_and_marks_the_words(client: TestClient) -> None:
    text = client.get(f"/api/documents/{SEFTON}").json()["text"]
    start = text.index("the end of May 2022")
    query: dict[str, str | int] = {"clause": "11", "start": start, "end": start + 19}
    passage = client.get(f"/api/documents/{SEFTON}/passage", params=query).json()
    marked = "".join(p["text"] for c in passage["clauses"] for p in c["parts"] if p["marked"])
    assert marked == "the end of May 2022"
    shown = [clause["clause"] for clause in passage["clauses"]]
    assert shown == ["10", "10(a)", "10(b)", "10(c)", "11", "12"]
    assert passage["url"].startswith(f"/documents/{SEFTON}?version=")
    assert passage["url"].endswith("#clause-11")


def test_a_passage_of_a_clause_that_is_none_is_404(client: TestClient) -> None:
    assert client.get(f"/api/documents/{SEFTON}/passage", params={"clause": "99"}).status_code == 404
    query: dict[str, str | int] = {"clause": "11", "start": 10, "end": 10**9}
    assert client.get(f"/api/documents/{SEFTON}/passage", params=query).status_code == 422


def test_facts_are_quoted_exactly_and_filtered(client: TestClient) -> None:
    deadlines = client.get("/api/facts", params={"kind": "deadline", "subject": "Sefton"}).json()["facts"]
    assert [(fact["normalised"], fact["clause"]) for fact in deadlines] == [("2022-05", "11")]
    text = client.get(f"/api/documents/{SEFTON}").json()["text"]
    facts = client.get("/api/facts", params={"document": SEFTON}).json()["facts"]
    assert facts
    assert all(text[fact["start"] : fact["end"]] == fact["quote"] for fact in facts)


def test_a_filter_that_matches_nothing_gives_nothing(client: TestClient) -> None:
    assert client.get("/api/facts", params={"kind": "no-such"}).json() == {"facts": []}
    assert client.get("/api/facts", params={"subject": "Nowhere"}).json() == {"facts": []}
    assert client.get("/api/facts", params={"document": "none"}).status_code == 404


@pytest.mark.parametrize("name", ["St Helens", "st helens council", "St. Helens Metropolitan Borough Council"])
def test_a_subject_is_found_by_any_of_its_names(library: Library, name: str) -> None:
    document = library.snapshot().documents["st-helens-covid-letter-2020-06-18"]
    assert is_about(document, name)
    assert not is_about(document, "Helen")
