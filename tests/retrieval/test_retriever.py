from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda
from pydantic import ValidationError

from ingest.catalogue import Entry
from ingest.encode import HashEncoder
from ingest.library import Library
from ingest.notice import Clause, ClauseKind, Document, Span
from retrieval.retriever import ClauseRetriever
from retrieval.search import search

TEXT = "1. The plan is due in May.\n\n2. The board\n   meets monthly."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    clauses = (Clause("1", Span(0, 26), ClauseKind.NUMBERED), Clause("2", Span(28, len(TEXT)), ClauseKind.NUMBERED))
    entries = [
        Entry(
            Document(
                name, "v1", f"{name}.txt", "0" * 64, f"Notice of {name}", "notice", name, None, date(2020, 1, 1), TEXT,
                clauses,
            ),
            f"{name}.txt",
        )
        for name in ("alder", "birch")
    ]  # fmt: skip
    with Library.open(tmp_path_factory.mktemp("data"), HashEncoder()) as opened:
        opened.apply(entries)
        yield opened


def test_documents_are_the_clauses_found_in_their_exact_words(library: Library) -> None:
    retriever = ClauseRetriever(snapshot=library.snapshot, k=3)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke("when does the board meet?")
    hits = search(library.snapshot(), "when does the board meet?", k=3)
    assert [d.metadata["clause"] for d in found] == [h.chunk.label for h in hits]
    assert found[0].page_content == "2. The board\n   meets monthly."
    first = found[0].metadata
    assert TEXT[first["start"] : first["end"]] == found[0].page_content
    assert (first["title"], first["score"]) == (f"Notice of {first['document_id']}", hits[0].score)
    assert found[0].id == f"{first['document_id']}#2"


def test_within(library: Library) -> None:
    found = ClauseRetriever(snapshot=library.snapshot, within=frozenset({"birch"})).invoke("the plan")
    assert {d.metadata["document_id"] for d in found} == {"birch"}


def test_a_part_of_a_chain_and_asynchronous(library: Library) -> None:
    retriever = ClauseRetriever(snapshot=library.snapshot, k=1)
    chain = retriever | RunnableLambda(lambda found: found[0].metadata["clause"])
    assert chain.invoke("when is the plan due?") == "1"
    assert asyncio.run(chain.ainvoke("when is the plan due?")) == "1"


@pytest.mark.parametrize("options", [{"k": 0}, {"k": "many"}, {"unknown": 1}])
def test_options_are_checked(library: Library, options: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ClauseRetriever(snapshot=library.snapshot, **options)  # type: ignore[arg-type]
