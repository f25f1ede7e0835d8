"""`POST /api/ask`: one question, answered as JSON or, for `Accept: text/event-stream`, as events."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from api.access import readable
from api.auth import AskerOf
from api.openapi import problems
from api.parts import Parts, PartsOf
from api.problems import not_found
from api.schemas import AnswerOut, AskIn, answer_out
from ingest.library import Snapshot
from retrieval.answer import Answer, Ask

router = APIRouter(tags=["questions"])

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The reply; with `Accept: text/event-stream`, the events stage, citation, delta and answer.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@router.post(
    "/api/ask",
    response_model=AnswerOut,
    responses={**_STREAM, **problems(400, 401, 403, 404, 413, 422, 429, 500, 503)},
    summary="Ask a question about the documents",
)
async def ask(body: AskIn, request: Request, parts: PartsOf, asker: AskerOf) -> Response:
    question = to_ask(body, asker.groups)
    with parts.turnstile as limiter:
        reply = await anyio.to_thread.run_sync(answer_one, parts, question, limiter=limiter)
    return JSONResponse(reply.model_dump(mode="json"))


def to_ask(body: AskIn, groups: frozenset[str] | None) -> Ask:
    documents = None if body.documents is None else tuple(dict.fromkeys(body.documents))
    return Ask(
        question=body.question,
        conversation_id=body.conversation_id or None,
        documents=documents,
        as_at=body.as_at,
        groups=groups,
    )


def answer_one(parts: Parts, ask: Ask) -> AnswerOut:
    """Answer and count.  Raises the 404 problem for a document id that the asker may not read or that is none."""
    check_documents(ask, parts.service.snapshot())
    with parts.metrics.answer_seconds.time():
        answer, snapshot = parts.service.ask(ask)
    parts.metrics.questions.labels(answer.status.value).inc()
    return on_the_wire(answer, snapshot)


def check_documents(ask: Ask, snapshot: Snapshot) -> None:
    for document_id in ask.documents or ():
        document = snapshot.documents.get(document_id)
        if document is None or not readable(document, ask.groups):
            raise not_found("document with the id given in documents")


def on_the_wire(answer: Answer, snapshot: Snapshot) -> AnswerOut:
    cited = {citation.document_id for citation in (*answer.citations, *answer.related)}
    documents = [snapshot.documents[name] for name in cited if name in snapshot.documents]
    return answer_out(answer, {(document.id, document.version): document for document in documents})
