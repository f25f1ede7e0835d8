"""`POST /api/ask`: one question, answered as JSON or, for `Accept: text/event-stream`, as events."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import AsyncGenerator
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import JSONResponse, Response

from api.access import check_scope
from api.auth import AskerOf
from api.openapi import problems
from api.parts import Parts, PartsOf
from api.problems import Problem, of
from api.schemas import AnswerOut, AskIn
from api.wire import to_ask
from retrieval.answer import Ask

router = APIRouter(tags=["questions"])
log = logging.getLogger("clausewise.api")
_SENTENCES = re.compile(r".+?\[\d+\](?:\s*\[\d+\])*\s*|.+", re.DOTALL)

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The reply; with `Accept: text/event-stream`, the events stage, citation, delta and answer.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@router.post(
    "/api/ask",
    response_model=AnswerOut,
    responses={**_STREAM, **problems(400, 401, 403, 404, 408, 413, 422, 429, 500, 503)},
    summary="Ask a question about the documents",
)
async def ask(body: AskIn, request: Request, parts: PartsOf, asker: AskerOf) -> Response:
    question = to_ask(body, asker.groups)
    if accepts_events(request):
        parts.turnstile.check()
        await anyio.to_thread.run_sync(check_documents, parts, question)
        return EventSourceResponse(events(parts, question, asker.name), ping=parts.options.heartbeat_seconds)
    return JSONResponse((await answered(parts, question, asker.name)).model_dump(mode="json"))


async def answered(parts: Parts, ask: Ask, asker: str) -> AnswerOut:
    """The reply, made in a worker thread; a 503 problem when there is no room, or it takes too long."""
    with parts.turnstile as limiter, anyio.move_on_after(parts.options.answer_seconds):
        return await anyio.to_thread.run_sync(answer_one, parts, ask, asker, limiter=limiter, abandon_on_cancel=True)
    raise Problem(503, "The answer took too long. Ask something narrower, or try again.", headers={"Retry-After": "5"})


def accepts_events(request: Request) -> bool:
    return "text/event-stream" in request.headers.get("accept", "").lower()


async def events(parts: Parts, ask: Ask, asker: str) -> AsyncGenerator[ServerSentEvent, None]:
    """The reply as events.  Errors that come once the stream has begun are an `error` event."""
    yield _event("stage", {"stage": "searching"})
    try:
        reply = await answered(parts, ask, asker)
    except Exception as error:
        log.exception("a streamed question failed")
        yield _event("error", of(error).body())
        return
    wire = reply.model_dump(mode="json")
    for citation in wire["citations"]:
        yield _event("citation", citation)
    for sentence in _SENTENCES.findall(reply.answer):
        yield _event("delta", {"text": sentence})
    yield _event("answer", wire)


def _event(name: str, data: object) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=name)


def answer_one(parts: Parts, ask: Ask, asker: str) -> AnswerOut:
    """Answer and count.  Raises the 404 problem for a document id that the asker may not read or that is none."""
    with parts.metrics.answer_seconds.time():
        reply = parts.service.reply(ask, asker)
    parts.metrics.questions.labels(reply.status).inc()
    return reply


def check_documents(parts: Parts, ask: Ask) -> None:
    """Raises the 503 problem before the library is open, the 404 problem for a document that is none."""
    check_scope(ask, parts.service.snapshot())
