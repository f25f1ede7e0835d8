from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ingest.catalogue import Entry
from ingest.encode import HashEncoder
from ingest.library import Library
from ingest.notice import Clause, ClauseKind, Document, Span
from ingest.snapshot import Snapshot
from retrieval.search import search


def notice(name: str, *lines: str) -> Entry:
    text, clauses = "", []
    for number, line in enumerate(lines, 1):
        start = len(text)
        text += f"{line}\n"
        clauses.append(Clause(str(number), Span(start, len(text) - 1), ClauseKind.NUMBERED))
    document = Document(
        name, "v1", f"{name}.txt", "0" * 64, f"Notice of {name}", "notice", name, None, date(2020, 1, 1), text,
        tuple(clauses),
    )  # fmt: skip
    return Entry(document, document.source)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    data: Path = tmp_path_factory.mktemp("data")
    with Library.open(data, HashEncoder()) as library:
        yield library.apply(
            [
                notice("alder", "The plan is due in May.", "The board meets monthly.", "An adviser is appointed."),
                notice("birch", "The plan is due in June.", "The board meets each quarter.", "The law applies."),
            ]
        )


def found(snapshot: Snapshot, query: str, **options: object) -> list[tuple[str, str]]:
    return [(h.chunk.document_id, h.chunk.label) for h in search(snapshot, query, **options)]  # type: ignore[arg-type]


def test_the_clause_with_the_words_comes_first(snapshot: Snapshot) -> None:
    assert found(snapshot, "when is the plan due in June?", k=1) == [("birch", "1")]
    assert found(snapshot, "is an adviser appointed?", k=1) == [("alder", "3")]


def test_within_searches_those_documents_alone(snapshot: Snapshot) -> None:
    hits = found(snapshot, "when is the plan due in June?", within=frozenset({"alder"}))
    assert hits[0] == ("alder", "1")
    assert {document for document, _ in hits} == {"alder"}


def test_a_word_weighs_the_same_within_a_document(snapshot: Snapshot) -> None:
    everywhere = {h.position: h.lexical for h in search(snapshot, "plan due", k=6)}
    inside = search(snapshot, "plan due", within=frozenset({"birch"}))
    assert inside
    for hit in inside:
        assert hit.lexical == everywhere[hit.position]


def test_scores_fall_and_k_limits(snapshot: Snapshot) -> None:
    hits = search(snapshot, "the board meets", k=4)
    assert len(hits) == 4
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert search(snapshot, "the board meets", k=0) == ()


def test_unknown_documents_find_nothing(snapshot: Snapshot) -> None:
    assert search(snapshot, "plan", within=frozenset({"cedar"})) == ()
    assert search(snapshot, "plan", within=frozenset()) == ()
    assert {d for d, _ in found(snapshot, "plan", within=frozenset({"cedar", "birch"}))} == {"birch"}


def test_words_that_occur_nowhere_fall_back_on_meaning(snapshot: Snapshot) -> None:
    hits = search(snapshot, "zzz qqq", k=2)
    assert len(hits) == 2
    assert all(h.lexical == 0 for h in hits)


def test_without_documents_there_is_nothing(tmp_path: Path) -> None:
    with Library.open(tmp_path, HashEncoder()) as library:
        assert search(library.snapshot(), "plan") == ()


def test_lost_vectors_leave_the_words(snapshot: Snapshot, tmp_path: Path) -> None:
    with Library.open(tmp_path, HashEncoder()) as library:
        made = library.apply([notice("alder", "The plan is due in May.", "The board meets monthly.")])
        library._vectors._store.delete(made.keys)
        hits = search(made, "board meets", k=1)
    assert [(h.chunk.label, h.dense) for h in hits] == [("2", 0.0)]
