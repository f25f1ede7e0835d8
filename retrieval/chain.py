"""The pipeline as a LangChain Runnable: a question in, an Answer out, to compose with what LangChain users have.

chain = answer_chain(library.snapshot, Conversations())
chain.invoke("by when must the plan be delivered?").text
chain.invoke(Ask("and who signed it?", conversation_id=earlier.conversation_id))
(chain | RunnableLambda(lambda answer: answer.value)).batch([...])
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict, cast

from langchain_core.documents import Document
from langchain_core.runnables import Runnable, RunnableLambda, RunnableParallel

from ingest.snapshot import Snapshot
from retrieval.answer import Answer, Ask
from retrieval.conversation import Conversations
from retrieval.pipeline import answer_question
from retrieval.retriever import ClauseRetriever


class Answered(TypedDict):
    """What `answer_with_clauses` gives: the answer, and the clauses that the search ranks highest."""

    answer: Answer
    clauses: list[Document]


def answer_chain(snapshot: Callable[[], Snapshot], memory: Conversations) -> Runnable[str | Ask, Answer]:
    """A Runnable from a question (a string or an Ask) to its Answer.  Documents are read anew for each question."""

    def run(question: str | Ask) -> Answer:
        return answer_question(question if isinstance(question, Ask) else Ask(question), snapshot(), memory)

    return RunnableLambda(run, name="clausewise")


def answer_with_clauses(
    snapshot: Callable[[], Snapshot], memory: Conversations, *, k: int = 5
) -> Runnable[str, Answered]:
    """The answer beside the clauses that our retriever finds for the question, for chains that want both."""
    answer: Runnable[Any, Any] = answer_chain(snapshot, memory)
    clauses: Runnable[Any, Any] = ClauseRetriever(snapshot=snapshot, k=k)
    return cast("Runnable[str, Answered]", RunnableParallel(answer=answer, clauses=clauses))
