"""Between the wire and the pipeline: a request made an Ask, an Answer made a reply."""

from __future__ import annotations

from api.schemas import AnswerOut, AskIn, answer_out
from ingest.snapshot import Snapshot
from retrieval.answer import Answer, Ask


def to_ask(body: AskIn, groups: frozenset[str] | None) -> Ask:
    documents = None if body.documents is None else tuple(dict.fromkeys(body.documents))
    return Ask(
        question=body.question,
        conversation_id=body.conversation_id or None,
        documents=documents,
        as_at=body.as_at,
        groups=groups,
    )


def on_the_wire(answer: Answer, snapshot: Snapshot) -> AnswerOut:
    cited = {citation.document_id for citation in (*answer.citations, *answer.related)}
    documents = [snapshot.documents[name] for name in cited if name in snapshot.documents]
    return answer_out(answer, {(document.id, document.version): document for document in documents})
