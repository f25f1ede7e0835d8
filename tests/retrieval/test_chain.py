from __future__ import annotations

import asyncio

import pytest
from langchain_core.runnables import Runnable, RunnableLambda

from retrieval.answer import Answer, Ask, Status
from retrieval.chain import answer_chain, answer_with_clauses
from retrieval.conversation import Conversations
from tests.retrieval.asking import Desk, faults

HALTON = "halton-improvement-notice-2022-01-13"
QUESTION = "who signed the Halton notice?"


@pytest.fixture
def chain(seed_desk: Desk) -> Runnable[str | Ask, Answer]:
    return answer_chain(lambda: seed_desk.snapshot, Conversations())


def test_a_question_in_an_answer_out(chain: Runnable[str | Ask, Answer], seed_desk: Desk) -> None:
    answer = chain.invoke(QUESTION)
    assert not faults(answer, seed_desk.snapshot)
    assert answer.text == seed_desk.ask(QUESTION).text
    assert answer.status is Status.ANSWERED


def test_an_ask_with_its_limits(chain: Runnable[str | Ask, Answer]) -> None:
    answer = chain.invoke(Ask("who signed the notice?", documents=(HALTON,)))
    assert {c.document_id for c in answer.citations} == {HALTON}


def test_a_conversation_goes_on(chain: Runnable[str | Ask, Answer]) -> None:
    first = chain.invoke(QUESTION)
    second = chain.invoke(Ask("and when was it issued?", conversation_id=first.conversation_id))
    assert second.conversation_id == first.conversation_id
    assert "13 January 2022" in second.text


def test_batches_streams_and_pipes(chain: Runnable[str | Ask, Answer]) -> None:
    value = chain | RunnableLambda(lambda answer: answer.value)
    assert value.batch([QUESTION, "hello"]) == ["Carolan Goggin", None]
    (only,) = chain.stream(QUESTION)
    assert only.value == "Carolan Goggin"
    assert asyncio.run(chain.ainvoke(QUESTION)).value == "Carolan Goggin"


def test_the_snapshot_is_taken_anew_for_each_question(seed_desk: Desk) -> None:
    snapshots = iter((seed_desk.snapshot, seed_desk.snapshot.restricted(frozenset())))
    chain = answer_chain(lambda: next(snapshots), Conversations())
    assert [chain.invoke(QUESTION).status, chain.invoke(QUESTION).status] == [Status.ANSWERED, Status.NOT_FOUND]


def test_the_answer_with_the_clauses_found(seed_desk: Desk) -> None:
    both = answer_with_clauses(lambda: seed_desk.snapshot, Conversations(), k=3).invoke(QUESTION)
    assert both["answer"].value == "Carolan Goggin"
    assert 0 < len(both["clauses"]) <= 3
    for clause in both["clauses"]:
        document = seed_desk.snapshot.documents[clause.metadata["document_id"]]
        assert clause.page_content in document.text
